"""Doubts on a real store: a copied figure opened again after late data, a flag and its answer, a check, a note; for readers too."""

from __future__ import annotations

import os
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from ia_plugin.core.errors import PrivacyError, StoreError
from ia_plugin.core.filter_state import FilterState
from ia_plugin.core.params import CHECK_PURPOSES
from ia_plugin.store import ledger
from tests.support.signals import Ear
from tests.support.stores import KEY, bring_up_to_date, copy_of, extract, store_of_one_extract

pytestmark = pytest.mark.qgis

DAY = FilterState(first=date(2024, 6, 3), last=date(2024, 6, 3))
ASKED = {"collar_number": "100", "day": date(2024, 6, 3), "purpose": CHECK_PURPOSES[0], "reason": "Complaint of 3 July"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return store_of_one_extract(tmp_path_factory.mktemp("challenge"), fixes=40)


@pytest.fixture
def store(made, tmp_path):
    return copy_of(made, tmp_path / "s")


class Door:
    """A page and what stands behind it, with work done at once; `said` is what the message bar said."""

    def __init__(self, folder, users_file, key_of=lambda: KEY):
        from ia_plugin.ui.challenge import Challenge
        from ia_plugin.ui.pages.challenge_page import ChallengePage

        worker = SimpleNamespace(begin=lambda _name, _title, job, done: done(job(lambda _share: None)), drop=lambda _name: None)  # fmt: skip
        self.controller = SimpleNamespace(folder=folder, material=None, worker=worker, names=lambda: {"a": "Aston"})
        self.page, self.said = ChallengePage(), []
        self.challenge = Challenge(self.controller, self.page, lambda words, warns: self.said.append((words, warns)), key_of, users_file)  # fmt: skip
        self.read()

    def read(self):
        from ia_plugin.core.material.figures import figures
        from ia_plugin.store.summary import read_summary

        self.controller.material = read_summary(self.controller.folder)
        self.figures = figures(self.controller.material, DAY, "none")
        self.challenge.figures_shown(self.figures)

    def asks(self, text):
        self.page.field.setText(text)
        self.page.reopen_button.click()
        return self.page.result.text()


@pytest.fixture
def door(store, tmp_path, qgis_app):
    made = Door(store, tmp_path / "figures.jsonl")
    yield made
    made.page.deleteLater()


def test_a_copied_figure_is_the_same_until_late_data_come_in(door, store, tmp_path):
    from ia_plugin.core.answers.figure_words import as_answer

    door.challenge.copied(door.figures, door.controller.material)
    copied, number = as_answer(door.figures), door.figures.number
    assert f"Figure {number} is the same as when it was copied on" in door.asks(number) == door.asks(copied)
    (tmp_path / "late").mkdir()
    path = extract(tmp_path / "late" / "late.csv", officers=2, fixes=30, seed=9)
    table = pd.read_csv(path)
    table.assign(Collar=table["Collar"] + 500).to_csv(path, index=False)
    bring_up_to_date(store, tmp_path / "late")
    door.read()
    said = door.asks(copied)
    assert f"Figure {number} is not the same" in said and "Officer-hours: was " in said and ", now " in said
    wanted = Ear(door.page.filterWanted)
    door.page.filter_button.click()
    assert wanted.heard == [DAY]


def test_a_number_that_nobody_copied_is_refused_and_its_code_opens_it(door):
    assert "is on the screen" in door.asks("IA-0000-0000") and "in no register" in door.page.hint.text()
    assert "in no register here, so what it was cannot be compared" in door.asks(door.figures.code)


def test_a_code_of_another_store_is_refused(door):
    from ia_plugin.core.figure_code import FigureCode

    door.asks(FigureCode(FilterState(areas=("elsewhere",)), "IA-0000-0000").text())
    assert "areas that the store does not know" in door.page.hint.text() and "elsewhere" not in door.page.hint.text()


def test_a_figure_of_restricted_cells_is_kept_nowhere(door, tmp_path):
    from dataclasses import replace

    door.challenge.copied(replace(door.figures, purpose="training"), door.controller.material)
    assert not (tmp_path / "figures.jsonl").exists()


def test_a_flag_is_raised_shown_at_its_figure_and_answered(door):
    heard = Ear(door.challenge.flagsShown)
    door.page.flagRaised.emit({"reference": door.figures.code, "text": "Two vans were there."})
    assert (
        heard.heard == [1]
        and door.said == [("The flag stands at the figure.", False)]
        and door.page.flags.rowCount() == 1
    )
    mark = door.page._flags[0]["flag_id"]
    door.page.flagAnswered.emit({"flag_id": mark, "status": "fault", "owner": "Data quality lead", "reply": "A file was missing."})  # fmt: skip
    assert [door.page.flags.item(0, k).text() for k in (2, 3)] == ["fault", "Data quality lead: A file was missing."]
    door.page.flagAnswered.emit({"flag_id": mark, "status": "no fault", "owner": "", "reply": "It is right."})
    assert "superseded by somebody else" in door.said[-1][0] and door.said[-1][1]


def test_a_reader_leaves_a_file_in_the_drop_folder_or_in_one_they_choose(door, store, tmp_path, monkeypatch):
    from ia_plugin.ui import challenge

    monkeypatch.setattr(ledger.os, "access", lambda _path, mode: mode == os.R_OK)
    monkeypatch.setattr(challenge.QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    door.page.flagRaised.emit({"reference": door.figures.number, "text": "Two vans were there."})
    assert len(list(tmp_path.glob("flag_*.json"))) == 1
    (store / "flags").mkdir()
    door.page.flagRaised.emit({"reference": door.figures.number, "text": "Two vans were there."})
    assert len(list((store / "flags").glob("flag_*.json"))) == 1
    assert {words for words, _ in door.said} == {"The flag was left as a file; the next refresh takes it in."}


def test_one_officer_day_is_shown_with_its_source_and_exported(door, tmp_path):
    door.page.checkWanted.emit(ASKED)
    assert door.page.passes.rowCount() > 3 and door.page.passes.item(0, 2).text().startswith("0.csv, line ")
    assert "the look is recorded" in door.page.passes_label.text()
    door.page.exportWanted.emit(str(tmp_path / "check.csv"))
    assert (tmp_path / "check.csv").read_text(encoding="utf-8-sig").startswith("OFFICIAL-SENSITIVE")
    assert door.said == [("The passes were written to check.csv.", False)]
    door.challenge.clear()
    assert door.page.passes.rowCount() == 0
    door.page.checkWanted.emit({**ASKED, "collar_number": "9999"})
    assert "No passes of this number" in door.page.passes_label.text()


def test_without_a_key_or_a_record_nothing_is_shown(door, store, tmp_path, monkeypatch):
    def no_key():
        raise PrivacyError("No key of pseudonyms was found.")

    other = Door(store, tmp_path / "u.jsonl", no_key)
    other.page.checkWanted.emit(ASKED)
    assert other.said == [("No key of pseudonyms was found.", True)] and other.page.passes.rowCount() == 0
    from ia_plugin.store import check_one

    door.page.checkWanted.emit(ASKED)
    monkeypatch.setattr(check_one, "add_run", lambda *_args: (_ for _ in ()).throw(StoreError("The disk is full.")))
    door.page.checkWanted.emit(ASKED)
    assert door.page.passes.rowCount() == 0 and door.said[-1] == ("The disk is full.", True)


def test_notes_are_written_superseded_and_taken_back_in_the_editor(door, monkeypatch):
    from ia_plugin.ui.notes_editor import NotesEditor

    changed = []
    door.challenge.notesChanged.connect(lambda: changed.append(1))
    seen = []

    def work(editor):
        editor.text.setPlainText("New control room.")
        editor.add_button.click()
        seen.append((editor.table.rowCount(), editor.hint.text()))
        editor.table.selectRow(0)
        editor.text.setPlainText("New control room system.")
        editor.replace_button.click()
        seen.append(editor.table.item(0, 3).text())
        editor.table.selectRow(0)
        editor.withdraw_button.click()
        seen.append(editor.table.rowCount())

    monkeypatch.setattr(NotesEditor, "exec", work)
    door.page.notes_button.click()
    assert seen == [(1, "The note was written."), "New control room system.", 0] and len(changed) == 3
