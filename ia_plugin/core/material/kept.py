"""Which rows of each summary table a filter keeps, areas aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..areas import validity
from ..columns import ALL
from ..filter_state import FilterState
from ..times.civil import pandas_zone
from ..times.instants import instants
from .summary_tables import Material, kept_moments

HOUR_NS = 3_600 * 10**9
DAY_NS = 24 * HOUR_NS
_WHOLE_DAYS: Any = {"hour_from": 0, "hour_to": 24}


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


def kept_cover(material: Material, state: FilterState) -> Any:
    """Rows of the cover table that tell it under a filter, areas aside; None where no stored grouping does."""
    grouping = margin(state)
    if grouping is None:
        return None
    hours = material.cover
    keep: Any = hours.when(state)
    for name, value in grouping.items():
        keep = keep & hours.among(name, (value,))
    return keep


def kept_visits(material: Material, state: FilterState) -> Any:
    """Rows of visit_lengths that a filter keeps, areas aside: by the hour of entry; a visit has no one mode."""
    hours = material.visits
    return hours.when(state) & hours.among("unit", state.units) & hours.among("resource_type", state.resources)


def kept_events(material: Material, state: FilterState) -> Any:
    """Rows of the event cells that a filter keeps, areas aside; records too coarse in time for it take no part."""
    hours = material.events
    keep = hours.when(state) & hours.among("kind", state.kinds) & hours.among("category", state.categories)
    return keep & hours.among("key_type", state.key_types) & hours.among("precision", precisions(state))


def precisions(state: FilterState) -> tuple[str, ...]:
    """How coarse records may be in time to take part under a filter."""
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


def starts_of(material: Material, kind: str, state: Optional[FilterState] = None) -> Any:
    """Moments at which records of a kind begin, ns; of those fine enough in time for `state` where it is given.

    A window that only reaches into an hour is no record of it.
    """
    hours = material.events
    if not len(hours.table):
        return np.empty(0, dtype=np.int64)
    own = hours.among("kind", (kind,)) & (hours.table["events"] > 0).to_numpy()
    if state is not None:
        own = own & hours.among("precision", precisions(state))
    return hours.moments[np.unique(hours.at[own])]


def any_events(material: Material, state: FilterState, kind: str) -> bool:
    """Whether the records of a kind tell of a period: outside them nothing is known, which is not nothing.

    Within them a period without an event is 0; not where it has only records too coarse in time for the filter.
    """
    if _reach_into(starts_of(material, kind, state), state):
        return True
    return _reach_into(starts_of(material, kind), state) and not np.any(coarse_rows(material, state, kind))


def _reach_into(moments: Any, state: FilterState) -> bool:
    """Whether a period lies between the first and the last of some records, in a part at least."""
    if not len(moments):
        return False
    begin, end = state.edges()
    if begin is not None and pd.Timestamp(begin).value >= int(moments.max()) + HOUR_NS:
        return False
    return end is None or pd.Timestamp(end).value > int(moments.min())


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
    """Whether the count of a kind in an earlier period can be compared: the one rule of figures, answers and sentences.

    The whole force must have a record of the kind in the period's days, whatever its hour or category, and the first
    record, fine enough for the filter, must begin before the first civil day ends that the filter keeps.

    Examples
    --------
    Of records from Tuesday 4 June on, the week from Tuesday can be compared, the week from Monday cannot.
    """
    first = _first_day(state)
    if first is None or not any_events(material, state, kind):
        return False
    moments = starts_of(material, kind, state)
    begin, end = (np.nan if e is None else pd.Timestamp(e).value for e in replace(state, **_WHOLE_DAYS).edges())
    in_days = ~(moments < begin) & ~(moments >= end)
    limit = replace(state, first=first, last=first, **_WHOLE_DAYS).edges()[1]
    return bool(in_days.any()) and int(moments.min()) < pd.Timestamp(limit).value


def _first_day(state: FilterState) -> Optional[date]:
    """The first civil day that a filter keeps; None where its period is open at the front, or keeps none."""
    if state.first is None:
        return None
    days = (state.first + timedelta(days=k) for k in range(7))
    return next((d for d in days if d.weekday() in state.weekdays and (state.last is None or d <= state.last)), None)


def civil_days(moments: NDArray[np.int64], state: FilterState) -> NDArray[np.datetime64]:
    """Civil day that moments (ns) belong to: after midnight, of hours that wrap it, the evening's."""
    local = instants(moments).tz_convert(pandas_zone(state.timezone))
    days = local.tz_localize(None).to_numpy().astype("datetime64[D]")
    early = state.wraps & (np.asarray(local.hour) < state.hour_to)
    return np.asarray(days - early * np.timedelta64(1, "D"))


def days_asked(state: FilterState) -> NDArray[np.datetime64]:
    """The civil days that a filter keeps, of a period with both ends."""
    days = np.arange(np.datetime64(state.first, "D"), np.datetime64(state.last, "D") + 1)
    return days[np.isin((days.astype(np.int64) + 3) % 7, state.weekdays)]  # 1 Jan 1970 was a Thursday


def days_of_data(material: Material, state: FilterState) -> int:
    """Number of civil days of a period with any time of officers; hours past midnight belong to the evening's day."""
    moments = material.time_use.moments
    kept = moments[kept_moments(moments, state)] if len(moments) else moments
    return len(np.unique(civil_days(kept, state)))


def days_of_records(material: Material, state: FilterState, kind: str) -> int:
    """Number of days of a period, with both ends, from the first record of a kind in the whole force to its last.

    A day between them without a record is one on which nothing happened; a record of a month stands for all its days.
    """
    moments = starts_of(material, kind)
    if not len(moments):
        return 0
    hours = material.events
    months = hours.among("kind", (kind,)) & hours.among("precision", ("month",))
    first, last = civil_days(np.array([moments.min(), moments.max()]), replace(state, **_WHOLE_DAYS))
    if months.any():
        newest = civil_days(hours.moments[np.unique(hours.at[months])], replace(state, **_WHOLE_DAYS)).max()
        last = max(last, (newest.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1)
    days = days_asked(state)
    return int(((days >= first) & (days <= last)).sum())


def days_counted(material: Material, state: FilterState) -> Optional[pd.Series]:
    """On how many days of a period each area counts, by its validity; None for an open period.

    Returns
    -------
    Series of days by ``area_id``.
    """
    if state.first is None or state.last is None:
        return None
    begin, end = validity(material.areas, state.timezone)
    first, last = (pd.Timestamp(e).value for e in replace(state, **_WHOLE_DAYS).edges())
    # Days are counted by midnights; the one on which clocks change is an hour longer or shorter.
    days = np.round((np.minimum(end, last) - np.maximum(begin, first)) / DAY_NS).clip(min=0)
    return pd.Series(days.astype(int), index=material.areas["area_id"].to_numpy())
