"""The server that the tests start: it answers, it is theirs, and nobody is let in from elsewhere."""

from __future__ import annotations

from tests.support.postgis import Cluster


def test_the_server_answers_and_stands_on_this_machine_alone(postgis: Cluster) -> None:
    with postgis.database() as name:
        assert postgis.psql("SELECT st_x(st_point(3, 4))", database=name) == "3"
    assert postgis.psql("SHOW listen_addresses") == "127.0.0.1"


def test_a_database_is_gone_with_its_test(postgis: Cluster) -> None:
    with postgis.database() as name:
        pass
    assert postgis.psql(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == "0"
