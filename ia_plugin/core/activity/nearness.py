"""How likely an officer was near a place in a span of time, for many events at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Array, Bools, Floats, Ints, Rows
from ..geometry.bridge import NODES, PATHS, WEIGHTS, paths_of
from ..geometry.nearby import LegsInTime, disc_span
from ..params import NearEventsParams
from ..presence.bridge_model import BridgedLegs, default_bridge
from ..presence.leg_arrays import leg_ends, leg_limits
from ..times.instants import nanoseconds
from ..weighted_sum import weighted_sum

FARTHEST_M = 2_000.0  # no way further than this from the straight line is looked at
BLOCK = 1 << 16  # (leg, event) pairs at a time: bounds the memory


def windows(minutes: tuple[float, ...]) -> list[tuple[str, float]]:
    """(when, minutes) of the bands, from the longest before to the longest after."""
    rising = sorted(minutes)
    return [("before", m) for m in reversed(rising)] + [("at", 0.0)] + [("after", m) for m in rising]


class Nearness:
    """Legs, to be asked how likely an officer was near.

    Parameters
    ----------
    legs : the legs table, metres; each lasts longer than nothing
    params : NearEventsParams
    """

    def __init__(self, legs: pd.DataFrame, params: NearEventsParams) -> None:
        self._distances = tuple(sorted(params.distances_m))
        self._windows = windows(params.minutes)
        # In the order of officers the pairs of one event and officer stand together.
        legs = legs.iloc[np.argsort(pd.factorize(legs["officer_id"])[0], kind="stable")]
        self._officer = np.asarray(pd.factorize(legs["officer_id"])[0], dtype=np.int64)
        self._start, self._end = (nanoseconds(legs[c]) for c in ("start", "end"))
        self._legs = BridgedLegs(legs, leg_limits(legs, params.max_speed_ms), default_bridge())
        # One leg in a thousand may stray further: it must not make the search wide for all.
        wide = float(np.quantile(self._legs.wide, 0.999, method="higher")) if len(legs) else 0.0
        self._reach = self._distances[-1] + min(wide, FARTHEST_M)
        self._index = LegsInTime(self._start, self._end, *leg_ends(legs), self._reach)

    def chance(self, x: Floats, y: Floats, first: Ints, last: Ints) -> Floats:
        """Probability that an officer was near, (events, windows, distances in rising order).

        Parameters
        ----------
        x, y : float64 (n,), metres
        first, last : int64 (n,), the earliest and latest moment of each event, ns
        """
        longest = np.int64(max(m for _, m in self._windows) * 60e9)
        nobody = np.zeros((len(x), len(self._windows), len(self._distances)))
        reach = np.full(len(x), self._reach)
        # A nanosecond each way: where a leg ends as a window starts, its officer is there at that moment.
        for leg, event in self._index.pairs(x, y, first - longest - 1, last + longest + 1, reach):
            enter, leave = self._index.near(leg, x[event], y[event], self._distances[-1] + self._legs.wide[leg])
            leg, event = leg[leave >= enter], event[leave >= enter]
            heads = np.flatnonzero(_differs(event) | _differs(self._officer[leg]))
            for a, b in _blocks(heads, len(leg)):
                self._add(nobody, leg[a:b], event[a:b], x, y, first, last)
        return np.asarray(np.abs(np.expm1(nobody)))

    def _add(self, nobody: Floats, leg: Rows, event: Rows, x: Floats, y: Floats, first: Ints, last: Ints) -> None:
        """Add to the logarithm of the probability that nobody was near; an event's legs of one officer come together."""
        new = _differs(event) | _differs(self._officer[leg])
        meeting, of = np.cumsum(new) - 1, event[new]
        way_x, way_y = paths_of(self._legs.ways(leg), NODES, PATHS)
        # Where each window starts and ends on each leg, as shares of the leg's time.
        begin, lasts = self._start[leg], (self._end - self._start)[leg]
        spans = [_window(when, np.int64(m * 60e9), first[event], last[event]) for when, m in self._windows]
        shares = [((low - begin) / lasts, (high - begin) / lasts) for low, high in spans]
        px, py = x[event][:, None, None], y[event][:, None, None]
        for d, distance in enumerate(self._distances):
            radius = np.asarray(distance, dtype=np.float64)
            enter, leave = disc_span(way_x[..., :-1], way_y[..., :-1], way_x[..., 1:], way_y[..., 1:], px, py, radius)
            pair, path, piece = np.nonzero(leave >= enter)
            long = np.diff(NODES)[piece]
            a = NODES[piece] + long * enter[pair, path, piece]
            z = NODES[piece] + long * leave[pair, path, piece]
            for b, (low, high) in enumerate(shares):
                there = (a <= high[pair]) & (z >= low[pair])
                # An officer's legs are no independent chances: a way that strays goes on straying to the same side.
                seen = np.zeros((len(of), len(WEIGHTS)), dtype=bool)
                seen[meeting[pair[there]], path[there]] = True
                some = np.flatnonzero(seen.any(axis=1))
                missed = np.log1p(-np.minimum(weighted_sum(seen[some], WEIGHTS), 1.0 - 1e-12))
                nobody[:, b, d] += np.bincount(of[some], weights=missed, minlength=len(nobody))


def _window(when: str, wide: np.int64, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    if when == "before":
        return first - wide, first
    return (last, last + wide) if when == "after" else (first, last)


def _differs(values: Array) -> Bools:
    """Whether each value differs from the one before it; the first does."""
    return np.asarray(np.r_[np.ones(min(1, len(values)), dtype=bool), values[1:] != values[:-1]])


def _blocks(heads: Rows, size: int) -> list[tuple[int, int]]:
    """Ranges of about BLOCK rows that start where a run of rows starts."""
    cuts = np.searchsorted(heads, np.arange(0, size, BLOCK), side="left")
    edges = np.unique(np.r_[heads[cuts[cuts < len(heads)]], size])
    return [(int(a), int(b)) for a, b in zip(edges[:-1], edges[1:])]
