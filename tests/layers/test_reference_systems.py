"""Reference systems: the one to work in, and positions brought to it."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle, QgsVectorLayer

from ia_plugin.core.errors import CrsError
from ia_plugin.layers import read_points, working_crs
from tests.support.layer_files import BRITISH, COLUMNS, WGS84, both_ways, ogr_layer

pytestmark = pytest.mark.qgis


def test_reprojection_is_the_same_both_ways(tmp_path):
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG")
    table = both_ways(layer, crs=BRITISH)
    np.testing.assert_allclose(table.loc[0, ["x", "y"]].astype(float), [406882.8, 289113.3], atol=15)
    assert np.isnan(table.loc[3, "x"])


def test_a_position_that_cannot_be_reprojected_is_counted(tmp_path):
    rows = [("P1", None, "", 1.0, 1, xy) for xy in ((-1.9, 52.5), (-1.9, 5000.0), (-1.8, 52.4))]
    layer = ogr_layer(tmp_path / "a.gpkg", "GPKG", rows)
    with pytest.warns(UserWarning, match="1 positions"):
        table = read_points(layer, COLUMNS, crs=BRITISH)
    assert table["x"].isna().tolist() == [False, True, False] and table.attrs["reading"]["not_transformed"] == 1


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


def test_web_mercator_areas_do_not_lend_their_false_metres():
    beijing = QgsRectangle(116.2, 39.8, 116.6, 40.1)
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    assert working_crs(WGS84, mercator, extent=beijing).authid() == "EPSG:32650"


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
