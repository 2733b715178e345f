"""What was delivered in a trial: officer time of drawn and undrawn areas, held against the days before; undrawn areas first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..arrays import Bools, Floats, Ints
from ..presence.likely import Z90
from ..words import DASH, amount, count_of, number, share

LEAST_BEFORE = 7
WEEK = 7


@dataclass(frozen=True)
class Share:
    """A share of what was expected, with its 90 % range; NaN where it is not known."""

    value: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Delivered:
    """Presence of a trial.

    Attributes
    ----------
    undrawn : officer time of undrawn areas, of what the days before let expect
    contrast : officer time of drawn areas beside undrawn ones, of what is usual there
    hours : mean officer hours an area and day, of "drawn", "undrawn" and "before"
    reached : share of "drawn" and "undrawn" areas and days with the planned minutes of presence
    area_days : of "drawn" and "undrawn" areas with data of officers' time
    days_before : days that tell what is usual
    extra_hours : officer hours of drawn areas beyond what they would have had as undrawn ones
    """

    undrawn: Share
    contrast: Share
    hours: Mapping[str, float]
    reached: Mapping[str, float]
    area_days: Mapping[str, int]
    days_before: int
    extra_hours: float

    def delivered(self, visit_minutes: float) -> float:
        """Extra hours as a share of the planned ones; NaN where neither is known."""
        planned = self.area_days["drawn"] * visit_minutes / 60
        return self.extra_hours / planned if planned > 0 else math.nan

    def in_words(self, visit_minutes: float, *, exact: bool = True) -> list[str]:
        """Planned beside delivered, as sentences; without `exact` amounts are left out."""
        n = self.area_days["drawn"]
        if not n:
            return ["Too little of officers' time is known in the days of the trial: what was delivered is not known."]
        found = [
            f"Planned: {amount(visit_minutes, 'min')} in each of {count_of(n, 'drawn areas and days')}"
            + (f", {amount(n * visit_minutes / 60, 'h')} in all." if exact else "."),
            f"Delivered: {_share(self.reached['drawn'])} of drawn areas and days had so much presence, and "
            f"{_share(self.reached['undrawn'])} of undrawn ones.",
        ]
        if exact and math.isfinite(self.extra_hours):
            found.append(f"Drawn areas had {amount(self.extra_hours, 'h')} more than they would have had undrawn.")
        if exact:
            found.append(
                f"Officer time an area and day: {amount(60 * self.hours['drawn'], 'min')} drawn, "
                f"{amount(60 * self.hours['undrawn'], 'min')} undrawn, {amount(60 * self.hours['before'], 'min')} in the "
                f"{number(self.days_before)} days before."
            )
        return found


def delivered(
    hours: Floats, minutes: Floats, drawn: Bools, known: Bools, before: Floats, weekday: Ints, weekday_before: Ints, visit_minutes: float
) -> Delivered:  # fmt: skip
    """Officer time as planned and as delivered.

    Parameters
    ----------
    hours, minutes : (days, areas) officer hours, and minutes with an officer there; NaN where not known
    drawn, known : (days, areas); cells with data of officers' time
    before : (days before, areas) officer hours; NaN where not known
    weekday, weekday_before : (days,) and (days before,), 0 to 6
    visit_minutes : planned in a drawn area
    """
    usual, spread, n_before = _usual(before, weekday, weekday_before)
    known = known & np.isfinite(hours)
    own = np.where(known, np.nan_to_num(hours), 0.0)
    compared = known & np.isfinite(usual)
    expected = np.where(compared, usual, 0.0)
    sides = {"drawn": known & drawn, "undrawn": known & ~drawn}
    with np.errstate(invalid="ignore"):
        enough = np.where(np.isfinite(minutes), minutes, 60 * np.nan_to_num(hours)) >= visit_minutes - 1e-6
    means = {k: _mean(own, side) for k, side in sides.items()}
    means["before"] = float(np.nanmean(before)) if np.isfinite(before).any() else math.nan
    undrawn = _share_of(own, expected, compared & ~drawn, spread)
    beside = {"drawn": compared & drawn, "undrawn": compared & ~drawn}
    return Delivered(
        undrawn, _contrast(own, expected, beside), means,
        {k: _mean(enough.astype(float), side) for k, side in sides.items()}, {k: int(s.sum()) for k, s in sides.items()}, n_before,
        float((own - undrawn.value * expected)[beside["drawn"]].sum()),
    )  # fmt: skip


def _usual(before: Floats, weekday: Ints, weekday_before: Ints) -> tuple[Floats, float, int]:
    """(days, areas) hours usual on that weekday, the relative variance of their level, and days that tell it."""
    seen = np.isfinite(before)
    some = seen.any(axis=1)
    hours, days, seen = np.nan_to_num(before)[some], weekday_before[some], seen[some]
    n = len(hours)
    if n < LEAST_BEFORE or not hours.sum() > 0:
        return np.full((len(weekday), before.shape[1]), np.nan), math.nan, n
    days_seen = seen.sum(axis=0)
    areas = np.where(days_seen > 0, hours.sum(axis=0) / np.maximum(days_seen, 1), np.nan)  # a new area has no usual
    whole = hours.sum(axis=1) / seen.sum(axis=1)
    level = (
        np.array([whole[days == d].mean() if (days == d).any() else whole.mean() for d in range(WEEK)]) / whole.mean()
    )
    left = whole / np.where(level[days] > 0, level[days], 1.0)
    free = max(n - len(set(days.tolist())), 1)
    spread = float(((left - left.mean()) ** 2).sum() / free / n / left.mean() ** 2)
    return level[weekday][:, None] * areas[None], spread, n


def _share_of(own: Floats, expected: Floats, side: Bools, spread: float) -> Share:
    top, below = np.where(side, own, 0.0).sum(axis=1), np.where(side, expected, 0.0).sum(axis=1)
    if not below.sum() > 0:
        return Share()
    ratio = float(top.sum() / below.sum())
    n = int(side.any(axis=1).sum())
    error = ((top - ratio * below) ** 2).sum() / below.sum() ** 2 * n / max(n - 1, 1) + ratio**2 * spread
    reach = Z90 * math.sqrt(error)
    return Share(ratio, ratio - reach, ratio + reach)


def _contrast(own: Floats, expected: Floats, sides: Mapping[str, Bools]) -> Share:
    """Drawn beside undrawn, each of what is usual there; its range is of days."""
    tops, belows = ([np.where(s, v, 0.0).sum(axis=1) for s in sides.values()] for v in (own, expected))
    if not all(b.sum() > 0 for b in belows) or not tops[1].sum() > 0:
        return Share()
    (r1, r0) = (float(t.sum() / b.sum()) for t, b in zip(tops, belows))
    each = [(t - r * b) / b.sum() for t, r, b in zip(tops, (r1, r0), belows)]
    ratio = r1 / r0
    reach = Z90 * math.sqrt(float(((each[0] / r0 - ratio * each[1] / r0) ** 2).sum()))
    return Share(ratio, ratio - reach, ratio + reach)


def _mean(values: Floats, side: Bools) -> float:
    return float(values[side].mean()) if side.any() else math.nan


def _share(value: float) -> str:
    return DASH if value != value else share(100 * value)


__all__ = ["LEAST_BEFORE", "Delivered", "Share", "delivered"]
