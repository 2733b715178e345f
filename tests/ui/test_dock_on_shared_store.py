"""The dock on a shared store: the same figures as on the folder it was moved from, the connection lost and back."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.qgis

from tests.support.open_day import open_a_day
from tests.support.patience import wait
from tests.support.shared_store import shared_store
from tests.support.stores import KEY


@pytest.fixture(scope="module")
def shared(postgis, store):
    from ia_plugin.store.move import move
    from ia_plugin.store.postgis.home import PostgisStore
    from ia_plugin.store.store import Store

    with shared_store(postgis, filled=False) as made:
        with Store(store, KEY) as old, PostgisStore(made.target("lee"), KEY) as new:
            move(old, new)
        yield made


def ready(dock):
    return lambda: dock.controller.figures is not None and not dock.controller.worker.busy


def tiles(dock):
    return {tile.title: tile.value for tile in dock.controller.overview.tiles}


def test_the_figures_are_those_of_the_folder(dock_of, qgis_new_project, store, shared):
    dock = dock_of(qgis_new_project, store=store)
    expected = tiles(dock)
    dock.open_store(shared.target("alice"))
    wait(lambda: dock.controller.folder == shared.target("alice") and ready(dock)())
    assert tiles(dock) == expected and len(expected) > 3
    assert shared.database in dock.store_label.text()
    assert "ia_inspector" in dock.controller.why_no_look()


def layers_of(project):
    """Title -> (features, classes of the figure) of the layers in the group of the store."""
    group = project.layerTreeRoot().findGroup("Impact Area")
    layers = [n.layer() for n in group.findLayers()]
    return {y.name(): (y.featureCount(), sorted(f["map_class"] for f in y.getFeatures()) if "map_class" in y.fields().names() else []) for y in layers}  # fmt: skip


def test_areas_and_events_lie_on_the_map_as_those_of_the_folder(dock_of, qgis_new_project, store, shared):
    from qgis.core import QgsProject

    project = QgsProject.instance()
    dock = dock_of(qgis_new_project, store=store)
    wait(ready(dock))
    expected = layers_of(project)
    dock.open_store(shared.target("alice"))
    wait(lambda: dock.controller.folder == shared.target("alice") and ready(dock)())
    wait(lambda: layers_of(project) == expected)
    assert {"Areas", "Crimes"} < set(expected) and any(classes for _, classes in expected.values())
    sources = {y.name(): y.source() for y in project.mapLayers().values() if y.providerType() != "memory"}
    assert all("ia_summary" in s and "password" not in s for s in sources.values()), sources
    assert dock.map.bring_store(shared.target("alice")) == []  # each once
    dock.open_store(str(store))
    wait(lambda: dock.controller.folder != shared.target("alice") and ready(dock)())
    wait(lambda: not any(y.providerType() == "postgres" for y in project.mapLayers().values()))
    assert layers_of(project) == expected


def test_a_connection_that_is_lost_is_said_and_comes_back(dock_of, qgis_new_project, shared, monkeypatch):
    dock = dock_of(qgis_new_project, store=shared.target("alice"))
    heard = []
    monkeypatch.setattr(dock, "_say", lambda text, warn=False, *_: heard.append(str(text)))
    dock.controller.said.connect(lambda text, *_: heard.append(str(text)))
    dock.open_store(shared.target("alice").replace(f"port={shared.cluster.port}", "port=1"))
    wait(lambda: any("cannot be reached" in text for text in heard))
    assert not any("Traceback" in text for text in heard)
    dock.open_store(shared.target("alice"))
    wait(ready(dock))
    assert len(tiles(dock)) > 3


def test_a_connection_of_qgis_is_known_by_its_name_and_no_password_is_kept(
    dock_of, qgis_new_project, shared, monkeypatch
):
    from qgis.core import QgsSettings
    from qgis.PyQt.QtWidgets import QInputDialog

    from ia_plugin.core.connection_text import connection_of
    from ia_plugin.processing.postgis_names import know_qgis_connections
    from ia_plugin.ui.dock import STORE_SETTING

    know_qgis_connections()
    settings = QgsSettings()
    facts = {"host": "127.0.0.1", "port": str(shared.cluster.port), "database": shared.database, "username": "alice"}
    for name, value in {**facts, "password": "hunter2", "sslmode": "SslPrefer"}.items():
        settings.setValue(f"PostgreSQL/connections/Force store/{name}", value)
    try:
        text, secret = connection_of("Force store")
        assert "hunter2" not in text and dict(secret) == {"password": "hunter2"} and "sslmode='prefer'" in text
        dock = dock_of(qgis_new_project)
        monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Force store", True))
        dock.ask_shared_store()
        wait(ready(dock))
        assert settings.value(STORE_SETTING) == "Force store" and "Force store" in dock.store_label.text()
    finally:
        settings.remove("PostgreSQL/connections/Force store")


def test_a_password_that_is_typed_opens_nothing(dock_of, qgis_new_project, monkeypatch):
    from qgis.PyQt.QtWidgets import QInputDialog

    dock, heard = dock_of(qgis_new_project), []
    monkeypatch.setattr(dock, "_say", lambda text, *_: heard.append(str(text)))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("host=db password=hunter2", True))
    dock.ask_shared_store()
    assert dock.controller.folder is None and len(heard) == 1 and "hunter2" not in heard[0]


def test_an_inspector_sees_what_is_behind_a_figure_and_an_analyst_is_told_the_role(dock_of, qgis_new_project, shared):
    dock = dock_of(qgis_new_project, store=shared.target("alice"))
    wait(ready(dock))
    dock.show_trace("visits", "training")
    assert "ia_inspector" in dock.last_said and dock.trace.visits.rowCount() == 0
    dock.open_store(shared.target("ivan"))
    wait(lambda: dock.controller.folder == shared.target("ivan") and ready(dock)())
    open_a_day(dock, "training")
    dock.show_movement("training")
    assert "no layers of all movement" in dock.last_said
    asked = "SELECT what, officer_day IS NOT NULL FROM ia_records.runs WHERE who = 'ivan' AND purpose = 'training' ORDER BY run_id"
    assert shared.psql("olga", asked).splitlines() == ["trace|f", "trace of a visit|t", "journey|t"]


def test_cells_by_unit_are_looked_at_where_published_tables_do_not_tell(dock_of, qgis_new_project, shared):
    dock = dock_of(qgis_new_project, store=shared.target("iris"))
    wait(ready(dock))
    assert dock.controller.why_no_look() == ""
    dock.controller.look("training")
    wait(lambda: dock.controller.answer is not None and dock.controller.answer.material.purpose == "training")
    asked = "SELECT count(*) FROM ia_records.runs WHERE who = 'iris' AND what = 'look at cells by unit'"
    assert shared.psql("olga", asked) == "1"
