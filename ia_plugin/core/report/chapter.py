"""What a chapter of a report is made of, whichever question it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Optional

from ..charts.dots import dot_chart
from ..charts.intervals import Interval
from ..evaluation.page import Section
from ..html_page import PageTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_NAMES = 45  # areas that one picture can name


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure of matplotlib, what it shows in one sentence for those who do not see it, and what stands below it."""

    figure: Figure
    words: str
    caption: str = ""


@dataclass(frozen=True)
class DotRows:
    """Amounts, one a row, from nought.

    Attributes
    ----------
    rows : from the top down
    unit, caption : below the axis, below the chart
    words : (label, its figures in words) of each row
    beside : of each row what it is held against; None where there is none
    """

    rows: tuple[Interval, ...]
    unit: str
    caption: str
    words: tuple[tuple[str, str], ...]
    beside: tuple[Optional[Interval], ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there is anything, and no more than one picture can name."""
        return 0 < len(self.rows) <= MOST_NAMES


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


__all__ = ["MOST_NAMES", "Chapter", "DotRows", "Picture", "chapter_of"]
