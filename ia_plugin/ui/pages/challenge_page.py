"""The page of doubts: a figure opened again by its number or code, the flags at it, and one officer-day set beside the source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ...core.answers.reopen import Reopened
from ...core.errors import ImpactAreaError
from ...core.figure_code import FigureCode, figure_asked
from ...core.filter_state import FilterState
from ..challenge_dialogs import AnswerDialog, CheckDialog, FlagDialog
from ..translated import translated
from ..widgets.as_it_is import plain_label, tell_tip
from ..widgets.hint import Hint
from ..widgets.plain_table import plain_table, put_rows

FLAG_HEADS = ("Raised", "What is doubted", "State", "Reply")
CHECK_HEADS = ("Time", "Area", "Source")
LINES = 8  # of a table that are seen at once


class ChallengePage(QWidget):
    """What whoever doubts a figure needs.

    Signals
    -------
    reopenWanted : what was typed or pasted: a number, a code, or a text with one of them
    filterWanted : the FilterState of the figure that was opened again, and its comparison: before, year or none
    flagRaised : ``reference, text``
    flagAnswered : ``flag_id, status, owner, reply``
    checkWanted : ``collar_number, day, purpose, reason``; the number is nowhere else
    exportWanted : path of a file for the passes that are shown
    notesWanted : the notes on the data are asked for
    """

    reopenWanted = pyqtSignal(str)
    filterWanted = pyqtSignal(object, str)
    flagRaised = pyqtSignal(dict)
    flagAnswered = pyqtSignal(dict)
    checkWanted = pyqtSignal(dict)
    exportWanted = pyqtSignal(str)
    notesWanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._reference, self._state, self._called = "", FilterState(), ""
        self._opened: Optional[Reopened] = None
        self._flags: list[dict[str, object]] = []
        self._day: Optional[date] = None
        self.field, self.reopen_button = QLineEdit(self), QPushButton(self.tr("Reopen"), self)
        self.field.setPlaceholderText(self.tr("IA-1A2B-3C4D, or a copied answer with its code"))
        self.field.setAccessibleName(self.tr("Figure number or code"))
        self.field.setClearButtonEnabled(True)
        self.hint = Hint(self)
        self.result, self.filter_button = plain_label("", self), QPushButton(self.tr("Show with this filter"), self)
        self.flags_label = plain_label("", self)
        self.flags = plain_table([self.tr(h) for h in FLAG_HEADS], self.tr("Flags at this figure"), (1, 3), self)
        self.flag_button = QPushButton(self.tr("Flag a problem…"), self)
        self.answer_button = QPushButton(self.tr("Answer…"), self)
        self.check_button = QPushButton(self.tr("Check one…"), self)
        self.notes_button = QPushButton(self.tr("Notes…"), self)
        self.passes_label = plain_label("", self)
        self.passes = plain_table([self.tr(h) for h in CHECK_HEADS], self.tr("Passes of the officer-day"), (2,), self)
        self.export_button = QPushButton(self.tr("Export…"), self)
        self._tips()
        self._lay_out()
        self._connect()
        self.show_figure("")
        self.clear_passes()

    @staticmethod
    def why_no_check() -> str:
        """Why no officer-day can be looked at; "" where one can. Whoever knows the store puts their own in its place."""
        return ""

    # --- public -------------------------------------------------------------------------------------------------------

    def show_figure(self, number: str, state: Optional[FilterState] = None, code: str = "") -> None:
        """The figure that flags are raised at: the one on the screen, until another is opened again.

        What was said of one opened again stays while its own filter is on the screen.
        """
        kept = bool(number) and self._opened is not None and state == self._opened.state
        self._reference, self._state, self._called = code or number, state or FilterState(), number
        if kept:
            return
        self._opened = None
        self.result.setText(
            self.tr("Figure {0} is on the screen. Type another one's number, or paste its code, to open it again.").format(number)
            if number
            else self.tr("Type a figure's number, or paste its code, to open it again.")
        )  # fmt: skip
        self.filter_button.setVisible(False)
        self.show_flags([])

    def show_reopened(self, found: Reopened) -> None:
        """A figure opened again: same, or what it was and is."""
        self._reference, self._state = FigureCode(found.state, found.number).text(), found.state
        self._called, self._opened = found.number or self.tr("this figure"), found
        self.hint.tell("")
        self.result.setText("\n".join(map(translated, found.sentences())))
        self.filter_button.setVisible(True)

    def refuse(self, words: str) -> None:
        """Say why nothing was opened."""
        self.hint.warn(words)

    def show_flags(self, flags: list[dict[str, object]], may_answer: bool = False) -> None:
        """The flags at the figure, as :func:`~ia_plugin.core.flag_file.flags_at` has them.

        Parameters
        ----------
        may_answer : whether this user may write the store
        """
        self._flags = flags
        self._may_answer = may_answer
        put_rows(self.flags, [self._row_of(flag) for flag in flags])
        self.flags.setVisible(bool(flags))
        some = self.tr("1 flag at this figure:") if len(flags) == 1 else self.tr("{0} flags at this figure:")
        self.flags_label.setText(some.format(len(flags)) if flags else self.tr("No flag at this figure."))
        self._enable()

    def show_passes(self, passes: Mapping[str, list[str]], day: date, words: str = "") -> None:
        """The passes of an officer-day, as texts by column: ``time, area, source``."""
        rows = list(zip(passes["time"], passes["area"], passes["source"]))
        self._day = day if rows else self._day
        put_rows(self.passes, rows)
        self.passes.setVisible(bool(rows))
        self.passes_label.setText(words)
        self.passes_label.setVisible(bool(words))
        self.export_button.setVisible(bool(rows))

    def clear_passes(self) -> None:
        """Nothing of anybody is shown any more."""
        self.show_passes({"time": [], "area": [], "source": []}, date.today())

    # --- what is pressed ----------------------------------------------------------------------------------------------

    def reopen(self) -> None:
        """Ask for the figure that was typed; what is neither a number nor a code is refused in place."""
        text = str(self.field.text())
        try:
            figure_asked(text)
        except ImpactAreaError as error:
            self.refuse(translated(error.sentence))
            return
        self.hint.tell("")
        self.reopenWanted.emit(text)

    def ask_flag(self) -> None:
        """Ask what is doubted, then raise a flag."""
        dialog = FlagDialog(self.tr("figure {0}").format(self._called), self)
        if dialog.exec():
            self.flagRaised.emit({"reference": self._reference, "text": dialog.doubt})

    def ask_answer(self) -> None:
        """Ask what was found of the flag chosen."""
        row = self.flags.currentRow()
        if 0 <= row < len(self._flags):
            dialog = AnswerDialog(self._flags[row], self)
            if dialog.exec():
                self.flagAnswered.emit(dialog.answer)

    def ask_check(self) -> None:
        """Ask for one officer-day; what was shown of another one goes first."""
        self.clear_passes()
        if why := self.why_no_check():
            self.passes_label.setText(why)
            self.passes_label.setVisible(True)
            return
        dialog = CheckDialog(self._day or self._state.last, self)
        if dialog.exec():
            asked = dialog.asked
            dialog.forget()
            self.checkWanted.emit(asked)

    def ask_export(self) -> None:
        """Ask where the passes shown go."""
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export the passes"), "", self.tr("Table (*.csv)"))
        if path:
            self.exportWanted.emit(path if path.lower().endswith(".csv") else f"{path}.csv")

    # --- within -------------------------------------------------------------------------------------------------------

    def _take_over(self) -> None:
        if self._opened is not None:
            self.filterWanted.emit(self._opened.state, self._opened.comparison)

    def _row_of(self, flag: Mapping[str, object]) -> tuple[str, ...]:
        reply = ": ".join(w for w in (_word(flag.get("owner")), _word(flag.get("reply"))) if w)
        state = _word(flag.get("status"))
        return _day(flag.get("raised_at")), _word(flag.get("text")), self.tr(state), reply

    def _tips(self) -> None:
        for button, words in (
            (self.flag_button, self.tr("Say what is doubted; it stands at the figure with its answer.")),
            (self.answer_button, self.tr("For those who may write the store: choose a flag, then give its state, owner and reply.")),
            (self.check_button, self.tr("One officer-day beside the source system, for a purpose that is recorded; also an officer's own data.")),
            (self.notes_button, self.tr("System changes, outages, operations: what people know of the data.")),
        ):  # fmt: skip
            tell_tip(button, words)

    def _connect(self) -> None:
        self.field.returnPressed.connect(self.reopen)
        self.field.textEdited.connect(lambda _text: self.hint.tell(""))
        self.reopen_button.clicked.connect(self.reopen)
        self.filter_button.clicked.connect(self._take_over)
        self.flag_button.clicked.connect(self.ask_flag)
        self.answer_button.clicked.connect(self.ask_answer)
        self.check_button.clicked.connect(self.ask_check)
        self.export_button.clicked.connect(self.ask_export)
        self.notes_button.clicked.connect(self.notesWanted.emit)
        self.flags.itemSelectionChanged.connect(self._enable)

    def _enable(self) -> None:
        self.flag_button.setEnabled(bool(self._reference))
        self.answer_button.setVisible(bool(self._flags) and self._may_answer)
        self.answer_button.setEnabled(bool(self.flags.selectedItems()))

    def _lay_out(self) -> None:
        for label in (self.result, self.passes_label):
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        body = QWidget(self)
        layout, top, below = QVBoxLayout(body), QGridLayout(), QHBoxLayout()
        layout.setContentsMargins(6, 6, 6, 6)
        heading = _heading(self.tr("Figure number or code"), self)
        heading.setBuddy(self.field)
        top.addWidget(heading, 0, 0, 1, 2)
        top.addWidget(self.field, 1, 0)
        top.addWidget(self.reopen_button, 1, 1)
        top.addWidget(self.hint, 2, 0, 1, 2)
        layout.addLayout(top)
        layout.addWidget(self.result)
        layout.addLayout(_row(self.filter_button))
        layout.addWidget(_line(self))
        layout.addWidget(self.flags_label)
        layout.addWidget(self.flags)
        layout.addLayout(_row(self.flag_button, self.answer_button))
        layout.addWidget(_line(self))
        layout.addWidget(_heading(self.tr("Against the source"), self))
        layout.addWidget(self.passes_label)
        layout.addWidget(self.passes)
        for button in (self.check_button, self.export_button):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.notes_button)
        layout.addLayout(below)
        layout.addStretch(1)
        for table in (self.flags, self.passes):
            table.setMinimumHeight(LINES * table.fontMetrics().lineSpacing())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        scrolled = _scrolled(body, self)
        scrolled.setAccessibleName(self.tr("Challenge a figure"))
        whole.addWidget(scrolled)

    def tr(self, text: str) -> str:
        return str(QCoreApplication.translate("ImpactArea", text))


def _heading(words: str, parent: QWidget) -> QLabel:
    label = plain_label(words, parent)
    font = QFont(label.font())
    font.setBold(True)
    label.setFont(font)
    return label


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _scrolled(body: QWidget, parent: QWidget) -> QScrollArea:
    """A page that scrolls where the window is low, so that nothing on it is squeezed."""
    area = QScrollArea(parent)
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for part in (area.viewport(), body):
        part.setAutoFillBackground(False)
    return area


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(moment: object) -> str:
    """A moment as a day."""
    from ...core.filter_state import day_in_words

    return translated(day_in_words(moment.date())) if hasattr(moment, "date") and moment == moment else ""


__all__ = ["ChallengePage"]
