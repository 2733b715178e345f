"""Events by area, civil period, kind and category; time windows shared over the periods they span."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..areas import epochs, points_in_areas, with_roles
from ..columns import require
from ..errors import TimeError
from ..imports.accounts import Account
from ..params import EventCountParams
from ..times.instants import nanoseconds
from ..times.periods import civil_periods
from .key_types import counted_kinds
from .records import distinct_records
from .squares import sides_of, too_small_for

SQUARE = "in a square larger than the area there"

NEEDED = ("event_id", "kind", "category", "start", "end", "time_precision", "x", "y")
"""Columns without which no event can be counted."""
_PRECISION = {"minute": 0, "hour": 1, "day": 2, "month": 3}
_PERIOD = {"hour": 1, "day": 2, "week": 2, "month": 3, "all": 9}


def events_in_areas(
    events: pd.DataFrame, areas: pd.DataFrame, params: EventCountParams = EventCountParams()
) -> pd.DataFrame:
    """Count events by area × civil period × kind × category.

    An event whose time is a window is shared over the periods it spans (aoristic analysis, Ratcliffe & McCullagh 1998):
    22:00–04:00 gives each of six hours a sixth.

    Parameters
    ----------
    events : DataFrame, the events table; withdrawn versions and rows without a place take no part
    areas : DataFrame, the areas table; an event counts in each area that holds it while the area counts, by the start of its
        window; in one of role ``rest`` only where no other area holds it (:mod:`~ia_plugin.core.areas`)
    params : EventCountParams

    Returns
    -------
    DataFrame ``area_id, period, kind, category, key_type, events, expected``: `events` counts by the start of the window,
    `expected` shares it. ``attrs["counted"]`` counts the events that lie in areas, each once, ``attrs["not_counted"]`` those
    without a place, those in squares too large for the areas there and those in no area, ``attrs["records"]`` says how rows
    under one reference were counted.

    Raises
    ------
    TimeError
        where the times are coarser than the period asked for (month-only data has no hours).
    """
    require(events, NEEDED, "events")
    account = Account("events", "events")
    current = current_events(events, account, params.timezone)
    coarse = current["time_precision"].map(_PRECISION).fillna(0) > _PERIOD[params.period]
    if coarse.any():
        worst = current.loc[coarse, "time_precision"].iloc[0]
        raise TimeError(
            f"{int(coarse.sum()):,} of {len(current):,} events tell the {worst} only, so they have no {params.period}.",
            f"Ask for the period {worst!r}, or leave these events out.",
        )
    placed = current[current["x"].notna() & current["y"].notna()]
    which, area, vague = _placed(placed, areas, params.timezone)
    columns = ["area_id", "period", "kind", "category", "key_type", "events", "expected"]
    if not len(which):
        table = pd.DataFrame({c: pd.Series(dtype=object) for c in columns})
    else:
        table = _counted(placed.iloc[which], area, params)[columns]
    once = len(np.unique(which))
    too_vague = len(np.setdiff1d(vague, which))
    out = {"no place": len(current) - len(placed), "in no area": len(placed) - once - too_vague}
    out.update({SQUARE: too_vague} if too_vague else {})
    table.attrs.update(counted=once, not_counted=out, records={**account.dropped, **account.found})
    return table


def _placed(events: pd.DataFrame, areas: pd.DataFrame, timezone: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """(row of event, id of area) pairs, and the rows of events whose square an area is too small for."""
    ready, _ = with_roles(areas)
    x, y = (events[c].to_numpy(dtype=np.float64) for c in ("x", "y"))
    start = nanoseconds(events["start"])
    square_m = sides_of(events)
    rows, ids, vague = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=object)], [np.empty(0, dtype=np.intp)]
    for first, last, valid in epochs(ready, int(start.min()), int(start.max()) + 1, timezone) if len(events) else ():
        some = np.flatnonzero((start >= first) & (start < last))
        at, area = points_in_areas(x[some], y[some], valid)
        small = too_small_for(square_m[some[at]], valid.iloc[area])
        vague.append(some[at[small]])
        rows.append(some[at[~small]])
        ids.append(valid["area_id"].to_numpy(dtype=object)[area[~small]])
    return np.concatenate(rows), np.concatenate(ids), np.concatenate(vague)


def current_events(
    events: pd.DataFrame, account: Optional[Account] = None, timezone: str = "Europe/London"
) -> pd.DataFrame:
    """The records that count: the latest version of each, withdrawn ones left out, anti-social behaviour as incidents.

    Rows of one version under one reference are taken as an import takes them
    (:func:`~ia_plugin.core.events.records.distinct_records`), and counted in `account`.
    """
    latest = events
    if "category" in events.columns:
        latest = latest.assign(kind=counted_kinds(latest["kind"], latest["category"]))
    if latest.duplicated(["kind", "event_id"]).any():
        if "version" in latest.columns:
            newest = latest.groupby(["kind", "event_id"], sort=False)["version"].transform("max")
            latest = latest[(newest.isna() | (latest["version"] == newest)).to_numpy()]
        latest = distinct_records(latest, account, timezone=timezone)
    if "status" in latest.columns:
        latest = latest[latest["status"] != "withdrawn"]
    return latest


def _counted(events: pd.DataFrame, area: np.ndarray, params: EventCountParams) -> pd.DataFrame:  # type: ignore[type-arg]
    start, end = (nanoseconds(events[c]) for c in ("start", "end"))
    end = np.maximum(end, start)
    periods = civil_periods(int(start.min()), int(end.max()) + 1, params.period, params.timezone)
    which, period, begin, stop = periods.cut(start, end)
    span = (end - start)[which]
    share = np.where(span > 0, (stop - begin) / np.maximum(span, 1), 1.0)
    key = events["key_type"] if "key_type" in events.columns else pd.Series(None, index=events.index, dtype=object)
    parts = pd.DataFrame(
        {
            "area_id": area[which],
            "period": period,
            "kind": events["kind"].to_numpy()[which],
            "category": events["category"].to_numpy()[which],
            "key_type": key.fillna("").to_numpy()[which],
            "events": np.r_[True, which[1:] != which[:-1]].astype(np.int64),
            "expected": share,
        }
    )
    table = (
        parts.groupby(["area_id", "period", "kind", "category", "key_type"], sort=True)[["events", "expected"]]
        .sum()
        .reset_index()
    )
    table["period"] = periods.starts()[table["period"]]
    table["key_type"] = table["key_type"].replace("", None)
    return table
