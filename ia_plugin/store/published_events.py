"""What the summary tells of events: counts by place and hour, and points of those that may be mapped. The records stay restricted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..core.arrays import Bools
from ..core.columns import EVENT_POINTS
from ..core.events.area_events import current_events
from ..core.events.mappable import may_be_mapped
from ..core.summaries.event_cells import event_cells
from .condition import ALL
from .record_delays import publish_delays
from .tables import EVENT_COUNTS

if TYPE_CHECKING:
    from .interface import StoreHome

_DUE, _DONE = "due", "done"
_LOCAL = ["local_hour", "local_weekday"]


def events_changed(store: StoreHome) -> None:
    """Note that events or areas are not what the summary counts them by; within the change of them."""
    store.set(EVENT_COUNTS, _DUE)


def publish_events(store: StoreHome) -> None:
    """Tell the summary of the events as they are now, and how late they come, where they or the areas have changed since."""
    if store.setting(EVENT_COUNTS) == _DUE:
        _publish_counts(store)
    publish_delays(store)


def _publish_counts(store: StoreHome) -> None:
    with store.together("counts of events"):
        if store.setting(EVENT_COUNTS) != _DUE:
            return  # another program was quicker
        # Read where nobody changes them: what is counted is what is no longer due.
        events, areas = store.read("events"), store.read("areas")
        if len(areas):
            cells = event_cells(events, areas, store.timezone) if len(events) else pd.DataFrame()
            store.put("event_cells", cells, ALL)
        store.put("event_points", event_points(events, store.timezone), ALL)
        store.set(EVENT_COUNTS, _DONE)


def event_points(events: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """The points of current events that may be mapped, without what leads back to their records.

    Parameters
    ----------
    events : the events table of a store

    Returns
    -------
    DataFrame, the event_points table with ``x``, ``y``, metres, and civil hour and weekday where they are known.
    """
    columns = [*EVENT_POINTS.names, *_LOCAL, "x", "y"]
    if not len(events):
        return pd.DataFrame(columns=columns)
    current = current_events(events, timezone=timezone).reset_index(drop=True)
    some = current[_mappable(current)]
    # In the order of what they say: that of the records would tell which came with which file.
    return some.reindex(columns=columns).sort_values(["start", "kind", "category", "x", "y"], ignore_index=True)


def _mappable(events: pd.DataFrame) -> Bools:
    placed = np.isfinite(events[["x", "y"]].to_numpy(dtype=np.float64, na_value=np.nan)).all(axis=1)
    return np.asarray(placed & may_be_mapped(events), dtype=bool)
