"""The force's store: two GeoPackages, so that the permissions of folders can hold the line between them.

``restricted.gpkg`` holds what tells of single officers, ``summary.gpkg`` nothing that does: a column marked personal in
the data dictionary is refused there, whatever table it comes in. Each import is all of a file or nothing of it, in
both files, whatever happens meanwhile (:mod:`.intents`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, Callable, Optional

import numpy as np
import pandas as pd

from ..core.columns import TABLES
from ..core.errors import AlreadyStored
from ..core.imports.accounts import Account
from ..core.sql import composed
from ..core.times.civil import pandas_zone
from ..gpkg.bulk_writer import BulkWriter
from .audit import add_run
from .days_near import days_near
from .interface import StoreHome
from .local_time import with_local_time
from .rows import StoreRows
from .source_row import source_row
from .tables import INDEXES, RESTRICTED, SUMMARY, SUMMARY_TABLES

__all__ = ["INDEXES", "RESTRICTED", "SUMMARY", "SUMMARY_TABLES", "Importing", "Store", "days_near"]


class Store(StoreRows):
    """An open store, for its tables; how it is opened, and what forbids it, says :class:`~ia_plugin.store.files.StoreFiles`."""

    def has_source(self, mark: str) -> bool:
        """Whether a file of this content was imported already."""
        if "sources" not in self.restricted.tables():
            return False
        return bool(self.restricted.execute("SELECT 1 FROM sources WHERE hash = ?", (mark,)))

    # --- imports ------------------------------------------------------------------------------------------------------

    @contextmanager
    def importing(self, account: Account, mark: str, at: pd.Timestamp) -> Iterator[Importing]:
        """One file's import: all of the block, its source, its rejects and the days it touches, or nothing.

        Raises
        ------
        AlreadyStored
            where its content is there.
        """
        with self.together(f"import of {account.kind}"):
            if self.has_source(mark):
                raise AlreadyStored(f"{account.name!r} is in the store already.", "Nothing was done.")
            part = Importing(self)
            yield part
            part.finish()
            self.restricted.append("sources", source_row(account, mark, at), INDEXES["sources"])

    def add_run(self, row: pd.DataFrame) -> None:
        add_run(self.restricted, row)

    def drop_off_duty(self) -> int:
        """Remove stored fixes of officers with duties that fall outside them, within the civil days the duties cover."""
        if not (self.count("duties") and self.count("fixes")):
            return 0
        edges = self.restricted.execute('SELECT min(start), max("end") FROM duties')[0]
        first, last = (pd.Timestamp(e).tz_convert(pandas_zone(self.timezone)).normalize() for e in edges)
        first, last = first.tz_convert("UTC"), (last + pd.DateOffset(days=1)).tz_convert("UTC")
        where = (
            "time >= ? AND time < ? AND officer_id IN (SELECT officer_id FROM duties) AND NOT EXISTS (SELECT 1 FROM duties d "
            'WHERE d.officer_id = fixes.officer_id AND d.start <= fixes.time AND fixes.time < d."end")'
        )
        with self.restricted.transaction():
            gone = self.restricted.read("fixes", where, (first, last), columns=["time"])
            self.mark_dirty(gone["time"])
            return self.restricted.delete("fixes", where, (first, last))

    def post_fixes(self) -> int:
        """Give stored fixes the unit and resource type of their posting; how many are of no known unit."""
        if not self.count("fixes"):
            return 0
        have = self.restricted.kinds("fixes")
        with self.restricted.transaction():
            for column in ("unit", "resource_type"):
                if column not in have:
                    self.restricted.execute(composed("ALTER TABLE fixes ADD COLUMN {column} TEXT", column=column))
            sql = (
                "UPDATE fixes SET unit = ifnull(?, unit), resource_type = ifnull(?, resource_type) "
                "WHERE officer_id = ? AND time >= ? AND (? IS NULL OR time < ?)"
            )
            rows = self.restricted.execute(
                "SELECT unit, resource_type, officer_id, valid_from, valid_to, valid_to FROM postings ORDER BY valid_from, fid"
            )
            self.restricted.executemany(sql, rows)
            days = self.restricted.execute("SELECT min(time), max(time) FROM fixes")[0]
            self.mark_dirty(pd.Series(pd.date_range(pd.Timestamp(days[0]), pd.Timestamp(days[1]), freq="D")))
        return int(self.restricted.execute("SELECT count(*) FROM fixes WHERE unit IS NULL")[0][0])

    def opened_again(self) -> Optional[Callable[[], AbstractContextManager[StoreHome]]]:
        """How a process forked from this one reads the store: by files of its own, for SQLite's may not be carried over a fork.

        None within a change: what is written and not through yet is seen by nobody else.
        """
        if any(p.connection.in_transaction for p in (self.restricted, self.summary)):
            return None
        return partial(type(self), self.folder)

    # --- days ---------------------------------------------------------------------------------------------------------

    def mark_dirty(self, times: pd.Series) -> None:
        """Note the civil days whose presence must be computed anew."""
        self.mark_days(days_near(times, self.timezone))

    def mark_days(self, days: Iterable[str]) -> None:
        with self.restricted.transaction():
            self.restricted.executemany(
                "INSERT OR IGNORE INTO dirty_days (day) VALUES (?)", [(d,) for d in sorted(days)]
            )

    def dirty_days(self) -> list[str]:
        return [d for (d,) in self.restricted.execute("SELECT day FROM dirty_days ORDER BY day")]

    def clear_days(self, days: Iterable[str]) -> None:
        with self.restricted.transaction():
            self.restricted.executemany("DELETE FROM dirty_days WHERE day = ?", [(d,) for d in days])

    def local(self, table: pd.DataFrame, column: str) -> pd.DataFrame:
        """The table with ``local_hour`` and ``local_weekday`` (0 Monday) of a column's civil time."""
        return with_local_time(table, column, self.timezone)


class Importing:
    """Rows of one file on their way into the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: dict[str, Any] = {}
        self._days: set[str] = set()

    def add_fixes(self, fixes: pd.DataFrame) -> None:
        local = fixes["time"].dt.tz_convert(pandas_zone(self._store.timezone))
        self._days |= days_near(fixes["time"], self._store.timezone)
        civil = local.dt.hour.to_numpy(), local.dt.day_of_week.to_numpy()
        self._load("fixes").append(
            fixes.assign(local_hour=civil[0].astype(np.int64), local_weekday=civil[1].astype(np.int64))
        )

    def add(self, table: str, rows: pd.DataFrame) -> None:
        self._load(table).append(rows)

    def add_rejects(self, rejects: pd.DataFrame) -> None:
        if len(rejects):
            self._load("rejects").append(rejects)

    def finish(self) -> None:
        """Make the indexes of what came so far, so that it can be read; more may come after."""
        for load in self._open.values():
            load.finish()
        self._open.clear()
        if self._days:
            self._store.mark_days(self._days)

    def _load(self, table: str) -> BulkWriter:
        if table not in self._open:
            self._open[table] = BulkWriter(self._store.restricted, TABLES[table], INDEXES.get(table, ()))
        return self._open[table]  # type: ignore[no-any-return]
