"""Figures of an older filter stand pale until those of the new one are there: chips and figures must not seem to belong together."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QGraphicsOpacityEffect, QWidget

PALE_AFTER_MS = 300  # figures that come sooner do not flicker
PALE = 0.35


class PaleWhileBusy(QObject):
    """Makes widgets pale while something is computed; they keep the focus, and can be clicked."""

    def __init__(self, widgets: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PALE_AFTER_MS)
        self._soon.timeout.connect(self._turn)
        self.pale = False

    def show_busy(self, busy: bool) -> None:
        """Something is computed, or no more."""
        if busy:
            self._soon.start()
        else:
            self._soon.stop()
            self._turn(False)

    def _turn(self, pale: bool = True) -> None:
        if pale == self.pale:
            return
        self.pale = pale
        for widget in self._widgets:
            effect = QGraphicsOpacityEffect(widget) if pale else None
            if effect is not None:
                effect.setOpacity(PALE)
            widget.setGraphicsEffect(effect)


__all__ = ["PaleWhileBusy"]
