"""AreaIndex: no pair is ever missed."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.geometry import candidates
from ia_plugin.core.geometry.candidates import AreaIndex
from ia_plugin.core.geometry.rings import rings_of


@given(st.integers(0, 10_000), st.sampled_from([1, 3, 80]), st.sampled_from([0.0, 1.0, 30.0, 3000.0]))
def test_every_leg_that_meets_an_area_is_found(seed, areas, stride):
    rng = np.random.default_rng(seed)
    shapes = [
        shapely.Point(p).buffer(r, 3) for p, r in zip(rng.uniform(0, 1000, (areas, 2)), rng.uniform(1, 80, areas))
    ]
    start = rng.uniform(-200, 1200, (200, 2))
    end = start + rng.normal(0, 1, (200, 2)) * stride
    leg, area = AreaIndex([rings_of(s) for s in shapes]).pairs(*start.T.copy(), *end.T.copy())
    found = set(zip(leg.tolist(), area.tolist()))
    assert len(found) == len(leg)
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    meets = shapely.intersects(lines[:, None], np.array(shapes)[None, :])
    assert {(i, j) for i, j in np.argwhere(meets).tolist()} <= found
    assert np.all(np.diff(area) >= 0)


def test_nothing_in_nothing_out():
    none = np.empty(0)
    shapes = [shapely.box(0, 0, 1, 1)]
    assert len(AreaIndex([]).pairs(none, none, none, none)[0]) == 0
    assert len(AreaIndex([rings_of(s) for s in shapes]).pairs(none, none, none, none)[0]) == 0
    empty = [shapely.Polygon()]
    one = np.ones(1)
    assert len(AreaIndex([rings_of(s) for s in empty]).pairs(one, one, one, one)[0]) == 0


def pairs(shapes, legs):
    """(leg, area) pairs of legs given as rows (x0, y0, x1, y1)."""
    index = AreaIndex([rings_of(s) for s in shapes])
    return [(int(leg), int(area)) for leg, area in zip(*index.pairs(*np.array(legs, dtype=float).T.copy()))]


ROW = [shapely.box(100 * k, 0, 100 * k + 50, 50) for k in range(6)]  # 50 m areas, 50 m apart


def test_a_leg_within_one_area_meets_it_alone():
    assert pairs(ROW, [(110, 10, 120, 20), (510, 10, 520, 20)]) == [(0, 1), (1, 5)]


def test_pairs_come_by_area_and_then_by_leg():
    legs = [(260, 10, 10, 10), (10, 10, 20, 20), (110, 10, 120, 10)]
    assert pairs(ROW, legs) == [(0, 0), (1, 0), (0, 1), (2, 1), (0, 2)]


def test_what_touches_with_its_box_is_met():
    for leg in ((50, 25, 60, 25), (-10, 25, 0, 25), (25, -10, 25, 0), (25, 50, 25, 60)):
        assert (0, 0) in pairs(ROW, [leg])


def test_legs_beyond_all_areas_meet_none():
    far = [(-5000, 10, -4000, 20), (9000, 10, 9100, 10), (60, 9000, 70, 9100), (60, -900, 70, -800)]
    assert pairs(ROW, far) == []


def test_a_leg_across_the_force_meets_each_area_once():
    """It would pass through more cells than there are areas, so it is compared with each area."""
    shapes = [shapely.box(i * 40, j * 40, i * 40 + 30, j * 40 + 30) for i in range(12) for j in range(12)]
    found = pairs(shapes, [(-500, -500, 1000, 1000), (5, 5, 6, 6)])
    assert sorted(area for leg, area in found if leg == 0) == list(range(144))
    assert [area for leg, area in found if leg == 1] == [0]


def test_empty_areas_keep_their_places():
    assert pairs([shapely.Polygon(), ROW[0], shapely.Polygon(), ROW[1]], [(10, 10, 120, 10)]) == [(0, 1), (0, 3)]


def test_many_legs_in_small_portions_are_the_same(monkeypatch):
    rng = np.random.default_rng(6)
    start = rng.uniform(-50, 600, (100, 2)) * [1, 0.1]
    legs = np.c_[start, start + rng.normal(0, 40, (100, 2))]
    whole = pairs(ROW, legs)
    monkeypatch.setattr(candidates, "CHUNK", 7)
    assert pairs(ROW, legs) == whole
    assert len(whole) > 30


def test_a_leg_in_a_hole_or_between_the_parts_of_an_area_is_not_laid_over_it():
    """A ring road of 20 m about a square of 60 m, and two plots 250 m apart as one area: boxes alone would find all three legs."""
    ring = shapely.Polygon(shapely.box(0, 0, 100, 100).exterior, [shapely.box(20, 20, 80, 80).exterior])
    plots = shapely.MultiPolygon([shapely.box(200, 0, 250, 50), shapely.box(500, 0, 550, 50)])
    legs = [(45, 45, 55, 55), (370, 20, 380, 30), (5, 45, 15, 55), (210, 10, 520, 20)]
    assert pairs([ring, plots], legs) == [(2, 0), (3, 1)]
