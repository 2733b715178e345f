"""Whole columns -> rows of COPY BINARY, in the order they have.

A row is the count of its fields and each field with its length before it (PostgreSQL's manual, COPY, "Binary format"). What has one width in every row is laid side by side as arrays of bytes; what has not is a list of bytes, each made once for all
rows that say the same.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Optional

import numpy as np
import pandas as pd

from ..core.arrays import Array, Bools, Bytes
from ..core.errors import ColumnError
from ..core.times.instants import nanoseconds

SIGNATURE = b"PGCOPY\n\xff\r\n\0"
HEADER = SIGNATURE + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)
EPOCH_US = 946_684_800_000_000
"""PostgreSQL's 2000-01-01 in microseconds since 1970."""

EPOCH_DAY = 10_957
NULL = struct.pack(">i", -1)
_NAT = np.iinfo(np.int64).min
_ROWS = 8_192

TYPES = {"str": "text", "int": "bigint", "float": "double precision", "bool": "boolean", "time": "timestamptz", "date": "date"}  # fmt: skip
"""The dictionary's kinds as PostgreSQL's types."""


@dataclass(frozen=True)
class Field:
    """One column as COPY BINARY has it, each value with its length before it.

    values : uint8 (n, width) where all have one width, else object (n,) of bytes
    null : bool (n,), None where no value is missing; counts for values of one width only
    """

    values: Array
    null: Optional[Bools] = None


def field(column: pd.Series, kind: str, of_type: str = "") -> Field:
    """A column of one of the kinds of the data dictionary; missing values are NULL.

    Parameters
    ----------
    of_type : the column's type in the database, where it is a smaller one of whole numbers than bigint

    Raises
    ------
    ColumnError
        for values that are not of the kind, naming the column and no value.
    """
    try:
        if kind == "str":
            return _text(column)
        values, null = _NUMBERS[kind](column)
    except (TypeError, ValueError, OverflowError) as error:
        raise ColumnError(
            f"Column {column.name!r} does not hold {kind} values ({type(error).__name__}).",
            "Convert it before it is stored.",
        ) from error
    return fixed(values.astype(_SMALLER[of_type]) if of_type in _SMALLER else values, null)


_SMALLER = {"smallint": ">i2", "integer": ">i4"}


def fixed(values: Array, null: Optional[Bools] = None) -> Field:
    """Values of one width (big-endian numbers, structured rows as they stand)."""
    width = values.dtype.itemsize
    made = np.empty((len(values), 4 + width), dtype=np.uint8)
    made[:, :4] = np.frombuffer(struct.pack(">i", width), np.uint8)
    made[:, 4:] = np.ascontiguousarray(values).view(np.uint8).reshape(len(values), width)
    return Field(made, null if null is not None and null.any() else None)


def blobs(values: Sequence[Optional[bytes]]) -> Field:
    """Bytes of any width, such as geometries of areas."""
    made = np.empty(len(values), dtype=object)
    made[:] = [NULL if v is None else struct.pack(">i", len(v)) + v for v in values]
    return Field(made)


def rows_of(fields: Sequence[Field], rows: int = _ROWS) -> Iterator[bytes]:
    """The whole of a COPY: its header, blocks of so many rows, its trailer.

    Examples
    --------
    >>> fields = [field(pd.Series([7], name="n"), "int"), field(pd.Series(["é"], name="t"), "str")]
    >>> b"".join(rows_of(fields))[len(HEADER):].hex(" ", 2)
    '0002 0000 0008 0000 0000 0000 0007 0000 0002 c3a9 ffff'
    """
    yield HEADER
    for start in range(0, len(fields[0].values), rows):
        yield _block(fields, slice(start, start + rows))
    yield TRAILER


def _block(fields: Sequence[Field], part: slice) -> bytes:
    n = len(fields[0].values[part])
    count = np.frombuffer(struct.pack(">h", len(fields)), np.uint8)
    together: list[Bytes] = [np.broadcast_to(count, (n, 2))]
    pieces: list[list[bytes]] = []
    for one in fields:
        if one.values.dtype != object and one.null is None:
            together.append(one.values[part])
            continue
        if together:
            pieces.append(_listed(np.concatenate(together, axis=1)))
            together = []
        pieces.append(_with_nulls(one, part))
    if together and not pieces:
        return np.concatenate(together, axis=1).tobytes()
    if together:
        pieces.append(_listed(np.concatenate(together, axis=1)))
    return b"".join(chain.from_iterable(zip(*pieces)))


def _listed(rows: Bytes) -> list[bytes]:
    width = rows.shape[1]
    whole = rows.tobytes()
    return [whole[i : i + width] for i in range(0, len(whole), width)]


def _with_nulls(one: Field, part: slice) -> list[bytes]:
    if one.values.dtype == object:
        found: list[bytes] = one.values[part].tolist()
        return found
    listed = _listed(one.values[part])
    if one.null is not None:
        for i in np.flatnonzero(one.null[part]):
            listed[i] = NULL
    return listed


def _text(column: pd.Series) -> Field:
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, words = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, words = pd.factorize(column.to_numpy(dtype=object))
    written = [_word(word, column.name) for word in words]
    sizes = set(map(len, written))
    if len(sizes) == 1 and not (codes < 0).any():  # pseudonyms and hashes: all of one width
        each = np.frombuffer(b"".join(written), np.uint8).reshape(len(written), sizes.pop())
        return Field(each[codes])
    made = np.empty(len(words) + 1, dtype=object)
    made[:] = [*written, NULL]  # missing is -1: the last one
    return Field(made[codes])


def _word(word: object, name: object) -> bytes:
    written = str(word).encode("utf-8")
    if b"\0" in written:
        raise ColumnError(
            f"A text of column {name!r} holds the character NUL, which no database keeps.", "Take it out of the source."
        )
    return struct.pack(">i", len(written)) + written


def _times(column: pd.Series) -> tuple[Array, Bools]:
    if not isinstance(column.dtype, pd.DatetimeTZDtype):
        if not column.isna().all():
            raise ColumnError(
                f"Column {column.name!r} holds {column.dtype}, not times with a time zone.",
                "Read it with its time zone, as moments in UTC.",
            )
        return np.zeros(len(column), dtype=">i8"), np.ones(len(column), dtype=bool)
    ns = nanoseconds(column)
    return (ns // 1000 - EPOCH_US).astype(">i8"), ns == _NAT


def _ints(column: pd.Series) -> tuple[Array, Bools]:
    null = column.isna().to_numpy(dtype=bool)
    if not null.any():
        numbers = column.to_numpy()
        whole = numbers.astype(np.int64)
        if (whole != numbers).any():
            raise ValueError("not whole numbers")
        return whole.astype(">i8"), null
    known = pd.Series(column[~null]).to_numpy(dtype=object)
    whole = np.zeros(len(column), dtype=np.int64)
    whole[~null] = [int(v) for v in known]
    if any(int(v) != v for v in known):
        raise ValueError("not whole numbers")
    return whole.astype(">i8"), null


def _floats(column: pd.Series) -> tuple[Array, Bools]:
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return numbers.astype(">f8"), np.isnan(numbers)


def _bools(column: pd.Series) -> tuple[Array, Bools]:
    null = column.isna().to_numpy(dtype=bool)
    flags = np.zeros(len(column), dtype=np.uint8)
    flags[~null] = [bool(v) for v in column[~null]]
    return flags, null


def _days(column: pd.Series) -> tuple[Array, Bools]:
    null = column.isna().to_numpy(dtype=bool)
    days = np.zeros(len(column), dtype=np.int64)
    # 9999-12-31, which often stands for "no end", is a day like any other.
    days[~null] = [_day(v) for v in column[~null]]
    return (days - EPOCH_DAY).astype(">i4"), null


def _day(value: object) -> int:
    known = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    if not isinstance(known, date):
        known = pd.Timestamp(known).date()
    return known.toordinal() - date(1970, 1, 1).toordinal()


_NUMBERS = {"time": _times, "int": _ints, "float": _floats, "bool": _bools, "date": _days}
