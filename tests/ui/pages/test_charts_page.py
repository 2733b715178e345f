"""The charts page, driven as a user drives it: boxes, clicks, keys, pictures."""

from __future__ import annotations

import builtins
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ia_plugin.core.charts.choice import CHARTS, Choice, prepare
from ia_plugin.core.material.summary_tables import Material
from tests.support.long import long_after
from tests.support.one_week import WEEK, week_material
from tests.support.signals import Ear

pytestmark = pytest.mark.qgis


@pytest.fixture(scope="module")
def material() -> Material:
    return week_material()


@pytest.fixture
def page(qgis_app):
    from ia_plugin.ui.pages.charts_page import ChartsPage

    made = ChartsPage()
    made.resize(380, 640)
    made.show()
    made.activateWindow()
    qgis_app.processEvents()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def shown(page, material, qgis_app):
    page.show_material(material, WEEK)
    settle(page)
    return page


def settle(page) -> None:
    """Let the layout come to rest, and draw."""
    from qgis.PyQt.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents()
    page.view.redraw()
    page.view.canvas.draw()


def data_axes(page) -> list[Any]:
    return [a for a in page.view.figure.axes if a.get_gid() == "data"]


def click(page, x: float, y: float, axes: int = 0, button: Any = None) -> None:
    """Click on a point of the data, as the mouse would."""
    from qgis.PyQt.QtCore import QPoint, Qt
    from qgis.PyQt.QtTest import QTest

    canvas = page.view.canvas
    left, up = data_axes(page)[axes].transData.transform((x, y)) / canvas.device_pixel_ratio
    QTest.mouseClick(
        canvas,
        button or Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(int(left), int(canvas.height() - up)),
    )


def press(page, *keys: str) -> None:
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    for key in keys:
        QTest.keyClick(page.view.canvas, getattr(Qt.Key, f"Key_{key}"))


# --- clicking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("axes", [0, 1])
def test_a_cell_of_the_week_sets_weekday_and_hour(shown, axes) -> None:
    ear = Ear(shown.filterWanted)
    click(shown, 23.5, 4.5, axes)
    assert ear.heard == [replace(WEEK, weekdays=(4,), hour_from=23, hour_to=24)]


def test_a_day_of_the_series_sets_the_period(shown) -> None:
    from matplotlib.dates import date2num

    shown.set_choice(Choice("series", "crimes"))
    settle(shown)
    ear = Ear(shown.filterWanted)
    click(shown, date2num(date(2024, 6, 5)) + 0.3, 5)
    assert ear.heard == [replace(WEEK, first=date(2024, 6, 5), last=date(2024, 6, 5))]


@pytest.mark.parametrize("kind, row, change", [("unit", 1, {"units": ("South",)}), ("resource_type", 0, None)])
def test_a_bar_sets_its_group_if_there_is_one(shown, kind, row, change) -> None:
    shown.set_choice(Choice(kind))
    settle(shown)
    ear = Ear(shown.filterWanted)
    click(shown, 1.0, row)
    # Nobody says how many officers stand behind the resource: it is "other".
    assert ear.heard == ([replace(WEEK, **change)] if change else [])


def test_other_clicks_and_what_is_chosen_already_ask_for_nothing(shown, material) -> None:
    from qgis.PyQt.QtCore import Qt

    ear = Ear(shown.filterWanted)
    click(shown, 3.5, 3.5, button=Qt.MouseButton.RightButton)
    click(shown, -2.0, 3.5)
    shown.show_material(material, replace(WEEK, weekdays=(3,), hour_from=3, hour_to=4))
    settle(shown)
    click(shown, 3.5, 3.5)
    click(shown, 8.5, 3.5)
    assert ear.heard == []


def test_the_mouse_is_told_what_lies_under_it(shown) -> None:
    from matplotlib.backend_bases import MouseEvent

    canvas = shown.view.canvas
    x, y = data_axes(shown)[0].transData.transform((8.5, 0.5))
    canvas.callbacks.process("motion_notify_event", MouseEvent("motion_notify_event", canvas, x, y))
    assert shown.tip.text() == "Mon 08:00–09:00: 2 officer hours, 1 incident"


def test_all_can_be_done_with_keys(shown, qgis_app) -> None:
    ear = Ear(shown.filterWanted)
    shown.view.canvas.setFocus()
    press(shown, "Down", "Down", "Right", "Up")
    assert shown.tip.text().startswith("Tue 01:00")
    assert any(p.get_gid() == "cursor" for a in data_axes(shown) for p in a.patches)
    press(shown, "Return")
    press(shown, *["Left"] * 5, "Space")
    assert [(s.weekdays, s.hour_from) for s in ear.heard] == [((1,), 1), ((1,), 0)]


# --- choosing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", long_after(2, CHARTS))
def test_each_chart_can_be_chosen_and_has_its_boxes(shown, kind) -> None:
    ear = Ear(shown.choiceChanged)
    shown.chartBox.setCurrentIndex(shown.chartBox.findData(kind))
    assert shown.chart is not None and shown.chart.choice == shown.choice and shown.choice.kind == kind
    assert ear.heard == ([] if kind == "week" else [shown.choice])
    assert shown.againstBox.isVisible() == (kind in ("week", "places"))
    assert shown.whatBox.isVisible() == (kind in ("week", "places", "series"))
    assert shown.besideBox.isVisible() == (kind in ("week", "series"))


def test_what_is_compared(shown) -> None:
    shown.againstBox.setCurrentIndex(shown.againstBox.findData("demand"))
    shown.apartBox.setChecked(True)
    assert shown.choice == Choice("week", "presence", "demand", True)
    shown.whatBox.setCurrentIndex(shown.whatBox.findData("searches"))
    assert shown.choice == Choice("week", "searches", "demand") and not shown.apartBox.isVisible()


def test_a_chart_made_elsewhere_is_shown_unless_another_was_chosen(page, material) -> None:
    assert page.show_prepared(prepare(material, WEEK, Choice("week")))
    settle(page)
    assert len(data_axes(page)) == 2
    page.set_choice(Choice("unit"))
    assert not page.show_prepared(prepare(material, WEEK, Choice("week")))
    assert page.show_prepared(prepare(material, WEEK, Choice("unit")))
    assert len(data_axes(page)) == 1


def test_a_page_that_is_not_seen_computes_when_it_is(page, material) -> None:
    page.hide()
    page.show_material(material, WEEK)
    assert page.chart is None
    page.show()
    assert page.chart is not None and page.chart.state == WEEK


def test_many_bars_make_the_paper_higher(shown) -> None:
    chart = prepare(*shown._data, Choice("unit"))
    shown.set_choice(Choice("unit"))
    shown.show_prepared(replace(chart, bars=chart.bars * 40))
    assert shown.view.canvas.minimumHeight() > 1000


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_the_picture_goes_to_the_clipboard(shown, qgis_app) -> None:
    ear = Ear(shown.pictureTaken)
    qgis_app.clipboard().clear()
    assert shown.copy_picture() and ear.heard == ["clipboard"]
    assert qgis_app.clipboard().image().width() > 500


@pytest.mark.parametrize(
    "ending, head",
    [
        ("", b"\x89PNG"),
        ("svg", b"<?xml"),
        pytest.param("pdf", b"%PDF", marks=pytest.mark.long),
        pytest.param("png", b"\x89PNG", marks=pytest.mark.long),
    ],
)
def test_the_picture_is_saved(shown, tmp_path: Path, ending, head) -> None:
    path = tmp_path / (f"chart.{ending}" if ending else "chart")
    assert shown.save_picture(str(path))
    assert (path if ending else tmp_path / "chart.png").read_bytes().startswith(head)


def test_a_picture_that_cannot_be_saved_says_so(shown, tmp_path: Path) -> None:
    assert not shown.save_picture(str(tmp_path / "chart.docx")) and ".png" in shown.hint.text()
    assert not shown.save_picture(str(tmp_path / "nowhere" / "chart.png")) and shown.hint.isVisible()


def test_no_chart_no_picture(page) -> None:
    assert not page.copy_picture() and not page.copyButton.isEnabled()


def test_after_clearing_there_is_none(shown) -> None:
    shown.clear()
    assert not shown.view.isVisible() and not shown.copy_picture()


def test_without_matplotlib_the_page_says_what_is_missing(page, material, monkeypatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *rest, **named)

    page.view.canvas = None
    monkeypatch.setattr(builtins, "__import__", missing)
    page.show_material(material, WEEK)
    assert "matplotlib" in page.hint.text() and page.hint.isVisible() and not page.view.isVisible()


def test_the_canvas_is_of_the_qt_that_qgis_runs_on(shown) -> None:
    from qgis.PyQt.QtWidgets import QWidget

    assert isinstance(shown.view.canvas, QWidget)


# --- for those who do not see it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", long_after(2, CHARTS))
def test_each_chart_has_a_sentence_and_a_table(shown, qgis_app, kind) -> None:
    from ia_plugin.core.charts.chart_table import as_sentence, as_table

    shown.set_choice(Choice(kind))
    settle(shown)
    assert shown.view.canvas.accessibleName() == shown.chart.title
    assert shown.view.canvas.accessibleDescription().startswith(as_sentence(shown.chart))
    ear = Ear(shown.pictureTaken)
    shown.tableButton.click()
    assert qgis_app.clipboard().text() == as_table(shown.chart) and ear.heard == ["clipboard"]


def test_restricted_cells_are_not_copied_as_a_table(shown, qgis_app) -> None:
    qgis_app.clipboard().setText("before")
    shown.show_prepared(replace(shown.chart, restricted=True))
    assert not shown.tableButton.isEnabled() and not shown.copy_table()
    assert qgis_app.clipboard().text() == "before"
