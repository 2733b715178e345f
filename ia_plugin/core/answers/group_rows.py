"""Hours and shares by group, as page tables: a row a group, a column for Impact Areas, comparison areas and the rest of the force."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Optional

import pandas as pd

from ..activity.rules import ACTIVITY_WORDS, PRINTED
from ..columns import ALL
from ..html_page import PageTable
from ..suppression import OTHER
from ..words import DASH, MODE_WORDS, mode_share, number, share
from .page_tables import PLACES
from .splits import activity_share

KINDS = {"crime": "crimes", "incident": "incidents"}
Cell = Callable[[Mapping[Hashable, Any]], str]


def resources_rows(table: pd.DataFrame, dimension: str, base: int = 0) -> Optional[PageTable]:
    """Hours by unit, department, role or resource type with their share; by name, "other" last. None where nothing is told.

    Parameters
    ----------
    table : of :func:`~.resources_table.resources_table`
    dimension : one of its own
    base : what the hours are rounded to, 0 for nothing
    """
    own = table[table["dimension"] == dimension]
    groups = sorted(own["value"].unique(), key=lambda v: (v == OTHER, v))
    names = {v: str(v).replace("_", " ") if dimension == "resource_type" else str(v) for v in groups}
    return _pivoted(
        own, "value", names, lambda r: _hours_and_share(r, share(r["share_percent"], base), base), "hours (share)"
    )


def activities_rows(table: pd.DataFrame, base: int = 0) -> Optional[PageTable]:
    """Hours by what they are linked to with their share, not known first; `table` of :func:`~.splits.activities_table`."""
    names = {a: ACTIVITY_WORDS[a] for a in PRINTED}
    return _pivoted(
        table, "activity", names, lambda r: _hours_and_share(r, activity_share(r, base), base), "hours (share)"
    )


def modes_rows(table: pd.DataFrame, base: int = 0) -> Optional[PageTable]:
    """The share of each way of moving with its likely range, not known first; `table` of :func:`~.splits.modes_table`."""
    rows = [
        {"place": r["place"], "name": r["name"], "mode": m, "said": _mode(r, m, base)}
        for r in table.to_dict("records")
        for m in MODE_WORDS
        if f"{m}_percent" in r
    ]
    long = pd.DataFrame(rows, columns=["place", "name", "mode", "said"])
    return _pivoted(long, "mode", MODE_WORDS, lambda r: str(r["said"]), "share")


def happened_rows(table: pd.DataFrame, base: int = 0) -> Optional[PageTable]:
    """Crimes and incidents by category with their rate per km²; `table` of :func:`~.event_tables.events_table`.

    Parameters
    ----------
    base : what the counts are rounded to, 0 for nothing
    """
    if not len(table):
        return None
    own = table[table["by"] == "category"].assign(what=lambda t: t["kind"] + "/" + t["group"])
    pairs = own[["kind", "group", "what"]].drop_duplicates().sort_values(["kind", "group"])
    names = {
        w: f"All {KINDS[k]}" if g == ALL else str(g) for k, g, w in zip(pairs["kind"], pairs["group"], pairs["what"])
    }
    return _pivoted(own, "what", names, lambda r: _count_and_rate(r, base), "events (per km²)")


def _count_and_rate(row: Mapping[Hashable, Any], base: int) -> str:
    rate = row["per_km2"]
    return number(row["events"], "", base) + (f" ({number(rate, 'per km²')})" if pd.notna(rate) else "")


def _mode(row: Mapping[Hashable, Any], mode: str, base: int) -> str:
    percent, low, high = (row.get(f"{mode}_percent{end}") for end in ("", "_low", "_high"))
    return mode_share(percent, low, high, base=base) if pd.notna(percent) else DASH


def _hours_and_share(row: Mapping[Hashable, Any], part: str, base: int) -> str:
    hours = row["officer_hours"]
    return f"{number(hours, 'h', base)} ({part})" if pd.notna(hours) else DASH


def _pivoted(table: pd.DataFrame, by: str, names: Mapping[str, str], cell: Cell, what: str) -> Optional[PageTable]:
    """A row a group in the order of `names`; a dash where a place has none of it."""
    there = [p for p in PLACES if (table["place"] == p).any()]
    if not there:
        return None
    said = {(r["place"], r[by]): cell(r) for r in table[table["place"].isin(there)].to_dict("records")}
    title = {p: str(table.loc[table["place"] == p, "name"].iloc[0]) for p in there}
    rows = [
        [names[group], *(said.get((p, group), DASH) for p in there)]
        for group in names
        if any((p, group) in said for p in there)
    ]
    return PageTable.of(["", *(f"{title[p]}, {what}" for p in there)], rows)


__all__ = ["KINDS", "activities_rows", "happened_rows", "modes_rows", "resources_rows"]
