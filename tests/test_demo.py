"""The demo's days and what its project shows: chosen so that the dock's first figures have an earlier period beside them."""

from datetime import date, timedelta

import pandas as pd
import pytest
import shapely

from ia_plugin.core.columns import NOTES
from ia_plugin.core.disclosure.shown_texts import safe_notes
from ia_plugin.core.filter_state import FilterState, last_days, last_month
from ia_plugin.core.simulate import Simulation
from ia_plugin.store.months import GRACE
from tools.demo_force import (
    FIRST_DAY,
    LAST_DAY,
    OPERATION_OFFICERS,
    WEEK,
    notes,
    simulate_force,
    week_in_words,
    week_of,
)

FIRST, LAST = (date.fromisoformat(day) for day in (FIRST_DAY, LAST_DAY))
AREAS = pd.DataFrame(
    {
        "area_id": ["D26", "D27"],
        "name": ["Demo area 26", "Demo area 27"],
        "role": ["impact", "comparison"],
        "geometry": [shapely.box(150, 150, 1650, 1650), shapely.box(1950, 1950, 3450, 3450)],
    }
)


@pytest.mark.parametrize("period", [last_days(LAST, 28), last_month(LAST)])
def test_each_period_that_the_dock_offers_has_one_before_it(period) -> None:
    before = FilterState(first=period[0], last=period[1]).before()
    assert FIRST <= before.first < before.last < period[0] and period[1] <= LAST


def test_two_whole_months_are_closed() -> None:
    assert FIRST.day == 1 and last_month(LAST) == (date(2024, 6, 1), date(2024, 6, 30))
    assert last_month(LAST)[1] + timedelta(days=1) + GRACE.to_pytimedelta() <= LAST


def test_the_week_of_the_project_lies_in_the_docks_first_period() -> None:
    first, end = (date.fromisoformat(day) for day in WEEK)
    assert (end - first).days == 7 and last_days(LAST, 28)[0] <= first and end <= LAST
    assert week_in_words() == "24–30 June 2024"


def test_no_note_cuts_the_docks_first_comparison() -> None:
    table = notes(AREAS)
    earlier = FilterState(first=last_days(LAST, 28)[0], last=LAST).before()
    assert [*table] == [*NOTES.names] and table["area_id"].tolist() == ["D26", None]
    assert (table["from"] >= pd.Timestamp(FIRST_DAY, tz="Europe/London")).all()
    assert (table["to"] < pd.Timestamp(earlier.first, tz="Europe/London")).all()
    assert safe_notes(table)["text"].tolist() == table["text"].tolist()  # nobody is taken for named


@pytest.fixture(scope="module")
def world() -> Simulation:
    lines = [
        shapely.LineString([(300 * x, 300 * y), (300 * (x + i), 300 * (y + j))])
        for x in range(12)
        for y in range(12)
        for i, j in ((1, 0), (0, 1))
    ]
    sites = AREAS.iloc[1:].assign(area_id="S01", role="site")
    return simulate_force(pd.Series(lines), AREAS, sites, officers=12)


def test_no_report_came_through_the_outage_though_officers_were_at_work(world) -> None:
    first, end = (pd.Timestamp(f"2024-05-02T{hour}Z") for hour in ("07:00", "17:00"))  # 08:00 to 18:00 by the clock
    time = world.fixes["time"]
    assert not ((time >= first) & (time < end)).any()
    day = time.dt.tz_convert("Europe/London").dt.date == date(2024, 5, 8)
    assert day.any(), "a part of the day has data"
    truth = world.truth
    assert ((truth["start"] >= first) & (truth["end"] < end)).any()


def test_the_operations_officers_are_in_its_area_on_its_days_alone(world) -> None:
    theirs = world.fixes[world.fixes["unit"] == "Operations"]
    assert theirs["officer_id"].nunique() == OPERATION_OFFICERS
    assert theirs["time"].min() >= pd.Timestamp("2024-05-03T04:00Z")
    assert theirs["time"].max() <= pd.Timestamp("2024-05-06T09:00Z")  # a home-taken radio, after the last night
    inside = shapely.contains_xy(AREAS["geometry"][0], theirs["x"].to_numpy(), theirs["y"].to_numpy())
    assert inside.mean() > 0.8


def test_names_of_officers_and_records_stay_their_own(world) -> None:
    assert world.postings["officer_id"].is_unique and world.events["event_id"].is_unique
    for column in ("event_id", "source_ref"):
        assert world.events[column].is_unique
    assert world.fixes["source_ref"].is_unique and world.truth["leg_id"].is_unique
    assert set(world.fixes["officer_id"]) <= set(world.postings["officer_id"])
    named = world.events["officer_ids"].dropna().str.split().explode()
    assert set(named) <= set(world.postings["officer_id"])
    assert world.fixes["time"].is_monotonic_increasing


def test_events_of_every_kind_span_all_weeks(world) -> None:
    days = world.events["start"].dt.tz_convert("Europe/London").dt.date
    for kind in ("crime", "incident", "stop_search"):
        here = days[world.events["kind"] == kind]
        weeks = {(day - FIRST).days // 7 for day in here}
        assert weeks >= {*range((LAST - FIRST).days // 7 + 1)}, kind
    kept = week_of(world).events["start"].dt.tz_convert("Europe/London").dt.date
    assert (kept.min(), kept.max()) == (date(2024, 6, 24), date(2024, 6, 30))


@pytest.mark.qgis
def test_a_theme_shows_layers_of_the_same_days_and_no_question_without_an_answer() -> None:
    from tools.demo_project import THEMES

    of_2011 = [name for name, keys in THEMES if "recorded_heat" in keys]
    assert of_2011 == ["Recorded crime, February 2011"]
    assert [keys for name, keys in THEMES if name in of_2011] == [("recorded_heat", "force")]
    assert [name[0] for name, _ in THEMES if name not in of_2011] == [*"123456"]
