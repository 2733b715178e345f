"""Notes of people as they lie in a period: a system change, an outage, an operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..filter_state import FilterState
from .notes import concerns, day_of_note
from .summary_tables import Material


@dataclass(frozen=True)
class Mark:
    """A note of people at its days: a system change, an outage, an operation."""

    first: date
    last: date
    text: str


def marks_in(material: Material, state: FilterState, first: date, last: date) -> tuple[Mark, ...]:
    """Notes of the period that concern its places and units, by time."""
    found = []
    for note in material.notes.to_dict("records"):
        begin = day_of_note(note["from"], state)
        end = day_of_note(note["to"], state) if pd.notna(note.get("to")) else begin
        if begin <= last and end >= first and concerns(note, state.areas, state.units):
            found.append(Mark(begin, end, str(note["text"])))
    return tuple(sorted(found, key=lambda m: (m.first, m.last, m.text)))
