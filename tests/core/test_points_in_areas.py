"""Which areas a point lies in: on a common edge one of them, the one that time on that edge goes to."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.areas import points_in_areas
from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import time_in_areas
from tests.support.tables import areas

SQUARES = {f"{i}{j}": shapely.box(10 * i, 10 * j, 10 * i + 10, 10 * j + 10) for i in range(4) for j in range(4)}
HALVES = {"low": shapely.Polygon([(0, 0), (40, 0), (40, 40)]), "high": shapely.Polygon([(0, 0), (40, 40), (0, 40)])}
RING = {"ring": shapely.box(0, 0, 40, 40) - shapely.box(10, 10, 30, 30), "middle": shapely.box(10, 10, 30, 30)}


@pytest.mark.parametrize("tiles", [SQUARES, HALVES, RING], ids=["squares", "halves", "ring"])
def test_a_point_on_common_edges_belongs_to_one_area(tiles):
    x, y = (v.ravel().astype(float) for v in np.meshgrid(np.arange(1, 40), np.arange(1, 40)))
    point, _ = points_in_areas(x, y, areas(**tiles))
    assert np.array_equal(np.sort(point), np.arange(len(x)))


def test_moved_far_from_the_origin_nothing_changes():
    far = {k: shapely.transform(s, lambda xy: xy + [400_000, 290_000]) for k, s in SQUARES.items()}
    x, y = (v.ravel().astype(float) for v in np.meshgrid(np.arange(1, 40), np.arange(1, 40)))
    here, there = points_in_areas(x, y, areas(**SQUARES)), points_in_areas(x + 400_000, y + 290_000, areas(**far))
    assert set(zip(*here)) == set(zip(*there))


@pytest.mark.parametrize("tiles", [SQUARES, HALVES, RING], ids=["squares", "halves", "ring"])
def test_events_and_officers_on_an_edge_are_in_the_same_area(tiles):
    # On edges that areas share, not on the outer boundary of all: there an event counts, see below.
    x, y = (v.ravel().astype(float) for v in np.meshgrid(np.arange(2, 39, 2), np.arange(2, 39, 2)))
    start = pd.Timestamp("2024-06-03T10:00Z")
    legs = pd.DataFrame({"leg_id": np.arange(len(x)), "officer_id": "p", "start": start, "end": start + pd.Timedelta("5min"),
                         "x0": x, "y0": y, "x1": x, "y1": y, "duration_s": 300.0})  # fmt: skip
    ready = areas(**tiles)
    stood = time_in_areas(legs, ready, PresenceParams(method="linear", bounds="none"))
    point, area = points_in_areas(x, y, ready)
    assert set(zip(point, ready["area_id"].to_numpy()[area])) == set(zip(stood["leg_id"], stood["area_id"]))


def test_areas_that_overlap_each_have_the_point():
    point, area = points_in_areas(
        [5.0, 0.5], [5.0, 0.5], areas(a=shapely.box(0, 0, 10, 10), b=shapely.box(4, 4, 20, 20))
    )
    assert sorted(zip(point, area)) == [(0, 0), (0, 1), (1, 0)]


# --- the outer boundary -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("point", "area"),
    [
        ((100, 0), "west"),  # the southern end of the edge they share
        ((100, 100), "west"),  # its northern end
        ((100, 50), "west"),
        ((0, 50), "west"),  # the outer boundary, on each side and corner
        ((0, 0), "west"),
        ((0, 100), "west"),
        ((50, 0), "west"),
        ((150, 0), "east"),
        ((200, 0), "east"),
        ((200, 100), "east"),
        ((200, 50), "east"),
        ((201, 50), None),
        ((0, -1), None),
    ],
)
@pytest.mark.parametrize("away", [0.0, 400_000.0, 0.1])
@pytest.mark.parametrize("order", [("west", "east"), ("east", "west")])
def test_a_point_on_the_outer_boundary_belongs_to_one_of_the_areas_that_it_touches(point, area, away, order):
    boxes = {"west": (0, 100), "east": (100, 200)}
    ready = areas(**{n: shapely.box(boxes[n][0] + away, 0, boxes[n][1] + away, 100) for n in order})
    _, found = points_in_areas(np.array([point[0] + away]), np.array([float(point[1])]), ready)
    assert ready["area_id"].iloc[found].tolist() == ([area] if area else [])


def test_on_the_outer_boundary_areas_over_each_other_each_have_the_point():
    small, large = shapely.box(0, 0, 10, 10), shapely.box(0, 0, 40, 40)
    point, area = points_in_areas(np.array([5.0, 0.0, 20.0]), np.array([0.0, 0.0, 0.0]), areas(a=small, b=large))
    assert sorted(zip(point, area)) == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1)]


@pytest.mark.parametrize("degrees", range(0, 360, 5))
def test_needles_that_meet_at_a_point_never_lose_it(degrees):
    turn = [np.radians(degrees + d) for d in (1, 4, 7)]
    tips = [(20 * np.cos(t), 20 * np.sin(t)) for t in turn]
    ready = areas(a=shapely.Polygon([(0, 0), tips[0], tips[1]]), b=shapely.Polygon([(0, 0), tips[1], tips[2]]))
    assert len(points_in_areas(np.zeros(1), np.zeros(1), ready)[0]) == 1


corners = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=4, max_size=25, unique=True)


@given(corners, st.sampled_from([0.0, 0.5, 400_000.0, 412_345.25]), st.randoms(use_true_random=False))
def test_in_any_tiling_each_point_of_any_edge_belongs_to_one_tile(corners, away, chance):
    """Triangles between random corners, some of them joined: their corners, and the middles and quarters of their edges."""
    net = shapely.delaunay_triangles(shapely.multipoints(np.array(corners) * 4.0 + away))
    triangles = shapely.get_parts(net)
    if not len(triangles):
        return
    tile = np.array([chance.randrange(max(1, len(triangles) // 2)) for _ in triangles])
    ready = areas(**{f"t{k}": shapely.union_all(triangles[tile == k]) for k in np.unique(tile)})
    rings = shapely.get_coordinates(triangles).reshape(-1, 4, 2)
    parts = [rings[:, i] * (1 - f) + rings[:, i + 1] * f for i in range(3) for f in (0.0, 0.25, 0.5)]
    x, y = np.unique(np.concatenate(parts), axis=0).T
    point, _ = points_in_areas(x, y, ready)
    assert np.array_equal(np.sort(point), np.arange(len(x)))


@given(st.lists(st.tuples(st.integers(1, 39), st.booleans()), max_size=12), st.randoms(use_true_random=False))
def test_where_an_edge_ends_in_the_middle_of_another_too(cuts, chance):
    """A square cut again and again: the corner of one tile lies on the edge of another."""
    tiles = [(0, 0, 40, 40)]
    for at, upright in cuts:
        west, south, east, north = tiles.pop(chance.randrange(len(tiles)))
        if upright and west < at < east:
            tiles += [(west, south, at, north), (at, south, east, north)]
        elif not upright and south < at < north:
            tiles += [(west, south, east, at), (west, at, east, north)]
        else:
            tiles.append((west, south, east, north))
    x, y = (v.ravel().astype(float) for v in np.meshgrid(np.arange(41), np.arange(41)))
    turned = chance.choice([0.0, 0.75])  # a shear that keeps numbers exact
    ready = areas(**{f"t{k}": shapely.transform(shapely.box(*t), lambda v: v + np.c_[turned * v[:, 1], 0 * v[:, 1]]) for k, t in enumerate(tiles)})  # fmt: skip
    point, _ = points_in_areas(x + turned * y, y, ready)
    assert np.array_equal(np.sort(point), np.arange(len(x)))
