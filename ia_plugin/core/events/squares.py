"""Places that are squares and no points: grid references of few digits, and coordinates rounded to whole kilometres.

The middle of a 10 km square lies in some small area by chance alone. Such an event takes part in areas that are at least
as large as its square, and in figures of the whole force.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from ..doubtful_positions import is_filler, is_zero
from ..imports.mapping import Mapping, numbers_of

SMALLEST_M = 1_000.0  # a square of 100 m is as good as a point
_PLACES = 4  # distinct places that must agree before round numbers are taken for squares
_ROUND = {"metres": ((100_000.0, 1e5), (10_000.0, 1e4), (1_000.0, 1e3)), "degrees": ((100_000.0, 1.0), (10_000.0, 0.1), (1_000.0, 0.01))}  # fmt: skip


def square_sizes(rows: pd.DataFrame, mapping: Mapping) -> Any:
    """Side of the square that each row's place is, metres; NaN where it is a point or there is none.

    Parameters
    ----------
    rows : of an extract, as read
    mapping : which columns say the place

    Examples
    --------
    "SP08" is a square of 10 km, "SP0686" one of 1 km, "SP 066 868" as good as a point. Eastings and northings are squares
    of 1 km where all of a part of the file, at four places or more, are whole kilometres.
    """
    columns = mapping.columns
    sizes, open_ = np.full(len(rows), np.nan), np.ones(len(rows), dtype=bool)
    # Where an extract says places in several ways, a row's is the first that it fills.
    for pair, unit in ((("easting", "northing"), "metres"), (("lat", "lon"), "degrees")):
        if pair[0] in columns and open_.any():
            at = np.flatnonzero(open_)
            values = [numbers_of(rows[columns[n]].iloc[at], n) for n in pair]
            filled = np.isfinite(values[0]) & np.isfinite(values[1]) & ~is_zero(*values) & ~is_filler(*values)
            sizes[at[filled]] = _rounded([v[filled] for v in values], unit)
            open_[at[filled]] = False
    if "grid_ref" in columns and open_.any():
        codes, uniques = pd.factorize(rows[columns["grid_ref"]])
        named = np.array([*(_named(str(u)) for u in uniques), np.nan], dtype=np.float64)[codes]
        sizes[open_] = named[open_]
    return sizes


def _named(reference: str) -> float:
    """Side of the square that an OS grid reference names."""
    digits = sum(c.isdigit() for c in reference)
    size = 10.0 ** (5 - digits // 2)
    return size if size >= SMALLEST_M else np.nan


def _rounded(pair: list[Any], unit: str) -> Any:
    """The size to which all places are rounded, for each of them; a few round places prove nothing."""
    sizes = np.full(len(pair[0]), np.nan)
    if len(np.unique(np.column_stack(pair), axis=0)) < _PLACES:
        return sizes
    for size, step in _ROUND[unit]:
        if all(_are_multiples(v, step) for v in pair):
            return np.full(len(sizes), size)
    return sizes


def _are_multiples(values: Any, step: float) -> bool:
    steps = values / step
    return bool(np.all(np.abs(steps - np.round(steps)) < 1e-9 * np.maximum(np.abs(steps), 1.0)))


def too_small_for(square_m: Any, areas: pd.DataFrame) -> Any:
    """Whether each of some areas is smaller than the square beside it (bool, n).

    Parameters
    ----------
    square_m : sides of squares, metres; NaN for points
    areas : rows of the areas table, one for each
    """
    side = np.asarray(square_m, dtype=np.float64)
    ground = shapely.area(areas["geometry"].to_numpy(dtype=object))
    with np.errstate(invalid="ignore"):
        return side * side > ground


def sides_of(events: pd.DataFrame) -> Any:
    """``square_m`` of events, NaN for points."""
    if "square_m" not in events.columns:
        return np.full(len(events), np.nan)
    return pd.to_numeric(events["square_m"], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def pairs_with_small(x: Any, y: Any, square_m: Any, areas: pd.DataFrame) -> tuple[Any, Any]:
    """(event, area) pairs of squares and the areas smaller than them that they touch, as rows."""
    rows = np.flatnonzero(np.isfinite(square_m))
    if not len(rows) or not len(areas):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    half = square_m[rows] / 2
    boxes = shapely.box(x[rows] - half, y[rows] - half, x[rows] + half, y[rows] + half)
    at, area = shapely.STRtree(areas["geometry"].to_numpy(dtype=object)).query(boxes, predicate="intersects")
    small = too_small_for(square_m[rows[at]], areas.iloc[area])
    return rows[at[small]], area[small]


__all__ = ["pairs_with_small", "sides_of", "square_sizes", "too_small_for"]
