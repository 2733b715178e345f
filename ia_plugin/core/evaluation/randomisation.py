"""Rate ratios of a draw by day and area, by the draw alone: the interval is what a randomisation test does not reject.

Each day a fixed number of areas is drawn afresh. Under a ratio r of being drawn, events of drawn cells divided by r are what they
would have been undrawn, whatever was drawn: so the draw is made anew many times, and a ratio is rejected where the statistic of the
draw that was made lies outside of nearly all others (Fisher 1935; inverted as by Rosenbaum 2002; studentised as by Wu & Ding 2021,
for counts divided by r vary less than others). The statistic is linear in 1 / r, so that one pass over all draws serves every ratio.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..arrays import Bools, Floats

CELLS_AT_ONCE = 4_000_000
WIDEST = 5.0  # logs: an interval that reaches further has no end
HALVINGS, ROUNDS = 30, 50


@dataclass(frozen=True)
class Ratio:
    """Events of drawn cells as so many times those of others; an end is NaN where nothing rejects ratios beyond."""

    estimate: float
    low: float
    high: float
    p: float


UNKNOWN = Ratio(math.nan, math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class DrawFit:
    """What being drawn goes with, the same day and the day after."""

    drawn: Ratio
    day_after: Ratio


def fit_draw(
    counts: Floats,
    drawn: Bools,
    keep: Optional[Bools] = None,
    *,
    n: int = 999,
    seed: int = 1,
    level: float = 0.95,
    draws: Optional[Floats] = None,
) -> DrawFit:
    """Ratios of being drawn and of having been drawn the day before, each with the other in the model.

    Parameters
    ----------
    counts : (days, areas) events, consecutive days
    drawn : (days, areas), the same number every day
    keep : (days, areas) cells that take part; all where not given
    n, seed : how often the draw is made anew, and from which seed
    level : of the interval
    draws : (days, n, areas) draws that were made anew already, as 0 and 1

    Returns
    -------
    DrawFit; a ratio is NaN where there are too few events on a side.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> drawn = np.arange(6) < 3 + np.zeros((60, 1))
    >>> drawn = rng.permuted(drawn, axis=1)
    >>> found = fit_draw(rng.poisson(np.where(drawn, 4.0, 8.0)).astype(float), drawn).drawn
    >>> found.low < 0.5 < found.high and found.p < 0.01
    True
    """
    part = np.ones(counts.shape, dtype=bool) if keep is None else keep
    yesterday = np.vstack([np.zeros_like(drawn[:1]), drawn[:-1]])
    own, after = _estimates(counts, drawn, yesterday, part)
    pairs = [
        _halves(counts * _divided(yesterday, after), drawn, part),
        _halves(counts * _divided(drawn, own), yesterday, part),
    ]
    sums = [[_moments(_of_draw(half, who))] for half, who in zip(pairs, (drawn, yesterday))]
    per_day = int(drawn[0].sum())
    for some in redrawn((len(drawn), drawn.shape[1]), per_day, n, seed) if draws is None else (draws,):
        sums[0].append(_moments(some @ pairs[0]))
        sums[1].append(_moments(some[:-1] @ pairs[1][1:]))  # the first day has no yesterday
    found = [
        _ratio(value, np.concatenate(s, axis=1), level) if value == value else UNKNOWN
        for value, s in zip((own, after), sums)
    ]
    return DrawFit(*found)


def redrawn(shape: tuple[int, int], per_day: int, n: int, seed: int) -> Iterator[Floats]:
    """The draw made anew `n` times under the same scheme: (days, some, areas) of 0 and 1, a part at a time."""
    days, areas = shape
    rng = np.random.default_rng(seed)
    left = n
    while left > 0:
        some = min(left, max(1, CELLS_AT_ONCE // max(days * areas, 1)))
        keys = rng.random((days, some, areas))
        yield (keys <= np.partition(keys, per_day - 1, axis=2)[..., per_day - 1 : per_day]).astype(np.float64)
        left -= some


def _divided(term: Bools, log_ratio: float) -> Floats:
    """What counts are multiplied with to take a term out; nothing is taken out where the ratio is not known."""
    return np.where(term, math.exp(-log_ratio if log_ratio == log_ratio else 0.0), 1.0)


def _estimates(counts: Floats, drawn: Bools, yesterday: Bools, part: Bools) -> tuple[float, float]:
    """Log ratios of both terms, each with the other taken out, until neither changes."""
    own = after = 0.0
    for _ in range(ROUNDS):
        before = own, after
        own = _log_ratio(counts * _divided(yesterday, after), drawn, part)
        after = _log_ratio(counts * _divided(drawn, own), yesterday, part)
        if np.allclose(before, (own, after), rtol=0, atol=1e-10, equal_nan=True):
            break
    return own, after


def _log_ratio(counts: Floats, term: Bools, part: Bools) -> float:
    undrawn, own = _of_draw(_halves(counts, term, part), term)[..., 0, :].sum(axis=0)
    return math.log(own / -undrawn) if own > 0 > undrawn else math.nan


def _halves(counts: Floats, term: Bools, part: Bools) -> Floats:
    """(days, areas, 2): counts of cells without and with the term, less the means of each area and each day."""
    found: Floats = np.stack([np.where(part & ~term, counts, 0.0), np.where(part & term, counts, 0.0)], axis=2)
    cells = part[..., None]
    for axis in (0, 1):
        mean = found.sum(axis=axis, keepdims=True) / np.maximum(cells.sum(axis=axis, keepdims=True), 1)
        found = np.where(cells, found - mean, 0.0)
    return found


def _of_draw(halves: Floats, term: Bools) -> Floats:
    """(days, 1, 2): sums over the cells that have the term."""
    out: Floats = np.einsum("ta,tak->tk", term.astype(np.float64), halves)[:, None, :]
    return out


def _moments(by_day: Floats) -> Floats:
    """(5, draws) of (days, draws, 2): sums of both halves, and of their squares and products by day."""
    undrawn, own = by_day[..., 0], by_day[..., 1]
    parts = (undrawn, own, undrawn * undrawn, undrawn * own, own * own)
    return np.stack([p.sum(axis=0) for p in parts])


def _p(sums: Floats, log_ratio: float) -> float:
    """The share of draws, the one that was made among them, whose statistic is as far from 0 as its own."""
    c = math.exp(-log_ratio)
    undrawn, own, q0, q01, q1 = sums
    spread = np.maximum(q0 + 2 * c * q01 + c * c * q1, 1e-300)
    size = (undrawn + c * own) ** 2 / spread
    return float((size >= size[0] * (1 - 1e-9)).mean())


def _ratio(estimate: float, sums: Floats, level: float) -> Ratio:
    low, high = (math.exp(_end(estimate, sums, 1 - level, sign)) for sign in (-1, 1))
    return Ratio(math.exp(estimate), low, high, _p(sums, 0.0))


def _end(estimate: float, sums: Floats, alpha: float, sign: int) -> float:
    """The first log ratio on a side of the estimate that is rejected."""
    inside, step = estimate, 0.02
    while _p(sums, inside + sign * step) > alpha:
        inside += sign * step
        step *= 1.5
        if abs(inside - estimate) > WIDEST:
            return math.nan
    outside = inside + sign * step
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if _p(sums, middle) > alpha else (inside, middle)
    return outside
