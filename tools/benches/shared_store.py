"""Fixes into a shared store by COPY BINARY, beside ogr2ogr with COPY: a server of the bench's own, thrown away after it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

SRID = 27_700


def postgis_load(n: int, folder: Path) -> dict[str, Any]:
    """`n` fixes with geometry into an empty month, its indexes made after; as many into the month that has its indexes; and by ogr2ogr.

    All three have the same columns; ogr2ogr makes the spatial index alone, after its rows.
    """
    import pandas as pd

    from ia_plugin.core.imports.accounts import Account
    from ia_plugin.core.privacy import Key
    from ia_plugin.store.postgis.home import PostgisStore
    from tests.support.postgis import started
    from tests.support.shared_store import shared_store

    from . import data

    at, key = pd.Timestamp("2024-07-01T00:00Z"), Key(b"a key for the bench alone")
    seconds: dict[str, float] = {}
    with (
        started(shared_buffers="256MB", max_wal_size="4GB", log_statement="none") as cluster,
        shared_store(cluster, filled=False) as shared,
    ):
        with PostgisStore(shared.target("lee"), key) as store:
            for i, what in enumerate(("empty", "indexed")):
                rows = data.fixes(n, seed=1 + i).assign(accuracy_m=10.0, unit="North", source_ref="a" * 16)
                began = time.perf_counter()
                with store.importing(Account(what, "affiliations"), what, at) as part:
                    part.add_fixes(rows)
                seconds[what] = time.perf_counter() - began
                assert store.count("fixes") == n * (i + 1)
            read = time.perf_counter()
            assert len(store.read("fixes")) == 2 * n
            seconds["read"] = (time.perf_counter() - read) / 2
        seconds["ogr2ogr"] = _ogr2ogr(_geopackage(folder, rows), cluster.target(shared.database))
    return {"rows": n, **{k: round(v, 2) for k, v in seconds.items()}}


def postgis_tracks(path: str, folder: Path) -> dict[str, Any]:
    """Whole runs of qgis_process: Build tracks of a GeoPackage's points, and of the same points as a layer of PostGIS."""
    from tests.support.postgis import started

    from .steps import algorithm

    fields = {"OFFICER_FIELD": "officer_id", "TIME_FIELD": "time", "IDS_ARE_PSEUDONYMS": True}
    with (
        started(shared_buffers="256MB", max_wal_size="4GB", log_statement="none") as cluster,
        cluster.database() as name,
    ):
        _ogr2ogr(Path(path), cluster.target(name))
        where = f"dbname='{name}' host=127.0.0.1 port={cluster.port} user='dba' key='fid' type=Point table=\"public\".\"by_ogr\" (geom)"
        found = {}
        for home, source in (("geopackage", path), ("postgis", f"postgres://{where}")):
            out = str(folder / f"tracks_{home}.gpkg")
            found[home] = algorithm("impactareas:buildtracks", {"INPUT": source, **fields, "OUTPUT": out})["seconds"]
    return found


def summary_opened(path: str, turns: int = 3) -> dict[str, Any]:
    """Seconds from a store's place to all figures of a filter, of a folder's summary and of the same in a database; the median of some turns."""
    import warnings

    import numpy as np

    from ia_plugin.core.filter_state import FilterState
    from ia_plugin.core.material.figures import figures
    from ia_plugin.store.open_summary import opened_summary
    from ia_plugin.store.postgis.home import PostgisStore
    from ia_plugin.store.summary import PUBLISHED, read_summary
    from tests.support.postgis import started
    from tests.support.shared_store import shared_store

    warnings.simplefilter("ignore")
    seconds: dict[str, list[float]] = {"geopackage": [], "postgis": []}
    with (
        started(shared_buffers="256MB", max_wal_size="4GB", log_statement="none") as cluster,
        shared_store(cluster, filled=False) as shared,
    ):
        with (
            opened_summary(path) as summary,
            PostgisStore(shared.target("lee")) as store,
            store.together("bench", declared=True),
        ):
            for name in ("areas", *(n for n in PUBLISHED if n in summary.tables())):
                store.put(name, summary.read(name))
        for _ in range(turns):  # in turn, so that a busy moment of the machine is both homes'
            for home, place in (("geopackage", path), ("postgis", shared.target("alice"))):
                began = time.perf_counter()
                figures(read_summary(place), FilterState())
                seconds[home].append(time.perf_counter() - began)
    return {home: round(float(np.median(took)), 2) for home, took in seconds.items()}


def _geopackage(folder: Path, rows: Any) -> Path:
    from ia_plugin.core.columns import FIXES
    from ia_plugin.gpkg.bulk_writer import BulkWriter
    from ia_plugin.gpkg.geopackage import GeoPackage

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "for_ogr2ogr.gpkg"
    path.unlink(missing_ok=True)
    with GeoPackage(path, epsg=SRID) as package, package.transaction():
        load = BulkWriter(package, FIXES, ())
        load.append(rows)
        load.finish()
    return path


def _ogr2ogr(path: Path, target: str) -> float:
    """Seconds that ogr2ogr takes, by COPY, in one transaction."""
    began = time.perf_counter()
    command = [
        "ogr2ogr",
        "-f",
        "PostgreSQL",
        f"PG:{target}",
        str(path),
        "-nln",
        "public.by_ogr",
        "--config",
        "PG_USE_COPY",
        "YES",
        "-gt",
        "unlimited",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began
