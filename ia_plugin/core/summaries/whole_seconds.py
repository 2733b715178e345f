"""Seconds of cells as whole numbers: they add up to the same in any order and on any machine, and files hold them exactly.

Nothing is rounded before the time of all officers was added. Until then amounts are whole numbers of :data:`GRAIN`, about a
microsecond: sums of those are exact too, so a cell is the same in whichever groups its officers came.
"""

from __future__ import annotations

from typing import Callable

import numpy as np

from ..arrays import Array, Floats, Ints, Rows

GRAIN = 2.0**-20
"""What amounts of time, in seconds (variances: seconds squared), are kept to until all are added; sums below 2³³ are exact."""


def grains(amounts: Array) -> Ints:
    """Amounts as whole numbers of :data:`GRAIN`; what is not known (NaN) as none."""
    return np.rint(np.nan_to_num(np.asarray(amounts, dtype=np.float64)) / GRAIN).astype(np.int64)


def fine(amounts: Array) -> Floats:
    """Amounts to the nearest :data:`GRAIN`, so that they add up to the same in any order; NaN stays NaN.

    >>> fine(np.array([0.1, 8.57e-14])).round(7).tolist()
    [0.0999994, 0.0]
    """
    return np.asarray(np.rint(np.asarray(amounts, dtype=np.float64) / GRAIN) * GRAIN)


def whole(amounts: Array) -> Floats:
    """Amounts to the nearest whole second, of halves to the even one; a half that is off by the noise of sums is a half.

    >>> whole(np.array([1.4, 1.5 - 1e-12, 2.5 + 1e-12])).tolist()
    [1.0, 2.0, 2.0]
    """
    return np.asarray(np.rint(fine(amounts)))


def whole_parts(parts: Ints, of: Rows, rounded: Callable[[Floats], Floats] = np.rint) -> Floats:
    """Parts as whole seconds that add up to their whole's: cumulative rounding, in the order given.

    Parameters
    ----------
    parts : int64 (n,), in :data:`GRAIN`, none negative
    of : int (n,), which whole each is of
    rounded : how a whole is rounded: ``np.rint`` or ``np.ceil``

    Returns
    -------
    float64 (n,) without fractions, each less than a second from its part. Over any run of parts of one whole, from its first
    on, they add up to that run's sum, rounded; over all of them to the whole, rounded.

    Examples
    --------
    >>> whole_parts(grains(np.array([0.25, 0.5, 0.75, 0.25])), np.array([0, 0, 0, 7])).tolist()
    [0.0, 1.0, 1.0, 0.0]
    """
    if not len(parts):
        return np.empty(0)
    order = np.argsort(of, kind="stable")
    first = _first(of[order])
    began = np.cumsum(parts[order]) - parts[order]
    runs = np.cumsum(first) - 1
    ended = rounded((began + parts[order] - began[first][runs]) * GRAIN)
    found = np.empty(len(parts))
    found[order] = ended - np.where(first, 0.0, np.r_[0.0, ended[:-1]])
    return found


def passed_on(amounts: Ints, weights: Floats, of: Rows) -> Ints:
    """Each whole's amount split by weights, in whole numbers that add up to it.

    Parameters
    ----------
    amounts : int64 (k,), one a whole
    weights : float64 (n,), none negative, some above 0 in each whole that is named
    of : int (n,), which whole each weight is of, in ascending order

    Examples
    --------
    >>> passed_on(np.array([10, 5]), np.array([1.0, 2.0, 4.0]), np.array([0, 0, 1])).tolist()
    [3, 7, 5]
    """
    if not len(weights):
        return np.empty(0, dtype=np.int64)
    first = _first(of)
    ended = np.cumsum(weights)
    began = np.where(first, ended - weights, 0.0)
    within = ended - began[first][np.cumsum(first) - 1]
    share = within / np.bincount(of, weights=weights)[of]
    last = np.r_[first[1:], True]
    found = np.where(last, amounts[of], np.rint(amounts[of] * np.minimum(share, 1.0)).astype(np.int64))
    return np.asarray(found - np.where(first, 0, np.r_[0, found[:-1]]), dtype=np.int64)


def _first(of: Rows) -> Array:
    """Whether each row is the first of its run."""
    return np.r_[True, of[1:] != of[:-1]]
