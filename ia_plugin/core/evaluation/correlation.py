"""Correlations of areas through time, with intervals that hold where all areas share shocks: areas and blocks of time drawn anew together.

Drawing areas alone takes each area's series for its own, and drawing months alone takes each month for its own: with shocks that
all areas share, or areas that differ, either interval is far too short (METHODS, calls for service and recorded crime).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..arrays import Bools, Floats, Ints
from .student_t import t_quantile, two_sided

AT_ONCE = 64  # resamples
BLOCK = 3  # periods that are drawn together
LEAST_DRAWN = 0.9
"""Share of resamples that must have a correlation: where many have none, it rests on a few areas, and the others agree only with themselves."""
LEAST_ALONE = 60
"""A single series of fewer periods has no interval."""
LEAST_AREAS = 5
LEAST_PERIODS = 6
ROUNDING = 1e-12


@dataclass(frozen=True)
class Correlation:
    """A correlation with its interval at `level`; NaN where there is none."""

    estimate: float
    low: float
    high: float
    p: float
    degrees: float
    level: float = 0.95


def pearson_and_spearman(x: Floats, y: Floats) -> tuple[float, float]:
    """Both correlations of two columns; of ties the mean rank.

    >>> [round(r, 6) for r in pearson_and_spearman([120, 95, 60, 150, 80, 80], [40, 30, 22, 45, 31, 28])]
    [0.975813, 0.898645]
    """
    one, other = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    return _plain(one, other), _plain(ranks(one), ranks(other))


def ranks(values: Floats) -> Floats:
    """Ranks among all known values, NaN for the others; of ties their mean."""
    flat = pd.Series(np.asarray(values, dtype=np.float64).ravel()).rank().to_numpy(dtype=np.float64)
    out: Floats = flat.reshape(np.shape(values))
    return out


def across_areas(calls: Floats, crimes: Floats, size: Floats, resamples: int, seed: int = 1) -> Correlation:
    """Of means by area over its known periods, held against its size (residents, km²).

    Not of totals: both are small in an area that is known for part of the time, which by itself would make them go together.

    Parameters
    ----------
    calls, crimes : (areas, periods), NaN where not known
    size : (areas,)
    """
    known = np.isfinite(calls) & np.isfinite(crimes)
    # An area of which no period is known is no area without calls, and one whose size is not known has no rate.
    some = known.any(axis=1) & np.isfinite(size) & (size > 0)
    known, size = known[some], size[some]
    values = [np.where(known, v[some], 0.0) for v in (calls, crimes)]
    areas, periods = known.shape
    x, y = (v.sum(axis=1) / known.sum(axis=1) / size for v in values)
    estimate = _plain(x, y)
    if areas < LEAST_AREAS or math.isnan(estimate):
        return Correlation(estimate, *(math.nan,) * 3, float(areas - 2))
    of_areas, of_periods = _weights(areas, periods, resamples, seed, alone=False)
    by_period = [np.ascontiguousarray(v.T, dtype=np.float64) for v in (known, *values)]
    drawn = np.empty(resamples)
    # A few resamples at once: a table of all of them by ten thousand areas would be fetched from memory for every sign.
    for begin in range(0, resamples, AT_ONCE):
        some = slice(begin, begin + AT_ONCE)
        there, *means = (of_periods[some] @ v for v in by_period)  # (some, areas)
        weight = of_areas[some] * (there > 0)
        np.maximum(there, 1.0, out=there)
        for mean in means:
            mean /= there
            mean /= size
        drawn[some] = _weighted(means[0], means[1], weight)
    return _interval(estimate, drawn, float(areas - 2))


def within_areas(
    calls: Floats, crimes: Floats, resamples: int, seed: int = 1, *, lag: int = 0, cut: Optional[Ints] = None
) -> Correlation:
    """Of what is left of series by area, with crimes so many periods later than calls.

    Parameters
    ----------
    calls, crimes : (areas, periods), what trend and season leave; NaN where not known
    lag : periods that crimes come after calls; below 0 before them
    cut : (periods,) number of the unbroken stretch that a period lies in: pairs never reach over a break
    """
    x, y = _apart(calls, crimes, lag, cut)
    known = np.isfinite(x) & np.isfinite(y)
    areas, periods = x.shape
    n = int(known.sum())
    if n < 4:
        return Correlation(*(math.nan,) * 5)
    x, y = np.where(known, x, 0.0), np.where(known, y, 0.0)
    ones = (np.ones((1, areas)), np.ones((1, periods)))
    estimate = float(_pooled(x, y, known, *ones)[0])
    few = periods < LEAST_ALONE if areas == 1 else periods < LEAST_PERIODS or areas < LEAST_AREAS
    degrees = float(min(areas, max(periods // BLOCK, 2)) - 1) if areas > 1 else float(periods // BLOCK - 1)
    if few:
        return Correlation(estimate, *(math.nan,) * 3, degrees)
    drawn = _pooled(x, y, known, *_weights(areas, periods, resamples, seed, alone=areas == 1))
    return _interval(estimate, drawn, degrees)


def slope_within(calls: Floats, crimes: Floats, resamples: int, seed: int = 1, *, level: float = 0.95) -> Correlation:
    """How many crimes more go with one call more, within areas, of what trend and season leave; NaN where there is none."""
    known = np.isfinite(calls) & np.isfinite(crimes)
    x, y = np.where(known, calls, 0.0), np.where(known, crimes, 0.0)
    areas, periods = x.shape
    degrees = float(min(areas, max(periods // BLOCK, 2)) - 1)
    estimate = (
        float(_pooled(x, y, known, np.ones((1, areas)), np.ones((1, periods)), slope=True)[0])
        if known.sum() > 3
        else math.nan
    )
    if math.isnan(estimate) or areas < LEAST_AREAS or periods < LEAST_PERIODS:
        return Correlation(estimate, *(math.nan,) * 3, degrees, level)
    drawn = _pooled(x, y, known, *_weights(areas, periods, resamples, seed, alone=False), slope=True)
    se = float(np.nanstd(drawn, ddof=1))
    if not se > 0:
        return Correlation(estimate, *(math.nan,) * 3, degrees, level)
    reach = t_quantile(0.5 + level / 2, degrees) * se
    return Correlation(
        estimate, estimate - reach, estimate + reach, float(two_sided(np.array(estimate / se), degrees)), degrees, level
    )


def what_is_left(values: Floats, season: Ints, cut: Ints) -> Floats:
    """Values (areas, periods) less each area's mean and trend in each unbroken stretch, and less the season that all areas share.

    Parameters
    ----------
    values : NaN where not known
    season : (periods,) which part of the year or week a period is; all the same for none
    cut : (periods,) number of the unbroken stretch
    """
    rest = np.array(values, dtype=np.float64)
    time = np.arange(rest.shape[1], dtype=np.float64)
    for stretch in np.unique(cut):
        at = np.flatnonzero(cut == stretch)
        part, known = rest[:, at], np.isfinite(rest[:, at])
        n = np.maximum(known.sum(axis=1, keepdims=True), 1)
        t = np.where(known, time[at], 0.0)
        t = np.where(known, t - t.sum(axis=1, keepdims=True) / n, 0.0)
        centred = np.where(known, part - np.nansum(np.where(known, part, 0.0), axis=1, keepdims=True) / n, 0.0)
        spread = (t**2).sum(axis=1, keepdims=True)
        slope = np.where(spread > 0, (t * centred).sum(axis=1, keepdims=True) / np.where(spread > 0, spread, 1.0), 0.0)
        rest[:, at] = np.where(known, centred - slope * t, np.nan)
    for part in np.unique(season) if len(np.unique(season)) > 1 else ():
        at = season == part
        some = np.isfinite(rest[:, at])
        if some.any():
            rest[:, at] -= np.nansum(rest[:, at]) / some.sum()
    return rest


# --- parts ------------------------------------------------------------------------------------------------------------


def _plain(x: Floats, y: Floats) -> float:
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < 3:
        return math.nan
    a, b = (v[known] - v[known].mean() for v in (x, y))
    # What rounding leaves of values that are all the same is no difference of theirs.
    if any(np.abs(d).max() <= ROUNDING * np.abs(v[known]).max() for d, v in ((a, x), (b, y))):
        return math.nan
    return float((a * b).sum() / math.sqrt(float((a**2).sum() * (b**2).sum())))


def _apart(calls: Floats, crimes: Floats, lag: int, cut: Optional[Ints]) -> tuple[Floats, Floats]:
    """Calls beside crimes so many periods later, where both lie in one stretch."""
    periods = calls.shape[1]
    if abs(lag) >= periods:
        return calls[:, :0], crimes[:, :0]
    early, late = (slice(0, periods - abs(lag)), slice(abs(lag), periods))
    x, y = (calls[:, early], crimes[:, late]) if lag >= 0 else (calls[:, late], crimes[:, early])
    if cut is None:
        return x, y
    one = cut[early] == cut[late]
    return np.where(one, x, np.nan), y


def _weights(areas: int, periods: int, resamples: int, seed: int, *, alone: bool) -> tuple[Floats, Floats]:
    """How often each area (resamples, areas) and each period (resamples, periods) is drawn."""
    rng = np.random.default_rng(seed)
    of_areas = np.ones((resamples, areas), dtype=np.int32)
    if not alone:
        of_areas, rng.bit_generator.state = _areas_drawn(areas, resamples, seed)
    length = min(BLOCK, periods)
    starts = rng.integers(0, periods, (resamples, -(-periods // length)))
    at = (starts[:, :, None] + np.arange(length)) % periods  # blocks in a ring, so that each period is as likely
    of_periods = np.zeros((resamples, periods))
    np.add.at(of_periods, (np.repeat(np.arange(resamples), at[0].size), at.ravel()), 1.0)
    return of_areas.astype(np.float64), of_periods


@lru_cache(maxsize=2)  # with all areas, and with the largest left out
def _areas_drawn(areas: int, resamples: int, seed: int) -> tuple[NDArray[np.int32], dict[str, Any]]:
    """How often each area is drawn, which is the same for each correlation of as many areas; and where the random numbers stand then."""
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(areas, np.full(areas, 1 / areas), resamples).astype(np.int32)
    return drawn, dict(rng.bit_generator.state)


def forget_draws() -> None:
    """Leave nothing of the draws in memory: of ten thousand areas they are tens of megabytes."""
    _areas_drawn.cache_clear()


def _pooled(x: Floats, y: Floats, known: Bools, of_areas: Floats, of_periods: Floats, *, slope: bool = False) -> Floats:
    """Correlations, or slopes of y on x, over all cells, each counting as often as its area and its period were drawn."""

    def total(values: Floats) -> Floats:
        summed: Floats = ((of_areas @ values) * of_periods).sum(axis=1)
        return summed

    n = total(known.astype(np.float64))
    n = np.where(n > 0, n, 1.0)
    mean_x, mean_y = total(x) / n, total(y) / n
    cov = total(x * y) / n - mean_x * mean_y
    var_x, var_y = total(x**2) / n - mean_x**2, total(y**2) / n - mean_y**2
    if slope:
        return np.where(var_x > 0, cov / np.where(var_x > 0, var_x, 1.0), np.nan)
    some = (var_x > 0) & (var_y > 0)
    out: Floats = np.where(some, cov / np.sqrt(np.where(some, var_x * var_y, 1.0)), np.nan)
    return out


def _weighted(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Correlations by row (resamples, areas) under weights of the same shape."""
    n = weight.sum(axis=1, keepdims=True)
    a, b = (v - (weight * v).sum(axis=1, keepdims=True) / n for v in (x, y))
    wa = weight * a
    scale = np.sqrt((wa * a).sum(axis=1) * (weight * b**2).sum(axis=1))
    out: Floats = np.where(scale > 0, (wa * b).sum(axis=1) / np.where(scale > 0, scale, 1.0), np.nan)
    return out


def _interval(estimate: float, drawn: Floats, degrees: float, level: float = 0.95) -> Correlation:
    """Fisher's z with the spread of the resamples."""
    z = np.arctanh(np.clip(drawn[np.isfinite(drawn)], -0.999999, 0.999999))
    if len(z) < max(50, LEAST_DRAWN * len(drawn)) or math.isnan(estimate) or abs(estimate) >= 1 or not z.std() > 0:
        return Correlation(estimate, *(math.nan,) * 3, degrees, level)
    middle, se = math.atanh(estimate), float(z.std(ddof=1))
    reach = t_quantile(0.5 + level / 2, degrees) * se
    p = float(two_sided(np.array(middle / se), degrees))
    return Correlation(estimate, math.tanh(middle - reach), math.tanh(middle + reach), p, degrees, level)


__all__ = [
    "Correlation",
    "across_areas",
    "forget_draws",
    "pearson_and_spearman",
    "ranks",
    "slope_within",
    "what_is_left",
    "within_areas",
]
