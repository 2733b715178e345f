"""What the page says of its data, as sections of sentences: the words of the page "About these data", without whom it is for alone."""

from __future__ import annotations

from datetime import date
from typing import Optional, TypedDict

from ..about.facts import About
from ..about.method import Way, cannot_say, method_in_ten_lines
from ..filter_state import day_in_words
from ..sentence import joined, phrase, sentence
from ..words import capitalised

FOR_A_BOARD = (
    phrase("It is for the board and those who work for it, not for the public."),
    phrase(
        "Of the last seven days it has totals of whole days alone; by unit, department, role and resource type it has closed months, and how officers moved where there were five or more of them."
    ),
)


class Section(TypedDict):
    """A title and its sentences."""

    title: str
    lines: list[str]


def about_sections(about: Optional[About] = None, last: Optional[date] = None) -> list[Section]:
    """The sections; the method and what it cannot say alone, where nothing is known of the store.

    Parameters
    ----------
    last : the last whole day of officers' time, which the page ends with; None where there is none

    Examples
    --------
    >>> [s["title"] for s in about_sections()]
    ['Whom this page is for', 'The method in ten lines', 'What these data cannot say']
    >>> about_sections(last=date(2024, 7, 4))[1]["lines"]
    ["This page ends on 4 Jul 2024, the last whole day of officers' time: records of later events are not counted on it."]
    """
    found: list[Section] = [_section(phrase("Whom this page is for"), list(FOR_A_BOARD))]
    found.append(_section(phrase("How new they are"), [*_newness(about), *_page_end(last)]))
    if about is not None:
        found += [
            _section(phrase("How much was observed"), [about.observed.sentence]),
            _section(phrase("Quality findings to decide"), _findings(about)),
            _section(phrase("Checked against the source systems"), list(about.agreement.sentences())),
        ]
    way = about.way if about is not None else Way()
    found += [
        _section(phrase("The method in ten lines"), list(method_in_ten_lines(way))),
        _section(phrase("What these data cannot say"), list(cannot_say())),
    ]
    return [s for s in found if s["lines"]]


def _section(title: str, lines: list[str]) -> Section:
    return {"title": str(title), "lines": [str(line) for line in lines if line]}


def _page_end(last: Optional[date]) -> list[str]:
    if last is None:
        return []
    return [
        sentence(
            "This page ends on {day}, the last whole day of officers' time: records of later events are not counted on it.",
            day=day_in_words(last),
        )
    ]


def _newness(about: Optional[About]) -> list[str]:
    if about is None:
        return []
    return [
        *(joined(": ", (capitalised(what), to)) for what, to in about.data_to),
        *(joined("", (capitalised(kind), ": ", words, ".")) for kind, words in about.delays),
    ]


def _findings(about: About) -> list[str]:
    if about.nothing_found:
        return [about.nothing_found]
    return [joined(" ", (f.sentence, f.consequence)) for f in about.findings or ()]


__all__ = ["Section", "about_sections"]
