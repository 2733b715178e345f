"""The reference system in which metres are measured: chosen by where nearly all positions are, never by a stray one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Union

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.arrays import Bools, Floats
from ..core.doubtful_positions import FAR_M, is_filler, is_zero, near_the_rest
from ..core.errors import CrsError
from . import features
from .origin import Origin
from .positions import GREAT_BRITAIN, is_metric, to_crs
from .read_layers import read_points
from .sources import known_crs

BRITISH = "EPSG:27700"
_WGS84 = "EPSG:4326"
_DEGREE_M = 111_320.0


@dataclass(frozen=True)
class MetricSystem:
    """A reference system in metres, and how many of the positions had no say in its choice, for they lie far from the others."""

    crs: QgsCoordinateReferenceSystem
    strays: int = 0
    positions: int = 0


def metric_system_of(
    source: QgsFeatureSource,
    areas_crs: Optional[QgsCoordinateReferenceSystem] = None,
    *,
    context: Optional[QgsCoordinateTransformContext] = None,
    layer: Union[QgsVectorLayer, Origin, None] = None,
) -> MetricSystem:
    """The reference system in which the positions of a layer are measured.

    Its own when it is projected in metres; else the British National Grid where its positions are in Great Britain; else
    the areas' when they are in metres; else the UTM zone of the positions. Positions far from the others have no say.

    Parameters
    ----------
    source : feature source of points or lines
    areas_crs : of the areas
    context : of the project; None for an empty one
    layer : as of :func:`read_points`; used only where the layer's whole extent does not settle it

    Raises
    ------
    CrsError
        when the source has no reference system, or most of its positions are no places on Earth.
    """
    crs = known_crs(source)
    if is_metric(crs):
        return MetricSystem(crs)
    british = QgsCoordinateReferenceSystem(BRITISH)
    extent = source.sourceExtent()
    if extent.isNull() or extent.xMinimum() > extent.xMaximum():
        return MetricSystem(areas_crs if areas_crs is not None and is_metric(areas_crs) else british)
    corners = np.array([[extent.xMinimum(), extent.yMinimum()], [extent.xMaximum(), extent.yMaximum()]])
    if _within_britain(_degrees(corners, crs, context)):
        return MetricSystem(british)
    middles = _middles(source, layer)
    degrees = _degrees(middles, crs, context)
    _check_on_earth(middles, degrees, crs)
    usual = _usual(degrees)
    if _within_britain(degrees[usual]):
        chosen = british
    elif areas_crs is not None and is_metric(areas_crs):
        chosen = areas_crs
    else:
        chosen = _utm_zone(*np.median(degrees[usual], axis=0)) if usual.any() else british
    return MetricSystem(chosen, int(len(middles) - usual.sum()), len(middles))


def _middles(source: QgsFeatureSource, layer: Union[QgsVectorLayer, Origin, None]) -> Floats:
    """The middle of each feature that has a geometry, float64 (n, 2), in the source's own system."""
    if QgsWkbTypes.geometryType(source.wkbType()) == QgsWkbTypes.GeometryType.PointGeometry:
        xy = read_points(source, {}, layer=layer)[["x", "y"]].to_numpy(dtype=float)
    else:
        _, _, blobs, null = features.read(
            source, [], geometry=True, progress=lambda rows: None, request=QgsFeatureRequest()
        )
        shapes = shapely.from_wkb([bytes(b) for b, nothing in zip(blobs, null) if not nothing], on_invalid="ignore")
        bounds = shapely.bounds(shapes).reshape(-1, 4)
        xy = (bounds[:, :2] + bounds[:, 2:]) / 2
    return xy[np.isfinite(xy).all(axis=1)]


def _degrees(xy: Floats, crs: QgsCoordinateReferenceSystem, context: Optional[QgsCoordinateTransformContext]) -> Floats:
    """Longitude and latitude, NaN where a position is no place on Earth."""
    degrees, _ = to_crs(xy, crs, QgsCoordinateReferenceSystem(_WGS84), context)
    degrees = np.array(degrees)
    with np.errstate(invalid="ignore"):
        degrees[~((np.abs(degrees[:, 1]) <= 90) & (np.abs(degrees[:, 0]) <= 360))] = np.nan
    return degrees


def _within_britain(degrees: Floats) -> bool:
    if not len(degrees) or np.isnan(degrees).any():
        return False
    (west, south), (east, north) = degrees.min(axis=0), degrees.max(axis=0)
    return bool(GREAT_BRITAIN.contains(QgsRectangle(west, south, east, north)))


def _check_on_earth(xy: Floats, degrees: Floats, crs: QgsCoordinateReferenceSystem) -> None:
    lost = np.isnan(degrees[:, 0])
    if 2 * lost.sum() > len(xy):
        named, first = crs.authid() or "the layer's reference system", xy[np.flatnonzero(lost)[0]]
        raise CrsError(
            f"Positions such as {first[0]:g}, {first[1]:g} are no place in {named}.",
            "The layer's coordinate reference system is probably wrong: set the right one in its properties.",
        )


def _usual(degrees: Floats) -> Bools:
    """Which positions are near the rest; (0, 0) and fillers are none of them, unless there is nothing else."""
    lon, lat = degrees.T.copy()
    nowhere = is_zero(lon, lat) | is_filler(lon, lat)
    if not (nowhere | np.isnan(lon)).all():
        lon[nowhere] = np.nan
    metres = _DEGREE_M * np.cos(np.radians(np.nanmedian(lat))) * lon, _DEGREE_M * lat
    return near_the_rest(*metres, FAR_M)


def _utm_zone(lon: float, lat: float) -> QgsCoordinateReferenceSystem:
    zone = int((lon + 180) // 6) % 60 + 1
    return QgsCoordinateReferenceSystem(f"EPSG:{(32600 if lat >= 0 else 32700) + zone}")
