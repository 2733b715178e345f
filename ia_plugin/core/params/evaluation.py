"""Parameters of the evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .declaration import Params, declare, declare_timezone

PANEL_PERIODS: tuple[str, ...] = ("month", "week", "day", "shift")
MATCH_METHODS: tuple[str, ...] = ("entropy", "optimal", "nearest")


@dataclass(frozen=True)
class PanelParams(Params):
    """How areas are followed through time."""

    period: str = declare(
        "month",
        "Period",
        "Length of one period, in civil time. shift: the shifts that begin at the hours given.",
        choices=PANEL_PERIODS,
    )
    timezone: str = declare_timezone()
    least_covered: float = declare(
        0.90,
        "Least part of a period that must be covered",
        "A period of which a source covers less than this is a gap: it is marked, and takes no part.",
        minimum=0.0,
        maximum=1.0,
        advanced=True,
    )
    shift_hours: tuple[float, ...] = declare(
        (7.0, 15.0, 23.0),
        "Hours at which shifts begin",
        "Whole civil hours; each shift lasts until the next begins, the last one past midnight.",
        advanced=True,
    )


def _scored_from(consequence: str) -> Any:
    return declare(
        "",
        "Areas were scored on data from",
        "First day of the data by which the areas were scored and adopted, as YYYY-MM-DD. "
        f"{consequence}: places chosen for a high count fall back of themselves.",
    )


def _scored_to() -> Any:
    return declare("", "Areas were scored on data until", "Last day of these data, as YYYY-MM-DD.")


@dataclass(frozen=True)
class DisplacementParams(Params):
    """What is counted, when and how far away, to see whether crime moved."""

    before_from: str = declare(
        "", "Before, first day", "As YYYY-MM-DD. Not the time for whose crime the areas were chosen."
    )
    before_to: str = declare("", "Before, last day", "As YYYY-MM-DD; the day itself counts.")
    after_from: str = declare("", "After, first day", "As YYYY-MM-DD, after the last day before.")
    after_to: str = declare(
        "", "After, last day", "As YYYY-MM-DD; the day itself counts. The same months of the year are best."
    )
    scored_from: str = _scored_from(
        "Left empty, the result says that nobody said. Where the time before overlaps it no figure is given"
    )
    scored_to: str = _scored_to()
    distances: str = declare(
        "250, 500",
        "Distances",
        "Outer distances of the rings around each area, metres, with commas. A ring has no ground of any area nor of another ring. Public "
        "data lies on anchor points: rings narrower than 250 m then mean nothing. For a board or the public, multiples of 50.",
    )
    outcome: str = declare(
        "",
        "What is counted",
        "A key type, category or kind of the events, as the layer has it, such as burglary; several with commas count together. Left empty, all events.",
    )
    neighbour_types: str = declare(
        "",
        "Neighbouring types",
        "Key types or categories to which crime may have moved, with commas: each is looked at in the areas by itself. Declare them "
        "before you look.",
    )
    harm_weights: str = declare(
        "",
        "Harm weights",
        "Weights of types for the published figure weighed by harm, such as burglary=5, robbery=10.",
        advanced=True,
    )
    hours: str = declare(
        "",
        "Hours of the activity",
        "Civil hours in which something was done, such as 18-02; then these alone are counted in the areas, and the hours next to them by "
        "themselves. Needs events with times.",
    )
    days: str = declare(
        "",
        "Days of the activity",
        "Days of the week on which something was done, such as Fri, Sat; then these alone are counted, and the days next to them by "
        "themselves. Days are civil: after midnight it is the next one.",
    )
    adjacent_hours: float = declare(
        2.0,
        "Hours next to them",
        "How many hours before and after the hours of the activity count as next to them.",
        unit="h",
        minimum=1.0,
        maximum=12.0,
        advanced=True,
    )
    timezone: str = declare_timezone()


@dataclass(frozen=True)
class MatchParams(Params):
    """How comparison areas are chosen or weighted to be like the impact areas."""

    method: str = declare(
        "entropy",
        "Method",
        "entropy: weights under which the means of the comparison areas are those of the impact areas. optimal: pairs with the "
        "smallest sum of distances. nearest: pairs one by one, the impact area that has the farthest way first.",
        choices=MATCH_METHODS,
    )
    tolerance: float = declare(
        0.0,
        "Difference left, in standard deviations",
        "Entropy balancing: how far the weighted means may stay apart. 0 is exact balance; 0.1 is usual for approximate balance, "
        "which exists more often and leans less on single areas.",
        unit="sd",
        minimum=0.0,
        maximum=1.0,
    )
    caliper: float = declare(
        1.0,
        "Farthest pair, in standard deviations",
        "Pairs: two areas further apart (root mean square over the covariates) are not paired; the impact area is then named as "
        "unmatched. 0 for no limit. A judgement.",
        unit="sd",
        minimum=0.0,
        maximum=100.0,
    )
    scored_from: str = _scored_from("That time never serves as before")
    scored_to: str = _scored_to()
    prior_from: str = declare(
        "", "Earlier crime counted from", "First day of the earlier crime among the covariates, as YYYY-MM-DD."
    )
    prior_to: str = declare(
        "", "Earlier crime counted until", "Last day of the earlier crime among the covariates, as YYYY-MM-DD."
    )


@dataclass(frozen=True)
class BaselineParams(Params):
    """What the baseline compares."""

    scored_from: str = _scored_from("A change since adoption is not measured from that time")
    scored_to: str = _scored_to()
