"""What came into a store after a moment, of the days of a filter: why a figure reads otherwise than it did. Counts of the whole force."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.about.facts import Refresh
from ..core.answers.reopen import Since
from ..core.errors import StoreError
from ..core.filter_state import FilterState
from ..core.sql import Sql, composed
from ..gpkg.geopackage import GeoPackage
from .about_facts import REFRESHED
from .audit import add_run, run_row
from .open_summary import facts_of, is_shared, opened_summary
from .pair import refuse_newer
from .summary import summary_path
from .tables import RESTRICTED

WHAT = "reopen figure"  # in the record of runs
LATER = "substr(source_ref, 1, 16) IN (SELECT substr(hash, 1, 16) FROM sources WHERE imported_at > ?)"
COMPUTED = ("time_use", "event_cells", "group_time")


def changes_since(
    folder: Union[str, Path], state: FilterState, since: datetime, *, number: str, at: pd.Timestamp, version: str
) -> Since:
    """Late fixes and changed records of the days of a filter, by when their files were imported.

    Counts come from the restricted file, for whoever may read it and where the look can be recorded; for others the day
    of the last refresh is all that is known.

    Parameters
    ----------
    since : what was imported after it counts
    number : of the figure that is opened again, for the record
    """
    if is_shared(folder):  # counting single records is the loader's
        return Since(_refresh_noted(folder))
    path = summary_path(folder)
    refreshed = _refreshed_at(path)
    beside = path.parent / RESTRICTED
    if not (beside.is_file() and os.access(beside, os.R_OK | os.W_OK)):
        return Since(refreshed)
    try:
        with GeoPackage(beside, create=False, busy_s=2.0) as package:
            refuse_newer(RESTRICTED, package)
            if not package.may_write or "sources" not in package.tables():
                return Since(refreshed)
            parameters = {"figure": number, "since": since.isoformat(), "filter": state.as_dict()}
            add_run(package, run_row(WHAT, at=at, version=version, parameters=parameters, audience="restricted"))
            return _counted(package, state, pd.Timestamp(since), refreshed)
    except StoreError:  # held by another program, or not to be written: the figure is shown all the same
        return Since(refreshed)


def _counted(package: GeoPackage, state: FilterState, since: pd.Timestamp, refreshed: Optional[datetime]) -> Since:
    rows = package.execute("SELECT hash FROM sources WHERE imported_at > ?", (since,))
    if not rows:
        return Since(refreshed, 0)
    begin, end = (pd.Timestamp(e) if e is not None else None for e in state.edges())
    fixes = 0
    if "fixes" in package.tables():
        where, values = _within(begin, end, "time", "time")
        sql = composed("SELECT count(*) FROM fixes WHERE {where} AND {later}", where=Sql(where), later=Sql(LATER))
        fixes = int(package.execute(sql, [*values, since])[0][0])
    if "events" not in package.tables():
        return Since(refreshed, fixes)
    where, values = _within(begin, end, "start", "end")
    # A record that was moved to other days, or out of them, changes the figure too: any of its versions may be of these days.
    among = "(kind, event_id) IN (SELECT kind, event_id FROM events WHERE {which})"
    pairs = " AND ".join(composed(among, which=Sql(w)) for w in (LATER, where))
    columns = ["kind", "event_id", "category", "status", "version", "start", "end", "x", "y", "source_ref"]
    events = package.read("events", pairs, [since, *values], columns=columns)
    return Since(refreshed, fixes, **_of_events(events, {str(mark)[:16] for (mark,) in rows}))


def _of_events(events: pd.DataFrame, marks: set[str]) -> dict[str, dict[str, int]]:
    """Records by what became of them since: the last version against the last one that was there before."""
    late = events["source_ref"].astype(object).map(lambda ref: str(ref)[:16] in marks).astype(bool)
    ordered = events.assign(late=late).sort_values("version", kind="stable")
    keys = ["kind", "event_id"]
    now = ordered.drop_duplicates(keys, keep="last").set_index(keys)
    before = ordered[~ordered["late"]].drop_duplicates(keys, keep="last").set_index(keys).reindex(now.index)
    known, gone = before["category"].notna(), now["status"].eq("withdrawn")
    other = known & now["category"].ne(before["category"])
    moved = known & ~other & ~_same_facts(now, before)
    parts = {"withdrawn": known & gone, "reclassified": other & ~gone, "moved": moved & ~gone, "added": ~known & ~gone}
    return {
        name: {str(k): int(n) for k, n in now[rows].reset_index()["kind"].value_counts(sort=False).items()}
        for name, rows in parts.items()
    }


def _same_facts(now: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Whether time and place of records are what they were."""
    same = pd.Series(True, index=now.index)
    for name in ("start", "end", "x", "y"):
        same &= now[name].eq(before[name]) | (now[name].isna() & before[name].isna())
    return same


def _within(
    begin: Optional[pd.Timestamp], end: Optional[pd.Timestamp], first: str, last: str
) -> tuple[str, list[object]]:
    """SQL for rows that touch a period, and its values; open ends take everything."""
    edges = [(f'"{last}" >= ?', begin), (f'"{first}" < ?', end)]
    some = [(sql, value) for sql, value in edges if value is not None]
    return " AND ".join(sql for sql, _ in some) or "1", [value for _, value in some]


def _refresh_noted(store: Union[str, Path]) -> Optional[datetime]:
    """When the last refresh began, as the summary tells it."""
    with opened_summary(store) as summary:
        noted = Refresh.of_text(facts_of(summary).get(REFRESHED))
    return None if noted is None else pd.Timestamp(noted.at).to_pydatetime()


def _refreshed_at(path: Path) -> Optional[datetime]:
    """When tables of figures were last written, as the file itself says."""
    with GeoPackage(path, create=False) as package:
        marks = [Sql("?")] * len(COMPUTED)
        sql = composed("SELECT max(last_change) FROM gpkg_contents WHERE table_name IN ({marks})", marks=marks)
        (found,) = package.execute(sql, COMPUTED)[0]
    moment = pd.to_datetime(found, utc=True, errors="coerce") if found else pd.NaT
    return None if pd.isna(moment) else moment.to_pydatetime()


__all__ = ["WHAT", "changes_since"]
