"""The figures of an area that a reader drew, computed from the restricted store; each is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Union

import pandas as pd

from ..core.errors import StoreError
from ..core.material.own_area import checked_shape, with_area
from ..core.material.summary_tables import Material
from ..core.params import PresenceParams
from ..core.progress import Progress, silent
from ..core.summaries.compute import computed_material
from ..gpkg.geopackage import GeoPackage
from .audit import add_run, run_row
from .store import RESTRICTED
from .summary import summary_path

REACH_M = 3_000.0  # legs that begin and end farther out share no time worth a row
_LEG_COLUMNS = ("leg_id", "track_id", "officer_id", "start", "end", "duration_s", "distance_m", "speed_kmh", "unit", "resource_type",
                "accuracy0_m", "accuracy1_m", "mode", "confidence", "p_foot", "p_vehicle", "p_stationary", "p_bicycle")  # fmt: skip


def with_own_area(
    folder: Union[str, Path],
    material: Material,
    shape: Any,
    area_id: str,
    *,
    at: pd.Timestamp,
    version: str,
    progress: Progress = silent,
) -> Material:
    """The material with one area more, computed from the legs near it.

    Parameters
    ----------
    shape : polygon in the store's reference system, metres
    area_id : its id and name
    at, version : for the record of runs

    Raises
    ------
    PrivacyError
        for an area that is too small.
    StoreError
        where the restricted store is not there, or the look-up cannot be recorded.
    """
    ready = checked_shape(shape)
    summary = summary_path(folder)
    restricted = summary.parent / RESTRICTED
    if not restricted.is_file():
        raise StoreError(
            f"There is no {RESTRICTED} beside the summary, and an area of one's own is computed from it.",
            "Choose one of the areas of the summary, or ask for access to the restricted folder.",
        )
    areas = pd.DataFrame(
        {"area_id": [area_id], "name": [area_id], "role": ["other"], "geometry": pd.Series([ready], dtype=object)}
    )
    with GeoPackage(summary, create=False) as package:
        known = package.read("areas")
        events = package.read("events") if "events" in package.tables() else None
    sites = known[known["role"] == "site"].reindex(columns=areas.columns) if "role" in known.columns else known.iloc[:0]
    with GeoPackage(restricted, create=False) as package:
        parameters = {"hectares": round(float(ready.area) / 1e4, 1)}
        add_run(package, run_row("own area", at=at, version=version, parameters=parameters, audience="board"))
        have = package.kinds("legs")
        wanted = [*(c for c in _LEG_COLUMNS if c in have), "x0", "y0", "x1", "y1"]
        west, south, east, north = ready.buffer(REACH_M).bounds
        box = "fid IN (SELECT id FROM rtree_legs_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?)"
        legs = package.read("legs", box, (west, east, south, north), columns=wanted, order="officer_id, start")
        postings = package.read("postings") if "postings" in package.tables() else None
        named = package.read("event_officers") if "event_officers" in package.tables() else None
    progress(0.3)
    own = computed_material(
        legs,
        pd.concat([areas, sites], ignore_index=True),
        events,
        postings=postings,
        event_officers=named,
        method=PresenceParams(bounds="none"),
        timezone=material.timezone,
        progress=lambda share: progress(0.3 + 0.7 * share),
    )
    return with_area(material, own, area_id)
