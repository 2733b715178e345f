"""A store in another projected system than Great Britain's works in the dock."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from tests.support.stores import AT, KEY

pytestmark = pytest.mark.qgis

EAST, NORTH = 500_000.0, 5_700_000.0  # UTM zone 30 north: on its central meridian


@pytest.fixture
def folder(tmp_path):
    """A store in EPSG:32630: six officers who walk about a square of one kilometre for two hours."""
    from ia_plugin.core.imports.accounts import Account
    from ia_plugin.store.refresh import refresh, set_areas
    from ia_plugin.store.store import Store

    n, officers = 60, 6
    rng = np.random.default_rng(5)
    fixes = pd.DataFrame(
        {
            "officer_id": np.repeat([f"p{k:024d}" for k in range(officers)], n),
            "time": pd.Timestamp("2024-06-03T09:00Z")
            + pd.to_timedelta(np.tile(np.arange(n), officers) * 120, unit="s"),
            "x": EAST + rng.uniform(0, 1000, n * officers),
            "y": NORTH + rng.uniform(0, 1000, n * officers),
        }
    )
    square = shapely.box(EAST, NORTH, EAST + 1000, NORTH + 1000)
    with Store(tmp_path / "store", KEY, epsg=32630) as store:
        with store.importing(Account("a.csv", "affiliations"), "a" * 64, AT) as part:
            part.add_fixes(fixes)
        set_areas(store, pd.DataFrame({"area_id": ["a"], "role": ["impact"], "geometry": [square]}))
        refresh(store)
    return tmp_path / "store"


def test_an_area_drawn_in_degrees_lies_where_the_store_has_it(qgis_new_project, folder, monkeypatch):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsProject, QgsRectangle

    from ia_plugin.core.material.own_area import OWN
    from ia_plugin.store.summary import read_summary
    from ia_plugin.ui.controller import Controller

    controller = Controller(QgsProject.instance())
    assert not controller.store_system.isValid()
    controller.folder, controller.material = folder, read_summary(folder)
    at_once = lambda name, title, job, done: done(job(lambda _share: None))  # noqa: E731
    monkeypatch.setattr(controller.worker, "begin", at_once)
    assert controller.store_system.authid() == "EPSG:32630"
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    shape = QgsGeometry.fromRect(QgsRectangle(EAST, NORTH, EAST + 1000, NORTH + 1000))
    shape.transform(QgsCoordinateTransform(controller.store_system, degrees, QgsProject.instance()))
    controller.add_own_area(shape, degrees)
    hours = controller.material.time_use.table.groupby("area_id")["officer_seconds"].sum()
    assert controller.material.areas.set_index("area_id")["km2"][OWN] == pytest.approx(1.0, rel=0.01)
    assert hours["a"] == pytest.approx(6 * 59 * 120, rel=0.05)
    assert hours[OWN] == pytest.approx(hours["a"], rel=0.02)
    controller.close()
