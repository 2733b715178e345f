"""Officer density of closed weeks, as the summary tells it: first, and with late data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..core.columns import DENSITY, DENSITY_PARTS, Table
from ..core.density.cell_time import DensityFacts, cell_time, without_homes
from ..core.density.shift_weeks import AROUND, ShiftWeek, mondays_of
from ..core.density.week import shown_week
from ..core.disclosure.blocks import side_of
from ..core.presence.processes import tasks_shared
from ..core.summaries.compute import Span, together
from ..core.times.civil import pandas_zone
from .condition import ALL, Condition, between, equals, listed
from .linked_events import events_near
from .months import GRACE, reached
from .officers_shared import officers_shared
from .small_ground import least_ha_kept
from .tables import PURGED

if TYPE_CHECKING:
    from .interface import StoreHome

_SETTING = "weeks"  # Monday -> whether its week changed since it was told ("due"), and the side of its cells
MOST_OFFICERS, MOST_LEGS = 500, 1_000_000  # computed at once in a process, so that memory is bounded
_TEXTS = ("shift", "cell", "officer_id")
_COLUMNS = ["officer_id", "start", "end", "x0", "y0", "x1", "y1"]


def weeks_changed(store: StoreHome, days: Iterable[str]) -> None:
    """Note the weeks that hang on some days that were computed, within the change that writes them."""
    kept = _kept(store)
    for monday in mondays_of(days):
        kept[monday] = {**kept.get(monday, {}), "due": True}
    store.set(_SETTING, json.dumps(kept, sort_keys=True))


def publish_weeks(store: StoreHome, tell: Callable[[], None] = lambda: None, workers: int = 1) -> None:
    """Tell the summary the officer density of the weeks that are closed and not told yet as they are.

    Like a month, a week is closed when all its days (and the one before and after, which say what was a rest) are computed and the
    fixes of five officers reach :data:`~ia_plugin.store.months.GRACE` beyond its end; one with some data purged stays as it was told.
    So while a week runs nothing of it is told, and no difference of two nights is what one officer did. What comes late,
    changed areas among it, is told cell by cell where enough officers stand behind the difference
    (:func:`~ia_plugin.core.density.week.shown_week`).

    It is computed from the stored legs, which are the same however days were grouped; officer by officer, so in any groups of them.

    Parameters
    ----------
    tell : called before each week; may raise to stop
    workers : cores that share the officers, where the system can fork and the store can be opened again
    """
    if not store.has("legs") or not store.has("areas"):
        return
    _make_first_due(store)
    seen, kept = store.seen(), _kept(store)
    waiting = mondays_of(store.dirty_days())
    purged = store.setting(PURGED)
    for monday in [m for m in sorted(kept) if kept[m].get("due") and m not in waiting]:
        week = ShiftWeek(monday, store.timezone)
        first, last = week.span
        if (purged is None or first - AROUND >= pd.Timestamp(purged)) and reached(store, last + GRACE):
            tell()
            _publish(store, week, seen, workers)


def _make_first_due(store: StoreHome) -> None:
    """The weeks of a store that was written before there was density."""
    if store.setting(_SETTING) is not None:
        return
    edges = store.edges("legs", "start")
    if edges is None:
        return
    first, last = (t.tz_convert(pandas_zone(store.timezone)) for t in edges)
    with store.together("weeks of density"):
        days = pd.date_range(first.normalize().tz_localize(None), last.normalize().tz_localize(None), freq="D")
        weeks_changed(store, days.strftime("%Y-%m-%d"))


def _publish(store: StoreHome, week: ShiftWeek, seen: tuple[int, int], workers: int) -> None:
    side = float(_kept(store)[week.monday].get("side_m") or side_of(least_ha_kept(store)))
    parts = _parts(store, week, side, workers)
    with store.together("week of density"):
        if store.seen() != seen:
            return  # another program wrote meanwhile: the week waits for the next run
        kept, at = _kept(store), equals(week=week.start)
        shown, behind = (_of_week(store, t, week) for t in (DENSITY, DENSITY_PARTS))
        table, now_behind = shown_week(parts, week, side, shown, behind)
        if len(now_behind) > len(behind) or len(table) != len(shown):
            store.put(DENSITY.name, table, at)
            store.put(DENSITY_PARTS.name, now_behind, at)
        # Cells of another side would overlap those that were told: their differences are of less ground than either.
        kept[week.monday] = {"due": False, **({"side_m": side} if len(now_behind) else {})}
        store.set(_SETTING, json.dumps(kept, sort_keys=True))


def _of_week(store: StoreHome, table: Table, week: ShiftWeek) -> pd.DataFrame:
    """The rows of a week; its start, the same in all of them, is not read row by row."""
    rows = store.read(table.name, equals(week=week.start), columns=[n for n in table.names if n != "week"])
    return rows.assign(week=week.start)[[*table.names]]


def _parts(store: StoreHome, week: ShiftWeek, side_m: float, workers: int) -> pd.DataFrame:
    """Whose time lies in which cell, of the whole force."""
    first, last = week.span
    span = (first - AROUND, last + AROUND)
    events, officers = events_near(store, *span), store.read("event_officers")
    work = partial(_of_some, week, DensityFacts(side_m, store.read("areas"), events, officers), span)
    again = store.opened_again() if workers > 1 else None
    groups = officers_shared(store, span, store.count("legs", between("start", span)), workers) if again else []
    if again is None or len(groups) < 2:
        found = work(store)
    else:
        found = together(tasks_shared(groups, len(groups), partial(_elsewhere, again, work)))
    return without_homes(found.astype({n: object for n in _TEXTS}))


def _elsewhere(
    again: Callable[[], AbstractContextManager[StoreHome]], work: Callable[..., pd.DataFrame], officers: Condition
) -> pd.DataFrame:
    """The parts of some officers, in a process of their own that reads the store itself."""
    with again() as store:
        # A text that recurs is sent once.
        return work(store, officers).astype({n: "category" for n in _TEXTS})


def _of_some(
    week: ShiftWeek, facts: DensityFacts, span: Span, store: StoreHome, officers: Condition = ALL
) -> pd.DataFrame:
    return together([cell_time(legs, week, facts) for legs in _legs(store, span, officers)] or [_no_parts()])


def _no_parts() -> pd.DataFrame:
    return pd.DataFrame(columns=["shift", "cell", "day", "officer_id", "seconds", "rest"])


def _legs(store: StoreHome, span: Span, some: Condition) -> Iterator[pd.DataFrame]:
    """The legs of a span of time, some officers at once, in whatever order is quickest."""
    within = between("start", span) & some
    if store.count("legs", within) <= MOST_LEGS:
        yield store.read("legs", within, columns=_COLUMNS, order=("start",))
        return
    batch: list[str] = []
    n = 0
    for officer, legs in [*store.counts("legs", "officer_id", within), ("", 0)]:
        if batch and (not officer or len(batch) == MOST_OFFICERS or n + legs > MOST_LEGS):
            those = listed(pd.DataFrame({"officer_id": batch}))
            yield store.read("legs", those & within, columns=_COLUMNS, order=("officer_id", "start"))
            batch, n = [], 0
        batch.append(officer)
        n += legs


def _kept(store: StoreHome) -> dict[str, dict[str, Any]]:
    setting = store.setting(_SETTING)
    return dict(json.loads(setting)) if setting else {}
