"""Attempts to see an officer-day of the shared store without a record of it, in psql, as somebody with a role would make them.

Each row of the tables below is one way in: who tries, what they type, and what the server answers. Officer-day ``d1`` has
ten fixes, ``d2`` five of the same officer, ``d3`` seven of another (tests/support/shared_store.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgis import Cluster
from tests.support.shared_store import ASK, LOOK, PURPOSE, SharedStore, shared_store

ASK_1 = ASK.format(day="d1")


@pytest.fixture(scope="module")
def force(postgis: Cluster) -> Iterator[SharedStore]:
    with shared_store(postgis) as made:
        yield made


@pytest.fixture
def untouched(force: SharedStore) -> Iterator[SharedStore]:
    """A store in which nobody has asked for anything."""
    force.cluster.psql(
        "ALTER TABLE ia_records.runs DISABLE TRIGGER ALL",
        "TRUNCATE ia_records.runs",
        "ALTER TABLE ia_records.runs ENABLE TRIGGER ALL",
        database=force.database,
    )
    yield force


def test_asked_with_a_purpose_of_the_list_the_day_is_shown_and_the_look_is_recorded(untouched: SharedStore) -> None:
    untouched.ask("ivan", "d1")
    seen = "SELECT count(*), count(DISTINCT officer_day), min(officer_day), min(st_x(geom)) FROM ia_journeys.fixes"
    assert untouched.psql("ivan", seen) == "10|1|d1|400000"
    assert untouched.records() == ["ivan|d1"]
    assert untouched.psql("iris", LOOK) == "0"  # another inspector has asked for nothing


DENIED = {
    "an analyst looks": ("alice", LOOK, "permission denied for schema ia_journeys"),
    "an analyst asks": ("alice", ASK_1, "permission denied for schema ia_journeys"),
    "an analyst reads movement": ("alice", "TABLE ia_restricted.fixes", "permission denied for schema"),
    "an auditor reads movement": ("olga", "TABLE ia_restricted.fixes", "permission denied for schema"),
    "an auditor reads the summary": ("olga", "TABLE ia_summary.cover", "permission denied for schema"),
    "an inspector reads the table": ("ivan", "TABLE ia_restricted.fixes", "permission denied for schema"),
    "a month's own table": ("ivan", "TABLE ia_restricted.fixes_2024_06", "permission denied for schema"),
    "only of it": ("ivan", "SELECT * FROM ONLY ia_restricted.fixes", "permission denied for schema"),
    "who an officer-day is": ("ivan", "TABLE ia_restricted.officer_days", "permission denied for schema"),
    "the rule's own function": ("ivan", "SELECT ia_restricted.days_asked()", "permission denied for schema"),
    "a purpose not on the list": ("ivan", "SELECT ia_journeys.ask('d1', 'performance of one officer')", "foreign key"),
    "a purpose put on the list": ("ivan", "INSERT INTO ia_records.purposes VALUES ('x')", "permission denied"),
    "no purpose": ("ivan", "SELECT ia_journeys.ask('d1', NULL)", "are needed"),
    "the record read by its subject": ("ivan", "TABLE ia_records.runs", "permission denied"),
    "the record changed": ("ivan", "DELETE FROM ia_records.runs", "permission denied"),
    "the record emptied": ("ivan", "TRUNCATE ia_records.runs", "permission denied"),
    "a record written for another": ("ivan", "INSERT INTO ia_records.runs (who) VALUES ('iris')", "permission denied"),
    "the owner's role": ("ivan", "SET ROLE ia_owner", "permission denied to set role"),
    "the loader's role": ("ivan", "SET ROLE ia_loader", "permission denied to set role"),
    "another session": ("ivan", "SET SESSION AUTHORIZATION olga", "permission denied to set session"),
    "rules switched off": ("ivan", "SET row_security = off; TABLE ia_restricted.fixes", "permission denied for schema"),
    "triggers switched off": ("ivan", "SET session_replication_role = replica", "permission denied"),
    "a copy to a program": ("ivan", "COPY (TABLE ia_journeys.fixes) TO PROGRAM 'cat'", "must be superuser or"),
    "a copy to a file": ("ivan", "COPY (TABLE ia_journeys.fixes) TO '/x'", "must be superuser or"),
    "a file of the server": ("ivan", "SELECT pg_read_file('PG_VERSION')", "permission denied"),
    "a large object made": ("ivan", "SELECT lo_from_bytea(0, 'x')", "permission denied"),
    "a large object to a file": ("ivan", "SELECT lo_export(1, '/x')", "permission denied"),
    "a table of one's own": ("ivan", "CREATE TABLE public.mine AS TABLE ia_journeys.fixes", "permission denied"),
    "a temporary table": ("ivan", "CREATE TEMP TABLE mine (n int)", "permission denied to create temporary"),
    "a schema": ("ivan", "CREATE SCHEMA mine", "permission denied"),
    "a leaky function": ("ivan", "CREATE FUNCTION public.f(text) RETURNS bool LANGUAGE sql AS 'SELECT true'", "permission denied"),
    "a leaky operator": ("ivan", "CREATE OPERATOR public.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)", "permission denied"),
    "a view replaced": ("ivan", "CREATE OR REPLACE VIEW ia_journeys.fixes AS SELECT 1 AS fid", "permission denied"),
    "the planner's samples of places": (
        "alice",
        "SELECT _postgis_selectivity((SELECT oid FROM pg_class WHERE relname = 'fixes_2024_06')::regclass, 'geom', st_makeenvelope(400000, 279999, 400001, 280001, 27700))",
        "permission denied for function",
    ),
    "the extent of the samples": ("alice", "SELECT st_estimatedextent('ia_restricted', 'fixes_2024_06', 'geom')", "permission denied"),
    "the planner's raw statistics": ("ivan", "SELECT count(*) FROM pg_statistic", "permission denied"),
    "the loader empties the record": ("lee", "DELETE FROM ia_records.runs", "permission denied"),
    "the loader asks": ("lee", ASK_1, "permission denied"),
    "the loader's lock held": ("alice", "SELECT pg_advisory_lock(hashtext('impact area: writer'))", "permission denied for function"),
    "the loader's lock tried": ("ivan", "SELECT pg_try_advisory_xact_lock(hashtext('impact area: writer'))", "permission denied for function"),
    "the loader's turn": ("alice", "SELECT ia_records.take_turn('writer')", "nobody adds to the table writer"),
    "a stranger's database": ("alice", "SELECT dblink('x', 'y')", "does not exist"),
}  # fmt: skip


@pytest.mark.parametrize("way", DENIED)
def test_it_is_refused(force: SharedStore, way: str) -> None:
    who, typed, answer = DENIED[way]
    assert answer in force.psql(who, typed)


NOTHING = {
    "without asking": [LOOK],
    "asked in the same transaction": ["BEGIN", ASK_1, LOOK, "ROLLBACK"],
    "asked in the same transaction, committed later": ["BEGIN", ASK_1, LOOK, "COMMIT"],
    "asked in a savepoint that is released": ["BEGIN", "SAVEPOINT a", ASK_1, "RELEASE a", LOOK, "ROLLBACK"],
    "asked in a savepoint that is rolled back": ["BEGIN", "SAVEPOINT a", ASK_1, "ROLLBACK TO a", LOOK, "COMMIT"],
    "asked and looked in one statement": [f"WITH a AS MATERIALIZED ({ASK_1}) SELECT (SELECT count(*) FROM ia_journeys.fixes) FROM a"],
    "asked in one message of several statements": [f"{ASK_1}; {LOOK}; SELECT 1/0"],
    "asked and left to a second phase": ["BEGIN", ASK_1, "PREPARE TRANSACTION 'later'", LOOK, "ROLLBACK PREPARED 'later'", LOOK],
    "a cursor opened before asking": ["BEGIN", f"DECLARE c CURSOR FOR {LOOK}", ASK_1, "FETCH c", "ROLLBACK"],
    "a snapshot from before": ["BEGIN ISOLATION LEVEL REPEATABLE READ", LOOK, ASK_1, LOOK, "COMMIT"],
    "a function of one's own before the system's": ["SET search_path = pg_temp, public", LOOK],
    "a setting that names another": ["SET application_name = 'iris'", "SET \"ia.who\" = 'olga'", LOOK],
    "a copy": ["COPY (TABLE ia_journeys.fixes) TO STDOUT"],
    "as XML": ["SELECT length(query_to_xml('TABLE ia_journeys.fixes', false, false, '')::text) - 80 > 0"],
    "a prepared statement": ["PREPARE p AS SELECT count(*) FROM ia_journeys.fixes", "EXECUTE p"],
    "a block of one's own": ["DO $$ DECLARE r record; BEGIN FOR r IN TABLE ia_journeys.fixes LOOP RAISE NOTICE 'saw %', r; END LOOP; END $$"],
}  # fmt: skip


@pytest.mark.parametrize("way", NOTHING)
def test_nothing_is_seen(untouched: SharedStore, way: str) -> None:
    answers = untouched.psql("ivan", *NOTHING[way])
    seen = [line for line in answers.splitlines() if line not in ("0", "t", "f")]
    assert [line for line in seen if not line.startswith(("ERROR", "HINT"))] == []
    assert "saw" not in answers


def test_a_condition_of_ones_own_meets_no_row_that_is_not_shown(untouched: SharedStore) -> None:
    """A function or operator that fails on a row, or says it aloud, is run on rows that were asked for alone."""
    untouched.ask("ivan", "d1")
    for condition in (
        "1 / (CASE WHEN officer_day = 'd3' THEN 0 ELSE 1 END) = 1",
        "1 / (CASE WHEN st_x(geom) > 400950 THEN 0 ELSE 1 END) = 1",
        "CAST(CASE WHEN officer_day = 'd2' THEN 'x' ELSE '1' END AS int) = 1",
    ):
        assert untouched.psql("ivan", f"{LOOK} WHERE {condition}") == "10"


def test_explain_counts_no_row_that_is_not_shown(untouched: SharedStore) -> None:
    """Neither the plan nor what it removed tells where an officer-day was that nobody asked for."""
    untouched.ask("ivan", "d2")
    plans = [
        untouched.psql("ivan", f"EXPLAIN (ANALYZE, COSTS {costs}, TIMING off, SUMMARY off) {LOOK} WHERE {condition}")
        for costs in ("on", "off")
        for condition in ("officer_day = 'd3'", "officer_day = 'd1'", "\"time\" >= '2024-06-03' AND \"time\" < '2024-06-04'", "geom && st_makeenvelope(0, 0, 9e5, 9e5, 27700)")
    ]  # fmt: skip
    assert all("Function Scan on fixes_asked" in plan and "officer_days" not in plan for plan in plans)
    removed = {line.strip() for plan in plans for line in plan.splitlines() if "Rows Removed" in line}
    assert removed == {"Rows Removed by Filter: 5"}  # the five of d2, which was asked for
    estimates = {plan.split("rows=")[2].split()[0] for plan in plans if "cost=" in plan}
    assert len(estimates) <= 3  # by PostgreSQL's own rules of thumb: no sample is read


def test_statistics_show_nothing_of_movement(force: SharedStore) -> None:
    for who in ("alice", "ivan", "olga"):
        assert (
            force.psql(who, "SELECT count(*) FROM pg_stats WHERE schemaname IN ('ia_restricted', 'ia_journeys')") == "0"
        )
        assert force.psql(who, "SELECT count(*) FROM pg_stats_ext WHERE schemaname = 'ia_restricted'") == "0"


def test_what_still_leaks_is_row_totals_and_nothing_finer(force: SharedStore) -> None:
    """docs/shared-store-law.md says so: how many rows a month has, and how large it is. No system table holds more."""
    totals = "SELECT reltuples FROM pg_class WHERE relname = 'fixes_2024_06'"
    assert force.psql("alice", totals) == "22"
    assert force.psql("alice", "SELECT count(*) FROM pg_class WHERE relname ~ 'fixes_\\d{4}_\\d\\d_.*d1'") == "0"


def test_the_hour_ends_for_a_session_that_stays_open(untouched: SharedStore) -> None:
    """A statement prepared within the hour, and a plan kept by the server, show nothing after it."""
    untouched.ask("ivan", "d1")
    untouched.cluster.psql(
        "ALTER TABLE ia_records.runs DISABLE TRIGGER ALL",
        "UPDATE ia_records.runs SET until = clock_timestamp() + interval '3 seconds'",
        "ALTER TABLE ia_records.runs ENABLE TRIGGER ALL",
        database=untouched.database,
    )
    steps = [
        "PREPARE p AS SELECT count(*) FROM ia_journeys.fixes",
        *["EXECUTE p"] * 6,
        "SELECT pg_sleep(4) IS NULL",
        "EXECUTE p",
    ]
    assert untouched.psql("ivan", *steps).split() == [*["10"] * 6, "f", "0"]


def test_a_commit_that_does_not_wait_for_the_disk_is_on_it_before_anything_is_seen(untouched: SharedStore) -> None:
    noted = "SELECT set_config('test.asked', pg_current_wal_insert_lsn()::text, false) <> ''"
    seen = "SELECT pg_current_wal_flush_lsn() >= current_setting('test.asked')::pg_lsn FROM ia_journeys.fixes LIMIT 1"
    # What reading itself writes, as where it tidies a page, need not be on the disk.
    assert untouched.psql("ivan", "SET synchronous_commit = off", ASK_1, noted, seen).split() == ["t", "t", "t"]


def test_the_record_cannot_be_changed_by_its_owner_either(untouched: SharedStore) -> None:
    untouched.ask("ivan", "d1")
    for typed in ("UPDATE ia_records.runs SET who = 'x'", "DELETE FROM ia_records.runs", "TRUNCATE ia_records.runs"):
        said = untouched.cluster.psql("SET ROLE ia_owner", typed, database=untouched.database, stop=False)
        assert "can only be added to" in said
    assert untouched.records() == ["ivan|d1"]


def test_the_owner_of_the_tables_is_bound_by_the_rule_too(untouched: SharedStore) -> None:
    count = "SELECT count(*) FROM ia_restricted.fixes"
    assert untouched.cluster.psql("SET ROLE ia_owner", count, database=untouched.database) == "0"
    assert untouched.psql("lee", count) == "22"  # the loader computes from all of them


def test_a_run_is_recorded_under_the_login_whatever_the_program_says(untouched: SharedStore) -> None:
    added = "SELECT ia_records.add_run('export', '1', '{}', '{}', 1, 1, NULL, NULL, 'board', 'done', 0) > 0"
    assert untouched.psql("alice", "SET application_name = 'olga'", added) == "t"
    assert untouched.psql("olga", "SELECT who, what FROM ia_records.runs") == "alice|export"


def test_every_look_of_these_tests_had_its_record(untouched: SharedStore) -> None:
    for day in ("d1", "d3"):
        untouched.ask("iris", day)
    assert untouched.psql(
        "iris", "SELECT officer_day, count(*) FROM ia_journeys.fixes GROUP BY 1 ORDER BY 1"
    ).split() == ["d1|10", "d3|7"]
    asked = "SELECT who, officer_day, purpose, audience, until - at < interval '61 min' FROM ia_records.runs ORDER BY run_id"
    assert untouched.psql("olga", asked).splitlines() == [f"iris|{d}|{PURPOSE}|restricted|t" for d in ("d1", "d3")]
