"""The packed spatial index: what SQLite finds in it, and how it lies in the file."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.gpkg.rtree import PackedTree, empty_tree
from tests.support.sqlite_files import sqlite_file


@contextmanager
def tree_of_sqlite():
    with sqlite_file(":memory:") as made:
        made.execute("CREATE VIRTUAL TABLE tree USING rtree(id, west, east, south, north)")
        yield made


@pytest.fixture
def db():
    with tree_of_sqlite() as made:
        yield made


def squares(n, size=1.0, seed=1):
    corner = np.random.default_rng(seed).uniform(0, 1000, (n, 2))
    return np.column_stack([corner[:, 0], corner[:, 0] + size, corner[:, 1], corner[:, 1] + size])


def pack(db, boxes, first=1, parts=1):
    tree = PackedTree(db, "tree")
    for rows in np.array_split(np.arange(len(boxes)), parts):
        tree.add(rows + first, np.asarray(boxes, dtype=float)[rows])
    tree.finish()


def found(db, west, east, south, north):
    """Ids of the boxes that meet a window."""
    query = "SELECT id FROM tree WHERE east >= ? AND west <= ? AND north >= ? AND south <= ? ORDER BY id"
    return [i for (i,) in db.execute(query, (west, east, south, north))]


def checked(db):
    return db.execute("SELECT rtreecheck('tree')").fetchone()[0]


def nodes(db):
    return db.execute("SELECT count(*) FROM tree_node").fetchone()[0]


def test_one_box_by_hand(db):
    pack(db, [(1, 2, 30, 40)], first=7)
    assert db.execute("SELECT * FROM tree").fetchall() == [(7, 1, 2, 30, 40)]
    assert found(db, 0, 5, 0, 50) == [7] and found(db, 3, 5, 0, 50) == []
    assert (checked(db), nodes(db)) == ("ok", 1)


@pytest.mark.parametrize(
    ("boxes", "leaves"),
    [(1, 1), (51, 1), (52, 2 + 1), (102, 2 + 1), (103, 3 + 1), (51 * 51, 51 + 1), (51 * 51 + 1, 52 + 2 + 1)],
)
def test_nodes_are_full_and_levels_as_few_as_can_be(db, boxes, leaves):
    """51 boxes fill a node: a root alone, or leaves and the levels above them."""
    pack(db, squares(boxes))
    assert (nodes(db), checked(db)) == (leaves, "ok")
    assert db.execute("SELECT count(*) FROM tree").fetchone() == (boxes,)


def test_rows_without_a_place_are_left_out(db):
    boxes = squares(5)
    boxes[1] = np.nan
    boxes[3, 2] = np.nan
    pack(db, boxes)
    assert [i for (i,) in db.execute("SELECT id FROM tree ORDER BY id")] == [1, 3, 5] and checked(db) == "ok"


def test_nothing_at_all_is_an_empty_tree(db):
    pack(db, np.full((3, 4), np.nan))
    pack(db, np.empty((0, 4)))
    assert (checked(db), nodes(db), found(db, -1e9, 1e9, -1e9, 1e9)) == ("ok", 1, [])


@pytest.mark.parametrize("value", [400_000.1, 290_123.456, -7.3, 1e7 + 1 / 3, 16_777_217.0])
def test_boxes_never_shrink_to_single_precision(db, value):
    pack(db, [(value, value, -value, -value)])
    [(west, east, south, north)] = db.execute("SELECT west, east, south, north FROM tree").fetchall()
    assert west <= value <= east and south <= -value <= north
    assert east - west <= 2 * abs(value) * 2**-23


def test_what_is_already_there_stays(db):
    """Rows put in by SQLite itself, then packed on top, then again."""
    boxes = squares(400)
    db.executemany("INSERT INTO tree VALUES (?, ?, ?, ?, ?)", [(i + 1, *b) for i, b in enumerate(boxes[:100].tolist())])
    pack(db, boxes[100:300], first=101)
    pack(db, boxes[300:], first=301, parts=4)
    assert checked(db) == "ok"
    with tree_of_sqlite() as whole:
        whole.executemany(
            "INSERT INTO tree VALUES (?, ?, ?, ?, ?)", [(i + 1, *b) for i, b in enumerate(boxes.tolist())]
        )
        for window in squares(40, 80, seed=3).tolist():
            assert found(db, *window) == found(whole, *window)


def test_one_leaf_becomes_the_root_and_rows_can_be_taken_out(db):
    pack(db, squares(30))
    pack(db, np.empty((0, 4)))  # taken apart and laid anew
    assert (nodes(db), checked(db)) == (1, "ok")
    db.execute("DELETE FROM tree WHERE id <= 29")
    assert [i for (i,) in db.execute("SELECT id FROM tree")] == [30] and checked(db) == "ok"


def test_every_row_knows_its_leaf_and_every_leaf_its_parent(db):
    pack(db, squares(6000), parts=3)
    leaves = {n for (n,) in db.execute("SELECT DISTINCT nodeno FROM tree_rowid")}
    inner = {n for (n,) in db.execute("SELECT parentnode FROM tree_parent")}
    every = {n for (n,) in db.execute("SELECT nodeno FROM tree_node")}
    assert leaves | inner == every and not leaves & inner and 1 in inner
    assert {n for (n,) in db.execute("SELECT nodeno FROM tree_parent")} == every - {1}
    # A row changed by its id is found by its leaf.
    db.execute("UPDATE tree SET west = 5000, east = 5001 WHERE id = 4321")
    assert found(db, 4999, 5002, -1e9, 1e9) == [4321] and checked(db) == "ok"


def test_an_emptied_tree_can_be_filled_anew(db):
    pack(db, squares(3000))
    empty_tree(db, "tree")
    assert (checked(db), nodes(db), db.execute("SELECT count(*) FROM tree").fetchone()) == ("ok", 1, (0,))
    pack(db, squares(10))
    assert checked(db) == "ok" and len(found(db, -1e9, 1e9, -1e9, 1e9)) == 10


def test_tiles_keep_near_boxes_together(db):
    """A grid of 51 × 51 points: each leaf is a tile of about 7 × 7, and none spans more than a third of the grid."""
    x, y = (v.ravel().astype(float) for v in np.meshgrid(np.arange(51), np.arange(51)))
    order = np.random.default_rng(2).permutation(len(x))
    pack(db, np.column_stack([x, x, y, y])[order])
    spans = db.execute(
        "SELECT max(east) - min(west), max(north) - min(south) FROM tree JOIN tree_rowid ON id = rowid GROUP BY nodeno"
    ).fetchall()
    assert len(spans) == 51 and max(max(s) for s in spans) <= 17
    assert sum(w * h for w, h in spans) < 2 * 51 * 51


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 200), min_size=1, max_size=4), st.integers(1, 3))
def test_a_window_finds_what_a_loop_finds(seed, sizes, parts):
    rng = np.random.default_rng(seed)
    # Whole numbers below 2²⁴ are kept exactly.
    low = rng.integers(0, 500, (sum(sizes), 2)).astype(float)
    boxes = np.column_stack(
        [low[:, 0], low[:, 0] + rng.integers(0, 30, len(low)), low[:, 1], low[:, 1] + rng.integers(0, 30, len(low))]
    )
    with tree_of_sqlite() as db:
        first = 0
        for size in sizes:
            pack(db, boxes[first : first + size], first=first + 1, parts=parts)
            first += size
        assert checked(db) == "ok"
        for west, south in rng.integers(0, 500, (5, 2)).tolist():
            window = (west, west + 60, south, south + 40)
            meets = (
                (boxes[:, 1] >= window[0])
                & (boxes[:, 0] <= window[1])
                & (boxes[:, 3] >= window[2])
                & (boxes[:, 2] <= window[3])
            )
            assert found(db, *window) == (np.flatnonzero(meets) + 1).tolist()
