"""The force's store: two GeoPackages, so that the permissions of folders can hold the line between them.

``restricted.gpkg`` holds what tells of single officers, ``summary.gpkg`` nothing that does: a column marked personal in
the data dictionary is refused there, whatever table it comes in. Each import is one
transaction: all of a file or nothing of it, whatever happens meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from ..core.columns import TABLES, Table, refuse_personal
from ..core.errors import PrivacyError, StoreError
from ..core.imports.accounts import Account
from ..core.privacy import Key
from ..core.sql import composed
from ..core.times.civil import pandas_zone
from ..core.times.instants import nanoseconds
from ..gpkg.bulk_writer import BulkWriter
from ..gpkg.geopackage import GeoPackage
from .audit import add_run
from .folder import RESTRICTED as RESTRICTED
from .folder import SUMMARY as SUMMARY
from .folder import check_folder

# Which file a table rests in; what tells of single officers never enters the summary.
SUMMARY_TABLES = (
    "areas", "cover", "time_use", "officers_seen", "visit_lengths", "events", "area_events", "notes", "quality",
)  # fmt: skip
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "fixes": (("time",), ("officer_id", "time"), ("local_weekday", "local_hour")),
    "legs": (("start",), ("officer_id", "start"), ("local_weekday", "local_hour"), ("leg_id",)),
    "tracks": (("start",), ("officer_id",)),
    "gaps": (("start",), ("officer_id",)),
    "visits": (("enter",), ("area_id", "enter"), ("local_weekday", "local_hour")),
    "events": (("start",), ("kind", "event_id"), ("local_weekday", "local_hour")),
    "cover": (("period",),),
    "time_use": (("period",), ("area_id", "period")),
    "officers_seen": (("period",),),
    "visit_lengths": (("period",), ("area_id", "period")),
    "postings": (("officer_id", "valid_from"),),
    "duties": (("officer_id", "start"),),
    "event_officers": (("event_id",), ("officer_id",)),
    "sources": (("hash",),),
}
NEAR_DAY = pd.Timedelta("12h")  # a fix may change a track that began on the day before or goes on to the day after
_SETTINGS = Table("settings", "one fact of the store", ())
_DIRTY = Table("dirty_days", "one civil day whose fixes changed since its presence was computed", ())


class Store:
    """An open store. Use it in a ``with`` block, from one thread.

    Parameters
    ----------
    folder : where the two files rest; made where it is missing
    key : of the pseudonyms; without it the store can be read and not written
    timezone, epsg : of a new store; one that exists keeps its own

    Raises
    ------
    StoreError
        for a folder that is removable, synchronised to a cloud or not to be written.
    PrivacyError
        when the store was written with another key.
    """

    def __init__(
        self,
        folder: Union[str, Path],
        key: Optional[Key] = None,
        *,
        timezone: str = "Europe/London",
        epsg: int = 27700,
        busy_s: float = 60.0,
    ) -> None:
        self.folder, self.key = Path(folder), key
        self.warnings = check_folder(self.folder)
        if not self.folder.exists() and key is None:
            raise StoreError(f"There is no store in {str(folder)!r}.", "Import into it first.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{str(folder)!r} cannot be made ({error.strerror}).", "Choose a folder you may write to."
            ) from None
        self.restricted = GeoPackage(self.folder / RESTRICTED, epsg=epsg, busy_s=busy_s)
        try:
            self.summary = GeoPackage(self.folder / SUMMARY, epsg=epsg, busy_s=busy_s, check=refuse_personal)
            try:
                self.epsg = self.restricted.epsg
                self._begin(timezone)
                self.timezone = str(self.setting("timezone") or timezone)
            except BaseException:
                self.summary.close()
                raise
        except BaseException:
            self.restricted.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: Any) -> None:
        self.close()

    def close(self) -> None:
        self.summary.close()
        self.restricted.close()

    def package_of(self, table: str) -> GeoPackage:
        """The file that a table rests in."""
        return self.summary if table in SUMMARY_TABLES else self.restricted

    def read(self, table: str, where: str = "1", values: Any = (), **options: Any) -> pd.DataFrame:
        """Rows of a table; a table nobody has written yet is empty."""
        package = self.package_of(table)
        if table not in package.tables():
            declared = TABLES.get(table)
            return pd.DataFrame(columns=list(declared.names if declared else ()))
        return package.read(table, where, values, **options)

    def count(self, table: str) -> int:
        package = self.package_of(table)
        return package.count(table) if table in package.tables() else 0

    def setting(self, name: str) -> Optional[str]:
        if "settings" not in self.restricted.tables():
            return None
        rows = self.restricted.execute("SELECT value FROM settings WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def set(self, name: str, value: str) -> None:
        with self.restricted.transaction():
            self.restricted.execute("DELETE FROM settings WHERE name = ?", (name,))
            self.restricted.execute("INSERT INTO settings (name, value) VALUES (?, ?)", (name, value))

    def require_key(self) -> Key:
        """The key, checked against the one the store was written with.

        Raises
        ------
        PrivacyError
            without a key, or with another one.
        """
        if self.key is None:
            raise PrivacyError(
                "The store cannot be written without the key of the pseudonyms.",
                "Set IMPACTAREAS_KEY_FILE to the force's key file, or choose the key in QGIS's authentication store.",
            )
        return self.key

    def has_source(self, mark: str) -> bool:
        """Whether a file of this content was imported already."""
        if "sources" not in self.restricted.tables():
            return False
        return bool(self.restricted.execute("SELECT 1 FROM sources WHERE hash = ?", (mark,)))

    # --- imports ------------------------------------------------------------------------------------------------------

    @contextmanager
    def importing(self, account: Account, mark: str, at: pd.Timestamp) -> Iterator[Importing]:
        """One file's import: all of the block, its source, its rejects and the days it touches, or nothing."""
        self.require_key()
        with self.restricted.transaction():
            if self.has_source(mark):
                raise StoreError(f"{account.name!r} is in the store already.", "Nothing was done.")
            part = Importing(self)
            yield part
            part.finish()
            row = {
                "hash": [mark], "name": [account.name], "kind": [account.kind], "imported_at": [at], "rows_read": [account.rows_read],
                "rows_kept": [account.rows_kept], "dropped": [json.dumps(dict(account.dropped), sort_keys=True)],
            }  # fmt: skip
            self.restricted.append("sources", pd.DataFrame(row), INDEXES["sources"])

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
        times = pd.to_datetime(table[column], utc=True).dt.tz_convert(pandas_zone(self.timezone))
        return table.assign(
            local_hour=times.dt.hour.astype("Int64"), local_weekday=times.dt.day_of_week.astype("Int64")
        )

    def _begin(self, timezone: str) -> None:
        package = self.restricted
        if "settings" not in package.tables():
            if self.key is None:
                return
            with package.transaction():
                if "settings" not in package.tables():
                    package.create_table(_SETTINGS, {"name": "str", "value": "str"})
                    package.create_table(_DIRTY, {"day": "str"})
                    package.execute("CREATE UNIQUE INDEX idx_dirty_days_day ON dirty_days (day)")
                    self.set("timezone", timezone)
                    self.set("key_fingerprint", self.key.fingerprint)
        kept = self.setting("key_fingerprint")
        if self.key is not None and kept is not None and kept != self.key.fingerprint:
            raise PrivacyError(
                f"The store was written with another key (its fingerprint is {kept}, this key's {self.key.fingerprint}).",
                "Use the force's key: with another one each officer would become a new one.",
            )


def days_near(times: pd.Series, timezone: str) -> set[str]:
    """Civil days of some moments, and those near enough that they may change their tracks."""
    # A few hundred hours stand for a million fixes.
    hours = pd.unique(nanoseconds(pd.to_datetime(times, utc=True)) // 3_600_000_000_000) * 3_600_000_000_000
    days: set[str] = set()
    for shift in (-NEAR_DAY, pd.Timedelta(0), NEAR_DAY):
        days |= set(
            (pd.DatetimeIndex(hours).tz_localize("UTC") + shift).tz_convert(pandas_zone(timezone)).strftime("%Y-%m-%d")
        )
    return days


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
