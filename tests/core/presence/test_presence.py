"""time_in_areas, stays and presence: oracles, hand cases, and what must hold whatever the data."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import AreaError, ColumnError, CrsError, ImpactAreaWarning, ParameterError
from ia_plugin.core.params import PresenceParams, SummaryParams
from ia_plugin.core.presence import by_period, presence, stays, time_in_areas
from ia_plugin.core.tracks import build_legs
from tests.support.tables import areas, fixes, legs_between

LINEAR = PresenceParams(method="linear")
ORACLES = Path(__file__).parents[4] / "shared" / "oracles.json"


def oracle(name):
    if not ORACLES.exists():
        pytest.skip("the shared oracles are not beside this checkout")
    return json.loads(ORACLES.read_text(encoding="utf-8"))[name]


def everything(legs, where, **params):
    shared, entered = time_in_areas(legs, where, LINEAR), stays(legs, where)
    return presence(legs, where, shared, entered, SummaryParams(**params))


@pytest.mark.parametrize("number", range(3))
def test_time_in_polygon_oracles(number):
    case = oracle("time_in_polygon")["cases"][number]
    _check(oracle("time_in_polygon")["track_txy"], case)


def test_time_in_polygon_oracle_with_a_repeated_position():
    _check(
        oracle("time_in_polygon")["duplicate_position_track_txy"], oracle("time_in_polygon")["duplicate_position_case"]
    )


def _check(track, case):
    legs, where = build_legs(fixes(track)), areas(case["polygon"])
    shared, entered = time_in_areas(legs, where, LINEAR), stays(legs, where)
    assert shared["seconds"].sum() == pytest.approx(case["seconds"], abs=1e-9)
    origin = pd.Timestamp("2024-06-03T00:00:00Z")
    seconds = [
        ((a - origin).total_seconds(), (b - origin).total_seconds()) for a, b in zip(entered["enter"], entered["leave"])
    ]
    merged = [list(seconds[0])]
    for a, b in seconds[1:]:
        if a == merged[-1][1]:
            merged[-1][1] = b
        else:
            merged.append([a, b])
    assert merged == case["visits"]
    table = presence(legs, where, shared, entered)
    assert table["officer_seconds"].sum() == pytest.approx(case["seconds"])
    assert table["visits"].sum() == len(case["visits"])


@pytest.mark.parametrize("number", range(4))
def test_hard_bounds_oracles(number):
    case = oracle("hard_bounds")["cases"][number]
    inside = "both_inside_m" in case
    x = 100.0 if inside else -100.0
    half_plane = areas(shapely.box(0, -1e6, 1e6, 1e6))
    # Out and in again would be no straight line: a leg of no length 100 m from the edge, and one more end inside.
    legs = legs_between([(x, 0.0)], [(x, 0.0)], seconds=300.0)
    if inside:
        row = time_in_areas(legs, half_plane, PresenceParams(max_speed_ms=case["v"])).iloc[0]
        assert (row["seconds_low"], row["seconds_high"]) == (pytest.approx(case["low"]), pytest.approx(case["high"]))
    else:
        from ia_plugin.core.geometry.prism import prism_bounds

        one, no = np.array([100.0]), np.array([False])
        zero = np.zeros(1)
        low, high = prism_bounds(np.array([300.0]), np.array([case["v"]]), (one, one), (no, no), (zero, zero))
        assert (low[0], high[0]) == (pytest.approx(case["low"]), pytest.approx(case["high"]))


def test_accuracy_loosens_the_bounds_and_speeding_legs_get_a_limit_of_their_own():
    where = areas(shapely.box(0, -500, 1000, 500))
    legs = legs_between([(100, 0)], [(100, 0)], seconds=300.0).assign(accuracy0_m=60.0, accuracy1_m=np.nan)
    assert time_in_areas(legs, where, PresenceParams(max_speed_ms=1.6))["seconds_low"][0] == pytest.approx(
        (40 + 100) / 1.6
    )
    fast = legs_between([(-500, 0)], [(500, 0)], seconds=10.0)
    row = time_in_areas(fast, where, LINEAR).iloc[0]
    assert row["seconds"] == pytest.approx(5)
    assert row["seconds_high"] == pytest.approx(10 - 500 / 105)
    assert row["seconds_low"] == pytest.approx(500 / 105)


def test_last_fix_is_the_ping_count():
    legs = legs_between([(5, 5), (-5, 5)], [(50, 5), (5, 5)], seconds=120.0)
    table = time_in_areas(legs, areas(shapely.box(0, 0, 10, 10)), PresenceParams(method="last_fix"))
    assert table.set_index("leg_id")["seconds"].reindex([0, 1]).fillna(0).tolist() == [120, 0]


@given(st.integers(0, 100_000), st.sampled_from(["grid", "free"]))
def test_areas_that_tile_the_plane_sum_to_the_time_observed(seed, kind):
    rng = np.random.default_rng(seed)
    if kind == "grid":
        ends = rng.integers(0, 40, (2, 300, 2)).astype(float)
        tiles = [shapely.box(x, y, x + 10, y + 10) for x in range(-10, 50, 10) for y in range(-10, 50, 10)]
    else:
        ends = rng.uniform(1, 39, (2, 300, 2)) + 400_000
        cloud = shapely.MultiPoint(rng.uniform(-20, 60, (30, 2)) + 400_000)
        around = shapely.box(399_900, 399_900, 400_140, 400_140)
        tiles = list(shapely.get_parts(shapely.voronoi_polygons(cloud, extend_to=around)))
    legs = legs_between(*ends, seconds=rng.integers(600, 2000, 300))
    table = time_in_areas(legs, areas(*tiles), LINEAR)
    # Shares under half a second have no row: with legs of ten minutes they cannot add up to more than this.
    by_leg = table.groupby("leg_id")["seconds"].sum()
    missing = legs["duration_s"].to_numpy() - by_leg.reindex(legs["leg_id"]).to_numpy()
    assert missing.min() > -1e-6
    entered = stays(legs, areas(*tiles))
    total = (entered["leave"] - entered["enter"]).dt.total_seconds().sum()
    assert total == pytest.approx(legs["duration_s"].sum(), abs=1e-6 * len(entered))


@given(st.integers(0, 100_000))
def test_low_seconds_high_in_that_order(seed):
    rng = np.random.default_rng(seed)
    legs = legs_between(
        rng.uniform(-50, 150, (200, 2)), rng.uniform(-50, 150, (200, 2)), seconds=rng.uniform(1, 300, 200)
    )
    where = areas(shapely.Point(50, 50).buffer(40), shapely.box(0, 0, 30, 100).difference(shapely.box(10, 10, 20, 90)))
    table = time_in_areas(legs, where, PresenceParams(max_speed_ms=2.0))
    assert (table["seconds_low"] <= table["seconds"]).all() and (table["seconds"] <= table["seconds_high"]).all()


def test_splitting_a_leg_changes_nothing():
    whole = build_legs(fixes([(0, -50, 3), (100, 150, 47)]))
    split = build_legs(fixes([(0, -50, 3), (25, 0, 14), (75, 100, 36), (100, 150, 47)]))
    where = areas(shapely.Point(50, 25).buffer(30))
    assert time_in_areas(whole, where, LINEAR)["seconds"].sum() == pytest.approx(
        time_in_areas(split, where, LINEAR)["seconds"].sum()
    )
    assert everything(whole, where)["visits"].sum() == everything(split, where)["visits"].sum() == 1


def test_moving_everything_by_a_kilometre_changes_nothing():
    rng = np.random.default_rng(8)
    starts, ends = rng.uniform(0, 900, (2, 100, 2)) + 400_000
    shape = shapely.Point(400_450, 400_450).buffer(300)
    moved = shapely.transform(shape, lambda c: c + [1000, -1000])
    here = time_in_areas(legs_between(starts, ends), areas(shape))
    there = time_in_areas(legs_between(starts + [1000, -1000], ends + [1000, -1000]), areas(moved))
    pd.testing.assert_frame_equal(here, there, atol=1e-6, rtol=0)


def test_an_invalid_area_is_repaired_skipped_or_refused_and_said():
    legs = legs_between([(0.5, 0.9)], [(0.5, 0.9)])
    bow_tie = areas(bow=[(0, 0), (1, 1), (1, 0), (0, 1)], good=[(0, 0), (1, 0), (1, 1), (0, 1)])
    with pytest.warns(ImpactAreaWarning, match="bow"):
        repaired = time_in_areas(legs, bow_tie, LINEAR)
    assert repaired.attrs["areas"].repaired.keys() == {"bow"}
    with pytest.warns(ImpactAreaWarning, match="left out"):
        assert set(time_in_areas(legs, bow_tie, PresenceParams(invalid_areas="skip"))["area_id"]) == {"good"}
    with pytest.raises(AreaError, match="'bow'"):
        time_in_areas(legs, bow_tie, PresenceParams(invalid_areas="stop"))


def test_unusable_areas_are_named():
    legs = legs_between([(0, 0)], [(1, 1)])
    twice = pd.concat([areas(a=[(0, 0), (1, 0), (1, 1)])] * 2)
    with pytest.raises(AreaError, match="'a' occurs more than once"):
        time_in_areas(legs, twice, LINEAR)
    with pytest.raises(AreaError, match="LineString"):
        time_in_areas(legs, areas(shapely.LineString([(0, 0), (1, 1)])))
    with pytest.raises(ColumnError, match="geometry"):
        time_in_areas(legs, pd.DataFrame({"area_id": ["a"]}))
    with pytest.raises(CrsError, match="Reproject the areas"):
        time_in_areas(legs_between([(4e5, 3e5)], [(4e5, 3.01e5)]), areas(shapely.box(-2, 52, -1, 53)))


def test_no_legs_and_no_areas_give_typed_empty_tables():
    legs, where = legs_between(np.empty((0, 2)), np.empty((0, 2))), areas(shapely.box(0, 0, 1, 1))
    shared, entered = time_in_areas(legs, where, LINEAR), stays(legs, where)
    assert len(shared) == len(entered) == len(presence(legs, where, shared, entered)) == 0
    assert str(entered["enter"].dtype) == "datetime64[ns, UTC]"
    some = legs_between([(0, 0)], [(1, 1)])
    assert len(time_in_areas(some, where.iloc[:0])) == 0


# --- presence ---------------------------------------------------------------------------------------------------------

BOX = shapely.box(0, 0, 100, 100)


def test_officer_time_adds_and_patrol_time_is_a_union():
    table = pd.concat([fixes([(0, 50, 50), (600, 50, 50)], "A"), fixes([(300, 50, 50), (900, 50, 50)], "B")])
    row = everything(build_legs(table), areas(BOX)).iloc[0]
    assert (row["officer_seconds"], row["patrol_seconds"], row["officers"], row["visits"]) == (1200, 900, 2, 2)


def test_a_leg_over_the_hour_is_cut_by_its_straight_line_time():
    # 09:59:00 → 10:01:00, inside from 09:59:30 to 10:00:30.
    table = fixes([(0, -50, 50), (120, 150, 50)], epoch="2024-06-03T09:59:00Z")
    rows = everything(build_legs(table), areas(BOX), timezone="UTC").sort_values("period")
    assert rows["officer_seconds"].tolist() == pytest.approx([30, 30])
    assert rows["visits"].tolist() == [1, 0]
    assert everything(build_legs(table), areas(BOX), period="day")["officer_seconds"].tolist() == pytest.approx([60])


@pytest.mark.parametrize(("period", "hours"), [("hour", 25), ("day", 1)])
def test_the_long_day_of_october_has_25_hours(period, hours):
    t = np.arange(0, 25 * 3600 + 1, 300)
    table = fixes(np.c_[t, np.full((len(t), 2), 50)], epoch="2024-10-26T23:00:00Z")
    rows = everything(build_legs(table), areas(BOX), period=period)
    assert len(rows) == hours
    assert rows["officer_seconds"].sum() == pytest.approx(25 * 3600)
    assert rows["period"].is_unique


def test_the_missing_hour_of_march_is_none():
    t = np.arange(0, 23 * 3600 + 1, 300)
    table = fixes(np.c_[t, np.full((len(t), 2), 50)], epoch="2024-03-31T00:00:00Z")
    assert len(everything(build_legs(table), areas(BOX), period="hour")) == 23
    assert len(everything(build_legs(table), areas(BOX), period="day")) == 1


def test_silence_outside_an_area_is_unobserved_not_absence():
    table = fixes([(0, 500, 0), (60, 500, 10), (60 + 10_800, 500, 0), (120 + 10_800, 500, 10)])
    row = everything(build_legs(table), areas(BOX), period="day").iloc[0]
    assert (row["officer_seconds"], row["unobserved_seconds"]) == (0, 10_800)


def test_silence_that_leaves_no_time_to_come_is_not_laid_to_an_area():
    table = fixes([(0, 40_000, 0), (60, 40_000, 10), (1260, 60_000, 0), (1320, 60_000, 10)])
    assert len(everything(build_legs(table), areas(BOX))) == 0


def test_unknown_units_are_a_row_of_their_own():
    table = pd.concat(
        [fixes([(0, 5, 5), (60, 5, 5)], "A", unit="north"), fixes([(0, 5, 5), (60, 5, 5)], "B", unit=None)]
    )
    rows = everything(build_legs(table), areas(BOX))
    assert sorted(rows["unit"]) == ["north", "unit not known"]


def test_dropping_a_dimension_computes_cover_anew():
    table = pd.concat([fixes([(0, 5, 5), (600, 5, 5)], u, unit=u) for u in ("north", "south")])
    legs = build_legs(table)
    rows = everything(legs, areas(BOX), groups=("area_id", "period"))
    assert rows["unit"].tolist() == ["(all)"]
    assert (rows["officer_seconds"][0], rows["patrol_seconds"][0], rows["officers"][0]) == (1200, 600, 2)
    with pytest.raises(ColumnError, match="colour"):
        everything(legs, areas(BOX), groups=("colour",))


def test_tables_of_other_legs_are_refused():
    legs = build_legs(fixes([(0, 5, 5), (60, 5, 5)]))
    where = areas(BOX)
    shared = time_in_areas(legs, where, LINEAR)
    shared["leg_id"] += 1
    with pytest.raises(ColumnError, match="leg_id"):
        presence(legs, where, shared, stays(legs, where))


def test_an_unknown_time_zone_is_named():
    with pytest.raises(ParameterError, match="Mars"):
        everything(build_legs(fixes([(0, 5, 5), (60, 5, 5)])), areas(BOX), timezone="Mars/Olympus")


@pytest.mark.filterwarnings("ignore::ia_plugin.core.errors.ImpactAreaWarning")
@given(st.integers(0, 100_000))
def test_presence_loses_no_second(seed):
    rng = np.random.default_rng(seed)
    n = 60
    table = pd.concat(
        fixes(np.c_[np.cumsum(rng.integers(1, 1500, n)), rng.normal(0, 60, (n, 2)).cumsum(axis=0)], o, unit=u)
        for o, u in [("A", "north"), ("B", "south"), ("C", None)]
    )
    legs = build_legs(table)
    where = areas(shapely.box(-200, -200, 0, 200), shapely.box(0, -200, 200, 200))
    shared = time_in_areas(legs, where, LINEAR)
    rows = presence(legs, where, shared, stays(legs, where))
    assert rows["officer_seconds"].sum() == pytest.approx(shared["seconds"].sum())
    assert (rows["patrol_seconds"] <= rows["officer_seconds"] + 1 + 1e-6).all()
    assert (rows["patrol_seconds"] <= 3600 + 1e-6).all()


@pytest.mark.parametrize("method", ["linear", "bridge", "last_fix"])
def test_areas_computed_some_at_a_time_make_the_same_table(monkeypatch, method):
    rng = np.random.default_rng(3)
    walks = (np.c_[np.arange(1, 301) * 60, rng.normal(0, 60, (300, 2)).cumsum(axis=0)] for _ in "AB")
    legs = build_legs(pd.concat(fixes(walk, officer) for walk, officer in zip(walks, "AB")))
    where = areas(*(shapely.box(x, y, x + 300, y + 300) for x in range(-900, 900, 300) for y in range(-900, 900, 300)))
    shared, entered = time_in_areas(legs, where, PresenceParams(method=method)), stays(legs, where)
    at_once = presence(legs, where, shared, entered)
    monkeypatch.setattr(by_period, "SLAB_ROWS", 40)
    assert at_once["area_id"].nunique() > 10
    pd.testing.assert_frame_equal(presence(legs, where, shared, entered), at_once, check_exact=True)
