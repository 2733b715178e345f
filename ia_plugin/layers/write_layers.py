"""Finished tables -> feature sinks, in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Mapping, Optional, Union

import numpy as np
import pandas as pd
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFeedback,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProviderRegistry,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from ..compat import FieldType
from ..core.arrays import Bools, Ints, Objects
from ..core.cells import marked, opens_in_a_spreadsheet
from ..core.columns import TABLES, Table
from ..core.errors import ColumnError, FileError, ImpactAreaError
from ..core.sql import composed, literal
from .raw import kind_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    Geometries = Union[tuple[str, str], Objects, Callable[[pd.DataFrame], Objects]]

_TYPES = {
    "str": FieldType.TEXT,
    "int": FieldType.INTEGER,
    "float": FieldType.REAL,
    "bool": FieldType.BOOL,
    "time": FieldType.DATE_TIME,
    "date": FieldType.DATE,
}
_PLAIN = {
    FieldType.INTEGER: "i",
    FieldType.REAL: "f",
    FieldType.BOOL: "b",
}  # kinds of arrays whose values are the fields'
_EPOCH = QDateTime(QDate(1970, 1, 1), QTime(0, 0), Qt.TimeSpec.UTC)
_NO_MOMENT = np.iinfo(np.int64).min
KINDS = {kind: word for word, kind in _TYPES.items()}
"""Type of a field -> kind of a column, the inverse of what :func:`fields_for` makes."""


def fields_for(
    columns: Union[str, Table, Iterable[str]],
    extra: Optional[Mapping[str, str]] = None,
    *,
    present: Optional[Iterable[str]] = None,
) -> QgsFields:
    """Typed fields of a table of the data dictionary, or of some of its columns.

    Parameters
    ----------
    columns : a table's name, a `Table`, or names of columns in the order wanted
    extra : {name: kind} of columns the dictionary does not know; kinds str, int, float, bool, time, date
    present : only the columns that this DataFrame (or collection of names) has, and its required ones
    """
    if isinstance(columns, str):
        if columns not in TABLES:
            raise ColumnError(f"There is no table {columns!r}.", f"Name one of: {', '.join(TABLES)}.")
        columns = TABLES[columns]
    if isinstance(columns, Table):
        table = columns
        have = None if present is None else set(getattr(present, "columns", present))
        kinds = {c.name: c.kind for c in table.columns if have is None or c.name in have or not c.optional}
    else:
        known = dict(extra or {})
        kinds = {name: known.get(name) or kind_of(name) or "" for name in columns}
    kinds.update(extra or {})
    fields = QgsFields()
    for name, kind in kinds.items():
        if kind == "geometry":
            continue
        if kind not in _TYPES:
            raise ColumnError(
                f"The kind {kind!r} of column {name!r} is not known.", f"Use one of: {', '.join(_TYPES)}."
            )
        fields.append(QgsField(name, _TYPES[kind]))
    return fields


def write_table(
    df: pd.DataFrame,
    sink: QgsFeatureSink,
    fields: QgsFields,
    *,
    geometry: Optional[Geometries] = None,
    batch: int = 10_000,
    feedback: Optional[QgsFeedback] = None,
    destination: str = "",
) -> int:
    """Rows of a table -> features of a sink.

    Parameters
    ----------
    df : table; a field without a column is written as NULL. Times must be UTC and are written as UTC
    sink : QgsFeatureSink
    fields : the sink's fields (see :func:`fields_for`)
    geometry : None; two column names (x, y); an array (n,) of WKB bytes, shapely geometries or None; or a function
        (DataFrame of one batch) -> such an array
    batch : rows added at once
    feedback : QgsFeedback
    destination : id of the output; in a file that spreadsheets open, text that they would run as a formula is marked
        (see :mod:`ia_plugin.core.cells`)

    Returns
    -------
    Number of rows written; fewer than the table has when the user cancelled.
    """
    total, written = len(df), 0
    # Filled anew for each batch: to make and drop a feature a row costs as much as to fill it.
    features = [QgsFeature(fields) for _ in range(min(batch, total))]
    as_text = marked if opens_in_a_spreadsheet(destination) else str
    for start in range(0, total, batch):
        if feedback is not None and feedback.isCanceled():
            break
        part = df.iloc[start : start + batch]
        found = features[: len(part)]
        for feature, values in zip(found, map(list, zip(*_columns(part, fields, as_text)))):
            feature.setAttributes(values)
        if geometry is not None:
            for feature, shape in zip(found, _geometries(part, geometry, start)):
                feature.clearGeometry() if shape is None else feature.setGeometry(shape)
        done = sink.addFeatures(found, QgsFeatureSink.Flag.FastInsert)
        if not (done[0] if isinstance(done, tuple) else done):  # a data provider also gives the features back
            raise ImpactAreaError(
                f"The output refused rows {start + 1} to {start + len(part)}: {sink.lastError()}",
                "The disk may be full: make room, or choose another output.",
            )
        written += len(part)
        if feedback is not None:
            feedback.setProgress(100.0 * written / total)
    return written


def mark_utc(destination: str, columns: Iterable[str]) -> bool:
    """Write down in a finished file that its times are UTC. Call it once the sink has been deleted.

    QGIS 3.22 drops the offset of what it writes, so a GeoPackage gets ``2024-06-01T12:00:00.000``, which every reader
    takes as civil time: an hour off in summer.

    Parameters
    ----------
    destination : what ``parameterAsSink`` gave: a path, ``path|layername=...``, or a layer's id
    columns : names of the fields of times

    Returns
    -------
    Whether all times in the file now carry their offset; False where the format has no way to say so, and for a layer
    in memory, which has not lost it.

    Raises
    ------
    FileError
        where the file cannot take the change: the disk is full.
    """
    return _changed(destination, lambda layer, dataset: _mark(layer, dataset, columns))


def describe(destination: str, words: str) -> bool:
    """Write a sentence into the description of a finished table of a GeoPackage, once its sink has been deleted; whether it has one.

    Raises
    ------
    FileError
        where the file cannot take the change: the disk is full.
    """

    def change(layer: Any, dataset: Any) -> None:
        parts = {"words": literal(words), "table": literal(layer.GetName())}
        dataset.ExecuteSQL(
            composed("UPDATE gpkg_contents SET description = {words} WHERE table_name = {table}", **parts)
        )

    return _changed(destination, change)


def _changed(destination: str, change: Callable[[Any, Any], None]) -> bool:
    """Change a finished table of a GeoPackage; False for another format."""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", destination)
    path, table = str(parts.get("path") or ""), str(parts.get("layerName") or "")
    if not path.lower().endswith(".gpkg"):
        return False
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
        layer = None if dataset is None else dataset.GetLayerByName(table) if table else dataset.GetLayer(0)
        if layer is None:
            return False
        change(layer, dataset)
    except RuntimeError:  # where some other program in the process has made GDAL's errors exceptions
        raise FileError(
            f"{path!r} could not be written to its end.", "Make room on the disk, then run it again."
        ) from None
    return True


def _mark(layer: Any, dataset: Any, columns: Iterable[str]) -> None:
    for name in columns:
        # only those without: a repeated call, or a later QGIS that keeps the offset, changes nothing
        bare = composed("{time} GLOB '*T??:??:??' OR {time} GLOB '*T??:??:??.???'", time=name)
        parts = {"table": layer.GetName(), "time": name, "bare": bare}
        dataset.ExecuteSQL(composed("UPDATE {table} SET {time} = {time} || 'Z' WHERE {bare}", **parts))


def _columns(part: pd.DataFrame, fields: QgsFields, as_text: Callable[[str], str]) -> list[list[object]]:
    """A list of values for each field."""
    kinds = {field.name(): field.type() for field in fields.toList()}
    moments = _moments([part[name] for name, kind in kinds.items() if kind == FieldType.DATE_TIME and name in part])
    return [
        [None] * len(part)
        if name not in part
        else next(moments)
        if kind == FieldType.DATE_TIME
        else _attributes(part[name], kind, as_text)
        for name, kind in kinds.items()
    ]


def _attributes(column: pd.Series, kind: int, as_text: Callable[[str], str]) -> list[object]:
    missing = column.isna().to_numpy()
    if kind == FieldType.DATE:
        values = _days(column, missing)
    elif kind == FieldType.TEXT:
        values = [as_text(str(v)) for v in column.tolist()]  # no str of our own: QVariant knows none
    else:
        cast: Callable[[Any], object] = {FieldType.INTEGER: int, FieldType.REAL: float, FieldType.BOOL: bool}.get(
            kind, lambda v: v
        )
        # An array of pandas' own, Int64, lists numpy's numbers, which QVariant does not know.
        if isinstance(column.dtype, np.dtype) and column.dtype.kind == _PLAIN.get(kind) and not missing.any():
            return [*column.tolist()]
        values = [None if m else cast(v) for v, m in zip(column.tolist(), missing)]
    return [None if m else v for v, m in zip(values, missing)] if missing.any() else values


def _moments(columns: list[pd.Series]) -> Iterator[list[object]]:
    """UTC as QDateTime in UTC, a list a column; each moment is made once: a leg begins where the one before it ends."""
    ms: list[Ints] = []
    for column in columns:
        if getattr(column.dtype, "tz", None) is None:
            raise ColumnError(f"Column {column.name!r} holds times without a zone.", "Convert to UTC before writing.")
        utc = column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[ns]")
        ms.append(np.where(np.isnat(utc), _NO_MOMENT, (utc.view(np.int64) + 500_000) // 1_000_000))
    codes, known = pd.factorize(np.concatenate(ms)) if ms else (np.empty(0, dtype=int), ())
    # In a list: an array of objects first asks each whether it is a sequence.
    made = [None if m == _NO_MOMENT else _EPOCH.addMSecs(m) for m in np.asarray(known).tolist()]
    rows = len(columns[0]) if columns else 1
    return ([made[c] for c in codes[start : start + rows].tolist()] for start in range(0, len(codes), rows))


def _days(column: pd.Series, missing: Bools) -> list[object]:
    return [None if m else QDate(v.year, v.month, v.day) for v, m in zip(column, missing)]


def _geometries(part: pd.DataFrame, geometry: Geometries, start: int) -> Iterator[Optional[QgsGeometry]]:
    """The geometry of each row, good until the next is asked for."""
    if callable(geometry):
        return _shapes(geometry(part))
    if isinstance(geometry, (tuple, list)) and len(geometry) == 2 and all(isinstance(g, str) for g in geometry):
        xs, ys = (part[name].to_numpy(dtype=float) for name in geometry)
        known = np.isfinite(xs) & np.isfinite(ys)
        places = zip(xs.tolist(), ys.tolist(), known.tolist())
        return (QgsGeometry.fromPointXY(QgsPointXY(x, y)) if k else None for x, y, k in places)
    return _shapes(geometry[start : start + len(part)])


def _shapes(found: Iterable[Union[BaseGeometry, bytes, np.void, float, None]]) -> Iterator[Optional[QgsGeometry]]:
    made = QgsGeometry()  # one for all: who was given its shape keeps that
    for shape in found:
        if isinstance(shape, bytes):
            blob = shape
        elif shape is None or (isinstance(shape, float) and shape != shape):
            yield None
            continue
        else:
            blob = bytes(shape if isinstance(shape, (bytearray, memoryview, np.void)) else shape.wkb)
        made.fromWkb(blob)
        yield made
