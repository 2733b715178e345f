"""Officer time by cell before its spread is split by activity: what adds up over groups of officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np
import pandas as pd

from ..arrays import Array, Bools, Rows
from ..columns import ALL, OFFICERS_SEEN, TIME_USE
from ..empty import empty_table
from ..times.instants import nanoseconds
from ..times.periods import civil_periods

DIMENSIONS = ("unit", "department", "officer_role", "resource_type")
OF_POSTING = {n: "role" if n == "officer_role" else n for n in DIMENSIONS}
KEYS = ("area_id", "period", *DIMENSIONS)
CELL = (*KEYS, "at_site")
OF_OFFICER = ("seconds", "variance", "systematic")  # what the officer_time table adds up
SPREAD = ("officer_seconds", "variance", "systematic")
SECONDS = ("officer_seconds", "foot_seconds", "vehicle_seconds", "stationary_seconds", "unknown_seconds", "bicycle_seconds")  # fmt: skip


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
        """The cells of several parts, none of them in two."""
        parts = [p for p in parts if len(p.cells)]
        if len(parts) < 2:
            return parts[0] if parts else cls.none()
        offset = np.cumsum([0, *(len(p.cells) for p in parts)])
        time = [p.time.assign(cell=p.time["cell"].to_numpy() + k) for p, k in zip(parts, offset)]
        return cls(pd.concat([p.cells for p in parts], ignore_index=True), pd.concat(time, ignore_index=True))

    @classmethod
    def added(cls, parts: Sequence[TimeCells]) -> TimeCells:
        """The cells of several groups of officers, those of one place, hour and group added."""
        whole = cls.beside(parts)
        if sum(len(p.cells) > 0 for p in parts) < 2:
            return whole
        first, row = rows_alike(whole.cells, CELL)
        cells = whole.cells.iloc[first][list(CELL)].reset_index(drop=True)
        for name in SPREAD:
            cells[name] = np.bincount(row, weights=whole.cells[name].to_numpy(), minlength=len(first))
        time = whole.time.assign(cell=row[whole.time["cell"].to_numpy()])
        first, row = rows_alike(time, ("cell", "activity"))
        left = time.iloc[first][["cell", "activity"]].reset_index(drop=True)
        for name in SECONDS:
            left[name] = np.bincount(row, weights=time[name].to_numpy(), minlength=len(first))
        return cls(cells, left)

    def where(self, keep: Bools) -> TimeCells:
        """The cells of a mask."""
        if keep.all():
            return self
        cell = self.time["cell"].to_numpy()
        time = self.time[keep[cell]].reset_index(drop=True)
        place = np.cumsum(keep) - 1
        return TimeCells(self.cells[keep].reset_index(drop=True), time.assign(cell=place[cell[keep[cell]]]))

    def table(self) -> pd.DataFrame:
        """The time_use table: a share of a cell's time passes on its share of the variance (METHODS §2)."""
        cell = self.time["cell"].to_numpy(dtype=np.int64)
        spent, whole = self.time["officer_seconds"].to_numpy(), self.cells["officer_seconds"].to_numpy()
        share = spent / np.maximum(whole[cell], 1e-12)
        columns: dict[str, Union[Array, pd.Series]] = {n: self.cells[n].array.take(cell) for n in KEYS}
        columns["activity"] = self.time["activity"].array
        columns.update({n: self.time[n].to_numpy() for n in SECONDS})
        columns.update({n: self.cells[n].to_numpy()[cell] * share for n in SPREAD[1:]})
        return pd.DataFrame(columns)[list(TIME_USE.names)]


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
