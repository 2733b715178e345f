"""Why restricted data are looked at: from the force's list, held for the session; for cells by unit in one's own words too."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ..core.params import LONGEST_PURPOSE, PURPOSES
from .widgets.as_it_is import plain_label


class Purpose:
    """The purpose of this session; `None` until one was chosen."""

    def __init__(self) -> None:
        self.chosen: Optional[str] = None
        self.words = ""

    def ask(self, parent: QWidget) -> Optional[str]:
        """The purpose held, or the one the user chooses now; None where they chose none."""
        if self.chosen is None:
            text = _tr(
                "Visits, legs and fixes show the movement of single officers.\nWhy are they needed? The purpose is recorded; "
                "judging individuals is not on the list."
            )
            self.chosen = ask_purpose(parent, text)
        return self.chosen

    def state(self, parent: QWidget) -> Optional[str]:
        """The purpose of a look at cells by unit, "training: new analysts"; asked each time, with the last one filled in."""
        text = _tr(
            "Cells by unit and day may be the time of one officer. Why are they needed? The look is recorded "
            "with its filter before it is made; judging individuals is not on the list."
        )
        dialog = PurposeDialog(self.chosen, self.words, parent, text)
        if not dialog.exec():
            return None
        self.chosen, self.words = dialog.chosen, dialog.words
        return f"{self.chosen}: {self.words}" if self.words else self.chosen


def ask_purpose(parent: QWidget, text: str) -> Optional[str]:
    """A purpose of the list, none of which is chosen beforehand; None where the user chose none."""
    dialog = PurposeDialog(None, "", parent, text, in_words=False)
    return dialog.chosen if dialog.exec() else None


class PurposeDialog(QDialog):  # type: ignore[misc]
    """Asks for a purpose of the list and, in a few words, what for. Nothing is chosen for the user.

    Parameters
    ----------
    chosen, words : of the last time, filled in
    text : why it is asked
    in_words : whether words of one's own are asked for too
    """

    def __init__(
        self,
        chosen: Optional[str] = None,
        words: str = "",
        parent: Optional[QWidget] = None,
        text: str = "",
        in_words: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("Purpose"))
        self.list, self.line = QComboBox(self), QLineEdit(words, self)
        self.list.setAccessibleName(_tr("Purpose"))
        self.list.addItem(_tr("Choose a purpose…"), "")
        for purpose in PURPOSES:
            self.list.addItem(_tr(purpose), purpose)
        self.list.setCurrentIndex(max(0, self.list.findData(chosen or "")))
        self.line.setMaxLength(LONGEST_PURPOSE)
        self.line.setPlaceholderText(_tr("for instance: question of 3 July on night shifts"))
        why, more = plain_label(text, self), QLabel(_tr("In your own words (name nobody):"), self)
        why.setWordWrap(True)
        more.setBuddy(self.line)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (why, self.list, more, self.line, self.buttons):
            layout.addWidget(part)
        for part in (more, self.line):
            part.setVisible(in_words)
        self.list.currentIndexChanged.connect(self._allow)
        self._allow()
        self.setMinimumWidth(420)

    @property
    def chosen(self) -> str:
        """The purpose on the list; "" before one was chosen."""
        return str(self.list.currentData())

    @property
    def words(self) -> str:
        """What is stated beyond it; may be blank."""
        return " ".join(str(self.line.text()).split())

    def accept(self) -> None:
        if self.chosen:
            super().accept()

    def _allow(self, _index: int = 0) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.chosen))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)
