"""Time use: every observed second once in the rows of roles, as a brute-force account of straight lines finds it too."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.activity import ACTIVITIES, activities, check_rules, default_rules
from ia_plugin.core.activity.links import linked_time
from ia_plugin.core.columns import OFFICER_TIME
from ia_plugin.core.params import PresenceParams, SummaryParams, TrackParams
from ia_plugin.core.presence import presence, stays, time_in_areas
from ia_plugin.core.summaries.compute import ForceFacts, by_area_day, by_officers
from ia_plugin.core.summaries.time_use import time_use
from ia_plugin.core.summaries.zones import ROLE_LABELS, validity
from ia_plugin.core.tracks import build_legs
from tests.support.forces import account, areas_of, events_of, legs_of, usual_areas, walks

LINEAR = PresenceParams(method="linear", bounds="none")
MODE_SECONDS = ["foot_seconds", "vehicle_seconds", "stationary_seconds", "unknown_seconds", "bicycle_seconds"]
box = shapely.box


def observed(legs):
    return float((legs["end"] - legs["start"]).dt.total_seconds().sum())


def adds_up(table, legs, to=1e-3):
    """Roles and rest add to the time observed, hour by hour; modes add to the time of each row."""
    roles = table[table["area_id"].isin(ROLE_LABELS)]
    assert roles["officer_seconds"].sum() == pytest.approx(observed(legs), abs=to)
    by_hour = roles.groupby("period")["officer_seconds"].sum()
    cut = time_use(legs, ForceFacts(areas_of(far=("other", box(1e6, 1e6, 1e6 + 1, 1e6 + 1))), method=LINEAR))
    lived = cut.groupby("period")["officer_seconds"].sum()
    pd.testing.assert_series_equal(
        by_hour.sort_index(), lived.sort_index(), check_names=False, atol=to, check_index_type=False
    )
    np.testing.assert_allclose(table[MODE_SECONDS].sum(axis=1), table["officer_seconds"], atol=1e-6)
    assert (table["officer_seconds"] > 0).all()


@pytest.fixture(scope="module")
def legs():
    return legs_of(walks())


@pytest.fixture(scope="module")
def events():
    return events_of(walks())


def cells(table):
    keys = [table["area_id"], table["period"].astype("int64"), table["unit"], table["activity"]]
    return table.groupby(keys)["officer_seconds"].sum().to_dict()


@pytest.mark.parametrize("seed", range(4))
def test_equals_a_brute_force_account_of_straight_lines(seed):
    fixes, areas = walks(seed=seed), usual_areas()
    legs, events = legs_of(fixes), events_of(fixes, seed=seed)
    links = linked_time(legs, events, check_rules(default_rules()))
    found, true = (
        cells(time_use(legs, ForceFacts(areas, events, method=LINEAR))),
        account(legs, areas, links, ACTIVITIES),
    )
    assert len(links.leg) > 10 and len(set(links.activity)) >= 3
    # A leg and an area that share less than half a second have no row.
    worst = {k: found.get(k, 0.0) - true.get(k, 0.0) for k in found.keys() | true.keys()}
    assert max(map(abs, worst.values())) < 1.0
    assert sum(map(abs, worst.values())) < 0.002 * sum(true.values())


@pytest.mark.parametrize("method", ["linear", "last_fix", "bridge"])
@pytest.mark.parametrize("case", ["usual", "no sites", "one", "site alone", "rest drawn"])
def test_roles_and_rest_add_up(legs, events, method, case):
    usual = usual_areas()
    areas = {
        "usual": usual,
        "no sites": usual[usual["role"] != "site"],
        "one": usual[:1],
        "site alone": usual[usual["role"] == "site"],
        "rest drawn": pd.concat([usual, areas_of(force=("rest", box(-1000, -1000, 4000, 4000)))], ignore_index=True),
    }[case]
    table = time_use(legs, ForceFacts(areas, events, method=PresenceParams(method=method, bounds="none")))
    adds_up(table, legs)


def test_overlapping_areas_never_pass_the_whole(legs):
    areas = areas_of(
        a=("impact", box(0, 0, 3000, 3000)),
        b=("impact", box(0, 0, 3000, 3000)),
        c=("comparison", box(0, 0, 3000, 3000)),
    )
    table = time_use(legs, ForceFacts(areas, method=LINEAR))
    adds_up(table, legs)
    sums = table.groupby("area_id")["officer_seconds"].sum()
    assert sums["a"] == pytest.approx(sums["(impact)"]) and sums["b"] == pytest.approx(sums["a"]) == pytest.approx(
        sums["c"]
    )
    assert "(comparison)" not in sums.index and table.attrs["overlapping"] == 3


def test_an_area_drawn_for_the_rest_of_the_force_is_no_overlap(legs):
    areas = pd.concat(
        [usual_areas().iloc[[0, 2, 3]], areas_of(force=("rest", box(-1000, -1000, 4000, 4000)))], ignore_index=True
    )
    table = time_use(legs, ForceFacts(areas, method=LINEAR))
    assert table.attrs["overlapping"] == 0
    adds_up(table, legs)


@pytest.mark.parametrize("method", ["linear", "bridge"])
def test_an_area_that_counts_for_a_part_of_the_period(method):
    fixes = walks(fixes=60, start="2024-06-03T20:10:00Z")
    legs, events = legs_of(fixes), events_of(fixes)
    areas = usual_areas().assign(valid_from=[None, "2024-06-04", None, None], valid_to=["2024-06-03", None, None, None])
    table = time_use(legs, ForceFacts(areas, events, method=PresenceParams(method=method, bounds="none")))
    adds_up(table, legs)
    turn = pd.Timestamp("2024-06-03T23:00Z")  # midnight by the clock
    assert (table.loc[table["area_id"] == "one", "period"] < turn).all() and (
        table.loc[table["area_id"] == "two", "period"] >= turn
    ).all()
    if method == "linear":
        links = linked_time(legs, events, check_rules(default_rules()))
        edges = [(0, turn.value), (turn.value, 2**62), (0, 2**62), (0, 2**62)]
        true, found = account(legs, areas, links, ACTIVITIES, edges), cells(table)
        assert max(abs(found.get(k, 0.0) - true.get(k, 0.0)) for k in found.keys() | true.keys()) < 1.0


def test_the_first_hour_and_the_first_day_are_not_lost_to_validity(legs):
    """Data begins within an hour; the epoch that it begins in must not leave that hour out."""
    areas = usual_areas().assign(valid_to=["2024-06-03", None, None, None])
    later = pd.concat(
        [legs, legs_of(walks(seed=9, start="2024-06-04T10:20:00Z")).assign(leg_id=lambda t: t["leg_id"] + 10**6)],
        ignore_index=True,
    )
    found = by_area_day([by_officers(later, ForceFacts(areas, method=LINEAR))])
    table, seen = found.time_use, found.officers_seen
    adds_up(table, later)
    assert len(seen["period"].unique()) == 2


def test_without_modes_postings_events(legs):
    bare = legs[[c for c in legs.columns if not c.startswith("p_") and c not in ("mode", "unit", "resource_type")]]
    table = time_use(bare, ForceFacts(usual_areas(), method=LINEAR))
    adds_up(table, bare)
    assert set(table["activity"]) == {"not_known", "police_site"} and set(table["unit"]) == {"unit not known"}
    assert table[MODE_SECONDS].sum().drop("unknown_seconds").sum() == 0
    empty = time_use(legs.iloc[:0], ForceFacts(usual_areas()))
    assert len(empty) == 0 and set(empty.columns) == set(table.columns)


def test_without_any_area_all_is_the_rest(legs):
    table = time_use(legs, ForceFacts(usual_areas().iloc[:0], method=LINEAR))
    adds_up(table, legs)
    assert set(table["area_id"]) == {"(rest)"}


@pytest.mark.parametrize("method", ["linear", "bridge"])
def test_activities_by_leg_and_time_use_say_the_same(legs, events, method):
    how = PresenceParams(method=method, bounds="none")
    table, by_leg = (
        time_use(legs, ForceFacts(usual_areas(), events, method=how)),
        activities(legs, events, usual_areas(), method=how),
    )
    ours = table[table["area_id"].isin(ROLE_LABELS)].groupby("activity")["officer_seconds"].sum()
    other = by_leg.groupby("activity")["seconds"].sum()
    # The bridge lays what events claim on its own ways, the straight line on its own.
    scale = 2.0 if method == "linear" else 0.01 * observed(legs)
    for name in set(ours.index) | set(other.index):
        assert ours.get(name, 0.0) == pytest.approx(other.get(name, 0.0), abs=scale), name


@pytest.mark.parametrize("method", ["linear", "last_fix", "bridge"])
def test_hours_of_areas_are_those_of_presence(legs, method):
    areas = usual_areas()[lambda t: t["role"] != "site"]
    how, by_hour = (
        PresenceParams(method=method, bounds="none"),
        SummaryParams(period="hour", groups=("area_id", "period")),
    )
    there = presence(legs, areas, time_in_areas(legs, areas, how), stays(legs, areas), by_hour)
    true = there.set_index(["area_id", "period"])["officer_seconds"]
    table = time_use(legs, ForceFacts(areas, method=how))
    ours = table[~table["area_id"].isin(ROLE_LABELS)].groupby(["area_id", "period"])["officer_seconds"].sum()
    true = true[true > 0]
    pd.testing.assert_series_equal(
        ours.sort_index(), true.sort_index(), check_names=False, rtol=1e-6, check_index_type=False
    )


@pytest.mark.parametrize(("day", "hours"), [("2024-03-30T22:20:00Z", 6), ("2024-10-26T22:20:00Z", 6)])
def test_on_the_days_the_clocks_change(day, hours):
    legs = legs_of(walks(fixes=hours * 20, start=day, officers=4))
    areas = usual_areas().assign(valid_from=[None, str(pd.Timestamp(day).date() + pd.Timedelta(days=1)), None, None])
    found = by_area_day([by_officers(legs, ForceFacts(areas, method=LINEAR))])
    table, seen = found.time_use, found.officers_seen
    adds_up(table, legs)
    # An hour is an hour: no officer spends more in it.
    assert table[table["area_id"].isin(ROLE_LABELS)].groupby("period")["officer_seconds"].sum().max() <= 4 * 3600 + 1e-6
    assert seen["period"].nunique() == 2


def test_a_leg_over_several_hours_is_cut_at_each():
    fixes = pd.DataFrame(
        {
            "officer_id": "a",
            "time": pd.to_datetime(["2024-06-03T10:50:00Z", "2024-06-03T13:10:00Z"]),
            "x": [0.0, 1400.0],
            "y": [50.0, 50.0],
        }
    )
    legs = build_legs(fixes, TrackParams(max_gap_s=20_000))
    table = time_use(legs, ForceFacts(areas_of(a=("impact", box(0, 0, 1000, 100))), method=LINEAR))
    minutes = (table[table["area_id"] == "a"].groupby("period")["officer_seconds"].sum() / 60).round(6).tolist()
    assert minutes == [10, 60, 30]
    rest = (table[table["area_id"] == "(rest)"].groupby("period")["officer_seconds"].sum() / 60).round(6).tolist()
    assert rest == [30, 10]


def test_postings_tell_what_legs_do_not(legs):
    postings = pd.DataFrame({
        "officer_id": ["o0", "o0", "o1", "o2"], "unit": ["Else", "Else", "Else", "unit not known"], "department": ["D", "E", None, "D"],
        "role": ["PC", "PS", "PC", "PC"], "resource_type": ["x", "x", "x", "not known"],
        "valid_from": pd.to_datetime(["2024-01-01T00:00Z", "2024-06-03T11:00Z", "2024-01-01T00:00Z", "2024-01-01T00:00Z"]),
        "valid_to": pd.to_datetime(["2024-06-03T11:00Z", None, None, None], utc=True),
    })  # fmt: skip
    table = time_use(legs, ForceFacts(usual_areas(), postings=postings, method=LINEAR))
    assert set(table["unit"]) == {"North", "South"}  # the leg says
    roles = table[table["area_id"].isin(ROLE_LABELS)]
    true = {"o0": {"D", "E"}, "o1": {"not known"}, "o2": {"D"}}
    assert set(roles["department"]) == set().union(*true.values())
    lasts = (legs["end"] - legs["start"]).dt.total_seconds()
    early = (legs["officer_id"] == "o0") & (legs["start"] < pd.Timestamp("2024-06-03T11:00Z"))
    two = legs["officer_id"] == "o2"
    assert roles.loc[roles["department"] == "D", "officer_seconds"].sum() == pytest.approx(
        lasts[early | two].sum(), abs=1e-3
    )
    unsaid = time_use(
        legs.drop(columns=["unit", "resource_type"]), ForceFacts(usual_areas(), postings=postings, method=LINEAR)
    )
    adds_up(unsaid, legs)
    mine = unsaid[unsaid["area_id"].isin(ROLE_LABELS)].groupby("unit")["officer_seconds"].sum()
    assert set(mine.index) == {"Else", "unit not known"}
    assert mine["Else"] == pytest.approx(lasts[legs["officer_id"].isin(["o0", "o1"])].sum(), abs=1e-3)
    # A posting's own words for what is not known, beside what legs say.
    mixed = legs.assign(unit=legs["unit"].where(legs["officer_id"] == "o3", None))
    spoken = time_use(mixed, ForceFacts(usual_areas(), postings=postings, method=LINEAR))
    ours = spoken[spoken["area_id"].isin(ROLE_LABELS)].groupby("unit")["officer_seconds"].sum()
    assert ours["South"] == pytest.approx(lasts[legs["officer_id"] == "o3"].sum(), abs=1e-3) and set(ours.index) == {
        "Else",
        "South",
        "unit not known",
    }


def test_distinct_officers_by_day_and_group(legs):
    seen = by_area_day([by_officers(legs, ForceFacts(usual_areas(), method=LINEAR))]).officers_seen
    there = time_in_areas(legs, usual_areas()[lambda t: t["area_id"] == "like"], LINEAR)
    who = legs.set_index("leg_id").loc[there["leg_id"]]
    mine = seen[seen["area_id"] == "like"]
    assert mine.loc[mine["dimension"] == "(all)", "officers"].tolist() == [who["officer_id"].nunique()]
    by_unit = mine[mine["dimension"] == "unit"].set_index("value")["officers"].to_dict()
    assert by_unit == who.groupby("unit", observed=True)["officer_id"].nunique().to_dict()


def test_days_of_validity_may_be_written_in_several_ways():
    """A day and a moment in one column: no day is lost because the first row was written otherwise."""
    areas = usual_areas().assign(valid_from=["2024-06-03", "2024-06-04T00:00:00", None, "2024-06-05 00:00:00"])
    begin, _ = validity(areas, "Europe/London")
    days = [pd.Timestamp(b, tz="UTC").strftime("%dT%H") if b > 0 else "" for b in begin]
    assert days == ["02T23", "03T23", "", "04T23"]


@pytest.mark.parametrize("far", ["9999-12-31", "2300-01-01"])
def test_a_last_day_in_the_far_future_is_no_end(far):
    areas = usual_areas().assign(valid_to=["2024-06-03", far, None, None])
    _, end = validity(areas, "Europe/London")
    assert (end == np.iinfo(np.int64).max).tolist() == [False, True, True, True]


@pytest.mark.parametrize("method", [LINEAR, replace(LINEAR, method="bridge")], ids=["linear", "bridge"])
def test_of_officers_who_stay_in_an_area_none_is_in_the_rest(method):
    """What adding fractions of a second up leaves over is no time: an officer's name would stand behind it."""
    fixes = walks(officers=18, fixes=12, seed=8, spread=20.0, step_s=300.0)
    fixes[["x", "y"]] = fixes[["x", "y"]].clip(400, 500) + np.random.default_rng(1).normal(0, 20, (len(fixes), 2))
    areas = areas_of(
        i0=("impact", box(0, 0, 900, 900)),
        i1=("impact", box(1000, 0, 1900, 900)),
        c0=("comparison", box(0, 2000, 900, 2900)),
    )
    assert set(time_use(legs_of(fixes), ForceFacts(areas, method=method))["area_id"]) == {"i0", "(impact)"}


def test_officers_time_adds_up_to_the_time_of_places(legs):
    """Officer by officer and hour by hour: what all of them spent at a place without its police sites, of each unit."""
    facts = ForceFacts(usual_areas(), method=LINEAR)
    parts = by_officers(legs, facts)
    people, table = parts.officer_time, parts.time.table()
    assert list(people.columns) == list(OFFICER_TIME.names)
    at_site = (table["activity"] == "police_site") & ~table["area_id"].isin(["(site)", "(rest)"])
    keys = ["area_id", "period", "unit"]
    added = people.groupby(keys)["seconds"].sum()
    pd.testing.assert_series_equal(
        added, table[~at_site].groupby(keys)["officer_seconds"].sum(), check_names=False, atol=1e-6
    )
    roles = people[people["area_id"].isin(ROLE_LABELS)]
    lived = legs.assign(s=(legs["end"] - legs["start"]).dt.total_seconds()).groupby("officer_id")["s"].sum()
    pd.testing.assert_series_equal(roles.groupby("officer_id")["seconds"].sum(), lived, check_names=False, atol=1e-3)
