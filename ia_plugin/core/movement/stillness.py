"""Standing still: recognised by position error and dwell, never by a speed."""

from __future__ import annotations

from typing import Mapping

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
    "strolling_ms": 0.45,
    "walking_kmh": 8.0,
    "cap": 8.0,
    "edge_share": 0.3,
}
ERRORS_TO_A_WAY = 4.0  # a mover's way in the dwell must be so many position errors, or the window tells nothing
SURE = 40.0  # beyond it a likelihood ratio is as good as sure, and its exponential would overflow


def stillness(moves: Moves, params: Mapping[str, float]) -> Array:
    """Probability that the radio stood still for the whole of each leg, (N,).

    The fixes of a window of twice ``dwell_s`` that holds the leg either lie about one point with their position errors σᵢ, or are
    spread by a movement of ``strolling_ms`` over the window's time T, variance τ² = (strolling_ms · T)²/12 a axis. With n fixes of weight
    wᵢ = 1/σᵢ², which speak for m = (Σw)²/Σw² of equal error σ² = m/Σw, and χ² = Σw|p − p̄|², the log-likelihood ratio is
    (m − 1)·ln(1 + τ²/σ²) − ½(χ² − (n − m))·(1 − 1/(1 + τ²/σ²)): one poor position among good ones says little either way. It is that
    of the mean over three windows, about the leg, up to its end and from its start, for a stand begins and ends within legs.
    Nobody who stands is still to the metre, so that no error counts as less than ``usual_accuracy_m``, which is also that of a fix
    whose error nobody tells; and where fixes jump to and fro about a point faster than anyone walks, the jumps themselves tell σ:
    half the mean squared step of independent errors is twice their variance a axis (von Neumann 1941), while a movement that gets
    somewhere, at ``moving_ms``, spreads far more than its steps.
    """
    if not len(moves):
        return np.zeros(0)
    params = {**DEFAULTS, **params}  # a force's own file may be older than one of them
    sums = _Sums(moves, params["usual_accuracy_m"] ** 2)
    about = _side(moves, np.full(len(moves), params["dwell_s"]))
    error = np.sqrt(sums.equal_to(moves.window(about))[1])
    dwell = np.maximum(params["dwell_s"], ERRORS_TO_A_WAY * error / params["moving_ms"])
    about, leg = _side(moves, dwell), np.arange(len(moves))
    beside = np.clip(np.ceil(2.0 * dwell / moves.duration_s - 0.1) - 1.0, 1, 120).astype(np.intp)
    first, last = moves.window(beside)
    seen = [_ratio(sums, window, params["strolling_ms"]) for window in (moves.window(about), (first, leg), (leg, last))]
    known = np.log(np.mean([np.exp(np.clip(ratio, -SURE, SURE)) for ratio in seen], axis=0))
    # Jitter: a longer window, because σ is estimated from it.
    window = moves.window(np.maximum(about, 6))
    fixes, seconds, steps = sums.fixes(window), sums.over("seconds", window), sums.over("steps", window)
    estimated = np.maximum(steps / (4.0 * (fixes - 1.0)), params["usual_accuracy_m"] ** 2)
    pace = 3.6 * np.sqrt(steps * (fixes - 1.0)) / seconds
    # ln of a steep logistic in ln(pace): nobody walks faster.
    doubt = np.minimum(12.0 * np.log(np.maximum(pace, 0.1) / params["walking_kmh"]), 0.0)
    wider = _wider(seconds, estimated, params["moving_ms"])
    jitter = (fixes - 1.0) * np.log(wider) - 0.5 * sums.spread(window) / estimated * (1.0 - 1.0 / wider)
    jitter = np.where(fixes >= 6, np.minimum(jitter, params["cap"]) + doubt, -30.0)
    logit = params["prior_logit"] + np.clip(np.maximum(known, jitter), -30.0, params["cap"])
    return np.asarray(1.0 / (1.0 + np.exp(-logit)))


def stood_share(moves: Moves, still: Array, params: Mapping[str, float]) -> Array:
    """Share of each leg's time that the radio is expected to have stood still, (N,), from :func:`stillness`.

    A leg that leads away from a stand or to one is partly part of it, since nobody waits for a fix to leave: of what it did not
    stand whole, ``edge_share`` where a leg beside it stood.
    """
    first, last = moves.window(1)
    leg = np.arange(len(moves))
    beside = 1.0 - np.where(first < leg, 1.0 - still[first], 1.0) * np.where(last > leg, 1.0 - still[last], 1.0)
    return np.asarray(still + (1.0 - still) * params.get("edge_share", DEFAULTS["edge_share"]) * beside)


def _side(moves: Moves, seconds: Array) -> NDArray[np.intp]:
    """So many legs come next to those seconds, one at the least."""
    return np.asarray(np.clip(np.round(seconds / moves.duration_s), 1, 60), dtype=np.intp)


def _wider(seconds: Array, variance: Array, pace: float) -> Array:
    """1 + τ²/σ²."""
    return np.asarray(1.0 + (pace * seconds) ** 2 / 12.0 / variance)


def _ratio(sums: _Sums, window: Window, pace: float) -> Array:
    alike, variance = sums.equal_to(window)
    wider = _wider(sums.over("seconds", window), variance, pace)
    surplus = sums.chi2(window) - (sums.fixes(window) - alike)
    return np.asarray((alike - 1.0) * np.log(wider) - 0.5 * surplus * (1.0 - 1.0 / wider))


class _Sums:
    """What the test for standing still sums over windows of legs; where errors are known with their weights, else all are alike."""

    def __init__(self, moves: Moves, usual: float) -> None:
        # Origin at each track's first fix: the squares of national coordinates would eat the digits.
        head, _ = moves.window(len(moves))
        ox, oy = moves.x0[head], moves.y0[head]
        self.usual = usual
        self.x0, self.y0, x1, y1 = moves.x0 - ox, moves.y0 - oy, moves.x1 - ox, moves.y1 - oy
        steps, squares = (x1 - self.x0) ** 2 + (y1 - self.y0) ** 2, x1**2 + y1**2
        parts = {"x": x1, "y": y1, "squares": squares, "steps": steps, "seconds": moves.duration_s}
        self.weight0 = np.empty(0)
        self.weighted = False
        if moves.accuracy0_m is not None and moves.accuracy1_m is not None:
            self.weight0, weight = (
                1.0 / np.where(np.isfinite(a), np.maximum(a**2, usual), usual)
                for a in (moves.accuracy0_m, moves.accuracy1_m)
            )
            self.weighted = bool((self.weight0 != 1.0 / usual).any() or (weight != 1.0 / usual).any())
        if self.weighted:
            parts |= {"w": weight, "ww": weight**2, "wx": weight * x1, "wy": weight * y1, "wsquares": weight * squares}
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

    def chi2(self, window: Window) -> Array:
        """Σw|p − p̄|² over the fixes of each window."""
        if not self.weighted:
            return self.spread(window) / self.usual
        x, y, w = (a[window[0]] for a in (self.x0, self.y0, self.weight0))
        squares = self.over("wsquares", window) + w * (x**2 + y**2)
        total = (self.over("wx", window) + w * x) ** 2 + (self.over("wy", window) + w * y) ** 2
        return np.asarray(np.maximum(squares - total / (self.over("w", window) + w), 0.0))

    def equal_to(self, window: Window) -> tuple[Array, Array]:
        """So many fixes of one variance a axis say as much as those of each window: (m, σ²)."""
        if not self.weighted:
            return self.fixes(window), np.full(len(window[0]), self.usual)
        w = self.weight0[window[0]]
        whole = self.over("w", window) + w
        alike = whole**2 / (self.over("ww", window) + w**2)
        return alike, alike / whole
