"""Parameters of the way from fixes to presence: tracks, movement, time in areas, periods and visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from .declaration import Params, declare, declare_between_duties, declare_max_speed, declare_timezone


@dataclass(frozen=True)
class TrackParams(Params):
    """When two consecutive fixes of an officer are joined by a leg."""

    max_gap_s: Optional[float] = declare(
        None,
        "Longest time between two fixes that is still observed",
        "Time between fixes further apart than this is reported as unobserved: never as presence, nor as absence. Left "
        "empty it is the larger of 900 s and 2.5 times the median interval of the source (silences over an hour left out).",
        unit="s",
        minimum=1.0,
        maximum=86_400.0,
    )
    # Of each source, as measured on more fixes than these; a source that is not named is measured. No user's choice.
    max_gap_by_source: tuple[tuple[str, float], ...] = ()
    max_speed_ms: float = declare_max_speed()
    same_place_m: float = declare(
        100.0,
        "Two ends this close are the same place",
        "A gap whose two ends are no further apart than this (or than their accuracy) is 'silent, same place': a radio "
        "that reports on distance says nothing while its officer stands still.",
        unit="m",
        minimum=0.0,
        maximum=5_000.0,
        advanced=True,
    )
    between_duties_s: float = declare_between_duties()


@dataclass(frozen=True)
class MovementParams(Params):
    """When a leg counts as of one mode."""

    min_confidence: float = declare(
        0.7,
        "Confidence below which the mode is unknown",
        "A leg whose most probable mode (foot, vehicle or stationary) is less probable than this is called unknown. Its "
        "time counts as unknown, and in no mode.",
        minimum=0.34,
        maximum=0.999,
    )


METHODS: tuple[str, ...] = ("bridge", "linear", "last_fix")


@dataclass(frozen=True)
class PresenceParams(Params):
    """How the time of a leg is shared among areas."""

    method: str = declare(
        "bridge",
        "Method",
        "bridge: best estimate over the paths that could have been taken between two fixes, with its uncertainty. linear: the straight line between two fixes at constant speed. last_fix: a fix holds until the next, which is "
        "what counting pings does; for comparison only.",
        choices=METHODS,
    )
    max_speed_ms: float = declare_max_speed()
    bounds: str = declare(
        "pairs",
        "Hard bounds",
        "pairs: hard bounds for each leg and area that share time. all: also for areas a leg could only have reached. "
        "none: leave them empty (faster).",
        choices=("pairs", "all", "none"),
        advanced=True,
    )
    workers: int = declare(
        1,
        "Cores",
        "How many cores may share the work of time in areas. On Windows each is a Python program of its own, which pays from a million legs on. "
        "The answer is the same.",
        unit="cores",
        minimum=1,
        maximum=64,
        advanced=True,
    )
    invalid_areas: str = declare(
        "repair",
        "Invalid polygons",
        "repair: make them valid and count them. skip: leave them out and count them. stop: refuse the layer.",
        choices=("repair", "skip", "stop"),
        advanced=True,
    )


PERIODS: tuple[str, ...] = ("hour", "day", "week", "month", "all")


@dataclass(frozen=True)
class SummaryParams(Params):
    """Periods and groups of the presence table."""

    period: str = declare(
        "hour",
        "Period",
        "Length of one period, in civil time: the repeated hour of October is two, the missing one of March none.",
        choices=PERIODS,
    )
    timezone: str = declare_timezone()
    groups: tuple[str, ...] = declare(
        ("area_id", "period", "unit", "resource_type", "mode"),
        "Group by",
        "Dimensions of the table; one that is left out reads (all), and patrol time, officers and visits are computed anew.",
        advanced=True,
    )
    max_speed_ms: float = declare_max_speed()
    between_duties_s: float = declare_between_duties()


@dataclass(frozen=True)
class VisitParams(Params):
    """What counts as one visit."""

    merge_gap_s: float = declare(
        120.0,
        "Absences up to this are part of the visit",
        "Two stays of an officer in one area with no more time than this between them are one visit. Merging changes no seconds inside.",
        unit="s",
        minimum=0.0,
        maximum=3_600.0,
    )
    min_visit_s: float = declare(
        60.0,
        "Shortest visit",
        "Less time inside than this is passing through: counted, but no visit.",
        unit="s",
        minimum=0.0,
        maximum=3_600.0,
    )
    edge_accuracies: float = declare(
        2.0,
        "Width of the edge, in accuracies of a fix",
        "An officer on the boundary seems to step out and in with every position error. Fixes no further outside than this "
        "many times their accuracy do not end a visit (2: nineteen fixes in twenty).",
        unit="accuracies",
        minimum=0.0,
        maximum=10.0,
        advanced=True,
    )
    unknown_accuracy_m: float = declare(
        20.0,
        "Accuracy of fixes that give none",
        "Used for the width of the edge only.",
        unit="m",
        minimum=0.0,
        maximum=1_000.0,
        advanced=True,
    )
    max_edge_s: float = declare(
        900.0,
        "Longest absence at the edge",
        "A longer one ends the visit, however near the officer stayed.",
        unit="s",
        minimum=0.0,
        maximum=86_400.0,
        advanced=True,
    )
