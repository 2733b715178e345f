"""Impact Area, a QGIS plugin. QGIS calls :func:`classFactory`; the core is importable without QGIS."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:
    """The plugin for this QGIS. Imports here, so that the core is importable where QGIS is not."""
    from .plugin import ImpactAreaPlugin

    return ImpactAreaPlugin(iface)
