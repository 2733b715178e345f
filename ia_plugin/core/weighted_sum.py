"""Weighted sums of columns, the same to the last bit whatever rows stand beside.

A product of matrices rounds by how many rows there are, and by the processor: one leg by itself would not say what it says among others.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array, Floats


def weighted_sum(values: Array, weights: Array) -> Floats:
    """Σₖ values[:, k] · weights[k], column after column.

    Parameters
    ----------
    values : (n, k), numbers or truth
    weights : (k,)

    Returns
    -------
    float64 (n,).

    Examples
    --------
    >>> weighted_sum(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, 0.25])).tolist()
    [1.0, 2.5]
    """
    total = np.zeros(len(values))
    for column, weight in zip(values.T, weights):
        total += column * weight
    return total


__all__ = ["weighted_sum"]
