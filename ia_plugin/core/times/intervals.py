"""Unions of time intervals, for many groups at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

LOG_STEPS = (
    2.0**40
)  # steps of 1 in the logarithm of how likely nobody is there: 1e-12, and room for 300,000 officers at once


def union_seconds(
    group: NDArray[Any], start: NDArray[np.int64], end: NDArray[np.int64], groups: int
) -> NDArray[np.float64]:
    """Time covered by at least one interval, for each group.

    Parameters
    ----------
    group : int (n,), group of each interval, 0 to ``groups − 1``
    start, end : int64 (n,), ns

    Returns
    -------
    float64 (groups,), seconds
    """
    if not len(group):
        return np.zeros(groups)
    order = np.lexsort((start, group))
    group, start, end = group[order], start[order], end[order]
    # Within a group an interval covers what lies beyond the furthest end so far. One running maximum serves all groups
    # when each is lifted above the one before; spans are small against 2⁶³ ns, so the lift is done on ranks of ends.
    base = start.min()
    span = int(end.max() - base) + 1
    if span * (groups + 1) < 2**62:
        lift = group.astype(np.int64) * span
        reach = np.maximum.accumulate(end - base + lift)
        before = np.r_[np.int64(-1), reach[:-1]]
        fresh = np.maximum(0, reach - np.maximum(before, start - base + lift))
        return np.asarray(np.bincount(group, weights=fresh / 1e9, minlength=groups), dtype=np.float64)
    half = groups // 2
    low = group < half
    return np.concatenate(
        [
            union_seconds(group[low], start[low], end[low], half),
            union_seconds(group[~low] - half, start[~low], end[~low], groups - half),
        ]
    )


def cover_seconds(
    group: NDArray[np.intp], start: NDArray[np.int64], end: NDArray[np.int64], p: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """Expected time with at least one present, ∫(1 − Π(1 − p))dt in each group, for independent officers.

    Parameters
    ----------
    group : int (k,), group of each interval, 0 to n − 1
    start, end : int64 (k,), nanoseconds
    p : float64 (k,), probability of being present throughout the interval
    n : number of groups

    Returns
    -------
    float64 (n,), seconds. Where every p is 1 it is :func:`union_seconds`.
    """
    real = (end > start) & (p > 0)
    group, start, end, p = group[real], start[real], end[real], np.minimum(p[real], 1.0)
    sure = p >= 1.0 - 1e-12
    away = np.where(sure, 0.0, np.log1p(-np.where(sure, 0.0, p)))
    # Whole numbers add up to the same in any order, so a group's time does not hang on the groups beside it.
    away = np.rint(away * LOG_STEPS).astype(np.int64)
    who = np.r_[group, group]
    when = np.r_[start, end]
    order = np.lexsort((when, who))
    who, when = who[order], when[order]
    # How likely nobody of the unsure is there, as a running sum of logarithms; and how many are there for sure.
    log_away = np.cumsum(np.r_[away, -away][order]) / LOG_STEPS
    there = np.cumsum(np.r_[sure, -sure.astype(np.int64)][order])
    lasts = np.r_[np.diff(when), 0] / 1e9
    lasts[np.r_[who[1:] != who[:-1], True][: len(lasts)]] = 0.0
    covered = np.where(there > 0, 1.0, -np.expm1(np.minimum(log_away, 0.0)))
    return np.asarray(np.bincount(who, weights=covered * lasts, minlength=n), dtype=np.float64)


def first_in_rank(
    group: NDArray[np.intp], start: NDArray[np.int64], end: NDArray[np.int64], rank: NDArray[np.intp], ranks: int
) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
    """Overlapping intervals made disjoint: in each group every moment belongs to the least rank that claims it.

    Parameters
    ----------
    group, rank : int (k,), rank from 0 (first) to ``ranks − 1``
    start, end : int64 (k,), nanoseconds

    Returns
    -------
    (group, start, end, rank) of disjoint intervals, by group and time
    """
    who, when, what = np.r_[group, group], np.r_[start, end], np.r_[rank, rank]
    sign = np.r_[np.ones(len(start), dtype=np.int32), -np.ones(len(start), dtype=np.int32)]
    order = np.lexsort((when, who))
    change = np.zeros((len(order), ranks), dtype=np.int32)
    change[np.arange(len(order)), what[order]] = sign[order]
    claimed = np.cumsum(change, axis=0) > 0
    who, when = who[order], when[order]
    until = np.r_[when[1:], when[-1:]]
    real = claimed.any(axis=1) & (until > when) & np.r_[who[1:] == who[:-1], False][: len(who)]
    return who[real], when[real], until[real], claimed.argmax(axis=1)[real]
