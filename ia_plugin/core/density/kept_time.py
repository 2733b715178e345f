"""Time by square of a week as a store keeps it, a row an officer: of late data only whose legs changed is computed anew.

A cell says what it said while nobody's time in it changed, so only the squares in which somebody's did are weighed again.
"""

from __future__ import annotations

import base64
import hashlib

import numpy as np
import pandas as pd

from ..arrays import Bools, Ints
from ..events.mappable import may_be_mapped
from .cell_time import SQUARES, DensityFacts

METHOD = "1"  # another word where square_time or home_rests say something else of the same legs
_ROW = np.dtype([("period", "i1"), ("column", "<i4"), ("row", "<i4"), ("rest", "?"), ("seconds", "<f8")])
_OF_EVENTS = (
    "kind",
    "event_id",
    "category",
    "start",
    "end",
    "time_precision",
    "location_precision",
    "x",
    "y",
    "officer_ids",
)


def packed(squares: pd.DataFrame, officers: pd.Index) -> pd.DataFrame:
    """A row an officer: ``officer_id`` and ``parts``.

    Parameters
    ----------
    squares : of :func:`~ia_plugin.core.density.cell_time.square_time`
    officers : whose it is, those who have no time in the week among them

    Examples
    --------
    >>> squares = pd.DataFrame([("p0", 3, 7, -1, False, 600.0)], columns=[*SQUARES])
    >>> rows = packed(squares, pd.Index(["p0", "p1"]))
    >>> rows["officer_id"].tolist(), unpacked(rows).equals(squares)
    (['p0', 'p1'], True)
    """
    who = officers.get_indexer(squares["officer_id"])
    order = np.argsort(who, kind="stable")
    rows = np.empty(len(squares), dtype=_ROW)
    for name in _ROW.names or ():
        rows[name] = squares[name].to_numpy()[order]
    edges = np.searchsorted(who[order], np.arange(len(officers) + 1)) * _ROW.itemsize
    raw = rows.tobytes()
    parts = [base64.b64encode(raw[a:b]).decode("ascii") for a, b in zip(edges, edges[1:])]
    return pd.DataFrame({"officer_id": officers.astype(object), "parts": np.array(parts, dtype=object)})


def unpacked(kept: pd.DataFrame) -> pd.DataFrame:
    """The squares of some rows of :func:`packed`."""
    raw = [base64.b64decode(text) for text in kept["parts"]]
    rows = np.frombuffer(b"".join(raw), dtype=_ROW)
    count = np.array([len(r) // _ROW.itemsize for r in raw], dtype=np.intp)
    found = {name: rows[name].astype(_ROW[name].newbyteorder("=")) for name in _ROW.names or ()}
    for name in ("period", "column", "row"):
        found[name] = found[name].astype(np.int64)
    return pd.DataFrame({"officer_id": np.repeat(kept["officer_id"].to_numpy(dtype=object), count), **found})


def differing(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The squares, ``column`` and ``row``, in which somebody's time, or whether it was a rest, is not the same in both."""
    both = pd.concat([before, now], ignore_index=True) if len(before) and len(now) else before if len(before) else now
    alone = both.drop_duplicates([*SQUARES], keep=False)
    return alone[["column", "row"]].drop_duplicates(ignore_index=True)


def within(squares: pd.DataFrame, some: pd.DataFrame) -> Bools:
    """Which rows lie in some squares."""
    return np.isin(_place(squares), _place(some))


def _place(squares: pd.DataFrame) -> Ints:
    """One number for column and row."""
    column, row = (squares[n].to_numpy(dtype=np.int64) for n in ("column", "row"))
    return np.asarray((row << 32) + (column & 0xFFFFFFFF))


def facts_mark(facts: DensityFacts, sites: str) -> str:
    """Another word where what is left out of density is not the same: sites, sensitive events and who was at them.

    Parameters
    ----------
    sites : another word where the sites are not the same
    """
    found = [METHOD, repr(float(facts.side_m)), repr(facts.activity), sites]
    if facts.events is not None and len(facts.events):
        events = facts.events[~may_be_mapped(facts.events)]
        found += _lines(events, _OF_EVENTS)
        if facts.event_officers is not None and len(facts.event_officers):
            pairs = facts.event_officers.merge(events[["kind", "event_id"]].drop_duplicates(), on=["kind", "event_id"])
            found += _lines(pairs, ("kind", "event_id", "officer_id"))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _lines(table: pd.DataFrame, names: tuple[str, ...]) -> list[str]:
    """Rows in words, in no order but their own."""
    columns = [table[n].astype(str) for n in names if n in table.columns]
    return sorted("|".join(row) for row in zip(*columns))


__all__ = ["METHOD", "differing", "facts_mark", "packed", "unpacked", "within"]
