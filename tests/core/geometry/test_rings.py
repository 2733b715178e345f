"""Rings: polygons as flat arrays, their interior to the left of every edge."""

import numpy as np
import pytest
import shapely

from ia_plugin.core.geometry.rings import Chains, rings_of

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


# --- chains: a polygon as it looks from a small place -----------------------------------------------------------------


def comb(teeth):
    """A comb along the x axis: a tooth of height 5 at each even metre, on a bar one metre high."""
    up = [(i, 5.0 if i % 4 in (1, 2) else 1.0) for i in range(2 * teeth)]
    return shapely.Polygon([(0, 0), (2 * teeth - 1, 0), *reversed(up)])


def test_chains_cover_each_edge_once():
    rings = rings_of(
        shapely.MultiPolygon([comb(10), shapely.Polygon(np.array(SHELL) + [100, 100], [np.array(HOLE) + [100, 100]])])
    )
    chains = Chains.of(rings, edges=3)
    covered = [(i, i + 1) for a, b in zip(chains.first, chains.last) for i in range(a, b)]
    every = [(i, i + 1) for i in range(len(rings.x) - 1) if i not in rings.joints.tolist()]
    assert covered == every
    assert (chains.last - chains.first).max() == 3
    assert chains.ends.tolist() == [*rings.joints.tolist(), len(rings.x) - 1]


def test_the_box_of_a_chain_holds_its_vertices():
    rings = rings_of(comb(10))
    chains = Chains.of(rings, edges=4)
    for a, b, box in zip(chains.first, chains.last, chains.boxes):
        x, y = rings.x[a : b + 1], rings.y[a : b + 1]
        assert box.tolist() == [x.min(), y.min(), x.max(), y.max()]


def test_far_from_everything_only_the_ends_of_chains_are_left():
    rings = rings_of(comb(10))
    chains = Chains.of(rings, edges=4)
    seen, any_edge = chains.near(100, 100, 101, 101)
    assert not any_edge
    ends = sorted({*chains.first.tolist(), *chains.last.tolist()})
    assert seen.x.tolist() == rings.x[ends].tolist() and seen.y.tolist() == rings.y[ends].tolist()


def test_a_box_that_holds_all_sees_all():
    rings = rings_of(shapely.Polygon(SHELL, [HOLE]))
    seen, any_edge = Chains.of(rings, edges=2).near(-1, -1, 11, 11)
    assert any_edge
    assert seen.x.tolist() == rings.x.tolist() and seen.joints.tolist() == rings.joints.tolist()


@pytest.mark.parametrize(
    ("box", "touches"),
    [
        ((12, 2, 13, 3), False),  # east of it
        ((10, 2, 13, 3), True),  # touches the east side
        ((-3, 2, 0, 3), True),
        ((2, 10, 3, 12), True),
        ((2, -4, 3, 0), True),
        ((2, 10.1, 3, 12), False),
        ((2, 2, 3, 3), False),  # inside, away from shell and hole
        ((3, 3, 4, 4), True),  # touches the hole's corner
    ],
)
def test_an_edge_is_near_when_its_chain_reaches_the_box(box, touches):
    # One edge a chain, so that the box of a chain is its edge.
    _, any_edge = Chains.of(rings_of(shapely.Polygon(SHELL, [HOLE])), edges=1).near(*box)
    assert any_edge is touches


def test_the_near_chain_keeps_all_its_vertices_and_rings_stay_apart():
    shape = shapely.MultiPolygon([comb(10), shapely.box(100, 0, 101, 1)])
    rings = rings_of(shape)
    chains = Chains.of(rings, edges=4)
    seen, _ = chains.near(3, 3, 6, 4)
    kept = set(zip(seen.x.tolist(), seen.y.tolist()))
    near = [k for k, b in enumerate(chains.boxes) if b[0] <= 6 and b[2] >= 3 and b[1] <= 4 and b[3] >= 3]
    assert near
    for k in near:
        for i in range(chains.first[k], chains.last[k] + 1):
            assert (rings.x[i], rings.y[i]) in kept
    # The small box of four edges is one chain: its chord is a point, and no edge leads to it from the comb.
    ends = np.append(seen.joints, len(seen.x) - 1)
    starts = np.r_[0, ends[:-1] + 1]
    assert all((seen.x[a], seen.y[a]) == (seen.x[b], seen.y[b]) for a, b in zip(starts, ends))
