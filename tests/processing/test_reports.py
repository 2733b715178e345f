"""The technical report by its own door: page, paper, table of results, and the row in the record of runs."""

from __future__ import annotations

import json

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.sqlite_files import sqlite_file
from tests.support.stores import store_of_one_extract

pytestmark = pytest.mark.qgis
pytest.importorskip("matplotlib", reason="reports have charts, and matplotlib is not installed")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of_one_extract(tmp_path_factory.mktemp("report"), fixes=200)


def test_page_paper_and_results_of_a_store(run, store, tmp_path):
    page, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    asked = {"STORE": str(store), "PERIOD": "day", "LEAST_COVERED": 0.0}
    results, _ = run(
        "technicalreport", {**asked, "OUTPUT_HTML": str(page), "OUTPUT_PDF": str(paper), "OUTPUT": "memory:"}
    )
    text = page.read_text(encoding="utf-8")
    assert results["SUMMARY"].startswith("Impact Areas: ") and results["SUMMARY"].partition(" Beta")[0] in text
    assert len(rows_of(results["OUTPUT"])) == results["COMPARISONS"]
    assert str(store.parent) not in text, "a folder may bear a person's name"
    # The store tells of itself in the words of "About these data", a level lower.
    assert (
        "<h3>Quality findings to decide</h3>" in text and "<h3>Governance card</h3>" in text and "<h1>About" not in text
    )
    content = paper.read_bytes()
    assert content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF") and content.count(b"/FontFile2") >= 1
    with sqlite_file(store / "restricted.gpkg") as runs:
        what, inputs, audience = runs.execute("SELECT what, inputs, audience FROM runs ORDER BY fid DESC").fetchone()
    assert (what, audience) == ("technicalreport", "board")
    hashes = json.loads(inputs)
    assert len(hashes["summary.gpkg"]) == 64 and all(f"<td>{h}</td>" in text for h in hashes.values())


def test_a_report_counts_among_the_evaluations_that_touched_the_data(run, store, tmp_path):
    asked = {"STORE": str(store), "PERIOD": "day", "OUTPUT_HTML": str(tmp_path / "again.html")}
    run("technicalreport", asked)
    run("technicalreport", asked)
    told = (tmp_path / "again.html").read_text(encoding="utf-8")
    assert "Evaluations that touched these data before this one: " in told


@pytest.mark.parametrize(
    "given, words",
    [
        ({"MARKING": "  "}, "marking is blank"),
        ({"AUDIENCE": "public", "PERIOD": "day"}, "whole calendar months"),
        ({"STORE": "nowhere"}, "no summary.gpkg"),
        ({"STORE": None}, "Neither STORE nor INPUT"),
        ({"FIRST_DAY": "yesterday"}, "is no day"),
    ],
    ids=["marking", "public", "no store", "nothing", "day"],
)
def test_what_is_refused_leaves_no_file(run, store, tmp_path, given, words):
    asked = {
        "STORE": str(store),
        "OUTPUT_HTML": str(tmp_path / "x.html"),
        "OUTPUT_PDF": str(tmp_path / "x.pdf"),
        **given,
    }
    refused(lambda: run("technicalreport", {k: v for k, v in asked.items() if v is not None}), words)
    assert list(tmp_path.iterdir()) == []


def test_the_ethics_sheet_of_a_store(run, store, tmp_path):
    page = tmp_path / "ethics.html"
    results, _ = run("ethics", {"STORE": str(store), "OUTPUT_HTML": str(page)})
    text = page.read_text(encoding="utf-8")
    assert text.count("To complete:") == results["TO_COMPLETE"] > 8 and "Challengeable" in text
    assert str(store.parent) not in text
    refused(lambda: run("ethics", {"STORE": str(tmp_path), "OUTPUT_HTML": str(page)}), "no summary.gpkg")
