"""Presence and crime as a page: what went with what, how far it rests on single areas, and whether the order can be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Optional

from ..charts.left_out import left_out_chart
from ..checked import Checked
from ..marking import MARKING
from ..words import STATED, likely_range, number, ratio_with_likely
from .association import Association, moran_in_words
from .case_crossover import CaseCrossover
from .emmie import Part
from .for_public import seen_by_public
from .page import Section, results_page, results_section
from .result import Result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE = "Presence and crime"
NOT_HOT_SPOTS = "Impact Areas are about as large as a neighbourhood. What studies found of hot spots, which are street corners, does not carry over."


def association_page(
    panel: Optional[Association],
    crossed: Optional[CaseCrossover] = None,
    *,
    more: Sequence[Result] = (),
    about: str = "",
    audience: str = "board",
    marking: str = MARKING,
    runs_before: Optional[int] = None,
    notes: Sequence[str] = (),
    charts: Sequence[tuple[Figure, str]] = (),
    parts: Sequence[Part] = (),
    checked: Optional[Checked] = None,
) -> str:
    """HTML text of presence and crime.

    Parameters
    ----------
    panel, crossed, more, notes, charts : see :func:`association_section`
    about, audience, marking, runs_before, parts, checked : see :func:`~.page.results_page`
    """
    section = association_section(panel, crossed, more=more, audience=audience, notes=notes, charts=charts)
    return results_page(
        section, about=about, audience=audience, marking=marking, runs_before=runs_before, parts=parts, checked=checked
    )


def association_section(
    panel: Optional[Association],
    crossed: Optional[CaseCrossover] = None,
    *,
    more: Sequence[Result] = (),
    audience: str = "board",
    notes: Sequence[str] = (),
    charts: Sequence[tuple[Figure, str]] = (),
) -> Section:
    """What presence and crime say.

    Parameters
    ----------
    panel, crossed : what each design found; None where it was not asked, or could not be
    more, notes, charts : results, sentences and figures of further designs
    audience : who it is for
    """
    if (
        audience == "public"
    ):  # an area that takes no part has no such event; sentences that begin with a count tell it exactly
        panel, crossed = panel and seen_by_public(panel), crossed and seen_by_public(crossed)
    results = [*(panel.results if panel else ()), *(crossed.results if crossed else ()), *more]
    sentences = [*notes, *(panel.notes if panel else ()), *(crossed.notes if crossed else ())]
    if panel and panel.moran:
        sentences.append(moran_in_words(panel.moran))
    if crossed:
        sentences += [
            _follows(name, *found[:3]) for name, found in crossed.follows.items() if found.estimate == found.estimate
        ]
    return results_section(
        results, title=TITLE, notes=[*dict.fromkeys(sentences), NOT_HOT_SPOTS], charts=[*_influence(panel), *charts]
    )


def _influence(panel: Optional[Association]) -> list[tuple[Figure, str]]:
    if panel is None or panel.influence is None:
        return []
    of = next(r for r in panel.results if r.primary and not r.withheld)
    chart = left_out_chart(panel.influence.names, list(panel.influence.estimates), (of.estimate, of.low, of.high))
    return [
        (
            chart,
            f"{of.exposure} and {of.outcome} with each of {number(of.areas)} areas left out. The band is the {likely_range(STATED)} with all of them.",
        )
    ]


def _follows(name: str, estimate: float, low: float, high: float) -> str:
    return (
        f"Presence in the hour of {name} and the next, held against other weeks: ten more officer minutes there went with "
        f"{ratio_with_likely(estimate, low, high, 'times as many')}. Above 1 officers come because of events."
    )


__all__ = ["association_page", "association_section"]
