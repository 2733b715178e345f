"""The drawn cells of the table of areas: the figure as a dot with its range on one scale, and the last weeks as a line."""

from __future__ import annotations

import math
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import QModelIndex, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ...core.dashboard.area_rows import AreaRow, AreaRows
from .readable import readable
from .tile_view import figure_colour

ROW = Qt.ItemDataRole.UserRole
BRACKET = Qt.ItemDataRole.UserRole + 1  # "first", "within", "last" of a run whose order says nothing


class _Drawn(QStyledItemDelegate):
    """A cell that is drawn in place of its text; the text is what a screen reader says."""

    shown: Optional[AreaRows] = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(option.rect, option.palette.highlight() if selected else option.palette.base())
        row = index.data(ROW)
        if self.shown is not None and isinstance(row, AreaRow):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter, QRectF(option.rect), row, option.palette, selected, index)
        painter.restore()

    def draw(
        self, painter: QPainter, box: QRectF, row: AreaRow, palette: QPalette, selected: bool, index: QModelIndex
    ) -> None:
        raise NotImplementedError


class DotCell(_Drawn):
    """The figure on the scale of all rows, before the median and the middle half of the comparison areas."""

    def draw(
        self, painter: QPainter, box: QRectF, row: AreaRow, palette: QPalette, selected: bool, index: QModelIndex
    ) -> None:
        assert self.shown is not None
        left, width = box.left() + 8, box.width() - 16
        at = lambda value: left + width * min(value / (1.04 * self.shown.top), 1.0)  # noqa: E731
        ink = _ink(palette, selected)
        if self.shown.comparison is not None:
            low, middle, high = self.shown.comparison
            band = QColor(ink)
            band.setAlpha(26)
            painter.fillRect(QRectF(at(low), box.top(), max(at(high) - at(low), 1), box.height() + 1), band)
            quiet = QColor(ink)
            quiet.setAlpha(150)
            painter.setPen(QPen(quiet, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(at(middle), box.top()), QPointF(at(middle), box.bottom()))
        run = index.data(BRACKET)
        if run:
            painter.setPen(QPen(ink, 1))
            x = box.left() + 3
            top = box.center().y() if run == "first" else box.top()
            bottom = box.center().y() if run == "last" else box.bottom() + 1
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            if run != "within":
                painter.drawLine(QPointF(x, box.center().y()), QPointF(x + 3, box.center().y()))
        if not math.isfinite(row.value):
            return
        colour, middle_y = ink if selected else figure_colour(palette), box.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        if math.isfinite(row.low) and math.isfinite(row.high):
            pale = QColor(colour)
            pale.setAlpha(100)
            painter.setBrush(pale)
            painter.drawRoundedRect(QRectF(at(row.low), middle_y - 3, max(at(row.high) - at(row.low), 2), 6), 3, 3)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(at(row.value), middle_y), 4, 4)


class WeeksCell(_Drawn):
    """The weeks from nought on one scale, the range shaded, broken where a week has no data, dotted where it is still filling."""

    def draw(
        self, painter: QPainter, box: QRectF, row: AreaRow, palette: QPalette, selected: bool, index: QModelIndex
    ) -> None:
        assert self.shown is not None
        top, n = self.shown.top_of_weeks, len(row.weeks)
        if not n or top <= 0:
            return
        ink = _ink(palette, selected)
        step = (box.width() - 10) / max(n - 1, 1)
        x = [box.left() + 5 + step * i for i in range(n)]
        y = lambda value: box.bottom() - 2 - (box.height() - 5) * min(value / top, 1.0)  # noqa: E731
        for i in np.flatnonzero(self.shown.filling[:n]):
            quiet = QColor(ink)
            quiet.setAlpha(110)
            left = max(x[i] - step / 2, box.left())
            painter.fillRect(
                QRectF(left, box.top() + 1, min(x[i] + step / 2, box.right()) - left, box.height() - 2),
                QBrush(quiet, Qt.BrushStyle.Dense6Pattern),
            )
        shade = QColor(ink)
        shade.setAlpha(50)
        for part in _unbroken(row.weeks):
            if np.isfinite(row.weeks_low[part]).all():
                edge = [QPointF(x[i], y(row.weeks_high[i])) for i in part]
                edge += [QPointF(x[i], y(row.weeks_low[i])) for i in part[::-1]]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(shade)
                painter.drawPolygon(QPolygonF(edge))
            painter.setPen(QPen(ink, 1.2))
            if len(part) == 1:
                painter.drawPoint(QPointF(x[part[0]], y(row.weeks[part[0]])))
            for i, j in zip(part, part[1:]):
                filling = any(self.shown.filling[j : j + 1])
                painter.setPen(QPen(ink, 1.2, Qt.PenStyle.DotLine if filling else Qt.PenStyle.SolidLine))
                painter.drawLine(QPointF(x[i], y(row.weeks[i])), QPointF(x[j], y(row.weeks[j])))


def _ink(palette: QPalette, selected: bool) -> QColor:
    """The colour of text on what the cell was filled with."""
    role = QPalette.ColorRole
    text, ground = (role.HighlightedText, role.Highlight) if selected else (role.Text, role.Base)
    return readable(palette.color(text), palette.color(ground))


def _unbroken(values: np.ndarray) -> list[list[int]]:
    """Runs of places that have a value.

    >>> _unbroken(np.array([1.0, 2.0, np.nan, 3.0]))
    [[0, 1], [3]]
    """
    runs: list[list[int]] = []
    for i in np.flatnonzero(np.isfinite(values)).tolist():
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


__all__ = ["BRACKET", "ROW", "DotCell", "WeeksCell"]
