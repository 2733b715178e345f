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
FAR_M = 10_000.0  # one record is not told at two places farther from each other: two forces share a number
MOST_LINES = 0.1  # of the references; from here on a file has lines for several offences under one


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
    on = [*_PLACE, "category", "day"]
    at = _near_pairs(new, old, on, _pairs(new, old, on, same, np.zeros(len(old), dtype=bool)))
    used = np.zeros(len(old), dtype=bool)
    used[at[at >= 0]] = True
    same |= at >= 0
    shared = ~same & _is_in(new, old, _PLACE)
    gone = _withdrawn_alone(old, new, shared)
    if gone.any():
        found = _near(new, old, _pairs(new, old, _PLACE, ~gone, used))
        at = np.where(found >= 0, found, at)
        used[found[found >= 0]] = True
        changed |= found >= 0
    if shared.any() and same.any():
        for on in [[*_PLACE, "day"], *([] if _begins_anew(old, new, shared, int(same.sum())) else [_PLACE])]:
            found = _near(new, old, _pairs(new, old, on, ~shared | changed, used))
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
        same_day = (row["kind"], row["base"], row["day"]) in days
        ids[i] = own_name(row["kind"], row["base"], plain(row["category"]), row["day"], named, same_day=same_day)
    return Again(ids, same, changed, apart)


def names_of(events: pd.DataFrame, timezone: str = "Europe/London") -> pd.DataFrame:
    """``kind, event_id`` of all names under which records with the references of some events may be known, each once."""
    table = _described(events, timezone)
    words = np.array([plain(c) for c in table["category"]], dtype=object)
    ends = ("", "/" + words, "/" + table["day"], "/" + words + "/" + table["day"])
    found = [table[["kind"]].assign(event_id=table["base"] + end) for end in ends]
    return pd.concat([table[["kind", "event_id"]], *found], ignore_index=True).drop_duplicates(ignore_index=True)


def bare_references(events: pd.DataFrame, timezone: str = "Europe/London") -> pd.Series:
    """The reference of each event as its source writes it, without what was put behind it to tell records apart."""
    return _described(events, timezone)["base"]


def civil_days(start: pd.Series, timezone: str) -> pd.Series:
    """The civil day of each start, "2024-06-01"."""
    return pd.to_datetime(start, utc=True).dt.tz_convert(pandas_zone(timezone)).dt.strftime("%Y-%m-%d")


def _described(events: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """Kind, reference, category, day and the reference without what was put behind it to tell records apart."""
    table = pd.DataFrame(
        {
            "kind": events["kind"].to_numpy(dtype=object),
            "event_id": events["event_id"].to_numpy(dtype=object),
            "category": category_keys(events["category"]).to_numpy(dtype=object),
            "day": civil_days(events["start"], timezone).fillna("").to_numpy(dtype=object),
        }
    )
    base = table["event_id"].astype(str).to_numpy(dtype=object).copy()
    for i in np.flatnonzero(["/" in b for b in base]):
        word = base[i].removesuffix(f"/{table['day'][i]}")
        base[i] = word.removesuffix(f"/{plain(table['category'][i])}") or base[i]
    table["withdrawn"] = (events["status"] == "withdrawn").to_numpy() if "status" in events.columns else False
    for axis in ("x", "y"):
        table[axis] = pd.to_numeric(events[axis]).to_numpy(dtype=float) if axis in events.columns else np.nan
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


def _near(new: pd.DataFrame, old: pd.DataFrame, at: Any) -> Any:
    """The pairs of `at` without those whose places are far from each other."""
    x, y = (new[c].to_numpy() - old[c].to_numpy()[at] for c in ("x", "y"))
    with np.errstate(invalid="ignore"):
        return np.where((at >= 0) & (np.hypot(x, y) > FAR_M), -1, at)


def _near_pairs(new: pd.DataFrame, old: pd.DataFrame, on: list[str], at: Any) -> Any:
    """The pairs of `at`, where a key has one of which the places are far from each other with the nearest instead."""
    far = _near(new, old, at) != at
    if not far.any():
        return at
    at = at.copy()
    codes = pd.concat([new[on], old[on]]).groupby(on, sort=False, dropna=False).ngroup().to_numpy()
    mine, theirs = codes[: len(new)], codes[len(new) :]
    affected = np.unique(mine[far])
    at[np.isin(mine, affected)] = -1
    rows, known = (pd.Series(np.arange(len(c))).groupby(c).indices for c in (mine, theirs))
    for code in affected:
        i, j = rows[code], known[code]
        away = np.hypot(*(new[c].to_numpy()[i][:, None] - old[c].to_numpy()[j][None, :] for c in ("x", "y")))
        away = np.where(np.isnan(away), FAR_M, away)  # without a place it may be either, the near one first
        free = np.ones(len(j), dtype=bool)
        for flat in np.argsort(away, axis=None, kind="stable"):
            a, b = np.unravel_index(flat, away.shape)
            if away[a, b] <= FAR_M and at[i[a]] < 0 and free[b]:
                at[i[a]], free[b] = j[b], False
    return at


def _withdrawn_alone(old: pd.DataFrame, new: pd.DataFrame, shared: Any) -> Any:
    """Which shared references have one line in each file of which either withdraws the record, under whichever category.

    Of crimes on any day; incidents have numbers that may begin anew, so that only those of one day are one.
    """
    gone = np.zeros(len(new), dtype=bool)
    if not shared.any() or not (new["withdrawn"].any() or old["withdrawn"].any()):
        return gone
    lines = [t.groupby(_PLACE, sort=False)["day"].transform("size") for t in (old, new)]
    if any((n > 1).mean() > 2 * MOST_LINES for n in lines):
        return gone
    single = old[(lines[0] == 1).to_numpy()].drop_duplicates(_PLACE)
    both = new[_PLACE].merge(single[[*_PLACE, "day", "withdrawn"]], on=_PLACE, how="left")
    either = new["withdrawn"].to_numpy(dtype=bool) | (both["withdrawn"] == True).to_numpy()  # noqa: E712 (missing is not)
    one_day = (both["day"] == new["day"]).to_numpy() | (new["kind"] == "crime").to_numpy()
    return shared & (lines[1] == 1).to_numpy() & both["day"].notna().to_numpy() & either & one_day


def place_groups(what: pd.DataFrame, events: pd.DataFrame) -> Any:
    """Number of the place of each row among those of its record (int, n): 0 but where they lie far from each other.

    Parameters
    ----------
    what : columns that tell records apart
    events : the same rows, with ``x, y`` in metres where they have places; a row without one is with the first
    """
    found = np.zeros(len(what), dtype=np.int64)
    if not {"x", "y"} <= set(events.columns):
        return found
    group = what.groupby(list(what.columns), sort=False, dropna=False).ngroup().to_numpy()
    x, y = (pd.to_numeric(events[c]).to_numpy(dtype=float) for c in ("x", "y"))
    reach = pd.DataFrame({"x": x, "y": y}).groupby(group)
    wide = (reach.transform("max") - reach.transform("min")).max(axis=1).to_numpy() > FAR_M / np.sqrt(2)
    for rows in pd.Series(np.arange(len(group))[wide]).groupby(group[wide]).agg(list):
        middles: list[tuple[float, float]] = []
        for i in sorted((i for i in rows if np.isfinite(x[i])), key=lambda i: (x[i], y[i])):
            near = [k for k, (u, v) in enumerate(middles) if np.hypot(x[i] - u, y[i] - v) <= FAR_M]
            if not near:
                middles.append((x[i], y[i]))
            found[i] = near[0] if near else len(middles) - 1
    return found


def category_keys(category: pd.Series) -> pd.Series:
    """Categories as they are compared: without capitals, blanks, dashes and other marks.

    >>> category_keys(pd.Series(["BURGLARY", "Theft - other", "theft  other", None])).tolist()
    ['burglary', 'theftother', 'theftother', '']
    """
    written = texts(category)
    codes, uniques = pd.factorize(written)
    keys = np.array([plain(u) or str(u) for u in uniques], dtype=object)
    return pd.Series(keys[codes], index=written.index, dtype=object)


def _is_in(new: pd.DataFrame, old: pd.DataFrame, on: list[str]) -> Any:
    return pd.MultiIndex.from_frame(new[on]).isin(pd.MultiIndex.from_frame(old[on]))


def _begins_anew(old: pd.DataFrame, new: pd.DataFrame, shared: Any, same: int) -> bool:
    """Whether numbers begin anew from day to day, so that another day is another record."""
    several = any((t.groupby(_PLACE, sort=False)["day"].nunique() > 1).any() for t in (old, new))
    days = _PLACE + ["day"]
    return bool(several or (shared & ~_is_in(new, old, days)).sum() > same)


def own_name(kind: str, base: str, word: str, day: str, named: set[Any], *, same_day: bool = True) -> str:
    """A reference of its own for a record whose own one, `base`, is another's; it is added to those `named`."""
    short = f"{base}/{word}" if same_day else f"{base}/{day}"
    tried = [short, f"{base}/{word}/{day}"]
    tried += [f"{tried[-1]}/{k}" for k in range(2, 1000)]
    name = next(t for t in tried if (kind, t) not in named)
    named.add((kind, name))
    return name


__all__ = ["Again", "category_keys", "civil_days", "match_records", "names_of", "own_name", "place_groups"]
