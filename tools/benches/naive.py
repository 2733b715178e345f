"""What a quick look would do, as the rival of careful designs: a Poisson fit in which all cells are alike and independent."""

from __future__ import annotations

import numpy as np


def naive_poisson(y: np.ndarray, x: np.ndarray) -> tuple[float, float]:
    """Log rate ratio for one more of x, and its standard error, of counts on a constant and x; NaN where nothing can be told.

    >>> beta, se = naive_poisson(np.array([10.0, 20.0]), np.array([0.0, 1.0]))
    >>> round(beta, 4), round(se, 4)  # log 2, and the root of 1/10 + 1/20
    (0.6931, 0.3873)
    """
    y, x = np.ravel(y).astype(float), np.ravel(x).astype(float)
    if not y.sum() or not np.ptp(x):
        return float("nan"), float("nan")
    away, beta, info = x - x.mean(), 0.0, 0.0
    for _ in range(50):
        rate = np.exp(np.clip(beta * away, -50, 50))
        rate *= y.sum() / rate.sum()
        centred = away - (rate * away).sum() / rate.sum()
        info = float((rate * centred**2).sum())
        step = float((centred * (y - rate)).sum()) / info
        beta += float(np.clip(step, -1, 1))
        if abs(step) < 1e-10:
            break
    return beta, info**-0.5


def naive_row(y: np.ndarray, x: np.ndarray, truth: float) -> dict[str, float]:
    """Whether the naive 95 % interval holds the truth and leaves out no change, and how far its estimate is away."""
    beta, se = naive_poisson(y, x)
    return {
        "naive_held": abs(beta - truth) <= 1.959964 * se,
        "naive_rejected": abs(beta) > 1.959964 * se,
        "naive_bias": beta - truth,
    }


__all__ = ["naive_poisson", "naive_row"]
