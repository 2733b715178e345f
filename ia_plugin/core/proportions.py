"""The interval of a share, such as searches in which the object was found."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(part: float, whole: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share, 0 to 1 (Wilson 1927): it never leaves 0 to 1, and holds for small numbers; NaN of nothing.

    >>> [round(end, 3) for end in wilson(15, 61)], [round(end, 3) for end in wilson(0, 10)]
    ([0.155, 0.367], [0.0, 0.278])
    """
    if not whole > 0:
        return math.nan, math.nan
    z2 = NormalDist().inv_cdf(0.5 + level / 2) ** 2
    share = part / whole
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = math.sqrt(z2 * (share * (1 - share) / whole + z2 / (4 * whole**2))) / (1 + z2 / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


__all__ = ["wilson"]
