"""Which days of officers' time are complete: extracts arrive in parts, and a day half arrived would read as a quiet one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..filter_state import FilterState
from .days import civil_days
from .summary_tables import Material

COMPLETE = 0.95  # of a day's usual time lies in hours that have come in
ARRIVED = 0.5  # of an hour's usual time: with less it has not come in whole
USUAL_WEEKS = 8
LEAST_WEEKS = 3  # that the usual time is taken of; with fewer a day counts by whether it has ended
LOOKED_AT = 14  # days at the end of the data
HOUR_NS = 3_600 * 10**9
WEEK = 24 * 7


def last_filled_day(material: Material) -> Optional[date]:
    """The last civil day of which 95 % of the usual time lies in hours that have come in; None without data.

    The usual time of an hour is the median of the same hour of the week in the eight weeks before it. An hour with less than half
    of it has not come in whole. Later days are still filling: they are in no default period and in no comparison.
    """
    return material.memo.once("last filled day", lambda: _last_filled(material))


def _last_filled(material: Material) -> Optional[date]:
    first, last = material.days
    hours = material.time_use
    if first is None or last is None:
        return last
    spent = np.bincount(hours.at, hours.table["officer_seconds"].to_numpy(np.float64), len(hours.moments))
    at = hours.moments // HOUR_NS
    begin, end = int(at.min()), int(at.max())
    if end - begin < LEAST_WEEKS * WEEK:
        return last
    every: Floats = np.zeros(end - begin + 1)
    every[at - begin] = spent
    days = civil_days(np.arange(begin, end + 1) * HOUR_NS, FilterState(timezone=material.timezone))
    for back in range(LOOKED_AT):
        day = last - timedelta(days=back)
        if day <= first or _filled(every, np.flatnonzero(days == np.datetime64(day, "D"))):
            return max(day, first)
    return last  # this is no extract that is still arriving: something else changed


def _filled(every: Floats, own: NDArray[np.intp]) -> bool:
    """Whether a day's hours have come in, by what is usual in them."""
    usual = np.zeros(len(own))
    for i, hour in enumerate(own):
        before = every[hour % WEEK : hour : WEEK][-USUAL_WEEKS:]
        usual[i] = np.median(before) if len(before) >= LEAST_WEEKS else np.nan
    if not np.isfinite(usual).any() or not np.nansum(usual) > 0:
        return True
    arrived = np.isfinite(usual) & (every[own] >= ARRIVED * np.nan_to_num(usual))
    return bool(np.nansum(usual[arrived]) >= COMPLETE * np.nansum(usual))


__all__ = ["last_filled_day"]
