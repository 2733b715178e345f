"""Real tracks through the real door: people's GPS tracks thinned to 120 s, over a grid of areas, by qgis_process.

    .venv/bin/python tools/real_input.py        (reads ../shared/data/geolife_train.parquet, writes build/real/)

The licence of the tracks is non-commercial: they never enter the repository.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np
import pandas as pd
import shapely
from osgeo import ogr, osr

from tools.qgis_env import run_algorithm

SOURCE = ROOT.parent / "shared" / "data" / "geolife_train.parquet"
FOLDER = ROOT / "build" / "real"
THIN_S = 120
CELL = 0.02  # degrees: about 1.7 × 2.2 km in Beijing


def thinned() -> pd.DataFrame:
    """One fix a person every two minutes, in degrees."""
    table = pd.read_parquet(SOURCE, columns=["user", "t_utc", "lat_e6", "lon_e6"]).sort_values(["user", "t_utc"])
    slot = table["t_utc"].astype("int64") // (THIN_S * 10**9)
    table = table[~pd.DataFrame({"user": table["user"], "slot": slot}).duplicated()]
    return table.assign(lon=table["lon_e6"] / 1e6, lat=table["lat_e6"] / 1e6)


def system() -> osr.SpatialReference:
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return degrees


def write_fixes(table: pd.DataFrame, path: Path) -> None:
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer("fixes", system(), ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("officer_id", ogr.OFTInteger))
    layer.CreateField(ogr.FieldDefn("time", ogr.OFTDateTime))
    layer.StartTransaction()
    texts = pd.to_datetime(table["t_utc"], utc=True).dt.strftime("%Y/%m/%d %H:%M:%S+00")
    for user, when, lon, lat in zip(table["user"], texts, table["lon"], table["lat"]):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, int(user))
        feature.SetField(1, when)
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(lon, lat)
        feature.SetGeometryDirectly(point)
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def write_grid(table: pd.DataFrame, path: Path) -> int:
    """Cells that tile the middle eight tenths of the fixes."""
    west, east = np.quantile(table["lon"], [0.1, 0.9])
    south, north = np.quantile(table["lat"], [0.1, 0.9])
    cells = [
        shapely.box(x, y, x + CELL, y + CELL)
        for x in np.arange(west, east, CELL)
        for y in np.arange(south, north, CELL)
    ]
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer("areas", system(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("code", ogr.OFTString))
    for i, cell in enumerate(cells):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, f"cell {i}")
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(shapely.to_wkb(cell, output_dimension=2)))
        layer.CreateFeature(feature)
    return len(cells)


def main() -> int:
    if not SOURCE.is_file():
        print("The tracks (../shared/data/geolife_train.parquet) are not beside this checkout.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.gpkg"):
        old.unlink()
    table = thinned()
    fixes, grid = FOLDER / "fixes.gpkg", FOLDER / "areas.gpkg"
    write_fixes(table, fixes)
    cells = write_grid(table, grid)
    print(f"{len(table):,} fixes of {table['user'].nunique()} people, {THIN_S} s apart; {cells} areas")
    common = {"INPUT": str(fixes), "TIMEZONE": "Asia/Shanghai"}
    start = time.perf_counter()
    tracks = run_algorithm("impactareas:buildtracks", {**common, "OUTPUT": str(FOLDER / "tracks.gpkg")})
    print(
        f"buildtracks: {tracks['TRACKS']} tracks, {float(tracks['OBSERVED_HOURS']):,.1f} h observed, "
        f"{float(tracks['UNOBSERVED_HOURS']):,.1f} h unobserved, {time.perf_counter() - start:.1f} s"
    )
    start = time.perf_counter()
    parameters = {
        **common,
        "AREAS": str(grid),
        "AREA_ID_FIELD": "code",
        "ALL_IMPACT": True,
        "OUTPUT": str(FOLDER / "time.gpkg"),
    }
    found = run_algorithm("impactareas:timeinareas", parameters)
    print(
        f"timeinareas: {float(found['IMPACT_HOURS']):,.1f} of {float(found['OBSERVED_HOURS']):,.1f} h in the areas, {time.perf_counter() - start:.1f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
