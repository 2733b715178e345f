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
from .alike_rows import Alike, alike
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
    # The header comes before the first row in its message; the trailer is a message, or all that follows the header.
    groups = alike([rows[0][header:], *rows[1:-1]], len(types)) if len(rows) > 1 else []
    if groups:
        return [_of_alike(groups, at, kind, len(rows) - 1) for at, kind in enumerate(types)]
    ends = np.cumsum(np.fromiter(map(len, rows), np.int64, len(rows)))
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
    dtype = _dtype(kind)
    if ((length != np.dtype(dtype).itemsize) & ~null).any():
        raise _unlike()
    values = np.zeros(len(place), dtype=np.dtype(dtype).newbyteorder("="))
    values[~null] = at.view(dtype, place[~null])
    return _read(values, null, kind)


def _of_alike(groups: Sequence[Alike], at: int, kind: str, n: int) -> Read:
    """A column of rows that are laid out alike, group by group."""
    null = np.zeros(n, dtype=bool)
    held = [group for group in groups if group.fields[at][1] >= 0]
    for group in groups:
        null[group.rows] = group.fields[at][1] < 0
    widths = {group.fields[at][1] for group in held}
    if kind in TEXTS and max(widths, default=0) * n <= _WIDEST:
        texts = np.zeros(n, dtype=f"S{max(max(widths, default=0), 1)}")
        for group in held:
            if group.fields[at][1]:
                texts[group.rows] = group.values(at, f"S{group.fields[at][1]}")
        return Read(texts, null)
    if kind in BLOBS and len(widths) == 1 and 0 not in widths:
        blobs = np.zeros(n, dtype=f"V{max(widths)}")
        for group in held:
            blobs[group.rows] = group.values(at, f"V{max(widths)}")
        return Read(blobs, null)
    if kind in (*TEXTS, *BLOBS):
        found = np.empty(n, dtype=object)
        for group in held:
            length = group.fields[at][1]
            found[group.rows] = group.values(at, f"V{length}").tolist() if length else b""
        return Read(found, null)
    dtype = np.dtype(_dtype(kind))
    if widths - {dtype.itemsize}:
        raise _unlike()
    values = np.zeros(n, dtype=dtype.newbyteorder("="))
    for group in held:
        values[group.rows] = group.values(at, dtype.str)
    return _read(values, null, kind)


def _dtype(kind: str) -> str:
    return NUMBERS.get(kind) or (">i8" if kind in MOMENTS else ">i4")


def _read(values: Array, null: Bools, kind: str) -> Read:
    """Numbers as the server sends them, as what they mean."""
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
