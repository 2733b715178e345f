"""Ways that could have been taken between two fixes: a small weighted set of paths for each leg, as whole arrays.

The position on a leg at the share α of its time is taken as normal about a mean, with the variance of a bridge: nothing
at the two fixes but their own error, most in the middle (Horne et al. 2007). A normal law in the plane is stood for by a few weighted
points z; each z gives one path, mean + s(α) z, walked with the leg. So the expected time in a
polygon is a weighted sum of exact times on straight pieces: it adds up over areas that tile the plane, is the straight
line's where the spread is nothing, and, with each path kept to the speed limit, never leaves the hard bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .places import Places
from .rings import Floats

# The middle and a square at two standard deviations: exact for moments up to the third (Stroud 1971, U2: 3-1 with the
# middle). Seven points and five pieces were tried: the error falls by half a hundredth more, at twice the time.
_SQUARE = np.radians(np.arange(0, 360, 90) + 20.0)  # turned, so that no path lies along a leg
PATHS = np.r_[[[0.0, 0.0]], 2.0 * np.c_[np.cos(_SQUARE), np.sin(_SQUARE)]]
WEIGHTS = np.r_[0.5, np.full(4, 0.125)]
NODES = np.array([0.0, 0.18, 0.5, 0.82, 1.0])
PIECES = 1 << 14  # straight pieces at a time: their arrays stay in cache


@dataclass(frozen=True)
class Ways:
    """Legs with what is needed to draw their paths.

    Attributes
    ----------
    x0, y0, x1, y1 : float64 (n,), the fixes, metres
    reach : float64 (n,), speed limit × duration, metres
    spread : float64 (n,), standard deviation of each axis at mid-leg, metres
    bend : float64 (n, 4), tangents (dx, dy) of the mean path at start and end, metres a leg; the straight line's own where nothing is known
    error0, error1 : float64 (n,), standard deviation of each axis at the fixes, metres
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    reach: Floats
    spread: Floats
    bend: Floats
    error0: Floats
    error1: Floats

    def __len__(self) -> int:
        return len(self.x0)

    def take(self, which: slice) -> Ways:
        """The ways of a run of legs."""
        return Ways(*(getattr(self, n)[which] for n in self.__dataclass_fields__))

    def shifted(self, origin: tuple[float, float]) -> Ways:
        """The same ways, measured from another origin: small numbers keep their digits."""
        ox, oy = origin
        return Ways(
            self.x0 - ox,
            self.y0 - oy,
            self.x1 - ox,
            self.y1 - oy,
            self.reach,
            self.spread,
            self.bend,
            self.error0,
            self.error1,
        )


def paths_of(ways: Ways, nodes: Floats = NODES, z: Floats = PATHS) -> tuple[Floats, Floats]:
    """x and y of each leg's paths at the nodes, each (n, k, m), kept to the speed limit.

    Parameters
    ----------
    ways : n legs
    nodes : (m,), shares of the time, from 0 to 1
    z : (k, 2), points that stand for the normal law, in standard deviations
    """
    x, y = _by_node(ways, nodes, z)
    return x.transpose(2, 1, 0), y.transpose(2, 1, 0)


def _by_node(ways: Ways, nodes: Floats, z: Floats) -> tuple[Floats, Floats]:
    """As :func:`paths_of`, each (m, k, n): the legs come last, for numpy is quick along a long last axis alone."""
    a = nodes
    # Cubic Hermite weights of the ends' tangents: how far the mean leaves the straight line.
    h0, h1 = a * (1 - a) ** 2, -(a**2) * (1 - a)
    dx, dy = ways.x1 - ways.x0, ways.y1 - ways.y0
    bow_x = np.multiply.outer(h0, ways.bend[:, 0] - dx) + np.multiply.outer(h1, ways.bend[:, 2] - dx)
    bow_y = np.multiply.outer(h0, ways.bend[:, 1] - dy) + np.multiply.outer(h1, ways.bend[:, 3] - dy)
    s = np.multiply.outer(4 * a * (1 - a), ways.spread**2)
    s += np.multiply.outer((1 - a) ** 2, ways.error0**2)
    s += np.multiply.outer(a**2, ways.error1**2)
    np.sqrt(s, out=s)
    x, y = (z[None, :, i, None] * s[:, None, :] for i in (0, 1))
    x += bow_x[:, None, :]
    y += bow_y[:, None, :]
    # Most legs are so slow that none of their paths comes near the limit.
    bow = np.abs(bow_x).max(axis=0) + np.abs(bow_y).max(axis=0)
    farthest = bow + np.hypot(*z.T).max() * s.max(axis=0)
    fast = np.flatnonzero((ways.reach - np.hypot(dx, dy)) * np.diff(nodes).min() < 2.0 * farthest)
    if len(fast):
        keep = _within_limit(x[:, :, fast], y[:, :, fast], dx[fast], dy[fast], ways.reach[fast], nodes)
        x[:, :, fast] *= keep
        y[:, :, fast] *= keep
    x += (ways.x0 + np.multiply.outer(a, dx))[:, None, :]
    y += (ways.y0 + np.multiply.outer(a, dy))[:, None, :]
    return x, y


def _within_limit(off_x: Floats, off_y: Floats, dx: Floats, dy: Floats, reach: Floats, nodes: Floats) -> Floats:
    """By how much each path's offsets (m, k, n) must shrink so that no piece of it is faster than the limit, (k, n) in 0 to 1."""
    da = np.diff(nodes)[:, None, None]
    px, py = dx * da, dy * da
    qx, qy = np.diff(off_x, axis=0), np.diff(off_y, axis=0)
    # |p + λ q| ≤ reach · Δα: the larger root of a quadratic in λ.
    q2 = qx * qx + qy * qy
    pq = px * qx + py * qy
    room = np.maximum((reach * da) ** 2 - (px * px + py * py), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        most = (-pq + np.sqrt(pq * pq + q2 * room)) / q2
    most[~(q2 > 0)] = 1.0
    return np.asarray(np.minimum(1.0, most.min(axis=0)))


def shares_inside(
    ways: Ways, places: Places, part: Optional[tuple[Floats, Floats]] = None, nodes: Floats = NODES, z: Floats = PATHS
) -> Floats:
    """Share of its duration that each leg spends inside by each path, (n, k).

    Parameters
    ----------
    ways, places : legs and a polygon, seen from one origin
    part : start and end (n,) of the part of each leg that counts, as shares of its time; all of it by default
    """
    n, k, m = len(ways), len(z), len(nodes) - 1
    result = np.empty((n, k))
    step = max(1, PIECES // (k * m))
    for i in range(0, n, step):
        rows = slice(i, min(n, i + step))
        x, y = _by_node(ways.take(rows), nodes, z)
        lasts = np.diff(nodes)[:, None]
        if part is not None:
            x, y, lasts = _cut(x, y, nodes, part[0][rows], part[1][rows])
        inside = places.of_paths(x.reshape(m + 1, -1), y.reshape(m + 1, -1)).reshape(m, k, -1)
        inside *= lasts[:, None]
        result[rows] = inside.sum(axis=0).T
    return result


def _cut(x: Floats, y: Floats, nodes: Floats, first: Floats, last: Floats) -> tuple[Floats, Floats, Floats]:
    """The paths (m, k, n) between two shares of their time, and how long each piece lasts, (m − 1, n)."""
    at = np.clip(nodes[:, None], first, last)
    j = np.clip(np.searchsorted(nodes, at, side="right") - 1, 0, len(nodes) - 2)
    w = ((at - nodes[j]) / (nodes[j + 1] - nodes[j]))[:, None]
    low = j[:, None]
    cut = [np.take_along_axis(v, low, 0) * (1 - w) + np.take_along_axis(v, low + 1, 0) * w for v in (x, y)]
    return cut[0], cut[1], np.diff(at, axis=0)


__all__ = ["NODES", "PATHS", "WEIGHTS", "Ways", "paths_of", "shares_inside"]
