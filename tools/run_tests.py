"""All passes of the tests, one summary at the end: ``make test``, and ``make testall`` with those marked ``long``.

Each of three time zones of the machine has two runs: without QGIS, and inside a QGIS that pytest-qgis starts (see
tests/conftest.py). The first two zones run the tests that read or tell times, the last one all; `make test` leaves the
first out, which London is in winter. Two runs go side by side, and each one's words come out together when it ends. A
run that fails does not keep the others from running; the exit status says whether all were good.

    python tools/run_tests.py [--all] [tests/core …]
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NO_TESTS = 5  # pytest's exit status where none was asked for
# Of the machine, and the marks run there.
ZONES = (("UTC", "clocks"), ("America/New_York", "clocks"), ("Europe/London", ""))
SHORT = "not long"
# QGIS is not taken down: on what a failed test leaves it may crash, before the report is out.
KINDS = {"without QGIS": (), "inside QGIS": ("-p", "pytest_qgis", "--qgis_disable_exit")}
# All tests without QGIS take longest, so they are cut into runs of about the same length; "the rest" is one more.
ROOMS: tuple[tuple[str, ...], ...] = (("tests/core",), ("tests/store", "tests/cluster"))
SLOWEST = ("--durations=8", "--durations-min=5")  # seconds: what to thin first
WORDS = ("passed", "failed", "errors", "skipped")


def counts_of(said: str) -> Counter[str]:
    """How many tests passed, failed, …: the sum of all closing lines of pytest in a text."""
    found: Counter[str] = Counter()
    for closing in re.findall(r"^=*\s*((?:\d+ \w+(?:, )?)+) in [\d.]+s", said, re.M):
        for count, word in re.findall(r"(\d+) (\w+)", closing):
            found["errors" if word == "error" else word] += int(count)
    return found


@dataclass(frozen=True)
class Pass:
    """One run of pytest: where, what it said, and how it ended."""

    name: str
    status: int
    seconds: float
    said: str

    @property
    def good(self) -> bool:
        return self.status in (0, NO_TESTS)

    @property
    def counts(self) -> Counter[str]:
        return counts_of(self.said)


@dataclass(frozen=True)
class Share:
    """What one run of pytest does: a time zone, a kind of run, and which tests.

    >>> Share("UTC", "without QGIS", ("-q",)).name
    'UTC, without QGIS'
    """

    zone: str
    kind: str
    options: tuple[str, ...]
    tests: tuple[str, ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        return ", ".join(filter(None, (self.zone, self.kind, self.title)))


def zones_of(also_long: bool) -> tuple[tuple[str, str], ...]:
    """The time zones of a run, those that read times alone first."""
    return ZONES if also_long else ZONES[1:]


def shares(kind: str, tests: list[str], also_long: bool = False) -> list[Share]:
    """The runs of one kind, the longest first. All tests without QGIS are cut by rooms, so that both lanes end together."""
    found = []
    for zone, mark in reversed(zones_of(also_long)):
        marks = " and ".join(filter(None, (mark, "" if also_long else SHORT)))
        options = ("-q", "-m", marks) if mark else ("-m", marks) if marks else ()
        if mark or tests or kind != "without QGIS":
            found.append(Share(zone, kind, options, tuple(tests)))
            continue
        found += [Share(zone, kind, options, rooms, " ".join(rooms)) for rooms in ROOMS]
        rest = tuple(f"--ignore={room}" for rooms in ROOMS for room in rooms)
        found.append(Share(zone, kind, (*options, *rest), (), "the rest"))
    return found


def run(share: Share) -> Pass:
    env = {
        **os.environ,
        "TZ": share.zone,
        "OMP_NUM_THREADS": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *KINDS[share.kind], *SLOWEST, *share.options, *share.tests],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return Pass(share.name, done.returncode, time.monotonic() - began, done.stdout)


def in_turn(own: list[Share], common: deque[Share]) -> list[Pass]:
    """One lane: its own runs one after the other, then what is left of the common ones. Each is printed when it ends."""
    passes = []
    own = own[::-1]
    while own or common:
        try:
            share = own.pop() if own else common.popleft()
        except IndexError:  # the other lane took the last
            break
        done = run(share)
        # One write, so that the two lanes do not mix their lines.
        sys.stdout.write(f"\n── {done.name} ──\n{done.said.rstrip()}\n")
        sys.stdout.flush()
        passes.append(done)
    return passes


def summary(passes: list[Pass]) -> str:
    """A line for each pass, and the sum of all last."""
    lines = []
    total: Counter[str] = Counter()
    for done in passes:
        total += done.counts
        counts = ", ".join(f"{done.counts[w]:,} {w}" for w in WORDS if done.counts[w]) or "no tests"
        word = "good" if done.good else f"FAILED (pytest's exit status {done.status})"
        lines.append(f"{done.name:48} {word}: {counts}, {done.seconds:.0f} s")
    # A pass that ended before its closing line, by a crash say, counts as one that failed.
    silent = sum(not done.good and not done.counts["failed"] + done.counts["errors"] for done in passes)
    failed = total["failed"] + total["errors"] + silent
    return "\n".join([*lines, f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped"])


def main(asked: list[str]) -> int:
    also_long, tests = "--all" in asked, [a for a in asked if a != "--all"]
    kinds = list(KINDS)
    if importlib.util.find_spec("pytest_qgis") is None:
        print("test: pytest-qgis is not installed, so no test runs inside QGIS")
        kinds = kinds[:1]
    print(
        f"running the tests under {len(zones_of(also_long))} time zones, {' and '.join(kinds)}; a few minutes …",
        flush=True,
    )
    common = deque(shares(kinds[0], tests, also_long))
    # One QGIS at a time, for its runs share a profile; that lane then helps with the others.
    own = [shares(kind, tests, also_long) for kind in kinds[1:]] or [[]]
    with ThreadPoolExecutor(2) as pool:
        lanes = list(pool.map(lambda runs: in_turn(runs, common), [*own, []]))
    passes = [done for each in lanes for done in each]
    print("\n" + summary(passes))
    return 0 if all(done.good for done in passes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
