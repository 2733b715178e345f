"""Parameters of a trial: how its schedule is drawn, and how it is compared."""

from __future__ import annotations

from dataclasses import dataclass

from .declaration import Params, declare, declare_timezone


@dataclass(frozen=True)
class ScheduleParams(Params):
    """How areas are drawn for the days of a trial."""

    first_day: str = declare(
        "",
        "First day",
        "First operational day of the trial, as YYYY-MM-DD; it begins at 06:00 and must lie ahead when the schedule is drawn.",
    )
    last_day: str = declare("", "Last day", "Last operational day of the trial, as YYYY-MM-DD.")
    areas_per_day: int = declare(
        0,
        "Areas drawn each day",
        "How many areas are drawn for visits each day, the same every day. 0: half of them, rounded down, which tells most.",
        minimum=0,
        maximum=10_000,
    )
    outcomes: str = declare(
        "crime",
        "What will be counted",
        "One to three kinds, key types or categories of events, with commas, such as: burglary, vehicle crime. They are declared now, "
        "stored with the schedule, and cannot be changed later.",
    )
    visit_minutes: float = declare(
        15.0,
        "Planned visit",
        "Minutes of presence planned in each drawn area and day. What was delivered is compared with it; it is no target.",
        unit="min",
        minimum=1.0,
        maximum=720.0,
    )
    most_drained: float = declare(
        10.0,
        "Most that undrawn areas may lose",
        "Where undrawn areas had less officer time than before the trial by more than this, no effect is stated: then drawn areas may look "
        "better because others were left alone. A judgement, declared before.",
        unit="%",
        minimum=0.0,
        maximum=100.0,
        advanced=True,
    )
    seed: int = declare(
        0,
        "Seed",
        "The number that the draw comes from. 0: a fresh one, which is stored; that is best, for nobody has chosen it.",
        minimum=0,
        maximum=2_147_483_647,
        advanced=True,
    )
    timezone: str = declare_timezone()


@dataclass(frozen=True)
class TrialParams(Params):
    """How a trial is compared."""

    before_days: int = declare(
        28,
        "Days before the trial",
        "How many days before the first one tell how much officer time areas usually have.",
        unit="days",
        minimum=7,
        maximum=366,
        advanced=True,
    )
    others: str = declare(
        "",
        "Also counted",
        "Further kinds, key types or categories of events, with commas; they were not declared before, so they are exploratory.",
    )
    redraws: int = declare(
        999,
        "Draws for the likely range",
        "How often the draw is made anew to see what chance alone gives.",
        minimum=99,
        maximum=99_999,
        advanced=True,
    )
