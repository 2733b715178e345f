"""Edges by place: which of many edges a short leg can meet, however many there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .pairs import expand, stable_order
from .rings import Ends, Floats

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Packed = NDArray[np.uint64]

STEPS = (1 << 15) - 1  # of a box's sides, over all the places where edges are looked for
GUARDS = np.uint64(0x8000_8000_8000_8000)


@dataclass(frozen=True)
class EdgeLists:
    """Edges by place: on each grid, those that a leg no longer than `longest` can touch whose middle lies in a cell."""

    ends: tuple[Floats, Floats, Floats, Floats]
    scale: _Scale
    packed: Packed  # the box of each of `edges`
    corner: tuple[float, float]
    longest: Floats  # of each grid
    columns: Ints
    rows: Ints
    base: Ints
    start: Ints
    edges: NDArray[np.int32]

    @classmethod
    def of(cls, ends: Ends, bounds: tuple[float, float, float, float], longest: Floats) -> EdgeLists:
        """Edges (ux, uy, vx, vy) within `bounds`, on one grid for legs up to each of the lengths `longest`, ascending."""
        ux, uy, vx, vy = ends
        west, south, east, north = bounds
        beyond = float(longest[-1])  # no leg whose middle lies farther out touches an edge
        hair = 1e-6 * beyond  # rounding must lose no crossing
        boxes = (
            np.minimum(ux, vx) - hair,
            np.minimum(uy, vy) - hair,
            np.maximum(ux, vx) + hair,
            np.maximum(uy, vy) + hair,
        )
        corner = west - beyond, south - beyond
        scale = _Scale(corner, STEPS / (max(east - west, north - south) + 2.0 * beyond))
        columns, rows = (
            np.ceil((w + 2.0 * beyond) / (longest / 2.0)).astype(np.intp) + 1 for w in (east - west, north - south)
        )
        base = np.cumsum(np.r_[0, columns * rows])
        places, edges = [], []
        for k, reach in enumerate(longest / 2.0):  # the grid's cell is as wide as half the longest leg
            c0, c1 = (
                np.floor((b + s * reach - corner[0]) / reach).astype(np.intp)
                for b, s in ((boxes[0], -1), (boxes[2], 1))
            )
            r0, r1 = (
                np.floor((b + s * reach - corner[1]) / reach).astype(np.intp)
                for b, s in ((boxes[1], -1), (boxes[3], 1))
            )
            edge, nth = expand((c1 - c0 + 1) * (r1 - r0 + 1))
            wide = (c1 - c0 + 1)[edge]
            places.append(base[k] + (r0[edge] + nth // wide) * columns[k] + c0[edge] + nth % wide)
            edges.append(edge)
        place, edge = np.concatenate(places), np.concatenate(edges)
        start = np.cumsum(np.r_[0, np.bincount(place, minlength=base[-1])])
        order = stable_order(place, int(base[-1]))
        edge = edge.take(order)
        packed = scale.of_edges(*boxes).take(edge)  # as they stand in the lists: what is read together lies together
        return cls(ends, scale, packed, corner, longest, columns, rows, base, start, edge.astype(np.int32))

    def pairs(self, px: Floats, py: Floats, qx: Floats, qy: Floats) -> tuple[Ints, Ints, Bools]:
        """(piece, edge) whose boxes overlap, by piece and then edge; and whether each piece is one that they hold: no point, and not too long."""
        west, east, south, north = np.minimum(px, qx), np.maximum(px, qx), np.minimum(py, qy), np.maximum(py, qy)
        long = np.maximum(east - west, north - south)
        level = np.zeros(len(px), dtype=np.intp)
        for longest in self.longest[:-1]:
            level += long > longest
        known = (long <= self.longest[-1]) & (long > 0)
        per_m = (2.0 / self.longest).take(level)
        column = _cell(west + east, self.corner[0], per_m, self.columns.take(level))
        row = _cell(south + north, self.corner[1], per_m, self.rows.take(level))
        place = self.base.take(level) + row * self.columns.take(level) + column
        first = self.start.take(place)
        count = self.start.take(place + 1) - first
        count[~known] = 0
        listed = np.repeat(first - (np.cumsum(count) - count), count)
        listed += np.arange(len(listed))
        room = np.repeat(self.scale.of_legs(west, south, east, north), count)
        room -= self.packed.take(listed)
        room &= GUARDS
        some = np.flatnonzero(room == GUARDS)
        return np.repeat(np.arange(len(px)), count).take(some), self.edges.take(listed.take(some)), known


@dataclass(frozen=True)
class _Scale:
    """Boxes as four whole numbers of 15 bits in one of 64, so that one subtraction compares two.

    A leg's box overlaps an edge's where none of the edge's numbers is larger than the leg's: then every guard, the bit above
    a number, is left standing when the edge's are taken away. Places only count up or down: no overlap is lost.
    """

    corner: tuple[float, float]
    per_m: float

    def of_edges(self, west: Floats, south: Floats, east: Floats, north: Floats) -> Packed:
        return self._packed(west, south, east, north)

    def of_legs(self, west: Floats, south: Floats, east: Floats, north: Floats) -> Packed:
        return np.asarray(self._packed(east, north, west, south) | GUARDS)

    def _packed(self, *sides: Floats) -> Packed:
        steps = np.empty((len(sides[0]), 4), dtype=np.int16)
        for k, side in enumerate(sides):
            at = side - self.corner[k % 2]
            at *= self.per_m
            np.maximum(at, 0.0, out=at)
            np.minimum(at, STEPS, out=at)
            steps[:, k] = at
        np.subtract(STEPS, steps[:, 2:], out=steps[:, 2:])  # the other way
        return steps.view(np.uint64).ravel()


def _cell(twice: Floats, start: float, per_m: Floats, n: Ints) -> Ints:
    twice *= 0.5
    twice -= start
    twice *= per_m
    np.maximum(twice, 0.0, out=twice)
    return np.minimum(twice.astype(np.intp), n - 1)
