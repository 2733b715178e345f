"""The demo: nine weeks of an invented force, from fixes to hours per km² and a QGIS project (`make demo`).

Invented areas, simulated officers. Writes build/demo/: restricted.gpkg (fixes, tracks, legs, visits, postings, duties),
summary.gpkg (areas, time in areas, presence, coverage, events, crimes) of one week, demo.qgz, map.png, README.txt, and
store/, a store for the dock: the whole of May and June 2024, and the days after that close them.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pandas as pd
import shapely
from osgeo import ogr, osr

from ia_plugin.core.coverage import coverage
from ia_plugin.core.fixes import clean_fixes
from ia_plugin.core.params import SummaryParams
from ia_plugin.core.privacy import Key, pseudonymise
from ia_plugin.core.simulate import Simulation
from ia_plugin.core.tracks import legs_and_gaps
from ia_plugin.core.words import CANNOT_TELL, FROM_GAPS, NOT_CHOSEN, amount, number, share_of
from tools.demo_force import FIRST_DAY, LAST_DAY, notes, simulate_force, week_in_words, week_of
from tools.demo_store import make_store
from tools.qgis_env import environment, run_algorithm

SAMPLE = ROOT / "resources" / "sample"
DEMO = ROOT / "build" / "demo"
ogr.UseExceptions()
NOTICE = "Invented areas, simulated officers"
OFFICERS = 60
# A demo has nothing to hide; a force keeps its key outside project and data.
DEMO_KEY = b"the demo's key, known to everybody"

KINDS = {
    "O": ogr.OFTString,
    "f": ogr.OFTReal,
    "i": ogr.OFTInteger64,
    "u": ogr.OFTInteger64,
    "b": ogr.OFTInteger,
    "M": ogr.OFTDateTime,
}


def read_layer(path: Path, name: str | None = None) -> pd.DataFrame:
    """A layer of a GeoPackage as a table with shapely geometries."""
    source = ogr.Open(str(path))
    layer = source.GetLayer(name) if name else source.GetLayer(0)
    definition = layer.GetLayerDefn()
    names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    rows = [([f.GetField(n) for n in names], bytes(f.GetGeometryRef().ExportToWkb())) for f in layer]
    table = pd.DataFrame([r[0] for r in rows], columns=names)
    table["geometry"] = pd.Series(shapely.from_wkb([r[1] for r in rows]), dtype=object)
    return table


def write_layer(path: Path, name: str, table: pd.DataFrame, geometry: Any = None, kind: int = ogr.wkbNone) -> None:
    """Write a table as a layer; a new file where there is none."""
    driver = ogr.GetDriverByName("GPKG")
    source = ogr.Open(str(path), 1) if path.exists() else driver.CreateDataSource(str(path))
    system = osr.SpatialReference()
    system.ImportFromEPSG(27700)
    layer = source.CreateLayer(name, system if kind != ogr.wkbNone else None, kind, [f"DESCRIPTION={NOTICE}"])
    values = {}
    for column in table.columns:
        data = table[column]
        sort = (
            "M"
            if isinstance(data.dtype, pd.DatetimeTZDtype)
            else ("O" if data.dtype.kind not in KINDS else data.dtype.kind)
        )
        layer.CreateField(ogr.FieldDefn(column, KINDS[sort]))
        values[column] = data.dt.strftime("%Y/%m/%d %H:%M:%S+00") if sort == "M" else data.astype(object)
    rows = list(zip(*(v.where(table[c].notna(), None) for c, v in values.items())))
    layer.StartTransaction()
    definition = layer.GetLayerDefn()
    for i, row in enumerate(rows):
        feature = ogr.Feature(definition)
        for k, value in enumerate(row):
            if value is not None:
                feature.SetField(k, value)
        if geometry is not None and geometry[i] is not None:
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(geometry[i]))
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def points(table: pd.DataFrame) -> Any:
    """WKB of x and y; None where a place is missing."""
    shapes = shapely.points(table["x"].to_numpy(), table["y"].to_numpy())
    wkb = shapely.to_wkb(shapes, output_dimension=2)
    wkb[table[["x", "y"]].isna().any(axis=1).to_numpy()] = None
    return wkb


@contextmanager
def step(text: str) -> Iterator[None]:
    start = time.perf_counter()
    print(f"{text} … ", end="", flush=True)
    yield
    print(f"{time.perf_counter() - start:.1f} s")


def simulate(officers: int) -> tuple[Simulation, pd.DataFrame]:
    areas = read_layer(SAMPLE / "demo_areas.gpkg", "areas")
    sites = read_layer(SAMPLE / "demo_areas.gpkg", "sites")
    streets = read_layer(SAMPLE / "demo_network.gpkg")["geometry"]
    world = simulate_force(streets, areas, sites, officers=officers)
    return world, pd.concat([areas, sites], ignore_index=True)


def write_inputs(world: Simulation, areas: pd.DataFrame, restricted: Path, summary: Path) -> None:
    key = Key(DEMO_KEY)
    for name in ("fixes", "postings", "duties"):
        table = getattr(world, name)
        hidden = table.assign(officer_id=pseudonymise(table["officer_id"], key))
        if name == "fixes":
            hidden = hidden.assign(radio_id=pseudonymise(hidden["radio_id"], key))
            write_layer(restricted, name, hidden.drop(columns=["x", "y"]), points(hidden), ogr.wkbPoint)
        else:
            write_layer(restricted, name, hidden)
    shapes = shapely.to_wkb(areas["geometry"].to_numpy(), output_dimension=2)
    write_layer(summary, "areas", areas.drop(columns="geometry"), shapes, ogr.wkbMultiPolygon)
    force = read_layer(SAMPLE / "demo_areas.gpkg", "force")
    write_layer(
        summary,
        "force",
        force[["name"]],
        shapely.to_wkb(force["geometry"].to_numpy(), output_dimension=2),
        ogr.wkbMultiPolygon,
    )
    events = world.events.drop(columns="officer_ids")
    for kind in ("incident", "stop_search", "crime"):
        part = events[events["kind"] == kind]
        write_layer(
            summary,
            f"simulated_{kind}s" if kind != "stop_search" else "simulated_searches",
            part.drop(columns=["x", "y"]),
            points(part),
            ogr.wkbPoint,
        )
    write_layer(summary, "recorded_crimes", *recorded_crimes(), ogr.wkbPoint)
    clean, _ = clean_fixes(world.fixes)
    legs, gaps = legs_and_gaps(clean)
    write_layer(summary, "coverage", coverage(legs, gaps, SummaryParams(period="day")))


def recorded_crimes() -> tuple[pd.DataFrame, Any]:
    """The real crimes of one month, as published: month only, places snapped to streets."""
    with gzip.open(SAMPLE / "demo_crimes.csv.gz", "rt", encoding="utf-8") as file:
        table = pd.read_csv(file)
    table = table.rename(columns={"Month": "month", "Crime type": "category", "Easting": "x", "Northing": "y"})
    return table[["month", "category"]], points(table)


def run_algorithms(restricted: Path, summary: Path) -> dict[str, Any]:
    def into(path: Path, table: str, geometry: str = " (geom)") -> str:
        return f"ogr:dbname='{path}' table=\"{table}\"{geometry}"

    fixes = {"INPUT": f"{restricted}|layername=fixes", "UNIT_FIELD": "unit", "RESOURCE_FIELD": "resource_type"}
    areas = {
        "AREAS": f"{summary}|layername=areas",
        "AREA_ID_FIELD": "area_id",
        "AREA_NAME_FIELD": "name",
        "ROLE_FIELD": "role",
    }
    with step("impactareas:buildtracks"):
        tracks = run_algorithm("impactareas:buildtracks", {**fixes, "OUTPUT": into(restricted, "tracks")})
    with step("impactareas:classifymovement"):
        outputs = {"OUTPUT": into(restricted, "legs"), "HOURS": into(summary, "hours_by_mode", "")}
        modes = run_algorithm("impactareas:classifymovement", {**fixes, **outputs})
    with step("impactareas:timeinareas"):
        outputs = {"OUTPUT": into(summary, "time_in_areas"), "PRESENCE": into(summary, "presence", "")}
        time_in = run_algorithm("impactareas:timeinareas", {**fixes, **areas, **outputs, "PERIOD": "hour"})
    with step("impactareas:visits"):
        outputs = {"OUTPUT": into(restricted, "visits", ""), "BANDS": into(summary, "visit_lengths", "")}
        visits = run_algorithm("impactareas:visits", {**fixes, **areas, **outputs})
    return {**tracks, **modes, **time_in, **visits}


def print_table(summary: Path, results: dict[str, Any]) -> None:
    table = read_layer(summary, "time_in_areas").drop(columns="geometry")
    shown = table[table["role"].isin(["impact", "comparison"])]
    print(f"\n{NOTICE}. Officer hours outside police sites, {week_in_words()}, by role of area:\n")
    print(f"{'':12}{'areas':>6}{'km²':>8}{'hours':>9}{'h per km²':>11}{'median area':>13}{'range':>16}{'at sites':>10}")
    for role in ("impact", "comparison"):
        part = shown[shown["role"] == role]
        rate = part["officer_hours_per_km2"]
        hours, km2 = part["officer_hours"].sum(), part["area_km2"].sum()
        least, middle, most = (number(v, "h per km²") for v in (rate.min(), rate.median(), rate.max()))
        print(
            f"{role:12}{len(part):>6}{number(km2):>8}{number(hours):>9}{number(hours / km2, 'h per km²'):>11}{middle:>13}"
            f"{f'{least} to {most}':>16}{number(part['site_hours'].sum()):>10}"
        )
    observed, unobserved = float(results["OBSERVED_HOURS"]), float(results["UNOBSERVED_HOURS"])
    print(f"\nObserved {amount(observed, 'officer hours')} in the whole force, unobserved {number(unobserved)}.")
    print(
        f"Impact areas: {share_of(results['IMPACT_HOURS'], observed)} of observed officer time. {int(results['VISITS']):,} visits to all areas and sites."
    )
    hours = {n: float(results[f"{n}_HOURS"]) for n in ("FOOT", "VEHICLE", "STATIONARY", "UNKNOWN")}
    total = sum(hours.values())
    foot, vehicle, stopped, unknown = (share_of(h, total) for h in hours.values())
    print(f"On foot {foot}, in a vehicle {vehicle}, stopped {stopped}, {CANNOT_TELL} {unknown}.")
    print(f"{NOT_CHOSEN} Best estimates {FROM_GAPS}. A description, not an effect.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--officers", type=int, default=OFFICERS, help="without the operation's")
    options = parser.parse_args()
    DEMO.mkdir(parents=True, exist_ok=True)
    for old in DEMO.iterdir():
        if old.is_file():
            old.unlink()
    restricted, summary = DEMO / "restricted.gpkg", DEMO / "summary.gpkg"
    key = DEMO.parent / "demo.key"  # never in the folder of a project or a store: it is refused there
    key.write_bytes(DEMO_KEY)
    key.chmod(0o600)
    os.environ["IMPACTAREAS_KEY_FILE"] = str(key)
    start = time.perf_counter()
    with step(f"simulating {options.officers} officers, {FIRST_DAY} to {LAST_DAY}"):
        world, areas = simulate(options.officers)
    week = week_of(world)
    with step(f"writing {len(week.fixes):,} fixes and {len(week.events):,} events of {week_in_words()}"):
        write_inputs(week, areas, restricted, summary)
    # The algorithms run in processes of their own; meanwhile this one fills the store.
    with ThreadPoolExecutor(1) as beside:
        store = beside.submit(make_store, DEMO / "store", world, areas, notes(areas), Key(DEMO_KEY))
        results = run_algorithms(restricted, summary)
        with step("filling the store for the dock, begun meanwhile"):
            store.result()
    with step("drawing the project"):
        command = [sys.executable, str(ROOT / "tools" / "demo_project.py"), str(DEMO)]
        subprocess.run(command, env=environment(), check=True, stderr=subprocess.DEVNULL)
    (DEMO / "README.txt").write_text(
        f"{NOTICE}.\n{__doc__}\nOpen demo.qgz in QGIS, or run: make qgis\n"
        "The dock (toolbar, Impact Area dock): Open store…, the folder store beside this file.\n",
        encoding="utf-8",
    )
    print_table(summary, results)
    print(
        f"\n{time.perf_counter() - start:.0f} s. In {DEMO.relative_to(ROOT)}: demo.qgz (make qgis opens it), map.png, the GeoPackages, store (the dock opens it)."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
