"""Pairs of impact and comparison areas that are alike: one to one, no area twice."""

from __future__ import annotations

import math

import numpy as np

from ..arrays import Floats, Rows
from ..errors import ImpactAreaError


def distances(impact: Floats, comparison: Floats) -> Floats:
    """Root mean square difference over the covariates (impact areas, comparison areas), of values in standard deviations.

    >>> distances(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0], [1.0, 1.0]])).round(3).tolist()
    [[3.536, 1.0]]
    """
    total = np.zeros((len(impact), len(comparison)))
    for own, other in zip(
        impact.T, comparison.T
    ):  # one covariate at a time: thousands of areas each way fit into memory
        total += (own[:, None] - other[None]) ** 2
    return np.asarray(np.sqrt(total / max(impact.shape[1], 1)), dtype=np.float64)


def nearest_pairs(distance: Floats, caliper: float = math.inf) -> Rows:
    """The comparison area (impact areas,) of each impact area, −1 for none: the nearest that is still free.

    Who has the farthest way to its nearest goes first, for it has the least choice; none goes beyond the caliper.

    >>> nearest_pairs(np.array([[1.0, 9.0], [2.0, 3.0]])).tolist(), nearest_pairs(np.array([[1.0, 9.0], [2.0, 3.0]]), 2.5).tolist()
    ([1, 0], [-1, 0])
    """
    out = np.full(len(distance), -1, dtype=np.intp)
    free = np.where(distance <= caliper, distance, np.inf)
    if not free.size:
        return out
    for i in np.argsort(-distance.min(axis=1), kind="stable"):
        j = int(free[i].argmin())
        if math.isfinite(free[i, j]):
            out[i] = j
            free[:, j] = np.inf
    return out


def optimal_pairs(distance: Floats, caliper: float = math.inf) -> Rows:
    """As :func:`nearest_pairs`, as many pairs as the caliper allows, and of those the ones with the smallest sum of distances.

    Raises
    ------
    ImpactAreaError
        where scipy is missing.

    >>> optimal_pairs(np.array([[1.0, 2.0], [1.5, 9.0]])).tolist()
    [1, 0]
    """
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise ImpactAreaError(
            "Optimal pairs need scipy, which is not installed.",
            "Install scipy into QGIS's Python, or take the method 'nearest' or 'entropy'.",
        ) from None
    within = distance <= caliper
    # A pair beyond the caliper costs more than all pairs within it together, so none stands where one within could.
    dear = 1.0 + (float(distance[within].max()) if within.any() else 0.0) * (min(distance.shape, default=0) + 1)
    rows, columns = linear_sum_assignment(np.where(within, distance, dear))
    out = np.full(len(distance), -1, dtype=np.intp)
    good = within[rows, columns]
    out[rows[good]] = columns[good]
    return out
