"""How events go with what changes within a stratum: Poisson counts conditioned on each stratum's sum.

In a stratum (an area at one hour of the week, an area on one day) everything that stays the same drops out: the size of the
area, its kind, the season. What is left is whether the events of a stratum lie where x is high or where it is low. Given a
stratum's sum its counts are multinomial with shares ``exp(beta * x + offset)``; for one event a stratum this is conditional
logistic regression (Armstrong, Gasparrini & Tobias 2014).

The stated interval is the jackknife over areas (CRV3) with t on areas − 1, as that of :mod:`.poisson`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Array, Floats, Rows
from ..errors import DataRangeError, EstimateError, ParameterError
from .poisson import Dropped, leaning
from .student_t import t_quantile, two_sided

MOST_ROUNDS = 60
CLOSE = 1e-8  # after a step this small (x in its standard deviations) what is missing is its square
MOST_WORK = 60_000_000
"""Rows × areas × regressors up to which each refit of the jackknife is iterated to the end; beyond, one step of Newton."""
_LEAST_INFORMATION = 1e-6


@dataclass(frozen=True)
class StrataFit:
    """A fit; every figure of x is an array (k,).

    Attributes
    ----------
    beta : log rate ratio for one more unit of each x
    se_cr0, se_cr1, se_jackknife : standard errors clustered by area
    low, high, p : of the jackknife, t on areas − 1; the interval at `level`
    p_cr1 : p of CR1, same t
    covariance : (k, k) of the jackknife
    dispersion : Pearson's φ
    dropped : areas whose strata say nothing: no event, or nothing to hold it against
    areas : names of those that took part
    strata, events : numbers that took part
    beta_without : (areas, k), beta with each area left out
    rests_on : areas without which beta cannot be known
    likelihood : log likelihood at beta, up to a constant of the counts
    level : of the interval
    """

    beta: Floats
    se_cr0: Floats
    se_cr1: Floats
    se_jackknife: Floats
    low: Floats
    high: Floats
    p: Floats
    p_cr1: Floats
    covariance: Floats
    dispersion: float
    dropped: Dropped
    areas: tuple[object, ...]
    strata: int
    events: float
    beta_without: Floats
    rests_on: tuple[object, ...]
    likelihood: float
    level: float

    @property
    def degrees(self) -> int:
        """Degrees of freedom of t: areas − 1."""
        return len(self.areas) - 1

    @property
    def times(self) -> int:
        """Strata that took part: what stands for periods here."""
        return self.strata

    def leans_on(self, column: int = 0) -> str:
        """The area that more than half of the jackknife's variance comes from; blank where there is none."""
        return leaning(self.beta_without[:, column] - self.beta[column], self.areas)


@dataclass(frozen=True)
class _Rows:
    """Rows sorted by stratum, those that say something."""

    y: Floats
    x: Floats
    offset: Floats
    begin: Rows  # first row of each stratum
    of: Rows  # stratum of each row
    sums: Floats  # events of each stratum
    area: Rows  # area of each stratum
    areas: tuple[object, ...]
    dropped: tuple[object, ...]

    def at(self, beta: Floats) -> tuple[Floats, Floats, Floats]:
        """Log likelihood, scores and information by stratum (strata,), (strata, k), (strata, k, k)."""
        line = self.offset + self.x @ beta
        line -= np.maximum.reduceat(line, self.begin)[self.of]
        raw = np.exp(line)
        whole = np.add.reduceat(raw, self.begin)
        expected = raw * (self.sums / whole)[self.of]
        likelihood = np.add.reduceat(self.y * line, self.begin) - self.sums * np.log(whole)
        weighted = self.x * expected[:, None]
        mean = np.add.reduceat(weighted, self.begin, axis=0)
        score = np.add.reduceat(self.x * self.y[:, None], self.begin, axis=0) - mean
        inner = self.x - (mean / self.sums[:, None])[self.of]
        k = self.x.shape[1]
        information = np.empty((len(self.sums), k, k))
        for i in range(k):
            for j in range(i, k):
                part = np.add.reduceat(expected * inner[:, i] * inner[:, j], self.begin)
                information[:, i, j] = information[:, j, i] = part
        return likelihood, score, information

    def expected(self, beta: Floats) -> Floats:
        """Expected counts of the rows."""
        line = self.offset + self.x @ beta
        raw = np.exp(line - np.maximum.reduceat(line, self.begin)[self.of])
        out: Floats = raw * (self.sums / np.add.reduceat(raw, self.begin))[self.of]
        return out

    def by_area(self, values: Floats) -> Floats:
        """Sums over strata (areas, …)."""
        flat = values.reshape(len(values), -1)
        sums = [np.bincount(self.area, column, len(self.areas)).astype(np.float64) for column in flat.T]
        out: Floats = np.stack(sums, axis=1).reshape(len(self.areas), *values.shape[1:])
        return out


def fit_in_strata(
    y: Union[Array, Sequence[float]],
    x: Union[Array, Sequence[float]],
    *,
    stratum: Union[Array, Sequence[object]],
    area: Union[Array, Sequence[object]],
    offset: Union[Array, Sequence[float], None] = None,
    level: float = 0.95,
) -> StrataFit:
    """Fit counts within strata: ``y ~ multinomial(sum of the stratum, exp(beta * x + offset))``.

    Parameters
    ----------
    y : (n,) counts
    x : (n,) or (n, k) regressors
    stratum : (n,) labels; each stratum lies in one area
    area : (n,) labels, the clusters of the jackknife
    offset : (n,) logarithm of the exposure, such as hours; rows with −inf could not have had an event and take no part
    level : of the interval

    Returns
    -------
    StrataFit

    Raises
    ------
    DataRangeError
        for values that are no numbers, negative counts, or an event where there is no exposure.
    EstimateError
        where there is no such figure: no stratum with an event and another row, x constant within every stratum, two
        regressors that say the same, counts that x separates, fewer than two areas.

    Examples
    --------
    One event in each of four strata of two rows; three of them lie where x is 1: odds 3 to 1.

    >>> fit = fit_in_strata([1, 0, 1, 0, 1, 0, 0, 1], [1, 0] * 4, stratum=[1, 1, 2, 2, 3, 3, 4, 4], area=list("aaaabbbb"))
    >>> round(float(np.exp(fit.beta[0])), 6), fit.strata, fit.events
    (3.0, 4, 4.0)
    """
    if not 0 < level < 1:
        raise ParameterError(f"level = {level!r} is no share.", "Give a number between 0 and 1, such as 0.95.")
    rows = _rows(y, x, stratum, area, offset)
    rows, spread = _scaled(rows)
    beta, information = _maximum(rows, np.zeros(rows.x.shape[1]), None)
    return _fit_of(rows, spread, beta, np.linalg.inv(information), level)


def reliability_in_strata(x: Floats, error_variance: Floats, stratum: Rows) -> float:
    """The share of x, within strata, that is not the error of measuring it: 1 to 0.

    Parameters
    ----------
    x, error_variance : (n,) a regressor, and the variance of each value's own error, in units of x squared
    stratum : (n,) numbers from 0

    >>> round(reliability_in_strata(np.array([0.0, 2.0]), np.array([0.5, 0.5]), np.array([0, 0])), 2)
    0.75
    """
    size = np.bincount(stratum)
    mean = np.bincount(stratum, x) / np.maximum(size, 1)
    own = float(((x - mean[stratum]) ** 2).sum())
    wrong = float((error_variance * (1 - 1 / size[stratum])).sum())
    return min(1.0, max(0.0, 1 - wrong / own)) if own > 0 else math.nan


# --- parts ------------------------------------------------------------------------------------------------------------


def _fit_of(rows: _Rows, spread: Floats, beta: Floats, bread: Floats, level: float) -> StrataFit:
    """The fit in units of x, from what was found in units of its spread."""
    likelihood, score, own = rows.at(beta)
    scores, owns = rows.by_area(score), rows.by_area(own)
    without = _without_each(rows, beta, scores, owns)
    g = len(rows.areas)
    cr0 = np.sqrt(np.diagonal(bread @ (scores.T @ scores) @ bread))
    moved = without - beta
    covariance = (g - 1) / g * moved.T @ moved if np.isfinite(without).all() else np.full((len(beta),) * 2, np.nan)
    jackknife, cr1 = np.sqrt(np.diagonal(covariance)), cr0 * math.sqrt(g / (g - 1))
    reach = np.nan_to_num(t_quantile(0.5 + level / 2, g - 1) * jackknife, nan=np.inf)
    expected = rows.expected(beta)
    free = len(rows.y) - len(rows.sums) - len(beta)
    some = expected > 0
    phi = float(((rows.y - expected)[some] ** 2 / expected[some]).sum() / free) if free > 0 else math.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        statistics = [np.where(se > 0, beta / np.where(se > 0, se, 1.0), np.nan) for se in (jackknife, cr1)]
    return StrataFit(
        beta=beta / spread, se_cr0=cr0 / spread, se_cr1=cr1 / spread, se_jackknife=jackknife / spread,
        low=(beta - reach) / spread, high=(beta + reach) / spread,
        p=two_sided(statistics[0], g - 1), p_cr1=two_sided(statistics[1], g - 1),
        covariance=covariance / np.outer(spread, spread), dispersion=phi, dropped=Dropped(rows.dropped, ()),
        areas=rows.areas, strata=len(rows.sums), events=float(rows.sums.sum()), beta_without=without / spread,
        rests_on=tuple(a for a, row in zip(rows.areas, without) if not np.isfinite(row).all()),
        likelihood=float(likelihood.sum()), level=level,
    )  # fmt: skip


def _rows(
    y: Union[Array, Sequence[float]],
    x: Union[Array, Sequence[float]],
    stratum: Union[Array, Sequence[object]],
    area: Union[Array, Sequence[object]],
    offset: Union[Array, Sequence[float], None],
) -> _Rows:
    counts, columns = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    columns = columns[:, None] if columns.ndim == 1 else columns
    logs = np.zeros(len(counts)) if offset is None else np.asarray(offset, dtype=np.float64)
    if not len(counts) == len(columns) == len(logs) == len(stratum) == len(area):
        raise DataRangeError("The columns have different lengths.", "Give one value of each for every row.")
    exposed = logs > -np.inf
    if (
        not np.isfinite(counts).all()
        or not np.isfinite(columns[exposed]).all()
        or np.isnan(logs).any()
        or (logs == np.inf).any()
    ):
        raise DataRangeError("Some values are no numbers.", "Leave out the rows of hours that were not observed.")
    if (counts < 0).any():
        raise DataRangeError("Some counts are below 0.", "Give numbers of 0 or more.")
    if (counts[~exposed] > 0).any():
        raise DataRangeError(
            "There are events in time of no length.", "Leave out events of hours that were not observed."
        )
    codes = pd.factorize(pd.Series(stratum), sort=False)[0]
    area_code, names = pd.factorize(pd.Series(area), sort=True)
    if (codes < 0).any() or (area_code < 0).any():
        raise DataRangeError("Some rows name no stratum or no area.", "Give each row both.")
    size = int(codes.max()) + 1 if len(codes) else 0
    first_area = np.zeros(size, dtype=np.intp)
    first_area[codes[::-1]] = area_code[::-1]
    if (first_area[codes] != area_code).any():
        raise DataRangeError("A stratum lies in two areas.", "Give each stratum to one area.")
    tells = (
        exposed & ((np.bincount(codes, counts, size) > 0) & (np.bincount(codes[exposed], minlength=size) > 1))[codes]
    )
    order = np.flatnonzero(tells)[np.argsort(codes[tells], kind="stable")]
    taking = np.unique(area_code[order])
    gone = tuple(str(n) for n in np.delete(np.asarray(names, dtype=object), taking))
    if len(taking) < 2:
        raise EstimateError(
            f"{len(taking)} of {len(names)} areas have an event with something to hold it against; two are the least.",
            "Take more areas, a longer time, or a commoner type of event.",
        )
    begin = np.flatnonzero(np.r_[True, np.diff(codes[order]) != 0])
    of = np.repeat(np.arange(len(begin)), np.diff(np.r_[begin, len(order)]))
    return _Rows(
        counts[order], columns[order], logs[order], begin, of, np.add.reduceat(counts[order], begin),
        np.searchsorted(taking, area_code[order][begin]), tuple(names[taking]), gone,
    )  # fmt: skip


def _scaled(rows: _Rows) -> tuple[_Rows, Floats]:
    """The rows with regressors of spread 1 within strata, and those spreads (k,)."""
    start = np.zeros(rows.x.shape[1])
    middle = np.average(rows.x, axis=0, weights=rows.sums[rows.of])
    centred = _Rows(**{**vars(rows), "x": rows.x - middle})
    own = np.diagonal(centred.at(start)[2].sum(axis=0)) / rows.sums.sum()
    raw = (centred.x**2).mean(axis=0)
    if (own <= 1e-12 * raw).any():
        which = "x" if len(own) == 1 else f"regressor {int(np.flatnonzero(own <= 1e-12 * raw)[0]) + 1} of {len(own)}"
        raise EstimateError(
            f"Within every stratum {which} is the same for all rows: there is nothing to hold events against.",
            "Take a longer time, other strata, or an exposure that varies.",
        )
    spread = np.sqrt(own)
    return _Rows(**{**vars(centred), "x": centred.x / spread}), spread


def _maximum(rows: _Rows, beta: Floats, left_out: Optional[int]) -> tuple[Floats, Floats]:
    """Beta and the information there, without one of the areas where asked; NaN where there is no maximum."""
    part = np.ones(len(rows.sums), dtype=bool) if left_out is None else rows.area != left_out
    best, before, step = -np.inf, beta, np.zeros_like(beta)
    at_start: Optional[Floats] = None
    information = np.full((len(beta),) * 2, np.nan)
    for _ in range(MOST_ROUNDS):
        likelihood, score, own = rows.at(beta)
        value = float(likelihood[part].sum())
        if value < best - 1e-9 * (1 + abs(best)):
            step = step / 2
            beta = before + step
            continue
        best, before, information = value, beta, own[part].sum(axis=0)
        at_start = np.diagonal(information) if at_start is None else at_start
        if _lost(information, at_start):
            return _no_maximum(left_out, beta, information)
        step = np.linalg.solve(information, score[part].sum(axis=0))
        beta = beta + step
        if np.abs(step).max() < CLOSE:
            return beta, information
    return _no_maximum(left_out, beta, information)


def _lost(information: Floats, at_start: Floats) -> bool:
    """Whether counts say nothing more of some beta: it runs away, or two regressors say the same."""
    own = np.diagonal(information)
    if not np.isfinite(information).all() or (own <= _LEAST_INFORMATION * np.maximum(at_start, 1e-300)).any():
        return True
    scaled = information / np.sqrt(np.outer(own, own))
    return bool(np.linalg.eigvalsh(scaled)[0] < 1e-9)


def _no_maximum(left_out: Optional[int], beta: Floats, information: Floats) -> tuple[Floats, Floats]:
    if left_out is not None:
        return np.full_like(beta, np.nan), information
    raise EstimateError(
        "The counts are separated by what they are held against, or two regressors say the same: no rate ratio is too extreme for them.",
        "Take a longer time, fewer regressors, or a commoner type of event.",
    )


def _without_each(rows: _Rows, beta: Floats, scores: Floats, owns: Floats) -> Floats:
    """Beta (areas, k) with each area left out."""
    g, k = len(rows.areas), len(beta)
    left = owns.sum(axis=0) - owns
    known = np.array([not _lost(part, np.diagonal(owns.sum(axis=0))) for part in left])
    out = np.full((g, k), np.nan)
    out[known] = beta - np.linalg.solve(left[known], scores[known][..., None])[..., 0]
    if len(rows.y) * g * k <= MOST_WORK:
        for a in np.flatnonzero(known):
            out[a] = _maximum(rows, out[a], int(a))[0]
    return out


__all__ = ["StrataFit", "fit_in_strata", "reliability_in_strata"]
