"""Parameters of the evaluation."""

from __future__ import annotations

from dataclasses import dataclass

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
    scored_from: str = declare(
        "",
        "Areas were scored on data from",
        "First day of the data by which the areas were scored and adopted, as YYYY-MM-DD. That time never serves as before: places "
        "chosen for a high count fall back of themselves.",
    )
    scored_to: str = declare("", "Areas were scored on data until", "Last day of these data, as YYYY-MM-DD.")
    prior_from: str = declare(
        "", "Earlier crime counted from", "First day of the earlier crime among the covariates, as YYYY-MM-DD."
    )
    prior_to: str = declare(
        "", "Earlier crime counted until", "Last day of the earlier crime among the covariates, as YYYY-MM-DD."
    )


@dataclass(frozen=True)
class BaselineParams(Params):
    """What the baseline compares."""

    scored_from: str = declare(
        "",
        "Areas were scored on data from",
        "First day of the data by which the areas were scored and adopted, as YYYY-MM-DD. A change since adoption is not measured "
        "from that time: places chosen for a high count fall back of themselves.",
    )
    scored_to: str = declare("", "Areas were scored on data until", "Last day of these data, as YYYY-MM-DD.")
