"""The civil days that some moments touch."""

from __future__ import annotations

import pandas as pd

from ..core.times.civil import pandas_zone
from ..core.times.instants import nanoseconds

NEAR_DAY = pd.Timedelta("12h")  # a fix may change a track that began on the day before or goes on to the day after


def days_near(times: pd.Series, timezone: str) -> set[str]:
    """Civil days of some moments, and those near enough that they may change their tracks."""
    # A few hundred hours stand for a million fixes.
    hours = pd.unique(nanoseconds(pd.to_datetime(times, utc=True)) // 3_600_000_000_000) * 3_600_000_000_000
    days: set[str] = set()
    for shift in (-NEAR_DAY, pd.Timedelta(0), NEAR_DAY):
        days |= set(
            (pd.DatetimeIndex(hours).tz_localize("UTC") + shift).tz_convert(pandas_zone(timezone)).strftime("%Y-%m-%d")
        )
    return days
