"""The likely range of a share that was counted: so many of so many (standard library only)."""

from __future__ import annotations

import math
from statistics import NormalDist

from .words import LIKELY


def share_interval(part: float, whole: float, level: float = LIKELY) -> tuple[float, float]:
    """Ends of the interval of a share, between 0 and 1 (Wilson 1927, the score interval); NaN where there is no whole.

    It keeps its level for few cases and for shares near 0 and 1, where the common one (share ± 2 standard errors) fails.

    Examples
    --------
    >>> [round(end, 3) for end in share_interval(43, 50)], [round(end, 3) for end in share_interval(10, 10)]
    ([0.761, 0.922], [0.787, 1.0])
    """
    if not whole > 0:
        return math.nan, math.nan
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    share = part / whole
    middle = share + z2 / (2 * whole)
    half = math.sqrt(z2 * (share * (1 - share) + z2 / (4 * whole)) / whole)
    return max(0.0, (middle - half) / (1 + z2 / whole)), min(1.0, (middle + half) / (1 + z2 / whole))
