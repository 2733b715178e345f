"""A week in one area, as the dock holds it: hours of two units, an incident and a crime in each."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.summary_tables import Material

WEEK = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 9))


def week_material() -> Material:
    """Two units on foot, 1800 and 5400 officer-seconds in every hour of `WEEK`, on 0.81 km²."""
    areas = pd.DataFrame(
        {"area_id": ["A"], "name": ["Aston"], "role": ["impact"], "geometry": [shapely.box(0, 0, 900, 900)]}
    )
    hours = pd.date_range("2024-06-02T23:00Z", periods=168, freq="h")
    rows = []
    for place in ("A", "(impact)"):
        for unit, spent in (("North", 1800.0), ("South", 5400.0)):
            rows.append(
                pd.DataFrame(
                    {
                        "area_id": place,
                        "period": hours,
                        "unit": unit,
                        "department": "not known",
                        "officer_role": "not known",
                        "resource_type": "armed_response",
                        "activity": "on_foot",
                        "officer_seconds": spent,
                        "variance": 0.0,
                        "systematic": 0.0,
                        "foot_seconds": spent,
                        **dict.fromkeys([f"{m}_seconds" for m in ("vehicle", "stationary", "unknown", "bicycle")], 0.0),
                    }
                )
            )
    events = pd.DataFrame(
        {
            "event_id": [str(i) for i in range(336)],
            "kind": np.repeat(["incident", "crime"], 168),
            "category": "any",
            "start": [*hours, *hours],
            "end": [*hours, *hours],
            "time_precision": "minute",
            "x": 10.0,
            "y": 10.0,
            "source": "test",
        }
    )
    officers = pd.DataFrame(
        [(p, hours[0], "unit", u, 9) for p in ("A", "(impact)") for u in ("North", "South")],
        columns=["area_id", "period", "dimension", "value", "officers"],
    )
    return Material.of(areas, pd.concat(rows, ignore_index=True), events=events, officers_seen=officers)
