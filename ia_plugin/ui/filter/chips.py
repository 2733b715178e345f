"""The filter as one line of chips, each with what it is set to; a chip opens its editor below the line, and closes it again."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QEvent, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QToolButton, QWidget

from ..widgets.as_it_is import as_rich_text
from ..widgets.flow_layout import FlowLayout
from .filter_words import Words

STYLE = """
QToolButton[chip="true"] {{ border: 1px solid {line}; border-radius: 10px; padding: 2px 6px; background: transparent; }}
QToolButton[chip="true"]:hover, QToolButton[chip="true"]:focus {{ border-color: {strong}; }}
QToolButton[chip="true"]:checked {{ border: 2px solid {strong}; padding: 1px 5px; }}
QToolButton[chip="true"][narrowed="true"] {{ font-weight: bold; }}
"""


class ChipRow(QWidget):
    """Chips by name. `opened` carries the name of the chip whose editor is wanted, "" for none."""

    opened = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.chips: dict[str, QToolButton] = {}
        self._style, self._marking = "", False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        self._dress()
        for name, meaning in Words().chips.items():  # here and now: they are before their editors for the Tab key
            self._add_chip(name, meaning)

    def _add_chip(self, name: str, meaning: str) -> QToolButton:
        """A chip and what it is for, which a screen reader says before its text."""
        chip = QToolButton(self)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setToolTip(meaning)
        chip.setProperty("meaning", meaning)
        chip.setStyleSheet(self._style)
        chip.toggled.connect(lambda on: self._toggled(name, on))  # a screen reader toggles, and clicks nothing
        self.chips[name] = chip
        self._flow.addWidget(chip)
        return chip

    def add_button(self, button: QToolButton) -> None:
        """A plain button at the end of the line."""
        self._flow.addWidget(button)

    def set_chip(self, name: str, words: str, narrowed: bool, full: str = "") -> None:
        """What a chip is set to; `narrowed` where it leaves something out, `full` in as many words as there are."""
        chip = self.chips[name]
        chip.setText(f"{words} ▾".replace("&", "&&"))
        whole = f"{chip.property('meaning')}: {full or words}"
        chip.setAccessibleName(whole)
        chip.setToolTip(as_rich_text(whole))
        chip.setAccessibleDescription(self.tr("Opens its editor below, and closes it again."))
        if chip.property("narrowed") != narrowed:
            chip.setProperty("narrowed", narrowed)
            chip.style().unpolish(chip)
            chip.style().polish(chip)
        self._flow.invalidate()
        self.updateGeometry()

    def open(self, name: str) -> None:
        """Mark one chip as open, or none, and tell of it."""
        self._marking = True
        for other, chip in self.chips.items():
            chip.setChecked(other == name)
        self._marking = False
        self.opened.emit(name)

    def _toggled(self, name: str, on: bool) -> None:
        if not self._marking:
            self.open(name if on else "")

    @property
    def open_chip(self) -> str:
        return next((name for name, chip in self.chips.items() if chip.isChecked()), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.open_chip:
            self.open("")
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._flow.minimumSize().height())

    def _dress(self) -> None:
        """Lines in colours of the theme; text and ground are the theme's own, whatever it paints buttons by."""
        role, palette = QPalette.ColorRole, self.palette()
        style = STYLE.format(
            line=palette.color(role.Mid).name(),
            strong=palette.color(role.Highlight).name(),
        )
        # On the chips, not on the row: a style sheet of its own changes a widget's palette where the theme is one, as QGIS's dark
        # one is, and each change would ask for the next without end.
        if self._style != style:
            self._style = style
            for chip in self.chips.values():
                chip.setStyleSheet(style)


__all__ = ["ChipRow"]
