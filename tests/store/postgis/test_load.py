"""A file goes into a shared store whole or not at all, once, and one after the other where two come at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest

from ia_plugin.core.errors import AlreadyStored, PrivacyError, StoreError
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.privacy import Key, officer_day
from ia_plugin.pgcopy.driver import Connection
from ia_plugin.store.audit import run_row
from ia_plugin.store.postgis.home import PostgisStore, SharedImport
from tests.support.postgis import Cluster
from tests.support.shared_store import LOOK, PURPOSE, SharedStore, shared_store
from tests.support.stores import AT, KEY


@pytest.fixture
def empty(postgis: Cluster) -> Iterator[SharedStore]:
    with shared_store(postgis, filled=False) as made:
        yield made


def fixes(n: int = 6, first: str = "2024-06-30T22:00Z") -> pd.DataFrame:
    """Two officers in turn, a report an hour."""
    time = pd.Timestamp(first) + pd.to_timedelta(np.arange(n), "h")
    rows = {
        "officer_id": ["p-a", "p-b"] * (n // 2),
        "time": time,
        "x": 400_000.0 + 900.0 * np.arange(n),  # on the way: a place of three hours is taken for a rest
        "y": 280_000.0,
        "unit": None,
    }
    return pd.DataFrame(rows)


@contextmanager
def one_file(shared: SharedStore) -> Iterator[SharedImport]:
    """The import of a file, by the loader."""
    with PostgisStore(shared.target("lee"), KEY) as store:
        account = Account("a.csv", "affiliations")
        with store.importing(account, "m1", AT) as part:
            yield part


def take_in(target: str, rows: pd.DataFrame, mark: str, key: Key = KEY) -> None:
    with PostgisStore(target, key) as store, store.importing(Account("a.csv", "affiliations"), mark, AT) as part:
        part.add_fixes(rows)


def test_a_file_is_stored_with_its_source_its_days_and_its_officer_days(empty: SharedStore) -> None:
    take_in(empty.target("lee"), fixes(), "m1")
    with PostgisStore(empty.target("lee")) as store:
        found = store.read("fixes")
        assert found[["officer_id", "time", "x", "y", "unit"]].equals(fixes())
        assert found["local_hour"].tolist() == [23, 0, 1, 2, 3, 4]  # British Summer Time
        assert store.has_source("m1") and not store.has_source("m2")
        assert store.dirty_days() == ["2024-06-30", "2024-07-01"]
        store.clear_days(["2024-06-30"])
        assert store.dirty_days() == ["2024-07-01"]
    days = empty.cluster.psql(
        "SELECT officer_id, starts AT TIME ZONE 'UTC' FROM ia_restricted.officer_days ORDER BY 2, 1",
        database=empty.database,
    )
    assert days.splitlines() == ["p-a|2024-06-29 23:00:00", "p-a|2024-06-30 23:00:00", "p-b|2024-06-30 23:00:00"]


def test_columns_that_the_dictionary_does_not_know_pass_through(empty: SharedStore) -> None:
    ticked = fixes(2).assign(battery=[80.5, None], channel=["7", "Ünit „9“"])
    take_in(empty.target("lee"), ticked, "m1")
    with PostgisStore(empty.target("lee")) as store:
        assert store.read("fixes")[["battery", "channel"]].equals(ticked[["battery", "channel"]])


def test_an_inspector_finds_the_officer_day_by_the_force_s_label(empty: SharedStore) -> None:
    rows = fixes()
    take_in(empty.target("lee"), rows, "m1")
    label = officer_day(rows["officer_id"], rows["time"], "Europe/London", KEY).iloc[1]
    assert empty.psql("ivan", f"SELECT ia_journeys.ask('{label}', '{PURPOSE}') IS NOT NULL") == "t"
    assert empty.psql("ivan", LOOK) == "3"  # p-b's three reports of 1 July


def test_months_are_their_own_tables_and_a_later_file_goes_into_the_same(empty: SharedStore) -> None:
    for i in range(2):
        take_in(empty.target("lee"), fixes(first=f"2024-06-30T2{2 - i}:00Z"), f"m{i}")
    parts = "SELECT relname, (SELECT count(*) FROM pg_index WHERE indrelid = c.oid) FROM pg_class c WHERE relispartition AND relkind = 'r' ORDER BY 1"
    assert empty.cluster.psql(parts, database=empty.database).splitlines() == ["fixes_2024_06|3", "fixes_2024_07|3"]
    counts = "SELECT tableoid::regclass, count(*) FROM ia_restricted.fixes GROUP BY 1 ORDER BY 1"
    assert empty.psql("lee", counts).splitlines() == ["ia_restricted.fixes_2024_06|5", "ia_restricted.fixes_2024_07|7"]


def test_the_same_content_never_comes_in_twice(empty: SharedStore) -> None:
    take_in(empty.target("lee"), fixes(), "m1")
    with pytest.raises(AlreadyStored):
        take_in(empty.target("lee"), fixes(), "m1")
    assert empty.psql("lee", "SELECT count(*) FROM ia_restricted.fixes") == "6"


def test_a_file_that_fails_leaves_nothing(empty: SharedStore) -> None:
    with pytest.raises(ZeroDivisionError), one_file(empty) as part:
        part.add_fixes(fixes())
        raise ZeroDivisionError
    left = "SELECT (SELECT count(*) FROM ia_restricted.fixes) + (SELECT count(*) FROM ia_restricted.officer_days) + (SELECT count(*) FROM ia_restricted.sources)"
    assert empty.psql("lee", left, "SELECT to_regclass('ia_restricted.fixes_2024_06') IS NULL").split() == ["0", "t"]


def test_another_key_is_refused(empty: SharedStore) -> None:
    take_in(empty.target("lee"), fixes(), "m1")
    with pytest.raises(PrivacyError, match="another key"):
        take_in(empty.target("lee"), fixes(), "m2", Key(b"another key of a force, long enough"))
    with pytest.raises(PrivacyError, match="without the key"), PostgisStore(empty.target("lee")) as store:
        store.writing().__enter__()


def test_who_may_not_load_is_told_so_and_what_to_ask_for(empty: SharedStore) -> None:
    with pytest.raises(StoreError, match="ask who keeps the database"):
        take_in(empty.target("alice"), fixes(), "m1")


def test_a_personal_column_does_not_enter_the_summary(empty: SharedStore) -> None:
    rows = pd.DataFrame({"area_id": ["A"], "period": [AT], "five_or_more": [True], "officer_id": ["p"]})
    with pytest.raises(PrivacyError), one_file(empty) as part:
        part.add("enough_officers", rows)


def test_a_run_is_recorded_as_the_login(empty: SharedStore) -> None:
    with PostgisStore(empty.target("alice")) as store:
        store.add_run(
            run_row("answers", at=AT, version="1", parameters={"password": "hunter2", "PERIOD": "day"}, rows_read=3)
        )
    said = empty.psql("olga", "SELECT who, what, parameters, rows_read, rows_used FROM ia_records.runs")
    assert said == 'alice|answers|{"PERIOD": "day"}|3|'


def _take_in_many(target: str, first: int) -> None:
    for i in range(first, first + 5):
        try:
            take_in(target, fixes(200, first=f"2024-06-{1 + i:02d}T00:00Z"), f"m{i}")
        except AlreadyStored:
            pass


@pytest.mark.fork
def test_two_loaders_at_once_lose_and_double_nothing(empty: SharedStore) -> None:
    """Five files each, three of them the same."""
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_take_in_many, args=(empty.target("lee"), first)) for first in (0, 2)]
    for one in both:
        one.start()
    for one in both:
        one.join(120)
    assert [one.exitcode for one in both] == [0, 0]
    assert (
        empty.psql(
            "lee", "SELECT count(*), count(DISTINCT (officer_id, time, source_ref)) > 0 FROM ia_restricted.fixes"
        )
        == "1400|t"
    )
    assert empty.psql("lee", "SELECT count(*) FROM ia_restricted.sources") == "7"


def test_a_backend_that_is_killed_in_the_middle_leaves_nothing_and_no_lock(empty: SharedStore) -> None:
    with pytest.raises(StoreError, match="connection was lost"), one_file(empty) as part:
        part.add_fixes(fixes())
        with Connection(empty.cluster.target(empty.database)) as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lee'")
    take_in(empty.target("lee"), fixes(), "m1")
    assert empty.psql("lee", "SELECT count(*) FROM ia_restricted.fixes") == "6"
    assert empty.psql("lee", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == "0"


def test_old_movement_goes_by_whole_months_and_by_rows(empty: SharedStore) -> None:
    take_in(empty.target("lee"), fixes(), "m1")
    assert empty.psql("lee", "SELECT * FROM ia_restricted.remove_before('2024-07-01 01:30Z')").splitlines() == [
        "fixes|2",
        "fixes|2",
    ]
    assert (
        empty.psql("lee", "SELECT min(time) AT TIME ZONE 'UTC', count(*) FROM ia_restricted.fixes")
        == "2024-07-01 02:00:00|2"
    )
    assert empty.psql("lee", "SELECT to_regclass('ia_restricted.fixes_2024_06') IS NULL") == "t"


def test_no_pseudonym_is_in_the_server_s_log(empty: SharedStore) -> None:
    """The tests' server logs every statement."""
    take_in(empty.target("lee"), fixes(), "m1")
    assert "COPY" in empty.cluster.log and KEY.fingerprint in empty.cluster.log
    assert "p-a" not in empty.cluster.log.rpartition(f"CREATE DATABASE {empty.database}")[2]
