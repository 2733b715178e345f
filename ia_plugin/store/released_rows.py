"""Rows of a store that read "(withheld)" until their word is released: which they are, and how they are written then.

A row waits by the keyed digest of its word and its place in its file, in ``restricted.gpkg``: the word itself rests nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..core.arrays import Ints
from ..core.columns import Table
from ..core.events.word_days import days_of
from ..core.imports.words import WITHHELD
from .condition import ALL, Condition, begins, listed
from .published_events import events_changed

if TYPE_CHECKING:
    from .interface import StoreHome

WAITING = Table("waiting_rows", "rows of one file that wait for one word", ())
_OF = ("fixes", "postings", "events")  # tables with words of files
_HIDDEN = WITHHELD[:-1]  # those told apart ("(withheld 3fa9c2)") too


def waiting_columns(store: StoreHome) -> list[str]:
    """The columns that have rows which wait."""
    return [str(name) for (name,) in store.distinct(WAITING.name, ["name"])]


def release_rows(store: StoreHome, released: Mapping[str, tuple[str, str]]) -> int:
    """Write the words that are released where rows read "(withheld)" for them.

    Parameters
    ----------
    released : (column, writing) by the mark of each word

    Returns
    -------
    How many rows were written.
    """
    if not store.has(WAITING.name):
        return 0
    kept = store.read(WAITING.name)
    due, count, written_to = kept[kept["mark"].isin(released)], 0, set[str]()
    for mark, rows in due.groupby("mark"):
        column, written = released[str(mark)]
        for table, found in _write(store, column, written, _references(rows)).items():
            count += len(found)
            written_to.add(table)
            if table == "fixes":
                store.mark_dirty(found["time"])
    if "postings" in written_to:
        store.post_fixes()
    if "events" in written_to:
        events_changed(store)
    if len(due):
        store.remove(WAITING.name, listed(due[["mark"]].drop_duplicates()))
    return count


def note_waiting(store: StoreHome, source: str, rows: Iterable[tuple[str, str, Ints]]) -> None:
    """Keep which rows of a file wait: column, mark of the word and row numbers, ascending."""
    wait = [(column, mark, source[:16], as_ranges(at)) for column, mark, at in rows]
    if wait:
        table = pd.DataFrame(wait, columns=["name", "mark", "source", "rows"])
        store.append(WAITING, table)


def forget_gone(store: StoreHome) -> int:
    """Forget which rows wait where no table has them any more: a mark and a place would tell of what was removed.

    Returns
    -------
    How many runs of rows were forgotten or are shorter now.
    """
    if not store.has(WAITING.name):
        return 0
    kept = store.read(WAITING.name)
    at, there = _at(_references(kept)), set[str]()
    for table in [t for t in _OF if "source_ref" in store.columns(t)]:
        there.update(str(ref) for (ref,) in store.distinct(table, ["source_ref"], at))
    left = [
        as_ranges(np.array([row for row in of_ranges(text) if f"{source}:{row}" in there], dtype=np.int64))
        for source, text in zip(kept["source"], kept["rows"])
    ]
    changed = sum(str(new) != str(text) for new, text in zip(left, kept["rows"]))
    if changed:
        store.remove(WAITING.name, ALL)
        now = kept.assign(rows=left)
        store.append(WAITING, now[now["rows"] != ""].reset_index(drop=True))
    return changed


def owners_of_waiting(store: StoreHome) -> set[tuple[str, str]]:
    """(mark of a word, who has it) of the rows that wait and are there: the pseudonym of an officer, or the day of an event."""
    if not store.has(WAITING.name):
        return set()
    kept, owners = store.read(WAITING.name), dict[str, str]()
    at = _at(_references(kept))
    for table in _OF:
        owner = "start" if table == "events" else "officer_id"
        if not {owner, "source_ref"} <= set(store.columns(table)):
            continue
        rows = store.read(table, at, columns=["source_ref", owner])
        who = days_of(rows[owner]) if owner == "start" else rows[owner]
        owners.update((str(r), str(w)) for r, w in zip(rows["source_ref"], who) if w is not None)
    return {(mark, owners[ref]) for mark, rows in kept.groupby("mark") for ref in _references(rows) if ref in owners}


def _at(references: Iterable[str]) -> Condition:
    """Rows that are at some places in files."""
    return listed(pd.DataFrame({"source_ref": sorted(set(references))}, dtype=object))


def _references(rows: pd.DataFrame) -> list[str]:
    """``source_ref`` of each row that waits."""
    return [f"{source}:{row}" for source, text in zip(rows["source"], rows["rows"]) for row in of_ranges(text)]


def _write(store: StoreHome, column: str, written: str, references: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Write a word where rows read "(withheld)" for it; those rows, by their table."""
    where, changed = _at(references) & begins(column, _HIDDEN), {}
    for table in [t for t in _OF if {column, "source_ref"} <= set(store.columns(t))]:
        found = store.read(table, where, columns=["time"] if table == "fixes" else ["source_ref"])
        if len(found):
            store.update(table, {column: written}, where)
            changed[table] = found
    return changed


def as_ranges(rows: Ints) -> str:
    """Ascending numbers as runs.

    >>> as_ranges(np.array([2, 3, 4, 9]))
    '2-4 9'
    """
    if not len(rows):
        return ""
    breaks = np.flatnonzero(np.diff(rows) != 1)
    first, last = rows[np.r_[0, breaks + 1]], rows[np.r_[breaks, len(rows) - 1]]
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(first, last))


def of_ranges(text: str) -> list[int]:
    """The numbers of :func:`as_ranges`.

    >>> of_ranges("2-4 9")
    [2, 3, 4, 9]
    """
    ends = [part.split("-") for part in text.split()]
    return [row for e in ends for row in range(int(e[0]), int(e[-1]) + 1)]


__all__ = [
    "as_ranges",
    "forget_gone",
    "note_waiting",
    "of_ranges",
    "owners_of_waiting",
    "release_rows",
    "waiting_columns",
]
