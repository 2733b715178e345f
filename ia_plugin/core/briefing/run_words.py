"""What all sheets of a run say alike: for whom they are, of which data, by which method, and what the map leaves out."""

from __future__ import annotations

from dataclasses import replace

from ..about.method import Way, method_in_ten_lines
from ..answers.event_tables import events_table
from ..answers.sentences import headline
from ..answers.time_table import time_table
from ..checked import beta_words
from ..filter_state import FilterState
from ..marking import FOR, restricted_for
from ..material.summary_tables import Material
from ..resources import plugin_version
from ..suppression import BASE
from ..words import capitalised

DESCRIBES = "A description of the past, not an effect."
PUBLIC_MAP = "No event is drawn: the public is told of events by area and whole month."
SQUARES = (
    "Events are drawn by squares at the start of their window, kinds side by side in a square; sexual and domestic offences, and others "
    "whose place might lead to a person, are counted and not drawn."
)


def foot_words(material: Material, audience: str, purpose: str) -> str:
    """For whom the sheets are, the version, and that nobody has checked the figures."""
    reader = restricted_for(purpose) if audience == "restricted" else capitalised(FOR[audience])
    return f"{reader} · Impact Area {plugin_version()} · {beta_words(material.checked)}"


def headline_words(material: Material, state: FilterState, audience: str) -> str:
    """The first line of each sheet, of the same filter without its areas; see :func:`~ia_plugin.core.answers.sentences.headline`."""
    every = replace(state, areas=())
    found = {"time": time_table(material, every, audience), "events": events_table(material, every, audience)}
    return headline(material, found, BASE if audience == "public" else 0)


def map_words(title: str, events: bool) -> str:
    """What the map shows, and what it leaves out."""
    return f"Map: {title[:1].lower()}{title[1:]}, of this period and these hours alone. {SQUARES if events else PUBLIC_MAP}"


def method_words(way: Way = Way()) -> str:
    """The method in a few sentences."""
    return " ".join(["Method:", *method_in_ten_lines(way)[:3], DESCRIBES])


__all__ = ["foot_words", "headline_words", "map_words", "method_words"]
