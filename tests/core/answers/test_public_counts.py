"""What the public sees of events: whole months, every category of every place with a number, and no count of a few to be told."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.event_tables import events_table, searches_table
from ia_plugin.core.answers.public_counts import BY_MONTH, SHARES_GROUND, counts_rounded_to, months_of, published_areas
from ia_plugin.core.answers.questions import tables
from ia_plugin.core.answers.sentences import _happened
from ia_plugin.core.columns import TIME_USE
from ia_plugin.core.empty import empty_table
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.summary_tables import Material
from tests.support.forces import areas_of

MAY = FilterState(first=date(2024, 5, 1), last=date(2024, 5, 31))
SPRING = FilterState(first=date(2024, 4, 1), last=date(2024, 5, 31))
HERE, THERE, AWAY = (500.0, 500.0), (500.0, 2500.0), (5000.0, 5000.0)


def box(x, y, size=1000):
    return shapely.box(x, y, x + size, y + size)


AREAS = areas_of(high=("impact", box(0, 0)), park=("comparison", box(0, 2000)))


def force(*happened, areas=AREAS, ends="2024-06-02T12:00Z"):
    """A force in which so many events happened: (number, category, place, day, kind); five incidents at `ends` close what is before."""
    rows = []
    for n, category, place, day, kind in happened:
        rows += [(kind, category, f"{day}T12:00Z", *place)] * n
    rows += [("incident", "Road", ends, *AWAY)] * 5
    table = pd.DataFrame(rows, columns=["kind", "category", "start", "x", "y"])
    table["start"] = pd.to_datetime(table["start"], utc=True)
    table = table.assign(event_id=[f"e{i}" for i in range(len(table))], end=table["start"], time_precision="minute")
    table["object_found"] = np.where(table["category"] == "Found", True, None)
    table.loc[table["category"] == "Nothing found", "object_found"] = False
    return Material.of(areas, empty_table(TIME_USE), events=table)


def crimes(n, category="Burglary", place=HERE, day="2024-05-07"):
    return n, category, place, day, "crime"


def seen(material, state=MAY):
    """Crimes as the public sees them, by place and group."""
    table = events_table(material, state, "public")
    return table[table["kind"] == "crime"].set_index(["place", "group"])


def test_every_category_of_every_place_has_a_number():
    """Seven burglaries in the Impact Area, two in the comparison area, thirteen elsewhere: 5, 0 and 15, and together 20."""
    found = seen(force(crimes(7), crimes(2, place=THERE), crimes(12, place=AWAY)))
    places = ["(impact)", "(comparison)", "(rest)", "(all)", "high", "park", "(no place)"]
    assert {(p, g) for p in places for g in ("(all)", "Burglary", "other")} <= set(found.index)
    burglary = found["events"].xs("Burglary", level="group")
    assert burglary["(all)"] == 20 and burglary[["(impact)", "(comparison)", "(rest)"]].sum() == 20
    assert burglary["high"] == burglary["(impact)"] == 5 and burglary["park"] == burglary["(comparison)"] == 0
    assert found["events"].notna().all() and not found["hidden"].any() and (found["why"] == "").all()
    # Rates and shares are those of the rounded counts; a nought, which may be four, has none.
    assert found.loc[("high", "Burglary"), "per_km2"] == pytest.approx(5)
    assert found.loc[("(impact)", "Burglary"), "share_percent"] == pytest.approx(25)
    assert np.isnan(found.loc[("park", "Burglary"), ["per_km2", "share_percent"]].astype(float)).all()


def test_a_nought_reads_as_under_five_and_others_as_about():
    material = force(crimes(7), crimes(2, place=THERE), crimes(13, place=AWAY))
    found = tables(material, MAY, "public")
    said = {about: s for _, about, s, _ in _happened(found["events"], 5) if "crimes" in s}
    assert said["Impact Areas"].startswith("Impact Areas: about 5 recorded crimes, 25 % of all")
    assert said["Comparison areas"] == "Comparison areas: under 5 recorded crimes."


def test_a_nought_of_two_months_is_under_ten():
    """Two in each of two months are rounded to nothing twice; as four might be, what is told of both is under ten."""
    assert [counts_rounded_to(s) for s in (MAY, SPRING, FilterState())] == [5, 10, 5]
    happened = [
        c for day in ("2024-04-05", "2024-05-07") for c in (crimes(2, place=THERE, day=day), crimes(48, day=day))
    ]
    material = force(*happened)
    found = tables(material, SPRING, "public")
    assert seen(material, SPRING)["events"]["park", "(all)"] == 0
    said = [
        s for _, about, s, _ in _happened(found["events"], counts_rounded_to(SPRING)) if about == "Comparison areas"
    ]
    assert said[0] == "Comparison areas: under 10 recorded crimes."


@pytest.mark.parametrize("n", range(1, 5))
def test_a_small_category_of_the_force_has_no_name(n):
    """One to four arsons in all are "other"; five have a row. "other" stands there whether or not anything is in it."""
    found = seen(force(crimes(9), crimes(n, "Arson")))
    assert "Arson" not in found.index.get_level_values("group")
    assert {"other"} <= set(found.index.get_level_values("group"))
    assert "Arson" in seen(force(crimes(9), crimes(5, "Arson"))).index.get_level_values("group")
    without = seen(force(crimes(9)))
    assert without.loc[("high", "other"), "events"] == 0


def test_sexual_and_domestic_offences_are_told_of_roles_only():
    """Of an area they are among the others; the sum of the area is that of its rows all the same."""
    kinds = ("Rape of a female", "Domestic abuse", "Violence and sexual offences", "Non-domestic assault")
    found = seen(force(*(crimes(10, c) for c in kinds)))["events"]
    for category in kinds[:2]:
        assert found["(impact)", category] == 10 and ("high", category) not in found.index
    for category in kinds[2:]:
        assert found["high", category] == 10
    assert found["high", "other"] == 20 and found["(impact)", "other"] == 0
    for place in ("high", "(impact)", "(all)"):
        assert found[place].drop("(all)").sum() == found[place, "(all)"] == 40


# --- periods ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [
        FilterState(first=date(2024, 5, 7), last=date(2024, 5, 7)),
        FilterState(first=date(2024, 5, 1), last=date(2024, 5, 28)),
        FilterState(first=date(2024, 4, 2), last=date(2024, 5, 31)),
        FilterState(first=date(2024, 6, 1), last=date(2024, 6, 30)),  # it has not ended
        FilterState(first=date(2024, 5, 1), last=date(2024, 5, 31), hour_from=8, hour_to=16),
        FilterState(first=date(2024, 5, 1), last=date(2024, 5, 31), weekdays=(0, 1, 2, 3, 4, 5)),
        FilterState(first=date(2024, 5, 1), last=date(2024, 5, 31), categories=("Burglary",)),
        FilterState(first=date(2024, 5, 1), last=date(2024, 5, 31), key_types=("burglary",)),
        FilterState(),
    ],
)
def test_other_periods_than_whole_months_tell_nothing(state):
    """The same rows whatever happened, and why."""
    some = force(
        crimes(7),
        crimes(300, day="2024-06-01"),
        (9, "Found", HERE, "2024-05-07", "stop_search"),
        ends="2024-06-29T12:00Z",
    )
    found, searched = events_table(some, state, "public"), searches_table(some, state, "public")
    for table, count in ((found[found["kind"] == "crime"], "events"), (searched, "searches")):
        told = table[table["place"] != "(no place)"]
        assert table[count].isna().all() and told["hidden"].all() and set(told["why"]) <= {BY_MONTH}
    assert set(found.loc[found["kind"] == "crime", "group"]) == {"(all)"}


def test_a_month_is_whole_when_the_records_go_past_its_end():
    may = [crimes(30)]
    assert np.isnan(seen(force(*may, ends="2024-05-31T21:00Z")).loc[("(all)", "(all)"), "events"])
    assert np.isnan(seen(force(*may, ends="2024-05-31T22:30Z")).loc[("(all)", "(all)"), "events"])
    assert seen(force(*may, ends="2024-05-31T23:30Z")).loc[("(all)", "(all)"), "events"] == 30  # midnight by the clock
    # A record that tells the month alone tells of all its days.
    material = force(*may, ends="2024-05-20T12:00Z")
    assert np.isnan(seen(material).loc[("(all)", "(all)"), "events"])


def test_months_are_told_as_the_sum_of_each():
    """Four burglaries in April and three in May: what is told of both is what is told of each, and no third number."""
    happened = [
        crimes(4, day="2024-04-05"),
        crimes(3),
        crimes(20, "Drugs"),
        crimes(20, "Drugs", day="2024-04-05"),
        crimes(6, place=AWAY),
        crimes(6, place=AWAY, day="2024-04-05"),
    ]
    material = force(*happened)
    april, both = months_of(SPRING)[0], seen(material, SPRING)["events"]
    assert [(m.first, m.last) for m in months_of(SPRING)] == [
        (date(2024, 4, 1), date(2024, 4, 30)),
        (MAY.first, MAY.last),
    ]
    each = seen(material, april)["events"] + seen(material)["events"]
    assert both.sort_index().equals(each.sort_index())
    # A category that is small in one of the months is among the others in both.
    material = force(*happened, crimes(30, "Arson"), crimes(2, "Arson", day="2024-04-05"))
    assert "Arson" in seen(material).index.get_level_values("group")
    assert "Arson" not in seen(material, SPRING).index.get_level_values("group")


def test_months_of_a_period_that_wraps_the_year():
    found = months_of(FilterState(first=date(2023, 12, 1), last=date(2024, 2, 29)))
    assert [(m.first.month, m.last.day) for m in found] == [(12, 31), (1, 31), (2, 29)]
    assert months_of(FilterState(first=date(2024, 2, 1), last=date(2024, 2, 28))) == []


# --- areas that share ground --------------------------------------------------------------------------------------------


SHARED = areas_of(
    fringe=("buffer", box(-500, -500, 2000)),
    one=("impact", box(0, 0)),
    two=("impact", box(900, 0)),
    alone=("comparison", box(0, 4000)),
    whole=("rest", box(-9000, -9000, 18000)),
)


def test_of_areas_that_share_ground_the_first_is_told():
    """The second Impact Area shares a strip with the first, the buffer lies over both, the force under all."""
    material = force(crimes(40), areas=SHARED)
    assert [p.label for p in published_areas(material, MAY)] == ["one", "alone"]
    found = seen(material)
    for place in ("two", "fringe", "whole"):
        own = found.loc[place]
        assert own["events"].isna().all() and own["hidden"].all() and set(own["why"]) == {SHARES_GROUND}
        # Which rows there are tells nothing either.
        assert set(own.index) == set(found.loc["one"].index)
    assert found.loc["one", "events"]["(all)"] == found.loc["(impact)", "events"]["(all)"] == 40


def test_which_area_is_told_hangs_on_the_map_and_its_time_alone():
    crowded, empty = force(crimes(500, place=(950.0, 500.0)), areas=SHARED), force(crimes(5, place=AWAY), areas=SHARED)
    told = [[p.label for p in published_areas(m, MAY)] for m in (crowded, empty)]
    assert told[0] == told[1]
    # Drawn anew in May: the new area is no overlap of the old one, which had ended.
    redrawn = areas_of(old=("impact", box(0, 0)), new=("impact", box(100, 0)))
    redrawn = redrawn.assign(valid_from=[None, "2024-05-01"], valid_to=["2024-04-30", None])
    material = force(crimes(40), areas=redrawn)
    told = [[p.label for p in published_areas(material, m)] for m in months_of(SPRING)]
    assert told == [["old"], ["new"]]


# --- searches -----------------------------------------------------------------------------------------------------------


def test_searches_and_the_share_that_found_something():
    """82 searches, 21 found, 61 not: 80, and a quarter; of twenty searches no share is told."""
    searches = [(21, "Found", HERE), (61, "Nothing found", HERE), (4, "Found", THERE), (16, "Nothing found", THERE)]
    material = force(*((n, c, p, "2024-05-07", "stop_search") for n, c, p in searches))
    found = searches_table(material, MAY, "public").set_index("place")
    assert found.loc["high", ["searches", "found_percent"]].tolist() == [80, 25]
    assert found.loc["park", "searches"] == 20 and np.isnan(found.loc["park", "found_percent"])
    assert found.loc["(all)", "searches"] == 100 and found.loc["(rest)", "searches"] == 0
    assert not found["hidden"].any() and found.filter(like="_before").isna().all(axis=None)
