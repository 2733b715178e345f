"""Whose time lies in which cell: as time in areas says it of the straight line, without sites, homes and sensitive incidents."""

import numpy as np
import pandas as pd
import pytest
from shapely import box

from ia_plugin.core.density.cell_time import DensityFacts, cell_time, without_homes
from ia_plugin.core.density.shift_weeks import SHIFT_NAMES, ShiftWeek
from ia_plugin.core.disclosure.blocks import Blocks
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import time_in_areas
from tests.support.density import CELL, NO_AREAS, WEEK, at, legs_of, standing

NONE = DensityFacts(200.0, NO_AREAS)


def by(parts, *names):
    return parts.groupby(list(names))["seconds"].sum().to_dict()


def walk(*points):
    """One officer's legs through (time, x, y)."""
    return legs_of([("p0", *p) for p in points])


def test_a_straight_move_is_shared_by_the_length_in_each_cell():
    """700 m in ten minutes from 100 m before a line: 100, 200, 200 and 200 m of them."""
    parts = cell_time(walk((at("09:00"), 100.0, 50.0), (at("09:10"), 800.0, 50.0)), WEEK, NONE)
    assert by(parts, "cell") == pytest.approx({"0:0": 600 / 7, "0:1": 1200 / 7, "0:2": 1200 / 7, "0:3": 1200 / 7})
    assert set(zip(parts["shift"], parts["day"])) == {("early", 0)}


@pytest.mark.parametrize("step", [0.0, 50.0])
def test_cells_have_the_time_that_time_in_areas_says_of_them(step):
    """Of random moves, and of moves on a lattice that meet lines and corners of the grid."""
    rng = np.random.default_rng(5)
    xy = np.round(rng.uniform(-8, 8, (120, 2))) * step + 25.0 if step else rng.uniform(-1500, 1500, (120, 2))
    legs = walk(*((at("08:00") + pd.Timedelta(seconds=180 * k), *p) for k, p in enumerate(xy)))
    parts = cell_time(legs, WEEK, NONE)
    areas = pd.DataFrame({"area_id": parts["cell"].unique()})
    areas["geometry"] = [Blocks.read(200.0, c).boxes()[0] for c in areas["area_id"]]
    found = time_in_areas(legs, areas, PresenceParams(method="linear", bounds="none"))
    there, ours = found.groupby("area_id")["seconds"].sum(), pd.Series(by(parts, "cell"))
    # Crumbs are left out: under half a second of a leg there, up to a second of an officer's day here.
    assert (ours - there.reindex(ours.index)).between(-1.0, 2.0).all()
    assert legs["duration_s"].sum() - parts["seconds"].sum() < 3.0


@pytest.mark.parametrize(
    "way", [((0.0, 0.0), (0.0, 600.0)), ((400.0, 400.0), (-400.0, -400.0)), ((200.0, 0.0), (200.0, 0.0))]
)
def test_a_move_along_a_line_or_over_corners_is_counted_once(way):
    legs = walk((at("08:00"), *way[0]), (at("08:10"), *way[1]))
    assert cell_time(legs, WEEK, NONE)["seconds"].sum() == pytest.approx(600.0)


def test_ids_of_cells_are_those_of_areas_of_ones_own():
    parts = cell_time(walk((at("09:00"), -50.0, 1450.0), (at("09:10"), -50.0, 1450.0)), WEEK, NONE)
    assert list(parts["cell"]) == [Blocks.of(200.0, [(-1, 7)]).text] == ["7:-1"]


def test_hours_after_midnight_belong_to_the_night_before_and_a_week_has_each_moment_once():
    """Standing from Sunday 22:00 to Monday 08:00: an hour late, eight of Sunday's night, and one of Monday's next week."""
    sunday = pd.Timestamp("2024-06-09T22:00", tz="Europe/London").tz_convert("UTC")
    legs = standing("p0", sunday, hours=10)
    this, after = (cell_time(legs, w, NONE) for w in (WEEK, ShiftWeek("2024-06-10", "Europe/London")))
    assert by(this, "shift", "day") == {("late", 6): 3600.0, ("night", 6): 8 * 3600.0}
    assert by(after, "shift", "day") == {("early", 0): 3600.0}


def test_the_night_when_clocks_change_has_nine_hours_or_seven():
    for monday, hours in (("2024-10-21", 9), ("2024-03-25", 7)):
        week = ShiftWeek(monday, "Europe/London")
        edges = week.periods.edges
        assert (edges[18] - edges[17]) / 3.6e12 == hours  # Saturday's
        assert len(edges) == 7 * len(SHIFT_NAMES) + 1


def test_time_at_a_police_site_is_left_out_while_it_is_one():
    """Half an hour in a site of the cell and ten minutes beside it."""
    legs = pd.concat(
        [standing("p0", at("08:00"), hours=0.5, x=20.0), standing("p0", at("09:00"), hours=1 / 6, x=150.0)]
    )
    site = pd.DataFrame({"area_id": ["s"], "role": ["site"], "geometry": [box(0, 0, 100, 200)]})
    assert by(cell_time(legs, WEEK, DensityFacts(200.0, site)), "cell") == {CELL: 600.0}
    later = site.assign(valid_from=[pd.Timestamp("2024-07-01")])
    assert by(cell_time(legs, WEEK, DensityFacts(200.0, later)), "cell") == {CELL: 2400.0}
    other = site.assign(role="impact")
    assert by(cell_time(legs, WEEK, DensityFacts(200.0, other)), "cell") == {CELL: 2400.0}


def incident(category, **other):
    start = at("10:00")
    row = {"event_id": "E1", "kind": "incident", "category": category, "start": start, "end": start + pd.Timedelta("20min"), "time_precision": "minute", "status": "current", "x": 50.0, "y": 50.0, "location_precision": "point", "officer_ids": None}  # fmt: skip
    return pd.DataFrame([{**row, **other}])


@pytest.mark.parametrize(
    ("category", "minutes"),
    [("Domestic incident", 100), ("Rape of a female", 100), ("08/56", 100), ("Concern for safety", 100), ("Shoplifting", 120)],
)  # fmt: skip
def test_time_linked_to_a_sensitive_incident_is_left_out(category, minutes):
    """Two hours in the cell, twenty minutes of them beside an incident."""
    facts = DensityFacts(200.0, NO_AREAS, incident(category))
    assert by(cell_time(standing("p0", at("09:00"), hours=2), WEEK, facts), "cell") == {CELL: 60.0 * minutes}


def test_an_officer_who_is_named_is_linked_wherever_the_incident_is_that_has_no_place():
    facts = DensityFacts(200.0, NO_AREAS, incident("Domestic incident", x=np.nan, y=np.nan, officer_ids="p0"))
    assert by(cell_time(standing("p0", at("09:00"), hours=2), WEEK, facts), "cell") == {CELL: 6000.0}
    assert by(cell_time(standing("p1", at("09:00"), hours=2), WEEK, facts), "cell") == {CELL: 7200.0}


def test_what_a_force_says_is_sensitive_is_and_what_it_says_is_not_may_be_shown():
    for told, minutes in ((True, 100), (False, 120)):
        facts = DensityFacts(200.0, NO_AREAS, incident("08/56", sensitive=told))
        assert by(cell_time(standing("p0", at("09:00"), hours=2), WEEK, facts), "cell") == {CELL: 60.0 * minutes}


def test_a_site_and_an_incident_at_once_are_left_out_once():
    site = pd.DataFrame({"area_id": ["s"], "role": ["site"], "geometry": [box(0, 0, 200, 200)]})
    facts = DensityFacts(200.0, site, incident("Domestic incident"))
    assert not len(cell_time(standing("p0", at("09:00"), hours=2), WEEK, facts))


def turn_home(officer, home=(4_050.0, 50.0), day=0, hours=2.0):
    """Two hours about the town, then at home with the radio on."""
    start = at("20:00", day)
    rng = np.random.default_rng(3)
    out = [(officer, start + pd.Timedelta(minutes=5 * k), *rng.uniform(0, 3000, 2)) for k in range(24)]
    rest = [(officer, start + pd.Timedelta(minutes=120 + 5 * k), *(np.array(home) + rng.normal(0, 10, 2))) for k in range(int(12 * hours) + 1)]  # fmt: skip
    return legs_of(out + rest)


def test_a_rest_that_ends_a_turn_is_left_out_and_the_turn_is_not():
    parts = without_homes(cell_time(turn_home("p0"), WEEK, NONE))
    there = by(parts, "cell")
    assert there.get("0:20", 0.0) < 300.0  # the way home itself
    assert parts["seconds"].sum() > 100 * 60


def test_where_five_officers_rest_is_no_home():
    turns = pd.concat([turn_home(f"p{k}") for k in range(5)])
    assert by(without_homes(cell_time(turns, WEEK, NONE)), "cell")["0:20"] >= 5 * 2 * 3600.0
    four = turns[turns["officer_id"] != "p4"]
    assert by(without_homes(cell_time(four, WEEK, NONE)), "cell").get("0:20", 0.0) < 4 * 300.0


@pytest.mark.parametrize("orders", [[0, 1, 2], [2, 1, 0]])
def test_officers_in_any_groups_give_the_same_parts(orders):
    groups = [turn_home("p0"), standing("p1", at("09:00"), hours=2), turn_home("p2", day=2)]
    alone = pd.concat([cell_time(groups[k], WEEK, NONE) for k in orders])
    together = cell_time(pd.concat([groups[k] for k in orders]), WEEK, NONE)
    keys = ["shift", "cell", "day", "officer_id", "rest"]
    pd.testing.assert_frame_equal(*(t.sort_values(keys, ignore_index=True) for t in (alone, together)))
