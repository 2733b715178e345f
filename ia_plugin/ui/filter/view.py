"""What the filter bar shows at one moment: the filter, how its period is chosen, and what it is compared with.

"Last four whole weeks" is kept as such, so that a view saved in May shows June's days in June.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Optional

from ...core.filter_state import FilterState, last_days, last_month, last_weeks

MOVING = ("weeks4", "last7", "last28", "month")  # periods that end where the data do; the first is the default
PERIODS = (*MOVING, "all", "custom")
COMPARISONS = ("none", "before", "year")


@dataclass(frozen=True)
class View:
    """A filter with the way its period was chosen (one of PERIODS) and its comparison (one of COMPARISONS)."""

    state: FilterState = field(default_factory=FilterState)
    period: str = MOVING[0]
    comparison: str = "before"

    @property
    def compared(self) -> str:
        """The comparison that can be made: an open period has none before it."""
        return "none" if self.state.days is None else self.comparison

    @property
    def other(self) -> Optional[FilterState]:
        """The filter it is compared with; None for none."""
        if self.compared == "none":
            return None
        return self.state.before() if self.compared == "before" else self.state.year_before()

    def at(self, latest: Optional[date], earliest: Optional[date] = None) -> View:
        """The same view on data from `earliest` to their last complete day `latest`: a period that moves with them is moved."""
        if latest is None or self.period == "custom":
            return self
        first, last = days_of(self.period, latest, earliest)
        return replace(self, state=replace(self.state, first=first, last=last))

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {"state": self.state.as_dict(), "period": self.period, "comparison": self.comparison}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> View:
        """The view that :meth:`as_dict` gave; a way of choosing that is not known is read as plain days."""
        period, comparison = values.get("period"), values.get("comparison")
        return cls(
            FilterState.from_dict(values["state"]),
            period if period in PERIODS else "custom",
            comparison if comparison in COMPARISONS else "before",
        )


def days_of(period: str, latest: date, earliest: Optional[date] = None) -> tuple[Optional[date], Optional[date]]:
    """First and last day of a period that moves with the data; (None, None) for all there is.

    Parameters
    ----------
    latest, earliest : the last complete day and the first of the data, before which no count of days goes
    """
    if period == "month":
        return last_month(latest)
    if period == "weeks4":
        return last_weeks(latest, earliest)
    counts = {"last7": 7, "last28": 28}
    return last_days(latest, counts[period], earliest) if period in counts else (None, None)


def period_of(
    state: FilterState, latest: Optional[date], likely: str = "custom", earliest: Optional[date] = None
) -> str:
    """How the period of a state was chosen, given the ends of the data: `likely` if that fits, else what fits first.

    Days of a short store are its last 7 and its last 28 days: such a period is only what it was.
    """
    days = (state.first, state.last)
    if days == (None, None):
        return "all"
    if latest is None:
        return "custom"
    if likely in MOVING and days_of(likely, latest, earliest) == days:
        return likely
    return next((p for p in MOVING if days_of(p, latest) == days), "custom")
