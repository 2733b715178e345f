"""One officer-day over the map: alone, no layer, and gone without a trace."""

import pandas as pd
import pytest
import shapely

pytestmark = pytest.mark.qgis

FIXES = pd.DataFrame({"x": [400_000.0, 400_300.0, 401_000.0], "y": [280_000.0] * 3, "link": ["reported", "gap", ""]})
CLOCKS = ["09:00", "09:05", "09:17"]


@pytest.fixture
def project(qgis_new_project):
    return qgis_new_project


@pytest.fixture
def drawn(project, qgis_canvas):
    from qgis.core import QgsCoordinateReferenceSystem

    from ia_plugin.ui.map.journey_map import JourneyMap

    system = QgsCoordinateReferenceSystem("EPSG:27700")
    qgis_canvas.setDestinationCrs(system)
    qgis_canvas.resize(600, 400)
    found = JourneyMap(project, qgis_canvas)
    found.show(FIXES, CLOCKS, system, zoom=True)  # whatever the canvas showed before
    yield found
    found.clear()


def picture(canvas, item):
    """What the drawing paints, by itself."""
    from qgis.PyQt.QtGui import QImage, QPainter

    image = QImage(canvas.width(), canvas.height(), QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return image


def dark_at(image, spot):
    return image.pixelColor(int(spot.x()), int(spot.y())).lightness() < 60


def test_dots_lie_where_the_reports_were_and_the_map_shows_them_all(drawn, qgis_canvas):
    item = drawn._item
    spots = [item.toCanvasCoordinates(p) for p in item.points]
    assert all(0 < s.x() < qgis_canvas.width() for s in spots)
    image = picture(qgis_canvas, item)
    assert all(dark_at(image, s) for s in spots)


def test_the_map_stays_where_it_has_all_of_it_unless_it_is_to_go_there(drawn, qgis_canvas):
    from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

    system = QgsCoordinateReferenceSystem("EPSG:27700")
    qgis_canvas.setExtent(QgsRectangle(390_000, 270_000, 410_000, 290_000))
    wide = qgis_canvas.extent().width()
    drawn.show(FIXES, CLOCKS, system)
    assert qgis_canvas.extent().width() == pytest.approx(wide)
    drawn.show(FIXES, CLOCKS, system, zoom=True)
    assert qgis_canvas.extent().width() < wide / 4
    qgis_canvas.setExtent(QgsRectangle(500_000, 270_000, 500_100, 270_100))
    drawn.focus(1, follow=False)
    assert qgis_canvas.extent().xMinimum() > 499_000
    drawn.focus(1)
    assert qgis_canvas.extent().center().x() == pytest.approx(400_300)


def test_a_link_is_dashed_and_none_is_drawn_where_reports_are_left_out(drawn, qgis_canvas):
    item = drawn._item
    a, b = (item.toCanvasCoordinates(p) for p in item.points[1:])

    def inked():
        image = picture(qgis_canvas, item)
        return [image.pixelColor(x, int(a.y())).alpha() > 100 for x in range(int(a.x()) + 10, int(b.x()) - 10)]

    item.links = ["reported"] * 3
    assert 0.3 < sum(inked()) / len(inked()) < 0.9
    item.links = ["left out"] * 3
    assert not any(inked())


def test_the_ground_of_a_step_is_drawn_and_goes_with_the_focus(drawn):
    drawn.focus(0, shapely.Point(400_150, 280_000).buffer(500))
    assert drawn._band.asGeometry().boundingBox().width() == pytest.approx(1000, abs=2)
    drawn.focus(2, shapely.Polygon())
    assert drawn._band.numberOfVertices() == 0


def test_in_another_system_of_the_map_dots_go_with_it(drawn, qgis_canvas):
    from qgis.core import QgsCoordinateReferenceSystem

    drawn.focus(0, shapely.Point(400_150, 280_000).buffer(500))
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert 0.01 < drawn._band.asGeometry().boundingBox().width() < 0.02  # a kilometre, in degrees
    assert -2.1 < drawn._item.points[0].x() < -1.9 and 52 < drawn._item.points[0].y() < 53


def test_the_pointer_near_a_dot_is_told_once_and_leaving_it_too(drawn):
    from qgis.core import QgsPointXY

    rows = []
    drawn.hovered.connect(rows.append)
    for x in (400_300.0, 400_300.5, 400_650.0):
        drawn._moved(QgsPointXY(x, 280_000))
    assert rows == [1, -1]


def test_layers_of_movement_are_off_meanwhile_and_come_back(project, qgis_canvas, drawn):
    from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer

    from ia_plugin.ui.map.roles import ROLE_PROPERTY

    layers = {}
    for role in ("legs", "fixes", "areas"):
        layers[role] = QgsVectorLayer("Point?crs=EPSG:27700", role, "memory")
        layers[role].setCustomProperty(ROLE_PROPERTY, role)
        project.addMapLayer(layers[role])
    nodes = {role: project.layerTreeRoot().findLayer(y.id()) for role, y in layers.items()}
    nodes["fixes"].setItemVisibilityChecked(False)
    drawn.show(FIXES, CLOCKS, QgsCoordinateReferenceSystem("EPSG:27700"))
    assert [n.itemVisibilityChecked() for n in nodes.values()] == [False, False, True]
    drawn.clear()
    assert [n.itemVisibilityChecked() for n in nodes.values()] == [True, False, True]


def test_nothing_of_it_is_in_the_project_or_in_what_is_saved(drawn, project, tmp_path):
    assert not project.mapLayers()
    project.write(str(tmp_path / "p.qgs"))
    text = (tmp_path / "p.qgs").read_text(encoding="utf-8")
    assert "09:05" not in text and "400300" not in text


def test_cleared_nothing_is_left_on_the_canvas(drawn, qgis_canvas):
    ours = [drawn._item, drawn._band]
    drawn.clear()
    assert not drawn.shown and not [i for i in ours if i in qgis_canvas.scene().items()]
    drawn.clear()  # twice is once
    drawn.focus(0, shapely.Point(0, 0).buffer(1))


def test_without_a_canvas_nothing_is_drawn(project):
    from qgis.core import QgsCoordinateReferenceSystem

    from ia_plugin.ui.map.journey_map import JourneyMap

    found = JourneyMap(project)
    found.show(FIXES, CLOCKS, QgsCoordinateReferenceSystem("EPSG:27700"))
    found.show_events(None)
    found.clear()
    assert not found.shown


def test_events_beside_a_journey_have_the_colour_of_their_kind(qgis_app):
    """A colour that is none is black, and tells no kind from another."""
    from qgis.PyQt.QtGui import QColor

    from ia_plugin.core.colours import KIND_COLOURS
    from ia_plugin.ui.map.store_layers import KINDS

    assert {kind: QColor(entry[1]).name() for kind, entry in KINDS.items()} == KIND_COLOURS
