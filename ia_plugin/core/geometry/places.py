"""A polygon that is asked about many short legs: each meets few of its edges, most none, however many it has.

How far a point is from the boundary at least, and on which side, is one look-up (:class:`.Field`). A leg with an end that is clear
of the boundary is decided by that end and by the edges it crosses, which are few: those by its place. Only a leg with both ends
on the boundary, or nearly, is laid over all edges (:mod:`.clip`): there the half-open rule must hold to the last bit.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .clip import Crossings, crossings, depth_at_start, directions, inside_fraction, place_along
from .edge_lists import EdgeLists
from .field import Field
from .pairs import expand
from .rings import Floats, Rings

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Signs = NDArray[np.int8]

MANY = 1 << 16  # (leg, edge) cells from which look-ups pay
FIELDS = (
    (0, 24),
    (1 << 9, 48),
    (1 << 16, 96),
)  # points asked of from which a field pays, and its cells along the polygon's longer side
ROWS = 192  # of edges
BLOCK = 1 << 14  # legs at a time: their arrays stay in cache
LEVELS = 3  # grids of edges, for legs up to half of the polygon's longer side, a quarter …


class Places:
    """Shares of legs inside one polygon.

    Parameters
    ----------
    rings : the polygon, seen from an origin near it; the legs asked of must be seen from there as well
    origin : that origin
    """

    def __init__(self, rings: Rings, origin: tuple[float, float] = (0.0, 0.0)) -> None:
        self.rings, self.origin = rings, origin
        self._asked = 0  # points so far
        self._field: Optional[Field] = None
        self._edges: Optional[EdgeLists] = None
        self._rows: Optional[_EdgeRows] = None

    def of_paths(self, x: Floats, y: Floats) -> Floats:
        """Share of each straight piece of paths inside, (nodes − 1, paths).

        Parameters
        ----------
        x, y : (nodes, paths), metres
        """
        paths = x.shape[1]
        if x.size * len(self.rings.x) < MANY:
            ends = x[:-1].ravel(), y[:-1].ravel(), x[1:].ravel(), y[1:].ravel()
            return self._of_all_edges(*ends).reshape(-1, paths)
        x, y = x.ravel(), y.ravel()
        least = self._least(x, y)
        # The nodes of all paths come one after the other: a piece ends `paths` places beyond its start.
        square = squared_lengths(x, y, paths)
        share, near = _decided(least[:-paths], least[paths:], square)
        start = np.flatnonzero(near)
        for i in range(0, len(start), BLOCK):
            at = start[i : i + BLOCK]
            end = at + paths
            share[at] = self._shares(x.take(at), y.take(at), x.take(end), y.take(end), least.take(at), least.take(end))
        return share.reshape(-1, paths)

    def sides(self, x: Floats, y: Floats, stray: Floats) -> Signs:
        """The side of the boundary that all keeps to which strays from paths by no more than `stray`, (paths,): 1 inside, −1 outside, 0 not known.

        Parameters
        ----------
        x, y, stray : (nodes, paths), metres; between two nodes as much may stray as a straight line says
        """
        if self._field is None and x.size * len(self.rings.x) < MANY:
            return np.zeros(x.shape[1], dtype=np.int8)
        least = self._least(x.ravel(), y.ravel()).reshape(x.shape)
        return np.where(keeps_clear(np.abs(least), x, y, stray), np.sign(least[0]), 0.0).astype(np.int8)

    def crossings(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Crossings:
        """As :func:`.clip.crossings`, of many legs with all that lies before one as an entry at −1 and after it as an exit at 2."""
        if len(x0) * len(self.rings.x) < MANY:
            return crossings(x0, y0, x1, y1, self.rings)
        point = (x0 == x1) & (y0 == y1)
        least = self._least(x0, y0), self._least(x1, y1)
        inside, near = _decided(*least, (x1 - x0) ** 2 + (y1 - y0) ** 2)
        inside[near] = 0.0
        found = _throughout(np.flatnonzero(inside))
        rest = np.flatnonzero(near)
        for i in range(0, len(rest), BLOCK):
            part = rest[i : i + BLOCK]
            ends = x0[part], y0[part], x1[part], y1[part]
            crossed, known = self._near(*ends)
            first, last = least[0][part], least[1][part]
            unclear = np.flatnonzero((first == 0) & (last == 0) & known)
            first[unclear] = self._rows_of_edges().side(ends[0][unclear], ends[1][unclear])
            total = np.bincount(crossed.leg, weights=crossed.sign, minlength=len(part))
            start = np.where(first != 0, first > 0, (last > 0) - total).astype(np.int8)
            known &= (first != 0) | (last != 0)
            sure = known[crossed.leg]
            crossed = Crossings(crossed.leg[sure], crossed.t[sure], crossed.sign[sure])
            found += _between(part, crossed, (start * known).astype(np.int8))
            open_ = np.flatnonzero(~known)
            px, py, qx, qy = (v[open_] for v in ends)
            whole = crossings(px, py, qx, qy, self.rings)
            found += _on_legs(part[open_], whole, point[part[open_]])
        return Crossings(*_joined(found))

    def _least(self, x: Floats, y: Floats) -> Floats:
        self._asked += len(x)
        cells = max(c for points, c in FIELDS if self._asked >= points)
        if self._field is None or self._field.cells < cells:
            self._field = Field(self.rings, cells)
        return self._field(x, y)

    def _rows_of_edges(self) -> _EdgeRows:
        if self._rows is None:
            self._rows = _EdgeRows(self.rings)
        return self._rows

    def _of_all_edges(self, px: Floats, py: Floats, qx: Floats, qy: Floats) -> Floats:
        return inside_fraction(len(px), crossings(px, py, qx, qy, self.rings), (px == qx) & (py == qy))

    def _shares(self, px: Floats, py: Floats, qx: Floats, qy: Floats, first: Floats, last: Floats) -> Floats:
        """Shares of pieces inside, of which the signed least distances of both ends are known."""
        crossed, known = self._near(px, py, qx, qy)
        unclear = np.flatnonzero((first == 0) & (last == 0) & known)
        if len(unclear):
            first = first.copy()
            first[unclear] = self._rows_of_edges().side(px[unclear], py[unclear])
        # [start inside] + Σ sign (1 − t), as inside_fraction adds it: the start is clear, or the end is and is counted back from.
        ahead = first != 0
        turned = np.bincount(crossed.leg, weights=crossed.sign, minlength=len(px))
        share = np.where(ahead, first > 0, (last > 0) - turned).astype(np.float64)
        share += np.bincount(crossed.leg, weights=crossed.sign * (1.0 - crossed.t), minlength=len(px))
        np.clip(share, 0.0, 1.0, out=share)
        rest = np.flatnonzero(~(known & (ahead | (last != 0))))
        if len(rest):
            share[rest] = self._of_all_edges(px[rest], py[rest], qx[rest], qy[rest])
        return share

    def _near(self, px: Floats, py: Floats, qx: Floats, qy: Floats) -> tuple[Crossings, Bools]:
        """Crossings of the pieces themselves with edges, and whether they were looked for (see :meth:`EdgeLists.pairs`)."""
        if self._edges is None:
            west, south, east, north = self.rings.bounds
            longest = max(east - west, north - south, 1e-6) / 2.0 ** (1.0 + np.arange(LEVELS)[::-1])
            self._edges = EdgeLists.of(self.rings.edges(), self.rings.bounds, longest)
        edges = self._edges
        piece, edge, known = edges.pairs(px, py, qx, qy)
        ex, ey = directions(px, py, qx, qy)
        level = ex * py - ey * px
        sx, sy, reach = ex.take(piece), ey.take(piece), level.take(piece)
        ux, uy, vx, vy = (v.take(edge) for v in edges.ends)
        # Each vertex lies on the same side for every edge and polygon that has it (see clip).
        left = sx * uy - sy * ux >= reach
        met = np.flatnonzero(left != (sx * vy - sy * vx >= reach))
        left = left.take(met)
        ux, uy, vx, vy = (v.take(met) for v in (ux, uy, vx, vy))
        met = piece.take(met)
        ax, ay, ex, ey, level = (v.take(met) for v in (px, py, ex, ey, level))
        t = place_along(ax, ay, ex, ey, level, (ux, uy), (vx, vy))
        on = (t >= 0) & (t <= 1)
        return Crossings(met[on], t[on], np.where(left[on], 1, -1).astype(np.int8)), known


class _EdgeRows:
    """Edges by rows of places from west to east, to tell on which side of the boundary a point lies that is not on it."""

    def __init__(self, rings: Rings) -> None:
        self._ends = rings.edges()
        uy, vy = self._ends[1], self._ends[3]
        west, south, east, north = rings.bounds
        self._count = ROWS
        self._south, self._per_m = south, self._count / max(north - south, 1e-6)
        low, high = (self._row(v) for v in (np.minimum(uy, vy), np.maximum(uy, vy)))
        edge, nth = expand(high - low + 1)
        row = low[edge] + nth
        self._start = np.cumsum(np.r_[0, np.bincount(row, minlength=self._count)])
        self._edges = edge[np.argsort(row, kind="stable")]
        self._hair = 1e-9 * max(east - west, north - south, 1e-6)

    def _row(self, y: Floats) -> Ints:
        row: Ints = np.clip((y - self._south) * self._per_m, 0, self._count - 1).astype(np.intp)
        return row

    def side(self, x: Floats, y: Floats) -> Floats:
        """1 inside, −1 outside, 0 on the boundary within rounding, where the leg's own direction has to tell."""
        row = self._row(y)
        first = self._start.take(row)
        point, nth = expand(self._start.take(row + 1) - first)
        edge = self._edges.take(first.take(point) + nth)
        px, py = x.take(point), y.take(point)
        ux, uy, vx, vy = (v.take(edge) for v in self._ends)
        dx, dy = vx - ux, vy - uy
        off = dx * (py - uy) - dy * (px - ux)  # times the edge's length: how far to its left
        touches = (
            (np.abs(off) <= self._hair * (np.abs(dx) + np.abs(dy)))
            & (py >= np.minimum(uy, vy))
            & (py <= np.maximum(uy, vy))
        )
        up, down = (uy < py) & (vy >= py) & (off > 0), (vy < py) & (uy >= py) & (off < 0)
        # The boundary east of the point that goes up leaves it on the left, that is inside.
        turns = np.bincount(point, weights=up.astype(np.float64) - down, minlength=len(x))
        found = np.where(turns > 0.5, 1.0, -1.0)
        found[point[touches]] = 0.0
        return found


def squared_lengths(x: Floats, y: Floats, paths: int) -> Floats:
    """Square of the length of each piece, of nodes of all paths that come one after the other."""
    square, other = x[paths:] - x[:-paths], y[paths:] - y[:-paths]
    square *= square
    other *= other
    square += other
    return square


def keeps_clear(far: Floats, x: Floats, y: Floats, stray: Floats) -> Bools:
    """Whether all that strays from paths by no more than `stray` keeps clear of what each node is `far` from at least, (paths,).

    Parameters
    ----------
    far, x, y, stray : (nodes, paths), metres; between two nodes as much may stray as a straight line says
    """
    clear = (far > stray).all(axis=0)
    # A point of a piece is as far from the boundary as one end less the way to it, or as the other; least where these
    # are alike. What may stray grows slower than that falls, or is most at an end.
    length = np.hypot(np.diff(x, axis=0), np.diff(y, axis=0))
    twice = far[:-1] + far[1:] - length
    at = far[:-1] - far[1:] + length
    at /= np.maximum(2.0 * length, 1e-9)
    np.clip(at, 0.0, 1.0, out=at)
    at *= np.diff(stray, axis=0)
    at += stray[:-1]
    clear &= (twice > 2.0 * at).all(axis=0)
    return np.asarray(clear)


def _decided(first: Floats, last: Floats, square: Floats) -> tuple[Floats, Bools]:
    """Share of pieces that stay clear of the boundary, and which may not.

    A point of a piece is nearer to one of its ends than half of it: no edge comes to a piece that is shorter than its ends'
    distances from the boundary together. Both ends are on one side then.
    """
    room = first + last
    share = (room > 0).astype(np.float64)
    room *= room
    return share, (room <= square) | (first * last <= 0)


Found = list[tuple[Ints, Floats, Signs]]


def _joined(found: Found) -> tuple[Ints, Floats, Signs]:
    leg, t, sign = (np.concatenate([f[i] for f in found]) for i in range(3))
    return leg, t, sign


def _throughout(leg: Ints) -> Found:
    """Legs that are inside throughout."""
    one = np.ones(len(leg), dtype=np.int8)
    return [(leg, np.full(len(leg), -1.0), one), (leg, np.full(len(leg), 2.0), -one)]


def _on_legs(part: Ints, crossed: Crossings, point: Bools) -> Found:
    """What of the crossings of lines lies on the legs themselves."""
    start = depth_at_start(len(part), crossed).astype(np.int8)
    on = np.flatnonzero((crossed.t >= 0) & (crossed.t <= 1) & ~point[crossed.leg])
    return _between(part, Crossings(crossed.leg[on], crossed.t[on], crossed.sign[on]), start)


def _between(part: Ints, crossed: Crossings, start: Signs) -> Found:
    """Crossings on legs, between an entry for those that start inside and an exit for those that end there."""
    end = start + np.bincount(crossed.leg, weights=crossed.sign, minlength=len(part)).astype(np.int8)
    first, last = np.flatnonzero(start), np.flatnonzero(end)
    return [
        (part[first], np.full(len(first), -1.0), start[first]),
        (part[crossed.leg], crossed.t, crossed.sign),
        (part[last], np.full(len(last), 2.0), -end[last]),
    ]
