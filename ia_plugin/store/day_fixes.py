"""The fixes that some days hang on: those of the days, and of each officer as far beyond as the days' figures look."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..core.fixes import sorted_order
from ..core.params import TrackParams
from ..core.summaries.observed import Observed, Span
from ..core.times.instants import nanoseconds
from .condition import ALL, Condition, between, listed
from .interface import ReadHome

AROUND = pd.Timedelta("24h")  # read of everybody: the shift before and the shift after, of most
FIRST_MORE = 64  # fixes further that are read of an officer of whom that is not enough, then four times as many
_COLUMNS = (
    "officer_id",
    "time",
    "x",
    "y",
    "accuracy_m",
    "speed_kmh",
    "source",
    "reason",
    "radio_kind",
    "unit",
    "resource_type",
)
_OPTIONAL = _COLUMNS[4:]


def observed(
    store: ReadHome,
    span: Span,
    beside: pd.Timedelta,
    params: TrackParams,
    more: Iterable[str] = (),
    some: Condition = ALL,
) -> Observed:
    """What officers' fixes say of some days: of whoever was seen on them, and of `more` officers.

    Parameters
    ----------
    span : whole civil days
    beside : how far from them legs are looked at, whatever they are part of
    params : with the longest gap fixed
    some : officers who are asked for, where not all are

    Returns
    -------
    Observed, in which nothing that is said of the days hangs on fixes that were not read: whole stretches that touch them,
    and the fix before and after. A day says the same whichever other days are asked with it.
    """
    fixes = _read(store, between("time", (span[0] - AROUND, span[1] + AROUND)) & some)
    wanted = pd.Index(sorted(more), dtype=object)
    strangers = wanted.difference(fixes["officer_id"])
    ends = pd.DataFrame({"first": span[0], "last": span[1]}, index=strangers)
    fixes = _joined(fixes, _further(store, ends.assign(earlier=True, later=True), FIRST_MORE))
    seen = Observed.of(fixes, params)
    unread, size = seen.unread(span, beside, wanted), FIRST_MORE
    fixes, grown = (
        fixes[fixes["officer_id"].isin(unread.index)].reset_index(drop=True),
        len(unread) < fixes["officer_id"].nunique(),
    )
    while True:
        unread = unread[unread["earlier"] | unread["later"]]
        ends = fixes[fixes["officer_id"].isin(unread.index)].groupby("officer_id")["time"].agg(first="min", last="max")
        more_fixes = _further(store, ends.join(unread), size)
        if not len(more_fixes):
            return Observed.of(fixes, params) if grown else seen
        fixes, size, grown = _joined(fixes, more_fixes), size * 4, True
        grown_by = fixes[fixes["officer_id"].isin(more_fixes["officer_id"])]
        unread = Observed.of(grown_by, params).unread(span, beside, wanted)


def _read(store: ReadHome, where: Condition) -> pd.DataFrame:
    have = store.columns("fixes")
    if not have:
        return pd.DataFrame(columns=[*_COLUMNS])
    wanted = [c for c in _COLUMNS if c in have or c in ("x", "y")]
    # In the order of what they say, not of their import: the same fixes give the same day. In that of time they come out of the
    # index as they stand; by officer they are put here, where a column of few words is sorted in a tenth of the time.
    found = by_officer(store.read("fixes", where, columns=wanted, order=("time", "fid")))
    # A home with room for columns that no extract had gives the same day as one without.
    return found.drop(columns=[c for c in _OPTIONAL if c in found.columns and not found[c].notna().any()])


def _further(store: ReadHome, ends: pd.DataFrame, size: int) -> pd.DataFrame:
    """The next fixes of officers before the ``first`` and after the ``last`` that is at hand, where they are wanted."""
    bounds = []
    for wanted, edge in (("earlier", "first"), ("later", "last")):
        some = ends[ends[wanted].astype(bool)]
        if len(some):
            rows = pd.DataFrame({"officer_id": some.index, "edge": some[edge].to_numpy(dtype=object)})
            rows["edge"] = pd.to_datetime(rows["edge"], utc=True)
            bounds.append(store.next_times(rows, size, later=wanted == "later"))
    found = pd.concat(bounds, ignore_index=True) if bounds else pd.DataFrame()
    if not len(found):
        return pd.DataFrame(columns=["officer_id", "time"])
    return _read(store, listed(found, "time"))


def _joined(fixes: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Both, in order of officer and time; of one moment and officer the rows come from one of them."""
    if not len(others):
        return fixes
    both = pd.concat([fixes, others], ignore_index=True) if len(fixes) else others
    return by_officer(both)


def by_officer(fixes: pd.DataFrame) -> pd.DataFrame:
    """In order of officer and time; those of one officer and moment as they stood."""
    if not len(fixes):
        return fixes
    order = sorted_order(pd.factorize(fixes["officer_id"], sort=True)[0], nanoseconds(fixes["time"]))
    return fixes if order is None else fixes.take(order).reset_index(drop=True)
