"""The periods of a panel, and how far each source covers them: a gap is a gap, and no zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints
from ..errors import EstimateError, ParameterError, TimeError
from ..filter_state import FilterState
from ..material.days import civil_days
from ..material.records import covered_days
from ..material.summary_tables import Material
from ..params import PanelParams
from ..times.civil import from_civil, pandas_zone
from ..times.instants import instants, nanoseconds
from ..times.periods import Periods, civil_periods

FINE_ENOUGH = {
    "month": ("hour", "day", "month"),
    "week": ("hour", "day"),
    "day": ("hour", "day"),
    "shift": ("hour",),
}
"""Period -> how coarsely an event's time may be known to be counted in one."""
PARTS_OF = {"hour": tuple(FINE_ENOUGH), "day": ("week", "month"), "week": (), "month": ()}
"""Periods of a table -> those of a panel that they are parts of."""


def panel_periods(material: Material, params: PanelParams, first: Optional[date], last: Optional[date]) -> Periods:
    """Whole periods over the days asked, or over all that there are data of.

    Raises
    ------
    EstimateError
        where there are no data at all.
    ParameterError
        for shifts that begin at no hour, or days the wrong way round.
    """
    moments = [m for m in (material.time_use.moments, material.events.moments) if len(m)]
    if not moments and (first is None or last is None):
        raise EstimateError(
            "There are no data of officers' time or of events.",
            "Read extracts, run Daily refresh, or give other layers.",
        )
    low = _midnight(first, 0, params) if first else min(int(m.min()) for m in moments)
    high = _midnight(last, 1, params) if last else max(int(m.max()) for m in moments) + 3_600 * 10**9
    if high <= low:
        raise ParameterError(
            f"The panel would end on {last} before it begins on {first}.", "Give the earlier day first."
        )
    if params.period != "shift":
        return civil_periods(low, high, params.period, params.timezone)
    return _shifts(low, high, params)


def days_in(periods: Periods, timezone: str) -> tuple[Ints, Ints]:
    """First civil day of each period and the one after its last, days since 1970; of a shift the day that it begins on."""
    state = FilterState(timezone=timezone)
    begin = civil_days(periods.edges[:-1], state).astype(np.int64)
    end = civil_days(periods.edges[1:] - 1, state).astype(np.int64) + 1
    hours = np.diff(periods.edges) / 3.6e12
    return begin, np.where(hours < 22, begin + 1, end)


def refuse_coarser(table: pd.DataFrame, params: PanelParams) -> bool:
    """Whether a table of presence tells whole periods of the panel, and not their hours.

    Raises
    ------
    TimeError
        for one whose own periods are no part of the panel's: of months where days are asked, of weeks where months are.
    """
    if "activity" in table.columns or not len(table):
        return False
    moments = instants(np.unique(nanoseconds(table["period"]))).tz_convert(pandas_zone(params.timezone))
    midnight = bool((moments == moments.normalize()).all())
    grain = "hour"
    if midnight:
        whole_months, whole_weeks = bool((moments.day == 1).all()), bool((moments.day_of_week == 0).all())
        grain = "month" if whole_months else "week" if whole_weeks else "day"
    if grain == params.period:
        return True
    if len(moments) == 1 or params.period in PARTS_OF[grain]:
        return False
    raise TimeError(
        f"The table of presence tells {grain}s, which are no parts of a {params.period}.",
        f"Ask for the period {grain!r}, or compute presence by hour.",
    )


def time_covered(material: Material, periods: Periods, params: PanelParams, whole: bool = False) -> tuple[Floats, Ints]:
    """Share of each period of which there are data of officers' time of the whole force, and its civil days that have any.

    By day of months and weeks, by hour of days and shifts: a night without officers is rare, a night without data is not.
    """
    moments = material.time_use.moments
    inside = (moments >= periods.edges[0]) & (moments < periods.edges[-1])
    moments = np.unique(moments[inside])
    n = len(periods.edges) - 1
    begin, end = days_in(periods, params.timezone)
    if whole:
        known = np.bincount(periods.index(moments), minlength=n) > 0
        return known.astype(np.float64), np.where(known, end - begin, 0).astype(np.int64)
    days = np.unique(civil_days(moments, FilterState(timezone=params.timezone)).astype(np.int64))
    seen = np.searchsorted(days, end) - np.searchsorted(days, begin)
    if params.period in ("month", "week"):
        return seen / np.maximum(end - begin, 1), seen.astype(np.int64)
    hours = np.bincount(periods.index(moments), minlength=n)
    return np.minimum(hours / (np.diff(periods.edges) / 3.6e12), 1.0), np.minimum(seen, 1).astype(np.int64)


def events_covered(material: Material, periods: Periods, params: PanelParams, kind: str) -> Floats:
    """Share of each period's civil days that the records of a kind tell of."""
    begin, end = days_in(periods, params.timezone)
    asked = FilterState(
        first=np.datetime64(int(begin.min()), "D").astype(date),
        last=np.datetime64(int(end.max()) - 1, "D").astype(date),
        timezone=params.timezone,
    )
    days = np.sort(covered_days(material, asked, kind, FINE_ENOUGH[params.period]).astype(np.int64))
    out: Floats = (np.searchsorted(days, end) - np.searchsorted(days, begin)) / np.maximum(end - begin, 1)
    return out


def overlap_share(periods: Periods, begin: Ints, end: Ints) -> Floats:
    """Share of each period (areas, periods) that lies between two moments of each area."""
    low = np.maximum(periods.edges[:-1][None], begin[:, None]).astype(np.float64)
    high = np.minimum(periods.edges[1:][None], end[:, None]).astype(np.float64)
    out: Floats = np.clip(high - low, 0.0, None) / np.diff(periods.edges).astype(np.float64)
    return out


def adopted_from(areas: pd.DataFrame, timezone: str) -> Ints:
    """The moment from which each area is adopted, ns; the end of time where it never was."""
    never = np.iinfo(np.int64).max
    if "adopted_on" not in areas.columns or areas["adopted_on"].isna().all():
        return np.full(len(areas), never)
    days = pd.to_datetime(areas["adopted_on"].astype(object), errors="coerce")
    midnights = from_civil(pd.DatetimeIndex(days).normalize(), timezone)
    return np.where(midnights.isna(), never, nanoseconds(pd.Series(midnights.fillna(pd.Timestamp(0, tz="UTC")))))


def _shifts(low: int, high: int, params: PanelParams) -> Periods:
    hours = sorted({int(h) for h in params.shift_hours})
    if not hours or hours[0] < 0 or hours[-1] > 23 or any(h != int(h) for h in params.shift_hours):
        raise ParameterError(
            f"shift_hours = {params.shift_hours} are no hours of a day.",
            "Give whole hours from 0 to 23, such as 7, 15, 23.",
        )
    begin, end = (instants([m]).tz_convert(pandas_zone(params.timezone)).tz_localize(None)[0] for m in (low, high))
    days = pd.date_range(begin.normalize() - pd.Timedelta(days=1), end.normalize() + pd.Timedelta(days=1), freq="D")
    wall = (days.to_numpy()[:, None] + np.array(hours, dtype="timedelta64[h]")[None]).ravel()
    edges = np.unique(nanoseconds(pd.Series(from_civil(pd.DatetimeIndex(wall), params.timezone))))
    start = max(int(np.searchsorted(edges, low, side="right")) - 1, 0)
    return Periods(edges[start : int(np.searchsorted(edges, high, side="left")) + 1])


def _midnight(day: date, later: int, params: PanelParams) -> int:
    moment = from_civil(pd.DatetimeIndex([pd.Timestamp(day) + pd.Timedelta(days=later)]), params.timezone)
    return int(nanoseconds(pd.Series(moment))[0])


def enough(shares: Sequence[Floats], least: float) -> Bools:
    """Where each of some shares is large enough; a rounding error is no gap."""
    out: Bools = np.all([s >= least - 1e-9 for s in shares], axis=0)
    return out
