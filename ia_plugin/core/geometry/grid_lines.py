"""Where straight moves cross the lines of a square grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def square_of(at: Floats, side: float) -> Ints:
    """Column of each x, or row of each y; a place on a line belongs to the square that begins there.

    >>> square_of(np.array([-0.1, 0.0, 199.9, 200.0]), 200.0).tolist()
    [-1, 0, 0, 1]
    """
    return np.asarray(np.floor(at / side), dtype=np.int64)


def line_crossings(start: Floats, end: Floats, side: float) -> tuple[Ints, Floats]:
    """(move, share of the way done) wherever a move crosses a line, along one axis.

    Parameters
    ----------
    start, end : float64 (n,), x (or y) of the moves' two ends, metres
    side : of a square, metres

    Returns
    -------
    (move, share), each (k,), in the order of the moves; shares lie from 0 to 1.

    Examples
    --------
    A move from 100 to 500 is a quarter done at 200 and three quarters at 400:

    >>> move, share = line_crossings(np.array([100.0, 0.0]), np.array([500.0, 10.0]), 200.0)
    >>> move.tolist(), share.tolist()
    ([0, 0], [0.25, 0.75])
    """
    first, last = square_of(start, side), square_of(end, side)
    low, count = np.minimum(first, last), np.abs(last - first)
    move = np.repeat(np.arange(len(start), dtype=np.int64), count)
    nth = np.arange(len(move)) - np.repeat(np.cumsum(count) - count, count)
    line = (low[move] + 1 + nth) * side
    share = (line - start[move]) / (end - start)[move]
    return move, np.clip(share, 0.0, 1.0)
