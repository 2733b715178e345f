"""A store of the version whose summary told units apart and held the events, brought to the form of today, with nothing lost."""

from __future__ import annotations

import pandas as pd

from ..core.columns import ALL, TABLES
from ..core.empty import empty_table
from ..core.sql import composed
from ..core.summaries.publish import published
from ..gpkg.geopackage import GeoPackage
from .intents import Intent
from .local_time import with_local_time
from .tables import INDEXES

# Table of the earlier summary -> the restricted one that has its rows now.
MOVED = {
    "time_use": "time_use_by_group",
    "cover": "cover_by_group",
    "officers_seen": "officers_seen",
    "visit_lengths": "visit_lengths_by_group",
}
GONE = ("events", "officers_seen", "area_events", "presence", "coverage")
AT_ONCE = pd.Timedelta("31D")  # so much is moved at once, so that memory is bounded
_WITHIN = "period >= ? AND period < ?"


def is_of_earlier_form(summary: GeoPackage) -> bool:
    """Whether a summary tells units apart, or holds the records of events."""
    have = set(summary.tables())
    if {"officers_seen", "events"} & have:
        return True
    first = summary.execute("SELECT unit FROM time_use LIMIT 1") if "time_use" in have else []
    return any(unit != ALL for (unit,) in first)


def move_to_restricted(restricted: GeoPackage, summary: GeoPackage, change: Intent, timezone: str) -> None:
    """Move what tells of few officers and of single events into the restricted file; the summary keeps what all may read.

    Days whose fixes are gone keep their rows, in both files. Who was where in which hour was not kept, so the days are due.

    Parameters
    ----------
    change : of both files, in whose block this is
    """
    have = set(summary.tables())
    if "events" in have:
        for rows in summary.read_chunks("events", order="fid"):
            restricted.append("events", rows, INDEXES["events"])
    for name in ("time_use", "cover", "visit_lengths"):
        change.put(name, empty_table(TABLES[name]), "1")
    for span in _spans(summary, have):
        rows = {old: _rows(summary, old, span) if old in have else empty_table(TABLES[old]) for old in MOVED}
        for old, new in MOVED.items():
            if len(rows[old]):
                restricted.append(new, rows[old], INDEXES.get(new, ()))
        tables = published(rows["time_use"], rows["cover"], rows["officers_seen"], rows["visit_lengths"])
        for name, table in tables.items():
            if len(table):
                change.put(name, with_local_time(table[[*TABLES[name].names]], "period", timezone))
    for name in GONE:
        change.drop(name)


def purged_before(restricted: GeoPackage, summary: GeoPackage) -> str:
    """From when on the fixes of a store of the earlier form are there, where some before were purged; "" where none were."""
    if not ("fixes" in restricted.tables() and "time_use" in summary.tables()):
        return ""
    (first,), (shown,) = (
        p.execute(composed("SELECT min({column}) FROM {table}", column=c, table=t))[0]
        for p, c, t in ((restricted, "time", "fixes"), (summary, "period", "time_use"))
    )
    if first is None or shown is None or pd.Timestamp(shown) >= pd.Timestamp(first).floor("h"):
        return ""
    return str(pd.Timestamp(first).isoformat())


def _rows(summary: GeoPackage, name: str, span: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Rows of a span; columns that an older version did not have are empty."""
    rows = summary.read(name, _WITHIN, span)
    return rows.reindex(columns=[*dict.fromkeys([*rows.columns, *TABLES[name].names])])


def _spans(summary: GeoPackage, have: set[str]) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    edges = [
        pd.Timestamp(t)
        for name in MOVED
        if name in have
        for t in summary.execute(composed("SELECT min(period), max(period) FROM {table}", table=name))[0]
        if t is not None
    ]
    if not edges:
        return []
    starts = pd.date_range(min(edges).floor("D"), max(edges), freq=AT_ONCE)
    return [(first, first + AT_ONCE) for first in starts]
