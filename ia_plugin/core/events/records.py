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
from .same_records import category_keys, civil_days, match_records, own_name, place_groups
from .tellings import Told, in_two_states, newest, retracted, runs_newest_first

NO_REFERENCE = "records have no reference: theirs is made of what they say and the file's name, so in a file of another name they count again"
COPY = "an exact copy of another row of the file"
TELLING = "another telling of a record of the file: the last one in the file counts"
FIRST = "another telling of a record of the file, which runs newest first: the first one in the file counts"
RETRACTED = "an older telling of a record that a later line under its reference withdraws: it is withdrawn"
ORDER_UNKNOWN = (
    "records are told as current and as withdrawn, and nothing says which came last: of one category and day the last row of the file "
    "counts, else both. Export the date of the last update or a version number too"
)
FAR_APART = "rows share a reference, a category and a day with another that lies far away: each counts by itself"
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
    are records of their own: all but the first by day and category have it behind their reference. So are those of which
    places lie far from each other, as where two forces use one number. Categories are compared without capitals, blanks and
    dashes. Of rows that tell one
    record exact copies count once and of different tellings the one recorded or changed last (:func:`~ia_plugin.core.events.tellings.newest`), where not all
    say when or several say the same the last in the file (the first, where the file runs newest first), with the officers of all.
    A line that withdraws a record withdraws what an older one says of it (:func:`~ia_plugin.core.events.tellings.retracted`).

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
    events = events.reset_index(
        drop=True
    )  # tables put together may carry a label twice: rows are written to by label below
    part, backwards = events[again], runs_newest_first(events)
    what = part[known].assign(
        category=category_keys(part["category"]) if "category" in part.columns else "",
        day=civil_days(part["start"], timezone),
    )
    what["place"] = place_groups(what, part)
    record = what.groupby([*known, "category", "day", "place"], sort=False, dropna=False).ngroup()
    told = newest(record, part, first_is_newest=backwards)
    lines = part[told.last].assign(day=what["day"][told.last])
    others = len(events.loc[~again, known].drop_duplicates())
    withdrawn = retracted(lines, others, first_is_newest=backwards)
    stays = np.flatnonzero(told.last)[~withdrawn.gone]
    keep = ~again
    keep[np.flatnonzero(again)[stays]] = True
    result = events.copy()
    if "officer_ids" in events.columns:
        result.loc[part.index, "officer_ids"] = _officers(part["officer_ids"], record)
    ids = _ids_apart(what.iloc[stays], known)
    result.loc[part.index[stays], "event_id"] = ids
    if account is not None:
        _account_for(part, record, told, backwards, account)
        account.drop(RETRACTED, int(withdrawn.gone.sum()))
        apart, far = ids != what["event_id"].to_numpy(dtype=object)[stays], what["place"].to_numpy()[stays] > 0
        account.note(APART, int((apart & ~far).sum()))
        account.warn(FAR_APART, int(far.sum()))
        unknown = withdrawn.unknown + (0 if backwards else in_two_states(record, part, told.tied))
        account.warn(ORDER_UNKNOWN, unknown)
    return result[keep].reset_index(drop=True)


def _account_for(part: pd.DataFrame, record: pd.Series, told: Told, backwards: bool, account: Account) -> None:
    """Count the rows that are given up for another telling of their record, by why."""
    facts = pd.DataFrame({c: texts(part[c]) for c in _FACTS if c in part.columns}).assign(record=record)
    copies = facts.duplicated(keep="first").to_numpy()
    account.drop(COPY, int(copies.sum()))
    said = facts.groupby(list(facts.columns), sort=False, dropna=False).ngroup().to_numpy()
    gone = ~copies & ~np.isin(said, said[told.last])  # a row for each telling that is given up
    account.drop(OLDER, int((gone & told.older).sum()))
    account.drop(FIRST if backwards else TELLING, int((gone & ~told.older).sum()))


def _ids_apart(what: pd.DataFrame, known: list[str]) -> Any:
    """References of records, with what tells them apart behind all but the first of each reference."""
    ordered = what.sort_values([*known, "day", "category", "place"], kind="stable")
    first = ordered.drop_duplicates(known)[[*known, "category", "day"]]
    both = what.merge(first, on=known, how="left", suffixes=("", "_first"))
    other = (both["category"] != both["category_first"]).to_numpy()
    later = (both["day"] != both["day_first"]).to_numpy()
    rows = zip(both["event_id"], both["category"], both["day"], other, later)
    ids = [f"{i}{'/' + plain(c) if o else ''}{'/' + str(d) if w else ''}" for i, c, d, o, w in rows]
    far = np.flatnonzero(both["place"] > 0)
    if len(far):
        named = set(zip(both["kind"], ids))
        for k in far:
            row = both.iloc[k]
            ids[k] = own_name(row["kind"], row["event_id"], plain(row["category"]), row["day"], named)
    return np.array(ids, dtype=object)


def _officers(written: pd.Series, record: pd.Series) -> Any:
    """The officers of all rows of a record, each once."""
    names = written.astype(object).where(written.notna(), None)
    several = names.groupby(record.to_numpy()).agg(
        lambda v: " ".join(dict.fromkeys(" ".join(w for w in v if w).split()))
    )
    merged = several.reindex(record.to_numpy()).to_numpy(dtype=object)
    return np.array([m or None for m in merged], dtype=object)


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
        last, older, _ = newest(record, both)
        retold = np.isin(record, record[len(events) :][again.changed])
        account.drop(AGAIN_OLDER, int((~last & older).sum()))
        account.drop(AGAIN, int((~last & ~older & ~retold).sum()))
        account.drop(RETOLD, int((~last & ~older & retold).sum()))
        account.note(APART_FILES, int(again.apart.sum()))
        events = both[last].reset_index(drop=True)
    return events


__all__ = ["distinct_records", "file_names", "later_files", "made_ids"]
