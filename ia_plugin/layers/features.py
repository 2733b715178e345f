"""Reading any feature source, one feature after the other: slower than the file, but it knows selections and edits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable, Optional

import numpy as np
from qgis.core import QgsFeatureRequest, QgsFeatureSource
from qgis.PyQt.QtCore import QDateTime, Qt, QVariant

from ..compat import FieldType
from ..core.arrays import Array, Bools, Ints, Objects
from ..core.times.grains import NAIVE
from .arrow import offsets_of
from .origin import Origin
from .raw import Raw

_EPOCH = 2_440_588
"""Julian day of 1970-01-01."""

_DAY_MS = 86_400_000


def read(
    source: QgsFeatureSource,
    names: list[str],
    *,
    geometry: bool,
    progress: Callable[[int], None],
    origin: Optional[Origin] = None,
    request: Optional[QgsFeatureRequest] = None,
) -> tuple[Ints, dict[str, Raw], Optional[Array], Optional[Bools]]:
    """All features of a source, in the form of :func:`ia_plugin.layers.arrow.read`."""
    fields = source.fields()
    at = [fields.lookupField(name) for name in names]
    request = request or QgsFeatureRequest()
    request.setSubsetOfAttributes(at)
    if not geometry:
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    fids: list[int] = []
    blobs: list[Optional[bytes]] = []
    values: list[list[Any]] = [[] for _ in names]
    into = [(column.append, index) for column, index in zip(values, at)]
    for n, feature in enumerate(source.getFeatures(request)):
        if n % 1000 == 0:
            progress(n)
        fids.append(feature.id())
        for append, index in into:
            append(feature[index])
        if geometry:
            shape = feature.geometry()
            blobs.append(None if shape.isNull() else shape.asWkb().data())
    keys = np.array(fids, dtype=np.int64)
    columns = {name: _raw(column, fields.at(i).type()) for name, column, i in zip(names, values, at)}
    _give_offsets(columns, keys, origin)
    if not geometry:
        return keys, columns, None, None
    return keys, columns, _objects(blobs), np.array([b is None for b in blobs], dtype=bool)


def _raw(values: list[Any], kind: int) -> Raw:
    null = np.array([v is None or isinstance(v, QVariant) for v in values], dtype=bool)
    if kind in (FieldType.DATE_TIME, FieldType.DATE):
        return _clocks(values, null, date=kind == FieldType.DATE)
    if kind == FieldType.TIME:
        return Raw("timeofday", _objects([None if n else v.toString("HH:mm:ss") for v, n in zip(values, null)]), null)
    if kind == FieldType.BOOL:
        return Raw("bool", np.array([bool(v) if not n else False for v, n in zip(values, null)], dtype=bool), null)
    if kind in FieldType.INTEGERS:
        return Raw("number", np.array([0 if n else int(v) for v, n in zip(values, null)], dtype=np.int64), null)
    if kind == FieldType.REAL:
        return Raw("number", np.array([np.nan if n else float(v) for v, n in zip(values, null)], dtype=float), null)
    return Raw("text", _objects([None if n else str(v) for v, n in zip(values, null)]), null)


def _objects(values: Sequence[object]) -> Objects:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def _clocks(values: list[Any], null: Bools, date: bool) -> Raw:
    """The fields of the clock as they stand, never a conversion: the machine's zone must not enter."""
    null |= np.array([not n and not v.isValid() for v, n in zip(values, null)], dtype=bool)
    known = [v for v, n in zip(values, null) if not n]
    good = ~null
    clock = np.full(len(values), np.datetime64("NaT", "ms"))
    offset = np.full(len(values), NAIVE)
    if date:
        ms = np.array([v.toJulianDay() for v in known], dtype=np.int64) * _DAY_MS
    else:
        days = np.array([v.date().toJulianDay() for v in known], dtype=np.int64)
        ms = days * _DAY_MS + np.array([v.time().msecsSinceStartOfDay() for v in known], dtype=np.int64)
        offset[good] = np.array([_offset(v) for v in known], dtype=np.int16)
    clock[good] = (ms - _EPOCH * _DAY_MS).view("datetime64[ms]")
    return Raw("clock", clock.astype("datetime64[ns]"), null, offset, date=date)


def _offset(moment: QDateTime) -> int:
    spec = moment.timeSpec()
    if spec == Qt.TimeSpec.LocalTime:
        return int(NAIVE)
    return 0 if spec == Qt.TimeSpec.UTC else moment.offsetFromUtc() // 60


def _give_offsets(columns: dict[str, Raw], fids: Ints, origin: Optional[Origin]) -> None:
    """Offsets that the source's text has and QDateTime has lost; a reading that was edited since has none."""
    moments = [name for name, raw in columns.items() if raw.kind == "clock"]
    for name, (clock, offset) in offsets_of(origin, moments, fids).items():
        raw = columns[name]
        # QDateTime has whole milliseconds, cut from a float: one either way is the same reading.
        same = ~raw.null & (np.abs((raw.values - clock).astype("timedelta64[ns]").astype(np.int64)) <= 2_000_000)
        raw.offset[same] = offset[same]
        raw.values[same] = clock[same]
