"""The areas side by side: each with a figure, its range and its last weeks, beside the middle half of the comparison areas."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Optional

import numpy as np

from ..answers.figure_words import bare, stated
from ..arrays import Floats
from ..evaluation.baseline import LEAST_AREAS
from ..filter_state import FilterState, period_in_words
from ..material.filled_days import STILL_FILLING, still_filling
from ..material.measure_list import BY_KEY, MEASURES, OF_EVENTS, Measure
from ..material.measures import Measured, measured
from ..material.places import Place, area_places
from ..material.summary_tables import Material
from ..sentence import sentence

WEEKS = 12
SHOWN = tuple(m.key for m in MEASURES if m.by_area)
NEVER_SORTED = ("searches",)  # a count of searches is nothing to be first in


@dataclass(frozen=True, eq=False)
class AreaRow:
    """One area: its figure as areas are compared by it, its range and its weeks (NaN for weeks without data), oldest first."""

    area_id: str
    name: str
    role: str
    value: float
    low: float
    high: float
    why: str
    weeks: Floats
    weeks_low: Floats
    weeks_high: Floats

    def words(self, measure: Measure) -> str:
        """ "24.7 h per km² (21.3–28.0)", or why it is not known."""
        if not np.isfinite(self.value):
            return sentence("not known: {why}", why=self.why)
        figure: dict[Hashable, object] = {
            "key": measure.key,
            "unit": measure.rate_unit,
            "value": self.value,
            "low": self.low,
            "high": self.high,
        }
        return stated(figure, "value", "low", "high")


@dataclass(frozen=True, eq=False)
class AreaRows:
    """The rows of a measure, by name.

    Attributes
    ----------
    measure : its declaration; values are per km² where it grows with size
    rows : the areas of a group ("impact", or what the filter chooses beside them), by name
    comparison : (lower quartile, median, upper quartile) of the comparison areas; None where fewer than five are known
    comparison_areas : how many those are
    weeks : first days of the weeks of the rows, oldest first; the last ends with the period
    filling : which of these weeks have a day that is still filling
    title, weeks_title : what is shown, in words
    """

    measure: Measure
    rows: tuple[AreaRow, ...]
    comparison: Optional[tuple[float, float, float]]
    comparison_areas: int
    weeks: tuple[date, ...]
    title: str
    weeks_title: str
    filling: tuple[bool, ...] = ()

    def bare(self, value: float) -> str:
        """A value of the measure without its unit."""
        return bare(self.measure.key, value, self.measure.rate_unit)

    @cached_property
    def top(self) -> float:
        """The end of the scale: the largest end of a range, or of the comparison's middle half."""
        ends = [x for r in self.rows for x in (r.value, r.high) if np.isfinite(x)]
        ends += [self.comparison[2]] if self.comparison else []
        return max(ends, default=1.0) or 1.0

    @cached_property
    def top_of_weeks(self) -> float:
        """The end of the scale of the weeks; 0 where none is known."""
        return max((float(np.nanmax(r.weeks)) for r in self.rows if np.isfinite(r.weeks).any()), default=0.0)

    @property
    def comparison_words(self) -> str:
        """ "comparison areas: median 11.9, middle half 6.0–22.0 (n = 20)"."""
        if self.comparison is None:
            return sentence("fewer than {n} comparison areas are known", n=LEAST_AREAS) if self.comparison_areas else ""
        low, middle, high = map(self.bare, self.comparison)
        return sentence(
            "comparison areas: median {middle}, middle half {low}–{high} (n = {n})",
            middle=middle,
            low=low,
            high=high,
            n=self.comparison_areas,
        )


def area_rows(
    material: Material,
    state: FilterState,
    key: str = "officer_hours",
    *,
    now: Optional[Measured] = None,
    weeks: int = WEEKS,
) -> AreaRows:
    """The Impact Areas, and whatever other areas a filter chooses, with one figure each.

    Parameters
    ----------
    key : of a measure that is told of single areas
    now : measures of all areas under the filter, in the order of :func:`~ia_plugin.core.material.places.area_places`, where known
    weeks : how many weeks before the end of the period each area has a line of; 0 for none
    """
    measure, every = BY_KEY[key], area_places(material)
    shown = [i for i, p in enumerate(every) if p.role == "impact" or p.label in state.areas]
    found = now if now is not None else measured(material, state, every)
    others = [i for i, p in enumerate(every) if p.role == "comparison" and p.label not in state.areas]
    value, low, high, why = side_by_side(found, measure)
    beside = value[others][np.isfinite(value[others])]
    firsts, lines = _weeks(material, state, measure, [every[i] for i in shown], weeks)
    rows = tuple(
        AreaRow(every[i].label, every[i].name, every[i].role, float(value[i]), float(low[i]), float(high[i]), why[i],
                *(line[:, k] for line in lines))
        for k, i in enumerate(shown)
    )  # fmt: skip
    quartiles = None
    if len(beside) >= LEAST_AREAS:
        low_q, middle, high_q = (float(q) for q in np.quantile(beside, [0.25, 0.5, 0.75]))
        quartiles = (low_q, middle, high_q)
    filling = _filling(material, firsts, key)
    weeks_title = _weeks_title(firsts, filling)
    return AreaRows(measure, rows, quartiles, len(beside), firsts, title_of(measure), weeks_title, filling)


def title_of(measure: Measure) -> str:
    """ "Officer-hours per km²": what is set side by side."""
    return sentence("{figure} per km²", figure=measure.label) if measure.scales else measure.label


def side_by_side(
    found: Measured, measure: Measure
) -> tuple[Floats, Floats, Floats, np.ndarray[tuple[int], np.dtype[np.object_]]]:
    """Value and range as areas are compared, and why not."""
    column = found.columns[measure.key]
    size = (found.km2_of_areas if measure.added else found.km2) if measure.scales else np.ones(len(column.value))
    with np.errstate(divide="ignore", invalid="ignore"):
        value, low, high = (np.where(size > 0, part / size, np.nan) for part in column[:3])
    return value, low, high, column.why


def _weeks(
    material: Material, state: FilterState, measure: Measure, places: list[Place], weeks: int
) -> tuple[tuple[date, ...], tuple[Floats, Floats, Floats]]:
    """First days of the weeks up to the period's end, and value, low and high of each (weeks, places)."""
    last = state.last or material.days[1]
    nothing = np.empty((0, len(places)))
    if last is None or not weeks or not places:
        return (), (nothing, nothing, nothing)
    firsts = [last - timedelta(days=7 * k + 6) for k in range(weeks)][::-1]
    begin = material.days[0]
    parts = []
    for first in firsts:
        span = replace(state, first=first, last=first + timedelta(days=6))
        if begin is None or first < begin:
            parts.append(np.full((3, len(places)), np.nan))
            continue
        value, low, high, _ = side_by_side(measured(material, span, places, keys=(measure.key,)), measure)
        parts.append(np.array([value, low, high]))
    whole = np.array(parts)
    return tuple(firsts), (whole[:, 0], whole[:, 1], whole[:, 2])


def _filling(material: Material, firsts: tuple[date, ...], key: str) -> tuple[bool, ...]:
    """Which weeks have a day that is still filling, by their first days."""
    what = "presence" if key not in OF_EVENTS else "searches" if key == "found" else key
    lasts = np.array([first + timedelta(days=6) for first in firsts], dtype="datetime64[D]")
    return tuple(still_filling(material, lasts, what).tolist())


def _weeks_title(firsts: tuple[date, ...], filling: tuple[bool, ...]) -> str:
    if not firsts:
        return ""
    title = sentence(
        "{n} weeks, {period}, each line from nought, one scale",
        n=len(firsts),
        period=period_in_words(firsts[0], firsts[-1] + timedelta(days=6)),
    )
    return sentence("{weeks}; dotted: {filling}", weeks=title, filling=STILL_FILLING) if any(filling) else title


def alike(rows: tuple[AreaRow, ...]) -> list[tuple[int, int]]:
    """Runs of rows, in their order, whose ranges overlap so that their order says nothing: (first, last) of each of two rows and more.

    Each row of a run overlaps the run's first.

    Examples
    --------
    >>> row = lambda v, low, high: AreaRow("", "", "", v, low, high, "", *(np.empty(0),) * 3)
    >>> alike((row(9.0, 8, 10), row(8.5, 8, 9), row(5.0, 4, 6), row(3.0, 2.5, 3.5), row(2.6, 2, 3)))
    [(0, 1), (3, 4)]
    """
    runs, start = [], 0
    ends = [(r.low, r.high) if np.isfinite(r.low) else (r.value, r.value) for r in rows]
    for i in range(1, len(rows) + 1):
        if i < len(rows) and ends[i][0] <= ends[start][1] and ends[i][1] >= ends[start][0]:
            continue
        if i - start > 1:
            runs.append((start, i - 1))
        start = i
    return runs


__all__ = ["NEVER_SORTED", "SHOWN", "AreaRow", "AreaRows", "alike", "area_rows", "side_by_side", "title_of"]
