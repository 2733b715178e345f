"""The dialog in which a force makes the shift presets its own."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt import uic
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ...core.errors import ParameterError
from ...core.filter_state import SHIFTS
from ..translated import translated
from ..widgets.hint import Hint
from .shifts import Shift, checked, read_shifts, restore_shifts, write_shifts


class ShiftEditor(QDialog):
    """A row a shift: its name, its first hour, the hour it ends before."""

    table: QTableWidget
    addButton: QPushButton
    removeButton: QPushButton
    restoreButton: QPushButton
    hint: Hint
    buttonBox: QDialogButtonBox

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        uic.loadUi(str(Path(__file__).with_suffix(".ui")), self)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.addButton.clicked.connect(self.add_shift)
        self.removeButton.clicked.connect(self._remove)
        self.restoreButton.clicked.connect(lambda: self.show_shifts(SHIFTS))
        self.show_shifts(read_shifts())

    def show_shifts(self, shifts: tuple[Shift, ...]) -> None:
        self.table.setRowCount(0)
        for shift in shifts:
            self._add(shift)
        self.table.setCurrentCell(0, 0)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts as they stand in the table, right or wrong."""
        return tuple(
            (
                self.table.item(row, 0).text(),
                self.table.cellWidget(row, 1).currentData(),
                self.table.cellWidget(row, 2).currentData(),
            )
            for row in range(self.table.rowCount())
        )

    def add_shift(self) -> None:
        """A new row, its name open for typing."""
        self._add((self.tr("New shift"), 8, 16))
        row = self.table.rowCount() - 1
        self.table.setCurrentCell(row, 0)
        self.table.editItem(self.table.item(row, 0))

    def _add(self, shift: Shift) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        self.table.setItem(row, 0, QTableWidgetItem(shift[0]))
        for column, hours, hour in ((1, range(24), shift[1]), (2, range(1, 25), shift[2])):
            box = QComboBox(self.table)
            box.setAccessibleName(self.table.horizontalHeaderItem(column).text())
            for choice in hours:
                box.addItem(f"{choice:02}:00", choice)
            box.setCurrentIndex(box.findData(hour))
            self.table.setCellWidget(row, column, box)

    def _remove(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())

    def accept(self) -> None:
        """Keep the shifts, or say in place what is wrong with them."""
        try:
            shifts = checked(self.shifts)
        except ParameterError as error:
            self.hint.warn(translated(error.sentence))
            return
        if shifts == SHIFTS:
            restore_shifts()  # so that a later version's presets are seen
        else:
            write_shifts(shifts)
        super().accept()
