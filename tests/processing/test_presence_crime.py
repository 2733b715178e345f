"""presencecrime, through Processing: from layers to results and a page; and what it refuses."""

from __future__ import annotations

import pytest

from tests.support.beats import force
from tests.support.outcomes import refused, rows_of
from tests.support.walks import box

pytestmark = pytest.mark.qgis

AREAS = {"here": box(-200, -200, 1000, 400), "there": box(1800, -200, 1000, 400)}
DAYS = [f"2024-06-{d:02}" for d in range(3, 11)]


def fixes():
    """Eight days; on each other day two officers more in both areas' beats, by turns."""
    return [row for k, day in enumerate(DAYS) for row in force(4 + 2 * (k % 3), day=day, hours=range(24))]


def crimes(each=3):
    """Some burglaries in either area on each day, at half past ten and later."""
    rows = []
    for k, day in enumerate(DAYS):
        for n in range(each + k % 2):
            when = f"{day}T{10 + n}:30:00Z"
            rows.append(("crime", when, when, 150 if (n + k) % 2 else 2100, 0, None))
    return rows


@pytest.fixture
def asked(points, polygons, events):
    def make(**more):
        layer = polygons(AREAS, roles={"here": "impact", "there": "comparison"})
        return {
            "INPUT": points(fixes()), "AREAS": layer, "AREA_ID_FIELD": "code", "ROLE_FIELD": "role", "EVENTS": events(crimes()),
            "PERIOD": "day", "FIRST_DAY": DAYS[0], "LAST_DAY": DAYS[-1], "LEAST_COVERED": 0.8, "LAGS": 0, "OUTPUT": "memory:",
            **more,
        }  # fmt: skip

    return make


def test_the_designs_and_a_page_from_layers(run, asked, tmp_path):
    page = tmp_path / "page.html"
    results, _ = run("presencecrime", asked(OUTPUT_HTML=str(page), PLANNED_HOURS=1000))
    rows = rows_of(results["OUTPUT"])
    assert {r["design"] for r in rows} == {"two-way panel", "case-crossover"} and results["COMPARISONS"] == len(rows)
    # Both areas are never left, so that there is no time since a visit: told in the page. A week has no hour of an earlier week to hold an event against: told, and nothing made up.
    assert all("an earlier week" in r["sentence"] for r in rows if r["design"] == "case-crossover")
    text = page.read_text(encoding="utf-8")
    assert "Time since the last visit was not looked at: No time after a visit is left" in text
    assert "What we can and cannot say" in text and "Public confidence" in text and "Planned: 1,000 h" in text
    assert "OFFICIAL-SENSITIVE" in text


def test_results_of_other_evaluations_close_the_page(run, asked, tmp_path):
    first, _ = run("presencecrime", asked(DESIGN="panel"))
    page = tmp_path / "page.html"
    run("presencecrime", asked(DESIGN="panel", RESULTS=[first["OUTPUT"]], OUTPUT_HTML=str(page)))
    assert f"of which nobody can tell: {2 * first['COMPARISONS']} of {2 * first['COMPARISONS']}." in page.read_text(
        encoding="utf-8"
    )


def test_what_is_refused(run, asked, events, points):
    refused(lambda: run("presencecrime", asked(AUDIENCE="public")), "whole calendar months", "PERIOD=month")
    refused(lambda: run("presencecrime", asked(OUTCOMES="arson")), "No event here is of 'arson'")
    months = events(crimes(), precision="month")
    refused(lambda: run("presencecrime", asked(EVENTS=months)), "tell the month only")
    refused(
        lambda: run("presencecrime", asked(DESIGN="case_crossover", RESULTS=[points(fixes())], OUTPUT_HTML="x.html")),
        "field",
    )


def test_since_the_last_visit_from_layers(run, asked, polygons, events, tmp_path):
    """Officers are within 100 m of the middle for a quarter of an hour about the half hour; two burglaries soon after, one much later."""
    page = tmp_path / "page.html"
    small = polygons(
        {"here": box(-200, -200, 300, 400), "there": box(1800, -200, 300, 400)},
        roles={"here": "impact", "there": "comparison"},
    )
    rows = [
        ("crime", when, when, x, 0, None)
        for day in DAYS for hour in range(9, 21, 2) for x in (50, 2050)
        for when in (f"{day}T{hour:02}:45:00Z", f"{day}T{hour:02}:50:00Z", f"{day}T{hour + 1:02}:15:00Z")
    ]  # fmt: skip
    given = {"AREAS": small, "EVENTS": events(rows), "BAND_EDGES": "20", "REFERENCE_BAND": 20, "OUTPUT_HTML": str(page)}
    results, _ = run("presencecrime", asked(DESIGN="since_visit", **given))
    rows = rows_of(results["OUTPUT"])
    assert [(r["design"], bool(r["primary"])) for r in rows] == [("since the last visit", True)]
    assert "the first 20 min after a visit (held against 20 min or more after one)" in rows[0]["sentence"].lower()
    assert rows[0]["events"] > 200
    text = page.read_text(encoding="utf-8")
    assert "whoever came" in text and "no length is a target" in text and "until the next one in grey" in text


def test_a_summary_tells_of_no_visit(run, asked):
    refused(lambda: run("presencecrime", asked(DESIGN="since_visit", EVENTS=None)), "EVENTS was not given")
    refused(lambda: run("presencecrime", asked(DESIGN="since_visit", REFERENCE_BAND=45)), "begins no band")
