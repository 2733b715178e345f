"""A table read a few rows at a time says what it says read at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
import pytest

from ia_plugin.gpkg import columns_read
from ia_plugin.gpkg.blobs import points
from ia_plugin.gpkg.values import from_sql

MORNING, NOON = "2024-06-03T06:00:00.000Z", "2024-06-03T12:00:00.000Z"
VALUES = {  # of each kind: whole, and with nothing in the first part, in the last and in all
    "str": (["a", "b", "a", "b", "c"], [None, None, "a", "b", "a"], ["a", "b", "a", "b", None], [None] * 5),
    "float": ([0.5, 1.5, 2.5, 3.5, 4.5], [None, None, 2.5, 3.5, 4.5], [0.5, 1.5, 2.5, 3.5, None], [None] * 5),
    "int": ([1, 2, 3, 4, 5], [None, None, 3, 4, 5], [1, 2, 3, 4, None], [None] * 5),
    "bool": ([1, 0, 1, 0, 1], [None, None, 1, 0, 1], [1, 0, 1, 0, None], [None] * 5),
    "time": (
        [MORNING, NOON, MORNING, NOON, NOON], [None, None, NOON, NOON, NOON], [NOON, NOON, NOON, NOON, None], [None] * 5,
        [NOON, NOON, "2024-06-03T13:00:00+01:00", NOON, NOON],  # as another program may have written it
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def two_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns_read, "_PART", 2)


@pytest.mark.parametrize("kind, values", [(k, v) for k, some in VALUES.items() for v in some])
def test_each_kind_is_what_it_is_read_at_once(kind: str, values: list[object]) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, value)")
        db.executemany("INSERT INTO t (value) VALUES (?)", [[v] for v in values])
        found, rows = columns_read.columns_read(db.execute("SELECT value FROM t ORDER BY k"), {"value": kind}, (), 0)
    whole = from_sql(values, kind)
    assert rows == len(values)
    pd.testing.assert_series_equal(pd.Series(found["value"]), pd.Series(whole))


def test_positions_come_from_all_parts() -> None:
    x, y = np.arange(5.0), np.arange(5.0) * 2
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, geom BLOB)")
        db.executemany("INSERT INTO t (geom) VALUES (?)", [[b] for b in points(x, y, 27700)[0]])
        found, rows = columns_read.columns_read(db.execute("SELECT geom FROM t ORDER BY k"), {}, ("x", "y"), 0)
    assert (rows, found["x"].tolist(), found["y"].tolist()) == (5, x.tolist(), y.tolist())


def test_so_many_are_read_as_are_asked_for_and_the_next_follow() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        cursor = db.execute("SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5")
        parts = [columns_read.columns_read(cursor, {"n": "int"}, (), 3) for _ in range(3)]
    assert [(found["n"].tolist(), rows) for found, rows in parts] == [([1, 2, 3], 3), ([4, 5], 2), ([], 0)]


def test_equal_words_are_one_object() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE t (name TEXT)")
        db.executemany("INSERT INTO t VALUES (?)", [["north"], ["south"], ["north"], ["north"]])
        found, _ = columns_read.columns_read(db.execute("SELECT name FROM t"), {"name": "str"}, (), 0)
    assert len({id(word) for word in found["name"]}) == 2
