"""A fixed grid of blocks, each as large as the minimum: what an area of one's own is made of.

The grid is the same for everybody and for ever: its lines are whole multiples of the side, in the store's own metres. So
whatever is asked, and in whatever order, sums and differences of what is told are sums and differences of whole blocks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from ..arrays import Ints, Objects
from ..errors import AreaError
from ..words import amount
from .small_areas import LEAST_HA

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MOST_BLOCKS = 1_000_000  # in the box about a drawing: 40,000 km², more than any force has
FARTHEST = 1_000_000  # blocks from the origin that an id may name: 200,000 km
NUDGE_M = (1e-4, 1.3e-4)  # a centre on an edge belongs to one of the shapes that meet there


def side_of(least_ha: float = LEAST_HA) -> float:
    """Side of a block, metres.

    >>> side_of(4.0)
    200.0
    """
    return math.sqrt(least_ha * 1e4)


@dataclass(frozen=True)
class Blocks:
    """Some blocks of the grid.

    Attributes
    ----------
    side_m : their side
    column, row : int64 (n,), west and south edge in sides from the origin; by row, then by column, each block once
    """

    side_m: float
    column: Ints
    row: Ints

    @classmethod
    def of(cls, side_m: float, pairs: Iterable[tuple[int, int]]) -> Blocks:
        """Blocks by their (column, row), in any order."""
        found = np.array(sorted({(r, c) for c, r in pairs}), dtype=np.int64).reshape(-1, 2)
        return cls(side_m, found[:, 1], found[:, 0])

    @classmethod
    def read(cls, side_m: float, text: str) -> Blocks:
        """Blocks by their ids, as :attr:`text` writes them.

        >>> Blocks.read(200.0, "7:3..4,6 8:-1").pairs
        [(3, 7), (4, 7), (6, 7), (-1, 8)]

        Raises
        ------
        ValueError
            for a text that is no such ids, and for one of more blocks, or farther ones, than any force has: before they are made.
        """
        pairs: list[tuple[int, int]] = []
        for words in text.split():
            row, _, columns = words.partition(":")
            for ends in (part.split("..") for part in columns.split(",")):
                run = range(int(ends[0]), int(ends[-1]) + 1)
                if max(abs(int(row)), abs(run.start), abs(run.stop)) > FARTHEST or len(pairs) + len(run) > MOST_BLOCKS:
                    raise ValueError("more blocks, or farther ones, than any force has")
                pairs += [(column, int(row)) for column in run]
        return cls.of(side_m, pairs)

    def __len__(self) -> int:
        return len(self.column)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(column, row) of each."""
        return list(zip(self.column.tolist(), self.row.tolist()))

    @property
    def hectares(self) -> float:
        return len(self) * self.side_m**2 / 1e4

    def boxes(self) -> Objects:
        """A square polygon for each."""
        west, south = self.column * self.side_m, self.row * self.side_m
        return np.asarray(shapely.box(west, south, west + self.side_m, south + self.side_m), dtype=object)

    @property
    def shape(self) -> BaseGeometry:
        """Their ground as one polygon or multipolygon."""
        return shapely.union_all(self.boxes())

    def without(self, other: Blocks) -> Blocks:
        """Those that `other` does not have."""
        return Blocks.of(self.side_m, set(self.pairs) - set(other.pairs))

    @property
    def text(self) -> str:
        """Their ids, for the record of runs: row:columns, runs of columns as first..last.

        >>> Blocks.of(200.0, [(3, 7), (4, 7), (6, 7), (-1, 8)]).text
        '7:3..4,6 8:-1'
        """
        words: dict[int, list[list[int]]] = {}
        for column, row in self.pairs:
            runs = words.setdefault(row, [])
            if runs and runs[-1][1] == column - 1:
                runs[-1][1] = column
            else:
                runs.append([column, column])
        return " ".join(
            f"{row}:{','.join(str(a) if a == b else f'{a}..{b}' for a, b in runs)}" for row, runs in words.items()
        )


def blocks_in(shape: BaseGeometry, side_m: float) -> Blocks:
    """The blocks whose centre lies in a shape.

    Parameters
    ----------
    shape : valid polygon or multipolygon, metres
    side_m : side of a block

    Raises
    ------
    AreaError
        for a shape larger than any force, before the grid is made.

    Examples
    --------
    >>> blocks_in(shapely.box(0, 0, 500, 200), 200.0).pairs
    [(0, 0), (1, 0)]
    """
    west, south, east, north = (math.floor(v / side_m) for v in shape.bounds)
    columns, rows = np.arange(west, east + 1), np.arange(south, north + 1)
    if len(columns) * len(rows) > MOST_BLOCKS:
        raise AreaError(
            f"The area lies in a box of {amount(round(len(columns) * len(rows) * side_m**2 / 1e6), 'km²')}.",
            "Draw a smaller area, or check the reference system of the layer.",
        )
    column, row = (a.ravel() for a in np.meshgrid(columns, rows))
    x, y = ((v + 0.5) * side_m + d for v, d in zip((column, row), NUDGE_M))
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, x, y)
    return Blocks(side_m, column[inside].astype(np.int64), row[inside].astype(np.int64))
