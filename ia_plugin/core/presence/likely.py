"""The range of an estimate, and how it is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .bridge_model import default_bridge

Z90 = 1.6448536  # nine in ten of a normal law lie within so many standard deviations
FROM_GAPS = "from the gaps between fixes only; not unseen time or radios left behind"


def likely_range(seconds: Any, sd: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The 90 % interval of an estimate; never below nothing. NaN where no spread is known.

    Parameters
    ----------
    seconds, sd : best estimate and its standard deviation
    """
    value, spread = np.asarray(seconds, dtype=np.float64), np.asarray(sd, dtype=np.float64)
    return np.maximum(0.0, value - Z90 * spread), value + Z90 * spread


def total_sd(leg_areas: pd.DataFrame, legs: pd.DataFrame) -> pd.Series:
    """Standard deviation of each area's total, seconds, by ``area_id``: √(Σ sd² + (Σ τ·seconds)²).

    Parameters
    ----------
    leg_areas : made by the bridge; NaN results for other methods
    legs : the legs it was made from
    """
    lasts = pd.Series(legs["duration_s"].to_numpy(), index=legs["leg_id"]).reindex(leg_areas["leg_id"]).to_numpy()
    model = leg_areas.attrs.get("bridge") or default_bridge()
    parts = pd.DataFrame(
        {
            "area_id": leg_areas["area_id"].to_numpy(),
            "variance": leg_areas["seconds_sd"].to_numpy() ** 2,
            "systematic": model.relative_error(lasts) * leg_areas["seconds"].to_numpy(),
        }
    )
    total = parts.groupby("area_id").agg({"variance": lambda v: v.sum(skipna=False), "systematic": "sum"})
    return np.sqrt(total["variance"] + total["systematic"] ** 2)


def in_words(hours: float, sd_hours: float) -> str:
    """An estimate as it is said: "best estimate 41 h, likely 38–44"."""
    if not np.isfinite(sd_hours):
        return f"best estimate {_hours(hours, hours)} h"
    low, high = (float(v) for v in likely_range(hours, sd_hours))
    digits = high - low
    return f"best estimate {_hours(hours, digits)} h, likely {_hours(low, digits)}–{_hours(high, digits)}"


def _hours(value: float, range_: float) -> str:
    """No more digits than the range bears."""
    return f"{value:,.0f}" if range_ >= 2 else f"{value:,.1f}" if range_ >= 0.2 else f"{value:,.2f}"
