"""What a chapter of a report is made of, whichever question it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..charts.dots import dot_chart
from ..evaluation.page import Section
from ..html_page import PageTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .dot_rows import DotRows


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
    dots : amounts one a row, which a page shows as they stand and :meth:`drawn` draws
    """

    title: str
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[tuple[str, PageTable], ...] = ()
    caveats: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    exploratory: tuple[str, ...] = ()
    body: str = ""
    dots: tuple[DotRows, ...] = ()

    def drawn(self, *more: Picture) -> Chapter:
        """The chapter with its dots as charts, and others after them.

        Raises
        ------
        ImpactAreaError
            where matplotlib is missing.
        """
        return replace(self, pictures=(*(_picture_of(d) for d in self.dots if d.shown), *self.pictures, *more))


def _picture_of(dots: DotRows) -> Picture:
    figures = "; ".join(f"{label}: {figure}" for label, figure in dots.words)
    chart = dot_chart(dots.rows, unit=dots.unit, beside=dots.beside)
    return Picture(chart, f"{dots.caption} {figures}.", dots.caption)


def chapter_of(section: Section, title: str, *, more: Sequence[str] = ()) -> Chapter:
    """A section of the evaluation as a chapter; `more` stands beside it as further caveats."""
    return Chapter(
        title,
        section.headline,
        pictures=tuple(Picture(figure, caption, caption) for figure, caption in section.charts),
        tables=(("All figures", section.table),) if section.table.rows else (),
        caveats=tuple(dict.fromkeys((*section.caveats, *more))),
        method=section.method,
        exploratory=section.others,
    )


__all__ = ["Chapter", "Picture", "chapter_of"]
