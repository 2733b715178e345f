"""The period of the filter and the Temporal Controller, in step both ways. The controller's clock is UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Optional

from qgis.core import QgsDateTimeRange, QgsTemporalNavigationObject
from qgis.PyQt.QtCore import QDate, QDateTime, QObject, Qt, QTime, pyqtSignal

from ...core.filter_state import FilterState
from ...core.times.time_zones import time_zone

_TICK = timedelta(milliseconds=1)
_DAY = timedelta(days=1)


class TemporalLink(QObject):  # type: ignore[misc]
    """Keeps a controller's range and a filter's period together.

    Parameters
    ----------
    controller : the canvas' QgsTemporalNavigationObject; None, or one without a range, is left alone

    Signals
    -------
    period_chosen : (first, last) civil days, when the user changed the controller's range
    """

    period_chosen = pyqtSignal(object, object)

    def __init__(self, controller: Optional[Any], parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._controller = controller if hasattr(controller, "temporalExtentsChanged") else None
        self._state: Optional[FilterState] = None
        self._quiet = False
        self._own: Optional[QgsDateTimeRange] = None  # what it stood at before the first filter
        self._given: Optional[QgsDateTimeRange] = None  # what a filter gave it last
        if self._controller is not None:
            self._controller.temporalExtentsChanged.connect(self._moved)

    def apply(self, state: FilterState) -> None:
        """Give the controller the state's period; an open one leaves it as it is."""
        self._state = state
        begin, end = state.edges()
        if self._controller is None or begin is None or end is None:
            return
        held = self._controller.temporalExtents()
        by_user = self._given is None or held != self._given
        if by_user and _is_within(held, begin, end) and days_of(held, state) == (state.first, state.last):
            return  # what the user chose there himself, a part of the days of the filter, stays to the minute
        if self._own is None:
            self._own = QgsDateTimeRange(held.begin(), held.end(), held.includeBeginning(), held.includeEnd())
        self._given = QgsDateTimeRange(_clock(begin), _clock(end), True, False)
        self._give(self._given)

    def reset(self) -> None:
        """Give the controller back the range it stood at before the first filter."""
        self._state = None
        if self._controller is not None and self._own is not None:
            self._give(self._own)
        self._own = self._given = None

    def _give(self, extents: QgsDateTimeRange) -> None:
        self._quiet = True
        try:
            self._controller.setTemporalExtents(extents)
            if self._controller.navigationMode() == QgsTemporalNavigationObject.NavigationMode.NavigationOff:
                # QGIS 3.22 shows one frame of the new range though nobody navigates: the map would lose all other hours.
                self._controller.updateTemporalRange.emit(QgsDateTimeRange(QDateTime(), QDateTime()))
        finally:
            self._quiet = False

    def close(self) -> None:
        """:meth:`reset`, and hear nothing any more. May be called again."""
        self.reset()
        if self._controller is not None:
            self._controller.temporalExtentsChanged.disconnect(self._moved)
        self._controller = self._state = None

    def _moved(self, chosen: QgsDateTimeRange) -> None:
        state = self._state
        if self._quiet or state is None:
            return
        days = days_of(chosen, state)
        if days is not None and days != (state.first, state.last):
            self.period_chosen.emit(*days)


def days_of(chosen: QgsDateTimeRange, state: FilterState) -> Optional[tuple[date, date]]:
    """The civil days of a range of the controller; None for one without two edges.

    A range from midnight to midnight of the controller's clock is read as the days it names, though they begin an hour
    late in summer; any other by its moments. Hours after midnight belong to the evening before where the
    filter's hours wrap.
    """
    if not _has_edges(chosen):
        return None
    begin, end = _moment(chosen.begin()), _moment(chosen.end())
    if end < begin:
        return None
    if begin.time() == end.time() == time():
        return begin.date(), max(begin.date(), (end - _DAY).date())
    zone = time_zone(state.timezone)
    first = _evening(begin.astimezone(zone), state)
    return first, max(first, _evening(max(begin, end - _TICK).astimezone(zone), state))


def _evening(civil: datetime, state: FilterState) -> date:
    return civil.date() - _DAY if state.wraps and civil.hour < state.hour_to else civil.date()


def _is_within(held: QgsDateTimeRange, begin: datetime, end: datetime) -> bool:
    """Whether a range shows nothing beyond a filter's edges, and names no days: midnight to midnight of UTC are days as the user
    names them, and become the civil days that the filter has, or the first hour of a summer's day would be on no map."""
    if not _has_edges(held):
        return False
    first, last = _moment(held.begin()), _moment(held.end())
    return begin <= first <= last <= end and not first.time() == last.time() == time()


def _has_edges(chosen: QgsDateTimeRange) -> bool:
    return bool(chosen.begin().isValid() and chosen.end().isValid())


def _clock(moment: datetime) -> QDateTime:
    """A moment as the controller shows it."""
    utc = moment.astimezone(timezone.utc)
    return QDateTime(QDate(utc.year, utc.month, utc.day), QTime(utc.hour, utc.minute, utc.second), Qt.TimeSpec.UTC)


def _moment(shown: QDateTime) -> datetime:
    """What the controller shows, read by its clock fields."""
    d, t = shown.date(), shown.time()
    return datetime(d.year(), d.month(), d.day(), t.hour(), t.minute(), t.second(), t.msec() * 1000, timezone.utc)
