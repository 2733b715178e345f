"""Officer time by unit or resource type where it is published: of closed months, one dimension at a time, five officers at the least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats
from ..filter_state import FilterState, period_in_words
from ..sentence import phrase, sentence
from ..suppression import OTHER
from ..times.civil import moment_of, pandas_zone
from .kept import kept_time
from .own_area import OWN
from .places import NAN, Place
from .summary_tables import Material

BY_MONTH = phrase("units, departments, roles and resource types are shown for whole closed months: choose a month")
NOT_CLOSED = phrase("units, departments, roles and resource types of a month are shown when it is closed")
ONE_AT_A_TIME = phrase("units, departments, roles and resource types are shown one at a time")
NOT_BY_MODE = phrase("by unit, department, role or resource type only officer time is shown")
BY_GROUP = phrase("By unit, department, role and resource type officer time is")
TOO_FEW = phrase("withheld, since alone or beside what is published it would tell the time of fewer than five officers")
LONGER_HOURS = phrase(
    "published of longer hours only, since fewer than five officers would stand behind some of these alone"
)
ONE_AREA = phrase(
    "withheld for this area, since alone or beside what is published it would tell the time of fewer than five officers"
)
SOME_AREAS = phrase(
    "withheld for some of these areas, since alone or beside what is published it would tell the time of fewer than five officers"
)
AREA_ALL_HOURS = phrase("for single areas kept of all hours and weekdays of a month only, not of a part of them")
SHARED_GROUND = phrase("not kept for an area that shares ground with another, only for all areas of its role together")
OWN_AREA = phrase("not kept for an area of one's own, only for the areas of the store")
HIDDEN = (TOO_FEW, LONGER_HOURS, ONE_AREA, SOME_AREAS, AREA_ALL_HOURS, SHARED_GROUND, OWN_AREA)
"""Why closed months do not tell a filter: withheld, published otherwise, or never kept."""


@dataclass(frozen=True)
class Asked:
    """What a filter asks by group: the dimension, its chosen values, the months (start, UTC); or why that is not shown."""

    dimension: str = ""
    values: tuple[str, ...] = ()
    months: tuple[pd.Timestamp, ...] = ()
    why: str = ""


def asked_by_group(material: Material, state: FilterState) -> Optional[Asked]:
    """What a filter asks by group of published tables; None where it asks nothing, or the tables tell every group apart."""
    chosen = list(state.groups.items())
    if material.groups is None or not chosen:
        return None
    if len(chosen) > 1:
        return Asked(why=ONE_AT_A_TIME)
    if state.modes:
        return Asked(why=NOT_BY_MODE)
    months, why = months_asked(material, state)
    return Asked(*chosen[0], months, why)


def months_asked(material: Material, state: FilterState) -> tuple[tuple[pd.Timestamp, ...], str]:
    """(the closed months that a filter asks whole, why they cannot be shown by group)."""
    closed = _months(material)
    if not len(closed):
        return (), NOT_CLOSED
    if state.first is None or state.last is None:
        return (), BY_MONTH
    if state.first.day != 1 or (state.last + timedelta(days=1)).day != 1 or state.wraps:
        return (), BY_MONTH
    days = pd.date_range(state.first, state.last, freq="MS")
    wanted = tuple(moment_of(d, state.timezone) for d in days)
    return (wanted, "") if set(wanted) <= set(closed) else ((), NOT_CLOSED)


def _months(material: Material) -> pd.DatetimeIndex:
    """When the months begin that are published by group, in their order."""
    table = material.groups
    if table is None or not len(table):
        return pd.DatetimeIndex([])
    return material.memo.once("months_by_group", lambda: pd.DatetimeIndex(sorted(set(table["month"]))))


def group_seconds(
    material: Material, state: FilterState, asked: Asked, places: Sequence[Place]
) -> tuple[Floats, Floats, Floats, list[str]]:
    """Officer seconds, variance and systematic part of the chosen groups at places, (places,), NaN where they are not shown; and why
    they are not, blank where they are."""
    table = shown_rows(material, state, asked.dimension, asked.months)
    values = [v for v in asked.values if v != OTHER]
    whys = [_why_hidden(table, p.rows, values) for p in places]
    parts = [(NAN,) * 3 if why else _of_place(table, p.rows, values) for p, why in zip(places, whys)]
    sums = np.array(parts, dtype=np.float64).reshape(-1, 3)
    return sums[:, 0], sums[:, 1], sums[:, 2], whys


def hours_by_value(material: Material, state: FilterState, dimension: str, place: Place) -> pd.Series:
    """Officer hours of a place by the values of a dimension, "other" among them; empty where they are not shown."""
    months, why = months_asked(material, state)
    empty = pd.Series(dtype=np.float64)
    if why or state.groups or state.modes:
        return empty
    table = shown_rows(material, state, dimension, months)
    parts = [table.rows[table.rows["area_id"] == row] for row in place.rows if row in table.there]
    if not parts or any(not len(p) for p in parts) or _why_hidden(table, place.rows):
        return empty
    # A value that is part of "other" somewhere is part of it in the sum.
    alone = set.intersection(*({*p["value"]} if (p["value"] == OTHER).any() else _all_values(table) for p in parts))
    rows = pd.concat(parts)
    value = rows["value"].where(rows["value"].isin(alone), OTHER)
    return rows["officer_seconds"].groupby(value.to_numpy()).sum() / 3600


def why_no_values(material: Material, state: FilterState, dimension: str, place: Place) -> str:
    """Why :func:`hours_by_value` has nothing of a place in closed months; blank where it has, or where there is no time at all."""
    months = months_asked(material, state)[0]
    return _why_hidden(shown_rows(material, state, dimension, months), place.rows)


@dataclass(frozen=True)
class Shown:
    """Rows of group_time that a filter keeps.

    Attributes
    ----------
    there : the places with any time
    short : those of which nothing is published in some month
    cut : those of which the filter cuts a block of hours
    values : of each place the groups published of it, at whatever hours
    shared : areas that share ground: never told apart by group
    """

    rows: pd.DataFrame
    there: frozenset[str]
    short: frozenset[str]
    cut: frozenset[str]
    values: dict[str, frozenset[str]]
    shared: frozenset[str]


def shown_rows(material: Material, state: FilterState, dimension: str, months: Sequence[pd.Timestamp]) -> Shown:
    """The rows of a dimension in some months that a filter of hours and weekdays keeps."""
    table = material.groups
    assert table is not None
    own = table[(table["dimension"] == dimension) & table["month"].isin(list(months))]
    inside, outside = _inside(own, state)
    months_at = own.groupby("area_id")["month"].nunique()
    there = _with_time(material, state)
    # A place with time in a month of which nothing is shown is not shown at all.
    short = frozenset(a for a in there if int(months_at.get(a, 0)) < len(months))
    values = {str(a): frozenset(v) for a, v in own.groupby("area_id", observed=True)["value"]}
    shared = frozenset(a for pair in material.sharing for a in pair)
    return Shown(
        own[inside], frozenset(there), short, frozenset(own.loc[~inside & ~outside, "area_id"]), values, shared
    )


def _inside(rows: pd.DataFrame, state: FilterState) -> tuple[Bools, Bools]:
    """Which blocks of hours lie inside a filter, and which outside."""
    kept = np.isin(np.arange(24), state.hours)
    upto = np.r_[0, np.cumsum(kept)]
    first, hours = rows["first_hour"].to_numpy(dtype=np.int64), rows["hours"].to_numpy(dtype=np.int64)
    some = upto[first + hours] - upto[first]
    weekday = rows["weekday"].to_numpy(dtype=np.int64)
    whole_week = len(state.weekdays) == 7
    day_in = np.where(weekday < 0, whole_week, np.isin(weekday, state.weekdays))
    day_out = (weekday >= 0) & ~np.isin(weekday, state.weekdays)
    return (some == hours) & day_in, (some == 0) | day_out


def _with_time(material: Material, state: FilterState) -> set[str]:
    hours = material.time_use
    everyone = FilterState(first=state.first, last=state.last, timezone=state.timezone)
    kept = hours.table["area_id"][kept_time(material, everyone)]
    return {str(a) for a in kept.unique()}


def _of_place(table: Shown, rows: Sequence[str], values: Sequence[str]) -> tuple[float, float, float]:
    found = table.rows[table.rows["area_id"].isin(rows) & table.rows["value"].isin(list(values))]
    sums = found[["officer_seconds", "variance", "systematic"]].sum()
    return float(sums.iloc[0]), float(sums.iloc[1]), float(sums.iloc[2])


def _why_hidden(table: Shown, rows: Sequence[str], values: Sequence[str] = ()) -> str:
    """Why time by group is not shown at the rows of a place: of some values, or of none in particular; blank where it is."""
    whys = [_why_hidden_at(table, row, values) for row in rows if row in table.there]
    return next((SOME_AREAS if why == ONE_AREA and len(rows) > 1 else why for why in whys if why), "")


def _why_hidden_at(table: Shown, row: str, values: Sequence[str]) -> str:
    own = table.values.get(row, frozenset())
    role, unknown = row.startswith("("), not set(values) <= own
    # A value that is not shown beside "other", or of a single area, is not known; beside all others it was not there.
    if row in table.short or (unknown and (OTHER in own or not role)):
        if role:
            return TOO_FEW
        return OWN_AREA if row == OWN else SHARED_GROUND if row in table.shared else ONE_AREA
    if row in table.cut:
        return LONGER_HOURS if role else AREA_ALL_HOURS
    return ""


def _all_values(table: Shown) -> set[str]:
    return set(table.rows["value"]) - {OTHER}


def closed_months(material: Material) -> list[tuple[date, date]]:
    """First and last days of the months that are shown by group, in their order."""
    months = _months(material)
    if not len(months):
        return []
    months = months.tz_convert(pandas_zone(material.timezone))
    return [(first.date(), (first + pd.offsets.MonthEnd(1)).date()) for first in months]


def closed_months_until(material: Material, last: Optional[date]) -> list[tuple[date, date]]:
    """Those that began by a day, the last of them the nearest to it; all of them where none did, or no day is given."""
    months = closed_months(material)
    return [m for m in months if last is None or m[0] <= last] or months


def last_closed_month(material: Material) -> Optional[tuple[date, date]]:
    """First and last day of the last month that is shown by group."""
    months = closed_months(material)
    return months[-1] if months else None


def closed_months_in_words(material: Material, what: str = BY_GROUP) -> str:
    """What is shown by group, and the last month of it: "… of whole closed months: the last of them is 1–30 Jun 2024."."""
    last = last_closed_month(material)
    which = (
        sentence("the last of them is {period}", period=period_in_words(*last))
        if last
        else phrase("none can be shown yet")
    )
    return sentence("{subject} shown of whole closed months: {last}.", subject=what, last=which)
