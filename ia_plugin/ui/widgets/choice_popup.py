"""The list that a ManyChoice opens: a search, headings, a check for each value.

Click or Space adds a value or takes it out, Enter or a double click keeps it alone, Escape closes.
"""

from __future__ import annotations

from typing import Any, Optional

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QKeyEvent, QPalette
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from .as_it_is import as_rich_text
from .hint import Hint

VALUE = Qt.ItemDataRole.UserRole
EVERYTHING = object()  # the value of the first row
MOST_ROWS = 14
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoicePopup(QFrame):
    """Shows the choices of its owner, a ManyChoice, and says what the user does to them."""

    toggled = pyqtSignal(str)
    only = pyqtSignal(str)
    cleared = pyqtSignal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner: Any = owner
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # the click that closes it must not open it again
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.search = QgsFilterLineEdit(self)
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("Search"))
        self.list = QListWidget(self)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        hint = Hint(self)
        hint.tell(self.tr("Click or Space: add or take out. Enter: this one only."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        for widget in (self.search, self.list, hint):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._filter)
        self.list.itemClicked.connect(self._toggle)
        self.list.itemDoubleClicked.connect(self._only)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)

    # --- its rows -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is offered and chosen now; the row the user is on stays."""
        if not self.isVisible():
            return
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        self._add(self._owner.everything, EVERYTHING, not self._owner.chosen)
        group = ""
        for choice in self._owner.offered:
            if choice.group != group:
                group = choice.group
                self._add_heading(group)
            self._add(choice.label, choice.value, choice.value in self._owner.chosen)
        self._filter()
        self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _add(self, label: str, value: object, checked: bool) -> None:
        """A row whose check is drawn but toggled here: a click on the words counts as much as one on the box."""
        item = QListWidgetItem(" ".join(label.split()), self.list)
        item.setData(VALUE, value)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        item.setToolTip(as_rich_text(label))

    def _add_heading(self, group: str) -> None:
        item = QListWidgetItem(group, self.list)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setForeground(self.palette().brush(QPalette.ColorGroup.Active, QPalette.ColorRole.Text))
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _filter(self) -> None:
        """Hide what the search does not name; a heading shows with any row of its own."""
        wanted = self.search.text().casefold().split()
        heading: Optional[QListWidgetItem] = None
        for item in self._items():
            value = item.data(VALUE)
            if value is None:
                heading = item
                heading.setHidden(True)
                continue
            words = item.text().casefold()
            shown = all(word in words for word in wanted) and not (wanted and value is EVERYTHING)
            item.setHidden(not shown)
            if shown and heading is not None:
                heading.setHidden(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(i) for i in range(self.list.count())]

    def shown(self) -> list[QListWidgetItem]:
        """The rows a user can choose now."""
        return [item for item in self._items() if not item.isHidden() and item.data(VALUE) is not None]

    # --- what the user does -------------------------------------------------------------------------------------------

    def _toggle(self, item: Optional[QListWidgetItem]) -> None:
        value = item.data(VALUE) if item else None
        if value is EVERYTHING:
            self.cleared.emit()
        elif value is not None:
            self.toggled.emit(value)

    def _only(self, item: Optional[QListWidgetItem]) -> None:
        value = item.data(VALUE) if item else None
        if value is EVERYTHING:
            self.cleared.emit()
        elif value is not None:
            self.only.emit(value)
        self.hide()

    def search_for(self, text: str) -> None:
        """Start a search with what was typed on the closed box."""
        self.search.setText(text)
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        in_search = watched is self.search
        return self._key_in_search(event) if in_search else self._key_in_list(event)

    def _key_in_search(self, event: QKeyEvent) -> bool:
        shown = self.shown()
        if event.key() == Qt.Key.Key_Down and shown:
            self.list.setFocus()
            self.list.setCurrentItem(shown[0])
            return True
        if event.key() in ENTER:
            self._only(shown[0]) if self.search.text() and shown else self.hide()
            return True
        return False

    def _key_in_list(self, event: QKeyEvent) -> bool:
        item = self.list.currentItem()
        if event.key() == Qt.Key.Key_Space:
            self._toggle(item)
        elif event.key() in ENTER:
            self._only(item)
        elif event.key() == Qt.Key.Key_Up and (not self.shown() or item is self.shown()[0]):
            self.search.setFocus()
        elif event.text().strip() and event.text().isprintable():
            self.search_for(self.search.text() + event.text())
        else:
            return False
        return True

    # --- opening ------------------------------------------------------------------------------------------------------

    def open_below(self, owner: QWidget) -> None:
        """Open under the box, or above it where the screen ends; as wide as the box and a name's worth at least."""
        self.search.clear()
        width = max(owner.width(), self.fontMetrics().averageCharWidth() * 40)
        self.setVisible(True)
        self.refresh()
        rows = min(max(self.list.count(), 3), MOST_ROWS)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 16) + 2 * self.list.frameWidth())
        self.setFixedWidth(width)
        self.adjustSize()
        below = owner.mapToGlobal(QPoint(0, owner.height()))
        screen = QGuiApplication.screenAt(below) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        top = below.y() if below.y() + self.height() <= room.bottom() else below.y() - owner.height() - self.height()
        self.move(max(room.left(), min(below.x(), room.right() - self.width())), max(room.top(), top))
        self.list.setCurrentRow(0)
        self.search.setFocus()
