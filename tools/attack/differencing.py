"""Differencing: what ground the figures of areas tell by subtraction, against the rules of small ground.

    python -m tools.attack.differencing --n 200 --seed 1

Each world has a few areas of a store, some of them wicked: a number of whole blocks and a house more or less, two that share
a house, one nested in another but for a house, neighbours that make whole blocks together. The attacker knows all of it, asks
for areas of one's own (pairs of shapes that differ by a house, the store's areas themselves, single blocks) and adds and
subtracts whatever was answered, with the areas and roles of the store. Found is ground under the minimum that some
combination is about. The last line is the figure: how much was found; exit 1 where it is not 0.
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.areas import ROLE_ORDER
from ia_plugin.core.disclosure.blocks import Blocks
from ia_plugin.core.disclosure.closed_blocks import closed_blocks
from ia_plugin.core.disclosure.own_area import own_blocks
from ia_plugin.core.disclosure.slivers import without_slivers
from ia_plugin.core.disclosure.small_areas import refuse_small, small_areas
from ia_plugin.core.errors import PrivacyError
from tools.attack.command import command

SIDE, LEAST_M2, NOTHING_M2 = 200.0, 40_000.0, 1.0
HOUSE_M = 12.0
REACH = range(-4, 10)  # columns and rows of the blocks about a world
RANDOM_SUMS = 60


@dataclass
class Found:
    """What an attack told of: in how many tries, and the least ground."""

    tries: int = 0
    found: int = 0
    least_m2: float = np.inf

    def add(self, m2: float) -> None:
        self.tries += 1
        if m2 > NOTHING_M2:
            self.least_m2 = min(self.least_m2, m2)
            self.found += m2 < LEAST_M2 * (1 - 1e-6)


def house(rng: np.random.Generator, x: float, y: float) -> shapely.Polygon:
    """A house at a place, its corners where they come."""
    dx, dy = rng.uniform(-3, 3, 2)
    return shapely.box(x + dx, y + dy, x + dx + HOUSE_M, y + dy + HOUSE_M)


def lump(rng: np.random.Generator, column: int, row: int) -> shapely.Geometry:
    """A few whole blocks that hang together."""
    cells = {(column, row)}
    for _ in range(int(rng.integers(1, 6))):
        c, r = sorted(cells)[int(rng.integers(len(cells)))]
        i, j = ((1, 0), (-1, 0), (0, 1), (0, -1))[int(rng.integers(4))]
        cells.add((c + i, r + j))
    return Blocks.of(SIDE, cells).shape


def any_shape(rng: np.random.Generator) -> shapely.Geometry:
    """An area as areas are drawn: some corners about a place, nowhere on the grid."""
    angles = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(5, 12))))
    x, y = rng.uniform(0, 1000, 2)
    far = rng.uniform(150, 600, len(angles))
    return shapely.make_valid(shapely.Polygon(np.c_[x + far * np.cos(angles), y + far * np.sin(angles)]))


def wicked(rng: np.random.Generator) -> list[shapely.Geometry]:
    """One to four areas of a store, drawn so that a house stands between them and the grid, or between each other."""
    base = lump(rng, *(int(v) for v in rng.integers(0, 4, 2)))
    edge = shapely.get_coordinates(shapely.boundary(base))
    home = house(rng, *edge[int(rng.integers(len(edge)))])
    kind = int(rng.integers(6))
    if kind == 0:
        return [shapely.union(base, home)]
    if kind == 1:
        return [shapely.difference(base, home), any_shape(rng)]
    if kind == 2:  # neighbours that make whole blocks and a house together
        x, _ = shapely.get_coordinates(base.centroid)[0] + rng.uniform(-30, 30, 2)
        whole, half = shapely.union(base, home), shapely.box(-9e3, -9e3, x, 9e3)
        return [shapely.intersection(whole, half), shapely.difference(whole, half)]
    shape = any_shape(rng)
    corner = shapely.get_coordinates(shape)[0]
    near = shapely.union(shape, house(rng, *(corner - HOUSE_M / 2)))
    if kind == 3:  # nested but for a house
        return [shape, near]
    if kind == 4:
        return [shape, any_shape(rng), shapely.union(base, home)]
    return [any_shape(rng) for _ in range(int(rng.integers(1, 5)))]


def store_of(rng: np.random.Generator) -> pd.DataFrame | None:
    """A store's areas as the daily refresh takes them; None where it refuses them."""
    shapes = [s for s in wicked(rng) if not s.is_empty]
    roles = [ROLE_ORDER[1 + int(rng.integers(3))] for _ in shapes]
    areas = pd.DataFrame({"area_id": [str(k) for k in range(len(shapes))], "role": roles})
    areas["geometry"] = pd.Series(shapes, dtype=object)
    try:
        refuse_small(areas, reader="a board", remedy="")
        return without_slivers(areas)[0]
    except PrivacyError:
        return None


def asked_shapes(rng: np.random.Generator, areas: pd.DataFrame) -> list[shapely.Geometry]:
    """What the attacker draws: pairs that differ by a house, the store's areas with and without a house, whole lumps."""
    drawn = []
    for shape in (
        any_shape(rng),
        any_shape(rng),
        *areas["geometry"],
        lump(rng, *(int(v) for v in rng.integers(0, 4, 2))),
    ):
        corner = shapely.get_coordinates(shape)[int(rng.integers(len(shapely.get_coordinates(shape))))]
        home = house(rng, *corner)
        drawn += [shape, shapely.union(shape, home), shapely.difference(shape, home)]
    return drawn


def cells_of(areas: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(block of each cell, areas of each cell (n, k), m²): the ground of every block by the areas it lies in.

    Worked out by cutting each block by each area in turn, which is not how the rules do it.
    """
    pairs = [(c, r) for c in REACH for r in REACH]
    shapes = Blocks.of(SIDE, pairs).boxes()
    block, member = np.arange(len(shapes)), np.zeros((len(shapes), 0), dtype=bool)
    for area in areas["geometry"]:
        inside, outside = shapely.intersection(shapes, area), shapely.difference(shapes, area)
        shapes, block = np.r_[inside, outside], np.r_[block, block]
        member = np.vstack([np.c_[member, np.ones(len(member), bool)], np.c_[member, np.zeros(len(member), bool)]])
        real = shapely.area(shapes) > 1e-6
        shapes, block, member = shapes[real], block[real], member[real]
    return block, member, shapely.area(shapes)


def told_of(values: np.ndarray, block: np.ndarray, m2: np.ndarray, open_: np.ndarray) -> float:
    """The least ground that a combination is about, once the attacker has subtracted the best multiple of every open block.

    Parameters
    ----------
    values : what the combination counts each cell, before any block is subtracted
    """
    low = int(min(values.min(), 0))
    wide = int(values.max()) - low + 1
    by_value = np.bincount(block * wide + values - low, m2, minlength=len(open_) * wide).reshape(len(open_), wide)
    # The attacker takes away from an open block what most of it has; of a closed one only what has nothing is nothing.
    cancelled = np.where(open_, by_value.max(axis=1), by_value[:, -low])
    return float((by_value.sum(axis=1) - cancelled).sum())


def attack_store(rng: np.random.Generator, areas: pd.DataFrame, found: Found, *, closing: bool = True) -> None:
    """All small sums of a store's areas, roles and rest, less any blocks that may be asked."""
    block, member, m2 = cells_of(areas)
    pairs = Blocks.of(SIDE, [(c, r) for c in REACH for r in REACH]).pairs
    closed = set(closed_blocks(areas).pairs) if closing else set()
    open_ = np.array([p not in closed for p in pairs])
    columns = [member[:, k].astype(int) for k in range(member.shape[1])]
    taken = np.zeros(len(m2), dtype=bool)
    for role in ROLE_ORDER:
        of_role = member[:, (areas["role"] == role).to_numpy()].any(axis=1)
        columns.append((of_role & ~taken).astype(int))
        taken |= of_role
    told = np.array(columns)
    told = told[told.any(axis=1)]
    factors = [np.array(f) for f in itertools.product((-1, 0, 1), repeat=min(len(told), 5)) if any(f)]
    sums = [np.r_[f, np.zeros(len(told) - len(f), int)] for f in factors if len(told) <= 5 or rng.random() < 0.3]
    sums += [rng.integers(-2, 3, len(told)) for _ in range(RANDOM_SUMS)]
    for factor in sums:
        for rest in (0, 1):  # with the figures of the whole force, or without
            found.add(told_of(factor @ told + rest, block, m2, open_))


def attack_asked(rng: np.random.Generator, areas: pd.DataFrame, found: Found, *, snapped: bool = True) -> None:
    """Areas of one's own against each other and against the store's areas, each difference by itself."""
    answered = []
    for shape in asked_shapes(rng, areas):
        try:
            answered.append(own_blocks(shape, areas).blocks.shape if snapped else shape)
        except PrivacyError:
            continue
    for one, other in itertools.combinations(answered, 2):
        found.add(float(shapely.difference(one, other).area))
        found.add(float(shapely.difference(other, one).area))
    for one, stored in itertools.product(answered, areas["geometry"]):
        if shapely.area(shapely.intersection(one, stored)) > NOTHING_M2:
            found.add(float(shapely.difference(one, stored).area))
            found.add(float(shapely.difference(stored, one).area))


def attack_span(rng: np.random.Generator, areas: pd.DataFrame, found: Found) -> None:
    """Random whole-number sums of areas of one's own: what each is about, in blocks."""
    asked: list[set[tuple[int, int]]] = []
    for shape in asked_shapes(rng, areas):
        try:
            asked.append(set(own_blocks(shape, areas).blocks.pairs))
        except PrivacyError:
            continue
    known = sorted(set().union(*asked))
    matrix = np.array([[p in blocks for p in known] for blocks in asked], dtype=int).reshape(len(asked), len(known))
    for _ in range(RANDOM_SUMS):
        total = rng.integers(-3, 4, len(asked)) @ matrix
        found.add(float(np.count_nonzero(total)) * SIDE**2)


def campaign(n: int, seed: int) -> Found:
    """So many worlds, each attacked in every way."""
    found = Found()
    for k in range(n):
        rng = np.random.default_rng([seed, k])
        areas = store_of(rng)
        if areas is None:
            continue
        if len(small_areas(areas)):
            found.add(float(small_areas(areas)["hectares"].min()) * 1e4)
        attack_store(rng, areas, found)
        attack_asked(rng, areas, found)
        attack_span(rng, areas, found)
    return found


def main() -> int:
    """Run the campaign; the last line is its figure."""
    given = command(__doc__, 200, "worlds").parse_args()
    found = campaign(given.n, given.seed)
    least = f"{found.least_m2 / 1e4:.2f} ha" if np.isfinite(found.least_m2) else "none"
    print(f"{given.n} worlds, {found.tries:,} sums and differences; the least ground that one is about: {least}.")
    print(f"Ground under 4 ha found: {found.found}")
    return int(found.found > 0)


if __name__ == "__main__":
    sys.exit(main())
