"""Legs of a few officers in a week of June, for officer density."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ia_plugin.core.density.shift_weeks import ShiftWeek

WEEK = ShiftWeek("2024-06-03", "Europe/London")
CELL = "0:0"
NO_AREAS = pd.DataFrame({"area_id": [], "role": [], "geometry": pd.Series([], dtype=object)})


def at(clock: str, day: int = 0) -> pd.Timestamp:
    """A clock reading on a day of the week, 0 Monday, as a moment."""
    wall = pd.Timestamp(f"{WEEK.monday} {clock}") + pd.Timedelta(day, "D")
    return wall.tz_localize(WEEK.timezone).tz_convert("UTC")


def legs_of(fixes: Sequence[tuple[str, pd.Timestamp, float, float]]) -> pd.DataFrame:
    """The legs between consecutive reports of each officer: (officer, time, x, y) in any order."""
    table = pd.DataFrame(list(fixes), columns=["officer_id", "start", "x0", "y0"]).sort_values(["officer_id", "start"])
    after = table.shift(-1)
    legs = table.assign(end=after["start"], x1=after["x0"], y1=after["y0"])[table["officer_id"] == after["officer_id"]]
    seconds = (legs["end"] - legs["start"]).dt.total_seconds()
    return legs.assign(duration_s=seconds, leg_id=range(len(legs)), end=pd.to_datetime(legs["end"], utc=True))


def standing(officer: str, start: pd.Timestamp, hours: float, x: float = 60.0, y: float = 50.0) -> pd.DataFrame:
    """An officer who stands at one place, a report every five minutes."""
    n = round(12 * hours)
    return legs_of([(officer, start + pd.Timedelta(minutes=5 * k), x, y) for k in range(n + 1)])
