"""One precedence where areas overlap: an officer walks 3 km east in an hour, and both doors tell the same hours by hand."""

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.answers.event_tables import events_table
from ia_plugin.core.answers.time_table import time_table
from ia_plugin.core.events import events_in_areas
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.computed import computed_material
from ia_plugin.core.material.measures import measured
from ia_plugin.core.material.places import area_places
from ia_plugin.core.movement.likely_shares import concentration_of, share_range, spread_after
from ia_plugin.core.params import EventCountParams, PresenceParams
from ia_plugin.core.summaries.area_totals import area_totals
from ia_plugin.core.summaries.compute import ForceFacts
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes

LINEAR = PresenceParams(method="linear", bounds="none")
TO_END = 3000


def strip(role, west, east, **dates):
    """An area of a role from `west` to `east`, metres, the whole street wide."""
    return {"role": role, "geometry": shapely.box(west, 0, east, 1000), **dates}


def table_of(**strips):
    return pd.DataFrame([{"area_id": i, "name": i, **s} for i, s in strips.items()])


def walk():
    return build_legs(fixes([(60 * i, 50 * i, 500) for i in range(61)], epoch="2024-06-03T08:00:00Z"))


def crimes(*x):
    at = pd.Timestamp("2024-06-03T08:10Z")
    rows = [{"event_id": f"e{i}", "kind": "crime", "category": "x", "start": at, "end": at, "x": v, "y": 500.0} for i, v in enumerate(x)]  # fmt: skip
    return pd.DataFrame(rows).assign(time_precision="minute")


# Areas -> minutes of each row; 1 km is 20 minutes.
WORLDS = {
    "two impact areas": (
        table_of(a=strip("impact", 0, 1000), b=strip("impact", 500, 1500)),
        {"a": 20, "b": 20, "(impact)": 30, "(rest)": 30},
    ),
    "impact over comparison": (
        table_of(a=strip("comparison", 0, 1000), b=strip("impact", 500, 1500)),
        {"a": 20, "b": 20, "(impact)": 20, "(comparison)": 10, "(rest)": 30},
    ),
    "rest drawn as the whole": (
        table_of(a=strip("impact", 0, 1000), r=strip("rest", 0, TO_END)),
        {"a": 20, "r": 40, "(impact)": 20, "(rest)": 40},
    ),
    "two rests that overlap": (
        table_of(a=strip("impact", 0, 1000), r=strip("rest", 0, 2000), q=strip("rest", 1000, TO_END)),
        {"a": 20, "r": 20, "q": 40, "(impact)": 20, "(rest)": 40},
    ),
    "a site inside": (
        table_of(a=strip("impact", 0, 1000), s=strip("site", 250, 750)),
        {"a": 10, "(impact)": 10, "(site)": 10, "(rest)": 40},
    ),
    "a site in a rest that is drawn": (
        table_of(r=strip("rest", 0, 2000), s=strip("site", 250, 750)),
        {"r": 30, "(site)": 10, "(rest)": 50},
    ),
    "no column of roles": (
        table_of(a=strip("", 0, 1000)).drop(columns="role"),
        {"a": 20, "(impact)": 20, "(rest)": 40},
    ),
    "a role left empty": (
        table_of(a=strip(None, 0, 1000), b=strip("impact", 500, 1500)),
        {"a": 20, "b": 20, "(impact)": 20, "(other)": 10, "(rest)": 30},
    ),
    "an area of yesterday": (
        table_of(a=strip("impact", 0, 1000, valid_to="2024-06-02"), b=strip("impact", 500, 1500, valid_to=None)),
        {"a": 0, "b": 20, "(impact)": 20, "(rest)": 40},
    ),
}


@pytest.mark.parametrize("world", WORLDS)
def test_hours_by_area_and_role_by_hand_through_both_doors(world):
    areas, minutes = WORLDS[world]
    totals = area_totals(walk(), areas, LINEAR)
    rows = totals.areas[totals.areas["role"] != "site"].set_index("area_id")["officer_hours"]
    ours = {**rows, **{f"({role})": s / 3600 for role, s in totals.role_seconds.items()}}
    assert {k: 60 * h for k, h in ours.items()} == pytest.approx(minutes)
    told = time_table(computed_material(walk(), ForceFacts(areas, method=LINEAR)), FilterState()).set_index("place")
    assert (60 * told["officer_hours"].drop("(all)")).to_dict() == pytest.approx(minutes)


def test_modes_add_up_to_the_hours_of_an_area_that_counts_for_a_part_of_the_time():
    legs = build_legs(fixes([(60 * i, 50 * i, 500) for i in range(61)], epoch="2024-06-03T22:30:00Z"))
    legs = legs.assign(mode="foot", p_foot=0.75, p_vehicle=0.25, p_stationary=0.0)
    # The day ends at 23:00Z, half way: after 1.5 km.
    row = area_totals(legs, table_of(a=strip("impact", 0, TO_END, valid_to="2024-06-03")), LINEAR).areas.iloc[0]
    assert row[["officer_hours", "patrol_hours", "foot_hours", "vehicle_hours"]].tolist() == [0.5, 0.5, 0.375, 0.125]


@pytest.mark.parametrize("method", ["linear", "bridge"])
def test_cover_is_the_cover_of_hours_added_up(method):
    # Two legs from 08:55 to 09:05 leave the area half way: more likely there in the one hour than in the other.
    way = fixes([(t, x, 500.0) for t, x in ((0, 0), (300, 200), (900, 1800), (1200, 2000))], epoch="2024-06-03T08:50:00Z")  # fmt: skip
    legs = build_legs(pd.concat([way, way.assign(officer_id="other")], ignore_index=True))
    areas, how = table_of(a=strip("impact", -1000, 1000)), PresenceParams(method=method, bounds="none")
    row = area_totals(legs, areas, how).areas.iloc[0]
    material = computed_material(legs, ForceFacts(areas, method=how))
    dock = measured(material, FilterState(), area_places(material, ["a"]))
    assert row["patrol_hours"] == pytest.approx(dock["cover_hours"][0], rel=1e-12)
    assert row["officer_hours"] / 2 <= row["patrol_hours"] <= row["officer_hours"]


def test_half_the_way_was_ridden():
    ways = walk().assign(
        mode=["foot"] * 30 + ["bicycle"] * 30, p_foot=[1.0] * 30 + [0.0] * 30, p_vehicle=0.0, p_stationary=0.0
    )
    areas = table_of(a=strip("impact", 0, TO_END), s=strip("site", 0, 1000))
    row, site = area_totals(ways.assign(p_bicycle=1 - ways["p_foot"]), areas, LINEAR).areas.set_index("area_id").loc[["a", "s"]].to_dict("records")  # fmt: skip
    # On foot to 1.5 km, of which the first is the site's.
    parts = [[60 * r[f"{m}_hours"] for m in ("officer", "foot", "bicycle", "vehicle")] for r in (row, site)]
    assert np.allclose(parts, [[40, 10, 30, 0], [20, 20, 0, 0]])
    assert "bicycle_hours" not in area_totals(ways, areas, LINEAR).areas


def test_a_leg_whose_mode_is_unknown_tells_no_mode():
    legs = build_legs(fixes([(60 * i, 50 * i, 500) for i in range(3)]))
    legs = legs.assign(mode=["foot", "unknown"], p_foot=[0.5, 0.9], p_vehicle=[0.25, 0.1], p_stationary=[0.25, 0.0])
    row = area_totals(legs, table_of(a=strip("impact", -9, 99)), LINEAR).areas.iloc[0]
    hours = [row[f"{m}_hours"] for m in ("foot", "vehicle", "stationary", "unknown")]
    assert hours == pytest.approx([30 / 3600, 15 / 3600, 15 / 3600, 60 * 0.98 / 3600])


def test_hours_by_mode_have_a_range_of_as_many_officers_as_were_there():
    """Ten hours' way of one officer, or ten officers of an hour each: the same hours, and the range of ten is narrower."""
    ways = walk().assign(mode="foot", p_foot=0.75, p_vehicle=0.25, p_stationary=0.0)
    crowd = [ways.assign(officer_id=f"o{k}", leg_id=ways["leg_id"] + 10_000 * k) for k in range(10)]
    areas, widths = table_of(a=strip("impact", 0, TO_END)), []
    for legs in (ways, pd.concat(crowd, ignore_index=True)):
        row = area_totals(legs, areas, LINEAR).areas.iloc[0]
        hours = row["officer_hours"]
        low, high = share_range(0.75, 1.0, hours, concentration_of(row["officers"]), "foot")
        assert [row["foot_hours_low"], row["foot_hours_high"]] == pytest.approx(
            [float(low) * hours, float(high) * hours]
        )
        assert row["vehicle_hours_low"] < row["vehicle_hours"] < row["vehicle_hours_high"]
        widths.append((row["foot_hours_high"] - row["foot_hours_low"]) / hours)
    assert widths[1] < 0.6 * widths[0]
    assert "unknown_hours_low" not in row and "foot_hours_low" not in area_totals(walk(), areas, LINEAR).areas


def test_a_visit_is_the_same_in_time_in_areas_and_in_a_store():
    # In for 4 minutes, out for 1, in for 4: one visit. Ten minutes later 30 s inside: passing through.
    x = [100] * 5 + [1010] + [100] * 5 + [1500] * 9 + [1100, 1000, 1100]
    legs = build_legs(fixes([(60 * i, float(v), 500.0) for i, v in enumerate(x)], epoch="2024-06-03T08:00:00Z"))
    areas = table_of(a=strip("impact", 0, 1050), b=strip("comparison", 5000, 6000))
    rows = area_totals(legs, areas, LINEAR).areas.set_index("area_id")
    material = computed_material(legs, ForceFacts(areas, method=LINEAR))
    dock = measured(material, FilterState(), area_places(material, ["a", "b"]))
    assert rows["visits"].tolist() == dock["visits"].tolist() == [2, 0]
    assert rows["visit_minutes"].tolist() == pytest.approx(dock["visit_minutes"].tolist(), nan_ok=True)


def test_events_follow_the_same_order():
    # On the edge of both, in both, in the first alone, in the rest.
    events = crimes(1000, 700, 100, 2500)
    areas = table_of(a=strip("comparison", 0, 1000), b=strip("impact", 500, 1500), r=strip("rest", 0, TO_END))
    table = events_in_areas(events, areas, EventCountParams(period="all"))
    assert table.groupby("area_id")["events"].sum().to_dict() == {"a": 3, "b": 2, "r": 1}
    assert table.attrs["counted"] == 4
    told = events_table(computed_material(walk(), ForceFacts(areas, events, method=LINEAR)), FilterState())
    told = told[(told["group"] == "(all)") & (told["kind"] == "crime")].set_index("place")["events"]
    assert told.to_dict() == {"(impact)": 2, "(comparison)": 1, "(rest)": 1, "(all)": 4, "a": 3, "b": 2, "r": 1, "(no place)": 0}  # fmt: skip


def test_an_event_counts_in_an_area_while_the_area_does():
    areas = table_of(a=strip("impact", 0, 1000, valid_to="2024-06-02"))
    table = events_in_areas(crimes(100), areas, EventCountParams(period="all"))
    assert not len(table) and table.attrs["not_counted"] == {"no place": 0, "in no area": 1}


def test_the_rate_of_an_area_that_comes_or_goes_is_by_its_mean_ground():
    """An hour a day on three days; the second km² counts on the third alone: 20 minutes on a third of a km² are 1 h per km²."""
    days = [build_legs(fixes([(60 * i, 50 * i, 500) for i in range(61)], epoch=f"2024-06-0{d}T08:00:00Z")) for d in (3, 4, 5)]  # fmt: skip
    legs = pd.concat(days, ignore_index=True)
    areas = table_of(
        a=strip("impact", 0, 1000), n=strip("impact", 1000, 2000, valid_from="2024-06-05"), g=strip("impact", 2000, 3000, valid_to="2024-06-01")
    )  # fmt: skip
    rows = area_totals(legs, areas, LINEAR).areas.set_index("area_id")
    assert rows["officer_hours"].tolist() == pytest.approx([1, 1 / 3, 0])
    assert rows["area_km2"].tolist() == [1, 1, 1]
    assert rows["officer_hours_per_km2"].tolist() == pytest.approx([1, 1, np.nan], nan_ok=True)
    material = computed_material(legs, ForceFacts(areas, None, method=LINEAR))
    found = measured(material, FilterState(), area_places(material, ["a", "n"]))
    assert found.km2.tolist() == pytest.approx([1, 1 / 3])
    # The two together: 4/3 h on 4/3 km².
    table = time_table(material, FilterState(), "restricted").set_index("place")
    assert table.loc["(impact)", "hours_per_km2"] == pytest.approx(1) and table.loc["n", "hours_per_km2"] == pytest.approx(1)  # fmt: skip


def test_a_checked_model_makes_the_ranges_of_modes_narrower():
    legs = walk().assign(mode="vehicle", p_foot=0.1, p_vehicle=0.9, p_stationary=0.0)
    areas = table_of(a=strip("impact", 0, TO_END))
    wide, narrow = (area_totals(legs, areas, LINEAR, modes=m).areas.iloc[0] for m in (None, spread_after(40.0)))
    widths = [row["vehicle_hours_high"] - row["vehicle_hours_low"] for row in (wide, narrow)]
    assert widths[1] < widths[0] and wide["vehicle_hours"] == narrow["vehicle_hours"]
