"""The filter bar, driven as a user drives it: each control, by mouse or keys, and what it then tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Optional

import pytest

from ia_plugin.core.errors import ParameterError
from ia_plugin.core.filter_state import GROUPS, SHIFTS, FilterState
from tests.support.signals import Ear

pytestmark = pytest.mark.qgis

LATEST, EARLIEST = date(2024, 5, 30), date(2023, 1, 1)
AREAS = [
    ("C1", "Aston Cross", "comparison"),
    ("I1", "Acocks Green", "impact"),
    ("I2", "Balsall Heath", "impact"),
    ("S1", "Central station", "site"),
]
ODD = ("100% \"odd\" <b>bold</b> & 'co'", "🚓 response", "x" * 200)
UNITS = ("Response A", "Neighbourhood", *ODD)
DATA: dict[str, Any] = {
    "areas": AREAS,
    "units": UNITS,
    "departments": ["Local Policing"],
    "officer_roles": ["Sergeant"],
    "resources": ["response", "armed_response"],
    "modes": ["foot", "vehicle", "unknown"],
    "kinds": ["crime", "incident", "stop_search"],
    "categories": ["robbery", "burglary"],
    "key_types": ["knife"],
    "latest": LATEST,
    "earliest": EARLIEST,
}
FULL = FilterState(
    areas=("I2", "C1"),
    first=date(2024, 2, 3),
    last=date(2024, 2, 20),
    hour_from=18,
    hour_to=3,
    weekdays=(4, 5),
    units=("Neighbourhood", ODD[0]),
    resources=("armed_response",),
    modes=("foot",),
    kinds=("crime", "stop_search"),
    categories=("burglary",),
    key_types=("knife",),
)


@pytest.fixture(autouse=True)
def settings(qgis_app):
    """No saved view, no edited shift, before and after."""
    from qgis.core import QgsSettings

    QgsSettings().remove("impact_area")
    yield
    QgsSettings().remove("impact_area")


@pytest.fixture
def bare(qgis_app):
    """A bar that has not heard of any data, on a window that can be active."""
    from ia_plugin.ui.filter.filter_bar import FilterBar

    bar = FilterBar()
    bar._timer.setInterval(24 * 3_600_000)  # so that `rest` ends the moment before a change is told, and no clock does
    bar.show()
    yield bar
    bar.close()
    bar.deleteLater()


@pytest.fixture
def bar(bare):
    bare.set_choices(**DATA)
    bare.flush()
    return bare


def rest(bar: Any) -> None:
    """The hands rest: what waits to be told is told, if anything waits."""
    if bar._timer.isActive():
        bar._timer.timeout.emit()


def press(widget: Any, *keys: Any) -> None:
    from qgis.PyQt.QtTest import QTest

    for key in keys:
        QTest.keyClick(widget, key)


def pick(box: Any, value: Any) -> None:
    """Choose an entry of a plain combo box by what it stands for."""
    at = [i for i in range(box.count()) if box.itemData(i) == value]
    box.setCurrentIndex(at[0])


def qdate(day: date) -> Any:
    from qgis.PyQt.QtCore import QDate

    return QDate(day.year, day.month, day.day)


def type_days(bar: Any, first: Optional[date] = None, last: Optional[date] = None) -> None:
    if first:
        bar.periodChoice.first_edit.setDate(qdate(first))
    if last:
        bar.periodChoice.last_edit.setDate(qdate(last))


# --- what it starts with ----------------------------------------------------------------------------------------------


def test_it_starts_with_all_impact_areas_and_the_last_four_whole_weeks(bar) -> None:
    assert bar.state == FilterState(first=date(2024, 4, 29), last=date(2024, 5, 26)), "weeks of Monday to Sunday"
    assert bar.comparison == "before"
    assert bar.summary.text() == f"Showing {bar.state.in_words()}"
    assert bar.comparedHint.text() == "Compared with 1–28 Apr 2024"
    assert not bar.undoButton.isEnabled() and not bar.redoButton.isEnabled()


def test_without_data_it_says_why_and_is_disabled(bare) -> None:
    for widget in (bare.areaChoice.box, bare.periodChoice.kind_box, bare.compareBox, bare.unitChoice, bare.kindChoice):
        assert not widget.isEnabled() and widget.toolTip()
    assert not bare.hourChoice.isEnabled() and bare.hourChoice.toolTip()
    assert not bare.dayButtons.isEnabled() and bare.dayButtons.toolTip()
    assert bare.comparison == "none" and "no data" in bare.summary.text()
    bare.areaChoice.step(1)
    bare.reset()
    bare.flush()
    assert bare.state == FilterState()


def test_columns_without_values_are_disabled_alone(bare) -> None:
    bare.set_choices(**{**DATA, "units": [], "key_types": []})
    assert not bare.unitChoice.isEnabled() and not bare.keyTypeChoice.isEnabled()
    assert bare.modeChoice.isEnabled() and bare.periodChoice.kind_box.isEnabled()


# --- one state, one signal --------------------------------------------------------------------------------------------


def test_a_state_goes_in_and_comes_out(bar) -> None:
    bar.set_state(FULL)
    assert bar.state == FULL
    bar.areaChoice.box.toggle("I1")  # the other controls must read as they were set
    assert bar.state == replace(FULL, areas=("I1", "I2", "C1"))


@pytest.mark.parametrize(
    "state",
    [
        FilterState(),
        FilterState(first=date(2024, 1, 1)),
        FilterState(last=date(2024, 1, 1)),
        FilterState(first=date(1990, 1, 1), last=date(2030, 1, 1), timezone="Europe/Paris"),
        FilterState(hour_from=23, hour_to=24, weekdays=(6,)),
    ],
)
def test_a_state_at_the_edge_survives_the_change_of_another_control(bar, state: FilterState) -> None:
    bar.set_state(state)
    assert bar.state == state
    bar.unitChoice.toggle("Response A")
    assert bar.state == replace(state, units=("Response A",))


def test_many_changes_make_one_signal(bar) -> None:
    ear = Ear(bar.changed)
    bar.areaChoice.step(1)
    bar.dayButtons.buttons[4].click()
    bar.modeChoice.toggle("foot")
    assert ear.heard == []
    rest(bar)
    assert ear.heard == [bar.state]
    assert (bar.state.areas, bar.state.weekdays, bar.state.modes) == (("I1",), (4,), ("foot",))


def test_in_a_moment_a_change_tells_itself(bar) -> None:
    from qgis.PyQt.QtTest import QSignalSpy

    from ia_plugin.ui.filter.filter_bar import DEBOUNCE_MS

    bar._timer.setInterval(DEBOUNCE_MS)
    ear, spy = Ear(bar.changed), QSignalSpy(bar.changed)
    bar.modeChoice.toggle("foot")
    assert spy.wait(60_000) and ear.heard == [bar.state]
    assert not bar._timer.isActive(), "and once is enough"


def test_a_change_taken_back_at_once_is_not_told(bar) -> None:
    ear = Ear(bar.changed)
    bar.modeChoice.toggle("foot")
    bar.modeChoice.toggle("foot")
    rest(bar)
    assert ear.heard == []


def test_flush_and_enter_tell_at_once(bar) -> None:
    from qgis.PyQt.QtCore import Qt

    ear = Ear(bar.changed)
    bar.modeChoice.toggle("foot")
    bar.flush()
    bar.modeChoice.toggle("vehicle")
    press(bar.compareBox, Qt.Key.Key_Return)
    rest(bar)
    assert [state.modes for state in ear.heard] == [("foot",), ("foot", "vehicle")]


def test_quietly_set_is_not_told_and_no_step(bar) -> None:
    ear = Ear(bar.changed)
    bar.set_state(FULL, quiet=True)
    rest(bar)
    assert ear.heard == [] and not bar.undoButton.isEnabled()
    bar.set_state(replace(FULL, areas=()))
    rest(bar)
    assert len(ear.heard) == 1


# --- each control -----------------------------------------------------------------------------------------------------


def test_areas_are_grouped_by_role(bar) -> None:
    offered = [(c.value, c.group) for c in bar.areaChoice.box.offered]
    assert offered == [
        ("I1", "Impact Areas"),
        ("I2", "Impact Areas"),
        ("C1", "Comparison areas"),
        ("S1", "Other areas"),
    ]


def test_next_and_previous_go_one_area_at_a_time_and_round(bar) -> None:
    stepped = []
    for _ in range(5):
        bar.areaChoice.next_button.click()
        stepped.append(bar.state.areas)
    assert stepped == [("I1",), ("I2",), ("C1",), ("S1",), ("I1",)]
    bar.areaChoice.previous_button.click()
    assert bar.state.areas == ("S1",)
    bar.areaChoice.box.toggle("I2")
    bar.areaChoice.next_button.click()
    assert bar.state.areas == ("I1",)


def test_two_areas_of_one_name_are_told_apart(bare) -> None:
    bare.set_choices(**{**DATA, "areas": [("1", "Centre", "impact"), ("2", "Centre", "impact")]})
    assert [c.label for c in bare.areaChoice.box.offered] == ["Centre (1)", "Centre (2)"]


def test_zoom_draw_and_selection_are_asked_for(bar) -> None:
    ear = Ear(bar.zoomRequested)
    asked: list[str] = []
    bar.drawRequested.connect(lambda: asked.append("draw"))
    bar.selectionRequested.connect(lambda: asked.append("selection"))
    bar.areaChoice.zoom_button.click()
    bar.areaChoice.step(1)
    bar.areaChoice.zoom_button.click()
    bar.areaChoice.draw_action.trigger()
    bar.areaChoice.selection_action.trigger()
    assert ear.heard == [("I1", "I2"), ("I1",)] and asked == ["draw", "selection"]


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("last28", (date(2024, 5, 3), LATEST)),
        ("last7", (date(2024, 5, 24), LATEST)),
        ("month", (date(2024, 4, 1), date(2024, 4, 30))),
        ("all", (None, None)),
    ],
)
def test_a_period_by_its_name(bar, kind: str, days: tuple[Optional[date], Optional[date]]) -> None:
    pick(bar.periodChoice.kind_box, kind)
    assert (bar.state.first, bar.state.last) == days


def test_days_of_ones_own(bar) -> None:
    type_days(bar, date(2024, 3, 1), date(2024, 3, 9))
    assert (bar.state.first, bar.state.last) == (date(2024, 3, 1), date(2024, 3, 9))
    assert bar.periodChoice.kind == "custom" and not bar.periodChoice.hint.text()


def test_a_reversed_period_is_refused_in_place(bar) -> None:
    before = bar.state
    ear = Ear(bar.changed)
    bar.open_editor("period")
    type_days(bar, first=date(2024, 6, 3))
    assert bar.state == before and "after the last" in bar.periodChoice.hint.text()
    assert bar.periodChoice.hint.isVisible()
    rest(bar)
    assert ear.heard == []
    type_days(bar, last=date(2024, 6, 9))
    assert (bar.state.first, bar.state.last) == (date(2024, 6, 3), date(2024, 6, 9))
    assert "The data run over" in bar.periodChoice.hint.text(), "and beyond the data it says so"


def test_days_that_are_still_filling_are_in_no_default_period_and_may_be_asked(bar) -> None:
    """Data to 6 June of which the last complete day is 30 May: the last 28 days end there, the four weeks on the Sunday before, and later days are called by their name."""
    bar.set_choices(**DATA, reaches=date(2024, 6, 6))
    assert bar.state.last == date(2024, 5, 26)
    pick(bar.periodChoice.kind_box, "last28")
    assert bar.state.last == LATEST
    assert bar.periodChoice.kind_box.toolTip().endswith("Later days are still filling.")
    bar.open_editor("period")
    type_days(bar, last=date(2024, 6, 3))
    rest(bar)
    assert bar.state.last == date(2024, 6, 3)
    assert bar.periodChoice.hint.text() == (
        "Days after 30 May 2024 are still filling: they are shown, and not compared."
    )
    type_days(bar, last=date(2024, 6, 7))
    assert "The data run over 1 Jan 2023 – 6 Jun 2024 only" in bar.periodChoice.hint.text()
    bar.set_choices(**DATA)
    assert "still filling" not in bar.periodChoice.kind_box.toolTip()


def test_reset_takes_a_refused_period_away(bar) -> None:
    type_days(bar, first=date(2024, 6, 3))
    bar.resetButton.click()
    assert bar.periodChoice.kind == "weeks4" and not bar.periodChoice.hint.text()
    assert bar.periodChoice.first_edit.date() == qdate(date(2024, 4, 29))


def test_comparison(bar) -> None:
    ear, changed = Ear(bar.comparisonChanged), Ear(bar.changed)
    pick(bar.compareBox, "year")
    rest(bar)
    assert bar.comparison == "year" and ear.heard == ["year"] and changed.heard == []
    assert bar.comparedHint.text() == "Compared with 1–28 May 2023"
    bar.comparison = "none"
    bar.flush()
    assert ear.heard == ["year", "none"] and not bar.comparedHint.text()
    with pytest.raises(ValueError, match="decade"):
        bar.comparison = "decade"


def test_all_the_data_have_nothing_before_them(bar) -> None:
    ear = Ear(bar.comparisonChanged)
    pick(bar.periodChoice.kind_box, "all")
    bar.flush()
    assert bar.comparison == "none" and not bar.compareBox.isEnabled() and bar.compareBox.toolTip()
    pick(bar.periodChoice.kind_box, "last7")
    bar.flush()
    assert bar.comparison == "before" and ear.heard == ["none", "before"]


def test_a_shift_sets_the_hours_and_hours_find_their_shift(bar) -> None:
    hours = bar.hourChoice
    hours.shift_box.setCurrentIndex(4)
    assert (bar.state.hour_from, bar.state.hour_to) == (18, 3) and bar.state.wraps
    assert "past midnight" in hours.hint.text()
    pick(hours.to_box, 4)
    assert hours.shift_box.currentData() == "other" and (bar.state.hour_from, bar.state.hour_to) == (18, 4)
    pick(hours.from_box, 7)
    pick(hours.to_box, 15)
    assert hours.shift_box.currentText() == SHIFTS[1][0] and not hours.hint.text()


def test_two_equal_hours_are_refused_in_place(bar) -> None:
    pick(bar.hourChoice.from_box, 9)
    pick(bar.hourChoice.to_box, 9)
    assert (bar.state.hour_from, bar.state.hour_to) == (9, 24) and "the same" in bar.hourChoice.hint.text()


def test_weekdays(bar) -> None:
    days = bar.dayButtons
    days.buttons[4].click()
    days.buttons[5].click()
    assert bar.state.weekdays == (4, 5) and not days.all_button.isChecked()
    days.buttons[4].click()
    days.buttons[5].click()
    assert bar.state.weekdays == tuple(range(7)) and days.all_button.isChecked(), "no day is every day"
    for button in days.buttons:
        button.click()
    assert bar.state.weekdays == tuple(range(7)) and not days.buttons[0].isChecked()
    days.all_button.click()
    assert days.all_button.isChecked()


@pytest.mark.parametrize(
    ("box", "field", "value"),
    [
        ("unitChoice", "units", "Neighbourhood"),
        ("departmentChoice", "departments", "Local Policing"),
        ("roleChoice", "officer_roles", "Sergeant"),
        ("resourceChoice", "resources", "armed_response"),
        ("modeChoice", "modes", "vehicle"),
        ("kindChoice", "kinds", "stop_search"),
        ("categoryChoice", "categories", "robbery"),
        ("keyTypeChoice", "key_types", "knife"),
    ],
)
def test_the_lists(bar, box: str, field: str, value: str) -> None:
    from ia_plugin.ui.filter.filter_words import Words

    ear = Ear(bar.changed)
    getattr(bar, box).toggle(value)
    bar.flush()
    assert getattr(bar.state, field) == (value,) and ear.heard == [bar.state]
    chip = bar.chipRow.chips["who" if field in GROUPS else "more"]
    assert Words().of(field, value) in chip.text() and chip.property("narrowed"), "what is set is seen without opening"


# --- the searchable list ----------------------------------------------------------------------------------------------


def test_search_and_choose_by_keys_alone(bar) -> None:
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    box = bar.areaChoice.box
    press(box, Qt.Key.Key_Down)
    popup = box.popup
    assert popup.isVisible()
    QTest.keyClicks(popup.search, "heath")
    assert [item.text() for item in popup.shown()] == ["Balsall Heath"]
    press(popup.search, Qt.Key.Key_Down)
    press(popup.list, Qt.Key.Key_Space)
    assert bar.state.areas == ("I2",) and popup.isVisible()
    popup.search.clear()
    press(popup.search, Qt.Key.Key_Down)
    press(popup.list, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert bar.state.areas == ("I1", "I2"), "headings are passed over, a second area is added"
    press(popup.list, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    QTest.keyClicks(box, "a")
    QTest.keyClicks(popup.search, "ston")
    assert popup.isVisible() and popup.search.text() == "aston", "typing on the closed box starts the search"
    press(popup.search, Qt.Key.Key_Return)
    assert bar.state.areas == ("C1",) and not popup.isVisible()


def test_choose_by_mouse(bar) -> None:
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    box = bar.unitChoice
    bar.open_editor("who")
    box.showPopup()
    rows = {item.text(): item for item in box.popup.shown()}

    def click(text: str) -> None:
        item = next(i for i in box.popup.shown() if i.text() == text)
        where = box.popup.list.visualItemRect(item).center()
        QTest.mouseClick(box.popup.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    assert set(rows) == {"All units", *UNITS}
    click("Response A")
    click("Neighbourhood")
    assert bar.state.units == ("Response A", "Neighbourhood")
    click("All units")
    assert bar.state.units == ()
    box.hidePopup()


def test_odd_names_are_cut_on_the_screen_and_whole_in_the_tooltip(bar) -> None:
    bar.unitChoice.set_chosen(ODD)
    assert "&lt;b&gt;" in bar.unitChoice.toolTip() and "x" * 200 in bar.unitChoice.toolTip()
    bar.set_state(replace(bar.state, units=ODD))
    assert bar.state.units == ODD
    assert "x" * 40 not in bar.summary.text() and "<b>bold</b>" in bar.summary.text()
    bar.resize(360, 600)
    assert bar.minimumSizeHint().width() <= 360
    bar.grab()


def test_a_unit_that_is_gone_is_kept_and_said(bar) -> None:
    bar.set_state(replace(bar.state, units=("Gone", "Neighbourhood")))
    assert "Gone (not in the data)" in bar.unitChoice.text()
    bar.unitChoice.toggle("Response A")
    assert set(bar.state.units) == {"Gone", "Neighbourhood", "Response A"}
    bar.set_choices(**{**DATA, "units": []})
    assert bar.unitChoice.isEnabled() and set(bar.state.units) == {"Gone", "Neighbourhood", "Response A"}
    bar.unitChoice.toggle("Gone")
    assert "Gone" not in bar.state.units


# --- new data ---------------------------------------------------------------------------------------------------------


def test_a_moving_period_moves_with_the_data_and_days_of_ones_own_stay(bar) -> None:
    ear = Ear(bar.changed)
    june = {**DATA, "latest": date(2024, 6, 30)}
    bar.areaChoice.box.choose_only("I2")
    bar.set_choices(**june)
    rest(bar)
    assert bar.state == FilterState(areas=("I2",), first=date(2024, 6, 3), last=date(2024, 6, 30))
    assert ear.heard == [bar.state]
    type_days(bar, date(2024, 3, 1), date(2024, 3, 9))
    bar.set_choices(**DATA)
    assert (bar.state.first, bar.state.last) == (date(2024, 3, 1), date(2024, 3, 9))


def test_the_default_of_a_short_store_is_the_days_it_has(bar) -> None:
    """Three days of data are three days, not "3 of 28": the answers clip them by the same rule. Whole weeks once there are some."""
    short = {**DATA, "earliest": date(2024, 6, 3), "latest": date(2024, 6, 5)}
    bar.set_choices(**short)
    rest(bar)
    assert (bar.state.first, bar.state.last, bar.view.period) == (date(2024, 6, 3), date(2024, 6, 5), "weeks4")
    bar.set_state(FilterState(first=date(2024, 6, 3), last=date(2024, 6, 5), hour_from=8))
    assert bar.view.period == "weeks4", "it is what it was, though the last 7 days are the same"
    bar.set_choices(**{**short, "latest": date(2024, 6, 30)})
    assert (bar.state.first, bar.state.last) == (date(2024, 6, 3), date(2024, 6, 30))


def test_a_state_set_before_the_data_come_is_kept(bare) -> None:
    bare.set_state(FULL)
    bare.set_choices(**DATA)
    bare.flush()
    assert bare.state == FULL


def test_the_same_choices_again_tell_nothing(bar) -> None:
    ear = Ear(bar.changed)
    bar.set_choices(**DATA)
    rest(bar)
    assert ear.heard == []


# --- undo, views, shifts ----------------------------------------------------------------------------------------------


def test_undo_and_redo(bar) -> None:
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    start = bar.view
    bar.modeChoice.toggle("foot")
    bar.flush()
    foot = bar.view
    pick(bar.compareBox, "year")
    type_days(bar, date(2024, 3, 1), date(2024, 3, 9))
    bar.flush()
    end = bar.view
    ear = Ear(bar.changed)
    bar.undoButton.click()
    assert bar.view == foot and bar.comparison == "before" and bar.periodChoice.kind == "weeks4"
    QTest.keyClick(bar.compareBox, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bar.view == start and not bar.undoButton.isEnabled()
    rest(bar)
    assert ear.heard[-1] == start.state
    bar.redoButton.click()
    bar.redoButton.click()
    assert bar.view == end and not bar.redoButton.isEnabled()
    bar.undoButton.click()
    bar.kindChoice.toggle("crime")
    bar.flush()
    assert not bar.redoButton.isEnabled(), "what was undone is gone after another change"


def test_undo_of_a_change_not_told_yet(bar) -> None:
    bar.modeChoice.toggle("foot")
    bar.undo()
    assert bar.state.modes == ()
    bar.redo()
    assert bar.state.modes == ("foot",)


def test_a_view_is_saved_and_opened_in_another_bar(bar) -> None:
    from ia_plugin.ui.filter.filter_bar import FilterBar

    bar.set_state(replace(FULL, units=("Gone",)))
    bar.comparison = "year"
    bar.viewsMenu.save_view("Friday / night & co")
    other = FilterBar()
    other.set_choices(**DATA)
    other.viewsMenu.rebuild()
    opener = other.viewsMenu.actions()[0]
    assert opener.text() == "Friday / night && co"
    opener.trigger()
    assert other.view == bar.view and "not in the data" in other.unitChoice.text()
    other.viewsMenu.delete_view("Friday / night & co")
    bar.viewsMenu.rebuild()
    assert not bar.viewsMenu.actions()[0].isEnabled()


def test_a_saved_view_of_the_last_weeks_ends_with_the_weeks_of_today(bar) -> None:
    bar.viewsMenu.save_view("Usual")
    bar.set_choices(**{**DATA, "latest": date(2024, 6, 30)})
    type_days(bar, date(2024, 3, 1), date(2024, 3, 9))
    bar.viewsMenu.open_view("Usual")
    assert (bar.state.first, bar.state.last) == (date(2024, 6, 3), date(2024, 6, 30))


def test_a_view_that_cannot_be_read_is_said_and_stays(bar) -> None:
    from qgis.core import QgsSettings

    from ia_plugin.ui.filter.views import KEY, SavedViews

    QgsSettings().setValue(KEY, '{"old": {"state": {"hour_from": 77}}, "older": 3}')
    before = bar.view
    bar.viewsMenu.open_view("old")
    bar.viewsMenu.open_view("older")
    assert bar.view == before and "cannot be read" in bar.refusedHint.text()
    bar.viewsMenu.save_view("new")
    assert SavedViews().names() == ["new", "old", "older"]
    QgsSettings().setValue(KEY, "no json")
    assert SavedViews().names() == []
    with pytest.raises(ParameterError, match="no name"):
        SavedViews().save("  ", before)


def test_shifts_are_edited_and_kept(bar) -> None:
    from ia_plugin.ui.filter.shift_editor import ShiftEditor
    from ia_plugin.ui.filter.shifts import read_shifts

    editor = ShiftEditor()
    assert editor.shifts == SHIFTS
    editor.add_shift()
    editor.accept()
    assert read_shifts()[-1] == ("New shift", 8, 16)
    bar.hourChoice.reload_shifts()
    bar.hourChoice.shift_box.setCurrentIndex(len(SHIFTS))
    assert (bar.state.hour_from, bar.state.hour_to) == (8, 16)
    again = ShiftEditor()
    again.add_shift()
    again.accept()
    assert again.hint.text(), "two of one name are refused in place"
    again.restoreButton.click()
    again.accept()
    bar.hourChoice.reload_shifts()
    assert read_shifts() == SHIFTS and (bar.state.hour_from, bar.state.hour_to) == (8, 16)
    assert bar.hourChoice.shift_box.currentData() == "other", "the hours stay when their shift goes"


@pytest.mark.parametrize("kept", ["no json", "[]", '[["Night", 5, 5]]', '[["", 5, 6]]', '{"a": 1}', "3"])
def test_shifts_that_cannot_be_read_are_the_first_ones(qgis_app, kept: str) -> None:
    from qgis.core import QgsSettings

    from ia_plugin.ui.filter.shifts import KEY, read_shifts

    QgsSettings().setValue(KEY, kept)
    assert read_shifts() == SHIFTS


# --- keys, wheel, files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, order",
    [
        ("area", ("areaChoice.box", "areaChoice.next_button")),
        ("period", ("periodChoice.kind_box", "periodChoice.last_edit", "compareBox")),
        ("hours", ("hourChoice.shift_box", "hourChoice.to_box")),
        ("who", ("unitChoice", "departmentChoice", "roleChoice", "resourceChoice")),
        ("more", ("modeChoice", "keyTypeChoice")),
    ],
)
def test_tab_reaches_the_chips_and_then_the_editor_that_is_open(bar, name: str, order: tuple[str, ...]) -> None:
    from operator import attrgetter

    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QAbstractSpinBox, QComboBox, QToolButton

    bar.open_editor(name)
    chain, at = [bar], bar.nextInFocusChain()
    while at is not bar:
        chain.append(at)
        at = at.nextInFocusChain()
    tabbed = [w for w in chain if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(bar)]
    controls = [w for kind in (QComboBox, QAbstractSpinBox, QToolButton) for w in bar.findChildren(kind)]
    own = [w for w in controls if w.window() is bar and w.isVisibleTo(bar) and not within(w, QAbstractSpinBox)]
    assert [w for w in own if w not in tabbed] == [] and len(own) > 9
    chips = list(bar.chipRow.chips.values())
    wanted = [*chips, bar.undoButton, bar.viewsButton, *(attrgetter(o)(bar) for o in order)]
    places = [tabbed.index(widget) for widget in wanted]
    assert places == sorted(places)
    unnamed = [w for w in own if isinstance(w, QToolButton) and w in tabbed and not (w.accessibleName() or w.text())]
    assert unnamed == []


def test_a_chip_opens_its_editor_and_escape_closes_it(bar) -> None:
    from qgis.PyQt.QtCore import Qt

    chips = bar.chipRow.chips
    chips["hours"].click()
    assert bar.hoursEditor.isVisible() and not bar.areaEditor.isVisible() and chips["hours"].isChecked()
    chips["area"].click()
    assert bar.areaEditor.isVisible() and not bar.hoursEditor.isVisible()
    press(chips["area"], Qt.Key.Key_Escape)
    assert not bar.areaEditor.isVisible() and not chips["area"].isChecked()


def test_chips_say_the_filter(bar) -> None:
    bar.set_state(FULL)
    texts = [chip.text().replace(" ▾", "") for chip in bar.chipRow.chips.values()]
    assert texts[:3] == ["Balsall Heath + Aston Cross", "3–20 Feb v earlier", "Fri–Sat 18:00–03:00"]
    assert texts[3] == "Neighbourhood + 2 more" and texts[4] == "On foot + 4 more"
    bar.reset()
    texts = [chip.text().replace(" ▾", "") for chip in bar.chipRow.chips.values()]
    assert texts == ["All Impact Areas", "29 Apr – 26 May v earlier", "Any hour", "All resources", "+ filter"]


def within(widget: Any, kind: type) -> bool:
    """Whether a widget is a part of another of that kind."""
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, kind) or within(parent, kind))


def test_the_wheel_changes_no_control_without_focus(bar) -> None:
    from qgis.PyQt.QtCore import QPoint, QPointF, Qt
    from qgis.PyQt.QtGui import QWheelEvent
    from qgis.PyQt.QtWidgets import QApplication

    before = bar.state
    bar.areaChoice.box.setFocus()
    for box in (bar.periodChoice.kind_box, bar.periodChoice.first_edit, bar.hourChoice.from_box, bar.compareBox):
        wheel = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, wheel)
    assert bar.state == before and bar.comparison == "before"


@pytest.mark.parametrize("width", [360, 480])
def test_it_fits_the_dock(bar, width: int) -> None:
    from qgis.PyQt.QtWidgets import QApplication

    bar.set_state(replace(FULL, units=UNITS))
    bar.open_editor("who")
    bar.resize(width, 700)
    QApplication.processEvents()
    assert bar.width() == width


def test_modes_are_called_what_every_table_calls_them() -> None:
    from ia_plugin.core.words import MODE_WORDS
    from ia_plugin.ui.filter.filter_words import Words

    assert {mode: Words().of("modes", mode).lower() for mode in MODE_WORDS} == MODE_WORDS


def test_it_opens_with_the_days_of_the_page_and_the_answers(bar) -> None:
    """The same days at the dock, the inspector's page, the answers and the briefing maps, and so the same figure number."""
    pytest.importorskip("osgeo", reason="the answers are an algorithm, which the widgets' own Qt 6 cannot run")
    from ia_plugin.core.inspector_page.cube import cube_of
    from ia_plugin.core.marking import MARKING
    from ia_plugin.core.material.figures import figure_number
    from ia_plugin.core.material.filled_days import last_complete_day
    from ia_plugin.processing.answer_inputs import period_of
    from tests.support.late_records import events_of, material_of

    class Asked:
        """Nothing but the audience is asked for."""

        def text(self, name: str) -> str:
            return ""

        def choice(self, name: str) -> str:
            return "board"

    material = material_of(events_of(61))
    bar.set_choices([], latest=last_complete_day(material), earliest=material.days[0])
    opened = FilterState.from_dict(cube_of(material, marking=MARKING).facts["default_state"])
    assert bar.state == opened == period_of(Asked(), material)
    assert (opened.first, opened.last) == (date(2024, 5, 27), date(2024, 6, 23))
    assert figure_number(material, bar.state) == figure_number(material, opened)
