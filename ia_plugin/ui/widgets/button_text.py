"""Text of push buttons that is read on any theme.

QGIS 3.40's "Night Mapping" writes #aaaaaa on a ground of about #525252, which is 3.4 : 1. The ground is in its style sheet alone,
not in the palette, so a button is painted to see it.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, QSize, QTimer
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication, QPushButton, QWidget

from .readable import contrast, readable

RULE = "QPushButton:enabled {{ color: {colour}; }}"


class ReadableButtons(QObject):
    """Gives the push buttons within a widget text that is read, where the theme is a style sheet and its own is not."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._soon = QTimer(self)  # not while a theme is put on: its style is half there
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._dress)
        widget.installEventFilter(self)
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._soon.start()
        return False

    def _dress(self) -> None:
        style = button_rule()
        if self._widget.styleSheet() != style:  # each change would ask for the next without end
            self._widget.setStyleSheet(style)


def button_rule() -> str:
    """The rule of a style sheet that makes the text of push buttons readable; none where the theme's is.

    >>> button_rule()  # QGIS's default theme has no style sheet
    ''
    """
    application = QApplication.instance()
    if application is None or not application.styleSheet():
        return ""
    button = QPushButton()  # of no parent: it has the theme's style sheet alone
    button.resize(QSize(80, 30))
    button.ensurePolished()
    text = button.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
    painted = button.grab().toImage()
    column = [QColor(painted.pixel(painted.width() // 2, y)) for y in range(4, painted.height() - 4)]
    ground = min(column, key=lambda colour: contrast(text, colour))  # of a gradient, where it is read least
    found = readable(text, ground)
    return "" if found == text else RULE.format(colour=found.name())


__all__ = ["ReadableButtons", "button_rule"]
