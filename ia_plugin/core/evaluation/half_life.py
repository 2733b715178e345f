"""How long a lull lasts: the half-life of a rate that comes back, by profile likelihood.

The log rate ratio is ``delta * 2**(-t / h)`` at t minutes after a visit. For each h the counts, conditioned on the sum of each
stratum, have one delta; the h that fits them most closely is the best estimate, and its interval is all h whose likelihood is near
enough. How near is widened by how much more the areas vary than chance alone would make them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np

from ..arrays import Floats, Rows
from ..errors import EstimateError
from ..words import STATED, amount, number, share
from .strata_poisson import fit_in_strata
from .student_t import t_quantile

SHORTEST_MIN, LONGEST_MIN, POINTS = 2.0, 20_160.0, 61
ROUNDS = 40
MOST_STEP = 2.0


@dataclass(frozen=True)
class HalfLife:
    """Minutes: best estimate with its interval; None, with the reason as a sentence, where there is none.

    Attributes
    ----------
    minutes : (best, low, high)
    sentence : the figure in words, or why there is none
    """

    minutes: Optional[tuple[float, float, float]]
    sentence: str


@dataclass(frozen=True, eq=False)
class Cells:
    """Counts by stratum and bin of time since the last visit: (n,) each, strata standing together.

    Attributes
    ----------
    area, stratum, bin : numbers from 0
    y : events
    exposure : hours times what is usual at their hour of the week
    """

    area: Rows
    stratum: Rows
    bin: Rows
    y: Floats
    exposure: Floats


class _Fit(NamedTuple):
    likelihood: float
    delta: float
    information: float


def half_life(cells: Cells, edges_min: Floats, level: float = STATED) -> HalfLife:
    """The half-life of the change after a visit.

    Parameters
    ----------
    cells : Cells
    edges_min : minutes at which bins begin, 0 first; the last has no end
    level : of the interval

    Returns
    -------
    HalfLife
    """
    some = np.bincount(cells.stratum, cells.y)[cells.stratum] > 0
    cells = Cells(*(getattr(cells, name)[some] for name in Cells.__dataclass_fields__))
    if len(cells.y) < 2:
        return HalfLife(None, "No half-life: too few events follow a visit.")
    lives = np.geomspace(SHORTEST_MIN, LONGEST_MIN, POINTS)
    begin = np.flatnonzero(np.r_[True, np.diff(cells.stratum) != 0])
    fits, start = [], 0.0
    for h in lives:
        fits.append(_fit(cells, begin, _shape(edges_min, h)[cells.bin], start))
        start = fits[-1].delta if math.isfinite(fits[-1].delta) else 0.0
    likelihood = np.array([f.likelihood for f in fits])
    top = int(np.nanargmax(likelihood))
    try:
        x = _shape(edges_min, lives[top])[cells.bin]
        fit = fit_in_strata(cells.y, x, stratum=cells.stratum, area=cells.area, offset=np.log(cells.exposure))
    except EstimateError as error:
        return HalfLife(None, f"No half-life: {error.args[0]}")
    widened = max(1.0, float(fit.se_jackknife[0]) ** 2 * fits[top].information)
    near = t_quantile(0.5 + level / 2, fit.degrees) ** 2 * widened / 2
    return _with_limits(np.log(lives), likelihood, top, near)


def _with_limits(lives: Floats, likelihood: Floats, top: int, near: float) -> HalfLife:
    """Best estimate and limits, between the points of the grid; `lives` are logs of minutes."""
    best, height = _vertex(lives, likelihood, top)
    ends = []
    for way in (-1, 1):
        at = top
        while 0 <= at < len(lives) and not height - likelihood[at] > near:
            at += way
        if not 0 <= at < len(lives) or not math.isfinite(near):
            side = "short" if way < 0 else "long"
            return HalfLife(
                None, f"No half-life: the counts bear any that is {side} enough, so that it has no interval."
            )
        drop = [height - likelihood[at - way], height - likelihood[at]]
        ends.append(lives[at - way] + (near - drop[0]) / (drop[1] - drop[0]) * (lives[at] - lives[at - way]))
    low, high = (math.exp(min(e, best) if k == 0 else max(e, best)) for k, e in enumerate(ends))
    minutes = (math.exp(best), low, high)
    return HalfLife(
        minutes,
        f"What differs after a visit is half gone after {in_words(minutes[0])} (likely ({share(100 * STATED)}) {in_words(low)} to {in_words(high)}).",
    )


def in_words(minutes: float) -> str:
    """A length of time as one says it.

    >>> in_words(42.3), in_words(150), in_words(4000)
    ('42 min', '2.5 h', '2.8 days')
    """
    if minutes < 100:
        return amount(minutes, "min")
    return amount(minutes / 60, "h") if minutes < 2_880 else f"{number(minutes / 1_440)} days"


# --- parts ------------------------------------------------------------------------------------------------------------


def _shape(edges: Floats, life: float) -> Floats:
    """Mean of 2^(−t/h) over each bin; the last is taken as long as all before it."""
    ends = np.r_[edges[1:], 2 * max(float(edges[-1]), 1.0)]
    part = life / math.log(2) * (np.exp2(-edges / life) - np.exp2(-ends / life))
    return np.asarray(part / (ends - edges), dtype=np.float64)


def _fit(cells: Cells, begin: Rows, x: Floats, delta: float) -> _Fit:
    """Delta at its likeliest, by Newton with halved steps; no likelihood where it runs away."""
    of = np.repeat(np.arange(len(begin)), np.diff(np.r_[begin, len(x)]))
    sums = np.add.reduceat(cells.y, begin)
    seen = float((cells.y * x).sum())

    def at(value: float) -> tuple[float, float, float]:
        weight = cells.exposure * np.exp(value * x)
        whole = np.add.reduceat(weight, begin)
        share = weight * (sums / whole)[of]
        mean = np.add.reduceat(share * x, begin)
        information = float((share * x * x).sum() - (mean * mean / sums).sum())
        return value * seen - float((sums * np.log(whole)).sum()), seen - float(mean.sum()), information

    likelihood, score, information = at(delta)
    for _ in range(ROUNDS):
        if not information > 1e-9:
            return _Fit(math.nan, math.nan, 0.0)
        step = max(-MOST_STEP, min(MOST_STEP, score / information))
        found = at(delta + step)
        while found[0] < likelihood - 1e-9 and abs(step) > 1e-8:
            step /= 2
            found = at(delta + step)
        delta, (likelihood, score, information) = delta + step, found
        if abs(step) < 1e-6:
            break
    return _Fit(likelihood, delta, information) if abs(delta) < 50 else _Fit(math.nan, math.nan, 0.0)


def _vertex(lives: Floats, likelihood: Floats, top: int) -> tuple[float, float]:
    """The top of the parabola through the highest point and its neighbours."""
    if not 0 < top < len(lives) - 1 or not np.isfinite(likelihood[top - 1 : top + 2]).all():
        return float(lives[top]), float(likelihood[top])
    left, middle, right = likelihood[top - 1 : top + 2]
    bend = left - 2 * middle + right
    if not bend < 0:
        return float(lives[top]), float(middle)
    off = 0.5 * (left - right) / bend
    return float(lives[top] + off * (lives[top + 1] - lives[top])), float(middle - 0.25 * (left - right) * off)


__all__ = ["Cells", "HalfLife", "half_life", "in_words"]
