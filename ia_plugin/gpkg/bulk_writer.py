"""Rows on their way into a table of a GeoPackage, by the million: blobs first, indexes after the rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Optional, Protocol

import numpy as np
import pandas as pd

from ..core.arrays import Floats, Ints
from ..core.columns import Table
from ..core.sql import composed
from .many_rows import bring_rows
from .positions import SHAPES, axes_of, to_blobs
from .rtree import PackedTree, widen
from .schema import create_triggers, declared_column, drop_triggers, index_name, tree_name
from .sqlite_errors import readable_errors
from .values import SQL_TYPES, kind_of, to_sql

BATCH = 100_000  # rows turned into Python values at once: bounds the memory
GEOMETRY = "geom"


class Package(Protocol):
    """What is asked of the GeoPackage that rows go into."""

    path: Path
    epsg: int

    @property
    def connection(self) -> sqlite3.Connection: ...

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...
    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None: ...
    def check(self, columns: Iterable[str], name: str) -> None: ...
    def tables(self) -> list[str]: ...
    def kinds(self, name: str) -> dict[str, str]: ...
    def create_table(self, table: Table, kinds: Mapping[str, str], description: str = "") -> None: ...
    def note(self, name: str, box: Optional[Floats] = None) -> None: ...


class BulkWriter:
    """Rows on their way into one table (:meth:`GeoPackage.loading`)."""

    def __init__(self, package: Package, table: Table, indexes: Sequence[Sequence[str]]) -> None:
        self._package, self._table, self._indexes = package, table, [tuple(i) for i in indexes]
        self._db = package.connection
        self._box = np.array([np.inf, -np.inf, np.inf, -np.inf])
        self._tree: Optional[PackedTree] = None
        self._geometry = GEOMETRY if table.geometry else ""
        self._fid = 0
        self._open = False
        self.rows = 0

    def append(self, rows: pd.DataFrame) -> None:
        """Append a chunk; columns the table does not have yet are added to it."""
        self._package.check(map(str, rows.columns), self._table.name)
        axes = axes_of(SHAPES[self._table.geometry][0], self._table.name) if self._table.geometry else ()
        known = {c.name: c.kind for c in self._table.columns}
        kinds = {
            str(c): known.get(str(c)) or kind_of(rows[c]) for c in rows.columns if c not in axes and c != "geometry"
        }
        if not self._open:
            self._prepare(kinds)
        self._add_columns(kinds)
        names = list(kinds)
        columns = ["fid", *([self._geometry] if self._geometry else []), *names]
        for start in range(0, len(rows), BATCH):
            part = rows.iloc[start : start + BATCH]
            fid = np.arange(self._fid + 1, self._fid + 1 + len(part))
            values: list[Sequence[object]] = [fid.tolist()]
            if self._geometry:
                found, bounds = to_blobs(part, self._table, self._package.epsg)
                values.append(found)
            values += [to_sql(part[c], kinds[c]) for c in names]
            bring_rows(self._package.executemany, self._table.name, columns, values)
            if self._tree is not None:
                self._reach(fid, bounds)
            self._fid += len(part)
            self.rows += len(part)

    def finish(self) -> None:
        """Make the indexes; the caller's transaction ends after it."""
        if not self._open:
            return
        with readable_errors(self._package.path):
            if self._tree is not None:
                self._tree.finish()
            for columns in self._indexes:
                self._create_index(columns)
            create_triggers(self._db, self._table.name, self._geometry)
            self._package.note(self._table.name, self._box if self._geometry else None)

    def _prepare(self, kinds: Mapping[str, str]) -> None:
        name = self._table.name
        with readable_errors(self._package.path):
            if name not in self._package.tables():
                self._package.create_table(self._table, kinds)
            (last,) = self._db.execute(composed("SELECT ifnull(max(fid), 0) FROM {table}", table=name)).fetchone()
            self._fid = int(last)
            drop_triggers(self._db, name, self._geometry)
            if self._geometry:
                self._tree = PackedTree(self._db, tree_name(name))
            if not last:
                for columns in self._indexes:
                    self._db.execute(composed("DROP INDEX IF EXISTS {index}", index=index_name(name, columns)))
        self._open = True

    def _add_columns(self, kinds: Mapping[str, str]) -> None:
        have = self._package.kinds(self._table.name)
        for column, kind in kinds.items():
            if column not in have:
                added = {"table": self._table.name, "column": declared_column(column, SQL_TYPES[kind])}
                self._package.execute(composed("ALTER TABLE {table} ADD COLUMN {column}", **added))

    def _create_index(self, columns: tuple[str, ...]) -> None:
        name = self._table.name
        if set(columns) <= set(self._package.kinds(name)):
            parts = {"index": index_name(name, columns), "table": name, "columns": columns}
            self._db.execute(composed("CREATE INDEX IF NOT EXISTS {index} ON {table} ({columns})", **parts))

    def _reach(self, fid: Ints, bounds: Floats) -> None:
        assert self._tree is not None
        self._tree.add(fid, bounds)
        widen(self._box, bounds)
