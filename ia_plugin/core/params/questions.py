"""Parameters of the answers: activities, audiences, presence at events and counts of events."""

from __future__ import annotations

from dataclasses import dataclass

from .declaration import Params, declare, declare_max_speed, declare_timezone
from .time_in_areas import PERIODS


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
        "Who will see the output. restricted: nothing is left out. board: units, departments, roles and types of resource of "
        "fewer than five officers are merged; totals of areas and counts of events stand as they are. public: what rests on fewer "
        "than five officers or events is left out, and numbers are rounded to 5. The record of runs keeps the choice.",
        choices=AUDIENCES,
    )


@dataclass(frozen=True)
class SmallestAreaParams(Params):
    """How much ground figures must be about, where they leave the restricted side."""

    least_ha: float = declare(
        4.0,
        "Smallest area",
        "Figures for a board or the public, and those of a store, are about no less ground than this, nor is the difference "
        "of any two of them: so that no home is watched. Police sites (role site) are exempt. The force's own decision; 4 ha is "
        "a square of 200 m.",
        unit="ha",
        minimum=1.0,
        maximum=100.0,
        advanced=True,
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
        "How often each event is moved to another time, and to the place of another event, for the baselines. The 95 % range of 20 draws is nearly their whole range; use 200 where it matters.",
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
    timezone: str = declare_timezone()
    max_speed_ms: float = declare_max_speed()


@dataclass(frozen=True)
class EventCountParams(Params):
    """Periods of the counts of events."""

    period: str = declare("month", "Period", "Length of one period, in civil time.", choices=PERIODS)
    timezone: str = declare_timezone()


@dataclass(frozen=True)
class SampleCheckParams(Params):
    """The sheet of the manual check against the source systems."""

    count: int = declare(
        50,
        "Rows of the sheet",
        "Half are drawn from visits and events, half from rows of the extracts, rejected ones among them. With 50 rows, of which 45 "
        "agree, the likely range of the agreement is 81 to 95 %.",
        minimum=4,
        maximum=1_000,
    )
    seed: int = declare(
        1,
        "Seed",
        "Of the draw. The next sheet of a store has other rows, with the same seed too.",
        minimum=0,
        maximum=2**31 - 1,
        advanced=True,
    )
