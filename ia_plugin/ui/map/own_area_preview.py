"""What the figures of an area of the reader's own will be about: the blocks on the map and in words, before any figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsProject, QgsWkbTypes
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ..translated import translated
from ..widgets.as_it_is import plain_label

if TYPE_CHECKING:
    from ...core.disclosure.blocks import Blocks
    from ...core.disclosure.own_area import OwnBlocks

MOST_SQUARES = 2_000  # drawn each by itself; beyond, the outline of all of them
POLYGON = QgsWkbTypes.GeometryType.PolygonGeometry


class OwnAreaPreview(QFrame):  # type: ignore[misc]
    """A line of the dock with the blocks in words and two buttons, and the blocks on the canvas.

    Signals
    -------
    accepted : the blocks as a QgsGeometry in the store's system, for their figures
    discarded : the reader wants none of it
    """

    accepted = pyqtSignal(object)
    discarded = pyqtSignal()

    def __init__(self, project: QgsProject, canvas: Any = None, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._project, self._canvas = project, canvas
        self._shape, self._words = QgsGeometry(), ""
        self.chosen = False  # whether the figures in the dock are of these blocks
        self._bands: list[QgsRubberBand] = []
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.label = plain_label()
        self.label.setWordWrap(True)
        self.show_button = QPushButton(_tr("Show the figures of these blocks"))
        self.discard_button = QPushButton(_tr("Discard"))
        buttons, layout = QHBoxLayout(), QVBoxLayout(self)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.discard_button)
        buttons.addStretch(1)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self.label)
        layout.addLayout(buttons)
        self.show_button.clicked.connect(self._accept)
        self.discard_button.clicked.connect(self._discard)
        self.hide()

    def show_blocks(self, found: OwnBlocks, drawn: QgsGeometry, system: QgsCoordinateReferenceSystem) -> None:
        """Show blocks on the map beside what was drawn, and in words; figures wait for the button.

        Parameters
        ----------
        drawn, system : what the reader drew or selected, in the store's system
        """
        import shapely

        self.clear()
        self._shape = QgsGeometry()
        self._shape.fromWkb(shapely.to_wkb(found.blocks.shape))
        if self._canvas is not None:
            blue, grey, dark = QColor(0, 114, 178), QColor(90, 90, 90), QColor(30, 30, 30)
            self._bands = [self._band(_squares(found.blocks), system, blue, 50)]
            if len(found.left_out):
                self._bands.append(self._band(_squares(found.left_out), system, grey, 160))
                self._bands[-1].setBrushStyle(Qt.BrushStyle.BDiagPattern)
            self._bands.append(self._band(drawn, system, dark, 0))
            self._bands[-1].setLineStyle(Qt.PenStyle.DashLine)
            self._bands[-1].setWidth(2)
        self._words = translated(found.text)
        self.label.setText(_tr("The figures will be of {0}").format(self._words))
        self.show_button.show()
        self.show()
        self._into_view(system)

    def confirm(self) -> None:
        """The figures in the dock are of these blocks now, which stay on the map."""
        if not self._shape.isEmpty():
            self.chosen = True
            self.label.setText(_tr("The figures are of {0}").format(self._words))

    def clear(self) -> None:
        """Nothing on the map, and no line in the dock."""
        for band in self._bands:
            band.reset(POLYGON)
            self._canvas.scene().removeItem(band)
        self._bands, self._shape, self.chosen = [], QgsGeometry(), False
        self.hide()

    def _accept(self, _checked: bool = False) -> None:
        self.label.setText(_tr("Computing the figures of {0}").format(self._words))
        self.show_button.hide()
        self.accepted.emit(self._shape)

    def _discard(self, _checked: bool = False) -> None:
        self.clear()
        self.discarded.emit()

    def _band(
        self, shape: QgsGeometry, system: QgsCoordinateReferenceSystem, colour: QColor, alpha: int
    ) -> QgsRubberBand:
        """A shape on the canvas."""
        band, fill = QgsRubberBand(self._canvas, POLYGON), QColor(colour)
        fill.setAlpha(alpha)
        band.setFillColor(fill)
        band.setStrokeColor(colour)
        band.setToGeometry(shape, system)
        return band

    def _into_view(self, system: QgsCoordinateReferenceSystem) -> None:
        """Move the map where the blocks are not all on it."""
        if self._canvas is None:
            return
        move = QgsCoordinateTransform(system, self._canvas.mapSettings().destinationCrs(), self._project)
        box = move.transformBoundingBox(self._shape.boundingBox())
        if not self._canvas.extent().contains(box):
            self._canvas.setExtent(box.buffered(0.2 * max(box.width(), box.height())))
            self._canvas.refresh()


def _squares(blocks: Blocks) -> QgsGeometry:
    """Each block by itself, or the outline where there are many."""
    import shapely

    each = len(blocks) <= MOST_SQUARES
    shape = QgsGeometry()
    shape.fromWkb(shapely.to_wkb(shapely.multipolygons(blocks.boxes()) if each else blocks.shape))
    return shape


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)
