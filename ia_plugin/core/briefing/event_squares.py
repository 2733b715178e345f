"""Events on a printed map: how many lie in each square of a fixed grid, so that no mark is the place of one event."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..disclosure.blocks import side_of
from ..filter_state import FilterState
from ..material.summary_tables import kept_moments
from ..times.instants import nanoseconds

COLUMNS = ("kind", "x", "y", "events")
PLACED = ("point", "snapped")  # of a wider square nobody knows in which of ours the event was


def event_squares(points: pd.DataFrame, state: FilterState, least_ha: float = 4.0) -> pd.DataFrame:
    """Events of a filter by square of the grid and kind.

    Parameters
    ----------
    points : the event_points table, which has no sexual and no domestic offence
    state : the filter; its areas are not asked. An event counts at the start of its window
    least_ha : size of a square, hectares: the least ground that a figure may be about

    Returns
    -------
    DataFrame ``kind``, ``x, y`` the middle of the square (metres), ``events`` how many; by kind, then from the south.

    Examples
    --------
    >>> points = pd.DataFrame({"kind": ["crime"] * 3, "x": [10.0, 190.0, 210.0], "y": [5.0, 5.0, 5.0],
    ...     "start": pd.to_datetime(["2024-06-03T10:00Z"] * 3), "time_precision": "minute", "location_precision": "point"})
    >>> event_squares(points, FilterState())[["x", "events"]].values.tolist()
    [[100.0, 2.0], [300.0, 1.0]]
    """
    some = points[kept_points(points, state)] if len(points) else points
    if not len(some):
        return pd.DataFrame({c: pd.Series(dtype=object if c == "kind" else np.float64) for c in COLUMNS})
    side = side_of(least_ha)
    middles = {c: (np.floor(some[c].to_numpy(np.float64) / side) + 0.5) * side for c in ("x", "y")}
    squares = pd.DataFrame({"kind": some["kind"].astype(str).to_numpy(), **middles})
    return squares.groupby(["kind", "y", "x"]).size().reset_index(name="events")[list(COLUMNS)]


def kept_points(points: pd.DataFrame, state: FilterState) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Points that a filter keeps, by the rules of the counts; areas are not asked (n,)."""
    keep = kept_moments(nanoseconds(points["start"]), state)
    precision = points["time_precision"].replace("minute", "hour")
    keep = keep & precision.isin(state.precisions).to_numpy() & points["location_precision"].isin(PLACED).to_numpy()
    for column, chosen in (("kind", state.kinds), ("category", state.categories), ("key_type", state.key_types)):
        if chosen:
            keep = keep & points[column].isin(chosen).to_numpy()
    return np.asarray(keep, dtype=bool)


__all__ = ["event_squares", "kept_points"]
