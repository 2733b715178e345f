"""The inspector's five questions put to the dock with the keys alone, on a small screen, and with the wheel running over it."""

from __future__ import annotations

import pytest

from tests.support.long import long_after
from tests.support.patience import wait

pytestmark = pytest.mark.qgis
SMALL = (520, 610)  # what a screen of 1366 × 768 leaves the dock, in pixels


@pytest.fixture
def opened(dock_of, store, qgis_new_project):
    """Opens the dock: called in the test, after its letters are as large as they shall be."""
    from qgis.core import QgsProject
    from qgis.PyQt.QtWidgets import QApplication

    def open_dock():
        made = dock_of(QgsProject.instance(), size=SMALL, store=store)
        made.pages.setCurrentIndex(0)
        QApplication.setActiveWindow(made)
        made.take_keys()
        QApplication.processEvents()
        return made

    return open_dock


@pytest.fixture
def dock(opened):
    return opened()


def settled(dock):
    dock.bar.flush()
    state = dock.bar.state
    wait(lambda: not dock.controller.worker.busy and dock.controller.figures.state == state)


def press(dock, *keys):
    """Keys to where the focus is, as somebody types them."""
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QApplication

    for key in keys:
        QTest.keyClick(dock.focusWidget(), key)
        QApplication.processEvents()


def walk(dock, to, key=None, most=40):
    """Press Tab until a widget has the focus; its name where it is reached, and the way there where it is not."""
    from qgis.PyQt.QtCore import Qt

    way = []
    for _ in range(most):
        here = dock.focusWidget()
        if here is to or here.focusProxy() is to:
            return
        way.append(here.accessibleName() or type(here).__name__)
        press(dock, Qt.Key.Key_Tab if key is None else key)
    raise AssertionError(f"not reached from {way}")


def turn_to(dock, name):
    """A page by its name: Tab to the names, then arrows."""
    from qgis.PyQt.QtCore import Qt

    names = dock.pages.names.buttons
    walk(dock, next(b for b in names if b.isChecked()))
    press(dock, Qt.Key.Key_Home)
    for _ in range([b.text() for b in names].index(name)):
        press(dock, Qt.Key.Key_Right)
    wait(lambda: not dock.controller.worker.busy)
    assert dock.pages.tabText(dock.pages.currentIndex()) == name


def test_which_area_had_least_on_a_night_is_reached_by_keys(dock):
    from qgis.PyQt.QtCore import Qt

    walk(dock, dock.bar.chipRow.chips["hours"])
    press(dock, Qt.Key.Key_Space)
    assert dock.bar.hoursEditor.isVisible() and dock.focusWidget() is dock.bar.hourChoice.shift_box
    press(dock, *[Qt.Key.Key_Down] * 4)  # any hour, early, late, night, evening and night
    walk(dock, dock.bar.dayButtons.buttons[0])
    press(dock, Qt.Key.Key_Space)
    settled(dock)
    assert (dock.bar.state.hour_from, dock.bar.state.hour_to, dock.bar.state.weekdays) == (18, 3, (0,))
    turn_to(dock, "Areas")
    assert not dock.bar.hoursEditor.isVisible(), "the editor makes room for the page that was asked for"
    walk(dock, dock.pages.areas.order_box)
    press(dock, Qt.Key.Key_Down, Qt.Key.Key_Down)
    values = [dock.pages.areas.table.item(i, 2).text() for i in range(dock.pages.areas.table.rowCount())]
    assert dock.pages.areas.order_box.currentText() == "lowest first" and values == sorted(values, key=float)
    walk(dock, dock.pages.areas.table)
    press(dock, Qt.Key.Key_Home, Qt.Key.Key_Return)
    settled(dock)
    assert dock.bar.state.areas, "Return on an area filters by it"


def test_more_or_less_and_on_foot_or_by_car_are_said_by_the_tiles(dock):
    """What a reader says of a tile: the figure, before, of how many, the unit, the number; Ctrl+C takes it along."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QApplication

    number = dock.controller.figures.number
    for tile in dock.head.tiles:
        walk(dock, tile)
        said = tile.accessibleDescription()
        if tile.tile.why:  # nothing was imported that it could tell
            assert said.startswith(f"Figure {number}.") and tile.n.text() == ""
            continue
        assert said.startswith("n: ") and "Unit: " in said and f"Figure {number}." in said, tile.tile.key
        assert tile.n.text().replace("\u00a0", " ") == tile.tile.n, "it stands on the tile itself"
    hours, moved = dock.head.tiles[:2]
    assert "earlier" in hours.accessibleName() and "on foot" in moved.accessibleName()
    QTest.keyClick(hours, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    for words in (hours.tile.sentence, "n: ", "Unit: officer hours", number, "OFFICIAL-SENSITIVE"):
        assert words in copied, words
    walk(dock, hours)
    press(dock, Qt.Key.Key_Return)
    assert dock.pages.currentWidget() is dock.pages.areas and dock.pages.areas.measure == "officer_hours"


def test_who_and_at_which_hours_are_pages_and_charts_say_what_they_show(dock):
    turn_to(dock, "Who")
    turn_to(dock, "Hours")
    page = dock.pages.hours
    walk(dock, page.view.canvas)
    assert page.view.canvas.accessibleName() and "Mismatch" in page.view.canvas.accessibleDescription()


def test_a_filter_without_incidents_is_held_against_crimes(dock):
    """Robbery beside incidents, of which it has none, is no answer; what the user chose himself stays."""
    from types import SimpleNamespace

    def against(**counts):
        dock.pages.suggest(SimpleNamespace(value=lambda key: counts[key]))
        return dock.pages.hours.choice.against

    nan = float("nan")
    assert [against(crimes=9.0, incidents=n) for n in (4.0, 0.0, nan)] == ["incidents", "crimes", "crimes"]
    assert against(crimes=0.0, incidents=0.0) == "incidents"
    box = dock.pages.hours.againstBox
    box.setCurrentIndex(box.findData("demand"))
    box.activated.emit(box.currentIndex())
    assert against(crimes=9.0, incidents=0.0) == "demand"


def test_what_a_screen_reader_toggles_acts_as_a_click(dock):
    """It toggles a button that is down or up, and clicks nothing."""
    dock.bar.chipRow.chips["hours"].toggle()
    assert dock.bar.hoursEditor.isVisible()
    dock.bar.dayButtons.buttons[4].toggle()
    assert dock.bar.state.weekdays == (4,)
    dock.bar.dayButtons.all_button.toggle()
    assert len(dock.bar.state.weekdays) == 7
    next(b for b in dock.pages.names.buttons if b.text() == "Trend").toggle()
    assert dock.pages.currentWidget() is dock.pages.trend


def test_no_description_is_markup(dock):
    """Without one of its own a widget's description is its tip, tags and all."""
    from tests.support.dock_walk import each_state, shown

    marked = {
        (where, type(w).__name__)
        for where in each_state(dock)
        for w in shown(dock)
        if (w.accessibleDescription() or w.toolTip()).startswith("<")
    }
    assert marked == set()


# --- a small screen ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", long_after(1, [1.0, 1.25, 1.5, 2.0]))
def test_the_dock_stays_as_narrow_as_promised_on_every_page(opened, qgis_app, scale):
    """480 pixels at the least, 520 when it opens; at letters up to twice as large no word of line, chips, verdict or tiles is cut."""
    from qgis.PyQt.QtGui import QFont
    from qgis.PyQt.QtWidgets import QApplication

    from ia_plugin.ui.dock import FIRST_WIDTH, LEAST_WIDTH

    assert (LEAST_WIDTH, FIRST_WIDTH) == (480, 520)
    before, large = QFont(qgis_app.font()), QFont(qgis_app.font())
    large.setPointSizeF(scale * before.pointSizeF())
    try:
        qgis_app.setFont(large)
        dock = opened()
        assert dock.minimumSizeHint().width() <= LEAST_WIDTH
        for width in (FIRST_WIDTH, LEAST_WIDTH):
            dock.resize(width, SMALL[1])
            for place in range(dock.pages.count()):
                dock.pages.setCurrentIndex(place)
                wait(lambda: not dock.controller.worker.busy)
                for _ in range(5):  # a height that follows a width comes with the next layout
                    QApplication.processEvents()
                assert dock.width() == width and cut_in(dock) == set(), dock.pages.tabText(place)
    finally:
        qgis_app.setFont(before)


def cut_in(dock) -> set[str]:
    """Words of the line, the chips, the verdict and the tiles that have less room than they need."""
    from qgis.PyQt.QtWidgets import QAbstractButton, QLabel

    from tests.support.dock_walk import shown

    found = set()
    for w in (w for part in (dock.line, dock.bar.chipRow, dock.head, dock.pages.names) for w in shown(part)):
        if not isinstance(w, (QLabel, QAbstractButton)) or not w.text():
            continue
        wraps = isinstance(w, QLabel) and w.wordWrap()
        high = w.height() >= (w.heightForWidth(w.width()) if wraps else w.minimumSizeHint().height())
        wide = wraps or w.width() >= w.sizeHint().width()
        if not (high and wide and w.mapTo(dock, w.rect().topRight()).x() <= dock.width()):
            found.add(w.text()[:60])
    return found


def test_the_names_of_the_pages_stay_in_sight_and_one_click_brings_the_page(dock):
    from qgis.PyQt.QtCore import QPoint
    from qgis.PyQt.QtWidgets import QApplication

    names, area = dock.pages.names, dock.scroll.viewport()
    for name in ("Trend", "Table", "Areas"):
        dock.scroll.bring_head()
        QApplication.processEvents()
        assert area.rect().contains(names.geometry()), "pinned to the lower edge"
        next(b for b in names.buttons if b.text() == name).click()
        wait(lambda: not dock.controller.worker.busy)
        for _ in range(3):
            QApplication.processEvents()
        assert area.rect().contains(names.geometry())
        page = dock.pages.currentWidget()
        # By where it lies: the visible region is Qt's own note from the last painting, which may be before the scrolling.
        seen = page.rect().translated(page.mapTo(area, QPoint(0, 0))).intersected(area.rect())
        assert seen.height() >= 0.6 * area.height(), f"{name}: the page is brought into the window"


def test_the_wheel_scrolls_the_dock_and_changes_no_figure(dock):
    """Run over it, and with the focus in it: a mouse that has just chosen from a box still stands on it."""
    from qgis.PyQt.QtCore import QPoint, QPointF, Qt
    from qgis.PyQt.QtGui import QWheelEvent
    from qgis.PyQt.QtWidgets import QApplication, QComboBox

    for box in dock.findChildren(QComboBox):
        before = box.currentIndex()
        box.setFocus()
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, wheel)
        assert box.currentIndex() == before, box.accessibleName()


def test_figures_of_the_filter_before_are_pale(dock):
    from qgis.PyQt.QtTest import QTest

    from ia_plugin.ui.widgets.pale import PALE_AFTER_MS

    dock.controller.busyChanged.emit(True)
    QTest.qWait(PALE_AFTER_MS + 100)
    assert dock.head.graphicsEffect() is not None and dock.head.isEnabled(), "pale, and the keys stay where they are"
    dock.controller.busyChanged.emit(False)
    assert dock.head.graphicsEffect() is None


def test_a_line_ends_between_figures_not_within_them() -> None:
    from ia_plugin.ui.widgets.as_it_is import unbroken

    words = "29.2 h per km² │ comparison together 32.5; earlier: no clear change (−6 to +14 %); likely 1,115–1,256\non foot 24 % (20–36) · in a vehicle 31 % (25–44)"
    pieces = unbroken(words).split(" ")  # a line may end at each of these blanks
    for whole in ("per km²", "together 32.5;", "(−6 to +14 %);", "likely 1,115–1,256", "in a vehicle 31 % (25–44)"):
        assert any(whole in p.replace("\u00a0", " ").replace("\u2060", "") for p in pieces), whole
