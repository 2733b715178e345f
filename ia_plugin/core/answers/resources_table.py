"""Question 2: officer time of each place by unit, department, role and resource type."""

from __future__ import annotations

import pandas as pd

from ..filter_state import FilterState
from ..material.by_group import hours_by_value
from ..material.kept import kept_time, seconds_of
from ..material.officers import most_officers
from ..material.places import PLACE_NAMES, Place, places
from ..material.summary_tables import Material
from ..material.sums import by_word
from ..summaries.time_cells import DIMENSIONS
from ..suppression import OTHER, merged_everywhere
from .board_groups import board_labels
from .public import places_hidden, shown_to_public

COLUMNS = ["place", "name", "dimension", "value", "officer_hours", "share_percent"]


def resources_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place by unit, department, role and resource type; groups of few officers are one, "other".

    Returns
    -------
    DataFrame ``place, name, dimension, value, officer_hours, share_percent``: by name, "other" last.
    """
    tables = [_by_group(material, state, dimension, audience) for dimension in DIMENSIONS]
    table = pd.concat([t for t in tables if len(t)] or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)
    if audience == "public" and len(table):
        table = shown_to_public(table, places_hidden(material, state))
    return table.sort_values("dimension", kind="stable").reset_index(drop=True)


def _by_group(material: Material, state: FilterState, dimension: str, audience: str) -> pd.DataFrame:
    # Areas have few officers of most groups: the public sees roles only.
    where = [p for p in places(material) if audience != "public" or p.label in PLACE_NAMES]
    if material.groups is not None:
        spent = {p: hours_by_value(material, state, dimension, p) for p in where}
        return _listed({p: sums[sums > 0] for p, sums in spent.items()}, dimension)
    seconds = seconds_of(material.time_use.table, state.modes)
    hours = by_word(material.time_use, kept_time(material, state), where, dimension, seconds / 3600)
    seen = most_officers(material, state, dimension)
    # How many officers of a chosen unit are of one role is not known, so it counts as few.
    seen = seen.assign(officers=0) if set(state.groups) - {dimension} else seen
    spent = {p: hours.loc[i][hours.loc[i] > 0] for i, p in enumerate(where)}
    spent = {p: sums for p, sums in spent.items() if len(sums)}
    by_area = seen.groupby(["value", "area_id"])["officers"].max().unstack("area_id")
    bound = {p.label: _officers_of(by_area, p.rows).reindex(sums.index).fillna(0) for p, sums in spent.items()}
    if audience != "restricted" and bound:
        if audience == "board":
            labels = board_labels(spent, bound)
        else:
            labels = dict.fromkeys(bound, merged_everywhere(pd.DataFrame(bound).T))
        spent = {p: sums.groupby(sums.index.map(labels[p.label])).sum() for p, sums in spent.items()}
    return _listed(spent, dimension)


def _listed(spent: dict[Place, pd.Series], dimension: str) -> pd.DataFrame:
    """Rows of hours by place and value; nothing of places without any."""
    rows: list[tuple[object, ...]] = []
    for place, sums in spent.items():
        whole = max(float(sums.sum()), 1e-12)
        by_name = sorted(zip(sums.index, sums.tolist()), key=lambda row: (row[0] == OTHER, row[0]))
        rows += [(place.label, place.name, dimension, value, hours, 100 * hours / whole) for value, hours in by_name]
    return pd.DataFrame(rows, columns=COLUMNS)


def _officers_of(by_area: pd.DataFrame, rows: tuple[str, ...]) -> pd.Series:
    """The most officers of each group in any of some areas."""
    return by_area.loc[:, by_area.columns.isin(rows)].max(axis=1)
