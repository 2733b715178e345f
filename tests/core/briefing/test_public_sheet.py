"""A sheet for the public has the numbers of the public tables, and no other."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date

import pytest

from ia_plugin.core.answers.questions import tables
from ia_plugin.core.briefing.public_sheet import public_ground, public_sheet
from ia_plugin.core.dashboard.map_classes import NOT_KNOWN, SCALES
from ia_plugin.core.errors import ParameterError
from ia_plugin.core.filter_state import FilterState
from tests.support.eight_weeks import eight_weeks, with_officers

MAY = FilterState(first=date(2024, 5, 6), last=date(2024, 6, 30))
JUNE = FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30))


@pytest.fixture(scope="module")
def material():
    return with_officers(eight_weeks(), "a02")


def numbers_in(text):
    return [float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\.?\d*", text)]


@pytest.mark.parametrize("area", ["a00", "a02", "a04", "a09"])
def test_numbers_are_those_of_the_public_tables(material, area):
    found = tables(material, JUNE, "public")
    hours, moved, events, searches = public_sheet(material, JUNE, area).tiles
    row = found["time"].set_index("place").loc[area]
    if math.isnan(row["officer_hours"]):
        assert hours.why and not hours.value
    else:
        assert numbers_in(hours.value) == [row["officer_hours"]] and row["officer_hours"] % 5 == 0
        assert hours.gauge is None or hours.gauge.value == row["hours_per_km2"]
    shares = found["modes"].set_index("place")
    assert bool(moved.why) == (area not in shares.index)
    assert all(p.percent == shares.loc[area, f"{p.mode}_percent"] and p.percent % 5 == 0 for p in moved.parts)
    counts = found["events"][(found["events"]["place"] == area) & (found["events"]["group"] == "(all)")]
    if not events.why:
        wanted = [v for v in counts.set_index("kind")["events"].reindex(["crime", "incident"]) if v > 0]
        assert [n for n in numbers_in(events.value.replace("under 5", "")) if n] == wanted
    tally = found["searches"].set_index("place").loc[area, "searches"]
    assert searches.why if math.isnan(tally) else tally % 5 == 0


def test_some_is_known_and_some_is_not(material):
    """Else the test above would look at nothing."""
    tiles = {a: public_sheet(material, JUNE, a).tiles for a in ("a00", "a02", "a04", "a09")}
    # a02 has few officers, and the totals would tell it were it hidden alone.
    assert [bool(t[0].why) for t in tiles.values()] == [True, True, False, False]
    assert not any(t[2].why for t in tiles.values()) and tiles["a09"][1].parts


def test_nothing_on_it_rests_on_exact_numbers(material):
    sheet = public_sheet(material, JUNE, "a00")
    assert (sheet.verdict, sheet.beside, sheet.code) == ("", "", "")
    assert sheet.weeks[1].why and "rounded to 5" in sheet.notes[0]
    assert all(v % 5 == 0 for r in sheet.earlier for v in (r.now[0], r.before[0]))
    assert all(not r.change for r in sheet.earlier)


@pytest.mark.parametrize("key", ["officer_hours", "crimes", "incidents"])
def test_the_map_is_of_rounded_numbers(material, key):
    exact, ground = SCALES[key], public_ground(material, JUNE, key)
    rates = tables(material, JUNE, "public")["time" if key == "officer_hours" else "events"]
    if key != "officer_hours":
        rates = rates[
            (rates["kind"] == {"crimes": "crime", "incidents": "incident"}[key]) & (rates["group"] == "(all)")
        ]
    rate = rates.set_index("place")["hours_per_km2" if key == "officer_hours" else "per_km2"]
    hours = 720.0 if key != "officer_hours" else None
    for area, value, shade in zip(ground.classes.area_ids, ground.classes.values, ground.classes.classes):
        known = rate.get(area, math.nan)
        assert (shade == NOT_KNOWN) == bool(math.isnan(known))
        if hours and not math.isnan(known):
            assert value == pytest.approx(known * exact.per / hours)


def test_other_figures_have_no_map_for_the_public(material):
    with pytest.raises(ParameterError, match="no map of 'visits' for the public"):
        public_ground(material, JUNE, "visits")


def test_a_period_of_no_whole_months_tells_no_events(material):
    sheet = public_sheet(material, replace(MAY, last=date(2024, 6, 2)), "a00")
    assert "whole calendar months" in sheet.tiles[2].why
