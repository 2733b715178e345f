"""How often an area was visited, for how long, and how long it was left alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..columns import require
from ..times.instants import nanoseconds


def rhythm(visits: pd.DataFrame, days: float) -> pd.DataFrame:
    """Frequency, duration and intermittency of visits to each area (Williams & Coupe 2017).

    Parameters
    ----------
    visits : the visits table
    days : length of the period, days

    Returns
    -------
    DataFrame ``area_id, visits, visits_per_day, median_visit_s, median_apart_s, longest_apart_s``; apart is the time from
    the end of all visits so far to the next one's entry, while nobody was there. NaN where there was but one.
    """
    require(visits, ("area_id", "enter", "leave", "seconds"), "visits")
    order = visits.assign(a=nanoseconds(visits["enter"]), b=nanoseconds(visits["leave"])).sort_values(["area_id", "a"])
    # Visits of several officers overlap: what counts is how long the last of them has been gone.
    until = order.groupby("area_id")["b"].cummax().groupby(order["area_id"]).shift()
    apart = ((order["a"] - until) / 1e9).where(lambda s: s > 0)
    groups = order.assign(apart=apart).groupby("area_id")
    table = groups.agg(
        visits=("a", "size"),
        median_visit_s=("seconds", "median"),
        median_apart_s=("apart", "median"),
        longest_apart_s=("apart", "max"),
    ).reset_index()
    table.insert(2, "visits_per_day", table["visits"] / days if days > 0 else np.nan)
    return table
