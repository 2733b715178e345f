"""importevents and eventsinareas, on a file of three rows."""

from __future__ import annotations

import pytest

from tests.support.outcomes import refused, rows_of

pytestmark = pytest.mark.qgis

FILE = """Crime ID,Month,Longitude,Latitude,Location,Crime type,Last outcome category
a,2019-06,-1.90,52.48,On or near A Street,Burglary,
b,2019-06,-1.90,52.48,On or near A Street,Drugs,
c,2019-07,,,No location,Robbery,
"""
HERE = "POLYGON((406000 286000,408000 286000,408000 291000,406000 291000,406000 286000))"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "street.csv"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def test_events_become_points_and_the_placeless_a_table(run, file):
    results, log = run("importevents", {"INPUT": file, "OUTPUT": "memory:", "NO_PLACE": "memory:"})
    assert (results["EVENTS"], results["WITHOUT_PLACE"], results["ROWS_KEPT"]) == (3, 1, 3)
    assert [r["event_id"] for r in rows_of(results["NO_PLACE"])] == ["c"]
    assert rows_of(results["OUTPUT"])[0]["key_type"] == "burglary"
    assert any("1 row has no coordinates" in s for s in log.said)


def test_placeless_events_are_not_lost_without_a_word(run, file):
    _, log = run("importevents", {"INPUT": file, "OUTPUT": "memory:"})
    assert any("NO_PLACE" in w for w in log.warned)


@pytest.mark.clocks
def test_counts_by_area_and_month(run, file, polygons, tmp_path):
    events = str(tmp_path / "events.gpkg")
    run("importevents", {"INPUT": file, "OUTPUT": events})
    parameters = {"INPUT": events, "AREAS": polygons({"here": HERE}), "AREA_ID_FIELD": "code", "OUTPUT": "memory:"}
    results, _ = run("eventsinareas", parameters)
    rows = rows_of(results["OUTPUT"])
    assert [(r["category"], r["events"], r["expected"]) for r in rows] == [("Burglary", 1, 1), ("Drugs", 1, 1)]
    assert {r["period"].toString("yyyy-MM-dd HH:mm") for r in rows} == {"2019-05-31 23:00"}
    refused(lambda: run("eventsinareas", {**parameters, "PERIOD": "hour"}), "the month only")


def test_a_bad_file_is_named(run, tmp_path, points):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    refused(
        lambda: run("importevents", {"INPUT": str(path), "OUTPUT": "memory:"}),
        "other.csv",
        "no column was found for start",
    )


def test_a_layer_that_holds_no_events(run, points, polygons):
    refused(
        lambda: run("eventsinareas", {"INPUT": points([]), "AREAS": polygons({"here": HERE}), "OUTPUT": "memory:"}),
        "event_id",
    )


@pytest.mark.parametrize("words", [("True", "False"), ("Yes", "No"), ("Y", "N"), ("ja", "nein")])
def test_answers_in_words_stop_no_count(run, polygons, words):
    """A layer of searches that QGIS read from CSV has its answers as text."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    names = ("event_id", "kind", "category", "start", "end", "time_precision", "location_precision", "object_found")
    layer = QgsVectorLayer("Point?crs=EPSG:27700" + "".join(f"&field={n}:string" for n in names), "searches", "memory")
    features = []
    for i, word in enumerate((*words, "")):
        feature = QgsFeature(layer.fields())
        at = f"2024-06-03T10:0{i}:00Z"
        feature.setAttributes([f"s{i}", "stop_search", "Drugs", at, at, "minute", "point", word])
        feature.setGeometry(QgsGeometry.fromWkt("Point (407000 287000)"))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    asked = {"INPUT": layer, "AREAS": polygons({"here": HERE}), "AREA_ID_FIELD": "code", "OUTPUT": "memory:"}
    results, log = run("eventsinareas", asked)
    assert results["EVENTS"] == 3 and not [w for w in log.warned if "object_found" in w]
