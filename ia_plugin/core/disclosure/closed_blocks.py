"""Blocks that no area of one's own may have, because with the store's areas they would tell of small ground.

The store's areas follow streets, not the grid. Where an area is nearly a whole number of blocks, those blocks and its own
figures differ by little ground: a house more or less. What is told can be combined in any way, so it is not enough to look
at one area asked and one stored. The rule here needs no history: which blocks are closed hangs on the store's areas alone.

Why it holds. A combination of figures is about some value on each atom of the store's areas, less some value on each
block. In an open block at best all but the smaller side of any line between atoms cancels; in a closed one nothing does.
So the ground that is left is at least the cut, over blocks, between the atoms with a value and those without one:
the sum of min(this side, that side). Atoms are joined here while the cut between them reaches the minimum; if all become
one, no combination leaves less. Each group that stays apart gets closed blocks of as much ground as the minimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from ..areas import epochs, headline_ground, with_roles
from ..arrays import Floats, Ints, Objects
from .atoms import overlay_atoms
from .blocks import Blocks, side_of
from .small_areas import LEAST_HA, NOTHING_M2

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OUTSIDE = -1  # the ground of no area
LEAST_LIVED_IN = 0.5  # of a block: where more of it is police sites, little is left that its figures are about


def closed_blocks(areas: pd.DataFrame, least_ha: float = LEAST_HA) -> Blocks:
    """Blocks that no area of one's own may have.

    Parameters
    ----------
    areas : the store's areas table, each atom as large as the minimum (:func:`~.slivers.without_slivers`)
    least_ha : the minimum, hectares; a block is as large

    Examples
    --------
    An area of four blocks and a house has one block of its own closed, and one beside it. An area that lies as it comes
    has none.

    >>> house = shapely.union(shapely.box(0, 0, 400, 400), shapely.box(400, 100, 412, 112))
    >>> areas = pd.DataFrame({"area_id": ["a"], "geometry": pd.Series([house], dtype=object)})
    >>> len(closed_blocks(areas))
    2
    >>> len(closed_blocks(areas.assign(geometry=pd.Series([shapely.box(70, 40, 570, 540)], dtype=object))))
    0
    """
    side = side_of(least_ha)
    ready, always = with_roles(areas)[0], np.iinfo(np.int64)
    found: set[tuple[int, int]] = set()
    for _, _, now in epochs(ready, always.min, always.max, "UTC"):
        if len(now):
            found |= _Cuts.of(now, side).closed()
    return Blocks.of(side, found)


@dataclass(frozen=True)
class _Cuts:
    """The blocks that a border crosses: how much of each lies in which atom.

    Attributes
    ----------
    side : of a block
    shapes : of the atoms
    block : int64 (b, 2), column and row of the blocks crossed
    at, atom, m2 : pieces: position of the block, atom (OUTSIDE for the ground of none), ground
    sites : (column, row) of blocks that are police sites for the most part
    """

    side: float
    shapes: Objects
    block: Ints
    at: Ints
    atom: Ints
    m2: Floats
    sites: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, now: pd.DataFrame, side: float) -> _Cuts:
        ground = headline_ground(now)
        is_site = (ground["role"] == "site").to_numpy()
        shapes = ground["geometry"].to_numpy(dtype=object)
        atoms = [a.shape for a in overlay_atoms(shapes[~is_site])]
        crossed = [_crossed(shape, side) for shape in (*atoms, *shapes[is_site])]
        block = np.unique(np.vstack([np.empty((0, 2), dtype=np.int64), *crossed]), axis=0)
        boxes = shapely.box(*(block * side).T, *((block + 1) * side).T)
        tree = shapely.STRtree(boxes)
        all_shapes = np.array([*atoms, *([shapely.union_all(shapes[is_site])] if is_site.any() else [])], dtype=object)
        atom, at = tree.query(all_shapes, predicate="intersects") if len(block) else (np.empty(0, np.int64),) * 2
        m2 = shapely.area(shapely.intersection(boxes[at], all_shapes[atom]))
        left = side**2 - np.bincount(at, m2, minlength=len(block))
        of_site = atom == len(atoms)
        lived_in = side**2 - np.bincount(at[of_site], m2[of_site], minlength=len(block))
        mostly = {(int(c), int(r)) for c, r in block[lived_in < LEAST_LIVED_IN * side**2]}
        at, atom, m2 = (
            np.r_[at[~of_site], np.arange(len(block))],
            np.r_[atom[~of_site], np.full(len(block), OUTSIDE)],
            np.r_[m2[~of_site], left],
        )
        real = m2 > NOTHING_M2
        return cls(side, np.array(atoms, dtype=object), block, at[real], atom[real], m2[real], frozenset(mostly))

    def closed(self) -> set[tuple[int, int]]:
        """(column, row) of the blocks to close."""
        group = self.groups()
        shares = self.shares(group)
        # Where no block is shared the line between is one of the grid: nothing but whole blocks is told.
        one, other, at = _between(shares)
        found, whole = self._whole(group, one, other, at)
        found |= self.sites
        without = np.unique(one[~np.isin(_pair(one, other), whole)])
        return found | self._of_groups(shares[shares["group"].isin(without)])

    def groups(self) -> Ints:
        """A label for each atom, that of OUTSIDE last: atoms of a group are told apart by no little ground."""
        count = len(self.shapes) + 1
        label = np.arange(count)
        while True:
            pieces = self.shares(label)
            pairs = pieces.merge(pieces, on="at")
            pairs = pairs[pairs["group_x"] < pairs["group_y"]]
            cut = np.minimum(pairs["m2_x"], pairs["m2_y"]).groupby([pairs["group_x"], pairs["group_y"]]).sum()
            joined = cut.index[(cut >= self.side**2 * (1 - 1e-9)).to_numpy()]
            if not len(joined):
                return label
            for one, other in joined:
                label[label == label[other]] = label[one]

    def shares(self, group: Ints) -> pd.DataFrame:
        """How much ground of each group each block crossed has: ``at``, ``group``, ``m2``."""
        pieces = pd.DataFrame({"at": self.at, "group": group[self.atom], "m2": self.m2})
        return pieces.groupby(["at", "group"], as_index=False)["m2"].sum()

    def _of_groups(self, shares: pd.DataFrame) -> set[tuple[int, int]]:
        """Of each group the blocks crossed that have as much ground of it as the minimum, those with most of it first."""
        at, group, m2 = (shares[n].to_numpy() for n in ("at", "group", "m2"))
        order = np.lexsort((at, -m2, group))
        of_group = pd.Series(m2[order]).groupby(group[order])
        before = of_group.cumsum().groupby(group[order]).shift(fill_value=0.0).to_numpy()
        return {(int(c), int(r)) for c, r in self.block[at[order][before < self.side**2 * (1 - 1e-9)]]}

    def _whole(self, group: Ints, one: Ints, other: Ints, at: Ints) -> tuple[set[tuple[int, int]], Ints]:
        """Blocks to close so that a group's ground is never cancelled below the minimum: for each line between two groups
        the block all within the first that lies nearest to it. And the pairs of groups that have one."""
        near = self.block[at][:, None] + _NEAR
        tried, where = np.unique(near.reshape(-1, 2), axis=0, return_inverse=True)
        crossed = pd.MultiIndex.from_arrays(tried.T).isin(pd.MultiIndex.from_arrays(self.block.T))
        # A block that no border crosses is all within the atom of its centre.
        points = shapely.points((tried + 0.5) * self.side)
        atom, point = shapely.STRtree(points).query(self.shapes, predicate="intersects")
        of = np.full(len(tried), OUTSIDE)
        of[point] = atom
        own = group[of]
        found = pd.DataFrame({
            "pair": np.repeat(_pair(one, other), len(_NEAR)),
            "steps": np.tile(np.abs(_NEAR).max(axis=1), len(at)),
            "tried": where.ravel(),
        })[(~crossed[where] & (own[where] == np.repeat(one, len(_NEAR))))]  # fmt: skip
        first = found.sort_values(["pair", "steps", "tried"]).drop_duplicates("pair")
        return {(int(c), int(r)) for c, r in tried[first["tried"].to_numpy()]}, first["pair"].to_numpy()


def _between(shares: pd.DataFrame) -> tuple[Ints, Ints, Ints]:
    """Pairs of groups, either way round, and the blocks that both have ground of: one, other, at."""
    real = shares[shares["m2"] > NOTHING_M2]
    pairs = real.merge(real, on="at")
    pairs = pairs[pairs["group_x"] != pairs["group_y"]]
    return pairs["group_x"].to_numpy(np.int64), pairs["group_y"].to_numpy(np.int64), pairs["at"].to_numpy(np.int64)


def _pair(one: Ints, other: Ints) -> Ints:
    """One number for two labels of groups."""
    return np.asarray(one << 32 | other, dtype=np.int64)


_NEAR = np.array([(i, j) for i in range(-2, 3) for j in range(-2, 3) if (i, j) != (0, 0)])
_ABOUT = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]


def _crossed(shape: BaseGeometry, side: float) -> Ints:
    """Column and row of the blocks that the border of a shape crosses or touches."""
    border = shapely.boundary(shape)
    # No step along it is longer than half a side, so the blocks about its points are all there can be.
    cells = np.floor(shapely.get_coordinates(shapely.segmentize(border, side / 2)) / side).astype(np.int64)
    about = np.unique((np.unique(cells, axis=0)[:, None] + np.array(_ABOUT)).reshape(-1, 2), axis=0)
    shapely.prepare(border)
    crossed = shapely.intersects(shapely.box(*(about * side).T, *((about + 1) * side).T), border)
    return np.asarray(about[crossed], dtype=np.int64)
