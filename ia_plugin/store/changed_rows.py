"""Rows in the place of others, those left alone that stand there as they are: of a day computed anew nearly all do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from ..core.arrays import Bools
from ..core.summaries.compute import together
from ..core.times.instants import nanoseconds
from .condition import NONE, Condition, listed
from .interface import ReadHome, StoreHome

WORTH = 20_000  # rows from which writing those that differ beats writing all of them again
_MS = 1_000_000  # nanoseconds; a store keeps milliseconds


def put_changed(
    store: StoreHome,
    table: str,
    rows: pd.DataFrame,
    where: Condition,
    key: str,
    order: str,
    found: Optional[Changed] = None,
) -> pd.Index:
    """As :meth:`~.interface.StoreHome.put`: the table says the same afterwards, and where it is worth it only rows that differ were written.

    Parameters
    ----------
    key : a column that is another in every row
    order : a column by which the rows stand in an index, so that reading them sorts nothing
    found : of :func:`changed`, where that is known

    Returns
    -------
    The officers of rows that differ, each once.
    """
    few = found is None and store.count(table, where) < WORTH
    found = found or changed(store, table, rows, where, key, order)
    if few or (len(rows) and 2 * len(found.rows) > len(rows)):
        store.put(table, rows, where)
    else:
        store.put(table, found.rows, where & listed(found.gone[[key]]) if len(found.gone) else NONE)
    return found.officers


@dataclass(frozen=True)
class Changed:
    """The rows that do not stand in the store as they are, key and officer of those that go, and how many rows there are in all."""

    rows: pd.DataFrame
    gone: pd.DataFrame
    whole: int

    @property
    def officers(self) -> pd.Index:
        """Whose rows they are, each once."""
        some = [t["officer_id"] for t in (self.rows, self.gone) if len(t)]
        return pd.Index(pd.unique(pd.concat(some)) if some else [], dtype=object)

    @classmethod
    def beside(cls, parts: Sequence[Changed]) -> Changed:
        """Of several sets of rows that have none in common."""
        rows, gone = (together([getattr(p, of) for p in parts]) for of in ("rows", "gone"))
        return cls(rows, gone, sum(p.whole for p in parts))


def changed(store: ReadHome, table: str, rows: pd.DataFrame, where: Condition, key: str, order: str) -> Changed:
    """How `rows` differ from those that stand in their place; see :func:`put_changed`."""
    names = [key, "officer_id"]
    if not (len(rows) and store.has(table, where)):
        return Changed(rows, store.read(table, where, columns=names), len(rows))
    kept = store.read(table, where, order=(order,))
    same, gone = differences(rows, kept, key)
    return Changed(rows[~same].reset_index(drop=True), kept.loc[gone, names].reset_index(drop=True), len(rows))


def differences(rows: pd.DataFrame, kept: pd.DataFrame, key: str) -> tuple[Bools, Bools]:
    """(which of `rows` stand in `kept` as they are, which of `kept` do not stand in `rows`).

    Examples
    --------
    >>> kept = pd.DataFrame({"id": [1, 2, 3], "x": [0.5, 1.5, 2.5]})
    >>> same, gone = differences(pd.DataFrame({"id": [2, 3, 4], "x": [1.5, 2.0, 0.5]}), kept, "id")
    >>> same.tolist(), gone.tolist()
    ([True, False, False], [True, False, True])
    """
    index = pd.Index(kept[key])
    if not index.is_unique:
        return np.zeros(len(rows), dtype=bool), np.ones(len(kept), dtype=bool)
    at = index.get_indexer(rows[key])
    same = at >= 0
    # Rows without a partner are set beside the last one, and stay different.
    beside = kept.take(np.where(same, at, -1)) if len(kept) else kept
    for name in [*rows.columns, *(c for c in kept.columns if c not in rows.columns)] if same.any() else ():
        if name in rows.columns and name in kept.columns:
            same &= _alike(rows[name], beside[name])
        else:
            same &= (rows if name in rows.columns else beside)[name].isna().to_numpy()
    gone = np.ones(len(kept), dtype=bool)
    gone[at[same]] = False
    return same, gone


def _alike(one: pd.Series, other: pd.Series) -> Bools:
    """Whether two columns say the same, row by row; nothing is like nothing."""
    if all(isinstance(c.dtype, pd.DatetimeTZDtype) for c in (one, other)):
        return np.asarray(nanoseconds(one) // _MS == nanoseconds(other) // _MS)
    if all(isinstance(c.dtype, np.dtype) and c.dtype.kind in "iufb" for c in (one, other)):
        a, b = one.to_numpy(), other.to_numpy()
        return np.asarray((a == b) | ((a != a) & (b != b)))
    a, b = (c.astype(object).to_numpy() for c in (one, other))
    missing = pd.isna(a), pd.isna(b)
    return np.asarray(np.where(missing[0] | missing[1], missing[0] & missing[1], a == b), dtype=bool)


__all__ = ["Changed", "changed", "differences", "put_changed"]
