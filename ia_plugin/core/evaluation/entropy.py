"""Entropy balancing (Hainmueller 2012): the weights closest to equal ones under which means are as asked.

The weights are ``exp(-x @ multipliers)``; the multipliers minimise the logarithm of their sum, by Newton's method. With a
tolerance the means need only come so close (the dual then has an absolute-value penalty: Zubizarreta 2015, Wang & Zubizarreta 2020).
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..arrays import Floats

MOST_STEPS = 200
CLOSE = 1e-8  # of a mean, in standard deviations
FAR = 1e4  # multipliers this large belong to weights that do not exist
_PASSES = 200  # over the multipliers, in each step with a tolerance


def entropy_weights(
    x: Floats, tolerance: float = 0.0, start: Optional[Floats] = None
) -> Optional[tuple[Floats, Floats]]:
    """Weights (areas,) that sum to 1 and bring each column's mean to 0, or within `tolerance` of it.

    Parameters
    ----------
    x : (areas, k) values less the mean asked, in standard deviations
    tolerance : how far from 0 a mean may stay
    start : (k,) multipliers to begin with

    Returns
    -------
    weights, multipliers (k,); None where no such weights exist, for the means asked lie outside all that the areas span.

    Examples
    --------
    >>> weights, _ = entropy_weights(np.array([[-1.0], [1.0], [3.0]]))
    >>> weights.round(4).tolist(), round(float(weights @ [-1, 1, 3]), 9) + 0.0
    ([0.6162, 0.2676, 0.1162], 0.0)
    >>> entropy_weights(np.array([[1.0], [2.0]])) is None
    True
    """
    multipliers = np.zeros(x.shape[1]) if start is None else start.copy()
    for _ in range(MOST_STEPS):
        weights = _weights(x, multipliers)
        mean = weights @ x
        if _off(mean, multipliers, tolerance) < CLOSE:
            return weights, multipliers
        rest = x - mean
        hessian = (rest * weights[:, None]).T @ rest
        step = _step(hessian, -mean, multipliers, tolerance)
        if not np.isfinite(step).all():
            return None
        multipliers = multipliers + _shortened(x, multipliers, step, tolerance) * step
        if np.abs(multipliers).max() > FAR:
            return None
    return None


def _weights(x: Floats, multipliers: Floats) -> Floats:
    power = -x @ multipliers
    raw = np.exp(power - power.max())
    return np.asarray(raw / raw.sum(), dtype=np.float64)


def _dual(x: Floats, multipliers: Floats, tolerance: float) -> float:
    power = -x @ multipliers
    top = power.max()
    return float(top + np.log(np.exp(power - top).sum()) + tolerance * np.abs(multipliers).sum())


def _off(mean: Floats, multipliers: Floats, tolerance: float) -> float:
    """How far the conditions of the smallest value are from being met."""
    moved = np.abs(mean - tolerance * np.sign(multipliers))
    return float(np.where(multipliers != 0, moved, np.maximum(np.abs(mean) - tolerance, 0.0)).max())


def _step(hessian: Floats, gradient: Floats, multipliers: Floats, tolerance: float) -> Floats:
    """Newton's step; with a tolerance that of the penalised quadratic, one multiplier after the other until they rest."""
    bent = hessian + 1e-12 * max(float(np.trace(hessian)), 1e-30) * np.eye(len(hessian))
    if tolerance == 0:
        return np.asarray(np.linalg.lstsq(bent, -gradient, rcond=None)[0], dtype=np.float64)
    new = multipliers.copy()
    for _ in range(_PASSES):
        before = new.copy()
        for j in range(len(new)):  # a handful of covariates
            slope = gradient[j] + bent[j] @ (new - multipliers) - bent[j, j] * new[j]
            new[j] = -np.sign(slope) * max(abs(slope) - tolerance, 0.0) / bent[j, j]
        if np.abs(new - before).max() < 1e-12:
            break
    return new - multipliers


def _shortened(x: Floats, multipliers: Floats, step: Floats, tolerance: float) -> float:
    """The part of a step after which the dual is smaller; halved until it is."""
    here, size = _dual(x, multipliers, tolerance), 1.0
    for _ in range(40):
        if _dual(x, multipliers + size * step, tolerance) <= here + 1e-14 * abs(here):
            return size
        size /= 2
    return 0.0
