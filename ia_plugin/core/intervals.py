"""Unions of time intervals, for many groups at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


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
