"""Rows that go into a table several with each statement."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pandas as pd
import pytest

from ia_plugin.core.geometry.wkb import leg_lines
from ia_plugin.gpkg.blobs import leg_blobs, wkb_of
from ia_plugin.gpkg.many_rows import REPLACE, bring_rows


@pytest.mark.parametrize("rows", [0, 1, 332, 333, 334, 1000])
def test_every_row_arrives_once_and_in_its_order(rows: int) -> None:
    """333 rows of three columns fill a statement of 999 values; the rest go one by one."""
    keys = list(range(1, rows + 1))
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE t (k INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT, half REAL)")
        bring_rows(db.executemany, "t", ["k", "word", "half"], [keys, [f"w{k}" for k in keys], [k / 2 for k in keys]])
        found = db.execute("SELECT rowid, k, word, half FROM t ORDER BY rowid").fetchall()
        noted = db.execute("SELECT seq FROM sqlite_sequence").fetchall()
    assert found == [(k, k, f"w{k}", k / 2) for k in keys]
    assert noted == ([(rows,)] if rows else [])


def test_a_row_of_the_same_key_is_replaced_where_that_is_asked() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, word TEXT)")
        bring_rows(db.executemany, "t", ["k", "word"], [[1, 2], ["old", "kept"]])
        bring_rows(db.executemany, "t", ["k", "word"], [[1], ["new"]], REPLACE)
        assert db.execute("SELECT * FROM t").fetchall() == [(1, "new"), (2, "kept")]
        with pytest.raises(sqlite3.IntegrityError):
            bring_rows(db.executemany, "t", ["k", "word"], [[1], ["again"]])


def test_blobs_of_legs_hold_the_lines_that_other_formats_are_given() -> None:
    times = pd.to_datetime(["2024-06-03T12:00:00Z", "2024-06-03T12:00:10Z"])
    legs = pd.DataFrame(
        {"x0": [1.0, 9.0], "y0": [2.0, 8.0], "x1": [3.0, 7.0], "y1": [4.0, 6.0], "start": times, "end": times}
    )
    blobs, bounds = leg_blobs(legs, 27700)
    assert [wkb_of(b) for b in blobs if b is not None] == leg_lines(legs)
    assert bounds.tolist() == [[1.0, 3.0, 2.0, 4.0], [7.0, 9.0, 6.0, 8.0]]
