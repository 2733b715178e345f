"""Questions 5 and 6: crimes and incidents, stops and searches; as an audience may see them."""

from __future__ import annotations

from ..answers.group_rows import happened_rows
from ..answers.page_tables import searches_rows
from ..charts.choice import Choice
from .asked import Asked
from .chapter import Chapter
from .dot_rows import event_dots, found_dots
from .time_chapters import numbered

CHARTS = {
    5: (Choice("series", "crimes"), Choice("week", "presence", "demand")),
    6: (Choice("week", "searches", "crimes"),),
}


def event_chapters(asked: Asked) -> tuple[Chapter, ...]:
    """The chapters of questions 5 and 6; their dots are drawn by :meth:`.chapter.Chapter.drawn`."""
    return (_happened(asked), _searched(asked))


def drawn_with_charts(asked: Asked) -> tuple[Chapter, ...]:
    """The chapters with their dots as charts, and beside them the dashboard's charts of days and hours."""
    return tuple(
        chapter.drawn(*(p for choice in CHARTS[question] for p in asked.chart(choice)))
        for question, chapter in zip(CHARTS, event_chapters(asked))
    )


def _happened(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(5)
    table = happened_rows(asked.tables["events"], asked.counts)
    tables = (("Crimes and incidents by place", table),) if table else ()
    return Chapter(numbered(5), sentences, dots=(event_dots(asked),), tables=tables, caveats=caveats)


def _searched(asked: Asked) -> Chapter:
    sentences, caveats = asked.of_question(6)
    table = searches_rows(asked.tables, asked.base, asked.counts)
    tables = (("Stops and searches by place", table),) if table.rows else ()
    return Chapter(numbered(6), sentences, dots=(found_dots(asked),), tables=tables, caveats=caveats)


__all__ = ["drawn_with_charts", "event_chapters"]
