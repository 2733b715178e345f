"""The algorithms on a shared store: refresh, answers, page and move, each as on a folder."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import pandas as pd
import pytest
import shapely

pytestmark = pytest.mark.qgis

from tests.support.shared_store import shared_store
from tests.support.small_store import CRIMES
from tests.support.stores import AREAS, extract

DAYS = {"FIRST_DAY": "2024-06-03", "LAST_DAY": "2024-06-05", "MARKING": "OFFICIAL"}


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    for i in range(2):
        extract(tmp_path / "watched" / f"{i}.csv", day=f"2024-06-0{3 + i}", seed=i, fixes=90)
    return tmp_path / "watched"


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "force.key").write_bytes(secrets.token_bytes(32))
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "force.key"))


def areas(tmp_path: Path) -> str:
    shapes = zip(AREAS["area_id"], AREAS["role"], AREAS["geometry"])
    features = [
        {"type": "Feature", "properties": {"area_id": a, "role": r}, "geometry": json.loads(shapely.to_geojson(g))}
        for a, r, g in shapes
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    return str(path)


def test_refresh_answers_page_and_move(run, postgis, watched, tmp_path, key_file):
    with shared_store(postgis, filled=False) as shared:
        stores = {"folder": str(tmp_path / "store"), "shared": shared.target("lee")}
        given = {"INPUT": str(watched), "AREAS": areas(tmp_path), "AREA_ID_FIELD": "area_id", "ROLE_FIELD": "role"}
        found, answers, pages = {}, {}, {}
        for name, store in stores.items():
            done = run("dailyrefresh", {**given, "STORE": store, "METHOD": "linear"})[0]
            again = run("dailyrefresh", {"INPUT": str(watched), "STORE": store, "METHOD": "linear"})[0]
            found[name] = [(d["FILES"], d["DAYS"], d["ROWS_KEPT"]) for d in (done, again)]
            reads = store.replace("user=lee", "user=alice")
            table = tmp_path / f"{name}.csv"
            run("answers", {**DAYS, "STORE": reads, "OUTPUT": str(table)})
            answers[name] = pd.read_csv(table)
            page = tmp_path / f"{name}.html"
            run("briefingpage", {"STORE": reads, "MARKING": "OFFICIAL", "OUTPUT_HTML": str(page)})
            pages[name] = len(page.read_text(encoding="utf-8"))
        assert found["shared"] == found["folder"] == [(2, 2, 2 * 12 * 90), (0, 0, 0)]
        pd.testing.assert_frame_equal(answers["shared"], answers["folder"])
        assert len(answers["shared"]) > 10 and abs(pages["shared"] - pages["folder"]) < 100
        moved = run("movestore", {"STORE": stores["shared"], "TO": str(tmp_path / "moved")})[0]
        assert moved["ROWS"] > 2 * 12 * 90 and (tmp_path / "moved" / "restricted.gpkg").is_file()
        runs = "SELECT who, what, outcome FROM ia_records.runs ORDER BY run_id"
        assert shared.psql("olga", runs).splitlines() == [
            "lee|dailyrefresh|done", "lee|dailyrefresh|done", "alice|answers|done", "alice|briefingpage|done", "lee|movestore|done"
        ]  # fmt: skip


def test_reports_and_maps_are_those_of_the_folder(run, postgis, watched, tmp_path, key_file):
    rows = [f"{i},Burglary,0{3 + i % 3}/06/2024 2{i % 3}:30,,{399_500 + 100 * i},280000,101,open" for i in range(12)]
    (watched / "crimes.csv").write_text(CRIMES + "\n".join(rows) + "\n", encoding="utf-8")
    with shared_store(postgis, filled=False) as shared:
        stores = {"folder": str(tmp_path / "store"), "shared": shared.target("lee")}
        given = {"INPUT": str(watched), "AREAS": areas(tmp_path), "AREA_ID_FIELD": "area_id", "ROLE_FIELD": "role"}
        found = {}
        for name, store in stores.items():
            run("dailyrefresh", {**given, "STORE": store, "METHOD": "linear"})
            reads = {"STORE": store.replace("user=lee", "user=alice"), "MARKING": "OFFICIAL"}
            out = {kind: str(tmp_path / f"{name}.{kind}") for kind in ("html", "csv", "pdf")}
            report = run("technicalreport", {**DAYS, **reads, "OUTPUT_HTML": out["html"]})[0]
            said = run("baseline", {**DAYS, **reads, "PERIOD": "day", "OUTPUT": out["csv"]})[0]
            sheet = run("ethics", {**reads, "OUTPUT_HTML": out["html"]})[0]
            maps = run("briefingmaps", {**DAYS, **reads, "OUTPUT": out["pdf"]})[0]
            found[name] = report["SUMMARY"], said["SUMMARY"], sheet["TO_COMPLETE"], maps["SHEETS"], maps["FIRST_FIGURE"]
        assert found["shared"] == found["folder"] and "58.3 % of crime" in found["shared"][0]


def test_own_areas_are_computed_a_sheet_is_drawn_and_a_purge_shows_first_what_goes(
    run, postgis, watched, tmp_path, key_file
):
    with shared_store(postgis, filled=False) as shared:
        given = {"INPUT": str(watched), "AREAS": areas(tmp_path), "AREA_ID_FIELD": "area_id", "ROLE_FIELD": "role"}
        run("dailyrefresh", {**given, "STORE": shared.target("lee"), "METHOD": "linear"})
        ask = "SELECT ia_records.ask_own_area(200, '1400:1998..1999', 8, 't')"
        asked = shared.psql("alice", ask)
        run("dailyrefresh", {**given, "STORE": shared.target("lee"), "METHOD": "linear"})
        own = f"SELECT refused IS NULL, jsonb_array_length(tables -> 'time_use' -> 'period') > 0 FROM ia_records.own_area({asked})"
        assert shared.psql("alice", own) == "t|t"
        drawn = run("samplecheck", {"STORE": shared.target("lee"), "COUNT": 20, "OUTPUT": str(tmp_path / "sheet.csv")})[
            0
        ]
        assert drawn["CHECKS"] == len(pd.read_csv(tmp_path / "sheet.csv")) == 20
        old = {"STORE": shared.target("lee"), "BEFORE": "2024-06-04"}
        fixes = "SELECT count(*) FROM ia_restricted.fixes"
        shown = run("purge", old)[0]["ROWS"]
        assert shown > 12 * 90 and shared.psql("lee", fixes) == str(2 * 12 * 90)
        assert run("purge", {**old, "DRY_RUN": False})[0]["ROWS"] == shown
        assert shared.psql("lee", fixes) == str(12 * 90) and run("purge", old)[0]["ROWS"] == 0
        told = shared.psql(
            "olga", "SELECT who, dropped::jsonb ->> 'fixes' FROM ia_records.runs WHERE what = 'purge' ORDER BY run_id"
        )
        assert told.splitlines() == ["lee|", "lee|1080", "lee|"]


def test_a_password_is_refused_by_every_algorithm_with_a_store(plugin):
    from qgis.core import QgsProcessingContext

    from ia_plugin.processing.provider import algorithm_classes

    asked = 0
    for algorithm in (made().create() for made in algorithm_classes()):
        for name in {"STORE", "TO"} & {p.name() for p in algorithm.parameterDefinitions()}:
            good, why = algorithm.checkParameterValues({name: "host=db password=hunter2"}, QgsProcessingContext())
            assert not good and "password" in why and "hunter2" not in why, algorithm.name()
            asked += 1
    assert asked > 12
