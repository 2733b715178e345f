"""Figures of a page's cube by the plainest way: which slots and cells a filter keeps, added up. What the page's script is held to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.inspector_page.cube import Cube
from ia_plugin.core.inspector_page.day_slots import WHOLE_DAY


class PageFigures:
    """Sums of a cube.

    >>> # PageFigures(cube).time(state, ["A"])["seconds"]
    """

    def __init__(self, cube: Cube) -> None:
        self.facts: dict[str, Any] = cube.facts
        self.arrays = cube.arrays
        self.base = date.fromisoformat(self.facts["base"])

    def number(self, day: date) -> int:
        return (day - self.base).days

    def kept(self, state: FilterState, day: Any, hour: Any) -> Any:
        """Which days and hours (`WHOLE_DAY`: all of one) a filter keeps; hours past midnight are the evening's."""
        assert state.first is not None and state.last is not None
        own = day - (state.wraps & (hour < state.hour_to))
        keep = (own >= self.number(state.first)) & (own <= self.number(state.last))
        keep &= np.isin((own + self.facts["base_weekday"]) % 7, state.weekdays)
        return keep & (np.isin(hour, state.hours) | (state.any_hour & (hour == WHOLE_DAY)))

    def slots(self, state: FilterState) -> Any:
        return self.kept(state, self.arrays["moment_day"], self.arrays["moment_hour"])

    def rows(self, labels: Sequence[str]) -> list[int]:
        return [self.facts["rows"].index(label) for label in labels]

    def time(self, state: FilterState, labels: Sequence[str], prefix: str = "time") -> dict[str, float]:
        """Sums of seconds, variance, systematic part and modes at rows."""
        keep, some = self.slots(state), self.rows(labels)
        some = [r - (prefix == "site") * self.facts["area_count"] for r in some]
        names = [n for n in self.arrays if n.startswith(f"{prefix}_")]
        return {n.partition("_")[2]: float(self.arrays[n][some][:, keep].sum()) for n in names}

    def cover(self, state: FilterState, areas: Sequence[str]) -> dict[str, float]:
        """Cover seconds, officers and hours with an officer, visits and their seconds, of areas."""
        keep, some = self.slots(state), self.rows(areas)
        names = ("cover_seconds", "cover_officers", "visit_count", "visit_seconds")
        found = {n: float(self.arrays[n][some][:, keep].sum()) for n in names}
        totals = self.arrays["moment_hour"] == WHOLE_DAY
        by_hour = (self.arrays["cover_officers"][some][:, keep & ~totals] > 0).sum()
        return {**found, "hours": float(by_hour + self.arrays["cover_hours"][some][:, keep[totals]].sum())}

    def events(self, state: FilterState, labels: Sequence[str], kind: str) -> dict[str, float]:
        """Sums of events at rows, sensitive categories left out."""
        a, whats = self.arrays, self.facts["event_whats"]
        fits = [
            w["kind"] == kind
            and w["precision"] in state.precisions
            and w["category"] in (state.categories or (w["category"],))
            for w in whats
        ]
        timed = np.array([w["precision"] == "hour" for w in whats], dtype=bool)[a["event_what"]]
        keep = self.kept(state, a["event_day"], a["event_hour"]) & np.isin(a["event_row"], self.rows(labels))
        keep &= np.array(fits, dtype=bool)[a["event_what"]] & (timed | state.any_hour)
        return {n: float(a[f"event_{n}"][keep].sum()) for n in ("count", "known", "found", "expected")}
