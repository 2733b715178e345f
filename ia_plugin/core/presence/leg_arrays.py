"""What the stages read off the legs, as arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Floats
from ..geometry.prism import speed_limit

LEAST_S = 0.5  # a leg and an area that share less are not worth a row, unless the bounds say they must share some

Ends = tuple[Floats, Floats, Floats, Floats]
"""x0, y0, x1, y1 of legs."""


def leg_ends(legs: pd.DataFrame) -> Ends:
    """x0, y0, x1, y1 of the legs as float64 arrays."""
    x0, y0, x1, y1 = (np.ascontiguousarray(legs[c].to_numpy(dtype=np.float64)) for c in ("x0", "y0", "x1", "y1"))
    return x0, y0, x1, y1


def leg_limits(legs: pd.DataFrame, max_speed_ms: float) -> Floats:
    """Speed limit of each leg, m/s."""
    x0, y0, x1, y1 = leg_ends(legs)
    return speed_limit(np.hypot(x1 - x0, y1 - y0), legs["duration_s"].to_numpy(dtype=np.float64), max_speed_ms)


def leg_accuracy(legs: pd.DataFrame) -> tuple[Floats, Floats]:
    """Accuracy of the fix at the start and at the end of each leg, metres; 0 where none is given."""
    first, last = (
        np.nan_to_num(legs[c].to_numpy(dtype=np.float64, na_value=np.nan)) if c in legs.columns else np.zeros(len(legs))
        for c in ("accuracy0_m", "accuracy1_m")
    )
    return first, last
