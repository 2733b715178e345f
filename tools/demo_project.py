"""Draw the demo's QGIS project, one map theme a question, and a picture of the map.

python tools/demo_project.py FOLDER      (in the environment of tools/qgis_env.py)
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsDatumTransform,
    QgsFillSymbol,
    QgsHeatmapRenderer,
    QgsLayerTreeLayer,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLineSymbol,
    QgsMapThemeCollection,
    QgsMarkerSymbol,
    QgsPrintLayout,
    QgsProject,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor, QFont

from ia_plugin.core.colours import COLOURS
from ia_plugin.layers.temporal import set_times
from tools.demo_force import week_in_words
from tools.make_styles import FONTS

STYLES = ROOT / "resources" / "styles"
NOTICE = "Invented areas, simulated officers"
DAYS = week_in_words()
ROLES = {
    "impact": ("#d55e00", "impact area"),
    "comparison": ("#0072b2", "comparison area"),
    "site": ("#000000", "police site (invented)"),
}

# The questions that a map of the week answers, each with its layers from the top. All of a theme's layers tell of the same days: the
# real crimes, of another year, have a theme to themselves.
THEMES = (
    ("1 Officer time in areas", ("roles", "time_in_areas", "force")),
    ("2 What resources", ("roles", "resources", "force")),
    ("3 What they did", ("roles", "incidents", "searches", "force")),
    ("4 On foot or by car", ("roles", "modes", "force")),
    ("5 Crimes and incidents", ("roles", "crimes", "incidents", "force")),
    ("6 Stops and searches", ("roles", "searches", "force")),
    ("Recorded crime, February 2011", ("recorded_heat", "force")),
)


class Drawer:
    """Adds the layers, styled, to one project."""

    def __init__(self, folder: Path) -> None:
        self.project = QgsProject.instance()
        self.project.setCrs(QgsCoordinateReferenceSystem("EPSG:27700"))
        self.project.setTitle(f"Impact Area demo. {NOTICE}.")
        self.name_transform()
        self._folder = folder
        self.layers: dict[str, QgsVectorLayer] = {}

    def name_transform(self) -> None:
        """The best way to longitude and latitude that is here, as the project's own.

        Where the Ordnance Survey's grid OSTN15 is not installed QGIS would warn that it cannot use it, whenever the project opens;
        the formula without it is within 2 m, and only the coordinates under the pointer and the extent's search use it.
        """
        here, there = self.project.crs(), QgsCoordinateReferenceSystem("EPSG:4326")
        ways = QgsDatumTransform.operations(here, there)
        usable = [way for way in ways if way.isAvailable and way.accuracy >= 0]
        if usable and not ways[0].isAvailable:
            context = self.project.transformContext()
            context.addCoordinateOperation(here, there, min(usable, key=lambda way: way.accuracy).proj)
            self.project.setTransformContext(context)

    def add(self, key: str, file: str, table: str, title: str) -> QgsVectorLayer:
        layer = QgsVectorLayer(f"{self._folder / file}|layername={table}", title, "ogr")
        if not layer.isValid():
            sys.exit(f"{file} has no layer {table}.")
        layer.setAbstract(NOTICE)
        self.project.addMapLayer(layer, False)
        self.project.layerTreeRoot().addLayer(layer)
        self.layers[key] = layer
        return layer

    def order(self) -> None:
        """The force's ground to the bottom, whatever came after it."""
        root = self.project.layerTreeRoot()
        node = root.findLayer(self.layers["force"].id())
        root.addChildNode(node.clone())
        root.removeChildNode(node)

    def areas(self) -> None:
        roles = self.add("roles", "summary.gpkg", "areas", "Areas and police sites")
        categories = []
        for role, (colour, label) in ROLES.items():
            style = {"style": "no", "outline_color": colour, "outline_width": "0.6"}
            if role == "site":
                style = {"color": colour, "outline_style": "no"}
            categories.append(QgsRendererCategory(role, QgsFillSymbol.createSimple(style), label))
        roles.setRenderer(QgsCategorizedSymbolRenderer("role", categories))
        times = self.add("time_in_areas", "summary.gpkg", "time_in_areas", f"Officer hours per km², {DAYS}")
        times.loadNamedStyle(str(STYLES / "time_in_areas.qml"))
        times.setSubsetString("\"role\" <> 'site'")
        method = times.renderer().classificationMethod().clone()
        method.setLabelFormat("%1 to %2")
        method.setLabelPrecision(0)
        times.renderer().setClassificationMethod(method)
        times.renderer().updateClasses(times, 5)
        times.setLabelsEnabled(False)
        force = self.add("force", "summary.gpkg", "force", "Police force area")
        force.setRenderer(
            QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({"color": "#f3f1ec", "outline_color": "#aaaaaa"}))
        )

    def points(self) -> None:
        plain = (
            ("incidents", "simulated_incidents", f"Incidents attended, {DAYS} (simulated)", "#cc79a7"),
            ("crimes", "simulated_crimes", f"Crimes, {DAYS} (simulated)", "#555555"),
        )
        for key, table, title, colour in plain:
            layer = self.add(key, "summary.gpkg", table, title)
            symbol = QgsMarkerSymbol.createSimple({"color": colour, "size": "1.3", "outline_style": "no"})
            layer.setRenderer(QgsSingleSymbolRenderer(symbol))
            set_times(layer)
        searches = self.add(
            "searches", "summary.gpkg", "simulated_searches", f"Searches by outcome, {DAYS} (simulated)"
        )
        found = {"object found": "#009e73", "nothing found": "#e69f00"}
        categories = [
            QgsRendererCategory(
                v, QgsMarkerSymbol.createSimple({"color": c, "size": "1.8", "outline_color": "white"}), v
            )
            for v, c in found.items()
        ]
        searches.setRenderer(QgsCategorizedSymbolRenderer("outcome", categories))
        set_times(searches)
        heat = self.add("recorded_heat", "summary.gpkg", "recorded_crimes", "Recorded crime, February 2011 (density)")
        renderer = QgsHeatmapRenderer()
        renderer.setRadius(5)
        renderer.setRadiusUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
        ramp = renderer.colorRamp().clone()
        ramp.setColor1(QColor(255, 255, 255, 0))
        ramp.setColor2(QColor("#8c1d40"))
        renderer.setColorRamp(ramp)
        heat.setRenderer(renderer)
        heat.setOpacity(0.7)

    def legs(self) -> None:
        resources = self.add("resources", "restricted.gpkg", "legs", f"Legs by resource type, {DAYS}")
        colours = {"response": "#0072b2", "neighbourhood": "#009e73"}
        categories = [QgsRendererCategory(v, _thin(c), v) for v, c in colours.items()]
        resources.setRenderer(QgsCategorizedSymbolRenderer("resource_type", categories))
        modes = self.add(
            "modes", "restricted.gpkg", "legs", f"Legs by mode, {DAYS} (model not yet checked on officers)"
        )
        colours = {m: COLOURS[m] for m in ("foot", "vehicle", "stationary", "unknown")}
        names = {"foot": "on foot", "vehicle": "in a vehicle", "stationary": "stopped", "unknown": "cannot tell"}
        modes.setRenderer(
            QgsCategorizedSymbolRenderer(
                "mode", [QgsRendererCategory(m, _thin(c), names[m]) for m, c in colours.items()]
            )
        )
        tracks = self.add(
            "tracks", "restricted.gpkg", "tracks", f"Tracks, {DAYS} (dots are radio reports; the link is not the route)"
        )
        tracks.loadNamedStyle(str(STYLES / "tracks.qml"))
        for layer in (resources, modes, tracks):
            set_times(layer)
            # Tens of thousands of lines over one another: only where many lie does the colour fill.
            layer.setOpacity(0.35)

    def themes(self) -> None:
        root, collection = self.project.layerTreeRoot(), self.project.mapThemeCollection()
        for name, keys in THEMES:
            record = QgsMapThemeCollection.MapThemeRecord()
            for key in keys:
                layer_record = QgsMapThemeCollection.MapThemeLayerRecord(self.layers[key])
                layer_record.currentStyle = self.layers[key].styleManager().currentStyle()
                layer_record.usingCurrentStyle = True
                record.addLayerRecord(layer_record)
            collection.insert(name, record)
        shown = {self.layers[k].id() for k in THEMES[0][1]}
        for node in root.findLayers():
            node.setItemVisibilityChecked(node.layerId() in shown)
            node.setExpanded(node.layerId() in shown)

    def layout(self) -> QgsPrintLayout:
        layout = QgsPrintLayout(self.project)
        layout.initializeDefaults()
        layout.setName("Officer time in areas")
        page = QgsUnitTypes.LayoutUnit.LayoutMillimeters
        view = QgsLayoutItemMap(layout)
        view.attemptMove(QgsLayoutPoint(8, 22, page))
        view.attemptResize(QgsLayoutSize(281, 180, page))
        view.setFollowVisibilityPreset(True)
        view.setFollowVisibilityPresetName(THEMES[0][0])
        extent = self.layers["force"].extent()
        extent.scale(1.04)
        layout.addLayoutItem(view)
        # A new map has no extent to zoom from; setting one changes its size, so that is set again.
        view.setExtent(extent)
        view.attemptResize(QgsLayoutSize(281, 180, page))
        view.zoomToExtent(extent)
        for text, size, y in (
            ("Officer hours per km² in impact and comparison areas", 18, 6),
            (f"{NOTICE}. {DAYS}, police sites taken out. Best estimates between fixes.", 10, 14),
        ):
            label = QgsLayoutItemLabel(layout)
            label.setText(text)
            label.setFont(QFont(FONTS[0], size))
            label.attemptMove(QgsLayoutPoint(8, y, page))
            label.attemptResize(QgsLayoutSize(281, 9, page))
            layout.addLayoutItem(label)
        legend = QgsLayoutItemLegend(layout)
        legend.setAutoUpdateModel(False)
        group = legend.model().rootGroup()
        group.clear()
        for key in THEMES[0][1]:
            group.addChildNode(QgsLayerTreeLayer(self.layers[key]))
        legend.attemptMove(QgsLayoutPoint(200, 26, page))
        legend.setBackgroundEnabled(True)
        layout.addLayoutItem(legend)
        bar = QgsLayoutItemScaleBar(layout)
        bar.setStyle("Single Box")
        bar.setLinkedMap(view)
        bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceKilometers)
        bar.setUnitLabel("km")
        bar.setUnitsPerSegment(5)
        bar.attemptMove(QgsLayoutPoint(12, 190, page))
        layout.addLayoutItem(bar)
        self.project.layoutManager().addLayout(layout)
        return layout


def _thin(colour: str) -> QgsLineSymbol:
    return QgsLineSymbol.createSimple({"line_color": colour, "line_width": "0.15"})


def main(folder: str) -> int:
    app = QgsApplication([], True)
    app.initQgis()
    drawer = Drawer(Path(folder).resolve())
    drawer.areas()
    drawer.points()
    drawer.legs()
    drawer.order()
    drawer.themes()
    layout = drawer.layout()
    view = drawer.project.viewSettings()
    extent = drawer.layers["force"].extent()
    view.setDefaultViewExtent(_referenced(extent))
    drawer.project.write(str(Path(folder) / "demo.qgz"))
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 130
    done = QgsLayoutExporter(layout).exportToImage(str(Path(folder) / "map.png"), settings)
    sys.stdout.flush()
    return 0 if done == QgsLayoutExporter.ExportResult.Success else 1


def _referenced(extent):
    from qgis.core import QgsReferencedRectangle

    return QgsReferencedRectangle(extent, QgsCoordinateReferenceSystem("EPSG:27700"))


if __name__ == "__main__":
    import os

    code = main(sys.argv[1])
    # Taking QGIS down inside a running Python is a known way to crash.
    os._exit(code)
