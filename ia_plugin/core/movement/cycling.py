"""Bicycles: a class of its own, for forces with cycle patrols that have labelled some of their shifts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..weighted_sum import weighted_sum
from .evidence import Moves, RunningSums, read_evidence
from .logistic import fit_logistic

Array = NDArray[np.float64]

SIDE = 6  # legs on either side: rides last longer than one leg
# Middle and width of each feature, so that all are of one size: ln of speed (km/h), its mean, spread and largest over the
# legs round it, and how straight they run.
SCALE = {
    "speed": (2.3, 0.8),
    "mean": (2.2, 0.6),
    "spread": (0.5, 0.3),
    "fastest": (2.9, 0.6),
    "straightness": (0.6, 0.3),
}
SHRINKAGE = 5.0  # weight, in legs, of staying with no class at all
FEATURES = 2 + len(SCALE) * (len(SCALE) + 3) // 2  # one, ln of the interval, each of SCALE, and all their products


def features(moves: Moves, at_once: int) -> Array:
    """(N, 22): one, ln of the interval, each feature, and all their products: a bicycle is neither slow nor fast."""
    n = len(SCALE)
    pairs = [(i, j) for i in range(n) for j in range(i, n)]
    out = np.ones((len(moves), FEATURES))
    out[:, 1] = moves.interval
    for part in moves.parts(at_once):
        z = _scaled(moves.part(part))
        out[part, 2 : 2 + n] = z
        for k, (i, j) in enumerate(pairs):
            out[part, 2 + n + k] = z[:, i] * z[:, j]
    return out


def _scaled(moves: Moves) -> Array:
    found: dict[str, Any] = {e.name: np.asarray(e.value) for e in read_evidence(moves)}
    speed = found["speed_kmh"]
    first, last = moves.window(SIDE)
    sums = RunningSums.of(moves, speed, speed**2)
    mean, square = (sums.over(k, first, last) / (last + 1 - first) for k in range(2))
    spread = np.sqrt(np.maximum(0.0, square - mean**2))
    values = (speed, mean, spread, found["fastest_7_kmh"], found["straightness_7"])
    z = np.stack([(v - m) / w for v, (m, w) in zip(values, SCALE.values())], axis=1)
    return np.asarray(np.clip(z, -4.0, 4.0))


def cycling_share(x: Array, weights: Array) -> Array:
    """Probability of a bicycle for a leg that moves."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(weighted_sum(x, weights), -30.0, 30.0))))


def fit_cycling(x: Array, bicycle: NDArray[np.bool_], weight: Array) -> Array:
    """Weighted logistic regression, pulled towards zero."""
    pull = np.full(x.shape[1], SHRINKAGE)
    pull[0] = 1e-6  # how common bicycles are is not pulled
    return fit_logistic(x, bicycle, weight, np.zeros(x.shape[1]), pull)
