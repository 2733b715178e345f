"""What lies beneath the areas where nobody gives anything else: the force's boundary, and the sample's own streets in the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsMapLayer, QgsVectorLayer

from ..core.resources import resource_path
from .map_layers import area_layer, quiet

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_RIGHTS = (
    "Demo: invented areas, simulated officers, synthetic streets. Contains public sector information licensed under the Open Government "
    "Licence v3.0. Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown "
    "copyright and database right 2020."
)
WITHIN_M = 1.0  # of a corner of the boxes of two areas that are the same


def ground_of(areas: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> tuple[list[QgsMapLayer], str]:
    """Layers beneath the areas, top first, and whose data they are.

    The sample's streets are synthetic: beneath a force's own areas they would be a false map, so they are drawn beneath the sample's
    areas alone.

    Parameters
    ----------
    areas : areas table with geometries; one of role rest is the force's ground
    crs : of the areas
    """
    rest = areas[areas["role"] == "rest"]
    found: list[QgsMapLayer] = []
    if len(rest):
        rows = [(str(r.area_id), str(r.name), "rest", -1) for r in rest.itertuples()]
        boundary = area_layer(rows, [QgsGeometry.fromWkt(g.wkt) for g in rest["geometry"]], crs)
        quiet(boundary)
        found.append(boundary)
    if not are_of_sample(areas):
        return found, ""
    for file, table in (("demo_network.gpkg", "streets"), ("demo_areas.gpkg", "force")):
        layer = QgsVectorLayer(f"{resource_path('sample', file)}|layername={table}", table, "ogr")
        if layer.isValid():
            quiet(layer)
            found.append(layer)
    return found, SAMPLE_RIGHTS


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


__all__ = ["SAMPLE_RIGHTS", "are_of_sample", "ground_of"]
