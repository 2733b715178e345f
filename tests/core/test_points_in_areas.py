"""Which areas a point lies in: on a common edge one of them, the one that time on that edge goes to."""

import numpy as np
import pandas as pd
import pytest
import shapely

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
    x, y = (v.ravel().astype(float) for v in np.meshgrid(np.arange(0, 41, 5), np.arange(0, 41, 5)))
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
