"""Hard bounds of the time inside an area, from the speed limit alone (the space-time prism)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .rings import Floats, Rings

BLOCK = 1 << 15  # (leg, edge) cells at a time


def speed_limit(distance: Floats, seconds: Floats, max_speed_ms: float) -> Floats:
    """Speed limit of each leg: the given one, or 1.05 times its own speed where it was faster, m/s."""
    own = distance / np.where(seconds > 0, seconds, np.inf)  # of no time no speed can be told
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


def shortest_way_by(x0: Floats, y0: Floats, x1: Floats, y1: Floats, rings: Rings) -> Floats:
    """Length of the shortest way from each start to each end that touches the polygon's boundary, metres.

    A prism whose speed limit times duration is shorter does not reach a polygon that holds neither end: its ellipse
    ``|p − a| + |p − b| ≤ vT`` misses it. The shortest way by one edge is a straight line to the mirrored end (Heron).

    Returns
    -------
    float64 (n,); ``inf`` for a polygon without edges
    """
    ux, uy, vx, vy = rings.edges()
    result = np.full(len(x0), np.inf)
    if not len(ux):
        return result
    ex, ey = vx - ux, vy - uy
    length = np.hypot(ex, ey)
    real = length > 0
    ux, uy, ex, ey, length = (v[real] for v in (ux, uy, ex, ey, length))
    ex, ey = ex / length, ey / length
    step = max(1, BLOCK // max(1, len(ux)))
    for i in range(0, len(x0), step):
        ax, ay, bx, by = (v[i : i + step, None] for v in (x0, y0, x1, y1))
        # Along and across each edge.
        at, ah = (ax - ux) * ex + (ay - uy) * ey, np.abs((ay - uy) * ex - (ax - ux) * ey)
        bt, bh = (bx - ux) * ex + (by - uy) * ey, np.abs((by - uy) * ex - (bx - ux) * ey)
        both = ah + bh
        with np.errstate(invalid="ignore", divide="ignore"):
            place = np.where(both > 0, (at * bh + bt * ah) / both, np.clip(at, np.minimum(0, bt), np.maximum(0, bt)))
        place = np.clip(place, 0.0, length)
        way = np.hypot(at - place, ah) + np.hypot(bt - place, bh)
        result[i : i + step] = way.min(axis=1)
    return result
