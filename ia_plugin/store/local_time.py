"""Civil time in a store: its zone, and the hour and weekday beside moments, for filters that ask them."""

from __future__ import annotations

import pandas as pd

from ..core.sql import composed
from ..core.times.civil import pandas_zone
from ..gpkg.geopackage import GeoPackage
from .marks import has_table

ZONE_OF_OLD = "Europe/London"  # of a file that does not tell its own
_TELL = ("settings", "about")  # tables that do: of the restricted file, and of the summary


def zone_of(package: GeoPackage) -> str:
    """The IANA name of the time zone of one of a store's files."""
    for table in _TELL:
        if has_table(package, table):
            found = package.execute(composed("SELECT value FROM {table} WHERE name = 'timezone'", table=table))
            if found:
                return str(found[0][0])
    return ZONE_OF_OLD


def with_local_time(table: pd.DataFrame, column: str, timezone: str) -> pd.DataFrame:
    """The table with ``local_hour`` and ``local_weekday`` (0 Monday) of a column's civil time."""
    times = pd.to_datetime(table[column], utc=True).dt.tz_convert(pandas_zone(timezone))
    return table.assign(local_hour=times.dt.hour.astype("Int64"), local_weekday=times.dt.day_of_week.astype("Int64"))
