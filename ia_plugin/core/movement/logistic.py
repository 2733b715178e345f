"""Logistic regression with a pull towards known numbers: the one fit behind both of the model's last steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def fit_logistic(x: Array, true: NDArray[np.bool_], weight: Array, prior: Array, pull: Array) -> Array:
    """Weights c that make Σ weight·ln Pr(true | x·c) − ½ Σ pull·(c − prior)² largest, by Newton's method; deterministic.

    Parameters
    ----------
    x : float64 (n, k)
    true, weight : (n,)
    prior, pull : float64 (k,), where each weight stays without data, and how strongly (in rows of weight 1)

    Examples
    --------
    >>> fit_logistic(np.ones((4, 1)), np.array([True, True, True, False]), np.ones(4), np.zeros(1), np.full(1, 1e-9)).round(4)
    array([1.0986])
    """
    sign = np.where(true, 1.0, -1.0)

    def worth(c: Array) -> float:
        return float(-(weight * np.logaddexp(0.0, -sign * (x @ c))).sum() - 0.5 * (pull * (c - prior) ** 2).sum())

    c, now = prior.astype(np.float64), worth(prior)
    for _ in range(100):
        p = 0.5 + 0.5 * np.tanh(0.5 * (x @ c))
        gradient = x.T @ (weight * (true - p)) - pull * (c - prior)
        step = np.linalg.solve((x * (weight * p * (1.0 - p))[:, None]).T @ x + np.diag(pull), gradient)
        # Where the law is flat a full step leads far beyond the top, and the next one further: go as far as it rises.
        while (then := worth(c + step)) < now - 1e-12 * abs(now) and np.abs(step).max() >= 1e-10:
            step = 0.5 * step
        c, now = c + step, then
        if np.abs(step).max() < 1e-10:
            break
    return c
