"""The cube of a page gives the figures of the core: of random filters, and of days, ground and notes by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.columns import ALL, COVER, GROUP_TIME, NOTES, TIME_USE, VISIT_LENGTHS
from ia_plugin.core.disclosure.audiences import in_full
from ia_plugin.core.empty import empty_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.inspector_page.cube import Cube, cube_of
from ia_plugin.core.inspector_page.packed import unpacked
from ia_plugin.core.inspector_page.released import released
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.mode_ranges import officers_at_least
from ia_plugin.core.material.places import Place, area_places, places
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.presence.likely import likely_range
from ia_plugin.core.times.civil import pandas_zone
from tests.support.page_figures import PageFigures

FIRST, WEEKS = date(2024, 10, 7), 6  # clocks go back on Sunday 27 October
AREAS = pd.DataFrame(
    {
        "area_id": ["a", "b", "c", "s"],
        "name": ["Aston", "Bordesley", "Castle", "Station"],
        "role": ["impact", "impact", "comparison", "site"],
        "valid_from": ["2024-10-16", None, None, None],
        "geometry": [shapely.box(x, 0, x + 900, 900) for x in (0, 2000, 4000, 6000)],
    }
)
PLACES = ("a", "b", "c", "(impact)", "(comparison)", "(rest)", "(site)")


def autumn(seed: int = 5) -> Material:
    """Six weeks over the end of summer time: time at three places and a station, cover, visits, timed and untimed events."""
    rng = np.random.default_rng(seed)
    begin = pd.Timestamp(FIRST, tz=pandas_zone("Europe/London")).tz_convert("UTC")
    hours = pd.date_range(begin, periods=24 * 7 * WEEKS + 8, freq="h")  # seven hours of a last day, which is not whole
    here = pd.MultiIndex.from_product([PLACES, hours], names=["area_id", "period"]).to_frame(index=False)
    rows = here[rng.random(len(here)) < 0.7].reset_index(drop=True)
    n = len(rows)
    site = (rows["area_id"] == "(site)").to_numpy()
    activity = np.where(site | (rows["area_id"].eq("(rest)") & (rng.random(n) < 0.3)), "police_site", "on_foot")
    foot, vehicle, stopped = rng.integers(0, 900, (3, n))
    time_use = rows.assign(
        activity=activity, foot_seconds=foot, vehicle_seconds=vehicle, stationary_seconds=stopped, unknown_seconds=60, bicycle_seconds=0,
        officer_seconds=foot + vehicle + stopped + 60, variance=rng.integers(0, 9000, n), systematic=rng.integers(0, 60, n),
        **dict.fromkeys(("unit", "department", "officer_role", "resource_type"), ALL),
    )[list(TIME_USE.names)]  # fmt: skip
    own = here[here["area_id"].isin(["a", "b", "c"]) & (rng.random(len(here)) < 0.6)].reset_index(drop=True)
    officers = rng.integers(0, 7, len(own))
    cover = own.assign(unit=ALL, resource_type=ALL, patrol_seconds=officers * 300, officers=officers)[list(COVER.names)]
    visits = own.assign(unit=ALL, resource_type=ALL, band=ALL, visits=officers, seconds=officers * 500)
    seen = own.assign(period=begin, dimension=ALL, value=ALL, officers=np.where(own["area_id"] == "a", 5, 0))
    return Material.of(
        AREAS, time_use, cover=cover, visit_lengths=visits[list(VISIT_LENGTHS.names)], events=events(rng, begin), notes=notes(),
        officers_seen=seen[["area_id", "period", "dimension", "value", "officers"]].drop_duplicates(), groups=empty_table(GROUP_TIME),
    )  # fmt: skip


def events(rng: np.random.Generator, begin: pd.Timestamp) -> pd.DataFrame:
    n = 900
    start = begin + pd.to_timedelta(rng.integers(0, 24 * 7 * WEEKS, n), unit="h")
    kind = rng.choice(["crime", "incident", "stop_search"], n)
    precision = rng.choice(["minute", "day"], n, p=[0.9, 0.1])
    return pd.DataFrame(
        {"event_id": [str(i) for i in range(n)], "kind": kind, "category": rng.choice(["Burglary", "Theft"], n), "start": start,
         "end": start + pd.to_timedelta(rng.integers(0, 4, n), unit="h"), "time_precision": precision,
         "x": rng.choice([100.0, 2100.0, 4100.0, 9000.0], n), "y": 100.0, "source": "test", "outcome": "any",
         "object_found": np.where(kind == "stop_search", rng.random(n) < 0.3, None)}
    )  # fmt: skip


def notes() -> pd.DataFrame:
    rows = {"from": ["2024-10-09T22:30:00Z"], "to": ["2024-10-11T05:00:00Z"], "area_id": ["b"], "text": ["Radios of one mast fail"], "kind": ["outage"]}  # fmt: skip
    return pd.DataFrame(rows).reindex(columns=[*NOTES.names]).assign(recorded_at=pd.NaT)


@pytest.fixture(scope="module")
def material() -> Material:
    return autumn()


@pytest.fixture(scope="module")
def cube(material: Material) -> Cube:
    return cube_of(material, marking="OFFICIAL")


def random_state(rng: np.random.Generator, until: date) -> FilterState:
    """A filter of hours to the last day told by the hour, a day less where it wraps midnight; or of whole days to the end."""
    whole = rng.random() < 0.3
    hour_from, hour_to = (0, 24) if whole else sorted(rng.choice(25, 2, replace=False).tolist())
    if not whole and rng.random() < 0.4 and hour_to < 24 and hour_from:
        hour_from, hour_to = hour_to, hour_from
    last = until + timedelta(days=7 if whole else -1 if hour_to < hour_from else 0)
    days = sorted(rng.integers(0, (last - FIRST).days + 1, 2).tolist())
    weekdays = tuple(range(7)) if rng.random() < 0.5 else tuple(rng.choice(7, 3, replace=False).tolist())
    return FilterState(
        first=FIRST + timedelta(days=days[0]), last=FIRST + timedelta(days=days[1]), hour_from=hour_from, hour_to=hour_to, weekdays=weekdays,
        categories=("Theft",) if rng.random() < 0.2 else (),
    )  # fmt: skip


def assert_same(page: PageFigures, material: Material, state: FilterState, place: Place) -> None:
    found = measured(material, state, [place])
    sums = page.time(state, place.rows)
    if place.with_sites:
        sums = {n: v + sums[n] for n, v in page.time(state, place.rows, "site").items()}
    hours = found.of(0, "officer_hours")
    if np.isfinite(hours.value):
        assert hours.value * 3600 == pytest.approx(sums["seconds"], abs=1e-6)
        ends = likely_range(sums["seconds"] / 3600, (sums["variance"] + sums["systematic"] ** 2) ** 0.5 / 3600)
        if sums["variance"]:
            assert (hours.low, hours.high) == pytest.approx([float(e) for e in ends])
        assert np.nan_to_num(found["foot"][0]) * sums["seconds"] == pytest.approx(100 * sums["foot"])
    for key, kind in (("crimes", "crime"), ("incidents", "incident"), ("searches", "stop_search")):
        if np.isfinite(found[key][0]):
            assert found[key][0] == pytest.approx(page.events(state, place.rows, kind)["expected"])
    if place.areas and np.isfinite(found["cover_hours"][0]):
        own = page.cover(state, place.areas)
        assert found["cover_hours"][0] * 3600 == pytest.approx(own["cover_seconds"])
        assert np.nan_to_num(found["officers"][0]) * own["hours"] == pytest.approx(own["cover_officers"])
        assert found["visits"][0] == own["visit_count"]
        assert np.nan_to_num(found["visit_minutes"][0]) * 60 * own["visit_count"] == pytest.approx(own["visit_seconds"])


def test_random_filters_give_the_core_s_figures(material: Material, cube: Cube) -> None:
    rng, got, page = np.random.default_rng(11), released(material), PageFigures(cube)
    states = [random_state(rng, got.hours_until) for _ in range(60)]
    every = places(got.material)
    for state in states:
        for place in rng.permutation(np.array(every, dtype=object))[:3]:
            assert_same(page, in_full(got.material), state, place)
    assert sum(s.wraps for s in states) >= 12 and sum(s.any_hour and s.last > got.hours_until for s in states) >= 4


def test_the_most_officers_of_a_total_are_those_of_its_hours(material: Material, cube: Cube) -> None:
    """Of one area and one of the last days: what the core finds for it in its hours."""
    got, page = released(material), PageFigures(cube)
    days = [got.last - timedelta(days=6 - i) for i in range(7)]
    for place in area_places(got.material):
        row = page.rows([place.label])[0]
        found = [
            officers_at_least(got.material, FilterState(first=d, last=d), [replace(place, with_sites=False)])[0]
            for d in days
        ]
        enough = cube.arrays["enough"][row, [page.number(d) for d in days]] == 2
        told = np.maximum(cube.arrays["most_by_time"][row], cube.arrays["most_seen"][row])
        assert np.maximum(told, 5 * enough).tolist() == found


def test_the_hour_that_october_has_twice_is_two_slots(cube: Cube) -> None:
    page = PageFigures(cube)
    day = page.number(date(2024, 10, 27))
    hours = cube.arrays["moment_hour"][cube.arrays["moment_day"] == day].tolist()
    assert hours == [0, 1, 1, *range(2, 24)]
    assert cube.facts["odd_days"] == {str(day): hours}


def test_days_ground_and_notes_are_told_by_number(cube: Cube) -> None:
    """Day 1 is Monday 7 October. Aston counts from the 16th, day 10; the note begins on the 9th at 23:30 by the clock."""
    facts = cube.facts
    assert facts["base"] == "2024-10-06" and facts["base_weekday"] == 6
    aston, bordesley, _ = facts["areas"]
    assert [a["name"] for a in facts["areas"]] == ["Aston", "Bordesley", "Castle"]
    assert (aston["valid_from"], aston["valid_to"], bordesley["valid_from"]) == (10, None, None)
    before, after = facts["ground"]
    assert (before["first"], before["last"], after["first"], after["last"]) == (None, 9, 10, None)
    assert "a" not in before["km2"] and after["km2"]["a"] == pytest.approx(0.81)
    assert (before["km2"]["(impact)"], after["km2"]["(impact)"]) == pytest.approx((0.81, 1.62))
    (note,) = facts["notes"]
    assert note == {
        "from": [3.0, 23.5], "to": [5.0, 6.0], "day": 3, "last_day": 5, "area": "b", "unit": "", "text": "outage"
    }  # fmt: skip


def test_it_is_the_same_after_a_browser_s_eyes(cube: Cube) -> None:
    facts, arrays = unpacked(cube.text())
    assert facts["rows"] == cube.facts["rows"]
    for name, values in cube.arrays.items():
        np.testing.assert_array_equal(arrays[name], values, err_msg=name)


def test_a_day_without_records_is_told(material: Material) -> None:
    """Records from 7 to 9 October and on the 11th: the 10th is covered, and none begins on it."""
    begin = pd.Timestamp("2024-10-07T10:00Z")
    some = pd.DataFrame(
        {"event_id": list("abcd"), "kind": "crime", "category": "Theft", "start": begin + pd.to_timedelta([0, 1, 2, 4], unit="D"),
         "time_precision": "minute", "x": 100.0, "y": 100.0, "source": "test"}
    ).assign(end=lambda t: t["start"])  # fmt: skip
    with_some = Material.of(AREAS, material.time_use.table, events=some)
    told = cube_of(with_some, marking="OFFICIAL").facts["records"]["crime"]["hour"]
    assert (told["covered"][:8], told["begin"][:8], told["first"]) == ("01111100", "01110100", [1.0, 11.0])
