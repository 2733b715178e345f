"""Legs looked up by place: the same answer as laying each over all edges, to the last bit, on integer grids too."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.geometry import places as module
from ia_plugin.core.geometry.clip import crossings, ends_inside, inside_fraction, inside_intervals
from ia_plugin.core.geometry.distance import distance_to_boundary
from ia_plugin.core.geometry.field import Field
from ia_plugin.core.geometry.places import Places
from ia_plugin.core.geometry.rings import rings_of

SQUARE = shapely.box(0, 0, 80, 80)
HOLED = shapely.box(0, 0, 80, 80).difference(shapely.box(30, 30, 50, 50))


@pytest.fixture(autouse=True)
def always_looked_up(monkeypatch):
    monkeypatch.setattr(module, "MANY", 0)


def arrays(legs):
    return tuple(np.array(legs, dtype=float).T.copy())


@pytest.mark.parametrize(
    ("leg", "share"),
    [
        ((10, 40, 20, 40), 1.0),  # clear of every edge
        ((100, 40, 120, 40), 0.0),
        ((-10, 40, 10, 40), 0.5),  # over the west side
        ((70, 40, 90, 40), 0.5),
        ((10, 40, 70, 40), 2 / 3),  # over the hole
        ((-40, 40, 120, 40), 60 / 160),  # longer than the polygon
        ((0, 10, 0, 70), 0.0),  # along the west side, northward: its ground is to the right of whoever goes there
        ((0, 70, 0, 10), 1.0),
        ((1, 40, 2, 40), 1.0),  # near the edge from end to end
        ((0, 40, 0, 40), 1.0),  # standing on the west side
    ],
)
def test_shares_by_hand(leg, share):
    x0, y0, x1, y1 = arrays([leg])
    seen = Places(rings_of(HOLED))
    straight = inside_fraction(1, crossings(x0, y0, x1, y1, seen.rings), (x0 == x1) & (y0 == y1))
    assert seen.of_paths(np.stack([x0, x1]), np.stack([y0, y1]))[0, 0] == pytest.approx(straight[0], abs=1e-15)
    if leg not in ((0, 10, 0, 70), (0, 70, 0, 10), (0, 40, 0, 40)):
        assert straight[0] == pytest.approx(share)


def test_what_lies_before_a_leg_is_one_entry_and_what_lies_after_one_exit():
    # A comb of ten teeth: the line of a leg in the last one crosses all others.
    teeth = shapely.union_all(
        [shapely.box(20 * i, 0, 20 * i + 10, 50) for i in range(10)] + [shapely.box(0, -9, 190, 0)]
    )
    crossed = Places(rings_of(teeth)).crossings(*arrays([(182, 25, 196, 25)]))
    order = np.argsort(crossed.t)
    assert crossed.t[order].tolist() == pytest.approx([-1, 8 / 14])
    assert crossed.sign[order].tolist() == [1, -1]


def lake_and_island(seed, whole):
    """A ragged polygon with a lake; on whole metres where asked."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    r = rng.uniform(20, 60, 60)
    shape = shapely.Polygon(np.c_[r * np.cos(angle), r * np.sin(angle)], [8 * np.c_[np.cos(angle), np.sin(angle)]])
    boxes = [
        shapely.box(x, y, x + w, y + h)
        for x, y, w, h in np.c_[rng.integers(0, 40, (30, 2)), rng.integers(1, 9, (30, 2))]
    ]
    return shapely.union_all(boxes) if whole else shape.buffer(0)


@given(st.integers(0, 10_000), st.booleans())
def test_it_is_what_all_edges_give(seed, whole):
    rings = rings_of(lake_and_island(seed, whole))
    rng = np.random.default_rng(seed)
    ends = np.c_[rng.uniform(-70, 70, (200, 2)), np.zeros((200, 2))]
    ends[:, 2:] = ends[:, :2] + rng.normal(0, 1, (200, 2)) * rng.choice([0, 1, 5, 20, 100], (200, 1))
    x0, y0, x1, y1 = arrays(np.round(ends) if whole else ends)
    point = (x0 == x1) & (y0 == y1)
    expected, found = crossings(x0, y0, x1, y1, rings), Places(rings).crossings(x0, y0, x1, y1)
    np.testing.assert_array_equal(ends_inside(200, found)[0], ends_inside(200, expected)[0])
    np.testing.assert_array_equal(ends_inside(200, found)[1][~point], ends_inside(200, expected)[1][~point])
    share = inside_fraction(200, expected, point)
    # To the last bit: no figure may hang on how many legs are asked of together.
    np.testing.assert_array_equal(inside_fraction(200, found, point), share)
    np.testing.assert_array_equal(Places(rings).of_paths(np.stack([x0, x1]), np.stack([y0, y1]))[0], share)
    leg, first, last = inside_intervals(found)
    stayed = np.bincount(leg, weights=np.clip(last, 0, 1) - np.clip(first, 0, 1), minlength=200)
    np.testing.assert_allclose(stayed[~point], share[~point], rtol=0, atol=1e-13)


@given(st.integers(0, 10_000), st.booleans(), st.sampled_from([8, 40]))
def test_the_field_never_promises_too_much(seed, whole, cells):
    shape = lake_and_island(seed, whole)
    x, y = np.random.default_rng(seed).uniform(-200, 200, (2, 500))
    least = Field(rings_of(shape), cells)(x, y)
    assert (np.abs(least) <= distance_to_boundary(x, y, rings_of(shape))).all()
    inside = shapely.contains_xy(shape, x, y)
    assert inside[least > 0].all() and not inside[least < 0].any()


def test_the_field_tells_most_places_apart():
    x, y = (v.ravel() for v in np.meshgrid(np.arange(-79.5, 160), np.arange(-79.5, 160)))
    least = Field(rings_of(SQUARE), 40)(x, y)
    assert (least != 0).mean() > 0.9
    assert Field(rings_of(SQUARE), 40)(np.array([20.0]), np.array([40.0]))[0] == pytest.approx(20, abs=2 * 2.5)
