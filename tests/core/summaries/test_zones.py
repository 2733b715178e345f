"""The force laid out in pieces of ground: what counts for which area and for which role, in square metres."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.errors import ImpactAreaWarning
from ia_plugin.core.summaries.residents import with_residents
from ia_plugin.core.summaries.zones import OVERLAP_SHARE, ROLE_ORDER, grounds
from tests.support.forces import areas_of
from tests.support.tables import areas

box = shapely.box


def laid(**shapes):
    """((label, part, site) -> m² of the pieces, overlapping pairs)."""
    found = grounds(areas_of(**shapes))
    table = found.pieces.assign(m2=[g.area for g in found.pieces["geometry"]])
    keys = [tuple(None if pd.isna(v) else v for v in row) for row in table[["label", "part"]].itertuples(index=False)]
    sums: dict = {}
    for key, site, m2 in zip(keys, table["site"], table["m2"]):
        key = (*key, "site") if site else key
        sums[key] = sums.get(key, 0) + m2
    return sums, found.overlapping


def test_areas_apart_are_their_own_parts():
    found, overlapping = laid(a=("impact", box(0, 0, 10, 10)), b=("comparison", box(20, 0, 30, 10)))
    assert found == {("a", "(impact)"): 100, ("b", "(comparison)"): 100} and overlapping == 0


def test_shared_ground_is_the_first_roles():
    """a and b share 50 m²: each area keeps its own, the parts lie beside each other."""
    found, overlapping = laid(a=("impact", box(0, 0, 10, 10)), b=("comparison", box(5, 0, 15, 10)))
    assert found == {("a", None): 100, ("b", None): 100, (None, "(impact)"): 100, (None, "(comparison)"): 50}
    assert overlapping == 1
    # The other way round.
    found, _ = laid(a=("comparison", box(0, 0, 10, 10)), b=("impact", box(5, 0, 15, 10)))
    assert found[None, "(impact)"] == 100 and found[None, "(comparison)"] == 50


def test_two_areas_of_one_role_that_overlap_are_one_ground():
    found, overlapping = laid(a=("impact", box(0, 0, 10, 10)), b=("impact", box(5, 0, 15, 10)))
    assert found == {("a", None): 100, ("b", None): 100, (None, "(impact)"): 150} and overlapping == 1


def test_a_police_site_is_cut_out_and_stands_beside():
    found, overlapping = laid(a=("impact", box(0, 0, 10, 10)), s=("site", box(8, 0, 14, 10)))
    assert found == {("a", "(impact)"): 80, ("a", None, "site"): 20, (None, "(site)"): 60} and overlapping == 0


def test_a_rest_drawn_as_the_whole_force_has_what_is_left():
    found, overlapping = laid(a=("impact", box(0, 0, 10, 10)), force=("rest", box(0, 0, 100, 10)))
    assert found == {("a", "(impact)"): 100, ("force", "(rest)"): 900} and overlapping == 0


@pytest.mark.parametrize(("shared", "overlapping"), [(0.5 * OVERLAP_SHARE, 0), (2 * OVERLAP_SHARE, 1)])
def test_borders_drawn_a_hair_apart_are_no_overlap(shared, overlapping):
    """Of 100 × 100 m: a strip of half a centimetre or of two."""
    one, other = box(0, 0, 100, 100), box(100 - 100 * shared, 0, 200, 100)
    assert laid(a=("impact", one), b=("comparison", other))[1] == overlapping
    # It is the smaller area that the share is of.
    assert laid(a=("impact", one), b=("comparison", box(100 - 100 * shared, 0, 100_000, 100)))[1] == overlapping


def test_no_areas_no_pieces():
    found = grounds(areas_of(a=("impact", box(0, 0, 1, 1))).iloc[:0])
    assert len(found.pieces) == 0 and found.overlapping == 0


def test_pieces_are_numbered():
    table = grounds(areas_of(a=("impact", box(0, 0, 10, 10)), b=("impact", box(5, 0, 15, 10)))).pieces
    assert table["area_id"].tolist() == ["0", "1", "2"]


corner = st.integers(0, 12)
shape = st.tuples(corner, corner, st.integers(1, 6), st.integers(1, 6), st.sampled_from([*ROLE_ORDER, "rest"]))


@settings(max_examples=25)
@given(st.lists(shape, min_size=1, max_size=6))
def test_parts_lie_beside_each_other_and_cover_all_areas(shapes):
    """Square by square of an integer grid: each is of the first role that claims it, once."""
    where = {f"a{i}": (role, box(x, y, x + w, y + h)) for i, (x, y, w, h, role) in enumerate(shapes)}
    table = grounds(areas_of(**where)).pieces
    parts = table[table["part"].notna()]
    x, y = (v.ravel() + 0.5 for v in np.meshgrid(np.arange(18), np.arange(18)))
    for k, role in enumerate(ROLE_ORDER):
        claimed, before = (
            np.any(
                [
                    np.zeros(len(x), dtype=bool),
                    *(shapely.contains_xy(g, x, y) for r, g in where.values() if r in roles),
                ],
                axis=0,
            )
            for roles in ((role,), ROLE_ORDER[:k])
        )
        mine = parts["geometry"][parts["part"] == f"({role})"]
        times = np.sum([np.zeros(len(x)), *(shapely.contains_xy(g, x, y) for g in mine)], axis=0)
        assert times.tolist() == (claimed & ~before).astype(float).tolist()


# --- residents --------------------------------------------------------------------------------------------------------


def people(*rows):
    """Small areas from rows of (x0, x1, residents), ten metres high."""
    table = areas(*(box(a, 0, b, 10) for a, b, _ in rows))
    return table.assign(residents=[n for _, _, n in rows])


def test_small_areas_give_their_people_in_the_share_of_their_ground():
    """One wholly inside, a quarter of another: 100 + 40/4."""
    small = people((0, 10, 100), (10, 30, 40), (30, 90, 999))
    found = with_residents(areas(a=box(0, 0, 15, 10)), small)
    assert found["residents"].tolist() == [110]


@pytest.mark.parametrize(("covered", "known"), [(9.0, True), (8.9, False), (10.0, True)])
def test_nine_tenths_of_an_area_must_be_covered(covered, known):
    found = with_residents(areas(a=box(0, 0, 10, 10)), people((0, covered, 90)))
    assert found["residents"].notna().tolist() == [known]


def test_a_small_area_without_a_number_covers_nothing():
    small = people((0, 5, 50), (5, 10, None))
    assert with_residents(areas(a=box(0, 0, 10, 10)), small)["residents"].isna().all()
    assert with_residents(areas(a=box(0, 0, 5, 10)), small)["residents"].tolist() == [50]
    assert with_residents(areas(a=box(500, 0, 505, 10)), small)["residents"].isna().all()


def test_two_areas_share_the_people_between_them():
    small = people((0, 10, 100), (10, 20, 60))
    found = with_residents(areas(a=box(0, 0, 8, 10), b=box(8, 0, 20, 10)), small)
    assert found["residents"].tolist() == pytest.approx([80, 20 + 60])


def test_an_invalid_small_area_is_repaired_with_a_word():
    bow = people((0, 10, 100))
    bow.loc[0, "geometry"] = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    with pytest.warns(ImpactAreaWarning, match="repaired"):
        with_residents(areas(a=box(0, 0, 10, 10)), bow)
