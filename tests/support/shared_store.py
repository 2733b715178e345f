"""A shared store with a person in each role, and three officer-days in it whose rows can be counted by hand.

Officer p1 has ten fixes on 3 June 2024 (officer-day ``d1``) and five on 4 June (``d2``); officer p2 seven on 3 June (``d3``).
The fixes of d1 stand at x = 400000, 400100, …, a minute apart from 06:00 UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ia_plugin.pgcopy.driver import Connection
from ia_plugin.store.postgis.migrations import prepare
from tests.support.postgis import Cluster

PEOPLE = {
    "lee": "ia_loader",
    "alice": "ia_analyst",
    "ivan": "ia_inspector",
    "iris": "ia_inspector",
    "olga": "ia_auditor",
}
PURPOSE = "checking a figure against the source system"
DAYS = {"d1": ("p1", "2024-06-03", 10), "d2": ("p1", "2024-06-04", 5), "d3": ("p2", "2024-06-03", 7)}
ASK = f"SELECT ia_journeys.ask('{{day}}', '{PURPOSE}') IS NOT NULL"
LOOK = "SELECT count(*) FROM ia_journeys.fixes"


@dataclass(frozen=True)
class SharedStore:
    """A prepared database; `psql` is what a person types, in one session."""

    cluster: Cluster
    database: str

    def psql(self, user: str, *commands: str) -> str:
        return self.cluster.psql(*commands, database=self.database, user=user, stop=False)

    def target(self, user: str) -> str:
        return self.cluster.target(self.database, user)

    def ask(self, user: str, day: str) -> None:
        assert self.psql(user, ASK.format(day=day)) == "t"

    def records(self) -> list[str]:
        """who|officer-day of each look that was asked for."""
        asked = "SELECT who, officer_day FROM ia_records.runs WHERE officer_day IS NOT NULL ORDER BY run_id"
        return self.psql("olga", asked).splitlines()


def people(cluster: Cluster) -> None:
    """A login for each of `PEOPLE`, once a cluster; the roles are there."""
    for name, role in PEOPLE.items():
        if not cluster.psql(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):
            cluster.psql(f"CREATE ROLE {name} LOGIN IN ROLE {role}")


@contextmanager
def shared_store(cluster: Cluster, filled: bool = True) -> Iterator[SharedStore]:
    with cluster.database() as name:
        with Connection(cluster.target(name)) as db:
            prepare(db)
        people(cluster)
        store = SharedStore(cluster, name)
        if filled:
            fill(store)
        yield store


def fill(store: SharedStore) -> None:
    steps = ["BEGIN", "SELECT ia_restricted.open_month('fixes', '2024-06-03Z')"]
    for day, (officer, date, fixes) in DAYS.items():
        begins = f"timestamptz '{date} 00:00+01'"
        steps.append(
            f"INSERT INTO ia_restricted.officer_days VALUES ('{day}', '{officer}', {begins}, {begins} + interval '1 day')"
        )
        steps.append(
            "INSERT INTO ia_restricted.fixes_2024_06 (officer_id, time, geom) "
            f"SELECT '{officer}', timestamptz '{date} 06:00Z' + i * interval '1 min', st_setsrid(st_point(400000 + 100 * i, 280000), 27700) "
            f"FROM generate_series(0, {fixes - 1}) i"
        )
    steps += ["SELECT ia_restricted.close_month('fixes', '2024-06-03Z')", "COMMIT"]
    said = store.psql("lee", *steps)
    assert "ERROR" not in said, said
    store.cluster.psql(
        "INSERT INTO ia_summary.cover (area_id, period, unit, resource_type, patrol_seconds, officers) VALUES ('A1', '2024-06-03 06:00Z', '(all)', '(all)', 600, 2)",
        database=store.database,
    )
    store.cluster.psql("ANALYZE", database=store.database)
