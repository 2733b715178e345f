"""The hours of the day: a shift by its name, or any first and last hour, past midnight too."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from ..widgets.hint import Hint
from .shift_editor import ShiftEditor
from .shifts import read_shifts

OTHER = "other"


class HourChoice(QWidget):
    """A shift sets both hours; changing an hour looks for the shift that has them."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.shift_box = QComboBox(self)
        self.shift_box.setAccessibleName(self.tr("Shift"))
        self.shift_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shift_box.setMinimumContentsLength(12)
        self.edit_button = QToolButton(self)
        self.edit_button.setIcon(QgsApplication.getThemeIcon("/mActionToggleEditing.svg"))
        self.edit_button.setAutoRaise(True)
        self.edit_button.setToolTip(self.tr("Edit the shifts"))
        self.edit_button.setAccessibleName(self.tr("Edit the shifts"))
        self.from_box = self._hours(range(24), self.tr("From this hour"))
        self.to_box = self._hours(range(1, 25), self.tr("To before this hour"))
        self.hint = Hint(self)
        self._kept = (0, 24)
        self._filling = False
        self.setFocusProxy(self.shift_box)
        self._lay_out()
        self.shift_box.currentIndexChanged.connect(self._shift_changed)
        for box in (self.from_box, self.to_box):
            box.currentIndexChanged.connect(self._hour_changed)
        self.edit_button.clicked.connect(self._edit_shifts)
        self.reload_shifts()

    def _hours(self, hours: range, name: str) -> QComboBox:
        box = QComboBox(self)
        for hour in hours:
            box.addItem(f"{hour:02}:00", hour)
        box.setToolTip(name)
        box.setAccessibleName(name)
        box.setMaxVisibleItems(24)
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.from_box, 1)
        row.addWidget(QLabel("–", self))
        row.addWidget(self.to_box, 1)
        grid.addWidget(self.shift_box, 0, 0)
        grid.addWidget(self.edit_button, 0, 1)
        grid.addLayout(row, 1, 0, 1, 2)
        grid.addWidget(self.hint, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    # --- what it shows ------------------------------------------------------------------------------------------------

    def reload_shifts(self) -> None:
        """Offer the presets as they are kept now; the hours stay."""
        self._filling = True
        self.shift_box.clear()
        for name, start, end in read_shifts():
            self.shift_box.addItem(self.tr(name), (start, end))
            self.shift_box.setItemData(
                self.shift_box.count() - 1, f"{start:02}:00–{end:02}:00", Qt.ItemDataRole.ToolTipRole
            )
        self.shift_box.addItem(self.tr("Other hours"), OTHER)
        self._filling = False
        self.set_hours(*self._kept)

    def set_hours(self, start: int, end: int) -> None:
        """Show these hours: no signal."""
        self._filling = True
        self._kept = (start, end)
        self.from_box.setCurrentIndex(self.from_box.findData(start))
        self.to_box.setCurrentIndex(self.to_box.findData(end))
        self._show_shift()
        self._filling = False
        self._show_hint()

    @property
    def hours(self) -> tuple[int, int]:
        """First hour and the one it ends before; two equal ones leave what was before."""
        return self._kept

    def _show_shift(self) -> None:
        """The shift shown stays if it has the hours: two shifts may share them."""
        shown = self.shift_box.currentData()
        if shown == OTHER or tuple(shown or ()) != self._kept:
            offered = [tuple(self.shift_box.itemData(i)) for i in range(self.shift_box.count() - 1)]
            found = offered.index(self._kept) if self._kept in offered else self.shift_box.count() - 1
            self.shift_box.setCurrentIndex(found)

    # --- what the user does -------------------------------------------------------------------------------------------

    def _shift_changed(self) -> None:
        shift = self.shift_box.currentData()
        if self._filling or shift is None:
            return
        if shift == OTHER:
            self.from_box.setFocus()
            return
        self.set_hours(*shift)
        self.changed.emit()

    def _hour_changed(self) -> None:
        if self._filling:
            return
        typed = (int(self.from_box.currentData()), int(self.to_box.currentData()))
        if typed[0] != typed[1]:
            self._kept = typed
            self._filling = True
            self._show_shift()
            self._filling = False
        self._show_hint()
        self.changed.emit()

    def _show_hint(self) -> None:
        start, end = self.from_box.currentData(), self.to_box.currentData()
        if start == end:
            self.hint.warn(self.tr("The two hours are the same: choose two that differ, or “Any hour”."))
        elif end < start:
            self.hint.tell(self.tr("Goes past midnight; the hours after it count for the evening before."))
        else:
            self.hint.tell("")

    def _edit_shifts(self) -> None:
        editor = ShiftEditor(self)
        editor.finished.connect(self.reload_shifts)
        editor.open()
