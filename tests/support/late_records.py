"""Events that are recorded late, day by day alike, as an extract of some day has them; and a Material of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

import pandas as pd
import shapely

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.summary_tables import Material

LONDON = "Europe/London"
JUNE = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 30))
AREAS = pd.DataFrame([{"area_id": "a", "name": "A", "role": "impact", "geometry": shapely.box(-500, -500, 500, 500)}])


def events_of(
    days: int = 60, by_delay: tuple[int, ...] = (6, 3, 1), kind: str = "crime", first: str = "2024-05-01",
    until: Optional[str] = None, clock: str = "20:15", **columns: Any,
) -> pd.DataFrame:  # fmt: skip
    """Each day so many events at noon, recorded so many days later; those recorded after the last day are not there yet."""
    begin = pd.Timestamp(first, tz=LONDON)
    rows = [
        (begin + pd.Timedelta(days=d, hours=12), begin + pd.Timedelta(days=d + k) + pd.Timedelta(f"{clock}:00"))
        for d in range(days)
        for k, n in enumerate(by_delay)
        for _ in range(n)
    ]
    last = begin + pd.Timedelta(days=days) if until is None else pd.Timestamp(until, tz=LONDON)
    kept = [(s, r) for s, r in rows if r < last and s < last]
    start = pd.Series([s for s, _ in kept]).dt.tz_convert("UTC")
    recorded = pd.Series([r for _, r in kept]).dt.tz_convert("UTC")
    table = pd.DataFrame({"event_id": [f"{kind}{i}" for i in range(len(kept))], "kind": kind, "category": "Theft", "start": start, "end": start,
                          "time_precision": "minute", "recorded_at": recorded, "status": "current", "version": 1, "x": 0.0, "y": 0.0})  # fmt: skip
    return table.assign(**columns)


def hours_of(
    days: int = 61, first: str = "2024-05-01", each: float = 2.0, last_day: Optional[float] = None
) -> pd.DataFrame:
    """Time use of so many officer hours in each hour of each day; the last day may have another number of them."""
    begin = pd.Timestamp(first, tz=LONDON)
    rows = []
    for d in range(days):
        level = last_day if last_day is not None and d == days - 1 else each
        rows += [{"area_id": place, "period": (begin + pd.Timedelta(days=d, hours=h)).tz_convert("UTC"), "unit": "U", "department": "not known",
                  "officer_role": "not known", "resource_type": "r", "activity": "on_foot", "officer_seconds": 3600.0 * level, "variance": 0.0,
                  "systematic": 0.0, "foot_seconds": 3600.0 * level, "vehicle_seconds": 0.0, "bicycle_seconds": 0.0,
                  "stationary_seconds": 0.0, "unknown_seconds": 0.0}
                 for h in range(24) for place in ("a", "(impact)")]  # fmt: skip
    return pd.DataFrame(rows)


def material_of(events: pd.DataFrame, **hours: Any) -> Material:
    """Officers and events from 1 May to 30 June 2024, as its events say how late they come."""
    return Material.of(AREAS, hours_of(**hours), events=events)
