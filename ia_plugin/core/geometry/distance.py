"""Distance from points to the boundary of a polygon, for whole arrays."""

from __future__ import annotations

import numpy as np

from .rings import Floats, Rings

BLOCK = 1 << 15  # (point, edge) cells at a time


def distance_to_boundary(x: Floats, y: Floats, rings: Rings) -> Floats:
    """Euclidean distance of each point to the nearest edge, metres; ``inf`` for a polygon without edges.

    Parameters
    ----------
    x, y : float64 (n,), metres
    """
    ux, uy, vx, vy = rings.edges()
    result = np.full(len(x), np.inf)
    if not len(ux):
        return result
    ex, ey = vx - ux, vy - uy
    length2 = ex * ex + ey * ey
    with np.errstate(divide="ignore"):
        scale = np.where(length2 > 0, 1.0 / length2, 0.0)
    # Place of the foot of the perpendicular along the edge: (p − u)·e / |e|².
    kx, ky = ex * scale, ey * scale
    k0 = ux * kx + uy * ky
    step = max(1, BLOCK // len(ux))
    for i in range(0, len(x), step):
        px, py = x[i : i + step, None], y[i : i + step, None]
        t = px * kx
        t += py * ky
        t -= k0
        np.clip(t, 0.0, 1.0, out=t)
        gx = t * ex
        gx += ux
        gx -= px
        t *= ey
        t += uy
        t -= py
        gx *= gx
        t *= t
        gx += t
        result[i : i + step] = np.sqrt(gx.min(axis=1))
    return result
