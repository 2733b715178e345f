"""Many areas seen at once: each path is laid over all of them together, not over one after the other.

Where areas tile the ground a leg is near several of them, and each edge is of two. Here a leg's paths are laid out once, and each
piece is tried against the few edges by its place, whichever areas they are of. In which areas a path starts is read off a raster,
and corrected by the edges between the start and its place's middle; from there each crossing enters one area and leaves another.
What hangs on the last bit, as whoever walks along an edge, is not decided here: such legs are named, for :mod:`.places` to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .clip import directions
from .edge_lists import EdgeLists
from .field import Clearance
from .pairs import expand
from .places import squared_lengths
from .rings import Ends, Floats, Rings

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]

CELLS = 40  # along the longer side of a usual area
MOST_CELLS = 1 << 22
FAR = 16  # cells; farther from every edge is not told apart
LAYERS = 4  # areas over one another at most
SHORTEST = 0.2  # longest pieces of the finest grid of edges, of the longer side of a usual area
LEVELS = 5  # grids of edges, each for pieces twice as long as the one before
MIDDLE = 0.5 + 0.0123456789, 0.5 + 0.0198765432  # of a place: off the whole and half metres on which edges like to lie
LEGS = 1 << 14  # straight legs at a time
BLOCK = 1 << 14  # pieces at a time: their arrays stay in cache
CLOSE, CLOSE_M = (
    1e-7,
    1e-8,
)  # a crossing so near an end of its piece (of its length, metres) may be on either side of it


@dataclass(frozen=True)
class Within:
    """The time of legs in areas.

    Attributes
    ----------
    leg, area : int (p,), pairs, by leg and then area
    share : float64 (p, k), of the leg's time by each path
    start, end : bool (p,), whether the first path starts and ends inside
    unclear : int (u,), legs that are not decided here; their pairs are left out
    done : legs so far
    """

    leg: Ints
    area: Ints
    share: Floats
    start: Bools
    end: Bools
    unclear: Ints
    done: int = 0

    def at(self, legs: Ints) -> Within:
        """The same of legs that stand elsewhere: the first at ``legs[0]`` …"""
        done = int(legs[-1]) + 1 if len(legs) else self.done
        return replace(self, leg=legs.take(self.leg), unclear=legs.take(self.unclear), done=done)


@dataclass(frozen=True)
class _Met:
    """Where pieces meet edges: which piece and edge, the place `t` along the piece; `in_left` is 1 where the area on the edge's left is
    entered and the one on its right left, else −1."""

    piece: Ints
    edge: Ints
    t: Floats
    in_left: NDArray[np.int8]
    unclear: Ints  # pieces

    def take(self, which: Ints) -> _Met:
        piece, edge, t = self.piece.take(which), self.edge.take(which), self.t.take(which)
        return _Met(piece, edge, t, self.in_left.take(which), self.unclear)


class Mosaic:
    """Areas side by side; few lie over one another.

    Attributes
    ----------
    origin : from which everything given must be seen
    """

    def __init__(self, rings: Sequence[Rings]) -> None:
        used = [i for i, r in enumerate(rings) if len(r.x)]
        boxes = np.array([rings[i].bounds for i in used])
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        self.origin = float(np.floor(low[0])), float(np.floor(low[1]))
        self.count = len(rings)
        parts = [rings[i].shifted(self.origin).edges() for i in used]
        ux, uy, vx, vy = (np.concatenate(ends) for ends in zip(*parts))
        edges: Ends = (ux, uy, vx, vy)
        area = np.repeat(np.array(used, dtype=np.intp), [len(p[0]) for p in parts])
        west, south, east, north = (float(v) for v in (*(low - self.origin), *(high - self.origin)))
        bounds = west, south, east, north
        usual = max(float(np.median((boxes[:, 2:] - boxes[:, :2]).max(axis=1))), 1e-3)
        cell = max(usual / CELLS, float(np.sqrt((east - west) * (north - south) / MOST_CELLS)))
        ends, self._left, self._right = _once(edges, area)
        self._clear = Clearance(ends, bounds, cell, FAR, 2)
        self._least = self._clear.least.ravel()
        self._lists = EdgeLists.of(ends, bounds, usual * SHORTEST * 2.0 ** np.arange(LEVELS))
        self._layers = _layers(self._clear, edges, area)

    @property
    def useful(self) -> bool:
        """Whether few enough of the areas lie over one another."""
        return self._layers is not None

    def least(self, x: Floats, y: Floats) -> Floats:
        """Metres from any edge, at least; 0 where one may be near."""
        return self._least.take(self._clear.place(x, y)).astype(np.float64)

    def at(self, x: Floats, y: Floats) -> tuple[Ints, Ints, NDArray[np.int8], Ints]:
        """(point, area, 1 or −1) of which the sum is 1 where points lie inside; and the points that may lie on an edge."""
        place = self._clear.place(x, y)
        found: list[tuple[Ints, Ints, NDArray[np.int8]]] = []
        for layer in self._layers or []:
            area = layer.take(place)
            some = np.flatnonzero(area >= 0)
            found.append((some, area.take(some).astype(np.intp), np.ones(len(some), dtype=np.int8)))
        near = np.flatnonzero(self._least.take(place) == 0)
        row, column = np.divmod(place.take(near), self._clear.nx)
        middle = (
            self._clear.x0 + (column + MIDDLE[0]) * self._clear.cell,
            self._clear.y0 + (row + MIDDLE[1]) * self._clear.cell,
        )
        met = self._met(*middle, x.take(near), y.take(near))
        for area, sign in ((self._left, met.in_left), (self._right, -met.in_left)):
            of = area.take(met.edge)
            some = np.flatnonzero(of >= 0)
            found.append((near.take(met.piece.take(some)), of.take(some), sign.take(some)))
        point, area, sign = (np.concatenate([f[i] for f in found]) for i in range(3))
        return point, area, sign, near.take(met.unclear)

    def throughout(self, x: Floats, y: Floats, k: int) -> Within:
        """Of legs whose `k` paths keep clear of every edge and start at points that are clear of it too."""
        point, area, _, unclear = self.at(x, y)
        yes = np.ones(len(point), dtype=bool)
        return Within(point, area, np.ones((len(point), k)), yes, yes, unclear)

    def of_paths(self, x: Floats, y: Floats, lasts: Floats) -> Within:
        """Time of legs in areas, by each of their paths.

        Parameters
        ----------
        x, y : (m + 1, k, n), nodes of the paths of n legs, metres
        lasts : (m, n), how long each piece takes, of the leg's time
        """
        nodes, k, n = x.shape
        paths = k * n
        met = self._of_pieces(x.reshape(nodes, paths), y.reshape(nodes, paths))
        unclear = np.zeros(n, dtype=bool)
        unclear[met.unclear % n] = True
        # Paths that start at one place, as those between fixes without error, are located once.
        one = bool((x[0] == x[0, :1]).all() and (y[0] == y[0, :1]).all())
        point, area, sign, on_edge = self.at(x[0, 0] if one else x[0].ravel(), y[0, 0] if one else y[0].ravel())
        unclear[on_edge % n] = True
        piece, t = met.piece, met.t
        path, nth = piece % paths, piece // paths
        leg = path % n
        # Whoever is inside from a crossing on is so for the rest of its piece, and for the pieces after it.
        after = np.zeros((nodes, n))
        after[:-1] = np.cumsum(lasts[::-1], axis=0)[::-1]
        rest = after[nth + 1, leg] + (1.0 - t) * lasts[nth, leg]
        sides = []
        for of, way in ((self._left, met.in_left), (self._right, -met.in_left)):
            here = of.take(met.edge)
            some = np.flatnonzero(here >= 0)
            sides.append((path.take(some), here.take(some), way.take(some), rest.take(some)))
        crossing, its_area, way, rest = (np.concatenate([s[i] for s in sides]) for i in range(4))
        key = np.r_[(point % n) * self.count + area, (crossing % n) * self.count + its_area]
        pair, which = np.unique(key, return_inverse=True)
        began, turned = which[: len(point)], which[len(point) :]
        leg, area = np.divmod(pair, self.count)
        size = len(pair) * k
        slot = turned * k + crossing // n
        share, depth = _summed(slot, way * rest, size).reshape(-1, k), _summed(slot, way, size).reshape(-1, k)
        if one:
            start = np.repeat(_summed(began, sign, len(pair))[:, None], k, axis=1)
        else:
            start = _summed(began * k + point // n, sign, size).reshape(-1, k)
        share += start * after[0].take(leg)[:, None]
        depth += start
        for at in (start, depth):
            unclear[leg[((at != 0) & (at != 1)).any(axis=1)]] = True
        keep = ~unclear[leg] & ((share > 0).any(axis=1) | (start[:, 0] > 0) | (depth[:, 0] > 0))
        return Within(
            leg[keep],
            area[keep],
            np.clip(share[keep], 0.0, 1.0),
            start[keep, 0] > 0.5,
            depth[keep, 0] > 0.5,
            np.flatnonzero(unclear),
        )

    def of_straight(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Iterator[Within]:
        """Time of straight legs in areas, some legs at a time."""
        for i in range(0, len(x0), LEGS):
            ends = (v[i : i + LEGS] for v in (x0, x1, y0, y1))
            ax, bx, ay, by = ends
            found = self.of_paths(np.stack([ax, bx])[:, None], np.stack([ay, by])[:, None], np.ones((1, len(ax))))
            yield found.at(np.arange(i, i + len(ax)))

    def _of_pieces(self, x: Floats, y: Floats) -> _Met:
        """Where the pieces of paths (nodes, paths) meet edges."""
        paths = x.shape[1]
        x, y = x.ravel(), y.ravel()
        least = self.least(x, y)
        square = squared_lengths(x, y, paths)
        room = least[:-paths] + least[paths:]
        room *= room
        near = np.flatnonzero((room <= square) & (square > 0))
        found = []
        for i in range(0, max(1, len(near)), BLOCK):
            part = near[i : i + BLOCK]
            met = self._met(x.take(part), y.take(part), x.take(part + paths), y.take(part + paths))
            found.append((part.take(met.piece), met.edge, met.t, met.in_left, part.take(met.unclear)))
        return _Met(*(np.concatenate([f[i] for f in found]) for i in range(5)))

    def _met(self, px: Floats, py: Floats, qx: Floats, qy: Floats) -> _Met:
        """Where straight pieces meet edges, by piece; those that touch one with an end, or are too long, are unclear."""
        piece, edge, known = self._lists.pairs(px, py, qx, qy)
        ex, ey = directions(px, py, qx, qy)
        sx, sy, ax, ay = (v.take(piece) for v in (ex, ey, px, py))
        ux, uy, vx, vy = (v.take(edge) for v in self._lists.ends)
        # Seen from the start of the piece, each vertex lies on the same side for every edge that has it (see clip).
        ux -= ax
        vx -= ax
        uy -= ay
        vy -= ay
        su, sv = sx * uy - sy * ux, sx * vy - sy * vx
        left = su >= 0
        some = np.flatnonzero(left != (sv >= 0))
        piece, edge, left = piece.take(some), edge.take(some), left.take(some)
        ux, uy, vx, vy, sx, sy, su, sv = (v.take(some) for v in (ux, uy, vx, vy, sx, sy, su, sv))
        square = sx * sx + sy * sy
        w = su / (su - sv)
        t = ((ux + w * (vx - ux)) * sx + (uy + w * (vy - uy)) * sy) / square
        close = CLOSE + CLOSE_M / np.sqrt(square)
        touches = np.minimum(np.abs(t), np.abs(1.0 - t)) <= close
        unclear = np.r_[piece[touches], np.flatnonzero(~known & ((px != qx) | (py != qy)))]
        in_left = np.where(left, 1, -1).astype(np.int8)
        return _Met(piece, edge, t, in_left, unclear).take(np.flatnonzero((t > 0) & (t < 1)))


def _summed(slot: Ints, values: NDArray[np.generic], n: int) -> Floats:
    return np.bincount(slot, weights=values, minlength=n).astype(np.float64)  # of nothing it counts in whole numbers


def _once(edges: Ends, area: Ints) -> tuple[Ends, Ints, Ints]:
    """Each edge once, from west to east, with the areas on its left and on its right; −1 for none."""
    ux, uy, vx, vy = edges
    real = (ux != vx) | (uy != vy)
    ux, uy, vx, vy, area = (v[real] for v in (ux, uy, vx, vy, area))
    turned = (ux > vx) | ((ux == vx) & (uy > vy))
    ux, vx = np.where(turned, vx, ux), np.where(turned, ux, vx)
    uy, vy = np.where(turned, vy, uy), np.where(turned, uy, vy)
    order = np.lexsort((turned, vy, vx, uy, ux))
    ux, uy, vx, vy, area, turned = (v[order] for v in (ux, uy, vx, vy, area, turned))
    new = np.r_[True, (ux[1:] != ux[:-1]) | (uy[1:] != uy[:-1]) | (vx[1:] != vx[:-1]) | (vy[1:] != vy[:-1])][: len(ux)]
    group = np.cumsum(new, dtype=np.int64)  # numpy 1 on Windows would count in 32 bits
    side = 2 * group + turned
    first = np.r_[True, side[1:] != side[:-1]][: len(ux)]
    # Of areas over one another some have an edge on one side both: the edge counts as often.
    nth = np.arange(len(ux)) - np.maximum.accumulate(np.where(first, np.arange(len(ux)), 0))
    _, kept, which = np.unique(group * (len(ux) + 1) + nth, return_index=True, return_inverse=True)
    left, right = np.full(len(kept), -1, dtype=np.intp), np.full(len(kept), -1, dtype=np.intp)
    left[which[~turned]], right[which[turned]] = area[~turned], area[turned]
    return (ux[kept], uy[kept], vx[kept], vy[kept]), left, right


def _layers(grid: Clearance, edges: Ends, area: Ints) -> Optional[list[NDArray[np.int32]]]:
    """The areas that hold the middle of each place, in as many rasters as areas lie over one another, −1 for none; None where too many do."""
    ux, uy, vx, vy = edges
    first, last = (np.ceil((y - grid.y0) / grid.cell - MIDDLE[1]).astype(np.int64) for y in (uy, vy))
    edge, nth = expand(np.abs(last - first))
    row = np.minimum(first, last)[edge] + nth
    share = (grid.y0 + (row + MIDDLE[1]) * grid.cell - uy[edge]) / (vy - uy)[edge]
    x = ux[edge] + share * (vx - ux)[edge]
    column = np.clip(np.ceil((x - grid.x0) / grid.cell - MIDDLE[0]), 0, grid.nx).astype(np.int64)
    # The interior lies left of every edge: from an edge that goes down on a row is inside, until one that goes up.
    turn = np.where(last > first, -1, 1)[edge]
    order = np.lexsort((-turn, column, area[edge], row))
    row, column, its, turn = row[order], column[order], area[edge][order], turn[order]
    inside = np.cumsum(turn)[:-1] > 0
    long = np.where(inside, np.diff(column), 0)
    long[row[1:] != row[:-1]] = 0
    if long.sum() > LAYERS * grid.nx * grid.ny:
        return None
    run, nth = expand(long)
    place, its = (row * grid.nx + column)[run] + nth, its[run].astype(np.int32)
    layers: list[NDArray[np.int32]] = []
    while len(place):
        if len(layers) == LAYERS:
            return None
        layer = np.full(grid.nx * grid.ny, -1, dtype=np.int32)
        layer[place] = its
        layers.append(layer)
        left = layer[place] != its
        place, its = place[left], its[left]
    return layers
