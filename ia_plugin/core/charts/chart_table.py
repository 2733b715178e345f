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
from ..words import capitalised, count_of, number
from .choice import UNITS, WHATS, Chart
from .places_map import PlacesMap
from .series import Series, WeekGrid

MOST_NAMED = 12  # of bars in one sentence; the table has them all
NEVER_RANKED = "searches"
HEADS = {"unit": "Unit", "department": "Department", "officer_role": "Role", "resource_type": "Resource", "visits": "Length of visit",
         "activity": "Activity"}  # fmt: skip
UNEVEN = "not all of these hours occur equally often in the period"


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
    lines = ["\t".join(map(pasted, row)) for row in rows]
    return "\n".join([*lines, *(pasted(words) for words in beside if words)])


def as_sentence(chart: Chart) -> str:
    """What a chart shows, in one sentence that needs no eyes.

    Examples
    --------
    "Presence by hour: most on Fri 22:00–23:00 (12 officer hours), least on Mon 04:00–05:00 (0.5 officer hours)."
    "In the order of the alphabet: North 25 %, South 75 %."
    """
    if chart.why:
        return f"Nothing is shown: {chart.why.rstrip('.')}."
    if chart.grids:
        return capitalised("; ".join(_hours_in_words(chart, g) for g in chart.grids)) + "."
    if chart.series is not None:
        return capitalised(_days_in_words(chart.series)) + "."
    if chart.maps:
        return capitalised("; ".join(_map_in_words(m) for m in chart.maps)) + "."
    named = [f"{b.label} {b.share}" for b in chart.bars[:MOST_NAMED]]
    rest = [f"and {len(chart.bars) - MOST_NAMED} more in the table"] if len(chart.bars) > MOST_NAMED else []
    order = "" if chart.choice.kind in ("visits", "activity") else "In the order of the alphabet: "
    return capitalised(f"{order}{'; '.join([*named, *rest])}.")


# --- the table --------------------------------------------------------------------------------------------------------


def _rows(chart: Chart) -> list[Sequence[str]]:
    if chart.grids:
        return _hour_rows(chart)
    if chart.series is not None:
        return _day_rows(chart.series, chart.earlier)
    return _area_rows(chart.maps) if chart.maps else _bar_rows(chart)


def _hour_rows(chart: Chart) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [("Day", "From", "To", *(UNITS[g.what] for g in chart.grids))]
    for r in range(chart.shape[0]):
        for c in range(chart.shape[1]):
            day, hour = chart.cell_of(r, c)
            values = (number(float(g.values[day, hour])) for g in chart.grids)
            rows.append((DAYS[day], f"{hour:02}:00", f"{(hour + 1) % 24:02}:00", *values))
    return rows


def _day_rows(now: Series, earlier: Optional[Series]) -> list[Sequence[str]]:
    step, unit = ("Week from" if now.step == "week" else "Day"), UNITS[now.what]
    heads = [step, unit] if earlier is None else [step, unit, f"Earlier: {step.lower()}", f"Earlier: {unit}"]
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
    heads = ("Area", "Role", *(m.title for m in maps))
    return [heads, *((maps[0].names[i], maps[0].roles[i], *(number(float(m.values[i]), "per km²") for m in maps)) for i in order)]  # fmt: skip


def _bar_rows(chart: Chart) -> list[Sequence[str]]:
    heads = [HEADS[chart.choice.kind], chart.unit, "Share, %"]
    ranges = any(math.isfinite(b.low) and math.isfinite(b.high) for b in chart.bars)
    beside = any(math.isfinite(b.comparison) for b in chart.bars)
    heads += ["likely from, %", "to, %"] if ranges else []
    heads += ["Comparison areas, %"] if beside else []
    rows: list[Sequence[str]] = [heads]
    for b in chart.bars:
        shares = [b.percent, *([b.low, b.high] if ranges else []), *([b.comparison] if beside else [])]
        rows.append((b.label, number(b.value), *(number(v, "%") for v in shares)))
    return rows


# --- the sentence -----------------------------------------------------------------------------------------------------


def _hours_in_words(chart: Chart, grid: WeekGrid) -> str:
    what = f"{WHATS[grid.what].lower()} by hour"
    if grid.why:
        return f"{what}: not shown, {grid.why.rstrip('.')}"
    values = chart.framed(grid)
    places = [chart.cell_of(r, c) for r in range(values.shape[0]) for c in range(values.shape[1])]
    names = [f"on {DAYS[day]} {hour:02}:00–{(hour + 1) % 24:02}:00" for day, hour in places]
    often = np.array([grid.hours[at] for at in places])[np.isfinite(values.ravel())]
    uneven = f" ({UNEVEN})" if len(set(often.tolist())) > 1 and grid.what != NEVER_RANKED else ""
    return f"{what}: {_ends(grid.what, values.ravel(), names, 'hours')}{uneven}"


def _days_in_words(shown: Series) -> str:
    kept = np.flatnonzero(~shown.open)
    names = [_step_in_words(shown.days[i], shown.step) for i in kept]
    left = (
        f"; left out, for {STILL_FILLING}: {count_of(int(shown.open.sum()), f'{shown.step}s')}"
        if shown.open.any()
        else ""
    )
    ends = _ends(shown.what, shown.values[kept], names, f"{shown.step}s")
    return f"{WHATS[shown.what].lower()} by {shown.step}: {ends}{left}"


def _step_in_words(day: date, step: str) -> str:
    if step == "week":
        return f"in the week {period_in_words(day, day + timedelta(days=6))}"
    return f"on {DAYS[day.weekday()]} {day_in_words(day)}"


def _ends(what: str, values: Iterable[float], names: Sequence[str], steps: str) -> str:
    """Where most and least is, with how many are level; what has no data is counted and is no nought."""
    found = np.asarray(values, dtype=np.float64)
    known = np.isfinite(found)
    gaps = f", no data of {count_of(int((~known).sum()), steps)}" if not known.all() else ""
    if not known.any():
        return "no data"
    most, least = float(found[known].max()), float(found[known].min())
    if what == NEVER_RANKED:
        return f"{count_of(float(found[known].sum()), UNITS[what])} in all, in {int((found[known] > 0).sum())} of {len(found)} {steps}{gaps}"  # fmt: skip
    if number(most) == number(least):
        return f"{count_of(most, UNITS[what])} in each of {count_of(int(known.sum()), steps)}{gaps}"
    ends = [f"{word} {_where(found, value, names)} ({count_of(value, UNITS[what])})" for word, value in (("most", most), ("least", least))]  # fmt: skip
    return f"{', '.join(ends)}{gaps}"


def _where(values: Floats, value: float, names: Sequence[str]) -> str:
    """The first place of a value as it is written, and how many others are level with it."""
    level = [name for name, v in zip(names, values) if math.isfinite(v) and number(float(v)) == number(value)]
    more = f" and {len(level) - 1} more" if len(level) > 1 else ""
    return f"{level[0]}{more}"


def _map_in_words(shown: PlacesMap) -> str:
    known = shown.values[np.isfinite(shown.values)]
    missing = len(shown.values) - len(known)
    gaps = f", not known of {count_of(missing, 'areas')}" if missing else ""
    if not len(known):
        return f"{shown.title.lower()}: not known"
    low, high = (number(float(v), "per km²") for v in (known.min(), known.max()))
    span = low if low == high else f"from {low} to {high}"
    return f"{shown.title}: {span} in {count_of(len(known), 'areas')}{gaps}"


__all__ = ["as_sentence", "as_table"]
