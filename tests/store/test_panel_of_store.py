"""The panel of a store is the panel of what its summary holds, read in whole seconds, to the digit."""

import pandas as pd
import pytest

from ia_plugin.core.evaluation.panel import build_panel, panel_of
from ia_plugin.core.material.whole_seconds import whole_cover, whole_time_use
from ia_plugin.core.params import PanelParams
from ia_plugin.gpkg.geopackage import GeoPackage
from ia_plugin.store.summary import read_summary, summary_path
from tests.support.stores import AREAS, bring_up_to_date, extract


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path, watched = tmp_path_factory.mktemp("store"), tmp_path_factory.mktemp("watched")
    for k, day in enumerate(("2024-06-03", "2024-06-04")):
        extract(watched / f"{day}.csv", day=day, seed=k)
    bring_up_to_date(path, watched)
    return path


@pytest.mark.parametrize("period", ["month", "day", "shift"])
def test_the_store_and_its_tables_give_the_same_panel(folder, period):
    params = PanelParams(period=period)
    of_store = panel_of(read_summary(folder), params)
    with GeoPackage(summary_path(folder), create=False) as package:
        time, cover = whole_time_use(package.read("time_use")), whole_cover(package.read("cover"))
    of_tables = build_panel(AREAS, time, None, params, cover=cover)
    pd.testing.assert_frame_equal(of_store.cells, of_tables.cells)
    assert of_store.cells["officer_hours"].sum() == pytest.approx(
        time.loc[time["area_id"].isin(["a", "b"]), "officer_seconds"].sum() / 3600
    )
    assert 0 < of_store.cells["patrol_hours"].sum() <= of_store.cells["officer_hours"].sum()
    assert "officer_id" not in {c for t in (of_store.cells, of_store.time, of_store.events) for c in t.columns}
