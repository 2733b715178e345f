"""Standing still: recognised by position error and dwell, never by a speed."""

from __future__ import annotations

from typing import Mapping, Optional

import numpy as np
from numpy.typing import NDArray

from .evidence import Moves, RunningSums

Array = NDArray[np.float64]
Window = tuple[NDArray[np.intp], NDArray[np.intp]]

DEFAULTS: dict[str, float] = {
    "prior_logit": -1.5,
    "usual_accuracy_m": 10.0,
    "dwell_s": 150.0,
    "moving_ms": 0.7,
    "walking_kmh": 8.0,
    "cap": 8.0,
}


def stillness(moves: Moves, params: Mapping[str, float]) -> Array:
    """Probability that the radio stood still during each leg, (N,).

    The fixes of a window of at least ``dwell_s`` to either side of a leg either lie about one point with their position
    error σ, or are spread by a movement of ``moving_ms`` over the window's time T, variance τ² = (moving_ms · T)²/12 a
    axis: with n fixes and χ² = Σ|p − p̄|²/σ² the log-likelihood ratio is
    (n − 1)·ln(1 + τ²/σ²) − ½χ²·(1 − 1/(1 + τ²/σ²)).
    Without a known accuracy σ is ``usual_accuracy_m``; and where fixes jump to and fro about a point faster than anyone
    walks, the jumps themselves tell σ: half the mean squared step of independent errors is twice their variance a axis
    (von Neumann 1941), while a movement that gets somewhere spreads far more than its steps.
    """
    if not len(moves):
        return np.zeros(0)
    sums = _Sums(moves, params["usual_accuracy_m"] ** 2)
    # A position error must be small beside the way a mover makes in the window, or the window tells nothing.
    dwell = np.maximum(params["dwell_s"], 4.0 * np.sqrt(sums.end_variance) / params["moving_ms"])
    side = np.clip(np.round(dwell / moves.duration_s), 1, 60).astype(np.intp)
    window = moves.window(side)
    fixes, seconds = sums.fixes(window), sums.over("seconds", window)
    variance = sums.variance(window)
    known = _ratio(sums.spread(window) / variance, fixes, seconds, variance, params)
    # Jitter: a longer window, because σ is estimated from it.
    window = moves.window(np.maximum(side, 6))
    fixes, seconds, steps = sums.fixes(window), sums.over("seconds", window), sums.over("steps", window)
    estimated = np.maximum(steps / (4.0 * (fixes - 1.0)), params["usual_accuracy_m"] ** 2)
    pace = 3.6 * np.sqrt(steps * (fixes - 1.0)) / seconds
    # ln of a steep logistic in ln(pace): nobody walks faster.
    doubt = np.minimum(12.0 * np.log(np.maximum(pace, 0.1) / params["walking_kmh"]), 0.0)
    jitter = _ratio(sums.spread(window) / estimated, fixes, seconds, estimated, params)
    jitter = np.where(fixes >= 6, np.minimum(jitter, params["cap"]) + doubt, -30.0)
    logit = params["prior_logit"] + np.clip(np.maximum(known, jitter), -30.0, params["cap"])
    return np.asarray(1.0 / (1.0 + np.exp(-logit)))


def _ratio(chi2: Array, fixes: Array, seconds: Array, variance: Array, params: Mapping[str, float]) -> Array:
    wider = 1.0 + (params["moving_ms"] * seconds) ** 2 / 12.0 / variance
    return np.asarray((fixes - 1.0) * np.log(wider) - 0.5 * chi2 * (1.0 - 1.0 / wider))


class _Sums:
    """What the test for standing still sums over windows of legs."""

    def __init__(self, moves: Moves, usual: float) -> None:
        # Origin at each track's first fix: the squares of national coordinates would eat the digits.
        head, _ = moves.window(len(moves))
        ox, oy = moves.x0[head], moves.y0[head]
        self.usual = usual
        self.x0, self.y0, x1, y1 = moves.x0 - ox, moves.y0 - oy, moves.x1 - ox, moves.y1 - oy
        steps = (x1 - self.x0) ** 2 + (y1 - self.y0) ** 2
        parts = {"x": x1, "y": y1, "squares": x1**2 + y1**2, "steps": steps, "seconds": moves.duration_s}
        self.first_variance: Optional[Array] = None
        self.end_variance = np.full(len(moves), usual)
        if moves.accuracy0_m is not None and moves.accuracy1_m is not None:
            self.first_variance, parts["variance"] = (
                np.where(np.isfinite(a), np.maximum(a, 1.0) ** 2, usual) for a in (moves.accuracy0_m, moves.accuracy1_m)
            )
            self.end_variance = parts["variance"]
        self.names, self.sums = list(parts), RunningSums.of(moves, *parts.values())

    def over(self, name: str, window: Window) -> Array:
        """Total over the legs of each window."""
        return self.sums.over(self.names.index(name), *window)

    @staticmethod
    def fixes(window: Window) -> Array:
        """Number of fixes: one more than legs."""
        return np.asarray(window[1] - window[0] + 2.0)

    def spread(self, window: Window) -> Array:
        """Σ|p − p̄|² over the fixes of each window."""
        x, y = self.x0[window[0]], self.y0[window[0]]
        squares = self.over("squares", window) + x**2 + y**2
        total = (self.over("x", window) + x) ** 2 + (self.over("y", window) + y) ** 2
        return np.asarray(np.maximum(squares - total / self.fixes(window), 0.0))

    def variance(self, window: Window) -> Array:
        """Mean variance a axis of the position errors; the usual one where nothing is known."""
        if self.first_variance is None:
            return np.full(len(self.x0), self.usual)
        return np.asarray((self.over("variance", window) + self.first_variance[window[0]]) / self.fixes(window))
