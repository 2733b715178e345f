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


@pytest.mark.parametrize(
    "audience, named", [({}, False), ({"AUDIENCE": "board"}, False), ({"AUDIENCE": "restricted"}, True)]
)
def test_small_units_are_named_for_a_purpose_alone(run, tmp_path, audience, named):
    """Four dog handlers, six in the north, seven in the south: table, page, log and store."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    from ia_plugin.store.about_facts import about_of
    from tests.support.stores import bring_up_to_date, extract

    (tmp_path / "watched").mkdir()
    extract(tmp_path / "watched" / "june.csv")
    bring_up_to_date(tmp_path / "store", tmp_path / "watched")
    uri = "Point?crs=EPSG:27700&field=officer_id:string&field=time:string&field=unit:string"
    layer = QgsVectorLayer(uri, "fixes", "memory")
    features = []
    for unit, officers in (("Dogs", 4), ("North", 6), ("South", 7)):
        for i in range(officers):
            for minute in range(60):
                feature = QgsFeature(layer.fields())
                feature.setAttributes([f"{unit}{i}", f"2024-06-03T09:{minute:02d}:00Z", unit])
                east = 400_000 if unit == "Dogs" else 400_037.3 + 41 * minute
                feature.setGeometry(QgsGeometry.fromWkt(f"Point ({east} {280_000 + 1000 * i})"))
                features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    page = tmp_path / "page.html"
    asked = {
        "INPUT": layer,
        "OUTPUT": "memory:",
        "OUTPUT_HTML": str(page),
        "STORE": str(tmp_path / "store"),
        **audience,
    }
    results, log = run("dataquality", asked)
    told = " ".join([str(rows_of(results["OUTPUT"])), page.read_text("utf-8").split("base64")[0]])
    assert ("Dogs" in told) == named and "South" in told
    assert ("Restricted: for " in told) == named
    assert "Dogs" not in str(about_of(tmp_path / "store").findings) + " ".join([] if named else log.said)
