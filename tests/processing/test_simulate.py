"""simulateshifts: fixes, truth and the rest, from a grid of streets."""

from __future__ import annotations

import pytest

from tests.support.outcomes import refused, rows_of

pytestmark = pytest.mark.qgis

E, N = 400_000, 290_000


@pytest.fixture
def streets(qgis_app):
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    layer = QgsVectorLayer("LineString?crs=EPSG:27700", "streets", "memory")
    steps = range(0, 1500, 150)
    lines = [((x, y), (x + 150, y)) for x in steps for y in steps] + [
        ((x, y), (x, y + 150)) for x in steps for y in steps
    ]
    features = []
    for (x0, y0), (x1, y1) in lines:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(f"LINESTRING({E + x0} {N + y0}, {E + x1} {N + y1})"))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_fixes_truth_and_the_other_tables(run, streets, polygons):
    areas = polygons({"a": f"POLYGON(({E} {N},{E + 600} {N},{E + 600} {N + 600},{E} {N + 600},{E} {N}))"})
    outputs = {n: "memory:" for n in ("OUTPUT", "TRUTH", "EVENTS", "POSTINGS", "DUTIES", "FAULT_LIST")}
    results, log = run(
        "simulateshifts",
        {"INPUT": streets, "AREAS": areas, "AREA_ID_FIELD": "code", "OFFICERS": 3, "FAULTS": True, **outputs},
    )
    fixes = rows_of(results["OUTPUT"])
    assert len(fixes) == results["FIXES"] and {f["officer_id"] for f in fixes} == {"S00000", "S00001", "S00002"}
    assert len(rows_of(results["POSTINGS"])) == 3
    assert {r["mode"] for r in rows_of(results["TRUTH"])} <= {"foot", "vehicle", "stationary"}
    assert len(rows_of(results["FAULT_LIST"])) > 0 and len(rows_of(results["EVENTS"])) > 0
    assert any("Simulated" in s for s in log.said)


def test_the_same_seed_gives_the_same_fixes(run, streets):
    def fixes(seed):
        results, _ = run("simulateshifts", {"INPUT": streets, "OFFICERS": 2, "SEED": seed, "OUTPUT": "memory:"})
        return [(f["officer_id"], f["time"].toString(), f["accuracy_m"]) for f in rows_of(results["OUTPUT"])]

    assert fixes(5) == fixes(5) != fixes(6)


def test_out_of_range_and_no_streets_are_refused(run, streets):
    from qgis.core import QgsVectorLayer

    refused(lambda: run("simulateshifts", {"INPUT": streets, "OFFICERS": 0, "OUTPUT": "memory:"}), "OFFICERS")
    empty = QgsVectorLayer("LineString?crs=EPSG:27700", "none", "memory")
    refused(lambda: run("simulateshifts", {"INPUT": empty, "OUTPUT": "memory:"}), "no lines")
    refused(lambda: run("simulateshifts", {"INPUT": streets, "FIRST_DAY": "soon", "OUTPUT": "memory:"}), "soon")
