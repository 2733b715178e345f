"""Why restricted data are looked at: from the force's list, held for the session; for cells by unit in one's own words too."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ..core.params import LONGEST_PURPOSE, PURPOSES


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
            words, done = QInputDialog.getItem(parent, _tr("Purpose"), text, list(PURPOSES), 0, False)
            self.chosen = str(words) if done else None
        return self.chosen

    def state(self, parent: QWidget) -> Optional[str]:
        """The purpose of a look at cells by unit, "training: new analysts"; asked each time, with the last one filled in."""
        dialog = PurposeDialog(self.chosen, self.words, parent)
        if not dialog.exec():
            return None
        self.chosen, self.words = dialog.chosen, dialog.words
        return f"{self.chosen}: {self.words}" if self.words else self.chosen


class PurposeDialog(QDialog):  # type: ignore[misc]
    """Asks for a purpose of the list and, in a few words, what for."""

    def __init__(self, chosen: Optional[str] = None, words: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("Purpose"))
        self.list, self.line = QComboBox(self), QLineEdit(words, self)
        self.list.addItems(list(PURPOSES))
        self.list.setCurrentIndex(max(0, self.list.findText(chosen or "")))
        self.line.setMaxLength(LONGEST_PURPOSE)
        self.line.setPlaceholderText(_tr("for instance: question of 3 July on night shifts"))
        why, more = QLabel(self), QLabel(_tr("In your own words (name nobody):"), self)
        why.setWordWrap(True)
        why.setText(
            _tr(
                "Cells by unit and day may be the time of one officer. Why are they needed? The look is recorded "
                "with its filter before it is made; judging individuals is not on the list."
            )
        )
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (why, self.list, more, self.line, buttons):
            layout.addWidget(part)
        self.setMinimumWidth(420)

    @property
    def chosen(self) -> str:
        """The purpose on the list."""
        return str(self.list.currentText())

    @property
    def words(self) -> str:
        """What is stated beyond it; may be blank."""
        return " ".join(str(self.line.text()).split())


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)
