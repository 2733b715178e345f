"""Days of a store computed from its fixes: each by itself, or, where they have few fixes, several of them at once.

A day says the same with whichever others it is computed, so how days are put together is a matter of time alone: a pass costs a
fifth of a second before its first fix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Optional

import numpy as np
import pandas as pd

from ..core.arrays import Ints
from ..core.presence.processes import tasks_shared
from ..core.summaries.compute import (
    OF_OFFICERS,
    ForceFacts,
    Observed,
    OfficerParts,
    Span,
    beside,
    by_area_day,
    of_days,
    together,
)
from ..core.summaries.publish import published
from ..core.times.civil import moment_of
from ..core.times.instants import nanoseconds
from ..core.tracks import tracks
from .changed_rows import Changed, changed
from .condition import ALL, Condition, between
from .day_fixes import observed
from .interface import ReadHome, StoreHome
from .linked_events import events_near
from .officers_shared import alone, officers_shared

A_PASS = 100_000  # fixes up to which days are computed at once
PUBLISHED = ("cover", "time_use", "visit_lengths", "enough_officers")
# Restricted table of days -> what of the cells it holds: by group, its rows often tell one officer's time.
BY_GROUP = {
    "cover_by_group": "cover",
    "time_use_by_group": "time_use",
    "visit_lengths_by_group": "visit_lengths",
    "officers_seen": "officers_seen",
}
WHO = "officer_time"
LEG = "leg_id"


@dataclass(frozen=True)
class Days:
    """What was found of some days that follow each other: tables by name, tracks whatever days they are of, fixes that could
    not be used, and how the legs differ from the store's where they were compared with them already."""

    restricted: dict[str, pd.DataFrame]
    summary: dict[str, pd.DataFrame]
    tracks: pd.DataFrame
    dropped: Counter[str]
    legs: Optional[Changed] = None

    @property
    def leg_count(self) -> int:
        """Legs of the days, those that stood in the store among them."""
        return self.legs.whole if self.legs is not None else len(self.restricted["legs"])


@dataclass(frozen=True)
class _Pass:
    """Days that are computed at once; `facts` with the events that officers' time of them can be linked to."""

    days: list[str]
    edges: Span
    facts: ForceFacts


def computed(store: StoreHome, facts: ForceFacts, days: list[str]) -> Days:
    """Some days that follow each other, each as if it were computed by itself.

    Parameters
    ----------
    facts : of the force, without events; ``method.workers`` cores share the work where the system can fork: officers where
        there are many fixes, each process with those it reads itself, else days
    days : civil days, ``2024-06-03``
    """
    span = edges_of(days, store.timezone)
    shared = _by_officers(store, facts, span, days) if facts.method.workers > 1 else None
    found, lines, legs = shared or _by_passes(store, facts, span, days)
    dropped: Counter[str] = Counter()
    for part in found:
        dropped.update(part.dropped)
    restricted, summary = (_joined([getattr(p, of) for p in found]) for of in ("restricted", "summary"))
    for name in ("gaps", "tracks"):
        if len(restricted[name]):  # one that goes on over midnight was found by both passes
            restricted[name] = restricted[name].drop_duplicates(["officer_id", "start"])
    return Days(restricted, summary, lines, dropped, legs)


Found = tuple[list[Days], pd.DataFrame, Optional[Changed]]
"""(what was found pass by pass, tracks whatever days they are of, how legs differ from the store's)."""


def _by_passes(store: StoreHome, facts: ForceFacts, span: Span, days: list[str]) -> Found:
    """All officers at once, read here; passes are shared among cores."""
    seen = observed(store, span, beside(facts), facts.tracks, _known_before(store, span))
    moments = np.sort(nanoseconds(seen.fixes["time"]))
    counts = np.diff(np.searchsorted(moments, _starts(days, store.timezone))).tolist()
    work = partial(_of_pass, seen, store.timezone)
    found = tasks_shared(_passes(store, facts, days, counts), facts.method.workers, work)
    return found, tracks(seen.legs), None


def _by_officers(store: StoreHome, facts: ForceFacts, span: Span, days: list[str]) -> Optional[Found]:
    """Officers shared among processes, each with the fixes it reads itself; None where one is enough, or may read."""
    counts = [store.count("fixes", between("time", edges_of([day], store.timezone))) for day in days]
    shares = officers_shared(store, span, sum(counts), facts.method.workers)
    if shares is None:
        return None
    facts = alone(facts)
    passes = _passes(store, facts, days, counts)
    shared = shares.each(partial(_of_some, facts, span, passes))
    found = [_of_parts([g.parts[k] for g in shared], store.timezone, p) for k, p in enumerate(passes)]
    legs = Changed.beside([c for of_pass in zip(*(g.legs for g in shared)) for c in of_pass])
    return found, together([g.lines for g in shared]), legs


@dataclass(frozen=True)
class _Some:
    """What some officers add to each pass, their legs apart, and their tracks, whatever days they are of."""

    parts: list[OfficerParts]
    legs: list[Changed]
    lines: pd.DataFrame


def _of_some(facts: ForceFacts, span: Span, passes: list[_Pass], store: StoreHome, officers: Condition) -> _Some:
    """Some officers of all passes, in a process of their own.

    Of the legs, the most by far, it sends those that do not stand in the store as they are.
    """
    parts, legs = [], []
    seen = observed(store, span, beside(facts), facts.tracks, _known_before(store, span, officers), officers)
    for some in passes:
        part = of_days(seen, some.facts, some.edges)
        rows = part.tables.pop("legs", pd.DataFrame()).reset_index(drop=True)
        rows = store.local(rows, "start") if len(rows) else rows
        legs.append(changed(store, "legs", rows, between("start", some.edges) & officers, LEG, "start"))
        parts.append(part)
    return _Some(parts, legs, tracks(seen.legs))


def _passes(store: StoreHome, facts: ForceFacts, days: list[str], counts: list[int]) -> list[_Pass]:
    passes = []
    for some in _few_at_once(days, counts):
        edges = edges_of(some, store.timezone)
        passes.append(_Pass(some, edges, facts.with_events(events_near(store, *edges))))
    return passes


def edges_of(days: list[str], timezone: str) -> Span:
    """First moment of the first civil day, and of the day after the last."""
    first, after = pd.Timestamp(days[0]), pd.Timestamp(days[-1]) + pd.Timedelta(1, "D")
    return moment_of(first, timezone), moment_of(after, timezone)


def _known_before(store: ReadHome, span: Span, some: Condition = ALL) -> set[str]:
    """Officers of whom the store says something on some days; their fixes of those days may be gone."""
    asked = [("legs", "start"), ("gaps", "start"), ("gaps", "end")]
    return {
        o for table, column in asked for (o,) in store.distinct(table, ["officer_id"], between(column, span) & some)
    }


def _few_at_once(days: list[str], counts: list[int]) -> Iterator[list[str]]:
    """Days in turn, several together while they have few fixes."""
    some: list[str] = []
    fixes = 0
    for day, n in zip(days, counts):
        if some and fixes + n > A_PASS:
            yield some
            some, fixes = [], 0
        some.append(day)
        fixes += n
    yield some


def _starts(days: list[str], timezone: str) -> Ints:
    """First moments (ns) of days, and of the day after the last."""
    return np.array([e.value for e in (*(edges_of([d], timezone)[0] for d in days), edges_of(days, timezone)[1])])


def _of_pass(seen: Observed, timezone: str, some: _Pass) -> Days:
    """The tables of the days of a pass, of all officers."""
    return _of_parts([of_days(seen, some.facts, some.edges)], timezone, some)


def _of_parts(parts: list[OfficerParts], timezone: str, some: _Pass) -> Days:
    """The tables of the days of a pass, rows day after day; officers in the order of the parts."""
    first, last = some.edges
    restricted = {n: together([p.tables.get(n, pd.DataFrame()) for p in parts]) for n in OF_OFFICERS}
    if len(parts) > 1:
        restricted["visits"] = _area_after_area(restricted["visits"], some.facts.headline)
    moments = {n: moment for n, (moment, _) in OF_OFFICERS.items()}
    summary: dict[str, pd.DataFrame] = {}
    if len(some.facts.areas):
        cells = by_area_day(parts)
        restricted |= {n: getattr(cells, of) for n, of in BY_GROUP.items()}
        summary = published(cells.time_use, cells.cover, cells.officers_seen, cells.visit_lengths)
        who = together([p.officer_time for p in parts])
        restricted[WHO] = who[(who["period"] >= first) & (who["period"] < last)] if len(who) else who
    starts = _starts(some.days, timezone)
    ordered = [
        {n: _day_after_day(t, moments.get(n, "period"), starts) for n, t in tables.items()}
        for tables in (restricted, summary)
    ]
    dropped: Counter[str] = Counter()
    for part in parts:
        dropped.update(part.dropped)
    return Days(ordered[0], ordered[1], pd.DataFrame(), dropped)


def _area_after_area(visits: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Visits in the order that one pass over all officers gives."""
    if not len(visits):
        return visits
    place = pd.Index(areas["area_id"]).get_indexer(visits["area_id"])
    return visits.take(np.argsort(place, kind="stable")).reset_index(drop=True)


def _day_after_day(rows: pd.DataFrame, moment: str, starts: Ints) -> pd.DataFrame:
    """Rows in the order of their days, those of a day as they stood."""
    if len(starts) < 3 or not len(rows):
        return rows
    day = np.maximum(np.searchsorted(starts, nanoseconds(rows[moment]), side="right"), 1)
    return rows.take(np.argsort(day, kind="stable")).reset_index(drop=True)


def _joined(parts: list[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    return {name: together([p[name] for p in parts]) for name in parts[0]}
