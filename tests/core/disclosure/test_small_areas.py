"""Which areas are under the minimum, and how a refusal puts it."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from ia_plugin.core.disclosure.small_areas import refuse_small, refuse_small_known, small_areas, small_in_words
from ia_plugin.core.errors import ParameterError, PrivacyError
from ia_plugin.core.params import SmallestAreaParams


def areas(**shapes):
    """An areas table of {id: shape or (shape, role)}."""
    rows = [s if isinstance(s, tuple) else (s, "impact") for s in shapes.values()]
    table = pd.DataFrame({"area_id": list(shapes), "role": [r for _, r in rows]})
    return table.assign(geometry=pd.Series([g for g, _ in rows], dtype=object))


def square(hectares, x=0.0):
    side = (hectares * 1e4) ** 0.5
    return shapely.box(x, 0, x + side, side)


@pytest.mark.parametrize(
    ("shape", "role", "is_small"),
    [
        (square(0.0256), "impact", True),
        (square(3.99), "comparison", True),
        (square(4.0), "impact", False),
        (square(3.99), "site", False),
        (square(3.99), "buffer", True),
        (square(3.99), "rest", True),
        # A sliver left over from drawing does not make an area of 5 ha small: its figures are of all of it.
        (shapely.union(square(5), shapely.box(900, 0, 901, 1)), "impact", False),
        # A ring of 10 m about 5 ha.
        (shapely.difference(square(5).buffer(10, join_style="mitre"), square(5)), "buffer", True),
    ],
)
def test_the_ground_of_an_area_counts_and_police_sites_are_exempt(shape, role, is_small):
    assert bool(len(small_areas(areas(a=(shape, role))))) == is_small


def test_ground_of_a_police_site_is_none_of_an_areas():
    """A hospital of 3 ha in an area of 5 ha leaves figures of 2 ha; one that is the whole area leaves none."""
    hospital = (shapely.box(0, 0, 150, 200), "site")
    assert small_areas(areas(a=square(5), h=hospital)).round(6).to_numpy().tolist() == [["a", 2.0]]
    assert len(small_areas(areas(a=shapely.box(10, 10, 140, 190), h=hospital))) == 0


def test_the_minimum_is_the_forces_own_within_bounds():
    assert len(small_areas(areas(a=square(3)), 2.5)) == 0 and len(small_areas(areas(a=square(3)), 10.0)) == 1
    with pytest.raises(ParameterError):
        SmallestAreaParams(least_ha=0.0)


def test_a_refusal_says_how_many_how_large_the_minimum_and_what_to_do():
    with pytest.raises(PrivacyError) as refusal:
        refuse_small(areas(a=square(3), b=square(50, 500), c=square(0.5, 5000)), reader="a board", remedy="Or ask.")
    for word in ("2 areas under 4 ha", "'c' (0.5 ha), 'a' (3 ha)", "a board", "home", "larger", "role site", "Or ask."):
        assert word in str(refusal.value)
    refuse_small(areas(b=square(50)), reader="a board", remedy="")


def test_many_are_counted_and_the_smallest_named():
    small = small_areas(areas(**{f"a{k}": square(0.5 + 0.1 * k, 1000.0 * k) for k in range(9)}))
    assert small_in_words(small).startswith("9 areas under 4 ha: 'a0' (0.5 ha)")
    assert small_in_words(small).endswith("and 4 more")


def test_areas_whose_ground_is_known_follow_the_same_rule():
    known = pd.DataFrame({"area_id": ["a", "b", "c"], "role": ["impact", "site", "other"], "km2": [0.04, 0.001, 0.0]})
    refuse_small_known(known, reader="a board", remedy="")
    with pytest.raises(PrivacyError, match="1 area under 4 ha: 'a' \\(3.9 ha\\)"):
        refuse_small_known(known.assign(km2=[0.039, 0.001, 0.0]), reader="a board", remedy="")
