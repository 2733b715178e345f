"""Civil periods: hours, days, weeks and months as people live them, laid on the axis of UTC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .civil import from_civil, pandas_zone
from .instants import instants

_FREQUENCY = {"day": "D", "week": "W-MON", "month": "MS"}


@dataclass(frozen=True)
class Periods:
    """Consecutive periods; period k runs from ``edges[k]`` to ``edges[k + 1]`` (ns since 1970, UTC)."""

    edges: NDArray[np.int64]

    def index(self, stamp: NDArray[np.int64]) -> NDArray[np.intp]:
        """Period of each moment; a moment on an edge belongs to the later period."""
        return np.asarray(np.searchsorted(self.edges, stamp, side="right") - 1)

    def last_index(self, stamp: NDArray[np.int64]) -> NDArray[np.intp]:
        """Period in which an interval ends that ends at `stamp`; on an edge, the earlier period."""
        return np.asarray(np.searchsorted(self.edges, stamp, side="left") - 1)

    def starts(self) -> pd.DatetimeIndex:
        return instants(self.edges[:-1])

    def cut(
        self, start: NDArray[np.int64], end: NDArray[np.int64]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64], NDArray[np.int64]]:
        """Cut intervals at the edges.

        Returns
        -------
        (interval, period, start, end) of each part, in the order of the intervals.
        """
        first, last = self.index(start), np.maximum(self.last_index(end), self.index(start))
        count = last - first + 1
        which = np.repeat(np.arange(len(start)), count)
        period = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        return (
            which,
            period,
            np.maximum(start[which], self.edges[period]),
            np.minimum(end[which], self.edges[period + 1]),
        )


def civil_periods(first: int, last: int, period: str, timezone: str) -> Periods:
    """Periods that cover the moments `first` to `last` (ns, UTC).

    The repeated hour of October is two periods, the missing one of March none; days have 23, 24 or 25 hours.

    Raises
    ------
    ParameterError
        for a time zone that is not in the IANA database.
    """
    zone = pandas_zone(timezone)
    if period == "all":
        return Periods(np.array([first, max(last, first + 1)], dtype=np.int64))
    begin, end = (pd.Timestamp(t, tz="UTC").tz_convert(zone).tz_localize(None) for t in (first, last))
    if period == "hour":
        # Counted in absolute time from a full civil hour, so that each hour lived is one period.
        offset = int(pd.Timestamp(first, tz="UTC").tz_convert(zone).utcoffset().total_seconds()) * 10**9
        hour = 3_600 * 10**9
        start = (first + offset) // hour * hour - offset
        # By their number, in whole numbers: an arange of ns reckons its length in floats, and within a year loses the last edge.
        return Periods(start + hour * np.arange((last - start) // hour + 2, dtype=np.int64))
    start = begin.normalize()
    if period == "week":
        start -= pd.Timedelta(days=start.weekday())
    elif period == "month":
        start = start.replace(day=1)
    days = pd.date_range(start, end.normalize() + pd.Timedelta(days=32), freq=_FREQUENCY[period])
    edges = from_civil(days, timezone).tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
    return Periods(edges[: int(np.searchsorted(edges, last, side="left")) + 1])
