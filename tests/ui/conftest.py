"""The dock on a small store, as most tests of it want it: what they share, once."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of three days, two areas and a few crimes."""
    from tests.support.small_store import small_store

    return small_store(tmp_path_factory.mktemp("dock"))


@pytest.fixture
def dock_of(qgis_app):
    """Makes docks, in no window of QGIS's; what they were made with goes with them in the end."""
    from qgis.core import QgsSettings

    from ia_plugin.ui.dock import STORE_SETTING, ImpactAreaDock

    docks = []

    def make(*around, size=None, store=None):
        """The dock of a project and what else of QGIS it is given; floating at a size; on a store, its figures there."""
        from tests.support.patience import wait

        dock = ImpactAreaDock(*around)
        docks.append(dock)
        if size is not None:
            dock.setFloating(True)
            dock.resize(*size)
            dock.show()
        if store is not None:
            dock.open_store(store)
            wait(lambda: dock.controller.figures is not None and not dock.controller.worker.busy)
        return dock

    yield make
    for dock in docks:
        dock.shut()
        dock.close()
        dock.deleteLater()
    QgsSettings().remove(STORE_SETTING)


@pytest.fixture
def dock(dock_of, qgis_new_project, store, qgis_iface, qgis_canvas):
    """The dock on the store beside QGIS's own window."""
    return dock_of(
        qgis_new_project, qgis_canvas, qgis_iface.messageBar(), qgis_canvas.temporalController(), store=store
    )
