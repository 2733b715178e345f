"""Who was where in which hour of a month, in codes: what every check of few officers counts on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Rows
from ..distinct import distinct
from ..suppression import LEAST
from ..times.civil import pandas_zone
from ..times.instants import nanoseconds

# How much of the most it can be may be known for sure of the time of fewer than five officers. The promise is a half; the checks,
# which pass bounds from sum to sum, find them wider than linear programming does, so they ask for more.
KNOWN_TO = 0.35


@dataclass(frozen=True)
class There:
    """The time of officers at one place, or at several that are told together, by hour and label.

    Attributes
    ----------
    spot : (n,) code of the smallest place whose time in each hour is told, all labels together: an area, or the rest of its role
    hour : (n,) start of the civil hour, ns
    weekday, of_day : (n,) its weekday, Monday 0, and its hour of the day
    label : (n,) code of the unit, department, role or resource type
    officer : (n,) code of the officer
    seconds : (n,)
    """

    spot: Ints
    hour: Ints
    weekday: Ints
    of_day: Ints
    label: Ints
    officer: Ints
    seconds: Floats

    @classmethod
    def of(cls, rows: pd.DataFrame, spot: Ints, label: Ints, officer: Ints, timezone: str) -> There:
        """Of rows with ``period`` (hours) and ``seconds``, and their codes."""
        civil = pd.DatetimeIndex(rows["period"]).tz_convert(pandas_zone(timezone))
        return cls(
            spot,
            np.asarray(nanoseconds(rows["period"]), dtype=np.int64),
            np.asarray(civil.day_of_week, dtype=np.int64),
            np.asarray(civil.hour, dtype=np.int64),
            label,
            officer,
            rows["seconds"].to_numpy(dtype=np.float64),
        )

    def where(self, keep: Bools) -> There:
        """The rows of a mask."""
        return There(*(getattr(self, n)[keep] for n in self.__dataclass_fields__))

    @property
    def week_hour(self) -> Ints:
        """(n,) hour of the week, from Monday 0."""
        return self.weekday * 24 + self.of_day

    @property
    def hours(self) -> Ints:
        """(n,) code of the hour of a spot: all labels' time in it is told."""
        _, hour = np.unique(self.hour, return_inverse=True)
        spots = int(self.spot.max(initial=0)) + 1
        return np.asarray(np.unique(hour * spots + self.spot, return_inverse=True)[1], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.hour)


def fine_blocks(there: There, block: Ints, group: Ints, blocks: int, least: int = LEAST) -> Bools:
    """Which blocks of hours may be told by group: of no officer's time more follows than that it is part of a larger sum.

    In such a block each group has no officer or at least `least`. And as the time of all groups together is told for each single
    hour, that of a group in it is known to lie between ``A + B − T`` and ``min(A, B)`` (A of the hour, B of the group in the
    block, T of the block): where the group has fewer than `least` officers in that hour, the one may be :data:`KNOWN_TO` of the other at most.

    Parameters
    ----------
    there : rows of one place
    block, group : (n,) codes, the block of hours and the group of labels told together
    blocks : how many blocks there are

    Returns
    -------
    bool (blocks,)
    """
    groups = int(group.max(initial=0)) + 1
    cell = block * groups + group
    officers = distinct(cell, there.officer, blocks * groups).reshape(blocks, groups)
    fine = ((officers == 0) | (officers >= least)).all(axis=1)
    # Each hour of each group, with the hour, the group's part of the block, and the block.
    hour = there.hours
    hours = int(hour.max(initial=0)) + 1
    each, row = np.unique(cell.astype(np.int64) * hours + hour, return_inverse=True)
    few = distinct(row, there.officer, len(each)) < least
    of_cell, at = each // hours, each % hours
    of_block = of_cell // groups
    a = np.bincount(block.astype(np.int64) * hours + hour, weights=there.seconds, minlength=blocks * hours)[
        of_block * hours + at
    ]
    b = np.bincount(cell, weights=there.seconds, minlength=blocks * groups)[of_cell]
    t = np.bincount(block, weights=there.seconds, minlength=blocks)[of_block]
    known = np.maximum(a + b - t, 0.0) > KNOWN_TO * np.minimum(a, b)
    np.logical_and.at(fine, of_block[few & known], False)
    return np.asarray(fine, dtype=bool)


def added(values: Floats, at: Rows, n: int) -> Floats:
    """Sums of values by row."""
    return np.asarray(np.bincount(at, weights=values, minlength=n), dtype=np.float64)
