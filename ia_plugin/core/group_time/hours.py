"""The blocks of hours in which a month is told: as fine as there are officers enough in each."""

from __future__ import annotations

import numpy as np

from ..arrays import Ints
from ..suppression import LEAST
from .there import There, fine_blocks

BANDS = 6  # hours in a band of the day
ALL_WEEK = -1


def hour_blocks(there: There, group: Ints, least: int = LEAST) -> Ints:
    """The block of each row, ``weekday * 10000 + first hour * 100 + hours``: month, six-hour bands, hours of the day, hours of the week.

    A block is divided only where every part of it may be told by group (:func:`~ia_plugin.core.group_time.there.fine_blocks`), so
    all groups are told for the same hours: the difference of two blocks and of the hours' totals is then a sum of whole blocks.

    Returns
    -------
    (n,) codes for :func:`block_hours`.
    """
    levels = (
        (_code(np.full(len(there), ALL_WEEK), there.of_day // BANDS * BANDS, BANDS)),
        (_code(np.full(len(there), ALL_WEEK), there.of_day, 1)),
        (_code(there.weekday, there.of_day, 1)),
    )
    found = _code(np.full(len(there), ALL_WEEK), np.zeros(len(there), dtype=np.int64), 24)
    for level in levels:
        parts, part = np.unique(level, return_inverse=True)
        fine = fine_blocks(there, part, group, len(parts), least)[part]
        # A whole is divided only where all its parts are fine, and only the wholes of the level above are.
        wholes, whole = np.unique(found, return_inverse=True)
        ready = np.ones(len(wholes), dtype=bool)
        np.logical_and.at(ready, whole, fine)
        ready &= _width(wholes) == _above(level)
        found = np.where(ready[whole], level, found)
    return found


def block_hours(code: Ints) -> tuple[Ints, Ints, Ints]:
    """(weekday or :data:`ALL_WEEK`, first hour, number of hours) of blocks.

    >>> [int(v) for v in block_hours(np.array([12201]))[0:3][0]], [int(v[0]) for v in block_hours(np.array([12201]))[1:]]
    ([0], [22, 1])
    """
    return code // 10_000 - 1, code // 100 % 100, code % 100


def _code(weekday: Ints, first: Ints, hours: int) -> Ints:
    return np.asarray((weekday + 1) * 10_000 + first * 100 + hours, dtype=np.int64)


def _width(code: Ints) -> Ints:
    return np.asarray(code % 100 + 100 * (code // 10_000 > 0), dtype=np.int64)


def _above(level: Ints) -> int:
    """Width of the blocks that a level divides."""
    if not len(level):
        return 24
    return 1 if (level // 10_000 > 0).all() else {BANDS: 24, 1: BANDS}[int(level[0] % 100)]
