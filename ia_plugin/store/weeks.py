"""Officer density of closed weeks, as the summary tells it: first, and with late data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Optional

import pandas as pd

from ..core.columns import DENSITY, DENSITY_PARTS, Table
from ..core.density.shift_weeks import AROUND, ShiftWeek, mondays_of
from ..core.density.week import shown_week
from ..core.disclosure.blocks import side_of
from ..core.times.civil import pandas_zone
from .condition import Condition, equals, listed
from .months import GRACE, reached
from .small_ground import least_ha_kept
from .tables import PURGED
from .week_time import legs_changed, week_time

if TYPE_CHECKING:
    from .interface import StoreHome

_SETTING = "weeks"  # Monday -> whether its week changed since it was told ("due"), the side of its cells, how often it was told, by what it is kept


def weeks_changed(store: StoreHome, days: Iterable[str], officers: Optional[pd.Index] = None) -> None:
    """Note the weeks that hang on some days that were computed, within the change that writes them.

    Parameters
    ----------
    officers : whose legs are not what they were, each once; None for all
    """
    kept = _kept(store)
    for monday in mondays_of(days):
        kept[monday] = {**kept.get(monday, {}), "due": True}
        if officers is None:
            kept[monday].pop("facts", None)
        else:
            legs_changed(store, ShiftWeek(monday, store.timezone), officers)
    store.set(_SETTING, json.dumps(kept, sort_keys=True))


def publish_weeks(store: StoreHome, tell: Callable[[], None] = lambda: None, workers: int = 1) -> None:
    """Tell the summary the officer density of the weeks that are closed and not told yet as they are.

    Like a month, a week is closed when all its days (and the one before and after, which say what was a rest) are computed and the
    fixes of five officers reach :data:`~ia_plugin.store.months.GRACE` beyond its end; one with some data purged stays as it was told.
    So while a week runs nothing of it is told, and no difference of two nights is what one officer did. What comes late,
    changed areas among it, is told cell by cell where enough officers stand behind the difference
    (:func:`~ia_plugin.core.density.week.shown_week`).

    It is computed from the stored legs, which are the same however days were grouped; officer by officer, so in any groups of them,
    and of officers whose legs did not change it stands as it was (:mod:`.week_time`).

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
    before = _kept(store)[week.monday]
    side = float(before.get("side_m") or side_of(least_ha_kept(store)))
    now = week_time(store, week, side, before.get("facts"), workers)
    with store.together("week of density"):
        if store.seen() != seen:
            return  # another program wrote meanwhile: the week waits for the next run
        kept, at = _kept(store), equals(week=week.start)
        some = at if now.cells is None else at & listed(now.cells)
        shown, behind = (_of_week(store, t, week, some) for t in (DENSITY, DENSITY_PARTS))
        tellings = before.get("tellings", int(behind["telling"].max()) + 1 if len(behind) else 0)
        table, now_behind = shown_week(now.parts, week, side, shown, behind, tellings)
        anew = len(now_behind) > len(behind)
        if anew or len(table) != len(shown):
            store.put(DENSITY.name, table, some)
            store.put(DENSITY_PARTS.name, now_behind, some)
        now.keep(store, week)
        # Cells of another side would overlap those that were told: their differences are of less ground than either.
        sides = {"side_m": side} if "side_m" in before or len(now_behind) else {}
        kept[week.monday] = {"due": False, "facts": now.facts, "tellings": tellings + anew, **sides}
        store.set(_SETTING, json.dumps(kept, sort_keys=True))


def _of_week(store: StoreHome, table: Table, week: ShiftWeek, some: Condition) -> pd.DataFrame:
    """Some rows of a week; its start, the same in all of them, is not read row by row."""
    rows = store.read(table.name, some, columns=[n for n in table.names if n != "week"])
    return rows.assign(week=week.start)[[*table.names]]


def _kept(store: StoreHome) -> dict[str, dict[str, Any]]:
    setting = store.setting(_SETTING)
    return dict(json.loads(setting)) if setting else {}
