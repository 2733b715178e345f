"""Small pictures on a page: the shapes of a drawing as SVG in a picture item, its words as labels above it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import (
    QgsLayout,
    QgsLayoutItemLabel,
    QgsLayoutItemPicture,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from ..compat import set_label_font
from ..core.briefing.svg import FONT, Svg, Text
from ..core.write_file import write_file
from .fit_text import ASCENT, LINE, POINT_MM, not_an_expression, width_of

MILLIMETRES = QgsUnitTypes.LayoutUnit.LayoutMillimeters
ALIGN = {
    "start": Qt.AlignmentFlag.AlignLeft,
    "middle": Qt.AlignmentFlag.AlignHCenter,
    "end": Qt.AlignmentFlag.AlignRight,
}
SPARE_MM = 1.5  # beside the words, so that no hair's breadth breaks a line
Draw = Callable[[float, float], Svg]


class Drawings:
    """The drawings of one layout; each is put anew in place of the one before."""

    def __init__(self, layout: QgsLayout, folder: Path) -> None:
        self._layout, self._folder, self._made = layout, folder, 0
        self._labels: dict[str, list[QgsLayoutItemLabel]] = {}

    def put(self, name: str, draw: Draw) -> None:
        """Draw into the picture item of a name, as large as it is; nothing where the template has none."""
        item = self._item(name)
        if item is None:
            return
        size = item.sizeWithUnits()
        drawing = draw(size.width() / POINT_MM, size.height() / POINT_MM)
        self._made += 1  # a new name each time: QGIS keeps pictures by their paths
        path = self._folder / f"{name}_{self._made}.svg"
        write_file(path, drawing.written())
        item.setPicturePath(str(path), item.Format.FormatSVG)
        labels = self._labels.setdefault(name, [])
        while len(labels) < len(drawing.texts):
            labels.append(self._new_label())
        for label, text in zip(labels, drawing.texts):
            _write(label, text, item)
        for label in labels[len(drawing.texts) :]:
            label.setText("")

    def clear(self, name: str) -> None:
        """Leave a picture item blank."""
        self.put(name, Svg)  # QGIS goes on showing the picture before where it is given no path

    def _item(self, name: str) -> QgsLayoutItemPicture | None:
        item = self._layout.itemById(name)
        return item if isinstance(item, QgsLayoutItemPicture) else None

    def _new_label(self) -> QgsLayoutItemLabel:
        label = QgsLayoutItemLabel(self._layout)
        label.setMarginX(0)
        label.setMarginY(0)
        self._layout.addLayoutItem(label)
        return label


def _write(label: QgsLayoutItemLabel, text: Text, picture: QgsLayoutItemPicture) -> None:
    """A line of text at its place on a picture."""
    font = QFont(FONT)
    font.setPointSizeF(text.points)
    font.setBold(text.bold)
    set_label_font(label, font, QColor(text.colour))
    label.setHAlign(ALIGN[text.anchor])
    wide = width_of(text.text, text.points, text.bold) * POINT_MM + 2 * SPARE_MM
    shift = {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    place = picture.pagePos()
    x = place.x() + text.x * POINT_MM - shift
    y = place.y() + (text.y - ASCENT * text.points) * POINT_MM
    label.setText(not_an_expression(text.text))
    label.attemptMove(QgsLayoutPoint(x, y, MILLIMETRES))
    label.attemptResize(QgsLayoutSize(wide, text.points * LINE * POINT_MM, MILLIMETRES))


__all__ = ["MILLIMETRES", "Drawings"]
