"""Questions 1 to 4: officer time, who, doing what, on foot or by car; as an audience may see them."""

from __future__ import annotations

from dataclasses import replace

from ..answers.group_rows import activities_rows, modes_rows, resources_rows
from ..answers.page_tables import time_rows
from ..answers.questions import TITLES
from ..filter_state import period_in_words
from ..material.by_group import last_closed_month
from ..summaries.time_cells import DIMENSIONS
from .asked import Asked
from .chapter import Chapter
from .dot_rows import activity_dots, area_dots, mode_dots, unit_dots

DIMENSION_WORDS = {
    "unit": "By unit",
    "department": "By department",
    "officer_role": "By role",
    "resource_type": "By type of resource",
}


def time_chapters(asked: Asked) -> tuple[Chapter, ...]:
    """The chapters of questions 1 to 4; their dots are drawn by :meth:`.chapter.Chapter.drawn`."""
    return (_where(asked), _who(asked), _doing(asked), _moving(asked))


def numbered(question: int) -> str:
    """The title of a question's chapter."""
    return f"{question}. {TITLES[question]}"


def _where(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(1)
    tables = (("Officer time by place", time_rows(asked.tables, asked.base, 0)),)
    return Chapter(numbered(1), sentences, dots=(area_dots(asked),), tables=tables, caveats=caveats)


def _who(asked: Asked) -> Chapter:
    """Who was there: units are told of whole closed months, so that another period gives way to the last of them."""
    month = last_closed_month(asked.material) if not len(asked.tables["resources"]) else None
    shown = (
        asked
        if month is None
        else Asked.of(asked.material, replace(asked.state, first=month[0], last=month[1]), asked.audience)
    )
    sentences, caveats = shown.of_question(2)
    if month is not None:
        sentences = (
            f"Of {period_in_words(*month)}, a whole closed month: units are told of such alone.",
            *sentences,
        )
    found = ((DIMENSION_WORDS[d], resources_rows(shown.tables["resources"], d, asked.base)) for d in DIMENSIONS)
    tables = tuple((title, table) for title, table in found if table is not None)
    return Chapter(numbered(2), sentences, dots=(unit_dots(shown),), tables=tables, caveats=caveats)


def _doing(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(3)
    table = activities_rows(asked.tables["activities"], asked.base)
    tables = (("Hours by what they are linked to", table),) if table else ()
    return Chapter(numbered(3), sentences, dots=(activity_dots(asked),), tables=tables, caveats=caveats)


def _moving(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(4)
    table = modes_rows(asked.tables["modes"], asked.base)
    tables = (("Shares by way of moving", table),) if table else ()
    return Chapter(numbered(4), sentences, dots=(mode_dots(asked),), tables=tables, caveats=caveats)


__all__ = ["numbered", "time_chapters"]
