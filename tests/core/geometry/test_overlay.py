"""Legs laid over areas: what comes for each area, and from which origin it is seen."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.geometry import overlay as module
from ia_plugin.core.geometry.overlay import overlay

E, N = 400_000.0, 290_000.0
WEST, EAST = shapely.box(E, N, E + 100, N + 100), shapely.box(E + 100, N, E + 200, N + 100)
LEGS = np.array([
    (-50, 50, 150, 50),  # 0: 50 m before, all of west, half of east
    (50, 50, 50, 50),  # 1: stands in west
    (300, 50, 400, 50),  # 2: beyond both
    (150, 10, 150, 90),  # 3: within east
    (20, 20, 180, 20),  # 4: 80 m in each
], dtype=float) + [E, N, E, N]  # fmt: skip


def laid(legs, shapes, **options):
    return list(overlay(*np.array(legs, dtype=float).reshape(-1, 4).T.copy(), shapes, **options))


def test_each_area_comes_with_the_legs_near_it_in_their_order():
    parts = laid(LEGS, [WEST, EAST])
    assert [p.area for p in parts] == [0, 1]
    assert [p.leg.tolist() for p in parts] == [[0, 1, 4], [0, 3, 4]]


def test_the_fraction_of_each_leg_by_hand():
    west, east = laid(LEGS, [WEST, EAST])
    assert west.fraction.tolist() == pytest.approx([0.5, 1.0, 0.5])
    assert east.fraction.tolist() == pytest.approx([0.25, 1.0, 0.5])


def test_which_ends_are_inside():
    west, east = laid(LEGS, [WEST, EAST])
    assert [v.tolist() for v in west.ends_inside] == [[False, True, True], [False, True, False]]
    assert [v.tolist() for v in east.ends_inside] == [[False, True, False], [True, True, True]]


def test_legs_of_no_length_are_points():
    west, east = laid(LEGS, [WEST, EAST])
    assert west.points.tolist() == [False, True, False]
    assert not east.points.any()
    assert laid([(E + 5, N, E + 5, N + 9)], [WEST])[0].points.tolist() == [False]
    assert laid([(E, N + 5, E + 9, N + 5)], [WEST])[0].points.tolist() == [False]


def test_everything_is_seen_from_a_whole_metre_near_the_area():
    part = laid(LEGS[:1] + 0.25, [shapely.affinity.translate(WEST, 0.75, 0.5)])[0]
    assert part.origin == (E, N)
    assert (part.x0[0], part.y0[0], part.x1[0], part.y1[0]) == (-49.75, 50.25, 150.25, 50.25)
    assert part.rings.bounds == (0.75, 0.5, 100.75, 100.5)


def test_a_wide_leg_is_laid_over_what_it_could_reach():
    near = (E - 40, N + 50, E - 40, N + 60)  # 40 m west of it
    assert laid([near], [WEST]) == []
    assert laid([near], [WEST], wide=np.array([39.0])) == []
    [part] = laid([near], [WEST], wide=np.array([41.0]))
    assert part.leg.tolist() == [0] and part.fraction.tolist() == [0]
    # The ends stay the leg's own.
    assert (part.x0[0], part.x1[0]) == (-40, -40)


@pytest.mark.parametrize(
    ("leg", "wide"),
    [((50, 130, 60, 140), 31), ((50, -40, 60, -35), 36), ((140, 50, 150, 60), 41), ((-9, -9, -8, -8), 9)],
)
def test_a_leg_reaches_out_on_every_side(leg, wide):
    ends = np.array(leg) + [E, N, E, N]
    assert laid([ends], [WEST], wide=np.array([wide - 2.0])) == []
    assert len(laid([ends], [WEST], wide=np.array([float(wide)]))) == 1
    assert len(laid([ends[[2, 3, 0, 1]]], [WEST], wide=np.array([float(wide)]))) == 1  # walked the other way


def test_areas_without_legs_and_empty_ones_do_not_come():
    far = shapely.box(E + 9000, N, E + 9100, N + 100)
    parts = laid(LEGS, [far, shapely.Polygon(), WEST, far, EAST])
    assert [p.area for p in parts] == [2, 4]
    assert laid(LEGS, []) == [] and laid([], [WEST]) == []
    assert laid(LEGS, [shapely.Polygon()]) == []


def test_the_progress_rises_from_three_tenths_to_the_end():
    seen = []
    far = shapely.box(E + 9000, N, E + 9100, N + 100)
    laid(LEGS, [WEST, far, EAST, far, WEST], progress=seen.append)
    assert seen == pytest.approx([0.3, 0.3 + 0.14, 0.3 + 0.42, 1.0])


def test_many_legs_come_in_portions_that_make_up_the_whole(monkeypatch):
    rng = np.random.default_rng(0)
    legs = rng.uniform(-50, 250, (40, 4)) + [E, N, E, N]
    whole = laid(legs, [WEST, EAST])
    monkeypatch.setattr(module, "PAIRS", 7)
    parts = laid(legs, [WEST, EAST])
    assert max(len(p.leg) for p in parts) == 7
    for area, one in enumerate(whole):
        some = [p for p in parts if p.area == area]
        np.testing.assert_array_equal(np.concatenate([p.leg for p in some]), one.leg)
        np.testing.assert_array_equal(np.concatenate([p.fraction for p in some]), one.fraction)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_neighbours_share_each_leg_whatever_the_order_of_legs_and_areas(seed):
    """Two areas side by side take from each leg what one of their union takes; a shuffle of legs shuffles the answer."""
    rng = np.random.default_rng(seed)
    legs = rng.integers(-50, 251, (30, 4)) + [E, N, E, N]
    taken = {}
    for name, shapes in {"two": [WEST, EAST], "turned": [EAST, WEST], "one": [shapely.union(WEST, EAST)]}.items():
        total = np.zeros(30)
        for part in laid(legs, shapes):
            np.add.at(total, part.leg, part.fraction)
        taken[name] = total
    np.testing.assert_allclose(taken["two"], taken["one"], atol=1e-12)
    np.testing.assert_allclose(taken["two"], taken["turned"], atol=1e-12)
    order = rng.permutation(30)
    mixed = np.zeros(30)
    for part in laid(legs[order], [WEST, EAST]):
        np.add.at(mixed, order[part.leg], part.fraction)
    np.testing.assert_allclose(mixed, taken["two"], atol=1e-12)
