"""The answers as one HTML page: the verdict, the tiles and the areas on its first sheet, then questions 1 to 6. No network, no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import pandas as pd

from ..charts.intervals import Interval
from ..checked import beta_words
from ..disclosure.audiences import as_read_by
from ..filter_state import FilterState
from ..html_page import rendered
from ..inspector_page.page import page_styles
from ..marking import MARKING, checked_marking
from ..material.ask import refuse_restricted
from ..material.days import as_of_in_words
from ..material.figures import figure_number
from ..material.summary_tables import Material
from .asked import Asked
from .chapter import Chapter, DotRows
from .event_chapters import event_chapters
from .first_page import OnScale, first_page
from .time_chapters import time_chapters

TITLE = "Officer time in Impact Areas: answers"


def answers_page(
    material: Material,
    state: FilterState,
    tables: dict[str, pd.DataFrame],
    sentences: pd.DataFrame,
    *,
    audience: str = "board",
    marking: str = MARKING,
    title: str = TITLE,
    observed: str = "",
) -> str:
    """HTML text of the answers.

    Parameters
    ----------
    tables, sentences : of :func:`~ia_plugin.core.answers.questions.tables` and
        :func:`~ia_plugin.core.answers.sentences.sentences`, for the same filter and audience
    marking : protective marking; never blank
    observed : how much of officers' time was observed, a sentence; "" where it is not known

    Raises
    ------
    ParameterError
        for a blank marking.
    PrivacyError
        for restricted cells and another audience.
    ImpactAreaError
        where Jinja2 is missing.
    """
    refuse_restricted(material, audience)
    material = as_read_by(audience, material)
    marking = checked_marking(marking)
    asked = Asked(material, state, audience, tables, sentences)
    first, caveats = asked.of_question(0)
    beta = f"{beta_words(material.checked)}."  # stands beside the marking
    return rendered(
        "answers.html.j2",
        marking=marking,
        checked=material.checked,
        styles=page_styles(),
        title=title,
        filter=state.in_words(material.names()),
        as_of=as_of_in_words(material),
        number=figure_number(material, state),
        audience=audience,
        observed=observed,
        # The public's numbers are rounded: it has no verdict, and no map of what is not.
        first=None if audience == "public" else first_page(material, state),
        headline=[*(s for s in first if s != beta), *caveats],
        chapters=[_shown(c) for c in (*time_chapters(asked), *event_chapters(asked))],
    )


def _shown(chapter: Chapter) -> dict[str, Any]:
    return {"chapter": chapter, "dots": [_rows(d) for d in chapter.dots if d.shown]}


def _rows(dots: DotRows) -> dict[str, Any]:
    """Rows of dots as places on one scale, in per cent of its width."""
    beside: Sequence[Optional[Interval]] = dots.beside or (None,) * len(dots.rows)
    ends = [v for r in (*dots.rows, *beside) if r is not None for v in (r.estimate, r.high) if v == v]
    top = 1.06 * max([1e-9, *ends])
    return {
        "caption": dots.caption,
        "rows": [
            {"label": label, "words": words, "dots": [_dot(r, top) for r in pair if r is not None]}
            for (label, words), pair in zip(dots.words, zip(dots.rows, beside))
        ],
    }


def _dot(row: Interval, top: float) -> OnScale:
    return OnScale.of(row.estimate, row.low, row.high, top, hollow=not row.filled)


__all__ = ["answers_page"]
