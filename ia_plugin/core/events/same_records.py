"""Which records of one file another file, or a store, tells again: one rule for files of a run and for refreshes.

A record is a reference, a category and a civil day, as within a file (:mod:`~ia_plugin.core.events.records`). A reference
that comes again with another category or day may be the same record, reclassified or set right, or another one under a
number that begins anew. The other records of the file say which: a file that tells known records again tells this one
again too; one that shares numbers and no record has records of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..imports.text_form import plain
from ..texts import texts
from ..times.civil import pandas_zone

_PLACE = ["kind", "base"]


@dataclass(frozen=True)
class Again:
    """What the records of a file are to those known before.

    Attributes
    ----------
    ids : object (n,), the reference under which each is kept: that of the known record it tells again, else one of its own
    same : bool (n,), tells a known record again, of the same category and day
    changed : bool (n,), tells one again with another category or day
    apart : bool (n,), shares the number of a known record and is another
    """

    ids: Any
    same: Any
    changed: Any
    apart: Any


def match_records(known: pd.DataFrame, events: pd.DataFrame, timezone: str = "Europe/London") -> Again:
    """Which known record each of some events tells again.

    Parameters
    ----------
    known, events : ``kind, event_id, category, start``, a row a record (:func:`~ia_plugin.core.events.records.distinct_records`)
    timezone : of the civil day

    Examples
    --------
    C1 was a burglary. A file with C1 as an assault and nothing else that is known has another record, C1/assault; one that
    has C2, C3 as they were tells C1 again, reclassified.
    """
    n = len(events)
    ids = events["event_id"].to_numpy(dtype=object).copy()
    same, changed, apart = (np.zeros(n, dtype=bool) for _ in range(3))
    if not n or not len(known):
        return Again(ids, same, changed, apart)
    old, new = _described(known, timezone), _described(events, timezone)
    at = _pairs(new, old, [*_PLACE, "category", "day"], same, np.zeros(len(old), dtype=bool))
    used = np.zeros(len(old), dtype=bool)
    used[at[at >= 0]] = True
    same |= at >= 0
    shared = ~same & _is_in(new, old, _PLACE)
    if shared.any() and same.any():
        for on in [[*_PLACE, "day"], *([] if _begins_anew(old, new, shared, int(same.sum())) else [_PLACE])]:
            found = _pairs(new, old, on, ~shared | changed, used)
            at = np.where(found >= 0, found, at)
            used[found[found >= 0]] = True
            changed |= found >= 0
    again = at >= 0
    ids[again] = old["event_id"].to_numpy(dtype=object)[at[again]]
    apart = shared & ~changed
    # What is no known record must not stand under the name of one.
    taken = old[["kind", "event_id"]]
    clash = np.flatnonzero(~again & _is_in(new, old, ["kind", "event_id"]))
    named = set(zip(taken["kind"], taken["event_id"])) | set(zip(new["kind"], ids))
    days = set(zip(old["kind"], old["base"], old["day"]))
    for i in clash:
        row = new.iloc[i]
        ids[i] = _own(row, named, (row["kind"], row["base"], row["day"]) in days)
        named.add((row["kind"], ids[i]))
    return Again(ids, same, changed, apart)


def names_of(events: pd.DataFrame, timezone: str = "Europe/London") -> pd.DataFrame:
    """``kind, event_id`` of all names under which records with the references of some events may be known, each once."""
    table = _described(events, timezone)
    words = np.array([plain(c) for c in table["category"]], dtype=object)
    ends = ("", "/" + words, "/" + table["day"], "/" + words + "/" + table["day"])
    found = [table[["kind"]].assign(event_id=table["base"] + end) for end in ends]
    return pd.concat([table[["kind", "event_id"]], *found], ignore_index=True).drop_duplicates(ignore_index=True)


def civil_days(start: pd.Series, timezone: str) -> pd.Series:
    """The civil day of each start, "2024-06-01"."""
    return pd.to_datetime(start, utc=True).dt.tz_convert(pandas_zone(timezone)).dt.strftime("%Y-%m-%d")


def _described(events: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """Kind, reference, category, day and the reference without what was put behind it to tell records apart."""
    table = pd.DataFrame(
        {
            "kind": events["kind"].to_numpy(dtype=object),
            "event_id": events["event_id"].to_numpy(dtype=object),
            "category": texts(events["category"]).to_numpy(dtype=object),
            "day": civil_days(events["start"], timezone).fillna("").to_numpy(dtype=object),
        }
    )
    base = table["event_id"].astype(str).to_numpy(dtype=object).copy()
    for i in np.flatnonzero(["/" in b for b in base]):
        word = base[i].removesuffix(f"/{table['day'][i]}")
        base[i] = word.removesuffix(f"/{plain(table['category'][i])}") or base[i]
    return table.assign(base=base)


def _pairs(new: pd.DataFrame, old: pd.DataFrame, on: list[str], closed: Any, used: Any) -> Any:
    """Row of `old` that has the same `on` as each of `new`, one for one in their order; -1 where there is none left."""
    found = np.full(len(new), -1, dtype=np.intp)
    mine = new.loc[~closed, on].assign(new=np.flatnonzero(~closed))
    theirs = old.loc[~used, on].assign(old=np.flatnonzero(~used))
    for table in (mine, theirs):
        table["rank"] = table.groupby(on, sort=False, dropna=False).cumcount()
    both = mine.merge(theirs, on=[*on, "rank"])
    found[both["new"].to_numpy(dtype=np.intp)] = both["old"].to_numpy(dtype=np.intp)
    return found


def _is_in(new: pd.DataFrame, old: pd.DataFrame, on: list[str]) -> Any:
    return pd.MultiIndex.from_frame(new[on]).isin(pd.MultiIndex.from_frame(old[on]))


def _begins_anew(old: pd.DataFrame, new: pd.DataFrame, shared: Any, same: int) -> bool:
    """Whether numbers begin anew from day to day, so that another day is another record."""
    several = any((t.groupby(_PLACE, sort=False)["day"].nunique() > 1).any() for t in (old, new))
    days = _PLACE + ["day"]
    return bool(several or (shared & ~_is_in(new, old, days)).sum() > same)


def _own(row: Any, named: set[Any], same_day: bool) -> str:
    """A reference of its own for a record whose own one is another's."""
    base, word = row["base"], plain(row["category"])
    short = f"{base}/{word}" if same_day else f"{base}/{row['day']}"
    tried = [short, f"{base}/{word}/{row['day']}"]
    tried += [f"{tried[-1]}/{k}" for k in range(2, 1000)]
    return str(next(t for t in tried if (row["kind"], t) not in named))


__all__ = ["Again", "civil_days", "match_records", "names_of"]
