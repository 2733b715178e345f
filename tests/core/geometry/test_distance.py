"""How far it is to the edge: right triangles, and what cannot change."""

import tracemalloc

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.geometry import distance
from ia_plugin.core.geometry.distance import distance_to_boundary, ends_to_boundary
from ia_plugin.core.geometry.rings import rings_of

HOLED = shapely.Polygon([(0, 0), (100, 0), (100, 100), (0, 100)], [[(40, 40), (60, 40), (60, 60), (40, 60)]])


def away(x, y, shape=HOLED):
    return float(distance_to_boundary(np.array([float(x)]), np.array([float(y)]), rings_of(shape))[0])


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((10, 50), 10),  # inside, nearest to the west side
        ((50, 90), 10),
        ((130, 50), 30),  # outside, square to the east side
        ((103, 104), 5),  # past a corner: 3-4-5
        ((-6, -8), 10),
        ((50, 50), 10),  # in the middle of the hole
        ((37, 36), 5),  # past the hole's corner
        ((0, 70), 0),  # on an edge
        ((100, 100), 0),  # on a corner
    ],
)
def test_by_hand(point, expected):
    assert away(*point) == pytest.approx(expected, abs=1e-12)


def test_the_step_from_one_ring_to_the_next_is_no_edge():
    two = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(90, 0, 100, 10)])
    assert away(50, 5, two) == pytest.approx(40)


def test_a_vertex_that_stands_twice_does_no_harm():
    twice = shapely.Polygon([(0, 0), (10, 0), (10, 0), (10, 10), (0, 10)])
    assert away(13, -4, twice) == pytest.approx(5)


def test_no_polygon_is_infinitely_far():
    assert away(0, 0, shapely.Polygon()) == np.inf


def ends_away(legs, area=None, shapes=(shapely.box(0, 0, 100, 100),)):
    area = np.zeros(len(legs), dtype=int) if area is None else np.array(area)
    return ends_to_boundary(*np.array(legs, dtype=float).reshape(-1, 4).T.copy(), area, [rings_of(s) for s in shapes])


def test_how_far_each_end_is_from_the_edge():
    start, end = ends_away([(-50, 50, 150, 50), (50, 50, 50, 50), (20, 20, 180, 20)])
    assert start.tolist() == pytest.approx([50, 50, 20])
    assert end.tolist() == pytest.approx([50, 50, 80])
    assert [len(v) for v in ends_away([])] == [0, 0]


def test_a_track_measures_each_of_its_fixes_once_and_right(monkeypatch):
    """Legs that follow each other share a fix: five legs have six distances, not ten."""
    x = [-30, 10, 40, 70, 95, 130]
    track = [(a, 50, b, 50) for a, b in zip(x[:-1], x[1:])]
    asked = []
    measure = distance._Boundaries.distance
    monkeypatch.setattr(
        distance._Boundaries, "distance", lambda self, px, *more: asked.append(len(px)) or measure(self, px, *more)
    )
    start, end = ends_away(track)
    assert start.tolist() == pytest.approx([30, 10, 40, 30, 5])
    assert end.tolist() == pytest.approx([10, 40, 30, 5, 30])
    assert asked == [6]
    # Not the neighbours: nothing is shared.
    start, end = ends_away(track[::2])
    assert (start.tolist(), end.tolist()) == (pytest.approx([30, 40, 5]), pytest.approx([10, 30, 30]))
    assert asked == [6, 6]


def test_legs_of_several_areas_each_to_its_own():
    """Two tiles side by side, a strip over both, and one far away with a hole; a leg over the border is of both tiles."""
    west, east, over = shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100), shapely.box(-50, 40, 250, 60)
    far = shapely.affinity.translate(HOLED, 400_000, 300_000)
    legs = [
        (30, 50, 90, 50),
        (90, 50, 120, 50),
        (90, 50, 120, 50),
        (120, 50, 120, 50),
        (400_050, 300_050, 400_037, 300_036),
    ]
    start, end = ends_away(legs[:2] + legs[2:4] + legs[1:2] + legs[4:], [0, 0, 1, 1, 2, 3], [west, east, over, far])
    assert start.tolist() == pytest.approx([30, 10, 10, 20, 10, 10])
    assert end.tolist() == pytest.approx([10, 20, 20, 20, 10, 5])


def test_an_empty_area_that_no_leg_is_of_does_no_harm():
    start, end = ends_away([(50, 50, 50, 80)], [1], [shapely.Polygon(), shapely.box(0, 0, 100, 100)])
    assert (start.tolist(), end.tolist()) == ([50], [20])


def to_all(x, y, shape):
    """Every point to every edge, by the library that knows nothing of this."""
    return shapely.distance(shapely.points(x, y), shapely.boundary(shape))


@pytest.mark.parametrize(
    "shape",
    [
        shapely.box(0, 0, 100, 1),  # two edges a hundred times as long as the others
        shapely.Point(50, 50).buffer(50, 32),  # its middle is as far from every edge
        shapely.MultiPolygon([HOLED, shapely.box(200, 0, 210, 10), shapely.Point(300, 50).buffer(3)]),
        shapely.LineString([(0, 0), (100, 0), (100, 100), (0, 90), (30, 50)]).buffer(0.5),
    ],
)
@pytest.mark.parametrize("away", [0.0, 3_000.0, 3_000_000.0])
def test_whichever_edge_is_nearest_it_is_found(shape, away):
    """Also from so far that single precision tells no edge from another."""
    x, y = np.meshgrid(np.linspace(-40, 340, 96), np.linspace(-40, 140, 46))
    x, y = x.ravel() + away, y.ravel() - away / 3
    found = distance_to_boundary(x, y, rings_of(shape))
    np.testing.assert_allclose(found, to_all(x, y, shape), rtol=1e-15, atol=1e-9)


@given(st.floats(-300, 400), st.floats(-300, 400), st.sampled_from([0.5, 2.0, 10.0]), st.sampled_from([-50.0, 400.0]))
def test_scale_and_place(x, y, k, shift):
    """Everything k times as large is k times as far; a shift of all changes nothing."""
    plain = away(x, y)
    assert away(k * x, k * y, shapely.affinity.scale(HOLED, k, k, origin=(0, 0))) == pytest.approx(k * plain, abs=1e-9)
    assert away(x + shift, y + shift, shapely.affinity.translate(HOLED, shift, shift)) == pytest.approx(plain, abs=1e-9)


def test_no_two_places_differ_by_more_than_the_way_between_them():
    rng = np.random.default_rng(1)
    a, b = rng.uniform(-50, 150, (2, 400, 2))
    da, db = (distance_to_boundary(*p.T.copy(), rings_of(HOLED)) for p in (a, b))
    assert (np.abs(da - db) <= np.hypot(*(a - b).T) + 1e-9).all()


def test_many_points_in_small_portions_are_the_same(monkeypatch):
    rng = np.random.default_rng(2)
    x, y = rng.uniform(-50, 150, (2, 61))
    monkeypatch.setattr(distance, "FEW", 0)
    whole = distance_to_boundary(x, y, rings_of(HOLED))
    monkeypatch.setattr(distance, "BLOCK", 70)  # 2 points of some 32 marks at a time
    np.testing.assert_array_equal(distance_to_boundary(x, y, rings_of(HOLED)), whole)
    monkeypatch.setattr(distance, "BLOCK", 1)  # fewer cells than marks: a point at a time
    np.testing.assert_array_equal(distance_to_boundary(x, y, rings_of(HOLED)), whole)


@given(st.integers(0, 1_000))
def test_the_edges_left_out_are_never_the_nearest(seed):
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    r = rng.uniform(20, 100, 90)
    shape = shapely.Polygon(np.c_[r * np.cos(angle), r * np.sin(angle)]).buffer(0)
    x, y = np.r_[rng.uniform(-150, 150, (2, 200)).T, rng.uniform(-2000, 2000, (100, 2))].T.copy()
    np.testing.assert_allclose(distance_to_boundary(x, y, rings_of(shape)), to_all(x, y, shape), rtol=0, atol=1e-9)


def test_of_several_values_the_least_stands_whichever_came_first():
    found = distance._least(4, np.array([0, 1, 0, 3, 1, 0, 1]), np.array([5.0, 2.0, 1.0, 9.0, 3.0, 4.0, 2.0]))
    np.testing.assert_array_equal(found, [1.0, 2.0, np.nan, 9.0])


def test_of_values_that_fall_one_by_one_the_last_stands():
    """A point in the middle of a round shore is about as far from all of it."""
    falling = np.arange(1_000.0)[::-1]
    assert distance._least(2, np.zeros(1_000, dtype=int), falling).tolist()[0] == 0.0
    assert distance._least(2, np.zeros(1_000, dtype=int), falling[::-1]).tolist()[0] == 0.0


def test_a_point_that_is_nowhere_spoils_no_other():
    x = np.array([0.0, np.nan, 3.0, np.inf])
    found = distance_to_boundary(x, np.zeros(4), rings_of(shapely.Point(0, 0).buffer(10.0, quad_segs=64)))
    assert np.isnan(found[[1, 3]]).all() and np.abs(found[[0, 2]] - [10.0, 7.0]).max() < 0.01


def test_points_in_the_middle_of_a_round_area_take_no_more_memory_than_others():
    rings = rings_of(shapely.Point(0, 0).buffer(500.0, quad_segs=16))
    near = np.random.default_rng(1).normal(0, 0.5, (2, 40_000))
    tracemalloc.start()
    distance_to_boundary(*near, rings)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6  # all that can be nearest at once would be 100 MB
