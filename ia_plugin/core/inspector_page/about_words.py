"""What the page says of its data, as sections of sentences: the words of the page "About these data", without whom it is for alone."""

from __future__ import annotations

from typing import Optional, TypedDict

from ..about.facts import About
from ..about.method import Way, cannot_say, method_in_ten_lines
from ..sentence import joined, phrase
from ..words import capitalised


class Section(TypedDict):
    """A title and its sentences."""

    title: str
    lines: list[str]


def about_sections(about: Optional[About] = None) -> list[Section]:
    """The sections; the method and what it cannot say alone, where nothing is known of the store.

    Examples
    --------
    >>> [s["title"] for s in about_sections()]
    ['The method in ten lines', 'What these data cannot say']
    """
    found: list[Section] = []
    if about is not None:
        found += [
            _section(phrase("How new they are"), [*_newness(about)]),
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


def _newness(about: About) -> list[str]:
    return [
        *(joined(": ", (capitalised(what), to)) for what, to in about.data_to),
        *(joined("", (capitalised(kind), ": ", words, ".")) for kind, words in about.delays),
    ]


def _findings(about: About) -> list[str]:
    if about.nothing_found:
        return [about.nothing_found]
    return [joined(" ", (f.sentence, f.consequence)) for f in about.findings or ()]


__all__ = ["Section", "about_sections"]
