"""A store moved from one home to the other: every table, counted and compared at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable

import numpy as np
import pandas as pd
import shapely

from ..core.arrays import Array
from ..core.columns import DENSITY_TIME, TABLES, Table
from ..core.errors import StoreError
from ..core.sentence import sentence
from ..core.times.instants import nanoseconds
from .condition import ALL, Condition, between
from .interface import StoreHome
from .released_rows import WAITING
from .tables import MONTHS, SUMMARY_TABLES
from .words_before import PENDING, RECURRING

STAYS = ("runs",)
"""The record of who ran what says whose it is: it stays where it was made."""
HALF_DAY = pd.Timedelta("12h")
OF_WORDS = {t.name: t for t in (PENDING, RECURRING, WAITING)}
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Part:
    """What one table holds: how many rows, and a number that another value in any of them would change."""

    rows: int = 0
    mark: int = 0

    def __add__(self, other: Part) -> Part:
        return Part(self.rows + other.rows, (self.mark + other.mark) % 2**64)


def move(source: StoreHome, target: StoreHome, tell: Callable[[float], None] = lambda _share: None) -> dict[str, Part]:
    """Copy a store into another, whole or not at all; what each table holds.

    Parameters
    ----------
    source : open, with the key; nothing of it is changed
    target : open with the same key, and empty
    tell : called with the share done; may raise to stop

    Raises
    ------
    StoreError
        where the target is not empty, keeps another civil time or reference system, or holds something else afterwards.
    """
    facts = [(s.timezone, s.epsg) for s in (source, target)]
    if facts[0] != facts[1]:
        raise StoreError(
            sentence("The two stores differ: {one} and EPSG:{a}, {other} and EPSG:{b}.", one=facts[0][0], a=facts[0][1], other=facts[1][0], b=facts[1][1]),
            "Prepare the new one with the time zone and the reference system of the old one.",
        )  # fmt: skip
    names = [n for n in (*TABLES, *OF_WORDS) if n not in STAYS and source.is_written(n)]
    if any(target.has(n) for n in names if target.is_written(n)):
        raise StoreError("The store that is moved into is not empty.", "Choose a new folder, or a database that was just prepared.")  # fmt: skip
    found: dict[str, Part] = {}
    with target.together("move of a store"):
        for i, name in enumerate(names):
            tell(0.7 * i / len(names))
            found[name] = Part()
            for rows in _chunks(source, name):
                found[name] += content(rows, table_of(name))
                if name in SUMMARY_TABLES:
                    target.put(name, rows)
                else:
                    target.append(table_of(name), rows)
        for name, value in source.settings().items():
            target.set(name, value)
        target.clear_days(target.dirty_days())
        target.mark_days(source.dirty_days())
    for i, name in enumerate(names):
        tell(0.7 + 0.3 * i / len(names))
        there = held(target, name)
        if there != found[name]:
            raise StoreError(
                sentence("The table {name!r} differs after the move ({a:,} rows, {b:,} there).", name=name, a=found[name].rows, b=there.rows),
                "Nothing was lost where it was: go on with that store, and tell the plugin's authors.",
            )  # fmt: skip
    return {name: part for name, part in found.items() if part.rows}


def held(store: StoreHome, name: str) -> Part:
    """What a table of a store holds."""
    return sum((content(rows, table_of(name)) for rows in _chunks(store, name)), Part())


def table_of(name: str) -> Table:
    """The declaration of a table of a store."""
    return TABLES.get(name) or OF_WORDS[name]


def content(rows: pd.DataFrame, table: Table) -> Part:
    """What some rows hold, in whatever order: to the millisecond, as files keep moments, and without columns that say nothing.

    >>> one, other = (pd.DataFrame({"mark": list(m), "name": "a"}) for m in ("xy", "yx"))
    >>> content(one, PENDING) == content(other, PENDING) != content(one.iloc[:1], PENDING)
    True
    """
    kinds = {c.name: c.kind for c in table.columns}
    marks = np.zeros(len(rows), dtype=np.uint64)
    for name in map(str, rows.columns):
        values, there = _plain(rows[name], kinds.get(name, ""), name == "geometry")
        own = pd.util.hash_array(values) ^ pd.util.hash_array(np.array([name], dtype=object))[0]
        marks += np.where(there, (own ^ own >> np.uint64(29)) * _MIX, np.uint64(0))
    marks ^= marks >> np.uint64(31)
    return Part(len(rows), int((marks * _MIX).sum(dtype=np.uint64)))


def _plain(column: pd.Series, kind: str, shapes: bool) -> tuple[Array, Array]:
    """(values of a column in a form that both homes give alike, which there are)."""
    there = column.notna().to_numpy(dtype=bool)
    if shapes:
        return np.array([_shape(v) for v in column], dtype=object), there
    if kind in ("time", "date"):
        return nanoseconds(pd.to_datetime(column, utc=True)) // 1_000_000, there
    if kind == "int":
        return pd.array(column, dtype="Int64").to_numpy(dtype=np.int64, na_value=0), there
    if kind in ("float", "bool") or pd.api.types.is_numeric_dtype(column.dtype):
        return pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=0.0) + 0.0, there
    return np.array([str(v) if ok else "" for v, ok in zip(column, there)], dtype=object), there


def _shape(value: object) -> str:
    if value is None or isinstance(value, bytes):
        return (value or b"").hex()
    parts = shapely.get_parts(value)
    return str(shapely.to_wkb(shapely.normalize(shapely.MultiPolygon(list(parts))), hex=True, output_dimension=2))


def _chunks(store: StoreHome, name: str) -> Iterator[pd.DataFrame]:
    """The rows of a table, months and weeks of much one after the other; columns that hold nothing left out."""
    needed = set(table_of(name).required)
    for where in _parts(store, name):
        rows = store.read(name, where)
        if len(rows):
            yield rows.drop(columns=[c for c in rows.columns if c not in needed and not rows[c].notna().any()])


def _parts(store: StoreHome, name: str) -> Iterator[Condition]:
    if name == DENSITY_TIME.name:
        edges = store.edges(name, "week")
        starts = pd.date_range(edges[0], edges[1] + HALF_DAY, freq="7D") if edges else []
        # A week begins an hour later in winter.
        yield from (between("week", (s - HALF_DAY, s - HALF_DAY + pd.Timedelta(7, "D"))) for s in starts)
        return
    if name not in MONTHS:
        yield ALL
        return
    edges = store.edges(name, MONTHS[name])
    if edges:
        first = edges[0].normalize().replace(day=1)
        for start in pd.date_range(first, edges[1], freq="MS"):
            yield between(MONTHS[name], (start, start + pd.offsets.MonthBegin(1)))


__all__ = ["Part", "content", "held", "move"]
