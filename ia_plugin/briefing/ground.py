"""What lies beneath the areas where nobody gives anything else: the force's own basemap beside its store, published boundaries where
the areas lie in them, the sample's own streets in the demo, the force's outline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDataProvider,
    QgsGeometry,
    QgsMapLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ..core.resources import resource_path
from .map_layers import area_layer, quiet

if TYPE_CHECKING:
    import pandas as pd

BASEMAP, RIGHTS = "basemap.gpkg", "basemap.txt"
"""Files of a force in the folder of its store: the ground beneath its areas, and whose data that is."""
OGL = "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right"
SAMPLE_RIGHTS = (
    "Demo: invented areas, simulated officers, synthetic streets. Contains public sector information licensed under the Open Government "
    f"Licence v3.0. {OGL} 2020."
)
BOUNDARY_RIGHTS = f"Boundaries of districts and wards: {OGL} 2025."
OWN_BASEMAP = f"For streets put {BASEMAP} into the folder of the store, and whose data it is into {RIGHTS}; see Briefing maps in the user guide."
WITHIN_M = 1.0  # of a corner of the boxes of two areas that are the same


@dataclass(frozen=True, eq=False)
class Found:
    """Ground that was found.

    Attributes
    ----------
    layers : top first
    rights : whose data they are; "" where nothing says
    says, warns : sentences for the log
    own : whether it is of the store's own areas alone, whose data nobody need say
    """

    layers: tuple[QgsMapLayer, ...] = ()
    rights: str = ""
    says: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    own: bool = False


def ground_of(areas: pd.DataFrame, crs: QgsCoordinateReferenceSystem, store: Path | None = None) -> Found:
    """Layers beneath the areas, and whose data they are.

    The force's own :data:`BASEMAP` goes before anything shipped. The sample's streets are synthetic: beneath a force's own areas they
    would be a false map, so they are drawn beneath the sample's areas alone.

    Parameters
    ----------
    areas : areas table with geometries; one of role rest is the force's ground
    crs : of the areas
    store : the folder of the store
    """
    own = areas[~areas["role"].isin(["site", "rest"])]
    warns: tuple[str, ...] = ()
    if store is not None and (store / BASEMAP).is_file():
        found = _beside(store, own, crs)
        if found.layers:
            return found
        warns = found.warns
    outline = _outline(areas[areas["role"] == "rest"], crs)
    if are_of_sample(areas):
        shipped = [_shipped("sample", "demo_network.gpkg", "streets"), _shipped("sample", "demo_areas.gpkg", "force")]
        return Found((*outline, *shipped), SAMPLE_RIGHTS, warns=warns)
    if _in_west_midlands(own, crs):
        shipped = [_shipped("ground", "west_midlands.gpkg", name) for name in ("districts", "wards")]
        for layer, width in zip(shipped, (0.35, 0.12)):
            quiet(layer, width)
        says = f"Boundaries of districts and wards lie beneath the areas. {OWN_BASEMAP}"
        return Found((*outline, *shipped), BOUNDARY_RIGHTS, (says,), warns)
    return Found(outline, "", (f"Nothing lies beneath the areas but outlines. {OWN_BASEMAP}",), warns, own=True)


def _outline(rest: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> tuple[QgsMapLayer, ...]:
    if not len(rest):
        return ()
    rows = [(str(r.area_id), str(r.name), "rest", -1) for r in rest.itertuples()]
    boundary = area_layer(rows, [QgsGeometry.fromWkt(g.wkt) for g in rest["geometry"]], crs)
    quiet(boundary)
    return (boundary,)


def _shipped(folder: str, file: str, table: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{resource_path(folder, file)}|layername={table}", table, "ogr")
    quiet(layer)
    return layer


# --- the force's own --------------------------------------------------------------------------------------------------


def _beside(store: Path, areas: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> Found:
    """All vector layers of the basemap beside a store, in the order of the file, those that have a style in it with that style."""
    layers = []
    for name in _tables(store / BASEMAP):
        layer = QgsVectorLayer(f"{store / BASEMAP}|layername={name}", name, "ogr")
        if layer.isValid() and layer.isSpatial():
            if not layer.loadDefaultStyle()[1]:
                quiet(layer)
            layers.append(layer)
    if not layers:
        return Found(warns=(f"{BASEMAP} beside the store holds no layer that can be read: it is left out.",))
    if not any(_reaches(layer, areas, crs) for layer in layers):
        return Found(warns=(f"{BASEMAP} beside the store holds nothing where the areas lie: it is left out.",))
    return Found(tuple(layers), _rights(store), (f"{BASEMAP} beside the store lies beneath the areas.",))


def _tables(path: Path) -> list[str]:
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    if not layer.isValid():
        return []
    parts = (s.split(QgsDataProvider.sublayerSeparator()) for s in layer.dataProvider().subLayers())
    return [p[1] for p in parts if len(p) > 1]


def _rights(store: Path) -> str:
    """What the force says of its basemap, on one line."""
    try:
        return " ".join((store / RIGHTS).read_text(encoding="utf-8-sig", errors="replace").split())
    except OSError:
        return ""


def _reaches(layer: QgsVectorLayer, areas: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> bool:
    """Whether a layer's box and the areas' have ground in common; what cannot be laid side by side has none."""
    box = QgsRectangle(*map(float, shapely.total_bounds(areas["geometry"].to_numpy())))
    return box.intersects(_moved(layer.extent(), layer.crs(), crs))


def _moved(box: QgsRectangle, of: QgsCoordinateReferenceSystem, to: QgsCoordinateReferenceSystem) -> QgsRectangle:
    if not of.isValid():
        return box
    return QgsCoordinateTransform(of, to, QgsCoordinateTransformContext()).transformBoundingBox(box)


# --- what is shipped --------------------------------------------------------------------------------------------------


def _in_west_midlands(areas: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> bool:
    """Whether a point of every area lies on the ground of the force whose boundaries are shipped."""
    (force,) = (f.geometry() for f in _shipped("ground", "west_midlands.gpkg", "force").getFeatures())
    british = QgsCoordinateReferenceSystem("EPSG:27700")
    force.transform(QgsCoordinateTransform(british, crs, QgsCoordinateTransformContext()))
    ground = shapely.from_wkb(bytes(force.asWkb()))
    return bool(len(areas)) and bool(
        shapely.covers(ground, shapely.point_on_surface(areas["geometry"].to_numpy())).all()
    )


def are_of_sample(areas: pd.DataFrame) -> bool:
    """Whether all areas but police sites are those of the sample, by their ids and boxes."""
    layer = QgsVectorLayer(f"{resource_path('sample', 'demo_areas.gpkg')}|layername=areas", "areas", "ogr")
    own = areas[~areas["role"].isin(["site", "rest"])]
    if not layer.isValid() or not len(own):
        return False
    boxes = {}
    for feature in layer.getFeatures():
        box = feature.geometry().boundingBox()
        boxes[str(feature["area_id"])] = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    return all(
        str(area) in boxes and max(abs(a - b) for a, b in zip(shapely.bounds(shape), boxes[str(area)])) <= WITHIN_M
        for area, shape in zip(own["area_id"], own["geometry"])
    )


__all__ = ["BASEMAP", "BOUNDARY_RIGHTS", "RIGHTS", "SAMPLE_RIGHTS", "Found", "are_of_sample", "ground_of"]
