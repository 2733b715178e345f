"""Run by QGIS at its start (`make qgis`): the dock shown, on the store that lies beside the project, where there is one."""

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.utils import iface, plugins

WIDTH, SHARE = 640, 0.45  # all columns of the figures, in pixels; and the most of the window's width

plugin = plugins["ia_plugin"]
plugin.show_dock(True)  # first: it chooses how shapely is loaded
beside = QgsProject.instance().homePath()
store = Path(beside, "store")
if plugin.dock is not None:  # else QGIS says what is missing
    window = iface.mainWindow()
    window.resizeDocks([plugin.dock], [min(WIDTH, int(SHARE * window.width()))], Qt.Orientation.Horizontal)
    if beside and (store / "summary.gpkg").is_file() and plugin.dock.controller.folder != store:
        plugin.dock.open_store(store)
