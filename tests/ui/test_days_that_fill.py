"""Days that are still filling, in the dock: where its period ends, what it says beside it, and what its pages draw."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.patience import wait

pytestmark = pytest.mark.qgis

FILLING = "days after 28 Jun 2024 are still filling (95 % are recorded within 2 days)"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    from tests.support.late_store import late_store

    return late_store(tmp_path_factory.mktemp("late"))


def test_the_default_period_ends_on_the_last_complete_day(dock):
    latest = date(2024, 6, 28)
    assert (dock.bar.state.first, dock.bar.state.last) == (latest, latest), "officers' time begins on that day here"
    assert "Later days are still filling." in dock.bar.periodChoice.kind_box.toolTip()
    assert not any("still filling" in n for n in dock.controller.figures.notes)


def test_days_after_it_are_shown_and_said(dock):
    """Tile, notes, the page of areas, and the weeks of an area."""
    from dataclasses import replace

    state = replace(dock.bar.state, last=date(2024, 6, 30), first=date(2024, 6, 17))
    dock.bar.set_state(state)
    dock.bar.flush()
    wait(lambda: not dock.controller.worker.busy and dock.controller.figures.state == state)
    assert f"Crimes: {FILLING}." in dock.controller.figures.notes
    (tile,) = [t for t in dock.controller.overview.tiles if t.key == "events"]
    assert f"crimes, earlier: not compared: {FILLING}" in tile.details
    found = []
    dock.controller.area_rows("crimes", found.append)
    wait(lambda: found)
    assert found[0].filling[-1] and not any(found[0].filling[:-1])


def test_the_weeks_of_areas_say_what_they_leave_out(qgis_app):
    """A screen reader hears the weeks that are complete; those that fill are counted, and drawn dotted."""
    from ia_plugin.core.dashboard.area_rows import area_rows
    from ia_plugin.ui.pages.areas_page import WEEKS, AreasPage
    from tests.support.late_records import JUNE, events_of, material_of

    page = AreasPage()
    rows = area_rows(material_of(events_of(61)), JUNE, "crimes")
    page.show_rows(rows)
    assert page.table.item(0, WEEKS).text() == "weeks from 70 to 70; still filling and left out: 1"
    assert page.caption.text().endswith("dotted: still filling")
    plain = area_rows(material_of(events_of(61)), JUNE)
    page.show_rows(plain)
    assert "filling" not in page.table.item(0, WEEKS).text() + page.caption.text()
    page.deleteLater()
