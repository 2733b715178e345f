"""Wiring: what QGIS is given when the plugin loads, and gets back when it unloads."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from . import compat
from .core.resources import resource_path
from .processing.postgis_names import know_qgis_connections
from .processing.provider import ImpactAreaProvider

GO_KEYS = "Ctrl+Alt+D"  # no key of QGIS, and no letter of a British keyboard
MENU = "&Impact Area"


class ImpactAreaPlugin:
    """Registers the Processing provider and the dock. `iface` is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: Optional[ImpactAreaProvider] = None
        self.action: Optional[QAction] = None
        self.go_action: Optional[QAction] = None
        self.dock: Any = None
        self.translator: Optional[QTranslator] = None

    def initProcessing(self) -> None:
        """Register the provider, once. qgis_process calls this alone, without :meth:`initGui`."""
        if self.translator is None:
            self.translator = load_translator(QgsApplication.locale())
        know_qgis_connections()
        if self.provider is None:
            provider = ImpactAreaProvider()
            if QgsApplication.processingRegistry().addProvider(provider):
                self.provider = provider
                provider.load_models()

    def initGui(self) -> None:
        self.initProcessing()
        if self.iface is None or self.action is not None:
            return
        icon = QIcon(str(resource_path("icons", "impact_area.svg")))
        self.action = QAction(
            icon, QCoreApplication.translate("ImpactArea", "Impact Area dock"), self.iface.mainWindow()
        )
        self.action.setCheckable(True)
        self.action.triggered.connect(self.show_dock)
        self.iface.addPluginToMenu(MENU, self.action)
        self.iface.addToolBarIcon(self.action)
        words = QCoreApplication.translate("ImpactArea", "Go to the Impact Area dock")
        self.go_action = QAction(icon, words, self.iface.mainWindow())
        self.go_action.setShortcut(GO_KEYS)
        self.go_action.triggered.connect(self.go_to_dock)
        self.iface.addPluginToMenu(MENU, self.go_action)

    def go_to_dock(self, _checked: bool = False) -> None:
        """Show the dock, and put the keys on its filter: one who works without a mouse has no other way from the map."""
        self.show_dock(True)
        if self.dock is not None:
            self.dock.raise_()
            self.dock.take_keys()

    def show_dock(self, shown: bool = True) -> None:
        """Show or hide the dock; it is made when it is first asked for."""
        if self.dock is None and shown:
            missing = compat.missing_requirements()
            if missing:
                self.iface.messageBar().pushWarning("Impact Area", missing)
                self.action.setChecked(False)
                return
            compat.load_shapely()
            from .ui.dock import ImpactAreaDock

            window = self.iface.mainWindow()
            canvas = self.iface.mapCanvas()
            self.dock = ImpactAreaDock(
                QgsProject.instance(), canvas, self.iface.messageBar(), canvas.temporalController(), window
            )
            if not window.restoreDockWidget(self.dock):
                self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
            self.dock.visibilityChanged.connect(self._seen)
            self.dock.open_last_store()
        if self.dock is not None:
            self.dock.show() if shown else self.dock.close()

    def _seen(self, _visible: bool) -> None:
        if self.action is not None and self.dock is not None:
            # A dock behind another's tab is still open.
            self.action.setChecked(not self.dock.isHidden())

    def unload(self) -> None:
        """Undo each registration; harmless when there is none."""
        if self.dock is not None:
            self.dock.visibilityChanged.disconnect(self._seen)
            self.dock.shut()
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        if self.action is not None:
            self.action.triggered.disconnect(self.show_dock)
            self.iface.removePluginMenu(MENU, self.action)
            self.iface.removeToolBarIcon(self.action)
            self.action.deleteLater()
            self.action = None
        if self.go_action is not None:
            self.go_action.triggered.disconnect(self.go_to_dock)
            self.iface.removePluginMenu(MENU, self.go_action)
            self.go_action.deleteLater()
            self.go_action = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None


def load_translator(locale: str) -> Optional[QTranslator]:
    """The words of QGIS's language, where somebody translated them: of "cy_GB" those of Wales, else any Welsh; None: English."""
    for name in (locale, locale.partition("_")[0]):
        path = resource_path("i18n", f"impactareas_{name}.qm")
        translator = QTranslator()
        if name and path.is_file() and translator.load(str(path)):
            QCoreApplication.installTranslator(translator)
            return translator
    return None
