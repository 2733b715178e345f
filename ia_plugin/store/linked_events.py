"""The stored events that officers' time of some days can be linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from .condition import among, compared, equals

if TYPE_CHECKING:
    from .interface import ReadHome

EVENTS = pd.Timedelta("24h")  # how far from a day events are looked at


def events_near(store: ReadHome, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Events that officers' time of some days can be linked to."""
    if not store.has("events"):
        return store.read("events")
    where = compared("end", ">=", first - EVENTS) & compared("start", "<", last + EVENTS)
    where = where & among("time_precision", ("minute", "hour")) & equals(status="current")
    return store.read("events", where, order=("kind", "event_id", "version"))
