"""Of several tellings of one record, which came last: by their dates, by their version numbers, else by their place in the file."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..times.instants import nanoseconds
from .statuses import CURRENT, WITHDRAWN

_EPOCH = pd.Timestamp(0, tz="UTC")
SEVERAL_LINES = 0.1  # of the references; from here on an extract has a line for each offence, not for each telling


def revision_numbers(written: pd.Series) -> pd.Series:
    """Numbers of versions as written ("3", "v2", "Rev 1.10"): NaN where there is none.

    >>> revision_numbers(pd.Series(["v2", "1.10", "1.9", "final"])).tolist()
    [2.0, 1.0001, 1.00009, nan]
    """
    parts = written.astype("string").str.extract(r"^\s*[A-Za-z. ]{0,9}?(\d{1,9})(?:\.(\d{1,4}))?\s*$")
    whole, minor = (pd.to_numeric(parts[k], errors="coerce").astype("float64") for k in (0, 1))
    return whole + minor.fillna(0) / 100_000


def last_changed(events: pd.DataFrame) -> pd.Series:
    """When each row was last changed in its source, or recorded where that is not known; NaT where neither is."""
    found = pd.Series(pd.DatetimeIndex([None] * len(events), tz="UTC"), index=events.index)
    for column in ("updated_at", "recorded_at"):
        if column in events.columns:
            found = found.fillna(pd.to_datetime(events[column], utc=True))
    return found


def runs_newest_first(events: pd.DataFrame) -> bool:
    """Whether the rows of a file run from the newest to the oldest, by when they were changed, else by their starts."""
    told = last_changed(events)
    times = told if told.notna().mean() > 0.5 else pd.to_datetime(events["start"], utc=True)
    steps = np.diff(nanoseconds(times.dropna()))
    return bool((steps < 0).any() and (steps > 0).sum() * 10 <= (steps < 0).sum())


class Told(NamedTuple):
    """Of each row (n,): whether it is told last of its record, older by what it says, or one of several that say the same."""

    last: Bools
    older: Bools
    tied: Bools


def newest(record: pd.Series, events: pd.DataFrame, *, first_is_newest: bool = False) -> Told:
    """Which row of each record is told last.

    Parameters
    ----------
    record : number of the record of each row
    events : the rows, with ``updated_at, recorded_at`` and ``revision`` where the source has them
    first_is_newest : of rows that say nothing of when, or the same, whether the first counts and not the last
    """
    group = record.to_numpy()
    when = _order(group, events)
    place = np.arange(len(group)) * (-1 if first_is_newest else 1)
    order = np.lexsort((place, when, group))
    last = np.zeros(len(group), dtype=bool)
    last[order] = np.append(np.diff(group[order]) != 0, True) if len(order) else True
    latest = pd.Series(when).groupby(group).transform("max").to_numpy()
    return Told(last, when < latest, when == latest)


def _order(group: Any, events: pd.DataFrame) -> Any:
    """Numbers that rise with when rows of a group were told; the same where nothing says which of them came later."""
    told = last_changed(events)
    keys = {"moment": np.where(_all(told.notna(), group), nanoseconds(told.fillna(_EPOCH)), 0)}
    if "revision" in events.columns:
        number = pd.to_numeric(events["revision"], errors="coerce")
        keys["revision"] = np.where(_all(number.notna(), group), number.fillna(0), 0)
    return pd.DataFrame(keys).groupby(list(keys), sort=True).ngroup().to_numpy()


def _all(known: pd.Series, group: Any) -> Any:
    return known.groupby(group).transform("all").to_numpy(dtype=bool)


def in_two_states(record: pd.Series, events: pd.DataFrame, tied: Bools) -> int:
    """How many records are told as withdrawn and as current by rows of which nothing says which came last."""
    if "status" not in events.columns:
        return 0
    states = events["status"].where(events["status"] == WITHDRAWN, CURRENT)[tied]
    return int((states.groupby(record.to_numpy()[tied]).nunique() > 1).sum())


class Retracted(NamedTuple):
    """Which records (bool, n) a later line under their reference withdraws, and how many references leave that open."""

    gone: Bools
    unknown: int


def retracted(records: pd.DataFrame, others: int, *, first_is_newest: bool = False) -> Retracted:
    """Records that a later telling of their reference, under another category or day, withdraws.

    C1 told as a burglary and later as "No crime, cancelled" is no burglary. That holds where the extract has one line for
    each reference otherwise: where references have lines for several offences, one of them is withdrawn alone.

    Parameters
    ----------
    records : ``kind, event_id, day, status`` and what tells their order, those that share a reference with another
    others : how many references of the file stand alone
    first_is_newest : as of :func:`newest`
    """
    none = Retracted(np.zeros(len(records), dtype=bool), 0)
    if "status" not in records.columns or not len(records):
        return none
    gone = (records["status"] == WITHDRAWN).to_numpy()
    ref = records.groupby(["kind", "event_id"], sort=False).ngroup().to_numpy()
    by_ref = pd.DataFrame({"gone": gone, "day": records["day"].to_numpy(), "kind": records["kind"].to_numpy()})
    facts = by_ref.groupby(ref).agg(
        any=("gone", "any"), all=("gone", "all"), n=("gone", "size"), days=("day", "nunique"), kind=("kind", "first")
    )
    several = facts["n"] > 1
    mixed = several & facts["any"] & ~facts["all"]
    alone = others + int((~several).sum())
    lines = int((several & ~facts["any"]).sum())
    if not mixed.any() or lines > SEVERAL_LINES * (alone + lines):
        return none
    # Numbers of incidents may begin anew each day: without other references nothing says that these do not.
    mixed &= (facts["days"] == 1) | (facts["kind"] == "crime") | (alone > 0)
    when = _order(ref, records)
    latest = pd.Series(np.where(gone, when, -1)).groupby(ref).transform("max").to_numpy()
    first = pd.Series(np.where(gone, np.arange(len(ref)), len(ref))).groupby(ref).transform("min").to_numpy()
    open_ones = mixed.to_numpy()[ref] & ~gone
    tied = open_ones & (when == latest)
    if first_is_newest:
        return Retracted(open_ones & (when < latest) | tied & (np.arange(len(ref)) > first), 0)
    return Retracted(open_ones & (when < latest), len(np.unique(ref[tied])))


__all__ = [
    "Retracted",
    "Told",
    "in_two_states",
    "last_changed",
    "newest",
    "retracted",
    "revision_numbers",
    "runs_newest_first",
]
