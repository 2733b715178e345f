"""The hours and days that a page tells: each hour of the data a slot, and of the last days each day one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Union

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Rows
from ..filter_state import FilterState
from ..material.days import civil_days
from ..material.summary_tables import Hours, Material
from ..times.civil import pandas_zone
from ..times.instants import instants
from .released import Released

WHOLE_DAY = 255  # in place of an hour: the total of a whole day


@dataclass(frozen=True, eq=False)
class Slots:
    """Where moments stand.

    Attributes
    ----------
    base : the civil day with number 0, the one before the first of the data
    days : how many days there are, with day 0
    day, hour : of each slot; hours are civil, `WHOLE_DAY` of a day told as a total. In time's order, the hour that October has
        twice is two slots
    moments : the first moment (ns) of the slots told by the hour
    total_hours : how many hours with officers' time, of the whole force, each day told as a total has
    """

    base: date
    days: int
    day: Ints
    hour: Ints
    moments: Ints
    timezone: str
    hours_until: int
    total_hours: Ints

    @classmethod
    def of(cls, got: Released) -> Slots:
        """The slots of a material: one for each hour of which there is officers' time."""
        material = got.material
        base = first_day(material, got.last) - timedelta(days=1)
        moments = np.sort(material.time_use.moments)
        day = days_since(moments, base, material.timezone)
        until = (got.hours_until - base).days
        by_hour = moments[day <= until]
        totals, hours = np.unique(day[(day > until) & (day <= (got.last - base).days)], return_counts=True)
        local = instants(by_hour).tz_convert(pandas_zone(material.timezone))
        return cls(
            base,
            (got.last - base).days + 1,
            np.concatenate([day[day <= until], totals]).astype(np.int64),
            np.concatenate([np.asarray(local.hour), np.full(len(totals), WHOLE_DAY)]).astype(np.int64),
            by_hour,
            material.timezone,
            until,
            np.asarray(hours),
        )

    def __len__(self) -> int:
        return len(self.day)

    def at(self, moments: Ints) -> Rows:
        """The slot of each moment (ns); −1 of one that has none."""
        day = days_since(moments, self.base, self.timezone)
        totals = self.day[len(self.moments) :]
        found = np.full(len(moments), -1, dtype=np.intp)
        for own, known, asked, start in (
            (day <= self.hours_until, self.moments, moments, 0),
            (day > self.hours_until, totals, day, len(self.moments)),
        ):
            at = np.searchsorted(known, asked[own])
            there = at < len(known)
            there[there] = known[at[there]] == asked[own][there]
            found[own] = np.where(there, at + start, -1)
        return found


def days_since(moments: Ints, base: date, timezone: str) -> Ints:
    """Numbers of the civil days of moments (ns)."""
    days = civil_days(moments, FilterState(timezone=timezone)) - np.datetime64(base, "D")
    return np.asarray(days.astype(np.int64))


def first_day(material: Material, last: date) -> date:
    """The first civil day of officers' time or of events."""
    ends = [h.moments.min() for h in (material.time_use, material.events) if len(h.moments)]
    firsts = [pd.Timestamp(int(e), tz="UTC").tz_convert(pandas_zone(material.timezone)).date() for e in ends]
    first: date = min([*firsts, last])
    return first


def summed(
    hours: Hours, rows: list[str], at: Rows, width: int, amounts: Floats, keep: Union[Bools, bool] = True
) -> Floats:
    """Amounts of a table's rows added up: (rows, width), by the row of `rows` that they are of and where each stands.

    Parameters
    ----------
    at : where each row of the table stands, 0 to `width`; −1 for nowhere
    keep : rows of the table to count (bool, n)
    """
    known = pd.Index(rows).get_indexer(hours.table["area_id"].cat.categories.astype(object))
    row = known[hours.table["area_id"].cat.codes.to_numpy()] if len(known) else np.empty(0, dtype=np.intp)
    some = np.asarray((row >= 0) & (at >= 0) & keep)
    cell = row[some].astype(np.int64) * width + at[some]
    sums = np.bincount(cell, weights=amounts[some], minlength=len(rows) * width).astype(np.float64)
    return sums.reshape(len(rows), width)


__all__ = ["WHOLE_DAY", "Slots", "days_since", "first_day", "summed"]
