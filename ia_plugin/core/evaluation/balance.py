"""How alike two groups of areas are, before and after weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats
from ..columns import BALANCE

USUAL = 0.1
"""A difference under a tenth of a standard deviation is commonly taken as balance (Austin 2009)."""


def effective_areas(weights: Floats) -> float:
    """How many areas of equal weight would tell as much: (Σw)² / Σw² (Kish 1965); 0 without any weight.

    >>> effective_areas(np.array([1.0, 1.0, 0.0])), effective_areas(np.array([3.0, 1.0]))
    (2.0, 1.6)
    """
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def spreads(x: Floats, impact: Bools) -> Floats:
    """The standard deviation (k,) that differences are told in: root of the mean of both groups' variances, unweighted.

    A covariate that does not vary within the groups has the spread over all areas; 0 where it never varies.
    """
    within = np.sqrt((_variance(x[impact], None) + _variance(x[~impact], None)) / 2)
    return np.asarray(
        np.where(within > 1e-12 * (1e-12 + np.abs(x).max(axis=0)), within, x.std(axis=0)), dtype=np.float64
    )


def balance_table(x: Floats, names: Sequence[str], impact: Bools, weights: Floats) -> pd.DataFrame:
    """The table `balance`: one row a covariate.

    Parameters
    ----------
    x : (areas, k) covariates in their own units
    impact : (areas,) which are impact areas; the others are comparison areas
    weights : (areas,) of the matching; 0 takes no part after it
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = spreads(x, impact)
        own, other = x[impact], x[~impact]
        w_own, w_other = weights[impact], weights[~impact]
        before = own.mean(axis=0), other.mean(axis=0)
        after = _mean(own, w_own), _mean(other, w_other)
        columns = (
            list(names), after[0], before[1], after[1], (before[0] - before[1]) / spread, (after[0] - after[1]) / spread,
            _variance(own, None) / _variance(other, None), _variance(own, w_own) / _variance(other, w_other),
        )  # fmt: skip
    table = pd.DataFrame(dict(zip(BALANCE.names, columns)))
    numeric = list(BALANCE.names[1:])
    table[numeric] = table[numeric].replace([np.inf, -np.inf], np.nan).astype(np.float64)
    return table


def _mean(x: Floats, weights: Floats) -> Floats:
    total = weights.sum()
    return np.asarray(weights @ x / total if total > 0 else np.full(x.shape[1], np.nan), dtype=np.float64)


def _variance(x: Floats, weights: Floats | None) -> Floats:
    """Variance (k,) of a group, n − 1 below for equal weights; NaN for fewer than two areas."""
    w = np.ones(len(x)) if weights is None else weights
    n = effective_areas(w)
    if n <= 1 + 1e-9:
        return np.full(x.shape[1], np.nan)
    rest = x - _mean(x, w)
    return np.asarray((w / w.sum()) @ rest**2 * n / (n - 1), dtype=np.float64)
