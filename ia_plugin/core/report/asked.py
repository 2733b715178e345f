"""What the chapters on questions 1 to 6 are made of: the answers to one filter, as one audience may see them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from ..answers.page_tables import PLACES
from ..answers.public_counts import counts_rounded_to
from ..answers.questions import tables
from ..answers.sentences import sentences
from ..charts.chart_table import as_sentence
from ..charts.choice import Chart, Choice, prepare
from ..charts.draw import draw, least_height
from ..charts.page_axes import WIDTH, page_figure
from ..disclosure.audiences import as_read_by
from ..filter_state import FilterState
from ..marking import MARKING
from ..material.summary_tables import Material
from ..suppression import BASE
from .chapter import Picture

LEAST_HEIGHT = 3.4  # inches of a chart


@dataclass(frozen=True, eq=False)
class Asked:
    """The answers to a filter.

    Attributes
    ----------
    material, state, audience : what is asked of, which days, and for whom
    tables, sentences : of :func:`~ia_plugin.core.answers.questions.tables` and :func:`~ia_plugin.core.answers.sentences.sentences`
    """

    material: Material
    state: FilterState
    audience: str
    tables: dict[str, pd.DataFrame]
    sentences: pd.DataFrame

    @classmethod
    def of(cls, material: Material, state: FilterState, audience: str = "board") -> Asked:
        """Ask questions 1 to 6; a :class:`PrivacyError` for restricted cells and another audience."""
        material = as_read_by(audience, material)
        found = tables(material, state, audience)
        return cls(material, state, audience, found, sentences(material, state, found, audience))

    @property
    def base(self) -> int:
        """What hours and shares are rounded to, 0 for nothing."""
        return BASE if self.audience == "public" else 0

    @property
    def counts(self) -> int:
        """What counts of events are rounded to, 0 for nothing."""
        return counts_rounded_to(self.state) if self.base else 0

    def of_question(self, question: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(sentences, caveats) of a question; 0 for what stands before all."""
        own = self.sentences[self.sentences["question"] == question]
        return tuple(own["sentence"]), tuple(c for c in dict.fromkeys(own["caveat"]) if c)

    def at_roles(self, table: str) -> pd.DataFrame:
        """Rows of a table at Impact Areas, comparison areas and the rest of the force, in this order."""
        rows = self.tables[table]
        order = {p: i for i, p in enumerate(PLACES)}
        return rows[rows["place"].isin(PLACES)].sort_values("place", key=lambda p: p.map(order), kind="stable")

    def chart(self, choice: Choice, marking: str = MARKING) -> tuple[Picture, ...]:
        """A chart of the dock for the Impact Areas; none for the public, who sees no days and hours, nor where it has nothing to show."""
        if self.audience == "public":
            return ()
        areas = self.material.of_role("impact")
        made = prepare(
            self.material, replace(self.state, areas=tuple(areas)) if areas else self.state, choice, marking=marking
        )
        return () if made.why or made.refusal else (drawn(made),)


def drawn(chart: Chart) -> Picture:
    """A chart of the dock as a picture of a report, with its sentence.

    Raises
    ------
    ImpactAreaError
        where matplotlib is missing.
    """
    figure = page_figure(max(LEAST_HEIGHT, least_height(chart, WIDTH)))
    draw(figure, chart)
    return Picture(figure, as_sentence(chart))


__all__ = ["Asked", "drawn"]
