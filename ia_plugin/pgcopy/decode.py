"""Rows of COPY BINARY -> whole columns.

The protocol sends a message a row, so where each row begins is known without looking into it; from there all rows go
from field to field together, by arrays of positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.arrays import Array, Bools, Ints
from ..core.errors import StoreError
from .encode import EPOCH_DAY, EPOCH_US, SIGNATURE, TRAILER

NUMBERS = {"int2": ">i2", "int4": ">i4", "int8": ">i8", "float4": ">f4", "float8": ">f8", "bool": "?", "oid": ">u4"}
MOMENTS = ("timestamptz", "timestamp")
TEXTS = ("text", "varchar", "bpchar", "name")
BLOBS = ("bytea", "geometry", "geography", "jsonb")
TYPES = {*NUMBERS, *MOMENTS, *TEXTS, *BLOBS, "date"}
"""The server's types that are read."""

_WIDEST = 256 << 20  # bytes of a column laid out at the width of its longest value: beyond it value by value
_FOREVER = (np.iinfo(np.int64).min, np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Read:
    """One column: numbers, `datetime64[us]` (timestamptz: UTC; timestamp: as the clock says), `datetime64[D]`, or bytes.

    values : array (n,); texts as ``S`` of the longest, or objects where one is far longer than the others; geometries as ``V``
        where all have one size, else objects
    null : bool (n,)
    """

    values: Array
    null: Bools


def columns_of(rows: Sequence[bytes], types: Sequence[str]) -> list[Read]:
    """The columns of a whole ``COPY … TO STDOUT (FORMAT binary)``.

    Parameters
    ----------
    rows : its messages, see :meth:`.driver.Connection.copy_out`
    types : the server's names of the columns' types, some of `TYPES`

    Raises
    ------
    StoreError
        for bytes that are not such a COPY, cut short ones among them.
    """
    whole = b"".join(rows)
    if not whole.startswith(SIGNATURE) or not whole.endswith(TRAILER):
        raise StoreError("The server's answer is cut short.", "Try again.")
    header = len(SIGNATURE) + 8 + int.from_bytes(whole[len(SIGNATURE) + 4 : len(SIGNATURE) + 8], "big")
    ends = np.cumsum(np.fromiter(map(len, rows), np.int64, len(rows)))
    # The header comes before the first row in its message; the trailer is a message, or all that follows the header.
    starts = np.concatenate([[header], ends[:-1]])[: len(rows) - 1]
    ends = ends[: len(rows) - 1]
    at = _Bytes(whole)
    if (at.view(">i2", starts) != len(types)).any():
        raise _unlike()
    place, found = starts + 2, []
    for kind in types:
        length = at.view(">i4", place).astype(np.int64)
        place = place + 4
        held = np.maximum(length, 0)
        if (place + held > len(whole)).any():
            raise _unlike()
        found.append(_column(at, kind, place, length))
        place = place + held
    if (place != ends).any():
        raise _unlike()
    return found


def _unlike() -> StoreError:
    return StoreError("The server's answer is not laid out as its columns are.", "Try again; the table may have changed meanwhile.")  # fmt: skip


class _Bytes:
    """Values of any type at any positions of one buffer, aligned or not."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole

    def view(self, dtype: str, places: Ints) -> Array:
        kind = np.dtype(dtype)
        if not len(places):
            return np.empty(0, dtype=kind)
        room = max(len(self._whole) - kind.itemsize + 1, 0)
        if int(places.max()) >= room:
            raise _unlike()
        over: Array = np.ndarray((room,), dtype=kind, buffer=self._whole, strides=(1,))
        return over[places]

    def part(self, start: int, end: int) -> bytes:
        return self._whole[start:end]


def _column(at: _Bytes, kind: str, place: Ints, length: Ints) -> Read:
    null = length < 0
    if kind in (*TEXTS, *BLOBS):
        return Read((_blobs if kind in BLOBS else _texts)(at, place, length), null)
    dtype = NUMBERS.get(kind) or (">i8" if kind in MOMENTS else ">i4")
    width = np.dtype(dtype).itemsize
    if ((length != width) & ~null).any():
        raise _unlike()
    values = np.zeros(len(place), dtype=np.dtype(dtype).newbyteorder("="))
    values[~null] = at.view(dtype, place[~null])
    if kind in MOMENTS:
        return Read(*_moments(values, null))
    if kind == "date":
        days = np.iinfo(np.int32)
        null = null | np.isin(values, (days.min, days.max))  # 'infinity' here too
        found = (values.astype(np.int64) + EPOCH_DAY).view("datetime64[D]")
        found[null] = np.datetime64("NaT")
        return Read(found, null)
    return Read(values, null)


def _moments(values: Array, null: Bools) -> tuple[Array, Bools]:
    """Microseconds since 2000 as moments; 'infinity' is no moment that a table can hold."""
    endless = np.isin(values, _FOREVER)
    clock = np.where(endless, 0, values) + EPOCH_US
    found = clock.view("datetime64[us]")
    found[null | endless] = np.datetime64("NaT")
    return found, null | endless


def _texts(at: _Bytes, place: Ints, length: Ints) -> Array:
    held = np.maximum(length, 0)
    widest = int(held.max()) if len(held) else 0
    if widest * len(held) > _WIDEST:
        return _objects(at, place, length)
    texts = np.zeros(len(held), dtype=f"S{max(widest, 1)}")
    sizes = np.unique(held)
    for size in sizes[sizes > 0].tolist():
        rows = np.flatnonzero(held == size)
        texts[rows] = at.view(f"S{size}", place[rows])
    return texts


def _blobs(at: _Bytes, place: Ints, length: Ints) -> Array:
    known = length > 0
    sizes = np.unique(length[known])
    if len(sizes) != 1 or (length == 0).any():
        return _objects(at, place, length)
    found = np.zeros(len(length), dtype=f"V{sizes[0]}")
    found[known] = at.view(f"V{sizes[0]}", place[known])
    return found


def _objects(at: _Bytes, place: Ints, length: Ints) -> Array:
    found = np.empty(len(length), dtype=object)
    found[:] = [at.part(p, p + n) if n >= 0 else None for p, n in zip(place.tolist(), length.tolist())]
    return found
