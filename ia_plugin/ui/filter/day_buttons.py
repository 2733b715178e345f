"""The weekdays as seven buttons, with one before them for every day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from qgis.PyQt.QtCore import QEvent, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from ...core.filter_state import ALL_DAYS

# What is down must be seen at a glance, and styles differ in how they draw a button that is down. Text and ground are the
# theme's own, as of the chips: a theme that is a style sheet has other colours than its palette says, and buttons that took
# theirs from it glared. But for what is down: white on a theme's highlight is read by few (3.7 : 1 on Qt's own), on this ground
# by most (6.7 : 1).
LOOK = """
QToolButton {{ border: 1px solid {line}; border-radius: 3px; padding: 3px 0px; background: transparent; }}
QToolButton:hover, QToolButton:focus {{ border: 1px solid {strong}; }}
QToolButton:checked {{ background: #1f5f99; color: #ffffff; }}
QToolButton:checked:focus {{ border: 2px solid {strong}; padding: 2px 0px; }}
"""


class DayButtons(QWidget):
    """A day that is down is kept. With "All" down every day is: so one click on Fri leaves Fridays alone."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._style, self._setting = "", False
        self.all_button = self._button(self.tr("All"), self.tr("Every day of the week"))
        names = [self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu")]
        names += [self.tr("Fri"), self.tr("Sat"), self.tr("Sun")]
        locale = QLocale()
        self.buttons = [self._button(name, locale.dayName(i + 1)) for i, name in enumerate(names)]
        self.all_button.toggled.connect(lambda: self._choose(ALL_DAYS))  # toggled: a screen reader clicks nothing
        for button in self.buttons:
            button.toggled.connect(lambda: self._choose([i for i, b in enumerate(self.buttons) if b.isChecked()]))
        self.set_days(ALL_DAYS)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "buttons"):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        """On the buttons, not on the row, and only where it is another: each change would ask for the next without end."""
        role, palette = QPalette.ColorRole, self.palette()
        style = LOOK.format(line=palette.color(role.Mid).name(), strong=palette.color(role.Highlight).name())
        if self._style != style:
            self._style = style
            for button in (self.all_button, *self.buttons):
                button.setStyleSheet(style)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance(text) + 4)
        self.layout().addWidget(button)
        return button

    @property
    def days(self) -> tuple[int, ...]:
        """The days kept, 0 Monday to 6 Sunday; never none."""
        return tuple(i for i, button in enumerate(self.buttons) if button.isChecked()) or ALL_DAYS

    def set_days(self, days: Iterable[int]) -> None:
        """Show these days: no signal. All seven, or none, are every day."""
        kept = set(days)
        every = not kept or kept >= set(ALL_DAYS)
        self._setting = True
        self.all_button.setChecked(every)
        for i, button in enumerate(self.buttons):
            button.setChecked(not every and i in kept)
        self._setting = False

    def _choose(self, days: Iterable[int]) -> None:
        if self._setting:
            return
        self.set_days(days)
        self.changed.emit()
