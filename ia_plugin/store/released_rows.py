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
from ..core.sql import Sql, composed
from .published_events import events_changed

if TYPE_CHECKING:
    from .store import Store

WAITING = Table("waiting_rows", "rows of one file that wait for one word", ())
_OF = ("fixes", "postings", "events")  # tables with words of files
_HIDDEN = WITHHELD[:-1] + "%"  # those told apart ("(withheld 3fa9c2)") too


def waiting_columns(store: Store) -> list[str]:
    """The columns that have rows which wait."""
    if WAITING.name not in store.restricted.tables():
        return []
    return [name for (name,) in store.restricted.execute("SELECT DISTINCT name FROM waiting_rows")]


def release_rows(store: Store, released: Mapping[str, tuple[str, str]]) -> int:
    """Write the words that are released where rows read "(withheld)" for them.

    Parameters
    ----------
    released : (column, writing) by the mark of each word

    Returns
    -------
    How many rows were written.
    """
    package = store.restricted
    if WAITING.name not in package.tables():
        return 0
    kept = package.read(WAITING.name)
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
        package.executemany("DELETE FROM waiting_rows WHERE mark = ?", [(m,) for m in due["mark"].unique()])
    return count


def note_waiting(store: Store, source: str, rows: Iterable[tuple[str, str, Ints]]) -> None:
    """Keep which rows of a file wait: column, mark of the word and row numbers, ascending."""
    wait = [(column, mark, source[:16], as_ranges(at)) for column, mark, at in rows]
    if wait:
        table = pd.DataFrame(wait, columns=["name", "mark", "source", "rows"])
        store.restricted.append(WAITING, table, (("mark",),))


def forget_gone(store: Store) -> int:
    """Forget which rows wait where no table has them any more: a mark and a place would tell of what was removed.

    Returns
    -------
    How many runs of rows were forgotten or are shorter now.
    """
    package = store.restricted
    if WAITING.name not in package.tables():
        return 0
    kept = package.read(WAITING.name)
    _set_down(store, _references(kept))
    have = [t for t in _OF if t in package.tables() and "source_ref" in package.kinds(t)]
    there: set[str] = set()
    for table in have:
        rows = composed(
            "SELECT source_ref FROM {table} WHERE source_ref IN (SELECT ref FROM released_now)", table=table
        )
        there.update(ref for (ref,) in package.execute(rows))
    left = [
        as_ranges(np.array([row for row in of_ranges(text) if f"{source}:{row}" in there], dtype=np.int64))
        for source, text in zip(kept["source"], kept["rows"])
    ]
    changed = [
        (new, mark, source, text)
        for new, mark, source, text in zip(left, kept["mark"], kept["source"], kept["rows"])
        if new != text
    ]
    package.executemany("UPDATE waiting_rows SET rows = ? WHERE mark = ? AND source = ? AND rows = ?", changed)
    package.execute("DELETE FROM waiting_rows WHERE rows = ''")
    package.execute("DELETE FROM released_now")
    return len(changed)


def owners_of_waiting(store: Store) -> set[tuple[str, str]]:
    """(mark of a word, who has it) of the rows that wait and are there: the pseudonym of an officer, or the day of an event."""
    package = store.restricted
    if WAITING.name not in package.tables():
        return set()
    kept, owners = package.read(WAITING.name), dict[str, str]()
    _set_down(store, _references(kept))
    for table in [t for t in _OF if t in package.tables()]:
        owner = "start" if table == "events" else "officer_id"
        if not {owner, "source_ref"} <= set(package.kinds(table)):
            continue
        rows = package.read(
            table, Sql("source_ref IN (SELECT ref FROM released_now)"), (), columns=["source_ref", owner]
        )
        who = days_of(rows[owner]) if owner == "start" else rows[owner]
        owners.update((str(r), str(w)) for r, w in zip(rows["source_ref"], who) if w is not None)
    package.execute("DELETE FROM released_now")
    return {(mark, owners[ref]) for mark, rows in kept.groupby("mark") for ref in _references(rows) if ref in owners}


def _set_down(store: Store, references: Iterable[str]) -> None:
    """Set references down in a table beside the others, which SQL can ask."""
    package = store.restricted
    package.execute("CREATE TEMP TABLE IF NOT EXISTS released_now (ref TEXT PRIMARY KEY)")
    package.execute("DELETE FROM released_now")
    package.executemany("INSERT OR IGNORE INTO released_now (ref) VALUES (?)", [(r,) for r in references])


def _references(rows: pd.DataFrame) -> list[str]:
    """``source_ref`` of each row that waits."""
    return [f"{source}:{row}" for source, text in zip(rows["source"], rows["rows"]) for row in of_ranges(text)]


def _write(store: Store, column: str, written: str, references: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Write a word where rows read "(withheld)" for it; those rows, by their table."""
    package = store.restricted
    have = [t for t in _OF if t in package.tables() and {column, "source_ref"} <= set(package.kinds(t))]
    if not have:
        return {}
    _set_down(store, references)
    where = composed("source_ref IN (SELECT ref FROM released_now) AND {column} LIKE ?", column=column)
    changed = {}
    for table in have:
        found = package.read(table, where, (_HIDDEN,), columns=["time"] if table == "fixes" else ["source_ref"])
        if len(found):
            sql = composed("UPDATE {table} SET {column} = ? WHERE {where}", table=table, column=column, where=where)
            package.execute(sql, (written, _HIDDEN))
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
