"""Areas of an analyst's own in a shared store: asked for as blocks, read as the published tables that the loader's refresh computed."""

from __future__ import annotations

import json

import pandas as pd

from ...core.columns import TABLES
from ...core.disclosure.blocks import Blocks
from ...core.errors import StoreError
from ...core.times.instants import instants
from .home import PostgisStore


def asked_own_area(target: str, blocks: Blocks, hectares: float, version: str) -> dict[str, pd.DataFrame]:
    """The published tables of some blocks, as the last refresh computed them; the look-up is recorded before they are read.

    Raises
    ------
    StoreError
        where no refresh has computed them yet: they are asked for from now on; and for those that the loader refused.
    """
    with PostgisStore(target) as shared:
        sql = "SELECT ia_records.ask_own_area(%s, %s, %s, %s)"
        number = shared.db.execute(sql, (blocks.side_m, blocks.text, hectares, version))[0][0]
        computed, refused, tables = shared.db.execute("SELECT * FROM ia_records.own_area(%s)", (number,))[0]
    if refused:
        raise StoreError(str(refused), "Draw another area.")
    if computed is None:
        raise StoreError(
            "The figures of this area are not computed yet: in a shared store the machine's account that loads it does that.",
            "They were asked for: draw the same area again after the next Daily refresh.",
        )
    found = json.loads(tables) if isinstance(tables, str) else tables
    return {name: _table(name, columns) for name, columns in found.items()}


def _table(name: str, columns: dict[str, list[object]]) -> pd.DataFrame:
    kinds = {c.name: c.kind for c in TABLES[name].columns}
    table = pd.DataFrame({n: pd.Series(values, dtype=None if values else object) for n, values in columns.items()})
    for moment in (n for n, kind in kinds.items() if kind == "time" and n in table.columns):
        table[moment] = instants(table[moment].to_numpy(dtype="int64"))
    for real in (n for n, kind in kinds.items() if kind == "float" and n in table.columns):
        table[real] = table[real].astype("float64")
    return table


__all__ = ["asked_own_area"]
