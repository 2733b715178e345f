"""AreaIndex: no pair is ever missed."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ia_plugin.core.geometry.candidates import AreaIndex
from ia_plugin.core.geometry.rings import rings_of


@given(st.integers(0, 10_000), st.sampled_from([1, 3, 80]), st.sampled_from([0.0, 1.0, 30.0, 3000.0]))
def test_every_leg_that_meets_an_area_is_found(seed, areas, stride):
    rng = np.random.default_rng(seed)
    shapes = [
        shapely.Point(p).buffer(r, 3) for p, r in zip(rng.uniform(0, 1000, (areas, 2)), rng.uniform(1, 80, areas))
    ]
    start = rng.uniform(-200, 1200, (200, 2))
    end = start + rng.normal(0, 1, (200, 2)) * stride
    leg, area = AreaIndex([rings_of(s) for s in shapes], shapes).pairs(*start.T.copy(), *end.T.copy())
    found = set(zip(leg.tolist(), area.tolist()))
    assert len(found) == len(leg)
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    meets = shapely.intersects(lines[:, None], np.array(shapes)[None, :])
    assert {(i, j) for i, j in np.argwhere(meets).tolist()} <= found
    assert np.all(np.diff(area) >= 0)


def test_nothing_in_nothing_out():
    none = np.empty(0)
    shapes = [shapely.box(0, 0, 1, 1)]
    assert len(AreaIndex([], []).pairs(none, none, none, none)[0]) == 0
    assert len(AreaIndex([rings_of(s) for s in shapes], shapes).pairs(none, none, none, none)[0]) == 0
    empty = [shapely.Polygon()]
    one = np.ones(1)
    assert len(AreaIndex([rings_of(s) for s in empty], empty).pairs(one, one, one, one)[0]) == 0
