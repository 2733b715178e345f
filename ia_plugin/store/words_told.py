"""Rows of a store that read "(withheld)" until their word is released: which they are, and how they are told then.

A row waits by the keyed digest of its word and its place in its file, in ``restricted.gpkg``: the word itself rests nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..core.arrays import Ints
from ..core.columns import Table
from ..core.imports.words import WITHHELD
from ..core.sql import composed
from .published_events import events_changed

if TYPE_CHECKING:
    from ..core.imports.word_recurrence import RecurringWords
    from .store import Store
    from .words_before import StoreWords

WAITING = Table("waiting_rows", "rows of one file that wait for one word", ())
_OF = ("fixes", "postings", "events")  # tables with words of files
_HIDDEN = WITHHELD[:-1] + "%"  # those told apart ("(withheld 3fa9c2)") too


def told_rows(before: StoreWords, words: RecurringWords, source: str) -> int:
    """Tell the rows of earlier files whose word is released now, and note those of this one that wait; the rows told."""
    store, package = before.store, before.store.restricted
    told = 0
    if WAITING.name in package.tables():
        kept = package.read(WAITING.name)
        released = before.released_now(words, kept["name"].unique())
        due = kept[kept["mark"].isin(released)]
        for mark, rows in due.groupby("mark"):
            column, written = released[str(mark)]
            told += _tell(store, column, written, _references(rows))
        if len(due):
            package.executemany("DELETE FROM waiting_rows WHERE mark = ?", [(m,) for m in due["mark"].unique()])
    if source:
        wait = [(c, before.mark(c, w), source[:16], as_ranges(at)) for c, w, at in words.rows_waiting()]
        if wait:
            table = pd.DataFrame(wait, columns=["name", "mark", "source", "rows"])
            package.append(WAITING, table, (("mark",),))
    return told


def _references(rows: pd.DataFrame) -> list[str]:
    """``source_ref`` of each row that waits."""
    return [f"{source}:{row}" for source, text in zip(rows["source"], rows["rows"]) for row in of_ranges(text)]


def _tell(store: Store, column: str, written: str, references: Iterable[str]) -> int:
    """Write a word where rows read "(withheld)" for it; what follows from it becomes due."""
    package = store.restricted
    have = [t for t in _OF if t in package.tables() and {column, "source_ref"} <= set(package.kinds(t))]
    if not have:
        return 0
    package.execute("CREATE TEMP TABLE IF NOT EXISTS told_now (ref TEXT PRIMARY KEY)")
    package.execute("DELETE FROM told_now")
    package.executemany("INSERT OR IGNORE INTO told_now (ref) VALUES (?)", [(r,) for r in references])
    where, told = composed("source_ref IN (SELECT ref FROM told_now) AND {column} LIKE ?", column=column), 0
    for table in have:
        found = package.read(table, where, (_HIDDEN,), columns=["time"] if table == "fixes" else ["source_ref"])
        if not len(found):
            continue
        told += len(found)
        sql = composed("UPDATE {table} SET {column} = ? WHERE {where}", table=table, column=column, where=where)
        package.execute(sql, (written, _HIDDEN))
        if table == "fixes":
            store.mark_dirty(found["time"])
        elif table == "postings":
            store.post_fixes()
        else:
            events_changed(store)
    return told


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


__all__ = ["as_ranges", "of_ranges", "told_rows"]
