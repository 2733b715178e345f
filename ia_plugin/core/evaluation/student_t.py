"""Student's t, which scipy has: imported when first asked, so that the rest of the core starts without it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ..arrays import Floats


@lru_cache(maxsize=1000)
def t_quantile(share: float, degrees: float) -> float:
    """The value under which t lies with a probability; the normal law's for degrees without end, NaN for none.

    >>> round(t_quantile(0.975, 38), 3), round(t_quantile(0.975, math.inf), 2)
    (2.024, 1.96)
    """
    from scipy.stats import norm, t

    return float(norm.ppf(share) if math.isinf(degrees) else t.ppf(share, degrees))


def two_sided(statistic: Floats, degrees: float) -> Floats:
    """p of a t statistic, both tails; NaN where it is none."""
    from scipy.stats import t

    return np.asarray(2 * t.sf(np.abs(statistic), degrees), dtype=np.float64)
