"""The layers of a store in the project, each with its role, its times and a plain style."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Union

from qgis.core import (
    QgsFeatureRequest,
    QgsMarkerSymbol,
    QgsPointClusterRenderer,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from ...core.checked import with_beta
from ...core.colours import KIND_COLOURS
from ...core.resources import resource_path
from ...layers.description import describe
from ...layers.symbols import role_renderer
from ...layers.temporal import set_times
from ...store.open_summary import is_shared
from ...store.summary import checked_of
from ..translated import translated
from .roles import ROLE_PROPERTY
from .store_source import place_of_layer, source_of

GROUP = "Impact Area"
CLUSTER_MM = 10.0  # on the map: points nearer than this are one circle
KINDS = {
    "crime": ("Crimes", KIND_COLOURS["crime"], "crimes"),
    "incident": ("Incidents", KIND_COLOURS["incident"], "incidents"),
    "stop_search": ("Stops and searches", KIND_COLOURS["stop_search"], "searches"),
}


def add_summary_layers(project: QgsProject, summary: Union[str, Path]) -> list[QgsVectorLayer]:
    """Areas and events of a summary, a file or a database's, those that are there and not in the project yet."""
    checked = checked_of(summary)  # where the store does not answer this says so; a layer would only be missing
    found = []
    areas = _layer(summary, "areas", "Areas", "areas")
    if areas is not None:
        areas.setRenderer(role_renderer())
        found.append(areas)
    for kind, (title, colour, role) in KINDS.items():
        own = f"\"kind\" = '{kind}' AND \"status\" = 'current'"
        # A summary of an earlier version has the records themselves.
        layer = _layer(summary, "event_points", title, role, own)
        if layer is None and not is_shared(summary):
            layer = _layer(summary, "events", title, role, own)
        if layer is not None and next(layer.getFeatures(QgsFeatureRequest().setLimit(1)), None) is not None:
            symbol = QgsMarkerSymbol.createSimple({"color": colour, "size": "1.6", "outline_style": "no"})
            layer.setRenderer(_clustered(QgsSingleSymbolRenderer(symbol), colour))
            found.append(layer)
    for layer in found:
        describe(layer, translated(with_beta("", checked)))
    return _added(project, found)


def _clustered(single: QgsSingleSymbolRenderer, colour: str) -> QgsPointClusterRenderer:
    """Points that would lie on each other at the map's scale as one circle with their number."""
    clusters = QgsPointClusterRenderer()
    circle = clusters.clusterSymbol().clone()  # a circle, and on it the number of points
    circle.symbolLayer(0).setColor(QColor(colour))
    if circle.symbolLayerCount() > 1:
        circle.symbolLayer(1).setColor(QColor("#1a1a1a"))
    clusters.setClusterSymbol(circle)
    clusters.setEmbeddedRenderer(single)
    clusters.setTolerance(CLUSTER_MM)
    return clusters


def add_movement_layers(project: QgsProject, restricted: Path) -> list[QgsVectorLayer]:
    """Legs by mode, tracks and fixes of the restricted store, off until they are switched on; only behind a purpose."""
    found = []
    for table, title, style in (
        ("fixes", "Fixes", ""),
        ("tracks", "Tracks", "tracks.qml"),
        ("legs", "Legs by mode", "legs.qml"),
    ):
        layer = _layer(restricted, table, title, table)
        if layer is not None:
            if style and resource_path("styles", style).is_file():
                layer.loadNamedStyle(str(resource_path("styles", style)))
                set_times(layer)  # a style brings its own, which are none
            elif table == "fixes":
                symbol = QgsMarkerSymbol.createSimple({"color": "#333333", "size": "1.4", "outline_style": "no"})
                layer.setRenderer(QgsSingleSymbolRenderer(symbol))
            found.append(layer)
    added = _added(project, found)
    for layer in added:  # thousands of legs at once are a black hairball, and show everybody
        project.layerTreeRoot().findLayer(layer.id()).setItemVisibilityChecked(False)
    return added


def _layer(place: Union[str, Path], table: str, title: str, role: str, own: str = "") -> Optional[QgsVectorLayer]:
    source, provider = source_of(place, table)
    layer = QgsVectorLayer(source, QCoreApplication.translate("ImpactArea", title), provider)
    if not layer.isValid() or (own and not layer.setSubsetString(own)):
        return None
    layer.setCustomProperty(ROLE_PROPERTY, role)
    set_times(layer)
    return layer


def _added(project: QgsProject, layers: list[QgsVectorLayer]) -> list[QgsVectorLayer]:
    """Into a group of their own, above what is there; those that the project has already are left out."""
    known = {(place_of_layer(y), y.customProperty(ROLE_PROPERTY)) for y in project.mapLayers().values() if y.isValid()}
    new = [y for y in layers if (place_of_layer(y), y.customProperty(ROLE_PROPERTY)) not in known]
    root = project.layerTreeRoot()
    group = root.findGroup(GROUP) or root.insertGroup(0, GROUP)
    for layer in reversed(new):
        project.addMapLayer(layer, False)
        group.insertLayer(0, layer)
    # A group is folded when it was made empty; only a change unfolds it.
    group.setExpanded(False)
    group.setExpanded(True)
    for node in group.findLayers():
        node.setExpanded(False)
    return new
