"""Civil hour and weekday beside moments, for filters that ask them."""

from __future__ import annotations

import pandas as pd

from ..core.times.civil import pandas_zone


def with_local_time(table: pd.DataFrame, column: str, timezone: str) -> pd.DataFrame:
    """The table with ``local_hour`` and ``local_weekday`` (0 Monday) of a column's civil time."""
    times = pd.to_datetime(table[column], utc=True).dt.tz_convert(pandas_zone(timezone))
    return table.assign(local_hour=times.dt.hour.astype("Int64"), local_weekday=times.dt.day_of_week.astype("Int64"))
