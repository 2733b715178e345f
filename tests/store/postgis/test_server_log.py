"""Where a server has pgaudit, its log tells each statement that reads movement or a look at it, and nothing of what analysts read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ia_plugin.core.movement import default_model
from ia_plugin.core.params import PresenceParams
from ia_plugin.store.about_facts import about_of
from ia_plugin.store.imports import bring_file
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.postgis.migrations import Preparation, prepare_shared
from ia_plugin.store.postgis.server_log import NOT_INSTALLED, NOT_LOADED
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.summary import read_summary
from tests.support.postgis import started
from tests.support.shared_store import LOOK, SharedStore, shared_store
from tests.support.stores import AREAS, AT, KEY, extract


def prepared(shared: SharedStore, dry: bool = True) -> Preparation:
    return prepare_shared(shared.target("dba"), srid=27700, timezone="Europe/London", dry=dry)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedStore]:
    """A store on a server that loads pgaudit, set up as the plugin does it, with a day of July loaded after that."""
    settings = {"shared_preload_libraries": "pgaudit", "log_statement": "none", "log_line_prefix": "%q%u "}
    with started(**settings) as cluster, shared_store(cluster) as made:
        assert prepared(made).logs
        prepared(made, dry=False)
        with PostgisStore(made.target("lee"), KEY) as store:
            path = extract(tmp_path_factory.mktemp("log") / "a.csv", day="2024-07-05", seed=1, fixes=60)
            bring_file(store, path, at=AT)
            set_areas(store, AREAS)
            refresh(store, presence_params=PresenceParams(method="linear"), model=default_model())
        yield made


def told(shared: SharedStore, user: str, *typed: str) -> tuple[str, list[str]]:
    """(what psql answers to some commands, lines of pgaudit that the log has of them)."""
    before = len(shared.cluster.log)
    answer = shared.psql(user, *typed)
    return answer, [line for line in shared.cluster.log[before:].splitlines() if "AUDIT" in line]


def test_it_is_shown_first_and_done_once(audited: SharedStore) -> None:
    again = prepared(audited)
    assert (again.steps, again.logs, again.words) == ([], False, ())
    with shared_store(audited.cluster, filled=False) as other:
        shown = prepared(other)
        assert shown.logs and "CREATE EXTENSION IF NOT EXISTS pgaudit" in shown.sql
        other.cluster.psql(shown.sql, database=other.database)  # by hand it is the same
        assert not prepared(other).logs


def test_an_inspector_s_look_is_in_the_log_with_the_login(audited: SharedStore) -> None:
    audited.ask("ivan", "d1")
    answer, lines = told(audited, "ivan", LOOK, "SELECT count(*) FROM ia_journeys.legs")
    assert answer.split() == ["10", "9"]
    assert [line.split(" ")[0] for line in lines] == ["ivan", "ivan"]
    for line, view in zip(lines, ("fixes", "legs")):
        assert "AUDIT: OBJECT" in line and f"READ,SELECT,VIEW,ia_journeys.{view},SELECT count(*)" in line


def test_what_an_analyst_reads_does_not_flood_it(audited: SharedStore) -> None:
    before = len(audited.cluster.log)
    read_summary(audited.target("alice"))
    about_of(audited.target("alice"))
    assert "AUDIT" not in audited.cluster.log[before:]


@pytest.mark.parametrize("typed", ["SET pgaudit.role = ''", "SET pgaudit.log_level = 'debug5'", "RESET pgaudit.role", "SET pgaudit.log = 'none'"])  # fmt: skip
def test_who_is_in_the_log_cannot_switch_it_off(audited: SharedStore, typed: str) -> None:
    assert "permission denied to set parameter" in audited.psql("ivan", typed)


def test_an_administrator_s_reading_is_in_it_too_of_a_month_as_well(audited: SharedStore) -> None:
    for table in ("fixes", "fixes_2024_06", "officer_days"):
        answer, lines = told(audited, "dba", f"SELECT count(*) > 0 FROM ia_restricted.{table}")
        assert answer == "t" and len(lines) == 1 and f"TABLE,ia_restricted.{table}," in lines[0]


def test_a_month_that_was_loaded_later_is_told_of_and_the_loader_s_reading_by_the_statement(
    audited: SharedStore,
) -> None:
    _, lines = told(audited, "dba", "SELECT count(*) FROM ia_restricted.fixes_2024_07")
    assert len(lines) == 1 and not prepared(audited).logs
    of_loader = [line for line in audited.cluster.log.splitlines() if line.startswith("lee") and "AUDIT" in line]
    assert 0 < len(of_loader) < 12 * 60  # a line a statement, and not one for each of 720 reports


def test_functions_of_a_look_are_told_of_a_login_for_which_it_is_set(audited: SharedStore) -> None:
    """pgaudit's object mode knows tables and views. docs/shared-store-dba.md has the line by which the rest is told."""
    audited.ask("iris", "d1")
    asked = "SELECT count(*) FROM ia_journeys.fixes_asked()"
    assert told(audited, "iris", asked) == ("10", [])
    audited.cluster.psql(f"ALTER ROLE iris IN DATABASE {audited.database} SET pgaudit.log = 'read'")
    answer, lines = told(audited, "iris", asked)
    assert answer == "10" and "ia_journeys.fixes_asked()" in lines[0]


def test_a_server_without_it_says_so(store: SharedStore) -> None:
    found = prepared(store)
    assert not found.logs and found.words[0] in (NOT_INSTALLED, NOT_LOADED)
