"""Which legs pass near which points while something is going on there: pairs near in space and in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HOUR_NS = 3_600 * 10**9
STEP_M = 500.0  # a leg is looked for at points this far apart
MOST = 4_000_000  # candidate pairs at a time, so that memory is bounded


class LegsInTime:
    """Legs sorted by hour and square, to be asked which of them pass near points.

    Parameters
    ----------
    start, end : int64 (n,), ns
    x0, y0, x1, y1 : float64 (n,), metres
    within_m : the farthest anyone will ask for
    """

    def __init__(self, start: Ints, end: Ints, x0: Floats, y0: Floats, x1: Floats, y1: Floats, within_m: float) -> None:
        self._ends = (x0, y0, x1, y1)
        self._span = (start, end)
        self._cell = 2.0 * (within_m + STEP_M / 2)
        self._within = within_m + STEP_M / 2
        count = np.maximum(1, np.ceil(np.hypot(x1 - x0, y1 - y0) / STEP_M)).astype(np.int64)
        leg, nth = _repeated(count)
        at = (nth + 0.5) / count[leg]
        x, y = x0[leg] + at * (x1 - x0)[leg], y0[leg] + at * (y1 - y0)[leg]
        self._base = (x.min(initial=0.0), y.min(initial=0.0), int(start.min(initial=0)) // HOUR_NS)
        hours = end // HOUR_NS - start // HOUR_NS + 1
        which, hour = _repeated(hours[leg])
        slot = start[leg[which]] // HOUR_NS + hour
        column, row = self._square(x[which], y[which])
        self._rows = int(row.max(initial=0)) + 1
        self._columns = int(column.max(initial=0)) + 1
        key = self._key(slot, column, row)
        order = np.argsort(key, kind="stable")
        self._sorted, self._leg = key[order], leg[which][order]

    def pairs(self, x: Floats, y: Floats, first: Ints, last: Ints, within: Floats) -> Iterator[tuple[Ints, Ints]]:
        """(leg, point) that overlap in time and pass within `within` of each other, each pair once, in portions.

        All pairs of a point come in one portion, sorted by point, then leg. To touch in time alone is not to overlap.

        Parameters
        ----------
        x, y, within : float64 (m,), metres
        first, last : int64 (m,), the span of each point, ns
        """
        point, key = self._asked(x, y, first, last)
        low, high = np.searchsorted(self._sorted, key, side="left"), np.searchsorted(self._sorted, key, side="right")
        size = high - low
        for a, b in _portions(point, size):
            which, nth = _repeated(size[a:b])
            leg, asked = self._leg[low[a:b][which] + nth], point[a:b][which]
            start, end = self._span
            meets = (start[leg] < last[asked]) & (end[leg] > first[asked])
            pair = np.unique(asked[meets] * len(start) + leg[meets])
            asked, leg = np.divmod(pair, max(1, len(start)))
            enter, leave = self.near(leg, x[asked], y[asked], within[asked])
            close = leave >= enter
            yield leg[close], asked[close]

    def near(self, leg: Ints, x: Floats, y: Floats, within: Floats) -> tuple[Floats, Floats]:
        """Shares of each leg's time at which its straight line enters and leaves the disc about a point (1, 0: never)."""
        x0, y0, x1, y1 = self._ends
        return disc_span(x0[leg], y0[leg], x1[leg], y1[leg], x, y, within)

    def _asked(self, x: Floats, y: Floats, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Every square and hour each point may find legs in."""
        west, south = self._square(x - self._within, y - self._within)
        east, north = self._square(x + self._within, y + self._within)
        shape = [(east - west + 1), (north - south + 1), (last // HOUR_NS - first // HOUR_NS + 1)]
        point, nth = _repeated(shape[0] * shape[1] * shape[2])
        column = west[point] + nth % shape[0][point]
        nth //= shape[0][point]
        row = south[point] + nth % shape[1][point]
        slot = first[point] // HOUR_NS + nth // shape[1][point]
        real = (column >= 0) & (column < self._columns) & (row >= 0) & (row < self._rows) & (slot >= self._base[2])
        return point[real], self._key(slot[real], column[real], row[real])

    def _square(self, x: Floats, y: Floats) -> tuple[Ints, Ints]:
        return (
            np.floor((x - self._base[0]) / self._cell).astype(np.int64),
            np.floor((y - self._base[1]) / self._cell).astype(np.int64),
        )

    def _key(self, slot: Ints, column: Ints, row: Ints) -> Ints:
        key: Ints = ((slot - self._base[2]) * self._columns + column) * self._rows + row
        return key


def disc_span(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, x: Floats, y: Floats, radius: Floats
) -> tuple[Floats, Floats]:
    """Shares t of straight moves a→b at which they enter and leave discs: |a + t(b − a) − p| ≤ r, 0 ≤ t ≤ 1.

    Returns
    -------
    (enter, leave), float64 (n,); (1, 0) where a move never comes that near. A move of no length is there all the time or never.
    """
    dx, dy, fx, fy = x1 - x0, y1 - y0, x0 - x, y0 - y
    a, b, c = dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - radius * radius
    still = a <= 1e-12
    root: Floats = b * b - a * c
    safe = np.where(still, 1.0, a)
    half = np.sqrt(np.maximum(root, 0.0)) / safe
    enter, leave = np.maximum(0.0, -b / safe - half), np.minimum(1.0, -b / safe + half)
    enter, leave = np.where(still, 0.0, enter), np.where(still, 1.0, leave)
    never = np.where(still, c > 0, (root < 0) | (leave < enter))
    return np.where(never, 1.0, enter), np.where(never, 0.0, leave)


def _repeated(count: Ints) -> tuple[Ints, Ints]:
    """Each index as often as `count` says, and the how-manieth time it is."""
    # Of 64 bits by name: pairs of legs and points are numbered by their product, and numpy 1 on Windows has 32.
    which = np.repeat(np.arange(len(count), dtype=np.int64), count)
    return which, np.arange(len(which), dtype=np.int64) - np.repeat(np.cumsum(count) - count, count)


def _portions(point: Ints, size: Ints) -> Iterator[tuple[int, int]]:
    """Ranges of rows with at most MOST candidates; the rows of one point stay together."""
    if not len(size):
        return
    firsts = np.flatnonzero(np.r_[True, point[1:] != point[:-1]])
    total = np.add.reduceat(size, firsts)
    reach = np.cumsum(total)
    at = 0
    while at < len(firsts):
        done = reach[at - 1] if at else 0
        upto = max(at + 1, int(np.searchsorted(reach, done + MOST, side="right")))
        yield int(firsts[at]), int(firsts[upto]) if upto < len(firsts) else len(size)
        at = upto


__all__: list[Any] = ["LegsInTime", "disc_span"]
