"""Officer time by cell before its spread is split by activity: what adds up over groups of officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np
import pandas as pd

from ..arrays import Array, Bools, Ints, Rows
from ..columns import ALL, OFFICERS_SEEN, TIME_USE
from ..empty import empty_table
from ..times.instants import nanoseconds
from ..times.periods import civil_periods
from .grains import GRAIN, grains, passed_on

DIMENSIONS = ("unit", "department", "officer_role", "resource_type")
OF_POSTING = {n: "role" if n == "officer_role" else n for n in DIMENSIONS}
KEYS = ("area_id", "period", *DIMENSIONS)
CELL = (*KEYS, "at_site")
OF_OFFICER = ("seconds", "variance", "systematic")  # what the officer_time table adds up
SPREAD = ("officer_seconds", "variance", "systematic")
SECONDS = ("officer_seconds", "foot_seconds", "vehicle_seconds", "stationary_seconds", "unknown_seconds", "bicycle_seconds")  # fmt: skip
MODE_SECONDS = SECONDS[1:]


@dataclass(frozen=True)
class TimeCells:
    """Time of officers by place, hour and group (the cells), and within each by activity.

    The spread of a cell belongs to all its time: an activity's share of it is known only when the time of every officer
    is there. So parts are added first, and :meth:`table` splits afterwards. An area's time at police sites is a cell of its
    own: figures of the area leave it out, and what is not known of it is none of theirs.

    Attributes
    ----------
    cells : ``area_id``, ``period``, unit, department, role, resource type, ``at_site``; ``officer_seconds``, ``variance``,
        ``systematic``
    time : ``cell`` (row of `cells`), ``activity``, ``officer_seconds`` and seconds by mode
    """

    cells: pd.DataFrame
    time: pd.DataFrame

    @classmethod
    def none(cls) -> TimeCells:
        """No time at all, with the columns that time has."""
        whole = empty_table(TIME_USE)
        time = whole[["activity", *SECONDS]].copy()
        time.insert(0, "cell", np.empty(0, dtype=np.int64))
        return cls(whole.assign(at_site=np.empty(0, dtype=bool))[[*CELL, *SPREAD]], time)

    @classmethod
    def beside(cls, parts: Sequence[TimeCells]) -> TimeCells:
        """The cells of several parts; of a cell that is in two of them :meth:`table` adds both."""
        parts = [p for p in parts if len(p.cells)]
        if len(parts) < 2:
            return parts[0] if parts else cls.none()
        offset = np.cumsum([0, *(len(p.cells) for p in parts)])
        time = [p.time.assign(cell=p.time["cell"].to_numpy() + k) for p, k in zip(parts, offset)]
        return cls(pd.concat([p.cells for p in parts], ignore_index=True), pd.concat(time, ignore_index=True))

    def where(self, keep: Bools) -> TimeCells:
        """The cells of a mask."""
        if keep.all():
            return self
        cell = self.time["cell"].to_numpy()
        time = self.time[keep[cell]].reset_index(drop=True)
        place = np.cumsum(keep) - 1
        return TimeCells(self.cells[keep].reset_index(drop=True), time.assign(cell=place[cell[keep[cell]]]))

    def table(self) -> pd.DataFrame:
        """The time_use table, of all officers: a share of a cell's time passes on its share of the spread (METHODS §2).

        Sums are of whole :mod:`.grains`, so that the table is the same in whichever order and groups the officers came. Rows of
        nothing are left out, unless an hour had nothing else: that there is data of it must stay known.
        """
        first, cell = rows_alike(self.cells, CELL)
        cells = self.cells.iloc[first]
        time = pd.DataFrame(
            {"cell": cell[self.time["cell"].to_numpy(dtype=np.int64)], "activity": self.time["activity"]}
        )
        some, row = rows_alike(time, ("cell", "activity"))
        of = time["cell"].to_numpy(dtype=np.intp)[some]
        spent = [_added(row, self.time[n], len(some)) for n in MODE_SECONDS]
        seconds = np.sum(spent, axis=0)
        weights = np.where(np.bincount(of, weights=seconds, minlength=len(first))[of] > 0, seconds, 1)
        columns: dict[str, Union[Array, pd.Series]] = {n: cells[n].array.take(of) for n in KEYS}
        columns |= {"activity": time["activity"].array.take(some), "officer_seconds": seconds * GRAIN}
        columns |= {n: s * GRAIN for n, s in zip(MODE_SECONDS, spent)}
        for name in SPREAD[1:]:
            unknown = np.bincount(cell, weights=self.cells[name].isna().to_numpy(), minlength=len(first)) > 0
            shares = passed_on(_added(cell, self.cells[name], len(first)), weights, of)
            columns[name] = np.where(unknown[of], np.nan, shares * GRAIN)
        table = pd.DataFrame(columns)[list(TIME_USE.names)]
        return table[_rows_with_content(table)].reset_index(drop=True)


def _added(row: Rows, amounts: pd.Series, n: int) -> Ints:
    """Sums of rows alike, in grains."""
    return np.bincount(row, weights=grains(amounts.to_numpy()), minlength=n).astype(np.int64)


def _rows_with_content(table: pd.DataFrame) -> Bools:
    """Rows that tell anything, and all rows of hours that have none such."""
    some = (table[list(SPREAD)].to_numpy() > 0).any(axis=1)
    return np.asarray(some | ~table["period"].isin(table["period"][some].unique()).to_numpy())


def begins_within(period: pd.Series, first: int, last: int, opens: bool) -> Bools:
    """Rows of hours that begin from `first` to before `last` (ns), or at any time before where the span `opens` the data."""
    moment = nanoseconds(period)
    return np.asarray(((moment >= first) | opens) & (moment < last))


def days_of_officers(officer_time: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """Who was where on which civil day, from the officer_time table: its keys, ``period`` the start of the day, and ``officer_id``."""
    keys = [*KEYS, "officer_id"]
    if not len(officer_time):
        return pd.DataFrame(columns=keys)
    moment = nanoseconds(officer_time["period"])
    days = civil_periods(int(moment.min()), int(moment.max()) + 1, "day", timezone)
    table = officer_time[keys].assign(period=days.starts()[days.index(moment)])
    return table.iloc[rows_alike(table, keys)[0]].reset_index(drop=True)


def officers_seen(officer_days: pd.DataFrame) -> pd.DataFrame:
    """The officers_seen table: distinct officers by place, civil day and group.

    Parameters
    ----------
    officer_days : ``area_id``, ``period`` (civil day), unit, department, role, resource type, ``officer_id``; one officer
        may stand in several rows of a place and day
    """
    if not len(officer_days):
        return empty_table(OFFICERS_SEEN)
    tables = []
    for name in (ALL, *DIMENSIONS):
        keys = ["area_id", "period", *([name] if name != ALL else [])]
        first, _ = rows_alike(officer_days, (*keys, "officer_id"))
        each = officer_days.iloc[first]
        first, row = rows_alike(each, keys)
        table = each.iloc[first][["area_id", "period"]].assign(dimension=name)
        table["value"] = ALL if name == ALL else each[name].to_numpy(dtype=object)[first]
        tables.append(table.assign(officers=np.bincount(row, minlength=len(first))))
    return pd.concat(tables, ignore_index=True)[list(OFFICERS_SEEN.names)]


def rows_alike(table: pd.DataFrame, keys: Sequence[str]) -> tuple[Rows, Rows]:
    """(first row of each set of rows alike in `keys`, which set each row is of), sets in the order of their words.

    Examples
    --------
    >>> first, row = rows_alike(pd.DataFrame({"a": ["y", "x", "y"]}), ["a"])
    >>> first.tolist(), row.tolist()
    ([1, 0], [1, 0, 1])
    """
    code = np.zeros(len(table), dtype=np.int64)
    for name in keys:
        codes, uniques = pd.factorize(table[name], sort=True)
        code = code * max(1, len(uniques)) + codes
        if len(code) and code.max() > 2**31:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
    _, first, row = np.unique(code, return_index=True, return_inverse=True)
    return first, np.asarray(row, dtype=np.intp)
