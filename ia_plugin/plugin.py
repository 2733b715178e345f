"""Wiring: what QGIS is given when the plugin loads, and gets back when it unloads."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication

from .processing.provider import ImpactAreaProvider


class ImpactAreaPlugin:
    """Registers the Processing provider. `iface` is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: Optional[ImpactAreaProvider] = None

    def initProcessing(self) -> None:
        """Register the provider, once. qgis_process calls this alone, without :meth:`initGui`."""
        if self.provider is None:
            provider = ImpactAreaProvider()
            if QgsApplication.processingRegistry().addProvider(provider):
                self.provider = provider

    def initGui(self) -> None:
        self.initProcessing()

    def unload(self) -> None:
        """Undo each registration; harmless when there is none."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
