"""What the plugin has given to QGIS's window and not taken back."""

from __future__ import annotations

from typing import Any

import pytest


def registrations(iface: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """From now on `qgis_iface` keeps what it is given, which by itself it does not; empty lists when all is taken back.

    Actions that were never given cannot be taken back; a dock can, for the window may have restored it to its place.
    """
    window = iface.mainWindow()
    given: dict[str, list[Any]] = {"menu": [], "icons": [], "docks": []}

    def add_dock(place: Any, dock: Any) -> None:
        given["docks"].append(dock)
        window.addDockWidget(place, dock)

    def remove_dock(dock: Any) -> None:
        if dock in given["docks"]:
            given["docks"].remove(dock)
        window.removeDockWidget(dock)

    calls = {
        "addPluginToMenu": lambda _name, action: given["menu"].append(action),
        "removePluginMenu": lambda _name, action: given["menu"].remove(action),
        "addToolBarIcon": given["icons"].append,
        "removeToolBarIcon": given["icons"].remove,
        "addDockWidget": add_dock,
        "removeDockWidget": remove_dock,
    }
    for name, call in calls.items():
        monkeypatch.setattr(iface, name, call)
    return given
