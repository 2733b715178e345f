"""Runs on a real standalone cluster, and `kill -9` of a Python at work, an executor, a worker, the driver, while they compute; and a full disk.

    python -m tools.attack.cluster_kills --n 5

A run that loses machines says what an undisturbed one says, to the digit; one whose driver is killed, or that finds no room for a file,
changes nothing, and the next run says the same again. Needs what `make spark` brings. The last line is the figure; the exit status is 1 where something differed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.attack.command import command
from tools.spark_cluster import HOME, differences, packed_plugin, run, standalone_cluster, submit, world

KINDS = ("python", "executor", "worker", "driver", "disk")
LARGEST_KB = (40, 900)
"""Between these lies the largest file that a run without room may write; its summary is larger."""
MARK = "tasks by officer"


def processes() -> dict[int, tuple[int, str]]:
    """Process -> (its parent, its command line)."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, encoding="utf-8", check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    return {int(pid): (int(parent), words[0] if words else "") for pid, parent, *words in rows}


def below(pid: int) -> list[tuple[int, str]]:
    """All processes that one has begun, and that those have."""
    known = processes()
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        for child, (parent, words) in known.items():
            if parent == one:
                found.append((child, words))
                waiting.append(child)
    return found


def victim(kind: str, workers: list[int], driver: int) -> int | None:
    """The process to kill, once there is one."""
    if kind == "driver":
        return next((pid for pid, words in below(driver) if "SparkSubmit" in words), driver)
    if kind == "worker":
        return workers[-1]
    words = "pyspark.daemon" if kind == "python" else "CoarseGrainedExecutorBackend"
    found = [pid for worker in workers for pid, args in below(worker) if words in args]
    return found[-1] if found else None  # of Pythons the last that was forked is one at work


def attacked(kind: str, folder: Path, zip_file: Path, rng: random.Random) -> tuple[bool, str]:
    """(whether something was killed in time, what was wrong) of one run of a world."""
    with standalone_cluster(folder / f"cluster_{kind}_{rng.randrange(10**6)}") as cluster:
        begun = submit(folder / "plan.toml", cluster.master, zip_file, "TASK_FIXES=1000")
        assert begun.stdout is not None
        said = []
        for line in begun.stdout:
            said.append(line)
            if MARK in line:
                break
        time.sleep(rng.uniform(0.5, 6.0))
        pid = None
        while pid is None and begun.poll() is None:
            pid = victim(kind, [w.pid for w in cluster.workers], begun.pid)
            time.sleep(0.1)
        killed = pid is not None and begun.poll() is None
        if killed and pid is not None:
            os.kill(pid, signal.SIGKILL)
        said.append(begun.communicate(timeout=600)[0] or "")
        if kind == "driver" and killed:
            if (folder / "out").exists():
                return True, "a run whose driver was killed put a summary out"
            status, words = run(folder / "plan.toml", cluster.master, zip_file, "STALE_S=1")
            return True, "" if status == 0 else f"the run after it ended with {status}: {words[-300:]}"
    return killed, "" if begun.returncode == 0 else f"it ended with {begun.returncode}: {''.join(said)[-300:]}"


def without_room(folder: Path, rng: random.Random) -> tuple[bool, str]:
    """As :func:`attacked`, of a night with a day put right on a disk that is full somewhere between the first file and the last."""
    plan, summary = folder / "plan.toml", folder / "out" / "summary.gpkg"
    status, words = run(plan, "local[2]", None)
    if status:
        return False, f"the night before ended with {status}: {words[-300:]}"
    before, manifests = summary.read_bytes(), sorted((folder / "runs" / "manifests").iterdir())
    day = sorted((folder / "fixes").iterdir())[5] / "fixes.parquet"
    os.utime(day)  # the same again, and the run must compute it again
    largest = rng.randint(*LARGEST_KB)
    said, _ = submit(plan, "local[2]", None, largest_kb=largest).communicate(timeout=600)
    if sorted((folder / "runs" / "manifests").iterdir()) != manifests:
        return True, f"a run that could write {largest} kB a file counts: {said[-300:]}"
    if summary.read_bytes() != before or len(list(summary.parent.iterdir())) != 1:
        return True, f"a run that could write {largest} kB a file changed what readers have"
    status, words = run(plan, "local[2]", None, "STALE_S=1")
    return True, "" if status == 0 else f"the run after it ended with {status}: {words[-300:]}"


def main() -> int:
    given = command(__doc__, len(KINDS), "kills").parse_args()
    if HOME is None or shutil.which("java") is None:
        print("cluster_kills: no Spark here (make spark brings it), nothing was killed")
        return 0
    rng, began, found, kills = random.Random(given.seed), time.monotonic(), [], 0
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        zip_file = packed_plugin(folder)
        world(folder, given.seed)
        expected = folder / "expected.gpkg"
        status, words = run(folder / "plan.toml", "local[2]", None, f"SUMMARY={expected}")
        found += [] if status == 0 else [f"undisturbed it ended with {status}: {words[-300:]}"]
        for k in range(given.n):
            shutil.rmtree(folder / "runs", ignore_errors=True)
            shutil.rmtree(folder / "out", ignore_errors=True)
            kind = KINDS[k % len(KINDS)]
            killed, wrong = without_room(folder, rng) if kind == "disk" else attacked(kind, folder, zip_file, rng)
            kills += killed
            apart = differences(expected, folder / "out" / "summary.gpkg") if not wrong else {}
            found += [f"{kind}: {wrong or apart}"] if wrong or apart else []
    print(*found, sep="\n")
    print(
        f"cluster_kills: {kills} of {given.n} runs killed in time, {len(found)} findings, {time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
