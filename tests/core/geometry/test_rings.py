"""Rings: polygons as flat arrays, their interior to the left of every edge."""

import numpy as np
import pytest
import shapely

from ia_plugin.core.geometry.rings import rings_of

SHELL = [(0, 0), (10, 0), (10, 10), (0, 10)]
HOLE = [(4, 4), (6, 4), (6, 6), (4, 6)]


def edges_of(shape):
    return list(zip(*(v.tolist() for v in rings_of(shape).edges())))


def turned_area(shape):
    """Area by the shoelace formula over the edges: right only where shells turn left and holes turn right."""
    return sum(ux * vy - vx * uy for ux, uy, vx, vy in edges_of(shape)) / 2


def test_the_edges_of_a_square_by_hand():
    assert set(edges_of(shapely.Polygon(SHELL))) == {(0, 0, 10, 0), (10, 0, 10, 10), (10, 10, 0, 10), (0, 10, 0, 0)}


@pytest.mark.parametrize("shell", [SHELL, SHELL[::-1]])
@pytest.mark.parametrize("hole", [HOLE, HOLE[::-1]])
def test_shells_turn_left_and_holes_turn_right_however_they_are_drawn(shell, hole):
    assert turned_area(shapely.Polygon(shell, [hole])) == 100 - 4
    assert turned_area(shapely.Polygon(shell)) == 100


def test_no_edge_leads_from_one_ring_to_the_next():
    two = shapely.MultiPolygon([shapely.Polygon(SHELL, [HOLE]), shapely.box(20, 0, 22, 3)])
    edges = edges_of(two)
    assert len(edges) == 4 + 4 + 4  # shell, hole, second part
    assert turned_area(two) == 96 + 6
    # Each ring is closed: where an edge ends, another starts.
    assert sorted(e[:2] for e in edges) == sorted(e[2:] for e in edges)
    rings = rings_of(two)
    assert len(rings.x) == 15 and rings.joints.tolist() == [4, 9]


def test_a_small_ring_far_east_keeps_its_turn():
    """At eastings of 4e5 m and northings of 3e5 m the products of the shoelace eat a ring of a centimetre."""
    for shell in (SHELL, SHELL[::-1]):
        tiny = shapely.Polygon(np.array(shell) * 1e-3 + [400_000.0, 290_000.0])
        rings = rings_of(tiny)
        x, y = rings.x - rings.x[0], rings.y - rings.y[0]
        assert (x[:-1] * y[1:] - x[1:] * y[:-1]).sum() > 0


def test_bounds_and_origin():
    rings = rings_of(shapely.box(400_000.7, 290_000.2, 400_010.5, 290_003.0))
    assert rings.bounds == (400_000.7, 290_000.2, 400_010.5, 290_003.0)
    assert rings.origin == (400_000.0, 290_000.0)
    assert rings_of(shapely.box(-0.5, -7.0, 3, 3)).origin == (-1.0, -7.0)


def test_rings_seen_from_another_origin():
    rings = rings_of(shapely.Polygon(np.array(SHELL) + [100, 200], [np.array(HOLE) + [100, 200]]))
    seen = rings.shifted((100.0, 200.0))
    plain = rings_of(shapely.Polygon(SHELL, [HOLE]))
    assert seen.x.tolist() == plain.x.tolist() and seen.y.tolist() == plain.y.tolist()
    assert seen.bounds == (0, 0, 10, 10) and seen.joints.tolist() == plain.joints.tolist()
    assert rings.bounds == (100, 200, 110, 210)  # the rings themselves stay as they are


@pytest.mark.parametrize(
    "shape", [shapely.Polygon(), shapely.MultiPolygon(), shapely.MultiPolygon([shapely.Polygon()])]
)
def test_an_empty_polygon_has_no_rings(shape):
    rings = rings_of(shape)
    assert len(rings.x) == len(rings.y) == len(rings.joints) == 0
    assert np.isnan(rings.bounds).all()
    assert all(len(v) == 0 for v in rings.edges())
