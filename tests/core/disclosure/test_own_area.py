"""An area of one's own is whole blocks, and tells no small ground with any other nor with the store's areas."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
import shapely

from ia_plugin.core.disclosure.blocks import Blocks, blocks_in, side_of
from ia_plugin.core.disclosure.closed_blocks import closed_blocks
from ia_plugin.core.disclosure.own_area import own_blocks
from ia_plugin.core.errors import AreaError, PrivacyError

NONE = pd.DataFrame({"area_id": [], "role": [], "geometry": pd.Series([], dtype=object)})


def areas(*shapes, **columns):
    columns = {"role": "impact", **columns}
    table = pd.DataFrame({"area_id": [chr(97 + k) for k in range(len(shapes))], **columns})
    return table.assign(geometry=pd.Series(list(shapes), dtype=object))


# --- the grid -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "pairs"),
    [
        (shapely.box(0, 0, 200, 200), [(0, 0)]),
        (shapely.box(-30, -30, 230, 230), [(0, 0)]),  # a little more is the same blocks
        (shapely.box(0, 0, 299, 200), [(0, 0)]),
        (shapely.box(0, 0, 301, 200), [(0, 0), (1, 0)]),  # the centre at 300 m
        (shapely.box(-400, -200, 0, 0), [(-2, -1), (-1, -1)]),
        (shapely.box(405_000, 285_000, 405_200, 285_200), [(2025, 1425)]),
        (shapely.box(0, 0, 600, 600).difference(shapely.box(210, 210, 390, 390)), [(c, r) for r in range(3) for c in range(3) if (c, r) != (1, 1)]),
        (shapely.box(0, 0, 3000, 22), []),
    ],
)  # fmt: skip
def test_a_block_is_in_when_its_centre_is(shape, pairs):
    assert blocks_in(shape, 200.0).pairs == pairs


def test_shapes_that_meet_on_centres_share_no_block_and_lose_none():
    west, east = (blocks_in(shapely.box(a, 0, b, 200), 200.0).pairs for a, b in ((0, 300), (300, 600)))
    assert not set(west) & set(east) and len(west) + len(east) == 3


@pytest.mark.parametrize("least_ha", [1.0, 4.0, 6.25, 9.0])
def test_a_block_is_as_large_as_the_minimum_and_asking_for_blocks_gives_them_back(least_ha):
    side = side_of(least_ha)
    blocks = blocks_in(shapely.Point(405_000, 285_000).buffer(900), side)
    assert side**2 == pytest.approx(least_ha * 1e4) and blocks.hectares == pytest.approx(least_ha * len(blocks))
    assert shapely.area(blocks.boxes()) == pytest.approx(least_ha * 1e4) and blocks.shape.area == pytest.approx(
        blocks.hectares * 1e4
    )
    assert blocks_in(blocks.shape, side).pairs == blocks.pairs


def test_ids_of_blocks_can_be_read_again_from_the_record():
    blocks = blocks_in(shapely.Point(-40, 285_000).buffer(900), 200.0)
    assert Blocks.read(200.0, blocks.text).pairs == blocks.pairs
    assert min(blocks.column) < 0 and len(blocks.text) < 4 * len(blocks)


def test_a_drawing_in_another_system_is_refused_before_the_grid_is_made():
    with pytest.raises(AreaError, match="reference system"):
        blocks_in(shapely.box(0, 0, 5e6, 5e6), 200.0)


# --- what is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "error", "words"),
    [
        (shapely.box(0, 0, 16, 16), PrivacyError, ("256 m²", "4 ha", "home", "larger")),
        (shapely.box(0, 0, 199, 199), PrivacyError, ("4 ha", "larger")),
        (shapely.box(0, 0, 3000, 22), PrivacyError, ("6.6 ha", "200 m × 200 m", "street", "wider")),
        (shapely.LineString([(0, 0), (900, 900)]), AreaError, ("three corners",)),
        (shapely.Polygon(), AreaError, ("three corners",)),
    ],
)
def test_too_small_too_narrow_or_nothing_is_refused_with_sizes_and_remedy(shape, error, words):
    with pytest.raises(error) as refusal:
        own_blocks(shape, NONE)
    for word in words:
        assert word in str(refusal.value)


STORED = shapely.box(400_000, 280_000, 400_600, 280_600)  # nine blocks
HOUSE = shapely.box(400_600, 280_100, 400_612, 280_112)


@pytest.mark.parametrize(
    ("stored", "drawn", "answer"),
    [
        (areas(STORED), STORED, 9),  # the same to the metre
        (areas(STORED), STORED.buffer(600), None),  # takes all of it in, and far more
        (areas(STORED), shapely.box(400_000, 280_000, 400_400, 280_400), 4),  # leaves 20 ha of it
        (areas(STORED), shapely.box(405_000, 280_000, 405_600, 280_600), 9),
        (areas(shapely.union(STORED, HOUSE)), STORED, "the area 'a'"),
        (areas(shapely.difference(STORED, shapely.box(400_000, 280_000, 400_012, 280_012))), STORED, "the area 'a'"),
        # All impact areas together are nine blocks less a house; neither of the two is near.
        (areas(shapely.box(400_000, 280_000, 400_290, 280_600), shapely.box(400_290, 280_000, 400_600, 280_600).difference(shapely.box(400_588, 280_000, 400_600, 280_012))), STORED, "all areas of role impact"),
    ],
)  # fmt: skip
def test_what_differs_from_an_area_or_role_of_the_store_by_little_is_refused(stored, drawn, answer):
    if isinstance(answer, str):
        with pytest.raises(PrivacyError) as refusal:
            own_blocks(drawn, stored)
        for word in ("36 ha", answer, "144 m²", "Less than 4 ha", "Choose", "draw"):
            assert word in str(refusal.value)
    else:
        blocks = own_blocks(drawn, stored).blocks
        assert answer is None or len(blocks) == answer


def test_areas_that_count_at_other_times_are_compared_each_at_its_own():
    stored = areas(shapely.union(STORED, HOUSE), valid_to=["2020-01-01"])
    with pytest.raises(PrivacyError, match="the area 'a'"):
        own_blocks(STORED, stored)


def test_closed_blocks_hang_on_the_store_alone_and_lie_by_the_house():
    closed = closed_blocks(areas(shapely.union(STORED, HOUSE)))
    assert 0 < len(closed) <= 4
    assert shapely.distance(closed.boxes(), HOUSE).max() <= 400
    assert len(closed_blocks(areas(STORED))) == 0, "an area of whole blocks tells nothing but blocks"
    assert len(closed_blocks(areas(shapely.Point(400_300, 280_300).buffer(400)))) == 0, "an area as areas are drawn"


def test_a_block_that_is_a_hospital_for_the_most_part_is_closed():
    hospital = shapely.box(400_000, 281_000, 400_199, 281_199)
    stored = areas(shapely.Point(403_000, 280_300).buffer(400), hospital, role=["impact", "site"])
    assert (2000, 1405) in closed_blocks(stored).pairs
    found = own_blocks(shapely.box(400_000, 281_000, 400_400, 281_400), stored)
    assert len(found.blocks) == 3 and "1 is left out" in found.text


def test_blocks_that_together_come_to_a_stored_area_but_for_a_house_cannot_all_be_asked():
    """Each half is far from the area; added they were the area less a house."""
    stored = areas(shapely.union(STORED, HOUSE))
    halves = [shapely.box(400_000, 280_000, 400_400, 280_600), shapely.box(400_400, 280_000, 400_600, 280_600)]
    asked = set()
    for half in halves:
        asked |= set(own_blocks(half, stored).blocks.pairs)
    assert asked < set(blocks_in(STORED, 200.0).pairs)


# --- the span of what can be asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_whole_number_sums_of_own_areas_hold_no_ground_under_the_minimum(seed):
    """Each area is 1 on its blocks and 0 elsewhere; so every whole-number sum is whole on each block, which has 4 ha."""
    rng = np.random.default_rng(seed)
    asked = []
    for _ in range(12):
        x, y = rng.uniform(0, 800, 2)
        shape = shapely.Point(x, y).buffer(rng.uniform(120, 500))
        for drawn in (shape, shapely.union(shape, shapely.box(x, y, x + 12, y + 700)), shape.buffer(rng.uniform(1, 9))):
            asked.append(own_blocks(drawn, NONE).blocks)
    known = sorted(set().union(*(b.pairs for b in asked)))
    indicator = np.array([[p in set(b.pairs) for p in known] for b in asked], dtype=int)
    ground = shapely.area(Blocks.of(200.0, known).boxes())
    for one, other in itertools.combinations(range(len(asked)), 2):
        told = ground[indicator[one] != indicator[other]].sum()
        assert told == 0 or told >= 40_000 - 1e-6
    for _ in range(200):
        told = ground[(rng.integers(-3, 4, len(asked)) @ indicator) != 0].sum()
        assert told == 0 or told >= 40_000 - 1e-6
