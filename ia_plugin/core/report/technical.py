"""The technical report: what was asked, what was found and how surely, and all that it rests on, as one self-contained page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Optional

import pandas as pd

from ..about.facts import About
from ..checked import beta_words
from ..evaluation.emmie import REFERENCE, TITLE, Part
from ..evaluation.page import runs_in_words
from ..evaluation.sentences import finding_of
from ..filter_state import FilterState
from ..html_page import inline_png, rendered
from ..marking import MARKING, checked_marking
from ..material.days import as_of_in_words
from ..material.figures import figure_number
from ..material.officers import most_officers
from ..material.summary_tables import Material
from ..resources import plugin_version
from ..words import ASSOCIATION
from .asked import Asked
from .chapter import Chapter
from .evaluated import Evaluated
from .evaluation_chapters import baseline_chapter, calls_chapter, matching_chapter, presence_chapter
from .event_chapters import drawn_with_charts
from .grounds import data_chapters, made_chapter, model_chapter
from .sensitivity import sensitivity_chapter
from .time_chapters import time_chapters

NONE_DECLARED = "No comparison was declared before this report was made: what it compares is exploratory."
PAST = (
    "A description of the past from radio reports, which say where a radio was, not what an officer did or saw. Time that nobody observed "
    "is neither presence nor absence. Officers are sent where crime is expected, so what goes together here need not come one from the "
    "other. Areas and units stand in alphabetical order."
)


@dataclass(frozen=True, eq=False)
class Made:
    """What a report must tell of its own making.

    Attributes
    ----------
    today : the day it is made
    runs_before : how many evaluations touched these data before; None where that cannot be read
    parameters, versions, hashes : name -> text
    model : provenance of the movement model
    """

    today: date
    runs_before: Optional[int] = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    model: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Report:
    """The report.

    Attributes
    ----------
    title, about, foot : its title, what it is of, and what stands at the foot of each sheet
    first : sentences of its first page, then `declared`, what was found of the declared comparisons
    runs : how many evaluations touched these data before, in words
    chapters, closing : questions 1 to 8 and what they rest on; what can and cannot be said
    """

    title: str
    about: str
    foot: str
    first: tuple[str, ...]
    declared: tuple[str, ...]
    runs: str
    chapters: tuple[Chapter, ...]
    closing: tuple[Part, ...]


def technical_report(
    material: Material,
    state: FilterState,
    found: Evaluated,
    made: Made,
    *,
    about: Optional[About] = None,
    matched: Optional[pd.DataFrame] = None,
    audience: str = "board",
    marking: str = MARKING,
) -> Report:
    """The report of a period, questions 1 to 8 in order.

    Parameters
    ----------
    material : of a store's summary, or of layers
    state : the period of questions 1 to 6
    found : the evaluation, of all days of the data
    made : what the report tells of its own making
    about : what the store tells of itself; None for layers
    matched : what Match areas wrote, where it was given
    audience, marking : who it is for; never blank

    Raises
    ------
    ParameterError
        for a blank marking.
    PrivacyError
        for restricted cells and another audience.
    """
    checked_marking(marking)
    asked = Asked.of(material, state, audience)
    time, events = tuple(c.drawn() for c in time_chapters(asked)), drawn_with_charts(asked)
    officers = {d: most_officers(material, found.panel.as_filter(), d) for d in ("unit", "resource_type")}
    chapters = (
        time[0], baseline_chapter(found, officers, audience), *time[1:], *events, presence_chapter(found, audience), calls_chapter(found, audience),
        matching_chapter(matched), sensitivity_chapter(material, state, audience), *data_chapters(material, state, about, made.today),
        model_chapter(material, made.model),
        made_chapter(parameters=made.parameters, versions=made.versions, hashes=made.hashes, figure_numbers=_numbers(asked)),
    )  # fmt: skip
    sentences, caveats = asked.of_question(0)
    beta = f"{beta_words(material.checked)}."  # stands beside the marking
    return Report(
        "Officer time in Impact Areas: technical report",
        f"{state.in_words(material.names())}; evaluation: {found.panel.days_in_words()}; data to {as_of_in_words(material)}; for {audience}",
        f"Impact Area {plugin_version()} · figure {figure_number(material, state)} · for {audience}",
        (*(s for s in sentences if s != beta), *caveats),
        _declared(found),
        runs_in_words(made.runs_before),
        chapters,
        found.closing(),
    )


def _declared(found: Evaluated) -> tuple[str, ...]:
    """What was found of each declared comparison, in the order of the questions; what is to be read with it stands in its chapter."""
    sentences = [f"Question {q}: {finding_of(r)}" for q, results in found.runs().items() for r in results if r.primary]
    return tuple(sentences) or (NONE_DECLARED,)


def _numbers(asked: Asked) -> dict[str, str]:
    return {
        f"Questions 1 to 6, {asked.state.in_words(asked.material.names())}": figure_number(asked.material, asked.state)
    }


def report_html(report: Report, material: Material, *, marking: str = MARKING, on_paper: int = 0) -> str:
    """The report as one HTML page: no script, no network, pictures inside.

    Parameters
    ----------
    on_paper : the width of a picture for Qt's own reader of HTML, which knows little style; 0 for browsers

    Raises
    ------
    ImpactAreaError
        where Jinja2 or matplotlib is missing.
    """
    return rendered(
        "technical.html.j2",
        marking=marking, checked=material.checked, report=report, on_paper=on_paper,
        chapters=[{"chapter": c, "pictures": [{"data": inline_png(p.figure), "words": p.words, "caption": p.caption} for p in c.pictures]} for c in report.chapters],
        closing_title=TITLE, closing_reference=REFERENCE, past=PAST, association=ASSOCIATION,
    )  # fmt: skip


__all__ = ["Made", "Report", "report_html", "technical_report"]
