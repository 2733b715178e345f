"""What the caveats of a trial are found by, and what they say: drained ground first, then whether it was carried out as drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..words import STATED, amount, count_of, range_of, share

FEW_DAYS = 28
FEW_DRAWN = 3
LEAST_DELIVERED = 0.5
NO_MORE = 1 + 1e-6  # a rounding error is no officer


@dataclass(frozen=True)
class TrialFacts:
    """What is not known is left at its default and detects nothing.

    Attributes
    ----------
    drained, drained_low, drained_high : per cent of officer time that undrawn areas had less than expected from before, 90 % range
    most_drained : per cent above which no effect is stated
    drain_unknown : why that is not known, as a sentence; blank where it is
    contrast, contrast_low : officer time of drawn areas beside undrawn ones, of what is usual in each, and its lower 90 % limit
    delivered : officer hours of drawn areas beyond what they would have had undrawn, as a share of the planned ones
    reached : share of drawn area-days with the planned minutes of presence
    visit_minutes : these minutes
    altered : how the schedule differs from the one drawn, as a sentence; blank where it does not
    not_stored : whether no store vouches for the schedule
    days, days_left : operational days that were compared, and days of the schedule that are not over or have no data at its end
    per_day : areas drawn each day
    """

    drained: float = math.nan
    drained_low: float = math.nan
    drained_high: float = math.nan
    most_drained: float = math.nan
    drain_unknown: str = ""
    contrast: float = math.nan
    contrast_low: float = math.nan
    delivered: float = math.nan
    reached: float = math.nan
    visit_minutes: float = math.nan
    altered: str = ""
    not_stored: bool = False
    days: int = -1
    days_left: int = 0
    per_day: int = -1

    @property
    def is_drained(self) -> bool:
        """Whether undrawn areas had less officer time than before by more than is declared."""
        return self.drained > self.most_drained

    def presence_in_words(self) -> str:
        """How much officer time undrawn areas had beside what they had before.

        >>> TrialFacts(drained=18.0, drained_low=14.0, drained_high=22.0, most_drained=10.0).presence_in_words()
        'Undrawn areas had 18 % less officer time than before the trial (likely (95 %) 14.0–22.0 % less)'
        """
        if self.drained >= 0:
            size, ends, word = self.drained, (self.drained_low, self.drained_high), "less"
        else:
            size, ends, word = -self.drained, (-self.drained_high, -self.drained_low), "more"
        likely = range_of(size, *ends, "%")
        return f"Undrawn areas had {share(size)} {word} officer time than before the trial (likely ({share(100 * STATED)}) {likely} % {word})"

    def drained_in_words(self) -> str:
        return (
            f"{self.presence_in_words()}: they were drained by more than the {share(self.most_drained)} declared as the most, so no effect is "
            "stated. Drawn areas may look better where others were left alone."
        )

    def kept_in_words(self) -> str:
        return f"{self.presence_in_words()}, within the {share(self.most_drained)} declared as the most."


NO_TRIAL = TrialFacts()


@dataclass(frozen=True)
class TrialCaveat:
    """One row of :data:`TRIAL_CAVEATS`."""

    code: str
    detect: Callable[[TrialFacts], bool]
    sentence: Callable[[TrialFacts], str]
    withholds: bool = False
    first: bool = False


TRIAL_CAVEATS = (
    TrialCaveat("schedule_altered", lambda t: bool(t.altered), lambda t: t.altered, withholds=True, first=True),
    TrialCaveat("drained", lambda t: t.is_drained, TrialFacts.drained_in_words, withholds=True, first=True),
    TrialCaveat("not_drained", lambda t: t.drained <= t.most_drained, TrialFacts.kept_in_words, first=True),
    TrialCaveat(
        "drain_unknown", lambda t: bool(t.drain_unknown), lambda t: t.drain_unknown, withholds=True, first=True
    ),
    TrialCaveat(
        "not_delivered",
        lambda t: t.contrast <= NO_MORE,
        lambda t: (
            f"Drawn areas had {share(100 * t.contrast)} of the officer time of undrawn ones, by what is usual in each: no more, so there is nothing "
            "that an effect could come from."
        ),
        withholds=True,
    ),
    TrialCaveat(
        "delivery_unsure",
        lambda t: t.contrast_low <= 1 and t.contrast > NO_MORE,
        lambda t: (
            f"Drawn areas had {share(100 * t.contrast)} of the officer time of undrawn ones, by what is usual in each, but by chance they may have "
            "had no more."
        ),
    ),
    TrialCaveat(
        "less_than_half_delivered",
        lambda t: t.delivered < LEAST_DELIVERED,
        lambda t: (
            f"Drawn areas had {share(100 * max(t.delivered, 0.0))} of the planned officer time, beyond what they would have had undrawn: this tells "
            "of the plan as it was carried out, and of much less than was planned."
        ),
    ),
    TrialCaveat(
        "few_visits_delivered",
        lambda t: t.reached < LEAST_DELIVERED,
        lambda t: (
            f"Only {share(100 * t.reached)} of drawn areas and days had {amount(t.visit_minutes, 'min')} of presence."
        ),
    ),
    TrialCaveat(
        "few_trial_days",
        lambda t: 0 < t.days < FEW_DAYS,
        lambda t: f"It rests on {count_of(t.days, 'days')} only; {FEW_DAYS} are few already.",
    ),
    TrialCaveat(
        "few_drawn_areas",
        lambda t: 0 <= t.per_day < FEW_DRAWN,
        lambda t: f"Only {count_of(t.per_day, 'areas')} a day were drawn: what happened there weighs much.",
    ),
    TrialCaveat(
        "trial_not_over",
        lambda t: t.days_left > 0,
        lambda t: (
            f"The trial is not over, or its last {count_of(t.days_left, 'days')} have no data yet: who looks early and often finds differences "
            "that are none."
        ),
    ),
    TrialCaveat(
        "schedule_not_stored",
        lambda t: t.not_stored,
        lambda t: "No store holds this schedule: that it was drawn once, before the first day, rests on its own word.",
    ),
)
