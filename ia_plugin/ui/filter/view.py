"""What the filter bar shows at one moment: the filter, how its period is chosen, and what it is compared with.

"Last 28 days" is kept as such, so that a view saved in May shows June's days in June.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Optional

from ...core.filter_state import FilterState, last_days, last_month

PERIODS = ("last7", "last28", "month", "all", "custom")
COMPARISONS = ("none", "before", "year")


@dataclass(frozen=True)
class View:
    """A filter with the way its period was chosen (one of PERIODS) and its comparison (one of COMPARISONS)."""

    state: FilterState = field(default_factory=FilterState)
    period: str = "last28"
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

    def at(self, latest: Optional[date]) -> View:
        """The same view on data whose last complete day is `latest`: a period that moves with it is moved."""
        if latest is None or self.period == "custom":
            return self
        first, last = days_of(self.period, latest)
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


def days_of(period: str, latest: date) -> tuple[Optional[date], Optional[date]]:
    """First and last day of a period that moves with the data; (None, None) for all there is."""
    if period == "month":
        return last_month(latest)
    return {"last7": last_days(latest, 7), "last28": last_days(latest, 28)}.get(period, (None, None))


def period_of(state: FilterState, latest: Optional[date], likely: str = "custom") -> str:
    """How the period of a state was chosen, given the last complete day: `likely` if that fits, else what fits first."""
    days = (state.first, state.last)
    if days == (None, None):
        return "all"
    if latest is None:
        return "custom"
    moving = [p for p in (likely, *PERIODS) if p in ("last7", "last28", "month")]
    return next((p for p in moving if days_of(p, latest) == days), "custom")
