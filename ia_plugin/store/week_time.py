"""Whose time lies in which square of a week, kept officer by officer: where legs of a few change, only theirs is computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Optional

import pandas as pd

from ..core.areas import sites_of
from ..core.columns import DENSITY_TIME
from ..core.density.cell_time import SQUARES, DensityFacts, cell_names, named, square_time, without_homes
from ..core.density.kept_time import differing, facts_mark, packed, unpacked, within
from ..core.density.shift_weeks import AROUND, ShiftWeek
from ..core.summaries.compute import Span, together
from .areas_mark import areas_mark
from .condition import ALL, Condition, between, compared, equals, listed
from .linked_events import events_near
from .officers_shared import officers_shared

if TYPE_CHECKING:
    from .interface import StoreHome

MOST_OFFICERS, MOST_LEGS = 500, 1_000_000  # computed at once in a process, so that memory is bounded
KEPT = pd.Timedelta("42D")  # so far before the week told last; of an older one all is computed
_COLUMNS = ["officer_id", "start", "end", "x0", "y0", "x1", "y1"]


@dataclass(frozen=True)
class WeekTime:
    """A week as its legs are now.

    Attributes
    ----------
    parts : of all officers, of :func:`~ia_plugin.core.density.cell_time.without_homes`
    cells : the ``cell`` that `parts` are of, where somebody's time in it changed; None for all
    kept : the density_time rows that are new
    facts : the mark of what was left out
    """

    parts: pd.DataFrame
    cells: Optional[pd.DataFrame]
    kept: pd.DataFrame
    facts: str

    def keep(self, store: StoreHome, week: ShiftWeek) -> None:
        """Write the rows in the place of those that were due; within a change. What late data seldom reaches is not kept."""
        at = equals(week=week.start)
        store.put(DENSITY_TIME.name, self.kept, at if self.cells is None else at & equals(due=True))
        store.remove(DENSITY_TIME.name, compared("week", "<", week.start - KEPT))


def week_time(store: StoreHome, week: ShiftWeek, side_m: float, last: Optional[str], workers: int) -> WeekTime:
    """A week's time, of officers whose legs did not change as it is kept.

    Parameters
    ----------
    side_m : of a cell
    last : :attr:`WeekTime.facts` of the last time, None where nothing is kept
    workers : cores that share the officers, where the system can fork and the store can be opened again
    """
    span = (week.span[0] - AROUND, week.span[1] + AROUND)
    events, officers = events_near(store, *span), store.read("event_officers")
    facts = DensityFacts(side_m, store.read("areas"), events, officers)
    mark, at = facts_mark(facts, areas_mark(sites_of(facts.areas))), equals(week=week.start)
    if mark != last or not store.has(DENSITY_TIME.name, at & equals(due=False)):
        now = _computed(store, week, facts, span, workers)
        return WeekTime(without_homes(named(now)), None, _rows(now, pd.Index(pd.unique(now["officer_id"])), week), mark)
    kept = store.read(DENSITY_TIME.name, at)
    late = kept["due"].to_numpy(dtype=bool)
    who = pd.Index(kept.loc[late, "officer_id"])
    fresh = _computed(store, week, facts, span, workers, listed(pd.DataFrame({"officer_id": who})))
    squares = differing(unpacked(kept[late]), fresh)
    now = together([unpacked(kept[~late]), fresh])
    parts = without_homes(named(now[within(now, squares)]))
    cells = pd.DataFrame({"cell": cell_names(squares["column"].to_numpy(), squares["row"].to_numpy())})
    return WeekTime(parts, cells, _rows(fresh, who, week), mark)


def legs_changed(store: StoreHome, week: ShiftWeek, officers: pd.Index) -> None:
    """Note whose legs about a week that is kept are not what they were; within the change of them."""
    at = equals(week=week.start) & listed(pd.DataFrame({"officer_id": officers}))
    if not len(officers) or not store.has(DENSITY_TIME.name, equals(week=week.start)):
        return
    there = pd.Index([o for (o,) in store.distinct(DENSITY_TIME.name, ["officer_id"], at)], dtype=object)
    store.update(DENSITY_TIME.name, {"due": True}, at)
    strangers = officers.difference(there)
    if len(strangers):
        rows = pd.DataFrame({"week": week.start, "officer_id": strangers, "parts": "", "due": True})
        store.append(DENSITY_TIME.name, rows[[*DENSITY_TIME.names]])


def _rows(squares: pd.DataFrame, officers: pd.Index, week: ShiftWeek) -> pd.DataFrame:
    return packed(squares, officers).assign(week=week.start, due=False)[[*DENSITY_TIME.names]]


def _computed(
    store: StoreHome, week: ShiftWeek, facts: DensityFacts, span: Span, workers: int, some: Condition = ALL
) -> pd.DataFrame:
    """The squares of some officers."""
    shares = None
    if workers > 1:
        shares = officers_shared(store, span, store.count("legs", between("start", span) & some), workers, some)
    if shares is None:
        return _of_some(week, facts, span, store, some)
    found = together(shares.each(partial(_sent, week, facts, span)))
    return found.astype({"officer_id": object})


def _sent(week: ShiftWeek, facts: DensityFacts, span: Span, store: StoreHome, some: Condition) -> pd.DataFrame:
    """The squares of some officers, from a process of their own: an id is sent once."""
    return _of_some(week, facts, span, store, some).astype({"officer_id": "category"})


def _of_some(week: ShiftWeek, facts: DensityFacts, span: Span, store: StoreHome, officers: Condition) -> pd.DataFrame:
    found = [square_time(legs, week, facts) for legs in _legs(store, span, officers)]
    return together(found or [pd.DataFrame(columns=[*SQUARES])])


def _legs(store: StoreHome, span: Span, some: Condition) -> Iterator[pd.DataFrame]:
    """The legs of a span of time, some officers at once, in whatever order is quickest."""
    within_span = between("start", span) & some
    if store.count("legs", within_span) <= MOST_LEGS:
        yield store.read("legs", within_span, columns=_COLUMNS, order=("start",))
        return
    batch: list[str] = []
    n = 0
    for officer, legs in [*store.counts("legs", "officer_id", within_span), ("", 0)]:
        if batch and (not officer or len(batch) == MOST_OFFICERS or n + legs > MOST_LEGS):
            those = listed(pd.DataFrame({"officer_id": batch}))
            yield store.read("legs", those & within_span, columns=_COLUMNS, order=("officer_id", "start"))
            batch, n = [], 0
        batch.append(officer)
        n += legs


__all__ = ["KEPT", "MOST_LEGS", "MOST_OFFICERS", "WeekTime", "legs_changed", "week_time"]
