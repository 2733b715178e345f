"""Amounts of time in whole numbers of a small part of a second: they add up to the same in any order and on any machine.

Sums of floating-point numbers hang on their order in the last digit; whole numbers of one grain do not, so a cell is the same, bit
for bit, in whichever groups its officers came, through whichever door.
"""

from __future__ import annotations

import numpy as np

from ..arrays import Array, Bools, Floats, Ints, Rows

GRAIN = 2.0**-28
"""What amounts of time, in seconds (variances: seconds squared), are kept to; sums below 2²⁵ are exact."""


def grains(amounts: Array) -> Ints:
    """Amounts as whole numbers of :data:`GRAIN`; what is not known (NaN) as none."""
    found: Ints = np.rint(np.nan_to_num(np.asarray(amounts, dtype=np.float64)) / GRAIN).astype(np.int64)
    return found


def fine(amounts: Array) -> Floats:
    """Amounts to the nearest :data:`GRAIN`, so that they add up to the same in any order; NaN stays NaN.

    >>> fine(np.array([0.1, 8.57e-14])).round(9).tolist()
    [0.100000001, 0.0]
    """
    found: Floats = np.asarray(amounts, dtype=np.float64) / GRAIN
    np.rint(found, out=found)
    found *= GRAIN
    return found


def passed_on(amounts: Ints, weights: Floats, of: Rows) -> Ints:
    """Each whole's amount split by weights, in whole numbers that add up to it.

    Parameters
    ----------
    amounts : int64 (k,), one a whole
    weights : float64 (n,), none negative; where all of a whole are 0 the last of them gets its amount
    of : int (n,), which whole each weight is of, in ascending order

    Examples
    --------
    >>> passed_on(np.array([10, 5]), np.array([1.0, 2.0, 4.0]), np.array([0, 0, 1])).tolist()
    [3, 7, 5]
    """
    if not len(weights):
        return np.empty(0, dtype=np.int64)
    first = first_of_runs(of)
    ended = np.cumsum(weights)
    began = np.where(first, ended - weights, 0.0)
    within = ended - began[first][np.cumsum(first) - 1]
    total = np.bincount(of, weights=weights)[of]
    share = within / np.where(total > 0, total, 1.0)
    last = np.r_[first[1:], True]
    found = np.where(last, amounts[of], np.rint(amounts[of] * np.minimum(share, 1.0)).astype(np.int64))
    return np.asarray(found - np.where(first, 0, np.r_[0, found[:-1]]), dtype=np.int64)


def first_of_runs(of: Rows) -> Bools:
    """Whether each row is the first of its run of equal ones.

    >>> first_of_runs(np.array([3, 3, 1, 3])).tolist()
    [True, False, True, True]
    """
    return np.asarray(np.r_[True, of[1:] != of[:-1]], dtype=bool)
