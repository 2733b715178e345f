"""What must be said beside the figures of a filter: records that take no part, days without data, notes of people, overlaps."""

from __future__ import annotations

from typing import Optional

import pandas as pd

from ..filter_state import FilterState, day_in_words, listed
from ..summaries.event_cells import NO_PLACE
from ..summaries.zones import ROLE_LABELS
from ..words import number
from .kept import coarse_rows, days_asked, days_of_data, days_of_records, precisions
from .summary_tables import Material

NAMES_OF_KINDS = {"incident": "incidents", "crime": "crimes", "stop_search": "stops and searches"}


def notes_of(material: Material, state: FilterState, earlier: Optional[FilterState] = None) -> tuple[str, ...]:
    """All that must be said beside the figures of a filter and of an earlier period, each once."""
    notes = missing_days(material, state, "This period")
    if earlier is not None:
        notes += missing_days(material, earlier, "The earlier period")
        notes += cut_notes(material, state, earlier)
    return tuple(dict.fromkeys([*notes, *material.caveats, *_of_filter(material, state)]))


def missing_days(material: Material, state: FilterState, which: str) -> list[str]:
    """Sentences where only a part of the days asked has data of officers' time or records of events, or none has."""
    if state.first is None or state.last is None:
        return []
    asked, there = len(days_asked(state)), days_of_data(material, state)
    notes = []
    if there < asked:
        notes = [
            f"{which} has data on {there} of its {asked} days." if there else f"{which} has no data of officers' time."
        ]
    of_days: dict[int, list[str]] = {}
    for kind, name in NAMES_OF_KINDS.items():
        if material.events.has("kind", kind) and (not state.kinds or kind in state.kinds):
            of_days.setdefault(days_of_records(material, state, kind), []).append(name)
    period = which[:1].lower() + which[1:]
    for covered, names in of_days.items():
        if covered < asked:
            together = listed(names)
            notes.append(
                f"{together[:1].upper()}{together[1:]}: records cover {covered} of the {asked} days of {period}."
            )
    return notes


def coarse_notes(material: Material, state: FilterState) -> list[str]:
    """A sentence where records of the period tell their time too coarsely for the filter."""
    hours, kept = material.events, precisions(state)
    if not len(hours.table) or kept == ("hour", "day", "month"):
        return []
    left = coarse_rows(material, state) & hours.among("area_id", (*ROLE_LABELS, NO_PLACE))
    coarse = float(hours.table.loc[left, "events"].sum())
    sentence = f"{number(coarse)} records tell only the day or month of the event and take no part: ask for whole days, or whole months."
    return [sentence] if coarse else []


def cut_notes(material: Material, *states: FilterState) -> list[str]:
    """Notes of people that fall into one of the periods, and so cut a comparison."""
    sentences = []
    for note in material.notes.itertuples(index=False):
        row = dict(zip(material.notes.columns, note))
        begin = pd.Timestamp(row["from"])
        end = pd.Timestamp(row["to"]) if pd.notna(row.get("to")) else begin
        for state in states:
            first, last = state.edges()
            if first is not None and last is not None and begin < pd.Timestamp(last) and end >= pd.Timestamp(first):
                sentences.append(f"Cut by a note: {row['text']} ({day_in_words(begin.date())}).")
                break
    return sentences


def _of_filter(material: Material, state: FilterState) -> list[str]:
    """What the filter itself leaves to be said."""
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
