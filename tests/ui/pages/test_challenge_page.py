"""The page of doubts, its dialogs and the editor of notes, each alone: what they ask, refuse in place and pass on."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from ia_plugin.core.answers.reopen import Reopened
from ia_plugin.core.figure_code import FigureCode
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.params import CHECK_PURPOSES
from tests.support.signals import Ear

pytestmark = pytest.mark.qgis

WEEK = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 9))
NUMBER = "IA-1A2B-3C4D"
FLAG = {"flag_id": "a" * 32, "figure": NUMBER, "text": "Two vans were there all night.", "raised_at": pd.Timestamp("2024-06-04T10:00Z"),
        "status": "open", "owner": None, "reply": None}  # fmt: skip


@pytest.fixture
def page(qgis_app):
    from ia_plugin.ui.pages.challenge_page import ChallengePage

    made = ChallengePage()
    made.resize(520, 600)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def closed_with(monkeypatch, dialog_class, fill):
    """The next dialog of a class is filled and accepted; whether it closed."""
    closed = []

    def shown(dialog):
        fill(dialog)
        dialog.accept()
        closed.append(bool(dialog.result()))
        return dialog.result()

    monkeypatch.setattr(dialog_class, "exec", shown)
    return closed


def test_a_number_or_a_code_is_asked_for_and_anything_else_refused_in_place(page):
    heard = Ear(page.reopenWanted)
    page.field.setText("41 h")
    page.reopen_button.click()
    assert heard.heard == [] and "neither the number" in page.hint.text() and page.hint.isVisible()
    for text in ("ia 1a2b 3c4d", f"copied answer, code {FigureCode(WEEK, NUMBER).text()}"):
        page.field.setText(text)
        page.field.returnPressed.emit()
        assert heard.heard[-1] == text and not page.hint.isVisible()
    page.field.setText(FigureCode(WEEK, NUMBER).text()[:-3])
    page.reopen()
    assert len(heard.heard) == 2 and "Copy it again" in page.hint.text()


def test_a_figure_opened_again_is_read_and_taken_over(page):
    heard = []
    page.filterWanted.connect(lambda state, comparison: heard.append((state, comparison)))
    found = Reopened(NUMBER, WEEK, False, "Figure X is not the same.", ("Officer-hours: was 41 h, now 43 h.",), ("212 late fixes.",), "year")  # fmt: skip
    page.show_reopened(found)
    assert page.result.text().split("\n") == found.sentences()
    page.filter_button.click()
    assert heard == [(WEEK, "year")]
    page.show_figure("IA-FFFF-FFFF", WEEK)  # its own filter is on the screen now, on today's data
    assert page.result.text().split("\n") == found.sentences() and page.filter_button.isVisible()
    page.show_figure("IA-0000-0000", FilterState())
    assert "IA-0000-0000 is on the screen" in page.result.text() and not page.filter_button.isVisible()


def test_text_of_others_is_shown_as_it_is(page):
    page.show_flags([{**FLAG, "text": "<b>bold</b> & co"}])
    assert page.flags.item(0, 1).text() == "<b>bold</b> & co" and "&lt;b&gt;" in page.flags.item(0, 1).toolTip()


def test_flags_are_listed_with_their_answer_and_answered_by_who_may_write(page, monkeypatch):
    from ia_plugin.ui.challenge_dialogs import AnswerDialog

    page.show_flags([FLAG, {**FLAG, "flag_id": "b" * 32, "status": "fault", "owner": "Data quality lead", "reply": "A file was missing."}])  # fmt: skip
    assert [page.flags.item(1, k).text() for k in range(4)] == ["4 Jun 2024", FLAG["text"], "fault", "Data quality lead: A file was missing."]  # fmt: skip
    assert not page.answer_button.isVisible()
    page.show_flags([FLAG], may_answer=True)
    assert page.answer_button.isVisible() and not page.answer_button.isEnabled()
    page.flags.selectRow(0)
    heard = Ear(page.flagAnswered)

    def close_it(dialog):
        dialog.state_box.setCurrentIndex(dialog.state_box.findData("fault"))
        dialog.owner_box.setEditText(" Data quality lead ")
        dialog.text.setPlainText("A file\nwas missing.")

    assert closed_with(monkeypatch, AnswerDialog, close_it) is not None
    page.answer_button.click()
    assert heard.heard == [{"flag_id": "a" * 32, "status": "fault", "owner": "Data quality lead", "reply": "A file was missing."}]  # fmt: skip


@pytest.mark.parametrize(
    "text, right", [("Two vans were there.", True), ("PC Thornwick was there", False), ("  ", False)]
)
def test_a_flag_that_names_a_person_keeps_the_dialog_open(page, monkeypatch, text, right):
    from ia_plugin.ui.challenge_dialogs import FlagDialog

    page.show_figure(NUMBER, WEEK, FigureCode(WEEK, NUMBER).text())
    heard = Ear(page.flagRaised)
    said = []
    closed = closed_with(monkeypatch, FlagDialog, lambda d: (d.text.setPlainText(text), said.append(d)))
    page.flag_button.click()
    assert closed == [right]
    assert heard.heard == ([{"reference": FigureCode(WEEK, NUMBER).text(), "text": text}] if right else [])
    assert right or said[0].hint.text()


def test_without_a_figure_there_is_nothing_to_flag(page):
    page.show_figure("")
    assert not page.flag_button.isEnabled() and page.flags_label.text() == "No flag at this figure."


def filled(number="4512", purpose=CHECK_PURPOSES[0], reason="Complaint of 3 July"):
    def fill(dialog):
        dialog.number.setText(number)
        dialog.purpose_box.setCurrentIndex(max(0, dialog.purpose_box.findData(purpose)))
        dialog.reason.setText(reason)

    return fill


def test_a_check_asks_for_number_day_purpose_and_reason_and_keeps_no_number(page, monkeypatch):
    from ia_plugin.ui.challenge_dialogs import CheckDialog

    page.show_figure(NUMBER, WEEK)
    heard, dialogs = Ear(page.checkWanted), []
    fill = filled()
    closed_with(monkeypatch, CheckDialog, lambda d: (fill(d), dialogs.append(d)))
    page.check_button.click()
    assert heard.heard == [{"collar_number": "4512", "day": date(2024, 6, 9), "purpose": CHECK_PURPOSES[0], "reason": "Complaint of 3 July"}]  # fmt: skip
    assert dialogs[0].number.text() == ""


@pytest.mark.parametrize(
    "change", [{"number": " "}, {"purpose": ""}, {"purpose": "individual performance"}, {"reason": ""}, {"reason": "nights of 4512"}, {"reason": "Sgt Thornwick"}],
)  # fmt: skip
def test_a_check_without_all_of_it_stays_open_and_no_purpose_is_preselected(page, monkeypatch, change):
    from ia_plugin.ui.challenge_dialogs import CheckDialog

    heard = Ear(page.checkWanted)
    assert CheckDialog().asked["purpose"] == ""
    closed = closed_with(monkeypatch, CheckDialog, filled(**change))
    page.check_button.click()
    assert closed == [False] and heard.heard == []


def test_passes_are_shown_and_gone_before_the_next_look(page, monkeypatch):
    from ia_plugin.ui.challenge_dialogs import CheckDialog

    passes = {"time": ["03 Jun 20:02:00"], "area": ["Aston"], "source": ["radios.csv, line 3"]}
    page.show_passes(passes, date(2024, 6, 3), "1 report.")
    assert page.passes.rowCount() == 1 and page.export_button.isVisible() and page.passes.isVisible()
    monkeypatch.setattr(CheckDialog, "exec", lambda _dialog: 0)
    page.check_button.click()
    assert page.passes.rowCount() == 0 and not page.export_button.isVisible() and not page.passes.isVisible()


def test_all_controls_are_reached_by_keyboard_and_named(page):
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QAbstractButton, QLineEdit, QTableWidget

    for kind in (QAbstractButton, QLineEdit, QTableWidget):
        for widget in (w for w in page.findChildren(kind) if w.parent() is not page.field and not isinstance(w.parent(), QTableWidget)):  # fmt: skip
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert widget.accessibleName() or getattr(widget, "text", str)()


# --- notes ------------------------------------------------------------------------------------------------------------

NOTES = [
    {"note_id": "1", "kind": "outage", "first": date(2024, 6, 3), "last": date(2024, 6, 4), "area_id": "a", "text": "No masts."},
    {"note_id": "2", "kind": "system change", "first": date(2024, 4, 1), "last": date(2024, 4, 1), "area_id": None, "text": "New system."},
]  # fmt: skip


@pytest.fixture
def editor(qgis_app):
    from ia_plugin.ui.notes_editor import NotesEditor

    made = NotesEditor({"b": "Lozells", "a": "Aston"})
    made.show_notes(NOTES)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_notes_are_listed_and_one_is_added(editor):
    rows = [[editor.table.item(i, k).text() for k in range(4)] for i in range(2)]
    assert rows == [
        ["3–4 Jun 2024", "outage", "Aston", "No masts."],
        ["1 Apr 2024", "system change", "all", "New system."],
    ]
    heard = Ear(editor.noteAdded)
    editor.kind_box.setCurrentIndex(editor.kind_box.findData("operation"))
    editor.area_box.setCurrentIndex(editor.area_box.findData("b"))
    editor.text.setPlainText("Operation\nin the north.")
    editor.add_button.click()
    (note,) = heard.heard
    assert note == {"kind": "operation", "first": date.today(), "last": None, "area_id": "b", "text": "Operation in the north."}  # fmt: skip


def test_a_note_chosen_is_said_anew_in_its_place_or_taken_back(editor):
    added, gone = Ear(editor.noteAdded), Ear(editor.noteWithdrawn)
    assert not editor.replace_button.isEnabled() and not editor.withdraw_button.isEnabled()
    editor.table.selectRow(0)
    assert editor.note == {k: NOTES[0][k] for k in ("kind", "first", "last", "area_id", "text")}
    editor.text.setPlainText("No masts in the north.")
    editor.replace_button.click()
    assert added.heard[0]["note_id"] == "1" and added.heard[0]["text"] == "No masts in the north."
    editor.withdraw_button.click()
    assert gone.heard == ["1"]


@pytest.mark.parametrize("text", ["", "PC Thornwick off sick", "x" * 501])
def test_a_note_that_may_not_stand_is_refused_in_place(editor, text):
    heard = Ear(editor.noteAdded)
    editor.text.setPlainText(text)
    editor.add_button.click()
    assert heard.heard == [] and editor.hint.isVisible()


def test_days_the_wrong_way_round_are_refused(editor):
    from ia_plugin.ui.widgets.day_edit import set_day

    editor.table.selectRow(0)
    set_day(editor.last, date(2024, 6, 1))
    heard = Ear(editor.noteAdded)
    editor.add_button.click()
    assert heard.heard == [] and "Swap" in editor.hint.text()


def test_who_may_not_write_reads_and_is_told_why(qgis_app):
    from ia_plugin.ui.notes_editor import NotesEditor

    editor = NotesEditor({"a": "Aston"}, "You may read this store and not write summary.gpkg.")
    editor.show_notes(NOTES)
    editor.table.selectRow(0)
    assert "not write" in editor.hint.text()
    buttons = (editor.add_button, editor.replace_button, editor.withdraw_button)
    assert not any(b.isEnabled() for b in buttons) and not editor.text.isEnabled()
    editor.deleteLater()
