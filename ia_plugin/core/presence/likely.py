"""The range of an estimate, and how it is said."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

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
