"""Ids of legs, tracks and visits in outputs: joined within a run, by the key alone across runs, and never the store's."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from ia_plugin.core.fixes import clean_fixes
from ia_plugin.core.privacy import load_key, pseudonymise
from ia_plugin.core.times.instants import parsed
from ia_plugin.core.tracks import build_legs, stable_id
from tests.support.outcomes import rows_of
from tests.support.sqlite_files import sqlite_file
from tests.support.walks import AREAS, E, N, walk

pytestmark = pytest.mark.qgis

ASKED = {"buildtracks": ("OUTPUT", "LEGS"), "classifymovement": ("OUTPUT",), "visits": ("OUTPUT",), "timeinareas": ("LEGS",)}  # fmt: skip


@pytest.fixture
def key(tmp_path, monkeypatch):
    def use(secret=b"a key for tests, of no force at all"):
        (tmp_path / "force.key").write_bytes(secret)
        (tmp_path / "force.key").chmod(0o600)
        monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "force.key"))

    return use


@pytest.fixture
def written(run, points, polygons):
    """All tables with ids that the algorithms write of a layer, by algorithm and output."""

    def go(layer=None):
        layer = points(walk() + walk("77", 8)) if layer is None else layer
        found = {}
        for algorithm, outputs in ASKED.items():
            asked = {"INPUT": layer, **dict.fromkeys((*outputs, "OUTPUT"), "memory:")}
            if algorithm in ("visits", "timeinareas"):
                asked.update(AREAS=polygons(AREAS), AREA_ID_FIELD="code")
            if algorithm == "visits":
                asked.update(MIN_VISIT=0)
            results, _ = run(algorithm, asked)
            found.update({(algorithm, o): pd.DataFrame(rows_of(results[o])) for o in outputs})
        return found

    return go


def ids_of(tables):
    return {int(i) for t in tables.values() for c in t.columns if c in ("leg_id", "track_id", "visit_id") for i in t[c]}


def test_every_table_with_an_officer_day_has_ids(written):
    tables = written()
    assert all("officer_day" in t and len(t) for t in tables.values())
    assert {c for t in tables.values() for c in t.columns if c.endswith("_id")} == {
        "leg_id",
        "track_id",
        "visit_id",
        "area_id",
    }


def test_one_key_gives_the_same_ids_and_no_key_others_each_time(written, key):
    first, second = ids_of(written()), ids_of(written())
    assert first and not first & second
    key()
    with_key = ids_of(written())
    assert with_key == ids_of(written()) and not with_key & (first | second)
    key(b"another key for tests, of no force either")
    assert not ids_of(written()) & with_key


def test_no_id_follows_from_what_an_outsider_may_know(written, key):
    """By the open rules of the core, from collar number, pseudonym or officer-day, and each time of a report."""
    key()
    tables = written()
    officers = ["1234", "77", *pseudonymise(pd.Series(["1234", "77"]), load_key(os.environ))]
    officers += [d for t in tables.values() for d in t["officer_day"].unique()]
    stamps = [int(pd.Timestamp(row[1]).value) for row in walk()]
    names = officers + [f"{o}\n{a}" for o in officers for a in AREAS]
    guesses = {
        int(i) for name in names for i in stable_id(pd.Series([name] * len(stamps)), pd.Series(stamps).to_numpy())
    }
    assert len(guesses) > 200 and not ids_of(tables) & guesses


def test_tables_of_one_run_join(written, key):
    key()
    tables = written()
    legs, tracks = tables["buildtracks", "LEGS"], tables["buildtracks", "OUTPUT"]
    assert set(legs["track_id"]) == set(tracks["track_id"]) and legs["leg_id"].is_unique
    assert set(tables["timeinareas", "LEGS"]["leg_id"]) <= set(legs["leg_id"])
    joined = tables["classifymovement", "OUTPUT"].merge(legs, on=["leg_id", "track_id", "officer_day"])
    assert len(joined) == len(legs) and (joined["start_x"] == joined["start_y"]).all()
    assert tables["visits", "OUTPUT"]["visit_id"].is_unique


def test_legs_written_before_keep_their_ids_and_their_figures(run, written, points):
    made, _ = run("buildtracks", {"INPUT": points(walk()), "OUTPUT": "memory:", "LEGS": "memory:"})
    legs = pd.DataFrame(rows_of(made["LEGS"]))
    again = written_from(run, made["LEGS"])
    assert set(again["leg_id"]) == set(legs["leg_id"]) and set(again["track_id"]) == set(legs["track_id"])
    plain = written_from(run, points(walk()))
    assert again["mode"].tolist() == plain["mode"].tolist()


def written_from(run, layer):
    results, _ = run("classifymovement", {"INPUT": layer, "OUTPUT": "memory:"})
    return pd.DataFrame(rows_of(results["OUTPUT"])).sort_values("start").reset_index(drop=True)


def test_visits_show_no_track_on_two_days(run, points, polygons):
    """An officer inside an area from 23:50 to 00:20 of summer time, twice, with a way out between."""
    places = [*([50] * 8), *([900] * 10), *([50] * 8)]
    night = [("9", f"2024-06-03T22:{45 + i:02d}:00Z" if i < 15 else f"2024-06-03T23:{i - 15:02d}:00Z", E + x, N + 50) for i, x in enumerate(places)]  # fmt: skip
    results, _ = run("visits", {"INPUT": points(night), "AREAS": polygons(AREAS), "AREA_ID_FIELD": "code", "MIN_VISIT": 0, "MERGE_GAP": 0, "OUTPUT": "memory:"})  # fmt: skip
    visits = pd.DataFrame(rows_of(results["OUTPUT"]))
    assert visits["officer_day"].nunique() == 2
    assert (visits.groupby("track_id")["officer_day"].nunique() == 1).all()


def test_no_id_of_an_output_occurs_in_the_store(run, written, key, tmp_path):
    """The core's ids of the same fixes, as a store keeps them, and a store's own legs as input."""
    key()
    lines = ["officer_id,time,easting,northing", *(f"{o},{t},{x},{y}" for o, t, x, y in walk() + walk("77", 8))]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "fixes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    store = tmp_path / "store"
    run("importaffiliations", {"INPUT": str(tmp_path / "in" / "fixes.csv"), "STORE": str(store)})
    file = store / "restricted.gpkg"
    with sqlite_file(file) as db:
        officers = [o for (o,) in db.execute("SELECT officer_id FROM fixes ORDER BY fid")]
    rows = walk() + walk("77", 8)
    fixes = pd.DataFrame({"officer_id": officers, "time": parsed([r[1] for r in rows]), "x": [r[2] for r in rows], "y": [r[3] for r in rows]})  # fmt: skip
    legs = build_legs(clean_fixes(fixes.astype({"time": "datetime64[ns, UTC]"}))[0])
    assert len(legs) == 17 and set(officers) == set(pseudonymise(pd.Series(["1234", "77"]), load_key(os.environ)))  # fmt: skip
    open_ids = set(legs["leg_id"]) | set(legs["track_id"])
    assert not ids_of(written()) & open_ids
    assert not ids_of(written(f"{file}|layername=fixes")) & open_ids


def test_the_order_of_rows_joins_no_days(run, points):
    """Four officers on four days: whoever stands behind another officer-day in the file is no sign of the same officer."""
    rows = [
        (str(officer), f"2024-06-0{day}T1{officer}:0{minute}:00Z", E + 100 * minute, N)
        for officer in range(1, 5)
        for day in range(3, 7)
        for minute in range(3)
    ]
    results, _ = run("buildtracks", {"INPUT": points(rows), "OUTPUT": "memory:", "LEGS": "memory:"})
    for name in ("OUTPUT", "LEGS"):
        days = [r["officer_day"] for r in rows_of(results[name])]
        assert days == sorted(days) and len(set(days)) == 16
    for feature in results["OUTPUT"].getFeatures():
        line = feature.geometry().constGet()
        assert line.pointN(0).m() == feature["start"].toMSecsSinceEpoch() / 1000  # each line with its own row
