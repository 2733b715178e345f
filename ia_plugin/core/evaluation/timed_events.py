"""Events whose minute is known, in the areas they lie in; what tells the hour or the day only is left out and counted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..areas import epochs, points_in_areas, with_roles
from ..arrays import Rows
from ..columns import require
from ..errors import EstimateError, TimeError
from ..events.area_events import current_events
from ..events.squares import sides_of, too_small_for
from ..params import SinceVisitParams
from ..times.instants import nanoseconds
from ..words import share, so_many
from .hourly import HOUR_NS, MOST_AT_MIDNIGHT
from .visit_bands import clock_of


def timed_events(
    events: pd.DataFrame, ground: pd.DataFrame, params: SinceVisitParams
) -> tuple[pd.DataFrame, tuple[Rows, Rows], list[str]]:
    """Events whose minute is known, (row, area) of each in areas, and sentences on those left out.

    Raises
    ------
    TimeError
        where hardly any tells the time of day.
    """
    require(events, ("start",), "events")
    start = pd.to_datetime(events["start"], utc=True)
    words = {"kind": "crime", "category": "", "key_type": None, "generated_by": "unknown", "time_precision": "minute"}
    ready = events.assign(
        start=start, end=pd.to_datetime(events["end"], utc=True).fillna(start) if "end" in events.columns else start
    )
    ready = ready.assign(**{k: v for k, v in words.items() if k not in ready.columns})
    if {"event_id", "version"} <= set(ready.columns):
        ready = current_events(ready, timezone=params.timezone)
    ready = ready[ready["start"].notna()].reset_index(drop=True)
    row, area = _placed(ready, ground, params.timezone)
    if not len(row):
        raise EstimateError(
            "There is no event in these areas.", "Give events of the days of officers' time, or other areas."
        )
    ready = ready.iloc[row].reset_index(drop=True)
    long = (nanoseconds(ready["end"]) - nanoseconds(ready["start"]) > HOUR_NS) | (
        ready["time_precision"] != "minute"
    ).to_numpy()
    wall = clock_of(int(nanoseconds(ready["start"]).min()), int(nanoseconds(ready["start"]).max()) + 1, params.timezone)
    first = (wall.hour_of_week[wall.at(nanoseconds(ready["start"]))] % 24 == 0) & ~long
    notes, timed = [], int((~long).sum())
    if long.any():
        notes.append(so_many(int(long.sum()), "events have no minute, or a window of over an hour: they are left out."))
    if not timed:
        raise TimeError(
            "No event tells its time to the minute, within an hour.",
            "Give events with the time of day, or ask for the panel.",
        )
    midnight = timed >= 24 and first.sum() > MOST_AT_MIDNIGHT * timed
    if midnight and first.sum() > (1 - MOST_AT_MIDNIGHT) * timed:
        raise TimeError(
            f"{share(100 * first.sum() / timed)} of events begin at midnight: their records tell the day and not the hour.",
            "Give events with the time of day, or ask for the panel by day or month.",
        )
    if midnight:
        notes.append(
            f"{share(100 * first.sum() / timed)} of events begin in the hour after midnight, which records use for a time that is not known: they are left out."
        )
    kept = np.flatnonzero(~long & ~(first & midnight))
    return ready, (kept, area[kept]), notes


# --- parts ------------------------------------------------------------------------------------------------------------


def _placed(events: pd.DataFrame, ground: pd.DataFrame, timezone: str) -> tuple[Rows, Rows]:
    """(row of event, position of area): by ``area_id`` where the table has it, by place otherwise."""
    ids = pd.Index(ground["area_id"].astype(str))
    if "area_id" in events.columns:
        area = ids.get_indexer(events["area_id"].astype(str))
        return np.flatnonzero(area >= 0), area[area >= 0]
    require(events, ("x", "y"), "events")
    ready, _ = with_roles(ground)
    start, x, y = nanoseconds(events["start"]), *(events[c].to_numpy(dtype=np.float64) for c in ("x", "y"))
    square = sides_of(events)
    rows, found = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.intp)]
    for begin, end, valid in epochs(ready, int(start.min()), int(start.max()) + 1, timezone) if len(events) else ():
        some = np.flatnonzero((start >= begin) & (start < end) & np.isfinite(x) & np.isfinite(y))
        at, area = points_in_areas(x[some], y[some], valid)
        good = ~too_small_for(square[some[at]], valid.iloc[area])
        rows.append(some[at[good]])
        found.append(ids.get_indexer(valid["area_id"].astype(str))[area[good]])
    return np.concatenate(rows), np.concatenate(found)


__all__ = ["timed_events"]
