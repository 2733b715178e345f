"""Distance from points to the boundary of a polygon, for whole arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .pairs import expand
from .rings import Floats, Rings

Ints = NDArray[np.intp]

BLOCK = 1 << 15  # (point, edge) cells at a time
MANY = 1 << 18  # (point, edge) cells from which it pays to find the edges that can be nearest in each place
PLACES = 24  # along the polygon's longer side, and as many again beyond it on every side


@dataclass(frozen=True)
class _Edges:
    """Edges, with the place of the foot of a perpendicular along each: (p − u)·e / |e|²."""

    ux: Floats
    uy: Floats
    ex: Floats
    ey: Floats
    kx: Floats
    ky: Floats
    k0: Floats

    @classmethod
    def of(cls, rings: Rings) -> _Edges:
        ux, uy, vx, vy = rings.edges()
        ex, ey = vx - ux, vy - uy
        length2 = ex * ex + ey * ey
        with np.errstate(divide="ignore"):
            scale = np.where(length2 > 0, 1.0 / length2, 0.0)
        kx, ky = ex * scale, ey * scale
        return cls(ux, uy, ex, ey, kx, ky, ux * kx + uy * ky)

    def take(self, which: Ints) -> _Edges:
        return _Edges(*(getattr(self, n).take(which) for n in self.__dataclass_fields__))

    def upright(self) -> _Edges:
        """The same edges, one below the other."""
        return _Edges(*(getattr(self, n)[:, None] for n in self.__dataclass_fields__))

    def squared(self, px: Floats, py: Floats) -> Floats:
        """Square of the distance of points to edges, by whatever numpy makes of the two shapes."""
        t = px * self.kx
        t += py * self.ky
        t -= self.k0
        np.maximum(t, 0.0, out=t)
        np.minimum(t, 1.0, out=t)
        gx = t * self.ex
        gx += self.ux
        gx -= px
        t *= self.ey
        t += self.uy
        t -= py
        gx *= gx
        t *= t
        gx += t
        return gx


def distance_to_boundary(x: Floats, y: Floats, rings: Rings) -> Floats:
    """Euclidean distance of each point to the nearest edge, metres; ``inf`` for a polygon without edges.

    Parameters
    ----------
    x, y : float64 (n,), metres
    """
    edges = _Edges.of(rings)
    if not len(edges.ux):
        return np.full(len(x), np.inf)
    if len(x) * len(edges.ux) < MANY:
        return _to_all(x, y, edges)
    return _by_place(x, y, edges, rings)


def ends_to_boundary(x0: Floats, y0: Floats, x1: Floats, y1: Floats, rings: Rings) -> tuple[Floats, Floats]:
    """Distance of the start and of the end of each leg to the boundary, metres."""
    # Most legs start where the leg before them ended: measure such a point once.
    shared = np.r_[(x1[:-1] == x0[1:]) & (y1[:-1] == y0[1:]), False] if len(x0) else np.empty(0, dtype=bool)
    measured = distance_to_boundary(np.r_[x0, x1[~shared]], np.r_[y0, y1[~shared]], rings)
    start = measured[: len(x0)]
    end = np.empty(len(x0))
    end[~shared] = measured[len(x0) :]
    end[shared] = start[1:][shared[:-1]]
    return start, end


def _to_all(x: Floats, y: Floats, edges: _Edges) -> Floats:
    result = np.empty(len(x))
    step = max(1, BLOCK // len(edges.ux))
    # Points come last, of which there are more: numpy is quick along a long last axis alone.
    edges = edges.upright()
    for i in range(0, len(x), step):
        result[i : i + step] = edges.squared(x[i : i + step], y[i : i + step]).min(axis=0)
    return np.asarray(np.sqrt(result))


def _by_place(x: Floats, y: Floats, edges: _Edges, rings: Rings) -> Floats:
    """Points are measured to the edges alone that can be nearest somewhere in their place: the same distances, to the last bit."""
    west, south, east, north = rings.bounds
    cell = max(east - west, north - south, 1e-6) / PLACES
    x0, y0, across = west - PLACES * cell, south - PLACES * cell, 3 * PLACES
    column, row = (x - x0) / cell, (y - y0) / cell
    known = (column >= 0) & (column < across) & (row >= 0) & (row < across)
    result = np.empty(len(x))
    result[~known] = _to_all(x[~known], y[~known], edges)
    rest = np.flatnonzero(known)
    place = row[rest].astype(np.intp) * across + column[rest].astype(np.intp)
    used = np.zeros(across * across, dtype=bool)
    used[place] = True
    here = np.flatnonzero(used)
    number = np.cumsum(used) - 1
    first, count, near = _candidates(x0 + (here % across + 0.5) * cell, y0 + (here // across + 0.5) * cell, cell, edges)
    place = number[place]
    for i in range(0, len(rest), BLOCK >> 3):
        part, at = rest[i : i + (BLOCK >> 3)], place[i : i + (BLOCK >> 3)]
        point, nth = expand(count.take(at))
        edge = near.take(first.take(at).take(point) + nth)
        squared = edges.take(edge).squared(x.take(part).take(point), y.take(part).take(point))
        result[part] = np.sqrt(np.minimum.reduceat(squared, np.flatnonzero(nth == 0)))
    return result


def _candidates(x: Floats, y: Floats, cell: float, edges: _Edges) -> tuple[Ints, Ints, Ints]:
    """Of each place (by its middle) where its edges begin in the list, how many they are, and the list.

    A point of the place is at most half a diagonal nearer to an edge than the middle, or farther from it.
    """
    found, counts = [], []
    step = max(1, BLOCK // len(edges.ux))
    for i in range(0, len(x), step):
        apart = np.sqrt(edges.squared(x[i : i + step, None], y[i : i + step, None]))
        near = apart <= apart.min(axis=1)[:, None] + (np.sqrt(2.0) + 1e-6) * cell
        counts.append(near.sum(axis=1))
        found.append(np.nonzero(near)[1])
    count = np.concatenate(counts)
    return np.cumsum(count) - count, count, np.concatenate(found)
