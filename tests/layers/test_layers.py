"""Layers -> tables and back: one table, whatever the format and the way it is read."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

pytest.importorskip("qgis.core", reason="needs QGIS")

from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeedback,
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameters,
    QgsProject,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt, QVariant

from ia_plugin.core.errors import AreaError, ColumnError, CrsError, TimeError
from ia_plugin.layers import (
    Cancelled,
    Origin,
    fields_for,
    mark_utc,
    read_areas,
    read_legs,
    read_points,
    read_table,
    working_crs,
    write_table,
)

pytestmark = pytest.mark.qgis
gdal.UseExceptions()
COLUMNS = {"officer_id": "collar", "time": "when", "unit": "team", "accuracy_m": "acc", "fixes": "n", "reason": None}
WGS84, BRITISH = QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateReferenceSystem("EPSG:27700")

# collar, when, team, acc, n, (x, y)
ROWS = [
    ("P001", "2024-06-01T12:00:00Z", "Team A", 5.5, 1, (-1.90, 52.50)),
    ("P002", "2024-06-01T13:00:00+01:00", "Zürich é", None, 2, (-1.80, 52.40)),
    (None, None, None, 2.0, None, (-1.85, 52.45)),
    ("😀", "2024-01-01T12:00:00.250Z", "", 0.0, -7, None),
    ("P001", "2024-06-01T07:00:00-05:00", "a unit with a long name " * 3, 1e300, 4, (-1.70, 52.60)),
]
UTC = [pd.Timestamp("2024-06-01T12:00Z")] * 2 + [
    pd.NaT,
    pd.Timestamp("2024-01-01T12:00:00.25Z"),
    pd.Timestamp("2024-06-01T12:00Z"),
]


@pytest.fixture(scope="module", autouse=True)
def qgis(qgis_app):
    """Every test here needs QGIS."""


def make(path: Path, driver: str, rows=ROWS, when=ogr.OFTString, geometry=ogr.wkbPoint, epsg=4326, options=()):
    """A file with `rows`, written by OGR alone."""
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(epsg)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    gdal.SetConfigOption("SHAPE_ENCODING", None)  # QGIS sets it, so that OGR would not encode
    dataset = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer(path.stem, srs, geometry, options=list(options))
    for name, kind in (
        ("collar", ogr.OFTString),
        ("when", when),
        ("team", ogr.OFTString),
        ("acc", ogr.OFTReal),
        ("n", ogr.OFTInteger),
    ):
        layer.CreateField(ogr.FieldDefn(name, kind))
    for *values, xy in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for i, value in enumerate(values):
            if value is not None:
                feature.SetField(i, value)
        if xy is not None:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(xy if isinstance(xy, str) else f"POINT ({xy[0]} {xy[1]})"))
        layer.CreateFeature(feature)
    del layer, dataset
    return opened(path)


def opened(path, provider="ogr"):
    layer = QgsVectorLayer(str(path), "layer", provider)
    assert layer.isValid(), path
    return layer


def source_of(layer, selected=False, check=None):
    """The feature source that an algorithm would get."""
    context = QgsProcessingContext()
    QgsProject.instance().addMapLayer(layer, False)
    context.setProject(QgsProject.instance())
    if check is not None:
        context.setInvalidGeometryCheck(check)
    value = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=selected)
    source = QgsProcessingParameters.parameterAsSource(
        QgsProcessingParameterFeatureSource("INPUT"), {"INPUT": value}, context
    )
    source.context = context  # kept alive
    return source


def both_ways(layer, columns=COLUMNS, **more):
    """The table by the file and by features; they must be one."""
    fast = read_points(layer, columns, **more)
    assert fast.attrs["reading"]["how"] == "arrow"
    slow = read_points(FeaturesOnly(layer), columns, layer=layer, **more)
    assert slow.attrs["reading"]["how"] == "features"
    pd.testing.assert_frame_equal(fast, slow)
    return fast


class FeaturesOnly:
    """A source that does not say how many features it has: only its features can be read."""

    def __init__(self, layer):
        self.layer = layer

    def featureCount(self):
        return -1

    def __getattr__(self, name):
        return getattr(self.layer, name)


@pytest.mark.clocks
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("GeoJSON", "a.geojson")])
def test_file_and_features_give_the_same_table(tmp_path, driver, name, when):
    table = both_ways(make(tmp_path / name, driver, when=when))
    assert table["officer_id"].tolist() == ["P001", "P002", None, "😀", "P001"]
    assert table["time"].tolist() == UTC
    assert table["unit"].tolist() == [row[2] for row in ROWS]
    np.testing.assert_array_equal(table["accuracy_m"], [5.5, np.nan, 2.0, 0.0, 1e300])
    np.testing.assert_array_equal(table["fixes"], [1, 2, np.nan, -7, 4])
    np.testing.assert_array_equal(table["x"], [-1.9, -1.8, -1.85, np.nan, -1.7])
    assert list(table) == ["x", "y", "officer_id", "time", "unit", "accuracy_m", "fixes"]
    assert table.attrs["reading"]["no_position"] == 1


@pytest.mark.parametrize("encoding, words", [("UTF-8", "Zürich €"), ("ISO-8859-1", "Zürich é"), ("CP1252", "Zürich €")])
def test_shapefile_in_each_encoding(tmp_path, encoding, words):
    rows = [
        ("P1", "01/06/2024 12:00", words, 1.0, 1, (1, 2)),
        (None, None, None, None, None, (3, 4)),
        ("P2", "", "", 2.0, 2, None),
    ]
    table = both_ways(make(tmp_path / "a.shp", "ESRI Shapefile", rows, options=[f"ENCODING={encoding}"]))
    assert table["unit"].tolist()[0] == words
    assert table["time"].tolist() == [pd.Timestamp("2024-06-01T11:00Z"), pd.NaT, pd.NaT]


def test_csv_by_ogr_and_by_delimited_text(tmp_path):
    lines = ["collar,when,team,acc,n,x,y,wkt"]
    for collar, when, team, acc, n, xy in ROWS:
        place = xy or ("", "")
        shape = f"POINT ({place[0]} {place[1]})" if xy else ""
        lines.append(",".join("" if v is None else str(v) for v in (collar, when, team, acc, n, *place, shape)))
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = {
        k: v for k, v in COLUMNS.items() if k != "officer_id"
    }  # an empty text is "" to OGR and NULL to delimited text
    tables = [
        both_ways(opened(path), columns),
        both_ways(opened(f"{path}|option:X_POSSIBLE_NAMES=x|option:Y_POSSIBLE_NAMES=y"), columns),
        read_points(opened(f"file://{path}?delimiter=,&xField=x&yField=y&crs=EPSG:4326", "delimitedtext"), columns),
        read_points(
            opened(f"file://{path}?delimiter=,&wktField=wkt&crs=EPSG:4326&detectTypes=no", "delimitedtext"), columns
        ),
    ]
    for table in tables:
        located = table[table["x"].notna()]
        assert located["x"].tolist() == [-1.9, -1.8, -1.85, -1.7]
        assert located["time"].tolist() == [UTC[i] for i in (0, 1, 2, 4)]
        np.testing.assert_array_equal(located["accuracy_m"], [5.5, np.nan, 2.0, 1e300])


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
    layer = make(tmp_path / name, driver, rows, when=when)
    if driver == "GPKG" and when == ogr.OFTDateTime:
        _set_text(tmp_path / name, "2024-06-01T12:00:00")
    table = both_ways(layer, timezone=timezone)
    assert table["time"].tolist() == [pd.Timestamp(f"2024-06-01T{hour}:00Z"), pd.NaT]


def _set_text(path, text):
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL(f'UPDATE "{path.stem}" SET "when" = \'{text}\' WHERE fid = 1')


@pytest.mark.clocks
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
def test_a_column_with_and_without_offsets_is_refused(tmp_path, when):
    rows = [("P1", t, "", 1.0, 1, (1, 2)) for t in ("2024-06-01T12:00:00Z", "2024-06-01T12:00:00")]
    layer = make(tmp_path / "a.geojson", "GeoJSON", rows, when=when)
    for source in (layer, FeaturesOnly(layer)):
        with pytest.raises(TimeError, match="mixes 1 values with an offset from UTC and 1 without"):
            read_points(source, COLUMNS, layer=layer)


@pytest.mark.clocks
@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("ESRI Shapefile", "a.shp")])
def test_a_date_is_midnight_in_civil_time(tmp_path, driver, name):
    rows = [("P1", "2024/06/01", "", 1.0, 1, (1, 2)), ("P1", None, "", 1.0, 1, (1, 2))]
    table = both_ways(make(tmp_path / name, driver, rows, when=ogr.OFTDate))
    assert table["time"].tolist() == [pd.Timestamp("2024-05-31T23:00Z"), pd.NaT]


def test_a_time_of_day_is_no_moment(tmp_path):
    layer = make(tmp_path / "a.geojson", "GeoJSON", [("P1", "12:00:00", "", 1.0, 1, (1, 2))], when=ogr.OFTTime)
    with pytest.raises(TimeError):
        read_points(layer, COLUMNS)


@pytest.mark.clocks
@pytest.mark.parametrize("scale", [1, 1000])
def test_epoch_numbers(tmp_path, scale):
    rows = [("P1", 1717243200 * scale, "", 1.0, 1, (1, 2)), ("P1", None, "", 1.0, 1, (1, 2))]
    table = both_ways(make(tmp_path / "a.gpkg", "GPKG", rows, when=ogr.OFTInteger64))
    assert table["time"].tolist() == [pd.Timestamp("2024-06-01T12:00Z"), pd.NaT]


def test_text_that_is_no_time(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG", [("P1", "Tuesday", "", 1.0, 1, (1, 2))])
    with pytest.raises(TimeError, match="'Tuesday', row 1"):
        read_points(layer, COLUMNS)


@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("GeoJSON", "a.geojson")])
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
def test_subset_filter(tmp_path, driver, name, when):
    layer = make(tmp_path / name, driver, when=when)
    assert layer.setSubsetString("\"collar\" = 'P001'")
    table = both_ways(layer)
    assert table["fixes"].tolist() == [1, 4] and table["time"].tolist() == [UTC[0], UTC[4]]


@pytest.mark.clocks
def test_selection_is_read_alone_with_its_offsets(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG", when=ogr.OFTDateTime)
    layer.selectByIds([2, 5])
    table = read_points(source_of(layer, selected=True), COLUMNS, layer=layer)
    assert table.attrs["reading"]["how"] == "features"
    assert table["fixes"].tolist() == [2, 4] and table["time"].tolist() == [UTC[1], UTC[4]]
    assert read_points(source_of(layer), COLUMNS, layer=layer).attrs["reading"]["how"] == "arrow"


def test_edits_are_seen(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG")
    layer.startEditing()
    layer.changeAttributeValue(1, layer.fields().lookupField("team"), "moved")
    layer.deleteFeature(2)
    table = read_points(layer, COLUMNS)
    assert table.attrs["reading"]["how"] == "features" and table["unit"].tolist()[0] == "moved" and len(table) == 4


def test_a_computed_field_is_read_as_features(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG")
    layer.addExpressionField('upper("team")', QgsField("loud", QVariant.String))
    table = read_points(layer, {"unit": "loud"})
    assert table.attrs["reading"]["how"] == "features" and table["unit"].tolist()[0] == "TEAM A"


def test_reprojection_is_the_same_both_ways(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG")
    table = both_ways(layer, crs=BRITISH)
    np.testing.assert_allclose(table.loc[0, ["x", "y"]].astype(float), [406882.8, 289113.3], atol=15)
    assert np.isnan(table.loc[3, "x"])


def test_a_position_that_cannot_be_reprojected_is_counted(tmp_path):
    rows = [("P1", None, "", 1.0, 1, xy) for xy in ((-1.9, 52.5), (-1.9, 5000.0), (-1.8, 52.4))]
    layer = make(tmp_path / "a.gpkg", "GPKG", rows)
    with pytest.warns(UserWarning, match="1 positions"):
        table = read_points(layer, COLUMNS, crs=BRITISH)
    assert table["x"].isna().tolist() == [False, True, False] and table.attrs["reading"]["not_transformed"] == 1


def test_points_of_every_dimension_and_multipoints_of_one(tmp_path):
    shapes = [
        "POINT (1 2)",
        "POINT Z (1 2 3)",
        "POINT M (1 2 3)",
        "POINT ZM (1 2 3 4)",
        "MULTIPOINT (1 2)",
        "MULTIPOINT Z (1 2 3)",
        "POINT EMPTY",
    ]
    rows = [("P1", None, "", 1.0, 1, s) for s in shapes]
    table = both_ways(make(tmp_path / "a.gpkg", "GPKG", rows, geometry=ogr.wkbUnknown))
    assert table["x"].tolist()[:6] == [1.0] * 6 and table["y"].tolist()[:6] == [2.0] * 6 and np.isnan(table["x"][6])


def test_more_than_one_point_and_no_points_are_refused(tmp_path):
    several = make(
        tmp_path / "a.gpkg", "GPKG", [("P1", None, "", 1.0, 1, "MULTIPOINT (1 2, 3 4)")], geometry=ogr.wkbMultiPoint
    )
    with pytest.raises(ColumnError, match="2 points, row 1"):
        read_points(several, COLUMNS)
    mixed = make(
        tmp_path / "b.gpkg", "GPKG", [("P1", None, "", 1.0, 1, "LINESTRING (1 2, 3 4)")], geometry=ogr.wkbUnknown
    )
    with pytest.raises(ColumnError, match="no points|not points"):
        read_points(mixed, COLUMNS)
    with pytest.raises(ColumnError, match="not points"):
        read_points(QgsVectorLayer("LineString?crs=EPSG:27700", "m", "memory"), {})


@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("ESRI Shapefile", "a.shp")])
def test_an_empty_layer_gives_an_empty_typed_table(tmp_path, driver, name):
    layer = make(tmp_path / name, driver, [])
    table = read_points(layer, COLUMNS, crs=BRITISH)
    assert len(table) == 0 and str(table["time"].dtype) == "datetime64[ns, UTC]" and table["x"].dtype == float
    assert table["accuracy_m"].dtype == float and table["officer_id"].dtype == object


def test_an_unknown_field_is_named_with_those_there_are(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG")
    with pytest.raises(ColumnError, match="'moment' for 'time'.*fid, collar, when"):
        read_points(layer, {"time": "moment"})


def test_the_feature_number_can_be_a_column(tmp_path):
    table = both_ways(make(tmp_path / "a.gpkg", "GPKG"), {"source_ref": "fid"})
    assert table["source_ref"].tolist() == ["1", "2", "3", "4", "5"]


def test_reading_stops_when_asked_to(tmp_path):
    feedback = QgsFeedback()
    feedback.cancel()
    layer = make(tmp_path / "a.gpkg", "GPKG")
    for source in (layer, FeaturesOnly(layer)):
        with pytest.raises(Cancelled):
            read_points(source, COLUMNS, feedback=feedback)


def test_large_hashes_keep_every_digit(tmp_path):
    big = 2**62 + 1
    rows = [("P1", big, "", 1.0, 1, (1, 2)), ("P1", None, "", 1.0, 1, (1, 2))]
    table = both_ways(make(tmp_path / "a.gpkg", "GPKG", rows, when=ogr.OFTInteger64), {"leg_id": "when"})
    assert table["leg_id"][0] == big and pd.isna(table["leg_id"][1])


def test_an_origin_made_beforehand_serves_as_well(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG")
    table = read_points(source_of(layer), COLUMNS, layer=Origin.of(layer))
    assert table.attrs["reading"]["how"] == "arrow"


def test_read_table_takes_layers_without_geometry(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG", [row[:5] + (None,) for row in ROWS], geometry=ogr.wkbNone)
    table = read_table(layer, COLUMNS)
    assert table["time"].tolist() == UTC and list(table) == ["officer_id", "time", "unit", "accuracy_m", "fixes"]


@pytest.mark.clocks
@pytest.mark.parametrize("detect", ["yes", "no"])
@pytest.mark.parametrize(
    "text, hour", [("2024-06-01T12:00:00Z", 12), ("2024-06-01T12:00:00+01:00", 11), ("2024-06-01T12:00:00", 11)]
)
def test_delimited_text_whether_or_not_it_detects_times(tmp_path, text, hour, detect):
    path = tmp_path / "a.csv"
    path.write_text(f"when,x,y\n{text},1,2\n,1,2\n", encoding="utf-8")
    layer = opened(f"file://{path}?delimiter=,&xField=x&yField=y&crs=EPSG:27700&detectTypes={detect}", "delimitedtext")
    assert read_points(layer, {"time": "when"})["time"].tolist() == [pd.Timestamp(f"2024-06-01T{hour}:00Z"), pd.NaT]


@pytest.mark.clocks
def test_a_source_without_its_layer_says_that_offsets_are_lost(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG", when=ogr.OFTDateTime)
    with pytest.warns(UserWarning, match="time zone chosen"):
        read_points(source_of(layer), COLUMNS)


def test_a_joined_field_is_read_as_features(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG")
    other = QgsVectorLayer("None?field=collar:string&field=branch:string", "branches", "memory")
    row = QgsFeature(other.fields())
    row.setAttributes(["P001", "response"])
    other.dataProvider().addFeatures([row])
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(other)
    join.setJoinFieldName("collar")
    join.setTargetFieldName("collar")
    join.setPrefix("j_")
    join.setUsingMemoryCache(True)
    assert layer.addJoin(join)
    table = read_points(layer, {"officer_id": "collar", "unit": "j_branch"})
    assert table["unit"].tolist() == ["response", None, None, None, "response"]
    own = read_points(layer, {"officer_id": "collar"})
    assert own.attrs["reading"]["how"] == "arrow" and len(own) == 5


def test_an_edited_time_is_read_as_typed_among_readings_without_offset(tmp_path):
    layer = make(
        tmp_path / "a.geojson", "GeoJSON", [("P1", "2024-06-01T12:00:00", "", 1.0, 1, (1, 2))] * 2, ogr.OFTDateTime
    )
    layer.startEditing()
    first = next(layer.getFeatures())
    layer.changeAttributeValue(first.id(), layer.fields().lookupField("when"), QDateTime(2024, 6, 1, 13, 0, 0))
    assert read_points(layer, COLUMNS)["time"].dt.hour.tolist() == [12, 11]


def test_reading_on_another_thread(tmp_path):
    layer = make(tmp_path / "a.gpkg", "GPKG", when=ogr.OFTDateTime)
    source, origin = source_of(layer), Origin.of(layer)
    with ThreadPoolExecutor(1) as pool:
        table = pool.submit(read_points, source, COLUMNS, layer=origin, crs=BRITISH).result()
    pd.testing.assert_frame_equal(table, read_points(layer, COLUMNS, crs=BRITISH))


def test_many_batches_with_holes_of_every_kind(tmp_path):
    """More rows than one Arrow batch holds, geometries of unlike size, rows deleted from the middle."""
    rows = []
    for i in range(70_000):
        place = None if i % 11 == 0 else "POINT EMPTY" if i % 13 == 0 else (i % 100, i % 90)
        moment = None if i % 7 == 0 else f"2024-06-01T{i % 24:02d}:{i % 60:02d}:00{('Z', '+01:00')[i % 2]}"
        rows.append((f"P{i % 50}", moment, "x" * (i % 40), None if i % 3 else i / 7, i, place))
    layer = make(tmp_path / "a.gpkg", "GPKG", rows, ogr.OFTDateTime)
    dataset = gdal.OpenEx(str(tmp_path / "a.gpkg"), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("DELETE FROM a WHERE fid % 1000 < 10")
    del dataset
    layer = opened(tmp_path / "a.gpkg")
    table = both_ways(layer)
    kept = [row for n, row in enumerate(rows, 1) if n % 1000 >= 10]
    assert table["unit"].tolist() == [row[2] for row in kept] and table["fixes"].tolist() == [row[4] for row in kept]
    assert table["time"].isna().tolist() == [row[1] is None for row in kept]
    assert table["time"].iloc[0] == pd.Timestamp(kept[0][1])


texts = st.none() | st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
moments = st.none() | st.builds(
    lambda d, z: d.replace(microsecond=d.microsecond // 1000 * 1000).isoformat() + z,
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2050, 1, 1)),
    st.sampled_from(["Z", "+01:00", "-05:30"]),
)
naive = moments.map(lambda m: m and m[:19])
places = st.none() | st.tuples(st.floats(-179, 179), st.floats(-80, 80))
others = (st.none() | st.floats(-1e9, 1e9), st.none() | st.integers(-(2**31) + 1, 2**31 - 1), places)
tables = st.lists(st.tuples(texts, moments, texts, *others), max_size=8) | st.lists(
    st.tuples(texts, naive, texts, *others), max_size=8
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking a table of files takes minutes
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.clocks
@pytest.mark.parametrize("driver, end", [("GPKG", "gpkg"), ("GeoJSON", "geojson"), ("ESRI Shapefile", "shp")])
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
@given(rows=tables)
def test_any_table_is_the_same_both_ways(tmp_path, driver, end, when, rows):
    if driver == "ESRI Shapefile":
        when = ogr.OFTString
    # A first row that has a value in each field, and a place, gives a file without rows a schema.
    time = next((row[1] for row in rows if row[1]), "2024-06-01T12:00:00Z")
    rows = [("P", time, "x", 1.0, 1, (0.0, 0.0)), *rows]
    name = f"t{len(list(tmp_path.iterdir()))}.{end}"
    options = ["ENCODING=UTF-8"] if driver == "ESRI Shapefile" else []
    table = both_ways(make(tmp_path / name, driver, rows, when=when, options=options))
    asked = [None if row[1] is None else pd.Timestamp(row[1]) for row in rows]
    asked = [pd.NaT if m is None else m.tz_convert("UTC") if m.tz else None for m in asked]
    for found, expected in zip(table["time"], asked):
        assert expected is None or found == expected or (found is pd.NaT and expected is pd.NaT)


# Reference systems


def test_working_crs():
    birmingham, paris = QgsRectangle(-1.95, 52.4, -1.8, 52.6), QgsRectangle(2.2, 48.8, 2.4, 48.9)
    french = QgsCoordinateReferenceSystem("EPSG:2154")
    assert working_crs(BRITISH).authid() == "EPSG:27700"
    assert working_crs(french, BRITISH).authid() == "EPSG:2154"
    assert working_crs(WGS84, extent=birmingham).authid() == "EPSG:27700"
    assert working_crs(WGS84, french, extent=birmingham).authid() == "EPSG:27700"
    assert working_crs(WGS84, french, extent=paris).authid() == "EPSG:2154"
    assert working_crs(WGS84, WGS84, extent=paris).authid() == "EPSG:32631"
    assert working_crs(WGS84, extent=QgsRectangle(151, -34, 151.2, -33.8)).authid() == "EPSG:32756"
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    assert working_crs(mercator, extent=QgsRectangle(-217000, 6880000, -200000, 6900000)).authid() == "EPSG:27700"


def test_no_reference_system_and_impossible_positions_are_refused():
    with pytest.raises(CrsError) as caught:
        working_crs(QgsCoordinateReferenceSystem())
    assert caught.value.remedy
    with pytest.raises(CrsError, match="wrong"):
        working_crs(WGS84, extent=QgsRectangle(400000, 280000, 410000, 290000))
    layer = QgsVectorLayer("Point", "m", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(CrsError):
        read_points(layer, {}, crs=BRITISH)


# Areas


def areas_layer(wkts, ids=None, crs="EPSG:27700", kind="Polygon"):
    layer = QgsVectorLayer(
        f"{kind}?crs={crs}&field=code:string&field=title:string&field=part:string&field=since:date", "areas", "memory"
    )
    for i, wkt in enumerate(wkts):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([ids[i] if ids else f"A{i}", f"Area {i}", "Impact", None])
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeatures([feature])
    return layer


SQUARE = "POLYGON ((400000 300000, 401000 300000, 401000 301000, 400000 301000, 400000 300000))"
BOWTIE = "POLYGON ((0 0, 1000 1000, 1000 0, 0 1000, 0 0))"


def test_areas_with_names_roles_and_dates():
    table = read_areas(
        areas_layer([SQUARE, None]), "code", "title", "part", crs=BRITISH, date_fields={"adopted_on": "since"}
    )
    assert (
        table["area_id"].tolist() == ["A0"]
        and table["name"].tolist() == ["Area 0"]
        and table["role"].tolist() == ["impact"]
    )
    assert table["geometry"][0].area == 1e6 and table["adopted_on"].isna().all()
    assert table.attrs["reading"]["no_geometry"] == 1


def test_areas_follow_a_reprojection_to_the_metre():
    degrees = read_areas(areas_layer([SQUARE]), "code", crs=WGS84)["geometry"][0]
    back = read_areas(areas_layer([degrees.wkt], crs="EPSG:4326"), "code", crs=BRITISH)["geometry"][0]
    assert back.hausdorff_distance(shapely.from_wkt(SQUARE)) < 1


def test_curves_become_segments_and_heights_are_dropped():
    circle = "CURVEPOLYGON (CIRCULARSTRING (0 0, 100 100, 200 0, 100 -100, 0 0))"
    high = "POLYGON Z ((0 0 5, 10 0 5, 10 10 5, 0 0 5))"
    table = read_areas(areas_layer([circle, high], kind="CurvePolygonZ"), None, crs=BRITISH)
    assert table["geometry"][0].area == pytest.approx(np.pi * 1e4, rel=1e-3)
    assert not table["geometry"][1].has_z and table["area_id"].is_unique


def test_repeated_and_missing_ids_are_refused_by_name():
    with pytest.raises(AreaError, match="'X'"):
        read_areas(areas_layer([SQUARE, SQUARE], ["X", "X"]), "code", crs=BRITISH)
    with pytest.raises(AreaError, match="1 areas have no id"):
        read_areas(areas_layer([SQUARE, SQUARE], ["X", None]), "code", crs=BRITISH)
    with pytest.raises(AreaError, match="'Area 0'|'area 0'"):
        read_areas(areas_layer([SQUARE]), "code", role_field="title", crs=BRITISH)


def test_the_users_choice_for_invalid_polygons_is_counted():
    context = QgsProcessingContext()
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometrySkipInvalid)
    table = read_areas(areas_layer([SQUARE, BOWTIE]), "code", crs=BRITISH, context=context)
    assert table["area_id"].tolist() == ["A0"] and table.attrs["reading"]["invalid"] == 1
    assert len(read_areas(areas_layer([SQUARE, BOWTIE]), "code", crs=BRITISH)) == 2
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid)
    with pytest.raises(AreaError, match="feature 2 is invalid"):
        read_areas(areas_layer([SQUARE, BOWTIE]), "code", crs=BRITISH, context=context)


def test_the_choice_for_invalid_polygons_reaches_a_processing_source():
    layer = areas_layer([SQUARE, BOWTIE])
    source = source_of(layer, check=QgsFeatureRequest.InvalidGeometryCheck.GeometrySkipInvalid)
    with pytest.warns(UserWarning, match="1 areas were left out"):
        table = read_areas(source, "code", crs=BRITISH)
    assert table["area_id"].tolist() == ["A0"] and table.attrs["reading"]["invalid"] == 1


# Writing


def test_a_table_survives_the_way_out_and_in():
    frame = pd.DataFrame(
        {
            "officer_id": ["a", None, "😀"],
            "time": pd.to_datetime(["2024-06-01T12:00:00.25Z", None, "2024-10-27T00:30Z"]),
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
    assert texts == ["2024-06-01T12:00:00.000Z", "2024-01-01T00:00:00.000Z"]
    assert both_ways(opened(path), {"time": "time"})["time"].tolist() == frame["time"].tolist()


def test_writing_stops_when_asked_to():
    feedback = QgsFeedback()
    feedback.cancel()
    layer = QgsVectorLayer("Point?crs=EPSG:27700&field=x:double", "m", "memory")
    assert write_table(pd.DataFrame({"x": [1.0]}), layer.dataProvider(), layer.fields(), feedback=feedback) == 0


def test_fields_follow_the_data_dictionary():
    fields = fields_for("legs", {"period": "time"}, present=["mode"])
    kinds = {fields.at(i).name(): fields.at(i).type() for i in range(fields.count())}
    assert (
        kinds["leg_id"] == QVariant.LongLong and kinds["start"] == QVariant.DateTime and kinds["x0"] == QVariant.Double
    )
    assert "mode" in kinds and "p_foot" not in kinds and kinds["period"] == QVariant.DateTime
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


def test_web_mercator_areas_do_not_lend_their_false_metres():
    beijing = QgsRectangle(116.2, 39.8, 116.6, 40.1)
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    assert working_crs(WGS84, mercator, extent=beijing).authid() == "EPSG:32650"
