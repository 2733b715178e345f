"""Two small counts held against each other exactly, where an interval of the normal law means little."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Floats
from ..errors import DataRangeError, ParameterError

MOST_TERMS = 2_000
"""Of each count: beyond it the normal law serves as well, and the sum over all pairs takes seconds."""


def e_test(first: float, second: float, times: tuple[float, float] = (1.0, 1.0)) -> float:
    """p that two Poisson counts have one rate, two-sided: the E-test (Krishnamoorthy & Thomson 2004).

    Parameters
    ----------
    first, second : whole counts
    times : the lengths, or any other exposure, over which they were counted

    Returns
    -------
    p, 1 where nothing was counted.

    Raises
    ------
    DataRangeError, ParameterError
        for what is no count, or exposure that is not positive.

    Examples
    --------
    >>> round(e_test(0, 3), 3), round(e_test(6, 2), 4), round(e_test(2, 6), 4), e_test(0, 0)
    (0.088, 0.1749, 0.1749, 1.0)
    """
    from scipy.stats import poisson

    for count in (first, second):
        if not (math.isfinite(count) and count >= 0 and count == int(count)):
            raise DataRangeError(f"{count!r} is no count.", "Give whole numbers from 0 on.")
    if not all(math.isfinite(t) and t > 0 for t in times):
        raise ParameterError(f"Exposures {times!r} are not positive.", "Give the lengths of both periods.")
    if first + second == 0:
        return 1.0
    seen = abs(_standardised(np.array([first]), np.array([second]), times)[0])
    rate = (first + second) / (times[0] + times[1])
    tails, means = [], [rate * t for t in times]
    if max(means) > MOST_TERMS:
        return math.erfc(seen / math.sqrt(2))
    for mean in means:
        low, high = poisson.ppf(1e-13, mean), poisson.ppf(1 - 1e-13, mean)
        tails.append(np.arange(max(0, low - 1), high + 2))
    x, y = np.meshgrid(*tails, indexing="ij")
    chance = poisson.pmf(x, means[0]) * poisson.pmf(y, means[1])
    return float(min(1.0, chance[np.abs(_standardised(x, y, times)) >= seen - 1e-9].sum()))


def binomial_p(before: ArrayLike, after: ArrayLike, ratio: ArrayLike) -> Floats:
    """p of each count after against that before, given their sum, where `ratio` times as many are expected; two-sided.

    The smaller tail is doubled. NaN where nothing was counted, or no ratio is known.

    >>> [round(p, 4) for p in binomial_p([10, 0, 0], [10, 6, 0], 1.0).tolist()]
    [1.0, 0.0312, nan]
    """
    from scipy.stats import binom

    b, a, r = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (before, after, ratio)))
    total = a + b
    with np.errstate(invalid="ignore"):
        share = r / (1 + r)
        tails = np.minimum(binom.cdf(a, total, share), binom.sf(a - 1, total, share))
    known = (total > 0) & np.isfinite(r) & (r > 0)
    return np.asarray(np.where(known, np.minimum(1.0, 2 * tails), np.nan), dtype=np.float64)


def _standardised(x: Floats, y: Floats, times: tuple[float, float]) -> Floats:
    """The difference of the rates over its standard error; 0 where nothing was counted."""
    variance = x / times[0] ** 2 + y / times[1] ** 2
    difference = x / times[0] - y / times[1]
    return np.asarray(np.where(variance > 0, difference / np.sqrt(np.where(variance > 0, variance, 1.0)), 0.0))


__all__ = ["binomial_p", "e_test"]
