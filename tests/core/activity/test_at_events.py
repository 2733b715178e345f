"""Presence at events: against explicit loops, at the edges, and against what chance would give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core import params as declared
from ia_plugin.core import suppression
from ia_plugin.core.activity import nearness
from ia_plugin.core.activity.at_events import presence_at_events
from ia_plugin.core.activity.at_events_words import FEW_EVENTS, FEW_GROUND, FEW_OFFICERS, counted, in_words, shown_to
from ia_plugin.core.errors import ParameterError, TimeError
from ia_plugin.core.geometry import nearby
from ia_plugin.core.geometry.bridge import NODES, PATHS, WEIGHTS, paths_of
from ia_plugin.core.geometry.nearby import LegsInTime, disc_span
from ia_plugin.core.params import NearEventsParams
from ia_plugin.core.presence.bridge_model import BridgedLegs, default_bridge
from ia_plugin.core.privacy import officer_day
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes

DAY = "2024-06-03T00:00:00Z"
H = 3600
ONE = NearEventsParams(draws=1)


def events(rows, kind="incident", **columns):
    """Events from rows of (seconds, x, y) or (seconds, seconds, x, y)."""
    rows = [r if len(r) == 4 else (r[0], *r) for r in rows]
    a, b, x, y = np.array(rows, dtype=float).reshape(-1, 4).T
    start, end = (pd.Timestamp(DAY) + pd.to_timedelta(t, unit="s") for t in (a, b))
    ids = [f"{kind}{i}" for i in range(len(a))]
    table = {"event_id": ids, "kind": kind, "category": "any", "start": start, "end": end, "time_precision": "minute"}
    return pd.DataFrame({**table, "x": x, "y": y, **columns})


def standing(x=0.0, y=0.0, officer="A", first=0, last=10 * H, step=300):
    """Legs of an officer who stands still."""
    t = np.arange(first, last + 1, step)
    return build_legs(fixes(np.c_[t, np.full(len(t), x), np.full(len(t), y)], officer))


def cell(table, when="at", minutes=0.0, distance=250.0, kind="incident"):
    rows = table[(table["when"] == when) & (table["minutes"] == minutes)]
    rows = rows[(rows["distance_m"] == distance) & (rows["kind"] == kind)]
    assert len(rows) == 1
    return rows.iloc[0]


def wandering(rng, officers=3, points=8, reach=1500, epoch=DAY):
    """Legs of officers who wander, in steps of 1 to 10 minutes."""
    tracks = []
    for i in range(officers):
        t = np.cumsum(rng.integers(60, 600, points)) + rng.integers(0, H)
        walk = np.cumsum(rng.integers(-300, 301, (points, 2)), axis=0) + rng.integers(-reach, reach, 2)
        tracks.append(fixes(np.c_[t, walk], f"o{i}", epoch))
    return build_legs(pd.concat(tracks, ignore_index=True))


# --- geometry ---------------------------------------------------------------------------------------------------------

whole = st.integers(-6, 6)


@given(st.tuples(whole, whole, whole, whole, whole, whole), st.integers(1, 5))
def test_disc_span_is_the_part_of_a_move_in_a_disc(where, radius):
    x0, y0, x1, y1, x, y = (np.array([float(v)]) for v in where)
    enter, leave = disc_span(x0, y0, x1, y1, x, y, np.array([float(radius)]))
    t = np.linspace(0, 1, 2001)
    off = np.hypot(x0 + t * (x1 - x0) - x, y0 + t * (y1 - y0) - y)
    inside = t[off <= radius - 1e-9]
    if len(inside):
        assert enter[0] <= inside[0] + 1e-9 and leave[0] >= inside[-1] - 1e-9
        assert enter[0] > inside[0] - 1e-3 and leave[0] < inside[-1] + 1e-3
    elif off.min() > radius + 1e-3:
        assert (enter[0], leave[0]) == (1.0, 0.0)


@pytest.mark.parametrize("where, found", [((3, 4), (0.0, 1.0)), ((5, 0), (0.0, 1.0)), ((5, 1), (1.0, 0.0))])
def test_a_move_of_no_length_is_in_a_disc_all_the_time_or_never(where, found):
    x, y = (np.array([float(v)]) for v in where)
    zero = np.zeros(1)
    assert tuple(float(v[0]) for v in disc_span(zero, zero, zero, zero, x, y, np.array([5.0]))) == found


legs_on_a_grid = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 4), *[st.integers(-9, 9)] * 4), min_size=0, max_size=8
)
points_on_a_grid = st.lists(st.tuples(st.integers(-2, 12), st.integers(1, 3), *[st.integers(-9, 9)] * 2), max_size=6)


@given(legs_on_a_grid, points_on_a_grid, st.booleans())
def test_pairs_are_those_of_two_loops(legs, points, small):
    """Times in quarters of an hour, places in squares of 500 m: legs and windows that end on the index's own edges."""
    leg, point = np.array(legs, dtype=np.int64).reshape(-1, 6), np.array(points, dtype=np.int64).reshape(-1, 4)
    quarter = nearby.HOUR_NS // 4
    start, end = leg[:, 0] * quarter, (leg[:, 0] + leg[:, 1]) * quarter
    x0, y0, x1, y1 = 500.0 * leg[:, 2:].T
    x, y = 500.0 * point[:, 2:].T
    first, last = point[:, 0] * quarter, (point[:, 0] + point[:, 1]) * quarter
    reach = np.full(len(x), 500.0)
    expected = set()
    for i in range(len(leg)):
        line = shapely.LineString([(x0[i], y0[i]), (x1[i], y1[i])])
        for j in range(len(point)):
            near = line.distance(shapely.Point(x[j], y[j])) <= 500.0
            if near and start[i] < last[j] and end[i] > first[j]:
                expected.add((i, j))
    before = nearby.MOST
    nearby.MOST = 1 if small else before  # each point a portion of its own
    try:
        found = list(LegsInTime(start, end, x0, y0, x1, y1, 500.0).pairs(x, y, first, last, reach))
    finally:
        nearby.MOST = before
    pairs = [(int(a), int(b)) for part in found for a, b in zip(*part)]
    # Where a line just touches a disc, rounding decides.
    touch = {(i, j) for i, j in set(pairs) ^ expected if _touches(leg[i], point[j])}
    assert len(pairs) == len(set(pairs)) and set(pairs) - touch == expected - touch
    assert [b for _, b in pairs] == sorted(b for _, b in pairs)


def test_more_pairs_than_32_bits_can_number():
    """50 000 legs of no length, a kilometre apart, and a point on each: 2.5 thousand million pairs, of which one a leg."""
    n = 50_000
    x, nothing = 1000.0 * np.arange(n), np.zeros(n)
    start, end = np.zeros(n, dtype=np.int64), np.full(n, 60 * 10**9)
    index = LegsInTime(start, end, x, nothing, x, nothing, 10.0)
    found = [np.column_stack(pair) for pair in index.pairs(x, nothing, start, end, np.full(n, 10.0))]
    assert (np.concatenate(found) == np.arange(n)[:, None]).all() and sum(map(len, found)) == n


def _touches(leg, point):
    line = shapely.LineString([leg[2:4] * 500.0, leg[4:6] * 500.0])
    return abs(line.distance(shapely.Point(*(point[2:] * 500.0))) - 500.0) < 1e-6


# --- the count, against explicit loops ----------------------------------------------------------------------------------


def by_loops(legs, table, params):
    """near, by event, window and distance: each event, officer, leg, path and piece in turn."""
    limit = np.maximum(params.max_speed_ms, 1.05 * legs["distance_m"] / legs["duration_s"]).to_numpy()
    limit = np.where(legs["distance_m"] / legs["duration_s"] > params.max_speed_ms, limit, params.max_speed_ms)
    ways = BridgedLegs(legs, limit, default_bridge()).ways(np.arange(len(legs)))
    way_x, way_y = paths_of(ways, NODES, PATHS)
    start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
    bands = nearness.windows(params.minutes)
    found = np.zeros((len(table), len(bands), len(params.distances_m)))
    for e, event in enumerate(table.itertuples()):
        for b, (when, minutes) in enumerate(bands):
            low, high, wide = event.start.value, event.end.value, int(minutes * 60e9)
            low, high = {"before": (low - wide, low), "at": (low, high), "after": (high, high + wide)}[when]
            for d, distance in enumerate(sorted(params.distances_m)):
                nobody = 1.0
                for who in legs["officer_id"].unique():
                    seen = set()
                    for i in np.flatnonzero((legs["officer_id"] == who).to_numpy()):
                        a, z = ((t - start[i]) / (end[i] - start[i]) for t in (low, high))
                        for k in range(len(PATHS)):
                            for m in range(len(NODES) - 1):
                                line = _part(way_x[i, k, m : m + 2], way_y[i, k, m : m + 2], NODES[m : m + 2], a, z)
                                if line is not None and line.distance(shapely.Point(event.x, event.y)) <= distance:
                                    seen.add(k)
                    nobody *= 1.0 - sum(WEIGHTS[k] for k in seen)
                found[e, b, d] = 1.0 - nobody
    return found


def _part(x, y, nodes, a, z):
    """The part of a straight piece between the shares a and z of the leg's time."""
    a, z = max(a, nodes[0]), min(z, nodes[1])
    if a > z:
        return None
    at = [(t - nodes[0]) / (nodes[1] - nodes[0]) for t in (a, z)]
    return shapely.LineString([(x[0] + t * (x[1] - x[0]), y[0] + t * (y[1] - y[0])) for t in at])


@pytest.mark.parametrize("seed", range(4))
def test_the_count_is_that_of_explicit_loops(seed):
    rng = np.random.default_rng(seed)
    legs = wandering(rng)
    if seed == 1:  # an officer with two radios: legs that overlap
        legs = pd.concat([legs, legs.assign(x0=legs["x0"] + 200, x1=legs["x1"] + 200, track_id=legs["track_id"] + 1)])
        legs = legs.sample(frac=1, random_state=1).reset_index(drop=True)
    at = rng.integers(0, 2 * H, 8)
    table = events(np.c_[at, at + rng.integers(0, 1800, 8) * (seed % 2), rng.integers(-1500, 1500, (8, 2))])
    near = nearness.Nearness(legs, ONE)
    x, y = (table[c].to_numpy(dtype=float) for c in ("x", "y"))
    found = near.chance(x, y, nanoseconds(table["start"]), nanoseconds(table["end"]))
    assert found.max() > 0.5
    np.testing.assert_allclose(found, by_loops(legs, table, ONE), atol=1e-9)


def test_nothing_depends_on_the_size_of_blocks(monkeypatch):
    rng = np.random.default_rng(5)
    legs, table = (
        wandering(rng, officers=6),
        events(np.c_[rng.integers(0, 2 * H, 30), rng.integers(-1500, 1500, (30, 2))]),
    )
    ask = (
        *(table[c].to_numpy(dtype=float) for c in ("x", "y")),
        nanoseconds(table["start"]),
        nanoseconds(table["end"]),
    )
    whole = nearness.Nearness(legs, ONE).chance(*ask)
    monkeypatch.setattr(nearness, "BLOCK", 3)
    monkeypatch.setattr(nearby, "MOST", 1)
    np.testing.assert_allclose(nearness.Nearness(legs, ONE).chance(*ask), whole, atol=1e-12)


def test_the_near_and_the_long_hold_the_nearer_and_the_shorter():
    rng = np.random.default_rng(6)
    legs = wandering(rng, officers=6)
    p = nearness.Nearness(legs, ONE).chance(
        *rng.integers(-1500, 1500, (2, 40)).astype(float),
        *[nanoseconds(legs["start"]).min() + np.arange(40) * 10**11] * 2,
    )
    assert (np.diff(p, axis=2) >= -1e-12).all()
    assert (np.diff(p[:, :3], axis=1) <= 1e-12).all() and (np.diff(p[:, 4:], axis=1) >= -1e-12).all()


# --- edges --------------------------------------------------------------------------------------------------------------


def test_an_officer_who_stands_near_is_near_and_no_nearer():
    found = presence_at_events(standing(), events([(5 * H, 200, 0)]), ONE)
    assert cell(found)["near"] == pytest.approx(1) and cell(found, distance=100.0)["near"] == 0
    assert cell(found, "before", 30)["near"] == pytest.approx(1) and cell(found)["share"] == pytest.approx(1)
    assert len(found) == 21 and np.isnan(cell(found)["random_place"])


def test_before_and_after_are_apart():
    early = build_legs(fixes([(5 * H - 1200, 0, 0), (5 * H - 600, 0, 0)]))
    legs = pd.concat([early, standing(9000, 9000, "B")], ignore_index=True)
    found = presence_at_events(legs, events([(5 * H, 0, 0)]), ONE)
    near = {(r.when, r.minutes): round(r.near, 6) for r in found[found["distance_m"] == 100].itertuples()}
    assert {k for k, v in near.items() if v == 1} == {("before", 30.0), ("before", 15.0)}
    assert sum(near.values()) == 2


@pytest.mark.parametrize("second, near", [(5 * H, 1), (5 * H + 300, 1), (5 * H + 301, 0), (5 * H - 1, 0)])
def test_a_leg_holds_both_its_ends(second, near):
    legs = pd.concat([build_legs(fixes([(5 * H, 0, 0), (5 * H + 300, 0, 0)])), standing(9000, 0, "B")])
    assert cell(presence_at_events(legs, events([(second, 0, 0)]), ONE))["near"] == pytest.approx(near)


def test_a_band_holds_both_its_ends():
    legs = pd.concat([build_legs(fixes([(5 * H, 0, 0), (5 * H + 300, 0, 0)])), standing(9000, 0, "B")])
    found = presence_at_events(legs, events([(5 * H + 300 + 1800, 0, 0)]), ONE)
    assert cell(found, "before", 30)["near"] == pytest.approx(1) and cell(found, "before", 15)["near"] == 0


def test_no_legs_and_no_events():
    empty = presence_at_events(standing().iloc[:0], events([(5 * H, 0, 0)]), ONE)
    assert len(empty) == 0 and sum(empty.attrs["left_out"].values()) == 1
    none = presence_at_events(standing(), events([]), ONE)
    assert len(none) == 0 and list(none.columns) == list(empty.columns) and counted(shown_to(none, "board")) == 0
    assert in_words(shown_to(none, "public")) == []


def test_what_cannot_be_asked_is_left_out_and_counted():
    rows = [(5 * H, 0, 0), (5 * H, np.nan, 0), (5 * H, 0, 0), (5 * H, 9 * H, 0, 0), (-60, 0, 0), (10 * H - 60, 0, 0)]
    table = events([*rows, (5 * H, 0, 0), (5 * H, 0, 0)], location_precision="point", status="current")
    table.loc[2, "location_precision"], table.loc[6, "status"] = "area", "withdrawn"
    table.loc[7, "start"] = pd.NaT
    before = table.copy()
    found = presence_at_events(standing(), table, ONE)
    assert cell(found)["events"] == 1
    assert list(found.attrs["left_out"].values()) == [1, 2, 1, 2]
    pd.testing.assert_frame_equal(table, before)


def test_the_longest_band_decides_what_is_too_near_the_ends():
    table = events([(1800, 0, 0), (10 * H - 1800, 0, 0), (1799, 0, 0), (10 * H - 1799, 0, 0)])
    assert cell(presence_at_events(standing(), table, ONE))["events"] == 2
    short = NearEventsParams(draws=1, minutes=(5.0,))
    assert cell(presence_at_events(standing(), table, short))["events"] == 4


def test_a_day_without_anybody_is_no_day_without_officers():
    legs = pd.concat([standing(), standing(first=72 * H, last=82 * H)], ignore_index=True)
    found = presence_at_events(legs, events([(5 * H, 0, 0), (40 * H, 0, 0), (77 * H, 0, 0)]), ONE)
    assert cell(found)["events"] == 2 and cell(found)["near"] == pytest.approx(2)


def test_events_coarser_than_the_hour_are_refused():
    table = events([(5 * H, 0, 0)] * 3)
    table["time_precision"] = ["minute", "hour", "day"]
    with pytest.raises(TimeError, match="1 of 3 events tell the day only"):
        presence_at_events(standing(), table, ONE)
    withdrawn = table.assign(status=["current", "current", "withdrawn"])
    assert cell(presence_at_events(standing(), withdrawn, ONE))["events"] == 2


@pytest.mark.parametrize("bands", [{"minutes": ()}, {"minutes": (0.0,)}, {"distances_m": (100.0, 100.0)}])
def test_bands_that_are_none_are_refused(bands):
    with pytest.raises(ParameterError):
        presence_at_events(standing(), events([(5 * H, 0, 0)]), NearEventsParams(draws=1, **bands))


def test_snapped_events_are_counted_with_a_caveat():
    table = events([(5 * H, 0, 0), (6 * H, 0, 0)], location_precision=["snapped", "point"])
    found = presence_at_events(standing(), table, ONE)
    said = found.attrs["caveats"]
    assert cell(found)["events"] == 2 and any("50 % of the events lie on snapped points" in c for c in said)


@pytest.mark.parametrize("step, low", [(60, False), (300, True)])
def test_sparse_reports_come_with_a_caveat(step, low):
    found = presence_at_events(standing(step=step), events([(5 * H, 0, 0)]), ONE)
    assert any("come out low" in c for c in found.attrs["caveats"]) == low


def test_several_officers_are_independent_and_one_officers_radios_are_not():
    """A way that may pass near: two officers make it likelier, one officer's second radio does not."""
    one = build_legs(fixes([(5 * H - 300, -1500, 120), (5 * H + 300, 1500, 120)]))
    far = standing(9000, 9000, "far")
    happened = events([(5 * H - 120, 5 * H + 120, 0, 0)])

    def near(*legs):
        return cell(presence_at_events(pd.concat([*legs, far], ignore_index=True), happened, ONE), distance=100.0)[
            "near"
        ]

    single = near(one)
    assert 0 < single < 1
    assert near(one, one.assign(officer_id="B", track_id=one["track_id"] + 1)) == pytest.approx(1 - (1 - single) ** 2)
    assert near(one, one.assign(track_id=one["track_id"] + 1)) == pytest.approx(single)


# --- the baselines --------------------------------------------------------------------------------------------------------


def a_force(rng, officers=30, days=6, size=4000.0, first_day=DAY):
    """Legs of officers who go from place to place at random in eight hours of each day."""
    tracks = []
    for i in range(officers):
        for day in range(days):
            t = day * 24 * H + rng.integers(0, 16) * H + np.arange(0, 8 * H, 300)
            stops = rng.uniform(0, size, (len(t) // 6 + 2, 2))
            at = np.linspace(0, len(stops) - 1.001, len(t))
            k = at.astype(int)
            where = stops[k] + (at - k)[:, None] * (stops[k + 1] - stops[k])
            tracks.append(fixes(np.c_[t, where], f"o{i}", first_day))
    return build_legs(pd.concat(tracks, ignore_index=True))


def scattered(rng, n=600, days=6, size=4000.0):
    return events(np.c_[rng.uniform(H, (days * 24 - 1) * H, n), rng.uniform(0, size, (n, 2))])


@pytest.fixture(scope="module")
def force():
    return a_force(np.random.default_rng(11))


@pytest.mark.parametrize("baseline_time", declared.BASELINE_TIMES)
def test_events_that_have_nothing_to_do_with_officers_lie_within_chance(force, baseline_time):
    params = NearEventsParams(draws=20, baseline_time=baseline_time)
    found = presence_at_events(force, scattered(np.random.default_rng(12)), params)
    for name in ("random_time", "random_place"):
        wide = 0.5 * (found[f"{name}_high"] - found[f"{name}_low"])
        assert (np.abs(found["near"] - found[name]) <= 2.0 * wide + 1).all()
        assert ((found["near"] >= found[f"{name}_low"]) & (found["near"] <= found[f"{name}_high"])).mean() > 0.6
        assert found["near"].sum() == pytest.approx(found[name].sum(), rel=0.1)


def test_officers_sent_to_events_lie_above_chance(force):
    """Every second event lies where some officer's leg ends."""
    rng = np.random.default_rng(13)
    table = scattered(rng)
    ends = force.iloc[rng.integers(0, len(force), 300)].reset_index(drop=True)
    table.loc[:299, ["start", "end"]] = ends[["end", "end"]].to_numpy()
    table.loc[:299, ["x", "y"]] = ends[["x1", "y1"]].to_numpy()
    found = presence_at_events(force, table, NearEventsParams(draws=10))
    at = found[found["when"] == "at"]
    assert (at["near_low"] > at["random_time_high"]).all() and (at["near_low"] > at["random_place_high"]).all()


def test_the_same_hour_compares_nights_with_nights():
    """Officers stand at a place from 22:00 to 06:00 on all days; events happen there at night only."""
    legs = pd.concat(
        [standing(first=(24 * d + 22) * H, last=(24 * d + 30) * H) for d in range(-1, 5)]
        + [standing(9000, 9000, "B", 0, 130 * H, 900)]
    )
    table = events([((24 * d + 25) * H, 0, 0) for d in range(1, 5)])
    same = cell(presence_at_events(legs, table, NearEventsParams(draws=30)))
    free = cell(presence_at_events(legs, table, NearEventsParams(draws=30, baseline_time="any time")))
    assert same["near"] == pytest.approx(4) and same["random_time"] == pytest.approx(4)
    assert 0.5 < free["random_time"] < 2.5


def test_civil_hours_are_kept_over_the_change_of_clocks():
    """An officer stands near from 12:00 to 13:00 civil time on both sides of 31 March 2024; events at 12:30."""
    zone = "Europe/London"
    days = pd.date_range("2024-03-29", "2024-04-02", tz=zone)
    noon = [d + pd.Timedelta(hours=12) if d.day != 31 else pd.Timestamp("2024-03-31 12:00", tz=zone) for d in days]
    tracks = [fixes([(0, 0, 0), (1800, 0, 0), (3600, 0, 0)], epoch=t.tz_convert("UTC")) for t in noon]
    start = days[0].tz_convert("UTC")
    away = fixes(np.c_[np.arange(0, 119 * H, 900), np.full((476, 2), 9000.0)], "B", start)
    legs = build_legs(pd.concat([*tracks, away], ignore_index=True))
    table = events([(0, 0, 0)] * 5)
    table["start"] = table["end"] = pd.DatetimeIndex([(t + pd.Timedelta(minutes=30)).tz_convert("UTC") for t in noon])
    found = cell(presence_at_events(legs, table, NearEventsParams(draws=10)))
    assert found["events"] == 5 and found["random_time"] == pytest.approx(5)
    shifted = NearEventsParams(draws=10, timezone="UTC")
    assert cell(presence_at_events(legs, table, shifted))["random_time"] < 5


def test_places_are_exchanged_within_a_kind_and_nobody_keeps_their_own():
    legs = standing(0, 0)
    table = pd.concat([events([(5 * H, 0, 0), (6 * H, 5000, 0)]), events([(5 * H, 0, 0)] * 2, kind="crime")])
    found = presence_at_events(legs, table.reset_index(drop=True), NearEventsParams(draws=5))
    assert cell(found)["random_place"] == pytest.approx(1) and cell(found, kind="crime")[
        "random_place"
    ] == pytest.approx(2)
    assert list(found["kind"].unique()) == ["crime", "incident"]


def test_the_same_seed_gives_the_same_and_another_does_not(force):
    table = scattered(np.random.default_rng(14), n=100)
    one, two, other = (presence_at_events(force, table, NearEventsParams(draws=2, seed=s)) for s in (3, 3, 4))
    pd.testing.assert_frame_equal(one, two)
    assert not one["random_time"].equals(other["random_time"])


def test_a_short_movement_has_no_other_day_and_says_so():
    found = presence_at_events(standing(), events([(5 * H, 0, 0)]), ONE)
    assert any("less than two days" in c for c in found.attrs["caveats"])


# --- who may see what -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def counts():
    officers = [standing(9000, 50.0 * i, f"o{i}") for i in range(6)]
    legs = pd.concat([standing(), *officers], ignore_index=True)
    many = events([(3 * H + 60 * i, 0 if i % 2 else 4000, 0) for i in range(23)])
    few = events([(5 * H, 0, 0)] * 4, kind="crime")
    return presence_at_events(legs, pd.concat([many, few], ignore_index=True), NearEventsParams(draws=3))


def test_audiences_are_the_same_everywhere():
    assert declared.AUDIENCES == suppression.AUDIENCES


def test_restricted_sees_all(counts):
    shown = shown_to(counts, "restricted")
    assert counted(shown) == 27 and (shown["note"] == "").all()
    pd.testing.assert_series_equal(shown["near"], counts["near"])


def test_a_board_sees_no_kind_of_under_five_events(counts):
    shown = shown_to(counts, "board")
    assert counted(shown) == 23
    crime = shown[shown["kind"] == "crime"]
    assert (crime["note"] == FEW_EVENTS).all()
    assert crime.drop(columns=["kind", "when", "minutes", "distance_m", "note"]).isna().all(axis=None)
    assert cell(shown)["near"] == pytest.approx(11)


@pytest.mark.parametrize("audience", ["board", "public"])
def test_events_of_one_door_tell_nobody_when_officers_were_at_that_door(counts, audience):
    """Five or more events, all at one place: 100 m about it are 3.1 ha, 250 m are 20."""
    counts = counts.copy()
    counts.attrs["ring_ground_ha"] = {("incident", 100.0): 3.1, ("incident", 250.0): 19.6}
    shown = shown_to(counts, audience)
    small = shown[(shown["kind"] == "incident") & (shown["distance_m"] == 100.0)]
    assert len(small) and (small["note"] == FEW_GROUND.format("4 ha")).all() and small["near"].isna().all()
    assert cell(shown)["near"] > 0 and counted(shown) == counted(shown_to(counts.assign(), audience))
    assert (shown_to(counts, "restricted")["note"] == "").all()
    assert FEW_GROUND.format("2 ha") not in set(shown_to(counts, audience, 2.0)["note"])


def test_the_ground_of_rings_is_known_with_the_counts():
    found = presence_at_events(standing(last=60 * H), events([(5 * H, 0, 0), (7 * H, 0, 0), (9 * H, 0, 0)]), ONE)
    sizes = found.attrs["ring_ground_ha"]
    assert {round(d): round(ha, 1) for (_, d), ha in sizes.items()}.items() <= {100: 3.1, 250: 19.6, 500: 78.5}.items()


def test_the_public_sees_numbers_rounded_to_five(counts):
    shown = shown_to(counts, "public")
    row = cell(shown)
    assert counted(shown) == 25 and (row["events"], row["near"], row["share"]) == (25, 10, 0.4)
    numbers = [c for c in shown.columns if c.startswith(("near", "random", "events"))]
    assert (shown[shown["kind"] == "incident"][numbers] % 5 == 0).all(axis=None)
    counts = counts.copy()
    counts.attrs["officers"] = 4
    assert (shown_to(counts, "public")["note"] != "").all() and FEW_OFFICERS in set(shown_to(counts, "public")["note"])
    with pytest.raises(ParameterError):
        shown_to(counts, "press")


def test_officer_days_count_as_officers_of_one_day():
    legs = standing(last=60 * H)
    days = legs.assign(officer_id=officer_day(legs["officer_id"], legs["start"], "UTC"))
    assert days["officer_id"].nunique() == 3
    assert presence_at_events(days, events([(5 * H, 0, 0)]), ONE).attrs["officers"] == 1


def test_it_is_said_as_an_association(counts):
    said = in_words(shown_to(counts, "board"))
    assert said[0] == "Crimes: not shown: fewer than 5 events."
    assert said[1].startswith(
        "At 250 m and in the 15 min before: an officer was near 47.8 % of 23 incidents (best estimate 11, likely "
    )
    assert said[1].endswith("An association, not an effect.") and "at random times" in said[1]
    forbidden = ("caused", "proved", "worked", "failed", "underperform", "idle", "best ", "worst")
    text = " ".join(said).lower().replace("best estimate", "")
    assert not [w for w in forbidden if w in text]


def test_nobody_is_named_in_the_table(counts):
    assert not [c for c in counts.columns if "officer" in c or c.endswith("_id")]
