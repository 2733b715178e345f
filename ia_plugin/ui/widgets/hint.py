"""A line under a control that says in place what is wrong or good to know; gone when there is nothing to say."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QLabel, QWidget

from .readable import readable

WARNING = QColor("#b3261e")  # lighter on dark themes


class Hint(QLabel):
    """Plain text, wrapped, a little smaller than the controls."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9 if font.pointSizeF() > 0 else 8)
        self.setFont(font)
        self.hide()

    def tell(self, words: str) -> None:
        """Something good to know."""
        self._say(words, None)

    def warn(self, words: str) -> None:
        """Something refused."""
        self._say(words, WARNING)

    def _say(self, words: str, colour: Optional[QColor]) -> None:
        palette = QPalette(self.parentWidget().palette() if self.parentWidget() else QPalette())
        if colour is not None:
            ground = palette.color(QPalette.ColorRole.Window)
            palette.setColor(QPalette.ColorRole.WindowText, readable(colour, ground))
        self.setPalette(palette)
        self.setText(words)
        self.setVisible(bool(words))
