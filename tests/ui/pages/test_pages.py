"""The pages of figures and of what is behind them, each alone, as they are filled and read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from tests.support.one_week import WEEK, week_material
from tests.support.signals import Ear

pytestmark = pytest.mark.qgis


def cells(table: Any) -> list[list[str]]:
    return [[table.item(i, k).text() for k in range(table.columnCount())] for i in range(table.rowCount())]


@pytest.fixture(scope="module")
def material():
    return week_material()


@pytest.fixture
def figures(material):
    from ia_plugin.core.material.figures import figures

    return figures(material, WEEK, "none")


@pytest.fixture
def page(qgis_app):
    from ia_plugin.ui.pages.figures_page import FiguresPage

    made = FiguresPage()
    made.resize(380, 640)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_figures_stand_in_the_table_aligned_right(page, figures, material) -> None:
    from qgis.PyQt.QtCore import Qt

    page.show_figures(figures, material.names(), "9 Jun 2024 12:00")
    # two units, 1800 and 5400 officer-seconds in each hour of the week: 2 h × 168, on 0.81 km²
    assert cells(page.table)[1][:2] == ["Officer-hours\n    per km²", "336 h\n415"]
    first, here = (page.table.item(1, k).data(Qt.ItemDataRole.TextAlignmentRole) for k in (0, 1))
    # Qt 5 gives the number back, Qt 6 the enum, which is one
    top = Qt.AlignmentFlag.AlignTop
    assert first in (33, Qt.AlignmentFlag.AlignLeft | top) and here in (34, Qt.AlignmentFlag.AlignRight | top)
    assert page.chosen == "officer_hours" and page.trace_button.isEnabled()


def test_no_figures_no_buttons(page, figures, material) -> None:
    page.show_figures(figures, material.names())
    page.show_nothing("Nothing here.")
    assert page.headline.text() == "Nothing here." and cells(page.table) == [] and page.chosen == ""
    assert not any(b.isEnabled() for b in (page.copy_table_button, page.copy_answer_button, page.trace_button))


def test_the_row_chosen_stays_chosen_and_is_asked_for(page, figures, material) -> None:
    ear = Ear(page.traceWanted)
    page.show_figures(figures, material.names())
    page.table.setCurrentCell(0, 0)
    page.show_figures(replace(figures, number="other"), material.names())
    page.trace_button.click()
    assert ear.heard == ["share"]


@pytest.fixture
def trace(qgis_app):
    from ia_plugin.ui.pages.trace_page import TracePage

    made = TracePage()
    made.show()
    yield made
    made.close()
    made.deleteLater()


VISITS = pd.DataFrame(
    {
        "visit_id": [7, 8],
        "area_id": ["A", "B"],
        "officer_day": ["0123456789abcdef", "fedcba9876543210"],
        "enter": pd.to_datetime(["2024-06-03T08:00Z", "2024-06-03T09:30Z"]),
        "leave": pd.to_datetime(["2024-06-03T08:10Z", "2024-06-03T10:00Z"]),
        "seconds": [600.0, 1500.0],
        "seconds_sd": [float("nan"), 60.0],
    }
)
FIXES = pd.DataFrame(
    {"time": pd.to_datetime(["2024-06-03T08:00:05Z"]), "x": [400_000.4], "y": [280_000.0], "source_ref": ["f:1"]}
)


def test_visits_are_shown_in_civil_time_with_their_range_and_their_fixes(trace) -> None:
    from ia_plugin.store.trace import Trace

    ear = Ear(trace.visitChosen)
    trace.show_trace(Trace(VISITS, 3), {"A": "Aston"}, "Visits, June", "Europe/London")
    assert trace.title.text() == "Visits, June\n3 visits, the latest 2 shown"
    assert cells(trace.visits) == [
        ["Aston", "012345678", "03 Jun 09:00", "03 Jun 09:10", "10"],
        ["B", "fedcba987", "03 Jun 10:30", "03 Jun 11:00", "25 (23–27)"],
    ]
    assert ear.heard == []
    trace.visits.setCurrentCell(1, 0)
    assert ear.heard == [8]
    trace.show_behind(None, FIXES)
    assert cells(trace.fixes) == [["03 Jun 09:00:05", "400,000", "280,000", "f:1"]]
    assert trace.map_button.isEnabled()
    trace.clear()
    assert cells(trace.visits) == cells(trace.fixes) == [] and not trace.map_button.isEnabled()


def test_each_label_stands_beside_its_own_figure(page, figures):
    """A label that wraps would push what follows beside another line's figure: the columns never wrap, however narrow."""
    for width in (330, 380, 900):
        page.resize(width, 640)
        page.show_figures(figures, {})
        table = page.table
        assert not table.wordWrap()
        assert table.columnWidth(0) >= table.sizeHintForColumn(0)
        assert len({tuple(len(c.split("\n")) for c in row[:2]) for row in cells(table)} - {(1, 1), (2, 2), (3, 3)}) == 0


def test_what_is_said_over_the_page_is_not_said_again(page, figures):
    note = figures.notes[0]
    page.show_figures(figures, {}, refused=note)
    assert "not told for this filter" in page.headline.text() and note not in page.notes.text()
    page.show_figures(figures, {})
    assert note in page.notes.text()
