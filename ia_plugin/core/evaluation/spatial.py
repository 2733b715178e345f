"""Whether what is left over in neighbouring areas is alike: Moran's I, averaged over periods."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import Floats, Rows
from ..errors import EstimateError

NEIGHBOURS = 4
BLOCK = 256


class Moran(NamedTuple):
    """I from −1 to 1, about ``-1 / (areas - 1)`` for nothing in common, and p among areas dealt each other's places."""

    i: float
    p: float


def morans_i(values: Floats, places: Floats, *, neighbours: int = NEIGHBOURS, n: int = 999, seed: int = 1) -> Moran:
    """Moran's I (Moran 1950) of the values of areas, with each area's nearest others as its neighbours.

    Parameters
    ----------
    values : (areas,) or (areas, periods); NaN where nothing is known, which counts as the mean of its period
    places : (areas, 2) coordinates, metres
    neighbours : how many nearest areas are neighbours; the weights of two areas are made the same both ways
    n, seed : permutations of places for p, (1 + those at least as large) / (1 + n)

    Raises
    ------
    EstimateError
        for fewer than five areas, or values that are all the same.

    Examples
    --------
    Along a line values that rise and fall slowly are like their neighbours'.

    >>> line = np.column_stack([np.arange(12.0), np.zeros(12)])
    >>> found = morans_i(np.sin(np.arange(12) / 2), line, neighbours=2)
    >>> found.i > 0.5, found.p < 0.01
    (True, True)
    """
    table = np.asarray(values, dtype=np.float64)
    table = table[:, None] if table.ndim == 1 else table
    areas = len(table)
    if areas < 5:
        raise EstimateError(f"{areas} areas have too few neighbours.", "Five areas are the least.")
    means = np.nansum(table, axis=0) / np.maximum(np.isfinite(table).sum(axis=0), 1)
    rest = np.where(np.isfinite(table), table - means, 0.0)
    whole = float((rest**2).sum())
    if not whole > 0:
        raise EstimateError("All values are the same.", "Take areas that differ.")
    one, two = _neighbours(np.asarray(places, dtype=np.float64), min(neighbours, areas - 1))
    scale = areas / len(one) / whole
    own = scale * _alike(rest, one, two)
    rng = np.random.default_rng(seed)
    orders = (rng.permutation(areas) for _ in range(n))
    drawn = np.array([scale * _alike(rest, o[one], o[two]) for o in orders])
    return Moran(own, float((1 + (drawn >= own - 1e-12).sum()) / (1 + n)))


def _alike(rest: Floats, one: Rows, two: Rows) -> float:
    """What the two of each pair have in common, over all periods and pairs."""
    return float(np.einsum("it,it->", rest[one], rest[two]))


def _neighbours(places: Floats, neighbours: int) -> tuple[Rows, Rows]:
    """Pairs of which one is among the nearest of the other, each once; of equal distances the earlier area comes first.

    In blocks of areas: a table of areas by areas would not fit for many thousands.
    """
    n, pairs = len(places), []
    for begin in range(0, n, BLOCK):
        of = np.arange(begin, min(begin + BLOCK, n))
        apart = np.hypot(*(places[of, None, k] - places[None, :, k] for k in range(2)))
        apart[np.arange(len(of)), of] = np.inf
        last = np.partition(apart, neighbours - 1, axis=1)[:, neighbours - 1 : neighbours]
        row, other = np.nonzero(apart <= last)
        order = np.lexsort((other, apart[row, other], row))
        row, other = row[order], other[order]
        near = np.arange(len(row)) - np.searchsorted(row, row) < neighbours
        ends = of[row[near]], other[near]
        pairs.append(np.minimum(*ends) * n + np.maximum(*ends))
    one, two = np.divmod(np.unique(np.concatenate(pairs)), n)
    return one, two


__all__ = ["Moran", "morans_i"]
