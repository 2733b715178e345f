"""The baseline below question 1, questions 7 and 8, and how comparison areas were matched; as an audience may see them."""

from __future__ import annotations

from typing import Optional

import pandas as pd

from ..charts.love_plot import love_plot
from ..evaluation.association_page import association_section
from ..evaluation.balance import USUAL
from ..evaluation.baseline_page import baseline_section
from ..evaluation.demand_page import demand_section
from ..evaluation.match_page import DIFFERENCES, METHOD, balance_rows, matching_in_words
from ..evaluation.matched_on import matching_again
from ..evaluation.rates import rates_table
from ..words import NOT_CHOSEN
from .chapter import Chapter, Picture, chapter_of
from .evaluated import Evaluated

TITLES = {
    1: "1. Impact Areas beside comparison areas, on all days of the data",
    7: "7. Presence and key crimes",
    8: "8. How far calls for service track recorded crime",
}
NOT_MATCHED = "No matching was given: the comparison areas stand as they are."
AS_PAIRS = (
    "The weights of matched areas were given without what they were matched on, so their balance cannot be shown."
)
LOVE = "Hollow dots before matching, full dots after it. Within the grey band groups are commonly taken as alike."


def baseline_chapter(found: Evaluated, officers: dict[str, pd.DataFrame], audience: str) -> Chapter:
    """The baseline: ratios of Impact Areas to comparison areas.

    Parameters
    ----------
    officers : at the least so many of each unit and resource type, as :func:`~ia_plugin.core.evaluation.rates.rates_table` takes them
    """
    if found.baseline is None:
        return Chapter(TITLES[1], found.why.get(1, ()))
    rates = rates_table(found.panel, audience, officers)
    return chapter_of(baseline_section(found.baseline, found.panel, rates), TITLES[1])


def presence_chapter(found: Evaluated, audience: str) -> Chapter:
    """Question 7, by areas through time and by hours before events."""
    why = found.why.get(7, ())
    if found.presence is None and found.crossed is None:
        return Chapter(TITLES[7], why)
    return chapter_of(association_section(found.presence, found.crossed, audience=audience, notes=why), TITLES[7])


def calls_chapter(found: Evaluated, audience: str) -> Chapter:
    """Question 8."""
    if found.calls is None:
        return Chapter(TITLES[8], found.why.get(8, ()))
    return chapter_of(demand_section(found.calls, period=found.panel.params.period, audience=audience), TITLES[8])


def matching_chapter(matched: Optional[pd.DataFrame]) -> Chapter:
    """How comparison areas were matched: what is alike now, and by which weights.

    Parameters
    ----------
    matched : what Match areas wrote; None where it was not given
    """
    title = "Matching of comparison areas"
    again = matching_again(matched) if matched is not None else None
    if again is None:
        return Chapter(title, (NOT_MATCHED if matched is None else AS_PAIRS,), caveats=(NOT_CHOSEN,))
    return Chapter(
        title,
        tuple(matching_in_words(again)),
        (Picture(love_plot(again.balance, USUAL), LOVE, LOVE),),
        (("Balance of the groups", balance_rows(again)),),
        (*again.warnings, NOT_CHOSEN),
        (METHOD[again.params.method], DIFFERENCES),
    )


__all__ = ["baseline_chapter", "calls_chapter", "matching_chapter", "presence_chapter"]
