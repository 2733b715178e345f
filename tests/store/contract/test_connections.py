"""A connection that is cut and comes back, a server that can only be read, a service's name, and two people at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from ia_plugin.core.errors import StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.params import PURPOSES
from ia_plugin.pgcopy.driver import Connection
from ia_plugin.store.open_store import opened_store
from ia_plugin.store.open_summary import opened_summary
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.summary import read_summary
from ia_plugin.store.trace_home import tracer_of
from tests.support.stores import KEY
from tests.support.two_homes import Homes

NOW = pd.Timestamp("2024-07-10T12:00Z")


def cut(homes: Homes, user: str) -> None:
    """End the sessions of a login, as an administrator or a broken network does."""
    ended = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '{user}'"
    assert homes.shared.cluster.psql(ended, database=homes.shared.database) != "0"


def test_a_session_that_is_cut_is_said_and_the_next_one_reads_on(homes: Homes) -> None:
    place = homes.places["postgis"]
    with opened_summary(place) as summary:
        assert summary.count("time_use") > 0
        cut(homes, "alice")
        with pytest.raises(StoreError, match="connection was lost: try again; nothing was done by halves"):
            summary.read("time_use")
    assert len(read_summary(place).time_use.table) > 0


def test_what_is_read_at_once_is_of_one_moment(homes: Homes) -> None:
    """A refresh that ends between two tables must not leave figures of before and after it side by side."""
    seen = "SELECT count(*) FROM ia_summary.cover"
    with opened_summary(homes.places["postgis"]) as summary:
        before = summary.count("time_use"), summary.count("cover")
        homes.shared.cluster.psql(
            "INSERT INTO ia_summary.cover (area_id, period, unit, resource_type, patrol_seconds, officers) VALUES ('z', '2000-01-01Z', 'u', 'r', 1, 5)",
            database=homes.shared.database,
        )
        assert homes.shared.psql("alice", seen) == str(before[1] + 1)
        assert (summary.count("time_use"), summary.count("cover")) == before
    homes.shared.cluster.psql("DELETE FROM ia_summary.cover WHERE area_id = 'z'", database=homes.shared.database)


def test_a_change_that_is_cut_leaves_nothing_of_itself(homes: Homes) -> None:
    with PostgisStore(homes.shared.target("lee"), KEY) as store:
        before = store.dirty_days()
        with pytest.raises(StoreError, match="connection was lost"), store.together("test"):
            store.mark_days(["2030-01-01"])
            cut(homes, "lee")
            store.mark_days(["2030-01-02"])
    with PostgisStore(homes.shared.target("lee"), KEY) as store:
        assert store.dirty_days() == before
        with store.together("test"):  # no lock is left
            assert store.dirty_days() == before


@pytest.fixture
def only_read(homes: Homes) -> Iterator[None]:
    """The database as a copy is, which takes no changes."""
    database = homes.shared.database
    homes.shared.cluster.psql(f"ALTER DATABASE {database} SET default_transaction_read_only = on", database="postgres")
    yield
    homes.shared.cluster.psql(f"ALTER DATABASE {database} RESET default_transaction_read_only", database="postgres")


def test_a_server_that_can_only_be_read_answers_and_says_what_it_cannot_record(homes: Homes, only_read: None) -> None:
    found = read_summary(homes.places["postgis"])
    assert len(found.time_use.table) == len(read_summary(homes.folder).time_use.table) > 0
    with pytest.raises(StoreError, match="a look is recorded first, and cannot be here"):
        tracer_of(homes.shared.target("ivan"), PURPOSES[0], version="t")
    with opened_store(homes.shared.target("lee")) as store, pytest.raises(StoreError, match="only be read"):
        store.set("x", "y")


def test_the_name_of_a_service_is_a_store(homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{k}={v}" for k, v in (part.split("=") for part in homes.places["postgis"].split())]
    (tmp_path / "services.conf").write_text("[force]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services.conf"))
    pd.testing.assert_frame_equal(
        read_summary("service=force").time_use.table, read_summary(homes.places["postgis"]).time_use.table
    )
    with pytest.raises(StoreError, match="cannot be reached"):
        read_summary("service=another")


def test_two_inspectors_at_once_see_each_their_own(homes: Homes) -> None:
    for who in ("ines", "ilka"):  # who have looked at nothing: other tests ask what the others have not
        homes.shared.cluster.psql(f"CREATE ROLE {who} LOGIN IN ROLE ia_inspector")
    barrier, found = threading.Barrier(2), {}

    def look(who: str, area: str) -> None:
        tracer = tracer_of(homes.shared.target(who), PURPOSES[0], version="t")
        barrier.wait(20)
        visits = tracer.visits(FilterState(), (area,), at=NOW).visits
        day = tracer.journey(int(visits["visit_id"].iloc[0]), at=NOW)
        with Connection(homes.shared.target(who)) as db:
            seen = db.execute("SELECT DISTINCT officer_day FROM ia_journeys.fixes")
        found[who] = set(visits["area_id"]), day.officer_day in {d for (d,) in seen}

    threads = [threading.Thread(target=look, args=a) for a in (("ines", "a"), ("ilka", "b"))]
    [t.start() for t in threads], [t.join(60) for t in threads]
    assert found == {"ines": ({"a"}, True), "ilka": ({"b"}, True)}


def test_who_may_not_change_the_store_is_told_which_role_it_needs(homes: Homes) -> None:
    with opened_store(homes.shared.target("alice")) as store, pytest.raises(StoreError, match="'alice' .* ia_loader"):
        store.set("x", "y")
