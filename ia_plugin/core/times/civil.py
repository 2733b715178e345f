"""Columns of moments in civil time and back, the same on every pandas and with or without a time-zone database."""

from __future__ import annotations

from datetime import tzinfo
from functools import cache

import numpy as np
import pandas as pd

from .time_zones import time_zone

_DAY = pd.Timedelta(1, "D")


@cache
def pandas_zone(name: str) -> tzinfo:
    """The zone of an IANA name, for pandas.

    Where pandas finds the name by itself, its own kind of zone: pandas before 2 overlooks the two odd hours of the year
    in a ``ZoneInfo`` and takes four times as long. Elsewhere (pandas 3 on Windows without tzdata) that of
    :func:`time_zone`, whose errors are raised either way.
    """
    zone = time_zone(name)
    try:
        own = pd.DatetimeTZDtype("ns", name).tz
    except Exception:  # pytz, zoneinfo and pandas each raise their own
        return zone
    return own  # type: ignore[no-any-return]


def from_civil(wall: pd.DatetimeIndex, timezone: str) -> pd.DatetimeIndex:
    """The moments (UTC) of clock readings: NaT stays, the hour that October has twice is the first of the two.

    A reading in the hour that March leaves out is taken as of a clock that was not put forward, as Python does
    (PEP 495); pandas' own ``nonexistent="shift_forward"`` gives another hour in each of its versions.
    """
    zone = pandas_zone(timezone)
    first = np.ones(len(wall), dtype=bool)
    found = wall.tz_localize(zone, ambiguous=first, nonexistent="NaT").tz_convert("UTC")
    gap = np.asarray(found.isna() & wall.notna())
    if gap.any():
        day_before = (wall - _DAY).tz_localize(zone, ambiguous=first, nonexistent="NaT").tz_convert("UTC")
        found = found.where(~gap, day_before + _DAY)
    return found


def moment_of(reading: pd.Timestamp, timezone: str) -> pd.Timestamp:
    """The moment (UTC) of one clock reading (see :func:`from_civil`)."""
    return from_civil(pd.DatetimeIndex([reading]), timezone)[0]


def civil_text(moment: pd.Timestamp, timezone: str) -> str:
    """A moment as its clock reading with the offset, which tells the two hours of an October night apart; "" for none.

    >>> civil_text(pd.Timestamp("2024-06-03T09:00Z"), "Europe/London")
    '2024-06-03T10:00:00+01:00'
    """
    return "" if pd.isna(moment) else str(moment.tz_convert(pandas_zone(timezone)).isoformat(timespec="seconds"))
