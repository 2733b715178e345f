"""What is timed: each step runs in a process of its own."""

from __future__ import annotations

import statistics
import time
import warnings
from functools import partial
from pathlib import Path
from typing import Any, Callable

from .call_worlds import call_worlds
from .clock import clocked, core_seconds
from .cluster import cluster
from .dock import dock_filter, map_of_areas
from .evaluation import (
    baseline_ratios,
    displacement_worlds,
    falling_back,
    matched_on_earlier_crime,
    panel_fits,
    permutations,
)
from .hour_worlds import association_worlds
from .imports import step_import, step_ogr2ogr, step_read_csv
from .outputs import legs_written, listed, parts_of_a_run
from .page import page_times
from .project_force import project_force_worlds
from .refresh import refresh_few, refresh_force, refresh_one
from .shared_store import postgis_load, postgis_tracks, summary_opened
from .trial_worlds import trial_worlds
from .visit_worlds import since_visit_year, visit_worlds

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"


A_PART = 10_000_000  # fixes of one group of officers


def timed(work: Callable[[], Any], runs: int = 1) -> tuple[float, Any]:
    """Median seconds of `runs` runs, and the last result."""
    seconds = []
    result = None
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result


def on_one_core(work: Callable[[], Any]) -> tuple[float, Any]:
    """Core-seconds of a step that runs on one, which other programs on the machine do not stretch; and its result."""
    began = core_seconds()
    result = work()
    return core_seconds() - began, result


def time_in_areas(
    n: int,
    areas: int = 39,
    vertices: int = 200,
    bounds: str = "pairs",
    method: str = "linear",
    tiles: tuple[int, int] = (70, 24),
) -> dict[str, Any]:
    """Ours: legs built, then shared among areas, `tiles` (across, up) that cover the ground where `areas` is 0; each timed."""
    from ia_plugin.core.params import PresenceParams
    from ia_plugin.core.presence import time_in_areas as share
    from ia_plugin.core.tracks import build_legs

    from . import data

    warnings.simplefilter("ignore")
    where = data.areas(areas, vertices) if areas else data.tiles(*tiles)
    params = PresenceParams(method=method, bounds=bounds)
    building = sharing = found = 0.0
    # A group of officers after the other, as a store's days are read: memory does not grow with the number of fixes.
    for i, part in enumerate(range(0, n, A_PART)):
        table = data.fixes(min(A_PART, n - part), seed=1 + i)
        took, legs = on_one_core(partial(build_legs, table))
        building += took
        took, shared = on_one_core(partial(share, legs, where, params))
        sharing, found = sharing + took, found + shared["seconds"].sum()
    return _rates(n, building, sharing, found)


def rival(library: str, n: int) -> dict[str, Any]:
    """Another library: its tracks built, then clipped by areas; each timed, imports left out."""
    from . import data, rivals

    warnings.simplefilter("ignore")
    build, clip = getattr(rivals, f"{library}_tracks"), getattr(rivals, f"{library}_seconds")
    table, where = data.fixes(n), data.areas()
    build(data.fixes(2 * 240))
    building, tracks = on_one_core(lambda: build(table))
    sharing, found = on_one_core(lambda: clip(tracks, where))
    return _rates(n, building, sharing, found.sum())


def _rates(n: int, building: float, sharing: float, found: float) -> dict[str, Any]:
    """Fixes a core-second, with tracks or legs ready and from fixes; and the hours found, to see that both did the same."""
    cores = building + sharing
    return {"rate": n / sharing, "rate_from_fixes": n / cores, "cores": cores, "hours": found / 3600}


def presence(n: int, method: str = "bridge") -> dict[str, Any]:
    from ia_plugin.core.params import PresenceParams
    from ia_plugin.core.presence import presence as group
    from ia_plugin.core.presence import stays
    from ia_plugin.core.presence import time_in_areas as share
    from ia_plugin.core.tracks import build_legs

    from . import data

    warnings.simplefilter("ignore")
    legs, where = build_legs(data.fixes(n)), data.areas()
    tables = (share(legs, where, PresenceParams(method=method)), stays(legs, where))
    cores, table = on_one_core(lambda: group(legs, where, *tables))
    return {"cores": cores, "rate": n / cores, "rows": len(table)}


def month(n: int, cores: int = 2, fork: bool = True, busy: bool = False) -> dict[str, Any]:
    """A month of a force: a Parquet file of fixes to the table of presence by hour, the file's reading included.

    `fork`: False for a system that has none, as Windows: then each core is a program of its own. `busy`: simulated turns of
    duty, in areas where officers are.
    """
    import multiprocessing

    import pandas as pd

    from ia_plugin.core.params import PresenceParams
    from ia_plugin.core.presence import presence as group
    from ia_plugin.core.presence import stays
    from ia_plugin.core.presence import time_in_areas as share
    from ia_plugin.core.tracks import build_legs

    from . import data

    if not fork:
        multiprocessing.get_all_start_methods = lambda: ["spawn"]  # type: ignore[assignment]
    warnings.simplefilter("ignore")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{'busy_' if busy else ''}month_{n}.parquet"
    if not path.exists():
        (data.busy_fixes(n) if busy else data.fixes(n)).to_parquet(path)
    where = data.busy_areas(pd.read_parquet(path, columns=["x", "y"])) if busy else data.areas()
    marks = [time.perf_counter()]
    fixes = pd.read_parquet(path)
    marks.append(time.perf_counter())
    legs = build_legs(fixes)
    del fixes
    marks.append(time.perf_counter())
    shared = share(legs, where, PresenceParams(workers=cores))
    marks.append(time.perf_counter())
    entered = stays(legs, where)
    marks.append(time.perf_counter())
    table = group(legs, where, shared, entered)
    marks.append(time.perf_counter())
    steps = [round(b - a, 1) for a, b in zip(marks, marks[1:])]
    names = ("read", "legs", "time_in_areas", "stays", "presence")
    near = shared["leg_id"].nunique() / max(1, len(legs))
    return {"seconds": marks[-1] - marks[0], "rows": len(table), "pairs": len(shared), "legs_in_areas": near,
            "steps": dict(zip(names, steps))}  # fmt: skip


def answers(n: int, method: str = "linear") -> dict[str, Any]:
    """Time of officers laid out from legs with modes, events, postings; then every table of questions 1 to 6."""
    from datetime import date

    from ia_plugin.core.answers.questions import tables
    from ia_plugin.core.filter_state import FilterState
    from ia_plugin.core.material.figures import figures
    from ia_plugin.core.material.summary_tables import Material
    from ia_plugin.core.params import PresenceParams
    from ia_plugin.core.summaries import ground_time
    from ia_plugin.core.summaries.force_facts import ForceFacts
    from ia_plugin.core.summaries.time_cells import days_of_officers, officers_seen
    from ia_plugin.core.summaries.time_use import time_parts
    from ia_plugin.core.tracks import build_legs

    from . import data

    warnings.simplefilter("ignore")
    where, how = data.roles(data.areas()), PresenceParams(method=method, bounds="none")
    parts, took, cores, shared_s = [], 0.0, 0.0, [0.0]
    share = ground_time.time_in_prepared

    def shared(*args: Any, **more: Any) -> Any:
        seconds, table = timed(partial(share, *args, **more))
        shared_s[0] += seconds
        return table

    def by_cell(legs: pd.DataFrame, happened: pd.DataFrame) -> Any:
        facts = ForceFacts(where, happened, method=how)
        found = time_parts(legs, facts)
        return found.time.table(), officers_seen(days_of_officers(found.officer_time, facts.timezone))

    # Time in areas has its own bench; what is asked here is what follows from it.
    ground_time.time_in_prepared = shared  # type: ignore[attr-defined]
    # A group of days after the other, as a store lays them out.
    step = 1_100_000
    for i, part in enumerate(range(0, n, step)):
        legs = data.with_modes(build_legs(data.fixes(min(step, n - part), seed=1 + i, day=3 * i)), seed=i)
        happened = data.events(legs, 3_000, seed=i)
        began = core_seconds()
        seconds, (cells, seen) = timed(partial(by_cell, legs, happened))
        took, cores = took + seconds, cores + core_seconds() - began
        parts.append((cells, seen, happened))
    import pandas as pd

    cells, seen, happened = (pd.concat([p[k] for p in parts], ignore_index=True) for k in range(3))
    preparing, material = timed(lambda: Material.of(where, cells, officers_seen=seen, events=happened))
    state = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 30))
    asking, _ = timed(lambda: tables(material, state))
    one, _ = timed(lambda: figures(material, state), 3)
    return {
        "laying_out": took, "cores": cores, "summing": took - shared_s[0], "preparing": preparing, "tables": preparing + asking, "figures": one,
        "rows": len(cells),
    }  # fmt: skip


def write_layer(n: int) -> dict[str, Any]:
    """A GeoPackage of fixes, made once."""
    from osgeo import ogr, osr

    from . import data

    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"fixes_{n}.gpkg"
    if path.exists():
        return {"path": str(path)}
    table, part = data.fixes(n), path.with_suffix(".part.gpkg")
    part.unlink(missing_ok=True)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(part))
    system = osr.SpatialReference()
    system.ImportFromEPSG(27700)
    layer = source.CreateLayer("fixes", system, ogr.wkbPoint)
    kinds = {"officer_id": ogr.OFTString, "time": ogr.OFTDateTime, "unit": ogr.OFTString, "accuracy_m": ogr.OFTReal}
    for name, kind in kinds.items():
        layer.CreateField(ogr.FieldDefn(name, kind))
    layer.StartTransaction()
    texts = table["time"].dt.strftime("%Y/%m/%d %H:%M:%S+00")
    for i, (who, when, x, y) in enumerate(zip(table["officer_id"], texts, table["x"], table["y"])):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, who)
        feature.SetField(1, when)
        if i % 10:
            feature.SetField(2, "north")
        feature.SetField(3, 5.0)
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(x, y)
        feature.SetGeometryDirectly(point)
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    del layer, source
    part.rename(path)
    return {"path": str(path)}


def algorithm(algorithm: str, parameters: dict[str, Any], runs: int = 3) -> dict[str, Any]:
    """A whole run of qgis_process, the first not counted: it brings the files into the system's cache."""
    from tools.qgis_env import run_algorithm

    run_algorithm(algorithm, parameters)
    return {**clocked(lambda: run_algorithm(algorithm, parameters), runs)}


def read_layer(path: str) -> dict[str, Any]:
    """Ours: the door."""
    _, layer = _layer(path)
    from ia_plugin.layers import read_points

    columns = {"officer_id": "officer_id", "time": "time", "unit": "unit", "accuracy_m": "accuracy_m"}
    found = [on_one_core(lambda: read_points(layer, columns)) for _ in range(3)]
    table = found[0][1]
    return {"cores": statistics.median(f[0] for f in found), "rows": len(table), "how": table.attrs["reading"]["how"]}


def feature_loop(path: str) -> dict[str, Any]:
    """Today's choice: a loop over features in PyQGIS."""
    import pandas as pd
    from qgis.core import NULL

    _, layer = _layer(path)

    def loop() -> Any:
        rows = []
        for feature in layer.getFeatures():
            point = feature.geometry().asPoint()
            _, who, when, unit, accuracy = feature.attributes()
            rows.append((who, when.toPyDateTime(), None if unit == NULL else unit, accuracy, point.x(), point.y()))
        table = pd.DataFrame(rows, columns=["officer_id", "time", "unit", "accuracy_m", "x", "y"])
        table["time"] = pd.to_datetime(table["time"], utc=True)
        return table

    cores, table = on_one_core(loop)
    return {"cores": cores, "rows": len(table)}


def _layer(path: str) -> Any:
    from qgis.core import QgsApplication, QgsVectorLayer

    app = QgsApplication([], False)
    app.initQgis()
    return app, QgsVectorLayer(path, "fixes", "ogr")


def kept_back(officers: int, days: int) -> dict[str, Any]:
    """How much of a simulated force's officer time is told by unit, in percent."""
    from tools.attack.kept_back import of_force

    return {**of_force(officers, days)}


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    f.__name__: f
    for f in (
        kept_back,
        time_in_areas,
        rival,
        presence,
        month,
        answers,
        write_layer,
        algorithm,
        read_layer,
        feature_loop,
        dock_filter,
        map_of_areas,
        page_times,
        baseline_ratios,
        falling_back,
        matched_on_earlier_crime,
        panel_fits,
        permutations,
        displacement_worlds,
        trial_worlds,
        visit_worlds,
        since_visit_year,
        association_worlds,
        project_force_worlds,
        call_worlds,
        cluster,
        refresh_force,
        refresh_few,
        refresh_one,
        listed,
        parts_of_a_run,
        legs_written,
    )
}
STEPS["postgis_load"] = partial(postgis_load, folder=FOLDER)
STEPS["summary_opened"] = summary_opened
STEPS["postgis_tracks"] = partial(postgis_tracks, folder=FOLDER)
for _name, _step in (("import", step_import), ("ogr2ogr", step_ogr2ogr), ("read_csv", step_read_csv)):
    STEPS[_name] = partial(_step, FOLDER)
