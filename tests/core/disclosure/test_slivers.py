"""Atoms of overlapping areas under the minimum go to the ground beside them; all else stays as it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_plugin.core.disclosure.atoms import overlay_atoms
from ia_plugin.core.disclosure.slivers import slivers_in_words, without_slivers
from ia_plugin.core.errors import PrivacyError


def areas(shapes, **columns):
    table = pd.DataFrame({"area_id": [chr(97 + k) for k in range(len(shapes))], **columns})
    return table.assign(geometry=pd.Series(shapes, dtype=object))


def least_atom(table):
    return min(a.m2 for a in overlay_atoms(table["geometry"].to_numpy(dtype=object))) / 1e4


def test_a_house_in_two_areas_counts_in_one():
    """Two of 12 ha that share 0.3 ha: a + b less all impact areas was that house."""
    ready, slivers = without_slivers(areas([shapely.box(0, 0, 400, 300), shapely.box(390, 0, 790, 300)]))
    assert [(s.before, round(s.hectares, 3)) for s in slivers] == [(("a", "b"), 0.3)]
    assert sorted(round(g.area / 1e4, 3) for g in ready["geometry"]) == [11.7, 12.0]
    assert least_atom(ready) >= 4


def test_an_area_that_is_another_and_a_house_becomes_that_area():
    inner = shapely.box(0, 0, 400, 300)
    ready, slivers = without_slivers(areas([inner, shapely.union(inner, shapely.box(400, 100, 412, 112))]))
    assert [(s.before, s.after) for s in slivers] == [(("b",), ())]
    assert ready["geometry"][1].equals(ready["geometry"][0])


@pytest.mark.parametrize(
    "shapes",
    [
        [shapely.box(0, 0, 400, 300), shapely.box(400, 0, 800, 300)],  # side by side
        [shapely.box(0, 0, 400, 300), shapely.box(200, 0, 800, 300)],  # 6 ha shared
        [shapely.box(0, 0, 400, 300)] * 2,  # the same
        [shapely.box(0, 0, 900, 900), shapely.box(100, 100, 400, 400)],  # one within the other
    ],
)
def test_areas_without_slivers_stay_to_the_last_digit(shapes):
    given_areas = areas(shapes, role="impact")
    ready, slivers = without_slivers(given_areas)
    assert slivers == [] and ready is given_areas


def test_a_sliver_goes_where_it_leaves_each_area_its_minimum():
    """a has 4.1 ha, 0.3 ha of them also b's: they stay a's, whichever border is longer."""
    ready, _ = without_slivers(areas([shapely.box(0, 0, 205, 200), shapely.box(190, -50, 600, 250)]))
    assert ready["geometry"][0].area == pytest.approx(41_000)
    assert least_atom(ready) >= 4


def test_a_sliver_that_no_area_can_do_without_is_refused():
    with pytest.raises(PrivacyError) as refusal:
        without_slivers(areas([shapely.box(0, 0, 201, 200), shapely.box(190, 0, 391, 200)]))
    for word in ("0.22 ha of 'a' and 'b'", "less than 4 ha", "make them one"):
        assert word in str(refusal.value)


def test_versions_of_an_area_that_count_at_different_times_are_no_slivers():
    """A border moved by 10 m in July: no time has both, so nothing is told by subtraction."""
    old, new = shapely.box(0, 0, 400, 300), shapely.box(0, 0, 410, 300)
    dates = {"valid_from": [None, "2024-07-01"], "valid_to": ["2024-06-30", None]}
    assert without_slivers(areas([old, new], **dates))[1] == []
    assert (
        len(without_slivers(areas([old, new], valid_from=[None, "2024-06-30"], valid_to=["2024-06-30", None]))[1]) == 1
    )


def test_ground_of_a_police_site_is_no_sliver():
    shapes = [shapely.box(0, 0, 400, 300), shapely.box(390, 0, 790, 300), shapely.box(385, -5, 405, 305)]
    assert without_slivers(areas(shapes, role=["impact", "impact", "site"]))[1] == []


def test_the_rest_of_the_force_is_less_all_others():
    """Drawn as the whole force it overlaps everything, and has only what no other area has."""
    shapes = [shapely.box(0, 0, 400, 300), shapely.box(-5000, -5000, 5000, 5000)]
    assert without_slivers(areas(shapes, role=["impact", "rest"]))[1] == []


def test_what_became_of_slivers_is_said_once():
    house = shapely.box(390, 0, 400, 300)
    _, slivers = without_slivers(
        areas([shapely.box(0, 0, 400, 300), shapely.union(house, shapely.box(400, 0, 800, 300))])
    )
    sentence = slivers_in_words(slivers)
    assert "1 sliver under 4 ha" in sentence and "0.3 ha of 'a' and 'b' now counts in" in sentence
    assert slivers_in_words([]) == ""


@given(st.integers(0, 10_000))
def test_atoms_tile_the_areas_where_borders_all_but_coincide_too(seed):
    """An area, and the same with a house at a corner: their borders run a rounding apart."""
    rng = np.random.default_rng(seed)
    angles = np.sort(rng.uniform(0, 2 * np.pi, 9))
    shape = shapely.make_valid(
        shapely.Polygon(rng.uniform(200, 500, 9)[:, None] * np.c_[np.cos(angles), np.sin(angles)])
    )
    x, y = shapely.get_coordinates(shape)[2] + rng.uniform(-9, 0, 2)
    shapes = np.array([shape, shapely.union(shape, shapely.box(x, y, x + 12, y + 12)), shape.buffer(30)], dtype=object)
    atoms = overlay_atoms(shapes)
    for k, whole in enumerate(shapes):
        assert sum(a.m2 for a in atoms if k in a.members) == pytest.approx(whole.area, abs=1.0)


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_whatever_is_drawn_no_atom_is_left_under_the_minimum_and_doing_it_again_does_nothing(seed):
    rng = np.random.default_rng(seed)
    shapes = []
    for _ in range(int(rng.integers(2, 6))):
        x, y = rng.uniform(0, 600, 2)
        angles = np.sort(rng.uniform(0, 2 * np.pi, 8))
        far = rng.uniform(200, 500, 8)
        shapes.append(shapely.make_valid(shapely.Polygon(np.c_[x + far * np.cos(angles), y + far * np.sin(angles)])))
    try:
        ready, _ = without_slivers(areas(shapes))
    except PrivacyError:
        return
    if min(s.area for s in shapes) >= 40_000:
        assert least_atom(ready) >= 4 * (1 - 1e-6) or least_atom(ready) < 1e-6
        assert without_slivers(ready)[1] == []
