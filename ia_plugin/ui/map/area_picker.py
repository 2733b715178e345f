"""Areas on the map: going to those chosen, and making one of what the reader draws or has selected."""

from __future__ import annotations

from typing import Any, Callable, Optional

from qgis.core import (
    QgsCoordinateTransform,
    QgsExpression,
    QgsFeatureRequest,
    QgsGeometry,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from .draw_tool import DrawTool


class AreaPicker:
    """What the dock does on the canvas with areas.

    Parameters
    ----------
    controller : who knows the project's layers, and which blocks an area of the reader's own comes to
    canvas : the map canvas, or None in tests
    say : takes a sentence and whether it is a warning
    """

    def __init__(self, controller: Any, canvas: Any, say: Callable[[str, bool], None]) -> None:
        self._controller, self._canvas, self._say = controller, canvas, say
        self._draw_tool: Optional[DrawTool] = None

    def zoom(self, areas: Any) -> None:
        """Show areas on the map."""
        box = self.box_of(tuple(areas))
        if box is None:
            self._say(_tr("The areas are in no layer of the project: add the layer 'areas' of the summary."), True)
        elif self._canvas is not None:
            self._canvas.setExtent(box.buffered(0.05 * max(box.width(), box.height())))
            self._canvas.refresh()

    def box_of(self, areas: tuple[str, ...]) -> Optional[QgsRectangle]:
        """Where areas lie, in the project's system; None where no layer has them."""
        project, box = self._controller.project, QgsRectangle()
        for layer in self._controller.overlays.layers("areas"):
            names = ", ".join(QgsExpression.quotedString(a) for a in areas)
            request = QgsFeatureRequest().setFilterExpression(f'"area_id" IN ({names})').setNoAttributes()
            move = QgsCoordinateTransform(layer.crs(), project.crs(), project)
            for feature in layer.getFeatures(request):
                if feature.hasGeometry():
                    box.combineExtentWith(move.transformBoundingBox(feature.geometry().boundingBox()))
        return None if box.isNull() or box.isEmpty() else box

    def draw(self) -> None:
        """Let the reader draw an area on the map."""
        if self._canvas is None:
            return
        if self._draw_tool is None:
            self._draw_tool = DrawTool(self._canvas)
            self._draw_tool.drawn.connect(self._drawn)
        self._draw_tool.begin()
        self._say(_tr("Click the corners of the area; a right click ends it, Escape gives it up."), False)

    def use_selection(self) -> None:
        """The selected polygons of the active layer as one area."""
        layer = self._canvas.currentLayer() if self._canvas is not None else None
        shapes = [f.geometry() for f in layer.selectedFeatures()] if isinstance(layer, QgsVectorLayer) else []
        if not shapes or layer.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
            self._say(_tr("Select polygons of the active layer first."), True)
            return
        self._controller.preview_own_area(QgsGeometry.unaryUnion(shapes), layer.crs())

    def close(self) -> None:
        """Give the canvas its own tool back, and hear nothing any more."""
        if self._draw_tool is not None:
            self._draw_tool.drawn.disconnect(self._drawn)
            self._canvas.unsetMapTool(self._draw_tool)
            self._draw_tool = None

    def _drawn(self, shape: QgsGeometry) -> None:
        self._controller.preview_own_area(shape, self._canvas.mapSettings().destinationCrs())


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)
