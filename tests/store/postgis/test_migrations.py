"""A shared store is made by SQL that a person can read, once, and each step whole or not at all."""

from __future__ import annotations

import pytest

from ia_plugin.core.columns import TABLES
from ia_plugin.core.errors import StoreError
from ia_plugin.core.params import PURPOSES, SUBJECT_ACCESS
from ia_plugin.gpkg.positions import SHAPES, axes_of
from ia_plugin.pgcopy.driver import Connection
from ia_plugin.pgcopy.encode import TYPES
from ia_plugin.store.postgis import migrations as steps
from ia_plugin.store.postgis.migrations import Migration, migrations, prepare, script, to_do
from ia_plugin.store.tables import SUMMARY_TABLES
from tests.support.postgis import Cluster
from tests.support.shared_store import SharedStore

COLUMNS = (
    "SELECT table_schema, table_name, column_name, CASE data_type WHEN 'timestamp with time zone' THEN 'timestamptz' ELSE data_type END "
    "FROM information_schema.columns WHERE table_schema LIKE 'ia\\_%'"
)


def columns(store: SharedStore) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    with Connection(store.cluster.target(store.database)) as db:
        for schema, table, column, kind in db.execute(COLUMNS):
            found.setdefault((schema, table), {})[column] = kind
    return found


def test_tables_have_the_columns_of_the_data_dictionary(store: SharedStore) -> None:
    found = columns(store)
    for (schema, name), have in found.items():
        if schema not in ("ia_summary", "ia_restricted") or name not in TABLES:
            continue
        table = TABLES[name]
        shape = axes_of(SHAPES[table.geometry][0], name) if table.geometry else ()
        wanted = {c.name: TYPES[c.kind] for c in table.columns if c.kind != "geometry" and c.name not in shape}
        assert {c: have.get(c) for c in wanted} == wanted, name
        assert ("geom" in have) == bool(table.geometry), name


def test_each_table_of_the_summary_is_there_and_none_has_a_personal_column(store: SharedStore) -> None:
    found = {name: have for (schema, name), have in columns(store).items() if schema == "ia_summary"}
    assert set(found) == set(SUMMARY_TABLES)
    personal = {c.name for table in TABLES.values() for c in table.columns if c.personal}
    assert {name: personal & set(have) for name, have in found.items() if personal & set(have)} == {}


def test_views_of_officer_days_hold_no_personal_column(store: SharedStore) -> None:
    personal = {c.name for table in TABLES.values() for c in table.columns if c.personal}
    found = {name: have for (schema, name), have in columns(store).items() if schema == "ia_journeys"}
    assert set(found) == {"fixes", "legs"}
    assert all(not personal & set(have) for have in found.values())


def test_the_purposes_are_those_of_the_plugin(store: SharedStore) -> None:
    assert set(store.psql("alice", "SELECT purpose FROM ia_records.purposes").splitlines()) == {
        *PURPOSES,
        SUBJECT_ACCESS,
    }


def test_done_once_there_is_nothing_to_do(store: SharedStore) -> None:
    with Connection(store.cluster.target(store.database)) as db:
        assert to_do(db) == [] and prepare(db) == []


def test_the_script_does_in_psql_what_the_plugin_does(postgis: Cluster, store: SharedStore) -> None:
    """A database administrator may run the text alone: the same tables, rights and marks of what ran."""
    facts = (
        "SELECT number, name, hash FROM ia_records.migrations ORDER BY 1",
        "SELECT relname, relkind, relacl::text, relrowsecurity FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'ia\\_%' AND relname NOT LIKE '%2024%' ORDER BY 1, 2, 3",
        "SELECT oid::regprocedure::text, proacl::text, prosecdef FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 'ia\\_%' ORDER BY 1",
    )
    with postgis.database() as name:
        postgis.psql(script(migrations()), database=name)
        for fact in facts:
            assert postgis.psql(fact, database=name) == postgis.psql(fact, database=store.database)


def test_a_step_that_fails_leaves_nothing_of_itself(postgis: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migration(2, "records", "", "CREATE TABLE ia_records.half (n int);\nSELECT 1/0;\n")
    monkeypatch.setattr(steps, "migrations", lambda: [migrations()[0], broken])
    with postgis.database() as name, Connection(postgis.target(name)) as db:
        with pytest.raises(StoreError, match="division by zero"):
            prepare(db)
        assert db.execute("SELECT number FROM ia_records.migrations") == [(1,)]
        assert db.execute("SELECT to_regclass('ia_records.half')::text") == [(None,)]


def test_a_newer_or_edited_store_is_refused(postgis: Cluster) -> None:
    with postgis.database() as name, Connection(postgis.target(name)) as db:
        prepare(db)
        with db.transaction():
            db.execute("UPDATE ia_records.migrations SET hash = 'x' WHERE number = 3")
            with pytest.raises(StoreError, match="another than what ran"):
                to_do(db)
        db.execute("INSERT INTO ia_records.migrations (number, name, hash) VALUES (9999, 'later', 'x')")
        with pytest.raises(StoreError, match="newer version"):
            to_do(db)


def test_a_database_without_postgis_is_refused_with_the_remedy(postgis: Cluster) -> None:
    with Connection(postgis.target("postgres")) as db, pytest.raises(StoreError, match="CREATE EXTENSION postgis"):
        to_do(db)


def test_a_role_that_can_do_too_much_is_refused(postgis: Cluster) -> None:
    with postgis.database() as name, Connection(postgis.target(name)) as db:
        prepare(db)
        db.execute("ALTER ROLE ia_analyst BYPASSRLS")
        try:
            with (
                postgis.database() as other,
                Connection(postgis.target(other)) as second,
                pytest.raises(StoreError, match="ia_analyst can do more"),
            ):
                prepare(second)
        finally:
            db.execute("ALTER ROLE ia_analyst NOBYPASSRLS")
