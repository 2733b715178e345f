"""Pointing at a chart: which filter a cell, bar or day stands for, and what it says in words."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import Optional

from ..filter_state import DAYS, GROUPS, FilterState, day_in_words, period_in_words
from ..sentence import joined, sentence
from ..suppression import OTHER
from .chart_words import UNITS
from .choice import Chart, amount
from .series import week_of

FILTER_OF = {dimension: name for name, dimension in GROUPS.items()}


def narrowed(chart: Chart, row: int, column: int) -> Optional[FilterState]:
    """The filter that a cell, day or bar stands for; None where there is none."""
    rows, columns = chart.shape
    if chart.choice.beside or not (0 <= row < rows and 0 <= column < columns):
        return None
    if chart.grids:
        weekday, hour = chart.cell_of(row, column)
        known = any(math.isfinite(g.values[weekday, hour]) for g in chart.grids)
        return _one_hour(chart.state, weekday, hour) if known else None
    if chart.series:
        day = chart.series.days[column]
        first, last = week_of(day) if chart.series.step == "week" else (day, day)
        state = chart.state
        return replace(state, first=max(first, state.first or first), last=min(last, state.last or last))
    bar, kind = chart.bars[row], chart.choice.kind
    if kind not in FILTER_OF or bar.key == OTHER:
        return None
    return replace(chart.state, **{FILTER_OF[kind]: (bar.key,)})  # type: ignore[arg-type]


def _one_hour(state: FilterState, weekday: int, hour: int) -> FilterState:
    """One hour of the days on the calendar: an hour past midnight, of a filter of nights, lies a day after its evening."""
    later = timedelta(days=int(state.wraps and hour < state.hour_to))
    first, last = (day + later if day else None for day in (state.first, state.last))
    return replace(state, weekdays=(weekday,), hour_from=hour, hour_to=hour + 1, first=first, last=last)


def cell_in_words(chart: Chart, row: int, column: int) -> str:
    """What a cell, day or bar says, in words: for the tip under the mouse and for a screen reader."""
    rows, columns = chart.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return ""
    if chart.grids:
        weekday, hour = chart.cell_of(row, column)
        parts = [amount(g.values[weekday, hour], UNITS[g.what]) for g in chart.grids if not g.why]
        hours = f" {hour:02}:00–{(hour + 1) % 24:02}:00: "
        return joined("", (DAYS[weekday], hours, joined(", ", parts)))
    if chart.series:
        day, value = chart.series.days[column], float(chart.series.values[column])
        when = day_in_words(day) if chart.series.step == "day" else period_in_words(day, day + timedelta(days=6))
        head = (DAYS[day.weekday()], " ") if chart.series.step == "day" else ()
        return joined("", (*head, when, ": ", amount(value, UNITS[chart.series.what])))
    bar = chart.bars[row]
    beside = sentence("; comparison areas {share}", share=bar.comparison_share) if bar.comparison_share else ""
    return joined("", (bar.label, ": ", amount(bar.value, chart.unit), ", ", bar.share, beside))


__all__ = ["cell_in_words", "narrowed"]
