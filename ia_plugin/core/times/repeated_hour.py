"""Clock readings of civil time -> UTC, with the hour that October has twice told apart by the order of the rows."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Array
from .civil import from_civil, pandas_zone
from .grains import NAT

_DAY_NS = 86_400 * 1_000_000_000
_CLEAR = 0.1  # rows run one way where at most this share of their steps goes the other


def localise(clock: Array, known: Array, timezone: str, groups: Optional[Array]) -> tuple[Array, dict[str, int]]:
    """UTC of the `known` readings, and counts for a :class:`~.clocks.ClockReport`.

    Parameters
    ----------
    clock : int64 (n,), nanoseconds on the clock of `timezone`
    known : bool (n,)
    groups : n labels (the officer), or None; inside one group the order of the rows tells the two October hours apart,
        oldest or newest first
    """
    wall, zone = pd.DatetimeIndex(clock.view("datetime64[ns]")), pandas_zone(timezone)
    local = wall.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    utc = local.tz_convert("UTC").tz_localize(None).to_numpy("datetime64[ns]").view(np.int64).copy()
    odd = np.flatnonzero(known & (utc == NAT))
    if not len(odd):
        return utc, {}
    one_hour = wall[odd].tz_localize(zone, ambiguous=np.ones(len(odd), dtype=bool), nonexistent="NaT")
    gap = np.asarray(one_hour.isna())
    twice = odd[~gap]
    second = np.full(len(twice), -1, dtype=np.int8)
    if groups is not None and len(twice):
        second = _second_hour(clock, twice, np.where(known, utc, NAT), np.asarray(groups, dtype=object))
    utc[twice] = _utc_of(wall[twice].tz_localize(zone, ambiguous=~(second > 0)))
    if gap.any():
        utc[odd[gap]] = _utc_of(from_civil(wall[odd[gap]], timezone))
    return utc, dict(ambiguous=len(twice), by_order=int((second >= 0).sum()), nonexistent=int(gap.sum()))


def second_hours(times: pd.DatetimeIndex, timezone: str) -> pd.DatetimeIndex:
    """The moments (UTC) with those in the first of October's two hours moved to the same reading in the second.

    >>> second_hours(pd.DatetimeIndex(["2024-10-27 00:10", "2024-10-27 05:00"], tz="UTC"), "Europe/London").hour.tolist()
    [1, 5]
    """
    zone = pandas_zone(timezone)
    wall = times.tz_convert(zone).tz_localize(None)
    return wall.tz_localize(zone, ambiguous=np.zeros(len(wall), dtype=bool), nonexistent="NaT").tz_convert("UTC")


def _utc_of(times: pd.DatetimeIndex) -> Array:
    return np.asarray(times.tz_convert("UTC").tz_localize(None).to_numpy("datetime64[ns]").view(np.int64))


def _second_hour(clock: Array, rows: Array, utc: Array, groups: Array) -> Array:
    """For readings in a repeated hour: 1 the second, 0 the first, -1 cannot be told (int8, as `rows`).

    Where the readings of one officer and night, in the order of time, step back exactly once, the clock was put back
    there. Sorted by reading, or never silent long enough to show the step, the two hours cannot be told apart.
    """
    labels = pd.factorize(groups)[0].astype(np.int64) + 1  # rows without one are a group too
    way = _directions(labels, rows, utc)
    lab, nights = labels[rows], clock[rows] // _DAY_NS
    result = np.full(len(rows), -1, dtype=np.int8)
    forward, backward = (_one_step(lab, nights, clock[rows], sign * np.arange(len(rows))) for sign in (1, -1))
    # A night that steps once either way, in a file that tells no direction, remains unknown.
    only = np.where((forward >= 0) & (backward < 0), 1, np.where((backward >= 0) & (forward < 0), -1, 0))
    turn = np.where(way[lab] != 0, way[lab], np.where(_steps_both_ways(lab, nights, clock[rows]), only, 0))
    result = np.where(turn > 0, forward, np.where(turn < 0, backward, -1))
    return result.astype(np.int8)


def _one_step(labels: Array, nights: Array, wall: Array, place: Array) -> Array:
    """1 after and 0 before the one step back of a night, -1 in nights without one; rows in the order of `place`."""
    order = np.lexsort((place, nights, labels))
    lab, night, clock = labels[order], nights[order], wall[order]
    new = np.r_[True, (lab[1:] != lab[:-1]) | (night[1:] != night[:-1])]
    run = np.cumsum(new) - 1
    back = np.r_[False, clock[1:] < clock[:-1]] & ~new
    steps = np.bincount(run, weights=back).astype(int)
    so_far = np.cumsum(back) - np.r_[0, np.cumsum(steps)[:-1]][run]
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.where(steps[run] == 1, so_far, -1)
    return found


def _steps_both_ways(labels: Array, nights: Array, wall: Array) -> Array:
    """Whether a row's night steps forwards and back in the file: two readings alone tell no direction."""
    night = pd.factorize(pd.MultiIndex.from_arrays([labels, nights]))[0]
    order = np.lexsort((np.arange(len(night)), night))
    same = night[order][1:] == night[order][:-1]
    step = np.sign(np.diff(wall[order])) * same
    which = night[order][1:]
    up = np.bincount(which, weights=step > 0, minlength=night.max() + 1)
    down = np.bincount(which, weights=step < 0, minlength=night.max() + 1)
    return np.asarray(((up > 0) & (down > 0))[night])


def _directions(labels: Array, rows: Array, utc: Array) -> Array:
    """For each group: 1 where its rows run forwards in time, -1 newest first, 0 where they and the file's do neither.

    Told by the readings outside the repeated hour, whose moments are sure.
    """
    sure = np.flatnonzero(utc != NAT)
    order = sure[np.argsort(labels[sure], kind="stable")]
    lab, step = labels[order][1:], np.sign(np.diff(utc[order]))
    step = np.where(labels[order][1:] == labels[order][:-1], step, 0)
    n = int(labels.max(initial=0)) + 1
    up = np.bincount(lab[step > 0], minlength=n)
    down = np.bincount(lab[step < 0], minlength=n)
    own = _way(up, down)
    return np.where(up + down > 0, own, _way(up.sum(), down.sum()))


def _way(up: Array, down: Array) -> Array:
    steps = up + down
    return np.where(steps == 0, 0, np.where(down <= _CLEAR * steps, 1, np.where(up <= _CLEAR * steps, -1, 0)))
