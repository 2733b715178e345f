"""How far every place is at least from a polygon's boundary, and whether it lies inside: one look-up a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .rings import Floats, Rings

Bools = NDArray[np.bool_]

FARTHEST = 0.25  # of the polygon's longer side: farther is not told apart
BORDER = 0.5  # of its longer side, on every side of it


class Field:
    """Least distances from a polygon's boundary.

    Parameters
    ----------
    rings : the polygon; points are given as seen from the same origin
    cells : along its longer side
    """

    def __init__(self, rings: Rings, cells: int) -> None:
        west, south, east, north = rings.bounds
        self.cells = cells
        self._cell = max(east - west, north - south, 1e-6) / cells
        self._far = max(1, int(FARTHEST * cells))
        # Beyond the border all is as far as at the border, at least.
        border = int(BORDER * cells) + 1
        self._x0, self._y0 = west - border * self._cell, south - border * self._cell
        self._nx, self._ny = (int(np.ceil(w / self._cell)) + 2 * border for w in (east - west, north - south))
        # A sample of the boundary is at most a quarter of a cell from any point of it.
        least = np.maximum(0.0, (np.sqrt(self._squares(rings)) - 0.25 - 1e-5) * self._cell)
        # Thousands of areas have one each: half as large, and rounded by less than was taken off.
        self._least = np.where(self._inside(rings), least, -least).ravel().astype(np.float32)

    def __call__(self, x: Floats, y: Floats) -> Floats:
        """Metres from the boundary, at least: positive inside, negative outside, 0 where it may be near."""
        column, row = (x - self._x0) * (1.0 / self._cell), (y - self._y0) * (1.0 / self._cell)
        for at, n in ((column, self._nx), (row, self._ny)):
            np.maximum(at, 0.0, out=at)
            np.minimum(at, n - 1, out=at)
        place = row.astype(np.int32)
        place *= np.int32(self._nx)
        place += column.astype(np.int32)
        return self._least.take(place).astype(np.float64)

    def _squares(self, rings: Rings) -> NDArray[np.int16]:
        """Square of the cells that lie between each cell and the nearest that holds a sample of the boundary, up to what counts as far."""
        ux, uy, vx, vy = rings.edges()
        count = np.ceil(np.hypot(vx - ux, vy - uy) * (2.0 / self._cell)).astype(np.intp) + 1
        edge = np.repeat(np.arange(len(ux)), count)
        at = (np.arange(len(edge)) - (np.cumsum(count) - count)[edge]) / count[edge]
        x, y = ux[edge] + at * (vx - ux)[edge], uy[edge] + at * (vy - uy)[edge]
        far, column = self._far, np.arange(self._nx, dtype=np.int32)
        west = np.full((self._ny, self._nx), -far - 1, dtype=np.int32)
        row, here = (((v - start) / self._cell).astype(np.intp) for v, start in ((y, self._y0), (x, self._x0)))
        west[row, here] = here
        east = np.where(west >= 0, west, self._nx + far)
        np.maximum.accumulate(west, axis=1, out=west)
        east = np.minimum.accumulate(east[:, ::-1], axis=1)[:, ::-1]
        # Between two cells of one row, or of rows next to each other, lie all but one of the columns that they are apart.
        in_row = np.clip(np.minimum(column - west, east - column) - 1, 0, far).astype(np.int16)
        in_row *= in_row
        squares = in_row.copy()
        for k in range(1, far + 1):
            beside = in_row + np.int16((k - 1) ** 2)
            np.minimum(squares[k:], beside[:-k], out=squares[k:])
            np.minimum(squares[:-k], beside[k:], out=squares[:-k])
        return np.minimum(squares, np.int16(far * far), out=squares)

    def _inside(self, rings: Rings) -> Bools:
        """Whether the middle of each cell lies inside; where the boundary may be near nobody asks."""
        ux, uy, vx, vy = rings.edges()
        y = self._y0 + (np.arange(self._ny) + 0.5)[:, None] * self._cell
        up = (uy < y) & (vy >= y)
        down = (vy < y) & (uy >= y)
        row, edge = np.nonzero(up | down)
        met = ux[edge] + (y[row, 0] - uy[edge]) * (vx - ux)[edge] / (vy - uy)[edge]
        # From the first middle east of it on, all of the row changes.
        column = np.clip(np.ceil((met - self._x0) / self._cell - 0.5), 0, self._nx - 1).astype(np.intp)
        turns = np.zeros((self._ny, self._nx))
        np.add.at(turns, (row, column), np.where(down[row, edge], 1.0, -1.0))
        return np.asarray(turns.cumsum(axis=1) > 0.5)
