"""Changes of both files of a store that count as one, whenever the process ends.

An operation that touches both writes down in ``restricted.gpkg`` what it will do to ``summary.gpkg``, in the one transaction
of what it does to the restricted file itself: that transaction is the operation. What is written down is then done, in one
transaction of the summary that notes the operation's number, and crossed out. Where the process ends in between, or the
summary cannot be written, the next opening does what is left; the number says whether it was done already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Optional

import numpy as np
import pandas as pd

from ..core.columns import TABLES, refuse_personal
from ..core.errors import ImpactAreaError, StoreError
from ..core.sql import Sql, composed
from ..gpkg.bulk_writer import BATCH
from ..gpkg.frames import from_bytes, to_bytes
from ..gpkg.geopackage import GeoPackage
from ..gpkg.values import time_text
from .marks import OPERATION, STORE, has_table, marks_of, operation_of, set_marks
from .tables import INDEXES, RESTRICTED, SUMMARY

_TABLE = "intents"
_LAY_OUT = (
    "CREATE TABLE IF NOT EXISTS intents (step INTEGER PRIMARY KEY, operation INTEGER NOT NULL, what TEXT NOT NULL, "
    "verb TEXT NOT NULL, facts TEXT NOT NULL, rows BLOB)"
)
_APPEND, _DELETE, _UPDATE, _DROP, _VACUUM = "append", "delete", "update", "drop", "vacuum"


def lay_out_intents(restricted: GeoPackage) -> None:
    """The table that operations are written down in; no layer for anybody, so it is in no contents."""
    restricted.execute(_LAY_OUT)


def unfinished(restricted: GeoPackage) -> list[str]:
    """What the operations are called that are written down and not done yet, in their order."""
    return [what for _, what in _operations(restricted)]


def disagreement(restricted: GeoPackage, summary: GeoPackage) -> str:
    """Why two marked files are not the two halves of one store at one time; "" where they are, or will be once settled."""
    ours, theirs = marks_of(restricted), marks_of(summary)
    if ours.get(STORE) != theirs.get(STORE):
        return f"{SUMMARY} is not the one that belongs to {RESTRICTED}."
    last, done = operation_of(restricted), operation_of(summary)
    waiting = [operation for operation, _ in _operations(restricted)]
    first = waiting[0] if waiting else last + 1
    if first - 1 <= done <= last:
        return ""
    older = SUMMARY if done < last else RESTRICTED
    return f"{RESTRICTED} knows {last} operations and {SUMMARY} {done}: {older} is an older copy."


def _operations(restricted: GeoPackage) -> list[tuple[int, str]]:
    """(number, what it is called) of each operation that waits, in their order."""
    if not has_table(restricted, _TABLE):
        return []
    rows = restricted.execute("SELECT operation, what FROM intents GROUP BY operation ORDER BY operation")
    return [(int(operation), str(what)) for operation, what in rows]


class Intent:
    """What one operation will do once its transaction is through; see :meth:`~ia_plugin.store.store.Store.together`."""

    def __init__(self, restricted: GeoPackage, summary: GeoPackage, what: str) -> None:
        self._restricted, self._summary, self._what = restricted, summary, what
        self._number = 0

    def put(self, table: str, rows: pd.DataFrame, where: str = "0", values: Sequence[object] = ()) -> None:
        """Rows of the summary in the place of those that `where` names (SQL, with ``?``); by default beside what is there."""
        self._summary.check(map(str, rows.columns), table)
        if where != "0":
            self._note(_DELETE, {"table": table, "where": where, "values": [_plain(v) for v in values]})
        kinds = {c.name: c.kind for c in TABLES[table].columns} if table in TABLES else {}
        for start in range(0, len(rows), BATCH):
            self._note(_APPEND, {"table": table}, to_bytes(rows.iloc[start : start + BATCH], kinds))

    def update(self, table: str, values: Mapping[str, str], keys: pd.DataFrame) -> None:
        """Columns of the summary's rows that are those of `keys`, by all of its columns, get `values`."""
        self._summary.check([*values, *map(str, keys.columns)], table)
        if len(keys):
            self._note(_UPDATE, {"table": table, "values": dict(values)}, to_bytes(keys.reset_index(drop=True), {}))

    def drop(self, table: str) -> None:
        """A table of the summary is there no more."""
        self._note(_DROP, {"table": table})

    def vacuum(self) -> None:
        """Nothing of what the operation removes may be left in the restricted file's free room."""
        self._note(_VACUUM, {})

    def _note(self, verb: str, facts: Mapping[str, object], rows: Optional[bytes] = None) -> None:
        if not self._number:
            self._number = operation_of(self._restricted) + 1
            set_marks(self._restricted, **{OPERATION: str(self._number)})
        self._restricted.execute(
            "INSERT INTO intents (operation, what, verb, facts, rows) VALUES (?, ?, ?, ?, ?)",
            (self._number, self._what, verb, json.dumps(facts), rows),
        )


class Intents:
    """The operations of a store that are written down and not done yet."""

    def __init__(self, restricted: GeoPackage, summary: GeoPackage) -> None:
        self._restricted, self._summary = restricted, summary

    def settle(self) -> None:
        """Do what is left to do; nothing where nothing is.

        Raises
        ------
        StoreError
            where a file cannot be written: what is written down stays, and is done at the next opening.
        """
        if unfinished(self._restricted):
            with self._restricted.transaction():
                self.settle_summary()

    def overwrite(self) -> None:
        """Leave nothing of what purges removed in the restricted file's free room, where that is still to do.

        Raises
        ------
        StoreError
            where another program reads the file, or there is no room: it stays to be done.
        """
        if not self._waits(f"verb = '{_VACUUM}'"):
            return
        try:
            self._restricted.vacuum()
        except StoreError as error:
            raise StoreError(
                f"What was removed is out of the tables, and may still stand in the free room of {RESTRICTED}: {error.message}",
                f"{error.remedy} The next run that opens the store overwrites it.",
            ) from error
        with self._restricted.transaction():
            self._restricted.execute("DELETE FROM intents WHERE verb = ?", (_VACUUM,))

    def _waits(self, condition: str) -> bool:
        where = composed("SELECT 1 FROM intents WHERE {condition} LIMIT 1", condition=Sql(condition))
        return has_table(self._restricted, _TABLE) and bool(self._restricted.execute(where))

    def settle_summary(self) -> bool:
        """What is left to do in the summary, within a transaction of the restricted file: nobody else does it meanwhile.

        Whether there was anything.
        """
        last, done = operation_of(self._restricted), operation_of(self._summary)
        reason = disagreement(self._restricted, self._summary)
        if reason:
            raise StoreError(reason, "Put both files back from one backup.")
        if last == done and not self._waits(f"verb <> '{_VACUUM}'"):
            return False
        steps = self._restricted.execute("SELECT operation, what, verb, facts, rows FROM intents ORDER BY step")
        try:
            with self._summary.transaction():
                for operation, _, verb, facts, rows in steps:
                    if operation > done and verb != _VACUUM:
                        self._do(verb, json.loads(facts), from_bytes(rows) if rows else None)
                set_marks(self._summary, **{OPERATION: str(last)})
        except ImpactAreaError as error:
            what = ", ".join(dict.fromkeys(str(what) for _, what, *_ in steps))
            raise StoreError(
                f"The {what} is in {RESTRICTED}, and {SUMMARY} does not show it yet: {error.message}",
                f"{error.remedy} Nothing is lost: the next run that opens the store finishes it.",
            ) from error
        self._restricted.execute("DELETE FROM intents WHERE verb <> ?", (_VACUUM,))
        return True

    def _do(self, verb: str, facts: Mapping[str, object], rows: Optional[pd.DataFrame]) -> None:
        table = str(facts["table"])
        if verb == _DELETE:
            self._summary.delete(table, str(facts["where"]), [*_listed(facts["values"])])
        elif verb == _DROP:
            self._summary.drop(table)
        elif verb == _APPEND and rows is not None:
            self._summary.append(table, rows, INDEXES.get(table, ()))
        elif verb == _UPDATE and rows is not None and table in self._summary.tables():
            values = facts["values"]
            assert isinstance(values, dict)
            sql = composed(
                "UPDATE {table} SET {values} WHERE {keys}",
                table=table,
                values=[composed("{c} = ?", c=c) for c in values],
                keys=Sql(" AND ".join(composed("{c} = ?", c=c) for c in rows.columns)),
            )
            keys = rows.to_numpy(dtype=object).tolist()
            self._summary.executemany(sql, ([*values.values(), *key] for key in keys))


def finish(folder: Path) -> None:
    """Bring the two files of a folder to one state, for who reads both; without a key, for nothing new is written.

    Raises
    ------
    StoreError
        where an operation was interrupted and cannot be finished here.
    """
    with GeoPackage(folder / RESTRICTED, create=False) as restricted:
        left = unfinished(restricted)
        if not left:
            return
        with GeoPackage(folder / SUMMARY, create=False, check=refuse_personal) as summary:
            if not (restricted.may_write and summary.may_write):
                raise StoreError(
                    f"The store is being brought up to date ({', '.join(left)}): its two files do not agree yet.",
                    "Wait until that has finished; if it was interrupted, the next Daily refresh finishes it.",
                )
            Intents(restricted, summary).settle()


def _plain(value: object) -> object:
    if isinstance(value, (pd.Timestamp, np.datetime64)):
        return time_text(pd.Timestamp(value))
    return value.item() if isinstance(value, np.generic) else value


def _listed(values: object) -> list[object]:
    return list(values) if isinstance(values, (list, tuple)) else []
