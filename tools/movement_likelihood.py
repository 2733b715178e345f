"""The conditional likelihood of labelled legs under the hidden chain, and its gradient. Used to fit the movement model.

The chain is fitted like a conditional random field with hidden states (Quattoni et al. 2007): the probability of the
labels given the legs is Z(states allowed by the labels) / Z(all states), and its gradient is the difference of what the
two expect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ia_plugin.core.movement.chain import Chain, smooth
from ia_plugin.core.movement.evidence import KINDS, Moves, hats, knots_of, read_evidence


@dataclass(frozen=True)
class Sample:
    """Legs to fit on: design (N, F), time structure, truth (0, 1; others unlabelled) and weight."""

    design: np.ndarray
    gap_s: np.ndarray
    fresh: np.ndarray
    truth: np.ndarray
    weight: np.ndarray


def design(moves: Moves) -> np.ndarray:
    """(N, F) hats of all kinds of evidence, those with slopes a second time multiplied with the interval, and a one."""
    columns = []
    for evidence in read_evidence(moves):
        h = hats(evidence.value, knots_of(evidence.name))
        columns.append(h)
        if KINDS[evidence.name][1]:
            columns.append(h * moves.interval[:, None])
    return np.hstack([*columns, np.ones((len(moves), 1))])


def split(weights: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], np.ndarray]:
    """(K, F) -> weights by kind, slopes by kind, constant."""
    base, slope, at = {}, {}, 0
    for name, (knots, sloped) in KINDS.items():
        base[name] = weights[:, at : at + len(knots)]
        at += len(knots)
        if sloped:
            slope[name] = weights[:, at : at + len(knots)]
            at += len(knots)
    return base, slope, weights[:, at]


def unpack(theta: np.ndarray, foot: int, states: int) -> tuple[np.ndarray, Chain]:
    """Parameter vector -> (K, F) weights and the chain."""
    rates, logits, balance = theta[-states - 4 : -states - 1], theta[-states - 1 : -1], theta[-1]
    within = np.concatenate([_softmax(logits[:foot]), _softmax(logits[foot:])])
    share = np.array([1.0 / (1.0 + np.exp(balance)), 1.0 / (1.0 + np.exp(-balance))])
    chain = Chain(foot, within, share, float(np.exp(rates[0])), np.exp(rates[1:]))
    return theta[: -states - 4].reshape(states, -1), chain


def loss(
    theta: np.ndarray, sample: Sample, foot: int, states: int, ridge: float, centre: np.ndarray
) -> tuple[float, np.ndarray]:
    """Minus the weighted mean conditional log-likelihood plus a ridge, and its gradient."""
    weights, chain = unpack(theta, foot, states)
    emission = weights @ sample.design.T
    emission -= emission.max(0)
    np.exp(np.maximum(emission, -40.0), out=emission)
    allowed = np.ones_like(emission)
    allowed[foot:, sample.truth == 0] = 0.0
    allowed[:foot, sample.truth == 1] = 0.0
    free = _expect(chain, emission, sample)
    bound = _expect(chain, emission * allowed, sample)
    total = sample.weight.sum()
    d_weights = ((bound[1] - free[1]) * sample.weight) @ sample.design
    d_rates, d_within, d_share = (b - f for b, f in zip(bound[2:], free[2:]))
    logits = np.concatenate(
        [
            chain.within[c] * (d_within[c] - (chain.within[c] * d_within[c]).sum())
            for c in (slice(0, foot), slice(foot, None))
        ]
    )
    balance = chain.share[0] * chain.share[1] * (d_share[1] - d_share[0])
    gradient = -np.concatenate([d_weights.ravel(), d_rates, logits, [balance]]) / total
    away = theta - centre
    value = -(sample.weight @ (bound[0] - free[0])) / total + ridge * (away @ away)
    return float(value), gradient + 2.0 * ridge * away


def _expect(chain: Chain, emission: np.ndarray, sample: Sample) -> tuple[np.ndarray, ...]:
    """log Z leg by leg, state probabilities, and the gradient of Σ weight·log Z in ln rates, within and share."""
    foot, states = chain.foot, chain.states
    unmoved, same = chain.stays(sample.gap_s, sample.fresh)
    forward, backward = smooth(chain, emission, unmoved, same, tolerance=1e-7)
    before = np.concatenate([chain.start[:, None], forward[:, :-1]], axis=1)
    before[:, sample.fresh] = chain.start[:, None]
    sums = np.stack([before[:foot].sum(0), before[foot:].sum(0)])
    everywhere = sums.sum(0)
    parts = (slice(0, foot), slice(foot, states))
    ahead = np.empty_like(before)
    for c, part in enumerate(parts):
        ahead[part] = unmoved[c] * before[part] + chain.within[part, None] * (
            (same - unmoved[c]) * sums[c] + (1.0 - same) * chain.share[c] * everywhere
        )
    logz = np.log((ahead * emission).sum(0))
    pull = emission * backward
    pull *= sample.weight / (ahead * pull).sum(0)
    probability = forward * backward
    probability /= probability.sum(0)
    gap = np.where(sample.fresh, 0.0, sample.gap_s)
    d_rate, d_shift, d_within, d_share = 0.0, np.zeros(2), np.empty(states), np.zeros(2)
    for c, part in enumerate(parts):
        through = chain.within[part, None] * pull[part]
        d_unmoved = (before[part] * pull[part]).sum(0) - through.sum(0) * sums[c]
        d_same = through.sum(0) * (sums[c] - everywhere * chain.share[c])
        d_shift[c] = -(d_unmoved * unmoved[c] * gap).sum() * chain.shift_rate[c]
        d_rate -= ((d_unmoved * unmoved[c] + d_same * same) * gap).sum() * chain.change_rate
        d_within[part] = (
            pull[part] * ((same - unmoved[c]) * sums[c] + (1.0 - same) * chain.share[c] * everywhere)
        ).sum(1)
        d_share[c] = (through.sum(0) * (1.0 - same) * everywhere).sum()
    return logz, probability, np.array([d_rate, *d_shift]), d_within, d_share


def _softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max())
    return np.asarray(e / e.sum())
