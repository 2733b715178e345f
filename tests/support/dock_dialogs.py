"""Every dialog of the dock and every part of it that waits for something to happen, each by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Optional

from qgis.PyQt.QtWidgets import QApplication, QWidget


def each_dialog(parent: QWidget) -> Iterator[tuple[str, QWidget]]:
    """The dialogs that the dock opens, with something in them, as large as they open; and each with what it refuses."""
    from ia_plugin.core.about.card import Card
    from ia_plugin.core.columns import NOTE_KINDS
    from ia_plugin.ui.challenge_dialogs import AnswerDialog, CheckDialog, FlagDialog
    from ia_plugin.ui.filter.shift_editor import ShiftEditor
    from ia_plugin.ui.notes_editor import NotesEditor
    from ia_plugin.ui.purpose import PurposeDialog
    from ia_plugin.ui.widgets.card_dialog import CardDialog

    tr = parent.tr
    flag = {"flag_id": "1", "figure": "IA-1A2B-3C4D", "text": "7", "status": "open", "owner": "", "reply": ""}
    note = {"note_id": "1", "kind": NOTE_KINDS[0], "first": date(2024, 6, 3), "last": date(2024, 6, 4), "text": "7"}
    notes, shifts = NotesEditor({"a": "7"}, "", parent), ShiftEditor(parent)
    notes.show_notes([note])
    shifts.table.setRowCount(1)
    shifts.table.item(0, 0).setText("")
    dialogs = [
        ("purpose and words", PurposeDialog(None, "", parent, tr("7"))),
        ("purpose of the list", PurposeDialog(None, "", parent, tr("7"), in_words=False)),
        ("flag", FlagDialog("7", parent)),
        ("answer", AnswerDialog(flag, parent)),
        ("check", CheckDialog(date(2024, 6, 3), parent)),
        ("notes", notes),
        ("card", CardDialog(Card(owner="7"), parent)),
        ("shifts", shifts),
    ]
    for name, dialog in dialogs:
        dialog.show()
        QApplication.processEvents()
        yield name, dialog
        refuse = getattr(dialog, "add_button", None)
        refuse.click() if refuse is not None else dialog.accept()
        QApplication.processEvents()
        yield f"{name}, refused", dialog
        dialog.hide()
        dialog.deleteLater()


@contextmanager
def asked(monkeypatch: Any) -> Iterator[list[str]]:
    """What Qt's own dialogs are asked to say, while they say nothing and answer no."""
    from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog, QMessageBox

    said: list[str] = []

    def answering(answer: Any) -> Any:
        def instead(_parent: Optional[QWidget], *words: Any, **_more: Any) -> Any:
            for word in words:
                said.extend(word if isinstance(word, list) else [word] if isinstance(word, str) else [])
            return answer

        return staticmethod(instead)

    with monkeypatch.context() as patched:
        patched.setattr("ia_plugin.store.density.density_weeks", lambda _folder: [date(2024, 6, 3)])
        patched.setattr(QInputDialog, "getItem", answering(("", False)))
        patched.setattr(QInputDialog, "getText", answering(("7", True)))
        patched.setattr(QMessageBox, "question", answering(QMessageBox.StandardButton.No))
        patched.setattr(QFileDialog, "getSaveFileName", answering(("", "")))
        patched.setattr(QFileDialog, "getExistingDirectory", answering(""))
        yield said


__all__ = ["asked", "each_dialog"]
