"""How far the verdict hangs on what was chosen: the same question asked of other days and hours, and without single areas."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np

from ..answers.spans import Spans
from ..answers.verdict import LEVEL, Verdict, verdict_of
from ..charts.intervals import Interval, interval_chart
from ..evaluation.pooled import PooledRatio
from ..filter_state import FilterState, period_in_words
from ..html_page import PageTable
from ..material.kept import any_time
from ..material.summary_tables import Material
from ..words import CANNOT_TELL, DASH, ratio, share
from .chapter import Chapter, Picture

TITLE = "How far the answer hangs on what was chosen"
NOT_PUBLIC = "The public is told rounded hours, of which no range of a ratio can be made."
LEAST_DAYS = 14  # of a period whose halves can be looked at
WEEKEND = (5, 6)
NIGHT = (22, 6)
WORDS = "Officer hours per km² of Impact Areas over those of comparison areas"


def sensitivity_chapter(material: Material, state: FilterState, audience: str) -> Chapter:
    """The verdict of a period, asked again with other choices."""
    if audience == "public":
        return Chapter(TITLE, (NOT_PUBLIC,))
    asked = [(words, verdict_of(material, other)) for words, other in _others(material, state)]
    first = asked[0][1]
    rows = [[words, *_figures(found.ratio), found.word] for words, found in asked]
    rows += [[f"Without {name}", ratio(value), DASH, DASH] for name, value in _without(material, state, first)]
    sentences = [_how_often(first, [found for _, found in asked[1:]])]
    if first.ratio is None:
        sentences.insert(0, first.sentence)
    header = ["", "times as many", f"likely ({share(100 * LEVEL)})", "reads"]
    return Chapter(TITLE, tuple(sentences), _chart(asked), ((f"{WORDS}, by choice", PageTable.of(header, rows)),))


def _others(material: Material, state: FilterState) -> Iterator[tuple[str, FilterState]]:
    """(words, filter): the period asked, then the others that there are data for."""
    yield "As asked", state
    spans = Spans.of(state)
    for span, words in ((spans.before, "The period before"), (spans.year, "The same weeks a year before")):
        if span is not None and any_time(material, span):
            yield words, span
    if (
        state.first is not None
        and state.last is not None
        and (days := (state.last - state.first).days + 1) >= LEAST_DAYS
    ):
        middle = state.first + timedelta(days=days // 2)
        for first, last in ((state.first, middle - timedelta(days=1)), (middle, state.last)):
            yield period_in_words(first, last), replace(state, first=first, last=last)
    yield "Mondays to Fridays", replace(state, weekdays=tuple(d for d in range(7) if d not in WEEKEND))
    yield "Saturdays and Sundays", replace(state, weekdays=WEEKEND)
    yield "06:00–22:00", replace(state, hour_from=NIGHT[1], hour_to=NIGHT[0])
    yield "22:00–06:00", replace(state, hour_from=NIGHT[0], hour_to=NIGHT[1])


def _figures(found: PooledRatio | None) -> tuple[str, str]:
    if found is None or not math.isfinite(found.estimate):
        return DASH, DASH
    return ratio(found.estimate), f"{ratio(found.low)}–{ratio(found.high)}"


def _without(material: Material, state: FilterState, found: Verdict) -> list[tuple[str, float]]:
    """The areas that, left out, move the ratio farthest down and up."""
    if found.ratio is None or not np.isfinite(found.ratio.without).any():
        return []
    names = material.names()
    own = list(state.areas or material.of_role("impact"))
    every = [*own, *(a for a in material.of_role("comparison") if a not in own)]
    if len(every) != len(found.ratio.without):
        return []
    ends = {int(np.nanargmin(found.ratio.without)), int(np.nanargmax(found.ratio.without))}
    return sorted((names[every[i]], float(found.ratio.without[i])) for i in ends)


def _how_often(first: Verdict, others: list[Verdict]) -> str:
    """In how many of the other choices the verdict reads the same."""
    compared = [v for v in others if v.ratio is not None]
    if not compared or first.ratio is None:
        return "Too little is known to ask the question of other days, hours or areas."
    same = sum(v.word == first.word for v in compared)
    reads = first.word if first.word == CANNOT_TELL else f"“{first.word}”"
    return f"Asked of other days and hours, {same} of {len(compared)} answers read as the first does: {reads}."


def _chart(asked: list[tuple[str, Verdict]]) -> tuple[Picture, ...]:
    nothing = (math.nan, math.nan, math.nan)
    rows = [
        Interval(
            words,
            *((v.ratio.estimate, v.ratio.low, v.ratio.high) if v.ratio else nothing),
            filled=not k,
            text="not compared",
        )
        for k, (words, v) in enumerate(asked)
    ]
    if not any(math.isfinite(r.estimate) for r in rows):
        return ()
    caption = f"{WORDS}: each line is the likely range ({share(100 * LEVEL)}), the upright line as many in both. The full dot is the question as asked."
    figures = [(w, _figures(v.ratio)) for w, v in asked]
    words = "; ".join(
        f"{w}: {value} times, likely {ends}" if value != DASH else f"{w}: not compared" for w, (value, ends) in figures
    )
    return (Picture(interval_chart(rows, ratios=True, unit="times as many"), f"{caption} {words}.", caption),)


__all__ = ["sensitivity_chapter"]
