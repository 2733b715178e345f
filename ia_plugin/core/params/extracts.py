"""Parameters of what comes in: clocks, cleaning, imports, the quality report and simulated shifts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from .declaration import Params, declare, declare_timezone


@dataclass(frozen=True)
class ClockParams(Params):
    """How times without an offset are read, and whose civil time hours are in."""

    timezone: str = declare_timezone()
    date_order: str = declare(
        "found",
        "Order of day and month",
        "Of dates such as 03/06/2024. found: told by the dates themselves, for the whole file; where they can be read in two "
        "ways the import stops and shows both. Dates with the year or the month's name first need no order.",
        choices=("found", "day_first", "month_first", "year_first"),
        advanced=True,
    )


PURPOSES: tuple[str, ...] = (
    "preparing aggregate analysis",
    "checking the quality of the data",
    "checking a figure against the source system",
    "answering a question on an area",
    "training",
)
SUBJECT_ACCESS = "answering an officer's request for their own data"
CHECK_PURPOSES: tuple[str, ...] = (PURPOSES[2], SUBJECT_ACCESS)  # of a look by collar number
LONGEST_PURPOSE = 200  # letters of what is stated beyond it, in one's own words


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
        "1990-01-01",
        "Earliest possible time",
        "Fixes before this date (UTC) are counted as out of range and dropped: no radio told its place then, and systems write "
        "1970 and 1980 where they know no time.",
        advanced=True,
    )
    latest: str = declare(
        "2090-01-01",
        "Latest possible time",
        "Fixes on or after this date (UTC) are counted as out of range and dropped.",
        advanced=True,
    )


@dataclass(frozen=True)
class ImportParams(Params):
    """What an import does with rows that cannot be used.

    Attributes
    ----------
    latest : a moment with a zone; position reports and events later than it are none. Nobody is asked for it: it is the moment of the
        import and a little more. None where that does not count.
    """

    invalid_rows: str = declare(
        "stop",
        "Rows that cannot be used",
        "stop: the import stops at the first and nothing of the file is kept. reject: the valid rows are kept, the others go "
        "to the table of rejects with their reason. Rows that only lack a position, a time or an officer never stop it.",
        choices=("stop", "reject"),
    )
    latest: Optional[datetime] = None


@dataclass(frozen=True)
class QualityParams(Params):
    """From what size a fault of the data asks for a decision."""

    timezone: str = declare_timezone()
    min_rows: int = declare(
        5,
        "Fewest rows of a fault",
        "Fewer are reported, but need no decision.",
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
        60_000.0, "Farthest from the middle of the data", "Farther than this, and than five times the usual distance from it, is outside the force.", unit="m", minimum=1_000.0, maximum=1e6
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
        "A clock this far off at both ends of its turns is reported.",
        unit="h",
        minimum=0.1,
        maximum=12.0,
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
    timezone: str = declare_timezone()
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
