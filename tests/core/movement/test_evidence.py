"""What legs say about how an officer moved: speeds, straightness and neighbours, worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.errors import ColumnError, DataRangeError
from ia_plugin.core.movement.evidence import (
    KINDS,
    SLOWEST_KMH,
    RunningSums,
    hats,
    knots_of,
    read_evidence,
    read_moves,
)
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes


def moves(track, officer="A", **columns):
    return read_moves(build_legs(fixes(track, officer, **columns)))


def line(steps, seconds=60.0):
    """Fixes along the x axis: steps in metres, so many seconds apart."""
    x = np.r_[0.0, np.cumsum(steps)]
    return np.c_[np.arange(len(x)) * seconds, x, np.zeros(len(x))]


def evidence(track, **columns):
    return {e.name: e for e in read_evidence(moves(track, **columns))}


def kmh(found):
    """Speeds from their logarithms, without what was added to them."""
    return np.exp(found.value) - SLOWEST_KMH


# --- legs in order ----------------------------------------------------------------------------------------------------


def test_the_gap_of_a_leg_reaches_from_the_middle_of_the_one_before():
    found = moves([(0, 0, 0), (60, 1, 0), (180, 2, 0), (200, 3, 0)])
    # Middles at 30, 120 and 190 s.
    assert found.gap_s.tolist() == pytest.approx([0, 90, 70]) and found.fresh.tolist() == [True, False, False]


def test_officers_stand_one_after_the_other_and_order_leads_back():
    legs = pd.concat([build_legs(fixes(line([1, 2, 3]), "B")), build_legs(fixes(line([7, 8]), "A"))], ignore_index=True)
    mixed = legs.iloc[[3, 2, 4, 0, 1]].reset_index(drop=True)  # A1 B3 A2 B1 B2
    found = read_moves(mixed)
    assert (found.x1 - found.x0).tolist() == [7, 8, 1, 2, 3]
    assert found.fresh.tolist() == [True, False, True, False, False]
    assert (mixed["x1"] - mixed["x0"]).to_numpy()[found.order].tolist() == [7, 8, 1, 2, 3]
    assert found.gap_s.tolist() == [0, 60, 0, 60, 60]  # no gap back in time between officers


def test_a_track_of_one_officer_ends_at_a_silence_and_the_officer_goes_on():
    found = moves([(0, 0, 0), (60, 1, 0), (5000, 2, 0), (5060, 3, 0)])
    assert found.fresh.tolist() == [True, False] and found.track[0] != found.track[1]


def test_without_tracks_each_officer_is_one_and_texts_will_do():
    legs = build_legs(fixes([(0, 0, 0), (60, 1, 0), (5000, 2, 0), (5060, 3, 0)]))
    assert len(set(read_moves(legs.drop(columns="track_id")).track)) == 1
    assert len(set(read_moves(legs.assign(track_id=["x", "y"])).track)) == 2


@pytest.mark.parametrize(
    ("seconds", "interval"),
    [(120, 0.0), (60, -np.log(2)), (240, np.log(2)), (5, -2.5), (10, np.log(10 / 120)), (3000, 2.0)],
)
def test_the_interval_is_a_logarithm_within_what_was_fitted(seconds, interval):
    legs = build_legs(fixes([(0, 0, 0), (60, 1, 0)])).assign(end=lambda t: t["start"] + pd.Timedelta(seconds=seconds))
    assert read_moves(legs).interval.tolist() == pytest.approx([interval])


def test_a_leg_of_no_time_lasts_a_tenth_of_a_second():
    legs = build_legs(fixes([(0, 0, 0), (60, 1, 0)]))
    assert read_moves(legs.assign(end=legs["start"])).duration_s.tolist() == [0.1]


def test_what_cannot_be_read_is_refused_by_its_row():
    legs = build_legs(fixes(line([1, 1, 1])))
    with pytest.raises(ColumnError, match="legs table lacks x1"):
        read_moves(legs.drop(columns="x1"))
    for wrong in ({"x0": [0, np.nan, np.inf]}, {"y1": [0, -np.inf, np.nan]}):
        with pytest.raises(DataRangeError, match=r"2 legs have no position.*\(first: row 1\). Build the legs"):
            read_moves(legs.assign(**wrong))
    with pytest.raises(DataRangeError, match="1 legs"):
        read_moves(legs.assign(end=[*legs["end"][:2], legs["start"][2] - pd.Timedelta(seconds=1)]))


def test_parts_are_whole_officers():
    legs = pd.concat([build_legs(fixes(line([1] * n), o)) for o, n in (("A", 3), ("B", 2), ("C", 4), ("D", 1))])
    found = read_moves(legs)
    assert found.parts(5) == [slice(0, 5), slice(5, 10)]
    assert found.parts(1) == [slice(0, 3), slice(3, 5), slice(5, 9), slice(9, 10)]
    assert found.parts(100) == [slice(0, 10)]
    some = found.part(slice(5, 9))
    assert len(some) == 4 and some.fresh.tolist() == [True, False, False, False] and some.accuracy0_m is None


# --- windows and running sums -----------------------------------------------------------------------------------------


def test_a_window_stays_within_its_track():
    legs = pd.concat([build_legs(fixes(line([1] * 4), "A")), build_legs(fixes(line([1] * 2), "B"))])
    first, last = read_moves(legs).window(1)
    assert first.tolist() == [0, 0, 1, 2, 4, 4] and last.tolist() == [1, 2, 3, 3, 5, 5]
    first, last = read_moves(legs).window(np.array([0, 9, 1, 0, 9, 0]))
    assert first.tolist() == [0, 0, 1, 3, 4, 5] and last.tolist() == [0, 3, 3, 3, 5, 5]


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), st.integers(0, 7), st.integers(0, 1000))
def test_sums_over_windows_are_sums(sizes, side, seed):
    legs = pd.concat([build_legs(fixes(line([1] * n), f"o{k}")) for k, n in enumerate(sizes)], ignore_index=True)
    found = read_moves(legs)
    values = np.random.default_rng(seed).integers(-9, 10, (2, len(legs))).astype(float)
    sums = RunningSums.of(found, *values)
    first, last = found.window(side)
    for k in range(2):
        expected = [values[k, a : b + 1].sum() for a, b in zip(first, last)]
        assert sums.over(k, first, last).tolist() == expected


# --- the evidence itself ----------------------------------------------------------------------------------------------


def test_it_comes_in_the_order_of_its_kinds():
    assert list(evidence(line([100, 100]))) == list(KINDS)


def test_a_steady_walk_straight_on():
    """100 m a minute, 6 km/h. Three legs: 300 m of way, 300 m net; at the ends two legs."""
    found = evidence(line([100] * 5))
    assert kmh(found["speed_kmh"]) == pytest.approx([6] * 5)
    for side in (3, 7):
        assert kmh(found[f"net_speed_{side}_kmh"]) == pytest.approx([6] * 5)
        assert kmh(found[f"fastest_{side}_kmh"]) == pytest.approx([6] * 5)
    assert found["straightness_3"].value == pytest.approx([200 / 220, 300 / 320, 300 / 320, 300 / 320, 200 / 220])
    assert found["straightness_7"].value == pytest.approx([400 / 420, 500 / 520, 500 / 520, 500 / 520, 400 / 420])
    assert all(e.weight is None for e in found.values())


def test_to_and_fro_gets_nowhere():
    """100 m out, 100 m back, 100 m out: of 300 m of way 100 m are net: 2 km/h."""
    found = evidence(line([100, -100, 100]))
    assert kmh(found["speed_kmh"]) == pytest.approx([6, 6, 6])
    assert kmh(found["net_speed_3_kmh"]) == pytest.approx([0, 2, 0], abs=1e-9)
    assert found["straightness_3"].value == pytest.approx([0, 100 / 320, 0])


def test_one_fast_leg_is_seen_as_far_as_the_windows_reach():
    found = evidence(line([50, 50, 50, 50, 50, 1000, 50, 50, 50, 50]))  # 3 and 60 km/h
    fast = [abs(i - 5) for i in range(10)]
    assert kmh(found["fastest_3_kmh"]).round(6).tolist() == [60 if far <= 1 else 3 for far in fast]
    assert kmh(found["fastest_7_kmh"]).round(6).tolist() == [60 if far <= 3 else 3 for far in fast]


def test_a_net_speed_is_over_the_time_of_the_window():
    # Legs of 30, 60 and 120 s, 70 m each: 210 m in 210 s, 3.6 km/h.
    found = evidence([(0, 0, 0), (30, 70, 0), (90, 140, 0), (210, 210, 0)])
    assert kmh(found["net_speed_3_kmh"])[1] == pytest.approx(3.6)
    assert kmh(found["net_speed_3_kmh"])[[0, 2]] == pytest.approx([3.6 * 140 / 90, 3.6 * 140 / 180])


def test_a_standing_leg_has_the_slowest_speed_there_is():
    found = evidence(line([0, 0]))
    assert found["speed_kmh"].value.tolist() == pytest.approx([np.log(SLOWEST_KMH)] * 2)


def test_an_accuracy_as_good_as_the_fitted_data_changes_nothing():
    track = line([100, 30, -20, 400, 5])
    plain = evidence(track)
    for accuracy in (0.0, 8.0, np.nan):
        found = evidence(track, accuracy_m=accuracy)
        for name, e in found.items():
            np.testing.assert_allclose(e.value, plain[name].value, rtol=1e-12)
            assert e.weight is None or e.weight.tolist() == [1.0] * 5


def test_a_poor_accuracy_takes_off_what_it_explains():
    """Errors of 17 m: 15² beyond the fitted 8² at each end of three legs, 2·(225 + 225) = 900 m² of the net way's square."""
    found = evidence(line([100, 100, 100]), accuracy_m=17.0)
    net = np.sqrt(300**2 - 900)
    assert kmh(found["net_speed_3_kmh"])[1] == pytest.approx(3.6 * net / 180)
    # It counts by m²/(m² + 900), m the 360 m of a fast walker in 180 s.
    assert found["net_speed_3_kmh"].weight[1] == pytest.approx(360**2 / (360**2 + 900))
    # Of a single leg: 120 m in a minute.
    assert found["speed_kmh"].weight[1] == pytest.approx(120**2 / (120**2 + 900))
    # Never less than a fifth of what was seen.
    small = evidence(line([10, 10, 10]), accuracy_m=100.0)
    assert kmh(small["net_speed_3_kmh"])[1] == pytest.approx(3.6 * 0.2 * 30 / 180)


def test_a_steady_pace_loses_only_what_error_adds():
    """Three legs of 100 m: no scatter for the error to explain; of the mean square 1 − 2·450/100² = 0.91 is kept."""
    found = evidence(line([100, 100, 100]), accuracy_m=17.0)
    assert kmh(found["speed_kmh"]) == pytest.approx(3.6 * 100 * np.sqrt(0.91) / 60)


def test_scatter_that_error_explains_shrinks_towards_the_mean():
    """Standing with errors of 50 m: legs of 0 and 100 m look like one pace, the scatter being all error."""
    found = evidence(line([100, 0, 100, 0, 100]), accuracy_m=50.0)
    speeds = kmh(found["speed_kmh"])
    assert speeds.max() - speeds.min() < 0.5 and speeds.max() < 2
    plain = kmh(evidence(line([100, 0, 100, 0, 100]))["speed_kmh"])
    assert plain.max() - plain.min() == pytest.approx(6)


@given(st.integers(0, 10_000), st.floats(-1e5, 1e5), st.floats(0, 6.3))
def test_a_shift_and_a_turn_of_all_fixes_change_no_evidence(seed, shift, angle):
    rng = np.random.default_rng(seed)
    track = np.c_[np.cumsum(rng.integers(20, 300, 9)), rng.normal(0, 200, (9, 2)).cumsum(axis=0)]
    c, s = np.cos(angle), np.sin(angle)
    turned = np.c_[track[:, 0], track[:, 1:] @ np.array([[c, s], [-s, c]]) + shift]
    one, two = (evidence(t, accuracy_m=30.0) for t in (track, turned))
    for name in KINDS:
        np.testing.assert_allclose(two[name].value, one[name].value, atol=1e-6)
        np.testing.assert_allclose(two[name].weight if two[name].weight is not None else 1,
                                   one[name].weight if one[name].weight is not None else 1, atol=1e-9)  # fmt: skip


# --- knots ------------------------------------------------------------------------------------------------------------


def test_knots_of_speeds_are_logarithms_and_of_straightness_are_not():
    assert knots_of("straightness_3").tolist() == [0.0, 0.3, 0.6, 0.85, 1.0]
    assert np.exp(knots_of("fastest_7_kmh")) - SLOWEST_KMH == pytest.approx([0.5, 2.0, 4.0, 6.5, 10.0, 18.0, 35.0])


@pytest.mark.parametrize(
    ("value", "weights"),
    [
        (0.0, [1, 0, 0]),
        (0.25, [0.75, 0.25, 0]),
        (1.0, [0, 1, 0]),
        (2.0, [0, 0.5, 0.5]),
        (3.0, [0, 0, 1]),
        (-9.0, [1, 0, 0]),  # constant beyond the first knot
        (9.0, [0, 0, 1]),
    ],
)
def test_hats_between_the_knots(value, weights):
    assert hats(np.array([value]), np.array([0.0, 1.0, 3.0]))[0].tolist() == pytest.approx(weights)
