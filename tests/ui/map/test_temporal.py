"""The period of the filter and the Temporal Controller, in step both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from ia_plugin.core.filter_state import FilterState
from tests.support.long import long_after
from tests.support.overlay_data import ids, memory_layer, store_layer

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
    "begin, end, days, civil",
    [
        ("2024-06-01 00:00", "2024-06-03 00:00", (1, 2), ["2024-05-31 23:00", "2024-06-02 23:00"]),
        ("2024-06-01 00:00", "2024-06-01 00:00", (1, 1), ["2024-05-31 23:00", "2024-06-01 23:00"]),
        ("2024-12-01 00:00", "2024-12-03 00:00", (1, 2), ["2024-12-01 00:00", "2024-12-03 00:00"]),
    ],
)
def test_days_that_the_user_names_become_civil_days(link, controller, begin, end, days, civil):
    """From midnight to midnight of UTC they would leave the first hour of a summer's day out, and have one of the day after."""
    link.apply(MAY)
    first, last = (date.fromisoformat(begin[:8] + f"{d:02}") for d in days)
    controller.setTemporalExtents(chosen(begin, end))
    assert link.heard == [(first, last)]
    link.apply(replace(MAY, first=first, last=last))
    assert clock(controller) == civil
    assert link.heard == [(first, last)]


def test_other_hours_of_the_same_days_move_the_controller(link, controller):
    """What a filter gave it last is no choice of the user's: any hour of two days, after the night between them, has both whole."""
    for hours, last in (((12, 6), 26), ((0, 24), 27), ((22, 7), 26), ((7, 15), 27), ((0, 24), 27)):
        state = FilterState(first=date(2024, 10, 26), last=date(2024, 10, last), hour_from=hours[0], hour_to=hours[1])
        link.apply(state)
        begin, end = (e.strftime("%Y-%m-%d %H:%M") for e in state.edges())
        assert clock(controller) == [begin, end]
    assert link.heard == []


@pytest.mark.parametrize(
    "begin, end, days",
    [
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


@pytest.mark.parametrize(
    "fields, ends_count",
    [("start:datetime&field=end:datetime&field=time_precision:string", True),
     ("start:datetime&field=end:datetime&field=leg_id:int", False),
     ("enter:datetime&field=leave:datetime", False)],
)  # fmt: skip
def test_only_what_may_have_no_length_counts_at_its_end(qgis_app, fields, ends_count):
    from qgis.core import Qgis, QgsVectorLayer

    from ia_plugin.layers.temporal import set_times

    layer = QgsVectorLayer(f"Point?field={fields}", "a", "memory")
    set_times(layer)
    included = layer.temporalProperties().limitMode() == Qgis.VectorTemporalLimitMode.IncludeBeginIncludeEnd
    assert included == ends_count


# --- the map shows what the filter keeps ------------------------------------------------------------------------------


def shown_by(controller, layer):
    """Ids of what a map shows of a layer while the controller is on its whole range."""
    from qgis.core import QgsFeatureRequest, QgsVectorLayerTemporalContext

    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    text = layer.temporalProperties().createFilterString(context, controller.temporalExtents())
    return sorted(int(f["id"]) for f in layer.getFeatures(QgsFeatureRequest().setFilterExpression(text)))


def around_the_edges(zone, role):
    """What begins or ends on each hour of days around both changes of clocks, and of a summer's week-end; of events some have no length."""
    starts = [
        pd.Timestamp(day, tz=zone) + pd.Timedelta(hours=h)
        for day in ("2024-03-30", "2024-06-01", "2024-10-26")
        for h in range(-24, 72)
    ]
    start = pd.Series(starts).dt.tz_convert("UTC")
    lengths = (0, 0, 30, 60, 600) if role == "events" else (5, 30, 60)
    end = start + pd.to_timedelta([lengths[i % len(lengths)] for i in range(len(start))], unit="min")
    frame = pd.DataFrame(
        {"id": range(len(start)), "start": start, "end": end, "unit": "U", "kind": "crime", "category": "c"}
    )
    return frame if role == "events" else frame.drop(columns=["kind", "category"])


@pytest.mark.parametrize("zone", long_after(1, ["Europe/London", "America/New_York", "Asia/Kolkata"]))
@pytest.mark.parametrize("role", ["events", "legs"])
@pytest.mark.parametrize("maker", ["store", "memory"])
def test_the_controller_hides_nothing_that_the_filter_keeps(link, controller, tmp_path, zone, role, maker):
    """Summer time, nights and a time zone of one's own: whole days, a shift, a night, one weekday, on days of the change of clocks."""
    from ia_plugin.layers.temporal import set_times
    from ia_plugin.ui.map.expressions import subset
    from ia_plugin.ui.map.roles import dialect_of, kinds_of

    frame = around_the_edges(zone, role)
    layer = store_layer(tmp_path / "s.gpkg", frame) if maker == "store" else memory_layer(frame)
    assert set_times(layer)
    for first in (date(2024, 3, 30), date(2024, 6, 1), date(2024, 10, 26)):
        for hours in ((0, 24), (7, 15), (22, 7), (0, 1), (23, 24)):
            state = FilterState(
                first=first, last=first + timedelta(days=1), hour_from=hours[0], hour_to=hours[1], timezone=zone
            )
            link.apply(state)
            assert layer.setSubsetString(subset(state, role, kinds_of(layer), dialect_of(layer)).text)
            kept = ids(layer)
            assert kept and shown_by(controller, layer) == kept, (state.in_words(), clock(controller))


@pytest.mark.parametrize("maker", ["store", "memory"])
def test_an_event_on_the_whole_hour_is_in_a_frame_of_the_animation(link, controller, tmp_path, maker):
    """QGIS leaves out what ends at the first moment of a frame: crimes without a length, which heap on whole hours, were in none."""
    from ia_plugin.layers.temporal import set_times

    frame = around_the_edges("Europe/London", "events")
    layer = store_layer(tmp_path / "s.gpkg", frame) if maker == "store" else memory_layer(frame)
    set_times(layer)
    seen = set()
    for k in range(24):
        begin = pd.Timestamp("2024-06-01T00:00Z") + pd.Timedelta(hours=k)
        controller.setTemporalExtents(
            chosen(*((begin + pd.Timedelta(hours=h)).strftime("%Y-%m-%d %H:%M") for h in (0, 1)))
        )
        seen |= set(shown_by(controller, layer))
    day = (frame["start"] >= pd.Timestamp("2024-06-01T00:00Z")) & (frame["start"] < pd.Timestamp("2024-06-02T00:00Z"))
    assert set(frame["id"][day]) <= seen
