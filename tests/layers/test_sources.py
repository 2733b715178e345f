"""What a layer is to its user is what is read: its filter, selection, edits, joins; on any thread."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from osgeo import ogr
from qgis.core import QgsFeature, QgsField, QgsVectorLayer, QgsVectorLayerJoinInfo

from ia_plugin.compat import FieldType
from ia_plugin.layers import Origin, read_points
from tests.support.layer_files import BRITISH, COLUMNS, UTC, both_ways, ogr_layer, source_of

pytestmark = pytest.mark.qgis


@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("GeoJSON", "a.geojson")])
@pytest.mark.parametrize("when", [ogr.OFTString, ogr.OFTDateTime])
def test_subset_filter(tmp_path, driver, name, when):
    layer = ogr_layer(tmp_path / name, driver, when=when)
    assert layer.setSubsetString("\"collar\" = 'P001'")
    table = both_ways(layer)
    assert table["fixes"].tolist() == [1, 4] and table["time"].tolist() == [UTC[0], UTC[4]]


@pytest.mark.clocks
def test_selection_is_read_alone_with_its_offsets(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG", when=ogr.OFTDateTime)
    layer.selectByIds([2, 5])
    table = read_points(source_of(layer, selected=True), COLUMNS, layer=layer)
    assert table.attrs["reading"]["how"] == "features"
    assert table["fixes"].tolist() == [2, 4] and table["time"].tolist() == [UTC[1], UTC[4]]
    assert read_points(source_of(layer), COLUMNS, layer=layer).attrs["reading"]["how"] == "arrow"


def test_edits_are_seen(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG")
    layer.startEditing()
    layer.changeAttributeValue(1, layer.fields().lookupField("team"), "moved")
    layer.deleteFeature(2)
    table = read_points(layer, COLUMNS)
    assert table.attrs["reading"]["how"] == "features" and table["unit"].tolist()[0] == "moved" and len(table) == 4


def test_a_computed_field_is_read_as_features(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG")
    layer.addExpressionField('upper("team")', QgsField("loud", FieldType.TEXT))
    table = read_points(layer, {"unit": "loud"})
    assert table.attrs["reading"]["how"] == "features" and table["unit"].tolist()[0] == "TEAM A"


def test_a_joined_field_is_read_as_features(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG")
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


def test_an_origin_made_beforehand_serves_as_well(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG")
    table = read_points(source_of(layer), COLUMNS, layer=Origin.of(layer))
    assert table.attrs["reading"]["how"] == "arrow"


@pytest.mark.clocks
def test_a_source_without_its_layer_has_the_offsets_or_says_that_they_are_lost(tmp_path):
    """QGIS 3.22 loses them between file and feature; 3.40 hands them on."""
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG", when=ogr.OFTDateTime)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        table = read_points(source_of(layer), COLUMNS)
    lost = any("time zone chosen" in str(w.message) for w in heard)
    assert lost != table["time"].equals(read_points(layer, COLUMNS)["time"])


def test_reading_on_another_thread(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG", when=ogr.OFTDateTime)
    source, origin = source_of(layer), Origin.of(layer)
    with ThreadPoolExecutor(1) as pool:
        table = pool.submit(read_points, source, COLUMNS, layer=origin, crs=BRITISH).result()
    pd.testing.assert_frame_equal(table, read_points(layer, COLUMNS, crs=BRITISH))
