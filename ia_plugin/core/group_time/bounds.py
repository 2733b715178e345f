"""Between which bounds the time of each place, hour and label is known, from all sums that are told of a role's month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import Bools, Floats, Ints
from ..distinct import distinct
from .there import There, added

ROUNDS = 4  # of passing the bounds of one sum on to the next; each narrows them less


class Cube(NamedTuple):
    """A role's month: (spots, hours, columns) seconds and officers, and the block of each hour."""

    seconds: Floats
    officers: Ints
    block: Ints

    @classmethod
    def of(cls, there: There, spots: int, column: Ints, columns: int, block: Ints) -> Cube:
        """`block` is a code a row, the same for all rows of an hour."""
        _, first, hour = np.unique(there.hour, return_index=True, return_inverse=True)
        shape = (spots, len(first), columns)
        cell = (there.spot * shape[1] + hour) * columns + column
        size = int(np.prod(shape))
        seconds = added(there.seconds, cell, size).reshape(shape)
        officers = distinct(cell, there.officer, size).reshape(shape)
        return cls(seconds, officers, np.unique(block[first], return_inverse=True)[1].astype(np.int64))


def known_within(cube: Cube, shown: Bools) -> tuple[Floats, Floats]:
    """The least and the most that each cell of a cube can be, for one who knows the sums that are shown.

    These are the time of each spot in each hour, of each column in each block of hours, and of the cells of `shown` (spots, columns)
    in the whole month. Bounds are passed from sum to sum a few times; linear programming might narrow them further.
    """
    x = cube.seconds
    whole = x.sum(axis=2, keepdims=True)
    blocks = int(cube.block.max(initial=0)) + 1
    low, high = np.zeros_like(x), np.broadcast_to(whole, x.shape).copy()
    by_block = _by_block(x, cube.block, blocks)
    month = x.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        low, high = _narrowed(low, high, whole, low.sum(axis=2, keepdims=True), high.sum(axis=2, keepdims=True))
        sums = (by_block, _by_block(low, cube.block, blocks), _by_block(high, cube.block, blocks))
        low, high = _narrowed(low, high, *(s[:, cube.block] for s in sums))
        lower, higher = _narrowed(low, high, month, low.sum(axis=1, keepdims=True), high.sum(axis=1, keepdims=True))
        low, high = np.where(shown[:, None, :], lower, low), np.where(shown[:, None, :], higher, high)
    return low, high


def _by_block(x: Floats, block: Ints, blocks: int) -> Floats:
    """(1, blocks, columns) sums over spots and the hours of a block."""
    sums = np.zeros((1, blocks, x.shape[2]))
    np.add.at(sums[0], block, x.sum(axis=0))
    return sums


def _narrowed(low: Floats, high: Floats, total: Floats, lows: Floats, highs: Floats) -> tuple[Floats, Floats]:
    """Bounds of the parts of a sum that is known: what the others leave at the least and at the most."""
    return np.maximum(low, total - (highs - high)), np.minimum(high, total - (lows - low))
