"""The bridge: oracles of the Brownian bridge, and what must hold for any legs, polygons and parameters."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.geometry.brownian import expected_seconds, leave_one_out_variance
from ia_plugin.core.geometry.places import Places
from ia_plugin.core.geometry.prism import shortest_way_by
from ia_plugin.core.geometry.rings import rings_of
from ia_plugin.core.params import PresenceParams, SummaryParams
from ia_plugin.core.presence import presence, stays, time_in_areas
from ia_plugin.core.presence.bridge import Bridge
from ia_plugin.core.presence.bridge_model import BridgeModel, default_bridge, read_bridge
from ia_plugin.core.presence.leg_arrays import leg_limits
from ia_plugin.core.times.intervals import cover_seconds, union_seconds
from ia_plugin.core.tracks import build_legs
from tests.support.tables import areas, fixes, legs_between

ORACLES = Path(__file__).parents[4] / "shared" / "oracles.json"
BRIDGE, LINEAR = PresenceParams(method="bridge"), PresenceParams(method="linear")
STRAIGHT = BridgeModel(spread=0.0, bend=0.0, stand=0.0, sd_factor=1.0, sd_power=0.0, tau=0.0)
WILD = BridgeModel(spread=0.3, bend=1.0, stand=0.5, sd_factor=1.0, sd_power=0.3, tau=0.04)


@pytest.fixture(scope="module")
def oracles():
    if not ORACLES.exists():
        pytest.skip("the shared oracles are not beside this checkout")
    return json.loads(ORACLES.read_text(encoding="utf-8"))["bridge"]


def wander(seed, officers=4, n=30, step=250.0, seconds=120.0, **columns):
    """Tracks of officers who wander."""
    rng = np.random.default_rng(seed)
    tables = []
    for i in range(officers):
        xy = rng.normal(0, step, (n, 2)).cumsum(axis=0) + rng.uniform(-1000, 1000, 2)
        t = np.cumsum(rng.uniform(0.5, 1.5, n)) * seconds
        tables.append(fixes(np.c_[t, xy], officer=f"o{i}", **columns))
    return build_legs(pd.concat(tables, ignore_index=True))


def seconds_by(table, key="leg_id"):
    return table.groupby(key)["seconds"].sum()


# --- the Brownian bridge itself ---------------------------------------------------------------------------------------


def test_the_half_plane_and_the_disc(oracles):
    half = shapely.box(0, -1e5, 1e5, 1e5)
    for case in oracles["half_plane_x_gt_0"]:
        found = expected_seconds(
            (case["a"], 0.0), (case["b"], 0.0), case["T"], half, case["sigma2"], case.get("delta", 0.0)
        )
        assert found == pytest.approx(case["seconds"], rel=1e-3)


def test_numbers_of_the_method_statement():
    half = shapely.box(0, -1e5, 1e5, 1e5)
    assert expected_seconds((-50, 0), (150, 0), 300, half, 25.0) == pytest.approx(215.3625, abs=0.05)
    assert expected_seconds((-50, 0), (150, 0), 300, half, 25.0, 10.0) == pytest.approx(215.5499, abs=0.05)
    assert expected_seconds((-50, 0), (150, 0), 300, half, 0.0) == pytest.approx(225, abs=1e-9)
    disc = shapely.Point(0, 0).buffer(75, quad_segs=90)
    assert expected_seconds((0, 0), (0, 0), 300, disc, 25.0) == pytest.approx(263.9704, abs=0.15)


def test_the_leave_one_out_fit():
    t, x, y = np.array([[0, 0, 0], [60, 30, 40], [120, 100, 0], [180, 100, 60], [240, 200, 100]], dtype=float).T
    assert leave_one_out_variance(t, x, y) == pytest.approx(38.3333, abs=1e-3)
    assert leave_one_out_variance(t, x, y, 10.0) == pytest.approx(36.6667, abs=1e-3)


# --- what must hold ---------------------------------------------------------------------------------------------------


@settings(max_examples=8)
@given(st.integers(0, 10_000), st.sampled_from([10.0, 250.0, 3000.0]))
def test_estimates_lie_within_the_hard_bounds(seed, step):
    legs = wander(seed, step=step, accuracy_m=20.0 if seed % 2 else np.nan)
    where = areas(
        a=shapely.box(-500, -500, 500, 500),
        b=shapely.Point(600, 0).buffer(400).difference(shapely.Point(600, 0).buffer(150)),
    )
    table = time_in_areas(legs, where, BRIDGE, model=WILD)
    assert (table["seconds"] >= table["seconds_low"] - 1e-9).all() and (
        table["seconds"] <= table["seconds_high"] + 1e-9
    ).all()
    bare = Bridge(legs, leg_limits(legs, 40.0), WILD)
    assert (bare.wide >= 0).all()
    assert table["seconds_sd"].ge(0).all()


@settings(max_examples=8)
@given(st.integers(0, 10_000))
def test_areas_that_tile_the_plane_sum_to_the_duration(seed):
    legs = wander(seed, seconds=600.0)
    rng = np.random.default_rng(seed)
    cloud = shapely.MultiPoint(rng.uniform(-3000, 3000, (25, 2)))
    tiles = shapely.get_parts(shapely.voronoi_polygons(cloud, extend_to=shapely.box(-2e5, -2e5, 2e5, 2e5)))
    table = time_in_areas(legs, areas(*tiles), BRIDGE)
    missing = legs.set_index("leg_id")["duration_s"] - seconds_by(table)
    # Pairs under half a second have no row.
    assert (missing > -1e-6).all() and missing.max() < 6 and missing.sum() < 1e-3 * legs["duration_s"].sum()


@settings(max_examples=8)
@given(st.integers(0, 10_000))
def test_a_polygon_split_in_two_sums_and_a_shift_changes_nothing(seed):
    legs = wander(seed, seconds=600.0)
    whole = shapely.Point(0, 0).buffer(900)
    halves = [
        whole.intersection(shapely.box(-2000, -2000, 13.7, 2000)),
        whole.intersection(shapely.box(13.7, -2000, 2000, 2000)),
    ]
    one = seconds_by(time_in_areas(legs, areas(whole), BRIDGE))
    two = seconds_by(time_in_areas(legs, areas(*halves), BRIDGE))
    both = pd.concat([one, two], axis=1).fillna(0)
    assert np.abs(both.iloc[:, 0] - both.iloc[:, 1]).max() <= 1.0 + 1e-6  # a half may lack its half second
    moved = legs.assign(**{c: legs[c] + 1000.0 for c in ("x0", "y0", "x1", "y1")})
    there = time_in_areas(moved, areas(shapely.affinity.translate(whole, 1000, 1000)), BRIDGE)
    assert there["seconds"].sum() == pytest.approx(one.sum(), rel=1e-9)


@given(st.integers(0, 10_000))
def test_without_any_spread_it_is_the_straight_line(seed):
    legs = wander(seed, n=12)
    where = areas(shapely.box(-500, -500, 500, 500), shapely.box(0, 0, 2000, 1000))
    straight, line = time_in_areas(legs, where, BRIDGE, model=STRAIGHT), time_in_areas(legs, where, LINEAR)
    pd.testing.assert_frame_equal(straight[["leg_id", "area_id", "seconds"]], line[["leg_id", "area_id", "seconds"]])
    assert (straight["seconds_sd"] < 1e-4).all()


@settings(max_examples=8)
@given(st.integers(0, 10_000), st.floats(0.05, 0.95))
def test_parts_of_a_leg_sum_to_the_whole(seed, cut):
    legs = wander(seed, n=12, seconds=600.0)
    shape = shapely.Point(0, 0).buffer(700)
    table = time_in_areas(legs, areas(shape), BRIDGE)
    bridge = Bridge(legs, leg_limits(legs, 40.0), default_bridge())
    at = pd.Index(legs["leg_id"]).get_indexer(table["leg_id"])
    zero, one, c = np.zeros(len(at)), np.ones(len(at)), np.full(len(at), cut)
    seen = Places(rings_of(shape))
    early, late = bridge.parts(at, seen, zero, c), bridge.parts(at, seen, c, one)
    np.testing.assert_allclose(early + late, table["seconds"], atol=1e-6)
    assert (early <= cut * legs["duration_s"].to_numpy()[at] + 1e-9).all()


def test_a_leg_over_the_hour_gives_the_same_total():
    legs = wander(3, n=40, seconds=500.0)
    where = areas(shapely.Point(0, 0).buffer(900))
    shared, entered = time_in_areas(legs, where, BRIDGE), stays(legs, where)
    table = presence(legs, where, shared, entered, SummaryParams(period="hour"))
    assert table["officer_seconds"].sum() == pytest.approx(shared["seconds"].sum())
    assert (table["officer_seconds_sd"] > 0).any()
    total = presence(legs, where, shared, entered, SummaryParams(period="all", groups=("area_id",))).iloc[0]
    # A share of the legs' deviations, and a thousandth of the time, are common to all of them, and add up.
    shared_by_all = (default_bridge().tau * shared["seconds_sd"] + 0.001 * shared["seconds"]).sum()
    expected = np.sqrt((shared["seconds_sd"] ** 2).sum() + shared_by_all**2)
    assert total["officer_seconds_sd"] == pytest.approx(expected)


def test_cover_is_the_chance_that_somebody_is_there():
    hour = 3_600_000_000_000
    group, start, end = np.zeros(3, dtype=np.intp), np.array([0, 0, hour]), np.array([hour, hour, 2 * hour])
    assert cover_seconds(group, start, end, np.array([0.5, 0.5, 1.0]), 1)[0] == pytest.approx(0.75 * 3600 + 3600)
    rng = np.random.default_rng(1)
    group, start = rng.integers(0, 5, 200), rng.integers(0, 100, 200) * 10**9
    end = start + rng.integers(0, 50, 200) * 10**9
    np.testing.assert_allclose(cover_seconds(group, start, end, np.ones(200), 5), union_seconds(group, start, end, 5))


def test_cover_of_a_group_does_not_hang_on_the_groups_beside_it_or_on_the_order():
    rng = np.random.default_rng(2)
    group, start = rng.integers(0, 50, 5_000), rng.integers(0, 3_600, 5_000) * 10**9
    end, p = start + rng.integers(0, 900, 5_000) * 10**9, rng.random(5_000) ** 0.1
    whole = cover_seconds(group, start, end, p, 50)
    for k in (0, 7, 49):
        mine = rng.permutation(np.flatnonzero(group == k))
        alone = cover_seconds(np.zeros(len(mine), dtype=np.intp), start[mine], end[mine], p[mine], 1)
        assert alone[0] == pytest.approx(whole[k], rel=1e-14)


def test_an_officer_who_stands_inside_is_inside():
    legs = build_legs(fixes([[0, 5, 5], [300, 5, 5], [600, 5, 5]]))
    row = time_in_areas(legs, areas(shapely.box(0, 0, 10, 10)), BRIDGE)
    assert row["seconds"].tolist() == [300, 300] and row["seconds_sd"].tolist() == [0, 0]
    # Yet a total has a range, of a thousandth, so that it does not read as one that nobody knows.
    where = areas(shapely.box(0, 0, 10, 10))
    total = presence(legs, where, row, stays(legs, where), SummaryParams(period="all", groups=("area_id",)))
    assert total["officer_seconds_sd"].tolist() == pytest.approx([0.6])


def test_an_error_of_position_blurs_the_edge():
    legs = build_legs(fixes([[0, 5, 5], [300, 5, 5]], accuracy_m=30.0))
    row = time_in_areas(legs, areas(shapely.box(0, -1000, 1000, 1000)), BRIDGE).iloc[0]
    assert 0.3 * 300 < row["seconds"] < 0.95 * 300 and row["seconds_sd"] > 10


# --- hard bounds ------------------------------------------------------------------------------------------------------


@settings(max_examples=12)
@given(st.integers(0, 100_000))
def test_random_paths_at_the_limit_never_leave_the_bounds(seed):
    rng = np.random.default_rng(seed)
    limit, n = 10.0, 40
    shape = shapely.Point(0, 0).buffer(300).union(shapely.box(200, 0, 700, 100))
    steps = rng.uniform(1, 10, n)
    angle = rng.uniform(0, 2 * np.pi, n) * rng.uniform(0, 1)
    xy = np.r_[[rng.uniform(-400, 400, 2)], np.zeros((n, 2))]
    xy[1:] = xy[0] + np.cumsum(
        (limit * steps * rng.uniform(0, 1, n))[:, None] * np.c_[np.cos(angle), np.sin(angle)], axis=0
    )
    t = np.r_[0, np.cumsum(steps)]
    legs = legs_between([xy[0]], [xy[-1]], seconds=t[-1])
    where = areas(shape)
    row = time_in_areas(legs, where, PresenceParams(method="linear", max_speed_ms=limit, bounds="all"))
    low, high = (float(row["seconds_low"].sum()), float(row["seconds_high"].sum())) if len(row) else (0.0, 0.5)
    parts = legs_between(xy[:-1], xy[1:], seconds=steps)
    inside = np.zeros(n)
    found = time_in_areas(parts, where, PresenceParams(method="linear", bounds="none"))
    inside[found["leg_id"].to_numpy()] = found["seconds"]
    spent = inside.sum()
    missed = 0.5 * n  # moves of under half a second inside have no row
    assert low - missed - 1e-6 <= spent <= high + 1e-6


def test_bounds_all_adds_what_only_the_prism_reaches():
    legs = legs_between([(0, 0), (0, 0)], [(100, 0), (100, 0)], seconds=np.array([100.0, 10.0]))
    where = areas(far=shapely.box(-50, 600, 150, 700), corner=shapely.box(900, 900, 950, 950))
    table = time_in_areas(legs, where, PresenceParams(method="linear", max_speed_ms=20.0, bounds="all"))
    [row] = table.to_dict("records")
    assert (row["leg_id"], row["area_id"], row["seconds"], row["seconds_low"]) == (0, "far", 0, 0)
    assert row["seconds_high"] == pytest.approx(100 - 1200 / 20)


def test_the_ellipse_is_stronger_than_the_distances():
    # Both fixes are 100 m from the area, yet at its two ends: to touch it takes the way between them as well.
    legs = legs_between([(0, 0)], [(1000, 0)], seconds=60.0)
    spike = areas(shapely.Polygon([(-200, 90), (-100, 90), (-150, 200)]))
    ring = rings_of(spike["geometry"][0])
    way = shortest_way_by(np.zeros(1), np.zeros(1), np.array([1000.0]), np.zeros(1), ring)
    assert way[0] == pytest.approx(np.hypot(100, 90) + np.hypot(1100, 90))
    assert len(time_in_areas(legs, spike, PresenceParams(method="linear", max_speed_ms=18.0, bounds="all"))) == 0


@given(st.integers(0, 100_000))
def test_the_shortest_way_by_an_edge(seed):
    rng = np.random.default_rng(seed)
    shape = shapely.Polygon(rng.uniform(-10, 10, (3, 2)))
    a, b = rng.uniform(-20, 20, (2, 1, 2))
    way = shortest_way_by(a[:, 0], a[:, 1], b[:, 0], b[:, 1], rings_of(shape))[0]
    along = shapely.get_coordinates(shapely.segmentize(shape.exterior, 0.01))
    brute = (np.hypot(*(along - a[0]).T) + np.hypot(*(along - b[0]).T)).min()
    assert way == pytest.approx(brute, abs=2e-2) and way <= brute + 1e-9


# --- the kernel and the file ------------------------------------------------------------------------------------------


def test_the_file_of_the_model():
    assert default_bridge().spread > 0
    for text in ("", "{}", '{"parameters": {"spread": -1}}'):
        with pytest.raises(ParameterError):
            read_bridge(text)


def test_two_cores_give_the_same_answer_in_the_same_order(monkeypatch):
    from ia_plugin.core.presence import processes as cores

    monkeypatch.setattr(cores, "WORTH", 10)
    legs = wander(5, officers=6)
    where = areas(a=shapely.Point(0, 0).buffer(700), b=shapely.box(0, 0, 900, 900))
    for method in ("bridge", "linear"):
        one, two = (time_in_areas(legs, where, PresenceParams(method=method, workers=n)) for n in (1, 2))
        pd.testing.assert_frame_equal(one, two)
        assert one.attrs["method"] == two.attrs["method"]


def test_the_order_of_the_rows_does_not_matter():
    legs = wander(5, officers=6)
    where = areas(a=shapely.Point(0, 0).buffer(700))
    mixed = legs.sample(frac=1.0, random_state=1).reset_index(drop=True)
    one, two = (time_in_areas(t, where).set_index("leg_id").sort_index() for t in (legs, mixed))
    pd.testing.assert_frame_equal(one, two)


def test_parts_of_many_legs_give_the_same_answer(monkeypatch):
    from ia_plugin.core.presence import processes as cores

    legs = wander(5, officers=6)
    where = areas(a=shapely.Point(0, 0).buffer(700), b=shapely.box(0, 0, 900, 900))
    whole = time_in_areas(legs, where)
    monkeypatch.setattr(cores, "AT_ONCE", 40)
    pd.testing.assert_frame_equal(time_in_areas(legs, where), whole)


def test_one_track_longer_than_a_part_is_taken_whole(monkeypatch):
    from ia_plugin.core.presence import processes as cores

    legs = wander(5, officers=1, n=60)
    where = areas(a=shapely.Point(0, 0).buffer(1500))
    whole = time_in_areas(legs, where)
    monkeypatch.setattr(cores, "AT_ONCE", 10)
    pd.testing.assert_frame_equal(time_in_areas(legs, where), whole)


def test_what_goes_wrong_on_another_core_is_told_here(monkeypatch):
    from ia_plugin.core.presence import processes as cores

    monkeypatch.setattr(cores, "WORTH", 10)
    legs = wander(5, officers=6).drop(columns="x1")
    with pytest.raises(Exception, match="x1"):
        time_in_areas(legs, areas(shapely.box(0, 0, 1, 1)), PresenceParams(workers=2))


def test_visits_have_a_rhythm():
    from ia_plugin.core.presence import rhythm

    start = pd.Timestamp("2024-06-03T10:00Z")
    minutes = [(0, 10), (5, 8), (40, 50), (110, 115)]
    table = pd.DataFrame(
        {
            "area_id": "a",
            "enter": [start + pd.Timedelta(minutes=a) for a, _ in minutes],
            "leave": [start + pd.Timedelta(minutes=b) for _, b in minutes],
        }
    )
    table["seconds"] = (table["leave"] - table["enter"]).dt.total_seconds()
    found = rhythm(table, 2.0).iloc[0]
    assert (found["visits"], found["visits_per_day"], found["median_apart_s"], found["longest_apart_s"]) == (
        4,
        2,
        45 * 60,
        60 * 60,
    )


@pytest.mark.parametrize("accuracy", [None, 20.0])
def test_a_leg_of_no_time_has_none_and_changes_no_other(accuracy):
    """Two fixes of one instant, 300 m apart: no speed can be told, and neighbours do not take it for one."""
    way = np.array([(0, 0), (300, 0), (300, 300), (600, 300)])
    legs = legs_between(way[:-1], way[1:], seconds=120.0).assign(track_id=0, officer_id="o")
    legs["duration_s"] = [120.0, 0.0, 120.0]
    legs["end"] = legs["start"] + pd.to_timedelta([120, 120, 240], unit="s")
    legs["start"] = legs["end"] - pd.to_timedelta(legs["duration_s"], unit="s")
    if accuracy is not None:
        legs = legs.assign(accuracy0_m=accuracy, accuracy1_m=accuracy)
    halves = areas(west=shapely.box(-9000, -9000, 250, 9000), east=shapely.box(250, -9000, 9000, 9000))
    found = time_in_areas(legs, halves, BRIDGE)
    assert np.isfinite(found[["seconds", "seconds_low", "seconds_high", "seconds_sd"]]).all(axis=None)
    assert seconds_by(found).reindex(legs["leg_id"], fill_value=0.0).tolist() == pytest.approx([120, 0, 120], abs=1e-6)
    alone = time_in_areas(legs.iloc[[0]], halves, BRIDGE)
    of_first = found[found["leg_id"] == legs["leg_id"].iloc[0]]
    assert of_first["seconds"].tolist() == alone["seconds"].tolist()
