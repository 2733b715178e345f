"""How far every place is at least from edges, and of a polygon on which side: one look-up a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .rings import Ends, Floats, Rings

Bools = NDArray[np.bool_]

FARTHEST = 0.25  # of the polygon's longer side: farther is not told apart
BORDER = 0.5  # of its longer side, on every side of it


class Clearance:
    """Least distances from edges, of every place on a grid.

    Parameters
    ----------
    edges : ux, uy, vx, vy; points are given as seen from the same origin
    bounds : box about the edges
    cell : width of a place, metres
    far : cells; farther is not told apart
    border : cells about the box, beyond which all is as far as there, at least

    Attributes
    ----------
    x0, y0 : south-west corner of the first place
    nx, ny : number of columns and rows
    least : float32 (ny, nx), metres
    """

    def __init__(
        self, edges: Ends, bounds: tuple[float, float, float, float], cell: float, far: int, border: int
    ) -> None:
        west, south, east, north = bounds
        self.cell = cell
        self.x0, self.y0 = west - border * cell, south - border * cell
        self.nx, self.ny = (int(np.ceil(w / cell)) + 2 * border for w in (east - west, north - south))
        # A sample of the boundary is at most a quarter of a cell from any point of it.
        squares = self._squares(edges, far)
        # Thousands of areas have one each: half as large, and rounded by less than was taken off.
        self.least = np.maximum(0.0, (np.sqrt(squares) - 0.25 - 1e-5) * cell).astype(np.float32)

    def place(self, x: Floats, y: Floats) -> NDArray[np.int32]:
        """Number of the place of each point, row by row."""
        column, row = (x - self.x0) * (1.0 / self.cell), (y - self.y0) * (1.0 / self.cell)
        for at, n in ((column, self.nx), (row, self.ny)):
            np.maximum(at, 0.0, out=at)
            np.minimum(at, n - 1, out=at)
        place = row.astype(np.int32)
        place *= np.int32(self.nx)
        place += column.astype(np.int32)
        return place

    def _squares(self, edges: Ends, far: int) -> NDArray[np.int16]:
        """Square of the cells that lie between each cell and the nearest that holds a sample of the boundary, up to what counts as far."""
        ux, uy, vx, vy = edges
        count = np.ceil(np.hypot(vx - ux, vy - uy) * (2.0 / self.cell)).astype(np.intp) + 1
        edge = np.repeat(np.arange(len(ux)), count)
        at = (np.arange(len(edge)) - (np.cumsum(count) - count)[edge]) / count[edge]
        x, y = ux[edge] + at * (vx - ux)[edge], uy[edge] + at * (vy - uy)[edge]
        column = np.arange(self.nx, dtype=np.int32)
        west = np.full((self.ny, self.nx), -far - 1, dtype=np.int32)
        row, here = (((v - start) / self.cell).astype(np.intp) for v, start in ((y, self.y0), (x, self.x0)))
        west[row, here] = here
        east = np.where(west >= 0, west, self.nx + far)
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
        cell = max(east - west, north - south, 1e-6) / cells
        far, border = max(1, int(FARTHEST * cells)), int(BORDER * cells) + 1
        self._clear = Clearance(rings.edges(), rings.bounds, cell, far, border)
        least = self._clear.least
        np.negative(least, out=least, where=~self._inside(rings))
        self._least = least.ravel()

    def __call__(self, x: Floats, y: Floats) -> Floats:
        """Metres from the boundary, at least: positive inside, negative outside, 0 where it may be near."""
        return self._least.take(self._clear.place(x, y)).astype(np.float64)

    def _inside(self, rings: Rings) -> Bools:
        """Whether the middle of each cell lies inside; where the boundary may be near nobody asks."""
        ux, uy, vx, vy = rings.edges()
        grid = self._clear
        y = grid.y0 + (np.arange(grid.ny) + 0.5)[:, None] * grid.cell
        up = (uy < y) & (vy >= y)
        down = (vy < y) & (uy >= y)
        row, edge = np.nonzero(up | down)
        met = ux[edge] + (y[row, 0] - uy[edge]) * (vx - ux)[edge] / (vy - uy)[edge]
        # From the first middle east of it on, all of the row changes.
        column = np.clip(np.ceil((met - grid.x0) / grid.cell - 0.5), 0, grid.nx - 1).astype(np.intp)
        turns = np.zeros((grid.ny, grid.nx))
        np.add.at(turns, (row, column), np.where(down[row, edge], 1.0, -1.0))
        return np.asarray(turns.cumsum(axis=1) > 0.5)
