"""Old data removed for good, dry run first."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from ..core.errors import ImpactAreaWarning
from ..core.sql import Sql, composed
from ..core.times.civil import moment_of
from .flags import old_files
from .released_rows import forget_gone
from .repeated_looks import forget_looks, looks_before
from .store import Store
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
    "duties": "end",
    "postings": "valid_to",
}
_OLD = {
    **{table: composed("{column} < ?", column=column) for table, column in OLD_BY.items()},
    "rejects": Sql("file IN (SELECT name FROM sources WHERE imported_at < ?)"),
}


LOOKS = "look_marks"


def to_purge(store: Store, before: pd.Timestamp) -> dict[str, int]:
    """How many rows of each table are older than `before`, and files of each folder of flags; rejects are older with their file."""
    have = store.restricted.tables()
    found = {}
    for table in [t for t in _OLD if t in have]:
        rows = composed("SELECT count(*) FROM {table} WHERE {old}", table=table, old=_OLD[table])
        found[table] = int(store.restricted.execute(rows, (before,))[0][0])
    if "event_officers" in have and "events" in have:
        found["event_officers"] = len(_old_events(store, before))
    found[LOOKS] = looks_before(store.restricted, before)
    found.update({name: len(paths) for name, paths in old_files(store.folder, before).items()})
    return {t: n for t, n in found.items() if n}


def purge(store: Store, before: pd.Timestamp) -> dict[str, int]:
    """Remove them, in one transaction, and leave nothing of them in the file; the rows removed of each table.

    Marks of looks at officers are removed by when it was looked, files of flags that were taken in or set aside by when they were
    written, after the transaction. What is kept of rows whose word waits, and of who had it, goes with those rows, uncounted; words that were released stay so.
    The summary, which tells of no officer, and the record of runs stay; so do, as they are told, months and weeks with some data gone. Where the process ends after the transaction, or the
    room cannot be overwritten because another program reads the file, the next opening of the store, or the next purge, does it.
    """
    store.restricted.forget_what_is_removed()
    with store.together("purge") as change:
        found = to_purge(store, before)
        for table in found:
            if table in _OLD:
                store.restricted.delete(table, _OLD[table], (before,))
        if "event_officers" in found:
            rows = _old_events(store, before)
            store.restricted.executemany("DELETE FROM event_officers WHERE kind = ? AND event_id = ?", rows)
        if LOOKS in found:
            forget_looks(store.restricted, before)
        marks = forget_gone(store) + forget_owners(store)
        days = [d for d in store.dirty_days() if moment_of(pd.Timestamp(d), store.timezone) < before]
        store.clear_days(days)
        store.set(PURGED, max(before.tz_convert("UTC").isoformat(), store.setting(PURGED) or ""))
        if found or marks:
            change.vacuum()
    for path in [p for paths in old_files(store.folder, before).values() for p in paths]:
        _remove(path)
    return found


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        warnings.warn(f"{path.name!r} in {path.parent.name!r} could not be removed: {error.strerror}. Delete it by hand.", ImpactAreaWarning, stacklevel=3)  # fmt: skip


def _old_events(store: Store, before: pd.Timestamp) -> list[tuple[str, str]]:
    old = set(store.restricted.execute('SELECT DISTINCT kind, event_id FROM events WHERE "end" < ?', (before,)))
    return [p for p in store.restricted.execute("SELECT DISTINCT kind, event_id FROM event_officers") if p in old]
