"""Records of events in time: which periods they tell of, and which of them are too coarse for a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..filter_state import FilterState
from ..summaries.event_cells import NO_PLACE
from ..summaries.zones import ROLE_LABELS
from .days import WHOLE_DAYS, Days, civil_days, days_asked
from .summary_tables import Material

HOUR_NS = 3_600 * 10**9
DAY_NS = 24 * HOUR_NS
USUAL = 10.0  # records a day: where so many are usual, a day without any is one of which nobody has the records
PARTS = (*ROLE_LABELS, NO_PLACE)  # each record once
AFTER = 5  # records after a day tell that those of the day itself came in: fewer may be wrong dates


def records_of(material: Material, kind: str, fine: Optional[tuple[str, ...]] = None) -> Any:
    """Rows of the event cells in which records of a kind begin, each record once; of those as fine in time as `fine` where it is given.

    A window that only reaches into an hour is no record of it.
    """
    hours = material.events
    if not len(hours.table):
        return np.zeros(0, dtype=bool)
    rows = hours.among("kind", (kind,)) & hours.among("area_id", PARTS) & (hours.table["events"] > 0).to_numpy()
    return rows & hours.among("precision", fine or ())


def starts_of(material: Material, kind: str, fine: Optional[tuple[str, ...]] = None) -> Any:
    """Moments at which records of a kind begin, ns; of those as fine in time as `fine` where it is given."""
    hours = material.events
    return material.memo.once(
        ("starts", kind, fine), lambda: hours.moments[np.unique(hours.at[records_of(material, kind, fine)])]
    )


def covered_days(material: Material, state: FilterState, kind: str, fine: Optional[tuple[str, ...]] = None) -> Days:
    """The days asked of which the records of a kind tell, in the whole force: from its first record to its last.

    A day between them without a record is one on which nothing happened; but where `USUAL` records a day are usual, one whose
    records are missing. A record of a month stands for all its days.

    Parameters
    ----------
    state : a filter whose period has both ends
    fine : how coarse records may be in time; whatever they are where it is not given
    """
    days, key = days_asked(state), ("recorded_days", kind, fine, state.timezone)
    at, first, last, all_of_them = material.memo.once(key, lambda: _recorded_days(material, state, kind, fine))
    if not len(at):
        return days[:0]
    kept = days[(days >= first) & (days <= last)]
    found: Days = kept if all_of_them else kept[np.isin(kept, at)]
    return found


def _recorded_days(
    material: Material, state: FilterState, kind: str, fine: Optional[tuple[str, ...]]
) -> tuple[Days, Any, Any, bool]:
    """(days with a record of a kind, the first and the last that its records tell of, whether they tell of all between)."""
    hours, rows = material.events, records_of(material, kind, fine)
    at = civil_days(hours.moments[hours.at[rows]], replace(state, **WHOLE_DAYS))
    if not len(at):
        return at, None, None, False
    first, last = at.min(), at.max()
    months = hours.among("precision", ("month",))[rows]
    if months.any():
        last = max(last, (at[months].max().astype("datetime64[M]") + 1).astype("datetime64[D]") - 1)
    usual = float(hours.table.loc[rows, "events"].sum()) / ((last - first).astype(int) + 1)
    return np.unique(at), first, last, bool(months.any() or usual < USUAL)


def last_whole_day(material: Material) -> Optional[date]:
    """The last civil day of which everything may be in the data: officers' time to its end, or events after it; None without any.

    A record of a month tells of all its days. Events after a day are `AFTER` at the least, so that one with a wrong date ends no
    month; and no day has ended that has not by the clock.
    """
    whole = FilterState(timezone=material.timezone)
    days = [np.datetime64(material.days[1], "D")] if material.days[1] else []
    start = _starts_reach(material)
    if start is not None:  # a window that reaches into a later day says nothing of it
        days.append(civil_days(np.array([start]), whole)[0] - 1)
    month = _starts_reach(material, ("month",))
    if month is not None:
        first = civil_days(np.array([month]), whole)[0].astype("datetime64[M]")
        days.append((first + 1).astype("datetime64[D]") - 1)
    if not days:
        return None
    last: date = max(days).astype(date)
    if material.read_at is None:
        return last
    today = civil_days(np.array([pd.Timestamp(material.read_at).value]), whole)[0].astype(date)
    yesterday: date = today - timedelta(days=1)
    return min(last, yesterday)


def _starts_reach(material: Material, precision: tuple[str, ...] = ()) -> Optional[int]:
    """The latest moment (ns) at or after which `AFTER` records begin, of those as coarse in time as asked; None without so many."""
    hours = material.events
    if not len(hours.table):
        return None
    rows = np.flatnonzero(
        hours.among("area_id", PARTS) & (hours.table["events"] > 0).to_numpy() & hours.among("precision", precision)
    )
    latest = rows[np.argsort(-hours.moments[hours.at[rows]], kind="stable")]
    enough = np.flatnonzero(np.cumsum(hours.table["events"].to_numpy()[latest]) >= AFTER)
    return int(hours.moments[hours.at[latest[enough[0]]]]) if len(enough) else None


def any_events(material: Material, state: FilterState, kind: str) -> bool:
    """Whether the records of a kind tell of a period: outside them nothing is known, which is not nothing.

    Within them a period without an event is 0; not where it has only records too coarse in time for the filter.
    """
    if _tell(material, state, kind, state.precisions):
        return True
    return _tell(material, state, kind) and not np.any(coarse_rows(material, state, (kind,)))


def any_such(material: Material, state: FilterState, kind: str) -> bool:
    """Whether the data has any record, at whatever time, of a kind and of the categories and key types that a filter keeps.

    Where it has none, as incidents where the key type robbery is of crimes alone, a count would be no nought but no figure.
    """
    hours = material.events
    if not (state.categories or state.key_types):
        return hours.has("kind", kind)
    if not len(hours.table):
        return False
    rows = hours.among("kind", (kind,)) & hours.among("category", state.categories)
    return bool((rows & hours.among("key_type", state.key_types)).any())


def _tell(material: Material, state: FilterState, kind: str, fine: Optional[tuple[str, ...]] = None) -> bool:
    """Whether some day of a period, or of an open one any moment, lies between the first and the last of some records."""
    if state.first is not None and state.last is not None:
        return bool(len(covered_days(material, state, kind, fine)))
    moments = starts_of(material, kind, fine)
    if not len(moments):
        return False
    begin, end = state.edges()
    if begin is not None and pd.Timestamp(begin).value >= int(moments.max()) + HOUR_NS:
        return False
    return end is None or pd.Timestamp(end).value > int(moments.min())


def coarse_rows(
    material: Material, state: FilterState, kinds: Sequence[str] = (), fine: Optional[tuple[str, ...]] = None
) -> Any:
    """Rows that begin in a day or month that the period touches, and tell no more than that, where the filter asks more.

    Parameters
    ----------
    kinds : of these alone; of those that the filter keeps where none is named
    fine : how coarse records may be; as the filter has it where it is not given
    """
    hours = material.events
    if not len(hours.table):
        return np.zeros(0, dtype=bool)
    begin, end = state.edges()
    moment = hours.moments[hours.at]
    lasts = np.where(hours.among("precision", ("month",)), 31 * DAY_NS, DAY_NS)
    rows = ~hours.among("precision", state.precisions if fine is None else fine)
    rows = rows & hours.among("precision", ("day", "month"))
    if begin is not None:
        rows = rows & (moment + lasts > pd.Timestamp(begin).value)
    if end is not None:
        rows = rows & (moment < pd.Timestamp(end).value)
    rows = rows & hours.among("category", state.categories) & hours.among("key_type", state.key_types)
    return rows & hours.among("kind", tuple(kinds) or state.kinds)


def coarse_count(
    material: Material,
    state: FilterState,
    rows: Sequence[str],
    kinds: Sequence[str] = (),
    fine: Optional[tuple[str, ...]] = None,
    precision: str = "",
) -> float:
    """How many records of a place, by its `rows` of the tables, are too coarse in time for a filter; of one `precision` where it is given."""
    hours = material.events
    left = coarse_rows(material, state, kinds, fine)
    if precision and len(left):
        left = left & hours.among("precision", (precision,))
    return float(hours.table.loc[left & hours.among("area_id", tuple(rows)), "events"].sum()) if len(left) else 0.0


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
    moments = starts_of(material, kind, state.precisions)
    return _reach(moments, state, first)


def time_reaches_back(material: Material, state: FilterState) -> bool:
    """Whether officers' time of an earlier period can be compared: by the same rule, its data begin on the first day asked."""
    first = _first_day(state)
    moments = material.time_use.moments
    return first is not None and bool(len(moments)) and _reach(moments, state, first)


def _reach(moments: Any, state: FilterState, first: date) -> bool:
    begin, end = (np.nan if e is None else pd.Timestamp(e).value for e in replace(state, **WHOLE_DAYS).edges())
    in_days = ~(moments < begin) & ~(moments >= end)
    limit = replace(state, first=first, last=first, **WHOLE_DAYS).edges()[1]
    return bool(in_days.any()) and int(moments.min()) < pd.Timestamp(limit).value


def _first_day(state: FilterState) -> Optional[date]:
    """The first civil day that a filter keeps; None where its period is open at the front, or keeps none."""
    if state.first is None:
        return None
    days = (state.first + timedelta(days=k) for k in range(7))
    return next((d for d in days if d.weekday() in state.weekdays and (state.last is None or d <= state.last)), None)
