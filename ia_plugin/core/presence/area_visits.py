"""Visits: one officer's unbroken stay in one area, made of the stays of single legs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from ..areas import prepare_areas
from ..arrays import Bools, Objects, Rows
from ..columns import KNOWN_MODES, require
from ..leg_shares import leg_shares
from ..params import VisitParams
from ..texts import texts
from ..times.instants import instants, nanoseconds
from ..tracks import stable_id

DWELL_BANDS = ((0, 5), (5, 10), (10, 15), (15, 20), (20, np.inf))  # minutes (Koper 1995 named as literature, no target)


def visits(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    leg_areas: pd.DataFrame,
    stays: pd.DataFrame,
    params: VisitParams = VisitParams(),
) -> pd.DataFrame:
    """Join the stays of an officer's consecutive legs into visits.

    Two stays are one visit when the time between them is at most ``merge_gap_s``, or when no fix between them lies
    further outside than the accuracy of fixes allows to tell. A gap between tracks always ends a visit: nobody saw what
    happened there.

    Parameters
    ----------
    legs, areas, leg_areas, stays : the tables, `leg_areas` and `stays` made from these `legs` and `areas`
    params : VisitParams

    Returns
    -------
    DataFrame, the visits table, sorted by area, officer and entry. ``seconds`` is the time inside, not the span from
    ``enter`` to ``leave``; the hard bounds are those of the visit's legs. With a classified `legs` table the seconds by
    mode stand in ``seconds_foot``, ``seconds_vehicle``, ``seconds_stationary``: those of legs whose mode is told, by the one rule of
    hours by mode, so that what is left of ``seconds`` cannot be told (or was ridden). They have no range: that of a few minutes of
    one officer reaches from nothing to all. ``attrs`` counts what was no visit:
    ``short_visits`` and ``short_seconds``.
    """
    return visits_in_prepared(legs, prepare_areas(areas)[0], leg_areas, stays, params)


def visits_in_prepared(
    legs: pd.DataFrame,
    ready: pd.DataFrame,
    leg_areas: pd.DataFrame,
    stays: pd.DataFrame,
    params: VisitParams = VisitParams(),
) -> pd.DataFrame:
    """As :func:`visits`, in areas that :func:`~ia_plugin.core.areas.prepare_areas` has been through."""
    require(legs, ("leg_id", "track_id", "officer_id", "start", "end", "x1", "y1"), "legs")
    require(leg_areas, ("leg_id", "area_id", "seconds"), "leg_areas")
    require(stays, ("leg_id", "area_id", "enter", "leave"), "stays")
    chain, order = _chain(legs, ready, stays)
    if len(chain):
        same = (chain[["area", "officer", "track_id"]].shift() == chain[["area", "officer", "track_id"]]).all(axis=1)
        apart = (chain["enter_ns"] - chain["leave_ns"].shift()) / 1e9
        near = (apart <= params.merge_gap_s).to_numpy() | _along_the_edge(
            chain, order, same, apart, legs, ready, params
        )
        chain["visit"] = np.cumsum(~(same.to_numpy() & near)) - 1
    else:
        chain["visit"] = np.empty(0, dtype=np.int64)
    table = _summed(chain, _shares(chain, legs, ready, leg_areas), legs, ready["area_id"].to_numpy(dtype=object))
    kept = table["seconds"] >= params.min_visit_s
    result = table[kept].reset_index(drop=True)
    result.attrs["short_visits"] = int((~kept).sum())
    result.attrs["short_seconds"] = float(table.loc[~kept, "seconds"].sum())
    return result


def dwell_bands(seconds: pd.Series) -> pd.DataFrame:
    """Number of visits by length: 0–5, 5–10, 10–15, 15–20 and 20 or more minutes.

    Parameters
    ----------
    seconds : length of each visit, seconds

    Returns
    -------
    DataFrame ``band``, ``visits``, ``share``.

    Examples
    --------
    >>> dwell_bands(pd.Series([60.0, 400.0, 100.0]))["visits"].tolist()
    [2, 1, 0, 0, 0]
    """
    edges = [60.0 * low for low, _ in DWELL_BANDS] + [np.inf]
    counts = np.histogram(seconds, bins=edges)[0]
    names = [f"{low}–{high} min" if np.isfinite(high) else f"{low}+ min" for low, high in DWELL_BANDS]
    return pd.DataFrame({"band": names, "visits": counts, "share": counts / max(1, counts.sum())})


def _chain(legs: pd.DataFrame, areas: pd.DataFrame, stays: pd.DataFrame) -> tuple[pd.DataFrame, Rows]:
    """Stays in the order they happened, with the rank of their leg; and the legs by officer and start."""
    officer = np.asarray(pd.factorize(legs["officer_id"])[0])
    begin = nanoseconds(legs["start"])
    order = np.lexsort((begin, officer))
    rank = np.empty(len(legs), dtype=np.int64)
    rank[order] = np.arange(len(legs))
    at = pd.Index(legs["leg_id"]).get_indexer(stays["leg_id"])
    chain = pd.DataFrame(
        {
            "area": pd.Index(areas["area_id"]).get_indexer(stays["area_id"]),
            "officer": officer[at],
            "track_id": legs["track_id"].to_numpy()[at],
            "leg": at,
            "rank": rank[at],
            "enter_ns": nanoseconds(stays["enter"]),
            "leave_ns": nanoseconds(stays["leave"]),
        }
    )
    return chain.sort_values(["area", "officer", "enter_ns"], kind="stable").reset_index(drop=True), order


def _along_the_edge(
    chain: pd.DataFrame,
    order: Rows,
    same: pd.Series,
    apart: pd.Series,
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    params: VisitParams,
) -> Bools:
    """Whether all fixes between a stay and the one before lie within the width of the edge."""
    near = np.zeros(len(chain), dtype=bool)
    last, first = chain["rank"].shift().fillna(0).astype(np.int64).to_numpy(), chain["rank"].to_numpy()
    open_question = np.flatnonzero(same & (apart > params.merge_gap_s) & (apart <= params.max_edge_s) & (first > last))
    if not len(open_question) or params.edge_accuracies == 0:
        return near
    count = (first - last)[open_question]
    which = np.repeat(open_question, count)
    step = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    leg = order[last[which] + step]  # the fixes between are the ends of these legs
    accuracy = np.full(len(legs), np.nan)
    if "accuracy1_m" in legs.columns:
        accuracy = legs["accuracy1_m"].to_numpy(dtype=np.float64, na_value=np.nan)
    width = params.edge_accuracies * np.where(np.isnan(accuracy), params.unknown_accuracy_m, accuracy)[leg]
    shape = areas["geometry"].to_numpy()[chain["area"].to_numpy()[which]]
    outside = shapely.distance(shape, shapely.points(legs["x1"].to_numpy()[leg], legs["y1"].to_numpy()[leg]))
    beyond = np.bincount(which, weights=outside > width, minlength=len(chain))
    near[open_question] = beyond[open_question] == 0
    return near


def _shares(chain: pd.DataFrame, legs: pd.DataFrame, areas: pd.DataFrame, leg_areas: pd.DataFrame) -> pd.DataFrame:
    """The seconds of each leg and area, shared among the visits its stays belong to."""
    pairs = pd.DataFrame(
        {
            "leg": pd.Index(legs["leg_id"]).get_indexer(leg_areas["leg_id"]),
            "area": pd.Index(areas["area_id"]).get_indexer(leg_areas["area_id"].astype(str)),
            "seconds": leg_areas["seconds"].to_numpy(dtype=np.float64),
        }
    )
    for name in ("seconds_low", "seconds_high", "seconds_sd"):
        pairs[name] = leg_areas[name].to_numpy(dtype=np.float64) if name in leg_areas.columns else np.nan
    spans = chain.assign(span=(chain["leave_ns"] - chain["enter_ns"]) / 1e9)
    parts = spans.groupby(["leg", "area", "visit"], sort=False)["span"].sum().reset_index()
    whole = parts.groupby(["leg", "area"], sort=False)["span"].agg(["sum", "size"]).reset_index()
    parts = parts.merge(whole, on=["leg", "area"]).merge(pairs, on=["leg", "area"])
    share = parts["span"] / parts["sum"]
    # Bounds of a leg cannot be shared in proportion: a leg of two visits warrants nothing to either, and may be all of each.
    parts["seconds_low"] = np.where(parts["size"] > 1, 0.0 * parts["seconds_low"], parts["seconds_low"])
    parts["seconds"] *= share
    parts["variance"] = parts["seconds_sd"] ** 2 * share
    return parts


def _summed(chain: pd.DataFrame, parts: pd.DataFrame, legs: pd.DataFrame, names: Objects) -> pd.DataFrame:
    """One row a visit."""
    columns = ["seconds", "seconds_low", "seconds_high", "variance"]
    if {"mode", *(f"p_{mode}" for mode in KNOWN_MODES)} <= set(legs.columns):
        modes = [m for m in (*KNOWN_MODES, "bicycle") if f"p_{m}" in legs.columns]
        shares = leg_shares(legs, modes)[0][parts["leg"].to_numpy(dtype=np.intp)]
        for k, mode in enumerate(modes[: len(KNOWN_MODES)]):
            parts[f"seconds_{mode}"] = parts["seconds"] * shares[:, k]
            columns.append(f"seconds_{mode}")
    sums = parts.groupby("visit")[columns].sum(min_count=1)
    first = chain.groupby("visit").agg(
        area=("area", "first"),
        leg=("leg", "first"),
        enter=("enter_ns", "first"),
        leave=("leave_ns", "max"),
    )
    table = first.join(sums)
    officer = legs["officer_id"].iloc[table["leg"]].reset_index(drop=True)
    area = pd.Series(names[table["area"].to_numpy()], dtype=object)
    result = pd.DataFrame(
        {
            "visit_id": stable_id(texts(officer) + "\n" + area, table["enter"].to_numpy()),
            "area_id": area,
            "officer_id": officer,
            "track_id": legs["track_id"].to_numpy()[table["leg"]],
            "enter": instants(table["enter"].to_numpy()),
            "leave": instants(table["leave"].to_numpy()),
            "seconds": table["seconds"].fillna(0.0).to_numpy(),
            "seconds_low": table["seconds_low"].to_numpy(),
            "seconds_high": table["seconds_high"].to_numpy(),
            "seconds_sd": np.sqrt(table["variance"]).to_numpy(),
        }
    )
    for name in columns[4:]:
        result[name] = table[name].fillna(0.0).to_numpy()
    return result
