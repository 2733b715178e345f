"""Hard bounds of the time inside an area, from the speed limit alone (the space-time prism)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .rings import Floats


def speed_limit(distance: Floats, seconds: Floats, max_speed_ms: float) -> Floats:
    """Speed limit of each leg: the given one, or 1.05 times its own speed where it was faster, m/s."""
    own = distance / seconds
    return np.where(own > max_speed_ms, 1.05 * own, max_speed_ms)


def prism_bounds(
    seconds: Floats,
    limit: Floats,
    to_edge: tuple[Floats, Floats],
    inside: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    accuracy: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    """Least and most time a leg can spend inside, whichever way it went (Hägerstrand 1970; Miller 2005).

    ``high = max(0, T − (d(a,P) + d(b,P)) / v)``, ``low = min(T, (d(a,∁P) + d(b,∁P)) / v)``, with d = 0 on the other
    side and each distance loosened by the accuracy of its fix.

    Parameters
    ----------
    seconds : duration T of each leg
    limit : speed limit v of each leg, m/s
    to_edge : distance of start and end to the boundary, metres
    inside : whether start and end lie inside
    accuracy : accuracy of start and end, metres

    Returns
    -------
    (low, high), seconds
    """
    need_out = np.zeros(len(seconds))
    need_in = np.zeros(len(seconds))
    for d, here, loose in zip(to_edge, inside, accuracy):
        sure = np.maximum(0.0, d - loose)
        need_out += np.where(here, sure, 0.0)
        need_in += np.where(here, 0.0, sure)
    return np.minimum(seconds, need_out / limit), np.maximum(0.0, seconds - need_in / limit)
