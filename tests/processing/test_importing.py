"""The imports and the daily refresh through QGIS: files, layers, mappings, rejects, the store and its key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.workbooks import write_workbook

pytestmark = pytest.mark.qgis

AFFILIATIONS = """Collar No;Date;Time;Easting;Northing;Unit;Officer Name
4512;03/06/2024;09:00:00;400100;280100;North;Ann Example
4512;03/06/2024;09:02:00;400300;280100;North;Ann Example
4512;03/06/2024;09:04:00;400500;280100;North;Ann Example
77;03/06/2024;09:00:00;401000;281000;South;Bob Example
77;03/06/2024;09:02:00;401000;281050;South;Bob Example
"""
HERE = "POLYGON((400000 280000,400400 280000,400400 280200,400000 280200,400000 280000))"


@pytest.fixture
def key(tmp_path, monkeypatch):
    """A key file in the environment."""
    path = tmp_path / "force.key"
    path.write_bytes(b"a key for tests, of no force at all")

    def use():
        monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(path))

    return use


@pytest.fixture
def extract(tmp_path):
    path = tmp_path / "extract.csv"
    path.write_text(AFFILIATIONS, encoding="utf-8")
    return str(path)


def test_an_extract_becomes_fixes_under_pseudonyms(run, extract, key):
    key()
    results, log = run("importaffiliations", {"INPUT": extract, "OUTPUT": "memory:"})
    rows = rows_of(results["OUTPUT"])
    assert len(rows) == 5 == results["ROWS_KEPT"]
    assert {len(r["officer_id"]) for r in rows} == {25}
    assert rows[0]["source_ref"].endswith(":2")
    assert any("'Collar No' is read as officer_id" in s for s in log.said)
    assert any("Not kept: Officer Name" in s for s in log.said)
    everything = json.dumps([str(r) for r in rows]) + "".join(log.said + log.warned)
    assert "Ann" not in everything and not any("4512" in r["officer_id"][:5] for r in rows)


@pytest.mark.clocks
def test_local_times_are_read_in_civil_time(run, extract, key, tmp_path):
    key()
    out = str(tmp_path / "fixes.gpkg")
    run("importaffiliations", {"INPUT": extract, "OUTPUT": out})
    from osgeo import ogr

    opened = ogr.Open(out)  # kept, for its layer lives no longer
    assert opened.GetLayer(0).GetNextFeature().GetFieldAsString("time").startswith("2024/06/03 08:00:00")


def test_a_mapping_is_shown_saved_and_used_again(run, extract, key, tmp_path):
    key()
    saved = tmp_path / "mapping.json"
    results, _ = run("importaffiliations", {"INPUT": extract, "CHECK_ONLY": True, "SAVE_MAPPING": str(saved)})
    assert (
        results["ROWS_KEPT"] == 0
        and json.loads(saved.read_text(encoding="utf-8"))["columns"]["officer_id"] == "Collar No"
    )
    results, _ = run("importaffiliations", {"INPUT": extract, "MAPPING": str(saved), "OUTPUT": "memory:"})
    assert results["ROWS_KEPT"] == 5


def test_corrections_name_columns(run, tmp_path, key):
    key()
    path = tmp_path / "odd.csv"
    path.write_text("who,when,a,b\nX1,2024-06-03T09:00:00Z,52.4,-1.9\n", encoding="utf-8")
    refused(
        lambda: run("importaffiliations", {"INPUT": str(path), "OUTPUT": "memory:"}), "no column", "who, when, a, b"
    )
    corrected = {"INPUT": str(path), "COLUMNS": "officer_id=who; time=when; lat=a; lon=b", "OUTPUT": "memory:"}
    assert run("importaffiliations", corrected)[0]["ROWS_KEPT"] == 1


def test_bad_rows_stop_or_go_to_the_rejects(run, tmp_path, key):
    key()
    path = tmp_path / "bad.csv"
    path.write_text(AFFILIATIONS + "77;03/06/2024;soon;401000;281050;South;B\n77;03/06/2024\n", encoding="utf-8")
    refused(
        lambda: run("importaffiliations", {"INPUT": str(path), "OUTPUT": "memory:"}),
        "bad.csv",
        "row 7",
        "cannot be read",
    )
    asked = {"INPUT": str(path), "INVALID_ROWS": "reject", "OUTPUT": "memory:", "REJECTS": "memory:"}
    results, _ = run("importaffiliations", asked)
    assert (results["ROWS_KEPT"], results["ROWS_REJECTED"]) == (5, 2)
    assert {r["row"] for r in rows_of(results["REJECTS"])} == {7, 8}


def test_the_store_alone_shows_its_rejects_too(run, tmp_path, key):
    key()
    path = tmp_path / "bad.csv"
    path.write_text(AFFILIATIONS + "77;03/06/2024;soon;401000;281050;South;B\n", encoding="utf-8")
    asked = {"INPUT": str(path), "INVALID_ROWS": "reject", "STORE": str(tmp_path / "store"), "REJECTS": "memory:"}
    results, _ = run("importaffiliations", asked)
    assert [r["row"] for r in rows_of(results["REJECTS"])] == [7]


def test_a_layer_serves_as_well(run, points, key):
    key()
    layer = points([("4512", "2024-06-03T09:00:00Z", 400_100.0, 280_100.0)])
    results, _ = run("importaffiliations", {"LAYER": layer, "OUTPUT": "memory:"})
    assert results["ROWS_KEPT"] == 1 and rows_of(results["OUTPUT"])[0]["officer_id"].startswith("p")


@pytest.mark.parametrize("ext", ["xlsx", "ods"])
def test_a_sheet_by_name_as_a_file_and_as_a_layer(run, key, tmp_path, ext):
    from datetime import date, time

    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
    from qgis.PyQt.QtCore import QDate, QTime

    key()
    sheet = [
        ["Collar No", "Date", "Time", "Latitude", "Longitude"],
        ["7001", date(2024, 6, 3), time(10, 0), 52.5079, -2.0],
        ["7001", date(2024, 6, 3), time(10, 5), 52.5079, -2.0],
    ]
    path = write_workbook(tmp_path / f"book.{ext}", {"Read me": [["Ask"]], "June": [["Radio positions"], *sheet]})
    results, _ = run("importaffiliations", {"INPUT": f"{path}|layername=June", "OUTPUT": "memory:"})
    hours = [r["time"].time().toString("HH:mm") for r in rows_of(results["OUTPUT"])]
    assert results["ROWS_KEPT"] == 2 and hours == ["09:00", "09:05"]
    store = str(tmp_path / "store")
    for sheets, kept in (("June", 2), ("June", 0)):
        assert (
            run("importaffiliations", {"INPUT": f"{path}|layername={sheets}", "STORE": store})[0]["ROWS_KEPT"] == kept
        )
    # The same in a layer, with fields of dates and of times of day.
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=collar:string&field=date:date&field=time:time", "cells", "memory")
    assert layer.isValid()
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["7001", QDate(2024, 6, 3), QTime(10, 0)])
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(-2.0, 52.5079)))
    layer.dataProvider().addFeatures([feature])
    results, _ = run("importaffiliations", {"LAYER": layer, "OUTPUT": "memory:"})
    assert [r["time"].time().toString("HH:mm") for r in rows_of(results["OUTPUT"])] == ["09:00"]


def test_what_looks_wrong_is_a_warning_before_it_is_stored(run, key, tmp_path):
    key()
    path = tmp_path / "beijing.csv"
    rows = "".join(f"7001,2024-06-03 10:{i:02}:00,39.9,116.4\n" for i in range(5))
    path.write_text("officer,time,latitude,longitude\n" + rows, encoding="utf-8")
    _, log = run("importaffiliations", {"INPUT": str(path), "STORE": str(tmp_path / "store")})
    assert any("5 positions lie outside" in w and "EPSG:27700" in w for w in log.warned)


def test_a_layer_whose_points_are_missing_takes_its_fields(run, key):
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    key()
    layer = QgsVectorLayer(
        "Point?crs=EPSG:27700&field=collar:string&field=t_utc:string&field=lat:double&field=lon:double",
        "fixes",
        "memory",
    )
    for geometry in (QgsGeometry(), QgsGeometry.fromPointXY(QgsPointXY(400_000, 290_000))):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["7001", "2024-06-03T09:00:00Z", 52.5079, -2.0])
        feature.setGeometry(geometry)
        layer.dataProvider().addFeatures([feature])
    results, log = run("importaffiliations", {"LAYER": layer, "OUTPUT": "memory:"})
    assert results["ROWS_KEPT"] == 2 and any("1 row takes its place from 'lat' and 'lon'" in s for s in log.said)


def test_the_times_of_a_layer_are_read_as_those_of_a_file(run, key, tmp_path):
    """A date is a day, a field named UTC is in UTC, text is read as it is written; rows that are no time are rejected."""
    from qgis.core import QgsVectorLayer

    key()
    path = tmp_path / "layer.csv"
    path.write_text("ref,offence,start\n1,Theft,2024-06-13\n2,Theft,2024-06-14\n", encoding="utf-8")
    for types in ("yes", "no"):  # as dates and as text
        layer = QgsVectorLayer(f"{path.as_uri()}?detectTypes={types}", "events", "delimitedtext")
        results, _ = run("importevents", {"LAYER": layer, "NO_PLACE": "memory:", "INVALID_ROWS": "reject"})
        rows = rows_of(results["NO_PLACE"])
        assert [r["time_precision"] for r in rows] == ["day", "day"]
        assert rows[0]["end"].toSecsSinceEpoch() - rows[0]["start"].toSecsSinceEpoch() == 24 * 3600
    path.write_text("ref,offence,start_utc\n1,Theft,13/06/2024 10:00\n2,Theft,soon\n", encoding="utf-8")
    layer = QgsVectorLayer(f"{path.as_uri()}?detectTypes=no", "events", "delimitedtext")
    asked = {"LAYER": layer, "COLUMNS": "start=start_utc", "NO_PLACE": "memory:", "INVALID_ROWS": "reject"}
    results, log = run("importevents", asked)
    assert results["ROWS_REJECTED"] == 1 and any("read in UTC" in s for s in log.said)


def test_the_order_of_dates_is_asked_once_for_both_readings(run, key, tmp_path):
    key()
    path = tmp_path / "us.csv"
    path.write_text(
        "Collar No,Time,Easting,Northing\n1,05/03/2024 10:00,400000,280000\n1,05/04/2024 10:00,400000,280000\n",
        encoding="utf-8",
    )
    refused(
        lambda: run("importaffiliations", {"INPUT": str(path), "OUTPUT": "memory:"}),
        "us.csv", "5 March 2024", "3 May 2024", "DATE_ORDER=month_first",
    )  # fmt: skip
    asked = {"INPUT": str(path), "DATE_ORDER": "month_first", "OUTPUT": "memory:"}
    assert run("importaffiliations", asked)[0]["ROWS_KEPT"] == 2


def test_the_store_needs_its_key(run, extract, key, tmp_path, monkeypatch):
    asked = {"INPUT": extract, "STORE": str(tmp_path / "store")}
    refused(lambda: run("importaffiliations", asked), "key")
    key()
    assert run("importaffiliations", asked)[0]["ROWS_KEPT"] == 5
    results, log = run("importaffiliations", asked)
    assert results["ROWS_KEPT"] == 0 and any("already" in w for w in log.warned)
    (tmp_path / "other.key").write_bytes(b"another key of sixteen bytes")
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "other.key"))
    refused(lambda: run("importaffiliations", asked), "another key")


def test_postings_and_duties_reach_the_stored_fixes(run, extract, key, tmp_path):
    key()
    store = str(tmp_path / "store")
    run("importaffiliations", {"INPUT": extract, "STORE": store})
    postings = tmp_path / "postings.csv"
    postings.write_text(
        "Collar No,Unit,Department,From,To\n4512,East,Response,01/06/2024,30/06/2024\n", encoding="utf-8"
    )
    run("importpostings", {"INPUT": str(postings), "STORE": store})
    duties = tmp_path / "duties.csv"
    duties.write_text("Collar No,Duty start,Duty end\n4512,03/06/2024 08:00,03/06/2024 09:03\n", encoding="utf-8")
    _, log = run("importpostings", {"INPUT": str(duties), "KIND": "duties", "STORE": store})
    assert any("1 stored fix was off duty" in s for s in log.said)
    from ia_plugin.store.store import Store

    with Store(store) as opened:
        fixes = opened.read("fixes")
    assert fixes["unit"].tolist() == ["East", "East", "South", "South"]
    assert fixes["resource_type"].isna().all()  # the department is no kind of resource


def test_a_forces_own_crimes_keep_their_windows(run, key, tmp_path):
    key()
    path = tmp_path / "crimes.csv"
    path.write_text(
        "Crime No,Offence,From,To,Easting,Northing,OIC,Victim Name,Status\n"
        "20/1,Burglary,03/06/2024 22:00,04/06/2024 04:00,400300,280300,4512,Jane Roe,open\n"
        "20/2,Robbery,04/06/2024,,,,4512,John Doe,No crime\n",
        encoding="utf-8",
    )
    results, log = run("importevents", {"INPUT": str(path), "OUTPUT": "memory:", "NO_PLACE": "memory:"})
    [event] = rows_of(results["OUTPUT"])
    assert (
        event["time_precision"] == "minute"
        and event["end"].toSecsSinceEpoch() - event["start"].toSecsSinceEpoch() == 6 * 3600
    )
    assert rows_of(results["NO_PLACE"])[0]["status"] == "withdrawn"
    assert event["officer_ids"].startswith("p") and results["WITHDRAWN"] == 1
    assert "4512" not in event["officer_ids"][:5] and "Jane" not in "".join(
        map(str, rows_of(results["OUTPUT"]) + log.said)
    )


def test_the_daily_refresh_from_folder_to_presence(run, key, polygons, tmp_path):
    key()
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "a.csv").write_text(AFFILIATIONS, encoding="utf-8")
    asked = {
        "INPUT": str(folder),
        "STORE": str(tmp_path / "store"),
        "AREAS": polygons({"here": HERE}),
        "AREA_ID_FIELD": "code",
    }
    asked["METHOD"] = "linear"
    results, _ = run("dailyrefresh", asked)
    assert results["FILES"] == 1 and results["SUMMARY"].startswith("dailyrefresh: ok")
    again, _ = run("dailyrefresh", {k: v for k, v in asked.items() if k not in ("AREAS", "AREA_ID_FIELD")})
    assert (again["FILES"], again["DAYS"]) == (0, 0)
    from ia_plugin.store.store import Store

    with Store(tmp_path / "store") as store:
        time_use = store.read("time_use", "area_id = 'here'")
        runs = store.read("runs")
    # 300 m of a leg of 400 m in four minutes, then out.
    assert time_use["officer_seconds"].sum() == pytest.approx(180)
    assert runs["what"].tolist() == ["dailyrefresh", "dailyrefresh"]
    (folder / "broken.csv").write_text("nothing\nof use\n", encoding="utf-8")
    refused(lambda: run("dailyrefresh", asked), "FAILED", "broken.csv")


def test_purge_says_first_what_would_go(run, extract, key, tmp_path):
    key()
    store = str(tmp_path / "store")
    run("importaffiliations", {"INPUT": extract, "STORE": store})
    assert run("purge", {"STORE": store, "BEFORE": "2024-06-04"})[0]["ROWS"] == 5
    assert run("purge", {"STORE": store, "BEFORE": "2024-06-04", "DRY_RUN": False})[0]["ROWS"] == 5
    assert run("purge", {"STORE": store, "BEFORE": "2024-06-04"})[0]["ROWS"] == 0
    refused(lambda: run("purge", {"STORE": store, "BEFORE": "soon"}), "no date")
    assert (Path(store) / "restricted.gpkg").is_file()


def test_the_key_from_qgis_authentication_store(run, extract, tmp_path, monkeypatch):
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    manager = QgsApplication.authManager()
    if manager.isDisabled() or not manager.setMasterPassword("a master password", True):
        pytest.skip("this QGIS has no authentication store")
    config = QgsAuthMethodConfig("Basic")
    config.setName("Impact Area key")
    config.setConfig("username", "key")
    config.setConfig("password", "a key kept in the authentication store")
    saved = manager.storeAuthenticationConfig(config)
    assert saved[0] if isinstance(saved, tuple) else saved
    monkeypatch.setenv("IMPACTAREAS_KEY_AUTHCFG", config.id())
    asked = {"INPUT": extract, "STORE": str(tmp_path / "store")}
    assert run("importaffiliations", asked)[0]["ROWS_KEPT"] == 5
    monkeypatch.setenv("IMPACTAREAS_KEY_AUTHCFG", "nosuch1")
    refused(lambda: run("importaffiliations", asked), "gave no key")
    manager.removeAuthenticationConfig(config.id())


def test_activities_link_by_reference_on_the_route_by_layers(run, key, polygons, tmp_path):
    key()
    minutes = "".join(f"4512.0;03/06/2024;09:{m:02}:00;400100;280100;North;-\n" for m in range(0, 31, 2))
    (tmp_path / "fixes.csv").write_text(AFFILIATIONS.splitlines()[0] + "\n" + minutes, encoding="utf-8")
    calls = "Log No,Type,Start,End,Easting,Northing,Officers\n1,Noise,03/06/2024 09:10,03/06/2024 09:20,400100,280100,4512\n"
    (tmp_path / "calls.csv").write_text(calls, encoding="utf-8")
    fixes, events = str(tmp_path / "fixes.gpkg"), str(tmp_path / "events.gpkg")
    run("importaffiliations", {"INPUT": str(tmp_path / "fixes.csv"), "OUTPUT": fixes})
    run("importevents", {"INPUT": str(tmp_path / "calls.csv"), "KIND": "incident", "OUTPUT": events})
    asked = {"INPUT": fixes, "EVENTS": events, "AREAS": polygons({"here": HERE}), "AREA_ID_FIELD": "code"}
    asked.update(
        OFFICER_FIELD="officer_id", TIME_FIELD="time", AUDIENCE="restricted", METHOD="linear", OUTPUT="memory:"
    )
    results, _ = run("activities", asked)
    hours = {r["activity"]: r["officer_hours"] for r in rows_of(results["OUTPUT"]) if r["place"] == "(all)"}
    assert hours["incident_reference"] == pytest.approx(10 / 60, abs=0.2) and not hours.get("incident_place_time")


def test_a_force_has_its_own_status_words(run, key, tmp_path):
    key()
    calls = tmp_path / "calls.csv"
    rows = "".join(
        f"{i},Noise,03/06/2024 09:10,400100,280100,{s}\n" for i, s in enumerate(("Scrapped", "Cancelled", "Open"))
    )
    calls.write_text("Log No,Type,Start,Easting,Northing,Status\n" + rows, encoding="utf-8")
    own = "words,meaning\nscrapped,withdrawn\n"
    (tmp_path / "own.csv").write_text(own, encoding="utf-8")
    asked = {"INPUT": str(calls), "KIND": "incident", "OUTPUT": "memory:"}

    def withdrawn(**more):
        results, _ = run("importevents", {**asked, **more})
        assert results["WITHDRAWN"] == 1
        return [r["event_id"] for r in rows_of(results["OUTPUT"]) if r["status"] == "withdrawn"]

    assert withdrawn() == ["1"] and withdrawn(STATUS_WORDS=str(tmp_path / "own.csv")) == ["0"]
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "status_words.csv").write_text(own, encoding="utf-8")
    assert withdrawn(STORE=str(tmp_path / "store")) == ["0"]
    from ia_plugin.store.store import Store

    with Store(tmp_path / "store") as store:
        assert store.read("events", "status = 'withdrawn'")["event_id"].tolist() == ["0"]


def test_searches_without_a_place_are_events_all_the_same(run, tmp_path):
    path = tmp_path / "2020-01-x-stop-and-search.csv"
    path.write_text(
        "Type,Date,Latitude,Longitude,Legislation,Object of search,Outcome\n"
        "Person search,2020-01-01T10:00:00+00:00,,,PACE,Controlled drugs,Arrest\n",
        encoding="utf-8",
    )
    results, log = run("importevents", {"INPUT": str(path), "OUTPUT": "memory:"})
    assert (results["EVENTS"], results["WITHOUT_PLACE"]) == (1, 1)
    assert any("1 of 1 events have no place" in w for w in log.warned)


def test_an_output_beside_a_store_knows_the_words_of_its_earlier_files(run, key, tmp_path):
    """Four officers have Zzyx in the store; the fifth's file, for a layer beside it, reads it. So do postings and events."""
    key()
    store = str(tmp_path / "store")

    def written(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    head = "Collar,Time,Easting,Northing,Unit\n"
    fix = "{0},2024-06-0{0}T09:00:00Z,400000,280000,Zzyx\n"
    event = "L{0},Zzyxing,2024-06-0{0} 10:00,400000,280000\n"
    run("importaffiliations", {"INPUT": written("a.csv", head + "".join(map(fix.format, range(1, 5)))), "STORE": store})
    events = "Log no,Offence,Start,Easting,Northing\n"
    run("importevents", {"INPUT": written("b.csv", events + "".join(map(event.format, range(1, 5)))), "STORE": store})

    posting = written("c.csv", "Collar,Unit,Valid from\n7,Zzyx,2024-01-01\n")
    results, _ = run("importpostings", {"INPUT": posting, "STORE": store, "OUTPUT": "memory:"})
    assert [r["unit"] for r in rows_of(results["OUTPUT"])] == ["Zzyx"]
    more = {"STORE": store, "OUTPUT": "memory:"}
    results, _ = run("importaffiliations", {"INPUT": written("d.csv", head + fix.format(6)), **more})
    assert [r["unit"] for r in rows_of(results["OUTPUT"])] == ["Zzyx"]
    results, _ = run("importevents", {"INPUT": written("e.csv", events + event.format(7)), **more})
    assert [r["category"] for r in rows_of(results["OUTPUT"])] == ["Zzyxing"]
