"""Invented trials with known truth: areas drawn by lot each day, officers who follow the draw or not, crime that answers or not.

What spoils naive figures is in them: areas of different level, weekdays, days that are bad for all, noise that lasts in an area,
effects that last into the next day, and presence that is taken from undrawn areas.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

BEFORE = 28
WEEKDAYS = np.array([0.95, 0.9, 0.95, 1.0, 1.15, 1.2, 0.85])


@dataclass(frozen=True)
class TrialWorld:
    """How a trial is drawn.

    Attributes
    ----------
    effect : change of crime on drawn days, −0.20 is a fifth fewer
    carry : change of crime on the day after a drawn one
    drained : share of undrawn areas' officer time that is taken from them
    moved : change of crime in undrawn areas, as where they are drained
    areas, days, per_day : sizes
    level : mean events an area and day
    """

    effect: float = 0.0
    carry: float = 0.0
    drained: float = 0.0
    moved: float = 0.0
    areas: int = 20
    days: int = 84
    per_day: int = 8
    level: float = 1.0


TRIALS = {
    "no effect": TrialWorld(),
    "−20 %": TrialWorld(effect=-0.20),
    "no effect on the day, −10 % the day after": TrialWorld(carry=-0.10),
    "−20 %, and −10 % the day after": TrialWorld(effect=-0.20, carry=-0.10),
    "few crimes, −20 %": TrialWorld(effect=-0.20, level=0.15),
    "3 of 20 areas, −30 %": TrialWorld(effect=-0.30, per_day=3),
    "no effect, undrawn areas drained by 20 % and +5 %": TrialWorld(drained=0.20, moved=0.05),
}


@dataclass(frozen=True)
class TrialData:
    """Events and officer hours (days, areas), what was drawn, and the hours (28, areas) of the days before."""

    counts: np.ndarray
    drawn: np.ndarray
    hours: np.ndarray
    before: np.ndarray


def trial(world: TrialWorld, seed: int, *, alternating: bool = False) -> TrialData:
    """One trial; `alternating` visits half of the areas on even days and the others on odd ones."""
    rng = np.random.default_rng(seed)
    n, m = world.areas, world.days
    drawn = rng.random((m, n)).argsort(axis=1) < world.per_day
    if alternating:
        drawn = (np.arange(m)[:, None] + (np.arange(n) < n // 2)[None]) % 2 == 0
    yesterday = np.vstack([np.zeros((1, n), dtype=bool), drawn[:-1]])
    levels = np.exp(rng.normal(0, 0.6, n))
    week = WEEKDAYS[np.arange(m) % 7][:, None]
    noise = np.empty((m, n))
    noise[0] = rng.normal(0, 0.3, n)
    for t in range(1, m):
        noise[t] = 0.8 * noise[t - 1] + 0.6 * rng.normal(0, 0.3, n)
    rate = world.level * levels * week * np.exp(noise + rng.normal(0, 0.2, (m, 1)))
    rate *= np.where(drawn, 1 + world.effect, 1 + world.moved) * np.where(yesterday, 1 + world.carry, 1.0)
    usual = np.exp(rng.normal(np.log(2.0), 0.5, n))
    hours, before = (
        usual * WEEKDAYS[np.arange(k) % 7][:, None] * rng.gamma(4, 1 / 4, (k, n)) * np.exp(rng.normal(0, 0.1, (k, 1)))
        for k in (m, BEFORE)
    )
    hours *= np.where(drawn, 1.0, 1 - world.drained)
    hours += drawn * (rng.random((m, n)) < 0.8) * rng.uniform(0.25, 0.75, (m, n))
    return TrialData(rng.poisson(rate).astype(np.float64), drawn, hours, before)


def naive(data: TrialData) -> tuple[float, float, float]:
    """Drawn against undrawn cells as if all were alike and independent: the ratio of means with a Poisson range."""
    own, other = data.counts[data.drawn].sum(), data.counts[~data.drawn].sum()
    ratio = own / data.drawn.sum() / (other / (~data.drawn).sum())
    reach = np.exp(1.959964 * np.sqrt(1 / own + 1 / other))
    return ratio, ratio / reach, ratio * reach


def trial_worlds(world: str, worlds: int, first: int = 1_000, redraws: int = 999) -> dict[str, Any]:
    """How often the interval holds the truth, p is under 0.05, and the figure is withheld; the rivals beside it."""
    from ia_plugin.core.evaluation.randomisation import fit_draw, redrawn
    from ia_plugin.core.evaluation.trial_presence import delivered
    from ia_plugin.core.params import ScheduleParams

    known = TRIALS[world]
    # The scheme is the same in each world, so the draws that are made anew are made once.
    draws = np.concatenate(list(redrawn((known.days, known.areas), known.per_day, redraws, 1)), axis=1)
    limit, weekday, earlier = 1 - ScheduleParams().most_drained / 100, np.arange(known.days) % 7, np.arange(BEFORE) % 7
    truth, after = 1 + known.effect, 1 + known.carry
    sums: dict[str, float] = dict.fromkeys(
        ("coverage", "rejected", "coverage_after", "rejected_after", "withheld", "stated", "naive", "naive_rejected", "alternating"), 0.0
    )  # fmt: skip
    logs, alternated = [], []
    spent = 0.0
    for seed in range(first, first + worlds):
        data = trial(known, seed)
        begin = time.perf_counter()
        fit = fit_draw(data.counts, data.drawn, draws=draws)
        presence = delivered(
            data.hours, 60 * data.hours, data.drawn, np.ones_like(data.drawn), data.before, weekday, earlier, 15.0
        )
        spent += time.perf_counter() - begin
        withheld = not (presence.undrawn.value >= limit and presence.contrast.value > 1)
        rough, other = naive(data), naive(trial(known, seed, alternating=True))
        found = {
            "coverage": holds(fit.drawn.low, truth, fit.drawn.high), "rejected": fit.drawn.p <= 0.05,
            "coverage_after": holds(fit.day_after.low, after, fit.day_after.high), "rejected_after": fit.day_after.p <= 0.05,
            "withheld": withheld, "stated": not withheld and fit.drawn.p <= 0.05, "naive": rough[1] <= truth <= rough[2],
            "naive_rejected": not rough[1] <= 1 <= rough[2], "alternating": other[1] <= truth <= other[2],
        }  # fmt: skip
        for name, value in found.items():
            sums[name] += value
        logs.append(np.log(fit.drawn.estimate))
        alternated.append(np.log(other[0]))
    means = {name: round(value / worlds, 4) for name, value in sums.items()}
    return {
        **means, "median": float(np.exp(np.median(logs))), "median_alternating": float(np.exp(np.median(alternated))),
        "ms_a_world": 1000 * spent / worlds,
    }  # fmt: skip


def holds(low: float, truth: float, high: float) -> bool:
    """Whether an interval holds the truth; an end that is not known is none."""
    return not (low > truth or high < truth)


COVERAGE, FALSE = (0.92, 0.97), (0.03, 0.07)


def trial_rows(
    measure: Callable[..., dict[str, Any]], worlds: int = 500
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows of the bench, and what was measured by name."""
    from .evaluation_rows import NOTHING, compared

    rows, figures = [], {}
    for name, world in TRIALS.items():
        ours = figures[name] = measure("trial_worlds", world=name, worlds=worlds)
        case = f"{worlds:,} trials of {world.per_day} in {world.areas} areas, {world.days} days, {name}"
        drained = bool(world.drained)
        text = f"withheld in {ours['withheld']:.3f}; an effect stated in {ours['stated']:.3f}"
        asked = "withheld in ≥ 0.95" if drained else "withheld in ≤ 0.05"
        rival = f"unchecked: {ours['rejected']:.3f}; naive: {ours['naive_rejected']:.3f}"
        rows.append(compared(f"{case}: drain check", text, rival, NOTHING, asked, ours["memory_mb"]))
        if drained:
            continue
        rivals = f"naive Poisson: {ours['naive']:.3f}; alternating days: {ours['alternating']:.3f} (median {ours['median_alternating'] - 1:+.1%})"
        text = f"{ours['coverage']:.3f} (median {ours['median'] - 1:+.1%}); day after {ours['coverage_after']:.3f}; {ours['ms_a_world']:.0f} ms"
        rows.append(
            compared(f"{case}: coverage", text, rivals, NOTHING, f"{COVERAGE[0]}–{COVERAGE[1]}", ours["memory_mb"])
        )
        if not world.effect:
            rival = f"naive Poisson: {ours['naive_rejected']:.3f}"
            asked = f"{FALSE[0]}–{FALSE[1]}"
            rows.append(
                compared(
                    f"{case}: false positives", f"{ours['rejected']:.3f}", rival, NOTHING, asked, ours["memory_mb"]
                )
            )
    return rows, figures


__all__ = ["TRIALS", "TrialData", "TrialWorld", "naive", "trial", "trial_rows", "trial_worlds"]
