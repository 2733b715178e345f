"""Weights that nobody should use: why, which covariate breaks them, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..arrays import Floats, Rows
from ..words import capitalised, number, share
from .balance import effective_areas

LEAST_EFFECTIVE = 10.0
LARGEST_SHARE = 0.25
LOOSER = (0.1, 0.2)  # tolerances that are offered

Fault = Callable[[Rows, float], str]
"""Given columns of covariates and a tolerance, why their weights are refused; blank where they may be used."""


def why_not(weights: Floats) -> str:
    """Why weights of comparison areas are refused by themselves; blank where they may be used.

    >>> why_not(np.ones(12)), why_not(np.array([np.nan]))
    ('', 'No weights of the comparison areas give the means of the impact areas.')
    """
    if not np.isfinite(weights).all():
        return "No weights of the comparison areas give the means of the impact areas."
    if len(weights) < LEAST_EFFECTIVE:
        return f"There are {len(weights)} comparison areas; {number(LEAST_EFFECTIVE)} are the least for weights."
    largest, effective = float(weights.max() / weights.sum()), effective_areas(weights)
    if largest > LARGEST_SHARE:
        return f"One comparison area would have {share(100 * largest)} of all weight; {share(100 * LARGEST_SHARE)} is the most."
    if effective < LEAST_EFFECTIVE:
        return (
            f"Weighted, the comparison areas would tell as much as {number(round(effective, 1))} areas; "
            f"{number(LEAST_EFFECTIVE)} are the least."
        )
    return ""


def refused_weights(why: str, names: Sequence[str], gaps: Floats, tolerance: float, fault: Fault) -> tuple[str, str]:
    """Sentence and remedy of a refusal: the covariates that break the weights, and what would hold.

    Parameters
    ----------
    why : the reason
    names : of the covariates
    gaps : (k,) how far apart the groups are, in standard deviations
    tolerance : asked
    fault : tries other covariates or a looser tolerance
    """
    breaking = _breaking(gaps, tolerance, fault)
    looser = [t for t in LOOSER if t > tolerance and not fault(np.arange(len(names)), t)]
    remedies = []
    if breaking:
        left_out = " or ".join(_named(names, gaps, k) for k in breaking)
        why = f"{why} It is {left_out} that breaks it."
        remedies.append(f"leave out {' or '.join(' and '.join(names[j] for j in k) for k in breaking)}")
    if looser:
        remedies.append(f"take approximate balance (a tolerance of {looser[0]})")
    if not breaking and not looser and len(names) > 1:
        why = f"{why} No smaller set of the covariates does either."
    elif len(names) == 1 and gaps[0] > 0.05:
        why = f"{why} The groups are {number(round(float(gaps[0]), 2))} sd apart in {names[0]}."
    if not remedies:
        remedies.append("take pairs (method 'optimal'), or give more comparison areas")
    text = ", or ".join(remedies)
    return why, f"{capitalised(text)}."


def _breaking(gaps: Floats, tolerance: float, fault: Fault) -> list[Rows]:
    """Sets of covariates each of which, left out, leaves weights that may be used: single ones, else the widest gaps together."""
    every = np.arange(len(gaps))
    widest = np.argsort(-gaps, kind="stable")
    if len(every) > 1:
        single = [np.array([j]) for j in widest if not fault(np.delete(every, j), tolerance)]
        if single:
            return single[:3]
    for n in range(2, len(every)):
        if not fault(np.sort(widest[n:]), tolerance):
            return [np.sort(widest[:n])]
    return []


def _named(names: Sequence[str], gaps: Floats, columns: Rows) -> str:
    return " with ".join(f"{names[j]} (the groups are {number(round(float(gaps[j]), 2))} sd apart)" for j in columns)
