"""What anyone may read without a purpose: it tells no one officer's time. The one place where the published tables are made.

Nightly, officer time by area and hour with all units together; of closed months, by unit, department, role or resource type, one at
a time (:mod:`~ia_plugin.core.group_time`). All else stays restricted.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..columns import ALL, COVER, ENOUGH_OFFICERS, TIME_USE, VISIT_BANDS, VISIT_LENGTHS, refuse_personal
from ..empty import empty_table
from ..suppression import LEAST
from .time_cells import DIMENSIONS, SECONDS, SPREAD

_SUMS = list(dict.fromkeys([*SPREAD, *SECONDS]))


def published(
    time_use: pd.DataFrame, cover: pd.DataFrame, officers_seen: pd.DataFrame, visit_lengths: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The tables of every night, by name: no row tells units, departments, roles or resource types apart.

    Parameters
    ----------
    time_use, cover, officers_seen, visit_lengths : the tables by group, of :func:`~ia_plugin.core.summaries.compute.by_area_day`

    Returns
    -------
    time_use, cover and visit_lengths with "(all)" for each group and for the length of visits; enough_officers.

    Raises
    ------
    PrivacyError
        for a column that tells of single officers.
    """
    tables = {
        TIME_USE.name: _added(time_use, ["area_id", "period", "activity"], _SUMS, DIMENSIONS, TIME_USE.names),
        COVER.name: cover[(cover["unit"] == ALL) & (cover["resource_type"] == ALL)].reset_index(drop=True),
        VISIT_LENGTHS.name: _added(
            visit_lengths, ["area_id", "period"], ["visits", "seconds"], ("unit", "resource_type", "band"), VISIT_LENGTHS.names
        ),
        ENOUGH_OFFICERS.name: enough_officers(officers_seen),
    }  # fmt: skip
    for name, table in tables.items():
        refuse_personal(table.columns, name)
    return tables


def enough_officers(officers_seen: pd.DataFrame) -> pd.DataFrame:
    """Whether five or more officers were seen at each place on each civil day; how many is not said."""
    whole = officers_seen[officers_seen["dimension"] == ALL]
    if not len(whole):
        return empty_table(ENOUGH_OFFICERS)
    table = whole[["area_id", "period"]].assign(five_or_more=(whole["officers"] >= LEAST).to_numpy(dtype=bool))
    return table.reset_index(drop=True)


def visit_bands(visit_lengths: pd.DataFrame, officer_time: pd.DataFrame, month: pd.Timestamp) -> pd.DataFrame:
    """Visits of a closed month by area and length, where at least five officers were in the area in that month.

    Parameters
    ----------
    visit_lengths, officer_time : the restricted tables, of the month alone
    """
    officers = officer_time.groupby("area_id")["officer_id"].nunique() if len(officer_time) else pd.Series(dtype=int)
    enough = set(officers.index[officers >= LEAST])
    rows = visit_lengths[visit_lengths["area_id"].isin(enough)]
    if not len(rows):
        return empty_table(VISIT_BANDS)
    found = rows.groupby(["area_id", "band"], as_index=False)["visits"].sum()
    return found.assign(month=month)[list(VISIT_BANDS.names)]


def renewed_bands(
    before: pd.DataFrame,
    visit_lengths: pd.DataFrame,
    officer_time: pd.DataFrame,
    late: pd.DataFrame,
    month: pd.Timestamp,
) -> pd.DataFrame:
    """Visits of a month as they are told with late data: anew of areas to which five or more officers came late, else as before.

    The difference of the two tellings is what came late, so it rests on as many officers as the first telling did.

    Parameters
    ----------
    before : the visit_bands table of the month
    visit_lengths, officer_time : as of :func:`visit_bands`
    late : what time came or went since, of :func:`~ia_plugin.core.group_time.late.late_time`
    """
    officers = late.groupby("area_id")["officer_id"].nunique() if len(late) else pd.Series(dtype=int)
    anew = set(officers.index[officers >= LEAST])
    found = visit_bands(visit_lengths, officer_time, month)
    parts = [before[~before["area_id"].isin(anew)], found[found["area_id"].isin(anew)]]
    whole = pd.concat([p for p in parts if len(p)] or [empty_table(VISIT_BANDS)])
    return whole.sort_values(["area_id", "band"], kind="stable", ignore_index=True)[list(VISIT_BANDS.names)]


def _added(
    table: pd.DataFrame, keys: list[str], sums: list[str], merged: Sequence[str], names: Sequence[str]
) -> pd.DataFrame:
    """A table added up over columns, which then read "(all)"."""
    if not len(table):
        return table.reindex(columns=list(names))
    found = table.groupby(keys, sort=True, observed=True)[sums].sum().reset_index()
    return found.assign(**{n: ALL for n in merged})[list(names)]


__all__ = ["enough_officers", "published", "renewed_bands", "visit_bands"]
