"""Results as the public may see them: an exact ratio of small counts tells the counts, so it is made of rounded ones.

A ratio or a difference with all its digits has one pair of whole numbers that makes it, and the rounded tables say near which to
look. So a ratio of pooled rates is told as that of the sums rounded to five, which the public has anyhow; a difference is a
multiple of five; half the interval is rounded up to whole per cent (to five events), p to two decimals.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Optional, TypeVar

from ..suppression import BASE, LEAST, rounded
from .caveats import for_the_public
from .result import Result

Found = TypeVar("Found", bound=Any)
STEP = 0.01  # of log ratios, correlations and p


def for_public(result: Result, estimate: Optional[float] = None) -> Result:
    """A result as the public may see it.

    Parameters
    ----------
    result : with all digits
    estimate : the ratio of rounded sums, where it is one of two sums; without it the log ratio is rounded to two decimals

    Returns
    -------
    Result; withheld where it rests on fewer than five events.

    Examples
    --------
    >>> one = Result("baseline", "", "crimes", "comparison areas", "rate_ratio", 13 / 21, 0.41, 0.93, 0.0213, "jackknife", 12, 1, 34.0)
    >>> seen = for_public(one, estimate=15 / 20)
    >>> seen.estimate, round(seen.low, 2), round(seen.high, 2), seen.p, seen.events
    (0.75, 0.5, 1.13, 0.02, 35.0)
    """
    events = max(float(BASE), float(rounded(result.events))) if result.events > 0 else result.events
    few = result.facts.too_few_for_public or 0 < result.events < LEAST
    seen = replace(
        result, events=events, facts=replace(for_the_public(result.facts), too_few_for_public=few), other_p=(),
        p=_p(result.p), dispersion=round(result.dispersion, 1),
    )  # fmt: skip
    if math.isnan(result.estimate):
        return seen
    if not result.is_ratio:
        step = STEP if result.form == "correlation" else float(BASE)
        low, high = _multiple(result.low, step, math.floor), _multiple(result.high, step, math.ceil)
        return replace(seen, estimate=_multiple(result.estimate, step, round), low=low, high=high)
    best = estimate if estimate is not None else math.exp(round(math.log(result.estimate), 2))
    if not best > 0 or not math.isfinite(best):
        return replace(
            seen, estimate=math.nan, low=math.nan, high=math.nan, facts=replace(seen.facts, too_few_for_public=True)
        )
    reach = math.ceil(result.half_width / STEP) * STEP if result.has_interval and result.low > 0 else math.inf
    return replace(seen, estimate=best, low=best * math.exp(-reach), high=best * math.exp(min(reach, 700.0)))


def seen_by_public(found: Found) -> Found:
    """What a design found, as the public may see it: results of rounded counts, no sentence that begins with a count, no area by name."""
    hidden: dict[str, Any] = {"influence": None, "moran": None, "follows": {}}
    own = {f.name for f in fields(found)}
    return replace(
        found, results=tuple(for_public(r) for r in found.results), notes=tuple(n for n in found.notes if not n[:1].isdigit()),
        **{name: value for name, value in hidden.items() if name in own},
    )  # fmt: skip


def _multiple(value: float, step: float, way: Callable[[float], int]) -> float:
    return way(value / step) * step if math.isfinite(value) else value


def _p(value: float) -> float:
    return value if math.isnan(value) else max(STEP, round(value, 2))


__all__ = ["for_public", "seen_by_public"]
