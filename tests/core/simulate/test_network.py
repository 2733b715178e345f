"""Streets as arrays: junctions, shortest paths, and which way a street is walked."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import DataRangeError
from ia_plugin.core.simulate import StreetNetwork


def network(*lines):
    return StreetNetwork.from_lines([shapely.LineString(line) for line in lines])


def junction(net, x, y):
    return int(np.flatnonzero((net.x == x) & (net.y == y))[0])


# A triangle of 30, 40 and 50 m with a lane of 25 m (by a bend) that hangs on its far corner.
TRIANGLE = network([(0, 0), (30, 0)], [(30, 40), (30, 0)], [(0, 0), (30, 40)], [(30, 40), (45, 40), (45, 50)])


def test_the_ends_of_streets_are_junctions_and_bends_are_not():
    assert sorted(zip(TRIANGLE.x.tolist(), TRIANGLE.y.tolist())) == [(0, 0), (30, 0), (30, 40), (45, 50)]
    assert TRIANGLE.length.tolist() == [30, 40, 50, 25]
    assert TRIANGLE.first.tolist() == [0, 2, 4, 6, 9]
    assert TRIANGLE.bends[6:].tolist() == [[30, 40], [45, 40], [45, 50]]
    for edge in range(4):
        first, last = TRIANGLE.bends[TRIANGLE.first[edge]], TRIANGLE.bends[TRIANGLE.first[edge + 1] - 1]
        assert (TRIANGLE.x[TRIANGLE.start[edge]], TRIANGLE.y[TRIANGLE.start[edge]]) == tuple(first)
        assert (TRIANGLE.x[TRIANGLE.end[edge]], TRIANGLE.y[TRIANGLE.end[edge]]) == tuple(last)


@pytest.mark.parametrize(("apart", "junctions"), [(0.0, 3), (0.4, 3), (1.6, 2)])
def test_ends_within_half_a_metre_are_one_junction(apart, junctions):
    """Drawn a hand's breadth apart they meet; further apart the smaller part falls away."""
    net = network([(0, 0), (100, 0)], [(100 + apart, 0), (200, 0)])
    assert len(net.x) == junctions


def test_only_the_largest_connected_part_stays():
    far = [[(1000, k), (1000, k + 1)] for k in range(2)]
    net = network(*far, [(0, 0), (10, 0)], [(10, 0), (20, 0)], [(20, 0), (20, 10)], [(500, 0), (600, 0)])
    assert len(net.start) == 3 and net.x.max() == 20 and len(net.x) == 4
    assert net.length.tolist() == [10, 10, 10] and net.bends.shape == (6, 2)


def test_parts_heights_and_points():
    """A multiline is its lines, heights fall away, lines of no length and points are no streets."""
    net = StreetNetwork.from_lines([
        shapely.MultiLineString([[(0, 0), (10, 0)], [(10, 0), (20, 0)]]),
        shapely.LineString([(20, 0, 5), (20, 10, 9)]), shapely.LineString([(5, 5), (5, 5)]), shapely.Point(1, 1),
    ])  # fmt: skip
    assert net.length.tolist() == [10, 10, 10] and net.bends.shape[1] == 2


@pytest.mark.parametrize("lines", [[], [shapely.Point(0, 0)], [shapely.LineString([(1, 1), (1, 1)])]])
def test_no_lines_are_refused(lines):
    with pytest.raises(DataRangeError, match="has no lines. Give a layer of lines in metres"):
        StreetNetwork.from_lines(lines)


# --- shortest paths ---------------------------------------------------------------------------------------------------


def test_distances_by_hand():
    """To (0, 0): 30 m from (30, 0), 50 m from (30, 40) by the long side, not 70; the lane adds 25 m."""
    _, distance = TRIANGLE.trees(np.array([junction(TRIANGLE, 0, 0)]))
    found = {(x, y): d for x, y, d in zip(TRIANGLE.x.tolist(), TRIANGLE.y.tolist(), distance[0].tolist())}
    assert found == {(0, 0): 0, (30, 0): 30, (30, 40): 50, (45, 50): 75}


def walked(net, tree, node):
    """Junctions passed from a node to the root of a tree."""
    passed = [node]
    while tree[node] >= 0:
        edge, back = int(tree[node]) >> 1, int(tree[node]) & 1
        assert (net.end if back else net.start)[edge] == node  # a street is left by the end it is entered at
        node = int((net.start if back else net.end)[edge])
        passed.append(node)
    return passed


def test_the_next_street_and_the_way_it_is_walked():
    root = junction(TRIANGLE, 0, 0)
    [tree], _ = TRIANGLE.trees(np.array([root]))
    assert tree[root] == -1
    # (30, 0) is the end of the first street: walked backwards, 2 × 0 + 1. The third street too: 2 × 2 + 1.
    assert tree[junction(TRIANGLE, 30, 0)] == 1 and tree[junction(TRIANGLE, 30, 40)] == 5
    assert walked(TRIANGLE, tree, junction(TRIANGLE, 45, 50)) == [
        junction(TRIANGLE, x, y) for x, y in ((45, 50), (30, 40), (0, 0))
    ]
    # From the other end of the second street it is walked as drawn.
    [tree], _ = TRIANGLE.trees(np.array([junction(TRIANGLE, 30, 0)]))
    assert tree[junction(TRIANGLE, 30, 40)] == 2


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_the_way_is_as_long_as_the_distance(seed):
    rng = np.random.default_rng(seed)
    spots = rng.permutation(np.stack(np.meshgrid(np.arange(5), np.arange(4)), axis=-1).reshape(-1, 2))[:12] * 100.0
    pairs = {tuple(sorted(p)) for p in rng.integers(0, 12, (25, 2)).tolist() if p[0] != p[1]}
    net = network(*([spots[a].tolist(), spots[b].tolist()] for a, b in pairs))
    roots = rng.integers(0, len(net.x), 2)
    trees, distance = net.trees(roots)
    for k, root in enumerate(roots):
        for node in range(len(net.x)):
            way = walked(net, trees[k], node)
            assert way[-1] == root and len(set(way)) == len(way)
            length = sum(float(np.hypot(net.x[a] - net.x[b], net.y[a] - net.y[b])) for a, b in zip(way[:-1], way[1:]))
            assert distance[k, node] == pytest.approx(length, rel=1e-5, abs=1e-3)


# --- junctions and their streets --------------------------------------------------------------------------------------


def test_the_nearest_junction():
    found = TRIANGLE.nearest([1, 29, 44], [1, 3, 49])
    assert found.tolist() == [junction(TRIANGLE, 0, 0), junction(TRIANGLE, 30, 0), junction(TRIANGLE, 45, 50)]


def test_every_street_stands_at_both_its_junctions():
    first, streets = TRIANGLE.incident()
    assert len(first) == len(TRIANGLE.x) + 1 and first[0] == 0 and first[-1] == len(streets) == 2 * len(TRIANGLE.start)
    at = {
        (x, y): streets[first[n] : first[n + 1]].tolist()
        for n, (x, y) in enumerate(zip(TRIANGLE.x.tolist(), TRIANGLE.y.tolist()))
    }
    # From (0, 0) the first and third streets are walked as drawn (0, 4); into (30, 0) lead the first and second (1, 3).
    assert at == {(0, 0): [0, 4], (30, 0): [1, 3], (30, 40): [2, 6, 5], (45, 50): [7]}
