"""matchareas and baseline: from layers in memory to layers, tables and pages; bad days and bad input."""

from __future__ import annotations

import re

import pytest

from tests.support.beats import HAPPENED, force
from tests.support.outcomes import refused, rows_of
from tests.support.walks import box

pytestmark = pytest.mark.qgis


@pytest.fixture
def covered(qgis_app):
    """A memory layer of areas with deprivation and earlier crime, from rows of (id, role, imd, burglary)."""

    def make(rows, crs="EPSG:27700"):
        from qgis.core import (
            QgsCoordinateReferenceSystem,
            QgsCoordinateTransform,
            QgsFeature,
            QgsGeometry,
            QgsProject,
            QgsVectorLayer,
        )

        fields = "&field=code:string&field=role:string&field=imd:double&field=burglary:double"
        layer = QgsVectorLayer(f"Polygon?crs={crs}{fields}", "areas", "memory")
        to = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:27700"), QgsCoordinateReferenceSystem(crs), QgsProject.instance()
        )
        features = []
        for i, (code, role, imd, burglary) in enumerate(rows):
            feature = QgsFeature(layer.fields())
            feature.setAttributes([code, role, imd, burglary])
            shape = QgsGeometry.fromWkt(box(2000 * i, 0, 1000, 1000))
            shape.transform(to)
            feature.setGeometry(shape)
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    return make


OWN = [(f"I{i}", "impact", 30.0 + i % 4, 10.0) for i in range(12)]
OTHER = [(f"C{i}", "comparison", 28.0 + i % 6, 10.0 + i) for i in range(24)]
ASKED = {"AREA_ID_FIELD": "code", "ROLE_FIELD": "role", "COVARIATES": ["imd"], "OUTPUT": "memory:"}


def test_matched_areas_with_their_balance_and_a_page(run, covered, tmp_path):
    page = tmp_path / "match.html"
    asked = {**ASKED, "AREAS": covered(OWN + OTHER), "BALANCE": "memory:", "SIZE": True, "OUTPUT_HTML": str(page)}
    results, log = run("matchareas", asked)
    rows = rows_of(results["OUTPUT"])
    assert sum(r["weight"] for r in rows if r["role"] == "comparison") == pytest.approx(12)
    assert {r["weight"] for r in rows if r["role"] == "impact"} == {1.0}
    assert [r["covariate"] for r in rows_of(results["BALANCE"])] == ["imd", "km2"]
    assert results["LARGEST_DIFFERENCE"] < 1e-6 and 10 < results["EFFECTIVE_AREAS"] <= 24
    text = page.read_text(encoding="utf-8")
    assert "The largest difference between impact and comparison areas is 0.00" in text and "OFFICIAL-SENSITIVE" in text
    assert any("Nobody has said by which time the areas were scored" in w for w in log.warned)


def test_pairs_of_two_layers_in_different_systems(run, covered):
    asked = {k: v for k, v in ASKED.items() if k != "ROLE_FIELD"}
    layers = {"AREAS": covered(OWN), "COMPARISON_AREAS": covered(OTHER, crs="EPSG:4326")}
    results, _ = run("matchareas", {**asked, **layers, "METHOD": "optimal", "CALIPER": 0.1})
    pairs = {}
    for r in rows_of(results["OUTPUT"]):
        pairs.setdefault(r["pair"], []).append((r["role"], r["imd"]))
    assert len(pairs) == 13 and all(
        len({imd for _, imd in p}) == 1 and len(p) == 2 for name, p in pairs.items() if name
    )


def test_clear_words_where_areas_cannot_be_matched(run, covered):
    def asked(rows, **more):
        return lambda: run("matchareas", {**ASKED, "AREAS": covered(rows), **more})

    refused(
        asked(OWN + OTHER, COVARIATES=["burglary"]),
        "nobody has said by which time the areas were scored",
        "scored_from",
    )
    scored = {
        "SCORED_FROM": "2022-01-01",
        "SCORED_TO": "2022-12-31",
        "PRIOR_FROM": "2022-12-01",
        "PRIOR_TO": "2023-11-30",
    }
    refused(asked(OWN + OTHER, COVARIATES=["burglary"], **scored), "overlaps the time that scored")
    refused(asked(OWN + OTHER, COVARIATES=[]), "No covariate")
    refused(asked(OWN + [(a, r, imd + 40, b) for a, r, imd, b in OTHER]), "No weights of the comparison areas", "imd")
    refused(asked(OWN[:1] + OTHER), "1 area of role impact can be matched")
    refused(asked(OWN + OTHER, COVARIATES=["wealth"]), "wealth")


def night_and_day(officers=6):
    return force(officers, hours=range(24))


def test_a_baseline_from_layers_with_too_few_areas_to_compare(run, points, polygons, events, tmp_path):
    page = tmp_path / "baseline.html"
    asked = {
        "INPUT": points(night_and_day()),
        "AREAS": polygons(
            {"here": box(-200, -200, 1000, 400), "there": box(2000, -200, 1000, 400)},
            roles={"here": "impact", "there": "comparison"},
        ),
        "AREA_ID_FIELD": "code",
        "ROLE_FIELD": "role",
        "EVENTS": events(HAPPENED),
        "PERIOD": "day",
        "FIRST_DAY": "2024-06-03",
        "LAST_DAY": "2024-06-03",
        "LEAST_COVERED": 0.8,
        "OUTPUT": "memory:",
        "RATES": "memory:",
        "OUTPUT_HTML": str(page),
    }
    results, _ = run("baseline", asked)
    rows = {r["outcome"]: r for r in rows_of(results["OUTPUT"])}
    assert "Nothing to compare: 1 area of role comparison" in rows["officer hours per km²"]["sentence"]
    assert results["SUMMARY"].startswith("Impact Areas: ") and "of observed officer time" in results["SUMMARY"]
    rates = {(r["place"], r["split"], r["outcome"]): r for r in rows_of(results["RATES"])}
    assert rates["(impact)", "all", "officer hours"]["amount"] > 10
    assert "Nothing to compare" in page.read_text(encoding="utf-8")
    refused(lambda: run("baseline", {**asked, "AUDIENCE": "public"}), "whole calendar months", "PERIOD=month")
    refused(
        lambda: run("baseline", {**asked, "PERIOD": "month", "FIRST_DAY": "", "LAST_DAY": ""}),
        "No month is covered by data",
    )
    refused(lambda: run("baseline", {"OUTPUT": "memory:"}), "Neither STORE nor INPUT")
    month = {**asked, "EVENTS": events(HAPPENED, precision="month")}
    refused(lambda: run("baseline", month), "tell the month only", "period 'month'")


def test_a_baseline_of_events_alone_and_how_often_these_data_were_looked_at(run, polygons, events, tmp_path):
    """No officers' time: crimes and incidents are told, hours are not; the second page counts the first run."""
    frame = {f"{r}{i}": box(2000 * i, 3000 * (r == "c"), 1000, 1000) for r in "ic" for i in range(6)}
    layer = polygons(frame, roles={k: "impact" if k[0] == "i" else "comparison" for k in frame})
    when = [f"2024-06-{d:02}T12:00:00Z" for d in range(1, 31)]
    happened = [
        ("crime", t, t, 2000 * i + 500, 3000 * c + 500, None) for i in range(6) for c in (0, 1) for t in when[c * 10 :]
    ]
    pages = [tmp_path / f"{n}.html" for n in "ab"]
    asked = {
        "AREAS": layer,
        "AREA_ID_FIELD": "code",
        "ROLE_FIELD": "role",
        "EVENTS": events(happened),
        "PERIOD": "day",
        "OUTPUT": "memory:",
    }
    for page in pages:
        results, log = run("baseline", {**asked, "OUTPUT_HTML": str(page)})
    rows = {r["outcome"]: r for r in rows_of(results["OUTPUT"])}
    assert rows["crimes per km²"]["estimate"] == pytest.approx(180 / 120) and "officer hours per km²" not in rows
    assert any("officers' time is not" in s for s in log.said)
    counts = [
        re.search(r"before this one(?:: ([\d,]+))?\.", page.read_text(encoding="utf-8"))[1] or 0 for page in pages
    ]
    assert int(counts[1]) == int(counts[0]) + 1
    assert "needs an area of role rest" in pages[1].read_text(encoding="utf-8")
    refused(lambda: run("baseline", {"EVENTS": asked["EVENTS"], "OUTPUT": "memory:"}), "Neither STORE nor AREAS")
