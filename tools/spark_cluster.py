"""A real standalone cluster of Spark on 127.0.0.1, from `make spark`'s environment; and a small force for it, over the change of October."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Optional

import numpy as np
import pandas as pd

from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from ia_plugin.store.versions import store_events
from tools.attack.batch_days import AREAS, KEY, add_fixes, invented_events, invented_fixes
from tools.package_plugin import package

QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
"""For Java programs that live for seconds: most of their time would go into making them fast."""
ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / "build" / "environments" / "spark" / "bin" / "python"
HOME = next(iter(PYTHON.parents[1].glob("lib/python3*/site-packages/pyspark")), None)
FIRST = pd.Timestamp("2024-10-24", tz="Europe/London").tz_convert(
    "UTC"
)  # of twelve days: the clocks change, October closes


def world(folder: Path, seed: int = 1, officers: int = 12, days: int = 12) -> pd.DataFrame:
    """A force's input, a folder a day, and the plan of a run beside it; its fixes."""
    rng = np.random.default_rng(seed)
    fixes = invented_fixes(rng, FIRST, days, officers)
    fixes = fixes.assign(time=fixes["time"].dt.round("s")).drop_duplicates(["officer_id", "time"], ignore_index=True)
    unit = fixes["officer_id"].str[-1].map(lambda digit: f"unit {int(digit) % 2}")  # each of enough officers to be told
    # One day's files know of no kind of radio: Parquet gives a column that holds nothing another kind than on other days.
    known = fixes["time"].dt.strftime("%Y-%m-%d") != "2024-10-30"
    fixes = fixes.assign(unit=unit, radio_kind=np.where(known, "handheld", None))
    events = invented_events(rng, fixes, 40).assign(version=1)
    events = events.assign(**{c: events[c].dt.round("s") for c in ("start", "end")})
    for day, rows in fixes.groupby(fixes["time"].dt.strftime("%Y-%m-%d")):
        write_day(folder, str(day), rows.sample(frac=1, random_state=seed))
    (folder / "events").mkdir()
    events.to_parquet(folder / "events" / "events.parquet", index=False, coerce_timestamps="us")
    with GeoPackage(folder / "areas.gpkg") as file:
        file.append("areas", AREAS)
    names = {"INPUT": "fixes", "OUTPUT": "runs", "AREAS": "areas.gpkg", "EVENTS": "events", "SUMMARY": "out/summary.gpkg"}  # fmt: skip
    lines = [f'{name} = "{folder / value}"' for name, value in names.items()]
    (folder / "plan.toml").write_text(
        "\n".join([*lines, 'RESTRICTED = ["officer_time", "visit_lengths_by_group"]', ""]), encoding="utf-8"
    )
    return fixes


def write_day(folder: Path, day: str, fixes: pd.DataFrame) -> Path:
    """One day's file of fixes, in the place of the one that is there."""
    path = folder / "fixes" / f"day={day}" / "fixes.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    fixes.to_parquet(path, index=False, coerce_timestamps="us")
    return path


def store_of(folder: Path, fixes: pd.DataFrame, events: pd.DataFrame, name: str = "store") -> Path:
    """The store that one process makes of the same; its summary."""
    with Store(folder / name, KEY) as store:
        set_areas(store, AREAS)
        add_fixes(store, fixes, "all")
        store_events(store, events)
        refresh(store)
    return folder / name / "summary.gpkg"


def environment() -> dict[str, str]:
    """What Spark's programs are given, whatever is set here; each Python writes nothing beside the checkout."""
    found = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK_", "PYSPARK_", "PYTHON", "IMPACTAREAS_"))}
    return {
        **found, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": str(PYTHON),
        "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", "SPARK_LAUNCHER_OPTS": QUICK_START,
    }  # fmt: skip


SMALL = {
    "spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2", "spark.executor.memory": "1g", "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": QUICK_START, "spark.executor.extraJavaOptions": QUICK_START, "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}  # fmt: skip
"""Settings of a run that lasts for seconds."""


def submit(
    plan: Path,
    master: str,
    zip_file: Optional[Path],
    *given: str,
    settings: Mapping[str, str] = SMALL,
    largest_kb: Optional[int] = None,
    program: Path = ROOT / "ia_plugin" / "cluster" / "submit.py",
) -> subprocess.Popen[str]:
    """A run that has begun, by spark-submit as an operator calls it; without a zip, of the checkout, which is quicker on one machine.

    With `largest_kb` no file may become larger, which is to it as if the disk were full there.
    """
    options = {"spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false", "spark.log.level": "ERROR", **settings}
    command = [str(PYTHON.parent / "spark-submit"), "--master", master]
    command += [] if zip_file is None else ["--py-files", str(zip_file)]
    command += [part for name, value in options.items() for part in ("--conf", f"{name}={value}")]
    limit = [] if largest_kb is None else ["bash", "-c", f'ulimit -f {largest_kb}; exec "$@"', "run"]
    return subprocess.Popen(
        [*limit, *command, str(program), str(plan), *given], env=environment() | ({} if zip_file else {"PYTHONPATH": str(ROOT)}), cwd=plan.parent, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip


def run(plan: Path, master: str, zip_file: Optional[Path], *given: str) -> tuple[int, str]:
    """A run to its end: its exit status, and what it said."""
    return finished(submit(plan, master, zip_file, *given))


def finished(begun: subprocess.Popen[str]) -> tuple[int, str]:
    """What a run that has begun ended with, and what it said."""
    said, _ = begun.communicate(timeout=600)
    return begun.returncode, said


def packed_plugin(folder: Path) -> Path:
    """The zip that a cluster is given."""
    return package(folder)


class StandaloneCluster:
    """A master and workers of one core each; `workers` are their processes."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self._folder, self.master = folder, f"spark://127.0.0.1:{_free_port()}"
        self._processes = [self._start("master.Master", "--host", "127.0.0.1", "--port", self.master.rpartition(":")[2], "--webui-port", "0")]  # fmt: skip
        self.workers = [self._worker(k) for k in range(workers)]

    def _worker(self, k: int) -> subprocess.Popen[bytes]:
        return self._start("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1200m", "--webui-port", "0", self.master, name=f"worker{k}")  # fmt: skip

    def _start(self, what: str, *arguments: str, name: str = "master") -> subprocess.Popen[bytes]:
        # What spark-class comes to, without a Java of its own to find that out.
        scala = next(HOME.glob("jars/spark-core_*.jar")).name.split("_")[1].partition("-")[0]
        env = {**environment(), "SPARK_WORKER_DIR": str(self._folder / "work"), "SPARK_SCALA_VERSION": scala}
        java = ["java", "-cp", f"{HOME}/jars/*", "-Xmx256m", *QUICK_START.split()]
        with (self._folder / f"{name}.log").open("wb") as log:
            begun = subprocess.Popen(
                [*java, f"org.apache.spark.deploy.{what}", *arguments],
                env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        if name == "master":
            self._wait_for("master.log", "I have been elected leader", 1)
        return begun

    def _wait_for(self, log: str, words: str, times: int) -> None:
        ends = time.monotonic() + 120
        while (self._folder / log).read_text(encoding="utf-8", errors="replace").count(words) < times:
            if time.monotonic() > ends:
                raise TimeoutError(f"{log} never said {words!r}")
            time.sleep(0.2)

    def stop(self) -> None:
        for process in (*self.workers, *self._processes):
            process.kill()
            process.wait()


@contextmanager
def standalone_cluster(folder: Path, workers: int = 2) -> Iterator[StandaloneCluster]:
    """A cluster while the block lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = StandaloneCluster(folder, workers)
    try:
        yield cluster
    finally:
        cluster.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


KEYS = {
    "time_use": ["area_id", "period", "activity"], "cover": ["area_id", "period"], "visit_lengths": ["area_id", "period"],
    "enough_officers": ["area_id", "period"], "visit_bands": ["month", "area_id", "band"],
    "group_time": ["month", "dimension", "value", "area_id", "weekday", "first_hour"], "event_cells": ["area_id", "period", "precision", "kind", "category"],
}  # fmt: skip


def differences(one: Path, other: Path) -> dict[str, float]:
    """Table.column -> the largest difference of two summaries, where there is any; rows that only one has count as infinite."""
    found: dict[str, float] = {}
    with GeoPackage(one, create=False) as a, GeoPackage(other, create=False) as b:
        for table, keys in KEYS.items():
            pair = [g.read(table) if table in g.tables() else pd.DataFrame(columns=keys) for g in (a, b)]
            x, y = (t.sort_values(keys, ignore_index=True) for t in pair)
            if not x[keys].equals(y[keys]) and len(x) + len(y):
                found[table] = float("inf")
                continue
            for name in x.columns:
                if x[name].dtype.kind == "f":
                    apart = float(np.nanmax(np.abs(x[name] - y[name]), initial=0.0))
                    apart = float("inf") if x[name].isna().ne(y[name].isna()).any() else apart
                else:
                    apart = 0.0 if x[name].equals(y[name]) else float("inf")
                if apart:
                    found[f"{table}.{name}"] = apart
    return found
