"""Ways between two fixes: five weighted paths, each worked out by hand, and what must hold of all of them."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.geometry import bridge, places
from ia_plugin.core.geometry.bridge import NODES, PATHS, WEIGHTS, Ways, paths_of, shares_inside
from ia_plugin.core.geometry.clip import crossings, inside_fraction
from ia_plugin.core.geometry.places import Places
from ia_plugin.core.geometry.rings import rings_of

FAR = 1e9  # a limit of speed that nothing meets


def places_of(shape):
    return Places(rings_of(shape))


def ways(a=(0, 0), b=(100, 0), *, reach=FAR, spread=0.0, bend=None, error0=0.0, error1=0.0, n=1):
    """n times the same leg; by default it goes straight and sure from (0, 0) to (100, 0)."""
    (ax, ay), (bx, by) = a, b
    tangents = (bx - ax, by - ay) * 2 if bend is None else bend
    one = (ax, ay, bx, by, reach, spread)
    first = [np.full(n, float(v)) for v in one]
    return Ways(
        *first, np.tile(np.array(tangents, dtype=float), (n, 1)), *(np.full(n, float(e)) for e in (error0, error1))
    )


def one_path(leg, z=(0.0, 0.0), nodes=NODES):
    """x and y of one path of one leg at the nodes."""
    x, y = paths_of(leg, np.asarray(nodes, dtype=float), np.array([z], dtype=float))
    return x[0, 0].tolist(), y[0, 0].tolist()


# --- the points that stand for the normal law -------------------------------------------------------------------------


def test_the_points_have_the_moments_of_the_normal_law():
    """Weights sum to 1; means 0, variances 1, no covariance, third moments 0: so polynomials to the third are exact."""
    x, y = PATHS.T
    moments = {(i, j): float(WEIGHTS @ (x**i * y**j)) for i in range(4) for j in range(4 - i)}
    expected = {key: 1.0 if key in ((0, 0), (2, 0), (0, 2)) else 0.0 for key in moments}
    assert moments == pytest.approx(expected, abs=1e-12)


def test_the_middle_path_goes_first_and_none_lies_along_a_leg():
    assert PATHS[0].tolist() == [0, 0] and WEIGHTS.tolist() == [0.5, 0.125, 0.125, 0.125, 0.125]
    assert np.abs(PATHS[1:]).min() > 0.5


# --- one path by hand -------------------------------------------------------------------------------------------------


def test_without_spread_it_is_the_straight_line():
    assert one_path(ways(b=(100, 50)))[0] == pytest.approx([0, 18, 50, 82, 100])
    assert one_path(ways(b=(100, 50)), (2, 2))[1] == pytest.approx([0, 9, 25, 41, 50])


@pytest.mark.parametrize(
    ("share", "off"),
    [(0.0, 0.0), (0.2, 24.0), (0.5, 30.0), (0.8, 24.0), (1.0, 0.0)],  # 30 m × √(4 α (1 − α)): 0.8 at a fifth
)
def test_the_spread_is_that_of_a_bridge(share, off):
    x, y = one_path(ways(spread=30), (0, 1), nodes=[0.0, share, 1.0])
    assert (x[1], y[1]) == pytest.approx((100 * share, off))
    x, y = one_path(ways(spread=30), (-1, 0.5), nodes=[0.0, share, 1.0])
    assert (x[1], y[1]) == pytest.approx((100 * share - off, off / 2))


@pytest.mark.parametrize(("share", "off"), [(0.0, 6.0), (0.5, 5.0), (1.0, 8.0)])  # √(36/4 + 64/4) = 5 in the middle
def test_the_error_of_each_fix_fades_towards_the_other(share, off):
    _, y = one_path(ways(error0=6, error1=8), (0, 1), nodes=[0.0, share, 1.0])
    assert y[1] == pytest.approx(off)


def test_spread_and_errors_add_as_variances():
    # Mid-leg: 12² + 5² = 13², the errors' share being √(10²/4 + 0) = 5.
    _, y = one_path(ways(spread=12, error0=10), (0, 1), nodes=[0.0, 0.5, 1.0])
    assert y[1] == pytest.approx(13)


def test_the_mean_path_leaves_and_reaches_the_fixes_along_the_tangents():
    """Cubic Hermite from (0, 0) to (100, 0), leaving northwards at 80 m a leg, arriving straight: at mid-leg 80/8 = 10 m north,
    and (0 − 100)/8 = 12.5 m behind the straight line's 50 m."""
    x, y = one_path(ways(bend=(0, 80, 100, 0)), nodes=[0.0, 0.5, 1.0])
    assert x == pytest.approx([0, 37.5, 100]) and y == pytest.approx([0, 10, 0])
    # At the other end the bow has the other sign.
    x, y = one_path(ways(bend=(100, 0, 0, 80)), nodes=[0.0, 0.5, 1.0])
    assert x == pytest.approx([0, 62.5, 100]) and y == pytest.approx([0, -10, 0])
    # A quarter on: α (1 − α)² = 9/64.
    _, y = one_path(ways(bend=(100, 64, 100, 0)), nodes=[0.0, 0.25, 1.0])
    assert y[1] == pytest.approx(9)


def test_the_slope_at_the_ends_is_the_tangent():
    h = 1e-6
    x, y = one_path(ways(bend=(30, 80, 70, -60)), nodes=[0.0, h, 1 - h, 1.0])
    assert ((x[1] - x[0]) / h, (y[1] - y[0]) / h) == pytest.approx((30, 80), abs=1e-3)
    assert ((x[3] - x[2]) / h, (y[3] - y[2]) / h) == pytest.approx((70, -60), abs=1e-3)


# --- the speed limit --------------------------------------------------------------------------------------------------


def test_a_path_shrinks_until_its_fastest_piece_keeps_the_limit():
    """Straight 100 m, all may go 125 m: in half the time 62.5 m, of which 50 east leave √(62.5² − 50²) = 37.5 m north."""
    leg = ways(spread=90, reach=125)
    x, y = one_path(leg, (0, 1), nodes=[0.0, 0.5, 1.0])
    assert (x[1], y[1]) == pytest.approx((50, 37.5))
    # Within the limit nothing shrinks.
    assert one_path(ways(spread=30, reach=125), (0, 1), nodes=[0.0, 0.5, 1.0])[1][1] == pytest.approx(30)


def test_a_leg_at_the_limit_goes_straight():
    x, y = one_path(ways(spread=90, reach=100), (0, 1))
    assert x == pytest.approx([0, 18, 50, 82, 100]) and y == pytest.approx([0] * 5, abs=1e-6)
    # Even where rounding makes it a hair faster than the limit.
    assert one_path(ways(spread=90, reach=100 - 1e-9), (0, 1))[1] == pytest.approx([0] * 5, abs=1e-3)


@given(
    st.floats(-300, 300), st.floats(-300, 300), st.floats(0, 400), st.floats(0, 100), st.floats(0, 100),
    st.floats(1.0, 4.0), st.lists(st.floats(-800, 800), min_size=4, max_size=4),
)  # fmt: skip
def test_no_piece_of_any_path_is_faster_than_the_limit(bx, by, spread, error0, error1, factor, bend):
    reach = factor * float(np.hypot(bx, by)) + 1.0
    leg = ways(b=(bx, by), reach=reach, spread=spread, bend=bend, error0=error0, error1=error1)
    x, y = paths_of(leg)
    pieces = np.hypot(np.diff(x, axis=2), np.diff(y, axis=2))
    assert (pieces <= reach * np.diff(NODES) * (1 + 1e-9) + 1e-9).all()


@given(st.floats(0, 200), st.floats(0, 60), st.floats(0, 60), st.floats(-500, 500), st.floats(-500, 500))
def test_a_leg_walked_back_has_the_same_paths_from_the_other_end(spread, error0, error1, tx, ty):
    there = ways((10, 20), (90, -30), spread=spread, error0=error0, error1=error1, bend=(tx, ty, 40, -9), reach=150)
    back = ways((90, -30), (10, 20), spread=spread, error0=error1, error1=error0, bend=(-40, 9, -tx, -ty), reach=150)
    x, y = paths_of(there)
    x_back, y_back = paths_of(back)
    np.testing.assert_allclose(x_back[..., ::-1], x, atol=1e-6)
    np.testing.assert_allclose(y_back[..., ::-1], y, atol=1e-6)


# --- legs as arrays ---------------------------------------------------------------------------------------------------


def test_taking_and_shifting_legs():
    both = Ways(
        *(np.array([v, v + 1.0]) for v in range(6)),
        np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]),
        *np.array([[6.0, 7], [7, 8]]),
    )
    assert len(both) == 2
    second = both.take(np.array([1]))
    assert len(second) == 1 and (second.x0[0], second.y1[0], second.error1[0]) == (1, 4, 8)
    assert second.bend.tolist() == [[5, 6, 7, 8]]
    seen = both.shifted((10.0, 100.0))
    assert [v.tolist() for v in (seen.x0, seen.y0, seen.x1, seen.y1)] == [[-10, -9], [-99, -98], [-8, -7], [-97, -96]]
    for name in ("reach", "spread", "bend", "error0", "error1"):
        np.testing.assert_array_equal(getattr(seen, name), getattr(both, name))


# --- shares inside ----------------------------------------------------------------------------------------------------

NORTH = places_of(shapely.box(-1000, 0.5, 1000, 1000))  # all that lies more than half a metre north of the leg
HALF = places_of(shapely.box(50, -1000, 1000, 1000))


def test_each_path_has_a_share_of_its_own():
    """A path to the north is there nearly all its time, one to the south never; the straight one half a metre short."""
    north, south = [0.0, 1.0], [0.0, -1.0]
    shares = shares_inside(ways(spread=30), NORTH, None, NODES, np.array([[0, 0], north, south], dtype=float))[0]
    # The first piece rises to 30·√(4·0.18·0.82) = 23.05 m in 0.18 of the time: 0.5/23.05 of it lies south of the edge.
    lost = 2 * 0.18 * 0.5 / (30 * np.sqrt(4 * 0.18 * 0.82))
    assert shares.tolist() == pytest.approx([0, 1 - lost, 0])


def test_the_half_plane_beyond_the_middle_holds_half():
    assert shares_inside(ways(), HALF)[0].tolist() == pytest.approx([0.5] * 5)
    # A leg that leaves slowly is beyond the middle for less than half of its time.
    assert shares_inside(ways(bend=(0, 0, 100, 0)), HALF)[0, 0] < 0.48


@pytest.mark.parametrize(
    ("first", "last", "share"),
    [(0, 1, 0.5), (0, 0.5, 0), (0.5, 1, 0.5), (0.25, 0.75, 0.25), (0.6, 0.7, 0.1), (0.7, 0.7, 0), (0.1, 0.51, 0.01)],
)
def test_a_part_of_a_leg_counts_alone(first, last, share):
    part = np.array([float(first)]), np.array([float(last)])
    assert shares_inside(ways(), HALF, part)[0].tolist() == pytest.approx([share] * 5, abs=1e-12)


def test_each_leg_has_a_part_of_its_own():
    part = np.array([0.0, 0.5, 0.9]), np.array([0.6, 1.0, 1.0])
    assert shares_inside(ways(n=3), HALF, part)[:, 0].tolist() == pytest.approx([0.1, 0.5, 0.1])


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 1))
def test_parts_of_a_leg_make_up_the_whole(seed, one, other):
    rng = np.random.default_rng(seed)
    n = 6
    ends, tail = rng.uniform(-200, 200, (4, n)), rng.uniform(0, 40, (2, n))
    legs = Ways(*ends, np.full(n, FAR), rng.uniform(0, 150, n), rng.uniform(-300, 300, (n, 4)), *tail)
    shape = places_of(shapely.Point(0, 0).buffer(120, 4))
    low, high = np.full(n, min(one, other)), np.full(n, max(one, other))
    cuts = [(np.zeros(n), low), (low, high), (high, np.ones(n))]
    whole = shares_inside(legs, shape)
    np.testing.assert_allclose(sum(shares_inside(legs, shape, cut) for cut in cuts), whole, atol=1e-9)
    assert whole.min() >= 0 and whole.max() <= 1 + 1e-12


@given(st.integers(0, 10_000), st.floats(-80, 80))
def test_two_halves_of_a_polygon_hold_what_it_holds_path_by_path(seed, cut):
    rng = np.random.default_rng(seed)
    n = 6
    legs = Ways(
        *rng.uniform(-200, 200, (4, n)),
        np.full(n, FAR),
        rng.uniform(0, 150, n),
        rng.uniform(-300, 300, (n, 4)),
        *np.zeros((2, n)),
    )
    disc = shapely.Point(0, 0).buffer(120, 4)
    halves = [disc.intersection(shapely.box(a, -500, b, 500)) for a, b in ((-500, cut), (cut, 500))]
    total = sum(shares_inside(legs, places_of(h)) for h in halves)
    np.testing.assert_allclose(total, shares_inside(legs, places_of(disc)), atol=1e-9)


def test_portions_do_not_matter(monkeypatch):
    rng = np.random.default_rng(8)
    legs = Ways(
        *rng.uniform(-200, 200, (4, 23)),
        np.full(23, FAR),
        np.full(23, 60.0),
        rng.uniform(-300, 300, (23, 4)),
        *np.zeros((2, 23)),
    )
    disc, part = places_of(shapely.Point(0, 0).buffer(120, 4)), (np.full(23, 0.1), np.full(23, 0.7))
    whole, some = shares_inside(legs, disc), shares_inside(legs, disc, part)
    monkeypatch.setattr(bridge, "PIECES", 60)  # three legs of five paths of four pieces
    np.testing.assert_array_equal(shares_inside(legs, disc), whole)
    np.testing.assert_array_equal(shares_inside(legs, disc, part), some)


@pytest.mark.parametrize("hole", [False, True])
def test_looked_up_it_is_the_same(monkeypatch, hole):
    """Many pieces against many edges are looked up by place, few laid over all edges: the same shares."""
    rng = np.random.default_rng(9)
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    r = rng.uniform(500, 1000, 120)
    shape = shapely.Polygon(np.c_[r * np.cos(angle), r * np.sin(angle)])
    if hole:
        shape = shape.difference(shapely.Point(0, 0).buffer(300))
    ends = rng.uniform(-1300, 1300, (2, 300))
    legs = Ways(*ends, *(ends + rng.normal(0, 40, (2, 300))), np.full(300, FAR), np.full(300, 30.0),
                rng.normal(0, 40, (300, 4)), *np.zeros((2, 300)))  # fmt: skip
    monkeypatch.setattr(places, "MANY", 10**9)
    whole = shares_inside(legs, places_of(shape))
    monkeypatch.setattr(places, "MANY", 0)
    np.testing.assert_allclose(shares_inside(legs, places_of(shape)), whole, atol=1e-12)
    assert 0.2 < whole.mean() < 0.8


def one_by_one(legs, shape, part):
    """Shares of each leg by each path, piece after piece over all edges, nothing left out."""
    rings, found = rings_of(shape), []
    first, last = (np.zeros(len(legs)), np.ones(len(legs))) if part is None else part
    for x, y, a, b in zip(*paths_of(legs), first, last):
        at = np.clip(NODES, a, b)
        cut = [np.stack([np.interp(at, NODES, way) for way in v]) for v in (x, y)]
        ends = [v.ravel() for v in (cut[0][:, :-1], cut[1][:, :-1], cut[0][:, 1:], cut[1][:, 1:])]
        point = (ends[0] == ends[2]) & (ends[1] == ends[3])
        inside = inside_fraction(len(point), crossings(*ends, rings), point).reshape(len(PATHS), -1)
        found.append(inside @ np.diff(at))
    return np.array(found)


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.booleans(), st.booleans(), st.booleans())
def test_legs_whose_paths_are_not_walked_get_what_walking_would_give(seed, sure, hole, cut):
    rng = np.random.default_rng(seed)
    shape = (
        shapely.box(0, 0, 600, 400).difference(shapely.box(200, 150, 330, 220)) if hole else shapely.box(0, 0, 600, 400)
    )
    shape = shapely.segmentize(shape, 20.0)
    n = 600
    a = rng.uniform((-150, -150), (750, 550), (n, 2))
    a[:200] = a[:200].round(-1)  # ends on edges and corners
    b = a + (rng.normal(0, 1, (n, 2)) * rng.choice([60.0, 250.0], (n, 1))).round(-1)
    b[:50, 1] = a[:50, 1] = 0.0  # along an edge, where no cut is rounded
    b[50:100, 0] = a[50:100, 0] = 0.0
    a[100:130, 1] = b[100:130, 1] = rng.choice([-3.0, 3.0, 396.0], 30)  # beside one
    b[130:150] = a[130:150]  # of no length
    length = np.hypot(*(b - a).T)
    reach = length * rng.choice([1.0, 1.02, 1.5, 50.0], n) + rng.choice(
        [0.0, 30.0], n
    )  # near the limit, and far from it
    spread = rng.choice([0.0, 3.0, 20.0, 60.0], n)
    bend = np.c_[b - a, b - a] + rng.normal(0, 1, (n, 4)) * rng.choice([0.0, 20.0, 100.0, 1000.0], (n, 1))
    errors = np.zeros((2, n)) if sure else rng.choice([0.0, 3.0, 15.0], (2, n))
    legs = Ways(*a.T, *b.T, reach, spread, bend, *errors)
    part = (rng.uniform(0, 0.5, n), rng.uniform(0.5, 1, n)) if cut else None
    seen = places_of(shape)
    x, y = (v.mean(axis=1).T for v in paths_of(legs))
    decided = seen.sides(x, y, np.broadcast_to(2.0 * spread, x.shape))
    assert (decided > 0).sum() > 5 and (decided < 0).sum() > 20
    np.testing.assert_allclose(shares_inside(legs, seen, part), one_by_one(legs, shape, part), atol=1e-9)


def test_who_stands_on_an_edge_stays_on_one_side_of_it_wherever_the_time_is_cut():
    """The mean of two equal places, weighed by parts that do not add up to one to the last bit, left the edge for a part of the time."""
    n = 500
    at, still, none = np.full(n, 0.1), np.full(n, 30.3), np.zeros(n)
    legs = Ways(at, still, at, still, none, none, np.zeros((n, 4)), none, none)
    first, last = np.linspace(0.01, 0.49, n), np.linspace(0.51, 0.97, n)
    inside = shares_inside(legs, places_of(shapely.box(0.1, 0, 600, 400)), (first, last)) / (last - first)[:, None]
    assert np.unique(inside.round(9)).tolist() in ([0.0], [1.0])
