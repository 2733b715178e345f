"""Many doors, one house: the same question of the same data gives the same hours and counts, to the digit."""

import os
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.sentences import sentences
from ia_plugin.core.answers.time_table import time_table
from ia_plugin.core.areas import ROLE_ORDER, role_label
from ia_plugin.core.charts.choice import Choice, prepare
from ia_plugin.core.charts.series import series, week_grid
from ia_plugin.core.columns import KNOWN_MODES, MODES_AND_BICYCLE
from ia_plugin.core.disclosure.audiences import in_full
from ia_plugin.core.events import events_in_areas
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.material.days import days_counted
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.measures import measured, ratio
from ia_plugin.core.material.places import area_places, chosen_place, places
from ia_plugin.core.params import EventCountParams, PresenceParams, SummaryParams
from ia_plugin.core.report.answers_page import answers_page
from ia_plugin.core.summaries.area_totals import area_totals
from ia_plugin.core.summaries.compute import ForceFacts
from ia_plugin.core.times.civil import pandas_zone
from ia_plugin.core.words import number
from tests.support.forces import events_of, legs_of, walks
from tests.support.long import long_after

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
    legs = legs_of(fixes)
    return (ridden(legs, rng) if rng.random() < 0.5 else legs), areas, events, zone


def ridden(legs, rng):
    """The legs of a model that knows bicycles: a third of them were perhaps ridden."""
    p = np.where(rng.random(len(legs)) < 0.3, rng.random(len(legs)), 0.0)
    return legs.assign(p_bicycle=p, **{f"p_{m}": legs[f"p_{m}"] * (1 - p) for m in KNOWN_MODES})


WORLDS = range(int(os.environ.get("WORLDS", "40")))  # `make doors` tries 200

EVERYTHING = {"crimes": "crime", "incidents": "incident", "searches": "stop_search"}
TO_THE_DIGIT = {"abs": 1e-9, "nan_ok": True}


@pytest.mark.parametrize("number", long_after(4, WORLDS))
def test_every_door_gives_the_same_figure(number):
    """`timeinareas`, the answers, the dock's figures, the charts, `eventsinareas` and the page, on one world."""
    legs, areas, events, zone = world(number)
    method = ("linear", "bridge")[number // 2 % 2]
    material = computed_material(
        legs, ForceFacts(areas, events, method=PresenceParams(method=method, bounds="none"), timezone=zone)
    )
    first = events["start"].min().tz_convert(pandas_zone(zone)).date()
    state = FilterState(timezone=zone, first=first, last=first + timedelta(days=3))
    told = tables(material, state)
    hours_agree(material, state, told, legs, areas, method)
    counts_agree(material, state, told, events, areas)
    dock_agrees(material, state, told)


def hours_agree(material, state, told, legs, areas, method):
    zone, answers = state.timezone, told["time"].set_index("place")["officer_hours"]
    # As the algorithm asks, with the hard bounds of legs: they change no estimate.
    totals = area_totals(legs, areas, PresenceParams(method=method), SummaryParams(timezone=zone))
    whole = FilterState(timezone=zone)
    of_role = totals.role_seconds / 3600
    where = places(material)
    figures_of = measured(
        in_full(material), whole, where
    )  # the layer is marked restricted, and tells of few how they moved
    found = dict(zip((p.label for p in where), figures_of["officer_hours"]))
    for role in (*ROLE_ORDER, "rest"):
        assert found.get(role_label(role), 0.0) == pytest.approx(of_role.get(role, 0.0), abs=1e-9), role
    assert found["(all)"] == pytest.approx(totals.observed_s / 3600, abs=1e-9)
    rows = totals.areas[totals.areas["role"] != "site"].set_index("area_id")
    km2 = material.areas.set_index("area_id")["km2"]
    rates = dict(zip((p.label for p in where), ratio(figures_of["officer_hours"], figures_of.km2)))
    for area in rows.index:
        one = replace(whole, areas=(area,))
        doors = [found[area], figures(material, one).value("officer_hours"), week_grid(material, one, "presence").total]
        assert doors == pytest.approx([rows.loc[area, "officer_hours"]] * 3, abs=1e-9), area
        assert km2[area] == pytest.approx(rows.loc[area, "area_km2"], abs=1e-9)
        assert rates[area] == pytest.approx(rows.loc[area, "officer_hours_per_km2"], **TO_THE_DIGIT)
        areas_agree(figures_of, [p.label for p in where].index(area), rows.loc[area])
    under = dict(zip((p.label for p in where), measured(material, state, where)["officer_hours"]))
    assert answers.to_dict() == pytest.approx(under, **TO_THE_DIGIT)


def areas_agree(figures_of, place, row):
    """Every figure that `timeinareas` has of an area is the measure of the same name."""
    pairs = {
        "visits": (row["visits"], figures_of["visits"]),
        "visit_minutes": (row["visit_minutes"], figures_of["visit_minutes"]),
    }
    hours = figures_of.columns["officer_hours"]
    pairs.update(officer_hours=(row["officer_hours"], hours.value))
    if row["officer_hours"] > 0:  # of no time at all the dock gives no range, or one of nothing
        pairs.update(low=(row["officer_hours_low"], hours.low), high=(row["officer_hours_high"], hours.high))
    for mode in MODES_AND_BICYCLE:
        pairs[mode] = (100 * row.get(f"{mode}_hours", 0.0) / (row["officer_hours"] or np.nan), figures_of[mode])
    for key, (of_area, of_places) in pairs.items():
        assert of_area == pytest.approx(of_places[place], rel=1e-9, abs=1e-9, nan_ok=True), (row.name, key)


def counts_agree(material, state, told, events, areas):
    table, searched = told["events"], told["searches"].set_index("place")["searches"]
    whole = table[(table["group"] == "(all)") & (table["by"] == "category")].set_index(["place", "kind"])["events"]
    counted = events_in_areas(events, areas, EventCountParams(period="all", timezone=state.timezone))
    each = counted.groupby(["area_id", "kind"])["expected"].sum()
    not_there = days_counted(material, state)
    for area in [chosen_place(material, state).label, *material.areas.loc[material.areas["role"] != "site", "area_id"]]:
        chosen = area in material.names()
        if not chosen and area not in material.roles.index:
            continue
        one = replace(state, areas=(area,) if chosen else ())
        row = figures(material, one)
        for what, kind in EVERYTHING.items():
            answer = searched[area] if what == "searches" else whole[area, kind]
            days, week = series(material, one, what), week_grid(material, one, what)
            charts = [drawn(days, np.nansum(days.values)), drawn(week, week.total)]
            doors = [row.value(what), answer, *shown_or_said(material, one, what, row.value(what), charts)]
            if chosen and not_there[area] > 0:  # an area that did not count in the period has no figure
                doors.append(each.get((area, kind), 0.0))
            assert doors == pytest.approx([doors[0]] * len(doors), **TO_THE_DIGIT), (area, what)


def shown_or_said(material, state, what, figure, charts):
    """What charts of time show in all; the figure itself where they show less and say so, with both numbers.

    A share of a window that reaches past the last day of which records tell has its place in the figure and in no day.
    """
    week = Choice("week", what) if what == "searches" else Choice("week", against=what)
    notes = [n for choice in (Choice("series", what), week) for n in prepare(material, state, choice).notes]
    said = [n.split(" of the ")[0] for n in notes if n.startswith("Shown are ") and f"of the {number(figure)} " in n]
    return [figure if f"Shown are {number(c)}" in said and c < figure else c for c in charts]


def drawn(chart, amount):
    """What a chart shows in all; not known where it says why it shows nothing."""
    return np.nan if chart.why else float(amount)


@pytest.mark.parametrize("number", long_after(3, range(0, len(WORLDS), 4)))
def test_every_door_agrees_under_any_filter(number):
    """Nights, weekdays, units, resources, kinds and areas at random: the dock, the answers and the charts."""
    legs, areas, events, zone = world(number)
    facts = ForceFacts(areas, events, method=PresenceParams(method="linear", bounds="none"), timezone=zone)
    material = computed_material(legs, facts)
    rng = np.random.default_rng(1000 + number)
    first = events["start"].min().tz_convert(pandas_zone(zone)).date()
    ids = [a.label for a in area_places(material)]
    for _ in range(6):
        hours = [(0, 24), (18, 3), (22, 6), (7, 15)][rng.integers(4)]
        weekdays = (
            tuple(range(7))
            if rng.random() < 0.5
            else tuple(sorted(rng.choice(7, rng.integers(1, 6), replace=False).tolist()))
        )
        # From before the data to after them, so that earlier periods lie before, across and within them.
        begin = first + timedelta(days=int(rng.integers(-1, 4)))
        state = FilterState(
            timezone=zone, first=begin, last=begin + timedelta(days=int(rng.integers(0, 4))),
            hour_from=hours[0], hour_to=hours[1], weekdays=weekdays, areas=some(rng, ids, 3),
            units=some(rng, material.choices()["units"], 2), resources=some(rng, material.choices()["resources"], 2),
        )  # fmt: skip
        agree_under(material, state)


def some(rng, words, most):
    """Fewer than `most` of some words, at random."""
    return tuple(rng.choice(words, min(len(words), rng.integers(0, most)), replace=False).tolist())


def agree_under(material, state):
    row = figures(material, state)
    table = row.table.set_index("key")
    times = time_table(material, state).set_index("place")
    place = chosen_place(material, state)
    presence = series(material, state, "presence")
    week = week_grid(material, state, "presence")
    doors = [table.loc["officer_hours", "value"], drawn(week, week.total)]
    if place.label in times.index:
        doors.append(times.loc[place.label, "officer_hours"])
        same = ("cover_hours", "visits", "visit_minutes")
        assert [table.loc[n, "value"] for n in same] == pytest.approx(
            [times.loc[place.label, n] for n in same], **TO_THE_DIGIT
        )
        assert table.loc["officer_hours", "rate"] == pytest.approx(
            times.loc[place.label, "hours_per_km2"], **TO_THE_DIGIT
        )
        earlier = times.loc[place.label, "officer_hours_before"]
        assert table.loc["officer_hours", "earlier"] == pytest.approx(earlier, **TO_THE_DIGIT), state
    assert doors == pytest.approx([doors[0]] * len(doors), **TO_THE_DIGIT), state
    assert bool(presence.why) == bool(week.why)
    for what in EVERYTHING:
        grid = week_grid(material, state, what)
        if not grid.why:
            [total] = shown_or_said(material, state, what, table.loc[what, "value"], [drawn(grid, grid.total)])
            assert total == pytest.approx(table.loc[what, "value"], abs=1e-9), (what, state)
    kept = [k for k in ("foot", "vehicle", "bicycle", "stationary", "unknown") if k in table.index]
    shares = table.loc[kept, "value"]
    assert shares.isna().all() or shares.sum() == pytest.approx(100)


def dock_agrees(material, state, told):
    """What the dock sets beside each other is what the answers have in their rows, and the page prints it in the same words."""
    time = told["time"].set_index("place")
    row = figures(material, state).table.set_index("key").loc["officer_hours"]
    nothing = dict.fromkeys(time.columns, np.nan)
    here, beside = (time.loc[label] if label in time.index else nothing for label in ("(impact)", "(comparison)"))
    mine = [row[c] for c in ("value", "low", "high", "rate", "comparison", "comparison_rate")]
    theirs = [here["officer_hours"], here["officer_hours_low"], here["officer_hours_high"], here["hours_per_km2"],
              beside["officer_hours"], beside["hours_per_km2"]]  # fmt: skip
    assert mine == pytest.approx(theirs, **TO_THE_DIGIT)
    rates = time.loc[(time["role"] == "comparison") & (time.index != "(comparison)"), "hours_per_km2"].dropna()
    spread = [rates.median(), rates.min(), rates.max()] if len(rates) else [np.nan] * 3
    assert [row[f"comparison_{c}"] for c in ("median", "low", "high")] == pytest.approx(spread, **TO_THE_DIGIT)
    page = answers_page(material, state, told, sentences(material, state, told))
    if np.isfinite(row["value"]):
        assert f">{number(row['value'], 'h')}</td>" in page


def test_the_worlds_hold_what_they_promise():
    tables = [world(k)[1] for k in WORLDS]
    roles = [set(t["role"].dropna()) if "role" in t else set() for t in tables]
    assert all(sum(r in s for s in roles) >= 3 for r in (*ROLE_ORDER, "rest"))
    assert 3 <= sum("p_bicycle" in world(k)[0] for k in WORLDS) <= len(WORLDS) - 3
    assert sum("role" not in t for t in tables) >= 3 and sum("valid_to" in t for t in tables) >= 3
