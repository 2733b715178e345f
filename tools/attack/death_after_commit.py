"""A process ends right after each commit of a store, or a commit fails; after one more run the store is as if nothing had been.

    python -m tools.attack.death_after_commit --n 200 --seed 1

Imports, a refresh, other areas and a purge are each done undisturbed once, and then again and again: the process ends after
the first commit, the second, …, or the commit itself fails (full disk, locked). What a reader finds right after must be a
state that the undisturbed run had between two commits with nothing left to do, or the store must say that it is being brought
up to date; what stands there after one more run must be what the undisturbed run left. VACUUM counts as a commit.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from ia_plugin.core.errors import StoreError
from ia_plugin.gpkg import connection
from ia_plugin.store.store import Store
from tools.attack.command import command
from tools.attack.small_force import (
    PURGED_BEFORE,
    Content,
    Step,
    content_of,
    differences,
    faults,
    run,
    stages,
    whole_content,
    write_extracts,
)

DIED, FAILED = 9, 3
DIES, IS_FULL, IS_LOCKED = "ends after", "full disk at", "locked at"
_MESSAGES = {IS_FULL: "database or disk is full", IS_LOCKED: "database is locked"}
AfterCommit = Callable[[int], None]


class Commits:
    """Counts the commits of every connection that is made meanwhile, and does something at one of them."""

    def __init__(self, how: str = "", at: int = 0, after: AfterCommit = lambda _n: None) -> None:
        self.n, self._how, self._at, self._after = 0, how, at, after
        self._looking = False

    def commit(self, execute: Callable[[], Any]) -> Any:
        """Do a COMMIT or a VACUUM, or what is to happen in its place."""
        if self._looking:
            return execute()
        self.n += 1
        if self.n == self._at and self._how in _MESSAGES:
            raise sqlite3.OperationalError(_MESSAGES[self._how])
        done = execute()
        if self.n == self._at and self._how == DIES:
            os._exit(DIED)
        self._looking = True
        self._after(self.n)
        self._looking = False
        return done


@contextmanager
def counted(commits: Commits) -> Iterator[None]:
    """Let `commits` see each commit that the product makes."""
    plain = sqlite3.connect

    class Watched(connection.PatientConnection):
        def execute(self, sql: str, *values: Any) -> Any:
            if sql == "PRAGMA secure_delete = ON":
                return super().execute("PRAGMA secure_delete = OFF")  # VACUUM alone must leave nothing
            if sql in ("COMMIT", "VACUUM"):
                return commits.commit(lambda: super(Watched, self).execute(sql, *values))
            return super().execute(sql, *values)

    connection.sqlite3.connect = lambda *a, **k: plain(*a, **{**k, "factory": Watched})  # type: ignore[assignment]
    try:
        yield
    finally:
        connection.sqlite3.connect = plain  # type: ignore[assignment]


def in_child(work: Callable[[], None]) -> int:
    """Do the work in a process of its own; its exit status (0, DIED, or FAILED where it was refused in words)."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        warnings.simplefilter("ignore")
        work()
        status = 0
    except StoreError:
        status = FAILED
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        os._exit(status)


class Stage:
    """One stage of a store's life: done undisturbed, then with deaths."""

    def __init__(self, home: Path, name: str, start: Optional[Path], steps: list[Step]) -> None:
        self.name, self._steps, self._start = name, steps, start
        self.clean, self._hit = home / name.replace(" ", "_"), home / "hit"
        self._copy(self.clean)
        self.whole = [whole_content(self.clean)] if start is not None else [{}]
        commits = Commits(after=lambda _n: self._remember())
        with counted(commits):
            run(self.clean, steps)
        self.commits, self.content = commits.n, whole_content(self.clean)
        self.whole.append(self.content)

    def _copy(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if self._start is not None:
            shutil.copytree(self._start, folder)

    def _remember(self) -> None:
        state = whole_content(self.clean)
        if state not in self.whole and not said_to_be_unfinished(self.clean):
            self.whole.append(state)

    def trial(self, how: str, at: int) -> list[str]:
        """What is wrong after a death or a failure at a commit, and after one more run."""
        self._copy(self._hit)
        where = f"{self.name}, {how} commit {at} of {self.commits}"
        with counted(Commits(how, at)):
            status = in_child(lambda: run(self._hit, self._steps))
        if status != (DIED if how == DIES else FAILED):
            return [f"{where}: exit status {status}"]
        said = []
        state = whole_content(self._hit)
        if state not in self.whole and not said_to_be_unfinished(self._hit):
            said.append("a half state is shown as finished")
        with counted(Commits()):
            if status := in_child(lambda: run(self._hit, self._steps)):
                said.append(f"the next run ends with {status}")
        said += differences(self.content, whole_content(self._hit)) + faults(self._hit)
        if self.name == "a purge":
            said += left_in_the_file(self._hit, content_of(self._start / "restricted.gpkg") if self._start else {})
        return [f"{where}: {text}" for text in said]


def said_to_be_unfinished(folder: Path) -> bool:
    """Whether who opens the store to read is told that it is being brought up to date."""
    try:
        with Store(folder) as store:
            return any("being brought up to date" in text for text in store.warnings)
    except StoreError:
        return False


def left_in_the_file(folder: Path, before: Content) -> list[str]:
    """Purged references that still stand in the bytes of the restricted file."""
    raw = (folder / "restricted.gpkg").read_bytes()
    rows = [dict(row) for row in before["restricted.gpkg/fixes"]]
    old = [r["source_ref"] for r in rows if str(r["time"]) < PURGED_BEFORE.strftime("%Y-%m-%dT%H:%M")]
    left = sum(str(reference).encode() in raw for reference in old)
    return [f"{left} of {len(old)} purged references stand in the file"] if left or not old else []


def attack(home: Path, n: int, seed: int) -> tuple[int, list[str]]:
    """(trials made, findings): at most `n`, drawn among all commits of all stages."""
    rng = random.Random(seed)
    made: dict[str, Stage] = {}
    for name, (start, steps) in stages(write_extracts(home / "extracts", seed)).items():
        made[name] = Stage(home, name, made[start].clean if start else None, steps)
    every = [(s, how, k) for s in made.values() for how in (DIES, *_MESSAGES) for k in range(1, s.commits + 1)]
    # Each death once before any failure; more than there are is as many as there are.
    rng.shuffle(every)
    every.sort(key=lambda trial: trial[1] != DIES)
    trials = every[:n]
    return len(trials), [text for stage, how, at in trials for text in stage.trial(how, at)]


def main() -> int:
    given = command(__doc__, 200, "deaths and failures at most").parse_args()
    warnings.simplefilter("ignore")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        tried, found = attack(Path(home), given.n, given.seed)
    print(*found, sep="\n")
    print(
        f"death_after_commit: {tried} deaths and failed commits, {len(found)} findings, {time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
