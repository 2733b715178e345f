"""Officer time by unit, department, role and resource type of closed months, as the summary tells it: first, and with late data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

import pandas as pd

from ..core.areas import role_label, with_roles
from ..core.columns import GROUP_PARTS, GROUP_TIME, VISIT_BANDS, Table
from ..core.group_time.late import late_may_be_shown, late_time
from ..core.group_time.month import group_month, renewed
from ..core.summaries.publish import renewed_bands, visit_bands
from ..core.summaries.zones import grounds
from ..core.suppression import LEAST
from ..core.times.civil import moment_of
from .areas_mark import areas_mark
from .condition import Condition, between, compared, equals
from .tables import PURGED

if TYPE_CHECKING:
    from ..core.summaries.compute import Span
    from .interface import StoreHome

GRACE = pd.Timedelta("3D")  # so far beyond a month's end must the fixes reach: extracts come late
_SETTING = "months"  # month -> whether something of it changed since it was told ("due"), and for which areas it was


def months_changed(store: StoreHome, days: Iterable[str]) -> None:
    """Note the months of some days that were computed, within the change that writes them."""
    kept = _kept(store)
    for month in {day[:7] for day in days}:
        kept[month] = {**kept.get(month, {}), "due": True}
    store.set(_SETTING, json.dumps(kept, sort_keys=True))


def publish_months(store: StoreHome, areas: pd.DataFrame) -> None:
    """Tell the summary of the months that are closed and not told yet as they are.

    A civil month is closed when all its days are computed and the fixes of five officers reach :data:`GRACE` beyond its end: one
    whose radio has a wrong clock closes none. Once told it keeps its labels and blocks of hours, and late data waits until it tells
    of no few officers itself; other areas tell it anew. Visits by length follow with it, of the areas to which five officers came
    late.
    """
    seen, kept = store.seen(), _kept(store)
    waiting = {day[:7] for day in store.dirty_days()}
    due = [m for m in sorted(kept) if kept[m].get("due") and m not in waiting]
    if not due or not len(areas) or not store.has("fixes"):
        return
    mark, purged = areas_mark(areas), store.setting(PURGED)
    for month in due:
        span = edges_of_month(month, store.timezone)
        whole = purged is None or span[0] >= pd.Timestamp(purged)
        if whole and reached(store, span[1] + GRACE):
            _publish(store, month, span, areas, mark, seen)


def reached(store: StoreHome, moment: pd.Timestamp) -> bool:
    """Whether there are fixes of enough officers at or after a moment."""
    later = compared("time", ">=", moment)
    # Whether there is any comes out of the index of times; for a few officers a home may look through all fixes.
    return store.has("fixes", later) and len(store.distinct("fixes", ["officer_id"], later, most=LEAST)) >= LEAST


def _publish(store: StoreHome, month: str, span: Span, areas: pd.DataFrame, mark: str, seen: tuple[int, int]) -> None:
    at = equals(month=span[0])
    with store.together("month by unit"):
        if store.seen() != seen:
            return  # another program wrote meanwhile: the month waits for the next run
        kept = _kept(store)
        there = store.read("officer_time", between("period", span))
        lengths = store.read("visit_lengths_by_group", between("period", span))
        same = kept[month].get("areas") == mark
        before = ClosedMonth(*(_rows(store, t, at) for t in (GROUP_TIME, VISIT_BANDS, GROUP_PARTS))) if same else None
        found = closed_month(there, lengths, roles_of(areas), span[0], store.timezone, before)
        if found is not None:
            store.put("visit_bands", found.bands, at)
            store.put("group_time", found.table, at)
            store.put("group_parts", found.parts, at)
        kept[month] = {"due": False, "areas": mark}
        store.set(_SETTING, json.dumps(kept, sort_keys=True))


def _rows(store: StoreHome, table: Table, at: Condition) -> pd.DataFrame:
    return store.read(table.name, at).reset_index(drop=True).reindex(columns=[*table.names])


@dataclass(frozen=True)
class ClosedMonth:
    """A closed month as the summary tells it: the rows of group_time and visit_bands, and the time behind them, which is restricted."""

    table: pd.DataFrame
    bands: pd.DataFrame
    parts: pd.DataFrame


def closed_month(
    there: pd.DataFrame,
    lengths: pd.DataFrame,
    roles: tuple[dict[str, str], list[str]],
    month: pd.Timestamp,
    timezone: str,
    before: Optional[ClosedMonth] = None,
) -> Optional[ClosedMonth]:
    """A month for the first time, or with what came late; None where that may not be told and waits for more.

    Parameters
    ----------
    there, lengths : officer_time and visit_lengths_by_group of the month
    roles : of :func:`roles_of`
    month : its first moment
    before : as it was told last, for the same areas
    """
    if before is None:
        role_of, shared = roles
        table, bands = group_month(there, role_of, shared, timezone=timezone).table, visit_bands(lengths, there, month)
    else:
        table, parts = before.table, before.parts
        if not (len(table) and len(there) and len(parts)):
            return None
        if not late_may_be_shown(table, parts, there, *roles, timezone=timezone):
            return None
        bands = renewed_bands(before.bands, lengths, there, late_time(parts, there), month)
        table = renewed(table, there, timezone=timezone)
    kept = there.reindex(columns=[n for n in GROUP_PARTS.names if n != "month"])
    return ClosedMonth(table, bands, kept.assign(month=month))


def roles_of(areas: pd.DataFrame) -> tuple[dict[str, str], list[str]]:
    """(area id -> role label of the areas that count, ids of those that share ground with others or change their role)."""
    ready, _ = with_roles(areas)
    ready = ready[ready["role"] != "site"]
    pieces = grounds(areas).pieces
    own = pieces[pieces["label"].notna() & ~pieces["site"].astype(bool)]
    shared = set(own.loc[own["part"].isna(), "label"].astype(str))
    labels = ready["role"].map(role_label)
    roles = labels.groupby(ready["area_id"].astype(str)).nunique()
    shared |= set(roles.index[roles > 1])
    return dict(zip(ready["area_id"].astype(str), labels)), sorted(shared)


def edges_of_month(month: str, timezone: str) -> Span:
    """The first moment of a civil month, and of the next."""
    first = pd.Timestamp(f"{month}-01")
    return moment_of(first, timezone), moment_of(first + pd.offsets.MonthBegin(1), timezone)


def _kept(store: StoreHome) -> dict[str, dict[str, Any]]:
    setting = store.setting(_SETTING)
    return dict(json.loads(setting)) if setting else {}
