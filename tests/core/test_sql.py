"""Statements of SQL: what is a name stays a name, whatever it is called."""

from __future__ import annotations

import pytest

from ia_plugin.core.sql import Sql, composed, literal, quoted
from tests.support.sqlite_files import sqlite_file

NASTY = ['my "unit"', "x; DROP TABLE t; --", "{table}", "select", "", "é 😀", "%s"]


@pytest.mark.parametrize(
    "template, parts, statement",
    [
        ("SELECT count(*) FROM {t}", {"t": "legs"}, 'SELECT count(*) FROM "legs"'),
        ("SELECT {c} FROM {t}", {"c": ["a", "b"], "t": 'odd"'}, 'SELECT "a", "b" FROM "odd"""'),
        ("DELETE FROM {t} WHERE {w}", {"t": "t", "w": Sql('"end" < ?')}, 'DELETE FROM "t" WHERE "end" < ?'),
        ("SELECT 1 LIMIT {n}", {"n": 3}, "SELECT 1 LIMIT 3"),
        ("VALUES ({m})", {"m": [Sql("?")] * 3}, "VALUES (?, ?, ?)"),
        ("SELECT {a} = {b}", {"a": literal("it's"), "b": "it's"}, "SELECT 'it''s' = \"it's\""),
    ],
)
def test_a_statement_is_composed(template, parts, statement):
    assert composed(template, **parts) == statement


def test_what_is_composed_can_be_part_of_another():
    inner = composed("SELECT {c} FROM {t}", c="a", t="{t}")
    assert composed("SELECT max(1) WHERE 1 IN ({q})", q=inner) == 'SELECT max(1) WHERE 1 IN (SELECT "a" FROM "{t}")'


def test_a_part_that_is_missing_is_an_error():
    with pytest.raises(KeyError, match="where"):
        composed("DELETE FROM {t} WHERE {where}", t="t")


@pytest.mark.parametrize("name", NASTY)
def test_a_table_and_a_column_of_any_name(name):
    with sqlite_file(":memory:") as db:
        db.execute(
            composed(
                "CREATE TABLE {t} ({c})",
                t=f"t{name}",
                c=composed("{c} TEXT DEFAULT {d}", c=f"c{name}", d=literal(name)),
            )
        )
        db.execute(composed("INSERT INTO {t} DEFAULT VALUES", t=f"t{name}"))
        assert db.execute(composed("SELECT {c} FROM {t}", c=f"c{name}", t=f"t{name}")).fetchall() == [(name,)]
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [(f"t{name}",)]
    assert quoted(name).startswith('"')
