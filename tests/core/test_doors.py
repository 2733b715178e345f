"""Many doors, one house: the same question of the same data gives the same hours and counts, to the digit."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.questions import events_table, searches_table, time_table
from ia_plugin.core.areas import ROLE_ORDER, role_label
from ia_plugin.core.charts.series import series, week_grid
from ia_plugin.core.events import events_in_areas
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import values_of
from ia_plugin.core.material.figures_by_area import values_by_area
from ia_plugin.core.params import EventCountParams, PresenceParams, SummaryParams
from ia_plugin.core.summaries.area_totals import area_totals
from ia_plugin.core.summaries.compute import computed_material
from ia_plugin.core.times.civil import pandas_zone

from .forces import events_of, legs_of, walks

# (zone, first moment): a plain night, the week that the clocks go forward, the one that they go back, and a half-hour zone.
STARTS = (
    ("Europe/London", "2024-06-03T21:37:00Z"),
    ("Europe/London", "2024-03-30T22:37:00Z"),
    ("Europe/London", "2024-10-26T22:37:00Z"),
    ("Asia/Kolkata", "2024-06-03T17:07:00Z"),
)
ROLES = (*ROLE_ORDER, "rest", None)


def world(number):
    """Legs, areas, events and zone: overlapping roles, rests drawn, sites, sometimes no roles, areas that come and go."""
    rng = np.random.default_rng(number)
    zone, start = STARTS[number % len(STARTS)]
    fixes = walks(6, 30, start=start, seed=number)
    n = int(rng.integers(1, 6))
    corner, size = rng.uniform(-500, 2500, (n, 2)), rng.uniform(300, 1800, (n, 2))
    shapes = [shapely.box(*c, *(c + s)) for c, s in zip(corner, size)]
    areas = pd.DataFrame({"area_id": [f"a{i}" for i in range(n)], "name": "x", "geometry": shapes})
    if rng.random() < 0.8:
        areas["role"] = pd.Series([ROLES[k] for k in rng.integers(0, len(ROLES), n)], dtype=object)
    if "role" in areas and rng.random() < 0.3:
        whole = {"area_id": "whole", "name": "x", "role": "rest", "geometry": shapely.box(-1000, -1000, 4000, 4000)}
        areas = pd.concat([areas, pd.DataFrame([whole])], ignore_index=True)
    if rng.random() < 0.3:
        day = pd.Timestamp(start).tz_convert(pandas_zone(zone)).date()
        areas["valid_to"] = [day if i % 2 else None for i in range(len(areas))]
    events = events_of(fixes, n=60, seed=number)
    events.loc[::9, ["x", "y"]] = np.nan
    return legs_of(fixes), areas, events, zone


WORLDS = range(30)


@pytest.mark.parametrize("number", WORLDS)
@pytest.mark.parametrize("method", ["linear", "bridge"])
def test_hours_are_the_same_through_every_door(number, method):
    legs, areas, events, zone = world(number)
    plain = PresenceParams(method=method, bounds="none")
    material = computed_material(legs, areas, events, method=plain, timezone=zone)
    state = FilterState(timezone=zone)
    answers = time_table(material, state).set_index("place")["officer_hours"]
    # As the algorithm asks, with the hard bounds of legs: they change no estimate.
    totals = area_totals(legs, areas, PresenceParams(method=method), SummaryParams(timezone=zone))
    of_role = totals.role_seconds / 3600
    for role in (*ROLE_ORDER, "rest"):
        assert answers.get(role_label(role), 0.0) == pytest.approx(of_role.get(role, 0.0), abs=1e-9), role
    assert answers["(all)"] == pytest.approx(totals.observed_s / 3600, abs=1e-9)
    ids = [a for a, role in zip(totals.areas["area_id"], totals.areas["role"]) if role != "site"]
    rows = totals.areas.set_index("area_id").loc[ids]
    dock = values_by_area(material, state, ids)
    for k, area in enumerate(ids):
        one = FilterState(areas=(area,), timezone=zone)
        grid = week_grid(material, one, "presence")
        doors = [answers[area], dock[k][0]["officer_hours"], values_of(material, one, one.areas)["officer_hours"].value, grid.total]  # fmt: skip
        assert doors == pytest.approx([rows.loc[area, "officer_hours"]] * 4, abs=1e-9), area
        assert dock[k][1] == pytest.approx(rows.loc[area, "area_km2"], abs=1e-9)
    chosen = values_of(material, state, ())["officer_hours"].value
    assert [chosen, week_grid(material, state, "presence").total] == pytest.approx([of_role.get("impact", 0.0)] * 2, abs=1e-9)  # fmt: skip


@pytest.mark.parametrize("number", WORLDS)
def test_counts_are_the_same_through_every_door(number):
    legs, areas, events, zone = world(number)
    material = computed_material(legs, areas, events, method=PresenceParams(method="linear"), timezone=zone)
    first = events["start"].min().tz_convert(pandas_zone(zone)).date()
    state = FilterState(timezone=zone, first=first, last=first + timedelta(days=3))
    table, searched = events_table(material, state), searches_table(material, state).set_index("place")["searches"]
    whole = table[(table["group"] == "(all)") & (table["by"] == "category")].set_index(["place", "kind"])["events"]
    counted = events_in_areas(events, areas, EventCountParams(period="all", timezone=zone))
    each = counted.groupby(["area_id", "kind"])["expected"].sum()
    for area in ["", *material.areas.loc[material.areas["role"] != "site", "area_id"]]:
        one = FilterState(areas=(area,) if area else (), timezone=zone, first=state.first, last=state.last)
        found = values_of(material, one, one.areas)
        for what, kind in (("crimes", "crime"), ("incidents", "incident"), ("searches", "stop_search")):
            place = area or "(impact)"
            answer = searched.get(place, 0.0) if what == "searches" else whole.get((place, kind), 0.0)
            drawn = series(material, one, what)
            doors = [found[what].value, answer, np.nansum(drawn.values), week_grid(material, one, what).total]
            if area:
                doors.append(each.get((area, kind), 0.0))
            assert doors == pytest.approx([doors[0]] * len(doors), abs=1e-9), (area, what, drawn.why)


def test_the_worlds_hold_what_they_promise():
    tables = [world(k)[1] for k in WORLDS]
    roles = [set(t["role"].dropna()) if "role" in t else set() for t in tables]
    assert all(sum(r in s for s in roles) >= 3 for r in (*ROLE_ORDER, "rest"))
    assert sum("role" not in t for t in tables) >= 3 and sum("valid_to" in t for t in tables) >= 3
    assert date(2024, 3, 31).weekday() == date(2024, 10, 27).weekday() == 6  # the clocks change on Sundays
