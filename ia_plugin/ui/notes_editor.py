"""Notes on the data, for those who may write the store: what stands, one more, one in the place of another, one taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..core.columns import NOTE_KINDS
from ..core.errors import ImpactAreaError, ParameterError
from ..core.filter_state import period_in_words
from .translated import translated
from .widgets.as_it_is import plain_label
from .widgets.day_edit import day_edit, day_of, set_day
from .widgets.hint import Hint
from .widgets.plain_table import plain_table, put_rows

HEADS = ("Days", "Kind", "Area", "Text")


class NotesEditor(QDialog):
    """Shows the notes that stand, and asks for one.

    Parameters
    ----------
    areas : names of the store's areas by id
    why_not : why this user may write none; "" where they may

    Signals
    -------
    noteAdded : ``kind, first, last, area_id, text``; with ``note_id`` where it takes the place of that one
    noteWithdrawn : id of a note that is taken back
    """

    noteAdded = pyqtSignal(dict)
    noteWithdrawn = pyqtSignal(str)

    def __init__(self, areas: Mapping[str, str], why_not: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Notes on the data"))
        self._areas, self._notes = dict(areas), list[dict[str, object]]()
        self.about = plain_label(
            self.tr("Notes are drawn on every chart. A board and the public see the kind alone. A note is never edited: another takes its place."),
            self,
        )  # fmt: skip
        self.about.setWordWrap(True)
        self.table = plain_table([self.tr(h) for h in HEADS], self.tr("Notes that stand"), (len(HEADS) - 1,), self)
        self.kind_box, self.area_box, self.text = QComboBox(self), QComboBox(self), QPlainTextEdit(self)
        self.first, self.last = day_edit(self.tr("First day"), self), day_edit(self.tr("Last day, included"), self)
        self.until = QCheckBox(self.tr("until"), self)
        self.hint = Hint(self)
        self.add_button = QPushButton(self.tr("Add"), self)
        self.replace_button = QPushButton(self.tr("Put in its place"), self)
        self.withdraw_button = QPushButton(self.tr("Take back"), self)
        self._fill()
        self._lay_out()
        self._connect()
        self._may = not why_not
        if why_not:
            self.hint.tell(translated(why_not))
        self.show_notes([])

    # --- public -------------------------------------------------------------------------------------------------------

    def show_notes(self, notes: list[dict[str, object]]) -> None:
        """The notes that stand: ``note_id, kind, first, last, area_id, text``, days as dates."""
        self._notes = notes
        put_rows(self.table, [self._row_of(note) for note in notes])
        self._enable()

    def done_with(self, words: str) -> None:
        """A note was written: say so, and be ready for the next."""
        self.text.clear()
        self.hint.tell(words)

    def refuse(self, words: str) -> None:
        """A note was not written, and why."""
        self.hint.warn(words)

    @property
    def note(self) -> dict[str, object]:
        """What is typed: ``kind, first, last, area_id, text``."""
        return {
            "kind": str(self.kind_box.currentData()),
            "first": day_of(self.first),
            "last": day_of(self.last) if self.until.isChecked() else None,
            "area_id": self.area_box.currentData() or None,
            "text": " ".join(str(self.text.toPlainText()).split()),
        }

    # --- within -------------------------------------------------------------------------------------------------------

    def _row_of(self, note: Mapping[str, object]) -> tuple[str, ...]:
        area = note.get("area_id")
        first, last = (d if isinstance(d, date) else None for d in (note.get("first"), note.get("last")))
        where = self._areas.get(area, area) if isinstance(area, str) else self.tr("all")
        kind = _word(note.get("kind"))
        return translated(period_in_words(first, last)), self.tr(kind) if kind else "–", where, _word(note.get("text"))

    def _add(self, note_id: str = "") -> None:
        from ..core.disclosure.shown_texts import guarded_text

        note = self.note
        try:
            guarded_text(note["text"], "note")
            if self.until.isChecked() and day_of(self.last) < day_of(self.first):
                raise ParameterError("The note ends before it begins.", "Swap the two days.")
        except ImpactAreaError as error:
            self.refuse(translated(error.sentence))
            return
        self.noteAdded.emit({**note, "note_id": note_id} if note_id else note)

    def _chosen(self) -> str:
        row = self.table.currentRow()
        some = self.table.selectedItems() and 0 <= row < len(self._notes)
        return _word(self._notes[row].get("note_id")) if some else ""

    def _picked(self) -> None:
        """What a note says stands in the form, to be said anew."""
        self._enable()
        row = self.table.currentRow()
        if not self._chosen():
            return
        note = self._notes[row]
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(note.get("kind"))))
        self.area_box.setCurrentIndex(max(0, self.area_box.findData(note.get("area_id"))))
        for edit, name in ((self.first, "first"), (self.last, "last")):
            day = note.get(name) or note.get("first")
            if isinstance(day, date):
                set_day(edit, day)
        self.until.setChecked(note.get("last") != note.get("first"))
        self.text.setPlainText(_word(note.get("text")))

    def _enable(self) -> None:
        for widget in (self.kind_box, self.area_box, self.first, self.until, self.text, self.add_button):
            widget.setEnabled(self._may)
        self.last.setEnabled(self._may and self.until.isChecked())
        for button in (self.replace_button, self.withdraw_button):
            button.setEnabled(self._may and bool(self._chosen()))

    def _fill(self) -> None:
        for kind in NOTE_KINDS:
            self.kind_box.addItem(self.tr(kind), kind)
        self.area_box.addItem(self.tr("all areas"), "")
        for area_id, name in sorted(self._areas.items(), key=lambda pair: pair[1]):
            self.area_box.addItem(name, area_id)
        for edit in (self.first, self.last):
            set_day(edit, date.today())
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(self.tr("What is known, in a sentence; name nobody"))
        self.text.setMaximumHeight(4 * self.text.fontMetrics().lineSpacing())
        for widget, name in ((self.kind_box, self.tr("Kind")), (self.area_box, self.tr("Area")), (self.text, self.tr("Text"))):  # fmt: skip
            widget.setAccessibleName(name)

    def _connect(self) -> None:
        self.until.toggled.connect(lambda _on: self._enable())
        self.add_button.clicked.connect(lambda: self._add())
        self.replace_button.clicked.connect(lambda: self._add(self._chosen()))
        self.withdraw_button.clicked.connect(lambda: self.noteWithdrawn.emit(self._chosen()))
        self.table.itemSelectionChanged.connect(self._picked)

    def _lay_out(self) -> None:
        layout, form, days, buttons = QVBoxLayout(self), QFormLayout(), QHBoxLayout(), QHBoxLayout()
        for widget in (self.first, self.until, self.last):
            days.addWidget(widget)
        days.addStretch(1)
        form.addRow(self.tr("Kind"), self.kind_box)
        form.addRow(self.tr("Days"), days)
        form.addRow(self.tr("Area"), self.area_box)
        form.addRow(self.tr("Text"), self.text)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        close.rejected.connect(self.reject)
        for button in (self.add_button, self.replace_button, self.withdraw_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addLayout(buttons)
        self.resize(520, 520)

    def tr(self, text: str) -> str:
        return str(QCoreApplication.translate("ImpactArea", text))


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


__all__ = ["NotesEditor"]
