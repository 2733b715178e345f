"""Reading a PostgreSQL layer in whole columns, through COPY BINARY, in place of one feature after the other.

What comes out is what QGIS gives of the same layer: moments to the millisecond (QDateTime has no more), reals of four bytes as they
are written, texts of fixed width without their blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Callable, Optional

import numpy as np

from ..compat import FieldType
from ..core.arrays import Array, Bools, Ints
from ..core.errors import ParameterError, StoreError
from ..core.sql import Sql, composed, quoted
from ..core.times.grains import NAIVE
from ..pgcopy.decode import Read, columns_of
from ..pgcopy.driver import Connection, driver
from ..pgcopy.target import without_secret
from .origin import Database, Origin
from .raw import NotReadable, Raw

Kinds = Mapping[str, tuple[int, str]]
"""Field -> (QGIS's type, the server's name of its own)."""

_AS_THEY_ARE = ("int2", "int4", "int8", "float8", "bool", "timestamptz", "timestamp", "date", "text", "varchar")
_MS = 1_000_000  # nanoseconds


def read(
    origin: Origin, kinds: Kinds, *, geometry: bool, progress: Callable[[int], None]
) -> tuple[Ints, dict[str, Raw], Optional[Array], Optional[Bools]]:
    """All rows of a layer, in the form of :func:`ia_plugin.layers.arrow.read`; the fids are the rows' numbers.

    Raises
    ------
    NotReadable
        where features must be read instead: no driver, a server that is reached with a password which QGIS alone knows, a type that is
        not read here, or a number of rows which is not that of the features.
    """
    place = origin.database
    if place is None or (geometry and not place.geometry):
        raise NotReadable("not one geometry column")
    asked = {name: _asked(name, *kind) for name, kind in kinds.items()}
    wanted = [sql for sql, _ in asked.values()] + ([_blob(place)] if geometry else [])
    types = [kind for _, kind in asked.values()] + (["bytea"] if geometry else [])
    try:
        text, secret = without_secret(place.connection, driver())
        with Connection(text, **secret) as db:
            rows = db.copy_out(_statement(place, wanted), progress)
        found = columns_of(rows, types)
    except (StoreError, ParameterError) as error:
        raise NotReadable(str(error)) from error
    n = len(found[0].null) if found else int(_count(place, origin))
    # A limit on the features cuts nothing where there are no more rows than QGIS counted.
    if n > origin.features or (place.counted and n != origin.features):
        raise NotReadable("another number of rows")
    columns = {name: _raw(part, kind) for name, part, kind in zip(kinds, found, types)}
    blobs, null = (found[-1].values, found[-1].null) if geometry else (None, None)
    return np.arange(n, dtype=np.int64), columns, blobs, null


def _count(place: Database, origin: Origin) -> int:
    """Without a column there is nothing to be read but how many rows there are."""
    if not place.counted:
        raise NotReadable("an estimate")
    return origin.features


def _statement(place: Database, wanted: list[Sql]) -> Sql:
    # The layer's own SQL: its table or query and its filter, as QGIS sends them.
    where = Sql(f" WHERE {place.where}") if place.where else Sql("")
    return composed(
        "COPY (SELECT {wanted} FROM {rows}{where}) TO STDOUT (FORMAT binary)",
        wanted=wanted,
        rows=Sql(place.rows),
        where=where,
    )


def _blob(place: Database) -> Sql:
    return composed("ST_AsBinary({geometry})", geometry=place.geometry)


def _asked(name: str, kind: int, own: str) -> tuple[Sql, str]:
    """(SQL of a field, the type in which the server gives it)."""
    if own in _AS_THEY_ARE:
        return quoted(name), own
    if kind == FieldType.REAL:  # by its text, as QGIS: a float4 of 1.1 is no 1.10000002
        by = "float8" if own == "numeric" else "text::float8"
        return composed("{name}::{by}", name=name, by=Sql(by)), "float8"
    if kind in FieldType.INTEGERS:
        return composed("{name}::int8", name=name), "int8"
    if kind == FieldType.TEXT:  # of a width, names, codes, keys: as the server writes them
        return composed("{name}::text", name=name), "text"
    raise NotReadable(own)


def _raw(part: Read, kind: str) -> Raw:
    values, null = part.values, part.null
    if kind in ("text", "varchar"):
        return Raw("text", values, null)
    if kind == "bool":
        return Raw("bool", values & ~null, null)
    if kind == "date":
        return Raw("clock", values.astype("datetime64[ns]"), null, np.full(len(null), NAIVE), date=True)
    if kind in ("timestamptz", "timestamp"):
        offset = np.full(len(null), NAIVE) if kind == "timestamp" else np.zeros(len(null), dtype=np.int16)
        return Raw("clock", _whole_milliseconds(values), null, offset)
    if values.dtype.kind == "f":
        return Raw("number", np.where(null, np.nan, values.astype(float)), null)
    return Raw("number", np.where(null, 0, values.astype(np.int64)), null)


def _whole_milliseconds(clock: Array) -> Array:
    """Rounded within its second, as Qt reads ISO 8601: never into the next.

    >>> _whole_milliseconds(np.array(["2024-06-03T10:00:00.999800", "NaT"], dtype="datetime64[us]")).astype(str).tolist()
    ['2024-06-03T10:00:00.999000000', 'NaT']
    """
    second = clock.astype("datetime64[s]")
    rest = np.where(np.isnat(clock), 0, (clock - second).astype(np.int64))
    return second.astype("datetime64[ns]") + np.minimum((rest + 500) // 1000, 999) * np.timedelta64(_MS, "ns")
