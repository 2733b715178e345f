"""A store under bad luck: newer, older and damaged files, an emptied half, a full disk, two writers, locks, killed readers.

    python -m tools.attack.store_faults --n 100 --seed 1

Each trial hurts a copy of a small store, brings new files into it and reads it. What cannot be done must be refused in
words (one of the product's own errors) and leave what was there; what is done must end, with one more run where the trouble has
gone, in the store that nothing happened to.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

from ia_plugin.core.errors import ImpactAreaError
from ia_plugin.core.privacy import Key
from ia_plugin.store.store import Store
from ia_plugin.store.summary import read_summary
from tools.attack.command import command
from tools.attack.small_force import KEY, Step, differences, faults, run, stages, whole_content, write_extracts

OTHER_KEY = Key(b"another key, of no force either")
DONE, REFUSED, BROKEN = 0, 3, 1
PAGE = 4096


def in_child(work: Callable[[], object]) -> tuple[int, str]:
    """(how the work ended in a process of its own, its last words)."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status, words = BROKEN, ""
        try:
            warnings.simplefilter("ignore")
            work()
            status = DONE
        except ImpactAreaError as error:
            status, words = REFUSED, str(error)
        except BaseException:
            words = " / ".join(traceback.format_exc().strip().splitlines()[-3:])
        os.write(writing, words.encode()[:60_000])
        os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as words:
        text = words.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


class Trial:
    """One copy of the store on its way through one piece of bad luck."""

    def __init__(self, campaign: Campaign, rng: random.Random) -> None:
        self.of, self.rng, self.folder = campaign, rng, campaign.home / "hurt"
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(campaign.start, self.folder)
        self.findings: list[str] = []

    def file(self) -> Path:
        return self.folder / self.rng.choice(["restricted.gpkg", "summary.gpkg"])

    def sql(self, path: Path, *statements: str) -> None:
        db = sqlite3.connect(path)
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.close()

    def write(self, key: Key = KEY) -> tuple[int, str]:
        """Bring the second round in."""
        return in_child(lambda: run(self.folder, self.of.steps, key))

    def read(self) -> tuple[int, str]:
        return in_child(lambda: (read_summary(self.folder), _read_all(self.folder)))

    def ends_well(self) -> None:
        """One more run, and the store is the one that nothing happened to."""
        status, words = self.write()
        if status != DONE:
            self.findings.append(f"cannot go on: {words}")
        self.findings += differences(self.of.content, whole_content(self.folder)) + faults(self.folder)

    def refused(self, words: str, key: Key = KEY) -> None:
        """Writing is refused in words, and what was there is there."""
        before = {p.name: p.read_bytes() for p in self.folder.iterdir()}
        status, text = self.write(key)
        if status != REFUSED or words not in text:
            self.findings.append(f"not refused with “{words}”: {status} {text}")
        if {p.name: p.read_bytes() for p in self.folder.iterdir()} != before:
            self.findings.append("refused, and yet something was written")

    def only_words(self, what: str, ended: tuple[int, str]) -> None:
        if ended[0] not in (DONE, REFUSED):
            self.findings.append(f"{what} ends with {ended[0]}: {ended[1]}")

    def can_be_read(self) -> None:
        status, words = self.read()
        if status != DONE:
            self.findings.append(f"cannot be read: {words}")


def newer(trial: Trial) -> None:
    """A file of a version that is not known yet."""
    path = trial.file()
    version = trial.rng.choice([10201, 10300, 10500, 99_999, 2**31 - 1])
    layout = trial.rng.randrange(3, 99)
    mark = f"UPDATE store_marks SET value = '{layout}' WHERE name = 'layout'"
    trial.sql(path, trial.rng.choice([f"PRAGMA user_version = {version}", mark]))
    trial.refused("newer version")


def older(trial: Trial) -> None:
    """A store of the version before there were marks."""
    for name in ("restricted.gpkg", "summary.gpkg"):
        version = trial.rng.choice([0, 10000, 10100, 10200])
        trial.sql(trial.folder / name, "DROP TABLE store_marks", f"PRAGMA user_version = {version}")
    trial.sql(trial.folder / "restricted.gpkg", "DROP TABLE intents")
    trial.can_be_read()
    trial.ends_well()


def half(trial: Trial) -> None:
    """A half that is lost or empty."""
    path = trial.file()
    kept = path.read_bytes()
    path.unlink() if trial.rng.random() < 0.5 else path.write_bytes(b"")
    trial.refused("one backup")
    trial.only_words("reading", trial.read())
    path.write_bytes(kept)
    trial.ends_well()


def mixed(trial: Trial) -> None:
    """A half of another day."""
    path = trial.file()
    kept = path.read_bytes()
    shutil.copy(trial.of.clean / path.name, path)
    trial.refused("older copy")
    trial.can_be_read()
    path.write_bytes(kept)
    trial.ends_well()


def without_fingerprint(trial: Trial) -> None:
    """A store that does not say any more which key it was written with."""
    statement = "DELETE FROM settings WHERE name = 'key_fingerprint'"
    trial.sql(trial.folder / "restricted.gpkg", trial.rng.choice([statement, "DELETE FROM settings"]))
    trial.refused("which key", trial.rng.choice([KEY, OTHER_KEY]))
    trial.can_be_read()


def other_key(trial: Trial) -> None:
    """A store that was written with another key."""
    trial.refused("another key", OTHER_KEY)
    trial.ends_well()


def damaged(trial: Trial) -> None:
    """Pages of noise, of nothing, a file cut short, a few bytes turned."""
    path, rng = trial.file(), trial.rng
    raw = bytearray(path.read_bytes())
    at = PAGE * rng.randrange(len(raw) // PAGE)
    how = rng.choice(["noise", "nothing", "cut", "bytes", "head", "text"])
    if how in ("noise", "nothing"):
        raw[at : at + PAGE] = rng.randbytes(PAGE) if how == "noise" else bytes(PAGE)
    elif how == "cut":
        del raw[rng.randrange(100, len(raw)) :]
    elif how == "text":
        raw = bytearray(b"this is no database")
    else:
        for _ in range(1 if how == "head" else 40):
            raw[rng.randrange(16, 100) if how == "head" else rng.randrange(len(raw))] ^= 255
    path.write_bytes(raw)
    trial.only_words(f"reading with {how} in {path.name}", trial.read())
    trial.only_words(f"writing with {how} in {path.name}", trial.write())


def full_disk(trial: Trial) -> None:
    """No file can grow beyond a size, the journals neither."""
    import resource

    most = max(p.stat().st_size for p in trial.of.clean.iterdir())
    limit = trial.rng.randrange(PAGE, most)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        run(trial.folder, trial.of.steps)

    trial.only_words(f"writing with room for {limit:,} bytes", in_child(limited))
    trial.ends_well()


def full_pages(trial: Trial) -> None:
    """The database itself has no room for more pages."""
    name, more = trial.file().name, trial.rng.randrange(40)

    def limited() -> None:
        with Store(trial.folder, KEY) as store:
            package = store.restricted if name.startswith("r") else store.summary
            (pages,) = package.execute("PRAGMA page_count")[0]
            package.execute(f"PRAGMA max_page_count = {pages + more}")
            for step in trial.of.steps:
                step(store)

    trial.only_words(f"writing with {more} pages left in {name}", in_child(limited))
    trial.can_be_read()
    trial.ends_well()


def two_writers(trial: Trial) -> None:
    """Two programs bring the same files in at once."""
    first = os.fork()
    if not first:
        status, words = in_child(lambda: run(trial.folder, trial.of.steps))
        if status not in (DONE, REFUSED):
            print(words, file=sys.stderr)
        os._exit(status if status >= 0 else BROKEN)
    time.sleep(trial.rng.uniform(0, 0.5))
    trial.only_words("the second writer", trial.write())
    trial.only_words("the first writer", (os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]), ""))
    trial.ends_well()


def locked(trial: Trial) -> None:
    """Another program reads or writes one of the files for a while."""
    path, how = trial.file(), trial.rng.choice(["BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
    holder = os.fork()
    if not holder:
        db = sqlite3.connect(path, isolation_level=None)
        db.execute(how)
        db.execute("SELECT count(*) FROM gpkg_contents").fetchone()
        time.sleep(trial.rng.uniform(0.1, 1.0))
        os._exit(0)
    trial.only_words(f"{how} on {path.name}: writing", trial.write())
    os.waitpid(holder, 0)
    trial.ends_well()


def killed_reader(trial: Trial) -> None:
    """A program that works with a write-ahead log, as QGIS does, is killed."""
    path = trial.file()
    holder = os.fork()
    if not holder:
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE" if trial.rng.random() < 0.5 else "BEGIN")
        db.execute("SELECT count(*) FROM gpkg_contents").fetchone()
        os._exit(0)  # without closing anything
    os.waitpid(holder, 0)
    if trial.rng.random() < 0.3:
        trial.can_be_read()
    trial.ends_well()


def protected(trial: Trial) -> None:
    """Files and folder may only be read."""
    trial.of.without_access(lambda: trial.refused("protected against writing"))
    trial.of.without_access(trial.can_be_read)
    trial.ends_well()


KINDS: tuple[Callable[[Trial], None], ...] = (
    newer, older, half, mixed, without_fingerprint, other_key, damaged, full_disk, full_pages, two_writers, locked,
    killed_reader, protected, damaged, full_disk,
)  # fmt: skip


class Campaign:
    """A store, the files of a second round, and what they come to when nothing happens."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home = home
        known = stages(write_extracts(home / "extracts", seed))
        self.start, self.clean = home / "start", home / "clean"
        self.steps: list[Step] = known["a second round"][1]
        run(self.start, known["a new store"][1])
        shutil.copytree(self.start, self.clean)
        run(self.clean, self.steps)
        self.content = whole_content(self.clean)

    @staticmethod
    def without_access(work: Callable[[], None]) -> None:
        """As a user who may only read (root may write anywhere)."""
        real = os.access
        os.access = lambda *_a, **_k: False  # type: ignore[assignment]
        try:
            work()
        finally:
            os.access = real


def _read_all(folder: Path) -> None:
    with Store(folder) as store:
        for package in (store.restricted, store.summary):
            for table in package.tables():
                package.read(table)


def attack(home: Path, n: int, seed: int) -> list[str]:
    """Findings of `n` trials, every kind of bad luck in turn."""
    campaign, found = Campaign(home, seed), []
    for k in range(n):
        kind = KINDS[k % len(KINDS)]
        trial = Trial(campaign, random.Random(f"{seed} {k}"))
        kind(trial)
        found += [f"{kind.__name__} ({k}): {text}" for text in trial.findings]
    return found


def main() -> int:
    given = command(__doc__, 100, "pieces of bad luck").parse_args()
    warnings.simplefilter("ignore")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        found = attack(Path(home), given.n, given.seed)
    print(*found, sep="\n")
    print(f"store_faults: {given.n} trials, {len(found)} findings, {time.monotonic() - began:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
