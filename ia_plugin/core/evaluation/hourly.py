"""Areas hour by hour: officer minutes, and events whose hour is known, as arrays (areas, hours).

What the panel is to months and weeks this is to hours. Time at incidents and searches is left out: it follows events. An hour
of which there are no data of officers' time in the whole force is not known, and no hour without officers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Optional, Union

import numpy as np
import pandas as pd

from ..areas import validity
from ..arrays import Bools, Clocks, Floats, Ints, Rows
from ..columns import EVENT_CELLS, require
from ..empty import empty_table
from ..errors import AreaError, EstimateError, TimeError
from ..events.area_events import current_events
from ..filter_state import FilterState
from ..material.days import civil_days
from ..material.records import PARTS, covered_days
from ..material.summary_tables import Material
from ..summaries.event_cells import event_cells
from ..times.civil import from_civil, pandas_zone
from ..times.instants import instants, nanoseconds
from ..times.periods import civil_periods
from ..words import share
from .panel_tables import AT_SITES, LINKED_ACTIVITIES, as_time_use

HOUR_NS = 3_600 * 10**9
MOST_IN_ONE_HOUR = 0.25
"""Of events in 24 hours a 24th part begins in each; where it is six times as many in one, it stands for "time not known"."""


class Counts(NamedTuple):
    """Events whose hour is known (areas, hours), and how many were left out as their window crosses an hour or their time is coarser."""

    events: Floats
    left_out: int


@dataclass(frozen=True, eq=False)
class Hourly:
    """Areas through consecutive hours.

    Attributes
    ----------
    areas, names : ids of the areas, and their names
    edges : (hours + 1,) ns since 1970, UTC; each hour lived is one, so that the repeated hour of October is two
    known : (hours,) hours of which there are data of officers' time
    counted : (areas, hours) in which the area counts, and its time is known
    material : the tables
    """

    areas: tuple[str, ...]
    names: tuple[str, ...]
    edges: Ints
    known: Bools
    counted: Bools
    material: Material

    @property
    def shape(self) -> tuple[int, int]:
        """Areas, hours."""
        return len(self.areas), len(self.edges) - 1

    @cached_property
    def wall(self) -> Clocks:
        """What civil clocks read at the beginning of each hour (hours,)."""
        zone = pandas_zone(self.material.timezone)
        read: Clocks = instants(self.edges[:-1]).tz_convert(zone).tz_localize(None).to_numpy(dtype="datetime64[ns]")
        return read

    @cached_property
    def hour_of_week(self) -> Rows:
        """0 to 167, Monday's midnight first (hours,)."""
        wall = pd.DatetimeIndex(self.wall)
        return np.asarray(wall.day_of_week * 24 + wall.hour, dtype=np.intp)

    def weeks_off(self, weeks: int) -> Rows:
        """The hour (hours,) at which clocks read the same so many weeks later, earlier for less than 0; −1 where there is none.

        By the clock, so that across a change of clocks it is not 168 hours away; the hour that March leaves out has none.
        """
        moved = from_civil(pd.DatetimeIndex(self.wall + np.timedelta64(7 * weeks, "D")), self.material.timezone)
        there = moved.notna() & (
            pd.DatetimeIndex(self.wall + np.timedelta64(7 * weeks, "D")) == _read(moved, self.material.timezone)
        )
        stamps = nanoseconds(pd.Series(moved.where(moved.notna(), pd.Timestamp(0, tz="UTC"))))
        at = np.searchsorted(self.edges, stamps, side="right") - 1
        return np.where(there & (at >= 0) & (at < self.shape[1]), at, -1)

    def minutes(self, *, mode: str = "", resource_type: str = "") -> Floats:
        """Officer minutes (areas, hours), linked time and time at police sites left out; of a mode or a resource type where one is named."""
        return self._of_time(f"{mode}_seconds" if mode else "officer_seconds", resource_type) / 60.0

    def error(self, resource_type: str = "") -> Floats:
        """Variance (areas, hours) of the minutes' own error, minutes squared."""
        return self._of_time("variance", resource_type) / 3_600.0

    def _of_time(self, column: str, resource_type: str) -> Floats:
        hours = self.material.time_use
        rows = ~np.asarray(hours.among("activity", (*LINKED_ACTIVITIES, *AT_SITES)), dtype=bool)
        rows = rows & hours.among("resource_type", (resource_type,) if resource_type else ())
        return self._summed(hours.table, hours.moments[hours.at], column, rows)

    def counts(
        self, kind: str = "", *, key_type: str = "", category: str = "", generated_by: Sequence[str] = ()
    ) -> Counts:
        """Events by the hour in which they began, of areas. Those whose window crosses an hour are left out, and counted."""
        hours = self.material.events
        rows = np.ones(len(hours.table), dtype=bool)
        for name, values in (
            ("kind", (kind,)),
            ("key_type", (key_type,)),
            ("category", (category,)),
            ("generated_by", tuple(generated_by)),
        ):
            if any(values):
                rows = rows & hours.among(name, values)
        of_areas = rows & ~hours.among("area_id", PARTS)
        sharp = (
            of_areas
            & hours.among("precision", ("hour",))
            & (hours.table["events"] == hours.table["expected"]).to_numpy()
        )
        left = hours.table.loc[of_areas & ~sharp, "events"].sum()
        return Counts(self._summed(hours.table, hours.moments[hours.at], "events", sharp), int(left))

    def recorded(self, kind: str) -> Bools:
        """Hours (hours,) of the days that records of a kind tell of."""
        zone = FilterState(timezone=self.material.timezone)
        days = civil_days(self.edges[:-1], zone)
        asked = FilterState(
            first=days.min().astype("datetime64[D]").item(),
            last=days.max().astype("datetime64[D]").item(),
            timezone=zone.timezone,
        )
        return np.asarray(np.isin(days, covered_days(self.material, asked, kind, ("hour",))))

    def _summed(self, table: pd.DataFrame, moments: Ints, column: str, rows: Bools) -> Floats:
        n, m = self.shape
        at = np.searchsorted(self.edges, moments, side="right") - 1
        labels = table["area_id"].astype("category").cat
        area = (
            pd.Index(self.areas).get_indexer(labels.categories.astype(str))[labels.codes.to_numpy()]
            if len(table)
            else at
        )
        keep = np.asarray(rows, dtype=bool) & (area >= 0) & (at >= 0) & (at < m)
        values = np.nan_to_num(table[column].to_numpy(dtype=np.float64)[keep])
        return np.bincount(area[keep] * m + at[keep], values, n * m).astype(np.float64).reshape(n, m)


def hourly_of(material: Material) -> Hourly:
    """Areas by hour, of what a summary or layers hold.

    Raises
    ------
    AreaError
        where there is no area.
    EstimateError
        where there are no data of officers' time by hour.
    """
    areas = (
        material.areas[material.areas["role"] != "site"].sort_values("area_id", kind="stable").reset_index(drop=True)
    )
    if not len(areas):
        raise AreaError("There is no area to follow.", "Give the layer of areas, with their role.")
    moments = material.time_use.moments
    if not len(moments):
        raise EstimateError(
            "There are no data of officers' time by hour.",
            "Read extracts of positions and run Daily refresh, or give INPUT.",
        )
    periods = civil_periods(int(moments.min()), int(moments.max()) + 1, "hour", material.timezone)
    edges = periods.edges[: int(periods.index(np.array([moments.max()]))[0]) + 2]
    known = np.zeros(len(edges) - 1, dtype=bool)
    known[periods.index(moments)] = True
    begin, end = validity(areas, material.timezone)
    counted = (edges[None, :-1] >= begin[:, None]) & (edges[None, 1:] <= end[:, None])
    table = material.time_use.table
    gaps = np.flatnonzero(table["officer_seconds"].isna().to_numpy())  # time that is not known is no time of no length
    row = pd.Index(areas["area_id"].astype(str)).get_indexer(table["area_id"].iloc[gaps].astype(str))
    at = periods.index(moments[material.time_use.at[gaps]])
    counted[row[row >= 0], at[row >= 0]] = False
    return Hourly(
        tuple(areas["area_id"].astype(str)), tuple(areas["name"].astype(str)), edges, known, counted, material
    )


def hourly(
    presence: pd.DataFrame, events: pd.DataFrame, areas: Optional[pd.DataFrame] = None, timezone: str = "Europe/London"
) -> Hourly:
    """Areas by hour, of plain tables.

    Parameters
    ----------
    presence : a presence table by hour, or a time_use table, which tells linked time apart
    events : the events table, with `areas` or a column ``area_id``; or event_cells
    areas : the areas table; without it the areas are those that the other tables name

    Raises
    ------
    TimeError
        for presence by anything but hours.
    """
    time, _ = as_time_use(presence)
    moments = nanoseconds(time["period"]) if len(time) else np.empty(0, dtype=np.int64)
    if len(np.unique(moments)) > 1 and np.diff(np.unique(moments)).min() > HOUR_NS:
        raise TimeError("The table of presence does not tell hours.", "Compute presence with the period 'hour'.")
    cells = events if "expected" in events.columns else _cells(events, areas, timezone)
    time = time.assign(area_id=time["area_id"].map(_label))
    made = Material.of(areas if areas is not None else _named([]), time, event_cells=cells, timezone=timezone)
    if areas is None:
        made = replace(made, areas=_named(sorted({str(a) for t in (time, cells) for a in t["area_id"]} - set(PARTS))))
    return hourly_of(made)


def without_heaps(counts: Counts, hours: Hourly, outcome: str) -> tuple[Counts, str]:
    """Events without those of an hour of the day that has so many that it stands for "time not known", and a sentence.

    Most often that is the hour after midnight; a date that was read in another zone stands an hour or more from it.

    Raises
    ------
    TimeError
        where hardly any other events are left.
    """
    of_day = hours.hour_of_week % 24
    by_hour = np.bincount(of_day, counts.events.sum(axis=0), minlength=24)
    heaps = heaped_hours(by_hour, midnights(hours.edges[:-1], of_day))
    if not len(heaps):
        return counts, ""
    at = float(by_hour[heaps].sum())
    text = heap_in_words(outcome, heaps, at / float(by_hour.sum()))
    return Counts(counts.events * ~np.isin(of_day, heaps), counts.left_out + int(at)), text


def midnights(begin: Ints, of_day: Rows) -> Rows:
    """Hours of the civil day that are midnight, or in which it is midnight UTC: a date that was read in the other zone stands there.

    Parameters
    ----------
    begin, of_day : of some hours: their first moment, ns, and their number in the civil day
    """
    return np.union1d(np.array([0]), of_day[(begin // HOUR_NS) % 24 == 0]).astype(np.intp)


def heaped_hours(by_hour: Union[Floats, Rows], among: Rows) -> Rows:
    """Which of some hours of the day have too many of all events, by hour (24,), to be meant; none of few events.

    >>> heaped_hours(np.array([30.0] + [2.0] * 23), np.array([0, 1])).tolist(), heaped_hours(np.ones(24), np.array([0])).tolist()
    ([0], [])
    """
    whole = float(by_hour.sum())
    return among[by_hour[among] > MOST_IN_ONE_HOUR * whole] if whole >= 24 else among[:0]


def heap_in_words(outcome: str, heaps: Rows, part: float) -> str:
    """That events of some hours are left out, which are a part of all.

    Raises
    ------
    TimeError
        where hardly any other events are left.
    """
    when = " and ".join(f"{h:02}:00" for h in heaps)
    if part > 1 - MOST_IN_ONE_HOUR:
        raise TimeError(
            f"{share(100 * part)} of {outcome} begin in the hour from {when}: their records tell the day and not the hour.",
            "Give events with the time of day, or ask for the panel by day or month.",
        )
    return f"{share(100 * part)} of {outcome} begin in the hour from {when}, which records use for a time that is not known: they are left out."


# --- parts ------------------------------------------------------------------------------------------------------------


def _read(moments: pd.DatetimeIndex, timezone: str) -> pd.DatetimeIndex:
    return moments.tz_convert(pandas_zone(timezone)).tz_localize(None)


def _label(area_id: object) -> Optional[str]:
    """An area's id as text: tables read from files hold ids of digits as numbers, with a fraction where some are blank."""
    if area_id is None or area_id != area_id:
        return None
    return str(int(area_id)) if isinstance(area_id, float) and area_id.is_integer() else str(area_id)


def _cells(events: pd.DataFrame, areas: Optional[pd.DataFrame], timezone: str) -> pd.DataFrame:
    """Event cells, of places that are placed in areas or named already."""
    require(events, ("start",), "events")
    start = pd.to_datetime(events["start"], utc=True)
    end = pd.to_datetime(events["end"], utc=True).fillna(start) if "end" in events.columns else start
    words = {"kind": "crime", "category": "", "key_type": None, "generated_by": "unknown", "time_precision": "minute"}
    ready = events.assign(
        start=start, end=end.where(end >= start, start), **{k: v for k, v in words.items() if k not in events.columns}
    )
    ready = ready[ready["start"].notna()]  # without a time there is no hour
    if areas is not None:
        return event_cells(ready, areas, timezone)
    require(ready, ("area_id",), "events")
    if "event_id" in ready.columns:
        ready = current_events(ready, timezone=timezone)
    if not len(ready):
        return empty_table(EVENT_CELLS)
    begin, stop = nanoseconds(ready["start"]), nanoseconds(ready["end"])
    periods = civil_periods(int(begin.min()), int(stop.max()) + 1, "hour", timezone)
    at = periods.index(begin)
    crosses = np.maximum(periods.last_index(stop), at) > at
    table = ready[["kind", "category", "key_type", "generated_by"]].assign(
        area_id=ready["area_id"].astype(object).where(ready["area_id"].notna(), None).map(_label), period=periods.starts()[at], precision=ready["time_precision"].replace({"minute": "hour"}), sensitive=None, events=1,
        expected=np.where(crosses, 0.5, 1.0), outcome_known=0, found=0,
    )  # fmt: skip
    placed = table[table["area_id"].notna()]
    # Each record once, for what days they tell of.
    return pd.concat([placed, table.assign(area_id=PARTS[0])], ignore_index=True)[list(EVENT_CELLS.names)]


def _named(ids: Sequence[str]) -> pd.DataFrame:
    """Areas of which nothing is known but their ids."""
    nothing = dict.fromkeys(("adopted_on", "valid_from", "valid_to", "geometry"), None)
    return pd.DataFrame({"area_id": ids, "name": ids, "role": "other", "km2": np.nan, "residents": np.nan, **nothing})


__all__ = ["Counts", "Hourly", "hourly", "hourly_of", "without_heaps"]
