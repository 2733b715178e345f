"""trial, through Processing: lots before the first day, and what happened compared as drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.support.outcomes import refused, rows_of
from tests.support.trials import schedule_of
from tests.support.walks import E, N, box

pytestmark = pytest.mark.qgis

SHAPES = {f"A{i}": box(2000 * i - 200, -200, 1000, 400) for i in range(4)}
FIELDS = {"AREA_ID_FIELD": "code", "ROLE_FIELD": "role"}
DRAW = {"OPERATION": "draw", "FIRST_DAY": "2090-01-02", "LAST_DAY": "2090-02-26", **FIELDS, "OUTPUT": "memory:"}


@pytest.fixture
def table_of(qgis_app):
    """A memory layer of a schedule's rows, all as text."""

    def make(schedule):
        from qgis.core import QgsFeature, QgsVectorLayer

        table = schedule.table()
        layer = QgsVectorLayer("None?" + "&".join(f"field={c}:string" for c in table.columns), "schedule", "memory")
        features = []
        for row in table.astype(str).itertuples(index=False):
            feature = QgsFeature(layer.fields())
            feature.setAttributes(list(row))
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        return layer

    return make


def test_lots_are_drawn_for_days_ahead(run, polygons):
    results, log = run("trial", {**DRAW, "AREAS": polygons(SHAPES), "OUTCOMES": "burglary, robbery", "SEED": 7})
    rows = rows_of(results["OUTPUT"])
    assert len(rows) == 56 * 4 and {r["hash"] for r in rows} == {results["HASH"]} and {r["seed"] for r in rows} == {7}
    by_day = {}
    for r in rows:
        by_day.setdefault(r["day"], []).append(bool(r["drawn"]))
    assert {sum(d) for d in by_day.values()} == {2} and len(set(map(tuple, by_day.values()))) == 6
    assert "2 areas of 4 drawn each day from the seed 7" in results["SUMMARY"]
    assert any("No store keeps this schedule" in w for w in log.warned)
    again, _ = run(
        "trial", {**DRAW, "AREAS": polygons(dict(reversed(SHAPES.items()))), "OUTCOMES": "burglary, robbery", "SEED": 7}
    )
    assert [(r["day"], r["area_id"], r["drawn"]) for r in rows_of(again["OUTPUT"])] == [
        (r["day"], r["area_id"], r["drawn"]) for r in rows
    ]
    fresh = [run("trial", {**DRAW, "AREAS": polygons(SHAPES)})[0]["HASH"] for _ in range(2)]
    assert fresh[0] != fresh[1]


def test_what_is_refused_before_anything_is_drawn(run, polygons):
    def asked(**more):
        return lambda: run("trial", {**DRAW, "AREAS": polygons(SHAPES), **more})

    refused(asked(FIRST_DAY="2024-01-02", LAST_DAY="2024-03-02"), "2024-01-02, has begun")
    refused(asked(AREAS_PER_DAY=4), "every area would be drawn every day")
    refused(asked(AREAS=polygons({"A0": SHAPES["A0"]})), "1 area has nothing to draw from")
    refused(asked(AREAS=polygons(SHAPES, roles=dict.fromkeys(SHAPES, "comparison"))), "No area has the role impact")
    refused(asked(AREAS=None), "Neither STORE nor AREAS was given")
    refused(asked(FIRST_DAY="2 January"), "no day")
    refused(asked(OPERATION="compare"), "There is no schedule to compare with")


def fixes(schedule):
    """Somebody far away around the clock, so that every hour has data; in each area an officer for an hour, two where it was drawn."""
    rows = []
    days = pd.date_range(
        pd.Timestamp(schedule.days[0]) - pd.Timedelta(days=15), pd.Timestamp(schedule.days[-1]) + pd.Timedelta(days=1)
    )
    drawn = {d: row for d, row in zip(schedule.days, schedule.drawn)}
    for day in days:
        rows += [
            ("9999", (day + pd.Timedelta(minutes=14 * m)).isoformat() + "Z", E + 40_000 + 20 * (m % 3), N)
            for m in range(103)
        ]
        for k in range(4):
            minutes = 120 if drawn.get(day.date(), [False] * 4)[k] else 60
            begin = day + pd.Timedelta(hours=10)
            rows += [
                (f"{1000 + k}", (begin + pd.Timedelta(minutes=m)).isoformat() + "Z", E + 2000 * k + 100 + m, N)
                for m in range(0, minutes + 1, 10)
            ]
    return rows


def happened(schedule):
    """Three crimes an area and day, one of those where it was drawn, and a few that come after."""
    rows = []
    for t, begins in enumerate(schedule.begins):
        for k in range(4):
            for i in range(1 if schedule.drawn[t, k] else 3 + (t + k) % 2):
                moment = (begins + pd.Timedelta(hours=2 + 5 * i, minutes=k)).strftime("%Y-%m-%dT%H:%M:%SZ")
                rows.append(("crime", moment, moment, 2000 * k + 300, 0, None))
    after = (schedule.begins[-1] + pd.Timedelta(hours=25)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [*rows, *[("crime", after, after, 50_000, 0, None)] * 6]


@pytest.fixture
def asked(points, polygons, events, table_of):
    plan = schedule_of(4, first="2024-05-06", last="2024-05-26", outcomes="crime", visit_minutes=60.0)
    return {
        "OPERATION": "compare", "SCHEDULE": table_of(plan), "INPUT": points(fixes(plan)), "AREAS": polygons(SHAPES), **FIELDS,
        "EVENTS": events(happened(plan)), "METHOD": "linear", "BEFORE_DAYS": 14, "REDRAWS": 199, "OUTPUT": "memory:",
    }  # fmt: skip


def test_a_trial_from_layers(run, asked, events, tmp_path):
    page = tmp_path / "trial.html"
    results, log = run("trial", {**asked, "OUTPUT_HTML": str(page)})
    rows = rows_of(results["OUTPUT"])
    assert rows[0]["low"] < results["RATIO"] < rows[0]["high"] < 0.5 and rows[0]["outcome"] == "crimes"
    assert (
        results["SUMMARY"].startswith("Undrawn areas had ")
        and "may be read as an effect of being drawn" in results["SUMMARY"]
    )
    assert "schedule_not_stored" in rows[0]["caveats"] and any(
        t.startswith("Planned: 60 min in each of 42") for t in log.said
    )
    text = page.read_text(encoding="utf-8")
    assert (
        "A trial by day" in text
        and "OFFICIAL-SENSITIVE" in text
        and not any("counts, not what" in w for w in log.warned)
    )
    _, log = run("trial", {**asked, "MOST_DRAINED": 40})
    assert "MOST_DRAINED: what was declared with the schedule counts, not what is given now." in log.warned
    refused(
        lambda: run(
            "trial",
            {
                **asked,
                "EVENTS": events(happened(schedule_of(4, first="2024-05-06", last="2024-05-26")), precision="month"),
            },
        ),
        "none can be counted in an operational day",
    )


def test_the_public_is_told_no_days_that_somebody_made_up(run, asked):
    refused(lambda: run("trial", {**asked, "AUDIENCE": "public"}), "whose schedule a store keeps")


def test_areas_by_another_id_are_refused(run, asked, polygons):
    other = polygons({k.replace("A", "B"): v for k, v in SHAPES.items()})
    refused(
        lambda: run("trial", {**asked, "AREAS": other}), "4 areas of the schedule cannot be found by id", "same ids"
    )


def test_a_store_keeps_one_schedule_for_areas_and_days(run, polygons, tmp_path, monkeypatch):
    from tests.support.stores import AREAS, bring_up_to_date, extract

    (tmp_path / "watched").mkdir()
    extract(tmp_path / "watched" / "affiliations.csv")
    folder = tmp_path / "store"
    bring_up_to_date(folder, tmp_path / "watched")
    shapes = {a: g.wkt for a, g in zip(AREAS["area_id"], AREAS["geometry"])}
    asked = {**DRAW, "AREAS": polygons(shapes), "STORE": str(folder)}
    refused(lambda: run("trial", asked), "No key of pseudonyms was found")
    key = tmp_path / "key"
    key.write_bytes(KEY_BYTES)
    key.chmod(0o600)
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(key))
    _, log = run("trial", asked)
    assert "The store keeps it as its schedule number 1." in log.said and not log.warned
    refused(
        lambda: run("trial", {**asked, "FIRST_DAY": "2090-02-26", "LAST_DAY": "2090-03-26"}),
        "has these areas on these days already",
    )
    _, log = run("trial", {**asked, "FIRST_DAY": "2090-03-01", "LAST_DAY": "2090-03-26"})
    assert "The store keeps it as its schedule number 2." in log.said
    refused(
        lambda: run("trial", {"OPERATION": "compare", "STORE": str(folder), "OUTPUT": "memory:"}),
        "holds 2 schedules",
        "Name one",
    )


KEY_BYTES = b"a key of sixteen bytes or more"
