"""The period of the filter and the Temporal Controller, in step both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ia_plugin.core.filter_state import FilterState

pytestmark = [pytest.mark.qgis, pytest.mark.clocks]

MAY = FilterState(first=date(2024, 5, 3), last=date(2024, 5, 30))


@pytest.fixture
def controller(qgis_app):
    from qgis.core import QgsTemporalNavigationObject

    return QgsTemporalNavigationObject()


@pytest.fixture
def link(controller):
    from ia_plugin.ui.map.temporal import TemporalLink

    made = TemporalLink(controller)
    made.heard = []
    made.period_chosen.connect(lambda *days: made.heard.append(days))
    yield made
    made.close()


def chosen(begin, end):
    """A range as the controller gives it."""
    from qgis.core import QgsDateTimeRange
    from qgis.PyQt.QtCore import QDateTime, Qt

    edges = [QDateTime.fromString(text, "yyyy-MM-dd HH:mm") for text in (begin, end)]
    for edge in edges:
        edge.setTimeSpec(Qt.TimeSpec.UTC)
    return QgsDateTimeRange(*edges)


def clock(controller):
    held = controller.temporalExtents()
    return [t.toString("yyyy-MM-dd HH:mm") for t in (held.begin(), held.end())]


def test_the_controller_follows_in_utc(link, controller):
    link.apply(MAY)
    assert clock(controller) == ["2024-05-02 23:00", "2024-05-30 23:00"]
    link.apply(replace(MAY, hour_from=22, hour_to=7))
    assert clock(controller) == ["2024-05-03 21:00", "2024-05-31 06:00"]
    assert link.heard == []


@pytest.mark.parametrize(
    "begin, end, days",
    [
        ("2024-06-01 00:00", "2024-06-03 00:00", (date(2024, 6, 1), date(2024, 6, 2))),  # as the user names days
        ("2024-06-01 00:00", "2024-06-01 00:00", (date(2024, 6, 1), date(2024, 6, 1))),
        ("2024-05-31 23:00", "2024-06-01 23:00", (date(2024, 6, 1), date(2024, 6, 1))),  # a civil day of summer
        ("2024-05-31 22:59", "2024-06-01 23:01", (date(2024, 5, 31), date(2024, 6, 2))),
        ("2024-06-01 10:00", "2024-06-01 10:00", (date(2024, 6, 1), date(2024, 6, 1))),
    ],
)
def test_the_filter_follows_in_civil_days(link, controller, begin, end, days):
    link.apply(MAY)
    controller.setTemporalExtents(chosen(begin, end))
    assert link.heard == [days]
    before = clock(controller)
    link.apply(replace(MAY, first=days[0], last=days[1]))
    assert clock(controller) == before, "what the user chose stays"
    assert link.heard == [days]


def test_days_come_back_from_the_edges_of_any_filter(link, controller):
    from ia_plugin.ui.map.temporal import days_of

    for hours in ((0, 24), (7, 15), (22, 7), (18, 3)):
        for zone in ("Europe/London", "America/New_York", "Asia/Kolkata"):
            for shift in range(0, 366, 5):
                first = date(2024, 1, 1) + timedelta(days=shift)
                state = FilterState(
                    first=first, last=first + timedelta(days=3), hour_from=hours[0], hour_to=hours[1], timezone=zone
                )
                link.apply(state)
                assert days_of(controller.temporalExtents(), state) == (state.first, state.last)
    assert link.heard == []


def test_the_map_is_left_alone_while_nobody_navigates(link, controller):
    """Else the canvas shows one frame, an hour, of what the filter keeps."""
    shown = []
    controller.updateTemporalRange.connect(shown.append)
    controller.setNavigationMode(controller.NavigationMode.NavigationOff)
    link.apply(MAY)
    assert shown and shown[-1].isInfinite()
    controller.setNavigationMode(controller.NavigationMode.FixedRange)
    link.apply(replace(MAY, first=date(2024, 5, 4)))
    assert not shown[-1].isInfinite()


def test_open_periods_and_no_controller_are_left_alone(link, controller, qgis_app):
    from ia_plugin.ui.map.temporal import TemporalLink

    link.apply(MAY)
    before = clock(controller)
    link.apply(FilterState(first=date(2024, 1, 1)))
    assert clock(controller) == before
    none = TemporalLink(None)
    none.apply(MAY)
    none.close()


def test_the_controller_gets_back_the_range_it_stood_at(link, controller):
    controller.setTemporalExtents(chosen("2024-01-01 00:00", "2024-01-03 00:00"))
    before = clock(controller)
    link.apply(MAY)
    link.apply(replace(MAY, hour_from=22, hour_to=7))
    link.reset()
    assert clock(controller) == before and link.heard == []


def test_closed_it_hears_nothing(link, controller):
    link.apply(MAY)
    link.close()
    link.close()
    controller.setTemporalExtents(chosen("2024-01-01 00:00", "2024-01-03 00:00"))
    assert link.heard == []
    assert controller.receivers(controller.temporalExtentsChanged) == 0


@pytest.mark.parametrize(
    "fields, start, end",
    [("start:datetime&field=end:datetime", "start", "end"), ("enter:datetime&field=leave:datetime", "enter", "leave"),
     ("time:datetime", "time", ""), ("a:int", "", "")],
)  # fmt: skip
def test_layers_get_their_times(qgis_app, fields, start, end):
    from qgis.core import QgsVectorLayer

    from ia_plugin.layers.temporal import set_times

    layer = QgsVectorLayer(f"Point?field={fields}", "a", "memory")
    assert set_times(layer) == bool(start) == layer.temporalProperties().isActive()
    assert (layer.temporalProperties().startField(), layer.temporalProperties().endField()) == (start, end)
