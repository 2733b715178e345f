"""Long rests of an officer that may be at home: a radio that stays on after the turn, or is on before it.

A shared store tells them itself by the same rule (``store/postgis/sql/0011_home_rests.sql``), so that nobody is given them to leave out; whoever changes
the one writes a migration of the other, and tests/store/contract/test_home_rests.py holds both together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Rows
from ..params import QualityParams
from ..presence.leg_arrays import leg_ends
from ..stretches import SILENCE_S
from ..times.instants import nanoseconds

REST_M = 100.0  # a radio at rest reports so near its middle, indoors too
BLOCK_S = 900.0  # rests are looked for by the quarter hour
MOST_OFF = 0.1  # of a quarter hour's time: what poor positions may lie elsewhere
JOIN_S = 1_800.0  # poor positions for so long end no rest
LONG_S = 21_600.0  # nobody patrols one place for six hours
WHOLE_TURN_S = 3_600.0 * QualityParams().locker_h  # as the quality report tells radios that are left behind
ENDS_TURN_S = 1_800.0  # at the beginning or the end of a turn that was elsewhere too
_NS = 1_000_000_000


def home_rests(legs: pd.DataFrame) -> Bools:
    """Which legs belong to a rest that may be at home.

    That is where an officer stays within :data:`REST_M` of one place for six hours, for a whole turn of three, or for half an hour
    with which a turn begins or ends that was elsewhere too; a turn lies between silences of three hours. Rests at police sites are
    among them, and so are those of a guard: that five officers rest at one place tells that it is no home
    (:func:`~ia_plugin.core.density.cell_time.without_homes`).

    Parameters
    ----------
    legs : the legs table by officer and start; whole turns, for a rest is told by its length

    Returns
    -------
    bool (n,).
    """
    if not len(legs):
        return np.zeros(0, dtype=bool)
    quarters = _Quarters.of(legs)
    still = np.flatnonzero(quarters.still)
    if not len(still):
        return np.zeros(len(legs), dtype=bool)
    at_rest = np.zeros(len(quarters.start), dtype=bool)
    at_rest[still] = _long_enough(quarters, still)
    return _near_a_rest(quarters, at_rest)


@dataclass(frozen=True)
class _Quarters:
    """Legs gathered by officer and the quarter hour they begin in.

    Attributes
    ----------
    of_leg : (n,), the quarter of each leg
    ends : x0, y0, x1, y1 of the legs
    officer, start, end : (q,), of the quarters; ns
    x, y : (q,), middle of the reports
    still : (q,), whether the officer stayed near it
    turn : (q,), number of the turn
    """

    of_leg: Rows
    ends: tuple[Floats, Floats, Floats, Floats]
    officer: Ints
    start: Ints
    end: Ints
    x: Floats
    y: Floats
    still: Bools
    turn: Ints

    @classmethod
    def of(cls, legs: pd.DataFrame) -> _Quarters:
        officer = pd.factorize(legs["officer_id"])[0].astype(np.int64)
        start, end = (nanoseconds(legs[c]) for c in ("start", "end"))
        block = start // np.int64(BLOCK_S * _NS)
        new = np.r_[True, (officer[1:] != officer[:-1]) | (block[1:] != block[:-1])]
        of_leg, first = np.cumsum(new) - 1, np.flatnonzero(new)
        last = np.r_[first[1:], len(legs)] - 1
        ends = leg_ends(legs)
        middle = pd.DataFrame({"x": ends[0], "y": ends[1]}).groupby(of_leg, sort=False).median()
        x, y = middle["x"].to_numpy(), middle["y"].to_numpy()
        seconds = (end - start) / _NS
        off = ~_within(ends, x[of_leg], y[of_leg])
        whole = np.bincount(of_leg, weights=seconds)
        elsewhere = np.bincount(of_leg, weights=np.where(off, seconds, 0.0))
        who, begin, stop = officer[first], start[first], end[last]
        fresh = np.r_[True, (who[1:] != who[:-1]) | (begin[1:] - stop[:-1] >= np.int64(SILENCE_S * _NS))]
        return cls(of_leg, ends, who, begin, stop, x, y, elsewhere <= MOST_OFF * whole, np.cumsum(fresh) - 1)


def _within(ends: tuple[Floats, Floats, Floats, Floats], x: Floats, y: Floats) -> Bools:
    """Whether both ends of legs lie near a place."""
    x0, y0, x1, y1 = ends
    return np.asarray((np.hypot(x0 - x, y0 - y) <= REST_M) & (np.hypot(x1 - x, y1 - y) <= REST_M))


def _long_enough(q: _Quarters, still: Rows) -> Bools:
    """Which of the still quarters belong to a rest."""
    apart = np.hypot(np.diff(q.x[still]), np.diff(q.y[still])) > REST_M
    apart |= (np.diff(q.turn[still]) != 0) | (q.start[still][1:] - q.end[still][:-1] > np.int64(JOIN_S * _NS))
    run = np.r_[0, np.cumsum(apart)]
    head = still[np.flatnonzero(np.r_[True, apart])]
    tail = still[np.flatnonzero(np.r_[apart, True])]
    lasts = (q.end[tail] - q.start[head]) / _NS
    fresh = np.r_[True, np.diff(q.turn) != 0]
    opens, closes = (
        np.flatnonzero(fresh)[q.turn[head]],
        (np.r_[np.flatnonzero(fresh)[1:], len(fresh)] - 1)[q.turn[head]],
    )
    first_leg = np.searchsorted(q.of_leg, opens, side="left")
    last_leg = np.searchsorted(q.of_leg, closes, side="right") - 1
    x0, y0, x1, y1 = q.ends
    before, after = (q.start[head] - q.start[opens]) / _NS, (q.end[closes] - q.end[tail]) / _NS
    begins = (before <= JOIN_S) & (np.hypot(x0[first_leg] - q.x[head], y0[first_leg] - q.y[head]) <= REST_M)
    ends = (after <= JOIN_S) & (np.hypot(x1[last_leg] - q.x[tail], y1[last_leg] - q.y[tail]) <= REST_M)
    whole = begins & ends
    rest = (lasts >= LONG_S) | (whole & (lasts >= WHOLE_TURN_S)) | ((begins ^ ends) & (lasts >= ENDS_TURN_S))
    return np.asarray(rest[run])


def _near_a_rest(q: _Quarters, at_rest: Bools) -> Bools:
    """Legs of the quarters at rest, and those just before and after that are at the same place."""
    found = at_rest[q.of_leg]
    index = np.arange(len(at_rest))
    before = np.maximum.accumulate(np.where(at_rest, index, -1))
    after = np.minimum.accumulate(np.where(at_rest, index, len(at_rest))[::-1])[::-1]
    for near, known in ((before, before >= 0), (after, after < len(at_rest))):
        at = np.where(known, near, 0)
        gap = np.maximum(q.start - q.end[at], q.start[at] - q.end) / _NS
        beside = (known & (q.turn[at] == q.turn) & (gap <= JOIN_S))[q.of_leg]
        found = found | (beside & _within(q.ends, q.x[at][q.of_leg], q.y[at][q.of_leg]))
    return np.asarray(found)
