"""The stage by officer: all fixes of some officers about a span of days, to what they add to its tables."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ..core.errors import ImpactAreaWarning
from ..core.summaries.compute import ForceFacts, Span, by_officers
from ..core.times.civil import moment_of
from ..core.times.instants import instants
from ..store.linked_events import EVENTS
from .chunks import Chunk, chunks_of, report_chunk
from .day_rows import chunks_by_day, moment_column
from .spans import SpanOfDays, day_text

OFFICER_TABLES = ("legs", "tracks", "gaps", "visits", "officer_time")
"""Tables that tell of single officers: written by day where the plan asks for them, and never off the cluster."""


def edges_of(span: SpanOfDays, timezone: str) -> Span:
    """First moment of a span's first civil day, and of the day after its last."""
    return moment_of(pd.Timestamp(day_text(span.first)), timezone), moment_of(pd.Timestamp(day_text(span.after)), timezone)  # fmt: skip


def fixes_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The fixes table of what Spark hands over: ``us``, microseconds since 1970, knows no clock that could fold two hours into one.

    Moments are kept to the millisecond, as a store keeps them; rows in the order of what they say, whichever machine read them.
    """
    ms = rows["us"].to_numpy(dtype=np.int64) // 1_000
    officer, names = pd.factorize(rows["officer_id"], sort=True)
    officer = np.where(officer < 0, len(names), officer)  # nobody's come last
    order = np.lexsort((ms, officer))
    found = rows.drop(columns=[c for c in ("us", "task", "key") if c in rows.columns]).take(order)
    ms, officer = ms[order], officer[order]
    found.insert(1, "time", instants(ms * 1_000_000))
    found.index = pd.RangeIndex(len(found))
    same = (np.diff(ms) == 0) & (np.diff(officer) == 0)
    if not same.any():
        return found
    # All that a row says decides only among fixes of one officer and moment, which are few.
    alike = np.flatnonzero(np.r_[same, False] | np.r_[False, same])
    by = ["officer_id", "time", "x", "y", *(c for c in found.columns if c not in ("officer_id", "time", "x", "y"))]
    order = np.arange(len(found))
    order[alike] = found.iloc[alike].sort_values(by, kind="stable").index.to_numpy()
    return found.take(order).reset_index(drop=True)


def chunks_of_officers(
    rows: pd.DataFrame, span: SpanOfDays, facts: ForceFacts, keep: tuple[str, ...] = OFFICER_TABLES
) -> Iterator[Chunk]:
    """What some officers add to the days of a span.

    Parameters
    ----------
    rows : ``officer_id, us, x, y, …``, all there is of these officers on the days that the span reads
    span : the days
    facts : of the force, the longest gap of each source among them
    keep : which of :data:`OFFICER_TABLES` to hand out

    Yields
    ------
    Chunks of tables, then one of counts.
    """
    began, given, fixes = time.process_time(), len(rows), fixes_table(rows)
    del rows  # a task's memory is what the method takes, and not the same fixes twice beside it
    edges = edges_of(span, facts.timezone)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ImpactAreaWarning)  # said once, of the whole force, and not by each task
        parts = by_officers(fixes, with_events_near(facts, edges), edges)
    tables = {**parts.tables, "officer_time": parts.officer_time}
    for name in keep:
        yield from chunks_by_day(name, _of_the_days(name, tables.get(name, pd.DataFrame()), edges), facts.timezone)
    yield from chunks_of(parts, facts.timezone)
    legs = len(tables.get("legs", ()))
    yield report_chunk(fixes=given, legs=legs, dropped=parts.dropped, cpu_s=time.process_time() - began)


def with_events_near(facts: ForceFacts, edges: Span) -> ForceFacts:
    """The force with the events that officers' time of a span can be linked to."""
    events = facts.events
    if events is None or not len(events):
        return facts
    near = (events["end"] >= edges[0] - EVENTS) & (events["start"] < edges[1] + EVENTS)
    return facts.with_events(events[near].reset_index(drop=True))


def _of_the_days(name: str, table: pd.DataFrame, edges: Span) -> pd.DataFrame:
    """Rows each on one day: that of its first moment, of a silence that of its end."""
    if not len(table):
        return table
    moment = moment_column(name)
    inside = (table[moment] >= edges[0]) & (table[moment] < edges[1])
    return table if inside.all() else table[inside]
