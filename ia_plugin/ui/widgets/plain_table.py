"""A table that is read and chosen from, row by row, and never typed into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from .as_it_is import as_rich_text


def plain_table(heads: Sequence[str], name: str, wide: Iterable[int], parent: QWidget) -> QTableWidget:
    """An empty table.

    Parameters
    ----------
    name : what a screen reader says of it
    wide : columns that share the room which the others leave
    """
    table = rows_table(heads, name, parent)
    # A row is as high as its text is in the width there is, whenever that changes.
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in wide:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return table


def rows_table(heads: Sequence[str], name: str, parent: QWidget) -> QTableWidget:
    """An empty table whose rows are chosen whole, one at a time; how wide and high its cells are is left to the caller."""
    table = QTableWidget(0, len(heads), parent)
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    return table


def text_item(text: str) -> QTableWidgetItem:
    """A cell that is read and chosen, not typed into."""
    item = QTableWidgetItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    return item


def put_rows(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Rows of texts in the place of those there; a text that is cut is whole in its tip."""
    table.setRowCount(len(rows))
    for i, row in enumerate(rows):
        for k, text in enumerate(row):
            item = text_item(text)
            item.setToolTip(as_rich_text(text) if text else "")
            item.setTextAlignment(int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop))
            table.setItem(i, k, item)
    table.clearSelection()


__all__ = ["plain_table", "put_rows", "rows_table", "text_item"]
