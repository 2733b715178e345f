"""Which rows of each summary table a filter keeps, areas aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..columns import ALL
from ..filter_state import FilterState
from ..times.civil import pandas_zone
from ..times.instants import instants
from .summary_tables import Hours, Material, kept_moments

HOUR_NS = 3_600 * 10**9
DAY_NS = 24 * HOUR_NS


def kept_time(material: Material, state: FilterState) -> Any:
    """Rows of time_use that a filter keeps, areas aside (bool, n)."""
    hours = material.time_use
    return hours.when(state) & hours.among("unit", state.units) & hours.among("resource_type", state.resources)


def seconds_of(table: pd.DataFrame, modes: Sequence[str] = ()) -> Any:
    """Officer seconds of rows, of some modes where they are named."""
    if not modes:
        return table["officer_seconds"].to_numpy(dtype=np.float64)
    return table[[f"{m}_seconds" for m in modes]].to_numpy(dtype=np.float64).sum(axis=1)


def margin(state: FilterState) -> Optional[dict[str, str]]:
    """Which stored grouping of the cover table tells it under a filter; None where none does."""
    if state.modes or len(state.units) > 1 or len(state.resources) > 1 or (state.units and state.resources):
        return None
    return {
        "unit": state.units[0] if state.units else ALL,
        "resource_type": state.resources[0] if state.resources else ALL,
    }


def kept_presence(material: Material, state: FilterState) -> Any:
    """Rows of the cover table that tell it under a filter, areas aside; None where no stored grouping does."""
    grouping = margin(state)
    if grouping is None:
        return None
    hours = material.cover
    keep: Any = hours.when(state)
    for name, value in grouping.items():
        keep = keep & hours.among(name, (value,))
    return keep


def kept_visits(hours: Hours, state: FilterState, areas: Sequence[str]) -> Any:
    keep = hours.when(state) & hours.among("area_id", tuple(areas))
    return keep & hours.among("unit", state.units) & hours.among("resource_type", state.resources)


def kept_events(material: Material, state: FilterState) -> Any:
    """Rows of the event cells that a filter keeps, areas aside; records too coarse in time for it take no part."""
    hours = material.events
    keep = hours.when(state) & hours.among("kind", state.kinds) & hours.among("category", state.categories)
    return keep & hours.among("key_type", state.key_types) & hours.among("precision", precisions(state))


def precisions(state: FilterState) -> tuple[str, ...]:
    """How coarse records may be in time to be told under a filter."""
    if not state.any_hour:
        return ("hour",)
    return ("hour", "day", "month") if state.any_time and _whole_months(state) else ("hour", "day")


def _whole_months(state: FilterState) -> bool:
    if state.first is None or state.last is None:
        return state.first is None and state.last is None
    return state.first.day == 1 and (state.last + timedelta(days=1)).day == 1


def any_time(material: Material, state: FilterState) -> bool:
    """Whether officers' time was observed at all under a filter, units and modes aside."""
    return bool(len(material.time_use.moments)) and bool(kept_moments(material.time_use.moments, state).any())


def starts_of(material: Material, kind: str) -> Any:
    """Moments at which records of a kind begin, ns; a window that only reaches into an hour is no record of it."""
    hours = material.events
    if not len(hours.table):
        return np.empty(0, dtype=np.int64)
    mine = hours.among("kind", (kind,)) & (hours.table["events"] > 0).to_numpy()
    return hours.moments[np.unique(hours.at[mine])]


def any_events(material: Material, state: FilterState, kind: str) -> bool:
    """Whether the records of a kind reach into the period: outside it nothing is known, which is not nothing."""
    moments = starts_of(material, kind)
    if not len(moments):
        return False
    begin, end = state.edges()
    early = begin is not None and pd.Timestamp(begin).value > int(moments.max()) + HOUR_NS
    if early or (end is not None and pd.Timestamp(end).value <= int(moments.min())):
        return False
    if np.any(hours_told(material, state, kind)):
        return True
    return not np.any(coarse_rows(material, state, kind))


def hours_told(material: Material, state: FilterState, kind: str) -> Any:
    """Rows of a kind that tell their time finely enough for a filter, whatever its period (bool, n)."""
    hours = material.events
    return hours.among("kind", (kind,)) & hours.among("precision", precisions(state))


def coarse_rows(material: Material, state: FilterState, kind: str = "") -> Any:
    """Rows that begin in a day or month that the period touches, and tell no more than that, where the filter asks more."""
    hours = material.events
    if not len(hours.table):
        return np.zeros(0, dtype=bool)
    begin, end = state.edges()
    moment = hours.moments[hours.at]
    lasts = np.where(hours.among("precision", ("month",)), 31 * DAY_NS, DAY_NS)
    rows = ~hours.among("precision", precisions(state)) & hours.among("precision", ("day", "month"))
    if begin is not None:
        rows = rows & (moment + lasts > pd.Timestamp(begin).value)
    if end is not None:
        rows = rows & (moment < pd.Timestamp(end).value)
    return rows & hours.among("kind", (kind,)) if kind else rows


def reaches_back(material: Material, state: FilterState, kind: str) -> bool:
    """Whether records of a kind go back to the first day of a period, so that its count can be compared."""
    moments, begin = starts_of(material, kind), state.edges()[0]
    return bool(len(moments)) and (begin is None or int(moments.min()) < pd.Timestamp(begin).value + 2 * DAY_NS)


def days_of_data(material: Material, state: FilterState) -> int:
    """Number of civil days of a period with any time of officers."""
    moments = material.time_use.moments
    kept = moments[kept_moments(moments, state)] if len(moments) else moments
    return len(instants(kept).tz_convert(pandas_zone(state.timezone)).normalize().unique())
