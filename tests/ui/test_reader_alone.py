"""A reader who may read the summary and nothing else, and write nowhere: all aggregates, no individual, and one sentence where more is needed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.support.dock_hour import CHECKED, SQUARE
from tests.support.patience import wait
from tests.support.stores import KEY

pytestmark = [pytest.mark.qgis, pytest.mark.fork]

ALONE, CLOSED, NO_RECORD = "summary alone", "restricted file closed", "restricted file read-only"
WHY = {
    ALONE: "There is no restricted.gpkg beside the summary.",
    CLOSED: "You may not read restricted.gpkg.",
    NO_RECORD: "You may not write to restricted.gpkg, so a look cannot be recorded.",
}
NOBODY = 65534


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    from tests.support.small_store import small_store

    return small_store(tmp_path_factory.mktemp("made"))


@pytest.fixture(params=[ALONE, CLOSED, NO_RECORD])
def store(request, made):
    """(folder, why no look, its material as the keeper reads it); read-only, and the test goes on as a user who is not the superuser."""
    from ia_plugin.store.summary import read_summary

    whole = read_summary(made)
    if sys.platform == "win32":
        pytest.skip("Windows keeps files from being written in another way")
    room = Path(tempfile.mkdtemp(prefix="reader"))
    folder = room / "store"
    folder.mkdir()
    shutil.copy(made / "summary.gpkg", folder / "summary.gpkg")
    os.chmod(folder / "summary.gpkg", 0o444)
    if request.param != ALONE:
        shutil.copy(made / "restricted.gpkg", folder / "restricted.gpkg")
        os.chmod(folder / "restricted.gpkg", 0o000 if request.param == CLOSED else 0o444)
    for path, mode in ((room, 0o777), (folder, 0o555)):
        os.chmod(path, mode)
    root = os.geteuid() == 0
    if root:
        os.setresuid(NOBODY, NOBODY, 0)
    yield folder, WHY[request.param], whole
    if root:
        os.setresuid(0, 0, 0)
    os.chmod(folder, 0o755)
    shutil.rmtree(room)


@pytest.fixture
def dock(dock_of, qgis_new_project, qgis_iface, qgis_canvas, store):
    made = dock_of(qgis_new_project, qgis_canvas, qgis_iface.messageBar(), qgis_canvas.temporalController())
    made.show()
    made.open_store(store[0])
    wait(lambda: made.last_said or (made.controller.figures is not None and not made.controller.worker.busy))
    assert made.last_said == "" and made.controller.figures is not None
    return made


def done(dock, act):
    """What the message bar says of something done."""
    dock.last_said = ""
    act()
    wait(lambda: not dock.controller.worker.busy)
    return dock.last_said


def test_every_page_has_its_aggregates(dock, store, qgis_new_project):
    from ia_plugin.core.material.figures import figures

    own = figures(store[2], dock.bar.state, dock.bar.comparison).table
    assert dock.controller.figures.table.equals(own), "as whoever holds both files sees it"
    for i in range(dock.pages.count()):
        dock.pages.setCurrentIndex(i)
        wait(lambda: not dock.controller.worker.busy)
    assert dock.pages.areas.table.rowCount() == 1 and dock.figures.table.rowCount() >= 14
    assert all(page.chart is not None for page in dock.pages.charts)
    text = dock.store_pages.about.text.toPlainText()
    assert "The method in ten lines" in text and "Beta: not yet checked" in text
    names = {layer.name() for layer in qgis_new_project.mapLayers().values()}
    assert {"Areas", "Crimes"} <= names
    assert os.listdir(store[0]) == [p for p in os.listdir(store[0]) if p in ("summary.gpkg", "restricted.gpkg")]


def test_what_needs_more_says_so_in_one_sentence_and_asks_for_nothing_first(dock, store, monkeypatch):
    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry
    from qgis.PyQt.QtWidgets import QDialog

    why = store[1]
    asked = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: asked.append(type(dialog).__name__) or 0)
    crs = QgsCoordinateReferenceSystem("EPSG:27700")
    square = QgsGeometry.fromWkt(SQUARE)
    for act in (
        lambda: dock.behind.ask_trace("visits"),
        dock.behind.ask_movement,
        dock.line.movement_action.trigger,
        lambda: dock.show_trace("visits", "training"),
        lambda: dock.show_movement("training"),
        lambda: dock.controller.preview_own_area(square, crs),
        lambda: dock.controller.add_own_area(square, crs),
    ):
        assert done(dock, act).startswith(why), act
    page, challenge = dock.store_pages.challenge_page, dock.store_pages.challenge
    page.check_button.click()
    assert page.passes_label.text() == why and page.passes.rowCount() == 0
    challenge._key_of = lambda: KEY
    assert done(dock, lambda: challenge.check(dict(CHECKED))).startswith(why)
    dock.bar.set_state(replace(dock.bar.state, units=("North",)))
    dock.bar.flush()
    wait(lambda: not dock.controller.worker.busy)
    assert not dock.published.look_button.isEnabled() and dock.published.look_button.toolTip() == why
    assert asked == [] and dock.trace.visits.rowCount() == 0 and dock.preview.isHidden()
    assert not dock.controller.overlays.layers("legs", "tracks", "fixes")


def test_what_would_be_written_is_refused_or_left_elsewhere(dock, store, tmp_path_factory, monkeypatch):
    from qgis.PyQt.QtWidgets import QFileDialog

    folder, challenge = store[0], dock.store_pages.challenge
    about = dock.store_pages.about
    assert not about.refresh_button.isEnabled() and about.refresh_button.toolTip()
    assert not about.card_button.isEnabled() and about.card_button.toolTip()
    note = {"kind": "outage", "first": date(2024, 6, 3), "last": None, "area_id": None, "text": "No masts."}
    card = {"owner": "Head of Intelligence", "contact": "Analysis office"}
    assert "You may read this store and not write" in done(dock, lambda: challenge.write_note(note))
    assert "You may read this store and not write" in done(dock, lambda: dock.store_pages.save_card(card))
    flag = {"reference": dock.controller.figures.code, "text": "Two vans were there."}
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: ""))
    assert "The flag was not left: You may read this store and not write" in done(
        dock, lambda: challenge.raise_flag(flag)
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(folder.parent)))
    assert "left as a file" in done(dock, lambda: challenge.raise_flag(flag))
    challenge._users_file = folder.parent / "figures.jsonl"
    dock.figures.copy_table()
    wait(lambda: not dock.controller.worker.busy)
    challenge.reopen(dock.controller.figures.code)
    wait(lambda: not dock.controller.worker.busy)
    assert "is the same as when it was copied" in dock.store_pages.challenge_page.result.text()
    assert set(os.listdir(folder)) <= {"summary.gpkg", "restricted.gpkg"}


def test_a_folder_that_may_not_be_entered_is_said_in_one_sentence(store):
    from ia_plugin.core.errors import StoreError
    from ia_plugin.store.summary import summary_path

    if store[1] != WHY[ALONE]:
        pytest.skip("one store will do")
    os.mkdir(closed := store[0].parent / "closed")
    os.chmod(closed, 0o000)
    with pytest.raises(StoreError, match="You may not read the folder .* Ask who keeps the store"):
        summary_path(closed / "store")
