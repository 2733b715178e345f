"""Poisson counts with an effect of every unit and of every level: many fits at once, by Newton on the profiled likelihood.

Where ``mu = exp(effect of unit + effect of level + beta * x + base)``, the effects of the units are known as soon as the
others are: each unit's fitted counts add up to its own. What is left is concave in the effects of the levels and in
beta, so Newton's steps find the one maximum, to the last digit, in some six rounds.

Arrays are (fits, units, levels); areas are the units and periods the levels, or the other way round where there are more
periods, so that the system that is solved stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..arrays import Bools, Floats, Rows

MOST_ROUNDS = 40
CLOSE = 1e-6  # after a step this small (logs; x in its standard deviations) what is missing is its square
_RIDGE = 1e-11  # of the mean of the diagonal: stills directions that the counts say nothing of, as of parts of a panel that never meet
_STEADY = 1e-7  # likewise of a step of Newton, which rounding (of some processors more than of others) would else push along them


@dataclass(frozen=True)
class Solution:
    """Fits: ``beta`` (fits, k), ``levels`` (fits, levels), ``expected`` counts (fits, units, levels), which ``converged``."""

    beta: Floats
    levels: Floats
    expected: Floats
    converged: Bools


def solve(y: Floats, x: Floats, base: Floats, beta: Floats, levels: Floats) -> Solution:
    """The maxima of the likelihoods of many panels.

    Parameters
    ----------
    y : (fits, units, levels) counts; 0 where `base` is −inf
    x : (fits, k, units, levels) regressors, each with a spread of about 1
    base : (fits, units, levels) log of exposure and weight, −inf for cells without a row and for levels without any count
    beta, levels : (fits, k), (fits, levels) where to begin

    Returns
    -------
    Solution; fits that did not converge have no maximum: beta runs away, for the counts are separated by x.
    """
    fits, k = beta.shape
    theta = np.concatenate([levels, beta], axis=1)
    before, step = theta.copy(), np.zeros_like(theta)
    best, done = np.full(fits, -np.inf), np.zeros(fits, dtype=bool)
    running = np.arange(fits)
    y_now, x_now, base_now = y, x, base
    for _ in range(MOST_ROUNDS):
        likelihood, gradient, hessian = _round(y_now, x_now, base_now, theta[running])
        worse = likelihood < best[running] - 1e-9 * (1 + np.abs(best[running]))
        better = running[~worse]
        best[better] = likelihood[~worse]
        before[better] = theta[better]
        step[better] = np.linalg.solve(hessian[~worse], gradient[~worse][..., None])[..., 0]
        step[running[worse]] /= 2
        theta[running] = before[running] + step[running]
        done[better] = np.abs(step[better]).max(axis=1) < CLOSE
        left = ~done[running]
        if not left.any():
            break
        if not left.all():
            running = running[left]
            y_now, x_now, base_now = (a if len(a) == 1 else a[left] for a in (y_now, x_now, base_now))
    expected = _expected(y, x, base, theta)[1]
    return Solution(theta[:, -k:], theta[:, :-k], expected, done)


def demeaned(x: Floats, weight: Floats) -> Floats:
    """x (fits, k, units, levels) without what units and levels explain of it, by weights (fits, units, levels), exactly."""
    share = _shares(weight)
    inner = x - np.einsum("bkul,bul->bku", x, share)[..., None]
    blocks = _level_block(weight, share)
    of_levels = np.linalg.solve(blocks, np.einsum("bkul,bul->blk", inner, weight)).transpose(0, 2, 1)
    back = np.einsum("bkl,bul->bku", of_levels, share)
    out: Floats = inner - of_levels[:, :, None, :] + back[..., None]
    return out


def leverage(weight: Floats) -> Floats:
    """How far each cell's own value is taken up by the effects of its unit and level (units, levels), 0 to 1."""
    share = _shares(weight[None])[0]
    inverse = np.linalg.inv(_level_block(weight[None], share[None])[0])
    towards = share @ inverse
    spread = np.diag(inverse)[None] - 2 * towards + (towards * share).sum(axis=1)[:, None]
    out: Floats = share + weight * spread
    return out


def beta_without_each_unit(y: Floats, x: Floats, base: Floats, beta: Floats, levels: Floats) -> Floats:
    """Beta (units, k) with each unit left out, by one step of Newton from the maximum (levels,), (k,) of all units.

    Beyond a thousand units the next step would move the seventh digit of a standard error.
    """
    theta = np.concatenate([levels, beta])[None]
    _, _, whole = _round(y[None], x[None], base[None], theta)
    share, expected, _ = _expected(y[None], x[None], base[None], theta)
    many = x.shape[0]
    inner = x - np.einsum("kul,ul->ku", x, share[0])[..., None]
    rest = y - expected[0]
    gradient = np.concatenate([rest, np.einsum("kul,ul->uk", x, rest)], axis=1)
    left = np.maximum(expected[0].sum(axis=0) - expected[0], 0.0)
    out = np.empty((len(y), many))
    for rows in chunks(len(y), theta.shape[1] ** 2):
        part = np.repeat(whole, len(rows), axis=0)
        part[:, :-many, :-many] += np.einsum("ul,um->ulm", expected[0][rows], share[0][rows])
        at = np.arange(levels.size)
        gone = left[rows] <= 1e-9 * (1 + left[rows].mean(axis=1, keepdims=True))
        part[:, at, at] -= expected[0][rows] - np.where(gone, 1.0, 0.0)
        cross = (inner * expected[0])[:, rows].transpose(1, 0, 2)
        part[:, -many:, :-many] -= cross
        part[:, :-many, -many:] -= cross.transpose(0, 2, 1)
        part[:, -many:, -many:] -= np.einsum("ukl,mul->ukm", cross, inner[:, rows])
        out[rows] = beta - np.linalg.solve(part, gradient[rows][..., None])[:, -many:, 0]
    return out


def chunks(fits: int, size: int) -> Iterator[Rows]:
    """Positions of fits, so many at a time that arrays of `size` numbers a fit stay within some ten megabytes."""
    step = max(1, 1_500_000 // max(size, 1))
    for first in range(0, fits, step):
        yield np.arange(first, min(first + step, fits), dtype=np.intp)


def _round(y: Floats, x: Floats, base: Floats, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Log likelihood, its gradient and its negative second derivative at theta (fits, levels + k)."""
    share, expected, likelihood = _expected(y, x, base, theta)
    rest = y - expected
    inner = x - np.einsum("bkul,bul->bku", x, share)[..., None]
    gradient = np.concatenate([rest.sum(axis=1), np.einsum("bkul,bul->bk", x, rest)], axis=1)
    many = inner.shape[1]
    size = theta.shape[1]
    hessian = np.empty((len(theta), size, size))
    weighted = inner * expected[:, None]
    hessian[:, :-many, :-many] = _level_block(expected, share, _STEADY)
    hessian[:, :-many, -many:] = weighted.sum(axis=2).transpose(0, 2, 1)
    hessian[:, -many:, :-many] = weighted.sum(axis=2)
    of_beta = np.einsum("bkul,bmul->bkm", weighted, inner)
    of_beta[:, np.arange(many), np.arange(many)] += _RIDGE * (1 + expected.sum(axis=(1, 2)))[:, None]
    hessian[:, -many:, -many:] = of_beta
    return likelihood, gradient, hessian


def _expected(y: Floats, x: Floats, base: Floats, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Each unit's shares of its levels, its expected counts, and the log likelihood, a fit a row."""
    k = x.shape[1]
    line = base + theta[:, None, :-k] + np.einsum("bk,bkul->bul", theta[:, -k:], x)
    highest = line.max(axis=2, keepdims=True)
    line = line - np.where(np.isfinite(highest), highest, 0.0)
    raw = np.exp(line)
    whole = raw.sum(axis=2, keepdims=True)
    share = raw / np.where(whole > 0, whole, 1.0)
    seen = y > 0
    logs = np.where(seen, line, 0.0) - np.where(whole > 0, np.log(np.where(whole > 0, whole, 1.0)), 0.0)
    likelihood = (y * logs).sum(axis=(1, 2))
    return share, y.sum(axis=2, keepdims=True) * share, likelihood


def _shares(weight: Floats) -> Floats:
    whole = weight.sum(axis=2, keepdims=True)
    out: Floats = weight / np.where(whole > 0, whole, 1.0)
    return out


def _level_block(weight: Floats, share: Floats, ridge: float = _RIDGE) -> Floats:
    """What the counts say of the levels (fits, levels, levels), filled up where they say nothing.

    One constant for all levels is the units' to take: along it the gradient is zero, and any positive number will do.
    """
    of_level = weight.sum(axis=1)
    block = -np.matmul(weight.transpose(0, 2, 1), share)
    levels = block.shape[1]
    scale = np.maximum(of_level.mean(axis=1), 1e-300)
    filled = np.where(of_level > 0, of_level + ridge * scale[:, None], scale[:, None])
    block[:, np.arange(levels), np.arange(levels)] += filled
    out: Floats = block + (scale / levels)[:, None, None]
    return out
