"""How counts of areas in periods go with what was done there: Poisson with an effect of every area and every period.

``y ~ Poisson(exp(area + period + beta * x + offset))``: what sets areas apart for good, and what a period brings to all of
them, drop out; what is left is whether an area that had more than its usual x had more or fewer events than usual. That is
an association. Nothing here says which way it runs.

The stated interval is the jackknife over areas (CRV3, MacKinnon, Nielsen & Webb 2023) with t on areas − 1: the usual sandwich
(CR1) is too short where one area dominates or an area's periods resemble each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Array, Floats, Rows
from ..errors import EstimateError, ParameterError
from .grid import Grid, grid_of
from .student_t import t_quantile, two_sided
from .two_way import beta_without_each_unit, chunks, demeaned, leverage, solve

Value = Union[float, Floats]
"""A number for one regressor, an array (k,) for several."""

EXACT_AREAS = 400
"""Up to so many areas each refit of the jackknife is iterated to the end; beyond, one step, the same to six digits."""
LEAST_TO_LEAN = 5
_LEAST_INFORMATION = 1e-6  # of what x told at first: under it the counts are separated, and beta has no end


class Dropped(NamedTuple):
    """Areas and periods that say nothing of beta, and are named: without any event, or seen once only."""

    areas: tuple[object, ...]
    periods: tuple[object, ...]


@dataclass(frozen=True)
class PoissonFit:
    """A fit; every figure of x is a number for x (n,), an array (k,) for x (n, k).

    Attributes
    ----------
    beta : log rate ratio for one more unit of x
    se_cr0, se_cr1, se_jackknife : standard errors clustered by area; NaN for the jackknife where beta rests on one area
    low, high, p : of the jackknife, t on areas − 1; the interval at `level`
    p_cr1 : p of CR1, same t
    dispersion : Pearson's φ, 1 for pure Poisson; NaN without degrees of freedom
    dropped : areas and periods without events, or with a single row
    areas, periods : names of those that took part
    events : events that took part
    beta_without : (areas,) or (areas, k), beta with each area left out, in the order of `areas`
    rests_on : areas without which beta cannot be known
    fitted : (n,) expected counts, NaN for rows that took no part
    level : of the interval
    """

    beta: Value
    se_cr0: Value
    se_cr1: Value
    se_jackknife: Value
    low: Value
    high: Value
    p: Value
    p_cr1: Value
    dispersion: float
    dropped: Dropped
    areas: tuple[object, ...]
    periods: tuple[object, ...]
    events: float
    beta_without: Floats
    rests_on: tuple[object, ...]
    fitted: Floats
    level: float
    _grid: Grid
    _spread: Floats

    @property
    def degrees(self) -> int:
        """Degrees of freedom of t: areas − 1."""
        return len(self.areas) - 1

    def leans_on(self, column: int = 0) -> str:
        """The area that more than half of the jackknife's variance comes from; blank where there is none."""
        moved = self.beta_without.reshape(len(self.areas), -1)[:, column] - np.atleast_1d(self.beta)[column]
        return leaning(moved, self.areas)

    @property
    def times(self) -> int:
        """Periods that took part."""
        return len(self.periods)

    def interval_cr1(self) -> tuple[Value, Value]:
        """The interval by CR1 at the fit's level, to stand beside the stated one."""
        reach = t_quantile(0.5 + self.level / 2, self.degrees) * np.asarray(self.se_cr1)
        return _shaped(self.beta - reach, self.beta), _shaped(self.beta + reach, self.beta)

    def permutation(
        self,
        strata: Optional[Array] = None,
        n: int = 999,
        seed: int = 1,
        *,
        reweigh: Optional[Callable[[Rows], Floats]] = None,
    ) -> Value:
        """p of the studentised coefficient among panels whose areas were dealt each other's whole histories of x.

        Parameters
        ----------
        strata : (areas,) in the order of ``fit.areas``: histories are exchanged within a pair or stratum only
        n : permutations, 99 or more; each is a full fit
        seed : of the permutations
        reweigh : given the order (areas,), whose history each area got, the weights (areas,) that belong to it; without it
            each area keeps its weight

        Returns
        -------
        (1 + those at least as far from zero) / (1 + n), a number or (k,). Cells for which the other area's x is not known
        take no part in that permutation; a permutation that cannot be fitted counts as far.

        Raises
        ------
        ParameterError
            for too few permutations, or strata that leave nothing to exchange.

        Examples
        --------
        >>> y = [4, 5, 6, 1, 3, 3, 2, 2, 5, 6, 4, 5]
        >>> fit = fit_poisson(y, [0, 0, 0, 1] * 2 + [0] * 4, area=[1] * 4 + [2] * 4 + [3] * 4, period=[1, 2, 3, 4] * 3)
        >>> 0 < fit.permutation(n=99, seed=3) <= 1
        True
        """
        if n < 99:
            raise ParameterError(f"{n} permutations are too few.", "Ask for 999.")
        orders = permuted_orders(len(self.areas), strata, n, seed)
        grid = self._grid
        own = _studentised(grid, np.arange(len(self.areas))[None], None)
        drawn = np.empty((n, grid.k))
        for rows in chunks(n, grid.y.size * (1 + grid.k)):
            drawn[rows] = _studentised(grid, orders[rows], reweigh)
        as_far = ~(np.abs(drawn) < np.abs(own) - 1e-9)
        return _shaped((1 + as_far.sum(axis=0)) / (1 + n), self.beta)

    def reliability(self, error_variance: Array) -> Value:
        """The share of x, after areas and periods are taken out, that is not the error of measuring it: 1 to 0.

        Parameters
        ----------
        error_variance : shaped as x; the variance of each value's own error, in units of x squared. Error that an area
            or a period shares is no part of it: the effects take that out.

        A coefficient is drawn towards zero by about this factor; under 0.7 it is to be withheld.
        """
        grid = self._grid
        given = np.asarray(error_variance, dtype=np.float64)
        if given.shape[:1] != self.fitted.shape or (given < 0).any():
            raise ParameterError(
                "The error variances are not one number of 0 or more for each row.", "Give them in the order of x."
            )
        error = grid.cells(given.reshape(len(given), -1).T) / self._spread[:, None, None] ** 2
        weight = grid.expected
        rest = demeaned(grid.x[None], weight[None])[0]
        wrong = (weight * error * (1 - leverage(weight))).sum(axis=(1, 2))
        return _shaped(np.clip(1 - wrong / (weight * rest**2).sum(axis=(1, 2)), 0.0, 1.0), self.beta)


def fit_poisson(
    y: Union[Array, Sequence[float]],
    x: Union[Array, Sequence[float]],
    *,
    area: Union[Array, Sequence[object]],
    period: Union[Array, Sequence[object]],
    offset: Union[Array, Sequence[float], None] = None,
    weights: Union[Array, Sequence[float], None] = None,
    level: float = 0.95,
    weights_without: Optional[Callable[[object], Floats]] = None,
) -> PoissonFit:
    """Fit ``y ~ Poisson(exp(area + period + beta * x + offset))``.

    Parameters
    ----------
    y : (n,) counts, or shares of counts; a row for each area and period that was observed, in any order; rows may be missing
    x : (n,) or (n, k) regressors
    area, period : (n,) labels of any kind that can be sorted
    offset : (n,) logarithm of the exposure, such as days observed
    weights : (n,) 0 or more, such as those of a matching; an area with weight 0 takes no part
    level : of the interval
    weights_without : for weights that were estimated: given an area, the weights (n,) had it not been there

    Returns
    -------
    PoissonFit

    Raises
    ------
    DataRangeError
        for values that are no numbers, negative counts, or two rows of one area and period.
    EstimateError
        where there is no such figure: fewer than two areas or periods with events, x that does not vary within areas beyond
        what all share, regressors that say the same, counts that x separates (no events at all where x is high).

    Examples
    --------
    >>> fit = fit_poisson([4, 5, 6, 1, 3, 3, 2, 2], [0, 0, 0, 1, 0, 0, 0, 0], area=[1] * 4 + [2] * 4, period=[1, 2, 3, 4] * 2)
    >>> round(fit.beta, 4), fit.dropped.areas
    (-1.3218, ())
    """
    if not 0 < level < 1:
        raise ParameterError(f"level = {level!r} is no share.", "Give a number between 0 and 1, such as 0.95.")
    grid, spread = _scaled(grid_of(y, x, area=area, period=period, offset=offset, weights=weights))
    start = grid.start_of_levels(grid.y, grid.base)[None]
    found = solve(grid.y[None], grid.x[None], grid.base[None], np.zeros((1, grid.k)), start)
    grid = grid.with_expected(found.expected[0])
    information, cr0 = _sandwich(grid, grid.y[None], grid.x[None], found.expected)
    if not found.converged[0] or not _known(information, grid)[0]:
        raise EstimateError(
            "The counts are separated: where x is high (or low) there are no events at all, and no rate ratio is too extreme for them.",
            "Take longer periods, more areas, or a commoner type of event.",
        )
    without = _without_each(grid, found.beta[0], found.levels[0], weights_without)
    shape = np.zeros(()) if np.ndim(x) == 1 else found.beta[0]
    return _fit_of(grid, spread, found.beta[0], np.sqrt(np.diagonal(cr0[0])), without, shape, level)


def _fit_of(
    grid: Grid, spread: Floats, beta: Floats, se: Floats, without: Floats, shape: Floats, level: float
) -> PoissonFit:
    """The fit in units of x, from what was found in units of its spread."""
    g = len(grid.areas)
    cr1 = se * math.sqrt(g / (g - 1))
    jackknife = np.sqrt((g - 1) / g * ((without - beta) ** 2).sum(axis=0))
    reach = np.nan_to_num(t_quantile(0.5 + level / 2, g - 1) * jackknife, nan=np.inf)

    def out(values: Floats) -> Value:
        return _shaped(values, shape)

    return PoissonFit(
        beta=out(beta / spread),
        se_cr0=out(se / spread),
        se_cr1=out(cr1 / spread),
        se_jackknife=out(jackknife / spread),
        low=out((beta - reach) / spread),
        high=out((beta + reach) / spread),
        p=out(two_sided(_over(beta, jackknife), g - 1)),
        p_cr1=out(two_sided(_over(beta, cr1), g - 1)),
        dispersion=grid.dispersion(),
        dropped=Dropped(grid.areas_dropped, grid.periods_dropped),
        areas=grid.areas,
        periods=grid.periods,
        events=grid.events,
        beta_without=without / spread if shape.ndim else (without / spread)[:, 0],
        rests_on=tuple(a for a, row in zip(grid.areas, without) if not np.isfinite(row).all()),
        fitted=grid.fitted(),
        level=level,
        _grid=grid,
        _spread=spread,
    )


def leaning(moved: Floats, areas: Sequence[object]) -> str:
    """The area that more than half of a jackknife's variance comes from, of how far leaving each out moves the figure.

    Of two or three areas one always has half of it, so that there it says nothing.

    >>> leaning(np.array([0.1, -0.1, 0.5, 0.1, 0.0]), list("abcde"))
    'c'
    """
    squares = moved**2
    if len(areas) < LEAST_TO_LEAN or not squares.sum() > 0 or squares.max() <= 0.5 * squares.sum():
        return ""
    return str(areas[int(squares.argmax())])


def permuted_orders(areas: int, strata: Optional[Array], n: int, seed: int) -> Rows:
    """Orders (n, areas), each a permutation within strata: whose history each area is dealt."""
    groups = np.zeros(areas, dtype=object) if strata is None else np.asarray(strata, dtype=object)
    if groups.shape != (areas,):
        raise ParameterError(f"{len(groups)} strata for {areas} areas.", "Give one for each of the fit's areas.")
    if pd.isna(groups).any():
        raise ParameterError(
            "An area has no stratum.", "Give each area one, or leave areas without a pair out of the fit."
        )
    codes = np.unique(groups.astype(str), return_inverse=True)[1]
    if len(set(codes.tolist())) == areas:
        raise ParameterError("Every area is a stratum of its own: nothing can be exchanged.", "Give larger strata.")
    keys = np.random.default_rng(seed).random((n, areas))
    # Sorted within their stratum by chance, then laid where the stratum's areas stand.
    by_chance = np.lexsort((keys, np.broadcast_to(codes, keys.shape)), axis=1)
    orders = np.empty((n, areas), dtype=np.intp)
    orders[:, np.argsort(codes, kind="stable")] = by_chance
    return orders


def _scaled(grid: Grid) -> tuple[Grid, Floats]:
    """The grid with regressors of spread 1 after areas and periods are taken out, and those spreads (k,)."""
    weight = grid.independent()
    rest = demeaned(grid.x[None], weight[None])[0]
    own = (weight * rest**2).sum(axis=(1, 2))
    middle = (weight * grid.x).sum(axis=(1, 2)) / weight.sum()
    raw = (weight * (grid.x - middle[:, None, None]) ** 2).sum(axis=(1, 2))
    size = (weight * grid.x**2).sum(axis=(1, 2))
    still = own <= np.maximum(1e-10 * raw, 1e-20 * size)
    if still.any():
        which = "x" if grid.k == 1 else f"regressor {int(np.flatnonzero(still)[0]) + 1} of {grid.k}"
        raise EstimateError(
            f"{which} does not vary within areas beyond what all areas share in a period.",
            "Such a regressor cannot be told from the areas' own level or from the season: take one that changes at different times.",
        )
    spread = np.sqrt(own / weight.sum())
    alike = np.einsum("kul,mul,ul->km", rest, rest, weight) / np.sqrt(np.outer(own, own))
    if np.linalg.eigvalsh(alike)[0] < 1e-8:
        raise EstimateError("Two or more of the regressors say the same.", "Leave one of them out.")
    return grid.with_x(grid.x / spread[:, None, None]), spread


def _sandwich(grid: Grid, y: Floats, x: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Information of beta and its variance clustered by area, CR0, both (fits, k, k)."""
    rest = demeaned(x, expected)
    information = np.einsum("bkul,bmul,bul->bkm", rest, rest, expected)
    scores = np.einsum("bkul,bul->bku" if grid.areas_are_units else "bkul,bul->bkl", rest, y - expected)
    bread = np.linalg.pinv(information, rcond=1e-12, hermitian=True)
    return information, bread @ np.einsum("bkg,bmg->bkm", scores, scores) @ bread


def _known(information: Floats, grid: Grid) -> Array:
    """Fits whose information on every regressor has not vanished."""
    least = np.linalg.eigvalsh(information)[:, 0]
    return np.asarray(least > _LEAST_INFORMATION * grid.y.sum())


def _studentised(grid: Grid, orders: Rows, reweigh: Optional[Callable[[Rows], Floats]]) -> Floats:
    """beta / its clustered standard error (fits, k) with histories of x dealt by `orders`; NaN where there is no fit."""
    x, y, base = grid.dealt(orders, reweigh)
    levels = np.stack([grid.start_of_levels(*pair) for pair in zip(y, base)])
    levels = np.broadcast_to(levels, (len(orders), levels.shape[1]))
    found = solve(y, x, base, np.zeros((len(orders), grid.k)), levels)
    information, variance = _sandwich(grid, y, x, found.expected)
    se = np.sqrt(np.diagonal(variance, axis1=1, axis2=2))
    good = found.converged & _known(information, grid)
    return np.where(good[:, None], _over(found.beta, se), np.nan)


def _without_each(
    grid: Grid, beta: Floats, levels: Floats, weights_without: Optional[Callable[[object], Floats]]
) -> Floats:
    """Beta (areas, k) with each area left out; NaN where nothing is left to tell it."""
    areas = len(grid.areas)
    if areas > EXACT_AREAS and grid.areas_are_units and weights_without is None:
        return beta_without_each_unit(grid.y, grid.x, grid.base, beta, levels)
    out = np.full((areas, grid.k), np.nan)
    for rows in chunks(areas, grid.y.size * (1 + grid.k)):
        y, base = grid.without(rows, weights_without)
        x = np.broadcast_to(grid.x, (len(rows), *grid.x.shape))
        start = np.tile(beta, (len(rows), 1)), np.tile(levels, (len(rows), 1))
        found = solve(y, x, base, *start)
        information, _ = _sandwich(grid, y, x, found.expected)
        good = found.converged & _known(information, grid)
        out[rows[good]] = found.beta[good]
    return out


def _over(beta: Floats, se: Floats) -> Floats:
    """beta / se; NaN where the counts are fitted to the last one, so that nothing is left to judge by."""
    some = se > 1e-9
    out: Floats = np.where(some, beta / np.where(some, se, 1.0), np.nan)
    return out


def _shaped(values: Floats, like: Value) -> Value:
    """One number where x was one column."""
    flat = np.atleast_1d(np.asarray(values, dtype=np.float64))
    return float(flat[0]) if np.ndim(like) == 0 else flat


__all__ = ["Dropped", "PoissonFit", "fit_poisson", "permuted_orders"]
