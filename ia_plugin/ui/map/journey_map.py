"""One officer-day, or one visit, on the canvas: timed dots, dashed grey links, and the ground possible between two reports.

All of it is drawn over the map and is no layer: nothing of an officer can be saved with a project, printed or exported from it.
Layers of movement are off meanwhile, so that what is looked at is seen alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvasItem, QgsRubberBand
from qgis.PyQt.QtCore import QObject, QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from qgis.PyQt.QtWidgets import QWidget

from ...core.journey import GAP, LEFT_OUT
from .roles import role_of
from .store_layers import KINDS

if TYPE_CHECKING:
    import pandas as pd
    import shapely

MOVEMENT = ("legs", "tracks", "fixes", "visits")
DOT, LINK, WHITE, GROUND = QColor("#1a1a1a"), QColor("#6b6b6b"), QColor("#ffffff"), QColor("#444444")
RADIUS, NEAR = 3.5, 10.0  # pixels; how near the pointer must be to a dot
HIGH = 1_000  # above what QGIS draws over the map itself


class JourneyMap(QObject):  # type: ignore[misc]
    """Draws reports in order, one of them in focus.

    Signals
    -------
    hovered : the row of the dot that the pointer came near
    """

    hovered = pyqtSignal(int)

    def __init__(self, project: QgsProject, canvas: Any = None, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._project, self._canvas = project, canvas
        self._system = QgsCoordinateReferenceSystem()
        self._item: Optional[_Drawing] = None
        self._band: Optional[QgsRubberBand] = None
        self._ground = QgsGeometry()
        self._points: list[QgsPointXY] = []
        self._events: list[tuple[QgsPointXY, QColor]] = []
        self._hidden: list[str] = []
        self._near = -1

    @property
    def shown(self) -> bool:
        """Whether anything of an officer is on the map."""
        return self._item is not None

    def show(
        self, fixes: pd.DataFrame, clocks: list[str], system: QgsCoordinateReferenceSystem, zoom: bool = False
    ) -> None:
        """Draw reports, and nothing else of movement.

        Parameters
        ----------
        fixes : ``x, y, link`` in order of time; `link` of :mod:`ia_plugin.core.journey`
        clocks : hh:mm of each
        system : of x and y
        zoom : whether the map goes there even where it has them all already
        """
        self.clear()
        if self._canvas is None or not len(fixes):
            return
        self._system = system
        self._points = [QgsPointXY(x, y) for x, y in zip(fixes["x"], fixes["y"])]
        self._hide_movement()
        self._item = _Drawing(self._canvas)
        self._item.clocks, self._item.links = clocks, [str(k) for k in fixes["link"]]
        self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        fill = QColor(GROUND)
        fill.setAlpha(40)
        self._band.setFillColor(fill)
        self._band.setStrokeColor(GROUND)
        self._place()
        self._canvas.destinationCrsChanged.connect(self._place)
        self._canvas.xyCoordinates.connect(self._moved)
        self._into_view(self._points, zoom)

    def focus(self, row: int, ground: Optional[shapely.Polygon] = None, follow: bool = True) -> None:
        """Bring a report out, with the ground possible between it and the next; `follow`: move the map where it is not on it."""
        if self._item is None or self._band is None:
            return
        self._item.focus = row
        self._item.update()
        self._ground = QgsGeometry()
        if ground is not None and not ground.is_empty:
            import shapely

            self._ground.fromWkb(shapely.to_wkb(ground))
        self._place_ground()
        if follow and 0 <= row < len(self._points):
            self._into_view(self._points[row : row + 1])

    def show_events(self, events: Optional[pd.DataFrame]) -> None:
        """Events as squares in the colour of their kind, without a word; None for none of them."""
        self._events = []
        if events is not None:
            for x, y, kind in zip(events["x"], events["y"], events["kind"]):
                self._events.append((QgsPointXY(x, y), QColor(KINDS[kind][1])))
        self._place()

    def clear(self) -> None:
        """Nothing of anybody on the map; layers that were off for it come back."""
        if self._item is not None:
            self._canvas.destinationCrsChanged.disconnect(self._place)
            self._canvas.xyCoordinates.disconnect(self._moved)
            for item in (self._item, self._band):
                self._canvas.scene().removeItem(item)
        self._item = self._band = None
        self._ground = QgsGeometry()
        self._points, self._events, self._near = [], [], -1
        self._show_movement()

    def _way(self) -> QgsCoordinateTransform:
        return QgsCoordinateTransform(self._system, self._canvas.mapSettings().destinationCrs(), self._project)

    def _place(self) -> None:
        if self._item is None:
            return
        way = self._way()
        self._item.points = [way.transform(p) for p in self._points]
        self._item.events = [(way.transform(p), colour) for p, colour in self._events]
        self._item.update()
        self._place_ground()

    def _place_ground(self) -> None:
        if self._band is not None:
            self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
            if not self._ground.isEmpty():
                self._band.setToGeometry(self._ground, self._system)

    def _into_view(self, points: list[QgsPointXY], zoom: bool = False) -> None:
        """Move the map where what is looked at is not on it, or to it alone."""
        if not points:
            return
        way = self._way()
        x, y = zip(*((there.x(), there.y()) for there in map(way.transform, points)))
        box = QgsRectangle(min(x), min(y), max(x), max(y))
        if self._canvas.extent().contains(box) and not zoom:
            return
        if len(points) == 1:
            self._canvas.setCenter(box.center())
        else:
            self._canvas.setExtent(box.buffered(0.15 * max(box.width(), box.height()) + 50))
        self._canvas.refresh()

    def _moved(self, place: QgsPointXY) -> None:
        """The pointer is somewhere: whether it came near a dot."""
        if self._item is None:
            return
        reach = NEAR * self._canvas.mapUnitsPerPixel()
        gaps = [point.distance(place) for point in self._item.points]
        nearest = min(range(len(gaps)), key=gaps.__getitem__)
        row = nearest if gaps[nearest] <= reach else -1
        if row != self._near:
            self._near = row
            self.hovered.emit(row)

    def _hide_movement(self) -> None:
        root = self._project.layerTreeRoot()
        for layer in self._project.mapLayers().values():
            node = root.findLayer(layer.id())
            movement = isinstance(layer, QgsVectorLayer) and role_of(layer) in MOVEMENT
            if movement and node is not None and node.itemVisibilityChecked():
                node.setItemVisibilityChecked(False)
                self._hidden.append(layer.id())

    def _show_movement(self) -> None:
        root = self._project.layerTreeRoot()
        for layer_id in self._hidden:
            node = root.findLayer(layer_id)
            if node is not None:
                node.setItemVisibilityChecked(True)
        self._hidden = []


class _Drawing(QgsMapCanvasItem):  # type: ignore[misc]
    """Dots with their time, and links; places in the reference system of the canvas."""

    def __init__(self, canvas: Any) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.points: list[QgsPointXY] = []
        self.events: list[tuple[QgsPointXY, QColor]] = []
        self.clocks: list[str] = []
        self.links: list[str] = []
        self.focus = -1
        self.setZValue(HIGH)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def updatePosition(self) -> None:
        self.setPos(0, 0)
        self.update()

    def paint(self, painter: QPainter, _option: Any = None, _widget: Optional[QWidget] = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, colour in self.events:
            at = self.toCanvasCoordinates(place)
            painter.setPen(QPen(WHITE, 1))
            painter.setBrush(QBrush(colour))
            painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))
        spots = [self.toCanvasCoordinates(p) for p in self.points]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i, (a, b) in enumerate(zip(spots, spots[1:])):
            if self.links[i] != LEFT_OUT:
                silent = self.links[i] == GAP
                pen = QPen(LINK, 2.6 if i == self.focus else 1.3, Qt.PenStyle.DotLine if silent else Qt.PenStyle.DashLine)  # fmt: skip
                painter.setPen(pen)
                painter.drawLine(a, b)
        painter.setPen(QPen(WHITE, 1))
        painter.setBrush(QBrush(DOT))
        for i, spot in enumerate(spots):
            size = RADIUS + (2.5 if i in (self.focus, self.focus + 1) and self.focus >= 0 else 0)
            painter.drawEllipse(spot, size, size)
        if 0 <= self.focus < len(spots):
            painter.setPen(QPen(DOT, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spots[self.focus], RADIUS + 6, RADIUS + 6)
        self._write(painter, spots)

    def _write(self, painter: QPainter, spots: list[QPointF]) -> None:
        """Times, those in focus first; one that would lie on another is left to stepping."""
        room, font = self.boundingRect(), painter.font()
        measure = QFontMetricsF(font)
        order = [i for i in (self.focus, self.focus + 1) if self.focus >= 0 and i < len(spots)]
        first = len(order)
        taken: list[QRectF] = []
        for k, i in enumerate([*order, *(i for i in range(len(spots)) if i not in order)]):
            if not room.contains(spots[i]):
                continue
            box = measure.boundingRect(self.clocks[i]).translated(spots[i] + QPointF(RADIUS + 5, -RADIUS - 2))
            box = box.adjusted(-2, -1, 2, 1)
            if k >= first and any(box.intersects(t) for t in taken):
                continue
            taken.append(box)
            path = QPainterPath()
            path.addText(spots[i] + QPointF(RADIUS + 5, -RADIUS - 2), font, self.clocks[i])
            painter.setBrush(QBrush(WHITE))
            painter.setPen(QPen(WHITE, 3.5))
            painter.drawPath(path)
            painter.fillPath(path, QBrush(DOT))


__all__ = ["JourneyMap"]
