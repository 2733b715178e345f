"""The map of many areas: it turns to another figure in steps, between which the window goes on."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.patience import wait

pytestmark = pytest.mark.qgis
MANY = 4_500  # areas: two steps and a half


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    import pandas as pd
    from shapely import box

    from ia_plugin.gpkg.geopackage import GeoPackage

    x = 300.0 * np.arange(MANY)
    ids = [f"A{i}" for i in range(MANY)]
    table = pd.DataFrame({"area_id": ids, "name": ids, "role": "impact", "geometry": box(x, 0, x + 250, 250)})
    path = tmp_path_factory.mktemp("areas") / "summary.gpkg"
    with GeoPackage(path) as package:
        package.append("areas", table)
    return path


@pytest.fixture
def area_map(qgis_new_project, summary):
    from qgis.core import QgsProject

    from ia_plugin.ui.map.area_map import AreaMap

    made = AreaMap(QgsProject.instance())
    made.bring(summary)
    yield made
    made.clear()


def classes_of(key: str, kind: int):
    """All areas in one class; the last is not known."""
    from ia_plugin.core.dashboard.map_classes import NOT_KNOWN, MapClasses

    kinds = np.full(MANY, kind, np.int64)
    kinds[-1] = NOT_KNOWN
    ids = tuple(f"A{i}" for i in range(MANY))
    return MapClasses(key, ids, np.full(MANY, 0.5), kinds, ("",) * MANY, f"title of {key}", ("",) * 5)


def counted(area_map) -> dict[int, int]:
    found = [f["map_class"] for f in area_map.layer.getFeatures()]
    return {kind: found.count(kind) for kind in set(found)}


def finish(area_map) -> None:
    wait(lambda: not area_map.busy)


def test_a_step_is_two_thousand_areas_and_the_legend_turns_with_the_last(area_map) -> None:
    area_map.show(classes_of("crimes", 3))
    assert area_map.busy and counted(area_map)[3] == 2_000
    assert area_map.layer.name() != "title of crimes", "no legend of a figure that half the areas do not show"
    finish(area_map)
    assert counted(area_map) == {3: MANY - 1, -1: 1} and area_map.layer.name() == "title of crimes"


def test_another_figure_meanwhile_takes_its_place(area_map) -> None:
    area_map.show(classes_of("crimes", 3))
    area_map.show(classes_of("incidents", 1))
    finish(area_map)
    assert counted(area_map) == {1: MANY - 1, -1: 1} and area_map.layer.name() == "title of incidents"


def test_only_areas_that_change_are_written(area_map) -> None:
    area_map.show(classes_of("crimes", 3))
    finish(area_map)
    area_map.show(classes_of("crimes", 3))
    assert not area_map.busy


def test_the_layer_may_go_meanwhile(area_map, qgis_app) -> None:
    from qgis.core import QgsProject

    area_map.show(classes_of("crimes", 3))
    QgsProject.instance().removeMapLayer(area_map.layer.id())
    finish(area_map)
    assert area_map.layer is None
