"""Moments as pandas keeps them, from whole nanoseconds and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_EACH_BY_ITSELF: dict[str, Any] = {"format": "mixed"} if int(pd.__version__.split(".")[0]) >= 2 else {}


def parsed(values: Any, *, utc: bool = True, errors: Any = "coerce") -> Any:
    """``pd.to_datetime`` of ISO texts, dates or moments, each value by itself.

    pandas 2 and newer read all values by the form of the first, and what is written otherwise is lost without a word.
    Always in nanoseconds: pandas 3 would keep texts in microseconds, and 9999-12-31 with them, which is NaT here as it
    is on older ones (or raises, with errors="raise").

    >>> bool(parsed(pd.Series(["2024-06-03", "2024-06-03T12:00:00Z"])).isna().any())
    False
    """
    found = pd.to_datetime(values, utc=utc, errors=errors, **_EACH_BY_ITSELF)
    accessor = found.dt if isinstance(found, pd.Series) else found
    if getattr(accessor, "unit", "ns") == "ns" or found.dtype == object:
        return found
    if errors == "coerce":
        zone = accessor.tz
        low, high = (
            pd.Timestamp(edge).tz_localize("UTC").tz_convert(zone) if zone else pd.Timestamp(edge) for edge in _RANGE
        )
        found = found.where((found >= low) & (found < high))
    return found.dt.as_unit("ns") if isinstance(found, pd.Series) else found.as_unit("ns")


_RANGE = ("1678-01-01", "2262-01-01")
"""Whole years that nanoseconds since 1970 can count in 64 bits."""


def whole_nanoseconds(clock: Any) -> NDArray[np.int64]:
    """Nanoseconds since 1970 of an array of ``datetime64`` of any unit; NaT where they cannot count so far.

    numpy's own conversion wraps round without a word: 9999-12-31 becomes a day of 1816.
    """
    clock = np.asarray(clock)
    low, high = (np.datetime64(edge, "s") for edge in _RANGE)
    # NaT compares as False, and stays NaT.
    inside = (clock >= low) & (clock < high)
    return np.where(inside, clock, np.datetime64("NaT")).astype("datetime64[ns]").view(np.int64)


def instants(ns: Any) -> pd.DatetimeIndex:
    """Nanoseconds since 1970 (UTC) as a ``datetime64[ns, UTC]`` index.

    ``pd.to_datetime(ns, utc=True)`` says the same sixty times more slowly: it checks every value for being a number.
    """
    return pd.DatetimeIndex(np.asarray(ns, dtype=np.int64).view("M8[ns]")).tz_localize("UTC")


def nanoseconds(times: pd.Series) -> NDArray[np.int64]:
    """Nanoseconds since 1970 (UTC) of a column of times, whatever unit it keeps them in (pandas 3 prefers microseconds)."""
    if isinstance(times.dtype, pd.DatetimeTZDtype) and times.dtype.unit != "ns":
        times = times.astype("datetime64[ns, UTC]")
    return np.asarray(times.astype("int64").to_numpy())
