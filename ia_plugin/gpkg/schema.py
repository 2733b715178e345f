"""The words of a GeoPackage: its own tables, the triggers of its spatial index, and reference systems."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from ..core.reference_systems import reference_system
from ..core.sql import Sql, composed, literal

APPLICATION_ID = 0x47504B47  # "GPKG"
VERSION = 10200  # 1.2: every GDAL since 2.2 reads it without a word
NEWEST_VERSION = 10499  # 1.4.x: what other programs write, and we read

_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ','now')"
_TABLES = f"""
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT ({_NOW}),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
"""
_UNDEFINED = (
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
)
_TREE_PARTS = {
    "full": "(NEW.{g} NOTNULL AND NOT ST_IsEmpty(NEW.{g}))",
    "empty": "(NEW.{g} ISNULL OR ST_IsEmpty(NEW.{g}))",
    "same": 'OLD."fid" = NEW."fid"',
    "other": 'OLD."fid" != NEW."fid"',
    "put": "INSERT OR REPLACE INTO {r} VALUES "
    '(NEW."fid", ST_MinX(NEW.{g}), ST_MaxX(NEW.{g}), ST_MinY(NEW.{g}), ST_MaxY(NEW.{g}))',
    "drop": 'DELETE FROM {r} WHERE id = OLD."fid"',
    "either": 'DELETE FROM {r} WHERE id IN (OLD."fid", NEW."fid")',
}
_TREE_TRIGGERS = {
    "insert": "AFTER INSERT ON {t} WHEN {full} BEGIN {put}; END",
    "update1": "AFTER UPDATE OF {g} ON {t} WHEN {same} AND {full} BEGIN {put}; END",
    "update2": "AFTER UPDATE OF {g} ON {t} WHEN {same} AND {empty} BEGIN {drop}; END",
    "update3": "AFTER UPDATE ON {t} WHEN {other} AND {full} BEGIN {drop}; {put}; END",
    "update4": "AFTER UPDATE ON {t} WHEN {other} AND {empty} BEGIN {either}; END",
    "delete": "AFTER DELETE ON {t} WHEN OLD.{g} NOT NULL BEGIN {drop}; END",
}
_WGS84 = 4326
_RTREE_PAGE = "http://www.geopackage.org/spec120/#extension_rtree"


def lay_out(db: sqlite3.Connection, epsg: int) -> None:
    """The tables of an empty GeoPackage (in the caller's transaction)."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    rows = [*_UNDEFINED, *(_reference_row(code) for code in dict.fromkeys((_WGS84, epsg)))]
    db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", rows)


def _reference_row(epsg: int) -> tuple[Any, ...]:
    crs = reference_system(epsg)
    return crs.name, epsg, "EPSG", epsg, crs.to_wkt("WKT1_GDAL"), None


def declared_column(name: str, kind: str) -> Sql:
    """A column as CREATE TABLE declares it; `kind` is SQL's word for its type."""
    return composed("{name} {kind}", name=name, kind=Sql(kind))


def index_name(table: str, columns: Sequence[str]) -> str:
    return f"idx_{table}_{'_'.join(columns)}"


def tree_name(table: str, geometry: str = "geom") -> str:
    return f"rtree_{table}_{geometry}"


def create_tree(db: sqlite3.Connection, table: str, geometry: str = "geom") -> None:
    """The empty spatial index of a table, registered; its triggers come with :func:`create_triggers`."""
    made = composed(
        "CREATE VIRTUAL TABLE {tree} USING rtree(id, minx, maxx, miny, maxy)", tree=tree_name(table, geometry)
    )
    db.execute(made)
    row = (table, geometry, "gpkg_rtree_index", _RTREE_PAGE, "write-only")
    db.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", row)


def triggers(table: str, geometry: str = "") -> dict[str, Sql]:
    """Name -> definition of each trigger: the feature count, and where there is a geometry the spatial index."""
    found = {
        f"trigger_{event}_feature_count_{table}": composed(
            "AFTER {event} ON {t} BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count {sign} 1 "
            "WHERE lower(table_name) = lower({name}); END",
            event=Sql(event.upper()),
            t=table,
            sign=sign,
            name=literal(table),
        )
        for event, sign in (("insert", Sql("+")), ("delete", Sql("-")))
    }
    if geometry:
        found.update(_tree_triggers(table, geometry))
    return found


def _tree_triggers(table: str, geometry: str) -> dict[str, Sql]:
    """As OGC 12-128r14, annex F.3 has them."""
    name = tree_name(table, geometry)
    names: dict[str, str] = {"t": table, "g": geometry, "r": name}
    parts = {word: composed(template, **names) for word, template in _TREE_PARTS.items()}
    return {f"{name}_{event}": composed(body, **names, **parts) for event, body in _TREE_TRIGGERS.items()}


def create_triggers(db: sqlite3.Connection, table: str, geometry: str = "") -> None:
    for name, body in triggers(table, geometry).items():
        db.execute(composed("CREATE TRIGGER {name} {body}", name=name, body=body))


def drop_triggers(db: sqlite3.Connection, table: str, geometry: str = "") -> None:
    for name in triggers(table, geometry):
        db.execute(composed("DROP TRIGGER IF EXISTS {name}", name=name))
