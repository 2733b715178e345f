"""A spatial index packed in bulk: the nodes of SQLite's R*Tree written as whole arrays.

Inserting a million boxes one by one takes longer than writing their rows. Packed leaves are made chunk by chunk, so
memory stays bounded; leaves that are there already stay as they are, and only the levels above them are written again.
Node layout: SQLite's documentation of the R*Tree module and ext/rtree/rtree.c (format unchanged since 3.6); packing:
Leutenegger, Lopez & Edgington 1997 (sort-tile-recursive). `rtreecheck` accepts the result.
"""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from ..core.arrays import Floats, Ints, Rows
from ..core.sql import Sql, composed
from .many_rows import REPLACE, bring_rows

Cells = NDArray[np.void]
"""(id, box) of nodes or rows, as SQLite keeps them: dtype `_CELL`."""

_CELL = np.dtype([("id", ">i8"), ("box", ">f4", 4)])
_CAPACITY = 51  # RTREE_MAXCELLS
_HEAD = 4  # bytes: depth (of the root), number of cells
_ROOT = 1
_SIZE = "SELECT length(data) FROM {node} WHERE nodeno = 1"
EXTREMES: tuple[np.ufunc, ...] = (np.minimum, np.maximum, np.minimum, np.maximum)
"""What makes a box of many, by axis: west, east, south, north."""


def widen(box: Floats, bounds: Floats) -> None:
    """Let a box (4,) reach around `bounds` (n, 4) too; rows of NaN reach nowhere."""
    held = bounds[np.isfinite(bounds).all(axis=1)]
    for axis, least in enumerate(EXTREMES if len(held) else ()):
        box[axis] = least(box[axis], least.reduce(held[:, axis]))


class PackedTree:
    """Fills the R*Tree `name`, empty or not.

    Usage: :meth:`add` boxes as they come, then :meth:`finish`. In between the tree is not usable; do both in one
    transaction.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._db, self._name = connection, name
        (self._size,) = connection.execute(_sql(_SIZE, name)).fetchone()
        self._cells = min(_CAPACITY, (self._size - _HEAD) // _CELL.itemsize)
        (last,) = connection.execute(_sql("SELECT max(nodeno) FROM {node}", name)).fetchone()
        self._next = int(last) + 1
        self._leaves: list[Cells] = []  # (id, box) of finished leaves, as arrays of _CELL
        self._take_apart()

    def add(self, ids: Ints, bounds: Floats) -> None:
        """Rows `ids` with `bounds` (n, 4): west, east, south, north; rows of NaN are left out."""
        held = np.isfinite(bounds).all(axis=1)
        ids, bounds = np.asarray(ids, dtype=np.int64)[held], np.asarray(bounds)[held]
        if not len(ids):
            return
        cells = np.empty(len(ids), dtype=_CELL)
        cells["id"] = ids
        cells["box"][:, ::2], cells["box"][:, 1::2] = _down(bounds[:, ::2]), _up(bounds[:, 1::2])
        cells = cells[_tiles(cells["box"], self._cells)]
        nodes, sizes = self._write(cells)
        self._insert("rowid", cells["id"], np.repeat(nodes["id"], sizes))
        self._leaves.append(nodes)

    def finish(self) -> None:
        """Write the levels above the leaves."""
        level = _joined(self._leaves)
        if len(level) == 1:
            self._leaf_to_root(int(level["id"][0]))
            return
        depth = 0
        while True:
            depth += 1
            level = level[_tiles(level["box"], self._cells)]
            if len(level) <= self._cells:
                break
            above, sizes = self._write(level)
            self._insert("parent", level["id"], np.repeat(above["id"], sizes))
            level = above
        self._insert("parent", level["id"], np.full(len(level), _ROOT))
        head = np.array([depth if len(level) else 0, len(level)], dtype=">u2").tobytes()
        data = (head + level.tobytes()).ljust(self._size, b"\0")
        self._db.execute(_sql("REPLACE INTO {node} VALUES (?, ?)", self._name), (_ROOT, data))

    def _leaf_to_root(self, number: int) -> None:
        """SQLite never makes a root with a single child, and cannot take rows out of one."""
        for statement in (
            "UPDATE {node} SET data = (SELECT data FROM {node} WHERE nodeno = ?) WHERE nodeno = 1",
            "UPDATE {rowid} SET nodeno = 1 WHERE nodeno = ?",
            "DELETE FROM {node} WHERE nodeno = ?",
            "DELETE FROM {parent} WHERE nodeno = ?",
        ):
            self._db.execute(_sql(statement, self._name), (number,))

    def _take_apart(self) -> None:
        """Note the leaves there are, and drop the levels above them."""
        depth, cells = self._node(_ROOT)
        if depth == 0:
            self._db.execute(_sql("DELETE FROM {rowid} WHERE nodeno = 1", self._name))
            if len(cells):
                nodes, sizes = self._write(cells)
                self._insert("rowid", cells["id"], np.repeat(nodes["id"], sizes))
                self._leaves.append(nodes)
            return
        upper: list[int] = []
        for _ in range(depth - 1):
            level = cells["id"].tolist()
            upper.extend(level)
            cells = _joined([self._node(number)[1] for number in level])
        for statement in ("DELETE FROM {node} WHERE nodeno = ?", "DELETE FROM {parent} WHERE nodeno = ?"):
            self._db.executemany(_sql(statement, self._name), [(number,) for number in upper])
        self._leaves.append(cells)

    def _node(self, number: int) -> tuple[int, Cells]:
        query = _sql("SELECT data FROM {node} WHERE nodeno = ?", self._name)
        (data,) = self._db.execute(query, (number,)).fetchone()
        depth, count = np.frombuffer(data, dtype=">u2", count=2)
        return int(depth), np.frombuffer(data, dtype=_CELL, count=int(count), offset=_HEAD)

    def _write(self, cells: Cells) -> tuple[Cells, Ints]:
        """Write cells, in their order, as full nodes; give the nodes' own cells and their sizes."""
        n = -(-len(cells) // self._cells)
        sizes = np.full(n, self._cells)
        sizes[-1] = len(cells) - self._cells * (n - 1)
        padded = np.zeros(n * self._cells, dtype=_CELL)
        padded[: len(cells)] = cells
        fields = {"count": (">u2", 2), "cells": ((_CELL, self._cells), _HEAD)}
        row = np.dtype(
            {
                "names": list(fields),
                "formats": [f for f, _ in fields.values()],
                "offsets": [o for _, o in fields.values()],
                "itemsize": self._size,
            }
        )
        data = np.zeros(n, dtype=row)
        data["count"], data["cells"] = sizes, padded.reshape(n, self._cells)
        numbers = np.arange(self._next, self._next + n)
        self._next += n
        blobs = data.view(np.dtype((np.void, row.itemsize))).tolist()
        self._db.executemany(_sql("INSERT INTO {node} VALUES (?, ?)", self._name), zip(numbers.tolist(), blobs))
        nodes = np.empty(n, dtype=_CELL)
        starts = np.arange(n) * self._cells
        nodes["id"] = numbers
        for axis, least in enumerate(EXTREMES):
            nodes["box"][:, axis] = least.reduceat(cells["box"][:, axis].astype("f4"), starts)
        return nodes, sizes

    def _insert(self, part: str, ids: Ints, nodes: Ints) -> None:
        rising = np.argsort(ids)  # keys that come in their order go to the end of SQLite's tree, without a search
        pairs = [some[rising].astype(np.int64).tolist() for some in (ids, nodes)]
        columns = {"rowid": ("rowid", "nodeno"), "parent": ("nodeno", "parentnode")}[part]
        bring_rows(self._db.executemany, f"{self._name}_{part}", columns, pairs, REPLACE)


def empty_tree(connection: sqlite3.Connection, name: str) -> None:
    """Take everything out of a tree, quicker than row by row."""
    (size,) = connection.execute(_sql(_SIZE, name)).fetchone()
    for statement in ("DELETE FROM {rowid}", "DELETE FROM {parent}", "DELETE FROM {node}"):
        connection.execute(_sql(statement, name))
    connection.execute(_sql("INSERT INTO {node} VALUES (1, zeroblob(?))", name), (size,))


def _joined(parts: list[Cells]) -> Cells:
    """Cells of several arrays in one; numpy alone would turn their bytes to the machine's order."""
    return np.concatenate(parts).astype(_CELL) if parts else np.empty(0, dtype=_CELL)


def _sql(template: str, name: str) -> Sql:
    """A statement on the tables in which SQLite keeps the tree `name`."""
    return composed(template, node=f"{name}_node", rowid=f"{name}_rowid", parent=f"{name}_parent")


def _tiles(box: Floats, cells: int) -> Rows:
    """Order that lays boxes in square tiles of `cells` boxes each."""
    x = box[:, 0].astype(np.float32) + box[:, 1].astype(np.float32)
    y = box[:, 2].astype(np.float32) + box[:, 3].astype(np.float32)
    by_x = np.argsort(x, kind="stable")
    n = len(by_x)
    strip = cells * max(1, int(np.ceil(np.sqrt(n / cells))))
    number = np.empty(n, dtype=np.int64)
    number[by_x] = np.arange(n) // strip
    return np.asarray(np.lexsort((y, number)), dtype=np.intp)


def _down(values: Floats) -> Floats:
    """Nearest float32 that is not above."""
    single = values.astype(np.float32)
    return np.where(single > values, np.nextafter(single, np.float32(-np.inf)), single)


def _up(values: Floats) -> Floats:
    single = values.astype(np.float32)
    return np.where(single < values, np.nextafter(single, np.float32(np.inf)), single)
