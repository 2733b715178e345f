"""An affiliation extract into a store, beside what else reads or converts the same file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from .clock import clocked

PART = 1_000_000


def affiliation_csv(folder: Path, n: int) -> Path:
    """A CSV of `n` made-up affiliations as a force's system writes them, made once."""
    import numpy as np
    import pandas as pd

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"affiliations_{n}.csv"
    if path.exists():
        return path
    rng = np.random.default_rng(1)
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8", newline="") as out:
        for start in range(0, n, PART):
            row = np.arange(start, min(n, start + PART))
            when = pd.Timestamp("2024-06-03T06:00:00") + pd.to_timedelta(row // 1000 * 10, unit="s")
            table = pd.DataFrame(
                {
                    "Collar No": 20_000 + row % 1000,
                    "Date Time": when.strftime("%d/%m/%Y %H:%M:%S"),
                    "Latitude": np.round(52.4 + 0.2 * rng.random(len(row)), 6),
                    "Longitude": np.round(-2.0 + 0.2 * rng.random(len(row)), 6),
                    "Unit": np.where(row % 2, "North", "South"),
                    "Accuracy": 10,
                }
            )
            table.to_csv(out, index=False, header=start == 0)
    draft.rename(path)
    return path


def step_import(folder: Path, n: int) -> dict[str, Any]:
    """The whole import: read, parse, project, pseudonymise, write, index."""
    import pandas as pd

    from ia_plugin.core.privacy import Key
    from ia_plugin.store.imports import bring_file
    from ia_plugin.store.store import Store

    path, store = affiliation_csv(folder, n), folder / "store"
    shutil.rmtree(store, ignore_errors=True)
    kept: list[int] = []

    def imported() -> None:
        with Store(store, Key(b"a key for the bench alone")) as opened:
            account = bring_file(opened, path, at=pd.Timestamp("2024-07-01T00:00Z"))
        kept.append(account.rows_kept if account is not None else 0)

    took = clocked(imported)
    assert kept == [n]
    shutil.rmtree(store, ignore_errors=True)
    return _rates(n, took)


def step_ogr2ogr(folder: Path, n: int) -> dict[str, Any]:
    """ogr2ogr on the same file: points and their spatial index, times as text, nothing checked, nobody pseudonymised."""
    path, out = affiliation_csv(folder, n), folder / "ogr2ogr.gpkg"
    out.unlink(missing_ok=True)
    options = ["-oo", "X_POSSIBLE_NAMES=Longitude", "-oo", "Y_POSSIBLE_NAMES=Latitude", "-a_srs", "EPSG:4326"]
    command = ["ogr2ogr", "-f", "GPKG", str(out), str(path), *options]
    took = clocked(lambda: subprocess.run(command, check=True, capture_output=True))
    out.unlink()
    return _rates(n, took)


def step_read_csv(folder: Path, n: int) -> dict[str, Any]:
    """pandas.read_csv of the same file, and nothing else."""
    import pandas as pd

    path = affiliation_csv(folder, n)
    return _rates(n, clocked(lambda: pd.read_csv(path)))


def _rates(n: int, took: dict[str, float]) -> dict[str, Any]:
    """Rows a second, and a core-second."""
    return {"rows": n, **took, "rate": n / took["seconds"], "core_rate": n / took["cores"]}
