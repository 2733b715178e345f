"""A material of one hour: areas with a size and officer hours each, so that every figure is worked out by hand."""

from datetime import date

import pandas as pd
import shapely

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.summary_tables import Material

HOUR = pd.Timestamp("2024-06-03T09:00Z")
DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 3))


def cells(place, hours, **more):
    return {
        "area_id": place, "period": HOUR, "unit": "North", "department": "not known", "officer_role": "not known",
        "resource_type": "response", "activity": "on_foot", "officer_seconds": 3600 * hours, "variance": 3600.0**2,
        "systematic": 0.0, "foot_seconds": 3600 * hours,
        **dict.fromkeys([f"{m}_seconds" for m in ("vehicle", "stationary", "unknown", "bicycle")], 0.0), **more,
    }  # fmt: skip


def material_of(areas, extra=(), ends=()):
    shapes, rows, corner = [], [], 0.0
    for name, role, km2, hours in areas:
        shapes.append(
            {"area_id": name, "name": name, "role": role, "geometry": shapely.box(corner, 0, corner + 1000 * km2, 1000)}
        )
        corner += 1000 * km2 + 100
        rows += [cells(name, hours), cells(f"({role})", hours)]
    where = pd.DataFrame(shapes)
    where["valid_to"] = [dict(ends).get(a) for a in where["area_id"]]
    return Material.of(where, pd.DataFrame([*rows, *extra]))
