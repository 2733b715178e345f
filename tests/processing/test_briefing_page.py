"""briefingpage and the page of a nightly refresh: written whole or not at all, for a board, beside a page of its folder."""

from __future__ import annotations

import pytest

from ia_plugin.core.inspector_page.packed import unpacked
from tests.support.outcomes import refused
from tests.support.stores import AREAS, extract, store_of_one_extract

pytestmark = pytest.mark.qgis
pytest.importorskip("jinja2", reason="pages are made with Jinja2, which is not installed")


@pytest.fixture
def store(tmp_path):
    return store_of_one_extract(tmp_path, fixes=120)


def data_in(path):
    """Facts of the page's data."""
    text = path.read_text(encoding="utf-8").partition('id="page-data">')[2].partition("</script>")[0]
    return unpacked(text)[0]


def test_a_store_to_a_page(run, store, tmp_path):
    page = tmp_path / "pages" / "force.html"
    page.parent.mkdir()
    results, _ = run("briefingpage", {"STORE": str(store), "MARKING": "OFFICIAL", "OUTPUT_HTML": str(page)})
    facts = data_in(page)
    assert (facts["audience"], facts["marking"], [a["id"] for a in facts["areas"]]) == ("board", "OFFICIAL", ["a", "b"])
    assert results["SIZE"] == pytest.approx(page.stat().st_size / 1e6, abs=0.01)
    assert [p.name for p in page.parent.iterdir()] == ["force.html"]


def test_the_page_of_the_folder_lists_what_lies_in_it(run, store, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "technical report.pdf").write_bytes(b"%PDF")
    asked = {"STORE": str(store), "MARKING": "OFFICIAL", "INDEX": True, "OUTPUT_HTML": str(folder / "force.html")}
    run("briefingpage", asked)
    text = (folder / "index.html").read_text(encoding="utf-8")
    for words in ("OFFICIAL", 'href="force.html"', 'href="force.html#area=a"', 'href="technical%20report.pdf"', "The quality of these data was not looked at yet"):  # fmt: skip
        assert words in text
    assert "area=b" not in text, "a comparison area is none of the Impact Areas"
    run("briefingpage", asked)  # over its own pages


def test_another_s_page_of_the_folder_is_not_written_over(run, store, tmp_path):
    (tmp_path / "index.html").write_text("the intranet", encoding="utf-8")
    asked = {"STORE": str(store), "INDEX": True, "OUTPUT_HTML": str(tmp_path / "force.html")}
    refused(lambda: run("briefingpage", asked), "is not a page of Impact Area")
    assert (
        not (tmp_path / "force.html").exists()
        and (tmp_path / "index.html").read_text(encoding="utf-8") == "the intranet"
    )
    refused(
        lambda: run("briefingpage", {**asked, "OUTPUT_HTML": str(tmp_path / "index.html")}), "the page of the folder"
    )


def test_a_blank_marking_is_refused(run, store, tmp_path):
    page = tmp_path / "force.html"
    refused(lambda: run("briefingpage", {"STORE": str(store), "MARKING": " ", "OUTPUT_HTML": str(page)}), "marking")
    assert not page.exists()


@pytest.mark.parametrize("audience", ["restricted", "public"])
def test_for_others_than_a_board_no_page_is_written(run, store, tmp_path, audience):
    page = tmp_path / "force.html"
    asked = {"STORE": str(store), "AUDIENCE": audience, "OUTPUT_HTML": str(page)}
    refused(lambda: run("briefingpage", asked), "The inspector's page is not made for")
    assert not page.exists()


@pytest.fixture
def night(run, polygons, tmp_path, monkeypatch):
    """A refresh of a watched folder with one extract, that writes the page."""
    (tmp_path / "key").write_bytes(b"a key of sixteen bytes or more")
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "key"))
    (tmp_path / "watched").mkdir()
    extract(tmp_path / "watched" / "1.csv", fixes=120)
    areas = polygons(
        dict(zip(AREAS["area_id"], AREAS["geometry"].map(lambda g: g.wkt))),
        roles=dict(zip(AREAS["area_id"], AREAS["role"])),
    )
    asked = {
        "INPUT": str(tmp_path / "watched"), "STORE": str(tmp_path / "store"), "AREAS": areas, "AREA_ID_FIELD": "code", "ROLE_FIELD": "role",
        "MARKING": "OFFICIAL", "PAGE": str(tmp_path / "force.html"), "INDEX": True,
    }  # fmt: skip
    return lambda **more: run("dailyrefresh", {**asked, **more})


def test_each_night_writes_the_page(night, tmp_path):
    results, log = night()
    assert (
        results["PAGE"] == str(tmp_path / "force.html") and "The inspector's page was written: force.html." in log.said
    )
    assert data_in(tmp_path / "force.html")["data_days"]["last"] == "2024-06-03"
    assert "refreshed" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_file_that_is_set_aside_keeps_no_page_from_its_readers(night, tmp_path):
    (tmp_path / "watched" / "bad.csv").write_text("nothing\nof use\n", encoding="utf-8")
    refused(night, "bad.csv")
    assert data_in(tmp_path / "force.html")["marking"] == "OFFICIAL"


def test_a_page_that_cannot_be_written_is_said_and_the_old_one_stays(night, tmp_path):
    night()
    before = (tmp_path / "force.html").read_bytes()
    (tmp_path / "index.html").write_text("the intranet", encoding="utf-8")
    refused(lambda: night(AREAS=None), "PAGE not written", "is not a page of Impact Area")
    assert (tmp_path / "force.html").read_bytes() == before


def test_without_a_page_no_night_needs_a_marking(night, tmp_path):
    night(PAGE=None, MARKING=" ")
    assert not (tmp_path / "force.html").exists()
