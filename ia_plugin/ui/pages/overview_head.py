"""The head of the dashboard: the verdict in one sentence, what stands beside it, and the four tiles."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtGui import QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ...core.dashboard.overview import Overview
from ...core.dashboard.tiles import Tile
from ..translated import translated
from ..widgets.as_it_is import sentence_label
from ..widgets.tile_view import TileView, muted

TILES = 4
LETTERS_OF_TWO = 48  # as wide as two tiles beside each other are at the least


class OverviewHead(QWidget):
    """Shows an Overview; `measureWanted` carries the measure of a tile that is clicked, `copyWanted` the words of one to be copied."""

    measureWanted = pyqtSignal(str)
    copyWanted = pyqtSignal(str, str)  # its measure, and the words

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.verdict, self.beside = sentence_label(self, bold=True, size=1.12), sentence_label(self, size=0.92)
        self.tiles = tuple(TileView(self) for _ in range(TILES))
        self._grid = grid = QGridLayout()
        grid.setSpacing(5)
        self._columns = 0
        self._arrange(2)
        for tile in self.tiles:
            tile.chosen.connect(self.measureWanted)
            tile.copyWanted.connect(self._copy)
            tile.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.verdict)
        layout.addWidget(self.beside)
        layout.addLayout(grid)
        self.show_nothing()

    def show_overview(self, found: Overview, where: str, share: str) -> None:
        """Show the front of a filter.

        Parameters
        ----------
        where : the places in words, "Impact Areas"
        share : "12.1 % of all observed officer time", or why it is not known
        """
        palette = QPalette(self.beside.palette())
        palette.setColor(QPalette.ColorRole.WindowText, muted(self.palette()))
        self.beside.setPalette(palette)
        if found.verdict is not None:
            self.verdict.setText(translated(found.verdict.sentence))
            self.beside.setText(
                " ".join(part for part in (translated(found.verdict.beside), f"{where}: {share}.") if part)
            )
        else:
            self.verdict.setText(f"{where}: {share}.")
            self.beside.setText("")
        self.beside.setVisible(bool(self.beside.text()))
        for view, tile in zip(self.tiles, found.tiles):
            view.show_tile(tile, found.answer.figures.number)
            view.setVisible(True)
        self._fit()

    def _copy(self, tile: Tile) -> None:
        """A tile in words: what it says, and what it rests on."""
        view = next(v for v in self.tiles if v.tile is tile)
        self.copyWanted.emit(tile.measure, f"{tile.sentence} {view.basis}")

    def show_nothing(self, why: str = "") -> None:
        """No figures: say what to do."""
        self.verdict.setText(why or self.tr("Open the force's store to see figures."))
        self.beside.setText("")
        self.beside.setVisible(False)
        for tile in self.tiles:
            tile.setVisible(False)
        self.setMinimumHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Two tiles beside each other where both have room for what a line must hold, in whatever letters and language."""
        room, above = self.width(), self.parentWidget()
        while above is not None and not above.isWindow():  # a layout that is too wide hides what it has no room for
            room, above = min(room, above.width()), above.parentWidget()
        letters = room / max(self.fontMetrics().averageCharWidth(), 1)
        widest = max((t.minimumSizeHint().width() for t in self.tiles if not t.isHidden()), default=0)
        both = letters >= LETTERS_OF_TWO and 2 * widest + self._grid.spacing() <= room
        self._arrange(2 if both else 1)
        self._keep_height()

    def _arrange(self, columns: int) -> None:
        """Tiles beside each other, or with large letters below each other."""
        if columns == self._columns:
            return
        self._columns = columns
        for i, tile in enumerate(self.tiles):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, i // columns, i % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _keep_height(self) -> None:
        """As high as its words need at its width: a layout that is short of room would cut them."""
        for tile in self.tiles:
            tile.keep_height()
        needed = self.layout().heightForWidth(self.width())
        if needed > 0 and needed != self.minimumHeight():
            self.setMinimumHeight(needed)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)


__all__ = ["OverviewHead"]
