"""The likely range of an estimate of time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats

Z90 = 1.6448536  # nine in ten of a normal law lie within so many standard deviations


def likely_range(seconds: ArrayLike, sd: ArrayLike) -> tuple[Floats, Floats]:
    """The 90 % interval of an estimate; never below nothing. NaN where no spread is known.

    Parameters
    ----------
    seconds, sd : best estimate and its standard deviation, numbers or arrays

    Returns
    -------
    (low, high), arrays of the same shape

    Examples
    --------
    >>> low, high = likely_range([100.0, 10.0], [10.0, np.nan])
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([83.6, nan], [116.4, nan])
    """
    value, spread = np.asarray(seconds, dtype=np.float64), np.asarray(sd, dtype=np.float64)
    return np.maximum(0.0, value - Z90 * spread), value + Z90 * spread
