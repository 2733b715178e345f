"""Layers of areas -> the table of areas: ids, roles, dates, shapes, and what is done with bad ones."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import QgsFeature, QgsFeatureRequest, QgsGeometry, QgsProcessingContext, QgsVectorLayer

from ia_plugin.core.errors import AreaError
from ia_plugin.layers import read_areas
from tests.support.layer_files import BRITISH, WGS84, source_of

pytestmark = pytest.mark.qgis
SQUARE = "POLYGON ((400000 300000, 401000 300000, 401000 301000, 400000 301000, 400000 300000))"
BOWTIE = "POLYGON ((0 0, 1000 1000, 1000 0, 0 1000, 0 0))"


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


@pytest.mark.filterwarnings("ignore::ia_plugin.core.errors.ImpactAreaWarning")
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


@pytest.mark.parametrize("blank", ["", " ", None])
def test_a_blank_in_the_field_of_roles_is_no_impact_area(blank):
    layer = areas_layer([SQUARE, SQUARE])
    layer.dataProvider().changeAttributeValues({2: {2: blank}})
    assert read_areas(layer, "code", role_field="part", role="impact")["role"].tolist() == ["impact", "other"]
    assert read_areas(layer, "code", role="impact")["role"].tolist() == ["impact", "impact"]


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


def test_an_area_that_ends_before_it_begins_is_told():
    from qgis.core import QgsFeedback

    layer = QgsVectorLayer("Polygon?crs=EPSG:27700&field=valid_from:string&field=valid_to:date", "areas", "memory")
    for begin, end in (("2024-06-08", "2024-06-05"), ("05/06/2024", "2024-06-05"), (None, "2024-06-05"), ("2024-06-08", None)):  # fmt: skip
        feature = QgsFeature(layer.fields())
        feature.setAttributes([begin, end])
        feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
        layer.dataProvider().addFeatures([feature])

    class Feedback(QgsFeedback):
        heard = []

        def pushWarning(self, text):
            self.heard.append(text)

    feedback = Feedback()
    read_areas(layer, None, crs=BRITISH, feedback=feedback, date_fields={n: n for n in ("valid_from", "valid_to")})
    assert feedback.heard == ["1 areas have a valid_to before their valid_from: they count on no day."]
