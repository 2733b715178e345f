"""An output in a GeoPackage is the same file whether its rows go in as whole columns or as features; only quicker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsProcessingFeedback,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ia_plugin.core.errors import Cancelled
from ia_plugin.layers import BulkOutput, fields_for, mark_utc, write_table
from tests.support.sqlite_files import sqlite_file

pytestmark = pytest.mark.qgis

KINDS = {"word": "str", "n": "int", "share": "float", "known": "bool", "at": "time", "day": "date", "nothing": "str"}
ROWS = pd.DataFrame(
    {
        "word": ["Ashcroft", None, "", "Ünit „9“"],
        "n": pd.array([1, None, -(2**62), 4], dtype="Int64"),
        "share": [0.1, np.nan, -1e300, 4.0],
        "known": pd.array([True, False, None, True], dtype="boolean"),
        "at": [pd.Timestamp(t) for t in ("2024-06-03T11:00Z", "NaT", "1969-12-31T23:59:59Z", "2024-10-27T00:30Z")],
        "day": [pd.Timestamp(d) for d in ("2024-06-03", "NaT", "2199-12-31", "1970-01-01")],
        "x": [1.5, 2.5, np.nan, 4.5],
        "y": [1.0, 2.0, 3.0, 4.0],
    }
).assign(at=lambda t: pd.to_datetime(t["at"], utc=True))
SHAPES = [shapely.multipolygons([shapely.box(0, 0, 1, 1)]), None, shapely.MultiPolygon([shapely.box(5, 5, 6, 7)]), None]
LEG = bytes.fromhex("01d207000002000000") + np.array([1, 2, 0, 4, 3, 60], dtype="<f8").tobytes()


def laid_out(path: Path, kind: Any, *options: str) -> Any:
    """The fields, once QGIS has laid out an empty table for them, and its writer, still open."""
    fields = fields_for(list(KINDS), KINDS)
    wanted = QgsVectorFileWriter.SaveVectorOptions()
    wanted.driverName, wanted.layerName, wanted.layerOptions = "GPKG", path.stem, list(options)
    system, context = QgsCoordinateReferenceSystem("EPSG:27700"), QgsCoordinateTransformContext()
    writer = QgsVectorFileWriter.create(str(path), fields, kind, system, context, wanted)
    assert writer.hasError() == QgsVectorFileWriter.WriterError.NoError, writer.errorMessage()
    return fields, writer


def both(folder: Path, rows: pd.DataFrame, kind: Any, geometry: Any, *options: str) -> tuple[Path, Path]:
    """The output by columns and by features, as files."""
    fast, slow = folder / "t.gpkg", folder / "slow" / "t.gpkg"
    slow.parent.mkdir()
    fields, writer = laid_out(fast, kind, *options)
    del writer
    found = BulkOutput.of(fast, "", fields)
    assert found is not None and found.append(rows, geometry, None) == len(rows)
    fields, writer = laid_out(slow, kind, *options)
    write_table(rows, writer, fields, geometry=geometry)
    del writer
    mark_utc(str(slow), ["at"])
    return fast, slow


def rows_of(path: Path) -> list[list[Any]]:
    """What QGIS shows of a file: attributes and places, "" for none. (Features without one QGIS 3.22 writes as an empty one.)"""
    layer = QgsVectorLayer(str(path), "t", "ogr")
    assert layer.isValid()
    found = [(f, "" if f.geometry().isEmpty() else f.geometry().asWkt(3)) for f in layer.getFeatures()]
    return [[f.id(), *(str(v) for v in f.attributes()), place] for f, place in found]


def registers(path: Path) -> dict[str, Any]:
    """What the file says of its table, but the moment of its last change."""
    asked = {
        "contents": "SELECT table_name, data_type, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents",
        "geometry": "SELECT * FROM gpkg_geometry_columns",
        "count": "SELECT * FROM gpkg_ogr_contents",
        "triggers": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "table": "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 't'",
    }
    with sqlite_file(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {name: db.execute(sql).fetchall() for name, sql in asked.items()}


@pytest.mark.parametrize(
    "kind, geometry",
    [
        (QgsWkbTypes.Type.Point, ("x", "y")),
        (QgsWkbTypes.Type.MultiPolygon, SHAPES),
        (QgsWkbTypes.Type.LineStringM, lambda part: [LEG] * len(part)),
        (QgsWkbTypes.Type.LineStringM, [LEG, None, LEG, None]),
        (QgsWkbTypes.Type.NoGeometry, None),
    ],
    ids=["points", "polygons", "legs", "lines and none", "no places"],
)  # fmt: skip
def test_rows_places_and_registers_are_those_of_the_features(qgis_app, tmp_path, kind, geometry):
    fast, slow = both(tmp_path, ROWS, kind, geometry)
    assert rows_of(fast) == rows_of(slow)
    assert registers(fast) == registers(slow)


def test_the_spatial_index_finds_what_is_there(qgis_app, tmp_path):
    fast, _ = both(tmp_path, ROWS, QgsWkbTypes.Type.Point, ("x", "y"))
    with sqlite_file(fast) as db:
        assert db.execute("SELECT rtreecheck('rtree_t_geom')").fetchone() == ("ok",)
        assert db.execute("SELECT id FROM rtree_t_geom WHERE minx > 2 ORDER BY id").fetchall() == [(2,), (4,)]


def test_the_options_of_the_layer_are_kept(qgis_app, tmp_path):
    options = ("FID=number", "GEOMETRY_NAME=place", "SPATIAL_INDEX=NO")
    fast, slow = both(tmp_path, ROWS, QgsWkbTypes.Type.Point, ("x", "y"), *options)
    assert rows_of(fast) == rows_of(slow) and registers(fast) == registers(slow)
    assert '"number" INTEGER PRIMARY KEY' in registers(fast)["table"][0][0]


def test_parts_stand_one_behind_the_other_and_a_cancelled_one_not_at_all(qgis_app, tmp_path):
    path = tmp_path / "t.gpkg"
    fields, writer = laid_out(path, QgsWkbTypes.Type.Point)
    del writer
    output = BulkOutput.of(path, "t", fields)
    output.append(ROWS, ("x", "y"), None)
    output.append(ROWS[:1], ("x", "y"), None)
    stopped = QgsProcessingFeedback()
    stopped.cancel()
    with pytest.raises(Cancelled):
        output.append(ROWS, ("x", "y"), stopped)
    assert [row[0] for row in rows_of(path)] == [1, 2, 3, 4, 5]
    assert registers(path)["count"] == [("t", 5)]


def test_moments_are_kept_to_the_millisecond_whatever_the_version_of_qgis(qgis_app, tmp_path):
    path = tmp_path / "t.gpkg"
    fields, writer = laid_out(path, QgsWkbTypes.Type.NoGeometry)
    del writer
    times = pd.to_datetime(["2024-06-03T11:00:00.0004Z", "2024-06-03T11:00:00.9996Z"], utc=True)
    BulkOutput.of(path, "", fields).append(pd.DataFrame({"at": times}), None, None)
    with sqlite_file(path) as db:
        assert db.execute("SELECT at FROM t").fetchall() == [
            ("2024-06-03T11:00:00.000Z",),
            ("2024-06-03T11:00:01.000Z",),
        ]


def test_a_table_that_has_rows_or_other_columns_is_left_to_features(qgis_app, tmp_path):
    fast, _ = both(tmp_path, ROWS, QgsWkbTypes.Type.Point, ("x", "y"))
    assert BulkOutput.of(fast, "", fields_for(list(KINDS), KINDS)) is None
    fields, writer = laid_out(tmp_path / "other.gpkg", QgsWkbTypes.Type.Point)
    del writer
    assert BulkOutput.of(tmp_path / "other.gpkg", "", fields_for(["unit"])) is None
    (tmp_path / "no.gpkg").write_bytes(b"none")
    assert BulkOutput.of(tmp_path / "no.gpkg", "", fields) is None
