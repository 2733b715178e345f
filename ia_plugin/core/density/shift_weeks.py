"""The shifts that officer density is stored by, and the weeks made of them: each moment belongs to one shift of one week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ..times.civil import from_civil, moment_of
from ..times.instants import instants
from ..times.periods import Periods
from .scale import DAYS


@dataclass(frozen=True)
class Shift:
    """Hours of the day in civil time, from the one to before the other."""

    name: str
    hour_from: int
    hour_to: int
    words: str


# The presets of the dock may overlap; these share the day out, so that no hour follows from the difference of two.
STORED_SHIFTS = (
    Shift("early", 7, 15, "Early 07:00–15:00"),
    Shift("late", 15, 23, "Late 15:00–23:00"),
    Shift("night", 23, 7, "Night 23:00–07:00"),
)
SHIFT_NAMES = tuple(s.name for s in STORED_SHIFTS)
AROUND = pd.Timedelta("1D")  # what a rest is hangs on what its officer did so far before and after


@dataclass(frozen=True)
class ShiftWeek:
    """A week of shifts, from the early one of a Monday to the night that ends on the next Monday.

    The hours after midnight belong to the night, and the day, on which they began: as in every filter.

    Attributes
    ----------
    monday : its first civil day, "2024-06-03"
    timezone : civil time of days and hours
    """

    monday: str
    timezone: str

    @property
    def start(self) -> pd.Timestamp:
        """Midnight at which its Monday begins, UTC: how tables name the week."""
        return moment_of(pd.Timestamp(self.monday), self.timezone)

    @cached_property
    def periods(self) -> Periods:
        """Its shifts one after the other: period k is shift ``k % 3`` of day ``k // 3``."""
        days = np.repeat(np.arange(DAYS), len(STORED_SHIFTS))
        hours = np.tile([s.hour_from for s in STORED_SHIFTS], DAYS)
        wall = pd.Timestamp(self.monday) + pd.to_timedelta(24 * days + hours, unit="h")
        end = pd.Timestamp(self.monday) + pd.Timedelta(hours=24 * DAYS + STORED_SHIFTS[0].hour_from)
        edges = from_civil(pd.DatetimeIndex([*wall, end]), self.timezone)
        return Periods(edges.tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64))

    @property
    def edges(self) -> tuple[int, int]:
        """Its first moment and the one after its last, ns."""
        return int(self.periods.edges[0]), int(self.periods.edges[-1])

    @property
    def span(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """:attr:`edges` as moments, UTC."""
        first, last = instants(np.array(self.edges))
        return first, last


def mondays_of(days: Iterable[str]) -> set[str]:
    """The weeks whose density hangs on some civil days, by their Mondays.

    A day has the end of the night before it, and says of the days about it what was a rest.

    >>> sorted(mondays_of(["2024-06-05"])), sorted(mondays_of(["2024-06-10"]))
    (['2024-06-03'], ['2024-06-03', '2024-06-10'])
    """
    wanted = pd.DatetimeIndex(sorted(days))
    near = [wanted + pd.Timedelta(k, "D") for k in (-2, 0, 2)]
    return {day.strftime("%Y-%m-%d") for some in near for day in some - pd.to_timedelta(some.day_of_week, unit="D")}
