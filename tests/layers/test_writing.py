"""Tables -> layers: what is written comes back the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeedback,
    QgsGeometry,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt

from ia_plugin.compat import FieldType
from ia_plugin.core.errors import ColumnError
from ia_plugin.core.sentence import phrase
from ia_plugin.core.times.instants import parsed
from ia_plugin.core.words import count_of
from ia_plugin.layers import fields_for, mark_utc, read_legs, read_points, write_table
from tests.support.layer_files import BRITISH, both_ways, open_layer

pytestmark = pytest.mark.qgis


def test_a_table_survives_the_way_out_and_in():
    frame = pd.DataFrame(
        {
            "officer_id": ["a", None, "😀"],
            "time": parsed(["2024-06-01T12:00:00.25Z", None, "2024-10-27T00:30Z"]).astype("datetime64[ns, UTC]"),
            "x": [1.0, np.nan, 3.0],
            "y": [2.0, np.nan, 4.0],
            "accuracy_m": [np.nan, 1.5, 2.0],
            "flag": [True, False, True],
            "leg_id": [2**62 + 1, -1, 0],
        }
    )
    before = frame.copy()
    fields = fields_for(list(frame), {"flag": "bool"})
    layer = QgsVectorLayer("Point?crs=EPSG:27700", "m", "memory")
    layer.dataProvider().addAttributes([fields.at(i) for i in range(fields.count())])
    layer.updateFields()
    assert write_table(frame, layer.dataProvider(), fields, geometry=("x", "y"), batch=2) == 3
    columns = {name: name for name in frame if name not in "xy"}
    pd.testing.assert_frame_equal(read_points(layer, columns)[list(frame)], frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("int", pd.array([564, 7], "Int64")), ("int", np.array([564, 7], "int32")), ("int", np.array([564, 7], object)),
        ("float", pd.array([0.5, 7.0], "Float64")), ("bool", pd.array([True, False], "boolean")), ("bool", np.array([True, False])),
    ],
)  # fmt: skip
def test_numbers_of_any_array_are_written_as_they_are(kind, values, tmp_path):
    """A field of numbers takes Python's own alone; what it does not know it writes as an empty text, and a CSV refuses that."""
    fields = fields_for([], {"value": kind})
    path = str(tmp_path / "out.csv")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "CSV"
    system, context = QgsCoordinateReferenceSystem(), QgsProject.instance().transformContext()
    writer = QgsVectorFileWriter.create(path, fields, QgsWkbTypes.Type.NoGeometry, system, context, options)
    assert write_table(pd.DataFrame({"value": values}), writer, fields, destination=path) == 2
    del writer
    assert pd.read_csv(path)["value"].tolist() in ([*values], [int(v) for v in values])  # truth may be 1 and 0


def test_a_row_takes_nothing_from_the_batch_before():
    """Features are filled anew for each batch: what a row lacks must not stay from another."""
    frame = pd.DataFrame(
        {
            "time": parsed(["2024-06-01T12:00:00Z", "2024-06-01T12:00:00Z", None, "2024-10-27T00:30:00.25Z", None]),
            "name": ["a", "b", None, "c", None],
            "accuracy_m": [1.0, 2.0, np.nan, 3.0, np.nan],
        }
    )
    points = [QgsGeometry.fromWkt(f"POINT ({i} {-i})").asWkb().data() for i in range(5)]
    points[2] = points[4] = None
    fields = fields_for(list(frame), {"name": "str"})
    layer = QgsVectorLayer("Point?crs=EPSG:27700", "m", "memory")
    layer.dataProvider().addAttributes(fields.toList())
    layer.updateFields()
    shapes = np.array(points, dtype=object)
    assert write_table(frame, layer.dataProvider(), fields, geometry=shapes, batch=2) == 5
    found = list(layer.getFeatures())
    assert [f["name"] or None for f in found] == ["a", "b", None, "c", None]
    assert [f["accuracy_m"] or None for f in found] == [1.0, 2.0, None, 3.0, None]
    assert [f.geometry().asWkt() for f in found] == ["Point (0 0)", "Point (1 -1)", "", "Point (3 -3)", ""]
    moments = [f["time"] for f in found if f["time"]]
    assert [m.toMSecsSinceEpoch() for m in moments] == [1717243200000, 1717243200000, 1729989000250]
    assert {m.timeSpec() for m in moments} == {Qt.TimeSpec.UTC}


def test_a_sentence_is_written_as_the_text_it_is():
    """Qt takes a str of our own for an object that no field holds, and the row was not written."""
    fields = fields_for(["name"])
    layer = QgsVectorLayer("NoGeometry", "m", "memory")
    layer.dataProvider().addAttributes([fields.at(i) for i in range(fields.count())])
    layer.updateFields()
    frame = pd.DataFrame({"name": pd.Series([count_of(2, "days"), phrase("on foot"), "x"], dtype=object)})
    assert write_table(frame, layer.dataProvider(), fields) == 3
    assert [f["name"] for f in layer.getFeatures()] == ["2 days", "on foot", "x"]


@pytest.mark.clocks
def test_times_in_a_geopackage_are_utc_and_come_back(tmp_path):
    frame = pd.DataFrame(
        {"time": pd.to_datetime(["2024-06-01T12:00:00Z", "2024-01-01T00:00:00Z"]), "x": [1.0, 2.0], "y": [3.0, 4.0]}
    )
    fields = fields_for(["time"])
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    path = str(tmp_path / "out.gpkg")
    sink = QgsVectorFileWriter.create(
        path, fields, QgsWkbTypes.Type.Point, BRITISH, QgsProject.instance().transformContext(), options
    )
    write_table(frame, sink, fields, geometry=("x", "y"))
    del sink
    assert mark_utc(path, ["time"]) and mark_utc(f"{path}|layername=out", ["time"])
    dataset = gdal.OpenEx(path)
    texts = [f.GetField(0) for f in dataset.ExecuteSQL("SELECT CAST(time AS TEXT) FROM out ORDER BY fid")]
    # GDAL writes whole seconds with milliseconds up to 3.12, without from then on.
    assert [text.replace(".000Z", "Z") for text in texts] == ["2024-06-01T12:00:00Z", "2024-01-01T00:00:00Z"]
    assert both_ways(open_layer(path), {"time": "time"})["time"].tolist() == frame["time"].tolist()


def test_writing_stops_when_asked_to():
    feedback = QgsFeedback()
    feedback.cancel()
    layer = QgsVectorLayer("Point?crs=EPSG:27700&field=x:double", "m", "memory")
    assert write_table(pd.DataFrame({"x": [1.0]}), layer.dataProvider(), layer.fields(), feedback=feedback) == 0


def test_fields_follow_the_data_dictionary():
    fields = fields_for("legs", {"period": "time"}, present=["mode"])
    kinds = {fields.at(i).name(): fields.at(i).type() for i in range(fields.count())}
    assert (
        kinds["leg_id"] == FieldType.INTEGER and kinds["start"] == FieldType.DATE_TIME and kinds["x0"] == FieldType.REAL
    )
    assert "mode" in kinds and "p_foot" not in kinds and kinds["period"] == FieldType.DATE_TIME
    with pytest.raises(ColumnError):
        fields_for(["no such column"])


def test_legs_come_back_from_their_layer():
    legs = pd.DataFrame(
        {
            "leg_id": [1, 2],
            "track_id": [5, 5],
            "officer_id": ["a", "a"],
            "start": pd.to_datetime(["2024-06-01T12:00Z", "2024-06-01T12:05Z"]),
            "end": pd.to_datetime(["2024-06-01T12:05Z", "2024-06-01T12:10Z"]),
            "mode": ["foot", None],
        }
    )
    fields = fields_for(list(legs))
    layer = QgsVectorLayer("LineStringM?crs=EPSG:27700", "legs", "memory")
    layer.dataProvider().addAttributes([fields.at(i) for i in range(fields.count())])
    layer.updateFields()
    shapes = np.array(
        [QgsGeometry.fromWkt(f"LINESTRINGM ({w})").asWkb().data() for w in ("0 1 5, 2 3 6", "2 3 6, 4 5 7")],
        dtype=object,
    )
    assert write_table(legs, layer.dataProvider(), fields, geometry=shapes) == 2
    table = read_legs(layer)
    assert table[["x0", "y0", "x1", "y1"]].to_numpy().tolist() == [[0, 1, 2, 3], [2, 3, 4, 5]]
    pd.testing.assert_frame_equal(table[list(legs)], legs)
    with pytest.raises(ColumnError, match="officer_id, start, end"):
        read_legs(QgsVectorLayer("LineString?crs=EPSG:27700&field=a:string", "m", "memory"))
