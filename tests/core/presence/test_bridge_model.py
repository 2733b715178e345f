"""The bridge's parameters at work on a few legs: speeds, turns, standing and errors by hand."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.geometry.places import Places
from ia_plugin.core.geometry.rings import rings_of
from ia_plugin.core.presence.bridge import Bridge, BridgeOfSome, mixed
from ia_plugin.core.presence.bridge_model import ERROR_KEPT, BridgedLegs, BridgeModel, at_most_wide, time_order
from ia_plugin.core.presence.leg_arrays import leg_accuracy, leg_ends, leg_limits
from ia_plugin.core.presence.likely import Z90, likely_range
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes

MODEL = BridgeModel(spread=0.1, bend=1.0, stand=0.4, sd_factor=1.5, sd_power=0.5, tau=0.06)
# North-east and back: 600 m east in 60 s, 300 m north in 60 s, 60 m north in 120 s. Speeds of 10, 5 and 0.5 m/s.
TRACK = [(0, 0, 0), (60, 600, 0), (120, 600, 300), (240, 600, 360)]


def bridged(track=TRACK, model=MODEL, limit=40.0, **columns):
    legs = build_legs(fixes(track, **columns))
    return BridgedLegs(legs, leg_limits(legs, limit), model)


def test_a_leg_spreads_with_the_fastest_of_itself_and_its_neighbours():
    assert bridged().spread.tolist() == pytest.approx([0.1 * 10 * 60, 0.1 * 10 * 60, 0.1 * 5 * 120])
    assert bridged(TRACK[:2]).spread.tolist() == pytest.approx([60])


def test_a_slow_leg_between_faster_ones_is_taken_as_standing():
    """Share 0.4 × (1 − speed / fastest): 0, 0.4·(1 − 5/10), 0.4·(1 − 0.5/5)."""
    assert bridged().stand.tolist() == pytest.approx([0, 0.2, 0.36])
    # At more than half the limit nobody has time to stand: 10 and 5 m/s against 9 m/s.
    assert bridged(limit=9.0).stand.tolist() == pytest.approx([0, 0, 0.36])
    assert bridged(limit=10.0).stand.tolist() == pytest.approx([0, 0.2, 0.36])


def test_who_stood_did_so_where_the_slower_neighbour_is():
    """Speeds of 10, 5 and 0.5 m/s, 2 m/s added to each: the middle leg stood at its end rather, 2.5 / (12 + 2.5) at its start.

    The outer legs have one neighbour, and themselves for the other.
    """
    assert bridged().at_start.tolist() == pytest.approx([7 / (12 + 7), 2.5 / (12 + 2.5), 2.5 / (7 + 2.5)])
    assert bridged(TRACK[:2]).at_start.tolist() == [0.5]


def test_at_a_fix_the_velocity_is_the_mean_of_its_two_legs():
    """From 10 m/s east to 5 m/s north, both a minute long: 5 east and 2.5 north; over 60 s that is (300, 150)."""
    ways = bridged().ways(np.arange(3))
    assert ways.bend[0].tolist() == pytest.approx([600, 0, 300, 150])
    # The next fix: 5 m/s over 60 s and 0.5 m/s over 120 s, the shorter counting more: (5·120 + 0.5·60)/180 = 3.5 m/s.
    assert ways.bend[1].tolist() == pytest.approx([300, 150, 0, 60 * 3.5])
    assert ways.bend[2].tolist() == pytest.approx([0, 120 * 3.5, 0, 60])
    assert ways.reach.tolist() == [2400, 2400, 4800]


def test_without_bend_the_mean_path_is_straight():
    straight = BridgeModel(spread=0.1, bend=0.0, stand=0.0, sd_factor=1, sd_power=0, tau=0)
    assert bridged(model=straight).ways(np.arange(3)).bend.tolist() == [
        [600, 0, 600, 0],
        [0, 300, 0, 300],
        [0, 60, 0, 60],
    ]
    assert bridged(model=straight).wide.tolist() == pytest.approx([2 * 60, 2 * 60, 2 * 60])


def test_no_path_leaves_the_straight_line_by_more_than_it_is_wide():
    """A bow of 4/27 of the tangent's offset, and two standard deviations."""
    wide = bridged().wide
    # First leg: at its end the tangent is (300, 150) instead of (600, 0): off by √(300² + 150²).
    assert wide[0] == pytest.approx(4 / 27 * np.hypot(300, 150) + 2 * 60)
    assert wide[1] == pytest.approx(4 / 27 * (np.hypot(300, 150) + 90) + 2 * 60)


def test_a_long_leg_between_short_ones_stood_and_is_not_flung_out():
    """300 m in half a minute, 600 s on 60 m, 300 m in half a minute: a radio that reports by distance, silent while it stands.

    A neighbour's 10 m/s count for twice its own 30 s: 600 m, of which a tenth is the spread. The tangent's offset is the change of
    velocity, 9.9 m/s, times 600/630 for the shorter counts more, for 60 s.
    """
    still = bridged([(0, 0, 0), (30, 300, 0), (630, 360, 0), (660, 660, 0)])
    assert still.spread.tolist() == pytest.approx([0.1 * 300, 0.1 * 600, 0.1 * 300])
    ways, offset = still.ways(np.arange(3)), 9.9 * 600 / 630 * 60
    assert ways.bend[1].tolist() == pytest.approx([60 + offset, 0, 60 + offset, 0])
    assert still.fastest.tolist() == pytest.approx([10, 10, 10]) and still.stand[1] == pytest.approx(0.4 * 0.99)


def test_legs_meet_where_place_time_and_track_agree():
    """Where they do not, each keeps its own speed."""
    apart = bridged([*TRACK[:2], (5000, 600, 0), (5060, 630, 0)])
    assert apart.spread.tolist() == pytest.approx([60, 3])
    two = pd.concat(
        [build_legs(fixes(TRACK[:2], "A")), build_legs(fixes([(60, 600, 0), (120, 630, 0)], "B"))], ignore_index=True
    )
    assert BridgedLegs(two, leg_limits(two, 40.0), MODEL).spread.tolist() == pytest.approx([60, 3])
    # Without tracks the legs of an officer that meet are neighbours; without officers all that meet.
    legs = build_legs(fixes(TRACK))
    for table in (legs.drop(columns="track_id"), legs.drop(columns=["track_id", "officer_id"])):
        assert BridgedLegs(table, leg_limits(table, 40.0), MODEL).spread.tolist() == pytest.approx([60, 60, 60])
    late = legs.assign(start=legs["start"] + pd.to_timedelta([0, 1, 0], unit="s"))
    assert BridgedLegs(late, leg_limits(late, 40.0), MODEL).spread.tolist() == pytest.approx([60, 30, 60])


def test_the_order_of_the_rows_does_not_matter():
    legs = pd.concat(
        [build_legs(fixes(TRACK, "A")), build_legs(fixes(TRACK[::-1] * np.array([-1, 1, 1]), "B"))], ignore_index=True
    )
    whole = BridgedLegs(legs, leg_limits(legs, 40.0), MODEL)
    order = [4, 1, 5, 0, 3, 2]
    mixed_up = BridgedLegs(legs.iloc[order].reset_index(drop=True), leg_limits(legs, 40.0)[order], MODEL)
    for name in ("spread", "stand", "at_start", "wide", "fastest", "blurred"):
        assert getattr(mixed_up, name).tolist() == pytest.approx(getattr(whole, name)[order].tolist())
    one, two = whole.ways(np.array(order)), mixed_up.ways(np.arange(6))
    assert two.bend.tolist() == one.bend.tolist() and two.x0.tolist() == one.x0.tolist()


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ([0, 1, 2, 3], None),
        ([2, 3, 0, 1], None),
        ([1, 0, 2, 3], [1, 0, 2, 3]),
        ([0, 2, 1, 3], "apart"),
        ([], None),
        ([0], None),
    ],
)
def test_when_legs_stand_in_order_already(rows, order):
    """Track after track, each by time; the tracks in any order."""
    legs = pd.concat([build_legs(fixes(TRACK[:3], o)) for o in "AB"], ignore_index=True).iloc[rows]
    found = time_order(legs)
    if order is None:
        assert found is None
    else:
        table = legs.iloc[found]
        assert table.groupby("track_id", sort=False)["start"].apply(lambda s: s.is_monotonic_increasing).all()
        assert (table["track_id"].to_numpy()[1:] != table["track_id"].to_numpy()[:-1]).sum() == 1


def test_errors_of_position_blur_paths_and_take_their_part_of_speed():
    """An accuracy of 30 m is a deviation of 20 m; ERROR_KEPT of it blurs the paths. Of 0.5 m/s over 120 s nothing is left:
    60² − 2·(20² + 20²) = 2,000 m² is √2000/120 m/s."""
    found = bridged(accuracy_m=30.0)
    ways = found.ways(np.arange(3))
    assert ways.error0.tolist() == ways.error1.tolist() == pytest.approx([ERROR_KEPT * 20] * 3)
    second = np.sqrt(300**2 - 1600) / 60
    assert found.spread[2] == pytest.approx(0.1 * 120 * second)
    slow = np.sqrt(2000) / 120
    assert found.stand[2] == pytest.approx(0.4 * (1 - slow / second))
    # A turn that the errors of its fixes explain is no turn.
    still = bridged([(0, 0, 0), (60, 10, 0), (120, 10, 10)], accuracy_m=300.0).ways(np.arange(2))
    assert still.bend.tolist() == [[10, 0, 10, 0], [0, 10, 0, 10]]


def test_a_spread_counts_the_whole_error_of_a_fix_and_twice():
    """Deviation of 20 m, of which 6 m blur the paths. Of the first leg, whose paths spread by s = 0.1 · √(600² − 2·(20² + 20²)):
    √(s² + 2·20²) / √(s² + 6²). One that stands: √2 · 20 / 6."""
    s = 0.1 * np.sqrt(600**2 - 1600)
    assert bridged(accuracy_m=30.0).blurred[0] == pytest.approx(np.hypot(s, np.sqrt(2) * 20) / np.hypot(s, 6))
    still = bridged([(0, 0, 0), (60, 0, 0)], accuracy_m=30.0)
    assert still.blurred.tolist() == pytest.approx([np.sqrt(2) * 20 / 6])
    assert (
        bridged().blurred.tolist() == [1, 1, 1] and bridged(accuracy_m=[30.0, np.nan, np.nan, np.nan]).blurred[2] == 1
    )


def test_a_spread_is_no_more_than_that_of_all_or_nothing_shared_by_two():
    legs = build_legs(fixes([(0, 0, 0), (60, 0, 0)], accuracy_m=30.0))
    bare = Bridge(legs, leg_limits(legs, 40.0), MODEL)
    found = bare.share_sd(np.zeros(2, dtype=np.intp), np.array([0.5, 0.1]), np.array([0.25, 0.05]))
    factor = 1.5 * 0.5**0.5  # sd_factor and a leg of a minute
    assert found.tolist() == pytest.approx([factor * np.sqrt(2) * 0.5, factor * 0.05 * np.sqrt(2) * 20 / 6])


def test_an_accuracy_that_is_not_told_is_none():
    legs = build_legs(fixes(TRACK, accuracy_m=[30.0, np.nan, 30.0, 30.0]))
    first, last = leg_accuracy(legs)
    assert first.tolist() == [30, 0, 30] and last.tolist() == [0, 30, 30]
    assert leg_accuracy(build_legs(fixes(TRACK)))[0].tolist() == [0, 0, 0]


# --- spread of a leg, error of a total --------------------------------------------------------------------------------


PACED = BridgeModel(
    spread=0.1, bend=1.0, stand=0.4, sd_factor=0.8, sd_power=0.5, tau=0.1, uneven=0.3, steady_ms=10.0, steady_power=0.5
)


def share_sd(over_paths, share, seconds, fastest, model=PACED):
    given = (np.array([float(v)]) for v in (over_paths, share, seconds, fastest))
    return model.share_sd(*given)[0]


@pytest.mark.parametrize(("seconds", "factor"), [(120, 1.5), (480, 3.0), (30, 0.75), (0.1, 1.5 * (1 / 120) ** 0.5)])
def test_without_unevenness_it_is_the_spread_over_the_paths_times_a_factor(seconds, factor):
    assert share_sd(0.2, 0.5, seconds, 30.0, MODEL) == pytest.approx(0.2 * factor)


def test_a_leg_partly_inside_has_the_unevenness_of_its_pace_too():
    """Half inside: 0.25 / (0.25 + 0.02) of 0.3²; the paths 0.8 × 0.5. At a share of a fiftieth about half of it is left."""
    assert share_sd(0.5, 0.5, 120, 5.0) == pytest.approx(np.sqrt(0.4**2 + 0.09 * 0.25 / 0.27))
    assert share_sd(0.0, 0.02, 120, 5.0) == pytest.approx(0.3 * np.sqrt(0.0196 / 0.0396))


@pytest.mark.parametrize("share", [0.0, 1.0, 1.0 - 1e-15])
def test_a_leg_all_inside_or_all_outside_has_none(share):
    assert share_sd(0.0, share, 300, 5.0) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("seconds", "fastest", "factor"),
    [(120, 10, 1.0), (120, 20, 0.5), (30, 20, 0.5 * 0.25), (480, 20, 2.0), (480, 40, 2.0 * 0.5), (120, 0, 1.0)],
)
def test_a_fast_vehicle_keeps_its_pace(seconds, fastest, factor):
    """(T / 120)^½ times 10·(T / 120)^½ over the speed, where that is under one."""
    assert share_sd(0.5, 1.0, seconds, fastest) == pytest.approx(0.4 * factor)


def test_what_legs_have_in_common_adds_up():
    """A tenth of a deviation of 30 s and a thousandth of 200 s."""
    assert PACED.systematic(np.array([200.0]), np.array([30.0])).tolist() == pytest.approx([3.2])


@pytest.mark.parametrize("value", [-0.1, 10.1, "much", None, float("nan")])
def test_a_parameter_out_of_range_is_named(value):
    with pytest.raises(ParameterError, match="The bridge's spread = .* is out of range. Give a value from 0 to 10"):
        BridgeModel(spread=value, bend=0, stand=0, sd_factor=0, sd_power=0, tau=0)


@pytest.mark.parametrize(
    ("paths", "stand", "a", "b", "share", "sd"),
    [
        ([1, 1, 1, 1, 1], 0.0, 1, 1, 1.0, 0.0),
        ([0, 1, 0, 0, 0], 0.0, 0, 0, 0.125, np.sqrt(0.125 * 0.875)),  # one path in an eighth of cases
        ([1, 0, 0, 0, 0], 0.0, 0, 0, 0.5, 0.5),
        ([0, 0, 0, 0, 0], 1.0, 1, 0, 0.5, 0.5),  # stood at the one end or at the other
        ([0, 0, 0, 0, 0], 1.0, 1, 1, 1.0, 0.0),
        ([0, 0, 0, 0, 0], 0.4, 1, 1, 0.4, np.sqrt(0.4 * 0.6)),
        ([0.5] * 5, 0.5, 0, 0, 0.25, 0.25),
    ],
)
def test_the_share_over_paths_and_over_standing(paths, stand, a, b, share, sd):
    found = mixed(np.array([paths], dtype=float), np.array([stand]), np.array([float(a)]), np.array([float(b)]))
    assert (found[0][0], found[1][0]) == pytest.approx((share, sd), abs=1e-9)


def test_the_likely_range():
    """Nine in ten of a normal law; never below nothing."""
    low, high = likely_range([100, 10, 5], [10, 10, np.nan])
    assert low[:2].tolist() == pytest.approx([100 - 10 * Z90, 0]) and high[:2].tolist() == pytest.approx(
        [100 + 10 * Z90, 10 + 10 * Z90]
    )
    assert np.isnan([low[2], high[2]]).all()
    from statistics import NormalDist

    assert NormalDist().cdf(Z90) == pytest.approx(0.95, abs=1e-7)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([np.nan, 30.0, 400.0]))
def test_no_leg_is_wider_than_its_length_and_its_neighbours_say(seed, accuracy):
    """Which legs are laid out for areas is asked of a bound that needs no speeds: it must lose none."""
    rng = np.random.default_rng(seed)
    walk = (rng.normal(0, 1, (2, 60)) * rng.choice([0.0, 20.0, 2000.0], 60)).cumsum(axis=1)
    times = rng.choice([1, 5, 60, 300], 60).cumsum()
    legs = build_legs(fixes([(int(t), *xy) for t, xy in zip(times, walk.T)], accuracy_m=accuracy))
    every = Bridge(legs, leg_limits(legs, 40.0), MODEL)
    most = at_most_wide(leg_ends(legs), np.maximum(*leg_accuracy(legs)), MODEL)
    assert (every.wide <= most).all() and every.wide.max() > 0.1 * most.max()


def test_legs_far_from_all_areas_are_not_laid_out():
    legs = build_legs(fixes([(60 * i, 300.0 * i, 0) for i in range(101)]))
    some = BridgeOfSome(legs, 40.0, MODEL)
    near = some.near(np.array([shapely.box(-100, -50, 400, 50), shapely.box(20_000, -50, 20_100, 50)]))
    assert 2 in near and len(near) < 20 and (near[:-1] < near[1:]).all() and {66, 67} <= set(near)
    assert len(some.near(np.array([shapely.box(0, -50, 30_000, 50)]))) == 100


@pytest.mark.parametrize("shuffled", [False, True])
def test_of_some_legs_the_bridge_is_that_of_all(shuffled):
    """Only the legs asked for and their neighbours are laid out: speeds, turns and standing hang on no others."""
    rng = np.random.default_rng(4)
    walk = rng.normal(0, 200, (2, 60)).cumsum(axis=1)
    legs = build_legs(fixes([(60 * i, *xy) for i, xy in enumerate(walk.T)], accuracy_m=rng.uniform(1, 30, 60)))
    legs = legs.sample(frac=1, random_state=1) if shuffled else legs
    every, which = Bridge(legs, leg_limits(legs, 40.0), MODEL), np.array([0, 7, 8, 30, 58])
    some, at = BridgeOfSome(legs, 40.0, MODEL).of(which)
    assert len(some.legs.stand) < 20
    shape, part = Places(rings_of(shapely.box(-300, -300, 300, 300))), (np.full(5, 0.2), np.full(5, 0.7))
    np.testing.assert_allclose(some.parts(at, shape, *part), every.parts(which, shape, *part), rtol=1e-12)
    for name in ("stand", "at_start", "fastest", "blurred", "wide"):
        np.testing.assert_allclose(getattr(some.legs, name)[at], getattr(every.legs, name)[which], rtol=1e-12)
