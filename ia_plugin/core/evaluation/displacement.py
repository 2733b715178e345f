"""Did crime fall in treated areas more than in control areas, and did it move next door? Counts only, no cause."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Union

from ..errors import DataRangeError, ParameterError

Number = Union[int, float]
Pair = Sequence[Number]  # (before, after)


@dataclass(frozen=True)
class Difference:
    """A difference of counts with its standard error and interval."""

    estimate: float
    se: float
    z: float
    low: float
    high: float


@dataclass(frozen=True)
class WeightedDisplacementDifference(Difference):
    """The total; `local` is treated against control, `displacement` the areas around them."""

    local: Difference
    displacement: Difference


@dataclass(frozen=True)
class WeightedDisplacementQuotient:
    """Displacement or diffusion as a share of the effect in the treated areas.

    ``readable`` is False where the treated areas did not do better than the control areas: then the quotient means nothing.
    ``gross_effect`` and ``total_net_effect`` are counts, ``net_effect`` a difference of ratios to the control.
    """

    quotient: float
    readable: bool
    gross_effect: float
    net_effect: float
    total_net_effect: float


def weighted_displacement_difference(
    treated: Pair,
    control: Pair,
    displacement_treated: Pair = (0, 0),
    displacement_control: Pair = (0, 0),
    *,
    time_weights: Pair = (1, 1),
    area_weights: Sequence[Number] = (1, 1, 1, 1),
    alpha: float = 0.05,
) -> WeightedDisplacementDifference:
    """(T₁−T₀)−(C₁−C₀)+(D₁−D₀)−(CD₁−CD₀), each count divided by its period and area (Wheeler & Ratcliffe 2018, eq. 1–4).

    Parameters
    ----------
    treated, control, displacement_treated, displacement_control : (before, after) counts
    time_weights : lengths of the periods before and after, in any unit
    area_weights : sizes of the four areas, in the order of the arguments, in any unit
    alpha : 1 − level of the interval

    Returns
    -------
    WeightedDisplacementDifference; counts are taken as Poisson, so the variance is the sum of the eight counts.

    Raises
    ------
    DataRangeError, ParameterError
        for negative or missing counts, and weights or levels that are not positive.
    """
    pairs = [_counts(p, n) for p, n in zip((treated, control, displacement_treated, displacement_control), _NAMES)]
    times, sizes = (_finite(w) for w in (time_weights, area_weights))
    if len(times) != 2 or len(sizes) != 4 or not all(w > 0 for w in (*times, *sizes)):
        raise ParameterError(
            f"Weights {time_weights!r} and {area_weights!r} are not two and four positive numbers.",
            "Give the lengths of both periods and the sizes of the four areas.",
        )
    if not 0 < alpha < 1:
        raise ParameterError(f"alpha = {alpha!r} is no probability.", "Give a number between 0 and 1, such as 0.05.")
    changes = []
    for (before, after), area in zip(pairs, sizes):
        scale_before, scale_after = times[0] * area, times[1] * area
        change = after / scale_after - before / scale_before
        changes.append((change, after / scale_after**2 + before / scale_before**2))
    signs = (1, -1, 1, -1)
    estimates = [s * change for s, (change, _) in zip(signs, changes)]
    variances = [variance for _, variance in changes]
    local, moved = (_difference(sum(estimates[i : i + 2]), sum(variances[i : i + 2]), alpha) for i in (0, 2))
    total = _difference(sum(estimates), sum(variances), alpha)
    return WeightedDisplacementDifference(total.estimate, total.se, total.z, total.low, total.high, local, moved)


def harm_weighted(parts: Sequence[Difference], weights: Sequence[Number], *, alpha: float = 0.05) -> Difference:
    """Σ wᵢ·WDDᵢ with variance Σ wᵢ²·varᵢ: crime types weighed by their harm."""
    if len(parts) != len(weights):
        raise ParameterError(f"{len(parts)} differences and {len(weights)} weights.", "Give one weight for each.")
    estimate = sum(w * p.estimate for w, p in zip(weights, parts))
    return _difference(estimate, sum((w * p.se) ** 2 for w, p in zip(weights, parts)), alpha)


def weighted_displacement_quotient(treated: Pair, control: Pair, displacement: Pair) -> WeightedDisplacementQuotient:
    """(Dₐ/Cₐ − D_b/C_b) / (Rₐ/Cₐ − R_b/C_b) (Bowers & Johnson 2003): above 0 diffusion, below 0 displacement.

    Parameters
    ----------
    treated, control, displacement : (before, after) counts of the treated areas, the control areas and the buffer

    Raises
    ------
    DataRangeError
        for a count of zero, for ratios to it mean nothing.
    """
    pairs = [_counts(p, n) for p, n in zip((treated, control, displacement), ("treated", "control", "displacement"))]
    for pair, name in zip(pairs, ("treated", "control", "displacement")):
        if 0 in pair:
            raise DataRangeError(
                f"The {name} counts are {pair[0]:g} and {pair[1]:g}.",
                "Take a longer period: a quotient needs counts above zero.",
            )
    (r0, r1), (c0, c1), (d0, d1) = pairs
    effect = r1 / c1 - r0 / c0
    quotient = (d1 / c1 - d0 / c0) / effect if effect else math.nan
    net = (r0 * c1 / c0 - r1) + (d0 * c1 / c0 - d1)
    return WeightedDisplacementQuotient(quotient, effect < 0, r0 - r1, -effect, net)


def ratio_of_ratios(treated: Pair, control: Pair, *, alpha: float = 0.05) -> tuple[float, float, float]:
    """(T₁/T₀) ÷ (C₁/C₀) with the interval of Poisson counts: ln of it has the variance of the sum of 1/count.

    >>> [round(v, 3) for v in ratio_of_ratios((207, 110), (308, 318))]
    [0.515, 0.389, 0.681]

    Raises
    ------
    DataRangeError
        for a count of zero, of which there is no logarithm.
    """
    (t0, t1), (c0, c1) = (_counts(p, n) for p, n in ((treated, "treated"), (control, "control")))
    if not min(t0, t1, c0, c1) > 0:
        raise DataRangeError("A count is zero.", "Take a longer period: a ratio of ratios needs counts above zero.")
    log = math.log(t1 / t0) - math.log(c1 / c0)
    reach = NormalDist().inv_cdf(1 - alpha / 2) * math.sqrt(1 / t0 + 1 / t1 + 1 / c0 + 1 / c1)
    return math.exp(log), math.exp(log - reach), math.exp(log + reach)


_NAMES = ("treated", "control", "displacement_treated", "displacement_control")


def _counts(pair: Pair, name: str) -> tuple[float, float]:
    values = _finite(pair)
    if len(values) != 2 or not all(v >= 0 for v in values):
        raise DataRangeError(f"{name} = {pair!r} is no pair of counts.", "Give the counts before and after.")
    return values[0], values[1]


def _finite(values: Sequence[Number]) -> tuple[float, ...]:
    """The numbers given; none where one is missing, endless or no number, or where they are no sequence."""
    try:
        found = tuple(float(v) for v in values)
    except (TypeError, ValueError):
        return ()
    return found if all(map(math.isfinite, found)) else ()


def _difference(estimate: float, variance: float, alpha: float) -> Difference:
    se = math.sqrt(variance)
    reach = NormalDist().inv_cdf(1 - alpha / 2) * se
    return Difference(estimate, se, estimate / se if se else math.nan, estimate - reach, estimate + reach)
