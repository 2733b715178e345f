"""Ways that could have been taken between two fixes: a small weighted set of paths for each leg, as whole arrays.

The position on a leg at the share α of its time is taken as normal about a mean, with the variance of a bridge: nothing
at the two fixes but their own error, most in the middle (Horne et al. 2007). A normal law in the plane is stood for by a few weighted
points z; each z gives one path, mean + s(α) z, walked with the leg. So the expected time in a
polygon is a weighted sum of exact times on straight pieces: it adds up over areas that tile the plane, is the straight
line's where the spread is nothing, and, with each path kept to the speed limit, never leaves the hard bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .mosaic import Mosaic, Within
from .places import Places, keeps_clear
from .rings import Floats

# The middle and a square at two standard deviations: exact for moments up to the third (Stroud 1971, U2: 3-1 with the
# middle). Seven points and five pieces were tried: the error falls by half a hundredth more, at twice the time.
_SQUARE = np.radians(np.arange(0, 360, 90) + 20.0)  # turned, so that no path lies along a leg
PATHS = np.r_[[[0.0, 0.0]], 2.0 * np.c_[np.cos(_SQUARE), np.sin(_SQUARE)]]
WEIGHTS = np.r_[0.5, np.full(4, 0.125)]
NODES = np.array([0.0, 0.18, 0.5, 0.82, 1.0])
PIECES = 1 << 15  # straight pieces at a time: their arrays stay in cache


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
    middle = _Middle.of(ways, nodes)
    x, y = middle.paths(nodes, z, middle.fast(nodes, z))
    return x.transpose(2, 1, 0), y.transpose(2, 1, 0)


@dataclass(frozen=True)
class _Middle:
    """The mean paths of n legs at the nodes, and how far others are from them; arrays are (m, n), for numpy is quick along a long last axis alone.

    Attributes
    ----------
    x, y : of the straight legs
    bow_x, bow_y : how far the mean leaves the straight line
    s : standard deviation of each axis
    dx, dy, reach : (n,), from fix to fix, and the most that the speed limit allows, metres
    """

    x: Floats
    y: Floats
    bow_x: Floats
    bow_y: Floats
    s: Floats
    dx: Floats
    dy: Floats
    reach: Floats

    @classmethod
    def of(cls, ways: Ways, nodes: Floats) -> _Middle:
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
        x, y = ways.x0 + np.multiply.outer(a, dx), ways.y0 + np.multiply.outer(a, dy)
        return cls(x, y, bow_x, bow_y, s, dx, dy, ways.reach)

    def take(self, which: NDArray[np.intp]) -> _Middle:
        return _Middle(*(getattr(self, n).take(which, axis=-1) for n in self.__dataclass_fields__))

    def fast(self, nodes: Floats, z: Floats) -> NDArray[np.bool_]:
        """Which legs may have a path that comes near the limit; most are far too slow for that."""
        bow = np.abs(self.bow_x).max(axis=0) + np.abs(self.bow_y).max(axis=0)
        farthest = bow + np.hypot(*z.T).max() * self.s.max(axis=0)
        return np.asarray((self.reach - np.hypot(self.dx, self.dy)) * np.diff(nodes).min() < 2.0 * farthest)

    def paths(self, nodes: Floats, z: Floats, fast: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """As :func:`paths_of`, each (m, k, n); those of `fast` legs are kept to the limit."""
        x, y = (z[None, :, i, None] * self.s[:, None, :] for i in (0, 1))
        x += self.bow_x[:, None, :]
        y += self.bow_y[:, None, :]
        some = np.flatnonzero(fast)
        if len(some):
            of = self.dx[some], self.dy[some], self.reach[some]
            keep = _within_limit(x[:, :, some], y[:, :, some], *of, nodes)
            x[:, :, some] *= keep
            y[:, :, some] *= keep
        x += self.x[:, None, :]
        y += self.y[:, None, :]
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
        middle = _Middle.of(ways.take(rows), nodes)
        x, y = middle.x + middle.bow_x, middle.y + middle.bow_y
        side = places.sides(x, y, np.hypot(*z.T).max() * middle.s)
        fast = middle.fast(nodes, z)
        side[fast] = 0  # of these the mean itself is drawn in
        lasts = np.broadcast_to(np.diff(nodes)[:, None], (m, len(side)))
        if part is not None:
            ends = part[0][rows], part[1][rows]
            lasts = np.diff(_within(nodes, *ends), axis=0)
        result[rows] = np.where(side > 0, lasts.sum(axis=0), 0.0)[:, None]
        near = np.flatnonzero(side == 0)
        if not len(near):
            continue
        x, y = middle.take(near).paths(nodes, z, fast.take(near))
        if part is not None:
            x, y = _cut(x, y, nodes, *(v.take(near) for v in ends))
        inside = places.of_paths(x.reshape(m + 1, -1), y.reshape(m + 1, -1)).reshape(m, k, -1)
        inside *= lasts[:, None, near]
        result[i + near] = inside.sum(axis=0).T
    return result


def shares_among(ways: Ways, mosaic: Mosaic) -> Iterator[Within]:
    """Time of legs in areas by each path, some legs at a time; `ways` as seen from the mosaic's origin."""
    lasts = np.diff(NODES)[:, None]
    step = max(1, PIECES // (len(PATHS) * len(lasts)))
    for i in range(0, len(ways), step):
        middle = _Middle.of(ways.take(slice(i, i + step)), NODES)
        x, y = middle.x + middle.bow_x, middle.y + middle.bow_y
        fast = middle.fast(NODES, PATHS)
        far = mosaic.least(x.ravel(), y.ravel()).reshape(x.shape)
        clear = keeps_clear(far, x, y, np.hypot(*PATHS.T).max() * middle.s) & ~fast
        # Of these every path is where the mean starts.
        kept, near = np.flatnonzero(clear), np.flatnonzero(~clear)
        if len(kept):
            yield mosaic.throughout(x[0].take(kept), y[0].take(kept), len(PATHS)).at(i + kept)
        if len(near):
            x, y = middle.take(near).paths(NODES, PATHS, fast.take(near))
            yield mosaic.of_paths(x, y, np.broadcast_to(lasts, (len(lasts), len(near)))).at(i + near)


def _within(nodes: Floats, first: Floats, last: Floats) -> Floats:
    """The nodes, each no earlier than `first` and no later than `last`, (m, n)."""
    return np.clip(nodes[:, None], first, last)


def _cut(x: Floats, y: Floats, nodes: Floats, first: Floats, last: Floats) -> tuple[Floats, Floats]:
    """The paths (m, k, n) between two shares of their time."""
    at = _within(nodes, first, last)
    j = np.clip(np.searchsorted(nodes, at, side="right") - 1, 0, len(nodes) - 2)
    w = ((at - nodes[j]) / (nodes[j + 1] - nodes[j]))[:, None]
    low = j[:, None]
    return _between(x, low, w), _between(y, low, w)


def _between(v: Floats, low: NDArray[np.intp], w: Floats) -> Floats:
    """Places on pieces; of a piece of no length, and at its end, to the last bit: whoever stands on an edge stays there."""
    first, last = np.take_along_axis(v, low, 0), np.take_along_axis(v, low + 1, 0)
    return np.where(w < 1.0, first + (last - first) * w, last)


__all__ = ["NODES", "PATHS", "WEIGHTS", "Ways", "paths_of", "shares_among", "shares_inside"]
