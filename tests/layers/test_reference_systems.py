"""Reference systems: the one to work in, and positions brought to it."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

from ia_plugin.core.errors import CrsError
from ia_plugin.layers import metric_system_of, read_points
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


FRENCH, MERCATOR = QgsCoordinateReferenceSystem("EPSG:2154"), QgsCoordinateReferenceSystem("EPSG:3857")
BIRMINGHAM, PARIS, SYDNEY, BEIJING = (-1.9, 52.48), (2.3, 48.85), (151.1, -33.9), (116.4, 39.95)


def around(place, others=(), crs=WGS84, n=200):
    """A layer of n points within a tenth of a unit of a place, and some others."""
    layer = QgsVectorLayer("Point?field=n:integer", "points", "memory")
    layer.setCrs(crs)
    features = []
    for i in range(n + len(others)):
        feature = QgsFeature(layer.fields())
        x, y = (place[0] + i / n / 10, place[1]) if i < n else others[i - n]
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


@pytest.mark.parametrize(
    ("layer", "areas", "expected"),
    [
        ((BIRMINGHAM,), None, "EPSG:27700"),
        ((BIRMINGHAM,), FRENCH, "EPSG:27700"),
        ((PARIS,), FRENCH, "EPSG:2154"),
        ((PARIS,), WGS84, "EPSG:32631"),
        ((SYDNEY,), None, "EPSG:32756"),
        ((BEIJING,), MERCATOR, "EPSG:32650"),
        (((400_000, 300_000), (), BRITISH), None, "EPSG:27700"),
        (((650_000, 6_860_000), (), FRENCH), BRITISH, "EPSG:2154"),
        (((-210_000, 6_890_000), (), MERCATOR), None, "EPSG:27700"),
    ],
)
def test_the_system_to_work_in(layer, areas, expected):
    found = metric_system_of(around(*layer), areas)
    assert (found.crs.authid(), found.strays) == (expected, 0)


@pytest.mark.parametrize(
    "strays",
    [
        [(102.0, 52.5)],
        [(0, 0), (-1, -1), (52.48, -1.9)],
        [(2.3, 48.85)] * 3,
        [(-1.9, 5_000.0)],
        [(0.0, 0.1)] * 80,
        [(1.9, -52.5), (-75, 40)],
    ],
)
def test_stray_positions_have_no_say_in_it(strays):
    found = metric_system_of(around(BIRMINGHAM, strays))
    assert (found.crs.authid(), found.strays, found.positions) == ("EPSG:27700", len(strays), 200 + len(strays))
    assert metric_system_of(around(BEIJING, strays)).crs.authid() == "EPSG:32650"


def test_zero_and_no_place_at_all_in_equal_parts_still_have_a_system():
    half = around((0.0, 0.0), [(700.0, 900.0)], n=1)
    assert metric_system_of(half).crs.isValid()


def test_stray_streets_have_no_say_either():
    lines = QgsVectorLayer("LineString?crs=EPSG:4326", "streets", "memory")
    for x in (-1.9, -1.91, -1.92, 102.0):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(f"LINESTRING ({x} 52.5, {x} 52.51)"))
        lines.dataProvider().addFeatures([feature])
    assert metric_system_of(lines).crs.authid() == "EPSG:27700"


def test_no_reference_system_and_impossible_positions_are_refused():
    with pytest.raises(CrsError) as caught:
        metric_system_of(around(BIRMINGHAM, crs=QgsCoordinateReferenceSystem()))
    assert caught.value.remedy
    with pytest.raises(CrsError, match="wrong"):
        metric_system_of(around((400_000, 280_000)))
    layer = QgsVectorLayer("Point", "m", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(CrsError):
        read_points(layer, {}, crs=BRITISH)
