"""Columns of a table as values SQLite takes, and back. Whole columns at once.

Times rest as text of one width, ``2024-06-03T12:00:00.000Z``, so that comparing text compares times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Optional, Union, cast

import numpy as np
import pandas as pd

from ..core.arrays import Array, Ints
from ..core.errors import ColumnError
from ..core.times.instants import instants, parsed

SQL_TYPES = {
    "str": "TEXT",
    "int": "INTEGER",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "time": "DATETIME",
    "date": "DATE",
}
KINDS = {sql: kind for kind, sql in SQL_TYPES.items()}

_DAY_MS = 86_400_000
_WIDTH = 24  # characters of a time
_NAT = np.iinfo(np.int64).min
_TWO = np.array([list(b"%02d" % i) for i in range(100)], dtype=np.uint8)
_THREE = np.array([list(b"%03d" % i) for i in range(1000)], dtype=np.uint8)


def kind_of(column: pd.Series) -> str:
    """Kind of a column the dictionary does not know, by its values."""
    dtype = column.dtype
    if isinstance(dtype, pd.DatetimeTZDtype):
        return "time"
    if dtype.kind == "M":
        raise ColumnError(
            f"Column {column.name!r} holds times without a time zone.", "Read it with its time zone, as moments in UTC."
        )
    if pd.api.types.is_bool_dtype(dtype):
        return "bool"
    if pd.api.types.is_integer_dtype(dtype):
        return "int"
    return "float" if pd.api.types.is_float_dtype(dtype) else "str"


def to_sql(column: pd.Series, kind: str) -> list[object]:
    """Values of a column for ``executemany``; missing ones are None (or NaN, which SQLite keeps as NULL).

    Raises
    ------
    ColumnError
        for values that are not of the kind declared.
    """
    try:
        return _CONVERTERS[kind](column)
    except (TypeError, ValueError, OverflowError) as error:
        raise ColumnError(
            f"Column {column.name!r} does not hold {kind} values ({type(error).__name__}).",
            "Convert it before it is stored.",
        ) from error


def from_sql(values: Sequence[object], kind: str) -> Union[Array, pd.Series]:
    """A column from what SQLite gave; the inverse of :func:`to_sql` to the millisecond."""
    if kind == "time":
        return times_of(cast("list[Optional[str]]", values))
    if kind == "float":
        return np.array(values, dtype=np.float64)
    if kind in ("int", "bool"):
        dtype = np.int64 if kind == "int" else np.bool_
        if None not in values:
            return np.array(values, dtype=dtype)
        return pd.array(values, dtype="Int64") if kind == "int" else pd.array(_flags(values), dtype="boolean")
    if kind == "date":
        return parsed(pd.Series(values, dtype=object), utc=False).to_numpy()
    words = np.empty(len(values), dtype=object)
    words[:] = values
    return words


def time_text(moment: pd.Timestamp) -> str:
    """A moment as it rests in the store, for comparisons in SQL."""
    stamp = pd.Timestamp(moment)
    if stamp.tzinfo is None:
        raise ColumnError(f"The moment {moment!r} has no time zone.", "Give a moment in UTC.")
    return texts_of(np.array([stamp.tz_convert("UTC").value], dtype=np.int64))[0]


def texts_of(ns: Ints) -> list[str]:
    """Text of moments (ns since 1970, UTC), cut to the millisecond."""
    ms = np.asarray(ns, dtype=np.int64) // 1_000_000
    if not len(ms):
        return []
    day, rest = np.divmod(ms, _DAY_MS)
    first, last = int(day.min()), int(day.max())
    if last - first < 100_000:
        known, which = np.arange(first, last + 1), day - first
    else:
        known, which = np.unique(day, return_inverse=True)
    dates = np.datetime_as_string(known.astype("M8[D]")).astype("S10")
    chars = np.empty((len(ms), _WIDTH), dtype=np.uint8)
    chars[:, :10] = dates.view(np.uint8).reshape(-1, 10)[which]
    seconds, ms = np.divmod(rest, 1000)
    minutes, seconds = np.divmod(seconds, 60)
    hours, minutes = np.divmod(minutes, 60)
    chars[:, 11:13], chars[:, 14:16], chars[:, 17:19] = _TWO[hours], _TWO[minutes], _TWO[seconds]
    chars[:, 20:23] = _THREE[ms]
    for place, mark in ((10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")):
        chars[:, place] = ord(mark)
    text = chars.tobytes().decode("ascii")
    return [text[i : i + _WIDTH] for i in range(0, len(text), _WIDTH)]


def times_of(texts: list[Optional[str]]) -> pd.DatetimeIndex:
    """Moments of texts; of any ISO form, quickest where they are as this module writes them."""
    blank = "1970-01-01T00:00:00.000Z"
    missing = None in texts
    whole = "".join([t or blank for t in texts] if missing else texts)  # type: ignore[arg-type]
    n = len(texts)
    if not n:
        return instants(np.empty(0, dtype=np.int64))
    chars = np.frombuffer(whole.encode("ascii", "replace"), dtype=np.uint8)
    if len(chars) != n * _WIDTH or not (chars[_WIDTH - 1 :: _WIDTH] == ord("Z")).all():
        # One by one: pandas 2 takes the first value's form for all, and ISO allows several.
        return instants([_NAT if t is None else pd.Timestamp(t, tz="UTC").value for t in texts])
    plain = np.ascontiguousarray(chars.reshape(n, _WIDTH)[:, : _WIDTH - 1]).view("S23").ravel()
    ns = plain.astype("M8[ms]").astype("M8[ns]").astype(np.int64)
    if missing:
        ns[[t is None for t in texts]] = _NAT
    return instants(ns)


def _listed(values: Union[Array, pd.Series]) -> list[object]:
    found: list[object] = values.tolist()
    return found


def _time(column: pd.Series) -> list[object]:
    if not isinstance(column.dtype, pd.DatetimeTZDtype):
        if not column.isna().all():
            raise ColumnError(
                f"Column {column.name!r} holds {column.dtype}, not times with a time zone.",
                "Read it with its time zone, as moments in UTC.",
            )
        return [None] * len(column)
    utc = column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
    missing = utc == _NAT
    if not missing.any():
        return [*texts_of(utc)]
    words = np.array(texts_of(np.where(missing, 0, utc)), dtype=object)
    words[missing] = None
    return _listed(words)


def _text(column: pd.Series) -> list[object]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        words = np.array([*(str(c) for c in column.cat.categories), None], dtype=object)
        return _listed(words[column.cat.codes.to_numpy()])
    missing = column.isna().to_numpy()
    values = column.to_numpy(dtype=object)
    if missing.any():
        values = values.copy()
        values[missing] = None
    found = _listed(values)
    if set(map(type, found)) <= {str, type(None)}:
        return found
    return [v if v is None else str(v) for v in found]


def _int(column: pd.Series) -> list[object]:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        return _listed(column)
    if not column.isna().any():
        numbers = column.to_numpy()
        whole = numbers.astype(np.int64)
        if (whole != numbers).any():
            raise ValueError("not whole numbers")
        return _listed(whole)
    return [None if pd.isna(v) else int(v) for v in column]


def _float(column: pd.Series) -> list[object]:
    return _listed(column.to_numpy(dtype=np.float64, na_value=np.nan))


def _bool(column: pd.Series) -> list[object]:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "b":
        return _listed(column)
    return [None if pd.isna(v) else bool(v) for v in column]


def _date(column: pd.Series) -> list[object]:
    # 9999-12-31, which often stands for "no end", is a day like any other here.
    return [
        None
        if pd.isna(v)
        else date.fromisoformat(v[:10]).isoformat()
        if isinstance(v, str)
        else pd.Timestamp(v).strftime("%Y-%m-%d")
        for v in column
    ]


def _flags(values: Sequence[object]) -> list[Union[bool, None]]:
    return [None if v is None else bool(v) for v in values]


_CONVERTERS = {"time": _time, "str": _text, "int": _int, "float": _float, "bool": _bool, "date": _date}
