"""What bars are drawn from: officer time by group and by activity, visits by their length, under one filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np
import pandas as pd

from ..activity.rules import PRINTED
from ..filter_state import FilterState
from ..material.by_group import hours_by_value, months_asked
from ..material.kept import kept_time, kept_visits, seconds_of
from ..material.mode_ranges import activity_ranges, officers_at_least, whys_untold
from ..material.officers import most_officers
from ..material.places import Place, chosen_place, comparison_place
from ..material.summary_tables import Material
from ..material.sums import by_word
from ..summaries.visit_lengths import BANDS
from ..suppression import OTHER, merged_labels


def by_group(material: Material, state: FilterState, dimension: str, place: Optional[Place] = None) -> pd.DataFrame:
    """Officer time by unit, department, role or resource type as a board may see it: groups of few officers are one, "other".

    Restricted cells are told as they are, for who looks at them for a purpose.

    Parameters
    ----------
    place : whose time it is; the places of the filter where it is not given

    Returns
    -------
    DataFrame ``value, officer_hours, share_percent``: by name, "other" last.
    """
    place = place or chosen_place(material, state)
    if material.groups is not None:
        spent = hours_by_value(material, state, dimension, place)
        return _ordered(spent[spent > 0])
    spent = _hours_by(material, state, dimension, place)
    spent = spent[spent > 0]
    if material.purpose:
        return _ordered(spent)
    seen = most_officers(material, state, dimension)
    bound = seen[seen["area_id"].isin(place.rows)].groupby("value")["officers"].max()
    spent = spent.groupby(spent.index.map(merged_labels(bound.reindex(spent.index).fillna(0)))).sum()
    return _ordered(spent)


def _ordered(spent: pd.Series) -> pd.DataFrame:
    order = sorted(spent.index, key=lambda v: (v == OTHER, v.casefold()))
    return _shared(pd.DataFrame({"value": order, "officer_hours": spent.reindex(order).to_numpy(np.float64)}))


def visit_bands(material: Material, state: FilterState) -> pd.DataFrame:
    """Visits by length, ``band, visits, share_percent``; no rows where there are none, or where a mode is chosen."""
    hours, place = material.visits, chosen_place(material, state)
    if state.modes or not place.areas or not len(hours.table):
        return pd.DataFrame({"band": [], "visits": np.empty(0), "share_percent": np.empty(0)})
    if material.groups is not None:
        kept = _published_bands(material, state, place.areas)
    else:
        keep = kept_visits(material, state)
        kept = hours.table[keep & hours.among("area_id", place.areas)] if keep is not None else hours.table.iloc[:0]
    counts = kept["visits"].groupby(kept["band"].astype(str)).sum().reindex(BANDS).fillna(0.0)
    table = pd.DataFrame({"band": BANDS, "visits": counts.to_numpy(np.float64)})
    return _shared(table if counts.sum() > 0 else table.iloc[:0], "visits")


def _published_bands(material: Material, state: FilterState, areas: Sequence[str]) -> pd.DataFrame:
    """Visits by length of the whole closed months that a filter asks; nothing where it asks hours, units or another period."""
    bands, (months, why) = material.bands, months_asked(material, state)
    if bands is None or why or not state.any_time or state.groups:
        return pd.DataFrame({"band": [], "visits": []})
    return bands[bands["month"].isin(list(months)) & bands["area_id"].isin(list(areas))]


def activity_shares(material: Material, state: FilterState, place: Optional[Place] = None) -> pd.DataFrame:
    """Officer time by what it is linked to, ``activity, officer_hours, share_percent``: not known first.

    ``share_percent_low, share_percent_high`` are the ends of the likely range of what the mode alone tells, as in the answers. No rows
    where it is not told how officers moved.
    """
    place = place or chosen_place(material, state)
    spent = _hours_by(material, state, "activity", place)
    if whys_untold(material, state, [place])[0]:
        spent = spent[:0]
    found = [a for a in PRINTED if spent.get(a, 0.0) > 0]
    values = spent.reindex(found).to_numpy(np.float64)
    table = _shared(pd.DataFrame({"activity": found, "officer_hours": values}))
    ends = (np.full(len(table), np.nan),) * 2
    if len(table) and not state.modes:
        officers = np.repeat(officers_at_least(material, state, [place]), len(table))
        ends = activity_ranges(table.assign(place=""), "share_percent", officers, material.share_spread)
    return table.assign(share_percent_low=ends[0], share_percent_high=ends[1])


def why_no_activity(material: Material, state: FilterState) -> str:
    """Why it is not told what the time of a filter is linked to, which tells how officers moved too; blank where it is."""
    return whys_untold(material, state, [chosen_place(material, state)])[0]


def comparison_shares(material: Material, state: FilterState, kind: str) -> dict[str, tuple[float, float, float]]:
    """The shares, per cent, of the same groups or activities in the comparison areas, each with the ends of its likely range (NaN where
    it has none); none of visits."""
    place = comparison_place(material, state)
    if kind == "visits" or not place.rows:
        return {}
    if kind != "activity":
        table = by_group(material, state, kind, place)
        return {str(r.value): (float(r.share_percent), np.nan, np.nan) for r in table.itertuples()}
    return {
        str(r.activity): (float(r.share_percent), float(r.share_percent_low), float(r.share_percent_high))
        for r in activity_shares(material, state, place).itertuples()
    }


def _hours_by(material: Material, state: FilterState, column: str, place: Place) -> pd.Series:
    """Officer hours of a place by the words of a column."""
    seconds = seconds_of(material.time_use.table, state.modes)  # whole ones add up to the same in any order
    return by_word(material.time_use, kept_time(material, state), [place], column, seconds).iloc[0] / 3600


def _shared(table: pd.DataFrame, column: str = "officer_hours") -> pd.DataFrame:
    whole = float(table[column].sum())
    return table.assign(share_percent=100 * table[column] / whole if whole > 0 else np.nan)
