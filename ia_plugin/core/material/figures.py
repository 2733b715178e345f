"""The figures of one filter: for the places chosen, the period before, and the comparison areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..columns import MODES
from ..filter_state import FilterState, day_in_words
from ..presence.likely import likely_range
from ..summaries.zones import ROLE_LABELS, role_label
from ..words import number
from .figures_by_area import KIND_OF, NAN, values_by_area
from .kept import (
    any_events,
    any_time,
    coarse_rows,
    days_of_data,
    kept_events,
    kept_presence,
    kept_time,
    kept_visits,
    margin,
    precisions,
    reaches_back,
    seconds_of,
)
from .own_area import OWN
from .summary_tables import Material

IMPACT = role_label("impact")


@dataclass(frozen=True)
class Value:
    """A figure with its likely range (NaN where none is told); NaN itself where nothing can be told, and why."""

    value: float
    low: float = NAN
    high: float = NAN
    why: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of figure: key, words, unit, and whether it grows with an area's size."""

    key: str
    label: str
    unit: str
    adds: bool


FIGURES: tuple[Kind, ...] = (
    Kind("share", "Share of all observed officer time", "%", True),
    Kind("officer_hours", "Officer-hours", "h", True),
    Kind("cover_hours", "Cover: at least one officer there", "h", True),
    Kind("visits", "Visits", "", True),
    Kind("visit_minutes", "Length of visit, mean", "min", False),
    Kind("foot", "On foot", "%", False),
    Kind("vehicle", "In a vehicle", "%", False),
    Kind("stationary", "Stopped", "%", False),
    Kind("unknown", "Cannot tell", "%", False),
    Kind("officers", "Officers in an hour with any, mean", "", False),
    Kind("incidents", "Incidents", "", True),
    Kind("crimes", "Crimes", "", True),
    Kind("searches", "Stops and searches", "", True),
    Kind("found", "Object of the search found", "%", False),
)
NO_DATA = "no data in this period"
TOO_COARSE = "the records tell only the day or month, and this filter asks for more"
NOT_THERE = "the area is not in the data"


@dataclass(frozen=True)
class Figures:
    """The figures of a filter.

    Attributes
    ----------
    table : one row a figure: ``key, label, unit, value, low, high, why, earlier, earlier_low, earlier_high, rate`` (per km² for
        what grows with size, else the value), ``comparison_median, comparison_low, comparison_high`` (of comparison areas, as
        `rate`)
    state, number : the filter, and the number of the figure
    notes : what must be said beside it
    """

    table: pd.DataFrame
    state: FilterState
    number: str
    notes: tuple[str, ...] = field(default=())

    def value(self, key: str) -> float:
        """A figure by its key."""
        return float(self.table.set_index("key").loc[key, "value"])


def figures(material: Material, state: FilterState, comparison: str = "before") -> Figures:
    """Every figure of a filter, for its areas together, the earlier period and each comparison area.

    Parameters
    ----------
    material : the summary tables
    state : the filter; without areas all Impact Areas count, ground that two of them share once
    comparison : ``none``, ``before`` or ``year``: the earlier period
    """
    here = values_of(material, state, state.areas)
    earlier = dict.fromkeys(here, Value(NAN))
    notes = part_of(material, state, "This period")
    if comparison != "none" and state.first and state.last:
        other = state.before() if comparison == "before" else state.year_before()
        earlier = values_of(material, other, state.areas)
        for key, what in (*KIND_OF.items(), ("found", "stop_search")):
            if not reaches_back(material, other, what):
                earlier[key] = Value(NAN, why=NO_DATA)
        notes += part_of(material, other, "The earlier period")
        notes += cut_notes(material, state, other)
    km2 = _km2(material, state.areas)
    others = [a for a in material.of_role("comparison") if a not in state.areas]
    each = values_by_area(material, state, others)
    rows = []
    for kind in FIGURES:
        found, before = here[kind.key], earlier[kind.key]
        size = km2 if kind.adds else 1.0
        beside = np.array([v[kind.key] / (k if kind.adds else 1.0) for v, k in each if not kind.adds or k > 0])
        beside = beside[np.isfinite(beside)]
        middle = [float(f(beside)) if len(beside) else NAN for f in (np.median, np.min, np.max)]
        rate = found.value / size if size > 0 else NAN
        rows.append((kind.key, kind.label, kind.unit, found.value, found.low, found.high, found.why,
                     before.value, before.low, before.high, rate, *middle))  # fmt: skip
    columns = ["key", "label", "unit", "value", "low", "high", "why", "earlier", "earlier_low", "earlier_high", "rate",
               "comparison_median", "comparison_low", "comparison_high"]  # fmt: skip
    notes += [*material.caveats, *_said(material, state)]
    # The same number only for the same figures: an area of one's own is told by its size, another comparison by its name.
    mark = material.as_of.isoformat() if material.as_of else ""
    mark += "" if comparison == "before" else f"|{comparison}"
    mark += f"|{km2:.6f}" if OWN in state.areas else ""
    return Figures(pd.DataFrame(rows, columns=columns), state, state.number(mark), tuple(dict.fromkeys(notes)))


def values_of(material: Material, state: FilterState, areas: Sequence[str]) -> dict[str, Value]:
    """Every figure of some areas together; of all Impact Areas where none is named."""
    known = set(material.areas["area_id"])
    if areas and not known & set(areas):
        return dict.fromkeys((k.key for k in FIGURES), Value(NAN, why=NOT_THERE))
    chosen = tuple(areas) or tuple(material.of_role("impact"))
    labels = tuple(areas) or (IMPACT,)
    found = time_values(material, state, labels)
    found.update(presence_values(material, state, chosen))
    found.update(visit_values(material, state, chosen))
    found.update(event_values(material, state, labels))
    return found


# --- time -------------------------------------------------------------------------------------------------------------


def total(table: pd.DataFrame, modes: Sequence[str] = ()) -> Value:
    """Officer hours of rows with their likely range."""
    seconds, whole = float(seconds_of(table, modes).sum()), float(table["officer_seconds"].sum())
    variance = float(table["variance"].sum()) + float(table["systematic"].sum()) ** 2
    # The spread of a mode's part of the time is its part of the spread.
    sd = np.sqrt(variance) * (seconds / whole if whole > 0 else 0.0)
    if not np.isfinite(variance) or (variance == 0 and seconds > 0):
        return Value(seconds / 3600)
    low, high = likely_range(seconds / 3600, sd / 3600)
    return Value(seconds / 3600, float(low), float(high))


def time_values(material: Material, state: FilterState, labels: Sequence[str]) -> dict[str, Value]:
    """Officer time of some places, its share of all and its modes."""
    hours = material.time_use
    keep = kept_time(material, state)
    everything = float(seconds_of(hours.table[keep & hours.among("area_id", ROLE_LABELS)], state.modes).sum())
    keys = ("share", "officer_hours", *MODES)
    if everything <= 0:
        return dict.fromkeys(keys, Value(NAN, why=NO_DATA))
    mine = hours.table[keep & hours.among("area_id", tuple(labels))]
    mine = mine[(mine["activity"] != "police_site").to_numpy()]
    spent = total(mine, state.modes)
    scale = 3600 / everything
    found = {
        "share": Value(100 * spent.value * scale, 100 * spent.low * scale, 100 * spent.high * scale),
        "officer_hours": spent,
    }
    seconds = float(mine["officer_seconds"].sum())
    for mode in MODES:
        part = float(mine[f"{mode}_seconds"].sum())
        why = "the filter keeps some modes only" if state.modes else "no time there"
        found[mode] = Value(100 * part / seconds) if seconds > 0 and not state.modes else Value(NAN, why=why)
    return found


# --- cover, officers, visits ------------------------------------------------------------------------------------------


def presence_values(material: Material, state: FilterState, areas: Sequence[str]) -> dict[str, Value]:
    """Cover and officers: they do not add over units or modes, so only what was computed as such is told."""
    keys = ("cover_hours", "officers")
    hours = material.cover
    if not len(hours.table) or not any_time(material, state):
        return dict.fromkeys(keys, Value(NAN, why=NO_DATA))
    keep = kept_presence(material, state)
    if keep is None:
        why = "not told for this choice: choose at most one unit or one resource type, and no mode"
        return dict.fromkeys(keys, Value(NAN, why=why))
    mine = hours.table[keep & hours.among("area_id", tuple(areas))]
    there = mine[mine["officers"] > 0]
    return {
        "cover_hours": Value(float(mine["patrol_seconds"].sum()) / 3600),
        "officers": Value(float(there["officers"].mean())) if len(there) else Value(NAN, why="nobody there"),
    }


def visit_values(material: Material, state: FilterState, areas: Sequence[str]) -> dict[str, Value]:
    """Visits by the hour of their entry, and their mean length."""
    hours = material.visits
    if state.modes:
        return dict.fromkeys(("visits", "visit_minutes"), Value(NAN, why="a visit has no one mode"))
    if not len(hours.table) or not any_time(material, state):
        return dict.fromkeys(("visits", "visit_minutes"), Value(NAN, why=NO_DATA))
    mine = hours.table[kept_visits(hours, state, areas)]
    count, seconds = float(mine["visits"].sum()), float(mine["seconds"].sum())
    return {
        "visits": Value(count),
        "visit_minutes": Value(seconds / count / 60) if count else Value(NAN, why="no visits"),
    }


# --- events -----------------------------------------------------------------------------------------------------------


def event_values(material: Material, state: FilterState, labels: Sequence[str]) -> dict[str, Value]:
    """Counts of incidents, crimes and searches, shared over their windows, and the share of searches that found something."""
    hours = material.events
    found: dict[str, Value] = {}
    keep = kept_events(material, state) & hours.among("area_id", tuple(labels)) if len(hours.table) else None
    for key, kind in KIND_OF.items():
        if keep is None or not hours.among("kind", (kind,)).any():
            found[key] = Value(NAN, why="no such records")
        elif state.kinds and kind not in state.kinds:
            found[key] = Value(NAN, why="filtered out")
        elif not any_events(material, state, kind):
            coarse = np.any(coarse_rows(material, state, kind))
            found[key] = Value(NAN, why=TOO_COARSE if coarse else NO_DATA)
        else:
            found[key] = Value(float(hours.table.loc[keep & hours.among("kind", (kind,)), "expected"].sum()))
    searches = hours.table[keep & hours.among("kind", ("stop_search",))] if keep is not None else hours.table
    known = float(searches["outcome_known"].sum())
    found["found"] = (
        Value(100 * float(searches["found"].sum()) / known) if known else Value(NAN, why="no searches with a result")
    )
    return found


# --- words beside -----------------------------------------------------------------------------------------------------


def coarse_notes(material: Material, state: FilterState) -> list[str]:
    """A sentence where records of the period tell their time too coarsely for the filter."""
    hours, kept = material.events, precisions(state)
    if not len(hours.table) or kept == ("hour", "day", "month"):
        return []
    left = coarse_rows(material, state) & hours.among("area_id", (*ROLE_LABELS, "(no place)"))
    coarse = float(hours.table.loc[left, "events"].sum())
    said = f"{number(coarse)} records tell only the day or month of the event and take no part: ask for whole days, or whole months."
    return [said] if coarse else []


def _said(material: Material, state: FilterState) -> list[str]:
    """What the reader of these figures must know."""
    notes = coarse_notes(material, state)
    if state.units or state.resources or state.modes:
        notes.append(
            "Shares are of officer time under the same filter. Events have no unit, resource type or mode: they are not filtered by it."
        )
    if state.kinds or state.categories or state.key_types:
        notes.append("Officer time is not filtered by events.")
    if len(state.areas) > 1 and material.overlapping:
        notes.append(
            "Some areas overlap: time and events on shared ground count in each of them, so the total holds them twice."
        )
    if not state.areas and material.overlapping:
        notes.append("Some areas overlap: ground they share counts once in the total of all Impact Areas.")
    return notes


def part_of(material: Material, state: FilterState, which: str) -> list[str]:
    """A sentence where only a part of the days asked has data, or none has."""
    if state.days is None:
        return []
    asked = len({span[0].date() for span in state.spans()}) if not state.any_time else state.days
    there = days_of_data(material, state)
    if there == 0:
        return [f"{which} has no data of officers' time."]
    return [f"{which} has data on {there} of its {asked} days."] if there < asked and not state.wraps else []


def cut_notes(material: Material, *states: FilterState) -> list[str]:
    """Notes of people that fall into one of the periods, and so cut a comparison."""
    said = []
    for note in material.notes.itertuples(index=False):
        row = dict(zip(material.notes.columns, note))
        begin = pd.Timestamp(row["from"])
        end = pd.Timestamp(row["to"]) if pd.notna(row.get("to")) else begin
        for state in states:
            first, last = state.edges()
            if first is not None and last is not None and begin < pd.Timestamp(last) and end >= pd.Timestamp(first):
                said.append(f"Cut by a note: {row['text']} ({day_in_words(begin.date())}).")
                break
    return said


def _km2(material: Material, areas: Sequence[str]) -> float:
    if areas:
        return float(material.areas.loc[material.areas["area_id"].isin(areas), "km2"].sum())
    return float(material.roles["km2"].get(IMPACT, 0.0)) if len(material.roles) else 0.0


__all__ = [
    "FIGURES",
    "Figures",
    "Value",
    "cut_notes",
    "event_values",
    "figures",
    "kept_events",
    "kept_time",
    "kept_visits",
    "margin",
    "seconds_of",
    "values_by_area",
    "values_of",
]
