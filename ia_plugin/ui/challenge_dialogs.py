"""Dialogs of those who doubt a figure: a flag, the answer to one, and the check of one officer-day against the source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ..core.columns import FLAG_STATES
from ..core.errors import ImpactAreaError
from ..core.params import CHECK_PURPOSES, LONGEST_PURPOSE
from .translated import translated
from .widgets.as_it_is import plain_label
from .widgets.day_edit import day_edit, day_of, set_day
from .widgets.hint import Hint

ROLES = ("Data quality lead", "Performance analyst", "Neighbourhood inspector")  # offered; another may be typed


class _Asking(QDialog):
    """A dialog that says in place what is wrong, and stays until it is right."""

    def __init__(self, title: str, words: str, parent: Optional[QWidget]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        why = plain_label(words, self)
        why.setWordWrap(True)
        self.form, self.hint = QFormLayout(), Hint(self)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(why)
        layout.addLayout(self.form)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(460)

    def check(self) -> None:
        """Raises ImpactAreaError where what was typed may not be."""

    def accept(self) -> None:
        try:
            self.check()
        except ImpactAreaError as error:
            self.hint.warn(translated(error.sentence))
            self._make_room()
            return
        super().accept()

    def _make_room(self) -> None:
        """What is said in place takes nothing from the fields."""
        self.layout().activate()
        self.resize(self.width(), max(self.height(), self.layout().totalHeightForWidth(self.width())))


class FlagDialog(_Asking):
    """Asks what is doubted of a figure."""

    def __init__(self, called: str, parent: Optional[QWidget] = None) -> None:
        words = _tr("What is doubted of {0}, and why? Everybody who opens the store can read it. Name nobody.")
        super().__init__(_tr("Flag a problem"), words.format(called), parent)
        self.text = _lines(self, _tr("What is doubted"))
        self.form.addRow(self.text)

    @property
    def doubt(self) -> str:
        """What was typed, on one line."""
        return " ".join(str(self.text.toPlainText()).split())

    def check(self) -> None:
        from ..core.disclosure.shown_texts import guarded_text

        guarded_text(self.doubt, "flag")


class AnswerDialog(_Asking):
    """Asks what was found of a flag."""

    def __init__(self, flag: Mapping[str, object], parent: Optional[QWidget] = None) -> None:
        words = _tr("Figure {0}: {1}").format(flag["figure"], flag["text"])
        super().__init__(_tr("Answer a flag"), words, parent)
        self._flag = dict(flag)
        self.state_box, self.owner_box = QComboBox(self), QComboBox(self)
        for state in FLAG_STATES:
            self.state_box.addItem(_tr(state), state)
        self.state_box.setCurrentIndex(max(0, self.state_box.findData(flag.get("status"))))
        self.owner_box.setEditable(True)
        self.owner_box.addItems([_tr(role) for role in ROLES])
        self.owner_box.setEditText(_word(flag.get("owner")))
        self.text = _lines(self, _tr("What was found"))
        self.text.setPlainText(_word(flag.get("reply")))
        self.form.addRow(_tr("State"), self.state_box)
        self.form.addRow(_tr("Owner (a role)"), self.owner_box)
        self.form.addRow(_tr("Reply"), self.text)

    @property
    def answer(self) -> dict[str, str]:
        """``flag_id, status, owner, reply``."""
        return {
            "flag_id": str(self._flag["flag_id"]),
            "status": str(self.state_box.currentData()),
            "owner": " ".join(str(self.owner_box.currentText()).split()),
            "reply": " ".join(str(self.text.toPlainText()).split()),
        }

    def check(self) -> None:
        import pandas as pd

        from ..core.flag_file import answered

        facts = self.answer
        answered(self._flag, facts["status"], facts["owner"], facts["reply"], pd.Timestamp.now(tz="UTC"))


class CheckDialog(_Asking):
    """Asks for one officer-day to be set beside the source system."""

    def __init__(self, day: Optional[date] = None, parent: Optional[QWidget] = None) -> None:
        words = _tr(
            "One officer-day is set beside the source system. The collar number stays in memory and is in no record; the look itself, "
            "with its purpose and reason, is recorded before anything is shown. Nothing leads from a pass back to an officer."
        )
        super().__init__(_tr("Check one officer-day"), words, parent)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)  # purposes are long
        self.number, self.reason, self.purpose_box = QLineEdit(self), QLineEdit(self), QComboBox(self)
        self.day: QDateEdit = day_edit(_tr("Day"), self)
        set_day(self.day, day or date.today())
        self.purpose_box.addItem(_tr("Choose a purpose…"), "")
        for purpose in CHECK_PURPOSES:
            self.purpose_box.addItem(_tr(purpose), purpose)
        self.purpose_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.purpose_box.setMinimumContentsLength(12)
        self.reason.setMaxLength(LONGEST_PURPOSE)
        self.reason.setPlaceholderText(_tr("for instance: complaint about a figure of 3 July"))
        rows = (
            (_tr("Collar number"), self.number),
            (_tr("Day"), self.day),
            (_tr("Purpose"), self.purpose_box),
            (_tr("Reason (name nobody)"), self.reason),
        )
        for name, widget in rows:
            widget.setAccessibleName(name)
            self.form.addRow(name, widget)

    @property
    def asked(self) -> dict[str, object]:
        """``collar_number, day, purpose, reason``."""
        return {
            "collar_number": str(self.number.text()).strip(),
            "day": day_of(self.day),
            "purpose": str(self.purpose_box.currentData()),
            "reason": " ".join(str(self.reason.text()).split()),
        }

    def forget(self) -> None:
        """The number is not kept in the window."""
        self.number.clear()

    def check(self) -> None:
        from ..core.errors import ParameterError
        from ..store.check_one import checked_reason

        if not str(self.number.text()).strip():
            raise ParameterError("No collar number was given.", "Type it as the source system has it.")
        if not self.purpose_box.currentData():
            raise ParameterError("No purpose was chosen.", "Choose one from the list.")
        checked_reason(str(self.purpose_box.currentData()), str(self.reason.text()), str(self.number.text()))


def _lines(parent: QWidget, name: str) -> QPlainTextEdit:
    """A field of a few lines, which Tab leaves."""
    edit = QPlainTextEdit(parent)
    edit.setAccessibleName(name)
    edit.setPlaceholderText(name)
    edit.setTabChangesFocus(True)
    edit.setMaximumHeight(5 * edit.fontMetrics().lineSpacing())
    return edit


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _tr(text: str) -> str:
    return str(QCoreApplication.translate("ImpactArea", text))


__all__ = ["AnswerDialog", "CheckDialog", "FlagDialog"]
