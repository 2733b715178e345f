"""A combo box to choose none (which stands for all), one or many of a list, with a search, by mouse or keys alone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple, Optional

from qgis.PyQt.QtCore import QEvent, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from .choice_popup import ChoicePopup

MOST_IN_TIP = 20  # a longer tooltip covers the screen
OPENERS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F4)


class Choice(NamedTuple):
    """A value with the words for it and the heading it stands under ('' for none)."""

    value: str
    label: str
    group: str = ""


class ManyChoice(QComboBox):
    """Shows what is chosen in one line; opens a searchable list. A value that is no longer offered stays chosen."""

    chosenChanged = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._everything = self.tr("All")
        self._choices: tuple[Choice, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._why_empty = ""
        self._popup = ChoicePopup(self)
        self._popup.toggled.connect(self.toggle)
        self._popup.only.connect(self.choose_only)
        self._popup.cleared.connect(lambda: self._choose(()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    # --- what it offers -----------------------------------------------------------------------------------------------

    def set_words(self, everything: str, why_empty: str) -> None:
        """Words for choosing nothing ("All units"), and for the tooltip where there is nothing to choose."""
        self._everything, self._why_empty = everything, why_empty
        self._show()

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer other values; what is chosen stays, offered or not."""
        self._choices = tuple(choices)
        self._show()

    @property
    def everything(self) -> str:
        return self._everything

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices, in their order, and after them the chosen ones that are not among them."""
        known = {choice.value for choice in self._choices}
        group = self.tr("Not in the data")
        missing = self.tr("{name} (not in the data)")
        strangers = [Choice(v, missing.replace("{name}", v), group) for v in self._chosen if v not in known]
        return (*self._choices, *strangers)

    @property
    def popup(self) -> ChoicePopup:
        return self._popup

    # --- what is chosen -----------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen values; empty for all."""
        return self._chosen

    def set_chosen(self, values: Iterable[str]) -> None:
        """Choose by program: no signal."""
        self._chosen = tuple(dict.fromkeys(values))
        self._show()

    def toggle(self, value: str) -> None:
        """Add a value to the chosen ones, or take it out; they stand in the order of the list."""
        chosen = set(self._chosen) ^ {value}
        self._choose(tuple(choice.value for choice in self.offered if choice.value in chosen))

    def choose_only(self, value: str) -> None:
        self._choose((value,))

    def _choose(self, values: tuple[str, ...]) -> None:
        if values != self._chosen:
            self._chosen = values
            self._show()
            self.chosenChanged.emit()

    # --- how it looks -------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """What is chosen, in one line."""
        if not self._chosen:
            return self._everything
        labels = {choice.value: choice.label for choice in self.offered}
        words = " + ".join(labels[value] for value in self._chosen)
        return words if len(self._chosen) == 1 else f"{len(self._chosen)}: {words}"

    def _show(self) -> None:
        usable = bool(self._choices or self._chosen)
        self.setEnabled(usable)
        font = self.font()
        font.setBold(bool(self._chosen))  # a filter that is set must not be overlooked
        self.setFont(font)
        self.setToolTip(self._tip() if usable else self._why_empty)
        self._popup.refresh()
        self.update()

    def _tip(self) -> str:
        """The full names; escaped, since a tooltip takes a name with <b> in it for rich text."""
        if not self._chosen:
            return self._everything
        labels = {choice.value: choice.label for choice in self.offered}
        lines = [escape(labels[value]) for value in self._chosen]
        more = len(lines) - MOST_IN_TIP
        if more > 0:
            lines[MOST_IN_TIP:] = [self.tr("… and {count} more").replace("{count}", str(more))]
        return "<p>" + "<br>".join(lines) + "</p>"

    def paintEvent(self, event: Any) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        room = max(field.width() - 4, 0)
        option.currentText = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def sizeHint(self) -> QSize:
        """Room for a few words, however long the names are."""
        return QSize(self.fontMetrics().averageCharWidth() * 22, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, super().minimumSizeHint().height())

    # --- opening ------------------------------------------------------------------------------------------------------

    def showPopup(self) -> None:
        self._popup.open_below(self)

    def hidePopup(self) -> None:
        self._popup.hide()
        super().hidePopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPENERS:
            self.showPopup()
        elif event.text().strip() and event.text().isprintable():  # typing goes straight to the search
            self.showPopup()
            self._popup.search_for(event.text())
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self._popup.hide()
