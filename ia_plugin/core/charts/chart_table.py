"""A chart for those who do not see it: the values that are drawn as a table to copy, and what it shows in one sentence.

Units, roles and officers stand in the order of the alphabet and are never called highest or lowest; neither are hours and days of searches,
whose number is no aim.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Optional

import numpy as np

from ..arrays import Floats
from ..cells import pasted
from ..filter_state import DAYS, day_in_words, period_in_words
from ..material.filled_days import STILL_FILLING
from ..nouns import NOUNS
from ..sentence import changed, joined, phrase, phrases, sentence
from ..words import capitalised, count_of, number
from .chart_words import UNITS, WITHIN
from .choice import Chart
from .places_map import PlacesMap
from .series import Series, WeekGrid

MOST_NAMED = 12  # of bars in one sentence; the table has them all
NEVER_RANKED = "searches"
HEADS = {"unit": phrase("Unit"), "department": phrase("Department"), "officer_role": phrase("Role"), "resource_type": phrase("Resource"), "visits": phrase("Length of visit"),
         "activity": phrase("Activity")}  # fmt: skip
ROLES = phrases("impact", "comparison")
UNEVEN = phrase("not all of these hours occur equally often in the period")


def as_table(chart: Chart) -> str:
    """The values drawn, as tab-separated text, with title, filter, sentence, what must be said beside it, marking and figure number.

    Returns
    -------
    str : numbers in the units of their headings, "–" where not known; "" for a chart of restricted cells, which are not copied.

    Examples
    --------
    The first lines of a chart of units::

        Unit	officer hours	Share, %	Comparison areas, %
        North	84	25	–
    """
    if chart.restricted:
        return ""
    beside = (chart.title, chart.subtitle, as_sentence(chart), chart.lead, *chart.notes, chart.footer)
    rows = [] if chart.why else _rows(chart)
    lines = [joined("\t", map(pasted, row)) for row in rows]
    return joined("\n", [*lines, *(pasted(words) for words in beside if words)])


def as_sentence(chart: Chart) -> str:
    """What a chart shows, in one sentence that needs no eyes.

    Examples
    --------
    "Presence by hour: most on Fri 22:00–23:00 (12 officer hours), least on Mon 04:00–05:00 (0.5 officer hours)."
    "In the order of the alphabet: North 25 %, South 75 %."
    """
    if chart.why:
        return sentence("Nothing is shown: {why}.", why=changed(chart.why, str.rstrip, "."))
    if chart.grids:
        return capitalised(joined("; ", (_hours_in_words(chart, g) for g in chart.grids))) + "."
    if chart.series is not None:
        return capitalised(_days_in_words(chart.series)) + "."
    if chart.maps:
        return capitalised(joined("; ", (_map_in_words(m) for m in chart.maps))) + "."
    named = [joined(" ", (b.label, b.share)) for b in chart.bars[:MOST_NAMED]]
    rest = (
        [sentence("and {n} more in the table", n=len(chart.bars) - MOST_NAMED)] if len(chart.bars) > MOST_NAMED else []
    )
    bars = joined("; ", [*named, *rest])
    if chart.choice.kind not in ("visits", "activity"):
        return sentence("In the order of the alphabet: {bars}.", bars=bars)
    return capitalised(bars + ".")


# --- the table --------------------------------------------------------------------------------------------------------


def _rows(chart: Chart) -> list[Sequence[str]]:
    if chart.grids:
        return _hour_rows(chart)
    if chart.series is not None:
        return _day_rows(chart.series, chart.earlier)
    return _area_rows(chart.maps) if chart.maps else _bar_rows(chart)


def _hour_rows(chart: Chart) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [(phrase("Day"), phrase("From"), phrase("To"), *(UNITS[g.what] for g in chart.grids))]
    for r in range(chart.shape[0]):
        for c in range(chart.shape[1]):
            day, hour = chart.cell_of(r, c)
            values = (number(float(g.values[day, hour])) for g in chart.grids)
            rows.append((DAYS[day], f"{hour:02}:00", f"{(hour + 1) % 24:02}:00", *values))
    return rows


def _day_rows(now: Series, earlier: Optional[Series]) -> list[Sequence[str]]:
    step, unit = (phrase("Week from") if now.step == "week" else phrase("Day")), UNITS[now.what]
    heads = (
        [step, unit]
        if earlier is None
        else [
            step,
            unit,
            sentence("Earlier: {heading}", heading=changed(step, str.lower)),
            sentence("Earlier: {heading}", heading=unit),
        ]
    )
    columns = [[d.isoformat() for d in now.days], [number(float(v)) for v in now.values]]
    if earlier is not None:
        columns += [[d.isoformat() for d in earlier.days], [number(float(v)) for v in earlier.values]]
    if now.open.any():
        heads.append(capitalised(STILL_FILLING))
        columns.append(["yes" if filling else "" for filling in now.open])
    return [heads, *zip(*columns)]


def _area_rows(maps: Sequence[PlacesMap]) -> list[Sequence[str]]:
    """By name: areas may be sorted by a figure, but a count of searches is none."""
    order = sorted(range(len(maps[0].names)), key=lambda i: maps[0].names[i].casefold())
    heads = (phrase("Area"), phrase("Role"), *(m.title for m in maps))
    return [heads, *((maps[0].names[i], ROLES.get(maps[0].roles[i], maps[0].roles[i]), *(number(float(m.values[i]), "per km²") for m in maps)) for i in order)]  # fmt: skip


def _bar_rows(chart: Chart) -> list[Sequence[str]]:
    heads = [HEADS[chart.choice.kind], chart.unit, phrase("Share, %")]
    own = [(b.low, b.high) for b in chart.bars]
    others = [(b.comparison_low, b.comparison_high) for b in chart.bars]
    ranges, other_ranges = (any(math.isfinite(low) and math.isfinite(high) for low, high in r) for r in (own, others))
    beside = any(math.isfinite(b.comparison) for b in chart.bars)
    ends = [phrase("likely from, %"), phrase("to, %")]
    heads += ends if ranges else []
    heads += [phrase("Comparison areas, %")] if beside else []
    heads += ends if other_ranges else []
    rows: list[Sequence[str]] = [heads]
    for b, here, there in zip(chart.bars, own, others):
        shares = [b.percent, *(here if ranges else ()), *([b.comparison] if beside else [])]
        shares += there if other_ranges else ()
        rows.append((b.label, number(b.value), *(number(v, "%") for v in shares)))
    return rows


# --- the sentence -----------------------------------------------------------------------------------------------------


def _hours_in_words(chart: Chart, grid: WeekGrid) -> str:
    what = sentence("{what} by hour", what=WITHIN[grid.what])
    if grid.why:
        return sentence("{what}: not shown, {why}", what=what, why=changed(grid.why, str.rstrip, "."))
    values = chart.framed(grid)
    places = [chart.cell_of(r, c) for r in range(values.shape[0]) for c in range(values.shape[1])]
    names = [
        sentence("on {weekday} {hours}", weekday=DAYS[day], hours=f"{hour:02}:00–{(hour + 1) % 24:02}:00")
        for day, hour in places
    ]
    often = np.array([grid.hours[at] for at in places])[np.isfinite(values.ravel())]
    uneven = joined("", (" (", UNEVEN, ")")) if len(set(often.tolist())) > 1 and grid.what != NEVER_RANKED else ""
    return joined("", (what, ": ", _ends(grid.what, values.ravel(), names, NOUNS["hours"]), uneven))


def _days_in_words(shown: Series) -> str:
    kept = np.flatnonzero(~shown.open)
    names = [_step_in_words(shown.days[i], shown.step) for i in kept]
    words = sentence(
        "{what} by {step}: {ends}",
        what=WITHIN[shown.what],
        step=NOUNS[shown.step],
        ends=_ends(shown.what, shown.values[kept], names, NOUNS[f"{shown.step}s"]),
    )
    if not shown.open.any():
        return words
    left = sentence(
        "left out, for {filling}: {days}",
        filling=STILL_FILLING,
        days=count_of(int(shown.open.sum()), f"{shown.step}s"),
    )
    return joined("; ", (words, left))


def _step_in_words(day: date, step: str) -> str:
    if step == "week":
        return sentence("in the week {period}", period=period_in_words(day, day + timedelta(days=6)))
    return sentence("on {weekday} {day}", weekday=DAYS[day.weekday()], day=day_in_words(day))


def _ends(what: str, values: Iterable[float], names: Sequence[str], steps: str) -> str:
    """Where most and least is, with how many are level; what has no data is counted and is no nought."""
    found = np.asarray(values, dtype=np.float64)
    known = np.isfinite(found)
    gaps = sentence(", no data of {steps}", steps=count_of(int((~known).sum()), steps)) if not known.all() else ""
    if not known.any():
        return phrase("no data")
    most, least = float(found[known].max()), float(found[known].min())
    if what == NEVER_RANKED:
        return sentence('{count} in all, in {n} of {all} {steps}{gaps}', count=count_of(float(found[known].sum()), UNITS[what]), n=int((found[known] > 0).sum()), all=len(found), steps=steps, gaps=gaps)  # fmt: skip
    if number(most) == number(least):
        return sentence(
            "{count} in each of {steps}{gaps}",
            count=count_of(most, UNITS[what]),
            steps=count_of(int(known.sum()), steps),
            gaps=gaps,
        )
    return sentence(
        "most {where} ({count}), least {least} ({least_count}){gaps}",
        where=_where(found, most, names),
        count=count_of(most, UNITS[what]),
        least=_where(found, least, names),
        least_count=count_of(least, UNITS[what]),
        gaps=gaps,
    )


def _where(values: Floats, value: float, names: Sequence[str]) -> str:
    """The first place of a value as it is written, and how many others are level with it."""
    level = [name for name, v in zip(names, values) if math.isfinite(v) and number(float(v)) == number(value)]
    return sentence("{where} and {n} more", where=level[0], n=len(level) - 1) if len(level) > 1 else level[0]


def _map_in_words(shown: PlacesMap) -> str:
    known = shown.values[np.isfinite(shown.values)]
    missing = len(shown.values) - len(known)
    gaps = sentence(", not known of {areas}", areas=count_of(missing, "areas")) if missing else ""
    if not len(known):
        return sentence("{what}: not known", what=changed(shown.title, str.lower))
    low, high = (number(float(v), "per km²") for v in (known.min(), known.max()))
    span = low if low == high else sentence("from {low} to {high}", low=low, high=high)
    return sentence(
        "{what}: {span} in {areas}{gaps}", what=shown.title, span=span, areas=count_of(len(known), "areas"), gaps=gaps
    )


__all__ = ["as_sentence", "as_table"]
