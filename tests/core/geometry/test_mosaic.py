"""Areas seen side by side: what each would have of a leg by itself, and who walks along an edge is left to that."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.geometry.clip import crossings, ends_inside, inside_fraction
from ia_plugin.core.geometry.mosaic import LAYERS, Mosaic
from ia_plugin.core.geometry.places import Places
from ia_plugin.core.geometry.rings import rings_of

WEST, EAST = shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)


def straight(shapes, legs):
    """What :class:`Mosaic` finds: {(leg, area): (share, start inside, end inside)}, and the legs that it leaves."""
    mosaic = Mosaic([rings_of(s) for s in shapes])
    x0, y0, x1, y1 = np.array(legs, dtype=float).reshape(-1, 4).T.copy()
    ox, oy = mosaic.origin
    pairs, unclear = {}, set()
    for found in mosaic.of_straight(x0 - ox, y0 - oy, x1 - ox, y1 - oy):
        rows = zip(found.leg, found.area, found.share[:, 0], found.start, found.end)
        pairs.update({(int(leg), int(area)): (share, bool(a), bool(b)) for leg, area, share, a, b in rows})
        unclear |= set(found.unclear.tolist())
    return pairs, unclear


def one_by_one(shapes, legs):
    """The same, each leg laid over all edges of one area after the other."""
    x0, y0, x1, y1 = np.array(legs, dtype=float).reshape(-1, 4).T.copy()
    pairs = {}
    for k, shape in enumerate(shapes):
        crossed = crossings(x0, y0, x1, y1, rings_of(shape))
        point = (x0 == x1) & (y0 == y1)
        start, end = ends_inside(len(x0), crossed)
        end = np.where(point, start, end)
        share = inside_fraction(len(x0), crossed, point)
        for i in np.flatnonzero((share > 0) | start | end):
            pairs[int(i), k] = (share[i], bool(start[i]), bool(end[i]))
    return pairs


def assert_same(shapes, legs):
    found, unclear = straight(shapes, legs)
    expected = {pair: v for pair, v in one_by_one(shapes, legs).items() if pair[0] not in unclear}
    assert {p for p, v in found.items() if v[0] > 1e-12 or v[1] or v[2]} == set(expected)
    for pair, (share, start, end) in expected.items():
        assert found[pair][0] == pytest.approx(share, abs=1e-12)
        assert found[pair][1:] == (start, end)
    return unclear


def test_two_squares_by_hand():
    found, unclear = straight(
        [WEST, EAST], [(-50, 50, 150, 50), (30, 40, 30, 40), (150, 10, 150, 90), (300, 5, 310, 9)]
    )
    assert not unclear
    assert found == {
        (0, 0): (pytest.approx(0.5), False, False),
        (0, 1): (pytest.approx(0.25), False, True),
        (1, 0): (1.0, True, True),
        (2, 1): (pytest.approx(1.0), True, True),
    }


@pytest.mark.parametrize(
    "leg",
    [
        (100, 20, 150, 20),  # from the border
        (50, 20, 100, 20),  # to it
        (100, 20, 100, 80),  # along it
        (100, 50, 100, 50),  # standing on it
        (-4_000, 50, 5_000, 50),  # longer than what edges are looked up for
    ],
)
def test_what_hangs_on_the_last_bit_is_left(leg):
    found, unclear = straight([WEST, EAST], [leg, (10, 10, 20, 20)])
    assert unclear == {0}
    assert set(found) == {(1, 0)}


def test_areas_over_one_another_and_holes():
    ring = shapely.box(0, 0, 90, 90).difference(shapely.box(30, 30, 60, 60))
    shapes = [ring, shapely.box(30, 30, 60, 60), shapely.box(10, 10, 70, 70), shapely.Polygon(), ring]
    legs = np.random.default_rng(1).uniform(-30, 120, (300, 4))
    assert not assert_same(shapes, legs)


def test_too_many_over_one_another_are_not_for_this():
    rings = [rings_of(shapely.box(-k, -k, 90 + k, 90 + k)) for k in range(LAYERS + 1)]
    assert Mosaic(rings[:LAYERS]).useful
    assert not Mosaic(rings).useful


@st.composite
def worlds(draw):
    """Squares of an integer grid dealt out to a few areas, some overlapped by others; legs between whole and half metres."""
    n, size = draw(st.integers(2, 4)), draw(st.sampled_from([2, 7, 40]))
    squares = [shapely.box(i * size, j * size, (i + 1) * size, (j + 1) * size) for i in range(n) for j in range(n)]
    owner = draw(st.lists(st.integers(0, 3), min_size=n * n, max_size=n * n))
    shapes = [shapely.union_all([s for s, o in zip(squares, owner) if o == k]) for k in range(4)]
    shapes.append(shapely.box(0, 0, draw(st.integers(1, n * size)), draw(st.integers(1, n * size))))
    place = st.integers(-2 * size, 2 * (n + 1) * size).map(lambda v: v / 2)
    legs = draw(st.lists(st.tuples(place, place, place, place), min_size=1, max_size=12))
    return shapes, legs, draw(st.booleans())


@given(worlds())
def test_on_integer_grids_it_is_what_each_area_has_by_itself(world):
    shapes, legs, moved = world
    legs = np.array(legs, dtype=float)
    assert_same(shapes, legs)
    if moved:
        assert_same(shapes, legs + np.random.default_rng(2).uniform(-0.3, 0.3, legs.shape))


@given(st.integers(0, 10_000))
def test_paths_of_many_pieces(seed):
    rng = np.random.default_rng(seed)
    shapes = [shapely.box(60 * i, 60 * j, 60 * i + 60, 60 * j + 60) for i in range(4) for j in range(3)]
    shapes.append(shapely.Point(100, 90).buffer(50))
    nodes = rng.uniform(-20, 260, 2)[:, None, None, None] + rng.normal(0, 25, (2, 5, 3, 8)).cumsum(axis=1)
    if seed % 2:
        nodes[:, 0, :, :] = nodes[:, 0, :1, :]  # all from one place
    lasts = rng.dirichlet(np.ones(4), 8).T
    mosaic = Mosaic([rings_of(s) for s in shapes])
    found = mosaic.of_paths(*(v - o for v, o in zip(nodes.copy(), mosaic.origin)), lasts)
    assert not len(found.unclear)
    share = np.zeros((8, len(shapes), 3))
    share[found.leg, found.area] = found.share
    for k, shape in enumerate(shapes):
        inside = Places(rings_of(shape)).of_paths(*nodes.reshape(2, 5, -1)).reshape(4, 3, 8)
        np.testing.assert_allclose(share[:, k].T, (inside * lasts[:, None]).sum(axis=0), atol=1e-11)
