"""Reading a file source in batches of columns, through OGR's Arrow stream (GDAL 3.6 and later)."""

from __future__ import annotations

from typing import Callable, Optional

import numpy as np
import pandas as pd
from osgeo import gdal, ogr

from ..core.arrays import Array, Bools, Clocks, Ints, Objects
from ..core.sql import Sql, composed
from ..core.times.clocks import read_clocks
from .origin import Origin
from .raw import NotReadable, Offsets, Raw

_NUMBERS = (ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal)
_TEXTS = (ogr.OFTString,)
BOOLEANS_RIGHT = 3080300
"""The first version of GDAL whose stream has the booleans of a GeoPackage as they are (OSGeo/gdal issue 8998)."""

Batches = list[dict[str, Array]]
"""Columns by name, a part of the rows each."""


def is_available() -> bool:
    return hasattr(ogr.Layer, "GetArrowStreamAsNumPy") and int(gdal.VersionInfo()) >= 3060000


def open_layer(origin: Origin) -> tuple[gdal.Dataset, ogr.Layer]:
    """A handle of our own: (dataset, layer). The dataset must be kept as long as the layer is used."""
    try:
        dataset = gdal.OpenEx(origin.path, gdal.OF_VECTOR | gdal.OF_READONLY, open_options=list(origin.open_options))
    except RuntimeError as error:
        raise NotReadable(str(error)) from error
    if dataset is None:
        raise NotReadable(origin.path)
    if origin.layer_name:
        layer = dataset.GetLayerByName(origin.layer_name)
    else:
        layer = dataset.GetLayer(origin.layer_id or 0)
    if layer is None:
        raise NotReadable(origin.layer_name or "no layer")
    return dataset, layer


def read(
    origin: Origin, names: list[str], *, geometry: bool, progress: Callable[[int], None]
) -> tuple[Ints, dict[str, Raw], Optional[Array], Optional[Bools]]:
    """All rows of a file source.

    Returns
    -------
    (fids, columns, blobs, no_geometry): fids int64 (n,), a `Raw` a name, geometries as WKB (None unless `geometry`) and
    which are null

    Raises
    ------
    NotReadable
        where features must be read instead.
    """
    dataset, layer = open_layer(origin)
    _filter(layer, origin.subset)
    fid_name, schema, codec = layer.GetFIDColumn(), _schema(layer), _codec(layer, origin)
    kinds = {name: _kind(name, schema, fid_name) for name in names}
    moments = [n for n in names if kinds[n] == "datetime"]
    in_utc = _all_in_utc(dataset, layer, moments) if not origin.subset else {}
    flags = [n for n in names if kinds[n] == "bool"] if int(gdal.VersionInfo()) < BOOLEANS_RIGHT else []
    if flags and not _answers_in_sql(dataset, layer):
        raise NotReadable("booleans of an early GDAL")
    plain = [n for n in names if (kinds[n] != "datetime" or n in in_utc) and n not in (fid_name, *flags)]
    if geometry and layer.GetLayerDefn().GetGeomFieldCount() != 1:
        raise NotReadable("not one geometry column")
    ignored = [n for n in schema if n not in plain] + ([] if geometry else ["OGR_GEOMETRY"]) + ["OGR_STYLE"]
    layer.SetIgnoredFields(ignored)
    batches = _batches(layer, progress, expected=origin.features)
    fids = _joined(batches, fid_name or "OGC_FID")[0]
    if origin.features >= 0 and len(fids) != origin.features:
        raise NotReadable("another number of rows")
    columns = _clocks_in_utc(batches, in_utc)
    for name in names:
        if name == fid_name:
            columns[name] = Raw("number", fids, np.zeros(len(fids), dtype=bool))
        elif kinds[name] != "datetime" and name not in flags:
            columns[name] = _plain_column(batches, name, kinds[name], codec)
    for name, (texts, nothing) in zip(flags, _texts_of(dataset, layer, flags, fids)):
        columns[name] = Raw("bool", ~np.asarray(pd.Series(texts).isin(["0", b"0"]), dtype=bool) & ~nothing, nothing)
    left = [n for n in moments if n not in columns]
    for name, (clock, offset) in zip(left, written_clocks(dataset, layer, left, fids)):
        columns[name] = Raw("clock", clock, np.isnat(clock), offset)
    blobs, null = _joined(batches, layer.GetGeometryColumn() or "wkb_geometry") if geometry else (None, None)
    return fids, columns, blobs, null


def _filter(layer: ogr.Layer, subset: str) -> None:
    """The layer's own filter, where OGR understands it."""
    if not subset:
        return
    try:
        filtered = layer.SetAttributeFilter(subset) == 0
    except RuntimeError:
        filtered = False
    if not filtered:
        raise NotReadable("the filter is not OGR's")


def _clocks_in_utc(batches: Batches, in_utc: dict[str, int]) -> dict[str, Raw]:
    """Date-and-time fields whose texts all end in Z, by their number of NULLs, as the stream gives them."""
    columns = {}
    for name, missing in in_utc.items():
        clock, nothing = _joined(batches, name)
        if clock.dtype.kind != "M" or int(nothing.sum()) != missing:
            continue  # a text that GDAL cannot read: its words are needed
        clock = clock.astype("datetime64[ns]")
        clock[nothing] = np.datetime64("NaT")
        columns[name] = Raw("clock", clock, nothing, np.zeros(len(clock), dtype=np.int16))
    return columns


def _plain_column(batches: Batches, name: str, kind: str, codec: str) -> Raw:
    raw = Raw(kind, *_joined(batches, name), encoding=codec, date=kind == "clock")
    if kind == "text" and raw.values.dtype.kind not in "SO":
        raise NotReadable(name)
    return raw


def _codec(layer: ogr.Layer, origin: Origin) -> str:
    if layer.TestCapability(ogr.OLCStringsAsUTF8):
        return "utf-8"
    try:
        return "".encode(origin.encoding).decode() or origin.encoding
    except LookupError as error:
        raise NotReadable(f"encoding {origin.encoding}") from error


def _schema(layer: ogr.Layer) -> dict[str, ogr.FieldDefn]:
    definition = layer.GetLayerDefn()
    return {definition.GetFieldDefn(i).GetName(): definition.GetFieldDefn(i) for i in range(definition.GetFieldCount())}


def _kind(name: str, schema: dict[str, ogr.FieldDefn], fid_name: str) -> str:
    if name == fid_name and name not in schema:
        return "number"
    if name not in schema:
        raise NotReadable(name)
    field = schema[name]
    if field.GetType() in _NUMBERS:
        return "bool" if field.GetSubType() == ogr.OFSTBoolean else "number"
    if field.GetType() in _TEXTS:
        return "text"
    if field.GetType() == ogr.OFTDateTime:
        return "datetime"
    if field.GetType() == ogr.OFTDate:
        return "clock"
    raise NotReadable(f"{name}: {field.GetTypeName()}")


def _batches(layer: ogr.Layer, progress: Callable[[int], None], expected: int) -> Batches:
    kept = []
    rows = 0
    stream = layer.GetArrowStreamAsNumPy(options=["INCLUDE_FID=YES"])
    if stream is None:
        raise NotReadable("no Arrow stream")
    for batch in stream:
        kept.append(dict(batch))
        rows += len(next(iter(batch.values()))) if batch else 0
        progress(rows)
    return kept


def _joined(batches: Batches, name: str) -> tuple[Array, Bools]:
    """(values, null) of one column over all batches."""
    if not batches:
        return np.empty(0, dtype=np.int64 if name in ("fid", "OGC_FID") else object), np.empty(0, dtype=bool)
    if name not in batches[0]:
        raise NotReadable(name)
    parts = [batch[name] for batch in batches]
    null = np.concatenate([np.ma.getmaskarray(part) for part in parts])
    values = [np.ma.getdata(p) for p in parts]
    sorts = {(v.dtype.kind, v.dtype.itemsize if v.dtype.kind == "V" else 0) for v in values}
    if any(kind == "V" for kind, _ in sorts) and len(sorts) > 1:
        values = [v if v.dtype.kind == "O" else _as_objects(v) for v in values]
    return np.concatenate(values), null


def _as_objects(voids: Array) -> Objects:
    out = np.empty(len(voids), dtype=object)
    out[:] = [bytes(v) for v in voids]
    return out


def _all_in_utc(dataset: gdal.Dataset, layer: ogr.Layer, names: list[str]) -> dict[str, int]:
    """Date-and-time fields of a GeoPackage whose every text ends in Z, with the number of their NULLs.

    Their clock readings may come from the stream, which has lost the offset but cannot have lost this one; asking the
    file is a third of the cost of reading every text.
    """
    if not names or dataset.GetDriver().ShortName != "GPKG":
        return {}
    # A CASE asks for the second form only where the first does not fit; AND and OR ask for both.
    fits = "CASE WHEN {t} GLOB '????-??-??T??:??:??.???Z' THEN 1 WHEN {t} GLOB '????-??-??T??:??:??Z' THEN 1 END"
    counted = [composed("count(" + fits + "), count({t})", t=name) for name in names]
    result = dataset.ExecuteSQL(
        composed("SELECT count(*), {counted} FROM {table}", counted=counted, table=layer.GetName())
    )
    if result is None:
        return {}
    try:
        row = result.GetNextFeature()
        rows, *counts = (int(row.GetField(i)) for i in range(1 + 2 * len(names)))
    finally:
        dataset.ReleaseResultSet(result)
    known = dict(zip(names, zip(counts[::2], counts[1::2])))
    return {name: rows - filled for name, (fitting, filled) in known.items() if fitting == filled}


def written_clocks(
    dataset: gdal.Dataset, layer: ogr.Layer, names: list[str], fids: Ints
) -> list[tuple[Clocks, Offsets]]:
    """Clock reading and offset of date-and-time fields, from the text of the source, for the rows `fids`.

    Neither QGIS's QDateTime (3.22) nor the Arrow stream keeps the offset, so the source is asked for its text.
    A GeoPackage answers in its own SQL, at the speed of the disk; others through OGR's.
    """
    found = []
    for name, (values, null) in zip(names, _texts_of(dataset, layer, names, fids)):
        texts = values.copy() if values.dtype.kind == "S" else values.astype(object)
        texts[null] = b"" if texts.dtype.kind == "S" else None
        clock, offset = read_clocks(texts, name=name)
        found.append((clock.view("datetime64[ns]"), offset))
    return found


def _answers_in_sql(dataset: gdal.Dataset, layer: ogr.Layer) -> bool:
    """Whether the file answers in SQL of its own."""
    return dataset.GetDriver().ShortName == "GPKG" and bool(layer.GetFIDColumn())


def _texts_of(dataset: gdal.Dataset, layer: ogr.Layer, names: list[str], fids: Ints) -> list[tuple[Array, Bools]]:
    """(texts, null) of fields as the source has them, for the rows `fids`."""
    if not names:
        return []
    native = _answers_in_sql(dataset, layer)
    if native:
        key = composed("{key} AS key", key=layer.GetFIDColumn())
        texts = [composed("CAST({name} AS TEXT) AS {to}", name=name, to=f"t{i}") for i, name in enumerate(names)]
        wanted, dialect = [key, *texts], ""
    else:
        cast = "CAST({name} AS CHARACTER(40)) AS {to}"
        wanted = [composed(cast, name=_in_ogr_sql(name), to=f"t{i}") for i, name in enumerate(names)]
        dialect = "OGRSQL"
    sql = composed("SELECT {wanted} FROM {table}", wanted=wanted, table=layer.GetName())
    result = dataset.ExecuteSQL(sql, dialect=dialect)
    if result is None:
        raise NotReadable("no text of the times")
    try:
        if native:
            result.SetIgnoredFields(["OGR_STYLE"])
        else:
            result.SetIgnoredFields(["OGR_GEOMETRY", "OGR_STYLE"])
        batches = _batches(result, lambda rows: None, expected=-1)
        found = _joined(batches, _key_name(batches, native))[0].astype(np.int64)
        return [_aligned(batches, f"t{i}", found, fids) for i in range(len(names))]
    finally:
        dataset.ReleaseResultSet(result)


def _in_ogr_sql(name: str) -> Sql:
    """A column's name in OGR's own SQL, which escapes where others double."""
    return Sql('"' + name.replace('"', r"\"") + '"')


def _key_name(batches: Batches, native: bool) -> str:
    names = list(batches[0]) if batches else []
    for name in ("key",) if native else ("OGC_FID", "fid"):
        if name in names:
            return name
    if batches:
        raise NotReadable("no key")
    return "fid"


def _aligned(batches: Batches, column: str, found: Ints, fids: Ints) -> tuple[Array, Bools]:
    values, null = _joined(batches, column)
    if len(found) != len(fids) or not np.array_equal(found, fids):
        order = np.argsort(found, kind="stable")
        at = np.searchsorted(found, fids, sorter=order)
        inside = at < len(found)
        rows = order[np.where(inside, at, 0)] if len(order) else np.zeros(len(fids), dtype=int)
        if not inside.all() or not np.array_equal(found[rows], fids):
            raise NotReadable("rows without a text of their own")
        values, null = values[rows], null[rows]
    return values, null


def offsets_of(origin: Optional[Origin], names: list[str], fids: Ints) -> dict[str, tuple[Clocks, Offsets]]:
    """For rows read as features: the written clock readings and offsets of those `names` the file itself holds."""
    if origin is None or not names or origin.provider != "ogr" or not origin.path or not is_available():
        return {}
    try:
        dataset, layer = open_layer(origin)
        schema = _schema(layer)
        asked = [n for n in names if n in origin.fields and n in schema and schema[n].GetType() == ogr.OFTDateTime]
        in_file = _all_fids(layer)
        known = np.isin(fids, in_file)
        out = {}
        for name, (clock, offset) in zip(asked, written_clocks(dataset, layer, asked, fids[known])):
            full = np.full(len(fids), np.datetime64("NaT", "ns"))
            shift = np.zeros(len(fids), dtype=np.int16)
            full[known], shift[known] = clock, offset
            out[name] = (full, shift)
        return out
    except (NotReadable, RuntimeError):
        return {}


def _all_fids(layer: ogr.Layer) -> Ints:
    layer.SetIgnoredFields([n for n in _schema(layer)] + ["OGR_GEOMETRY", "OGR_STYLE"])
    fids = _joined(_batches(layer, lambda rows: None, expected=-1), layer.GetFIDColumn() or "OGC_FID")[0]
    layer.SetIgnoredFields([])
    return fids
