"""Which legs can touch which areas: a summed-area table first, then a grid join of bounding boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .pairs import expand, stable_order
from .rings import Ends, Floats, Rings

Ints = NDArray[np.intp]

FINE_CELLS = 1 << 20  # of the summed-area table: 4 MB stays near the processor
CHUNK = 1 << 15  # legs at a time, so that temporaries stay in cache


@dataclass(frozen=True)
class Grid:
    """A regular grid; cells are numbered row by row, and whatever lies outside falls in the border cells."""

    x0: float
    y0: float
    cell: float
    nx: int
    ny: int

    @classmethod
    def over(cls, bounds: tuple[float, float, float, float], cell: float) -> Grid:
        """A grid over a box."""
        x0, y0, x1, y1 = bounds
        # One cell of border all round, where everything beyond the areas is gathered.
        return cls(x0 - cell, y0 - cell, cell, int((x1 - x0) / cell) + 3, int((y1 - y0) / cell) + 3)

    def column(self, x: Floats) -> NDArray[np.int32]:
        """Column of each x; those outside are in the first or the last."""
        return self._cell(x, self.x0, self.nx)

    def row(self, y: Floats) -> NDArray[np.int32]:
        """Row of each y; those outside are in the first or the last."""
        return self._cell(y, self.y0, self.ny)

    def _cell(self, value: Floats, start: float, n: int) -> NDArray[np.int32]:
        f = value - start
        f *= 1.0 / self.cell
        np.clip(f, 0, n - 1, out=f)
        return f.astype(np.int32)


class AreaIndex:
    """Finds the (leg, area) pairs whose parts could overlap; never misses one, and may give some that do not.

    Parameters
    ----------
    rings : the areas, all in the legs' coordinates
    """

    def __init__(self, rings: Sequence[Rings]) -> None:
        self._used = np.array([i for i, r in enumerate(rings) if len(r.x)], dtype=np.intp)
        if not len(self._used):
            return
        self._boxes = np.array([rings[i].bounds for i in self._used])
        low, high = self._boxes[:, :2].min(axis=0), self._boxes[:, 2:].max(axis=0)
        bounds = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        self._bounds = bounds
        span = max(bounds[2] - bounds[0], bounds[3] - bounds[1], 1e-6)
        sizes = np.maximum(self._boxes[:, 2:] - self._boxes[:, :2], 1e-9)
        # The fine grid resolves areas; the coarse one is about one area a cell, so that lists stay short.
        fine = max(np.sqrt((bounds[2] - bounds[0] + 1e-9) * (bounds[3] - bounds[1] + 1e-9) / FINE_CELLS), span / 4096)
        coarse = max(float(np.median(sizes.max(axis=1))), span / 512)
        self._fine = Grid.over(bounds, fine)
        self._coarse = Grid.over(bounds, coarse)
        self._table = self._summed_area_table([rings[i] for i in self._used])
        self._start, self._list = self._lists()

    def pairs(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> tuple[Ints, Ints]:
        """(leg, area) index pairs, sorted by area and then leg."""
        if not len(self._used) or not len(x0):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        found = [self._chunk(slice(i, i + CHUNK), x0, y0, x1, y1) for i in range(0, len(x0), CHUNK)]
        leg = np.concatenate([f[0] for f in found])
        area = np.concatenate([f[1] for f in found])
        order = stable_order(area, len(self._used))
        return leg[order], self._used[area[order]]

    def touching(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Ints:
        """Which legs could touch any area, ascending."""
        if not len(self._used) or not len(x0):
            return np.empty(0, dtype=np.intp)
        parts = (slice(i, i + CHUNK) for i in range(0, len(x0), CHUNK))
        return np.concatenate([self._hit(part, x0, y0, x1, y1)[0] + part.start for part in parts])

    def _chunk(self, part: slice, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> tuple[Ints, Ints]:
        hit, *box = self._hit(part, x0, y0, x1, y1)
        leg, area = self._join(*box)
        return hit[leg] + part.start, area

    def _hit(
        self, part: slice, x0: Floats, y0: Floats, x1: Floats, y1: Floats
    ) -> tuple[Ints, Floats, Floats, Floats, Floats]:
        """Which legs of a part could touch any area, and their boxes: west, east, south, north."""
        ax, ay, bx, by = x0[part], y0[part], x1[part], y1[part]
        west, east, south, north = np.minimum(ax, bx), np.maximum(ax, bx), np.minimum(ay, by), np.maximum(ay, by)
        hit = np.flatnonzero(self._touches(west, east, south, north))
        return hit, west[hit], east[hit], south[hit], north[hit]

    def _join(self, west: Floats, east: Floats, south: Floats, north: Floats) -> tuple[Ints, Ints]:
        """Pairs of legs and areas whose boxes overlap, through the lists of the coarse cells."""
        grid = self._coarse
        c0, c1, r0, r1 = grid.column(west), grid.column(east), grid.row(south), grid.row(north)
        wide = (c1 - c0 + 1).astype(np.int64)
        count = wide * (r1 - r0 + 1)
        # A leg across half the force would visit more cells than there are areas: compare it with each area instead.
        far = count > max(64, len(self._boxes))
        count[far] = 0
        leg, nth = expand(count)
        column, row = c0[leg] + nth % wide[leg], r0[leg] + nth // wide[leg]
        cell = row * grid.nx + column
        which, nth = expand(self._start[cell + 1] - self._start[cell])
        leg, column, row = leg[which], column[which], row[which]
        area = self._list[self._start[cell[which]] + nth]
        # A pair met in several cells counts only in the first cell that both boxes cover.
        first = (column == np.maximum(c0[leg], self._corner[0][area])) & (
            row == np.maximum(r0[leg], self._corner[1][area])
        )
        leg, area = leg[first], area[first]
        if far.any():
            pairs = np.meshgrid(np.flatnonzero(far), np.arange(len(self._boxes)), indexing="ij")
            leg, area = np.concatenate([leg, pairs[0].ravel()]), np.concatenate([area, pairs[1].ravel()])
        box = self._boxes[area]
        near = (
            (west[leg] <= box[:, 2]) & (east[leg] >= box[:, 0]) & (south[leg] <= box[:, 3]) & (north[leg] >= box[:, 1])
        )
        return leg[near], area[near]

    def _touches(self, west: Floats, east: Floats, south: Floats, north: Floats) -> NDArray[np.bool_]:
        """True where the cells of the box hold any cell that an area touches (four look-ups each)."""
        grid, table = self._fine, self._table
        width = grid.nx + 1
        c0, c1 = grid.column(west), grid.column(east)
        low = grid.row(south)
        low *= width
        high = grid.row(north)
        high += 1
        high *= width
        c1 += 1
        total = table.take(high + c1)
        total -= table.take(low + c1)
        total -= table.take(high + c0)
        total += table.take(low + c0)
        return total > 0

    def _summed_area_table(self, rings: Sequence[Rings]) -> NDArray[np.int32]:
        """Cells that some area touches, summed from the first corner on."""
        grid = self._fine
        ux, uy, vx, vy = (np.concatenate(ends) for ends in zip(*(r.edges() for r in rings)))
        touched = _cells_on_edges(grid, (ux, uy, vx, vy)) | _cells_inside(grid, (ux, uy, vx, vy))
        # The border gathers legs that may lie anywhere outside: a cell there says nothing, and areas never reach it.
        table = np.zeros((grid.ny + 1, grid.nx + 1), dtype=np.int32)
        inner = table[1:, 1:]
        np.cumsum(touched, axis=0, out=inner)
        np.cumsum(inner, axis=1, out=inner)
        return table.ravel()

    def _lists(self) -> tuple[Ints, Ints]:
        """Areas of each coarse cell, as starts and a flat list."""
        grid, boxes = self._coarse, self._boxes
        c0, c1, r0, r1 = (
            grid.column(boxes[:, 0]),
            grid.column(boxes[:, 2]),
            grid.row(boxes[:, 1]),
            grid.row(boxes[:, 3]),
        )
        self._corner = (c0, r0)
        wide = (c1 - c0 + 1).astype(np.int64)
        area, nth = expand(wide * (r1 - r0 + 1))
        cell = (r0[area] + nth // wide[area]) * grid.nx + c0[area] + nth % wide[area]
        order = np.argsort(cell, kind="stable")
        start = np.searchsorted(cell[order], np.arange(grid.nx * grid.ny + 1))
        return start.astype(np.intp), area[order]


def _cells_on_edges(grid: Grid, edges: Ends) -> NDArray[np.bool_]:
    """Cells that an edge touches, (rows, columns): of each edge a run of rows in every column that it crosses."""
    hair = grid.cell * 1e-6  # cells count as a hair wider, so that rounding never loses a touch
    ux, uy, vx, vy = edges
    west, east = np.minimum(ux, vx), np.maximum(ux, vx)
    first, last = grid.column(west - hair), grid.column(east + hair)
    edge, nth = expand((last - first + 1).astype(np.int64))
    column = first[edge] + nth
    left = grid.x0 + column * grid.cell
    low = np.clip(left - hair, west[edge], east[edge])
    high = np.clip(left + grid.cell + hair, west[edge], east[edge])
    dx, dy = (vx - ux)[edge], (vy - uy)[edge]
    upright = dx == 0
    slope = dy / np.where(upright, 1.0, dx)
    one = np.where(upright, uy[edge], uy[edge] + (low - ux[edge]) * slope)
    other = np.where(upright, vy[edge], uy[edge] + (high - ux[edge]) * slope)
    # A slope times a width may end a rounding beyond its edge, and never a hair.
    begins, ends = grid.row(np.minimum(one, other) - hair), grid.row(np.maximum(one, other) + hair)
    runs = np.zeros((grid.ny + 1, grid.nx), dtype=np.int32)
    np.add.at(runs, (begins, column), 1)
    np.add.at(runs, (ends + 1, column), -1)
    return np.asarray(np.cumsum(runs, axis=0, out=runs)[:-1] > 0)


def _cells_inside(grid: Grid, edges: Ends) -> NDArray[np.bool_]:
    """Cells whose middle lies in an area, (rows, columns): where no edge touches a cell, all of it does or none."""
    ux, uy, vx, vy = edges
    # The interior lies left of every edge, so rings wind about it; edges that go up end it, those that go down begin it.
    first, last = (np.ceil((y - grid.y0) / grid.cell - 0.5).astype(np.int64) for y in (uy, vy))
    edge, nth = expand(np.abs(last - first))
    row = np.minimum(first, last)[edge] + nth
    share = (grid.y0 + (row + 0.5) * grid.cell - uy[edge]) / (vy - uy)[edge]
    x = ux[edge] + share * (vx - ux)[edge]
    column = np.clip(np.ceil((x - grid.x0) / grid.cell - 0.5), 0, grid.nx).astype(np.int64)
    turns = np.zeros((grid.ny, grid.nx + 1), dtype=np.int32)
    np.add.at(turns, (row, column), np.where(last > first, -1, 1)[edge])
    return np.asarray(np.cumsum(turns, axis=1, out=turns)[:, :-1] > 0)
