"""Old data removed for good, dry run first."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from ..core.errors import ImpactAreaWarning
from ..core.times.civil import moment_of
from .condition import Condition, compared, listed
from .flags import old_files
from .interface import StoreHome
from .released_rows import forget_gone
from .tables import PURGED
from .words_before import forget_owners

# Table -> column of the time by which a row is old.
OLD_BY = {
    "fixes": "time",
    "legs": "start",
    "tracks": "start",
    "gaps": "start",
    "visits": "enter",
    "officer_time": "period",
    "time_use_by_group": "period",
    "cover_by_group": "period",
    "officers_seen": "period",
    "visit_lengths_by_group": "period",
    "group_parts": "month",
    "density_parts": "week",
    "density_time": "week",
    "duties": "end",
    "postings": "valid_to",
}

MOVEMENT = ("fixes", "legs", "tracks", "gaps", "visits")
"""Tables that a database divides by month, so that whole months of them are dropped."""
LOOKS = "look_marks"


def to_purge(store: StoreHome, before: pd.Timestamp) -> dict[str, int]:
    """How many rows of each table are older than `before`, and files of each folder of flags; rejects are older with their file."""
    found = {table: store.count(table, where) for table, where in _old(store, before).items()}
    found[LOOKS] = store.looks_before(before)
    found.update({name: len(paths) for name, paths in _old_files(store, before).items()})
    return {t: n for t, n in found.items() if n}


def purge(store: StoreHome, before: pd.Timestamp) -> dict[str, int]:
    """Remove them, in one transaction, and leave nothing of them in the file; the rows removed of each table.

    Marks of looks at officers are removed by when it was looked, files of flags that were taken in or set aside by when they were
    written, after the transaction. What is kept of rows whose word waits, and of who had it, goes with those rows, uncounted; words that were released stay so.
    The summary, which tells of no officer, and the record of runs stay; so do, as they are told, months and weeks with some data gone. Where the process ends after the transaction, or the
    room cannot be overwritten because another program reads the file, the next opening of the store, or the next purge, does it.
    """
    with store.purging() as overwrite:
        found = to_purge(store, before)
        for table, where in _old(store, before).items():
            if table in found and table not in MOVEMENT:
                store.remove(table, where)
        store.remove_movement({table: OLD_BY[table] for table in MOVEMENT if table in found}, before)
        if LOOKS in found:
            store.forget_looks(before)
        marks = forget_gone(store) + forget_owners(store)
        days = [d for d in store.dirty_days() if moment_of(pd.Timestamp(d), store.timezone) < before]
        store.clear_days(days)
        store.set(PURGED, max(before.tz_convert("UTC").isoformat(), store.setting(PURGED) or ""))
        if found or marks:
            overwrite()
    for path in [p for paths in _old_files(store, before).values() for p in paths]:
        _remove(path)
    return found


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        warnings.warn(f"{path.name!r} in {path.parent.name!r} could not be removed: {error.strerror}. Delete it by hand.", ImpactAreaWarning, stacklevel=3)  # fmt: skip


def _old(store: StoreHome, before: pd.Timestamp) -> dict[str, Condition]:
    """Table -> its rows that are old, of tables that have rows."""
    have = store.tables()
    found = {table: compared(column, "<", before) for table, column in OLD_BY.items() if table in have}
    if "rejects" in have:
        files = store.distinct("sources", ["name"], compared("imported_at", "<", before))
        found["rejects"] = listed(pd.DataFrame(files, columns=["file"]))
    if "event_officers" in have and "events" in have:
        names = ["kind", "event_id"]
        old = set(store.distinct("events", names, compared("end", "<", before)))
        attended = [pair for pair in store.distinct("event_officers", names) if pair in old]
        found["event_officers"] = listed(pd.DataFrame(attended, columns=names))
    return found


def _old_files(store: StoreHome, before: pd.Timestamp) -> dict[str, list[Path]]:
    """Files of flags that lie beside a store and are old, by folder; none beside a database."""
    return {} if store.folder is None else old_files(store.folder, before)
