"""briefingmaps through Processing, on a small store: whole files, a record, refusals."""

from __future__ import annotations

import re
import shutil
import zlib
from pathlib import Path

import pytest

from tests.support.small_store import small_store

pytestmark = pytest.mark.qgis

DAYS = {"FIRST_DAY": "2024-06-03", "LAST_DAY": "2024-06-05", "WHICH_AREAS": "all"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small_store(tmp_path_factory.mktemp("briefing"))


@pytest.fixture
def briefed(run, store, tmp_path):
    def go(name="maps.pdf", prepare=None, **more):
        folder = more.pop("STORE", store)
        return run("briefingmaps", {"STORE": str(folder), "OUTPUT": str(tmp_path / name), **DAYS, **more}, prepare)

    return go


def last_run(folder):
    from ia_plugin.gpkg.geopackage import GeoPackage

    with GeoPackage(folder / "restricted.gpkg", create=False) as package:
        return package.read("runs").iloc[-1]


def pages(path):
    from ia_plugin.briefing.export import pages_of

    return pages_of(path.read_bytes())


@pytest.mark.parametrize("layout", ["portrait", "landscape"])
def test_one_file_has_a_sheet_for_each_area(briefed, tmp_path, store, layout):
    results, _ = briefed(LAYOUT=layout)
    assert pages(tmp_path / "maps.pdf") == results["SHEETS"] == 2 and results["FILES"] == 1
    data = (tmp_path / "maps.pdf").read_bytes()
    assert b"/FontFile2" in data and b"/Type0" in data  # letters travel with the page
    wide, high = (float(v) for v in re.search(rb"/MediaBox \[0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)\]", data).groups())
    assert (wide > high) == (layout == "landscape")
    assert re.fullmatch(r"IA-[0-9A-F]{4}-[0-9A-F]{4}", results["FIRST_FIGURE"])
    row = last_run(store)
    assert (row["what"], row["outcome"], row["audience"]) == ("briefingmaps", "done", "board")
    assert [p.name for p in tmp_path.iterdir()] == ["maps.pdf"]


def test_a_page_holds_no_attribute_and_no_coordinate(briefed, tmp_path):
    """Neither the streams of the page nor what stands about them names a table, an id or the places of the map."""
    briefed(WHICH_AREAS="all")
    data = (tmp_path / "maps.pdf").read_bytes()
    streams = [s for s in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)]
    text = data + b"".join(zlib.decompress(s) for s in streams if s[:1] == b"x")
    for word in (b"area_id", b"event_points", b"GPTS", b"/OCG", b"EPSG", b"officer_id", b"summary.gpkg"):
        assert word not in text


def test_a_file_for_each_area_and_pictures(briefed, tmp_path):
    results, _ = briefed(FILE_PER_AREA=True)
    made = sorted(p.name for p in tmp_path.iterdir())
    assert results["FILES"] == 2 and len(made) == 2 and all(n.startswith("maps ") for n in made)
    assert [pages(tmp_path / n) for n in made] == [1, 1]
    results, _ = briefed("maps.png", WHICH_AREAS="impact")
    assert results["FILES"] == 1 and (tmp_path / "maps.png").read_bytes()[:4] == b"\x89PNG"
    data, at, kinds = (tmp_path / "maps.png").read_bytes(), 8, set()
    while at < len(data):  # a chunk: four bytes of length, its kind, its content, four of a sum
        kinds.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    assert kinds <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}, "nothing but the page"
    assert data[data.index(b"pHYs") + 4 :][:4] == (11811).to_bytes(4, "big"), "300 dots an inch"


@pytest.mark.parametrize(
    "given, asked, made",
    [
        ("maps.pdf", "ending", "maps.pdf"),
        ("maps.PNG", "ending", "maps.PNG"),
        ("maps", "PDF", "maps.pdf"),
        ("maps", "PNG", "maps.png"),
        ("maps.png", "PNG", "maps.png"),
    ],
)
def test_the_format_is_the_endings_or_is_asked_for(briefed, tmp_path, given, asked, made):
    results, _ = briefed(given, FORMAT=asked, WHICH_AREAS="impact")
    (path,) = tmp_path.iterdir()
    assert path.name == made and results["OUTPUT"] == str(path)
    assert path.read_bytes()[:4] == (b"%PDF" if made.lower().endswith("pdf") else b"\x89PNG")


def test_a_temporary_file_is_of_the_format_that_was_asked_for(briefed):
    """QGIS would name it .pdf, which nobody chose."""
    results, _ = briefed(OUTPUT="TEMPORARY_OUTPUT", FORMAT="PNG", WHICH_AREAS="impact")
    assert results["OUTPUT"].endswith(".png") and Path(results["OUTPUT"]).read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize("audience", ["board", "public", "restricted"])
def test_each_audience_has_its_sheets(briefed, tmp_path, store, audience):
    briefed(AUDIENCE=audience, PURPOSE="training", FIRST_DAY="2024-06-01", LAST_DAY="2024-06-30")
    assert pages(tmp_path / "maps.pdf") == 2 and last_run(store)["audience"] == audience


REFUSED = {
    "a blank marking": ({"MARKING": "  "}, "marking is blank"),
    "an area that is none": ({"WHICH_AREAS": "Aston"}, "No area of the store is called 'Aston'"),
    "a day that is none": ({"FIRST_DAY": "3/6/2024"}, "is no day"),
    "hours that are none": ({"HOUR_FROM": 6, "HOUR_TO": 6}, "no part of a day"),
    "a resource that is none": ({"RESOURCES": "hovercraft"}, "none of the store's"),
    "an ending that is another's": ({"FORMAT": "PNG"}, "FORMAT is PNG, and OUTPUT ends in '.pdf'"),
    "an ending that is none": ({"OUTPUT": "maps.svg"}, "ends in|Incorrect|pdf"),
    "a figure the public has no map of": ({"AUDIENCE": "public", "MAP_FIGURE": "visits"}, "no map of 'visits'"),
    "a code that is none": ({"FIGURE": "IA1.AAAA.00000000"}, "checksum"),
    "a template that is none": ({"TEMPLATE": "gone.qpt"}, "cannot be read|exist|Incorrect"),
}


@pytest.mark.parametrize("asked, why", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_leaves_nothing(briefed, tmp_path, asked, why):
    from qgis.core import QgsProcessingException

    asked = {**asked, **({"OUTPUT": str(tmp_path / asked["OUTPUT"])} if "OUTPUT" in asked else {})}
    with pytest.raises(QgsProcessingException, match=why):
        briefed(**asked)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_none_is_refused(briefed, tmp_path):
    from qgis.core import QgsProcessingException

    (tmp_path / "empty").mkdir()
    with pytest.raises(QgsProcessingException, match=r"no summary\.gpkg"):
        briefed(STORE=tmp_path / "empty")


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_a_cancelled_run_leaves_what_was_there(briefed, tmp_path, store, monkeypatch, ending):
    from qgis.core import QgsProcessingException

    from ia_plugin.processing import briefing_run

    old = tmp_path / f"maps.{ending}"
    old.write_bytes(b"of yesterday")
    made = briefing_run.Asked.sheet
    count = []

    def cancel(log):
        def sheet(self, at):
            count.append(at)
            if len(count) > 1:
                log.feedback.cancel()
            return made(self, at)

        monkeypatch.setattr(briefing_run.Asked, "sheet", sheet)

    with pytest.raises(QgsProcessingException):
        briefed(f"maps.{ending}", cancel, WHICH_AREAS="all; all", EARLIER="none")
        pytest.fail("it was not cancelled")
    assert old.read_bytes() == b"of yesterday" and len(list(tmp_path.iterdir())) == 1
    assert "cancelled" in last_run(store)["outcome"].lower()


def test_nothing_of_the_users_project_changes(briefed, store, tmp_path, root):
    from qgis.core import QgsProject, QgsVectorLayer

    project = QgsProject.instance()
    streets = QgsVectorLayer(f"{root}/resources/sample/demo_network.gpkg|layername=streets", "streets", "ogr")
    project.addMapLayer(streets)
    style, layers = streets.renderer().dump(), set(project.mapLayers())
    _, log = briefed(BASEMAP=[streets], ATTRIBUTION="Contains OS data")
    assert (
        set(project.mapLayers()) == layers
        and streets.renderer().dump() == style
        and not project.layoutManager().layouts()
    )
    _, log = briefed(BASEMAP=[streets])
    assert any("give ATTRIBUTION" in w for w in log.warned)


def test_the_basemap_beside_the_store_needs_no_asking(briefed, store, tmp_path, root):
    """So that the nightly run has it too; whose data it is stands beside it."""
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(store / "summary.gpkg", own)
    _, log = briefed(STORE=own)
    assert any("put basemap.gpkg into the folder of the store" in s for s in log.said)
    shutil.copy(root / "resources" / "sample" / "demo_network.gpkg", own / "basemap.gpkg")
    _, log = briefed(STORE=own)
    assert any("give ATTRIBUTION, or basemap.txt" in w for w in log.warned)
    (own / "basemap.txt").write_text("Contains OS data © Crown copyright", encoding="utf-8")
    _, log = briefed(STORE=own)
    assert "basemap.gpkg beside the store lies beneath the areas." in log.said and not log.warned
    assert sorted(p.name for p in own.iterdir()) == ["basemap.gpkg", "basemap.txt", "summary.gpkg"]


def test_a_code_brings_its_whole_filter(briefed, store):
    from datetime import date

    from ia_plugin.core.figure_code import FigureCode
    from ia_plugin.core.filter_state import FilterState

    state = FilterState(first=date(2024, 6, 4), last=date(2024, 6, 4), hour_from=8, hour_to=16)
    by_code, _ = briefed(FIGURE=FigureCode(state).text())
    by_hand, _ = briefed(FIRST_DAY="2024-06-04", LAST_DAY="2024-06-04", HOUR_FROM=8, HOUR_TO=16)
    other, _ = briefed()
    assert by_code["FIRST_FIGURE"] == by_hand["FIRST_FIGURE"] != other["FIRST_FIGURE"]


def test_the_summary_alone_serves(briefed, store, tmp_path):
    """A board's analyst has no restricted half; the run is recorded in the user's own record."""
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(store / "summary.gpkg", alone)
    results, _ = briefed(STORE=alone)
    assert results["SHEETS"] == 2 and [p.name for p in alone.iterdir() if p.suffix == ".gpkg"] == ["summary.gpkg"]


def test_layouts_are_drawn_on_the_main_thread():
    from ia_plugin.compat import no_threading
    from ia_plugin.processing.algorithms.briefing_maps import BriefingMaps

    assert BriefingMaps().flags() & no_threading()
