"""Cells by unit of a shared store: asked for with a purpose that is committed, then read by who asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from ...core.columns import TABLES
from ...core.empty import empty_table
from ...core.filter_state import FilterState
from .asked import TYPES, asked_rows
from .home import PostgisStore


def cells_asked(
    target: str, tables: Mapping[str, str], periods: Sequence[FilterState], purpose: str, words: str, version: str
) -> dict[str, pd.DataFrame]:
    """The restricted cells of some periods, by the summary's name of each table.

    Parameters
    ----------
    tables : name in the summary -> name of its restricted cells
    purpose, words : of the force's list, and what is stated beyond it

    Raises
    ------
    StoreError
        where the login is no inspector's, or the look cannot be recorded: then nothing is read.
    """
    with PostgisStore(target) as shared:
        filters = json.dumps([p.as_dict() for p in periods], default=str)
        shared.db.execute("SELECT ia_journeys.ask_cells(%s, %s, %s::jsonb, %s)", (purpose, words, filters, version))
        return {name: _cells(shared, table, periods) for name, table in tables.items()}


def _cells(shared: PostgisStore, table: str, periods: Sequence[FilterState]) -> pd.DataFrame:
    known = TABLES[table]
    types = {c.name: TYPES[c.kind] for c in known.columns}
    parts = []
    for period in periods:
        edges = [None if e is None else pd.Timestamp(e) for e in period.edges()]
        parts.append(asked_rows(shared, table, edges, types, known))
    some = [part for part in parts if len(part)]
    return pd.concat(some, ignore_index=True).drop_duplicates(ignore_index=True) if some else empty_table(known)


__all__ = ["cells_asked"]
