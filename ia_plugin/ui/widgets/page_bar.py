"""The names of the pages in a line that goes on below where it is full: a bar of tabs hides those it has no room for behind arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QRadioButton, QSizePolicy, QWidget

from .flow_layout import FlowLayout

# Text and ground are the theme's own, as of the chips.
STYLE = """
QRadioButton {{ border: 1px solid transparent; border-bottom: 3px solid transparent; padding: 3px 5px 1px 5px; spacing: 0px; background: transparent; }}
QRadioButton::indicator {{ width: 0px; height: 0px; image: none; border: none; }}
QRadioButton:hover {{ border-bottom-color: {line}; }}
QRadioButton:checked {{ border-bottom-color: {strong}; }}
QRadioButton:focus {{ border: 1px dotted {strong}; border-bottom: 3px solid {strong}; }}
"""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class PageBar(QWidget):
    """One button a page, of which one is down, as a screen reader says. `chosen` carries the place of the page that was clicked, or stepped to with the arrow keys."""

    chosen = pyqtSignal(int)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.buttons: list[QRadioButton] = []
        self._style, self._marking = "", False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # It stands over what scrolls: of the window's colour, by the palette or by a theme's style sheet.
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(QCoreApplication.translate("ImpactArea", "Pages"))
        self._flow = FlowLayout(self, spacing=1)
        self._dress()

    def show_pages(self, titles: Sequence[str], current: int) -> None:
        """The pages there are, and which is seen."""
        while len(self.buttons) > len(titles):
            self._drop(self.buttons.pop())
        while len(self.buttons) < len(titles):
            self.buttons.append(self._button())
        for place, (button, title) in enumerate(zip(self.buttons, titles)):
            if button.text() != title:
                button.setText(title)
            self._mark(button, place == current)
        self._flow.invalidate()
        self.updateGeometry()

    def mark(self, current: int) -> None:
        """Another page is seen."""
        for place, button in enumerate(self.buttons):
            self._mark(button, place == current)

    def _mark(self, button: QRadioButton, seen: bool) -> None:
        """The Tab key stops once, at the page that is seen; arrows go on from there, as along tabs."""
        self._marking = True
        button.setChecked(seen)
        self._marking = False
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if seen else Qt.FocusPolicy.ClickFocus)

    def _toggled(self, button: QRadioButton, on: bool) -> None:
        """A screen reader toggles, and clicks nothing."""
        if on and not self._marking:
            self.chosen.emit(self.buttons.index(button))

    def _button(self) -> QRadioButton:
        button = QRadioButton(self)
        button.setStyleSheet(self._style)
        if self.buttons:
            self.setTabOrder(self.buttons[-1], button)
        button.clicked.connect(lambda: self.chosen.emit(self.buttons.index(button)))
        button.toggled.connect(lambda on: self._toggled(button, on))
        button.installEventFilter(self)
        self._flow.addWidget(button)
        button.show()
        return button

    def _drop(self, button: QRadioButton) -> None:
        self._flow.removeWidget(button)
        button.removeEventFilter(self)
        button.hide()
        button.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Home and End from page to page."""
        if event.type() != QEvent.Type.KeyPress or watched not in self.buttons:
            return super().eventFilter(watched, event)
        last = len(self.buttons) - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        at = ends.get(event.key())
        if at is None and event.key() in STEPS:
            at = min(max(self.buttons.index(watched) + STEPS[event.key()], 0), last)
        if at is None:
            return super().eventFilter(watched, event)
        self.buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
        self.buttons[at].click()
        return True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        role, palette = QPalette.ColorRole, self.palette()
        style = STYLE.format(line=palette.color(role.Mid).name(), strong=palette.color(role.Highlight).name())
        if self._style != style:  # each change would ask for the next without end
            self._style = style
            for button in self.buttons:
                button.setStyleSheet(style)


__all__ = ["PageBar"]
