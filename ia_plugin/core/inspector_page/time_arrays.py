"""Officers' time, cover and visits of a page as arrays: row by slot, row by day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Array, Floats, Ints, Rows
from ..columns import ALL, MODES_AND_BICYCLE
from ..material.officers import ROUNDED
from ..material.summary_tables import Hours, Material
from ..material.sums import outside_sites
from ..summaries.zones import role_label
from ..suppression import LEAST
from ..times.instants import nanoseconds
from .day_slots import WHOLE_DAY, Slots, days_since, summed

NAMED_MODES = tuple(m for m in MODES_AND_BICYCLE if m != "unknown")
AMOUNTS = {
    "seconds": "officer_seconds",
    "variance": "variance",
    "systematic": "systematic",
    **{m: f"{m}_seconds" for m in NAMED_MODES},
}
SITES = role_label("site")


def time_arrays(material: Material, slots: Slots, rows: list[str], areas: int) -> dict[str, Floats]:
    """Officers' time by row and slot, outside police sites (``time_…``) and at them (``site_…``, without the rows of areas).

    Parameters
    ----------
    rows : areas, then roles
    areas : how many of them are areas
    """
    hours = material.time_use
    at, outside = slots.at(hours.moments)[hours.at], outside_sites(hours)
    found = {}
    for name, column in AMOUNTS.items():
        amounts = hours.table[column].to_numpy(dtype=np.float64)
        found[f"time_{name}"] = summed(hours, rows, at, len(slots), amounts, outside)
        found[f"site_{name}"] = summed(hours, rows[areas:], at, len(slots), amounts, np.logical_not(outside))
    return found


def cover_arrays(material: Material, slots: Slots, areas: list[str]) -> dict[str, Floats]:
    """Cover, officers and visits of areas, by slot; the hours with an officer (``cover_hours``) by the days told as totals."""
    hours = material.cover
    at = slots.at(hours.moments)[hours.at]
    everybody: Array = np.ones(len(hours.table), dtype=bool)
    for name in ("unit", "resource_type"):
        everybody = everybody & hours.among(name, (ALL,))
    officers = hours.table["officers"].to_numpy(dtype=np.float64)
    found = {
        name: summed(hours, areas, at, len(slots), amounts, everybody)
        for name, amounts in (
            ("cover_seconds", hours.table["patrol_seconds"].to_numpy(dtype=np.float64)),
            ("cover_officers", officers),
            ("cover_hours", (officers > 0).astype(np.float64)),
        )
    }
    found["cover_hours"] = found["cover_hours"][:, slots.hour == WHOLE_DAY]
    visits = material.visits
    at = slots.at(visits.moments)[visits.at]
    for name, column in (("visit_count", "visits"), ("visit_seconds", "seconds")):
        found[name] = summed(visits, areas, at, len(slots), visits.table[column].to_numpy(dtype=np.float64))
    return found


def officers_by_day(material: Material, slots: Slots, rows: list[str]) -> Ints:
    """Whether five or more officers were seen by row and day: 0 nothing known, 1 fewer, 2 five or more."""
    table = material.officers
    whole = table[(table["dimension"] == ALL).to_numpy()]
    found = np.zeros((len(rows), slots.days), dtype=np.int64)
    if not len(whole):
        return found
    row = pd.Index(rows).get_indexer(whole["area_id"].astype(object))
    day = days_since(nanoseconds(whole["period"]), slots.base, slots.timezone)
    some = (row >= 0) & (day >= 0) & (day < slots.days)
    enough = 1 + (whole["officers"].to_numpy(dtype=np.int64) >= LEAST)
    np.maximum.at(found, (row[some], day[some]), enough[some])
    return found


def most_in_an_hour(material: Material, slots: Slots, rows: list[str], areas: int) -> dict[str, Ints]:
    """Of each row and day told as a total the most officers, at the least, in any hour of it: ``most_by_time`` by their time outside
    police sites, which is no more than an hour each, ``most_seen`` of areas by the table of cover."""
    hours = material.time_use
    day = days_since(hours.moments, slots.base, slots.timezone)
    totals = slots.day[slots.hour == WHOLE_DAY]
    some = np.isin(day, totals)
    of_moment: Rows = np.full(len(day), -1, dtype=np.intp)
    of_moment[some] = np.arange(int(some.sum()))
    seconds = hours.table["officer_seconds"].to_numpy(dtype=np.float64)
    spent = summed(hours, rows, of_moment[hours.at], int(some.sum()), seconds, outside_sites(hours))
    least = np.ceil(spent / 3600 - ROUNDED)
    found = np.zeros((len(rows), len(totals)), dtype=np.int64)
    which = np.searchsorted(totals, day[some])
    for i in range(len(totals)):
        found[:, i] = least[:, which == i].max(axis=1, initial=0.0)
    return {"most_by_time": found, "most_seen": _most_seen(material.cover, slots, rows[:areas], totals)}


def _most_seen(cover: Hours, slots: Slots, rows: list[str], totals: Ints) -> Ints:
    found = np.zeros((len(rows), len(totals)), dtype=np.int64)
    if not len(cover.table) or not len(totals):
        return found
    row = pd.Index(rows).get_indexer(cover.table["area_id"].astype(object))
    day = days_since(cover.moments, slots.base, slots.timezone)[cover.at]
    at = np.minimum(np.searchsorted(totals, day), len(totals) - 1)
    everybody = cover.among("unit", (ALL,)) & cover.among("resource_type", (ALL,))
    some = (row >= 0) & (totals[at] == day) & everybody
    np.maximum.at(found, (row[some], at[some]), cover.table["officers"].to_numpy(dtype=np.int64)[some])
    return found


def activity_days(material: Material, slots: Slots, rows: list[str]) -> tuple[list[str], Floats]:
    """(activities, officer seconds by activity, row and day), time at police sites as one of them."""
    hours = material.time_use
    names = [str(a) for a in hours.table["activity"].cat.categories] if len(hours.table) else []
    day = days_since(hours.moments, slots.base, slots.timezone)
    day = np.where((day >= 0) & (day < slots.days), day, -1)[hours.at].astype(np.intp)
    seconds = hours.table["officer_seconds"].to_numpy(dtype=np.float64)
    parts = [summed(hours, rows, day, slots.days, seconds, hours.among("activity", (a,))) for a in names]
    return names, np.array(parts).reshape(len(names), len(rows), slots.days)


__all__ = ["AMOUNTS", "activity_days", "cover_arrays", "most_in_an_hour", "officers_by_day", "time_arrays"]
