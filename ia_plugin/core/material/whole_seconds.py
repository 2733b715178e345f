"""The tables of a store as figures read them: in whole seconds, so that a page that holds them gives the same figures to the digit.

All time at a place in an hour is a whole, that at its police sites another. Its total is the nearest whole second; rounded
cumulatively, by mode and in a mode by row, its rows add up to it. So neither its total nor its time by mode hangs on how it is split by
groups or activities: published and restricted cells tell the same.
"""

from __future__ import annotations

from typing import Callable

import numpy as np
import pandas as pd

from ..arrays import Array, Floats, Rows
from ..summaries.grains import GRAIN, first_of_runs, grains
from ..summaries.time_cells import MODE_SECONDS
from ..times.instants import nanoseconds


def whole_parts(parts: Floats, of: Rows, rounded: Callable[[Floats], Floats] = np.rint) -> Floats:
    """Parts as whole numbers that add up to their whole's: cumulative rounding, in the order given.

    Parameters
    ----------
    parts : (n,), none negative
    of : int (n,), which whole each is of
    rounded : how a whole is rounded: ``np.rint`` or ``np.ceil``

    Returns
    -------
    (n,), each less than one from its part. Over any run of parts of one whole, from its first on, they add up to that run's sum,
    rounded.

    Examples
    --------
    >>> whole_parts(np.array([0.25, 0.5, 0.75, 0.25]), np.array([0, 0, 0, 7])).tolist()
    [0.0, 1.0, 1.0, 0.0]
    """
    if not len(parts):
        return np.empty(0)
    order = np.argsort(of, kind="stable")
    first = first_of_runs(of[order])
    amounts = grains(parts[order])  # whole numbers, so that sums over a whole store lose nothing
    ends = np.cumsum(amounts)
    began = (ends - amounts)[first][np.cumsum(first) - 1]
    ended = rounded((ends - began) * GRAIN)
    found = np.empty(len(parts))
    found[order] = ended - np.where(first, 0.0, np.r_[0.0, ended[:-1]])
    return found


def whole_time_use(table: pd.DataFrame) -> pd.DataFrame:
    """The time_use table in whole seconds; variances are the next whole number up, so that what is uncertain stays so.

    Examples
    --------
    0.25 s on foot and 0.5 s in a vehicle of one row, 0.75 s on foot of another: 1.5 s are 2. On foot 1.0 s: the first row 0, the
    second 1; in a vehicle the second that is left.
    """
    if not len(table):
        return table
    site = (table["activity"] == "police_site").to_numpy(dtype=bool)
    of = _places(table) * 2 + site
    spent = [table[n].to_numpy(dtype=np.float64) for n in MODE_SECONDS]
    modes = whole_parts(np.concatenate(spent), np.tile(of, len(spent))).reshape(len(spent), -1)
    found = table.assign(**dict(zip(MODE_SECONDS, modes)), officer_seconds=modes.sum(axis=0))
    for name, rounded in (("variance", np.ceil), ("systematic", np.rint)):
        values = table[name].to_numpy(dtype=np.float64)
        known = np.isfinite(values)
        found[name] = np.where(known, whole_parts(np.where(known, values, 0.0), of, rounded), np.nan)
    return found


def whole_visits(table: pd.DataFrame) -> pd.DataFrame:
    """The visit_lengths table in whole seconds, whose rows add up to those of their place and hour."""
    return table.assign(seconds=whole_parts(table["seconds"].to_numpy(), _places(table))) if len(table) else table


def whole_cover(table: pd.DataFrame) -> pd.DataFrame:
    """The cover table in whole seconds; its groupings do not add up, so each row is by itself."""
    return table.assign(patrol_seconds=np.rint(table["patrol_seconds"].to_numpy(dtype=np.float64)))


def _places(table: pd.DataFrame) -> Array:
    """Which place and hour each row is of."""
    area, places = pd.factorize(table["area_id"])
    moment, _ = pd.factorize(nanoseconds(table["period"]))
    return np.asarray(moment.astype(np.int64) * max(len(places), 1) + area)


__all__ = ["whole_cover", "whole_parts", "whole_time_use", "whole_visits"]
