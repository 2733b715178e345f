"""What a chapter of a report is made of, whichever question it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..evaluation.page import Section
from ..html_page import PageTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure of matplotlib, what it shows in one sentence for those who do not see it, and what stands below it."""

    figure: Figure
    words: str
    caption: str = ""


@dataclass(frozen=True, eq=False)
class Chapter:
    """One question, or one ground that the answers rest on.

    Attributes
    ----------
    title : with the number of its question
    sentences : the answer
    pictures : charts
    tables : (what a table is of, the table)
    caveats : what must be said beside it
    method : how it was done, in small letters
    exploratory : sentences of comparisons that were not declared, whose figures a table has too
    body : HTML that another page shows too, its values escaped
    """

    title: str
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[tuple[str, PageTable], ...] = ()
    caveats: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    exploratory: tuple[str, ...] = ()
    body: str = ""


def chapter_of(section: Section, title: str, *, more: Sequence[str] = ()) -> Chapter:
    """A section of the evaluation as a chapter; `more` stands beside it as further caveats."""
    return Chapter(
        title,
        section.headline,
        tuple(Picture(figure, caption, caption) for figure, caption in section.charts),
        (("All figures", section.table),) if section.table.rows else (),
        tuple(dict.fromkeys((*section.caveats, *more))),
        section.method,
        section.others,
    )


__all__ = ["Chapter", "Picture", "chapter_of"]
