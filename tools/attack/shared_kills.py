"""A loader of a shared store, or the server's process that serves it, is killed at any moment; one more run, and nothing is lost or doubled.

    python -m tools.attack.shared_kills --n 60 --seed 1

Each round copies a database that holds a store of one day, and begins to take in three more files and to compute their days; SIGKILL
goes to the program, or to the server's own process (all of the server starts anew then). The same run is done again: every table
must hold what it holds where nothing happened, no month may be left beside its table, and nobody may hold a lock.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ia_plugin.core.columns import TABLES
from ia_plugin.core.errors import StoreError
from ia_plugin.core.movement import default_model
from ia_plugin.core.params import PresenceParams
from ia_plugin.pgcopy.driver import Connection
from ia_plugin.store.imports import bring_file
from ia_plugin.store.move import STAYS, held
from ia_plugin.store.postgis.home import PostgisStore
from ia_plugin.store.refresh import refresh, set_areas
from tests.support.postgis import Cluster, started
from tests.support.shared_store import SharedStore, shared_store
from tests.support.stores import AREAS, AT, KEY, extract

LOADER, BACKEND = "the loader", "its process of the server"
_ORPHANS = (
    "SELECT count(*) FROM pg_class c WHERE relnamespace = 'ia_restricted'::regnamespace AND relname ~ '_[0-9]{4}_[0-9]{2}$' "
    "AND relkind = 'r' AND NOT relispartition"
)
_LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
_PID = "SELECT pid FROM pg_stat_activity WHERE usename = 'lee' AND datname = current_database()"


def work(target: str, files: list[Path]) -> None:
    """Take files in and compute their days."""
    with PostgisStore(target, KEY) as store:
        for path in files:
            bring_file(store, path, at=AT)
        set_areas(store, AREAS)
        refresh(store, presence_params=PresenceParams(method="linear"), model=default_model())


def contents(target: str) -> dict[str, object]:
    """What each table holds, and how many officer-days there are."""
    with PostgisStore(target, KEY) as store:
        found: dict[str, object] = {n: held(store, n) for n in TABLES if n not in STAYS and store.is_written(n)}
        found["officer_days"] = store.db.execute(
            "SELECT count(*), count(DISTINCT officer_day) FROM ia_restricted.officer_days"
        )
        return {**found, "dirty days": store.dirty_days()}


def in_child(job: Callable[[], None]) -> int:
    """Begin a job in a process of its own; its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.close(2)  # an error of a child whose server is killed is expected
        job()
    except StoreError:
        os._exit(3)
    except BaseException:
        os._exit(4)
    os._exit(0)


def wait_until_up(cluster: Cluster) -> None:
    """A server whose process was killed starts anew by itself."""
    for _ in range(300):
        try:
            with Connection(cluster.target("postgres")) as db:
                db.execute("SELECT 1")
                return
        except StoreError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up again")


class Rounds:
    """A store to begin from, what it comes to, and how long that takes."""

    def __init__(self, start: SharedStore, files: list[Path]) -> None:
        self.cluster, self.start, self.files = start.cluster, start, files
        began = time.monotonic()
        with self.copy() as target:
            work(target, files)
            self.seconds = time.monotonic() - began
            self.expected = contents(target)

    def copy(self) -> _Copy:
        return _Copy(self.cluster, self.start.database)

    def round(self, what: str, rng: random.Random) -> tuple[bool, list[str]]:
        """(whether the run was killed before it ended, what is wrong after one more)."""
        with self.copy() as target:
            pid = in_child(lambda: work(target, self.files))
            after_s = rng.uniform(0, self.seconds)
            time.sleep(after_s)
            if what == LOADER:
                os.kill(pid, signal.SIGKILL)
            else:
                with Connection(target.replace("user=lee", "user=dba")) as db:
                    for (backend,) in db.execute(_PID):
                        os.kill(int(backend), signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            wait_until_up(self.cluster)
            work(target, self.files)
            wrong = [
                f"{name} is {now}, not {self.expected[name]}"
                for name, now in contents(target).items()
                if now != self.expected[name]
            ]
            with Connection(target.replace("user=lee", "user=dba")) as db:
                for sql, words in ((_ORPHANS, "months stand beside their table"), (_LOCKS, "locks are held")):
                    count = db.execute(sql)[0][0]
                    wrong += [f"{count} {words}"] if count else []
        where = f"{what}, killed after {after_s:.2f} of {self.seconds:.2f} s"
        return status != 0, [f"{where}: {text}" for text in wrong]


class _Copy:
    """A copy of a database, dropped at the end of the block."""

    made = 0

    def __init__(self, cluster: Cluster, database: str) -> None:
        _Copy.made += 1
        self._cluster, self._of, self._name = cluster, database, f"copy_{_Copy.made}"

    def __enter__(self) -> str:
        self._cluster.psql(f"CREATE DATABASE {self._name} TEMPLATE {self._of} STRATEGY file_copy")
        for role, what in (("ia_loader, ia_analyst, ia_auditor", "CONNECT"), ("ia_owner", "CREATE"), ("ia_loader", "TEMPORARY")):  # fmt: skip
            self._cluster.psql(f"GRANT {what} ON DATABASE {self._name} TO {role}")
        return self._cluster.target(self._name, "lee")

    def __exit__(self, *error: object) -> None:
        self._cluster.psql(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")


def attack(n: int, seed: int, fixes: int = 60) -> tuple[int, list[str]]:
    """(rounds in which something was killed in mid-run, what was wrong)."""
    rng, killed = random.Random(seed), 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder, started() as cluster, shared_store(cluster, filled=False) as start:
        days = ("2024-06-03", "2024-06-04", "2024-06-30", "2024-07-05")
        files = [extract(Path(folder) / f"{i}.csv", day=day, seed=i, fixes=fixes) for i, day in enumerate(days)]
        work(start.target("lee"), files[:1])
        rounds = Rounds(start, files[1:])
        for i in range(n):
            was_killed, found = rounds.round((LOADER, BACKEND)[i % 2], rng)
            killed += was_killed
            wrong += found
            print(f"{i + 1}/{n}", *found, sep="\n  " if found else " ", flush=True)
    return killed, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    killed, wrong = attack(given.n, given.seed)
    print(
        f"{given.n} runs of the loader, {killed} of them killed in mid-run: {len(wrong)} rows lost or doubled, months or locks left"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
