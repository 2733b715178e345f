"""Every parameter of the method, declared once (standard library only).

The Processing parameter, the dock's control, the help page and the audit record all read the declaration: a frozen
dataclass field made by :func:`declare`. Units stand in the names. A ``None`` default means "measured from the data".
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Optional

from .errors import ParameterError


@dataclass(frozen=True)
class Declaration:
    """What is known of one parameter: the source of its control, its help and its check."""

    name: str
    label: str
    default: Any
    help: str
    unit: str = ""
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    choices: tuple[str, ...] = ()
    advanced: bool = False

    @property
    def is_number(self) -> bool:
        return self.minimum is not None or self.maximum is not None

    def check(self, value: Any) -> None:
        """Raise :class:`ParameterError` when `value` is outside the declared choices or bounds."""
        if self.choices:
            if value not in self.choices:
                raise ParameterError(
                    f"{self.name} = {value!r} is not known.", f"Choose one of: {', '.join(self.choices)}."
                )
            return
        if not self.is_number or (value is None and self.default is None):
            return
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
            raise ParameterError(
                f"{self.name} = {value!r} is not a number.", f"Give a number of {self.unit or 'units'}."
            )
        low = float("-inf") if self.minimum is None else self.minimum
        high = float("inf") if self.maximum is None else self.maximum
        if not low <= value <= high:
            raise ParameterError(
                f"{self.name} = {value!r} is out of range.",
                f"Give a value from {low:g} to {high:g} {self.unit}".strip() + ".",
            )


def declare(
    default: Any,
    label: str,
    help: str,
    *,
    unit: str = "",
    minimum: Optional[float] = None,
    maximum: Optional[float] = None,
    choices: tuple[str, ...] = (),
    advanced: bool = False,
) -> Any:
    """A dataclass field that carries its declaration in its metadata."""
    facts = dict(
        label=label, help=help, unit=unit, minimum=minimum, maximum=maximum, choices=choices, advanced=advanced
    )
    return field(default=default, metadata=facts)


class Params:
    """Base of the parameter sets: checks each value at construction, and describes itself."""

    def __post_init__(self) -> None:
        for declaration in self.declarations().values():
            declaration.check(getattr(self, declaration.name))

    @classmethod
    def declarations(cls) -> dict[str, Declaration]:
        """Name -> :class:`Declaration`, in the order written."""
        return {
            f.name: Declaration(name=f.name, default=f.default, **f.metadata)
            for f in dataclasses.fields(cls)  # type: ignore[arg-type]
            if f.metadata
        }

    @classmethod
    def declaration(cls, name: str) -> Declaration:
        return cls.declarations()[name]

    def as_dict(self) -> dict[str, Any]:
        """The values, for the audit record."""
        return dataclasses.asdict(self)  # type: ignore[call-overload, no-any-return]


# Parameters that more than one stage takes: one declaration, used as the field's value in each set.


def _timezone() -> Any:
    return declare(
        "Europe/London",
        "Time zone",
        "Civil time of the force. Times in the data that carry no offset are read in it, and hours, shifts and days are "
        "told in it, so that a night shift at the change of clocks is right. A name of the IANA database.",
    )


def _max_speed_ms() -> Any:
    return declare(
        40.0,
        "Fastest an officer can move",
        "Speed limit of the hard bounds of time in an area, for any means of travel. A move faster than this is flagged "
        "over_speed and gets a limit of its own, 1.05 times its own speed. 40 m/s is 89 mph; a judgement.",
        unit="m/s",
        minimum=1.0,
        maximum=400.0,
    )


def _between_duties_s() -> Any:
    return declare(
        36_000.0,
        "A silence this long lies between two turns of duty",
        "Without a duty table a silence of ten hours or more is taken as time off duty: kept in the gaps table with its own "
        "reason, and left out of unobserved time.",
        unit="s",
        minimum=3_600.0,
        maximum=7 * 86_400.0,
        advanced=True,
    )


@dataclass(frozen=True)
class ClockParams(Params):
    """How times without an offset are read, and in whose civil time hours are told."""

    timezone: str = _timezone()


PURPOSES: tuple[str, ...] = (
    "preparing aggregate analysis",
    "checking the quality of the data",
    "checking a figure against the source system",
    "answering a question on an area",
    "training",
)


@dataclass(frozen=True)
class PurposeParams(Params):
    """Why movement of single officers is looked at; performance of individuals is no purpose."""

    purpose: str = declare(
        PURPOSES[0],
        "Purpose",
        "Why the movement of single officers is needed. It is recorded with the run. Judging individuals is not on the list.",
        choices=PURPOSES,
    )


@dataclass(frozen=True)
class CleanParams(Params):
    """Which fixes cannot be used. Every fix dropped is counted by reason."""

    max_jump_speed_ms: float = declare(
        70.0,
        "Impossible jump above",
        "A fix that could only be reached and left above this speed, while the fixes round it agree with each other, is "
        "an impossible jump and is dropped. 70 m/s (157 mph) is above any patrol car.",
        unit="m/s",
        minimum=10.0,
        maximum=400.0,
        advanced=True,
    )
    jump_allowance_m: float = declare(
        200.0,
        "Never call a move shorter than this a jump",
        "Position error can look like speed when two fixes are seconds apart; moves up to this length are kept.",
        unit="m",
        minimum=0.0,
        maximum=10_000.0,
        advanced=True,
    )
    max_jump_fixes: int = declare(
        5,
        "Longest run of fixes that can be one jump",
        "A displaced run of at most this many fixes is dropped as a jump; a longer one is kept and its moves are flagged over_speed.",
        unit="fixes",
        minimum=1,
        maximum=1000,
        advanced=True,
    )
    earliest: str = declare(
        "1970-01-01",
        "Earliest possible time",
        "Fixes before this date (UTC) are counted as out of range and dropped.",
        advanced=True,
    )
    latest: str = declare(
        "2090-01-01",
        "Latest possible time",
        "Fixes on or after this date (UTC) are counted as out of range and dropped.",
        advanced=True,
    )


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
    max_speed_ms: float = _max_speed_ms()
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
    between_duties_s: float = _between_duties_s()


METHODS: tuple[str, ...] = ("bridge", "linear", "last_fix")


@dataclass(frozen=True)
class PresenceParams(Params):
    """How the time of a leg is shared among areas."""

    method: str = declare(
        "bridge",
        "Method",
        "bridge: best estimate over the ways that could have been taken between two fixes, with its uncertainty. linear: the straight line between two fixes at constant speed. last_fix: a fix holds until the next, which is "
        "what counting pings does; for comparison only.",
        choices=METHODS,
    )
    max_speed_ms: float = _max_speed_ms()
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
        "How many cores may share the work of time in areas, where the system can fork (not on Windows). The answer is the same.",
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
    timezone: str = _timezone()
    groups: tuple[str, ...] = declare(
        ("area_id", "period", "unit", "resource_type", "mode"),
        "Group by",
        "Dimensions of the table; one that is left out reads (all), and patrol time, officers and visits are computed anew.",
        advanced=True,
    )
    max_speed_ms: float = _max_speed_ms()
    between_duties_s: float = _between_duties_s()


@dataclass(frozen=True)
class VisitParams(Params):
    """What counts as one visit."""

    merge_gap_s: float = declare(
        120.0,
        "Absences up to this are part of the visit",
        "Two stays of an officer in one area that lie no further apart are one visit. Merging changes no seconds inside.",
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
        "Accuracy of fixes that tell none",
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


@dataclass(frozen=True)
class SimulateParams(Params):
    """A simulated force: how many, how they move and how their radios report."""

    officers: int = declare(100, "Officers", "Number of officers.", unit="officers", minimum=1, maximum=20_000)
    days: int = declare(
        1,
        "Days",
        "Number of days; each officer works one turn of duty on about five days in seven.",
        unit="days",
        minimum=1,
        maximum=366,
    )
    first_day: str = declare("2024-06-03", "First day", "Civil date of the first day, as YYYY-MM-DD.")
    timezone: str = _timezone()
    seed: int = declare(1, "Seed", "The same seed gives the same data.", unit="", minimum=0, maximum=2**31 - 1)
    foot_share: float = declare(
        0.3,
        "Share on foot patrol",
        "Share of officers who patrol on foot; the rest crew cars.",
        minimum=0.0,
        maximum=1.0,
    )
    double_share: float = declare(
        0.4, "Share of double crews", "Share of car officers who ride in pairs.", minimum=0.0, maximum=1.0
    )
    impact_pull: float = declare(
        3.0,
        "Pull of impact areas",
        "How many times likelier a place in an impact area is as a destination than one elsewhere.",
        minimum=0.0,
        maximum=100.0,
    )
    presence_link: float = declare(
        0.0,
        "Link of presence to crime",
        "Each hour of presence in an area multiplies its rate of crime in the next hour by exp(-link). 0: none.",
        minimum=-5.0,
        maximum=5.0,
    )
    crimes_per_day: float = declare(
        300.0, "Crimes a day", "Mean number of crimes a day in all areas and places.", minimum=0.0, maximum=1e6
    )
    interval_s: float = declare(
        120.0,
        "Time limit of reports",
        "A radio reports when this long has passed since its last report.",
        unit="s",
        minimum=5.0,
        maximum=3_600.0,
    )
    distance_limit_m: float = declare(
        1_500.0,
        "Distance limit of reports",
        "A moving radio reports after this distance.",
        unit="m",
        minimum=20.0,
        maximum=20_000.0,
    )
    silent_share: float = declare(
        0.1,
        "Share of radios that are silent when still",
        "These report by distance only and say nothing while their officer stands still.",
        minimum=0.0,
        maximum=1.0,
    )
    locker_share: float = declare(
        0.02,
        "Share of radios left at the station",
        "Their officer is out; the radio reports the station.",
        minimum=0.0,
        maximum=1.0,
    )
    home_share: float = declare(
        0.02,
        "Share of radios taken home",
        "They go on reporting for two hours after the turn of duty.",
        minimum=0.0,
        maximum=1.0,
    )
    stale_share: float = declare(
        0.02,
        "Share of reports with the last known position",
        "Their position is that of the report before.",
        minimum=0.0,
        maximum=1.0,
    )


@dataclass(frozen=True)
class MovementParams(Params):
    """When a leg's mode is told."""

    min_confidence: float = declare(
        0.7,
        "Confidence below which the mode is unknown",
        "A leg whose most probable mode (foot, vehicle or stationary) is less probable than this is called unknown. Its "
        "probabilities still count in every sum over legs.",
        minimum=0.34,
        maximum=0.999,
    )


@dataclass(frozen=True)
class ActivityParams(Params):
    """What time of officers is linked to; how near and how long stands in the table of rules."""

    longest_window_h: float = declare(
        12.0,
        "Longest event that is linked by place and time",
        "An incident open for longer than this would gather everybody who passes: it is linked by reference only.",
        unit="h",
        minimum=0.25,
        maximum=240.0,
        advanced=True,
    )


AUDIENCES: tuple[str, ...] = ("restricted", "board", "public")


@dataclass(frozen=True)
class AudienceParams(Params):
    """Who an output is for."""

    audience: str = declare(
        "board",
        "Audience",
        "Who will see the output. restricted: nothing is left out. board: what rests on very few people or events is merged "
        "or left out. public: the same, and numbers are rounded to 5. The record of runs keeps the choice.",
        choices=AUDIENCES,
    )


BASELINE_TIMES: tuple[str, ...] = ("same hour", "any time")


@dataclass(frozen=True)
class NearEventsParams(Params):
    """Presence at events: how near, how long before and after, against how many random draws."""

    distances_m: tuple[float, ...] = declare(
        (100.0, 250.0, 500.0), "Distances", "An officer this near, metres.", advanced=True
    )
    minutes: tuple[float, ...] = declare(
        (5.0, 15.0, 30.0), "Minutes", "In so many minutes before or after the event.", advanced=True
    )
    draws: int = declare(
        20,
        "Random draws",
        "How often each event is laid to another time, and to another event's place, for the baselines. The 95 % range of 20 "
        "draws is nearly their whole range; take 200 where it matters.",
        minimum=1,
        maximum=1000,
    )
    baseline_time: str = declare(
        "same hour",
        "Random times",
        "same hour: the same civil hour on another day of the data, so that nights are compared with nights. any time: any "
        "moment of the data.",
        choices=BASELINE_TIMES,
    )
    seed: int = declare(
        1, "Seed", "The same seed gives the same baselines.", minimum=0, maximum=2**31 - 1, advanced=True
    )
    timezone: str = _timezone()
    max_speed_ms: float = _max_speed_ms()


@dataclass(frozen=True)
class EventCountParams(Params):
    """Periods of the counts of events."""

    period: str = declare("month", "Period", "Length of one period, in civil time.", choices=PERIODS)
    timezone: str = _timezone()


@dataclass(frozen=True)
class ImportParams(Params):
    """What an import does with rows that cannot be used."""

    invalid_rows: str = declare(
        "stop",
        "Rows that cannot be used",
        "stop: the import stops at the first and nothing of the file is kept. reject: the valid rows are kept, the others go "
        "to the table of rejects with their reason. Rows that only lack a position, a time or an officer never stop it.",
        choices=("stop", "reject"),
    )


@dataclass(frozen=True)
class QualityParams(Params):
    """From what size a fault of the data asks for a decision."""

    timezone: str = _timezone()
    min_rows: int = declare(
        5,
        "Fewest rows of a fault",
        "Fewer are told, and ask for no decision.",
        unit="rows",
        minimum=1,
        maximum=1_000_000,
    )
    min_share: float = declare(
        0.001, "Smallest share of a fault", "Duplicates and rows that lack something ask for a decision from this share of the rows on.", minimum=0.0, maximum=1.0
    )  # fmt: skip
    min_unit_rows: int = declare(
        100,
        "Fewest rows of a unit",
        "Units and days with fewer are not judged.",
        unit="rows",
        minimum=1,
        maximum=1_000_000,
    )
    silent_unit: float = declare(
        0.3, "Share of its usual rows below which a unit fell silent", "On a day when the other units went on as before.", minimum=0.0, maximum=1.0
    )  # fmt: skip
    no_unit: float = declare(
        0.05, "Share of rows without a unit", "From here on it asks for a decision.", minimum=0.0, maximum=1.0
    )
    interval_change: float = declare(
        1.5, "Change of the time between reports", "A lasting change by this factor is a break in the series.", unit="times", minimum=1.05, maximum=100.0
    )  # fmt: skip
    observed: float = declare(
        0.5, "Share of turns observed", "Below this it asks for a decision.", minimum=0.0, maximum=1.0
    )
    far_m: float = declare(
        60_000.0, "Farthest from the middle of the data", "Farther than this, and than five times the reach of nearly all rows, is outside the force.", unit="m", minimum=1_000.0, maximum=1e6
    )  # fmt: skip
    outside_share: float = declare(
        0.005, "Share of rows outside the force", "From here on it asks for a decision.", minimum=0.0, maximum=1.0
    )
    snapped_share: float = declare(
        0.2, "Share of moving reports on shared positions", "From here on positions are taken as rounded or those of cells.", minimum=0.01, maximum=1.0
    )  # fmt: skip
    poor_accuracy_m: float = declare(
        100.0, "Poor position error", "A larger error is counted as poor.", unit="m", minimum=1.0, maximum=100_000.0
    )
    poor_share: float = declare(
        0.1, "Share of poor positions", "From here on it asks for a decision.", minimum=0.0, maximum=1.0
    )
    locker_h: float = declare(
        3.0,
        "Shortest turn that is looked at",
        "For radios that stay at one place for a whole turn.",
        unit="h",
        minimum=0.5,
        maximum=24.0,
    )
    locker_m: float = declare(
        250.0, "Reach of a radio that stays", "Nineteen in twenty of its reports lie within this distance of their middle.", unit="m", minimum=5.0, maximum=5_000.0
    )  # fmt: skip
    locker_share: float = declare(
        0.003, "Share of turns at one place", "From here on it asks for a decision.", minimum=0.0, maximum=1.0
    )
    stale_share: float = declare(
        0.003, "Share of moving reports that repeat the last position", "From here on it asks for a decision.", minimum=0.0, maximum=1.0
    )  # fmt: skip
    clock_h: float = declare(
        0.5,
        "Clock off by",
        "A clock this far off at both ends of its turns is told.",
        unit="h",
        minimum=0.1,
        maximum=12.0,
    )
