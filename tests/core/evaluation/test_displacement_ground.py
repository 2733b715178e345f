"""Rings around areas: whose ground they have, and what is said where none is left."""

import time

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.errors import AreaError, ParameterError
from ia_plugin.core.evaluation.displacement_ground import displacement_ground


def areas(**boxes):
    """Areas from name=(role letter, xmin, ymin, xmax, ymax): i impact, c comparison, o other."""
    roles = {"i": "impact", "c": "comparison", "o": "other"}
    shapes = [shapely.box(*b[1:]) for b in boxes.values()]
    return pd.DataFrame(
        {
            "area_id": list(boxes),
            "role": [roles[b[0]] for b in boxes.values()],
            "geometry": pd.Series(shapes, dtype=object),
        }
    )


def sizes(ground):
    return {(r.area_id, r.band_m): r.km2 for r in ground.table.itertuples()}


def test_a_lone_area_has_the_rings_of_a_rounded_square():
    ground = displacement_ground(areas(a=("i", 0, 0, 1000, 1000), b=("c", 9000, 0, 10000, 1000)), (500, 250))
    found = sizes(ground)
    assert ground.bands_m == (250, 500) and ground.lost == 0 and ground.swallowed == ()
    assert found["a", 0] == 1
    # Four strips and a circle: 4·1000·250 + π·250².
    assert found["a", 250] == pytest.approx(1.0 + np.pi * 0.0625, rel=0.002)
    assert found["a", 500] == pytest.approx(1.0 + np.pi * (0.25 - 0.0625), rel=0.002)
    assert ground.sentences() == []


def test_rings_have_no_ground_of_any_area_nor_of_another_ring():
    table = areas(
        a=("i", 0, 0, 500, 500), b=("c", 700, 0, 1200, 500), c=("i", 500, 800, 900, 1200), d=("c", 0, 3000, 500, 3500)
    )
    ground = displacement_ground(table, (150, 300))
    shapes = ground.table["geometry"].to_numpy()
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(shapely.area(shapes).sum())
    reach = {a: shapely.buffer(g, 300, quad_segs=16) for a, g in zip(table["area_id"], table["geometry"])}
    for row in ground.table[ground.table["band_m"] > 0].itertuples():
        others = shapely.union_all([g for a, g in reach.items() if a != row.area_id])
        assert row.geometry.intersection(others).area < 1e-3
        own = table.set_index("area_id").loc[row.area_id, "geometry"]
        at = shapely.distance(own, shapely.points(shapely.get_coordinates(row.geometry)))
        assert row.from_m - 1 <= at.min() and at.max() <= row.band_m + 1e-6
    assert 0 < ground.lost < 0.5
    assert "lies in the rings of two areas" in ground.sentences()[0]


def test_a_boundary_ends_the_rings():
    table = areas(a=("i", 0, 0, 1000, 1000), b=("c", 9000, 0, 10000, 1000))
    land = shapely.box(0, -5000, 20000, 5000)  # the sea west of a
    found = sizes(displacement_ground(table, (250,), land))
    assert found["a", 250] == pytest.approx(0.75 + np.pi * 0.0625 / 2, rel=0.002)
    assert found["b", 250] == pytest.approx(1.0 + np.pi * 0.0625, rel=0.002)


def test_a_swallowed_ring_is_named():
    """An impact area within a frame of others has no ground of its own around it."""
    table = areas(
        middle=("i", 0, 0, 300, 300),
        n=("c", -300, 300, 600, 600),
        s=("c", -300, -300, 600, 0),
        w=("c", -300, 0, 0, 300),
        e=("i", 300, 0, 600, 300),
    )
    ground = displacement_ground(table, (200,))
    assert "middle" in ground.swallowed
    assert ground.sentences()[0].startswith("No ground is left around ")
    assert ("middle", 0.0) in sizes(ground) and ("middle", 200.0) not in sizes(ground)


def test_areas_that_share_ground_are_named():
    with pytest.raises(AreaError, match=r"a \(impact\) and b \(comparison\)"):
        displacement_ground(areas(a=("i", 0, 0, 500, 500), b=("c", 400, 0, 900, 500)), (200,))
    # As borders are drawn: a metre is no overlap.
    assert len(displacement_ground(areas(a=("i", 0, 0, 500, 500), b=("c", 499, 0, 999, 500)), (200,)).table) == 4


def test_both_roles_are_needed_and_others_take_no_part():
    with pytest.raises(AreaError, match="no comparison area"):
        displacement_ground(areas(a=("i", 0, 0, 500, 500)), (200,))
    with pytest.raises(AreaError, match="no impact area"):
        displacement_ground(areas(a=("o", 0, 0, 500, 500), b=("c", 900, 0, 1000, 500)), (200,))
    ground = displacement_ground(
        areas(a=("i", 0, 0, 500, 500), b=("c", 3000, 0, 3500, 500), o=("o", 500, 0, 900, 500)), (200,)
    )
    assert ground.left_out == 1 and set(ground.table["area_id"]) == {"a", "b"}


@pytest.mark.parametrize("distances", [(), (0,), (-5, 100), (100, 100), (9000,), tuple(range(10, 100, 10))])
def test_distances_that_make_no_rings(distances):
    with pytest.raises(ParameterError, match="make no rings"):
        displacement_ground(areas(a=("i", 0, 0, 500, 500), b=("c", 900, 0, 1000, 500)), distances)


def test_two_thousand_areas_side_by_side():
    """Ten thousand take about ten seconds; nothing is left between them."""
    n = np.arange(2_000)
    x, y = 400.0 * (n % 50), 400.0 * (n // 50)
    table = pd.DataFrame(
        {
            "area_id": n.astype(str),
            "role": np.where(n % 2, "impact", "comparison"),
            "geometry": pd.Series(shapely.box(x, y, x + 400, y + 400), dtype=object),
        }
    )
    begin = time.process_time()
    ground = displacement_ground(table, (250, 500))
    assert time.process_time() - begin < 30
    assert len(ground.swallowed) > 1_700 and "more: all of it lies in other areas" in ground.sentences()[0]
