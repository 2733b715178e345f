"""Events whose places are squares and no points (:mod:`~ia_plugin.core.imports.rounded_places`), beside areas.

The middle of a 10 km square lies in some small area by chance alone. Such an event takes part in areas that are at least
as large as its square, and in figures of the whole force.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely


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


__all__ = ["pairs_with_small", "sides_of", "too_small_for"]
