"""The rows of a table in the columns in which it is kept by day, from Arrow to Arrow: rows by the million pass here, and none becomes an object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..core.columns import TABLES
from ..core.summaries.compute import OF_OFFICERS
from ..core.times.instants import nanoseconds
from .chunks import SLAB_DAYS, Chunk, arrow_bytes, arrow_table, civil_days

CARRIED = ("unit", "resource_type", "source")
"""What a leg says beside its own columns."""
ROWS_AT_ONCE = 200_000
"""Rows of a day's table that are written together."""


def moment_column(name: str) -> str:
    """The column whose civil day a row of a table belongs to."""
    if name == "gaps":
        return "end"
    return OF_OFFICERS[name][0] if name in OF_OFFICERS else "period"


def columns_kept(name: str) -> list[tuple[str, str]]:
    """(column, kind) of a table as it is kept.

    >>> columns_kept("tracks")[-1]
    ('geometry', 'bytes')
    """
    columns = [(c.name, c.kind) for c in TABLES[name].columns]
    columns += [(c, "str") for c in CARRIED] if name == "legs" else []
    return [*columns, ("geometry", "bytes")] if name == "tracks" else columns


def chunks_by_day(name: str, table: pd.DataFrame, timezone: str) -> Iterator[Chunk]:
    """The rows of a table by civil day, in the columns that are kept; what it has no column of is empty."""
    import pyarrow as pa

    if not len(table):
        return
    day = civil_days(nanoseconds(table[moment_column(name)]), timezone)
    rows = pa.table({column: _column(table, column, kind) for column, kind in columns_kept(name)})
    if (np.diff(day) < 0).any():
        order = np.argsort(day, kind="stable")
        day, rows = day[order], rows.take(pa.array(order))
    first = np.flatnonzero(np.r_[True, np.diff(day) > 0])
    for a, b in zip(first, np.r_[first[1:], len(day)]):
        yield Chunk(name, int(day[a]) // SLAB_DAYS, arrow_bytes(rows.slice(a, b - a)), int(day[a]))


def _column(table: pd.DataFrame, name: str, kind: str) -> Any:
    import pyarrow as pa

    kinds = {
        "str": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "time": pa.timestamp("us", "UTC"),
        "bytes": pa.binary(),
    }  # fmt: skip
    if name not in table.columns:
        found = pa.nulls(len(table), kinds[kind])
        return found.dictionary_encode() if kind == "str" else found
    # Spark keeps microseconds: what the moment of a crossing has beyond is cut off.
    found = pa.Array.from_pandas(table[name]).cast(kinds[kind], safe=kind != "time")
    return found.dictionary_encode() if kind == "str" else found  # words once each


class DayFile:
    """A day's table as the bytes of a Parquet file, of chunks as they come."""

    def __init__(self) -> None:
        self._waiting: list[Any] = []
        self._rows = 0
        self._sink: Any = None
        self._writer: Any = None

    def add(self, payload: Any) -> None:
        """Take in the rows of a chunk."""
        table = arrow_table(payload)
        self._waiting.append(table)
        self._rows += table.num_rows
        if self._rows >= ROWS_AT_ONCE:
            self._write()

    def content(self) -> bytes:
        """The whole file; nothing can be added after."""
        if self._waiting:
            self._write()
        self._writer.close()
        return bytes(self._sink.getvalue())

    def _write(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.concat_tables(self._waiting).unify_dictionaries()
        if self._writer is None:
            self._sink = pa.BufferOutputStream()
            self._writer = pq.ParquetWriter(self._sink, table.schema, store_schema=False)  # text is read as text
        self._writer.write_table(table, row_group_size=len(table))
        self._waiting, self._rows = [], 0
