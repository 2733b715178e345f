"""The negative binomial beside the Poisson fit: the same figure where counts vary more than Poisson, if statsmodels is there."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np
import pandas as pd

from ..arrays import Array, Floats
from ..errors import EstimateError
from .grid import Column, Labels, grid_of


@dataclass(frozen=True)
class NegativeBinomialFit:
    """``beta`` and its standard error clustered by area, of the first regressor; ``alpha`` is the extra variance, 0 for Poisson."""

    beta: float
    se: float
    alpha: float


def fit_negative_binomial(
    y: Union[Array, Sequence[float]],
    x: Union[Array, Sequence[float]],
    *,
    area: Labels,
    period: Labels,
    offset: Column = None,
) -> NegativeBinomialFit:
    """Negative binomial (NB2) with a column for each area and period; arguments as of :func:`~.poisson.fit_poisson`.

    Beta stands beside that of the Poisson fit, never in its place: with few events an area the effects of areas bias it.

    Raises
    ------
    EstimateError
        where statsmodels is missing, or its search finds no maximum.
    """
    try:
        import statsmodels.api as sm
    except ImportError:
        raise EstimateError(
            "The negative binomial needs statsmodels, which is not installed.",
            "The Poisson fit, whose interval allows for more variation, stands without it.",
        ) from None
    grid = grid_of(y, x, area=area, period=period, offset=offset)
    part = grid.rows >= 0
    names = [pd.factorize(pd.Series(v)[part])[0] for v in (area, period)]
    columns = np.asarray(x, dtype=np.float64)
    columns = (columns[:, None] if columns.ndim == 1 else columns)[part]
    design = np.concatenate([columns, *(_dummies(codes, first) for codes, first in zip(names, (0, 1)))], axis=1)
    counts = np.asarray(y, dtype=np.float64)[part]
    with warnings.catch_warnings():
        # statsmodels warns where its search ends early: asked below, and answered in a sentence.
        warnings.simplefilter("ignore")
        logs = None if offset is None else np.asarray(offset, dtype=np.float64)[part]
        model = sm.NegativeBinomial(counts, design, offset=logs)
        # From its own beginning, without effects of areas, the search runs away.
        begin = sm.GLM(counts, design, family=sm.families.Poisson(), offset=logs).fit().params
        found = model.fit(
            np.append(begin, 0.05), disp=0, maxiter=300, cov_type="cluster", cov_kwds={"groups": names[0]}
        )
    if not found.mle_retvals["converged"] or not np.isfinite(found.bse[0]):
        raise EstimateError(
            "The negative binomial finds no maximum in these counts.", "The Poisson fit stands without it."
        )
    return NegativeBinomialFit(float(found.params[0]), float(found.bse[0]), float(found.params[-1]))


def _dummies(codes: Array, first: int) -> Floats:
    out: Floats = (codes[:, None] == np.arange(first, codes.max() + 1)).astype(np.float64)
    return out
