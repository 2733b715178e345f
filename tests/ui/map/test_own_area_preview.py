"""The blocks of an area of one's own, on the canvas and in words."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

pytestmark = pytest.mark.qgis

DRAWN = shapely.Polygon([(400_050, 280_030), (400_910, 280_020), (400_700, 280_830), (400_040, 280_790)])


@pytest.fixture
def preview(qgis_new_project, qgis_canvas):
    from qgis.core import QgsCoordinateReferenceSystem, QgsProject

    from ia_plugin.ui.map.own_area_preview import OwnAreaPreview

    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:27700"))
    made = OwnAreaPreview(QgsProject.instance(), qgis_canvas)
    yield made
    made.clear()


def show(preview, stored=()):
    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

    from ia_plugin.core.disclosure.own_area import own_blocks

    areas = pd.DataFrame({"area_id": [str(k) for k, _ in enumerate(stored)], "role": "site"})
    areas["geometry"] = pd.Series(list(stored), dtype=object)
    found = own_blocks(DRAWN, areas)
    preview.show_blocks(found, QgsGeometry.fromWkt(DRAWN.wkt), QgsCoordinateReferenceSystem("EPSG:27700"))
    return found


def on_canvas(canvas):
    from qgis.gui import QgsRubberBand

    return [i for i in canvas.scene().items() if isinstance(i, QgsRubberBand) and i.numberOfVertices()]


def test_blocks_and_the_drawing_are_on_the_map_with_their_hectares_in_words(preview, qgis_canvas):
    found = show(preview)
    assert len(found.blocks) == 16 and "16 blocks of 200 m × 200 m, 64 ha" in preview.label.text()
    grounds = sorted(round(b.asGeometry().area() / 1e4) for b in on_canvas(qgis_canvas))
    assert grounds == sorted([64, round(DRAWN.area / 1e4)])
    box = qgis_canvas.extent()
    assert box.xMinimum() <= 400_000 and box.xMaximum() >= 400_800, "the map moves where they lie off it"


def test_blocks_left_out_are_shown_too(preview, qgis_canvas):
    found = show(preview, [shapely.box(400_200, 280_200, 400_400, 280_400)])  # a hospital
    assert len(found.left_out) == 1 and "1 is left out" in preview.label.text()
    assert len(on_canvas(qgis_canvas)) == 3


def test_a_yes_hands_the_blocks_on_and_a_no_takes_them_off_the_map(preview, qgis_canvas):
    found, heard = show(preview), []
    preview.accepted.connect(heard.append)
    preview.show_button.click()
    assert shapely.from_wkb(heard[0].asWkb().data()).equals(found.blocks.shape)
    assert not preview.chosen and preview.label.text().startswith("Computing")
    preview.confirm()
    assert preview.chosen and preview.label.text().startswith("The figures are of 16 blocks") and on_canvas(qgis_canvas)
    preview.discarded.connect(lambda: heard.append("no"))
    preview.discard_button.click()
    assert heard[-1] == "no" and on_canvas(qgis_canvas) == [] and preview.isHidden() and not preview.chosen
    preview.confirm()
    assert not preview.chosen
