"""How much a figure can bear: many comparisons, the smallest change that could have been seen, what else might explain it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ..arrays import Floats
from .student_t import t_quantile

POWER = 0.80


class EValue(NamedTuple):
    """Of the estimate, and of its limit nearest 1 (1 where the interval crosses it)."""

    estimate: float
    limit: float


def holm(p: Floats) -> Floats:
    """p values adjusted for their number (Holm 1979); NaN stays, and counts for none.

    >>> holm(np.array([0.01, 0.04, 0.03, np.nan])).tolist()
    [0.03, 0.06, 0.06, nan]
    """
    values = np.asarray(p, dtype=np.float64)
    out = np.full(values.shape, np.nan)
    known = np.flatnonzero(np.isfinite(values))
    order = known[np.argsort(values[known], kind="stable")]
    steps = values[order] * np.arange(len(order), 0, -1)
    out[order] = np.minimum(np.maximum.accumulate(steps), 1.0) if len(order) else steps
    return out


def e_value(ratio: float, low: float, high: float) -> EValue:
    """How strongly something unseen would have to go with both, as ratios, to explain an estimate away (VanderWeele & Ding 2017).

    It says nothing about presence that follows crime rather than the other way round. NaN where there is no ratio.

    >>> [round(e, 2) for e in e_value(3.9, 1.8, 8.7)], [round(e, 2) for e in e_value(0.8, 0.6, 1.1)]
    ([7.26, 3.0], [1.81, 1.0])
    """
    if not (math.isfinite(ratio) and ratio > 0):
        return EValue(math.nan, math.nan)
    if math.isnan(low) or math.isnan(high):
        return EValue(_e(ratio), math.nan)
    nearest = 1.0 if low <= 1 <= high else (low if low > 1 else high)
    return EValue(_e(ratio), _e(nearest) if nearest > 0 else math.nan)


def smallest_change(half_width: float, level: float, alpha: float, degrees: float = math.inf) -> float:
    """The smallest true change that would have been seen with 80 % power, two-sided, on the scale of the half-width.

    Parameters
    ----------
    half_width : of the interval: of a ratio in logs
    level : of that interval
    alpha : the p under which a change counts as seen, adjusted where there are many comparisons
    degrees : of freedom of t

    >>> round(smallest_change(1.96, 0.95, 0.05), 2)
    2.8
    """
    if not (math.isfinite(half_width) and half_width > 0 and degrees > 0):
        return math.nan
    se = half_width / t_quantile(0.5 + level / 2, degrees)
    return se * (t_quantile(1 - alpha / 2, degrees) + t_quantile(POWER, degrees))


def _e(ratio: float) -> float:
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))
