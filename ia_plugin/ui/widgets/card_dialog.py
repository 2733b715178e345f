"""The form of the governance card: one line a question, refused with the reason as long as it cannot be kept."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ...core.about.card import DECLARED, LONGEST, QUESTIONS, Card, checked_card
from ...core.disclosure.shown_texts import NOTE_WITHHELD
from ...core.errors import ImpactAreaError
from ..translated import translated
from .as_it_is import plain_label


class CardDialog(QDialog):  # type: ignore[misc]
    """Asks for the card; the answers of the last one stand there."""

    def __init__(self, card: Optional[Card] = None, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Governance card"))
        self.lines: dict[str, QLineEdit] = {}
        self.refusal = plain_label("", self)
        self.refusal.setWordWrap(True)
        self.refusal.hide()
        form, layout = QFormLayout(), QVBoxLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        before = card.as_dict() if card else {}
        for question in QUESTIONS:
            text = before.get(question.key, "")
            line = QLineEdit("" if text == NOTE_WITHHELD else text, self)
            line.setMaxLength(LONGEST)
            line.setPlaceholderText(translated(question.help))
            line.setToolTip(translated(question.help))
            line.setAccessibleName(translated(question.label))
            self.lines[question.key] = line
            label = QLabel(translated(question.label) + (" *" if question.needed else ""), self)
            label.setBuddy(line)
            form.addRow(label, line)
        head = QLabel(self)
        head.setWordWrap(True)
        head.setText(
            translated(DECLARED) + " " + self.tr("Name offices, not people: everybody who reads the summary reads it.")
        )
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(head)
        layout.addLayout(form)
        layout.addWidget(self.refusal)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    def answers(self) -> dict[str, str]:
        """The answers by key, as typed."""
        return {key: str(line.text()) for key, line in self.lines.items()}

    def accept(self) -> None:
        """Close where the card can be kept; else say why not."""
        try:
            checked_card(self.answers())
        except ImpactAreaError as error:
            self.refusal.setText(translated(error.sentence))
            self.refusal.show()
            return
        super().accept()

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)
