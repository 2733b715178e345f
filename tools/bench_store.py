"""Time the store's writer against ogr2ogr on the same file, in the same run: one JSON line a job.

python tools/bench_store.py [rows]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

FOLDER = ROOT / "build" / "bench"
JOBS = ("ours", "ours_from_csv", "read_csv", "ogr2ogr", "ogr2ogr_indexes", "read_back")
KEPT = ["officer_id", "time", "x", "y", "unit", "accuracy_m"]


def run(job: str, rows: int = 1_000_000) -> dict[str, Any]:
    """Run one job in this process; prints and gives a JSON line with rows a second and the peak memory.

    ``ours`` writes a table in memory with its indexes on time, officer, hour, weekday and place; ``ours_from_csv``
    reads it from text first, in chunks; ``ogr2ogr`` converts the same text with its spatial index alone, and
    ``ogr2ogr_indexes`` adds the indexes on columns.
    """
    seconds = {
        "ours": _ours,
        "ours_from_csv": _ours_from_csv,
        "read_csv": _read_csv,
        "ogr2ogr": _ogr2ogr,
        "ogr2ogr_indexes": lambda csv, n: _ogr2ogr(csv, n, indexes=True),
        "read_back": _read_back,
    }[job](_csv(rows), rows)
    who = resource.RUSAGE_CHILDREN if job.startswith("ogr2ogr") else resource.RUSAGE_SELF
    line = {
        "job": f"store: {job}",
        "rows": rows,
        "seconds": round(seconds, 2),
        "rows_per_s": round(rows / seconds),
        "memory_mb": round(resource.getrusage(who).ru_maxrss / 1024),
    }
    print(json.dumps(line), flush=True)
    return line


def _csv(rows: int) -> Path:
    """The file of fixes, made once."""
    path = FOLDER / f"fixes_{rows}.csv"
    if not path.exists():
        from tools.benches import data

        FOLDER.mkdir(parents=True, exist_ok=True)
        table = data.fixes(rows).assign(unit="North", accuracy_m=5.0)
        table["time"] = table["time"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        table.round(2)[KEPT].to_csv(path.with_suffix(".part"), index=False)
        path.with_suffix(".part").rename(path)
    return path


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _frames(csv: Path, chunk: int) -> Any:
    import pandas as pd

    from ia_plugin.store.values import times_of

    for part in pd.read_csv(csv, dtype={"officer_id": "category", "unit": "category"}, chunksize=chunk):
        part["time"] = times_of(part["time"].tolist())
        civil = part["time"].dt.tz_convert("Europe/London")
        yield part.assign(local_hour=civil.dt.hour, local_weekday=civil.dt.weekday)


def _fresh(name: str) -> Path:
    path = FOLDER / name
    for old in (path, Path(f"{path}-journal")):
        old.unlink(missing_ok=True)
    return path


def _indexes() -> list[tuple[str, ...]]:
    return [("time",), ("officer_id", "time"), ("local_hour",), ("local_weekday",)]


def _ours(csv: Path, rows: int) -> float:
    from ia_plugin.store.geopackage import GeoPackage

    (table,) = _frames(csv, rows)

    def write() -> None:
        with GeoPackage(_fresh("ours.gpkg")) as package:
            package.append("fixes", table, _indexes())

    return _timed(write)


def _ours_from_csv(csv: Path, rows: int) -> float:
    from ia_plugin.store.geopackage import GeoPackage

    def write() -> None:
        with GeoPackage(_fresh("ours.gpkg")) as package, package.loading("fixes", _indexes()) as load:
            for part in _frames(csv, 200_000):
                load.append(part)

    return _timed(write)


def _read_back(csv: Path, rows: int) -> float:
    from ia_plugin.store.geopackage import GeoPackage

    if not (FOLDER / "ours.gpkg").exists():
        _ours(csv, rows)
    with GeoPackage(FOLDER / "ours.gpkg") as package:
        return _timed(lambda: package.read("fixes"))


def _read_csv(csv: Path, rows: int) -> float:
    import pandas as pd

    return _timed(lambda: pd.read_csv(csv))


def _ogr2ogr(csv: Path, rows: int, indexes: bool = False) -> float:
    path = _fresh("ogr2ogr.gpkg")
    options = ["-oo", "X_POSSIBLE_NAMES=x", "-oo", "Y_POSSIBLE_NAMES=y", "-oo", "AUTODETECT_TYPE=YES"]
    command = ["ogr2ogr", "-q", "-f", "GPKG", str(path), str(csv), *options, "-a_srs", "EPSG:27700", "-nln", "fixes"]
    made = [
        ["ogrinfo", "-q", str(path), "-sql", f"CREATE INDEX i_{c} ON fixes ({c})"] for c in ("time", "officer_id, time")
    ]
    made = [[*m[:-1], m[-1].replace("i_officer_id, time", "i_officer_time")] for m in made]

    def convert() -> None:
        for step in [command, *(made if indexes else [])]:
            subprocess.run(step, check=True, stdout=subprocess.DEVNULL)

    return _timed(convert)


def main() -> int:
    if len(sys.argv) > 2:
        run(sys.argv[2], int(sys.argv[1]))
        return 0
    rows = sys.argv[1] if len(sys.argv) == 2 else "1000000"
    _csv(int(rows))
    for job in JOBS:
        # Each job in a process of its own, so that its peak memory is its own.
        subprocess.run([sys.executable, __file__, rows, job], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
