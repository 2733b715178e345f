"""Stretches: the pieces of an officer's time that are worked out each by itself, wherever the data begins or ends.

What is said of a leg hangs on the legs about it. So that a day's figures do not hang on how much of the days beside it
was read, everything that looks along an officer's legs begins anew at a stretch: tracks, the chain of movement, sums.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array, Bools, Ints
from .geometry.pairs import expand

SILENCE_S = 10_800.0  # no leg tells anything of another one three hours later: the chain of movement has forgotten it
WHOLE_S = 172_800.0  # what has gone on for so long is cut at the next midnight, UTC
REACH_S = WHOLE_S + 2 * 86_400.0  # no stretch is longer, but for its last leg

_DAY = 86_400 * 10**9
_WHOLE = np.int64(WHOLE_S * 1e9)


def stretch_heads(officer: Array, start: Ints, end: Ints) -> Bools:
    """The first leg of each stretch.

    A stretch ends where its officer is silent for over three hours. One that goes on and on (a radio left on its charger
    that never falls silent) is cut at each midnight, UTC, before which it has gone on for two days: no shift is cut.

    Parameters
    ----------
    officer : (n,), a number for each officer; legs (or tracks) of one officer stand together, in order of time
    start, end : int64 (n,), ns

    Returns
    -------
    bool (n,), true where a stretch begins.

    Examples
    --------
    >>> hours = np.array([0, 1, 5, 6], dtype=np.int64) * 3_600 * 10**9
    >>> stretch_heads(np.zeros(4), hours, hours + 1_800 * 10**9).tolist()
    [True, False, True, False]
    """
    if not len(start):
        return np.zeros(0, dtype=bool)
    silent = start[1:] - end[:-1] > np.int64(SILENCE_S * 1e9)
    fresh = np.r_[True, (officer[1:] != officer[:-1]) | silent]
    heads = np.flatnonzero(fresh)
    last = np.r_[heads[1:], len(start)] - 1
    # Few go on for so long: of the others nothing need be cut.
    long = start[last] - start[heads] >= _WHOLE
    if long.any():
        stretch, nth = expand(np.where(long, last + 1 - heads, 0))
        row = heads[stretch] + nth
        day = start[row] // _DAY
        piece = np.where(day * _DAY - start[heads[stretch]] >= _WHOLE, day, np.iinfo(np.int64).min)
        fresh[row[1:][piece[1:] != piece[:-1]]] = True
    return np.asarray(fresh)
