"""Places that are squares and no points: grid references of few digits, and coordinates rounded to whole kilometres.

The middle of a 10 km square lies in some small area by chance alone, and so does its corner. One round place proves
nothing; a tenth of a file, at several places, is no chance.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..doubtful_positions import is_filler, is_zero
from .mapping import Mapping, numbers_of
from .places import square_sides, wkt_positions

SMALLEST_M = 1_000.0  # a square of 100 m is as good as a point for an event
_PLACES = 4  # distinct places that must agree before round numbers are taken for squares
_SHARE = 0.1  # of the rows; of places known to a tenth of a square one in a hundred is on its corner by chance
_STEPS = {"metres": ((100_000.0, 1e5), (10_000.0, 1e4), (1_000.0, 1e3), (100.0, 1e2)),
          "degrees": ((100_000.0, 1.0), (10_000.0, 0.1), (1_000.0, 0.01), (100.0, 0.001))}  # fmt: skip


def square_sizes(rows: pd.DataFrame, mapping: Mapping, smallest: float = SMALLEST_M) -> Any:
    """Side of the square that each row's place is, metres; NaN where it is a point or there is none.

    Parameters
    ----------
    rows : of an extract, as read
    mapping : which columns say the place
    smallest : sides of less are points, metres; 100 at least

    Examples
    --------
    "SP08" is a square of 10 km, "SP0686" one of 1 km, "SP 066 868" as good as a point. Eastings and northings are squares
    of 1 km where those of a tenth of the rows or more, at four places or more, are whole kilometres or all half ones (the
    corners or the middles of squares); degrees where they have two decimals.
    """
    columns = mapping.columns
    sizes, open_ = np.full(len(rows), np.nan), np.ones(len(rows), dtype=bool)
    # Where an extract says places in several ways, a row's is the first that it fills.
    for ways in (("easting", "northing"), ("lat", "lon"), ("wkt",)):
        if ways[0] in columns and open_.any():
            at = np.flatnonzero(open_)
            x, y = _coordinates(rows.iloc[at], mapping, ways)
            filled = np.isfinite(x) & np.isfinite(y) & ~is_zero(x, y) & ~is_filler(x, y)
            sizes[at[filled]] = _rounded(x[filled], y[filled], smallest)
            open_[at[filled]] = False
    if "grid_ref" in columns and open_.any():
        sizes[open_] = named_squares(rows[columns["grid_ref"]], smallest)[open_]
    return sizes


def named_squares(references: pd.Series, smallest: float = SMALLEST_M) -> Any:
    """Sides of the squares that OS grid references name, metres; NaN where less than `smallest`.

    >>> named_squares(pd.Series(["SP08", "SP 06 86", "SP 0660 8680"])).tolist()
    [10000.0, 1000.0, nan]
    """
    sides = square_sides(references)
    return np.where(sides >= smallest, sides, np.nan)


def _coordinates(rows: pd.DataFrame, mapping: Mapping, ways: tuple[str, ...]) -> tuple[Any, Any]:
    if ways == ("wkt",):
        return wkt_positions(rows[mapping.columns["wkt"]], np.full(len(rows), "", dtype=object))
    first, second = (numbers_of(rows[mapping.columns[n]], n) for n in ways)
    return first, second


def _rounded(x: Any, y: Any, smallest: float) -> Any:
    """The size to which each of some places is rounded, with enough others; NaN for those that are not."""
    sizes = np.full(len(x), np.nan)
    if not len(x):
        return sizes
    unit = "degrees" if np.abs(x).max() <= 180 and np.abs(y).max() <= 180 else "metres"
    steps = [s for s in _STEPS[unit] if s[0] >= smallest]
    # Every corner and every middle is a multiple of half the finest step: in most files next to none is.
    half = steps[-1][1] / 2
    likely = _are_multiples(x, half)
    if likely.sum() < _SHARE * len(x) or (likely & _are_multiples(y, half)).sum() < _SHARE * len(x):
        return sizes
    for size, step in steps:
        for middle in (0.0, 0.5):
            fit = np.isnan(sizes) & _are_multiples(x, step, middle) & _are_multiples(y, step, middle)
            # Any pair of two decimals is one of three as well: only what is left over counts.
            if fit.sum() >= _SHARE * len(x) and len(np.unique(np.column_stack((x[fit], y[fit])), axis=0)) >= _PLACES:
                sizes[fit] = size
    return sizes


def _are_multiples(values: Any, step: float, middle: float = 0.0) -> Any:
    steps = values / step - middle
    return np.abs(steps - np.round(steps)) < 1e-9 * np.maximum(np.abs(steps), 1.0)


__all__ = ["SMALLEST_M", "named_squares", "square_sizes"]
