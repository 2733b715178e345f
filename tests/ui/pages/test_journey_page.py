"""The page of one officer-day, with a journey made by hand: what it says, and that it is stepped, never played."""

import pandas as pd
import pytest

pytestmark = pytest.mark.qgis

FIXES = pd.DataFrame(
    {
        "time": pd.to_datetime(["2024-06-03T08:00:05Z", "2024-06-03T08:05:05Z", "2024-06-03T08:17:05Z", "2024-06-03T10:00:00Z"]),
        "x": [400_000.0, 400_300.0, 400_300.0, 401_000.0],
        "y": [280_000.0] * 4,
        "accuracy_m": [2.0, 2.0, float("nan"), 2.0],
        "link": ["reported", "gap", "left out", ""],
        "seconds": [300.0, 720.0, 6175.0, float("nan")],
        "source": ["a.csv, line 7", "a.csv, line 8", "a.csv, line 9", "<b>a</b>"],
    }
)  # fmt: skip


@pytest.fixture
def page(qgis_app):
    from ia_plugin.ui.pages.journey_page import JourneyPage

    page = JourneyPage()
    yield page
    page.deleteLater()


def journey(**changes):
    from ia_plugin.core.journey import Journey

    return Journey(**{"officer_day": "d0123456789abcdef", "day": "2024-06-03", "timezone": "Europe/London", "fixes": FIXES, **changes})  # fmt: skip


def cells(table):
    return [[table.item(i, k).text() for k in range(table.columnCount())] for i in range(table.rowCount())]


def heard(signal):
    found = []
    signal.connect(found.append)
    return found


def test_reports_stand_with_their_time_and_what_comes_next(page):
    page.show_journey(journey(left_out=12, after=True))
    assert [row[:2] for row in cells(page.fixes)] == [
        ["09:00:05", "reported after 5 min"],
        ["09:05:05", "gap of 12 min"],
        ["09:17:05", "reports left out"],
        ["11:00:00", "last report"],
    ]
    words = page.title.text()
    assert words.startswith(
        "Officer-day d01234567, 3 June 2024: 4 reports. The turn goes on after midnight. 12 reports left out"
    )
    assert "told to the record's owner" in words and "No police sites" not in words
    assert page.caveat.text() == (
        "Dots are radio reports; the link is not the route. Not evidence of where an officer was or what they could see."
    )


def test_it_is_stepped_by_buttons_and_arrow_keys_to_either_end(page):
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    rows = heard(page.stepped)
    page.show_journey(journey())
    page.next.click()
    QTest.keyClick(page.fixes, Qt.Key.Key_Right)
    QTest.keyClick(page.fixes, Qt.Key.Key_Down)
    page.next.click()
    assert page.fixes.currentRow() == 3 and rows[-1] == 3
    QTest.keyClick(page.fixes, Qt.Key.Key_Left)
    page.before.click()
    assert page.fixes.currentRow() == 1


def test_the_ground_of_a_step_is_said_and_the_pointer_does_not_move_the_step(page):
    rows = heard(page.stepped)
    page.show_journey(journey())
    assert "anywhere in 113 km² (by the speed limit alone)" in page.ground.text()  # 300 s at 40 m/s: pi x 6 km x 6 km
    page.hover(2)
    assert page.fixes.currentRow() == 0 and rows[-1] == 2 and "Nothing is known" in page.ground.text()
    page.hover(-1)
    assert rows[-1] == 0


def test_what_is_cleared_says_nothing_of_anybody(page):
    page.show_journey(journey())
    page.clear()
    assert page.fixes.rowCount() == 0 and page.title.text() == page.ground.text() == "" and page.journey is None
    page.show_journey(journey(fixes=FIXES.iloc[:0]))
    assert not page.export_button.isEnabled() and not page.next.isEnabled() and "0 reports" in page.title.text()


def test_on_the_day_that_has_an_hour_twice_the_clock_tells_which(page):
    times = pd.to_datetime(["2024-10-27T00:30Z", "2024-10-27T01:30Z"])
    page.show_journey(journey(day="2024-10-27", fixes=FIXES.iloc[:2].assign(time=times)))
    assert page.clocks() == ["01:30 BST", "01:30 GMT"]


def test_screen_readers_have_a_name_for_each_control(page):
    from qgis.PyQt.QtWidgets import QAbstractButton

    ours = [page.before, page.next, page.events, page.export_button, page.close_button]
    assert all(isinstance(b, QAbstractButton) and len(b.accessibleName() or b.text()) > 3 for b in ours)
    assert page.fixes.accessibleName()


def test_it_is_no_wider_than_the_dock_at_its_narrowest(page):
    page.show_journey(journey(left_out=12, after=True, before=True, any_sites=False))
    assert page.minimumSizeHint().width() <= 460
