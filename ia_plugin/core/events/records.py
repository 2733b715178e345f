"""Rows of a file as records: ids for those that have none, copies once, and different records under one reference apart."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..imports.accounts import Account
from ..imports.text_form import plain
from ..references import references
from ..texts import texts
from ..times.instants import nanoseconds
from .same_records import civil_days, match_records

NO_REFERENCE = "records have no reference: theirs is made of what they say and the file's name, so in a file of another name they count again"
COPY = "an exact copy of another row of the file"
TELLING = "another telling of a record of the file: the last one in the file counts"
OLDER = "an older telling of a record of the file: the one recorded or changed last counts"
APART = "rows share a reference with another offence or another day of the file: each counts by itself"
AGAIN = (
    "the same record again in another file, of the same category and day: it counts once, as the later file tells it"
)
AGAIN_OLDER = "an older telling of a record of another file: the one recorded or changed last counts"
RETOLD = (
    "the same record again in another file, with another category or day: it counts once, as the later file tells it"
)
APART_FILES = "records share a reference with another offence or another day of another file: each counts by itself"
_EPOCH = pd.Timestamp(0, tz="UTC")
_FACTS = ("category", "start", "end", "time_precision", "outcome", "object_found", "status", "recorded_at", "updated_at", "generated_by", "x", "y")  # fmt: skip


def file_names(paths: Iterable[str]) -> list[str]:
    """A name for each of some files that no other of them has, by which ids made up for its records are told apart.

    The name is that of the file without its ending, so that a file published anew has the ids of the one before; where
    two files in different folders have one name, their folders are part of it.

    >>> file_names(["in/2023-04-a-street.csv", "in/2023-04-b-street.csv.gz", "x/month.csv", "y/month (1).csv"])
    ['2023-04-a-street', '2023-04-b-street', 'x/month', 'y/month']
    """
    parts = [(*PurePath(str(p)).parts[:-1], _stem(PurePath(str(p)).name)) for p in paths]
    size = [1] * len(parts)
    for _ in range(max((len(p) for p in parts), default=0)):
        names = ["/".join(p[-n:]) for p, n in zip(parts, size)]
        often = Counter(names)
        size = [n + (often[name] > 1) for n, name in zip(size, names)]
    return ["/".join(p[-n:]) for p, n in zip(parts, size)]


def _stem(name: str) -> str:
    name = re.sub(r"(\.(gz|csv|tsv|txt|json|parquet|pq|xlsx?|ods))+$", "", name.lower())
    return re.sub(r"\s*\(\d+\)$", "", name)


def made_ids(facts: pd.DataFrame, file: str, seen: Optional[Counter[str]] = None) -> list[str]:
    """Ids for rows without one: a hash of what a row says, of its file and of which of its likes it is.

    Parameters
    ----------
    facts : what the rows say
    file : name of the file (see :func:`file_names`): records of two files are two, however alike
    seen : how often each row was met in the parts before; counted on
    """
    seen = Counter() if seen is None else seen
    ids = []
    for row in facts.apply(texts, missing="nan").itertuples(index=False):
        text = "|".join((file, *map(str, row)))
        seen[text] += 1
        ids.append("h" + hashlib.blake2b(f"{text}|{seen[text]}".encode("utf-8", "replace"), digest_size=12).hexdigest())
    return ids


def distinct_records(
    events: pd.DataFrame, account: Optional[Account] = None, *, timezone: str = "Europe/London"
) -> pd.DataFrame:
    """One row for each record of one file.

    Rows of one kind and reference that tell another category, or another civil day (numbers that begin anew each day),
    are records of their own: all but the first by day and category have it behind their reference. Of rows that tell one
    record exact copies count once and of different tellings the one recorded or changed last (:func:`last_changed`), where not all
    say when or several say the same the last in the file, with the officers of all.

    Parameters
    ----------
    events : the events table, or rows of it under one version
    account : where what was found is counted
    timezone : of the civil day

    Examples
    --------
    C1 as burglary and as assault of one day become C1 (assault) and C1/burglary; C1 twice with the same facts is one.
    """
    known = ["kind", "event_id"]
    again = events.duplicated(known, keep=False).to_numpy(copy=True)
    again[again] = references(events.loc[again, "event_id"]).notna().to_numpy()  # rows without one are not one record
    if not again.any():
        return events
    part = events[again]
    what = part[known].assign(
        category=texts(part["category"]) if "category" in part.columns else "",
        day=civil_days(part["start"], timezone),
    )
    record = what.groupby([*known, "category", "day"], sort=False, dropna=False).ngroup()
    facts = pd.DataFrame({c: texts(part[c]) for c in _FACTS if c in part.columns}).assign(record=record)
    copies, (last, older) = facts.duplicated(keep="first").to_numpy(), _newest(record, last_changed(part))
    keep = ~again
    keep[np.flatnonzero(again)[last]] = True
    result = events.copy()
    if "officer_ids" in events.columns:
        result.loc[part.index, "officer_ids"] = _officers(part["officer_ids"], record)
    ids = _ids_apart(what[last], known)
    apart = ids != what["event_id"].to_numpy(dtype=object)[last]
    result.loc[part.index[last], "event_id"] = ids
    if account is not None:
        account.drop(COPY, int(copies.sum()))
        said = facts.groupby(list(facts.columns), sort=False, dropna=False).ngroup().to_numpy()
        gone = ~copies & ~np.isin(said, said[last])  # a row for each telling that is given up
        account.drop(OLDER, int((gone & older).sum()))
        account.drop(TELLING, int((gone & ~older).sum()))
        account.note(APART, int(apart.sum()))
    return result[keep].reset_index(drop=True)


def _ids_apart(what: pd.DataFrame, known: list[str]) -> Any:
    """References of records, with what tells them apart behind all but the first of each reference."""
    ordered = what.sort_values([*known, "day", "category"], kind="stable")
    first = ordered.drop_duplicates(known)[[*known, "category", "day"]]
    both = what.merge(first, on=known, how="left", suffixes=("", "_first"))
    other = (both["category"] != both["category_first"]).to_numpy()
    later = (both["day"] != both["day_first"]).to_numpy()
    rows = zip(both["event_id"], both["category"], both["day"], other, later)
    ids = [f"{i}{'/' + plain(c) if o else ''}{'/' + str(d) if w else ''}" for i, c, d, o, w in rows]
    return np.array(ids, dtype=object)


def _officers(written: pd.Series, record: pd.Series) -> Any:
    """The officers of all rows of a record, each once."""
    names = written.astype(object).where(written.notna(), None)
    several = names.groupby(record.to_numpy()).agg(
        lambda v: " ".join(dict.fromkeys(" ".join(w for w in v if w).split()))
    )
    merged = several.reindex(record.to_numpy()).to_numpy(dtype=object)
    return np.array([m or None for m in merged], dtype=object)


def last_changed(events: pd.DataFrame) -> pd.Series:
    """When each row was last changed in its source, or recorded where that is not known; NaT where neither is."""
    found = pd.Series(pd.DatetimeIndex([None] * len(events), tz="UTC"), index=events.index)
    for column in ("updated_at", "recorded_at"):
        if column in events.columns:
            found = found.fillna(pd.to_datetime(events[column], utc=True))
    return found


def _newest(record: pd.Series, told: pd.Series) -> tuple[Any, Any]:
    """Which row of each record is told last, and which rows are older by what they say, not by their place (bool, n each)."""
    known = told.notna().groupby(record.to_numpy()).transform("all").to_numpy(dtype=bool)
    moment = np.where(known, nanoseconds(told.fillna(_EPOCH)), 0)
    order = np.lexsort((np.arange(len(record)), moment, record.to_numpy()))
    last = np.zeros(len(record), dtype=bool)
    last[order] = np.append(np.diff(record.to_numpy()[order]) != 0, True) if len(order) else True
    newest = pd.Series(moment).groupby(record.to_numpy()).transform("max").to_numpy()
    return last, moment < newest


def later_files(tables: list[pd.DataFrame], account: Account, *, timezone: str = "Europe/London") -> pd.DataFrame:
    """Events of several files, a row a record in each, as one table with a row a record.

    A record that comes again (:func:`~ia_plugin.core.events.same_records.match_records`) is as the row says that was recorded
    or changed last, where both say when; else as the later file says.
    """
    first, *rest = [t for t in tables if len(t)] or tables[:1]
    events = first
    for table in rest:
        again = match_records(events, table, timezone)
        table = table.assign(event_id=again.ids)
        both = pd.concat([events, table], ignore_index=True)
        record = both.groupby(["kind", "event_id"], sort=False, dropna=False).ngroup()
        last, older = _newest(record, last_changed(both))
        retold = np.isin(record, record[len(events) :][again.changed])
        account.drop(AGAIN_OLDER, int((~last & older).sum()))
        account.drop(AGAIN, int((~last & ~older & ~retold).sum()))
        account.drop(RETOLD, int((~last & ~older & retold).sum()))
        account.note(APART_FILES, int(again.apart.sum()))
        events = both[last].reset_index(drop=True)
    return events


__all__ = ["distinct_records", "file_names", "last_changed", "later_files", "made_ids"]
