"""The inside of legs: hand cases, integer grids where every coincidence happens, and shapely as the oracle."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.geometry import clip
from ia_plugin.core.geometry.clip import crossings, directions, inside_fraction, inside_intervals, leg_ends_inside
from ia_plugin.core.geometry.distance import distance_to_boundary
from ia_plugin.core.geometry.rings import rings_of


def fraction(polygon, legs):
    x0, y0, x1, y1 = np.array(legs, dtype=float).T.copy()
    crossed = crossings(x0, y0, x1, y1, rings_of(polygon))
    return inside_fraction(len(x0), crossed, (x0 == x1) & (y0 == y1))


SQUARE = shapely.box(0, 0, 10, 10)
HOLED = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(4, 4), (6, 4), (6, 6), (4, 6)]])
TWO = shapely.MultiPolygon([shapely.box(0, 0, 2, 2), shapely.box(4, 0, 6, 2)])


@pytest.mark.parametrize(
    ("polygon", "leg", "expected"),
    [
        (SQUARE, (2, 2, 8, 8), 1),
        (SQUARE, (-10, 5, 20, 5), 1 / 3),
        (SQUARE, (5, 5, 15, 5), 0.5),
        (SQUARE, (-5, -5, 15, 15), 0.5),  # through two vertices
        (SQUARE, (-5, 5, 5, 15), 0),  # touches a vertex
        (SQUARE, (20, 20, 30, 30), 0),  # points away along a line that crosses
        (SQUARE, (5, 5, 5, 5), 1),  # of no length
        (SQUARE, (15, 5, 15, 5), 0),
        (HOLED, (0, 5, 10, 5), 0.8),
        (HOLED, (5, 5, 5, 5), 0),
        (TWO, (0, 1, 6, 1), 4 / 6),
        (shapely.Polygon(SQUARE.exterior.coords[::-1]), (-10, 5, 20, 5), 1 / 3),  # wound the other way
    ],
)
def test_by_hand(polygon, leg, expected):
    assert fraction(polygon, [leg])[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("leg", [(0, 10, 10, 10), (10, 0, 10, 10), (2, 10, 7, 10), (-5, 10, 20, 10), (3, 10, 3, 10)])
def test_a_leg_along_a_shared_edge_belongs_to_one_side(leg):
    tiles = [shapely.box(x, y, x + 10, y + 10) for x in (-10, 0, 10, 20) for y in (-10, 0, 10)]
    assert sum(fraction(t, [leg])[0] for t in tiles) == pytest.approx(1, abs=1e-12)


grid = st.integers(-8, 8)


@given(st.lists(st.tuples(grid, grid, grid, grid), min_size=1, max_size=50), st.integers(0, 10_000))
def test_triangles_that_tile_the_plane_sum_to_one_on_an_integer_grid(legs, seed):
    rng = np.random.default_rng(seed)
    # A split of the square into triangles at integer points, some of them collinear.
    corners = [(-9, -9), (9, -9), (9, 9), (-9, 9)]
    inner = {tuple(p) for p in rng.integers(-8, 9, (6, 2)).tolist()}
    tiles = shapely.get_parts(shapely.delaunay_triangles(shapely.MultiPoint(corners + sorted(inner))))
    total = sum(fraction(t, legs) for t in tiles)
    np.testing.assert_allclose(total, 1, atol=1e-9)


@given(
    st.lists(st.tuples(grid, grid), min_size=3, max_size=12),
    st.lists(st.tuples(grid, grid, grid, grid), min_size=1, max_size=30),
)
def test_any_shape_agrees_with_shapely(points, legs):
    shape = shapely.MultiPoint(points).convex_hull
    if shape.geom_type != "Polygon":
        return
    # Off the grid by a third, so that no leg runs along an edge, where the share is a convention.
    legs = np.array(legs, dtype=float) + 1 / 3
    lines = shapely.linestrings(legs.reshape(-1, 2, 2))
    length = shapely.length(lines)
    expected = np.where(
        length > 0,
        shapely.length(shapely.intersection(lines, shape)) / np.where(length > 0, length, 1),
        shapely.intersects(shapely.points(legs[:, :2]), shape),
    )
    np.testing.assert_allclose(fraction(shape, legs), expected, atol=1e-9)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_moving_everything_changes_nothing(dx, dy):
    legs = np.array([(-3.1, 2.2, 12.7, 8.4), (5, 5, 5, 5), (1, 1, 9, 9.5)])
    moved = legs + [dx, dy, dx, dy]
    shape = shapely.transform(HOLED, lambda c: c + [dx, dy])
    np.testing.assert_allclose(fraction(shape, moved), fraction(HOLED, legs), atol=1e-7)


def test_intervals_by_hand():
    x0, y0, x1, y1 = np.array([(0, 5, 10, 5), (20, 5, 30, 5), (-10, 1, 10, 1)], dtype=float).T.copy()
    leg, t_in, t_out = inside_intervals(crossings(x0, y0, x1, y1, rings_of(HOLED)))
    found = list(zip(leg.tolist(), np.round(t_in, 9).tolist(), np.round(t_out, 9).tolist()))
    assert found == [(0, 0.0, 0.4), (0, 0.6, 1.0), (1, -2.0, -1.6), (1, -1.4, -1.0), (2, 0.5, 1.0)]


def test_distance_to_the_boundary_is_shapelys():
    rng = np.random.default_rng(5)
    x, y = rng.uniform(-5, 15, (2, 500))
    expected = shapely.distance(HOLED.boundary, shapely.points(x, y))
    np.testing.assert_allclose(distance_to_boundary(x, y, rings_of(HOLED)), expected, atol=1e-12)


def test_an_empty_polygon_holds_nothing():
    assert fraction(shapely.Polygon(), [(0, 0, 1, 1)])[0] == 0


# --- conventions that the rest of the method relies on ----------------------------------------------------------------


def crossed(legs, polygon):
    return crossings(*np.array(legs, dtype=float).reshape(-1, 4).T.copy(), rings_of(polygon))


def test_where_a_line_enters_and_leaves_by_hand():
    found = crossed([(-10, 5, 20, 5)], SQUARE)
    assert sorted(zip(found.sign.tolist(), found.t.round(12).tolist())) == [
        (-1, round(2 / 3, 12)),
        (1, round(1 / 3, 12)),
    ]
    # The line goes on beyond the leg: behind its start and past its end.
    found = crossed([(2, 5, 4, 5)], SQUARE)
    assert sorted(zip(found.sign.tolist(), found.t.tolist())) == [(-1, 4.0), (1, -1.0)]


def test_ends_inside_and_a_point_ends_where_it_starts():
    legs = [(5, 5, 15, 5), (15, 5, 5, 5), (-5, 5, 15, 5), (2, 2, 8, 8), (5, 5, 5, 5), (15, 15, 15, 15), (5, 5, 25, 5)]
    ends = leg_ends_inside(*np.array(legs, dtype=float).T.copy(), rings_of(SQUARE))
    assert [v.tolist() for v in ends] == [
        [True, False, False, True, True, False, True],
        [False, True, False, True, True, False, False],
    ]
    # In a hole and beyond it.
    ends = leg_ends_inside(*np.array([(5, 5, 7, 5), (7, 5, 5, 5)], dtype=float).T.copy(), rings_of(HOLED))
    assert [v.tolist() for v in ends] == [[False, True], [True, False]]


def test_a_leg_of_no_length_looks_east_and_others_where_they_go():
    dx, dy = directions(*np.array([(1, 1, 1, 1), (0, 0, 0, 3), (0, 0, 3, 0), (4, 4, 5, 4)], dtype=float).T.copy())
    assert list(zip(dx.tolist(), dy.tolist())) == [(1, 0), (0, 3), (3, 0), (1, 0)]


@pytest.mark.parametrize("n", [0, 3])
def test_no_legs_or_no_edges_give_no_crossings(n):
    legs = np.zeros((n, 4))
    found = crossed(legs, shapely.Polygon())
    assert [len(v) for v in (found.leg, found.t, found.sign)] == [0, 0, 0]
    assert found.sign.dtype == np.int8
    assert inside_fraction(n, found, np.ones(n, dtype=bool)).tolist() == [0.0] * n
    assert len(crossed(np.zeros((0, 4)), SQUARE).t) == 0


@pytest.mark.parametrize("cells", [1, 12, 40])
def test_many_legs_in_small_portions_are_the_same(monkeypatch, cells):
    rng = np.random.default_rng(7)
    legs = rng.uniform(-5, 15, (31, 4))
    whole = crossed(legs, HOLED)
    monkeypatch.setattr(clip, "BLOCK", cells)
    parts = crossed(legs, HOLED)
    for name in ("leg", "t", "sign"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))
    assert np.all(np.diff(whole.leg) >= 0) and whole.leg.max() == 30


def test_parts_that_touch_are_one_stay():
    """Two squares that meet at x = 10 and one that stands apart: from 0 to 20 without a break, then 30 to 40."""
    row = shapely.MultiPolygon([shapely.box(a, 0, a + 10, 10) for a in (10, 0, 30)])
    leg, t_in, t_out = inside_intervals(crossed([(0, 5, 50, 5)], row))
    assert list(zip(leg.tolist(), t_in.round(9).tolist(), t_out.round(9).tolist())) == [(0, 0.0, 0.4), (0, 0.6, 0.8)]


@given(st.lists(st.tuples(grid, grid, grid, grid), min_size=1, max_size=30))
def test_intervals_make_up_the_fraction_and_never_overlap(legs):
    legs = [row for row in legs if row[:2] != row[2:]]
    leg, t_in, t_out = inside_intervals(crossed(legs, TWO.union(shapely.box(-6, -6, 6, -1))))
    lasts = np.clip(t_out, 0, 1) - np.clip(t_in, 0, 1)
    total = np.bincount(leg, weights=lasts, minlength=len(legs)) if len(legs) else np.zeros(0)
    expected = fraction(TWO.union(shapely.box(-6, -6, 6, -1)), legs) if legs else np.zeros(0)
    np.testing.assert_allclose(total, expected, atol=1e-9)
    assert (t_out >= t_in).all()  # a vertex touched in passing is a stay of no length
    same = leg[1:] == leg[:-1]
    assert (t_in[1:] > t_out[:-1])[same].all()


@given(st.lists(st.tuples(grid, grid, grid, grid), min_size=1, max_size=30), st.sampled_from([1, 3]), grid, grid)
def test_turned_and_grown_it_is_the_same(legs, k, dx, dy):
    """A quarter turn, a growth by a whole factor and a shift by whole metres keep integers whole: equal to the last digits."""
    legs = np.array(legs, dtype=float)
    turned = np.c_[-legs[:, 1], legs[:, 0], -legs[:, 3], legs[:, 2]] * k + [dx, dy, dx, dy]
    shape = shapely.transform(HOLED, lambda c: np.c_[-c[:, 1], c[:, 0]] * k + [dx, dy])
    # Off the grid, where no leg lies along an edge: there the side it counts for turns too.
    np.testing.assert_allclose(
        fraction(shape, turned + 0.25 * k * np.array([-1, 1, -1, 1])), fraction(HOLED, legs + 0.25), atol=1e-9
    )
