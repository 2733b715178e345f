"""A page filled with sheets: texts fit, nothing of the sheet before stays, and the map shows what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from tests.support.eight_weeks import FIRST, eight_weeks, with_officers

pytestmark = pytest.mark.qgis

LONG = "Stechford and Yardley North with Garretts Green and the Poolway Estate, part D02"
LONGEST = "L" + "lanfairpwllgwyngyll" * 4 + "gog"


@pytest.fixture(scope="module")
def material():
    return with_officers(eight_weeks())


@pytest.fixture
def page_of(qgis_app, material, tmp_path):
    """A page in an orientation, with squares of events, and how a sheet of an area is made."""
    from qgis.core import QgsCoordinateReferenceSystem

    from ia_plugin.briefing.map_layers import layers_of
    from ia_plugin.briefing.page import Page, Words
    from ia_plugin.core.briefing.sheet import ground_of_sheets, sheet_of
    from ia_plugin.core.filter_state import FilterState

    state = FilterState(first=date.fromordinal(FIRST.toordinal() + 28), last=date.fromordinal(FIRST.toordinal() + 41))
    ground = ground_of_sheets(material, state)
    areas = material.areas.assign(geometry=[material.outlines[a] for a in material.areas["area_id"]])
    squares = pd.DataFrame(
        {"kind": ["crime", "incident", "stop_search"], "x": [100.0, 300.0, 500.0], "y": 500.0, "events": [1, 4, 9]}
    )
    made = []

    def make(orientation="portrait", **words):
        crs = QgsCoordinateReferenceSystem("EPSG:27700")
        layers = layers_of(areas, ground.classes, squares, crs)
        said = Words(
            "OFFICIAL-SENSITIVE", "Impact Areas: 10 %.", "For the board", "Method: as ever.", "Attribution.", "Map."
        )
        made.append(Page(orientation, layers, ground.classes, replace(said, **words), crs, tmp_path))
        return made[-1]

    make.sheet = lambda area="a00": sheet_of(material, state, area, ground)
    make.ground = ground
    yield make
    for page in made:
        page.close()


def labels_of(page):
    from qgis.core import QgsLayoutItemLabel

    return {i.id(): i for i in page.layout.items() if isinstance(i, QgsLayoutItemLabel) and i.id()}


def texts_of(page):
    from qgis.core import QgsLayoutItemLabel

    return [i.text() for i in page.layout.items() if isinstance(i, QgsLayoutItemLabel) and i.text()]


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("name", ["A", LONG, LONGEST])
def test_every_text_fits_its_place(page_of, orientation, name):
    from ia_plugin.briefing.fit_text import LEAST, LINE, POINT_MM, width_of
    from ia_plugin.compat import label_look

    page = page_of(orientation)
    page.fill(replace(page_of.sheet(), title=name, verdict=f"{name}: 6.7 h per km²."), "Sheet 1 of 39")
    for key, label in labels_of(page).items():
        (size, bold), lines = label_look(label), label.text().split("\n")
        box = label.sizeWithUnits()
        assert size >= LEAST and len(lines) * size * LINE * POINT_MM <= box.height() + 0.06, key
        assert max(width_of(t, size, bold) for t in lines) * POINT_MM <= box.width(), key
    assert labels_of(page)["title"].text().replace("\n", " ").replace(" ", "") == name.replace(" ", "")


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_for_whom_a_sheet_is_and_that_nobody_checked_it_is_never_cut(page_of, material, orientation):
    from ia_plugin.core.briefing.run_words import foot_words
    from ia_plugin.core.checked import beta_words
    from ia_plugin.core.params.extracts import PURPOSES

    for purpose in PURPOSES:
        page = page_of(orientation, foot=foot_words(material, "restricted", purpose))
        page.fill(page_of.sheet(), "Sheet 1 of 39")
        text = labels_of(page)["figure"].text().replace("\n", " ")
        assert purpose in text and text.endswith(beta_words()), text


def test_the_head_s_lines_do_not_run_into_what_follows(page_of):
    page = page_of()
    page.fill(replace(page_of.sheet(), title=LONG))
    labels = labels_of(page)
    rule = page.layout.itemById("rule_head").pagePos().y()
    tops = [labels[n].pagePos().y() for n in ("title", "subtitle", "verdict", "beside")]
    assert tops == sorted(tops) and tops[-1] + page._used["beside"] <= rule


def test_nothing_of_the_sheet_before_stays(page_of):
    """A tile that has no gauge once showed that of the area before."""
    page = page_of()
    sheet = page_of.sheet()
    page.fill(sheet)
    before = texts_of(page)
    bare = replace(sheet, tiles=tuple(replace(t, gauge=None, parts=(), why="no data") for t in sheet.tiles), earlier_title="", earlier=(), verdict="", beside="", code="")  # fmt: skip
    page.fill(bare)
    left = texts_of(page)
    assert {"on foot", "Officer-hours"} <= {w for t in before for w in (t[:7], t)} and not any(
        "on foot" in t for t in left
    )
    for i in range(1, 5):
        path = page.layout.itemById(f"tile_{i}_picture").picturePath()
        assert "<rect" not in Path(path).read_text(encoding="utf-8")
    assert "Officer-hours" not in left and sum(t == "not shown" for t in left) == 3 and "Not shown: no data." in left


def test_marking_age_number_and_code_are_on_the_page(page_of):
    page, sheet = page_of(), page_of.sheet()
    page.fill(sheet, "Sheet 2 of 3")
    labels = labels_of(page)
    assert labels["marking"].text() == labels["marking_foot"].text() == "OFFICIAL-SENSITIVE"
    figure = labels["figure"].text()
    assert sheet.number in figure and f"data as of {sheet.as_of}" in figure and "For the board" in figure
    assert labels["code"].text().replace("\n", "").replace("Code ", "") == sheet.code
    assert labels["headline"].text() == "Impact Areas: 10 %."
    assert labels["sheet_number"].text() == "Sheet 2 of 3" and labels["attribution"].text() == "Attribution."


def test_the_map_shows_the_area_and_its_classes(page_of):
    page = page_of()
    page.fill(page_of.sheet("a03"))
    item, layers = page.layout.itemById("main_map"), page.layers
    assert item.extent().contains(layers.extents["a03"]) and item.scale() in _scales()
    shown = {f["area_id"]: f["map_class"] for f in layers.areas.getFeatures()}
    classes = page_of.ground.classes
    assert shown == dict(zip(classes.area_ids, classes.classes))
    assert item.layers()[0].name() == "this area" and layers.areas in item.layers()
    ratio = item.rect().width() / item.rect().height()
    assert item.extent().width() / item.extent().height() == pytest.approx(ratio, rel=1e-6)
    assert item.sizeWithUnits().width() == pytest.approx(134)


def _scales():
    from ia_plugin.briefing.page import SCALES

    return [pytest.approx(s, rel=1e-3) for s in SCALES]


def test_marks_of_events_differ_in_shape_and_grow_with_their_number(page_of):
    from qgis.core import QgsSymbolLayer

    page = page_of()
    symbols = {c.value(): c.symbol().clone() for c in page.layers.events.renderer().categories()}
    shapes = {kind: s.symbolLayer(0) for kind, s in symbols.items()}
    assert len({str(s.shape()) for s in shapes.values()}) == 3
    sizes = {s.dataDefinedProperties().property(QgsSymbolLayer.Property.PropertySize).asExpression() for s in shapes.values()}  # fmt: skip
    assert sizes == {'0.9 * sqrt(min("events", 100))'}


def test_a_template_without_a_place_for_the_marking_is_refused(page_of, root, tmp_path):
    from qgis.core import QgsCoordinateReferenceSystem

    from ia_plugin.briefing.page import Page, Words
    from ia_plugin.core.errors import FileError

    text = (root / "resources" / "layouts" / "briefing_portrait.qpt").read_text(encoding="utf-8")
    cases = {"own.qpt": text.replace('id="marking"', 'id="badge"'), "none.qpt": "<a/>", "bad.qpt": "no xml"}
    other = page_of()
    for name, content in cases.items():
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        with pytest.raises(FileError, match="marking" if name == "own.qpt" else "no template"):
            Page("portrait", other.layers, page_of.ground.classes, Words("M", "", "", "", "", ""), QgsCoordinateReferenceSystem("EPSG:27700"), tmp_path, path)  # fmt: skip


def test_streets_of_the_sample_lie_beneath_no_other_areas(qgis_app, root):
    from osgeo import ogr
    from qgis.core import QgsCoordinateReferenceSystem

    from ia_plugin.briefing.ground import are_of_sample, ground_of

    source = ogr.Open(str(root / "resources" / "sample" / "demo_areas.gpkg"))
    rows = [(f["area_id"], f["role"], shapely.from_wkb(bytes(f.GetGeometryRef().ExportToWkb()))) for f in source.GetLayer("areas")]  # fmt: skip
    sample = pd.DataFrame(rows, columns=["area_id", "role", "geometry"]).assign(name="A")
    crs = QgsCoordinateReferenceSystem("EPSG:27700")
    assert are_of_sample(sample) and "synthetic streets" in ground_of(sample, crs).rights
    moved = sample.assign(geometry=[shapely.transform(g, lambda xy: xy + 50.0) for g in sample["geometry"]])
    assert not are_of_sample(moved) and "streets" not in [y.name() for y in ground_of(moved, crs).layers]
    assert not are_of_sample(sample.assign(area_id="E1")) and not are_of_sample(sample[:0])


def test_a_text_is_made_smaller_before_it_is_shortened(qgis_app):
    from ia_plugin.briefing.fit_text import LEAST, fitted

    assert fitted("short", 50, 10, 22).points == 22
    words = " ".join(["officer"] * 30)
    small = fitted(words, 50, 10, 22)
    assert LEAST <= small.points < 22
    cut = fitted(" ".join(["officer"] * 300), 50, 10, 22)
    assert cut.points == LEAST and cut.text.endswith(" …") and np.isclose(cut.height_mm, 10, atol=2.5)
    assert fitted("", 50, 10, 22).height_mm == 0
    turned = fitted("\u05d0\u05d1: 6.9 h per km²", 80, 10, 10).text
    assert turned == "\u200e\u05d0\u05d1\u200e: 6.9 h per km²", "the figure stays behind the name"


def test_a_name_that_looks_like_an_expression_is_printed_as_it_is(page_of):
    """A label works out what stands between [% and %]: a name in an areas layer once could read the user's settings."""
    page = page_of()
    page.fill(replace(page_of.sheet(), title="[% 1 + 1 %] [%[% env('HOME') %]%]", notes=("[% 2 * 2 %].",)))
    labels = labels_of(page)
    assert labels["title"].currentText() == labels["title"].text() and "1 + 1" in labels["title"].currentText()
    assert "2 * 2" in labels["notes"].currentText()
