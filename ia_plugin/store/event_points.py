"""The points of events that may be mapped, of a store's summary."""

from __future__ import annotations

from pathlib import Path
from typing import Union

import pandas as pd

from ..core.columns import EVENT_POINTS
from .open_summary import opened_summary


def read_event_points(folder: Union[str, Path]) -> pd.DataFrame:
    """The event_points table with ``x, y``; without rows where a summary of an earlier version has none.

    Raises
    ------
    StoreError
        where there is no summary.
    """
    with opened_summary(folder) as summary:
        if EVENT_POINTS.name in summary.tables():
            return summary.read(EVENT_POINTS.name)
    return pd.DataFrame(columns=[*EVENT_POINTS.names, "x", "y"])


__all__ = ["read_event_points"]
