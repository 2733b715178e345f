"""Which legs can touch which areas: a summed-area table first, then a grid join of bounding boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from .pairs import expand
from .rings import Floats, Rings

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
    shapes : the same areas as shapely geometries, for an exact raster of the cells each touches
    """

    def __init__(self, rings: Sequence[Rings], shapes: Sequence[object]) -> None:
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
        # Rasterising costs a microsecond a cell: a couple of thousand cells an area are plenty.
        budget = min(200_000, 2_000 * len(self._used))
        fine = max(fine, float(np.sqrt((sizes[:, 0] * sizes[:, 1]).sum() / budget)))
        coarse = max(float(np.median(sizes.max(axis=1))), span / 512)
        self._fine = Grid.over(bounds, fine)
        self._coarse = Grid.over(bounds, coarse)
        self._table = self._summed_area_table([shapes[i] for i in self._used])
        self._start, self._list = self._lists()

    def pairs(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> tuple[Ints, Ints]:
        """(leg, area) index pairs, sorted by area and then leg."""
        if not len(self._used) or not len(x0):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        found = [self._chunk(slice(i, i + CHUNK), x0, y0, x1, y1) for i in range(0, len(x0), CHUNK)]
        leg = np.concatenate([f[0] for f in found])
        area = np.concatenate([f[1] for f in found])
        order = np.argsort(area.astype(np.uint16) if len(self._used) < 65536 else area, kind="stable")
        return leg[order], self._used[area[order]]

    def _chunk(self, part: slice, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> tuple[Ints, Ints]:
        ax, ay, bx, by = x0[part], y0[part], x1[part], y1[part]
        west, east, south, north = np.minimum(ax, bx), np.maximum(ax, bx), np.minimum(ay, by), np.maximum(ay, by)
        hit = np.flatnonzero(self._touches(west, east, south, north))
        west, east, south, north = west[hit], east[hit], south[hit], north[hit]
        leg, area = self._join(west, east, south, north)
        return hit[leg] + part.start, area

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

    def _summed_area_table(self, shapes: Sequence[object]) -> NDArray[np.int32]:
        grid = self._fine
        touched = np.zeros((grid.ny, grid.nx), dtype=np.int32)
        c0, c1 = grid.column(self._boxes[:, 0]), grid.column(self._boxes[:, 2])
        r0, r1 = grid.row(self._boxes[:, 1]), grid.row(self._boxes[:, 3])
        for k, shape in enumerate(shapes):
            rows, columns = np.mgrid[r0[k] : r1[k] + 1, c0[k] : c1[k] + 1]
            west, south = grid.x0 + columns * grid.cell, grid.y0 + rows * grid.cell
            # A hair wider than the cell, so that rounding never loses a touch.
            hair = grid.cell * 1e-6
            cells = shapely.box(west - hair, south - hair, west + grid.cell + hair, south + grid.cell + hair)
            shapely.prepare(shape)
            touched[rows, columns] |= shapely.intersects(shape, cells)
        # The border gathers legs that may lie anywhere outside: a cell there says nothing, and areas never reach it.
        table = np.zeros((grid.ny + 1, grid.nx + 1), dtype=np.int32)
        table[1:, 1:] = touched.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
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
