"""The figures of an area that a reader drew, computed from the restricted store; each is recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Union

import numpy as np
import pandas as pd
import shapely

from ..core.columns import TABLES
from ..core.disclosure.own_area import OwnBlocks, own_blocks
from ..core.empty import empty_table
from ..core.material.computed import computed_material
from ..core.material.own_area import with_area
from ..core.material.summary_tables import Material
from ..core.progress import Progress, silent
from ..core.sentence import phrase
from ..core.summaries.compute import ForceFacts
from ..core.summaries.zones import OVERLAP_SHARE
from ..gpkg.geopackage import GeoPackage
from .audit import add_run, run_row
from .intents import finish
from .look import refuse_no_look, why_no_look
from .open_summary import is_shared
from .small_ground import least_ha_of
from .store import RESTRICTED
from .summary import PUBLISHED, of_published, read_store_areas, summary_path

if TYPE_CHECKING:
    from shapely import Geometry

    from ..core.disclosure.blocks import Blocks

OTHERWISE = phrase("choose one of the areas of the store: one of your own is computed from that file")
REACH_M = 3_000.0  # legs that begin and end farther out share no time worth a row
LEG_COLUMNS = ("leg_id", "track_id", "officer_id", "start", "end", "duration_s", "distance_m", "speed_kmh", "unit", "resource_type",
                "accuracy0_m", "accuracy1_m", "mode", "confidence", "p_foot", "p_vehicle", "p_stationary", "p_bicycle")  # fmt: skip


def why_no_own_area(store: Union[str, Path]) -> str:
    """Why no figures of an area of one's own can be computed from a store by this user; "" where they can."""
    return "" if is_shared(store) else why_no_look(store)


def blocks_of(folder: Union[str, Path], shape: Geometry) -> OwnBlocks:
    """What the figures of an area of one's own would be about: shown before they are computed. Nothing is recorded.

    Parameters
    ----------
    shape : in the store's reference system, metres

    Raises
    ------
    AreaError, PrivacyError
        see :func:`~ia_plugin.core.disclosure.own_area.own_blocks`.
    """
    known = read_store_areas(folder)
    return own_blocks(shape, known, least_ha_of(folder))


def with_own_area(
    folder: Union[str, Path],
    material: Material,
    shape: Geometry,
    area_id: str,
    *,
    at: pd.Timestamp,
    version: str,
    progress: Progress = silent,
) -> Material:
    """The material with one area more, computed from the legs near it: the blocks that have their centre in a shape.

    Parameters
    ----------
    shape : in the store's reference system, metres
    area_id : its id and name
    at, version : for the record of runs

    Raises
    ------
    AreaError, PrivacyError
        for an area that is no polygon, too small, or too near to one of the store's: see :func:`blocks_of`.
    StoreError
        where the restricted store is not there, or the look-up cannot be recorded; in a shared store, where no refresh has computed
        the area yet: the loader computes what analysts ask for, who read no movement.
    """
    blocks = blocks_of(folder, shape).blocks
    ready = blocks.shape
    if is_shared(folder):
        return _asked(str(folder), material, blocks, area_id, version)
    summary = summary_path(folder)
    restricted = summary.parent / RESTRICTED
    refuse_no_look(summary.parent, OTHERWISE)
    finish(summary.parent)  # legs of one file, areas and events of the other
    with GeoPackage(restricted, create=False) as package:
        # The record comes first: a look-up that cannot be recorded is not made.
        parameters = {"hectares": round(blocks.hectares, 1), "block_m": blocks.side_m, "blocks": blocks.text}
        add_run(package, run_row("own area", at=at, version=version, parameters=parameters, audience="board"))
        legs = _legs_near(package, ready)
        postings, named = _table(package, "postings"), _table(package, "event_officers")
        events = _table(package, "events")
    areas, under = areas_about(read_store_areas(folder), ready, area_id)
    progress(0.3)
    facts = ForceFacts(areas, events, named, postings, timezone=material.timezone)
    own = computed_material(legs, facts, progress=lambda share: progress(0.3 + 0.7 * share))
    return replace(with_area(material, own, area_id), under_own_area=under)


def _asked(target: str, material: Material, blocks: Blocks, area_id: str, version: str) -> Material:
    """As :func:`with_own_area`, from the tables that a shared store's loader computed: all units together, as the summary is."""
    from .postgis.own_areas import asked_own_area

    found = asked_own_area(target, blocks, round(blocks.hectares, 1), version)
    tables = {n: found[n].assign(area_id=area_id) if n in found else empty_table(TABLES[n]) for n in PUBLISHED}
    areas, under = areas_about(read_store_areas(target), blocks.shape, area_id)
    own = Material.of(areas, tables["time_use"], cover=tables["cover"], visit_lengths=tables["visit_lengths"], timezone=material.timezone, **of_published(tables))  # fmt: skip
    return replace(with_area(material, own, area_id), under_own_area=under)


def _legs_near(package: GeoPackage, shape: Geometry) -> pd.DataFrame:
    """Legs whose box meets that of the area and :data:`REACH_M` about it."""
    have = package.kinds("legs")
    wanted = [*(c for c in LEG_COLUMNS if c in have), "x0", "y0", "x1", "y1"]
    west, south, east, north = shape.buffer(REACH_M).bounds
    box = "fid IN (SELECT id FROM rtree_legs_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?)"
    return package.read("legs", box, (west, east, south, north), columns=wanted, order="officer_id, start")


def areas_about(known: pd.DataFrame, shape: Geometry, area_id: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """(the area and the police sites of a store's areas table, ids of areas that share its ground)."""
    own = pd.DataFrame(
        {"area_id": [area_id], "name": [area_id], "role": ["other"], "geometry": pd.Series([shape], dtype=object)}
    )
    sites = known[known["role"] == "site"].reindex(columns=own.columns) if "role" in known.columns else known.iloc[:0]
    return pd.concat([own, sites], ignore_index=True), _under(known.drop(sites.index), shape)


def _under(areas: pd.DataFrame, shape: Geometry) -> tuple[str, ...]:
    """Ids of the areas that share more ground with a shape than borders do that are drawn by hand; the rest has none but its own."""
    areas = areas[areas["role"] != "rest"] if "role" in areas.columns else areas
    shapes = areas["geometry"].to_numpy(dtype=object)
    shared = shapely.area(shapely.intersection(shapes, shape))
    real = shared > OVERLAP_SHARE * np.minimum(shapely.area(shapes), shape.area)
    return tuple(areas["area_id"].astype(str)[real])


def _table(package: GeoPackage, name: str) -> Optional[pd.DataFrame]:
    return package.read(name) if name in package.tables() else None
