"""The density table of a closed week: which cells may be told, first and with late data.

A cell of a shift is told where at least five officers on at least three days stand behind it, none of them with more than half of
its time: then no sum tells of one. Everything else has no row, and no sum is told beside the cells from which it could be taken.
Weeks and shifts share all moments out, so no hour follows from two of them either.

A week is told once it is closed, so that successive nights do not tell what one officer added. What comes late is weighed as a week
is: who kept the earlier table knows the difference of the two, so a cell is told anew only where what changed since, and since each
telling before, is itself of five officers on three days, none of them with more than half. Until then it stays as it was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Objects
from ..columns import DENSITY, DENSITY_PARTS, refuse_personal
from ..distinct import distinct
from ..empty import empty_table
from ..group_time.month import LEAST_CHANGE_S, to_step
from ..suppression import LEAST
from .scale import DAYS
from .shift_weeks import ShiftWeek

LEAST_DAYS = 3
MOST_OF_ONE = 0.5  # of a cell's time
CELL = ["shift", "cell"]
_ROUNDING = 1e-9  # of a sum: half of it is half of it however it was added up


def enough_behind(parts: pd.DataFrame) -> pd.DataFrame:
    """The cells that may be told.

    Parameters
    ----------
    parts : ``shift``, ``cell``, ``day``, ``officer_id``, ``seconds`` (0 or more), of one week; what is up to a second is nobody behind it

    Returns
    -------
    DataFrame of ``shift``, ``cell``, ``seconds``, by shift and cell.

    Examples
    --------
    Five officers for ten minutes on each of three days, then four of them:

    >>> rows = [("early", "7:3", day, f"p{k}", 600.0) for day in range(3) for k in range(5)]
    >>> parts = pd.DataFrame(rows, columns=["shift", "cell", "day", "officer_id", "seconds"])
    >>> enough_behind(parts).values.tolist()
    [['early', '7:3', 9000.0]]
    >>> len(enough_behind(parts[parts["officer_id"] != "p0"]))
    0
    """
    cells = _Cells.of([parts])
    enough, seconds = cells.enough(_rows([parts], cells)[0])
    shift, cell = cells.names(enough)
    return pd.DataFrame({"shift": shift, "cell": cell, "seconds": seconds[enough]}).sort_values(CELL, ignore_index=True)


def shown_week(
    parts: pd.DataFrame,
    week: ShiftWeek,
    side_m: float,
    shown: pd.DataFrame,
    behind: pd.DataFrame,
    tellings: Optional[int] = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A closed week, or whole cells of it, as they may be told to those who kept what was told before.

    Parameters
    ----------
    parts : of all officers, of :func:`~ia_plugin.core.density.cell_time.without_homes`
    week, side_m : what they are of
    shown : the density table of the week as it stands; empty the first time
    behind : the density_parts table of the week: what stood behind each telling
    tellings : how often the week was told; None where `behind` is of the whole week and tells it

    Returns
    -------
    (shown, behind) : the two tables as they are now.

    Raises
    ------
    PrivacyError
        for a column that tells of single officers.
    """
    cells = _Cells.of([parts, behind, shown])
    now, before = _rows([parts, behind], cells)
    enough, seconds = cells.enough(now)
    free = _may_change(cells, now, before, behind["telling"].to_numpy(dtype=np.int64))
    anew = enough & (free | ~cells.there(before.cell))
    shift, cell = cells.names(anew)
    fresh = pd.DataFrame({"shift": shift, "cell": cell}).assign(week=week.start, side_m=side_m)
    fresh["officer_seconds"] = to_step(seconds[anew])
    stays = shown[~free[cells.numbers[2]]]
    table = _together([stays, fresh], DENSITY.names).sort_values(CELL, kind="stable", ignore_index=True)
    refuse_personal(table.columns, DENSITY.name)
    if tellings is None:
        tellings = int(behind["telling"].max()) + 1 if len(behind) else 0
    new = parts[anew[now.cell]].assign(week=week.start, telling=tellings)
    return table if len(table) else empty_table(DENSITY), _together([behind, new], DENSITY_PARTS.names)


@dataclass(frozen=True)
class _Rows:
    """Whose time in which cell on which day, cells and officers by number; (n,) each."""

    cell: Ints
    day: Ints
    officer: Ints
    seconds: Floats

    def __getitem__(self, some: Bools) -> _Rows:
        return _Rows(self.cell[some], self.day[some], self.officer[some], self.seconds[some])


@dataclass(frozen=True)
class _Cells:
    """The cells of shifts that some tables speak of, numbered, so that texts are compared once.

    Attributes
    ----------
    numbers : of each table's rows
    shifts, squares : names of the halves of a number, which is ``shift * len(squares) + square``
    """

    numbers: list[Ints]
    shifts: Objects
    squares: Objects

    @classmethod
    def of(cls, tables: list[pd.DataFrame]) -> _Cells:
        (shift, shifts), (square, squares) = (_numbered([t[name] for t in tables]) for name in CELL)
        return cls([a * len(squares) + b for a, b in zip(shift, square)], shifts, squares)

    @property
    def n(self) -> int:
        return len(self.shifts) * len(self.squares)

    def there(self, number: Ints) -> Bools:
        """Which cells some numbers are of."""
        found = np.zeros(self.n, dtype=bool)
        found[number] = True
        return found

    def names(self, some: Bools) -> tuple[Objects, Objects]:
        """Shift and square of those meant."""
        shift, square = np.divmod(np.flatnonzero(some), max(len(self.squares), 1))
        return self.shifts[shift], self.squares[square]

    def enough(self, parts: _Rows) -> tuple[Bools, Floats]:
        """(which cells may be told, seconds in each)."""
        rows = parts[parts.seconds > LEAST_CHANGE_S]
        whole: Floats = np.bincount(rows.cell, weights=rows.seconds, minlength=self.n).astype(np.float64)
        officers, days = distinct(rows.cell, rows.officer, self.n), distinct(rows.cell, rows.day, self.n)
        several = int(rows.officer.max(initial=-1)) + 1
        pair, at = np.unique(rows.cell * several + rows.officer, return_inverse=True)
        most = np.zeros(self.n)
        np.maximum.at(most, pair // max(several, 1), np.bincount(at, weights=rows.seconds, minlength=len(pair)))
        alone = most > MOST_OF_ONE * whole * (1 + _ROUNDING)
        return (officers >= LEAST) & (days >= LEAST_DAYS) & ~alone, whole


def _rows(tables: list[pd.DataFrame], cells: _Cells) -> list[_Rows]:
    """Tables of parts by numbers, those of `cells` first."""
    officers, _ = _numbered([t["officer_id"] for t in tables])
    return [
        _Rows(cell, t["day"].to_numpy(dtype=np.int64), officer, t["seconds"].to_numpy(dtype=np.float64))
        for t, cell, officer in zip(tables, cells.numbers, officers)
    ]


def _numbered(columns: list[pd.Series]) -> tuple[list[Ints], Objects]:
    """(the same text's number, the same in all columns; the texts)."""
    texts = [c.to_numpy(dtype=object) for c in columns]
    number, names = pd.factorize(np.concatenate(texts))
    edges = np.cumsum([len(t) for t in texts])[:-1]
    return np.split(number.astype(np.int64), edges), np.asarray(names, dtype=object)


def _may_change(cells: _Cells, now: _Rows, before: _Rows, telling: Ints) -> Bools:
    """The cells told before whose change since each telling is one that may be told."""
    passed, held = np.zeros(cells.n, dtype=bool), np.zeros(cells.n, dtype=bool)
    for one in np.unique(telling):
        then = before[telling == one]
        of_then = cells.there(then.cell)
        enough = cells.enough(_changed(now[of_then[now.cell]], then))[0]
        passed |= enough
        held |= of_then & ~enough
    return np.asarray(passed & ~held, dtype=bool)


def _changed(now: _Rows, before: _Rows) -> _Rows:
    """How much of whose time on which day came or went."""
    officers = int(max(now.officer.max(initial=-1), before.officer.max(initial=-1))) + 1
    key, at = np.unique(
        np.concatenate([(r.cell * DAYS + r.day) * officers + r.officer for r in (now, before)]), return_inverse=True
    )
    seconds = np.abs(np.bincount(at, weights=np.concatenate([now.seconds, -before.seconds]), minlength=len(key)))
    place, officer = np.divmod(key, max(officers, 1))
    return _Rows(place // DAYS, place % DAYS, officer, seconds)


def _together(tables: list[pd.DataFrame], names: tuple[str, ...]) -> pd.DataFrame:
    some = [t[list(names)] for t in tables if len(t)]
    return pd.concat(some, ignore_index=True) if some else tables[0].reindex(columns=list(names)).iloc[:0]


__all__ = ["CELL", "LEAST_DAYS", "MOST_OF_ONE", "enough_behind", "shown_week"]
