"""Two programs at one store: imports, refreshes and purges at once, a reader beside a writer, and one that must wait.

    python -m tools.attack.two_writers --n 60 --seed 1

Both runs must end well, and the store must be the one that they leave one after the other, in either order. Who waits must be
told of it, and of whom; a wait can be cancelled; a file that the other one took in meanwhile is known.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ia_plugin.store.store import Store
from ia_plugin.store.summary import read_summary
from tools.attack.command import command
from tools.attack.inside_qgis import DONE, REFUSED, Parameters, Said, StoreAtWork, need_qgis
from tools.attack.small_force import (
    KEY,
    Content,
    differences,
    faults,
    whole_content,
)

Run = tuple[str, Parameters]
HELD_S, CANCELLED_S = 4.0, 2.5
SAYS = "Another program is writing to this store"


class Campaign(StoreAtWork):
    """A store, what is done to it by two programs, and what that may come to."""

    def __init__(self, home: Path, seed: int) -> None:
        super().__init__(home, seed)
        (self.refresh,), (self.purge,) = self.work["a refresh"], self.work["a purge"]
        self.postings, self.first, self.events = self.work["imports"]
        self.second: Run = (self.first[0], {**self.first[1], "INPUT": str(self.extracts / "fixes_2.csv")})
        self._starts: dict[str, Path] = {}
        self._ends: dict[str, list[Content]] = {}
        self.begin("empty", [])
        self.begin("imported", [self.postings, self.first, self.events])
        self.begin("up to date", [self.postings, self.first, self.events, self.refresh])

    def begin(self, name: str, runs: list[Run]) -> None:
        """Make a store to start from."""
        shutil.rmtree(self.store, ignore_errors=True)
        for run in runs:
            self.alone(run)
        self._starts[name] = self.home / name
        if self.store.exists():
            shutil.copytree(self.store, self._starts[name])

    def copy(self, start: str) -> None:
        self.put_back(self._starts[start])

    def alone(self, run: Run) -> None:
        said = self.qgis.in_child(*run)
        if said.status != DONE:
            raise SystemExit(f"{run[0]} does not work alone: {said.text()}")

    def may_end(self, start: str, one: Run, other: Run) -> list[Content]:
        """What the two leave one after the other, in either order, once all is computed."""
        name = f"{start} {one} {other}"
        if name not in self._ends:
            self._ends[name] = []
            for order in ((one, other), (other, one)):
                self.copy(start)
                for run in (*order, self.refresh):
                    self.alone(run)
                self._ends[name].append(whole_content(self.store))
        return self._ends[name]

    def at_once(self, start: str, one: Run, other: Run, apart_s: float) -> tuple[list[Said], list[str]]:
        """(what both said, what is wrong): the second begins `apart_s` after the first."""
        wanted = self.may_end(start, one, other)
        self.copy(start)
        first = self.qgis.start(*one)
        time.sleep(apart_s)
        second = self.qgis.start(*other)
        both = [first.wait(), second.wait()]
        wrong = [
            f"{run[0]} ends with {s.status}: {s.text()[-400:]}"
            for run, s in zip((one, other), both)
            if s.status != DONE
        ]
        self.alone(self.refresh)
        found = [differences(content, whole_content(self.store)) for content in wanted]
        return both, wrong + min(found, key=len) + faults(self.store)


def two_imports(campaign: Campaign, rng: random.Random) -> list[str]:
    """Of different files."""
    start, one, other = rng.choice(
        [
            ("empty", campaign.first, campaign.second),
            ("empty", campaign.postings, campaign.first),
            ("imported", campaign.second, campaign.events),
        ]
    )
    return campaign.at_once(start, one, other, rng.uniform(0, 0.3))[1]


def one_file_twice(campaign: Campaign, rng: random.Random) -> list[str]:
    """Two imports of one file: one takes it in, for the other it is known."""
    both, wrong = campaign.at_once("empty", campaign.first, campaign.first, rng.uniform(0, 0.2))
    known = sum("is in the store already" in said.text() for said in both)
    return wrong + [f"{known} of 2 imports found the file in the store"] * (known != 1)


def two_refreshes(campaign: Campaign, rng: random.Random) -> list[str]:
    """Of one folder: each file is taken in once, and counted as known by the other."""
    start = rng.choice(["empty", "imported"])
    both, wrong = campaign.at_once(start, campaign.refresh, campaign.refresh, rng.uniform(0, 0.5))
    files = len(list((campaign.home / "inbox").iterdir()))
    # Postings and first fixes came before.
    new, wanted = sum(int(said.results.get("FILES", 0)) for said in both), files - 2 * (start == "imported")
    return wrong + [f"two refreshes took in {new} files of {wanted}"] * (new != wanted)


def import_beside_refresh(campaign: Campaign, rng: random.Random) -> list[str]:
    """What is imported while days are computed is computed too, by the next refresh at the latest."""
    other = rng.choice([campaign.events, campaign.second])
    return campaign.at_once("imported", campaign.refresh, other, rng.uniform(0, 1.0))[1]


def refresh_beside_purge(campaign: Campaign, rng: random.Random) -> list[str]:
    """A purge takes nothing that is computed, a refresh brings nothing back."""
    pair = [campaign.refresh, campaign.purge]
    rng.shuffle(pair)
    return campaign.at_once("up to date", *pair, rng.uniform(0, 0.5))[1]


def reader_beside_writer(campaign: Campaign, rng: random.Random) -> list[str]:
    """Who reads gets one state or the other, and the writer gets through."""
    campaign.copy("up to date")
    # With another longest gap every day is due again.
    anew: Run = (campaign.refresh[0], {**campaign.refresh[1], "MAX_GAP": 600.0})
    writer = campaign.qgis.start(*rng.choice([anew, campaign.purge]))
    wrong = []
    for _ in range(5):
        time.sleep(rng.uniform(0, 0.2))
        try:
            read_summary(campaign.store)
            with Store(campaign.store) as store:
                for package in (store.restricted, store.summary):
                    for table in package.tables():
                        package.read(table)
        except Exception as error:
            wrong.append(f"reading ends with {type(error).__name__}: {error}")
    said = writer.wait()
    return wrong + [f"the writer ends with {said.status}: {said.text()[-400:]}"] * (said.status != DONE)


def _held(campaign: Campaign) -> int:
    """A process that writes to the store for a while; it has begun."""
    reading, writing = os.pipe()
    holder = os.fork()
    if holder:
        os.close(writing)
        with os.fdopen(reading, "rb") as begun:
            begun.read(1)
        return holder
    with Store(campaign.store, KEY) as store, store.together("import of a long file"):
        os.write(writing, b"!")
        os.close(writing)
        time.sleep(HELD_S)
    os._exit(0)


def told_of_waiting(campaign: Campaign, rng: random.Random) -> list[str]:
    """Who waits is told for whom, and goes on when it may."""
    campaign.copy("imported")
    run = rng.choice([campaign.refresh, campaign.purge, campaign.second])
    holder = _held(campaign)
    said = campaign.qgis.in_child(*run)
    os.waitpid(holder, 0)
    told = [text for _, text in said.sentences if SAYS in text]
    wrong = [f"{run[0]} waits and does not say so"] * (not told)
    wrong += [f"{run[0]} does not name who writes: {t}" for t in told[:1] if f"process {holder}" not in t]
    wrong += [f"{run[0]} ends with {said.status}: {said.text()[-400:]}"] * (said.status != DONE)
    campaign.alone(campaign.refresh)
    return wrong + faults(campaign.store)


def cancelled_while_waiting(campaign: Campaign, rng: random.Random) -> list[str]:
    """A run that waits can be cancelled, long before the other program ends."""
    campaign.copy("imported")
    before = whole_content(campaign.store)
    run = rng.choice([campaign.refresh, campaign.purge, campaign.second])
    holder = _held(campaign)
    said = campaign.qgis.in_child(*run, cancel_after_s=CANCELLED_S)
    holds = os.waitpid(holder, os.WNOHANG)[0] == 0
    if holds:
        os.waitpid(holder, 0)
    wrong = [f"{run[0]} was cancelled and ends with {said.status}: {said.text()[-300:]}"] * (said.status != REFUSED)
    wrong += [f"{run[0]} was cancelled and not told so: {said.text()[-300:]}"] * ("cancelled" not in said.text())
    return wrong + differences(before, whole_content(campaign.store)) + faults(campaign.store)


KINDS: tuple[Callable[[Campaign, random.Random], list[str]], ...] = (
    two_refreshes, two_imports, import_beside_refresh, refresh_beside_purge, one_file_twice, reader_beside_writer,
    told_of_waiting, cancelled_while_waiting,
)  # fmt: skip


def attack(home: Path, n: int, seed: int) -> list[str]:
    """Findings of `n` trials, every kind in turn."""
    campaign, found = Campaign(home, seed), []
    for k in range(n):
        kind = KINDS[k % len(KINDS)]
        found += [f"{kind.__name__} ({k}): {text}" for text in kind(campaign, random.Random(f"{seed} {k}"))]
    return found


def main() -> int:
    given = command(__doc__, 60, "meetings of two programs").parse_args()
    need_qgis()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        found = attack(Path(home), given.n, given.seed)
    print(*found, sep="\n")
    print(f"two_writers: {given.n} meetings, {len(found)} findings, {time.monotonic() - began:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
