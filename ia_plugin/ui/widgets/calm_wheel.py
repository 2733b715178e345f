"""The wheel scrolls the dock and changes nothing: a box that it runs over would turn to another figure unseen."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class CalmWheel(QObject):
    """Keeps the wheel from boxes, those with the focus too: a mouse that has just chosen from one still stands on it."""

    def calm(self, root: QWidget) -> None:
        """Every box within a widget."""
        for box in (*root.findChildren(QComboBox), *root.findChildren(QAbstractSpinBox)):
            box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


__all__ = ["CalmWheel"]
