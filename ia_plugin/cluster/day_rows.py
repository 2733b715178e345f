"""The rows of a chunk in the columns in which a table is kept by day, from Arrow to Arrow: rows by the million pass here, and none becomes an object."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.columns import TABLES
from ..core.times.civil import pandas_zone
from .officer_stage import CARRIED, moment_column

SPARK_KINDS = {"str": "string", "int": "long", "float": "double", "bool": "boolean", "time": "timestamp", "bytes": "binary"}  # fmt: skip


def columns_by_day(name: str) -> list[tuple[str, str]]:
    """(column, kind) of a table as it is kept, the day last.

    >>> columns_by_day("visits")[-1]
    ('day', 'str')
    """
    columns = [(c.name, c.kind) for c in TABLES[name].columns]
    columns += [(c, "str") for c in CARRIED] if name == "legs" else []
    columns += [("geometry", "bytes")] if name == "tracks" else []
    return [*columns, ("day", "str")]


def schema_by_day(name: str) -> str:
    """:func:`columns_by_day` in Spark's words."""
    return ", ".join(f"`{c}` {SPARK_KINDS[kind]}" for c, kind in columns_by_day(name))


def rows_by_day(payload: Any, name: str, timezone: str) -> Any:
    """An Arrow table of a chunk's rows, with the civil day that each belongs to; what a chunk has no column of is empty.

    Parameters
    ----------
    payload : bytes of :func:`~ia_plugin.cluster.chunks.packed`, or a buffer of them
    """
    import pyarrow as pa

    kinds = {
        "str": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "time": pa.timestamp("us", "UTC"),
        "bytes": pa.binary(),
    }  # fmt: skip
    with pa.ipc.open_stream(pa.py_buffer(payload)) as stream:
        rows = stream.read_all()
    found = {}
    for column, kind in columns_by_day(name)[:-1]:
        if column in rows.column_names:
            # Spark keeps microseconds: what the moment of a crossing has beyond is cut off.
            found[column] = rows.column(column).cast(kinds[kind], safe=kind != "time")
        else:
            found[column] = pa.nulls(len(rows), kinds[kind])
    wall = rows.column(moment_column(name)).to_pandas().dt.tz_convert(pandas_zone(timezone)).dt.tz_localize(None)
    days, which = np.unique(wall.to_numpy(dtype="datetime64[D]"), return_inverse=True)
    found["day"] = pa.array(np.datetime_as_string(days)).take(pa.array(which))
    return pa.table(found)
