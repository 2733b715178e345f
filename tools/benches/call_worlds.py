"""Invented series of calls and crime whose correlation is known, with shocks that all areas share; nothing in them is a real place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def series(
    seed: int, areas: int = 39, periods: int = 36, lasting: float = 0.5, common: float = 0.5, link: float = 0.5
) -> tuple[np.ndarray, np.ndarray, float]:
    """Two AR(1) panels (areas, periods) with shocks that all areas share, and the correlation that is behind them.

    Parameters
    ----------
    lasting : how much of a period's value the next one keeps
    common : variance of what all areas share, beside 1 of each area's own
    link : share of an area's own variance that calls and crime share
    """
    rng = np.random.default_rng(seed)

    def ar(*shape: int) -> np.ndarray:
        noise = rng.normal(size=shape)
        out = noise.copy()
        for t in range(1, shape[-1]):
            out[..., t] = lasting * out[..., t - 1] + math.sqrt(1 - lasting**2) * noise[..., t]
        return out

    both, shared = ar(areas, periods), ar(periods)
    one, other = (
        math.sqrt(link) * both + math.sqrt(common) * shared + math.sqrt(1 - link) * ar(areas, periods) for _ in "xy"
    )
    return one, other, (link + common) / (1 + common)


def over_areas_alone(x: np.ndarray, y: np.ndarray, resamples: int, seed: int = 1) -> tuple[float, float]:
    """The usual interval of a correlation: areas drawn anew as if months were independent, 2.5 and 97.5 per cent of what they give."""
    n = len(x)
    weight = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), resamples).astype(float)
    cells = weight.sum(axis=1) * x.shape[1]
    mean_x, mean_y = (weight @ v.sum(axis=1) / cells for v in (x, y))
    cov = weight @ (x * y).sum(axis=1) / cells - mean_x * mean_y
    var_x, var_y = (weight @ (v**2).sum(axis=1) / cells - m**2 for v, m in ((x, mean_x), (y, mean_y)))
    low, high = np.percentile(cov / np.sqrt(var_x * var_y), [2.5, 97.5])
    return float(low), float(high)


def call_worlds(panels: int, resamples: int = 499, first: int = 1_000) -> dict[str, Any]:
    """How often the interval of calls and crime within areas holds the truth; drawn over areas alone beside it."""
    from ia_plugin.core.evaluation.correlation import within_areas

    held = alone = 0
    away = 0.0
    for seed in range(first, first + panels):
        x, y, truth = series(seed)
        found = within_areas(x, y, resamples)
        low, high = over_areas_alone(x, y, resamples)
        held += found.low <= truth <= found.high
        alone += low <= truth <= high
        away += found.estimate - truth
    return {"coverage": held / panels, "areas_alone": alone / panels, "bias": away / panels}


__all__ = ["call_worlds", "over_areas_alone", "series"]
