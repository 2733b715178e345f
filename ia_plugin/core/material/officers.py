"""How many officers stand behind figures: which groups may be shown separately hangs on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..arrays import Floats
from ..columns import ALL
from ..filter_state import DAYS, FilterState
from ..times.civil import pandas_zone
from .kept import kept_cover, kept_time
from .places import Place
from .summary_tables import Material
from .sums import outside_sites

ROUNDED = 0.01  # officers: what whole seconds of some tens of places may be off in an hour is none


def most_officers(material: Material, state: FilterState, dimension: str) -> pd.DataFrame:
    """How many officers at the least were seen at each place by group: the most of any day of the period.

    Days that the filter leaves out say nothing of those it keeps; hours of the day are not asked.
    """
    table = material.officers
    first, last = replace(state, hour_from=0, hour_to=24).edges()
    keep = (table["dimension"] == dimension).to_numpy(dtype=bool, copy=True)
    if first is not None:
        keep &= (table["period"] >= pd.Timestamp(first)).to_numpy()
    if last is not None:
        keep &= (table["period"] < pd.Timestamp(last)).to_numpy()
    if len(state.weekdays) < len(DAYS) and len(table):
        days = pd.DatetimeIndex(table["period"]).tz_convert(pandas_zone(state.timezone)).day_of_week
        keep &= np.isin(days, state.weekdays)
    return table[keep].groupby(["area_id", "value"], as_index=False)["officers"].max()


def officers_behind(material: Material, state: FilterState) -> pd.Series:
    """How many officers at the least stand behind the time that a filter keeps, by ``area_id``; places not named have none.

    Under a filter of units, or of resource types, these alone count. Of a choice of both nothing is known, so that there may
    be nobody.

    Examples
    --------
    Where nine officers were, one of them a dog handler, `units` ("Dogs",) leaves one.
    """
    if len(state.groups) > 1:
        return pd.Series(dtype=np.float64)
    key = ("officers_behind", state.when, tuple(state.groups.items()))
    return material.memo.once(key, lambda: _officers_behind(material, state))


def _officers_behind(material: Material, state: FilterState) -> pd.Series:
    dimension, chosen = next(iter(state.groups.items()), (ALL, ()))
    seen = most_officers(material, state, dimension)
    seen = seen[seen["value"].isin(chosen)] if chosen else seen
    return seen.groupby("area_id")["officers"].max()


def officers_in_hours(material: Material, state: FilterState, place: Place) -> Floats:
    """How many officers at the least were at a place in each hour of ``material.time_use.moments`` that a filter keeps.

    Time alone tells it: nobody can spend more than an hour in one, so that 4.2 officer-hours are those of five; and of areas
    the count of distinct officers by the hour, where it is kept.

    Examples
    --------
    Of an area with 15 minutes each of six officers in an hour the table of cover tells six, the time alone two.
    """
    hours = material.time_use
    keep = kept_time(material, state) & hours.among("area_id", place.rows)
    keep = keep if place.with_sites else keep & outside_sites(hours)
    seconds = hours.table["officer_seconds"].to_numpy(np.float64)[keep]
    spent = np.bincount(hours.at[keep], weights=seconds, minlength=len(hours.moments)) / 3600
    least: Floats = np.ceil(spent - ROUNDED)
    cover = kept_cover(material, state)
    if cover is None or not len(material.cover.table) or not place.areas:
        return least
    rows = np.flatnonzero(cover & material.cover.among("area_id", place.areas))
    at = pd.Index(hours.moments).get_indexer(material.cover.moments[material.cover.at[rows]])
    seen = material.cover.table["officers"].to_numpy(np.float64)[rows]
    np.maximum.at(least, at[at >= 0], seen[at >= 0])
    return least
