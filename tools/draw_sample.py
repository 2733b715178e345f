"""Draw the sample data in resources/sample from public boundaries and crimes, by a rule written down here.

The boundaries of the real Impact Areas are not published. These 39 look-alikes are built from Lower Layer Super Output Areas
(LSOAs) of the West Midlands:

1. Each LSOA gets a score: the mean of the standardised Index of Multiple Deprivation score, logarithm of recorded crimes per
   km² (February 2011) and share of people aged 10 to 24.
2. The LSOA with the highest score that is free seeds an area. It grows by the free neighbour with the highest score until the
   area has 1.9 km², with a neighbour no longer taken that would bring it above 3 km². LSOAs next to a finished area are no
   longer free, so that areas never touch.
3. After 39 areas: of each two that follow one another by score the first is an impact area and the second a comparison area,
   until there are 19 and 20. All names are invented ("Demo area 01"), in the order of the map from west to east.

Police sites are invented: discs of 60 m, one inside every sixth area near its middle, and eight outside any. The street
network is synthetic: the boundary lines of LSOAs (most run along streets, rivers or railways), cut at their nodes, and from
each place with a recorded crime the shortest line to the nearest of them.

Run: ``make rivals`` (for geopandas), then ``.venv/bin/python tools/draw_sample.py`` (reads ../shared/data).
"""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path
from typing import Any

os.environ["OGR_CURRENT_DATE"] = "2026-01-01T00:00:00.000Z"  # the same input gives the same bytes

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
SAMPLE = ROOT / "resources" / "sample"
CRS = "EPSG:27700"
AREAS, IMPACT = 39, 19
TARGET_KM2, MOST_KM2 = 1.9, 3.0

ATTRIBUTION = """Sample data of the Impact Area plugin

Invented areas. The boundaries of real Impact Areas are not published; these are look-alikes, built by the rule written in
tools/draw_sample.py. The police sites and the street network are invented or synthetic.

demo_areas.gpkg      39 look-alike areas, invented police sites, the force's boundary
demo_network.gpkg    a synthetic street network
demo_crimes.csv.gz   recorded crime and anti-social behaviour, West Midlands Police, February 2011, places snapped to streets

Contains public sector information licensed under the Open Government Licence v3.0
(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).
Source: Office for National Statistics licensed under the Open Government Licence v3.0.
Contains OS data (c) Crown copyright and database right 2020.
Indices of Deprivation 2019: Ministry of Housing, Communities and Local Government.
Recorded crime: data.police.uk.
"""


def read() -> tuple[Any, Any, Any]:
    """LSOAs, the force's boundary and the month's crimes, in metres."""
    boundaries = DATA / "west_midlands_boundaries.gpkg"
    lsoas = gpd.read_file(boundaries, layer="lsoa11_imd2019_pop2020").to_crs(CRS)
    force = gpd.read_file(boundaries, layer="force_boundary").to_crs(CRS)
    crimes = pd.read_csv(DATA / "police_uk" / "2011-02-west-midlands-street.csv")
    return lsoas.sort_values("LSOA11CD").reset_index(drop=True), force, crimes


def scores(lsoas: Any, crimes: Any) -> Any:
    """Score of each LSOA: need, crime and youth."""
    placed = crimes.dropna(subset=["Easting", "Northing"])
    tree = shapely.STRtree(lsoas.geometry.to_numpy())
    _, home = tree.query(shapely.points(placed["Easting"], placed["Northing"]), predicate="within")
    per_km2 = np.bincount(home, minlength=len(lsoas)) / (lsoas.area.to_numpy() / 1e6)
    parts = [lsoas["IMD_score"], np.log1p(per_km2), lsoas["pop_10_24"] / lsoas["pop_total"]]
    return sum((np.asarray(p) - np.mean(p)) / np.std(p) for p in parts) / 3


def grow(lsoas: Any, score: Any) -> list[list[int]]:
    """Areas as lists of LSOAs, by the rule above."""
    shapes = lsoas.geometry.to_numpy()
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    # Neighbours share a line, not just a corner.
    line = shapely.length(shapely.intersection(shapes[a], shapes[b])) > 20
    near: dict[int, list[int]] = {i: [] for i in range(len(shapes))}
    for i, j in zip(a[line & (a != b)], b[line & (a != b)]):
        near[int(i)].append(int(j))
    km2 = shapely.area(shapes) / 1e6
    free = set(np.flatnonzero(km2 <= MOST_KM2).tolist())
    found = []
    for seed in np.argsort(-score, kind="stable").tolist():
        if len(found) == AREAS or seed not in free:
            continue
        area, size = [seed], km2[seed]
        while size < TARGET_KM2:
            edge = {j for i in area for j in near[i]} & free - set(area)
            edge = {j for j in edge if size + km2[j] <= MOST_KM2}
            if not edge:
                break
            best = max(edge, key=lambda j: (score[j], -j))
            area.append(best)
            size += km2[best]
        free -= set(area) | {j for i in area for j in near[i]}
        if size >= TARGET_KM2 * 0.5:
            found.append(area)
    return found


def demo_areas(lsoas: Any, score: Any) -> Any:
    members = grow(lsoas, score)
    shapes = [
        shapely.set_precision(shapely.union_all(lsoas.geometry.to_numpy()[m]).simplify(2.0), 0.1) for m in members
    ]
    table = gpd.GeoDataFrame(
        {
            "lsoas": [len(m) for m in members],
            "score": [round(float(np.mean(score[m])), 3) for m in members],
            "population": [int(lsoas["pop_total"].to_numpy()[m].sum()) for m in members],
            "imd_score": [round(float(lsoas["IMD_score"].to_numpy()[m].mean()), 2) for m in members],
            "youth_share": [
                round(float(lsoas["pop_10_24"].to_numpy()[m].sum() / lsoas["pop_total"].to_numpy()[m].sum()), 3)
                for m in members
            ],
        },
        geometry=[s if s.geom_type == "MultiPolygon" else shapely.MultiPolygon([s]) for s in shapes],
        crs=CRS,
    )
    rank = table["score"].rank(ascending=False, method="first").astype(int)
    table["role"] = np.where((rank % 2 == 1) & (rank < 2 * IMPACT), "impact", "comparison")
    table = table.iloc[np.argsort(shapely.get_x(shapely.centroid(table.geometry.to_numpy())))].reset_index(drop=True)
    table["area_id"] = [f"D{i:02d}" for i in range(1, len(table) + 1)]
    table["name"] = [f"Demo area {i:02d}" for i in range(1, len(table) + 1)]
    table["adopted_on"] = np.where(table["role"] == "impact", "2024-04-01", None)
    return table[
        [
            "area_id",
            "name",
            "role",
            "adopted_on",
            "lsoas",
            "population",
            "imd_score",
            "youth_share",
            "score",
            "geometry",
        ]
    ]


def demo_sites(areas: Any, lsoas: Any) -> Any:
    inside = [shapely.point_on_surface(g) for g in areas.geometry.to_numpy()[2::6]]
    rest = lsoas[~lsoas.intersects(areas.union_all().buffer(400))]
    outside = [shapely.point_on_surface(g) for g in rest.geometry.to_numpy()[:: max(1, len(rest) // 8)][:8]]
    places = inside + outside
    return gpd.GeoDataFrame(
        {
            "area_id": [f"S{i:02d}" for i in range(1, len(places) + 1)],
            "name": [f"Demo station {i:02d}" for i in range(1, len(places) + 1)],
            "role": "site",
        },
        geometry=[shapely.MultiPolygon([p.buffer(60, 8)]) for p in places],
        crs=CRS,
    )


def demo_network(lsoas: Any, crimes: Any) -> Any:
    """Boundary lines cut at their nodes, and a spur to each place with a recorded crime."""
    lines = shapely.union_all(shapely.set_precision(lsoas.boundary.to_numpy(), 0.1))
    merged = shapely.get_parts(shapely.line_merge(lines))
    streets = shapely.simplify(merged, 8.0)
    placed = crimes.dropna(subset=["Easting", "Northing"]).drop_duplicates(["Easting", "Northing"])
    points = shapely.points(placed["Easting"], placed["Northing"])
    near = shapely.STRtree(streets).nearest(points)
    foot = shapely.line_interpolate_point(streets[near], shapely.line_locate_point(streets[near], points))
    spurs = shapely.shortest_line(points, foot)
    length = shapely.length(spurs)
    spurs = spurs[(length > 15) & (length < 600)]
    # Streets are cut where spurs join them, so that the network is one graph.
    joints = foot[(length > 15) & (length < 600)]
    cut = shapely.get_parts(
        shapely.union_all(np.concatenate([_cut(streets, near[(length > 15) & (length < 600)], joints), spurs]))
    )
    lines = shapely.set_precision(cut, 1.0)
    lines = lines[shapely.length(lines) > 1]
    return gpd.GeoDataFrame({"kind": "synthetic"}, geometry=lines, index=range(len(lines)), crs=CRS)


def _cut(streets: Any, near: Any, joints: Any) -> Any:
    """Each street with its joints among its vertices."""
    done = streets.copy()
    for i in np.unique(near):
        street = streets[i]
        at = np.sort(shapely.line_locate_point(street, joints[near == i]))
        own = shapely.get_coordinates(street)
        along = shapely.line_locate_point(street, shapely.points(own))
        along[-1] = shapely.length(street)
        extra = shapely.get_coordinates(shapely.line_interpolate_point(street, at))
        order = np.argsort(np.r_[along, at], kind="stable")
        done[i] = shapely.linestrings(np.r_[own, extra][order])
    return done


def write(name: str, layers: dict[str, Any]) -> None:
    path = SAMPLE / name
    path.unlink(missing_ok=True)
    for layer, table in layers.items():
        table.to_file(
            path,
            layer=layer,
            driver="GPKG",
            layer_options={"DESCRIPTION": "Invented areas, simulated officers"},
            dataset_options={"VERSION": "1.2"},  # which every GDAL in use reads without a word
        )


def write_crimes(crimes: Any) -> None:
    kept = crimes[["Month", "Easting", "Northing", "Crime type"]]
    data = kept.to_csv(index=False, lineterminator="\n").encode()
    with open(SAMPLE / "demo_crimes.csv.gz", "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        file.write(data)


def main() -> int:
    if not DATA.is_dir():
        print("The folder with the public data (../shared/data) is not beside this checkout.", file=sys.stderr)
        return 1
    SAMPLE.mkdir(parents=True, exist_ok=True)
    lsoas, force, crimes = read()
    areas = demo_areas(lsoas, scores(lsoas, crimes))
    force = force.set_geometry(
        [shapely.MultiPolygon(shapely.get_parts(shapely.force_2d(g).simplify(20))) for g in force.geometry]
    )
    write("demo_areas.gpkg", {"areas": areas, "sites": demo_sites(areas, lsoas), "force": force})
    write("demo_network.gpkg", {"streets": demo_network(lsoas, crimes)})
    write_crimes(crimes)
    (SAMPLE / "ATTRIBUTION.txt").write_text(ATTRIBUTION, encoding="utf-8")
    print(
        areas.assign(km2=areas.area / 1e6).groupby("role")[["km2", "population"]].agg(["count", "sum", "mean"]).round(2)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
