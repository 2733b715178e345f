"""A simulated force's roster, postings and crimes: shares and clocks that were asked for."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.params import SimulateParams
from ia_plugin.core.simulate import dense_truth, simulate_shifts
from ia_plugin.core.simulate.events import BY_HOUR, CRIMES, _crimes, _presence_before
from ia_plugin.core.simulate.force import first_day
from ia_plugin.core.times.instants import nanoseconds
from tests.support.streets import AREAS, streets

NET = streets()
SMALL = SimulateParams(officers=60, days=3, seed=6, crimes_per_day=400.0)


@pytest.fixture(scope="module")
def world():
    return simulate_shifts(NET, AREAS, None, SMALL)


def civil(times):
    return times.dt.tz_convert("Europe/London")


@pytest.mark.parametrize("text", ["third of June", "", "2024-13-01"])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(ParameterError, match=f"first_day = '{text}' is no date. Write it as 2024-06-03"):
        first_day(replace(SMALL, first_day=text))
    assert first_day(replace(SMALL, first_day="2024-06-03T15:00")) == pd.Timestamp("2024-06-03")


# --- roster -----------------------------------------------------------------------------------------------------------


def test_turns_begin_at_seven_two_and_ten_give_or_take_a_quarter_of_an_hour(world):
    start = civil(world.duties["start"])
    minutes = start.dt.hour * 60 + start.dt.minute + start.dt.second / 60
    off = np.abs(np.subtract.outer(minutes.to_numpy(), [7 * 60, 14 * 60, 22 * 60])).min(axis=1)
    assert off.max() <= 15 and off.max() > 5
    assert ((world.duties["end"] - world.duties["start"]) == pd.Timedelta(hours=9)).all()
    assert start.min() >= pd.Timestamp("2024-06-03 06:45", tz="Europe/London")
    assert start.max() <= pd.Timestamp("2024-06-05 22:15", tz="Europe/London")


def test_an_officer_works_one_turn_a_day_the_same_each_day(world):
    start = civil(world.duties["start"])
    table = pd.DataFrame(
        {
            "officer": world.duties["officer_id"],
            "day": (start - pd.Timedelta(hours=6)).dt.date,
            "turn": ((start.dt.hour + 18.5) // 7.5 % 3),
        }
    )
    assert not table.duplicated(["officer", "day"]).any()
    assert (table.groupby("officer")["turn"].nunique() == 1).all()


def test_two_days_in_seven_are_off_and_a_single_day_has_none(world):
    week = simulate_shifts(NET, AREAS, None, replace(SMALL, officers=20, days=7, crimes_per_day=1.0))
    assert week.duties["officer_id"].value_counts().tolist() == [5] * 20
    one = simulate_shifts(NET, AREAS, None, replace(SMALL, officers=20, days=1, crimes_per_day=1.0))
    assert len(one.duties) == 20


def test_turns_keep_their_civil_hours_over_the_change_of_clocks():
    world = simulate_shifts(
        NET, AREAS, None, replace(SMALL, officers=15, days=2, first_day="2024-10-26", crimes_per_day=1.0)
    )
    assert set(civil(world.duties["start"]).dt.round("h").dt.hour) <= {7, 14, 22}


def test_postings_say_what_officers_do(world):
    table = world.postings
    assert len(table) == 60 and table["officer_id"].is_unique and table["valid_to"].isna().all()
    assert set(table["valid_from"]) == {pd.Timestamp("2023-06-04", tz="UTC")}  # a year before the first day
    by = table.groupby("resource_type")["department"].unique().map(list).to_dict()
    assert by == {"neighbourhood": ["Local policing"], "response": ["Force response"]}
    walkers = set(table["officer_id"][table["resource_type"] == "neighbourhood"])
    drivers = set(world.truth["officer_id"][world.truth["mode"] == "vehicle"])
    assert not walkers & drivers and walkers | drivers == set(table["officer_id"])
    assert (
        0.1 < (table["resource_type"] == "neighbourhood").mean() < 0.5
        and 0.03 < (table["role"] == "sergeant").mean() < 0.3
    )


def test_every_report_carries_the_officers_unit_and_radio(world):
    posted = world.postings.set_index("officer_id")
    fixes = world.fixes
    for name in ("unit", "resource_type"):
        assert (posted[name].reindex(fixes["officer_id"]).to_numpy() == fixes[name].to_numpy()).all()
    assert (fixes["radio_id"].str[1:] == fixes["officer_id"].str[1:]).all() and set(fixes["radio_id"].str[0]) == {"R"}
    assert fixes["source_ref"].is_unique and fixes["time"].is_monotonic_increasing


def test_a_dense_truth_has_a_row_each_step_and_lies_on_the_moves(world):
    officer = world.duties["officer_id"].iloc[0]
    dense = dense_truth(world, 30, [officer])
    moves = world.truth[world.truth["officer_id"] == officer]
    assert set(dense["officer_id"]) == {officer}
    assert (nanoseconds(dense["time"]) % (30 * 10**9) == 0).all()
    seconds = moves["duration_s"].sum()
    assert len(dense) == pytest.approx(seconds / 30, abs=3)
    row = dense.iloc[len(dense) // 2]
    move = moves[(moves["start"] <= row["time"]) & (moves["end"] > row["time"])].iloc[0]
    share = (row["time"] - move["start"]) / (move["end"] - move["start"])
    assert (row["x"], row["y"]) == pytest.approx(
        (move["x0"] + share * (move["x1"] - move["x0"]), move["y0"] + share * (move["y1"] - move["y0"]))
    )
    assert row["mode"] == move["mode"] and row["activity"] == move["activity"]


# --- events -----------------------------------------------------------------------------------------------------------


def test_crimes_have_the_shares_and_the_windows_of_their_kind(world):
    crimes = world.events[world.events["category"].isin([category for category, *_ in CRIMES])]
    disorder = crimes["category"].str.lower() == "anti-social behaviour"
    assert (crimes["kind"] == np.where(disorder, "incident", "crime")).all() and disorder.any()  # METHODS §4
    assert len(crimes) == pytest.approx(1200, abs=110)  # Poisson: three standard deviations
    for category, key, share, hours, by in CRIMES:
        some = crimes[crimes["category"] == category]
        assert len(some) / len(crimes) == pytest.approx(share, abs=0.05)
        assert set(some["key_type"]) <= {key} and set(some["generated_by"]) <= {by}
        window = (some["end"] - some["start"]).dt.total_seconds() / 3600
        assert window.max() <= hours and (hours == 0 or window.mean() == pytest.approx(hours / 2, rel=0.4))


def test_crimes_follow_the_clock(world):
    crimes = world.events[(world.events["kind"] == "crime") & (world.events["start"] == world.events["end"])]
    counts = np.bincount(civil(crimes["start"]).dt.hour, minlength=24) / len(crimes)
    assert np.corrcoef(counts, BY_HOUR)[0, 1] > 0.7
    assert civil(crimes["start"]).min() >= pd.Timestamp("2024-06-03", tz="Europe/London")
    assert civil(crimes["start"]).max() < pd.Timestamp("2024-06-06", tz="Europe/London")


def test_a_window_lies_about_the_moment_and_not_before_it():
    """Of windows of up to ten hours as much lies before the moment as after: their middles follow the clock."""
    params = replace(SMALL, days=1, crimes_per_day=6000.0)
    crimes = _crimes(AREAS, NET, None, params, np.random.default_rng(1))
    long = crimes[crimes["category"] == "Vehicle crime"]
    middle = long["start"] + (long["end"] - long["start"]) / 2
    mean_hour = (BY_HOUR * (np.arange(24) + 0.5)).sum() / BY_HOUR.sum()
    hours = (middle - pd.Timestamp("2024-06-03", tz="Europe/London")).dt.total_seconds() / 3600
    assert hours.mean() == pytest.approx(mean_hour, abs=0.6)


def test_areas_have_twenty_times_their_share_of_streets(world):
    crimes = world.events[world.events["kind"] == "crime"]
    x, y = crimes["x"].to_numpy(), crimes["y"].to_numpy()
    inside = np.array([shapely.contains_xy(g, x, y).sum() for g in AREAS["geometry"]])
    junctions = np.array([shapely.contains_xy(g, NET.x, NET.y).sum() for g in AREAS["geometry"]])
    rest = len(NET.x) - junctions.sum()
    wanted = 20 * junctions / (20 * junctions.sum() + rest)
    assert inside / len(crimes) == pytest.approx(wanted, abs=0.05)
    assert inside.sum() < len(crimes)  # some lie elsewhere
    elsewhere = ~np.any([shapely.intersects_xy(g, x, y) for g in AREAS["geometry"]], axis=0)
    assert elsewhere.mean() == pytest.approx(rest / (20 * junctions.sum() + rest), abs=0.03)


def test_searches_find_something_in_about_a_quarter():
    params = replace(SMALL, officers=120, foot_share=1.0, crimes_per_day=1.0, days=2)
    events = simulate_shifts(NET, AREAS, None, params).events
    searches = events[events["kind"] == "stop_search"]
    assert set(searches["outcome"]) == {"object found", "nothing found"}
    assert searches["object_found"].astype(bool).mean() == pytest.approx(0.27, abs=0.1)
    assert searches["category"].value_counts(normalize=True)["Controlled drugs"] == pytest.approx(0.6, abs=0.12)
    assert events["object_found"][events["kind"] == "incident"].isna().all()
    assert events["event_id"].is_unique and events["start"].is_monotonic_increasing


def test_the_presence_of_the_hour_before_counts():
    """An officer in area a from 09:30 to 10:30: half an hour answers for ten o'clock, half for eleven."""
    first = pd.Timestamp("2024-06-03", tz="UTC").value
    begin = pd.to_datetime(["2024-06-03T09:30Z", "2024-06-03T00:00Z", "2024-06-02T23:10Z", "2024-06-03T23:30Z"])
    truth = pd.DataFrame({"leg_id": range(4), "track_id": range(4), "officer_id": "A", "start": begin,
                          "end": begin + pd.Timedelta(hours=1), "x0": 500.0, "y0": 500.0, "x1": 500.0, "y1": 500.0,
                          "duration_s": 3600.0})  # fmt: skip
    found = _presence_before(AREAS, truth, first, 24)
    hours = {h: found[0, h] for h in np.flatnonzero(found[0])}
    # From 23:10 the day before: fifty minutes answer for the first hour, ten for the second; from midnight a whole one does.
    # From 23:30 half an hour would answer for the next day's first.
    assert hours == pytest.approx({0: 5 / 6, 1: 1 + 1 / 6, 10: 0.5, 11: 0.5}) and not found[1].any()
