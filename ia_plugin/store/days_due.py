"""Which days hang on others: what a change on one day makes due beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..core.arrays import Ints
from ..core.stretches import REACH_S, stretch_heads
from ..core.times.civil import pandas_zone
from ..core.times.instants import nanoseconds
from .condition import Condition, Span, between, compared, listed
from .interface import StoreHome

LONGEST = pd.Timedelta(seconds=REACH_S)  # no track or stretch that touches a day began earlier
_FACTS = ["track_id", "officer_id", "start", "end", "fixes", "distance_m"]


def touching(span: Span, after: pd.Timestamp) -> Condition:
    """Tracks that began in some time, and had not ended at a moment."""
    return between("start", span) & compared("end", ">=", after)


def due_with(store: StoreHome, tracks: pd.DataFrame, span: Span) -> set[str]:
    """Civil days of the stretches in which a track that touches some days is not the one in the store.

    Parameters
    ----------
    tracks : of whoever was seen on the days, whole stretches
    span : the days
    """
    kept = (
        store.read("tracks", touching((span[0] - LONGEST, span[1] + LONGEST), span[0] - LONGEST), columns=_FACTS)
        if store.count("tracks")
        else tracks.iloc[:0]
    )
    old, new = (_facts(t, span) for t in (kept, tracks))
    changed = old.index.symmetric_difference(new.index)
    return _days_of(old, changed, store.timezone) | _days_of(new, changed, store.timezone)


def _facts(tracks: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Tracks by all that is known of them, in order of officer and time, and whether they touch the days."""
    table = tracks[_FACTS].sort_values(["officer_id", "start"], kind="stable")
    # The store keeps milliseconds.
    start, end = (nanoseconds(table[c]) // 1_000_000 * 1_000_000 for c in ("start", "end"))
    touches = (start < span[1].value) & (end >= span[0].value)
    index = pd.MultiIndex.from_arrays([table["track_id"], start, end, table["fixes"], table["distance_m"]])
    return pd.DataFrame(
        {"officer": table["officer_id"].array, "start": start, "end": end, "touches": touches}, index=index
    )


def _days_of(tracks: pd.DataFrame, changed: pd.Index, timezone: str) -> set[str]:
    """Civil days of the stretches that hold a changed track which touches the days."""
    if not len(tracks):
        return set()
    start, end = (tracks[c].to_numpy(dtype=np.int64) for c in ("start", "end"))
    stretch = np.cumsum(stretch_heads(pd.factorize(tracks["officer"])[0], start, end)) - 1
    hit = np.unique(stretch[tracks.index.isin(changed) & tracks["touches"].to_numpy()])
    some = np.isin(stretch, hit)
    if not some.any():
        return set()
    bounds = (
        pd.DataFrame({"start": start[some], "end": end[some]})
        .groupby(stretch[some])
        .agg({"start": "min", "end": "max"})
    )
    days: set[str] = set()
    ends = [
        pd.DatetimeIndex(bounds[c]).tz_localize("UTC").tz_convert(pandas_zone(timezone)).normalize() for c in bounds
    ]
    for first, last in set(zip(*(e.tz_localize(None) for e in ends))):
        days |= set(pd.date_range(first, last, freq="D").strftime("%Y-%m-%d"))
    return days


LINKED_KINDS = ("incident", "stop_search")


def moments_of_events(store: StoreHome, events: pd.DataFrame, fresh: pd.DataFrame, officers: pd.DataFrame) -> pd.Series:
    """Moments, twelve hours apart, of events that officers' time may be linked to otherwise than before: as they stand in
    the store, and as they come.

    Parameters
    ----------
    events : those that come, each once
    fresh : the ones among them that say something new
    officers : the officers they name; of others that do, ``kind, event_id, officer_id``
    """
    pairs = ["kind", "event_id"]
    keys = pd.MultiIndex.from_frame(fresh[pairs])
    if len(officers):
        before, now = (pd.MultiIndex.from_frame(t) for t in (_named(store, events), officers[[*pairs, "officer_id"]]))
        keys = keys.union(before.symmetric_difference(now).droplevel(2).unique())
    columns = [*pairs, "start", "end", "time_precision"]
    stored = (
        store.read("events", compared("status", "<>", "superseded"), columns=columns)
        if store.count("events")
        else events.iloc[:0]
    )
    both = pd.concat([t[columns] for t in (stored, events) if len(t)], ignore_index=True) if len(events) else events
    linked = both["kind"].isin(LINKED_KINDS) & both["time_precision"].isin(["minute", "hour"])
    both = both[linked & pd.MultiIndex.from_frame(both[pairs]).isin(keys)]
    return _twelve_hours_apart(store, *(nanoseconds(both[c]) for c in ("start", "end")))


def _named(store: StoreHome, events: pd.DataFrame) -> pd.DataFrame:
    """The officers that the store has of some events."""
    kept = store.read("event_officers")[["kind", "event_id", "officer_id"]]
    return kept[pd.MultiIndex.from_frame(kept.iloc[:, :2]).isin(pd.MultiIndex.from_frame(events[["kind", "event_id"]]))]


def _twelve_hours_apart(store: StoreHome, start: Ints, end: Ints) -> pd.Series:
    """Moments from each start to its end, within the time of the stored fixes and half a day about it."""
    half = 12 * 3_600 * 10**9
    edges = store.edges("fixes", "time")
    if not edges or not len(start):
        return pd.Series([], dtype="datetime64[ns, UTC]")
    low, high = edges[0].value - half, edges[1].value + half
    start, end = np.maximum(start, low), np.minimum(np.maximum(end, start), high)
    start, end = start[end >= start], end[end >= start]
    count = -(-(end - start) // half) + 1
    row = np.repeat(np.arange(len(start)), count)
    step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return pd.Series(pd.to_datetime(np.minimum(start[row] + step * half, end[row]), utc=True))


def forget_gaps(store: StoreHome, found: pd.DataFrame, span: Span) -> None:
    """Remove the stored gaps that begin or end on some days, and those that began where one that was found began.

    The last are silences over whole days in which their officer was seen after all.
    """
    if not store.is_written("gaps"):
        return
    for column in ("start", "end"):
        store.remove("gaps", between(column, span))
    earlier = found[found["start"] < span[0]] if len(found) else found
    if len(earlier):
        store.remove("gaps", listed(earlier[["officer_id", "start"]]))
