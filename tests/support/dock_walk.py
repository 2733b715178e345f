"""A walk through everything the dock shows: each page, each chip's editor, each chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)

from .patience import wait


def each_state(dock: Any) -> Iterator[str]:
    """Turn to every page, then open every editor; says which."""
    for i in range(dock.pages.count()):
        dock.pages.setCurrentIndex(i)
        QApplication.processEvents()
        # The areas come behind the figures, and a chart behind its page.
        wait(lambda: not dock.controller.worker.busy and _filled(dock.pages))
        QApplication.processEvents()
        yield f"page {i}"
    for name in dock.bar.chipRow.chips:
        dock.bar.chipRow.open(name)
        QApplication.processEvents()
        yield f"chip {name}"
    dock.bar.chipRow.open("")


def _filled(pages: Any) -> bool:
    page = pages.currentWidget()
    return page is not pages.areas or page.table.rowCount() > 0


def shown(root: QWidget) -> list[QWidget]:
    return [w for w in root.findChildren(QWidget) if w.isVisibleTo(root)]


def words_of(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every widget that is shown with each text it has, accessible name and tool tip included."""
    for w in shown(root):
        texts = [w.accessibleName(), w.accessibleDescription(), w.toolTip(), *_of_items(w), *_of_figure(w)]
        if isinstance(w, (QLabel, QAbstractButton)):
            texts.append(w.text())
        if isinstance(w, QGroupBox):
            texts.append(w.title())
        if isinstance(w, QLineEdit):
            texts += [w.placeholderText(), w.text()]
        if isinstance(w, QComboBox):
            texts += [w.itemText(i) for i in range(w.count())]
        if isinstance(w, QTabBar):
            texts += [w.tabText(i) for i in range(w.count())]
        if isinstance(w, (QPlainTextEdit, QTextEdit)):
            texts += [w.toPlainText(), w.placeholderText()]
        if isinstance(w, QToolButton) and w.menu() is not None:
            texts += [action.text() for action in w.menu().actions()]
        if w.isWindow():
            texts.append(w.windowTitle())
        for text in texts:
            if any(c.isalpha() for c in text):
                yield w, text


def _of_items(w: QWidget) -> Iterator[str]:
    """Cells and headings of a table, with their tips."""
    if isinstance(w, QTableWidget):
        rows, columns = range(w.rowCount()), range(w.columnCount())
        for item in (*(w.item(i, k) for i in rows for k in columns), *(w.horizontalHeaderItem(k) for k in columns)):
            if item is not None and not (w.horizontalHeader().isHidden() and item.row() < 0):
                yield from (item.text(), item.toolTip())


def _of_figure(w: QWidget) -> Iterator[str]:
    """What is written on a chart."""
    figure = getattr(w, "figure", None)
    if figure is not None and hasattr(figure, "findobj"):
        from matplotlib.text import Text

        yield from (text.get_text() for text in figure.findobj(Text) if text.get_visible())


def nameless(root: QWidget) -> list[QWidget]:
    """What the Tab key stops at and a screen reader has no word for."""
    labelled = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    return [w for w in shown(root) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not _named(w, labelled)]


def _named(w: QWidget, labelled: set[Any]) -> bool:
    if w.accessibleName() or w in labelled:
        return True
    if isinstance(w, (QAbstractButton, QGroupBox)):
        return bool(w.text() if isinstance(w, QAbstractButton) else w.title())
    if isinstance(w, QTabBar):
        return w.count() > 0  # a screen reader says the tabs
    parent = w.parent()  # the line of a box that can be written in, or of a date
    inside = isinstance(parent, (QComboBox, QAbstractSpinBox))
    return isinstance(w, QScrollBar) or w.focusProxy() is not None or (inside and _named(parent, labelled))
