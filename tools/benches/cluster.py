"""Runs on a standalone cluster of one or two workers, beside the core alone on a part of the same force; in core-seconds.

Wall time on a machine that others use as well says little, so what counts is the time that cores were at work, by process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tools.spark_cluster import QUICK_START

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
POLL_S = 0.5
SETTINGS = {
    "spark.executor.memory": "1g", "spark.driver.memory": "2g", "spark.sql.shuffle.partitions": "8",
    "spark.executor.extraJavaOptions": QUICK_START, "spark.driver.extraJavaOptions": QUICK_START,
}  # fmt: skip


@dataclass
class Work:
    """What the processes below one have done: CPU seconds by process, and the most memory that a Python held (MB)."""

    seconds: dict[tuple[int, str], float] = field(default_factory=dict)
    java: dict[tuple[int, str], bool] = field(default_factory=dict)
    python_mb: float = 0.0
    java_mb: float = 0.0

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    @property
    def of_java(self) -> float:
        return sum(s for key, s in self.seconds.items() if self.java[key])


class Watch:
    """Looks at the processes below some others twice a second; use it in a ``with`` block.

    What a process does after the last look is lost: half a second each at most.
    """

    def __init__(self, roots: dict[str, int]) -> None:
        self.work = {name: Work() for name in roots}
        self._roots, self._over = roots, Event()
        self._thread = Thread(target=self._looks, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _looks(self) -> None:
        while not self._over.wait(POLL_S):
            facts = dict(_processes())
            children: dict[int, list[int]] = {}
            for pid, (parent, *_) in facts.items():
                children.setdefault(parent, []).append(pid)
            for name, root in self._roots.items():
                waiting = [root]
                while waiting:
                    pid = waiting.pop()
                    waiting += children.get(pid, [])
                    if pid in facts:
                        self._note(self.work[name], pid, *facts[pid])

    def _note(self, work: Work, pid: int, _parent: int, name: str, born: str, seconds: float) -> None:
        key, java = (pid, born), "java" in name
        work.seconds[key], work.java[key] = seconds, java
        peak = _peak_mb(pid)
        if java:
            work.java_mb = max(work.java_mb, peak)
        else:
            work.python_mb = max(work.python_mb, peak)


def _processes() -> Iterable[tuple[int, tuple[int, str, str, float]]]:
    """Process -> (its parent, its program, when it was born, CPU seconds)."""
    for pid in (int(name) for name in os.listdir("/proc") if name.isdigit()):
        try:
            name, _, rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:
            continue  # it has ended
        words = rest.split()
        yield pid, (int(words[1]), name.partition("(")[2], words[19], (int(words[11]) + int(words[12])) / TICK)


def _peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def cluster_run(folder: Path, workers: int, *given: str) -> dict[str, Any]:
    """One run of the plan in a folder on a cluster of so many workers of one core.

    Returns
    -------
    ``core_s`` of all processes, ``driver_s`` and ``worker_s`` (each) of it, ``java_s`` of it; ``chain_s``, the CPU of the driver and of the
    busiest worker, which is the wall time of an idle machine where they never work at once; ``task_mb``, ``driver_mb``, ``wall_s``; what
    the run counted.
    """
    from tools.spark_cluster import packed_plugin, standalone_cluster, submit

    for name in ("runs", "out", "cluster"):
        shutil.rmtree(folder / name, ignore_errors=True)
    began = time.monotonic()
    with standalone_cluster(folder / "cluster", workers) as cluster:
        zip_file = packed_plugin(folder / "cluster")
        begun = submit(folder / "plan.toml", cluster.master, zip_file, *given, settings=SETTINGS)
        roots = {"driver": begun.pid, **{f"worker {k}": w.pid for k, w in enumerate(cluster.workers)}}
        with Watch(roots) as watch:
            said, _ = begun.communicate()
        if begun.returncode:
            raise RuntimeError(said[-2_000:])
    work = watch.work
    of_workers = [work[f"worker {k}"].total for k in range(workers)]
    newest = max((folder / "runs" / "manifests").iterdir())
    counts = json.loads(newest.read_text(encoding="utf-8"))["counts"]
    return {
        "core_s": round(sum(w.total for w in work.values()), 1), "driver_s": round(work["driver"].total, 1),
        "worker_s": [round(s, 1) for s in of_workers], "java_s": round(sum(w.of_java for w in work.values()), 1),
        "chain_s": round(work["driver"].total + max(of_workers), 1), "wall_s": round(time.monotonic() - began, 1),
        "task_mb": round(max(work[n].python_mb for n in work if n != "driver")),
        "driver_mb": round(max(work["driver"].python_mb, work["driver"].java_mb)),
        "summary_mb": round((folder / "out" / "summary.gpkg").stat().st_size / 2**20, 1),
        "counts": counts, "said": said.splitlines(),
    }  # fmt: skip


def core_alone(folder: Path, fixes: int = 300_000) -> dict[str, Any]:
    """The method alone on a task's worth of a force, by the cluster's Python and libraries: CPU seconds, no reading, no packing."""
    from tools.spark_cluster import PYTHON

    command = [str(PYTHON), "-m", "tools.benches.cluster", str(folder), str(fixes)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return json.loads(done.stdout.splitlines()[-1])


def _alone(folder: Path, wanted: int) -> dict[str, Any]:
    import warnings

    import numpy as np
    import pandas as pd

    from ia_plugin.cluster.force import linkable
    from ia_plugin.core.params import TrackParams
    from ia_plugin.core.summaries.compute import ForceFacts, by_area_day, by_officers
    from ia_plugin.core.summaries.publish import published
    from ia_plugin.core.tracks import gap_limits
    from ia_plugin.gpkg.geopackage import GeoPackage

    warnings.simplefilter("ignore")
    days = sorted((folder / "fixes").iterdir())[:84]
    first = pd.read_parquet(days[0])
    share = wanted / (len(first) * len(days) * 0.9)
    officers = np.sort(first["officer_id"].unique())
    some = set(officers[: max(1, int(len(officers) * min(1.0, share)))])
    rows = (pd.read_parquet(d) for d in days)
    fixes = pd.concat([r[r["officer_id"].isin(some)] for r in rows], ignore_index=True)
    fixes["time"] = fixes["time"].astype("datetime64[ns, UTC]")
    fixes = fixes.sort_values(["officer_id", "time"], ignore_index=True)
    events = linkable(pd.read_parquet(folder / "events"))
    assert events is not None
    events = events[events["start"] < fixes["time"].max()].reset_index(drop=True)
    with GeoPackage(folder / "areas.gpkg", create=False) as file:
        areas = file.read("areas")
    seconds = fixes["time"].diff().dt.total_seconds().where(fixes["officer_id"].eq(fixes["officer_id"].shift()))
    tracks = TrackParams(max_gap_by_source=tuple((str(s), g) for s, g in gap_limits(seconds.to_numpy()).items()))
    facts = ForceFacts(areas, events, tracks=tracks)
    _ = facts.prepared, facts.headline
    by_officers(fixes.head(2_000), facts)  # what is imported and worked out once
    began = time.process_time()
    parts = by_officers(fixes, facts)
    cells = by_area_day([parts])
    published(cells.time_use, cells.cover, cells.officers_seen, cells.visit_lengths)
    return {"fixes": len(fixes), "officers": len(some), "core_s": round(time.process_time() - began, 2)}


def cluster(fixes: int, officers: int, workers: Sequence[int]) -> dict[str, Any]:
    """A force of about so many fixes: the core alone, and a run by so many workers for each number of them.

    Returns
    -------
    ``fixes, officers, weeks`` as written, ``alone`` (:func:`core_alone`) and ``workers``: number -> :func:`cluster_run`.
    """
    from ia_plugin.cluster.plan import RESTRICTED

    from .cluster_force import write_force, write_plan

    folder = ROOT / "build" / "bench" / "cluster"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        written = write_force(folder, fixes, officers)
        write_plan(folder, RESTRICTED)
        runs = {str(n): cluster_run(folder, n) for n in workers}
        return {**written, "alone": core_alone(folder), "workers": runs}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    print(json.dumps(_alone(Path(sys.argv[1]), int(sys.argv[2]))))
