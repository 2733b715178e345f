"""The stored events that officers' time of some days can be linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from .store import Store

EVENTS = pd.Timedelta("24h")  # how far from a day events are looked at


def events_near(store: Store, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Events that officers' time of some days can be linked to."""
    if not store.count("events"):
        return store.read("events")
    where = "\"end\" >= ? AND start < ? AND time_precision IN ('minute', 'hour') AND status = 'current'"
    return store.read("events", where, (first - EVENTS, last + EVENTS), order="kind, event_id, version")
