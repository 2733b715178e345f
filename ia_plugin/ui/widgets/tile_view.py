"""One tile: a figure in large print, what is drawn of it, and a few short lines; grey with a reason where it cannot be told."""

from __future__ import annotations

import math
from typing import Optional

from qgis.PyQt.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from qgis.PyQt.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ...core.colours import COLOURS, FIGURE
from ...core.dashboard.tiles import Gauge, Part, Tile
from ..translated import translated
from .as_it_is import as_rich_text, plain_label, unbroken
from .readable import mixed, readable

BAR_HEIGHT = 16


def muted(palette: QPalette) -> QColor:
    """A quiet colour of text that is still read: 4.5 : 1 and more on the window of the theme."""
    text, window = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    return readable(mixed(text, window, 0.28), window)


def figure_colour(palette: QPalette) -> QColor:
    """The colour of figures, lighter on a dark theme."""
    dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return QColor(FIGURE).lighter(170) if dark else QColor(FIGURE)


class Drawing(QWidget):
    """What is drawn on a tile: a figure on its scale with the tick of the comparison, or the parts of a whole."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._gauge: Optional[Gauge] = None
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_of(self, tile: Tile) -> None:
        self._gauge, self._parts = tile.gauge, tile.parts
        self.setVisible(tile.gauge is not None or bool(tile.parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, BAR_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._parts:
            self._paint_parts(painter)
        elif self._gauge is not None:
            self._paint_gauge(painter, self._gauge)
        painter.end()

    def _paint_gauge(self, painter: QPainter, gauge: Gauge) -> None:
        width, middle = float(self.width() - 6), self.height() / 2
        at = lambda value: 3 + width * min(max(value / gauge.top, 0.0), 1.0)  # noqa: E731
        line = self.palette().color(QPalette.ColorRole.Mid)
        line.setAlpha(90)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line)
        painter.drawRoundedRect(QRectF(3, middle - 3, width, 6), 3, 3)
        colour = figure_colour(self.palette())
        if math.isfinite(gauge.low) and math.isfinite(gauge.high):
            pale = QColor(colour)
            pale.setAlpha(110)
            painter.setBrush(pale)
            painter.drawRoundedRect(QRectF(at(gauge.low), middle - 4, max(at(gauge.high) - at(gauge.low), 2), 8), 3, 3)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(at(gauge.value) - 4.5, middle - 4.5, 9, 9))
        if math.isfinite(gauge.comparison):
            role = QPalette.ColorRole
            painter.setPen(QPen(readable(self.palette().color(role.WindowText), self.palette().color(role.Window)), 2))
            painter.drawLine(int(at(gauge.comparison)), int(middle - 8), int(at(gauge.comparison)), int(middle + 8))

    def _paint_parts(self, painter: QPainter) -> None:
        """Here above, the comparison areas as a thin line below; what is not known first, hatched."""
        painter.setPen(Qt.PenStyle.NoPen)
        for values, top, height in (
            ([p.percent for p in self._parts], 0.0, 10.0),
            ([p.comparison for p in self._parts], 12.0, 4.0),
        ):
            left, whole = 0.0, sum(v for v in values if math.isfinite(v)) or 100.0
            for part, value in zip(self._parts, values):
                if not math.isfinite(value):
                    continue
                width = self.width() * value / whole
                painter.setBrush(QColor(COLOURS[part.mode]))
                painter.drawRect(QRectF(left, top, max(width - 1, 0.5), height))
                if part.mode == "unknown":
                    painter.setBrush(Qt.BrushStyle.BDiagPattern)
                    painter.drawRect(QRectF(left, top, max(width - 1, 0.5), height))
                left += width


class TileView(QAbstractButton):
    """Shows a Tile; a button, which a screen reader knows to press.

    Signals
    -------
    chosen : key of its measure, when it is clicked or Return is pressed on it
    copyWanted : the Tile, when it is to be copied: by its menu, or with the keys for it
    """

    chosen = pyqtSignal(str)
    copyWanted = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # not that of a button
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.clicked.connect(self._clicked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tile: Optional[Tile] = None
        self.basis = ""
        self.title, self.value, self.lines = plain_label(parent=self), QLabel(self), plain_label(parent=self)
        self.n = plain_label(parent=self)
        self.value.setTextFormat(Qt.TextFormat.RichText)
        self.drawing = Drawing(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(3)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.n, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        for part in (self.value, self.drawing, self.lines):
            layout.addWidget(part)
        for label in (self.title, self.value, self.lines):
            label.setWordWrap(True)
        layout.addStretch(1)
        self._dress()

    def show_tile(self, tile: Tile, number: str = "") -> None:
        """Show a tile; `number` is that of the figure, which its tip and a screen reader tell with what the tile rests on."""
        from html import escape

        self.tile = tile
        self.title.setText(translated(tile.title))
        self.n.setText(unbroken(translated(tile.n)))
        large = escape(unbroken(translated(tile.value)))
        beside = escape(unbroken(translated(tile.beside)))
        size = round(1.4 * self.font().pointSizeF())
        self.value.setText(f'<b style="font-size:{size}pt">{large}</b> {beside}' if not tile.why else "–")
        lines = [self.tr("Not known: {0}.").format(translated(tile.why))] if tile.why else map(translated, tile.lines)
        self.lines.setText(unbroken("\n".join(lines)))
        self.drawing.show_of(tile)
        basis = (self.tr("n: {0}.").format(translated(tile.n)), self.tr("Unit: {0}.").format(translated(tile.unit)))
        known = basis if tile.n else ()
        self.basis = " ".join((*known, self.tr("Figure {0}.").format(number) if number else "")).strip()
        keys = self.tr("Return or a click shows it area by area, Ctrl+C copies it.")
        whole = translated(tile.sentence)
        self.setAccessibleName(whole)
        self.setAccessibleDescription(f"{self.basis} {keys}".strip())
        self.setToolTip("".join(as_rich_text(words) for words in (whole, self.basis, keys) if words))

    def keep_height(self) -> None:
        """As high as the words need at the width."""
        needed = self.layout().heightForWidth(self.width())
        if needed > 0 and needed != self.minimumHeight():
            self.setMinimumHeight(needed)
        # A tile beyond what is seen keeps the places of its labels from when it was lower.
        self.layout().invalidate()
        self.layout().activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keep_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copyWanted.emit(self.tile)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that copy: the window's own would copy features of a layer."""
        if event.type() == QEvent.Type.ShortcutOverride and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Copy this figure")).triggered.connect(lambda: self.copyWanted.emit(self.tile))
        menu.addAction(self.tr("Show it area by area")).triggered.connect(lambda: self.chosen.emit(self.tile.measure))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.tile is not None:
            menu.popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """An edge of its own, since the frame of a dark theme is not seen; a strong one where the keys are."""
        painter, edge = QPainter(self), muted(self.palette())
        if self.hasFocus():
            edge = self.palette().color(QPalette.ColorRole.Highlight)
        else:
            edge.setAlpha(90)
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _clicked(self) -> None:
        if self.tile is not None:
            self.chosen.emit(self.tile.measure)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        if not hasattr(self, "lines"):
            return
        small = QFont(self.font())
        small.setPointSizeF(max(0.88 * small.pointSizeF(), 6.0))
        for label in (self.title, self.n, self.lines):
            label.setFont(small)
            palette = QPalette(label.palette())
            colour = muted(self.palette())
            if palette.color(QPalette.ColorRole.WindowText) != colour:
                palette.setColor(QPalette.ColorRole.WindowText, colour)
                label.setPalette(palette)


__all__ = ["Drawing", "TileView", "figure_colour", "muted"]
