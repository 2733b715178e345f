"""Tables on their way through Spark: packed to bytes that give the same table back, to the last digit, on every machine.

Spark's own columns keep microseconds and turn moments into the session's clock; what is added up must not pass through either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..core.arrays import Ints
from ..core.summaries.compute import OfficerParts
from ..core.summaries.time_cells import TimeCells
from ..core.times.civil import pandas_zone
from ..core.times.instants import instants, nanoseconds

PARTS, REPORT = "parts", "report"
"""Kinds of chunk beside the tables of officers: what adds up to a slab's cells, and what a task says of itself."""
SLAB_DAYS = 7
"""Days whose cells are made together; no figure hangs on it."""
_TABLES = ("cells", "time", "spans", "officer_days", "visit_lengths")


@dataclass(frozen=True)
class Chunk:
    """Some rows of one kind, all of the days of one slab, or of one `day` of it; −1 where they are of no day."""

    kind: str
    slab: int
    payload: bytes
    day: int = -1


def packed(table: pd.DataFrame) -> bytes:
    """A table as Arrow bytes, with its types.

    >>> table = pd.DataFrame({"at": pd.to_datetime(["2024-10-27T00:30:00.000000001Z"]), "word": ["a"]})
    >>> bool(unpacked(packed(table)).equals(table))
    True
    """
    import pyarrow as pa

    return arrow_bytes(pa.Table.from_pandas(pd.DataFrame(table), preserve_index=False))


def unpacked(payload: bytes) -> pd.DataFrame:
    """The table of :func:`packed`."""
    return arrow_table(payload).to_pandas()


def arrow_bytes(table: Any) -> bytes:
    """An Arrow table as bytes."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def arrow_table(payload: Any) -> Any:
    """The Arrow table of :func:`arrow_bytes`, which stays where the bytes are."""
    import pyarrow as pa

    with pa.ipc.open_stream(pa.py_buffer(payload)) as stream:
        return stream.read_all()


def report_chunk(**facts: object) -> Chunk:
    """What a task says of itself: counts alone, never an officer."""
    return Chunk(REPORT, -1, json.dumps(facts, sort_keys=True).encode())


def chunks_of(parts: OfficerParts, timezone: str) -> Iterator[Chunk]:
    """What some officers add to the tables, by slab."""
    time, spans, days, lengths = parts.time, parts.spans, parts.officer_days, parts.visit_lengths
    of_cell, of_span, of_day, of_length = (_slabs(t["period"], timezone) for t in (time.cells, spans, days, lengths))
    for slab in np.unique(np.concatenate([of_cell, of_span, of_day, of_length])):
        some = time.where(of_cell == slab)
        tables = (some.cells, some.time, spans[of_span == slab], days[of_day == slab], lengths[of_length == slab])
        yield Chunk(PARTS, int(slab), _joined([packed(t) for t in tables]))


def parts_of(payloads: Iterable[bytes]) -> list[OfficerParts]:
    """What :func:`chunks_of` gave, of one slab."""
    found = []
    for payload in payloads:
        tables = dict(zip(_TABLES, (unpacked(p) for p in _split(payload))))
        time = TimeCells(tables.pop("cells"), tables.pop("time"))
        found.append(OfficerParts(time, **tables))
    return found


def _slabs(period: pd.Series, timezone: str) -> Ints:
    """The slab of each period, by its civil day."""
    if not len(period):
        return np.empty(0, dtype=np.int64)
    ns = period.to_numpy(dtype=np.int64) if period.dtype.kind in "iO" else nanoseconds(period)
    moments, row = np.unique(ns, return_inverse=True)
    return np.asarray((civil_days(moments, timezone) // SLAB_DAYS)[row], dtype=np.int64)


def civil_days(ns: Ints, timezone: str) -> Ints:
    """The civil day (since 1970) of each moment."""
    wall = instants(ns).tz_convert(pandas_zone(timezone)).tz_localize(None)
    return np.asarray(wall, dtype="datetime64[D]").astype(np.int64)


def _joined(pieces: list[bytes]) -> bytes:
    return b"".join(len(p).to_bytes(8, "little") + p for p in pieces)


def _split(payload: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(payload):
        size = int.from_bytes(payload[at : at + 8], "little")
        yield payload[at + 8 : at + 8 + size]
        at += 8 + size
