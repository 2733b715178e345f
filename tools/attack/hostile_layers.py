"""Layers, files and databases with every kind of fault that `fuzz_layers` gives to the algorithms (inside QGIS).

A layer begins as a :class:`Table` of good rows, is spoilt by one or a few of the `SPOILERS`, and is given as a layer in
memory, as a file of some format, or as a definition that QGIS makes of it (selected features only).
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsGeometry,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from ia_plugin.compat import FieldType
from tools.attack.fuzz_files import HOSTILE, PLANTED, damaged

Row = tuple[str, list[object]]
NAME = "Perpetua Vanterpool"
OPEN = tuple(t for t in HOSTILE if not any(p in t for p in PLANTED))  # for what is shown as its author wrote it
FIRST_S = 1_717_392_600  # Monday 3 June 2024, 06:30 in London
TYPES = {"text": FieldType.TEXT, "whole": FieldType.INTEGER, "real": FieldType.REAL, "moment": FieldType.DATE_TIME, "day": FieldType.DATE, "truth": FieldType.BOOL, "hour": FieldType.TIME}  # fmt: skip
SYSTEMS = ("", "EPSG:4326", "EPSG:4258", "EPSG:3857", "EPSG:32630", "EPSG:4978", "EPSG:2263", "EPSG:27700", "EPSG:29903", "EPSG:999999", "USER:100001")  # fmt: skip
NAMES = ('a"b', "o'x", "🚓", "100%", "sélect", "select", "fid", "geom", "ünit name", "row", "a;b", '"', "x", "time", "start", "officer_id", "{0}", "<b>bold</b>", "x" * 200, "officer_id ", "TIME", "ogc_fid", "rowid", "a\nb")  # fmt: skip
PLACES = (
    "", "POINT EMPTY", "POINT (nan nan)", "POINT (inf 285000)", "POINT (1e300 -1e300)", "POINT (0 0)", "POINT (285000 405000)", "POINT Z (405100 285100 nan)", "POINT M (405100 285100 5)",
    "MULTIPOINT ((405000 285000), (406000 286000))", "MULTIPOINT EMPTY", "LINESTRING (405000 285000, 405000 285000)", "LINESTRING (405000 285000, 406000 286000)", "POINT (-1.9 52.4)",
)  # fmt: skip
RINGS = (
    "", "POLYGON EMPTY", "POLYGON ((405000 285000, 407000 287000, 407000 285000, 405000 287000, 405000 285000))", "POLYGON ((1e300 0, 1e300 1, 2 2, 1e300 0))",
    "POLYGON ((405000 285000, 405000 285000, 405000 285000, 405000 285000))", "POLYGON ((nan nan, 1 1, 2 2, nan nan))", "POLYGON ((405000 285000, 406000 285000, 405000 285000))",
    "MULTIPOLYGON (((405000 285000, 406000 285000, 406000 286000, 405000 285000)), ((405000 285000, 406000 285000, 406000 286000, 405000 285000)))",
    "POLYGON ((405000 285000, 406500 285000, 406500 286500, 405000 286500, 405000 285000), (405000 285000, 406500 285000, 406500 286500, 405000 286500, 405000 285000))",
    "POLYGON Z ((405000 285000 1, 406500 285000 1, 406500 286500 1, 405000 285000 1))", "CURVEPOLYGON (CIRCULARSTRING (405000 285000, 406000 286000, 407000 285000, 406000 284000, 405000 285000))",
    "POLYGON ((-1.9 52.4, -1.8 52.4, -1.8 52.5, -1.9 52.4))", "POLYGON ((405000 285000, 405001 285000, 405001 285001, 405000 285000))", "POLYGON ((0 0, 900000 0, 900000 1300000, 0 1300000, 0 0))",
    "GEOMETRYCOLLECTION (POINT (405000 285000))", "MULTIPOLYGON EMPTY",
)  # fmt: skip


@dataclass
class Table:
    """A layer to be: its geometry's kind, its system, (name, type) of its fields, and its rows of WKT and values."""

    name: str
    geometry: str
    fields: list[tuple[str, str]]
    rows: list[Row]
    crs: str = "EPSG:27700"
    told: list[str] = field(default_factory=list)  # how it was spoilt


def _moment(seconds: int) -> str:
    return QDateTime.fromSecsSinceEpoch(FIRST_S + seconds, Qt.TimeSpec.UTC).toString("yyyy-MM-ddTHH:mm:ss") + "Z"


def _place(i: int) -> str:
    return f"POINT ({405_000 + i * 37 % 1900} {285_000 + i * 53 % 1900})"


def fixes() -> Table:
    head = [("officer_id", "text"), ("time", "text"), ("unit", "text"), ("resource_type", "text"), ("accuracy_m", "real"), ("speed_kmh", "real"), ("who", "text")]  # fmt: skip
    rows: list[Row] = [
        (_place(i), [f"86{10 + i % 6}27", _moment(60 * i), ("North", "South")[i % 2], "response", 5.0, 3.0, NAME])
        for i in range(90)
    ]
    return Table("fixes", "Point", head, rows)


def areas() -> Table:
    head = [("code", "text"), ("name", "text"), ("role", "text"), ("valid_from", "text")]
    roles = ("impact", "comparison", "buffer")
    rows: list[Row] = []
    for i, role in enumerate(roles):
        x, y = 405_000 + 1_000 * i, 285_000
        rows.append(
            (
                f"POLYGON (({x} {y}, {x + 900} {y}, {x + 900} {y + 1900}, {x} {y + 1900}, {x} {y}))",
                [f"A{i}", f"Area {i}", role, ""],
            )
        )
    return Table("areas", "Polygon", head, rows)


def events() -> Table:
    names = "event_id kind category start end time_precision status officer_ids outcome object_found"
    rows: list[Row] = []
    for i in range(30):
        kind = ("crime", "incident", "stop_search")[i % 3]
        when = _moment(180 * i)
        rows.append((_place(i), [f"E{i}", kind, "Burglary", when, when, "minute", "current", "861027", "x", "no"]))
    return Table("events", "Point", [(n, "text") for n in names.split()], rows)


def streets() -> Table:
    lines: list[Row] = []
    for i in range(8):
        along = 285_000 + 200 * i
        lines.append((f"LINESTRING (405000 {along}, 406400 {along})", ["x"]))
        lines.append((f"LINESTRING ({405_000 + 200 * i} 285000, {405_000 + 200 * i} 286400)", ["x"]))
    return Table("streets", "LineString", [("class", "text")], lines)


def plain(name: str, values: dict[str, str]) -> Table:
    """A table without geometry, of five equal rows of other officers."""
    rows: list[Row] = [("", [f"86{10 + i}27" if n == "officer_id" else v for n, v in values.items()]) for i in range(5)]
    return Table(name, "None", [(n, "text") for n in values], rows, crs="")


TABLES: dict[str, Callable[[], Table]] = {
    "fixes": fixes, "areas": areas, "events": events, "streets": streets,
    "labels": lambda: plain("labels", {"officer_id": "", "start": _moment(0), "end": _moment(3000), "mode": "foot"}),
    "postings": lambda: plain("postings", {"officer_id": "", "unit": "North", "department": "Response", "role": "Constable", "valid_from": "2024-01-01", "valid_to": ""}),
    "duties": lambda: plain("duties", {"officer_id": "", "start": _moment(-3600), "end": _moment(20_000)}),
    "notes": lambda: plain("notes", {"from": "2024-06-03", "to": "2024-06-04", "text": "Radio outage", "author": "an analyst", "area_id": "A0"}),
}  # fmt: skip


# --- spoilers ---------------------------------------------------------------------------------------------------------


def odd_value(kind: str, rng: random.Random, table: str = "") -> object:
    """A value that such a field can hold and nobody expects."""
    odd: dict[str, tuple[object, ...]] = {
        "text": OPEN if table in ("areas", "notes") else HOSTILE,
        "whole": (0, -1, 2**62, -(2**62), 10**18, FIRST_S, FIRST_S * 1000),
        "real": (float("nan"), float("inf"), -float("inf"), -1e300, 1e-300, 0.0, -0.0, 1e17),
        "moment": tuple(QDateTime(QDate(y, 1, 1), QTime(1, 30)) for y in (1, 1677, 1970, 2024, 2262, 9999)),
        "day": tuple(QDate(y, 2, 1) for y in (1, 1970, 2024, 9999)),
    }
    return None if rng.random() < 0.15 else rng.choice(odd.get(kind, (True, False, None)))


def cells(table: Table, rng: random.Random) -> None:
    for _ in range(rng.choice([1, 3, 30])):
        at = rng.randrange(len(table.fields))
        rng.choice(table.rows)[1][at] = odd_value(table.fields[at][1], rng, table.name)


def column(table: Table, rng: random.Random) -> None:
    at = rng.randrange(len(table.fields))
    value = odd_value(table.fields[at][1], rng, table.name)
    for _, values in table.rows:
        values[at] = value


def types(table: Table, rng: random.Random) -> None:
    """A field of another type, its values as far as they go over."""
    at, kind = rng.randrange(len(table.fields)), rng.choice(list(TYPES))
    table.fields[at] = (table.fields[at][0], kind)
    for i, (_, values) in enumerate(table.rows):
        good = {"text": values[at], "whole": FIRST_S + i, "real": float(FIRST_S + i), "moment": QDateTime.fromSecsSinceEpoch(FIRST_S + 60 * i)}  # fmt: skip
        values[at] = good[kind] if kind in good and rng.random() < 0.9 else odd_value(kind, rng, table.name)


def renamed(table: Table, rng: random.Random) -> None:
    at = rng.randrange(len(table.fields))
    name = rng.choice(NAMES)
    if name.lower() not in [n.lower() for n, _ in table.fields]:
        table.fields[at] = (name, table.fields[at][1])


def missing(table: Table, rng: random.Random) -> None:
    at = rng.randrange(len(table.fields))
    del table.fields[at]
    for _, values in table.rows:
        del values[at]


def empty(table: Table, rng: random.Random) -> None:
    del table.rows[rng.choice([0, 1, 2]) :]


def twice(table: Table, rng: random.Random) -> None:
    table.rows += [(wkt, list(values)) for _ in range(rng.choice([1, 3])) for wkt, values in table.rows]


def system(table: Table, rng: random.Random) -> None:
    table.crs = rng.choice(SYSTEMS)


def shapes(table: Table, rng: random.Random) -> None:
    odd = RINGS if table.geometry == "Polygon" else PLACES
    for at in range(len(table.rows)) if rng.random() < 0.2 else [rng.randrange(len(table.rows)) for _ in range(3)]:
        table.rows[at] = (rng.choice(odd), table.rows[at][1])


def geometry(table: Table, rng: random.Random) -> None:
    """A layer of another kind of geometry, of which some rows may still be."""
    kinds = ["PointZ", "PointM", "PointZM", "MultiPoint", "LineString", "LineStringM", "MultiLineString", "Polygon", "PolygonZM", "MultiPolygon", "CurvePolygon", "None", "CompoundCurve"]  # fmt: skip
    table.geometry = rng.choice(kinds)
    if rng.random() < 0.5:
        table.rows = [(rng.choice((*PLACES, *RINGS, wkt)), values) for wkt, values in table.rows]


SPOILERS = (cells, cells, column, types, renamed, missing, empty, twice, system, shapes, shapes, geometry)


def spoil(table: Table, rng: random.Random) -> Table:
    """The table with one to three faults."""
    for how in rng.sample(SPOILERS, rng.choice([1, 1, 2, 3])):
        if table.rows and table.fields:
            how(table, rng)
            table.told.append(how.__name__)
    return table


# --- as QGIS gets them ------------------------------------------------------------------------------------------------


def layer_of(table: Table) -> QgsVectorLayer:
    """The table as a layer in memory."""
    layer = QgsVectorLayer(f"{table.geometry}?crs={table.crs}", table.name, "memory")
    provider = layer.dataProvider()
    provider.addAttributes([QgsField(name, TYPES[kind]) for name, kind in table.fields])
    layer.updateFields()
    features = []
    for wkt, values in table.rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(values))
        if wkt and table.geometry != "None":
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    provider.addFeatures(features)
    layer.updateExtents()
    return layer


def file_of(layer: QgsVectorLayer, folder: Path, rng: random.Random, ending: str = "") -> str:
    """A file of the layer, in some format; its path, or nothing where the format cannot hold it."""
    ending = ending or rng.choice(["gpkg", "gpkg", "gpkg", "shp", "geojson", "csv", "sqlite"])
    drivers = {"gpkg": "GPKG", "shp": "ESRI Shapefile", "geojson": "GeoJSON", "csv": "CSV", "sqlite": "SQLite"}
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = drivers[ending]
    options.layerName = rng.choice([layer.name(), layer.name(), "a'b", "100%"]) if ending == "gpkg" else layer.name()
    path = folder / f"{layer.name()}.{ending}"
    with suppress(Exception):
        QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), QgsCoordinateTransformContext(), options)
    return str(path) if path.is_file() and path.stat().st_size else ""


def source_of(table: Table, folder: Path, rng: random.Random, *, wild: bool) -> object:
    """What a parameter of a layer is given: a layer, a file, or a definition."""
    layer = layer_of(table)
    if not wild:
        return layer if rng.random() < 0.5 else file_of(layer, folder, rng, "gpkg") or layer
    form = rng.choice(["memory", "memory", "file", "file", "spoilt file", "selected", "definition", "filtered"])
    if form in ("file", "spoilt file"):
        path = file_of(layer, folder, rng, "gpkg" if form == "spoilt file" else "")
        if path and form == "spoilt file":
            table.told.append(spoilt_database(Path(path), rng))
        return path or layer
    QgsProject.instance().addMapLayer(layer)
    if form == "filtered":
        layer.setSubsetString(rng.choice(["1 = 0", "\"time\" = 'x'", "'; DROP TABLE x;--"]))
    if form == "selected":
        layer.selectByIds(rng.choice([[], [1], [99999]]))
    flags = QgsProcessingFeatureSourceDefinition.Flags()
    checks = [QgsFeatureRequest.InvalidGeometryCheck(i) for i in range(3)]
    made = QgsProcessingFeatureSourceDefinition(
        layer.id(), form == "selected", rng.choice([-1, -1, 0, 3]), flags, rng.choice(checks)
    )
    return layer if form == "memory" else made


_PLANTS = (
    "CREATE TRIGGER planted_{n} AFTER INSERT ON \"{t}\" BEGIN DELETE FROM \"{u}\"; END",
    "CREATE TRIGGER planted_{n} BEFORE UPDATE ON \"{t}\" BEGIN SELECT RAISE(ABORT, 'planted'); END",
    "CREATE TRIGGER planted_{n} AFTER DELETE ON \"{t}\" BEGIN SELECT no_such_function(1); END",
    "CREATE VIEW planted_{n} AS SELECT * FROM \"{t}\", \"{u}\"",
    "ALTER TABLE \"{t}\" RENAME TO kept_{n}; CREATE VIEW \"{t}\" AS SELECT * FROM kept_{n}",
    "DELETE FROM \"{t}\"", "DROP TABLE \"{t}\"", "DELETE FROM \"{t}\" WHERE rowid % 2",
    "ALTER TABLE \"{t}\" RENAME COLUMN \"{c}\" TO \"odd name\"", "ALTER TABLE \"{t}\" ADD COLUMN more TEXT DEFAULT 'x'",
    "UPDATE \"{t}\" SET \"{c}\" = 'x'", "UPDATE \"{t}\" SET \"{c}\" = NULL", "UPDATE \"{t}\" SET \"{c}\" = x'0011ff'", "UPDATE \"{t}\" SET \"{c}\" = 1e308",
    "UPDATE \"{t}\" SET \"{c}\" = -9223372036854775808", "UPDATE \"{t}\" SET \"{c}\" = '<b>x</b>' WHERE rowid % 3 = 0",
    "PRAGMA user_version = 99999", "PRAGMA application_id = 7", "UPDATE gpkg_contents SET table_name = 'nowhere'", "UPDATE gpkg_geometry_columns SET srs_id = 4326",
)  # fmt: skip


def spoilt_database(path: Path, rng: random.Random) -> str:
    """Damage a GeoPackage in its bytes or by SQL; what was done."""
    if rng.random() < 0.4:
        path.write_bytes(damaged(path.read_bytes(), rng))
        return "bytes damaged"
    done = []
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as file:
        tables = [n for (n,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'rtree%' AND name NOT LIKE 'sqlite%'")]  # fmt: skip
        for n in range(rng.choice([1, 1, 2])):
            t, u = rng.choice(tables), rng.choice(tables)
            names = [row[1] for row in file.execute(f'PRAGMA table_info("{t}")')]
            sql = rng.choice(_PLANTS).format(n=n, t=t, u=u, c=rng.choice(names or ["x"]))
            done.append(sql)
            file.executescript(sql)
    return "; ".join(done)


def spoilt_store(good: Path, folder: Path, rng: random.Random) -> tuple[Path, str]:
    """A copy of a store with one of its files damaged, and how."""
    shutil.copytree(good, folder)
    name = rng.choice(["restricted.gpkg", "restricted.gpkg", "summary.gpkg"])
    if rng.random() < 0.1:
        (folder / name).unlink()
        return folder, f"{name} gone"
    return folder, f"{name}: {spoilt_database(folder / name, rng)}"
