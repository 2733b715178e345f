"""The counts of events as one row an area, which can be mapped; the table by period and category is :mod:`.area_events`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

KINDS = {"crime": "crimes", "incident": "incidents", "stop_search": "searches"}
SQUARE_M_IN_KM2 = 1e6


def area_counts(table: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Events of each area over the whole time.

    Parameters
    ----------
    table : of :func:`~ia_plugin.core.events.area_events.events_in_areas`, from the same areas
    areas : areas table, metres

    Returns
    -------
    DataFrame, one row an area, those without events too: ``area_id``, and ``name`` and ``role`` where they are known, ``geometry``,
    ``crimes``, ``incidents``, ``searches`` and ``events``, all kinds together, by the start of their windows; ``area_km2`` of the
    polygon, and ``events_per_km2``.

    Examples
    --------
    >>> areas = pd.DataFrame({"area_id": ["A", "B"], "geometry": [shapely.box(0, 0, 2000, 1000), shapely.box(0, 0, 1, 1)]})
    >>> table = pd.DataFrame({"area_id": ["A", "A"], "kind": ["crime", "incident"], "events": [3, 1]})
    >>> area_counts(table, areas)[["area_id", "crimes", "events", "events_per_km2"]].values.tolist()
    [['A', 3, 4, 2.0], ['B', 0, 0, 0.0]]
    """
    ids = areas["area_id"].astype(str)
    found = areas[[c for c in ("area_id", "name", "role", "geometry") if c in areas.columns]].reset_index(drop=True)
    for kind, column in (*KINDS.items(), (None, "events")):
        rows = table if kind is None else table[table["kind"] == kind]
        counts = pd.to_numeric(rows["events"]).groupby(rows["area_id"].astype(str)).sum()
        found[column] = ids.map(counts).fillna(0).to_numpy(np.int64)
    found["area_km2"] = shapely.area(areas["geometry"].to_numpy(dtype=object)) / SQUARE_M_IN_KM2
    found["events_per_km2"] = found["events"] / found["area_km2"].where(found["area_km2"] > 0)
    return found


__all__ = ["KINDS", "area_counts"]
