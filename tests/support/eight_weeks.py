"""Eight weeks in six impact and six comparison areas, with officers' time and events in every hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.columns import ALL
from ia_plugin.core.material.summary_tables import Material

FIRST, DAYS = date(2024, 5, 6), 56
ROLES = ("impact",) * 6 + ("comparison",) * 6


def eight_weeks(names: Mapping[str, str] = MappingProxyType({})) -> Material:
    """Twelve areas, "Area 00" where `names` has no other for the id "a00", in eight weeks, every hour, two days without data; two units in two departments, told apart as in restricted cells."""
    rng = np.random.default_rng(7)
    hours = pd.date_range(pd.Timestamp(FIRST, tz="Europe/London").tz_convert("UTC"), periods=24 * DAYS, freq="h")
    hours = hours[(hours < hours[24 * 20]) | (hours >= hours[24 * 22])]
    areas = pd.DataFrame(
        {"area_id": [f"a{i:02}" for i in range(12)], "name": [names.get(f"a{i:02}", f"Area {i:02}") for i in range(12)], "role": ROLES,
         "geometry": [shapely.box(2000 * i, 0, 2000 * i + 500 + 100 * i, 1000) for i in range(12)]}
    )  # fmt: skip
    rows = []
    for i, role in enumerate(ROLES):
        for unit, department in (("North", "Local"), ("South", "Traffic")):
            spent = rng.exponential(400.0 * (1 + i % 3), len(hours)).clip(0, 3600)
            foot = spent * rng.random(len(hours))
            for place in (f"a{i:02}", f"({role})"):
                rows.append(pd.DataFrame({
                    "area_id": place, "period": hours, "unit": unit, "department": department, "officer_role": "not known",
                    "resource_type": "response", "activity": "on_foot", "officer_seconds": spent, "variance": 900.0, "systematic": 5.0,
                    "foot_seconds": foot, "vehicle_seconds": spent - foot,
                    **dict.fromkeys([f"{m}_seconds" for m in ("stationary", "unknown", "bicycle")], 0.0)}))  # fmt: skip
    n = 6000
    at = rng.integers(0, 24 * DAYS, n)
    where = rng.integers(0, 12, n)
    start = pd.Timestamp(FIRST, tz="Europe/London").tz_convert("UTC") + pd.to_timedelta(at, unit="h")
    kind = rng.choice(["crime", "incident", "stop_search"], n, p=[0.5, 0.4, 0.1])
    events = pd.DataFrame(
        {"event_id": [str(i) for i in range(n)], "kind": kind, "category": "any", "start": start, "end": start, "time_precision": "minute",
         "x": 2000.0 * where + 100, "y": 500.0, "source": "test", "outcome": "any",
         "object_found": np.where(kind == "stop_search", rng.random(n) < 0.3, None)}
    )  # fmt: skip
    time_use = pd.concat(rows, ignore_index=True)
    officers = pd.DataFrame([(p, hours[0], ALL, ALL, 9) for p in areas["area_id"]], columns=["area_id", "period", "dimension", "value", "officers"])  # fmt: skip
    return Material.of(areas, time_use, events=events, officers_seen=officers)


def with_officers(material: Material, few: str = "") -> Material:
    """The material, with nine officers in each area on every day, and four in one of them."""
    places = [*material.areas["area_id"], "(impact)", "(comparison)", "(all)"]
    days = pd.date_range("2024-05-06T11:00Z", periods=56, freq="D")
    rows = [(p, d, ALL, ALL, 4 if p == few else 9) for p in places for d in days]
    return replace(material, officers=pd.DataFrame(rows, columns=["area_id", "period", "dimension", "value", "officers"]))  # fmt: skip
