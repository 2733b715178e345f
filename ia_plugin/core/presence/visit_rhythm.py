"""How often an area was visited, for how long, and how long it was left alone; and how officers moved in it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..columns import KNOWN_MODES, require
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


def time_by_mode_in_areas(legs: pd.DataFrame, leg_areas: pd.DataFrame) -> pd.DataFrame:
    """Seconds of each area on foot, in a vehicle, standing still, and of unknown mode.

    The time of a leg whose mode is known is shared by its probabilities; the rest is unknown, as in
    :func:`~ia_plugin.core.movement.time_by_mode`.

    Parameters
    ----------
    legs : classified (``p_foot``, ``p_vehicle``, ``p_stationary``, ``mode``)
    leg_areas : made from these legs

    Returns
    -------
    DataFrame ``area_id, seconds, seconds_foot, seconds_vehicle, seconds_stationary, seconds_unknown``; the last four add up
    to ``seconds``.
    """
    require(legs, ("leg_id", "p_foot", "p_vehicle", "p_stationary", "mode"), "legs")
    require(leg_areas, ("leg_id", "area_id", "seconds"), "leg_areas")
    at = pd.Index(legs["leg_id"]).get_indexer(leg_areas["leg_id"])
    seconds = leg_areas["seconds"].to_numpy()
    table = pd.DataFrame({"area_id": leg_areas["area_id"].to_numpy(), "seconds": seconds})
    known = legs["mode"].to_numpy()[at] != "unknown"
    for mode in KNOWN_MODES:
        table[f"seconds_{mode}"] = seconds * known * legs[f"p_{mode}"].to_numpy(dtype=np.float64)[at]
    table["seconds_unknown"] = seconds * ~known
    return table.groupby("area_id").sum().reset_index()
