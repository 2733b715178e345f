"""Questions 3 and 4: what officer time was linked to, and how officers moved, at each place."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..activity.rules import ACTIVITY_WORDS, PRINTED
from ..columns import MODES, MODES_AND_BICYCLE
from ..disclosure.audiences import as_read_by
from ..filter_state import FilterState
from ..material.kept import kept_time, seconds_of
from ..material.measures import MEASURES
from ..material.mode_ranges import activity_ranges, officers_at_least
from ..material.places import places
from ..material.summary_tables import Material
from ..material.sums import by_word
from ..movement.likely_shares import concentration_of, share_range
from ..suppression import BASE, LEAST
from ..words import mode_share, share
from .public import places_hidden, shown_to_public, where_enough
from .spans import measured_once


def activities_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place by what it is linked to, not known first.

    Returns
    -------
    DataFrame ``place, name, activity, said, officer_hours, share_percent, officer_hours_low, officer_hours_high,
    share_percent_low, share_percent_high``: the ends of the likely range of the classes that the mode alone tells (on foot, in a vehicle, stopped), of the time that nothing else claims; the others
    are counted and have none. Under a filter by mode there are none. To the public they follow from the rounded hours.
    """
    where = places(material)
    seconds = seconds_of(material.time_use.table, state.modes)
    hours = by_word(material.time_use, kept_time(material, state), where, "activity", seconds) / 3600
    rows = []
    for i, place in enumerate(where):
        whole = float(hours.loc[i].sum())
        for activity in PRINTED:
            spent = float(hours.loc[i].get(activity, 0.0))
            # To the public every row stands: which of them are there would tell of a single search or incident.
            if spent > 0 or (audience == "public" and whole > 0):
                rows.append((place.label, place.name, activity, ACTIVITY_WORDS[activity], spent, 100 * spent / whole))
    table = pd.DataFrame(rows, columns=["place", "name", "activity", "said", "officer_hours", "share_percent"])
    seen = as_seen_by(audience, table, material, state)
    behind = dict(zip((p.label for p in where), officers_at_least(material, state, where)))
    officers = np.full(len(seen), float(LEAST)) if audience == "public" else seen["place"].map(behind).to_numpy(float)
    for of in ("officer_hours", "share_percent"):
        low, high = activity_ranges(seen, of, officers, material.share_spread)
        if state.modes:
            low = high = np.full(len(seen), np.nan)
        if audience == "public":
            low, high = BASE * np.floor(low / BASE + 1e-9), BASE * np.ceil(high / BASE - 1e-9)
        seen = seen.assign(
            **{f"{of}_low": low, f"{of}_high": high if of == "officer_hours" else np.minimum(high, 100.0)}
        )
    return seen


def activity_share(row: Mapping[Hashable, Any], base: int = 0) -> str:
    """The share of a row of :func:`activities_table` in words, with its likely range where its class has one.

    >>> row = {"share_percent": 26.0, "share_percent_low": 19.2, "share_percent_high": 33.0}
    >>> activity_share(row), activity_share({**row, "share_percent_low": float("nan")})
    ('26 %, likely 19–33', '26 %')
    """
    percent, low, high = (float(row[f"share_percent{end}"]) for end in ("", "_low", "_high"))
    if np.isfinite([percent, low, high]).all():
        return mode_share(percent, low, high, base=base)
    return "an unknown share" if np.isnan(percent) else share(percent, base)


def modes_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Share of each place's officer time on foot, in a vehicle, stopped and of which nobody can tell.

    Returns
    -------
    DataFrame ``place, name, officer_hours`` and a share in per cent a mode, "bicycle" where any was seen; then the ends of the likely
    range of each but "unknown", ``foot_percent_low, foot_percent_high, …``. To the public the range is that of five officers about the
    rounded share, itself rounded outwards: it tells nothing that the share does not.
    """
    material, where = as_read_by(audience, material), places(material)
    found = measured_once(
        material, replace(state, modes=()), where
    )  # shares of all time, whatever modes the filter keeps
    ridden = float(material.time_use.table["bicycle_seconds"].sum()) > 0
    modes = [m.key for m in MEASURES if m.key in (MODES_AND_BICYCLE if ridden else MODES)]
    columns = {f"{m}_percent": found[m] for m in modes}
    estimated = [m for m in modes if m != "unknown"]
    ends = {f"{m}_percent_{e}": getattr(found.columns[m], e) for m in estimated for e in ("low", "high")}
    names = {"place": [p.label for p in where], "name": [p.name for p in where]}
    table = pd.DataFrame({**names, "officer_hours": found["officer_hours"], **columns, **ends})
    table = table[np.isfinite(table["unknown_percent"])].reset_index(drop=True)
    seen = as_seen_by(audience, table, material, state)
    return _ranges_of_rounded(seen, estimated, material) if audience == "public" else seen


def _ranges_of_rounded(table: pd.DataFrame, modes: list[str], material: Material) -> pd.DataFrame:
    """The table with ranges that follow from its rounded shares and hours alone."""
    found, known, hours = {}, 1.0 - table["unknown_percent"] / 100, table["officer_hours"]
    for mode in modes:
        share = table[f"{mode}_percent"] / 100
        low, high = share_range(
            share, np.maximum(known, share), hours, concentration_of(LEAST), mode, material.share_spread
        )
        found[f"{mode}_percent_low"] = BASE * np.floor(100 * low / BASE + 1e-9)
        found[f"{mode}_percent_high"] = np.minimum(BASE * np.ceil(100 * high / BASE - 1e-9), 100.0)
    return table.assign(**found)


def as_seen_by(audience: str, table: pd.DataFrame, material: Material, state: FilterState) -> pd.DataFrame:
    """A split of time by place as an audience may see it (:mod:`~ia_plugin.core.disclosure.audiences`)."""
    if audience == "board":
        return where_enough(table, material, state)
    if audience == "public":
        return shown_to_public(table, places_hidden(material, state))
    return table
