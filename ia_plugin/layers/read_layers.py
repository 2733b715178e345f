"""Layers of points, of legs and tables -> finished tables."""

from __future__ import annotations

from typing import Optional, Union

import numpy as np
import pandas as pd
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureSource,
    QgsFeedback,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.arrays import Array, Bools, Ints
from ..core.columns import LEGS
from ..core.errors import ColumnError
from ..core.times.grains import NAIVE
from . import arrow, features, postgres
from .origin import Origin
from .positions import ends_of_wkb, points_of_wkb, to_crs
from .raw import NotReadable, Raw, as_written, finish
from .sources import Columns, RowProgress, check_fields, field_names, known_crs, say

Layer = Union[QgsVectorLayer, Origin, None]

_LEGS_REMEDY = "Choose a legs layer made by Build tracks."


def read_points(
    source: QgsFeatureSource,
    columns: Columns,
    *,
    timezone: str = "Europe/London",
    crs: Optional[QgsCoordinateReferenceSystem] = None,
    transform_context: Optional[QgsCoordinateTransformContext] = None,
    feedback: Optional[QgsFeedback] = None,
    layer: Layer = None,
    written: bool = False,
) -> pd.DataFrame:
    """Points -> table.

    Parameters
    ----------
    source : QgsProcessingFeatureSource, QgsVectorLayer or another source of points (or multipoints of one)
    columns : {column of the table: field of the source}; a field of None is skipped. The data dictionary gives the kind
        of the column: ``officer_id`` becomes text whatever the field is, ``time`` becomes UTC
    timezone : IANA name for times without an offset
    crs : of the result (see :func:`metric_system_of`); None for the source's own
    transform_context : of the project
    feedback : for progress, cancel and words
    layer : the QgsVectorLayer (or its `Origin`) behind a QgsProcessingFeatureSource. Without it the source is read
        feature by feature, and times of a file are read without the offset that QGIS 3.22 has lost
    written : give `columns` as the source says them (see :func:`.raw.as_written`), for an import that settles what they mean

    Returns
    -------
    DataFrame of ``x``, ``y`` (float64, NaN without geometry) and `columns`; ``attrs["reading"]`` says what was done.

    Raises
    ------
    CrsError, ColumnError, TimeError, Cancelled
    """
    _check_point_type(source)
    own = None if crs is None else known_crs(source)
    how, _, raws, blobs, null = _read(source, columns, geometry=True, feedback=feedback, layer=layer)
    xy = points_of_wkb(blobs, null) if blobs is not None else np.empty((0, 2))
    failed = 0
    if crs is not None and crs != own:
        xy, failed = to_crs(xy, own, crs, transform_context)
    frame = pd.DataFrame({"x": xy[:, 0], "y": xy[:, 1]})
    report = dict(how=how, rows=len(frame), no_position=int(np.isnan(xy[:, 0]).sum()) - failed, not_transformed=failed)
    if failed:
        say(feedback, f"{failed} positions cannot be expressed in {crs.authid()}; they count as missing.")
    return _finished(frame, columns, raws, timezone, feedback, report, written)


def read_table(
    source: QgsFeatureSource,
    columns: Columns,
    *,
    timezone: str = "Europe/London",
    feedback: Optional[QgsFeedback] = None,
    layer: Layer = None,
    written: bool = False,
) -> pd.DataFrame:
    """Rows of any layer or table, without their geometry; otherwise as :func:`read_points`."""
    how, fids, raws, _, _ = _read(source, columns, geometry=False, feedback=feedback, layer=layer)
    frame = pd.DataFrame(index=pd.RangeIndex(len(fids)))
    return _finished(frame, columns, raws, timezone, feedback, dict(how=how, rows=len(fids)), written)


def read_legs(
    source: QgsFeatureSource,
    *,
    columns: Optional[Columns] = None,
    timezone: str = "UTC",
    crs: Optional[QgsCoordinateReferenceSystem] = None,
    transform_context: Optional[QgsCoordinateTransformContext] = None,
    feedback: Optional[QgsFeedback] = None,
    layer: Layer = None,
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
        raise ColumnError(f"The layer lacks {', '.join(missing)}; it has {field_names(source)}.", _LEGS_REMEDY)
    lines = source.wkbType() != QgsWkbTypes.Type.NoGeometry
    how, fids, raws, blobs, null = _read(source, chosen, geometry=lines, feedback=feedback, layer=layer)
    frame = _finished(
        pd.DataFrame(index=pd.RangeIndex(len(fids))), chosen, raws, timezone, feedback, dict(how=how, rows=len(fids))
    )
    if lines:
        ends = ends_of_wkb(blobs, null)
        own = source.sourceCrs()
        for (a, b), xy in zip((("x0", "y0"), ("x1", "y1")), ends):
            if crs is not None and crs != own:
                xy, _ = to_crs(xy, own, crs, transform_context)
            frame[a], frame[b] = xy[:, 0], xy[:, 1]
    elif not {"x0", "y0", "x1", "y1"} <= set(frame.columns):
        raise ColumnError("The layer has neither lines nor the fields x0, y0, x1, y1.", _LEGS_REMEDY)
    return frame


def _read(
    source: QgsFeatureSource, columns: Columns, *, geometry: bool, feedback: Optional[QgsFeedback], layer: Layer
) -> tuple[str, Ints, dict[str, Raw], Optional[Array], Optional[Bools]]:
    """(how, fids, raws by field, blobs, null), from the file or the server where it is allowed, else by features."""
    chosen = {k: v for k, v in columns.items() if v}
    check_fields(source, chosen)
    names = list(dict.fromkeys(chosen.values()))
    if layer is None and isinstance(source, QgsVectorLayer):
        layer = source
    origin = Origin.of(layer)
    total = source.featureCount()
    progress = RowProgress(feedback, total)
    if origin is not None and origin.covers(names, total):
        try:
            if origin.database is not None:
                kinds = {field.name(): (field.type(), field.typeName()) for field in source.fields()}
                found = postgres.read(origin, {n: kinds[n] for n in names}, geometry=geometry, progress=progress)
                return ("copy", *found)
            if arrow.is_available():
                return ("arrow", *arrow.read(origin, names, geometry=geometry, progress=progress))
        except (NotReadable, RuntimeError):
            pass  # features give the same table, more slowly
    read = features.read(source, names, geometry=geometry, progress=progress, origin=origin)
    if origin is None and any(_lost_offset(raw) for raw in read[1].values()):
        say(
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


def _finished(
    frame: pd.DataFrame,
    columns: Columns,
    raws: dict[str, Raw],
    timezone: str,
    feedback: Optional[QgsFeedback],
    report: dict[str, object],
    written: bool = False,
) -> pd.DataFrame:
    """Finish each column, times last, so that the officers can tell the two October hours apart."""
    chosen = [(target, field) for target, field in columns.items() if field]
    if written:
        for target, field in chosen:
            frame[target] = as_written(raws[field], target, timezone)
        frame.attrs["reading"] = report
        return frame
    groups = None
    made: dict[str, pd.Series] = {}
    for target, field in sorted(chosen, key=lambda pair: pair[0] in ("time", "start", "end")):
        made[target], clocks = finish(raws[field], target, timezone, groups=groups, field=field)
        if target == "officer_id":
            groups = made[target].to_numpy()
        if clocks is not None:
            report[f"clock_{target}"] = clocks
            for sentence in clocks.sentences():
                say(feedback, sentence)
    for target, _ in chosen:
        frame[target] = made[target]
    frame.attrs["reading"] = report
    return frame


def _check_point_type(source: QgsFeatureSource) -> None:
    sort = QgsWkbTypes.geometryType(source.wkbType())
    if sort not in (QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.GeometryType.UnknownGeometry):
        shown = QgsWkbTypes.displayString(source.wkbType())
        raise ColumnError(
            f"The layer holds {shown}, not points.",
            "Choose a point layer; for a table with coordinates run 'Create points layer from table' first.",
        )
