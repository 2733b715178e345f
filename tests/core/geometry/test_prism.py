"""Hard bounds by the speed limit alone: what can be worked out with a ruler and a watch."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from ia_plugin.core.geometry import prism
from ia_plugin.core.geometry.prism import prism_bounds, shortest_way_by, speed_limit
from ia_plugin.core.geometry.rings import rings_of


def arrays(*values):
    return tuple(np.array([float(v)]) for v in values)


def bounds(seconds, limit, to_edge, inside, accuracy=(0, 0)):
    """(low, high) of one leg."""
    ends = arrays(seconds, limit)
    shape = (arrays(*to_edge), tuple(np.array([bool(i)]) for i in inside), arrays(*accuracy))
    low, high = prism_bounds(*ends, *shape)
    return float(low[0]), float(high[0])


# --- the speed limit of a leg -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metres", "seconds", "limit", "expected"),
    [
        (0, 60, 40, 40),  # standing still: the limit given
        (600, 60, 40, 40),  # 10 m/s, below it
        (2400, 60, 40, 40),  # 40 m/s, exactly at it
        (3000, 60, 40, 52.5),  # 50 m/s, faster: 1.05 × its own speed
        (3000, 60, 60, 60),  # no longer faster than a limit of 60 m/s
    ],
)
def test_a_leg_faster_than_the_limit_gets_a_limit_of_its_own(metres, seconds, limit, expected):
    assert speed_limit(*arrays(metres, seconds), limit)[0] == pytest.approx(expected)


# --- a whole leg ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to_edge", "inside", "low", "high"),
    [
        # 100 s at 10 m/s. Both inside, 200 and 300 m from the edge: 20 s to walk out, 30 s to come back in.
        ((200, 300), (1, 1), 50, 100),
        # Both outside: 20 s to get there, 30 s to get away; what is left can be spent inside.
        ((200, 300), (0, 0), 0, 50),
        # Starts inside, ends outside: at least the 20 s out, at most all but the last 30 s.
        ((200, 300), (1, 0), 20, 70),
        ((200, 300), (0, 1), 30, 80),
        # So deep inside that there is no time to get out: all of it, and no more than all of it.
        ((800, 700), (1, 1), 100, 100),
        # So far outside that there is no time to get there: none of it, and no less than none.
        ((800, 700), (0, 0), 0, 0),
        # On the edge nothing is sure.
        ((0, 0), (1, 1), 0, 100),
        ((0, 0), (0, 0), 0, 100),
    ],
)
def test_least_and_most_time_inside_by_hand(to_edge, inside, low, high):
    assert bounds(100, 10, to_edge, inside) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("to_edge", "inside", "accuracy", "low", "high"),
    [
        ((200, 300), (1, 1), (50, 0), 45, 100),  # 150 m are sure: 15 + 30 s
        ((200, 300), (1, 1), (50, 100), 35, 100),  # 15 + 20 s
        ((200, 300), (0, 0), (50, 100), 0, 65),  # 100 − 15 − 20 s
        ((200, 300), (1, 1), (500, 0), 30, 100),  # less accurate than it is deep: nothing of it is sure, not less
        ((200, 300), (0, 0), (500, 500), 0, 100),
    ],
)
def test_each_distance_is_loosened_by_the_accuracy_of_its_fix(to_edge, inside, accuracy, low, high):
    assert bounds(100, 10, to_edge, inside, accuracy) == pytest.approx((low, high))


def test_the_reference_figures(shared):
    oracles = json.loads((shared / "oracles.json").read_text(encoding="utf-8"))["hard_bounds"]
    for case in oracles["cases"]:
        inside = "both_inside_m" in case
        metres = case["both_inside_m" if inside else "both_outside_m"]
        found = bounds(oracles["T"], case["v"], (metres, metres), (inside, inside))
        assert found == pytest.approx((case["low"], case["high"]), rel=1e-12)


@pytest.mark.parametrize(("walk_ms", "low", "high"), [(1.6, 125.0, 175.0), (13.4, 14.925, 285.075)])
def test_numbers_of_the_method_statement(walk_ms, low, high):
    assert bounds(300, walk_ms, (100, 100), (1, 1))[0] == pytest.approx(low, abs=1e-3)
    assert bounds(300, walk_ms, (100, 100), (0, 0))[1] == pytest.approx(high, abs=5e-3)


metres = st.floats(0, 2000)
side = st.booleans()


@given(metres, metres, side, side, st.floats(1, 900), st.floats(0.5, 40), st.floats(0, 300), st.floats(0, 300))
def test_what_must_be_inside_and_what_must_be_outside_add_up(d0, d1, in0, in1, seconds, limit, loose0, loose1):
    """The most time inside is all but the least time outside, which is the least time inside the rest of the plane."""
    assume(in0 == in1 or d0 + d1 <= seconds * limit)  # to go from one side to the other one has to reach the edge
    low, high = bounds(seconds, limit, (d0, d1), (in0, in1), (loose0, loose1))
    low_rest, high_rest = bounds(seconds, limit, (d0, d1), (not in0, not in1), (loose0, loose1))
    assert 0 <= low <= high <= seconds
    assert low + high_rest == pytest.approx(seconds, abs=1e-9)
    assert high + low_rest == pytest.approx(seconds, abs=1e-9)


@given(metres, metres, side, side, st.floats(1, 900), st.floats(0.5, 40), st.floats(0.1, 10))
def test_units_do_not_matter(d0, d1, in0, in1, seconds, limit, k):
    """Metres k times as long at a limit k times as high are the same; so are seconds k times as long."""
    plain = bounds(seconds, limit, (d0, d1), (in0, in1))
    assert bounds(seconds, k * limit, (k * d0, k * d1), (in0, in1)) == pytest.approx(plain, rel=1e-9, abs=1e-9)
    longer = bounds(k * seconds, limit / k, (d0, d1), (in0, in1))
    assert longer == pytest.approx((k * plain[0], k * plain[1]), rel=1e-9, abs=1e-9)


@given(metres, metres, side, side, st.floats(1, 900), st.floats(0.5, 40))
def test_a_faster_limit_never_makes_the_bounds_narrower(d0, d1, in0, in1, seconds, limit):
    low, high = bounds(seconds, limit, (d0, d1), (in0, in1))
    low_fast, high_fast = bounds(seconds, 1.5 * limit, (d0, d1), (in0, in1))
    assert low_fast <= low + 1e-9 and high_fast >= high - 1e-9


# --- the shortest way by an edge --------------------------------------------------------------------------------------

SQUARE = rings_of(shapely.box(0, 0, 10, 10))


def way(a, b, rings=SQUARE):
    return float(shortest_way_by(*arrays(*a, *b), rings)[0])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # Heron's mirror: from (-3, 2) by the west side to (-3, 10) is as long as the straight line to (3, 10).
        ((-3, 2), (-3, 10), 10),
        ((-3, 0), (-3, 8), 10),
        # One end nearer than the other: 3-4-5 triangles on either side of the place (0, 4).
        ((-3, 0), (-6, 12), 5 + 10),
        # Through the square: the straight line touches its boundary.
        ((-5, 5), (15, 5), 20),
        # There and back.
        ((-4, 5), (-4, 5), 8),
        ((5, 7), (5, 7), 6),
        # Past a corner: 3-4-5 to (10, 10) and on.
        ((13, 14), (14, 13), 10),
        # Both on the edge's own line, beyond its end: back to the corner and out again.
        ((0, 12), (0, 15), 7),
        # Both on the edge.
        ((0, 2), (0, 9), 7),
        ((0, 4), (0, 4), 0),
    ],
)
def test_ways_by_hand(a, b, expected):
    assert way(a, b) == pytest.approx(expected, abs=1e-12)
    assert way(b, a) == pytest.approx(expected, abs=1e-12)


def test_a_hole_has_an_edge_too():
    holed = rings_of(shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6)))
    assert way((3, 5), (3, 5), holed) == pytest.approx(2)
    assert way((3, 5), (3, 5)) == pytest.approx(6)


def test_a_vertex_that_stands_twice_is_no_edge():
    twice = rings_of(shapely.Polygon([(0, 0), (10, 0), (10, 0), (10, 10), (0, 10)]))
    assert way((13, 0), (13, 0), twice) == pytest.approx(6)


def test_no_polygon_no_way():
    assert way((0, 0), (1, 1), rings_of(shapely.Polygon())) == np.inf


def test_many_legs_in_small_portions_are_the_same(monkeypatch):
    rng = np.random.default_rng(4)
    ends = [np.ascontiguousarray(v) for v in rng.uniform(-20, 30, (4, 37))]
    whole = shortest_way_by(*ends, SQUARE)
    monkeypatch.setattr(prism, "BLOCK", 9)  # two legs at a time
    np.testing.assert_array_equal(shortest_way_by(*ends, SQUARE), whole)
    assert len(set(whole.round(6))) > 30
