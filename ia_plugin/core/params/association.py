"""Parameters of presence and crime."""

from __future__ import annotations

from dataclasses import dataclass

from .declaration import Params, declare, declare_timezone


def declare_outcomes() -> str:
    """What is counted, the same wherever it is asked for."""
    found: str = declare(
        "",
        "What is counted",
        "Key types, categories or kinds of events, with commas, such as burglary, robbery. The first three are the declared primary "
        "comparisons, of several designs in one run the first of each: name them before you look. Left empty, all crimes are primary, "
        "and each key type is exploratory.",
    )
    return found


@dataclass(frozen=True)
class PresenceCrimeParams(Params):
    """Which events are held against which presence, area by area through time."""

    outcomes: str = declare_outcomes()
    per_hours: float = declare(
        0.0,
        "Ratio for so many more hours",
        "A rate ratio is told for so many more officer hours in an area and period. 0: a round number near what is usual there, for a "
        "ratio of what never happens says nothing.",
        unit="h",
        minimum=0.0,
        maximum=10_000.0,
    )
    lags: int = declare(
        4,
        "Periods before",
        "In how many periods before the events presence is looked at as well.",
        minimum=0,
        maximum=12,
    )
    permutations: int = declare(
        999,
        "Permutations",
        "How often areas are dealt each other's presence for the p that stands beside the stated one; 0 for none.",
        minimum=0,
        maximum=20_000,
        advanced=True,
    )


@dataclass(frozen=True)
class CaseCrossoverParams(Params):
    """Which hours before an event are held against the same hours of other weeks."""

    outcomes: str = declare_outcomes()
    hours_before: int = declare(
        2,
        "Hours before an event",
        "Presence in so many whole hours before the hour of an event is held against the same hours of the weeks before. The "
        "event's own hour is left out: presence there answers the event.",
        minimum=1,
        maximum=24,
    )
    per_minutes: float = declare(
        10.0,
        "Ratio for so many more minutes",
        "A rate ratio is told for so many more officer minutes in these hours.",
        unit="min",
        minimum=0.1,
        maximum=10_000.0,
    )
    timezone: str = declare_timezone()
