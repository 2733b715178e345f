"""Draw the boundaries that lie beneath a force's own areas, resources/ground/west_midlands.gpkg, from the published ones.

Lines of districts and of wards, each once however many of them meet there, and the ground of the force to know by where they hold.
Lines are thinned to 8 m, which is 0.3 mm at 1 : 25,000, between the places where they meet: none comes to cross another there.

Run: ``.venv/bin/python tools/draw_boundaries.py`` (reads ../shared/data).
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ["OGR_CURRENT_DATE"] = "2026-01-01T00:00:00.000Z"  # the same input gives the same bytes

import numpy as np
import pyproj
import shapely
from osgeo import ogr, osr

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT.parent / "shared" / "data" / "west_midlands_boundaries.gpkg"
MADE = ROOT / "resources" / "ground" / "west_midlands.gpkg"
EPSG, THINNED_M = 27700, 8.0
Shapes = np.ndarray  # of shapely geometries


def read(name: str) -> Shapes:
    """The polygons of a published layer, in metres."""
    source = ogr.Open(str(SOURCE))
    found = shapely.from_wkb([bytes(f.GetGeometryRef().ExportToIsoWkb()) for f in source.GetLayer(name)])
    to_metres = pyproj.Transformer.from_crs(4326, EPSG, always_xy=True)
    return shapely.transform(shapely.force_2d(found), lambda xy: np.column_stack(to_metres.transform(*xy.T)))


def lines_of(polygons: Shapes) -> Shapes:
    """The boundary lines of polygons, each once, cut where they meet."""
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(polygons), grid_size=0.1))
    return shapely.set_precision(shapely.get_parts(shapely.simplify(lines, THINNED_M)), 1.0, mode="pointwise")


def write(package: ogr.DataSource, name: str, shapes: Shapes, kind: int) -> None:
    """One layer of the file."""
    system = osr.SpatialReference()
    system.ImportFromEPSG(EPSG)
    layer = package.CreateLayer(name, system, kind)
    for shape in shapes:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(shape)))
        layer.CreateFeature(feature)


def main() -> None:
    """Write the file."""
    MADE.parent.mkdir(parents=True, exist_ok=True)
    MADE.unlink(missing_ok=True)
    package = ogr.GetDriverByName("GPKG").CreateDataSource(str(MADE), options=["VERSION=1.2"])
    for name, source in (("districts", "lad"), ("wards", "ward2025")):
        write(package, name, lines_of(read(source)), ogr.wkbLineString)
    force = shapely.simplify(shapely.union_all(read("force_boundary")), THINNED_M)
    write(package, "force", shapely.get_parts(shapely.set_precision(force, 1.0)), ogr.wkbPolygon)
    del package
    print(f"{MADE.name}: {MADE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
