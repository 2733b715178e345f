"""The evaluation that a report holds: each question by the same function as its own algorithm, or why it was not asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Optional, TypeVar

import pandas as pd

from ..errors import AreaError, EstimateError, ImpactAreaError
from ..evaluation.asked_events import asked_events
from ..evaluation.association import Association, observed_in_areas, presence_crime_of
from ..evaluation.baseline import Baseline, Groups, Weights, baseline_of
from ..evaluation.case_crossover import CaseCrossover, case_crossover_of
from ..evaluation.demand import Demand, calls_crime_of
from ..evaluation.emmie import Hours, Part, emmie
from ..evaluation.for_public import for_public, seen_by_public
from ..evaluation.hourly import hourly_of
from ..evaluation.panel import Panel
from ..evaluation.result import Result
from ..evaluation.results import MOST_PRIMARY, judged, results_table
from ..material.summary_tables import Material
from ..params import BaselineParams, CallsCrimeParams, CaseCrossoverParams, PresenceCrimeParams

Found = TypeVar("Found")
DESIGNS = 3  # of question 7, as its own algorithm shares the declared comparisons among them; a store bears two


@dataclass(frozen=True, eq=False)
class Evaluated:
    """What the evaluation found on the days of a panel; None where it could not be asked, and `why` by question.

    Attributes
    ----------
    panel : areas through periods
    baseline, presence, crossed, calls : questions 1, 7 (two designs) and 8
    why : question -> sentences on what was not looked at
    """

    panel: Panel
    baseline: Optional[Baseline]
    presence: Optional[Association]
    crossed: Optional[CaseCrossover]
    calls: Optional[Demand]
    why: dict[int, tuple[str, ...]]

    def runs(self) -> dict[int, tuple[Result, ...]]:
        """Question -> its results, judged among themselves, as its own algorithm does."""
        found = {
            1: self.baseline.results if self.baseline else (),
            7: (*(self.presence.results if self.presence else ()), *(self.crossed.results if self.crossed else ())),
            8: self.calls.results if self.calls else (),
        }
        return {question: judged(results) for question, results in found.items()}

    def results(self) -> pd.DataFrame:
        """The table `results` of all questions."""
        return pd.concat([results_table(run) for run in self.runs().values()], ignore_index=True)

    def closing(self) -> tuple[Part, ...]:
        """What can and cannot be said, by EMMIE: of question 7, whose comparisons were declared."""
        return emmie(results_table(self.runs()[7]), Hours(observed_in_areas(self.panel)))


def evaluated(
    material: Material,
    panel: Panel,
    *,
    audience: str = "board",
    outcomes: str = "",
    weights: Optional[Weights] = None,
    scored: BaselineParams = BaselineParams(),
    places: Optional[dict[str, tuple[float, float]]] = None,
) -> Evaluated:
    """Ask questions 1, 7 and 8 of a panel.

    Parameters
    ----------
    outcomes : the declared key types, with commas
    weights : of a matching
    scored : the days that scored the areas
    places : a point in each area, metres, by its id

    A question that the data do not bear is no error here: its chapter says why.

    Raises
    ------
    ParameterError
        for a declared key type that no event has, as a misspelt one: a report without its declared comparison reads as if none were.
    DataRangeError
        for weights of other areas.
    """
    _refuse_what_is_not_there(panel, outcomes, weights)
    why: dict[int, tuple[str, ...]] = {}

    def tried(question: int, what: str, ask: Callable[[], Found]) -> Optional[Found]:
        try:
            return ask()
        except ImpactAreaError as error:
            why[question] = (*why.get(question, ()), f"{what} not looked at: {error.args[0]}")
            return None

    found = tried(1, "The baseline was", lambda: baseline_of(panel, weights, scored, audience=audience))
    each = MOST_PRIMARY // DESIGNS
    zone = material.timezone
    crossed = tried(
        7, "Hours before events were",
        lambda: case_crossover_of(hourly_of(material), CaseCrossoverParams(outcomes=outcomes, timezone=zone), most_primary=each),
    )  # fmt: skip
    presence = tried(
        7, "Areas through time were",
        lambda: presence_crime_of(
            panel, PresenceCrimeParams(outcomes=outcomes), weights, follows=crossed.follows if crossed else None, places=places,
            most_primary=each,
        ),
    )  # fmt: skip
    calls = tried(8, "Calls and crime were", lambda: calls_crime_of(panel, CallsCrimeParams()))
    if audience == "public":
        presence, crossed = presence and seen_by_public(presence), crossed and seen_by_public(crossed)
        calls = calls and replace(calls, results=tuple(for_public(r) for r in calls.results))
    return Evaluated(panel, found, presence, crossed, calls, why)


def _refuse_what_is_not_there(panel: Panel, outcomes: str, weights: Optional[Weights]) -> None:
    """A parameter that is wrong is no lack of the data: the main comparisons must not be missing because of it."""
    events = panel.events[panel.events["cell"] >= 0]
    if outcomes.strip() and len(events):
        asked_events(events, outcomes)
    if weights is not None:
        with suppress(EstimateError, AreaError):  # what the data do not bear, the chapter says
            Groups.of(panel, weights)


__all__ = ["Evaluated", "evaluated"]
