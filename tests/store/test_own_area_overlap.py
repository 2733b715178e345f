"""An area that a reader draws over known ones: which they are is said beside its figures, and beside no others."""

import pandas as pd
import pytest
import shapely

from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.material.figures import figures
from ia_plugin.core.material.own_area import OWN
from ia_plugin.store.own_area import with_own_area
from ia_plugin.store.summary import read_summary
from tests.support.stores import AT, bring_up_to_date, extract


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    (folder / "watched").mkdir()
    extract(folder / "watched/fixes.csv", officers=5, fixes=20)
    bring_up_to_date(folder / "store", folder / "watched")  # a: 399000 to 400100, b: 400100 to 401000
    return folder / "store"


@pytest.mark.parametrize(
    ("west", "east", "said"),
    [
        (399_800, 400_400, ["The own area shares ground with a + b: time and events there count in both."]),
        (400_200, 400_800, ["The own area shares ground with b: time and events there count in both."]),
        (401_000, 401_600, []),  # they meet at an edge
    ],
)
def test_what_lies_under_an_own_area_is_said(store, west, east, said):
    shape = shapely.box(west, 279_600, east, 280_400)
    material = with_own_area(store, read_summary(store), shape, OWN, at=pd.Timestamp(AT), version="test")
    both = figures(material, FilterState(areas=(OWN,))).notes
    assert [n for n in both if "shares ground" in n] == said
    assert not [n for n in figures(material, FilterState()).notes if "ground" in n]
