"""presenceatevents, on an officer who stands at one place and events near and far."""

from __future__ import annotations

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.walks import E, N

pytestmark = pytest.mark.qgis

FIELDS = ("event_id", "kind", "category", "start", "end", "time_precision", "location_precision")


def stand(officer="1234", x=0.0):
    """At one place from eight to two, a report every five minutes."""
    times = [f"2024-06-03T{8 + m // 60:02d}:{m % 60:02d}:00Z" for m in range(0, 361, 5)]
    return [(officer, t, E + x, N) for t in times]


@pytest.fixture
def events(qgis_app):
    """A memory layer of events from rows of (kind, text time, x, y)."""

    def make(rows, crs="EPSG:27700", precision="minute", place="point"):
        from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

        uri = f"Point?crs={crs}" + "".join(f"&field={name}:string" for name in FIELDS)
        layer = QgsVectorLayer(uri, "events", "memory")
        features = []
        for i, (kind, when, x, y) in enumerate(rows):
            feature = QgsFeature(layer.fields())
            feature.setAttributes([f"e{i}", kind, "any", when, when, precision, place])
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    return make


def happened(n=8, kind="incident"):
    """Half of them 200 m from the officer, half 5 km away, from ten on."""
    return [(kind, f"2024-06-03T10:{i:02d}:00Z", E + (200 if i % 2 else 5000), N) for i in range(n)]


@pytest.fixture
def counted(run, points, events):
    def go(rows=None, **more):
        layer = more.pop("EVENTS", None) or events(happened() if rows is None else rows)
        fixes = more.pop("INPUT", None) or points(stand() + stand("5678", 9000))
        parameters = {"INPUT": fixes, "EVENTS": layer, "DRAWS": 2, "OUTPUT": "memory:"}
        return run("presenceatevents", {**parameters, **more})

    return go


def cells(results, kind="incident"):
    return {(r["when"], r["minutes"], r["distance_m"]): r for r in rows_of(results["OUTPUT"]) if r["kind"] == kind}


def test_counts_by_band_and_a_sentence(counted):
    results, log = counted()
    found = cells(results)
    assert len(found) == 21 and (results["EVENTS"], results["LEFT_OUT"]) == (8, 0)
    assert found["at", 0, 250]["near"] == pytest.approx(4) and found["at", 0, 100]["near"] == 0
    assert found["before", 15, 250]["share"] == pytest.approx(0.5)
    assert any(
        "an officer was near 50 % of 8 incidents" in s and "An association, not an effect." in s for s in log.said
    )
    assert not [name for name in found["at", 0, 250] if "officer" in name or name == "event_id"]


def test_a_legs_layer_and_another_system_give_the_same(counted, run, points, events):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject

    fixes = points(stand() + stand("5678", 9000))
    tracks, _ = run("buildtracks", {"INPUT": fixes, "OUTPUT": "memory:", "LEGS": "memory:"})
    turn = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:27700"), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
    )
    moved = [(k, t, *(lambda p: (p.x(), p.y()))(turn.transform(QgsPointXY(x, y)))) for k, t, x, y in happened()]
    results, _ = counted(INPUT=tracks["LEGS"], EVENTS=events(moved, crs="EPSG:4326"))
    assert cells(results)["at", 0, 250]["near"] == pytest.approx(4)


def test_a_board_sees_no_kind_of_under_five_events(counted):
    rows = happened() + happened(4, "crime")
    results, log = counted(rows)
    crime = cells(results, "crime")["at", 0, 250]
    assert "fewer than 5 events" in crime["note"] and not [v for n, v in crime.items() if n.startswith("near") and v]
    assert results["EVENTS"] == 8 and any("Crimes: not shown" in s for s in log.said)
    results, _ = counted(rows, AUDIENCE="restricted")
    assert cells(results, "crime")["at", 0, 250]["near"] == pytest.approx(2) and results["EVENTS"] == 12


def test_the_public_sees_nothing_that_rests_on_two_officers(counted, points):
    results, _ = counted(AUDIENCE="public")
    assert all("fewer than 5 officers" in r["note"] for r in cells(results).values()) and results["EVENTS"] == 0
    many = points(stand() + [row for i in range(5) for row in stand(str(i), 9000 + i)])
    results, log = counted(AUDIENCE="public", INPUT=many)
    assert (cells(results)["at", 0, 250]["near"], results["EVENTS"]) == (5, 10)
    assert any("of 10 incidents" in s for s in log.said)


def test_the_record_of_the_run_names_its_audience(counted, monkeypatch):
    from ia_plugin.processing import run_record as recording

    kept = []
    monkeypatch.setattr(recording, "record", lambda run, began, outcome: kept.append(run.account["audience"]))
    counted(AUDIENCE="restricted")
    assert kept == ["restricted"]


def test_what_is_left_out_is_counted_and_snapped_points_are_told(counted, events):
    late = [("incident", "2024-06-03T13:45:00Z", E, N)]
    results, log = counted(EVENTS=events(happened() + late, place="snapped"))
    assert (results["EVENTS"], results["LEFT_OUT"]) == (8, 1)
    assert any("1 event outside the time of the movement" in s for s in log.said)
    assert any("100 % of the events lie on snapped points" in w for w in log.warned)
    results, _ = counted(EVENTS=events(happened(), place="area"))
    assert (results["EVENTS"], results["LEFT_OUT"]) == (0, 8)


def test_events_coarser_than_the_hour_and_other_layers_are_refused(counted, points, events):
    refused(lambda: counted(EVENTS=events(happened(), precision="month")), "8 of 8 events tell the month only")
    refused(lambda: counted(EVENTS=points([])), "event_id")


def test_legs_that_cannot_be_used_are_counted_and_told(counted):
    """By hand: of 80 legs two last no time, one runs backwards, one has no end, one no officer and one no place."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    layer = QgsVectorLayer(
        "LineString?crs=EPSG:27700&field=officer_id:string&field=start:string&field=end:string", "legs", "memory"
    )
    faults = {3: "same", 4: "same", 10: "back", 20: "endless", 30: "nobody", 40: "nowhere"}
    for i in range(80):
        start, end = (f"2024-06-03T{8 + m // 60:02d}:{m % 60:02d}:00Z" for m in (5 * i, 5 * i + 5))
        fault = faults.get(i)
        feature = QgsFeature(layer.fields())
        times = {"same": [start, start], "back": [end, start], "endless": [start, None]}.get(fault, [start, end])
        feature.setAttributes([None if fault == "nobody" else "1234", *times])
        if fault != "nowhere":
            feature.setGeometry(QgsGeometry.fromWkt(f"LINESTRING ({E} {N}, {E + 1} {N})"))
        assert layer.dataProvider().addFeature(feature)
    _, log = counted(INPUT=layer)
    told = " ".join(log.warned)
    assert (
        "3 legs of INPUT have an end not after their start" in told and "1 leg of INPUT has no start or no end" in told
    )
    assert "1 leg of INPUT has no officer" in told and "1 leg of INPUT has no place at an end" in told
