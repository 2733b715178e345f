"""A June of thirty officers of three units: all tables of it, and what is published of them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.columns import OFFICER_TIME, TIME_USE
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.group_time.month import group_month
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.summaries.publish import published

JUNE = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30))
AREAS = pd.DataFrame(
    {
        "area_id": ["A", "B"],
        "name": ["A", "B"],
        "role": ["impact", "impact"],
        "geometry": pd.Series([shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)], dtype=object),
    }
)


def officers(seed: int = 0) -> pd.DataFrame:
    """June of 30 officers of three units in A, B and elsewhere: 17 of North, 9 of South, 4 of Dogs, who are “other” together with South."""
    rng, n = np.random.default_rng(seed), 6000
    officer = rng.integers(0, 30, n)
    unit = np.array(["North", "South", "Dogs"])[np.where(officer < 4, 2, (officer % 3 == 0).astype(int))]
    table = pd.DataFrame(
        {"area_id": rng.choice(["A", "B", "(rest)"], n), "unit": unit, "officer_id": [f"p{o}" for o in officer]}
    )
    table["period"] = pd.Timestamp("2024-05-31T23:00Z") + pd.to_timedelta(rng.integers(0, 720, n), unit="h")
    table["seconds"] = rng.integers(60, 1800, n).astype(float)
    roles = table[table["area_id"] != "(rest)"].assign(area_id="(impact)")
    table = pd.concat([table, roles], ignore_index=True)
    return table.assign(department="-", officer_role="-", resource_type="car", variance=100.0, systematic=1.0)[
        list(OFFICER_TIME.names)
    ]


def time_use(people: pd.DataFrame) -> pd.DataFrame:
    rows = people.rename(columns={"seconds": "officer_seconds"}).assign(activity="foot patrol")
    keys = ["area_id", "period", "unit", "department", "officer_role", "resource_type", "activity"]
    table = rows.groupby(keys, as_index=False)[["officer_seconds", "variance", "systematic"]].sum()
    zero = {f"{m}_seconds": 0.0 for m in ("vehicle", "stationary", "unknown", "bicycle")}
    return table.assign(foot_seconds=table["officer_seconds"], **zero)[list(TIME_USE.names)]


def materials(people: pd.DataFrame) -> tuple[Material, Material]:
    """(of all tables, of the published ones)."""
    table = time_use(people)
    cover = pd.DataFrame(columns=["area_id", "period", "unit", "resource_type", "patrol_seconds", "officers"])
    seen = pd.DataFrame(columns=["area_id", "period", "dimension", "value", "officers"])
    lengths = pd.DataFrame(columns=["area_id", "period", "unit", "resource_type", "band", "visits", "seconds"])
    nightly = published(table, cover, seen, lengths)
    months = group_month(people, {"A": "(impact)", "B": "(impact)"}, timezone="Europe/London").table
    return Material.of(AREAS, table), Material.of(AREAS, nightly["time_use"], groups=months)
