"""The one scale of officer density, the same for any week, shift and force, so that a colour keeps its meaning (standard library only)."""

from __future__ import annotations

from dataclasses import dataclass

DAYS = 7  # a week's time is told as of one of its days


@dataclass(frozen=True)
class DensityClass:
    """One colour of the scale: officer minutes in a cell and shift on a day of the week, from `low` to before `high`."""

    low: float
    high: float
    words: str
    colour: str


# One hue from light to dark: told apart by colour-blind readers and in grey. The last is open: how much more is not told by colour.
SCALE = (
    DensityClass(0.0, 5.0, "under 5 officer minutes a day", "#eff3ff"),
    DensityClass(5.0, 15.0, "5 to 15 minutes", "#bdd7e7"),
    DensityClass(15.0, 30.0, "15 to 30 minutes", "#6baed6"),
    DensityClass(30.0, 60.0, "30 to 60 minutes", "#3182bd"),
    DensityClass(60.0, float("inf"), "60 minutes and more", "#08519c"),
)
NOT_SHOWN = (
    "Cells without a colour: fewer than five officers or three days in that week and shift, or one officer with more than half of the time. "
    "Time at police sites, rests at home and time at sexual, domestic and other sensitive incidents are left out."
)


def minutes_a_day(officer_seconds: float) -> float:
    """Officer minutes on a day of the week, from the seconds of a week; arrays too.

    >>> minutes_a_day(7 * 1_800.0)
    30.0
    """
    return officer_seconds / 60.0 / DAYS


def class_of(officer_seconds: float) -> DensityClass:
    """The class of a week's time in a cell and shift.

    >>> [class_of(7 * 60.0 * m).words for m in (4.9, 5.0, 2_000.0)]
    ['under 5 officer minutes a day', '5 to 15 minutes', '60 minutes and more']
    """
    minutes = minutes_a_day(officer_seconds)
    return next(c for c in reversed(SCALE) if minutes >= c.low or c.low == 0.0)
