"""A map tool that draws one polygon: clicks set corners, a right click or Enter ends it, Escape gives it up."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent


class DrawTool(QgsMapTool):  # type: ignore[misc]
    """`drawn` carries the polygon in the canvas' reference system; the tool before comes back."""

    drawn = pyqtSignal(object)  # QgsGeometry

    def __init__(self, canvas: Any) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._before: Optional[QgsMapTool] = None
        self._corners: list[QgsPointXY] = []
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setColor(QColor(0, 114, 178, 90))
        self._band.setStrokeColor(QColor(0, 114, 178))
        self.setCursor(Qt.CursorShape.CrossCursor)

    def begin(self) -> None:
        """Take over the canvas until a polygon is drawn."""
        self._before = self._canvas.mapTool()
        self._canvas.setMapTool(self)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self._end()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._corners.append(event.mapPoint())
            self._draw()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        if self._corners:
            self._draw(event.mapPoint())

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:
        self._end()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._give_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()

    def deactivate(self) -> None:
        self._corners = []
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        super().deactivate()

    def _draw(self, *more: QgsPointXY) -> None:
        self._band.setToGeometry(QgsGeometry.fromPolygonXY([[*self._corners, *more]]), None)

    def _end(self) -> None:
        shape = QgsGeometry.fromPolygonXY([self._corners]) if len(self._corners) > 2 else QgsGeometry()
        self._give_back()
        if not shape.isEmpty():
            self.drawn.emit(shape)

    def _give_back(self) -> None:
        if self._canvas.mapTool() is self:
            if self._before is not None:
                self._canvas.setMapTool(self._before)
            else:
                self._canvas.unsetMapTool(self)
