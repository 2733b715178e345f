"""Events whose minute is known, in the areas they lie in; what tells the hour or the day only is left out and counted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..areas import epochs, points_in_areas, with_roles
from ..arrays import Bools, Rows
from ..columns import require
from ..errors import EstimateError, TimeError
from ..events.area_events import current_events
from ..events.squares import sides_of, too_small_for
from ..times.instants import nanoseconds
from ..words import share, so_many
from .hourly import HOUR_NS, heap_in_words, heaped_hours, midnights
from .visit_bands import clock_of

MOST_ON_THE_HOUR = 0.5


def events_in_ground(events: pd.DataFrame, ground: pd.DataFrame, timezone: str) -> tuple[pd.DataFrame, Rows]:
    """Events that lie in areas, a row for each area they lie in, and the position of that area; with the columns that one asks them by.

    Parameters
    ----------
    events : the events table, with places, or with a column ``area_id``
    ground : areas, numbered from 0

    Raises
    ------
    EstimateError
        where there is none.
    """
    require(events, ("start",), "events")
    start = pd.to_datetime(events["start"], utc=True)
    end = pd.to_datetime(events["end"], utc=True).fillna(start) if "end" in events.columns else start
    words = {"kind": "crime", "category": "", "key_type": None, "generated_by": "unknown", "time_precision": "minute"}
    ready = events.assign(start=start, end=end)
    ready = ready.assign(**{k: v for k, v in words.items() if k not in ready.columns})
    if {"event_id", "version"} <= set(ready.columns):
        ready = current_events(ready, timezone=timezone)
    ready = ready[ready["start"].notna()].reset_index(drop=True)
    row, area = _placed(ready, ground, timezone)
    if not len(row):
        raise EstimateError(
            "There is no event in these areas.", "Give events of the days of officers' time, or other areas."
        )
    return ready.iloc[row].reset_index(drop=True), area


def known_to_the_minute(events: pd.DataFrame, outcome: str, timezone: str) -> tuple[Bools, list[str]]:
    """Events whose minute is known, and sentences on the others and on minutes that are not meant.

    Raises
    ------
    TimeError
        where hardly any tells the time of day.

    Examples
    --------
    >>> start = pd.to_datetime(["2024-06-03T10:07Z", "2024-06-03T22:00Z"])
    >>> table = pd.DataFrame({"start": start, "end": start + pd.to_timedelta([0, 8], "h"), "time_precision": "minute"})
    >>> known_to_the_minute(table, "crimes", "UTC")
    (array([ True, False]), ['1 crime has no minute, or a window of over an hour: it is left out.'])
    """
    began, ended = nanoseconds(events["start"]), nanoseconds(events["end"])
    sharp = (ended - began <= HOUR_NS) & (events["time_precision"] == "minute").to_numpy()
    timed = int(sharp.sum())
    if not timed:
        raise TimeError(
            f"None of {outcome} tells its time to the minute, within an hour.",
            "Give events with the time of day, or ask for the panel.",
        )
    notes = []
    if timed < len(sharp):
        text = f"{outcome} have no minute, or a window of over an hour: they are left out."
        notes.append(so_many(len(sharp) - timed, text))
    clock = clock_of(int(began.min()), int(began.max()) + 1, timezone)
    hour = clock.at(began)
    of_day = clock.hour_of_week[hour] % 24
    heaps = heaped_hours(np.bincount(of_day[sharp], minlength=24), midnights(clock.edges[hour], of_day))
    if len(heaps):
        inside = np.isin(of_day, heaps) & sharp
        notes.append(heap_in_words(outcome, heaps, inside.sum() / timed))  # raises where hardly any other is left
        sharp &= ~inside
    full = (clock.edges[hour] == began) & sharp
    if timed >= 24 and full.sum() > MOST_ON_THE_HOUR * sharp.sum():
        text = (
            "begin on the full hour: their times are rounded, so that bands shorter than an hour run into each other."
        )
        notes.append(f"{share(100 * full.sum() / sharp.sum())} of {outcome} {text}")
    return sharp, notes


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


__all__ = ["events_in_ground", "known_to_the_minute"]
