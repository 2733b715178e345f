"""Days on which months begin, for whole arrays."""

from __future__ import annotations

import numpy as np

from ..arrays import Array

EARLIEST, LATEST = 1678, 2261
"""Whole years that nanoseconds since 1970 can count in 64 bits."""

_STARTS = (
    np.arange(f"{EARLIEST}-01", f"{LATEST + 1}-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
)


def days_of(year: Array, month: Array, day: Array) -> tuple[Array, Array]:
    """Days since 1970-01-01 of civil dates, and which are none (bool); int arrays that broadcast.

    >>> days_of(np.array([1970, 2023]), np.array([1, 2]), np.array([2, 29]))[0].tolist()[0]
    1
    """
    bad = (month < 1) | (month > 12) | (year < EARLIEST) | (year > LATEST) | (day < 1)
    at = np.where(bad, 0, (year - EARLIEST) * 12 + month - 1)
    starts = _STARTS[at]
    bad = bad | (day > _STARTS[at + 1] - starts)
    return np.where(bad, 0, starts + day - 1), bad


def day_of_month(days: Array) -> Array:
    """The day of the month, from 1, of days since 1970-01-01.

    >>> day_of_month(np.array([0, 31])).tolist()
    [1, 1]
    """
    dates = days.astype("datetime64[D]")
    return np.asarray((dates - dates.astype("datetime64[M]")).astype(np.int64) + 1)
