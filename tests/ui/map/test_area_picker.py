"""Areas on the map: where they lie in any layer's system, and an area of one's own from a drawing or a selection."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.qgis

ODD = 'O\'Neill "Road"'  # a name with both kinds of quotes


@pytest.fixture
def areas(qgis_new_project):
    """Two squares of a kilometre, one with an odd name, in degrees though the project is in metres."""
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsCoordinateTransform,
        QgsFeature,
        QgsGeometry,
        QgsProject,
        QgsRectangle,
        QgsVectorLayer,
    )

    project = QgsProject.instance()
    metres, degrees = (QgsCoordinateReferenceSystem(f"EPSG:{code}") for code in (27700, 4326))
    project.setCrs(metres)
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=area_id:string", "areas", "memory")
    features = []
    for k, name in enumerate(("plain", ODD)):
        shape = QgsGeometry.fromRect(QgsRectangle(400000 + 5000 * k, 290000, 401000 + 5000 * k, 291000))
        shape.transform(QgsCoordinateTransform(metres, degrees, project))
        feature = QgsFeature(layer.fields())
        feature.setAttributes([name])
        feature.setGeometry(shape)
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


@pytest.fixture
def heard():
    return SimpleNamespace(sentences=[], areas=[])


@pytest.fixture
def picker(areas, heard, qgis_canvas):
    from qgis.core import QgsProject

    from ia_plugin.ui.map.area_picker import AreaPicker

    controller = SimpleNamespace(
        project=QgsProject.instance(),
        overlays=SimpleNamespace(layers=lambda role: [areas] if role == "areas" else []),
        preview_own_area=lambda shape, crs: heard.areas.append((shape, crs.authid())),
    )
    made = AreaPicker(controller, qgis_canvas, lambda sentence, warning: heard.sentences.append((sentence, warning)))
    yield made
    made.close()


@pytest.mark.parametrize(("names", "west", "east"), [(("plain",), 400000, 401000), ((ODD,), 405000, 406000), (("plain", ODD), 400000, 406000)])  # fmt: skip
def test_areas_lie_where_they_are_in_the_projects_system(picker, names, west, east):
    box = picker.box_of(names)
    # A square of one system is no square of the other: its box is a little larger.
    assert (box.xMinimum(), box.xMaximum()) == pytest.approx((west, east), abs=40)


def test_an_area_of_no_layer_is_told(picker, heard):
    assert picker.box_of(("nowhere",)) is None
    picker.zoom(["nowhere"])
    [(sentence, warning)] = heard.sentences
    assert warning and "add the layer 'areas'" in sentence


def test_selected_polygons_become_one_area(picker, heard, areas, qgis_canvas):
    qgis_canvas.setCurrentLayer(areas)
    picker.use_selection()
    assert heard.sentences[-1][1] and heard.areas == []
    areas.selectAll()
    picker.use_selection()
    [(shape, system)] = heard.areas
    assert system == "EPSG:4326" and len(shape.asGeometryCollection()) == 2


def test_a_drawing_is_taken_in_the_canvas_system_and_the_canvas_gets_its_tool_back(picker, heard, qgis_canvas):
    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:27700"))
    before = qgis_canvas.mapTool()
    picker.draw()
    tool = qgis_canvas.mapTool()
    assert tool is not before and "right click ends it" in heard.sentences[-1][0]
    tool.drawn.emit(QgsGeometry.fromWkt("Polygon((0 0, 1 0, 1 1, 0 0))"))
    assert [system for _, system in heard.areas] == ["EPSG:27700"]
    picker.close()
    assert qgis_canvas.mapTool() is not tool
    picker.draw()  # a new tool, which is heard again
    qgis_canvas.mapTool().drawn.emit(QgsGeometry.fromWkt("Polygon((0 0, 1 0, 1 1, 0 0))"))
    assert len(heard.areas) == 2
