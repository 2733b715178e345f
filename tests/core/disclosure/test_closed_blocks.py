"""Which blocks are closed, by the rule told slowly: pair of groups by pair of groups, block by block."""

import time

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.disclosure.blocks import side_of
from ia_plugin.core.disclosure.closed_blocks import _Cuts, closed_blocks
from ia_plugin.core.disclosure.small_areas import NOTHING_M2


def tiling(count, seed, side, finer=30.0):
    """Areas that share their winding borders, as those of a census do."""
    size = np.sqrt(count) * side
    points = shapely.multipoints(np.random.default_rng(seed).uniform(0, size, (count, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(points))
    cells = shapely.segmentize(shapely.intersection(cells, shapely.box(0, 0, size, size)), finer)

    def winding(xy):
        x, y = xy.T
        return np.round(np.c_[x + 20 * np.sin(y / 60) + 4 * np.sin(y / 17), y + 20 * np.sin(x / 63)], 2)

    shapes = shapely.make_valid(shapely.transform(cells, winding))
    return areas(shapes[np.isin(shapely.get_type_id(shapes), (3, 6))])


def areas(shapes, sites=()):
    ids = [f"a{k}" for k in range(len(shapes))]
    roles = ["site" if k in sites else "impact" for k in range(len(shapes))]
    return pd.DataFrame({"area_id": ids, "role": roles, "geometry": pd.Series(list(shapes), dtype=object)})


def told_slowly(table, side):
    cuts = _Cuts.of(table, side)
    group, found = cuts.groups(), set(cuts.sites)
    known = {(int(c), int(r)) for c, r in cuts.block}
    steps = [(i, j) for i in range(-2, 3) for j in range(-2, 3)]

    def ground(label):
        return np.bincount(cuts.at, cuts.m2 * (group == label)[cuts.atom], minlength=len(cuts.block))

    def group_at(block):
        centre = shapely.Point((block[0] + 0.5) * side, (block[1] + 0.5) * side)
        inside = np.flatnonzero(shapely.intersects(cuts.shapes, centre))
        return group[inside[-1] if len(inside) else -1]

    for one in np.unique(group):
        for other in np.unique(group):
            borders = cuts.block[(ground(one) > NOTHING_M2) & (ground(other) > NOTHING_M2)]
            if one == other or not len(borders):
                continue
            near = {(int(c) + i, int(r) + j) for c, r in borders for i, j in steps} - known
            tried = sorted(near, key=lambda b: (np.abs(borders - b).max(axis=1).min(), b))
            whole = next((b for b in tried if group_at(b) == one), None)
            if whole is not None:
                found.add(whole)
                continue
            most, total = np.argsort(-ground(one), kind="stable"), 0.0
            for k in most[ground(one)[most] > 0]:
                if total >= side**2 * (1 - 1e-9):
                    break
                found.add((int(cuts.block[k][0]), int(cuts.block[k][1])))
                total += ground(one)[k]
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("side", [230.0, 420.0, 800.0])  # less than a block, a few, many
def test_blocks_of_a_tiling_are_those_of_the_rule_told_slowly(seed, side):
    table = tiling(4 + 3 * seed, seed, side)
    if seed % 2:
        table = table.assign(role=np.where(np.arange(len(table)) % 5 == 0, "site", "impact")).iloc[1:]
    assert set(closed_blocks(table).pairs) == told_slowly(table, side_of())


def test_an_area_of_few_whole_blocks_closes_the_nearest_within_it_and_the_nearest_beside_it():
    house = shapely.union(shapely.box(0, 0, 800, 400), shapely.box(800, 100, 812, 112))
    # Borders cross the blocks of the edge and touch those beside it: what is left nearest to the house is two blocks away.
    found = set(closed_blocks(areas([house])).pairs)
    assert found == told_slowly(areas([house]), 200.0) and len(found) == 2


def test_none_is_closed_without_areas():
    assert len(closed_blocks(areas([]))) == 0


def test_a_census_of_fifteen_hundred_areas_takes_seconds():
    table, began = tiling(1500, 1, 420.0, 10.0), time.process_time()
    assert len(closed_blocks(table)) > 0
    assert time.process_time() - began < 12  # two on a plain computer; pair by pair it took more than ten minutes
