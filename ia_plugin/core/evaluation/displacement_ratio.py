"""The stated figure of displacement: how many events more or fewer than the comparison areas let expect.

Of impact areas T before and after, of comparison areas C: T₁ − T₀·C₁/C₀; of what lies around them likewise, with its own
comparison. The interval is a jackknife over areas within their role: each area is left out with all that lies around it, and
the others stand for it by their count before. Counts as such know nothing of how areas differ from each other, so the interval
of Poisson counts is too short by far (Wheeler & Ratcliffe's, printed beside it); where a few areas happen to agree, it is the least.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Bools, Floats, Objects
from ..errors import DataRangeError
from .student_t import t_quantile, two_sided

MOST_LOOKED_AT = 400  # areas that are left out one by one to see whether the words change
LEANS = 0.5
AFTER = 0.75  # part that the count after has in the size of an area


@dataclass(frozen=True)
class Change:
    """Events more (+) or fewer (−) than expected in the impact areas, or around them, and how surely.

    Attributes
    ----------
    estimate, se, low, high, p, degrees : of the difference; NaN where there is none, or no interval
    expected : T₀·C₁/C₀, summed over parts
    treated, compared : (before, after) counts
    areas : impact and comparison areas with any event
    why : code of a caveat: why there is no figure; blank where there is one
    rests_on, leans_on, turns_on, without_events : names of areas
    """

    estimate: float
    se: float
    low: float
    high: float
    p: float
    degrees: float
    expected: float
    treated: tuple[float, float]
    compared: tuple[float, float]
    areas: tuple[int, int]
    why: str = ""
    rests_on: tuple[str, ...] = ()
    leans_on: str = ""
    turns_on: tuple[str, ...] = ()
    without_events: tuple[str, ...] = ()

    @property
    def events(self) -> float:
        """All that were counted."""
        return sum(self.treated) + sum(self.compared)

    @property
    def percent(self) -> float:
        """The difference in per cent of what was expected; NaN where nothing was."""
        return 100 * self.estimate / self.expected if self.expected > 0 else math.nan

    @property
    def percents(self) -> tuple[float, float, float]:
        """The difference and its interval in per cent of what was expected."""
        if not self.expected > 0:
            return (math.nan,) * 3
        return tuple(100 * v / self.expected for v in (self.estimate, self.low, self.high))  # type: ignore[return-value]


def change_against_comparison(
    before: Floats,
    after: Floats,
    treated: Bools,
    names: Sequence[str] = (),
    *,
    level: float = 0.95,
    by_area: bool = True,
) -> Change:
    """The difference from what the comparison areas let expect, with its interval from the variation between areas.

    Parameters
    ----------
    before, after : (n,) counts, or (n, k): k parts, each with its own comparison, whose differences are summed (the areas, and
        what lies around them); a row is one area
    treated : (n,) whether it is an impact area
    names : of the areas
    level : of the interval
    by_area : whether to name the areas that the figure leans and turns on, which takes a figure for each area

    Raises
    ------
    DataRangeError
        for counts below zero, or tables of different shape.

    Examples
    --------
    >>> before, after = np.array([20.0, 30.0, 25.0, 25.0]), np.array([10.0, 25.0, 26.0, 24.0])
    >>> found = change_against_comparison(before, after, np.array([True, True, False, False]))
    >>> found.estimate, found.expected, round(found.percent)
    (-15.0, 50.0, -30)
    """
    b, a = (np.asarray(v, dtype=np.float64) for v in (before, after))
    b, a = (v[:, None] if v.ndim == 1 else v for v in (b, a))
    who = np.asarray(treated, dtype=bool)
    if b.shape != a.shape or len(b) != len(who) or not (np.isfinite(b).all() and np.isfinite(a).all()):
        raise DataRangeError("Counts before and after do not belong to the same areas.", "Give both for each area.")
    if (b < 0).any() or (a < 0).any():
        raise DataRangeError("A count is below zero.", "Give counts from 0 on.")
    labels = np.array([str(n) for n in names] if len(names) else [str(i) for i in range(len(b))], dtype=object)
    some = (b + a).sum(axis=1) > 0
    nothing = tuple(str(n) for n in labels[~some])
    b, a, who, labels = b[some], a[some], who[some], labels[some]
    sums = _Sums.of(b, a, who)
    why = _why_not(sums)
    estimate, spread = (math.nan, np.empty(0)) if why else (sums.estimate, sums.without_each(b, a, who) - sums.estimate)
    lost = np.flatnonzero(~np.isfinite(spread))
    se, degrees = _error(spread, who, sums, level) if not why and not len(lost) else (math.nan, math.nan)
    reach = t_quantile(0.5 + level / 2, degrees) * se if se == se else math.nan
    p = float(two_sided(np.array([estimate / se]), degrees)[0]) if se > 0 else math.nan
    found = Change(
        estimate, se, estimate - reach, estimate + reach, p, degrees, sums.expected,
        (float(sums.t0.sum()), float(sums.t1.sum())), (float(sums.c0.sum()), float(sums.c1.sum())),
        (int(who.sum()), int((~who).sum())), why, tuple(str(n) for n in labels[lost]), "", (), nothing,
    )  # fmt: skip
    if not se > 0 or not by_area:
        return found
    return _with_weight_of_areas(found, b, a, who, labels, spread, level)


@dataclass(frozen=True)
class _Sums:
    """Sums over areas, (k,) each."""

    t0: Floats
    t1: Floats
    c0: Floats
    c1: Floats

    @classmethod
    def of(cls, b: Floats, a: Floats, who: Bools) -> _Sums:
        return cls(b[who].sum(axis=0), a[who].sum(axis=0), b[~who].sum(axis=0), a[~who].sum(axis=0))

    @property
    def expected(self) -> float:
        with np.errstate(divide="ignore", invalid="ignore"):
            return float((self.t0 * self.c1 / self.c0).sum())

    @property
    def estimate(self) -> float:
        return float(self.t1.sum()) - self.expected

    @property
    def of_chance(self) -> float:
        """Variance of the figure if all counts were Poisson, and areas did not differ."""
        fell = self.c1 / self.c0
        return float((self.t1 + fell**2 * self.t0 + self.t0**2 * fell * (1 + fell) / self.c0).sum())

    def without_each(self, b: Floats, a: Floats, who: Bools) -> Floats:
        """(n,) the figure without each area, the others of its role standing for it by all they counted, before and after.

        An impact area more would have more events, and so a larger figure: that is no doubt about this one, so the size of the whole
        is held. It is taken from both counts, that after for the larger part: from the count before alone, where crime fell by a quarter,
        intervals are a sixth too short (they hold 0.92 for 0.95); from that after alone there is none where nothing is left.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            fell = self.c1 / self.c0
            size, own = (AFTER * v1 + (1 - AFTER) * fell * v0 for v1, v0 in ((self.t1, self.t0), (a, b)))
            left = np.where(self.t0 - b > 1e-9, size - own, np.nan)
            of_treated = (self.t1 - a - fell * (self.t0 - b)) * size / left - (self.t1 - fell * self.t0)
            left = np.where(self.c0 - b > 1e-9, self.c0 - b, np.nan)
            of_compared = self.t0 * (fell - (self.c1 - a) / left)
        return np.asarray(self.estimate + np.where(who[:, None], of_treated, of_compared).sum(axis=1))


def _why_not(sums: _Sums) -> str:
    if not sum(float(v.sum()) for v in (sums.t0, sums.t1, sums.c0, sums.c1)) > 0:
        return "no_events"
    return "none_before" if (sums.t0 <= 0).any() or (sums.c0 <= 0).any() else ""


def _error(spread: Floats, who: Bools, sums: _Sums, level: float) -> tuple[float, float]:
    """Standard error, and degrees of freedom by how much of it each role gives (Welch & Satterthwaite).

    A few areas may happen to agree better than counts of their size can: the interval is never shorter than that of Poisson counts.
    """
    variances, counts = [], []
    for role in (who, ~who):
        n = int(role.sum())
        if n < 2:
            return math.nan, math.nan
        part = spread[role]
        variances.append((n - 1) / n * float((part**2).sum()))
        counts.append(n)
    whole, chance = sum(variances), sums.of_chance
    degrees = whole**2 / sum(v**2 / (n - 1) for v, n in zip(variances, counts)) if whole > 0 else math.inf
    by_areas, by_chance = (
        t_quantile(0.5 + level / 2, d) * math.sqrt(v) for d, v in ((degrees, whole), (math.inf, chance))
    )
    return (math.sqrt(whole), degrees) if by_areas >= by_chance else (math.sqrt(chance), math.inf)


def _with_weight_of_areas(
    found: Change,
    b: Floats,
    a: Floats,
    who: Bools,
    labels: Objects,
    spread: Floats,
    level: float,
) -> Change:
    """The same with the areas that it hangs on by name."""
    squares = np.zeros(len(spread))
    for role in (who, ~who):
        n = int(role.sum())
        squares[role] = (n - 1) / n * spread[role] ** 2
    heaviest = int(squares.argmax())
    leans = str(labels[heaviest]) if squares[heaviest] > LEANS * squares.sum() else ""
    turns: list[str] = []
    if len(b) <= MOST_LOOKED_AT:
        for i in range(len(b)):
            keep = np.arange(len(b)) != i
            sums = _Sums.of(b[keep], a[keep], who[keep])
            if _why_not(sums):
                continue
            se, degrees = _error(sums.without_each(b[keep], a[keep], who[keep]) - sums.estimate, who[keep], sums, level)
            if se > 0 and _sign(sums.estimate, se, degrees, level) != _sign(
                found.estimate, found.se, found.degrees, level
            ):
                turns.append(str(labels[i]))
    return replace(found, leans_on=leans, turns_on=tuple(turns))


def _sign(estimate: float, se: float, degrees: float, level: float) -> int:
    reach = t_quantile(0.5 + level / 2, degrees) * se
    return int(estimate - reach > 0) - int(estimate + reach < 0)


__all__ = ["Change", "change_against_comparison"]
