"""The page of areas: each as a dot with its range beside the comparison areas, and its last weeks; a click filters and zooms."""

from __future__ import annotations

import math
from typing import Any, Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from ...core.cells import pasted
from ...core.dashboard.area_rows import NEVER_SORTED, SHOWN, AreaRow, AreaRows, alike, title_of
from ...core.filter_state import FilterState
from ...core.material.measure_list import BY_KEY
from ...core.words import capitalised
from ..translated import translated
from ..widgets.area_cells import BRACKET, ROW, DotCell, WeeksCell
from ..widgets.as_it_is import as_rich_text, plain_label
from ..widgets.plain_table import text_item

NAME, DOT, VALUE, WEEKS = range(4)
ROW_HEIGHT = 1.45  # lines of text


class AreasPage(QWidget):  # type: ignore[misc]
    """Shows AreaRows.

    Signals
    -------
    areaWanted : id of the area that was clicked
    copied : the areas were copied
    measureChanged : key of the measure that is wanted
    """

    areaWanted = pyqtSignal(str)
    measureChanged = pyqtSignal(str)
    copied = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._rows: Optional[AreaRows] = None
        self._footer, self._restricted = "", False
        self._chosen: set[str] = set()
        self.shown_state: Optional[FilterState] = None
        self.measure_box, self.order_box = QComboBox(self), QComboBox(self)
        self.caption, self.foot = plain_label(parent=self), plain_label(parent=self)
        self.table = QTableWidget(0, 4, self)
        self.copy_button = QPushButton(self.tr("Copy table"), self)
        self.picture_button = QPushButton(self.tr("Copy picture"), self)
        for key in SHOWN:
            measure = BY_KEY[key]
            self.measure_box.addItem(translated(title_of(measure)), key)
        self.measure_box.setCurrentIndex(self.measure_box.findData("officer_hours"))
        self.order_box.addItem(self.tr("by name"), "name")
        self.order_box.addItem(self.tr("highest first"), "figure")
        self.order_box.addItem(self.tr("lowest first"), "lowest")
        for box, name in (
            (self.measure_box, self.tr("Figure of the areas")),
            (self.order_box, self.tr("Order of the areas")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
        self._cells = (DotCell(self.table), WeeksCell(self.table))
        self._lay_out()
        self.measure_box.currentIndexChanged.connect(self._measure)
        self.order_box.currentIndexChanged.connect(self._fill)
        self.table.cellClicked.connect(self._clicked)
        self.table.itemActivated.connect(lambda item: self._clicked(item.row(), NAME))
        self.copy_button.clicked.connect(self.copy_table)
        self.picture_button.clicked.connect(self.copy_picture)
        self.show_nothing()

    @property
    def measure(self) -> str:
        """Key of the measure that the page stands at."""
        return str(self.measure_box.currentData())

    def set_measure(self, key: str) -> None:
        """Turn the page to another measure."""
        place = self.measure_box.findData(key)
        if place >= 0:
            self.measure_box.setCurrentIndex(place)

    @property
    def names(self) -> list[str]:
        """The areas in their order on the screen."""
        return [self.table.item(i, NAME).text() for i in range(self.table.rowCount())]

    def show_rows(
        self, rows: AreaRows, state: Optional[FilterState] = None, footer: str = "", *, restricted: bool = False
    ) -> None:
        """Show the areas.

        Parameters
        ----------
        state : the filter they are of; the areas it chooses are marked
        footer : filter, figure number and marking, which stand on every copy
        restricted : whether they are of restricted cells, which are not copied
        """
        self._rows, self._footer, self._restricted, self.shown_state = rows, footer, restricted, state
        self._chosen = set(state.areas) if state is not None else set()
        self.foot.setText(footer)
        self._fill()

    def show_nothing(self, why: str = "") -> None:
        """No areas to show."""
        self._rows, self._chosen = None, set()
        self.table.setRowCount(0)
        self.caption.setText(why)
        self.foot.setText("")
        for button in (self.copy_button, self.picture_button):
            button.setEnabled(False)

    def copy_table(self) -> None:
        """All areas by name as tab-separated text, whatever their order on the screen: a board reads no order of figures."""
        if self._rows is None or self._restricted:
            return
        rows, unit = self._rows, self._rows.measure.rate_unit
        heads = [
            self.tr("Area"),
            f"{translated(rows.title)} ({translated(unit)})" if unit else translated(rows.title),
            self.tr("likely from"),
            self.tr("to"),
        ]
        lines = ["\t".join(heads)]
        for r in rows.rows:
            ends = [translated(rows.bare(v)) if math.isfinite(v) else "" for v in (r.low, r.high)]
            own = translated(rows.bare(r.value)) if math.isfinite(r.value) else f"– ({translated(r.why)})"
            lines.append("\t".join(map(pasted, (r.name, own, *ends))))
        lines += [pasted(capitalised(translated(rows.comparison_words))), pasted(self._footer)]
        QApplication.clipboard().setText("\n".join(lines))
        self.copied.emit()

    def copy_picture(self) -> None:
        """The page as it is seen, by name, to the clipboard."""
        before = self.order_box.currentIndex()
        self.order_box.setCurrentIndex(self.order_box.findData("name"))
        QApplication.clipboard().setPixmap(self.grab())
        self.copied.emit()
        self.order_box.setCurrentIndex(before)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def _measure(self, _place: int) -> None:
        self.order_box.setEnabled(self.measure not in NEVER_SORTED)
        if self.measure in NEVER_SORTED:
            self.order_box.setCurrentIndex(self.order_box.findData("name"))
        self.measureChanged.emit(self.measure)

    def _fill(self, *_order: Any) -> None:
        rows = self._rows
        if rows is None:
            return
        order, by_figure = list(rows.rows), self.order_box.currentData() != "name"
        if by_figure:  # what is not known stands at the end
            sign = 1 if self.order_box.currentData() == "lowest" else -1
            order.sort(key=lambda r: (not math.isfinite(r.value), sign * r.value if math.isfinite(r.value) else 0.0))
        for cell in self._cells:
            cell.shown = rows
        self.table.setRowCount(len(order))
        for i, row in enumerate(order):
            self._put(i, row, rows)
        for first, last in alike(tuple(order)) if by_figure else []:
            for i in range(first, last + 1):
                part = "first" if i == first else "last" if i == last else "within"
                self.table.item(i, DOT).setData(BRACKET, part)
        self.table.clearSelection()
        for i, row in enumerate(order):
            if row.area_id in self._chosen:
                self.table.selectRow(i)
        whys = {translated(r.why) for r in rows.rows}
        unknown = bool(order) and not any(math.isfinite(r.value) for r in rows.rows)
        words = (
            [self.tr("not known: {0}").format("; ".join(sorted(whys)))]
            if unknown
            else [translated(rows.comparison_words), translated(rows.weeks_title)]
        )
        if by_figure:
            words.append(self.tr("A bracket joins areas whose ranges overlap: their order says nothing."))
        self.caption.setText(". ".join(capitalised(w) for w in words if w))
        for button in (self.copy_button, self.picture_button):
            button.setEnabled(bool(order) and not self._restricted)

    def _put(self, i: int, row: AreaRow, rows: AreaRows) -> None:
        words = translated(row.words(rows.measure))
        own = translated(rows.bare(row.value))
        filling = rows.filling or (False,) * len(row.weeks)
        known = [v for v, open_ in zip(row.weeks, filling) if math.isfinite(v) and not open_]
        ends = self.tr("weeks from {0} to {1}")
        weeks = (
            ends.format(*(translated(rows.bare(v)) for v in (known[0], known[-1]))) if known else self.tr("no weeks")
        )
        weeks += self.tr("; still filling and left out: {0}").format(sum(filling)) if any(filling) else ""
        for column, text in ((NAME, row.name), (DOT, words), (VALUE, own), (WEEKS, weeks)):
            item = text_item(text)
            item.setData(ROW, row)
            item.setToolTip(as_rich_text(f"{row.name}: {words}"))
            if column == VALUE:
                item.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            self.table.setItem(i, column, item)

    def _clicked(self, row: int, _column: int) -> None:
        area = self.table.item(row, NAME).data(ROW)
        self.areaWanted.emit(area.area_id)

    def _lay_out(self) -> None:
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(round(ROW_HEIGHT * self.fontMetrics().height()))
        self.table.verticalHeader().setMinimumSectionSize(8)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName(self.tr("Areas"))
        for column, cell in zip((DOT, WEEKS), self._cells):
            self.table.setItemDelegateForColumn(column, cell)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(DOT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(WEEKS, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(WEEKS, 14 * self.fontMetrics().averageCharWidth())
        head, buttons, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(3)
        head.addWidget(self.measure_box, 1)
        head.addWidget(self.order_box)
        buttons.addWidget(self.foot, 1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.picture_button)
        small = self.font()
        small.setPointSizeF(0.88 * small.pointSizeF())
        for label in (self.caption, self.foot):
            label.setWordWrap(True)
            label.setFont(small)
        self.table.setMinimumHeight(4 * self.fontMetrics().height())
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.caption)
        layout.addLayout(buttons)


__all__ = ["AreasPage"]
