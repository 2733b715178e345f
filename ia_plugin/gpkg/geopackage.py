"""A GeoPackage written by the million rows, and read back (OGC 12-128r14, version 1.2).

Rows go in through ``sqlite3.executemany`` with geometries built as arrays of bytes; indexes are made after the rows,
and the spatial index is packed (:mod:`.rtree`). Every change is one transaction with a rollback journal, which outlives
a kill at any moment and, unlike a write-ahead log, works on network shares.

Positions rest in the geometry alone: a point's ``x``, ``y`` and a leg's ``x0`` … ``y1`` are read back from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Optional, Union

import numpy as np
import pandas as pd

from ..core.arrays import Floats
from ..core.columns import TABLES, Table
from ..core.errors import ColumnError, StoreError
from ..core.sql import Sql, composed
from . import blobs
from .bulk_writer import BATCH, GEOMETRY, BulkWriter
from .columns_read import columns_read
from .connection import Waiting, connected, in_silence, is_missing, leave_log
from .made_table import REACH
from .positions import SHAPES, axes_of
from .rtree import PackedTree, empty_tree
from .schema import (
    APPLICATION_ID,
    NEWEST_VERSION,
    VERSION,
    create_tree,
    create_triggers,
    declared_column,
    drop_triggers,
    lay_out,
    tree_name,
)
from .sqlite_errors import newer, readable_errors
from .values import KINDS, SQL_TYPES, time_text

BUSY_S = 30.0  # how long a second writer waits for the first
_MANY = 20_000  # rows from which filling the spatial index anew may beat taking them out one by one
_SHARE = 4  # and does where no more than so many times as many stay: what a day costs must not grow with its store


class GeoPackage:
    """One open GeoPackage. Use it in a ``with`` block, from one thread.

    `check` is called with the columns and the name of whatever is to be written, and raises where they may not stand here.
    While another program holds the file it is asked for again for `busy_s` seconds, and `waiting` is told.
    """

    def __init__(
        self,
        path: Union[str, Path],
        *,
        epsg: int = 27700,
        busy_s: float = BUSY_S,
        create: bool = True,
        check: Callable[[Iterable[str], str], None] = lambda _columns, _table: None,
        waiting: Waiting = in_silence,
    ) -> None:
        self.path, self.check = Path(path), check
        self._loading: set[str] = set()
        if not create and is_missing(self.path):
            raise StoreError(f"There is no file {self.path.name!r} in {self.path.parent}.", "Check the folder.")
        with readable_errors(self.path):
            self.connection, self.may_write = connected(self.path, busy_s, waiting)
            try:
                self._make(epsg)
                (self.epsg,) = self.connection.execute("SELECT max(srs_id) FROM gpkg_geometry_columns").fetchone()
                self.epsg = int(self.epsg or self._crs_kept(epsg))
            except BaseException:
                self.connection.close()
                raise

    def __enter__(self) -> GeoPackage:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        try:
            if self.may_write and not self.connection.in_transaction:
                leave_log(self.connection)
        except sqlite3.Error:  # closed already, or not to be read any more: there is nothing to tidy
            pass
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it. A block inside another belongs to the outer one.

        Raises
        ------
        StoreError
            when another program is writing for longer than the time to wait, or the disk is full or protected.
        """
        if self.connection.in_transaction:
            yield
            return
        with readable_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # a full disk may have rolled back by itself
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that the block reads is of one moment: whoever writes meanwhile waits for its end. One inside another is part of it."""
        if self.connection.in_transaction:
            yield
            return
        with readable_errors(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a statement in SQL; moments among `values` are compared as the store keeps them."""
        with readable_errors(self.path):
            return self.connection.execute(sql, [_bound(v) for v in values]).fetchall()

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with readable_errors(self.path):
            self.connection.executemany(sql, rows)

    def tables(self) -> list[str]:
        """Names of the tables of rows there are."""
        return [name for (name,) in self.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name")]

    def kinds(self, name: str) -> dict[str, str]:
        """Column -> kind of a table, the row number and the geometry left out."""
        rows = self.execute(composed("PRAGMA table_info({table})", table=name))
        return {c: KINDS.get(sql.upper(), "str") for _, c, sql, *_ in rows if c not in ("fid", GEOMETRY)}

    @property
    def version(self) -> int:
        """The GeoPackage version the file says it has (``user_version``): 10200 for 1.2."""
        return int(self.execute("PRAGMA user_version")[0][0])

    def count(self, name: str) -> int:
        return int(self.execute(composed("SELECT count(*) FROM {table}", table=name))[0][0])

    def create_table(self, table: Table, kinds: Mapping[str, str], description: str = "") -> None:
        """An empty table: the columns of `kinds` (name -> kind), and the geometry that `table` declares."""
        self.check(kinds, table.name)
        columns = [Sql('"fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL')]
        with self.transaction():
            if table.geometry:
                shape, m = SHAPES[table.geometry]
                columns.append(declared_column(GEOMETRY, shape))
            columns += [declared_column(c, SQL_TYPES[k]) for c, k in kinds.items()]
            self.connection.execute(composed("CREATE TABLE {table} ({columns})", table=table.name, columns=columns))
            facts = (table.name, "features" if table.geometry else "attributes", table.name, description or table.row)
            self.connection.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) "
                "VALUES (?, ?, ?, ?, ?)",
                (*facts, self.epsg if table.geometry else None),
            )
            self.connection.execute("INSERT INTO gpkg_ogr_contents VALUES (?, 0)", (table.name,))
            if table.geometry:
                row = (table.name, GEOMETRY, shape, self.epsg, 0, m)
                self.connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", row)
                create_tree(self.connection, table.name)
            create_triggers(self.connection, table.name, GEOMETRY if table.geometry else "")

    @contextmanager
    def loading(self, table: Union[str, Table], indexes: Sequence[Sequence[str]] = ()) -> Iterator[BulkWriter]:
        """Append rows chunk by chunk, all in one transaction.

        Parameters
        ----------
        table : a `Table`, or the name of one of the data dictionary
        indexes : the columns of each index the table is to have; made after the rows when the table was empty
        """
        if isinstance(table, str):
            table = TABLES[table]
        with self.transaction():
            load = BulkWriter(self, table, indexes)
            yield load
            load.finish()

    def append(self, table: Union[str, Table], rows: pd.DataFrame, indexes: Sequence[Sequence[str]] = ()) -> int:
        """Append a DataFrame; the number of rows written. See :meth:`loading`."""
        with self.loading(table, indexes) as load:
            load.append(rows)
        return load.rows

    def delete(self, name: str, where: str = "1", values: Sequence[object] = ()) -> int:
        """Remove rows; the number removed. ``where`` is SQL, with ``?`` for each of `values`."""
        if name not in self.tables():
            return 0
        with self.transaction():
            condition = composed("FROM {table} WHERE {where}", table=name, where=Sql(where))
            bound = [_bound(v) for v in values]
            (gone,) = self.connection.execute(composed("SELECT count(*) {rows}", rows=condition), bound).fetchone()
            if gone:
                many = gone > _MANY
                if many:
                    # As noted in the contents: counting all rows would grow with the table.
                    noted = "SELECT coalesce(max(feature_count), 0) FROM gpkg_ogr_contents WHERE table_name = ?"
                    (all_rows,) = self.connection.execute(noted, (name,)).fetchone()
                    many = all_rows - gone <= _SHARE * gone
                geometry = GEOMETRY if self._shape(name) else ""
                if many:
                    drop_triggers(self.connection, name, geometry)
                self.connection.execute(composed("DELETE {rows}", rows=condition), bound)
                if many:
                    if geometry:
                        self._index_anew(name)
                    create_triggers(self.connection, name, geometry)
                self.note(name)
        return int(gone)

    def drop(self, name: str) -> None:
        """Remove a table, with the index of its geometry, where there is one."""
        if name in self.tables():
            with self.transaction():
                registers = ["gpkg_contents", "gpkg_ogr_contents"]
                if self._shape(name):
                    drop_triggers(self.connection, name, GEOMETRY)
                    self.connection.execute(composed("DROP TABLE {tree}", tree=tree_name(name)))
                    registers = ["gpkg_extensions", "gpkg_geometry_columns", *registers]
                self.connection.execute(composed("DROP TABLE {table}", table=name))
                for register in registers:
                    self.connection.execute(
                        composed("DELETE FROM {table} WHERE table_name = ?", table=register), (name,)
                    )

    def replace(
        self,
        table: Union[str, Table],
        rows: pd.DataFrame,
        where: str = "1",
        values: Sequence[object] = (),
        indexes: Sequence[Sequence[str]] = (),
    ) -> tuple[int, int]:
        """Put `rows` in the place of those that `where` names; (removed, written), in one transaction."""
        name = table if isinstance(table, str) else table.name
        with self.transaction():
            return self.delete(name, where, values), self.append(table, rows, indexes)

    def read(
        self,
        name: str,
        where: str = "1",
        values: Sequence[object] = (),
        columns: Optional[Sequence[str]] = None,
        order: str = "fid",
    ) -> pd.DataFrame:
        """Rows of a table as a DataFrame; times as ``datetime64[ns, UTC]``.

        Parameters
        ----------
        where, values : SQL with ``?``, and what stands for them; moments may be Timestamps
        columns : names wanted, in their order; all by default. ``geometry`` gives shapely polygons, or the WKB of lines
        order : SQL after ORDER BY
        """
        parts = [*self.read_chunks(name, where, values, columns, order, size=0)]
        return parts[0]

    def read_chunks(
        self,
        name: str,
        where: str = "1",
        values: Sequence[object] = (),
        columns: Optional[Sequence[str]] = None,
        order: str = "fid",
        size: int = BATCH,
    ) -> Iterator[pd.DataFrame]:
        """:meth:`read` in parts of `size` rows (0: one part, which may be empty)."""
        if name not in self.tables():
            raise StoreError(f"There is no table {name!r} in {self.path.name}.", f"It has {', '.join(self.tables())}.")
        kinds, axes = self.kinds(name), self._axes(name)
        wanted = list(columns) if columns is not None else [*kinds, *axes]
        unknown = [c for c in wanted if c not in kinds and c not in axes]
        if unknown:
            raise ColumnError(f"Table {name!r} has no column {unknown[0]!r}.", f"It has {', '.join([*kinds, *axes])}.")
        plain = [c for c in dict.fromkeys(wanted) if c in kinds]
        hidden = axes if len(plain) < len(wanted) else ()
        chosen = plain + ([GEOMETRY] if hidden else [])
        parts = {"columns": chosen or ["fid"], "table": name, "where": Sql(where), "order": Sql(order)}
        sql = composed("SELECT {columns} FROM {table} WHERE {where} ORDER BY {order}", **parts)
        with readable_errors(self.path):
            cursor = self.connection.execute(sql, [_bound(v) for v in values])
            while True:
                data, rows = columns_read(cursor, {c: kinds[c] for c in plain}, hidden, size)
                if not rows and size:
                    return
                yield pd.DataFrame({c: data[c] for c in wanted}, index=range(rows), copy=False)
                if not size:
                    return

    def vacuum(self) -> None:
        """Give the room of removed rows back, and leave nothing of them in the file."""
        self.forget_what_is_removed()
        with readable_errors(self.path):
            self.connection.execute("VACUUM")

    def forget_what_is_removed(self) -> None:
        """From now on overwrite what this connection removes."""
        self.execute("PRAGMA secure_delete = ON")

    # What stands behind the verbs.

    def _make(self, epsg: int) -> None:
        """Lay out an empty file; refuse one that is something else."""
        if self._is_empty():
            self.connection.execute("BEGIN IMMEDIATE")
            if self._is_empty():  # nobody was quicker
                self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self.connection.execute(f"PRAGMA user_version = {VERSION}")
                lay_out(self.connection, epsg)
            self.connection.execute("COMMIT")
        if self.version > NEWEST_VERSION:
            raise newer(self.path.name, self.version, NEWEST_VERSION)
        found = {n for (n,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        lacking = {"gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions"} - found
        if lacking:
            raise StoreError(
                f"{self.path.name!r} is an SQLite file, but no GeoPackage (it lacks {sorted(lacking)[0]}).",
                "Choose another file or folder; nothing was changed.",
            )
        if "gpkg_ogr_contents" not in found:
            raise StoreError(
                f"{self.path.name!r} is a GeoPackage that this plugin did not make.", "Choose an empty folder."
            )

    def _is_empty(self) -> bool:
        return not self.connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()

    def _crs_kept(self, epsg: int) -> int:
        kept = "SELECT srs_id FROM gpkg_spatial_ref_sys WHERE srs_id NOT IN (-1, 0, 4326)"
        row = self.connection.execute(kept).fetchone()
        return int(row[0]) if row else epsg

    def _shape(self, name: str) -> str:
        row = self.execute("SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = ?", (name,))
        return str(row[0][0]) if row else ""

    def _axes(self, name: str) -> tuple[str, ...]:
        """Columns that are read from the geometry."""
        shape = self._shape(name)
        if not shape:
            return ()
        return axes_of(shape, name)

    def _index_anew(self, name: str) -> None:
        tree = tree_name(name)
        empty_tree(self.connection, tree)
        packed = PackedTree(self.connection, tree)
        cursor = self.connection.execute(composed("SELECT fid, {shape} FROM {table}", shape=GEOMETRY, table=name))
        while True:
            rows = cursor.fetchmany(BATCH)
            if not rows:
                break
            ids, shapes = zip(*rows)
            packed.add(np.array(ids, dtype=np.int64), blobs.bounds_of(list(shapes)))
        packed.finish()

    def note(self, name: str, box: Optional[Floats] = None) -> None:
        """What the contents tell of a table: when it changed, how far it reaches, how many rows it has."""
        counted = composed("SELECT count(*) FROM {table}", table=name)
        count = composed("UPDATE gpkg_ogr_contents SET feature_count = ({n}) WHERE table_name = ?", n=counted)
        self.connection.execute(count, (name,))
        now = "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?"
        self.connection.execute(now, (name,))
        if box is not None and np.isfinite(box).all():
            west, east, south, north = (float(v) for v in box)
            self.connection.execute(REACH, (west, west, east, east, south, south, north, north, name))


def _bound(value: object) -> object:
    return time_text(value) if isinstance(value, (pd.Timestamp, np.datetime64)) else value
