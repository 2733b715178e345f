"""Events in the store: late, reclassified and withdrawn records become versions; nothing is overwritten."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..core.events.records import APART_FILES
from ..core.events.same_records import match_records, names_of
from ..core.events.tellings import last_changed
from ..core.imports.accounts import Account
from ..core.texts import texts
from .condition import compared, listed
from .days_due import moments_of_events
from .interface import StoreHome
from .published_events import events_changed

_FACTS = ("category", "start", "end", "time_precision", "outcome", "object_found", "x", "y", "withdrawn")
SUPERSEDED = "superseded"
OLDER = "rows are older than what is stored of their records, by when they were recorded or changed: nothing was stored of them"
RETOLD = "records are told again with another category or day: new versions of the known ones, for the file tells others again too"


def store_events(store: StoreHome, events: pd.DataFrame, account: Optional[Account] = None) -> dict[str, int]:
    """Put events into the store: the counts of new, changed, unchanged and repeated records.

    A record is known by its kind and ``event_id``; of those that share a number :func:`~..core.events.same_records.match_records`
    says which is which. Of several in one table the last counts, with the officers of all. One whose facts differ from
    the stored current version becomes the next version; the one before reads "superseded". One that says it was recorded
    or changed before the stored version is left out. What is done of both is noted in `account`.
    """
    if not len(events):
        return {"new": 0, "changed": 0, "unchanged": 0, "repeated": 0}
    with store.together("import of events"):
        return _stored_as_versions(store, events.reset_index(drop=True), account)


def _stored_as_versions(store: StoreHome, events: pd.DataFrame, account: Optional[Account]) -> dict[str, int]:
    known = _stored(store, events)
    events = _named(store, events, known, account)
    officers = _officers(events)
    last = events.drop_duplicates(["kind", "event_id"], keep="last").reset_index(drop=True)
    merged = last[["kind", "event_id"]].merge(known, on=["kind", "event_id"], how="left", sort=False)
    fresh = merged["version"].isna().to_numpy()
    same = ~fresh & (_facts(last).to_numpy() == merged["facts"].to_numpy(dtype=object))
    older = ~fresh & ~same & (last_changed(last) < merged["changed_at"]).to_numpy()
    if account is not None:
        account.note(OLDER, int(older.sum()))
    last, fresh, same, merged = (t[~older] for t in (last, fresh, same, merged))
    rows = last[~same].copy()
    rows["version"] = np.where(fresh, 1, pd.to_numeric(merged["version"]).fillna(0).to_numpy(dtype=np.float64) + 1)[
        ~same
    ].astype(np.int64)
    rows = store.local(rows.drop(columns=["officer_ids", "revision"], errors="ignore"), "start")
    coarse = ~rows["time_precision"].isin(["minute", "hour"]).to_numpy()
    rows.loc[coarse, ["local_hour"]] = pd.NA
    rows.loc[(rows["time_precision"] == "month").to_numpy(), ["local_weekday"]] = pd.NA
    changed = last.loc[~same & ~fresh, ["kind", "event_id"]]
    moments = moments_of_events(store, last, last[~same], officers)
    if len(changed):
        store.update("events", {"status": SUPERSEDED}, listed(changed))
    if len(rows):
        store.put("events", rows)
        events_changed(store)
    if len(moments):
        store.mark_dirty(moments)  # what officers did on these days may read otherwise
    if len(officers):
        store.remove("event_officers", listed(last[["kind", "event_id"]]))
        store.append("event_officers", officers)
    return {
        "new": int(fresh.sum()),
        "changed": len(changed),
        "unchanged": int(same.sum()),
        "repeated": len(events) - len(last),
    }


def _named(store: StoreHome, events: pd.DataFrame, known: pd.DataFrame, account: Optional[Account]) -> pd.DataFrame:
    """The events under the references by which the store knows their records, or is to know them."""
    keys = ["kind", "event_id"]
    records = events.drop_duplicates(keys, keep="last")
    again = match_records(known, records, store.timezone)
    if account is not None:
        account.note(APART_FILES, int(again.apart.sum()))
        account.note(RETOLD, int(again.changed.sum()))
    if (again.ids == records["event_id"].to_numpy(dtype=object)).all():
        return events
    names = records[keys].assign(name=again.ids)
    return events.assign(event_id=events[keys].merge(names, on=keys, how="left")["name"].to_numpy(dtype=object))


def _officers(events: pd.DataFrame) -> pd.DataFrame:
    if "officer_ids" not in events.columns or not events["officer_ids"].notna().any():
        return pd.DataFrame(columns=["kind", "event_id", "officer_id"])
    named = events.loc[events["officer_ids"].notna(), ["kind", "event_id", "officer_ids"]]
    split = named.assign(officer_id=named["officer_ids"].str.split()).explode("officer_id")
    return split[["kind", "event_id", "officer_id"]].dropna().drop_duplicates().reset_index(drop=True)


def _stored(store: StoreHome, events: pd.DataFrame) -> pd.DataFrame:
    """The newest stored version of each record that shares a number with one of some events, and its facts."""
    if not store.has("events"):
        columns = ("kind", "event_id", "category", "start", "status", "x", "y", "version", "facts")
        return pd.DataFrame({c: pd.Series(dtype=object) for c in columns}).assign(
            changed_at=pd.DatetimeIndex([], tz="UTC")
        )
    names = names_of(events, store.timezone)
    wanted = listed(names[["kind", "event_id"]].drop_duplicates())
    found = store.read("events", compared("status", "<>", SUPERSEDED) & wanted)
    found = found.sort_values("version", kind="stable").drop_duplicates(["kind", "event_id"], keep="last")
    found = found.reset_index(drop=True)
    table = found[["kind", "event_id", "category", "start", "status", "x", "y"]].assign(
        version=found["version"].astype(np.float64)
    )
    return table.assign(facts=_facts(found), changed_at=last_changed(found))


def _facts(events: pd.DataFrame) -> pd.Series:
    """What a record says, as one text."""
    parts = []
    table = events.assign(withdrawn=(events["status"] == "withdrawn"))
    for name in _FACTS:
        if name not in table.columns:
            parts.append(pd.Series("", index=events.index))
            continue
        column = table[name]
        if name in ("x", "y"):
            parts.append(texts(column.astype(float).round(2), missing="nan"))
        elif name in ("start", "end"):
            parts.append(pd.to_datetime(column, utc=True).dt.strftime("%Y-%m-%dT%H:%M:%S").fillna(""))
        elif name == "object_found":
            parts.append(column.map(lambda v: "" if pd.isna(v) else str(bool(v))).astype(object))
        else:
            parts.append(texts(column))
    result = parts[0].astype(object)
    for part in parts[1:]:
        result = result.str.cat(part.astype(object), sep="|")
    return result
