"""Layers -> tables: one table, whatever the format, the geometry and the number of rows."""

from __future__ import annotations

import datetime as dt
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr
from qgis.core import QgsFeedback, QgsVectorLayer

from ia_plugin.core.errors import Cancelled, ColumnError, ImpactAreaWarning
from ia_plugin.layers import read_points, read_table
from tests.support.layer_files import (
    BRITISH,
    COLUMNS,
    ROWS,
    UTC,
    FeaturesOnly,
    answers_layer,
    both_ways,
    ogr_layer,
    open_layer,
)

pytestmark = pytest.mark.qgis


@pytest.mark.clocks
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("GeoJSON", "a.geojson")])
def test_file_and_features_give_the_same_table(tmp_path, driver, name, when):
    table = both_ways(ogr_layer(tmp_path / name, driver, when=when))
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
        ("P1", "21/06/2024 12:00", words, 1.0, 1, (1, 2)),
        (None, None, None, None, None, (3, 4)),
        ("P2", "", "", 2.0, 2, None),
    ]
    table = both_ways(ogr_layer(tmp_path / "a.shp", "ESRI Shapefile", rows, options=[f"ENCODING={encoding}"]))
    assert table["unit"].tolist()[0] == words
    assert table["time"].tolist() == [pd.Timestamp("2024-06-21T11:00Z"), pd.NaT, pd.NaT]


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
        both_ways(open_layer(path), columns),
        both_ways(open_layer(f"{path}|option:X_POSSIBLE_NAMES=x|option:Y_POSSIBLE_NAMES=y"), columns),
        read_points(open_layer(f"file://{path}?delimiter=,&xField=x&yField=y&crs=EPSG:4326", "delimitedtext"), columns),
        read_points(
            open_layer(f"file://{path}?delimiter=,&wktField=wkt&crs=EPSG:4326&detectTypes=no", "delimitedtext"), columns
        ),
    ]
    for table in tables:
        located = table[table["x"].notna()]
        assert located["x"].tolist() == [-1.9, -1.8, -1.85, -1.7]
        assert located["time"].tolist() == [UTC[i] for i in (0, 1, 2, 4)]
        np.testing.assert_array_equal(located["accuracy_m"], [5.5, np.nan, 2.0, 1e300])


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
    table = both_ways(ogr_layer(tmp_path / "a.gpkg", "GPKG", rows, geometry=ogr.wkbUnknown))
    assert table["x"].tolist()[:6] == [1.0] * 6 and table["y"].tolist()[:6] == [2.0] * 6 and np.isnan(table["x"][6])


def test_more_than_one_point_and_no_points_are_refused(tmp_path):
    several = ogr_layer(
        tmp_path / "a.gpkg", "GPKG", [("P1", None, "", 1.0, 1, "MULTIPOINT (1 2, 3 4)")], geometry=ogr.wkbMultiPoint
    )
    with pytest.raises(ColumnError, match="2 points, row 1"):
        read_points(several, COLUMNS)
    mixed = ogr_layer(
        tmp_path / "b.gpkg", "GPKG", [("P1", None, "", 1.0, 1, "LINESTRING (1 2, 3 4)")], geometry=ogr.wkbUnknown
    )
    with pytest.raises(ColumnError, match="no points|not points"):
        read_points(mixed, COLUMNS)
    with pytest.raises(ColumnError, match="not points"):
        read_points(QgsVectorLayer("LineString?crs=EPSG:27700", "m", "memory"), {})


@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("ESRI Shapefile", "a.shp")])
def test_an_empty_layer_gives_an_empty_typed_table(tmp_path, driver, name):
    layer = ogr_layer(tmp_path / name, driver, [])
    table = read_points(layer, COLUMNS, crs=BRITISH)
    assert len(table) == 0 and str(table["time"].dtype) == "datetime64[ns, UTC]" and table["x"].dtype == float
    assert table["accuracy_m"].dtype == float and table["officer_id"].dtype == object


def test_an_unknown_field_is_named_with_those_there_are(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG")
    with pytest.raises(ColumnError, match="'moment' for 'time'.*fid, collar, when"):
        read_points(layer, {"time": "moment"})


def test_the_feature_number_can_be_a_column(tmp_path):
    table = both_ways(ogr_layer(tmp_path / "a.gpkg", "GPKG"), {"source_ref": "fid"})
    assert table["source_ref"].tolist() == ["1", "2", "3", "4", "5"]


def test_reading_stops_when_asked_to(tmp_path):
    feedback = QgsFeedback()
    feedback.cancel()
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG")
    for source in (layer, FeaturesOnly(layer)):
        with pytest.raises(Cancelled):
            read_points(source, COLUMNS, feedback=feedback)


def test_large_hashes_keep_every_digit(tmp_path):
    big = 2**62 + 1
    rows = [("P1", big, "", 1.0, 1, (1, 2)), ("P1", None, "", 1.0, 1, (1, 2))]
    table = both_ways(ogr_layer(tmp_path / "a.gpkg", "GPKG", rows, when=ogr.OFTInteger64), {"leg_id": "when"})
    assert table["leg_id"][0] == big and pd.isna(table["leg_id"][1])


def test_read_table_takes_layers_without_geometry(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG", [row[:5] + (None,) for row in ROWS], geometry=ogr.wkbNone)
    table = read_table(layer, COLUMNS)
    assert table["time"].tolist() == UTC and list(table) == ["officer_id", "time", "unit", "accuracy_m", "fixes"]


@pytest.mark.long
def test_many_batches_with_holes_of_every_kind(tmp_path):
    """More rows than one Arrow batch holds, geometries of unlike size, rows deleted from the middle."""
    rows = []
    for i in range(70_000):
        place = None if i % 11 == 0 else "POINT EMPTY" if i % 13 == 0 else (i % 100, i % 90)
        moment = None if i % 7 == 0 else f"2024-06-01T{i % 24:02d}:{i % 60:02d}:00{('Z', '+01:00')[i % 2]}"
        rows.append((f"P{i % 50}", moment, "x" * (i % 40), None if i % 3 else i / 7, i, place))
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG", rows, ogr.OFTDateTime)
    dataset = gdal.OpenEx(str(tmp_path / "a.gpkg"), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("DELETE FROM a WHERE fid % 1000 < 10")
    del dataset
    layer = open_layer(tmp_path / "a.gpkg")
    table = both_ways(layer)
    kept = [row for n, row in enumerate(rows, 1) if n % 1000 >= 10]
    assert table["unit"].tolist() == [row[2] for row in kept] and table["fixes"].tolist() == [row[4] for row in kept]
    assert table["time"].isna().tolist() == [row[1] is None for row in kept]
    assert table["time"].iloc[0] == pd.Timestamp(kept[0][1])


@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("GeoJSON", "a.geojson")])
def test_booleans_are_as_they_were_written(tmp_path, driver, name, holes):
    """The stream of GDAL before 3.8.3 has others in their place: four in five rows of a GeoPackage were false."""
    flags = [None if holes and i % 7 == 0 else i % 3 != 1 for i in range(300)]
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(tmp_path / name))
    layer = dataset.CreateLayer("a", None, ogr.wkbNone)
    field = ogr.FieldDefn("flag", ogr.OFTInteger)
    field.SetSubType(ogr.OFSTBoolean)
    layer.CreateField(field)
    for flag in flags:
        feature = ogr.Feature(layer.GetLayerDefn())
        if flag is not None:
            feature.SetField("flag", int(flag))
        layer.CreateFeature(feature)
    del feature, layer, dataset
    source = open_layer(tmp_path / name)
    for written in (False, True):
        table = read_table(source, {"flag": "flag"}, written=written)
        assert table["flag"].tolist() == flags and (table.attrs["reading"]["how"] == "arrow" or driver != "GPKG")


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
# A clock reading in the hour that October repeats is told as such, and read the same both ways all the same.
@pytest.mark.filterwarnings("ignore::ia_plugin.core.errors.ImpactAreaWarning")
@pytest.mark.parametrize(
    "driver, end, when",
    [
        ("GPKG", "gpkg", ogr.OFTString),
        ("GPKG", "gpkg", ogr.OFTDateTime),
        ("GeoJSON", "geojson", ogr.OFTString),
        ("GeoJSON", "geojson", ogr.OFTDateTime),
        ("ESRI Shapefile", "shp", ogr.OFTString),  # it has no field of moments
    ],
)
@given(rows=tables)
def test_any_table_is_the_same_both_ways(tmp_path, driver, end, when, rows):
    # A first row that has a value in each field, and a place, gives a file without rows a schema.
    time = next((row[1] for row in rows if row[1]), "2024-06-01T12:00:00Z")
    rows = [("P", time, "x", 1.0, 1, (0.0, 0.0)), *rows]
    name = f"t{len(list(tmp_path.iterdir()))}.{end}"
    options = ["ENCODING=UTF-8"] if driver == "ESRI Shapefile" else []
    table = both_ways(ogr_layer(tmp_path / name, driver, rows, when=when, options=options))
    asked = [None if row[1] is None else pd.Timestamp(row[1]) for row in rows]
    asked = [pd.NaT if m is None else m.tz_convert("UTC") if m.tz else None for m in asked]
    for found, expected in zip(table["time"], asked):
        assert expected is None or found == expected or (found is pd.NaT and expected is pd.NaT)


@pytest.mark.parametrize(
    "written, answers",
    [
        (["True", "False", ""], [True, False, None]),
        (["Yes", "No", None], [True, False, None]),
        (["y", "N", " Y "], [True, False, True]),
        (["1", "0", "-1"], [True, False, True]),
        (["ja", "nein", "Sí"], [True, False, True]),
        (["Nothing found", "Item found", "found"], [False, True, True]),
    ],
)
def test_answers_kept_as_words_are_read_as_those_of_an_extract(qgis_app, written, answers):
    found = read_points(answers_layer(written), {"object_found": "object_found"})
    assert [None if v is None or v != v else bool(v) for v in found["object_found"]] == answers


def test_what_is_neither_yes_nor_no_is_counted_and_empty(qgis_app):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", ImpactAreaWarning)
        found = read_points(answers_layer(["Yes", "partly", "", "see log"]), {"object_found": "object_found"})
    assert ["says neither yes nor no in 2 rows (first: like 'aaaaaa', row 2)" in str(w.message) for w in told] == [True]
    assert found["object_found"].isna().tolist() == [False, True, True, True]


def test_an_answer_that_must_be_there_is_refused_where_it_is_none(qgis_app):
    with pytest.raises(ColumnError, match="'drawn' says neither yes nor no in 1 row.*Write yes or no"):
        read_points(answers_layer(["yes", "perhaps"]), {"drawn": "object_found"})
