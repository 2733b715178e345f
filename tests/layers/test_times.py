"""Times of a layer: what its own text or clock says, in the zone asked for, never the machine's."""

from __future__ import annotations

import pandas as pd
import pytest
from osgeo import gdal, ogr
from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, Qt

from ia_plugin.core.errors import ImpactAreaWarning, TimeError
from ia_plugin.layers import read_points
from tests.support.layer_files import COLUMNS, FeaturesOnly, both_ways, ogr_layer, open_layer

pytestmark = pytest.mark.qgis


def test_memory_layer_keeps_what_its_clock_says(tmp_path):
    layer = QgsVectorLayer("Point?crs=EPSG:27700&field=collar:integer&field=when:datetime", "m", "memory")
    for number, spec in ((7, Qt.TimeSpec.UTC), (8, Qt.TimeSpec.UTC)):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number, QDateTime(2024, 6, 1, 12, 0, 0, 0, spec)])
        feature.setGeometry(QgsGeometry.fromWkt("POINT (400000 300000)"))
        layer.dataProvider().addFeatures([feature])
    table = read_points(layer, {"officer_id": "collar", "time": "when"})
    assert table["time"].tolist() == [pd.Timestamp("2024-06-01T12:00Z")] * 2
    assert table["officer_id"].tolist() == ["7", "8"]


@pytest.mark.clocks
@pytest.mark.parametrize("timezone, hour", [("Europe/London", 11), ("America/New_York", 16), ("UTC", 12)])
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("GeoJSON", "a.geojson")])
def test_naive_times_are_read_in_the_zone_asked_for(tmp_path, driver, name, when, timezone, hour):
    rows = [("P1", "2024-06-01T12:00:00", "", 1.0, 1, (1, 2)), ("P1", None, "", 1.0, 1, (1, 2))]
    layer = ogr_layer(tmp_path / name, driver, rows, when=when)
    if driver == "GPKG" and when == ogr.OFTDateTime:
        _set_text(tmp_path / name, "2024-06-01T12:00:00")
    table = both_ways(layer, timezone=timezone)
    assert table["time"].tolist() == [pd.Timestamp(f"2024-06-01T{hour}:00Z"), pd.NaT]


def _set_text(path, text):
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL(f'UPDATE "{path.stem}" SET "when" = \'{text}\' WHERE fid = 1')


@pytest.mark.parametrize("written", ["(null)", "<NA>", "N.A.", "#VALUE!", "tbc", "—"])
def test_what_an_import_takes_for_no_time_is_none_in_a_layer(tmp_path, written):
    rows = [("P1", t, "", 1.0, 1, (1, 2)) for t in ("2024-06-01T12:00:00", written)]
    layer = ogr_layer(tmp_path / "a.geojson", "GeoJSON", rows, when=ogr.OFTString)
    assert both_ways(layer)["time"].tolist() == [pd.Timestamp("2024-06-01T11:00Z"), pd.NaT]


@pytest.mark.clocks
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
def test_a_column_with_and_without_offsets_is_refused(tmp_path, when):
    rows = [("P1", t, "", 1.0, 1, (1, 2)) for t in ("2024-06-01T12:00:00Z", "2024-06-01T12:00:00")]
    layer = ogr_layer(tmp_path / "a.geojson", "GeoJSON", rows, when=when)
    for source in (layer, FeaturesOnly(layer)):
        with pytest.raises(TimeError, match="mixes 1 values with an offset from UTC and 1 without"):
            read_points(source, COLUMNS, layer=layer)


@pytest.mark.clocks
@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("ESRI Shapefile", "a.shp")])
def test_a_date_is_no_time_of_a_report_but_midnight_in_civil_time_elsewhere(tmp_path, driver, name):
    rows = [("P1", "2024/06/01", "", 1.0, 1, (1, 2)), ("P1", None, "", 1.0, 1, (1, 2))]
    layer = ogr_layer(tmp_path / name, driver, rows, when=ogr.OFTDate)
    for source in (layer, FeaturesOnly(layer)):
        with pytest.raises(TimeError, match="'when' holds dates without a time of day"):
            read_points(source, COLUMNS, layer=layer)
    table = both_ways(layer, {"start": "when"})
    assert table["start"].tolist() == [pd.Timestamp("2024-05-31T23:00Z"), pd.NaT]


def test_days_among_moments_are_left_out_and_counted(tmp_path):
    rows = [("P1", t, "", 1.0, 1, (1, 2)) for t in ("2024-06-01T12:00:00", "2024-06-02")]
    with pytest.warns(ImpactAreaWarning, match="1 value of 'when' has a date without a time of day"):
        table = both_ways(ogr_layer(tmp_path / "a.gpkg", "GPKG", rows))
    assert table["time"].tolist() == [pd.Timestamp("2024-06-01T11:00Z"), pd.NaT]


@pytest.mark.clocks
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
@pytest.mark.parametrize("field", ["time_utc", "gps_time_gmt"])
def test_a_field_whose_name_says_utc_is_in_utc(tmp_path, field, when):
    rows = [("P1", "2024-06-01T12:00:00", "", 1.0, 1, (1, 2))] * 2
    path = tmp_path / "a.geojson"
    ogr_layer(path, "GeoJSON", rows, when=when)
    path.write_text(path.read_text(encoding="utf-8").replace('"when"', f'"{field}"'), encoding="utf-8")
    layer = open_layer(str(path), "ogr")
    with pytest.warns(
        ImpactAreaWarning, match=f"2 times without an offset read in UTC, as the column's name '{field}'"
    ):
        table = both_ways(layer, {"officer_id": "collar", "time": field})
    assert table["time"].dt.hour.tolist() == [12, 12]


def test_a_time_of_day_is_no_moment(tmp_path):
    layer = ogr_layer(tmp_path / "a.geojson", "GeoJSON", [("P1", "12:00:00", "", 1.0, 1, (1, 2))], when=ogr.OFTTime)
    with pytest.raises(TimeError):
        read_points(layer, COLUMNS)


@pytest.mark.clocks
@pytest.mark.parametrize("scale", [1, 1000])
def test_epoch_numbers(tmp_path, scale):
    rows = [("P1", 1717243200 * scale, "", 1.0, 1, (1, 2)), ("P1", None, "", 1.0, 1, (1, 2))]
    table = both_ways(ogr_layer(tmp_path / "a.gpkg", "GPKG", rows, when=ogr.OFTInteger64))
    assert table["time"].tolist() == [pd.Timestamp("2024-06-01T12:00Z"), pd.NaT]


def test_text_that_is_no_time(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG", [("P1", "Tuesday", "", 1.0, 1, (1, 2))])
    with pytest.raises(TimeError, match="'aaaaaaa', row 1"):
        read_points(layer, COLUMNS)


@pytest.mark.clocks
@pytest.mark.parametrize("detect", ["yes", "no"])
@pytest.mark.parametrize(
    "text, hour", [("2024-06-01T12:00:00Z", 12), ("2024-06-01T12:00:00+01:00", 11), ("2024-06-01T12:00:00", 11)]
)
def test_delimited_text_whether_or_not_it_detects_times(tmp_path, text, hour, detect):
    path = tmp_path / "a.csv"
    path.write_text(f"when,x,y\n{text},1,2\n,1,2\n", encoding="utf-8")
    layer = open_layer(
        f"file://{path}?delimiter=,&xField=x&yField=y&crs=EPSG:27700&detectTypes={detect}", "delimitedtext"
    )
    assert read_points(layer, {"time": "when"})["time"].tolist() == [pd.Timestamp(f"2024-06-01T{hour}:00Z"), pd.NaT]


def test_an_edited_time_is_read_as_typed_among_readings_without_offset(tmp_path):
    layer = ogr_layer(
        tmp_path / "a.geojson", "GeoJSON", [("P1", "2024-06-01T12:00:00", "", 1.0, 1, (1, 2))] * 2, ogr.OFTDateTime
    )
    layer.startEditing()
    first = next(layer.getFeatures())
    layer.changeAttributeValue(first.id(), layer.fields().lookupField("when"), QDateTime(2024, 6, 1, 13, 0, 0))
    assert read_points(layer, COLUMNS)["time"].dt.hour.tolist() == [12, 11]
