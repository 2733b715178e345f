"""Hours on foot, in a vehicle, stopped, and of unknown mode."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Floats, Ints, Rows
from ..columns import UNIT_NOT_KNOWN, require
from ..leg_shares import leg_shares
from ..params import MovementParams
from ..times.civil import pandas_zone
from ..times.periods import civil_periods
from ..words import MODE_WORDS, RANGES_OF_MODES, amount, mode_share
from .likely_shares import ShareSpread, share_range

HOURS = ("foot_hours", "vehicle_hours", "stationary_hours", "unknown_hours")
CYCLING = "bicycle_hours"  # only where the model was calibrated with bicycles
OF_ALL = (
    "ranges_of_all"  # in the table's attrs: the ranges of all its hours together, which are no sum of those of its rows
)


def time_by_mode(
    legs: pd.DataFrame, timezone: str = "Europe/London", spread: Optional[ShareSpread] = None
) -> pd.DataFrame:
    """Observed officer hours by unit, hour of the day and mode, each mode with its 90 % range.

    Parameters
    ----------
    legs : DataFrame from :func:`~ia_plugin.core.movement.classify_movement`; ``unit`` is used where present, and
        ``officer_id``, without which all is taken as one officer's, whose range is the widest
    timezone : civil time of the hours; a leg that crosses an hour is cut there
    spread : of the model that told the modes (:func:`~ia_plugin.core.movement.spread_of`); None for the plugin's own model

    Returns
    -------
    DataFrame: ``unit``, ``hour`` (0…23), the four of HOURS and ``observed_hours``, their sum, then ``foot_hours_low``,
    ``foot_hours_high`` and so on, within which the hours lie that a mode truly has, its part of the unknown ones counted in.
    The time of a leg whose mode is known is shared by its probabilities; that of the others, and of legs that lack one, is ``unknown_hours``, which are
    counted and no estimate: both ends of their range are themselves. Ranges are those of the confidence that the spread was fitted
    with, by the legs' ``confidence`` where they have one: what is asked for as sure changes what is told, not what is true. Units alphabetical. Ranges of rows do not add up: errors of one
    officer go together, those of several cancel in part.
    """
    require(legs, ("start", "end", "p_foot", "p_vehicle", "p_stationary", "mode"), "legs")
    hours_of = (*HOURS, *((CYCLING,) if "p_bicycle" in legs.columns else ()))
    names = ["unit", "hour", *hours_of, "observed_hours", *(f"{h}_{end}" for h in hours_of for end in ("low", "high"))]
    if not len(legs):
        kinds = {n: "float64" for n in names} | {"unit": "object", "hour": "int64"}
        return pd.DataFrame({n: pd.Series(dtype=k) for n, k in kinds.items()})
    parts, who = _cut_at_hours(legs, hours_of, timezone)
    sums = [*hours_of, "observed_hours"]
    by_cell = parts.groupby(["unit", "hour"])
    found = by_cell[sums].sum().reset_index()
    cell, hours = by_cell.ngroup().to_numpy(), parts["observed_hours"].to_numpy()
    fitted = found
    if (as_fitted := _as_fitted(legs)) is not None:
        fitted = _cut_at_hours(as_fitted, hours_of, timezone)[0].groupby(["unit", "hour"], as_index=False)[sums].sum()
    ranges = _ranges(found, fitted, hours_of, _concentration(cell, who, hours, len(found)), spread)
    whole, usual = (table[sums].sum().to_frame().T for table in (found, fitted))
    of_all = _ranges(whole, usual, hours_of, _concentration(np.zeros_like(cell), who, hours, 1), spread)
    found = found.assign(**ranges)[names]
    found.attrs[OF_ALL] = {"observed_hours": float(hours.sum()), **{n: float(ends[0]) for n, ends in of_all.items()}}
    return found


def _as_fitted(legs: pd.DataFrame) -> Optional[pd.DataFrame]:
    """The legs as told at the confidence that the spread was fitted with; None where they are, or do not say how sure they are.

    Of what is called unknown at another confidence a mode has another part, which nobody measured.
    """
    if "confidence" not in legs.columns:
        return None
    confidence = legs["confidence"].to_numpy(dtype=np.float64)
    unknown = (legs["mode"].astype(object) == "unknown").to_numpy(dtype=bool)
    sure, unsure = (
        (confidence >= MovementParams().min_confidence) & unknown,
        (confidence < MovementParams().min_confidence) & ~unknown,
    )
    if not (sure.any() or unsure.any()):
        return None
    mode = legs["mode"].astype(object).to_numpy().copy()
    mode[sure], mode[unsure] = "told", "unknown"
    return legs.assign(mode=mode)


def _cut_at_hours(legs: pd.DataFrame, hours_of: tuple[str, ...], timezone: str) -> tuple[pd.DataFrame, Rows]:
    """The parts of legs in each civil hour: unit, hour, and hours by mode; and whose each is, -1 where nobody says."""
    start, end = (
        pd.to_datetime(legs[c], utc=True).dt.tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
        for c in ("start", "end")
    )
    periods = civil_periods(int(start.min()), int(end.max()), "hour", timezone)
    first, last = periods.index(start), periods.index(np.maximum(end - 1, start))
    parts = last - first + 1
    row = np.repeat(np.arange(len(legs)), parts)
    period = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    inside = np.minimum(end[row], periods.edges[period + 1]) - np.maximum(start[row], periods.edges[period])
    hours = np.maximum(inside, 0) / 3.6e12
    known_hours = [name for name in hours_of if name != "unknown_hours"]
    hours_of_day = pd.to_datetime(periods.edges, utc=True).tz_convert(pandas_zone(timezone)).hour
    share, known = (of_leg[row] for of_leg in leg_shares(legs, [name[: -len("_hours")] for name in known_hours]))
    unit = (
        legs["unit"].astype(object).fillna(UNIT_NOT_KNOWN)
        if "unit" in legs.columns
        else pd.Series(UNIT_NOT_KNOWN, index=legs.index)
    )
    table = pd.DataFrame(share * hours[:, None], columns=known_hours).assign(
        unknown_hours=hours * ~known,
        observed_hours=hours,
        unit=unit.to_numpy()[row],
        hour=hours_of_day.to_numpy()[period],
    )
    who = pd.factorize(legs["officer_id"])[0] if "officer_id" in legs.columns else np.zeros(len(legs), dtype=np.int64)
    return table, who[row]


def _concentration(cell: Ints, who: Rows, hours: Floats, cells: int) -> Floats:
    """Σw²/(Σw)² of the hours w of each officer, of each cell (cells)."""
    width = who.max(initial=0) + 2  # one more for those whose officer is not named: -1
    of_officer, at = np.unique(cell * width + who + 1, return_inverse=True)
    spent = np.bincount(at, weights=hours, minlength=len(of_officer))
    whole = np.bincount(cell, weights=hours, minlength=cells)
    squares = np.bincount(of_officer // width, weights=spent**2, minlength=cells)
    return np.divide(squares, whole**2, out=np.ones(cells), where=whole > 0)


def _ranges(
    table: pd.DataFrame,
    fitted: pd.DataFrame,
    hours_of: tuple[str, ...],
    concentration: Floats,
    spread: Optional[ShareSpread],
) -> dict[str, Floats]:
    """The ends of the range of each mode's hours, by column, from the same rows as `fitted` tells them."""
    found: dict[str, Floats] = {}
    observed = table["observed_hours"].to_numpy()
    per = np.divide(1.0, observed, out=np.zeros(len(table)), where=observed > 0)
    known = 1.0 - fitted["unknown_hours"].to_numpy() * per
    for name in hours_of:
        low = high = spent = table[name].to_numpy()
        if name != "unknown_hours":
            ends = share_range(
                fitted[name].to_numpy() * per, known, observed, concentration, name[: -len("_hours")], spread
            )
            # Hours made shares and back are rounded: the estimate must lie in its range to the last digit.
            low, high = np.minimum(ends[0] * observed, spent), np.maximum(ends[1] * observed, spent)
        found |= {f"{name}_low": low, f"{name}_high": high}
    return found


def time_in_words(table: pd.DataFrame) -> str:
    """:func:`time_by_mode` in words: the share of observed time by mode with its likely range, "cannot tell" among them.

    Of a part of the table's rows the range is the sum of theirs, which is the widest it can be.
    """
    total = float(table["observed_hours"].sum())
    if not total:
        return "No movement was observed."
    of_all = table.attrs.get(OF_ALL, {})
    whole = abs(of_all.get("observed_hours", -1.0) - total) <= 1e-9 * total
    parts = []
    for name in (h for h in (*HOURS[:3], CYCLING, HOURS[3]) if h in table.columns):
        ends = [f"{name}_{end}" for end in ("low", "high")]
        estimated = name != "unknown_hours" and set(ends) <= set(table.columns)
        low, high = (of_all[e] if whole else _added(table, name, e) for e in ends) if estimated else (None, None)
        value, low, high = (None if v is None else 100 * v / total for v in (float(table[name].sum()), low, high))
        parts.append(f"{MODE_WORDS[name[: -len('_hours')]]} {mode_share(value, low, high)}")
    return f"Of {amount(total, 'observed officer hours')}: {'; '.join(parts)}. {RANGES_OF_MODES}"


FAR_APART_S = 450.0


def far_apart_in_words(legs: pd.DataFrame) -> str:
    """That fixes are too far apart for shares of modes, where half of the time is of such legs; blank where they are not.

    >>> legs = pd.DataFrame({"duration_s": [600.0, 600.0, 60.0]})
    >>> far_apart_in_words(legs)
    'Most fixes lie 10 min apart: shares on foot, in a vehicle and stopped are not to be read from them, and their ranges do not hold.'
    """
    lasts = legs["duration_s"].to_numpy(dtype=np.float64)
    long = lasts > FAR_APART_S
    if not lasts.sum() > 0 or lasts[long].sum() <= 0.5 * lasts.sum():
        return ""
    return (
        f"Most fixes lie {amount(float(np.median(lasts[long])) / 60, 'min')} apart: shares on foot, in a vehicle and stopped are not to be "
        "read from them, and their ranges do not hold."
    )


def _added(table: pd.DataFrame, name: str, end: str) -> float:
    """One end of the range of all rows' hours; of a row none of whose time is told, which has no range, all or nothing of it."""
    if not table[end].notna().any():
        return np.nan
    return float(table[end].fillna(table[name] if end.endswith("_low") else table["observed_hours"]).sum())
