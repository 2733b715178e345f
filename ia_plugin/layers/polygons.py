"""Polygon and line layers -> areas, and lines of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsFeedback,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsWkbTypes,
)

from ..core.area_names import names_of
from ..core.arrays import Ints, Objects
from ..core.columns import AREA_ROLES
from ..core.errors import AreaError
from ..core.imports.record_ids import shown_value
from . import features
from .positions import to_crs
from .raw import Raw, finish
from .sources import Columns, RowProgress, check_fields, known_crs, say

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def read_areas(
    source: QgsFeatureSource,
    id_field: Optional[str],
    name_field: Optional[str] = None,
    role_field: Optional[str] = None,
    *,
    crs: Optional[QgsCoordinateReferenceSystem] = None,
    transform_context: Optional[QgsCoordinateTransformContext] = None,
    feedback: Optional[QgsFeedback] = None,
    date_fields: Optional[Columns] = None,
    context: Optional[QgsProcessingContext] = None,
    role: Optional[str] = None,
) -> pd.DataFrame:
    """Polygons -> areas table.

    Parameters
    ----------
    source : feature source of polygons; curves become segments, Z and M are dropped
    id_field : None for the feature's own number
    name_field, role_field : optional fields
    crs : reference system of the result; None for the source's own
    date_fields : {``adopted_on`` / ``valid_from`` / ``valid_to``: field}
    context : QgsProcessingContext; its choice for invalid polygons (stop, skip, ignore) is kept by the source, and
        the polygons it leaves out are counted. For a QgsVectorLayer it is applied here
    role : the role of all areas when there is no `role_field`; where there is one, a blank is "other"

    Returns
    -------
    DataFrame ``area_id`` (str), ``name``, ``role``, dates asked for, ``geometry`` (shapely); ``attrs["reading"]`` counts
    rows, ``no_geometry`` (left out) and ``invalid`` (those left out by the user's choice).

    Raises
    ------
    AreaError
        for a repeated or missing id, an unknown role, or geometries that are no polygons.
    """
    _check_polygon_type(source)
    if crs is not None:
        known_crs(source, "areas layer")
    wanted: dict[str, Optional[str]] = dict(area_id=id_field, name=name_field, role=role_field, **(date_fields or {}))
    chosen = {k: v for k, v in wanted.items() if v}
    check_fields(source, chosen)
    names, total = list(dict.fromkeys(chosen.values())), source.featureCount()
    fids, shapes, raws = _polygons(source, names, crs, transform_context, feedback, context)
    frame = _area_facts(fids, raws, id_field, name_field, date_fields or {})
    frame.insert(2, "role", _roles(raws, role_field, role, len(fids)))
    frame["geometry"] = pd.Series(shapes, index=frame.index, dtype=object)
    nothing = np.array([s is None or s.is_empty for s in shapes], dtype=bool)
    frame = frame.loc[~nothing].reset_index(drop=True)
    _check_ids(frame["area_id"], id_field)
    invalid = max(0, total - len(fids)) if total >= 0 else 0
    report = dict(how="features", rows=len(fids), no_geometry=int(nothing.sum()), invalid=invalid)
    frame.attrs["reading"] = report
    if report["no_geometry"]:
        say(feedback, f"{report['no_geometry']} areas have no geometry and were left out.")
    _say_backwards(frame, feedback)
    if invalid and isinstance(source, QgsProcessingFeatureSource):
        say(feedback, f"{invalid} areas were left out by your choice for invalid geometries.")
    return frame


def _say_backwards(areas: pd.DataFrame, feedback: Optional[QgsFeedback]) -> None:
    """Say how many areas end before they begin."""
    if {"valid_from", "valid_to"} <= set(areas.columns):
        begin, end = (pd.to_datetime(areas[name], errors="coerce") for name in ("valid_from", "valid_to"))
        backwards = int((end < begin).sum())
        if backwards:
            say(feedback, f"{backwards} areas have a valid_to before their valid_from: they count on no day.")


def _area_facts(
    fids: Ints, raws: dict[str, Raw], id_field: Optional[str], name_field: Optional[str], date_fields: Columns
) -> pd.DataFrame:
    """``area_id``, ``name`` and the dates; an area without a name bears its id."""
    frame = pd.DataFrame(index=pd.RangeIndex(len(fids)))
    frame["area_id"] = finish(raws[id_field], "area_id", "UTC")[0] if id_field else [str(f) for f in fids.tolist()]
    names = finish(raws[name_field], "name", "UTC")[0] if name_field else frame["area_id"]
    frame["name"] = names_of(names, frame["area_id"])
    for target, field in date_fields.items():
        if field:
            frame[target] = finish(raws[field], target, "UTC", kind="date")[0]
    return frame


def read_lines(
    source: QgsFeatureSource,
    *,
    crs: Optional[QgsCoordinateReferenceSystem] = None,
    transform_context: Optional[QgsCoordinateTransformContext] = None,
    feedback: Optional[QgsFeedback] = None,
) -> Objects:
    """Lines -> array (n,) of shapely lines or multilines in `crs`; features without geometry are left out.

    Raises
    ------
    CrsError
        when the layer has no reference system.
    """
    progress = RowProgress(feedback, source.featureCount())
    _, _, blobs, null = features.read(source, [], geometry=True, progress=progress, request=QgsFeatureRequest())
    shapes = shapely.force_2d(shapely.from_wkb([bytes(b) for b, nothing in zip(blobs, null) if not nothing]))
    return shapes if crs is None else _moved(shapes, known_crs(source), crs, transform_context)


def _check_polygon_type(source: QgsFeatureSource) -> None:
    sort = QgsWkbTypes.geometryType(source.wkbType())
    if sort not in (QgsWkbTypes.GeometryType.PolygonGeometry, QgsWkbTypes.GeometryType.UnknownGeometry):
        raise AreaError("The areas layer holds no polygons.", "Choose a polygon layer.")


def _polygons(
    source: QgsFeatureSource,
    names: list[str],
    crs: Optional[QgsCoordinateReferenceSystem],
    transform_context: Optional[QgsCoordinateTransformContext],
    feedback: Optional[QgsFeedback],
    context: Optional[QgsProcessingContext],
) -> tuple[Ints, Objects, dict[str, Raw]]:
    """(ids, shapes in `crs`, raws by field), invalid polygons treated as the context says."""
    request = QgsFeatureRequest()
    check = QgsFeatureRequest.InvalidGeometryCheck
    choice = check.GeometryNoCheck
    if context is not None and not isinstance(source, QgsProcessingFeatureSource):
        choice = context.invalidGeometryCheck()
    if choice == check.GeometrySkipInvalid:
        request.setInvalidGeometryCheck(choice)
    fids, raws, blobs, null = features.read(
        source, names, geometry=True, progress=RowProgress(feedback, source.featureCount()), request=request
    )
    shapes = np.empty(len(fids), dtype=object)
    for i, (blob, nothing) in enumerate(zip(blobs, null)):
        shapes[i] = None if nothing else _plain_polygon(blob)
    # A callback of the request would say the same, but QGIS 3.22 may call it after Python has let it go.
    invalid = np.flatnonzero(~shapely.is_valid(shapes) & ~null)
    if choice == check.GeometryAbortOnInvalid and len(invalid):
        raise AreaError(
            f"The geometry of area feature {fids[invalid[0]]} is invalid.",
            "Repair the layer (Fix geometries), or choose to skip invalid features in the Processing options.",
        )
    if crs is not None:
        shapes = _moved(shapes, known_crs(source), crs, transform_context)
    return fids, shapes, raws


def _plain_polygon(blob: bytes) -> BaseGeometry:
    geometry = QgsGeometry()
    geometry.fromWkb(blob)
    inner = geometry.constGet()
    if QgsWkbTypes.isCurvedType(inner.wkbType()):
        geometry = QgsGeometry(inner.segmentize())
    flat = geometry.get()
    flat.dropZValue()
    flat.dropMValue()
    return shapely.from_wkb(geometry.asWkb().data(), on_invalid="warn")


def _moved(
    shapes: Objects,
    own: QgsCoordinateReferenceSystem,
    crs: QgsCoordinateReferenceSystem,
    context: Optional[QgsCoordinateTransformContext],
) -> Objects:
    if crs == own:
        return shapes
    xy = shapely.get_coordinates(shapes)
    moved, failed = to_crs(xy, own, crs, context)
    if failed:
        raise AreaError(
            f"{failed} vertices of the areas cannot be expressed in {crs.authid()}.",
            "Check the areas' reference system.",
        )
    return shapely.set_coordinates(shapes.copy(), moved)


def _roles(raws: dict[str, Raw], field: Optional[str], role: Optional[str], n: int) -> pd.Series:
    if not field:
        return pd.Series([role] * n, dtype=object)
    roles = finish(raws[field], "role", "UTC")[0].map(lambda v: v.strip().lower() if isinstance(v, str) else None)
    unknown = sorted({r for r in roles if r and r not in AREA_ROLES})
    if unknown:
        raise AreaError(f"The role {shown_value(unknown[0])} is not known.", f"Use one of: {', '.join(AREA_ROLES)}.")
    # Whoever gives roles says which are impact areas: a blank is none of them.
    return roles.where(roles.notna() & (roles != ""), "other")


def _check_ids(ids: pd.Series, field: Optional[str]) -> None:
    missing = int((ids.isna() | (ids == "")).sum())
    if missing:
        raise AreaError(f"{missing} areas have no id in {field!r}.", "Choose an id field without empty values.")
    repeated = ids[ids.duplicated()].unique()
    if len(repeated):
        shown = ", ".join(map(shown_value, repeated[:5]))
        raise AreaError(
            f"{len(repeated)} area ids occur more than once in {field!r}: {shown}.",
            "Choose a field whose values are unique.",
        )
