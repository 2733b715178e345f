"""The weekdays as seven buttons, with one before them for every day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from ...core.filter_state import ALL_DAYS

# What is down must be seen at a glance, and styles differ in how they draw a button that is down. Colours are the theme's,
# but for the ground of what is down: white on a theme's highlight is read by few (3.7 : 1 on Qt's own), on this one by most (6.7 : 1).
LOOK = """
QToolButton { border: 1px solid palette(mid); border-radius: 3px; padding: 3px 0px;
              background: palette(button); color: palette(button-text); }
QToolButton:hover, QToolButton:focus { border: 1px solid palette(highlight); }
QToolButton:checked { background: #1f5f99; color: #ffffff; }
QToolButton:checked:focus { border: 1px solid palette(text); }
QToolButton:disabled { background: palette(window); color: palette(mid); }
"""


class DayButtons(QWidget):
    """A day that is down is kept. With "All" down every day is: so one click on Fri leaves Fridays alone."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.setStyleSheet(LOOK)
        self.all_button = self._button(self.tr("All"), self.tr("Every day of the week"))
        names = [self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu")]
        names += [self.tr("Fri"), self.tr("Sat"), self.tr("Sun")]
        locale = QLocale()
        self.buttons = [self._button(name, locale.dayName(i + 1)) for i, name in enumerate(names)]
        self.all_button.clicked.connect(lambda: self._choose(ALL_DAYS))
        for button in self.buttons:
            button.clicked.connect(lambda: self._choose(i for i, b in enumerate(self.buttons) if b.isChecked()))
        self.set_days(ALL_DAYS)

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
        self.all_button.setChecked(every)
        for i, button in enumerate(self.buttons):
            button.setChecked(not every and i in kept)

    def _choose(self, days: Iterable[int]) -> None:
        self.set_days(days)
        self.changed.emit()
