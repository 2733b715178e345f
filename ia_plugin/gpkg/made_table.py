"""A table of a GeoPackage that GDAL laid out, filled by the hundred thousand rows.

GDAL has made the file, the table, its options and its registers; what a writer of features takes from it is the rows alone, and they
come as in :mod:`.bulk_writer`: blobs first, the spatial index packed after them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import numpy as np

from ..core.sql import composed
from .blobs import Blobs, Bounds
from .connection import connected, in_silence
from .many_rows import bring_rows
from .rtree import PackedTree, widen
from .schema import tree_name
from .sqlite_errors import readable_errors

_BUSY_S = 30.0
Part = tuple[Sequence[Sequence[object]], Blobs, Bounds]
"""Some rows: a list of values a column, and of tables with places their blobs and bounds (n, 4)."""


@dataclass(frozen=True)
class MadeTable:
    """One table: where it is, its columns in their order without the row number and the geometry, and where its places are.

    srs : the number of their reference system in this file; 0 without places
    """

    path: Path
    name: str
    key: str
    columns: tuple[str, ...]
    geometry: str = ""
    srs: int = 0

    @classmethod
    def empty(cls, path: Path, name: str = "") -> Optional[MadeTable]:
        """The table `name` of a file, or its only one; None where there is none, or it has rows.

        Raises
        ------
        StoreError
            where the file cannot be read.
        """
        with _opened(path) as db:
            found = [n for (n,) in db.execute("SELECT table_name FROM gpkg_contents")]
            name = name or (str(found[0]) if len(found) == 1 else "")
            if name not in found or db.execute(composed("SELECT 1 FROM {table} LIMIT 1", table=name)).fetchone():
                return None
            columns = db.execute(composed("PRAGMA table_info({table})", table=name)).fetchall()
            keys = [str(column) for _, column, _, _, _, key in columns if key]
            place = "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?"
            geometry, srs = db.execute(place, (name,)).fetchone() or ("", 0)
            if len(keys) != 1:
                return None
        plain = tuple(str(c) for _, c, *_ in columns if c not in (keys[0], geometry))
        return cls(path, name, keys[0], plain, str(geometry), int(srs))

    def append(self, parts: Iterable[Part]) -> int:
        """Rows behind those that are there, in one transaction; how many. What `parts` raises undoes it.

        Raises
        ------
        StoreError
            where the disk is full, or another program holds the file.
        """
        written = 0
        with _opened(self.path) as db, _transaction(db):
            (last,) = db.execute(
                composed("SELECT ifnull(max({key}), 0) FROM {table}", key=self.key, table=self.name)
            ).fetchone()
            resting = self._rest_triggers(db)
            tree = self._tree(db)
            box = np.array([np.inf, -np.inf, np.inf, -np.inf])
            columns = [self.key, *([self.geometry] if self.geometry else []), *self.columns]
            for values, blobs, bounds in parts:
                count = len(values[0]) if values else len(blobs)
                keys = np.arange(last + written + 1, last + written + 1 + count)
                bring_rows(
                    db.executemany, self.name, columns, [keys.tolist(), *([blobs] if self.geometry else []), *values]
                )
                if tree is not None:
                    tree.add(keys, bounds)
                if self.geometry:
                    widen(box, bounds)
                written += count
            if tree is not None:
                tree.finish()
            for statement in resting:
                db.execute(statement)
            self._note(db, last + written, box)
        return written

    def _rest_triggers(self, db: sqlite3.Connection) -> list[str]:
        """Take the table's triggers off while rows come in bulk; their statements, to put them back as they were."""
        found = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (self.name,)
        ).fetchall()
        for name, _ in found:
            db.execute(composed("DROP TRIGGER {name}", name=str(name)))
        return [str(statement) for _, statement in found]

    def _tree(self, db: sqlite3.Connection) -> Optional[PackedTree]:
        """The spatial index, where the file was asked for one."""
        tree = tree_name(self.name, self.geometry)
        there = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (tree,)).fetchone()
        return PackedTree(db, tree) if self.geometry and there else None

    def _note(self, db: sqlite3.Connection, rows: int, box: Bounds) -> None:
        """What the registers tell of the table; without GDAL's own count of rows where the file was asked to have none."""
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_ogr_contents'").fetchone():
            db.execute("UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", (rows, self.name))
        now = "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?"
        db.execute(now, (self.name,))
        if np.isfinite(box).all():
            west, east, south, north = (float(v) for v in box)
            db.execute(REACH, (west, west, east, east, south, south, north, north, self.name))


REACH = (
    "UPDATE gpkg_contents SET min_x = min(ifnull(min_x, ?), ?), max_x = max(ifnull(max_x, ?), ?), "
    "min_y = min(ifnull(min_y, ?), ?), max_y = max(ifnull(max_y, ?), ?) WHERE table_name = ?"
)
"""Widen what the contents tell of how far a table reaches; each edge is given twice."""


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with readable_errors(path):
        connection, _ = connected(path, _BUSY_S, in_silence)
        with closing(connection):
            yield connection


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk may have rolled back by itself
            db.execute("ROLLBACK")
        raise
