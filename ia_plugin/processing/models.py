"""The plugin's models in the toolbox: chains of its own algorithms, drawn into ``resources/models`` by ``tools/draw_models.py``."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingAlgorithm, QgsProcessingModelAlgorithm
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from .. import compat
from ..core.resources import resource_path
from .base import GROUPS

GROUP = "briefing"
TITLES = ("Monthly board pack", "Before and after an operation", "Nightly refresh and briefing")
"""Of the files, for translators."""


class ShippedModel(QgsProcessingModelAlgorithm):  # type: ignore[misc]
    """A model of a file, whose id has no blanks: ``impactareas:monthlyboardpack`` of ``monthly_board_pack.model3``.

    Its steps are the provider's own algorithms, so it is made once these are known to QGIS.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.fromFile(str(path))

    def createInstance(self) -> QgsProcessingAlgorithm:
        return ShippedModel(self._path)

    def name(self) -> str:
        return self._path.stem.replace("_", "")

    def displayName(self) -> str:
        title = super().name()  # as the file has it
        return QCoreApplication.translate("ImpactArea", title)

    def group(self) -> str:
        return QCoreApplication.translate("ImpactArea", GROUPS[GROUP])

    def groupId(self) -> str:
        return GROUP

    def icon(self) -> QIcon:
        return QIcon(str(resource_path("icons", f"{GROUP}.svg")))

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        # One of its steps lays out pages, which QGIS does on its main thread alone.
        return super().flags() | compat.no_threading()

    def canExecute(self) -> tuple[bool, str]:
        missing = compat.missing_requirements()
        return (not missing, missing) if missing else super().canExecute()


def shipped_models() -> list[ShippedModel]:
    """The plugin's models, by file."""
    return [ShippedModel(path) for path in sorted(resource_path("models").glob("*.model3"))]


__all__ = ["ShippedModel", "shipped_models"]
