"""Time of legs claimed by events: by the officer an event names, or by being near it while it went on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Protocol

import numpy as np
import pandas as pd

from ..arrays import Floats, Ints, Rows
from ..columns import require
from ..events.area_events import current_events
from ..fixes import sorted_order
from ..geometry.nearby import LegsInTime, disc_span
from ..params import ActivityParams
from ..presence.leg_arrays import leg_ends
from ..texts import texts
from ..times.instants import nanoseconds
from ..times.intervals import first_in_rank, union_seconds
from .rules import LINKED, N_LINKED

COARSE = ("day", "month")
VAGUE = ("snapped", "area", "none")  # places that tell nothing of who was near
Claims = tuple[Rows, Ints, Ints, Rows, Rows]
"""(leg, start, end, rank, event) of spans that events claim, ns."""

_RANK = {name: i for i, (name, _) in enumerate(LINKED)}


class Rule(Protocol):
    """One row of the table of rules (:func:`~ia_plugin.core.activity.rules.default_rules`)."""

    how: str
    kind: str
    category: str
    activity: str
    near_m: float
    before_s: float
    after_s: float
    lasts_s: float
    least_s: float


@dataclass(frozen=True)
class Links:
    """Disjoint spans of legs that events claim.

    Attributes
    ----------
    leg : int (k,), row of the leg
    start, end : int64 (k,), ns
    activity : int (k,), position in :data:`~ia_plugin.core.activity.rules.ACTIVITIES`
    counts : how many events took part, and how many did not, by reason
    """

    leg: Rows
    start: Ints
    end: Ints
    activity: Rows
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def none(cls, counts: Optional[dict[str, int]] = None) -> Links:
        """No spans at all."""
        ints, times = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int64)
        return cls(ints, times, times, ints, counts or {})


def linked_time(
    legs: pd.DataFrame,
    events: Optional[pd.DataFrame],
    rules: pd.DataFrame,
    params: ActivityParams = ActivityParams(),
    event_officers: Optional[pd.DataFrame] = None,
) -> Links:
    """The spans of legs that events claim, each moment once: by reference before place and time.

    Parameters
    ----------
    legs : the legs table
    events : the events table, or None; ``officer_ids`` names officers, blank between
    rules : as :func:`~ia_plugin.core.activity.rules.check_rules` gives them
    event_officers : optional table ``kind, event_id, officer_id`` in place of ``officer_ids``
    """
    if events is None or not len(events) or not len(legs):
        return Links.none({"events": 0})
    require(events, ("event_id", "kind", "start", "end", "time_precision", "x", "y"), "events")
    current = current_events(events)
    fine = ~current["time_precision"].isin(COARSE)
    counts = {"events": len(current), "too coarse in time to be linked": int((~fine).sum())}
    current = current[fine].reset_index(drop=True)
    start, end = (nanoseconds(legs[c]) for c in ("start", "end"))
    code, names = pd.factorize(legs["officer_id"])
    officers, named = pd.Index(names).astype(object), _named(current, event_officers)
    near = rules.loc[rules["how"] == "place_time", "near_m"]
    # One index serves all rules: it is asked for no more than the widest of them.
    index = LegsInTime(start, end, *leg_ends(legs), float(near.max())) if len(near) else None
    claims = [
        _by_reference(legs, start, end, current, rule, named, code, officers)
        if rule.how == "reference"
        else _by_place_and_time(index, start, end, current, rule, params, code)
        for rule in rules.itertuples(index=False)
    ]
    leg, first, last, rank, event = (np.concatenate(c) for c in zip(*(claims or [_nothing()])))
    counts["linked"] = len(np.unique(event))
    if not len(leg):
        return Links.none(counts)
    leg, first, last, rank = first_in_rank(leg, first, last, rank, N_LINKED)
    return Links(leg, first, last, rank, counts)


def _windows(events: pd.DataFrame, rule: Rule) -> tuple[Rows, Ints, Ints]:
    """Rows of the events a rule is about, and their time as it sees it."""
    matching = (events["kind"] == rule.kind).to_numpy()
    if rule.category != "*" and "category" in events.columns:
        matching = matching & (texts(events["category"]).str.casefold() == str(rule.category).casefold()).to_numpy()
    rows = np.flatnonzero(matching)
    start, end = (nanoseconds(events[c])[rows] for c in ("start", "end"))
    end = np.where(end > start, end, start + np.int64(rule.lasts_s * 1e9))
    return rows, start - np.int64(rule.before_s * 1e9), end + np.int64(rule.after_s * 1e9)


def _named(events: pd.DataFrame, event_officers: Optional[pd.DataFrame]) -> pd.DataFrame:
    """``event`` (row), ``officer_id`` for each officer an event names."""
    if event_officers is not None and len(event_officers):
        rows = events[["kind", "event_id"]].assign(event=np.arange(len(events)))
        return rows.merge(event_officers[["kind", "event_id", "officer_id"]], on=["kind", "event_id"])[
            ["event", "officer_id"]
        ].drop_duplicates()
    if "officer_ids" not in events.columns:
        return pd.DataFrame({"event": np.empty(0, dtype=np.int64), "officer_id": np.empty(0, dtype=object)})
    named = texts(events["officer_ids"].dropna()).str.split().explode().dropna()
    return pd.DataFrame({"event": named.index.to_numpy(), "officer_id": named.to_numpy()}).drop_duplicates()


def _by_reference(
    legs: pd.DataFrame, start: Ints, end: Ints, events: pd.DataFrame, rule: Rule, named: pd.DataFrame, code: Ints, officers: pd.Index
) -> Claims:  # fmt: skip
    rows, first, last = _windows(events, rule)
    at = np.full(len(events), -1)
    at[rows] = np.arange(len(rows))
    named = named[at[named["event"].to_numpy(dtype=np.int64)] >= 0]
    who = officers.get_indexer(named["officer_id"])
    named, who = named[who >= 0], who[who >= 0]
    if not len(named):
        return _nothing()
    which = at[named["event"].to_numpy(dtype=np.int64)]
    leg, pair = legs_of_officers(code, start, end, who, first[which], last[which])
    event = rows[which[pair]]
    x, y = (events[c].to_numpy(dtype=np.float64)[event] for c in ("x", "y"))
    placed = np.isfinite(x) & np.isfinite(y)
    if "location_precision" in events.columns:
        placed &= (events["location_precision"] != "area").to_numpy()[event]
    x0, y0, x1, y1 = (e[leg] for e in leg_ends(legs))
    enter, leave = disc_span(x0, y0, x1, y1, x, y, np.full(len(leg), rule.near_m))
    # An event without a place counts by its time alone: its officers are named.
    enter, leave = np.where(placed, enter, 0.0), np.where(placed, leave, 1.0)
    return _claims(start, end, leg, enter, leave, first[which[pair]], last[which[pair]], event, rule, code)


def _by_place_and_time(
    index: Optional[LegsInTime],
    start: Ints,
    end: Ints,
    events: pd.DataFrame,
    rule: Rule,
    params: ActivityParams,
    code: Ints,
) -> Claims:
    rows, first, last = _windows(events, rule)
    x, y = (events[c].to_numpy(dtype=np.float64)[rows] for c in ("x", "y"))
    usable = np.isfinite(x) & np.isfinite(y) & (last - first <= params.longest_window_h * 3.6e12)
    if "location_precision" in events.columns:
        # A snapped point is the middle of a street, not where it was.
        usable &= ~events["location_precision"].isin(VAGUE).to_numpy()[rows]
    rows, first, last, x, y = rows[usable], first[usable], last[usable], x[usable], y[usable]
    if index is None or not len(rows):
        return _nothing()
    near = np.full(len(rows), float(rule.near_m))
    found = list(index.pairs(x, y, first, last, near))
    if not found:  # all of them lie beyond the reports
        return _nothing()
    leg, which = (np.concatenate([f[i] for f in found]) for i in range(2))
    enter, leave = index.near(leg, x[which], y[which], near[which])
    return _claims(start, end, leg, enter, leave, first[which], last[which], rows[which], rule, code)


def _claims(
    start: Ints,
    end: Ints,
    leg: Rows,
    enter: Floats,
    leave: Floats,
    first: Ints,
    last: Ints,
    event: Rows,
    rule: Rule,
    officer: Ints,
) -> Claims:
    """(leg, start, end, rank, event) of spans within both disc and window, of officers who stayed long enough."""
    span = end[leg] - start[leg]
    a = np.maximum(start[leg] + (np.minimum(enter, leave) * span).astype(np.int64), first)
    b = np.minimum(start[leg] + np.ceil(leave * span).astype(np.int64), last)
    real = (leave >= enter) & (b > a)
    leg, a, b, event = leg[real], a[real], b[real], event[real]
    if rule.least_s > 0 and len(leg):
        pair, inverse = np.unique(event.astype(np.int64) * (int(officer.max()) + 1) + officer[leg], return_inverse=True)
        long = union_seconds(inverse, a, b, len(pair)) >= rule.least_s
        leg, a, b, event = leg[long[inverse]], a[long[inverse]], b[long[inverse]], event[long[inverse]]
    return leg, a, b, np.full(len(leg), _RANK[rule.activity]), event


def legs_of_officers(code: Ints, start: Ints, end: Ints, who: Ints, first: Ints, last: Ints) -> tuple[Rows, Rows]:
    """(leg, asked) of legs of an officer that overlap a window."""
    order = sorted_order(code, start)
    who_sorted, begins = (code, start) if order is None else (code[order], start[order])
    reach = (end - start).max(initial=0)
    # One sorted key of officer and second; a second of slack each way.
    low = min(int(start.min()), int(first.min()))
    wide = (max(int(end.max()), int(last.max())) - low) // 10**9 + 3
    key = who_sorted.astype(np.int64) * wide + (begins - low) // 10**9
    a = np.searchsorted(key, who * wide + np.maximum(0, (first - reach - low) // 10**9), side="left")
    b = np.searchsorted(key, who * wide + (last - low) // 10**9 + 1, side="right")
    size = np.maximum(0, b - a)
    asked = np.repeat(np.arange(len(who)), size)
    place = a[asked] + np.arange(len(asked)) - np.repeat(np.cumsum(size) - size, size)
    leg = place if order is None else order[place]
    real = (code[leg] == who[asked]) & (start[leg] < last[asked]) & (end[leg] > first[asked])
    return leg[real], asked[real]


def _nothing() -> Claims:
    none = np.empty(0, dtype=np.int64)
    return none, none, none, none, none
