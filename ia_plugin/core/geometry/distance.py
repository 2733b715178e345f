"""Distance from points to the boundary of a polygon, for whole arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .pairs import expand
from .rings import Floats, Rings

Ints = NDArray[np.intp]

BLOCK = 1 << 16  # (mark, point) cells at a time: their array stays in cache
STEP = 1.5  # usual edges from mark to mark, at most
LEAST = 32  # marks of a boundary, about: of an edge as long as the polygon nothing could be told
FEW = 8  # edges that are as soon measured as told apart
ROUNDS = 4  # of looking for less than what stands, before values are taken one by one
HAIR = 2e-6  # of the numbers that are multiplied: what single precision may be off


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

    def squared(self, edge: Ints, px: Floats, py: Floats) -> Floats:
        """Square of the distance of points to edges, by whatever numpy makes of the shapes of `edge` and `px`."""
        ex, ey = self.ex.take(edge), self.ey.take(edge)
        t = px * self.kx.take(edge)
        t += py * self.ky.take(edge)
        t -= self.k0.take(edge)
        np.maximum(t, 0.0, out=t)
        np.minimum(t, 1.0, out=t)
        gx = t * ex
        gx += self.ux.take(edge)
        gx -= px
        t *= ey
        t += self.uy.take(edge)
        t -= py
        gx *= gx
        t *= t
        gx += t
        return np.asarray(gx)


class _Boundaries:
    """The boundaries of some polygons, and marks along them by which the edges that can be nearest are told from all others.

    Every vertex is a mark, and long edges have more, `2 h` apart at most. Where the nearest edge is met in a vertex, at a distance d,
    this mark is d away; where in the foot of a perpendicular, some mark of the edge is no more than h from it, and √(d² + h²) away
    at most. So of an edge that is nearest some mark is, by its square, no more than h² farther than the nearest mark is. To see
    which are, single precision does, with room for what it may be off; the distances to those few edges are then told in full.

    Parameters
    ----------
    rings : of polygons, none of them empty; each is seen from its own origin
    """

    def __init__(self, rings: Sequence[Rings]) -> None:
        sizes = np.array([len(r.x) for r in rings])
        self._origin = np.array([r.origin for r in rings]).T
        x, y = (np.concatenate([getattr(r, n) for r in rings]) for n in ("x", "y"))
        x -= np.repeat(self._origin[0], sizes)
        y -= np.repeat(self._origin[1], sizes)
        first = np.cumsum(sizes) - sizes
        joints = np.sort(np.concatenate([first[1:] - 1, *(r.joints + at for r, at in zip(rings, first))])).astype(
            np.intp
        )
        self._edges = edges = _Edges.of(Rings(x, y, joints, rings[0].bounds))
        count = sizes - np.array([len(r.joints) + 1 for r in rings])
        length, area = np.hypot(edges.ex, edges.ey), np.repeat(np.arange(len(rings)), count)
        step = np.maximum(np.bincount(area, length) / np.maximum(count / STEP, LEAST), 1e-6)
        pieces = np.maximum(1, np.ceil(length / step.take(area))).astype(np.intp)
        edge, nth = expand(pieces)
        share = nth / pieces.take(edge)
        mx, my = (u.take(edge) + share * e.take(edge) for u, e in ((edges.ux, edges.ex), (edges.uy, edges.ey)))
        # Two edges meet in a vertex; the one before the first of a ring is its last.
        begins = np.r_[0, joints + 1] - np.arange(len(joints) + 1)
        before = np.arange(len(length)) - 1
        before[begins] = np.r_[begins[1:], len(length)] - 1
        self._meet = edge, np.where(nth == 0, before.take(edge), edge)
        of = area.take(edge)
        self._first = np.r_[0, np.cumsum(np.bincount(of))]
        self._middle = tuple(np.bincount(of, m) / np.diff(self._first) for m in (mx, my))
        mx, my = mx - self._middle[0].take(of), my - self._middle[1].take(of)
        square = mx * mx + my * my
        # |p − m|² = |p|² − 2 p·m + |m|², of which the first is the same for all marks.
        self._marks = np.stack([-2.0 * mx, -2.0 * my, square], axis=1).astype(np.float32)
        self._wide = np.sqrt(np.maximum.reduceat(square, self._first[:-1]))
        self._room = step * step / 4.0

    def distance(self, x: Floats, y: Floats, first: Ints) -> Floats:
        """Of points to the boundary of the polygon that they stand with: those of the k-th from ``first[k]`` on, at least one each."""
        of = np.repeat(np.arange(len(first)), np.diff(first, append=len(x)))
        x, y = x - self._origin[0].take(of), y - self._origin[1].take(of)
        if len(first) == 1 and len(self._edges.ux) <= FEW:
            return np.asarray(np.sqrt(self._edges.squared(np.arange(len(self._edges.ux))[:, None], x, y).min(axis=0)))
        px, py = x - self._middle[0].take(of), y - self._middle[1].take(of)
        nowhere = ~(np.isfinite(px) & np.isfinite(py))  # whose distance is NaN, and nobody else's
        px[nowhere] = py[nowhere] = 0.0
        far = np.sqrt(np.maximum.reduceat(px * px + py * py, first))
        room = (self._room + HAIR * self._wide * (2.0 * far + self._wide)).astype(np.float32)
        seen = np.stack([px, py, np.ones(len(x))]).astype(np.float32)
        squared = np.empty(len(x))
        for k, (begin, end) in enumerate(zip(first.tolist(), [*first[1:].tolist(), len(x)])):
            marked = self._marks[self._first[k] : self._first[k + 1]]
            step = max(1, BLOCK // len(marked))
            for i in range(begin, end, step):
                here = slice(i, min(i + step, end))
                apart = marked @ seen[:, here]
                mark, point = np.divmod(np.flatnonzero(apart <= apart.min(axis=0) + room[k]), apart.shape[1])
                mark += self._first[k]
                px, py = x[here].take(point), y[here].take(point)
                one, other = (self._edges.squared(meet.take(mark), px, py) for meet in self._meet)
                squared[here] = _least(apart.shape[1], point, np.minimum(one, other))
        squared[nowhere] = np.nan
        return np.sqrt(squared)


def _least(n: int, of: Ints, values: Floats) -> Floats:
    """The least of the values of each of `n`, NaN where there are none.

    >>> _least(3, np.array([0, 2, 0]), np.array([4.0, 7.0, 1.0])).tolist()
    [1.0, nan, 7.0]
    """
    least = np.full(n, np.nan)
    # Most have one or two: the last stands, until none is less than what stands. Of those who have many, one by one.
    for _ in range(ROUNDS):
        least[of] = values
        less = np.flatnonzero(values < least.take(of))
        of, values = of.take(less), values.take(less)
        if not len(of):
            return least
    np.minimum.at(least, of, values)
    return least


def distance_to_boundary(x: Floats, y: Floats, rings: Rings) -> Floats:
    """Euclidean distance of each point to the nearest edge, metres; ``inf`` for a polygon without edges.

    Parameters
    ----------
    x, y : float64 (n,), metres
    """
    if not len(rings.x) or not len(x):
        return np.full(len(x), np.inf)
    return _Boundaries([rings]).distance(x, y, np.zeros(1, dtype=np.intp))


def ends_to_boundary(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, area: Ints, rings: Sequence[Rings]
) -> tuple[Floats, Floats]:
    """Distance of the start and of the end of each leg to the boundary of an area, metres.

    Parameters
    ----------
    x0, y0, x1, y1 : float64 (n,), metres
    area : int (n,), position of the area of each leg; legs of one area stand together, and none is of an empty one
    rings : of all areas
    """
    if not len(x0):
        return np.empty(0), np.empty(0)
    # Most legs start where the leg before them ended: such a point stands once, after the start of the leg before.
    new = np.r_[(x1[:-1] != x0[1:]) | (y1[:-1] != y0[1:]) | (area[:-1] != area[1:]), True]
    start = np.arange(len(x0)) + np.cumsum(new) - new
    x, y = np.empty(len(x0) + int(new.sum())), np.empty(len(x0) + int(new.sum()))
    x[start], y[start] = x0, y0
    ends = start[new] + 1
    x[ends], y[ends] = x1[new], y1[new]
    turns = np.flatnonzero(np.diff(area, prepend=-1))
    seen = _Boundaries([rings[k] for k in area.take(turns).tolist()])
    measured = seen.distance(x, y, start.take(turns))
    return measured.take(start), measured.take(start + 1)
