"""The density table of a closed week: which cells may be told, first and with late data.

A cell of a shift is told where at least five officers on at least three days stand behind it, none of them with more than half of
its time: then no sum tells of one. Everything else has no row, and no sum is told beside the cells from which it could be taken.
Weeks and shifts share all moments out, so no hour follows from two of them either.

A week is told once it is closed, so that successive nights do not tell what one officer added. What comes late is weighed as a week
is: who kept the earlier table knows the difference of the two, so a cell is told anew only where what changed since, and since each
telling before, is itself of five officers on three days, none of them with more than half. Until then it stays as it was told.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Bools, Objects
from ..columns import DENSITY, DENSITY_PARTS, refuse_personal
from ..distinct import distinct
from ..empty import empty_table
from ..group_time.month import LEAST_CHANGE_S, to_step
from ..suppression import LEAST
from .cell_time import PARTS
from .shift_weeks import ShiftWeek

LEAST_DAYS = 3
MOST_OF_ONE = 0.5  # of a cell's time
CELL = ["shift", "cell"]
_WHO = [*CELL, "day", "officer_id"]
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
    rows = parts[parts["seconds"] > LEAST_CHANGE_S]
    if not len(rows):
        return pd.DataFrame({"shift": [], "cell": [], "seconds": []}).astype({"shift": object, "cell": object})
    cell, cells = pd.factorize(_key(rows), sort=True)
    officer, day, n = pd.factorize(rows["officer_id"])[0], rows["day"].to_numpy(dtype=np.int64), len(cells)
    seconds = rows["seconds"].to_numpy(dtype=np.float64)
    whole = np.bincount(cell, weights=seconds, minlength=n)
    officers, days = distinct(cell, officer, n), distinct(cell, day, n)
    pair, at = np.unique(cell.astype(np.int64) * (int(officer.max()) + 1) + officer, return_inverse=True)
    most = np.zeros(n)
    np.maximum.at(most, pair // (int(officer.max()) + 1), np.bincount(at, weights=seconds))
    alone = most > MOST_OF_ONE * whole * (1 + _ROUNDING)
    enough = (officers >= LEAST) & (days >= LEAST_DAYS) & ~alone
    shift, name = (np.array([c.split(" ")[k] for c in cells[enough]], dtype=object) for k in (0, 1))
    return pd.DataFrame({"shift": shift, "cell": name, "seconds": whole[enough]})


def shown_week(
    parts: pd.DataFrame, week: ShiftWeek, side_m: float, shown: pd.DataFrame, behind: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A closed week as it may be told to those who kept what was told of it before.

    Parameters
    ----------
    parts : of all officers, of :func:`~ia_plugin.core.density.cell_time.without_homes`
    week, side_m : what they are of
    shown : the density table of the week as it stands; empty the first time
    behind : the density_parts table of the week: what stood behind each telling

    Returns
    -------
    (shown, behind) : the two tables as they are now.

    Raises
    ------
    PrivacyError
        for a column that tells of single officers.
    """
    now = enough_behind(parts)
    known = pd.unique(_key(behind))
    free = _may_change(parts, behind) if len(behind) else known
    anew = _are_in(now, free) | ~_are_in(now, known)
    fresh = now[anew].assign(week=week.start, side_m=side_m)
    fresh["officer_seconds"] = to_step(fresh["seconds"].to_numpy(dtype=np.float64))
    stays = shown[~_are_in(shown, free)]
    table = _together([stays, fresh], DENSITY.names).sort_values(CELL, kind="stable", ignore_index=True)
    refuse_personal(table.columns, DENSITY.name)
    telling = int(behind["telling"].max()) + 1 if len(behind) else 0
    new = parts[_are_in(parts, _key(fresh))].assign(week=week.start, telling=telling)
    return table if len(table) else empty_table(DENSITY), _together([behind, new], DENSITY_PARTS.names)


def _may_change(parts: pd.DataFrame, behind: pd.DataFrame) -> Objects:
    """The cells told before whose change since each telling is one that may be told; by their keys."""
    free, held = set[str](), set[str]()
    for _, before in behind.groupby("telling"):
        cells = pd.unique(_key(before))
        passed = _key(enough_behind(_changed(parts[_are_in(parts, cells)], before)))
        free |= set(passed)
        held |= set(cells) - set(passed)
    return np.array(sorted(free - held), dtype=object)


def _changed(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """How much of whose time on which day came or went."""
    less = before[[*PARTS]].assign(seconds=-before["seconds"])
    both = _together([now, less], PARTS)
    found = both.groupby(_WHO, as_index=False, sort=True)["seconds"].sum()
    found["seconds"] = found["seconds"].abs()
    return found[found["seconds"] > LEAST_CHANGE_S]


def _key(rows: pd.DataFrame) -> Objects:
    """One text for shift and cell."""
    return np.asarray(rows["shift"].to_numpy(dtype=object) + " " + rows["cell"].to_numpy(dtype=object), dtype=object)


def _are_in(rows: pd.DataFrame, keys: Objects) -> Bools:
    return np.asarray(pd.Series(_key(rows)).isin(keys), dtype=bool)


def _together(tables: list[pd.DataFrame], names: tuple[str, ...]) -> pd.DataFrame:
    some = [t[list(names)] for t in tables if len(t)]
    return pd.concat(some, ignore_index=True) if some else tables[0].reindex(columns=list(names)).iloc[:0]


__all__ = ["CELL", "LEAST_DAYS", "MOST_OF_ONE", "enough_behind", "shown_week"]
