"""dataquality: a page and a table from a layer of fixes."""

from __future__ import annotations

import pytest

from tests.support.outcomes import refused, rows_of

pytestmark = pytest.mark.qgis


@pytest.fixture
def fixes(points):
    """Two officers for an hour; every row of the first one twice."""
    rows = [("4512", f"2024-06-03T09:{i:02d}:00Z", 400_000.0 + 37 * i, 280_000.0 + i) for i in range(60)]
    return points(
        rows + rows + [("77", f"2024-06-03T09:{i:02d}:00Z", 401_000.3, 281_000.0 + 41.7 * i) for i in range(60)]
    )


def test_a_page_and_a_table(run, fixes, polygons, tmp_path):
    page = tmp_path / "quality.html"
    areas = polygons({"here": "POLYGON((399000 279000,401000 279000,401000 281000,399000 281000,399000 279000))"})
    parameters = {
        "INPUT": fixes,
        "AREAS": areas,
        "AREA_ID_FIELD": "code",
        "ROLE_FIELD": "role",
        "OUTPUT": "memory:",
        "OUTPUT_HTML": str(page),
    }
    results, log = run("dataquality", parameters)
    rows = {r["finding"]: r for r in rows_of(results["OUTPUT"])}
    assert rows["duplicates"]["value"] == 60 and rows["duplicates"]["severity"] == "attention"
    assert results["TO_DECIDE"] == sum(r["severity"] == "attention" for r in rows.values())
    text = page.read_text(encoding="utf-8")
    assert "60 rows" in text and "4512" not in text.split("base64")[0]
    assert any("ask for a decision" in s for s in log.said)


def test_a_blank_marking_is_refused(run, fixes):
    refused(lambda: run("dataquality", {"INPUT": fixes, "MARKING": " ", "OUTPUT": "memory:"}), "marking")


def test_a_store_keeps_what_asks_for_a_decision(run, fixes, tmp_path):
    from ia_plugin.store.about_facts import about_of
    from tests.support.stores import bring_up_to_date, extract

    (tmp_path / "watched").mkdir()
    extract(tmp_path / "watched" / "june.csv")
    bring_up_to_date(tmp_path / "store", tmp_path / "watched")
    assert about_of(tmp_path / "store").findings is None
    results, _ = run("dataquality", {"INPUT": fixes, "STORE": str(tmp_path / "store"), "OUTPUT": "memory:"})
    assert len(about_of(tmp_path / "store").findings) == results["TO_DECIDE"] > 0
