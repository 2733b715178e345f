"""Layers -> finished tables."""

from __future__ import annotations

import warnings
from typing import Any, Mapping, Optional

import numpy as np
import pandas as pd
import shapely
from qgis.core import QgsFeatureRequest, QgsGeometry, QgsProcessingFeatureSource, QgsVectorLayer, QgsWkbTypes

from ..core.columns import AREA_ROLES, LEGS
from ..core.errors import AreaError, Cancelled, ColumnError, CrsError, ImpactAreaWarning
from ..core.times.clocks import NAIVE
from . import arrow, features
from .origin import Origin
from .positions import ends_of_wkb, points_of_wkb, to_crs
from .raw import Raw, finish

Columns = Mapping[str, Optional[str]]

_LEGS_REMEDY = "Choose a legs layer made by Build tracks."


def read_points(
    source: Any,
    columns: Columns,
    *,
    timezone: str = "Europe/London",
    crs: Any = None,
    transform_context: Any = None,
    feedback: Any = None,
    layer: Any = None,
) -> pd.DataFrame:
    """Points -> table.

    Parameters
    ----------
    source : QgsProcessingFeatureSource, QgsVectorLayer or another QgsFeatureSource of points (or multipoints of one)
    columns : {column of the table: field of the source}; a field of None is skipped. The data dictionary tells the kind
        of the column: ``officer_id`` becomes text whatever the field is, ``time`` becomes UTC
    timezone : IANA name for times without an offset
    crs : QgsCoordinateReferenceSystem of the result (see :func:`working_crs`); None for the source's own
    transform_context : QgsCoordinateTransformContext of the project
    feedback : QgsFeedback, for progress, cancel and words
    layer : the QgsVectorLayer (or its `Origin`) behind a QgsProcessingFeatureSource. Without it the source is read
        feature by feature, and times of a file are read without the offset that QGIS 3.22 has lost

    Returns
    -------
    DataFrame of ``x``, ``y`` (float64, NaN without geometry) and `columns`; ``attrs["reading"]`` tells what was done.

    Raises
    ------
    CrsError, ColumnError, TimeError, Cancelled
    """
    _check_point_type(source)
    own = _crs_of(source)
    if crs is not None and not own.isValid():
        raise CrsError("The layer has no coordinate reference system.", "Set it in the layer's properties (Source).")
    how, _, raws, blobs, null = _read(source, columns, geometry=True, feedback=feedback, layer=layer)
    xy = points_of_wkb(blobs, null) if blobs is not None else np.empty((0, 2))
    failed = 0
    if crs is not None and crs != own:
        xy, failed = to_crs(xy, own, crs, transform_context)
    frame = pd.DataFrame({"x": xy[:, 0], "y": xy[:, 1]})
    report = dict(how=how, rows=len(frame), no_position=int(np.isnan(xy[:, 0]).sum()) - failed, not_transformed=failed)
    if failed:
        _say(feedback, f"{failed} positions cannot be expressed in {crs.authid()}; they count as missing.")
    return _finished(frame, columns, raws, timezone, feedback, report)


def read_table(
    source: Any, columns: Columns, *, timezone: str = "Europe/London", feedback: Any = None, layer: Any = None
) -> pd.DataFrame:
    """Rows of any layer or table, without their geometry; otherwise as :func:`read_points`."""
    how, fids, raws, _, _ = _read(source, columns, geometry=False, feedback=feedback, layer=layer)
    frame = pd.DataFrame(index=pd.RangeIndex(len(fids)))
    return _finished(frame, columns, raws, timezone, feedback, dict(how=how, rows=len(fids)))


def read_legs(
    source: Any,
    *,
    columns: Optional[Columns] = None,
    timezone: str = "UTC",
    crs: Any = None,
    transform_context: Any = None,
    feedback: Any = None,
    layer: Any = None,
) -> pd.DataFrame:
    """A legs layer that this plugin wrote -> the legs table.

    Every field whose name is a column of the legs table is read, or those of `columns`; the ends come from the first and
    last vertex of the line where there is one (so that they follow a reprojection), else from the fields x0 to y1.
    Times are taken as UTC, as this plugin writes them: some formats, and QGIS 3.22, drop the offset.
    """
    names = set(source.fields().names())
    chosen = dict(columns or {name: name for name in LEGS.names if name in names})
    missing = [n for n in ("officer_id", "start", "end") if not chosen.get(n)]
    if missing:
        raise ColumnError(f"The layer lacks {', '.join(missing)}; it has {_names(source)}.", _LEGS_REMEDY)
    lines = source.wkbType() != QgsWkbTypes.Type.NoGeometry
    how, fids, raws, blobs, null = _read(source, chosen, geometry=lines, feedback=feedback, layer=layer)
    frame = _finished(
        pd.DataFrame(index=pd.RangeIndex(len(fids))), chosen, raws, timezone, feedback, dict(how=how, rows=len(fids))
    )
    if lines:
        ends = ends_of_wkb(blobs, null)
        own = _crs_of(source)
        for (a, b), xy in zip((("x0", "y0"), ("x1", "y1")), ends):
            if crs is not None and crs != own:
                xy, _ = to_crs(xy, own, crs, transform_context)
            frame[a], frame[b] = xy[:, 0], xy[:, 1]
    elif not {"x0", "y0", "x1", "y1"} <= set(frame.columns):
        raise ColumnError("The layer has neither lines nor the fields x0, y0, x1, y1.", _LEGS_REMEDY)
    return frame


def read_areas(
    source: Any,
    id_field: Optional[str],
    name_field: Optional[str] = None,
    role_field: Optional[str] = None,
    *,
    crs: Any = None,
    transform_context: Any = None,
    feedback: Any = None,
    date_fields: Optional[Columns] = None,
    context: Any = None,
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
    if QgsWkbTypes.geometryType(source.wkbType()) not in (
        QgsWkbTypes.GeometryType.PolygonGeometry,
        QgsWkbTypes.GeometryType.UnknownGeometry,
    ):
        raise AreaError("The areas layer holds no polygons.", "Choose a polygon layer.")
    own = _crs_of(source)
    if crs is not None and not own.isValid():
        raise CrsError(
            "The areas layer has no coordinate reference system.", "Set it in the layer's properties (Source)."
        )
    wanted: dict[str, Optional[str]] = dict(area_id=id_field, name=name_field, role=role_field, **(date_fields or {}))
    chosen = {k: v for k, v in wanted.items() if v}
    _check_fields(source, chosen)
    total = source.featureCount()
    fids, shapes, raws = _polygons(
        source, list(dict.fromkeys(chosen.values())), own, crs, transform_context, feedback, context
    )
    frame = pd.DataFrame(index=pd.RangeIndex(len(fids)))
    frame["area_id"] = [str(f) for f in fids] if not id_field else finish(raws[id_field], "area_id", "UTC")[0]
    names = finish(raws[name_field], "name", "UTC")[0] if name_field else frame["area_id"]
    frame["name"] = names.where(names.notna(), frame["area_id"])
    frame["role"] = _roles(raws, role_field, role, len(fids))
    for target, field in (date_fields or {}).items():
        if field:
            frame[target] = finish(raws[field], target, "UTC", kind="date")[0]
    frame["geometry"] = pd.Series(shapes, index=frame.index, dtype=object)
    nothing = np.array([s is None or s.is_empty for s in shapes], dtype=bool)
    frame = frame.loc[~nothing].reset_index(drop=True)
    _check_ids(frame["area_id"], id_field)
    invalid = max(0, total - len(fids)) if total >= 0 else 0
    report = dict(how="features", rows=len(fids), no_geometry=int(nothing.sum()), invalid=invalid)
    frame.attrs["reading"] = report
    if report["no_geometry"]:
        _say(feedback, f"{report['no_geometry']} areas have no geometry and were left out.")
    if invalid and isinstance(source, QgsProcessingFeatureSource):
        _say(feedback, f"{invalid} areas were left out by your choice for invalid geometries.")
    return frame


def read_lines(source: Any, *, crs: Any = None, transform_context: Any = None, feedback: Any = None) -> Any:
    """Lines -> array (n,) of shapely lines or multilines in `crs`; features without geometry are left out.

    Raises
    ------
    CrsError
        when the layer has no reference system.
    """
    own = _crs_of(source)
    if crs is not None and not own.isValid():
        raise CrsError(
            "The layer has no coordinate reference system.", "Set it in the layer's properties, then run again."
        )
    progress = _Progress(feedback, source.featureCount())
    _, _, blobs, null = features.read(source, [], geometry=True, progress=progress, request=QgsFeatureRequest())
    shapes = shapely.force_2d(shapely.from_wkb([bytes(b) for b, nothing in zip(blobs, null) if not nothing]))
    return _moved(shapes, own, crs, transform_context) if crs is not None and crs != own else shapes


# Parts


def _read(
    source: Any, columns: Columns, *, geometry: bool, feedback: Any, layer: Any
) -> tuple[str, Any, dict[str, Raw], Any, Any]:
    """(how, fids, raws by field, blobs, null), by the file where it is allowed, else by features."""
    chosen = {k: v for k, v in columns.items() if v}
    _check_fields(source, chosen)
    names = list(dict.fromkeys(chosen.values()))
    if layer is None and isinstance(source, QgsVectorLayer):
        layer = source
    origin = Origin.of(layer)
    total = source.featureCount()
    progress = _Progress(feedback, total)
    if origin is not None and arrow.is_available() and origin.covers(names, total):
        try:
            return ("arrow", *arrow.read(origin, names, geometry=geometry, progress=progress))
        except (arrow.NotReadable, RuntimeError):
            pass  # features give the same table, more slowly
    read = features.read(source, names, geometry=geometry, progress=progress, origin=origin)
    if origin is None and any(_lost_offset(raw) for raw in read[1].values()):
        _say(
            feedback,
            "The layer's file is not known here: its times are read in the time zone chosen, even if it gives offsets.",
        )
    return ("features", *read)


def _lost_offset(raw: Raw) -> bool:
    """Whether the times came as QGIS gives those of a file: without any offset."""
    return (
        raw.kind == "clock"
        and not raw.date
        and bool((~raw.null).any())
        and bool((raw.offset[~raw.null] == NAIVE).all())
    )


class _Progress:
    """Tells the user how far reading is, and stops when asked to."""

    def __init__(self, feedback: Any, total: int) -> None:
        self.feedback, self.total = feedback, total

    def __call__(self, rows: int) -> None:
        if self.feedback is None:
            return
        if self.feedback.isCanceled():
            raise Cancelled
        if self.total > 0:
            self.feedback.setProgress(min(100.0, 100.0 * rows / self.total))


def _finished(
    frame: pd.DataFrame, columns: Columns, raws: dict[str, Raw], timezone: str, feedback: Any, report: dict[str, Any]
) -> pd.DataFrame:
    """Finish each column, times last, so that the officers can tell the two October hours apart."""
    chosen = [(target, field) for target, field in columns.items() if field]
    groups = None
    made: dict[str, pd.Series] = {}
    for target, field in sorted(chosen, key=lambda pair: pair[0] in ("time", "start", "end")):
        made[target], clocks = finish(raws[field], target, timezone, groups=groups)
        if target == "officer_id":
            groups = made[target].to_numpy()
        if clocks is not None:
            report[f"clock_{target}"] = clocks
            for sentence in clocks.sentences():
                _say(feedback, sentence)
    for target, _ in chosen:
        frame[target] = made[target]
    frame.attrs["reading"] = report
    return frame


def _say(feedback: Any, sentence: str) -> None:
    if hasattr(feedback, "pushWarning"):
        feedback.pushWarning(sentence)
    else:
        warnings.warn(sentence, ImpactAreaWarning, stacklevel=3)


def _names(source: Any) -> str:
    return ", ".join(source.fields().names()) or "no fields"


def _check_fields(source: Any, chosen: Mapping[str, Optional[str]]) -> None:
    known = set(source.fields().names())
    for target, field in chosen.items():
        if field not in known:
            raise ColumnError(
                f"There is no field {field!r} for {target!r}; the layer has {_names(source)}.",
                "Choose one of its fields.",
            )


def _crs_of(source: Any) -> Any:
    return source.sourceCrs()


def _check_point_type(source: Any) -> None:
    sort = QgsWkbTypes.geometryType(source.wkbType())
    if sort not in (QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.GeometryType.UnknownGeometry):
        shown = QgsWkbTypes.displayString(source.wkbType())
        raise ColumnError(
            f"The layer holds {shown}, not points.",
            "Choose a point layer; for a table with coordinates run 'Create points layer from table' first.",
        )


def _polygons(
    source: Any, names: list[str], own: Any, crs: Any, transform_context: Any, feedback: Any, context: Any
) -> tuple[list[int], Any, dict[str, Raw]]:
    request = QgsFeatureRequest()
    check = QgsFeatureRequest.InvalidGeometryCheck
    choice = check.GeometryNoCheck
    if context is not None and not isinstance(source, QgsProcessingFeatureSource):
        choice = context.invalidGeometryCheck()
    if choice == check.GeometrySkipInvalid:
        request.setInvalidGeometryCheck(choice)
    fids, raws, blobs, null = features.read(
        source, names, geometry=True, progress=_Progress(feedback, source.featureCount()), request=request
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
    if crs is not None and crs != own:
        shapes = _moved(shapes, own, crs, transform_context)
    return fids.tolist(), shapes, raws


def _plain_polygon(blob: bytes) -> Any:
    geometry = QgsGeometry()
    geometry.fromWkb(blob)
    inner = geometry.constGet()
    if QgsWkbTypes.isCurvedType(inner.wkbType()):
        geometry = QgsGeometry(inner.segmentize())
    flat = geometry.get()
    flat.dropZValue()
    flat.dropMValue()
    return shapely.from_wkb(geometry.asWkb().data(), on_invalid="warn")


def _moved(shapes: Any, own: Any, crs: Any, context: Any) -> Any:
    xy = shapely.get_coordinates(shapes)
    moved, failed = to_crs(xy, own, crs, context)
    if failed:
        raise AreaError(
            f"{failed} vertices of the areas cannot be expressed in {crs.authid()}.",
            "Check the areas' reference system.",
        )
    return shapely.set_coordinates(shapes.copy(), moved)


def _roles(raws: dict[str, Raw], field: Optional[str], role: Optional[str], n: int) -> Any:
    if not field:
        return pd.Series([role] * n, dtype=object)
    roles = finish(raws[field], "role", "UTC")[0].map(lambda v: v.strip().lower() if isinstance(v, str) else None)
    unknown = sorted({r for r in roles if r and r not in AREA_ROLES})
    if unknown:
        raise AreaError(f"The role {unknown[0]!r} is not known.", f"Use one of: {', '.join(AREA_ROLES)}.")
    # Whoever gives roles says which are impact areas: a blank is none of them.
    return roles.where(roles.notna() & (roles != ""), "other")


def _check_ids(ids: pd.Series, field: Optional[str]) -> None:
    missing = int((ids.isna() | (ids == "")).sum())
    if missing:
        raise AreaError(f"{missing} areas have no id in {field!r}.", "Choose an id field without empty values.")
    repeated = ids[ids.duplicated()].unique()
    if len(repeated):
        shown = ", ".join(repr(r) for r in repeated[:5])
        raise AreaError(
            f"{len(repeated)} area ids occur more than once in {field!r}: {shown}.",
            "Choose a field whose values are unique.",
        )
