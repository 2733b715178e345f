"""Which chart is shown, its title and words, and which filter each of its cells, bars and days stands for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Optional

import numpy as np

from ..checked import beta_words
from ..errors import ParameterError
from ..filter_state import DAYS, FilterState, day_in_words, period_in_words
from ..marking import MARKING, checked_marking, restricted_for
from ..material.ask import Refusal, refusal_of
from ..material.figures import figure_number
from ..material.measures import NO_DATA, measured
from ..material.places import chosen_place
from ..material.summary_tables import Material
from ..summaries.area_totals import SITES_IN, SITES_OUT
from ..suppression import OTHER
from ..words import CHANCE, FAIRNESS, RANGES_OF_MODES, capitalised, count_of, mode_share, number, share
from .bars import activity_shares, by_group, visit_bands
from .series import Series, WeekGrid, mismatch, mismatch_in_words, series, week_of, week_pair

CHARTS = {
    "week": "Hours of the week",
    "series": "Day by day",
    "unit": "By unit",
    "resource_type": "By resource",
    "visits": "Length of visit",
    "activity": "Activity",
}
WHATS = {
    "presence": "Presence",
    "searches": "Stops and searches",
    "crimes": "Crimes",
    "incidents": "Incidents",
    "demand": "Crimes and incidents",
}
AMONG = {"week": ("presence", "searches"), "series": tuple(WHATS)}
AGAINST = ("crimes", "incidents", "demand")
UNITS = {"presence": "officer hours", "searches": "searches", "crimes": "crimes", "incidents": "incidents",
         "demand": "crimes and incidents"}  # fmt: skip
TITLES = {
    "unit": "Officer time by unit",
    "resource_type": "Officer time by resource",
    "visits": "Visits by their length",
    "activity": "Officer time by what it is linked to",
}
MERGED = "Groups of fewer than five officers are shown together as “other”."


@dataclass(frozen=True)
class Choice:
    """Which chart: `kind` of CHARTS, `what` it shows of WHATS, `against` what, and whether linked time is left out."""

    kind: str = "week"
    what: str = "presence"
    against: str = "incidents"
    apart: bool = False

    def __post_init__(self) -> None:
        among = AMONG.get(self.kind, tuple(WHATS))
        if self.kind not in CHARTS or self.what not in among or self.against not in AGAINST:
            raise ParameterError(
                f"There is no chart {self.kind!r} of {self.what!r} against {self.against!r}.",
                f"Charts are {', '.join(CHARTS)}; this one shows {', '.join(among)}, against {', '.join(AGAINST)}.",
            )


@dataclass(frozen=True)
class Bar:
    """One bar: `key` as it stands in the tables, its words, amount and share, and the share's likely range where it has one."""

    key: str
    label: str
    value: float
    percent: float
    low: float = math.nan
    high: float = math.nan

    @property
    def share(self) -> str:
        """The share in words."""
        likely = math.isfinite(self.low) and math.isfinite(self.high)
        return mode_share(self.percent, self.low, self.high, in_table=True) if likely else share(self.percent)


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart ready to be drawn.

    Attributes
    ----------
    lead : the one sentence that the chart says, the mismatch
    notes, footer : what must be said beside it; marking, age and number
    refusal : why published tables do not tell what it shows, and what they would; None where they do
    restricted : whether restricted cells are in it, so that no picture of it is taken
    grids, series, bars : one of them is there; `why` says why none is
    """

    choice: Choice
    state: FilterState
    title: str
    subtitle: str
    lead: str = ""
    notes: tuple[str, ...] = field(default=())
    footer: str = ""
    grids: tuple[WeekGrid, ...] = ()
    series: Optional[Series] = None
    bars: tuple[Bar, ...] = ()
    unit: str = ""
    why: str = ""
    refusal: Optional[Refusal] = None
    restricted: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of what can be pointed at."""
        if self.why:
            return (0, 0)
        if self.grids:
            return (7, 24)
        return (1, len(self.series.days)) if self.series else (len(self.bars), 1)


def prepare(
    material: Material,
    state: FilterState,
    choice: Choice = Choice(),
    *,
    marking: str = MARKING,
    comparison: str = "before",
) -> Chart:
    """A chart of a filter; touches nothing but its arguments, so it may run in a task.

    Parameters
    ----------
    marking : protective marking, printed on the picture; never blank
    comparison : the earlier period of the figures beside it, whose number the picture has too
    """
    marking = checked_marking(marking)
    until = f"data to {day_in_words(material.days[1])}, " if material.days[1] else ""
    reader = f"{restricted_for(material.purpose)}." if material.purpose else "For the board."
    made = Chart(
        choice,
        state,
        TITLES.get(choice.kind, ""),
        state.in_words(material.names()),
        footer=f"{marking}. {reader} {until}figure {figure_number(material, state, comparison)}. {beta_words(material.checked)}".replace(
            ". data", ". Data"
        ),
        restricted=bool(material.purpose),
    )
    if choice.kind == "week":
        return _week(made, material)
    return _series(made, material) if choice.kind == "series" else _bars(made, material)


def _week(made: Chart, material: Material) -> Chart:
    choice = made.choice
    grids = week_pair(material, made.state, choice.what, choice.against, apart=choice.apart)
    lead = "" if any(g.why for g in grids) else mismatch_in_words(mismatch(*grids), choice.what)
    why = "; ".join(dict.fromkeys(g.why for g in grids if g.why)) if all(g.why for g in grids) else ""
    first = "presence, nothing linked," if choice.what == "presence" and choice.apart else WHATS[choice.what].lower()
    notes = [n for g in grids for n in g.notes]
    if any(not g.why and not np.isfinite(g.values).all() for g in grids):
        notes.append("Hatched: no data, or not in the filter.")
    notes += [n for g in grids if not g.why for n in _part_shown(material, made.state, g.what, g.total, choice.apart)]
    title = f"{first} and {WHATS[choice.against].lower()} by hour of the week"
    return replace(
        made, title=capitalised(title), lead=lead, grids=grids, why=why, notes=_beside(made, material, notes)
    )


def _series(made: Chart, material: Material) -> Chart:
    choice = made.choice
    found = series(material, made.state, choice.what, apart=choice.apart)
    notes = [*found.notes, *(f"{_letter(i)}: {mark_in_words(m)}" for i, m in enumerate(found.marks))]
    if any(math.isnan(v) for v in found.values):
        gap = "Gaps are days without data." if found.step == "day" else "Gaps are weeks without data of all their days."
        notes.append(gap)
    if not found.why:
        notes += _part_shown(material, made.state, found.what, float(np.nansum(found.values)), choice.apart)
    linked = ", nothing linked," if choice.what == "presence" and choice.apart else ""
    return replace(
        made,
        title=f"{WHATS[choice.what]}{linked} by {found.step}",
        unit=f"{UNITS[choice.what]} per {found.step}",
        series=found,
        why=found.why,
        notes=_beside(made, material, notes),
    )


def _bars(made: Chart, material: Material) -> Chart:
    kind, state = made.choice.kind, made.state
    notes: list[str] = []
    refusal = None if kind == "activity" else refusal_of(material, state, kind)
    why = refusal.why.rstrip(".") if refusal else NO_DATA
    if kind == "visits":
        table = visit_bands(material, state)
        rows = zip(table["band"], table["band"], table["visits"], table["share_percent"])
        why = "a visit has no one mode, and the filter chooses one" if state.modes else why
        notes = ["A visit counts in the hour it begins in, with all its length."]
    elif kind == "activity":
        table = activity_shares(material, state)
        rows = zip(
            table["activity"],
            table["said"],
            table["officer_hours"],
            table["share_percent"],
            table["share_percent_low"],
            table["share_percent_high"],
        )
        notes = [CHANCE] if state.modes else [CHANCE, RANGES_OF_MODES]
    else:
        table = by_group(material, state, kind)
        rows = zip(table["value"], table["value"], table["officer_hours"], table["share_percent"])
        notes = [MERGED] if (table["value"] == OTHER).any() else []
    bars = tuple(Bar(str(k), _words(str(w), kind), *map(float, values)) for k, w, *values in rows)
    unit = "visits" if kind == "visits" else UNITS["presence"]
    why, refusal = ("", None) if bars else (why, refusal)
    return replace(made, bars=bars, unit=unit, why=why, refusal=refusal, notes=_beside(made, material, notes))


def _part_shown(material: Material, state: FilterState, what: str, shown: float, apart: bool) -> list[str]:
    """A sentence where a chart of time shows less than the figure of the same filter counts."""
    keys = {"presence": ("officer_hours",), "demand": ("crimes", "incidents")}.get(what, (what,))
    if what == "presence" and apart:
        return []  # it leaves out linked time, and says so
    found = measured(material, state, [chosen_place(material, state)])
    whole = float(np.nansum([found[key][0] for key in keys]))
    if abs(whole - shown) <= 1e-6 * max(1.0, whole):
        return []
    return [f"Shown are {number(shown)} of the {amount(whole, UNITS[what])} of the figures: the rest lies in hours, days or weeks that are not whole or tell no more than their day or month."]  # fmt: skip


def _words(value: str, kind: str) -> str:
    return value.replace("_", " ") if kind == "resource_type" else value


def _beside(made: Chart, material: Material, notes: list[str]) -> tuple[str, ...]:
    """What must be said beside any chart of its kind."""
    choice, notes = made.choice, list(notes)
    shown = {choice.what, choice.against} if choice.kind == "week" else {choice.what}
    counted = choice.kind in AMONG
    if counted and "searches" in shown:
        notes.append(FAIRNESS)
    if (not counted or "presence" in shown) and choice.kind != "visits":
        notes += [SHORT[c] for c in material.caveats if c in SHORT]
    if len(made.state.areas) > 1 and material.overlapping:
        notes.append("Some areas overlap: what lies on shared ground counts in each of them.")
    return tuple(dict.fromkeys(notes))


SHORT = {SITES_OUT: "Time at police sites is left out.", SITES_IN: SITES_IN}


def mark_in_words(mark: object) -> str:
    """ "3 May 2024, control room system changed"."""
    first, last, text = (getattr(mark, n) for n in ("first", "last", "text"))
    return f"{period_in_words(first, last)}, {text}"


def _letter(i: int) -> str:
    return chr(ord("A") + i % 26) + ("" if i < 26 else str(i // 26))


# --- pointing ---------------------------------------------------------------------------------------------------------


def narrowed(chart: Chart, row: int, column: int) -> Optional[FilterState]:
    """The filter that a cell, day or bar stands for; None where there is none."""
    rows, columns = chart.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return None
    if chart.grids:
        known = any(math.isfinite(g.values[row, column]) for g in chart.grids)
        return _one_hour(chart.state, row, column) if known else None
    if chart.series:
        day = chart.series.days[column]
        first, last = week_of(day) if chart.series.step == "week" else (day, day)
        state = chart.state
        return replace(state, first=max(first, state.first or first), last=min(last, state.last or last))
    bar, kind = chart.bars[row], chart.choice.kind
    if kind not in ("unit", "resource_type") or bar.key == OTHER:
        return None
    return replace(chart.state, **{"unit": {"units": (bar.key,)}, "resource_type": {"resources": (bar.key,)}}[kind])  # type: ignore[arg-type]


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
        parts = [amount(g.values[row, column], UNITS[g.what]) for g in chart.grids if not g.why]
        return f"{DAYS[row]} {column:02}:00–{(column + 1) % 24:02}:00: {', '.join(parts)}"
    if chart.series:
        day, value = chart.series.days[column], float(chart.series.values[column])
        when = day_in_words(day) if chart.series.step == "day" else period_in_words(day, day + timedelta(days=6))
        return f"{DAYS[day.weekday()] + ' ' if chart.series.step == 'day' else ''}{when}: {amount(value, UNITS[chart.series.what])}"
    bar = chart.bars[row]
    return f"{bar.label}: {amount(bar.value, chart.unit)}, {bar.share}"


def amount(value: float, unit: str) -> str:
    """ "12.4 officer hours"."""
    return count_of(value, unit) if math.isfinite(value) else f"no data of {unit}"


__all__ = ["CHARTS", "Bar", "Chart", "Choice", "cell_in_words", "narrowed", "prepare"]
