"""Events in the store: late, reclassified and withdrawn records become versions; nothing is overwritten."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..core.texts import texts
from .intents import Intent
from .store import INDEXES, Store

_FACTS = ("category", "start", "end", "time_precision", "outcome", "object_found", "x", "y", "withdrawn")
SUPERSEDED = "superseded"
LINKED_KINDS = ("incident", "stop_search")


def store_events(store: Store, events: pd.DataFrame) -> dict[str, int]:
    """Put events into the store: the counts of new, changed, unchanged and repeated records.

    A record is known by its kind and ``event_id``. Of several in one table the last counts, with the officers of all.
    One whose facts differ from the stored current version becomes the next version; the one before reads "superseded".
    """
    if not len(events):
        return {"new": 0, "changed": 0, "unchanged": 0, "repeated": 0}
    with store.together("import of events") as change:
        return _stored_as_versions(store, change, events.reset_index(drop=True))


def _stored_as_versions(store: Store, change: Intent, events: pd.DataFrame) -> dict[str, int]:
    officers = _officers(events)
    last = events.drop_duplicates(["kind", "event_id"], keep="last").reset_index(drop=True)
    known = _stored(store, last)
    merged = last[["kind", "event_id"]].merge(known, on=["kind", "event_id"], how="left", sort=False)
    fresh = merged["version"].isna().to_numpy()
    same = ~fresh & (_facts(last).to_numpy() == merged["facts"].to_numpy(dtype=object))
    rows = last[~same].copy()
    rows["version"] = np.where(fresh, 1, merged["version"].fillna(0).to_numpy(dtype=np.float64) + 1)[~same].astype(
        np.int64
    )
    rows = store.local(rows.drop(columns=["officer_ids"], errors="ignore"), "start")
    coarse = ~rows["time_precision"].isin(["minute", "hour"]).to_numpy()
    rows.loc[coarse, ["local_hour"]] = pd.NA
    rows.loc[(rows["time_precision"] == "month").to_numpy(), ["local_weekday"]] = pd.NA
    changed = last.loc[~same & ~fresh, ["kind", "event_id"]]
    change.update("events", {"status": SUPERSEDED}, changed)
    change.put("events", rows)
    linked = rows[rows["kind"].isin(LINKED_KINDS) & ~coarse]
    if len(linked) and store.count("fixes"):
        store.mark_dirty(
            pd.concat([linked["start"], linked["end"]])
        )  # what officers did on these days may read otherwise
    if len(officers):
        if "event_officers" in store.restricted.tables():
            pairs = list(zip(last["kind"], last["event_id"]))
            store.restricted.executemany("DELETE FROM event_officers WHERE kind = ? AND event_id = ?", pairs)
        store.restricted.append("event_officers", officers, INDEXES["event_officers"])
    return {
        "new": int(fresh.sum()),
        "changed": len(changed),
        "unchanged": int(same.sum()),
        "repeated": len(events) - len(last),
    }


def _officers(events: pd.DataFrame) -> pd.DataFrame:
    if "officer_ids" not in events.columns or not events["officer_ids"].notna().any():
        return pd.DataFrame(columns=["kind", "event_id", "officer_id"])
    named = events.loc[events["officer_ids"].notna(), ["kind", "event_id", "officer_ids"]]
    split = named.assign(officer_id=named["officer_ids"].str.split()).explode("officer_id")
    return split[["kind", "event_id", "officer_id"]].dropna().drop_duplicates().reset_index(drop=True)


def _stored(store: Store, events: pd.DataFrame) -> pd.DataFrame:
    """Version and facts of the newest stored version of each event."""
    if "events" not in store.summary.tables() or not store.summary.count("events"):
        return pd.DataFrame({"kind": [], "event_id": [], "version": [], "facts": []})
    store.summary.execute(
        # The key makes it a search: without it each stored event is compared with each new one.
        "CREATE TEMP TABLE IF NOT EXISTS wanted (kind TEXT, event_id TEXT, PRIMARY KEY (kind, event_id)) WITHOUT ROWID"
    )
    store.summary.execute("DELETE FROM wanted")
    store.summary.executemany(
        "INSERT OR IGNORE INTO wanted VALUES (?, ?)", list(zip(events["kind"], events["event_id"]))
    )
    wanted = "EXISTS (SELECT 1 FROM wanted w WHERE w.kind = events.kind AND w.event_id = events.event_id)"
    found = store.summary.read("events", f"status <> ? AND {wanted}", (SUPERSEDED,))
    found = found.sort_values("version", kind="stable").drop_duplicates(["kind", "event_id"], keep="last")
    return pd.DataFrame(
        {
            "kind": found["kind"].to_numpy(),
            "event_id": found["event_id"].to_numpy(),
            "version": found["version"].to_numpy(dtype=np.float64),
            "facts": _facts(found).to_numpy(),
        }
    )


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
            parts.append(column.map(lambda v: "" if v is None or v != v else str(bool(v))).astype(object))
        else:
            parts.append(texts(column))
    result = parts[0].astype(object)
    for part in parts[1:]:
        result = result.str.cat(part.astype(object), sep="|")
    return result
