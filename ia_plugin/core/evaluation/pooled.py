"""The ratio of two groups' pooled rates, with an interval from how areas differ.

A pooled rate is the sum of what was counted over the sum of what it is held against; the interval is the jackknife over areas
within each group (log ratio, t on areas − 2), which has in it whatever error each area's figure has of its own. Only error that
all areas of a group share has to be added.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..arrays import Bools, Floats
from .student_t import t_quantile, two_sided

LEAST_TO_LEAN = 5


@dataclass(frozen=True)
class PooledRatio:
    """Impact ÷ comparison.

    Attributes
    ----------
    estimate, low, high : the ratio and its interval; NaN where a group has nothing
    p : two-sided, of no difference
    degrees : areas − 2
    without : (areas,) the ratio with each area left out
    rests_on : places, in the order of the areas, without which there is no ratio
    leans_on : place of the area that more than half of the variance comes from; −1 for none
    se : standard error of the log ratio
    """

    estimate: float
    low: float
    high: float
    p: float
    degrees: float
    without: Floats
    rests_on: tuple[int, ...]
    leans_on: int
    se: float


def pooled_ratio(
    amount: Floats,
    held_against: Floats,
    impact: Bools,
    *,
    weights: Optional[Floats] = None,
    weights_without: Optional[Callable[[int], Floats]] = None,
    shared: tuple[float, float] = (0.0, 0.0),
    level: float = 0.95,
) -> PooledRatio:
    """The ratio of pooled rates of impact and comparison areas.

    Parameters
    ----------
    amount, held_against : (areas,) such as hours and km² × days; each 0 or more
    impact : (areas,) which are impact areas
    weights : (areas,) of a matching; areas with weight 0 take no part
    weights_without : of estimated weights: the weights (areas,) had one area, by its place, not been there
    shared : relative standard error that all areas of each group share, (impact, comparison)
    level : of the interval

    Examples
    --------
    >>> found = pooled_ratio(np.array([4.0, 8.0, 3.0, 3.0]), np.ones(4), np.array([True, True, False, False]))
    >>> round(found.estimate, 2), round(found.low, 2), found.degrees
    (2.0, 0.44, 2.0)
    """
    w = np.ones(len(amount)) if weights is None else np.asarray(weights, dtype=np.float64)
    n = len(w)
    part = w > 0
    own, other = int((part & impact).sum()), int((part & ~impact).sum())
    centre = float(_log_ratio(amount, held_against, impact, w[None])[0])
    if weights_without is None:
        left = _without_each(amount, held_against, impact, w)
    else:
        left = np.full(n, centre)
        for i in np.flatnonzero(part):
            anew = np.where(np.arange(n) == i, 0.0, weights_without(int(i)))
            left[i] = _log_ratio(amount, held_against, impact, anew[None])[0]
    without = np.where(part, left, centre)
    scale = np.where(impact, (own - 1) / max(own, 1), (other - 1) / max(other, 1))
    moved = np.where(part, scale * (without - centre) ** 2, 0.0)
    degrees = float(own + other - 2)
    rests_on = tuple(np.flatnonzero(part & ~np.isfinite(without)).tolist())
    if not math.isfinite(centre) or rests_on or own < 2 or other < 2:
        nan = math.nan
        estimate = math.exp(centre) if math.isfinite(centre) else nan
        return PooledRatio(estimate, nan, nan, nan, degrees, np.exp(without), rests_on, -1, nan)
    variance = float(moved.sum()) + shared[0] ** 2 + shared[1] ** 2
    se = math.sqrt(variance)
    reach = t_quantile(0.5 + level / 2, degrees) * se
    p = float(
        two_sided(np.array(centre / se if se > 0 else math.copysign(math.inf, centre) if centre else 0.0), degrees)
    )
    leans = int(moved.argmax()) if own + other >= LEAST_TO_LEAN and 2 * moved.max() > variance > 0 else -1
    return PooledRatio(
        math.exp(centre), _exp(centre - reach), _exp(centre + reach), p, degrees, np.exp(without), (), leans, se
    )


def _log_ratio(amount: Floats, held_against: Floats, impact: Bools, weights: Floats) -> Floats:
    """Log ratios (fits,) under weights (fits, areas); NaN where one group has nothing."""
    own, other = (weights * impact, weights * ~impact)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = [(w @ amount) / (w @ held_against) for w in (own, other)]
        found = np.log(rates[0]) - np.log(rates[1])
    return np.asarray(np.where(np.isfinite(found), found, np.nan), dtype=np.float64)


def _without_each(amount: Floats, held_against: Floats, impact: Bools, weights: Floats) -> Floats:
    """Log ratios (areas,) with each area left out, from sums less its own: a table of areas by areas would not fit for many thousands."""
    rates = []
    for group in (impact, ~impact):
        sums = []
        for values in (np.where(group, weights * amount, 0.0), np.where(group, weights * held_against, 0.0)):
            others = np.count_nonzero(values) - (values != 0)
            sums.append(np.where(others > 0, values.sum() - values, 0.0))  # nothing left is 0, and no rounding error
        with np.errstate(divide="ignore", invalid="ignore"):
            rates.append(np.log(sums[0] / sums[1]))
    with np.errstate(invalid="ignore"):
        found = rates[0] - rates[1]
    return np.asarray(np.where(np.isfinite(found), found, np.nan), dtype=np.float64)


def _exp(value: float) -> float:
    return math.exp(value) if value < 700 else math.inf
