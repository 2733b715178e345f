"""Rows of a table as bytes, and back, so that they can wait in a cell of a database until they are written."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Optional

import numpy as np
import pandas as pd
import shapely

from ..core.arrays import Array
from .values import from_sql, kind_of, to_sql

_GEOMETRY = "geometry"
_NUMBERS = ("int", "bool")
_MISSING = -1  # as the length of a text


def to_bytes(rows: pd.DataFrame, kinds: Mapping[str, str]) -> bytes:
    """The rows in a form that :func:`from_bytes` gives back as a GeoPackage would: times to the millisecond.

    Parameters
    ----------
    kinds : kind of each column that the data dictionary knows; others are told by their values

    Raises
    ------
    ColumnError
        for values that are not of the kind declared: what is written here can be stored later.

    >>> from_bytes(to_bytes(pd.DataFrame({"name": ["a", None], "n": [1, 2]}), {}))["n"].tolist()
    [1, 2]
    """
    heads, parts = [], []
    for name in map(str, rows.columns):
        kind = _GEOMETRY if name == _GEOMETRY else kinds.get(name) or kind_of(rows[name])
        arrays = _shapes(rows[name]) if kind == _GEOMETRY else _column(to_sql(rows[name], kind), kind)
        heads.append([name, kind, [len(a) for a in arrays]])
        parts += arrays
    head = json.dumps([len(rows), heads]).encode("utf-8")
    return zlib.compress(b"".join([len(head).to_bytes(8, "little"), head, *parts]), 1)


def from_bytes(packed: bytes) -> pd.DataFrame:
    """The rows that :func:`to_bytes` was given."""
    whole = memoryview(zlib.decompress(packed))
    place = 8 + int.from_bytes(whole[:8], "little")
    n, heads = json.loads(bytes(whole[8:place]))
    found = {}
    for name, kind, sizes in heads:
        arrays = []
        for size in sizes:
            arrays.append(bytes(whole[place : place + size]))
            place += size
        values = _values(arrays, kind)
        found[name] = shapely.from_wkb(values) if kind == _GEOMETRY else from_sql(values, kind)
    return pd.DataFrame(found, index=range(n), copy=False)


def _column(values: list[object], kind: str) -> list[bytes]:
    if kind == "float":
        return [np.array(values, dtype=np.float64).tobytes()]
    if kind in _NUMBERS:
        missing = np.array([v is None for v in values], dtype=bool)
        return [np.array([v or 0 for v in values], dtype=np.int64).tobytes(), missing.tobytes()]
    return _lengths_and([None if v is None else str(v).encode("utf-8", "surrogatepass") for v in values])


def _shapes(column: pd.Series) -> list[bytes]:
    return _lengths_and(list(shapely.to_wkb(column.to_numpy(dtype=object))))


def _lengths_and(words: Sequence[Optional[bytes]]) -> list[bytes]:
    lengths = np.array([_MISSING if w is None else len(w) for w in words], dtype=np.int64)
    return [lengths.tobytes(), b"".join(w for w in words if w is not None)]


def _values(arrays: list[bytes], kind: str) -> list[object]:
    if kind == "float":
        return list(np.frombuffer(arrays[0], dtype=np.float64))
    if kind in _NUMBERS:
        numbers, missing = np.frombuffer(arrays[0], dtype=np.int64), np.frombuffer(arrays[1], dtype=bool)
        values: Array = numbers.astype(object)
        values[missing] = None
        return list(values)
    lengths, joined = np.frombuffer(arrays[0], dtype=np.int64).tolist(), arrays[1]
    ends = accumulate(max(0, n) for n in lengths)
    words = [None if n == _MISSING else joined[end - n : end] for n, end in zip(lengths, ends)]
    if kind == _GEOMETRY:
        return list(words)
    return [None if w is None else w.decode("utf-8", "surrogatepass") for w in words]
