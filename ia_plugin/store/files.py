"""The two files of a store, opened as one: whole, of one store and written with one key, or to be read alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Optional, TypeVar, Union

import pandas as pd

from ..core.columns import Table, refuse_personal
from ..core.errors import StoreError
from ..core.privacy import Key
from ..gpkg.connection import MEMORY, is_missing
from ..gpkg.geopackage import GeoPackage
from .earlier_form import is_of_earlier_form, move_to_restricted, purged_before
from .folder import check_folder
from .intents import Intent, Intents, unfinished
from .marks import has_table
from .pair import FINGERPRINT, agree, lay_out_restricted, lay_out_summary, only_half, stands_alone, why_not_written
from .same_key import needed_key, refuse_other_key
from .tables import EVENT_COUNTS, INDEXES, PURGED, RESTRICTED, ROOM, SUMMARY, SUMMARY_TABLES
from .writer_note import Tell, Wait, noted, take_away_old_note, untold

_SETTINGS = Table("settings", "one fact of the store", ())
_DIRTY = Table("dirty_days", "one civil day whose fixes changed since its presence was computed", ())

Self = TypeVar("Self", bound="StoreFiles")


class StoreFiles:
    """An open store. Use it in a ``with`` block, from one thread.

    Parameters
    ----------
    folder : where the two files rest; made where it is missing
    key : of the pseudonyms; without it the store can be read and not written
    timezone, epsg : of a new store; one that exists keeps its own
    busy_s : how long to wait while another program writes to the store
    waiting : told meanwhile, in a sentence that names that program where it is known; may raise to stop

    Attributes
    ----------
    warnings : what must be known of the folder, and of the store where it can only be read

    Raises
    ------
    StoreError
        for a folder that is removable, synchronised to a cloud or not to be written; with a key also where the two files are
        not whole, not of one store, or of a newer version: then the store can be read, without a key.
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
        waiting: Tell = untold,
    ) -> None:
        self.folder, self.key, self._waiting = Path(folder), key, waiting
        self.warnings = check_folder(self.folder)
        self._intent: Optional[Intent] = None
        self._taken_over = 0
        missing = self._missing()
        if all(missing.values()) and key is None:
            raise StoreError(f"There is no store in {str(folder)!r}.", "Import into it first.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{str(folder)!r} cannot be made ({error.strerror}).", "Choose a folder you may write to."
            ) from None
        self._open(missing if key is None or len(set(missing.values())) > 1 else {}, epsg, busy_s)
        if key is not None and any(missing.values()) and MEMORY in (str(self.restricted.path), str(self.summary.path)):
            with self._closed_on_error():
                self._refuse(why_not_written(self.restricted, self.summary))
            self.close()
            self._open({}, self.epsg, busy_s)
        with self._closed_on_error():
            if key is not None and self.may_write:
                take_away_old_note(self.folder, self.restricted)
            self._begin(timezone)
            self.timezone = str(self.setting("timezone") or timezone)
            self._in_todays_form()

    def _missing(self) -> dict[str, bool]:
        """File -> whether it is not there. The summary is looked for first: it is made last."""
        return {name: is_missing(self.folder / name) for name in (SUMMARY, RESTRICTED)}

    def _open(self, stand_in: Mapping[str, bool], epsg: int, busy_s: float) -> None:
        """Open both files, those of `stand_in` as empty ones that rest nowhere."""
        path = {name: Path(MEMORY) if stand_in.get(name) else self.folder / name for name in (RESTRICTED, SUMMARY)}
        if stand_in.get(RESTRICTED):
            with GeoPackage(path[SUMMARY]) as summary:
                epsg = summary.epsg
        wait = {name: Wait(self.folder / name, busy_s, self._waiting) for name in path}
        self.restricted = GeoPackage(path[RESTRICTED], epsg=epsg, busy_s=busy_s, waiting=wait[RESTRICTED])
        self.epsg = self.restricted.epsg
        try:
            self.summary = GeoPackage(
                path[SUMMARY], epsg=self.epsg, busy_s=busy_s, check=refuse_personal, waiting=wait[SUMMARY]
            )
        except BaseException:
            self.restricted.close()
            raise
        self._intents = Intents(self.restricted, self.summary)

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.summary.close()
        self.restricted.close()

    def package_of(self, table: str) -> GeoPackage:
        """The file that a table rests in."""
        return self.summary if table in SUMMARY_TABLES else self.restricted

    def setting(self, name: str) -> Optional[str]:
        if not has_table(self.restricted, "settings"):
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
        key = needed_key(self.key)
        self._require_permission()
        return key

    def _require_permission(self) -> None:
        if not self.may_write:
            raise StoreError(
                f"The files in {str(self.folder)!r}, or their folder, are protected against writing.",
                "Ask for permission to write there; reading works as it is.",
            )

    @property
    def may_write(self) -> bool:
        """Whether the files may be written, whatever the key."""
        return self.restricted.may_write and self.summary.may_write

    def require_pair(self) -> None:
        """Whether what people declare may be written: the two files of one store, in today's form; it needs no key, for nothing of an officer is in it.

        Raises
        ------
        StoreError
            where a half is missing, they are not of one store, of another version, or protected against writing.
        """
        if any(self._missing().values()):
            raise only_half(self.folder)
        self._require_permission()
        self._refuse(why_not_written(self.restricted, self.summary))
        self._finish()
        if not agree(self.restricted, self.summary):
            raise StoreError(
                "The store is of another version of the plugin.",
                "Run Daily refresh once, which brings it to today's form.",
            )

    @contextmanager
    def together(self, what: str, *, declared: bool = False) -> Iterator[Intent]:
        """One change of both files: all of the block or nothing, wherever it fails and whenever the process ends.

        What goes into the restricted file is done in the block, as in a transaction; what goes into the summary is told to
        the intent, and done right after: the block still reads the summary of before. A block inside another belongs to the
        outer one. What people declare (`declared`) needs no key: see :meth:`require_pair`.

        Raises
        ------
        StoreError
            where a file cannot be written. Failing in the block nothing was done; failing after it, the next opening does it.

        Examples
        --------
        >>> with store.together("import of events") as change:            # doctest: +SKIP
        ...     change.put("events", rows)
        ...     store.restricted.append("event_officers", officers)
        """
        if self._intent is not None:
            yield self._intent
            return
        self.require_pair() if declared else self.require_key()
        if self.restricted.connection.in_transaction:
            raise RuntimeError("A change of both files cannot be part of a transaction of one.")
        with ExitStack() as note:
            try:
                with self.restricted.transaction():
                    note.enter_context(noted(self.folder, what))
                    # What another one left must be there before this one looks.
                    self._taken_over += self._intents.settle_summary()
                    self._intent = Intent(self.restricted, self.summary, what)
                    yield self._intent
            finally:
                self._intent = None
            self._intents.settle()
            self._intents.overwrite()

    def seen(self) -> tuple[int, int]:
        """A value that is another one once another program has written to the store, or what it left half done was finished.

        What is computed outside :meth:`together` from what was read may be written in it as long as this has not changed.
        """
        (version,) = self.restricted.execute("PRAGMA data_version")[0]
        return int(version), self._taken_over

    def put(self, table: str, rows: pd.DataFrame, where: str = "0", values: Sequence[object] = ()) -> None:
        """Rows in the place of those that `where` names, in the file where the table rests; within :meth:`together`."""
        if self._intent is None:
            raise RuntimeError("Store.put belongs into a block of Store.together")
        if table in SUMMARY_TABLES:
            self._intent.put(table, rows, where, values)
            return
        self.restricted.delete(table, where, values)
        if len(rows):
            self.restricted.append(table, rows, INDEXES.get(table, ()))

    def _begin(self, timezone: str) -> None:
        kept = self.setting(FINGERPRINT)
        refuse_other_key(kept, self.key)
        if self.key is None or not self.may_write:
            self.warnings += self._state()
        elif kept is None or not agree(self.restricted, self.summary):
            self._lay_out(timezone, self.key)
            self._finish()

    def _in_todays_form(self) -> None:
        if self.key is None or not self.may_write:
            return
        if is_of_earlier_form(self.summary):
            self.summary.forget_what_is_removed()
            with self.together("move of units and events into the restricted file") as change:
                if since := purged_before(self.restricted, self.summary):
                    self.set(PURGED, since)
                move_to_restricted(self.restricted, self.summary, change, self.timezone)
                self.all_days_due()
                self.set(EVENT_COUNTS, "due")
                self.set(ROOM, "due")
        if self.setting(ROOM) == "due":
            self._give_room_back()

    def _give_room_back(self) -> None:
        """What was moved out of the summary is to stand nowhere in its file."""
        try:
            self.summary.vacuum()
        except StoreError as error:  # a reader holds it: the next opening does it
            self.warnings.append(f"What was moved out of {SUMMARY} may still stand in its free room: {error.message}")
        else:
            self.set(ROOM, "done")

    def _lay_out(self, timezone: str, key: Key) -> None:
        """What a new store needs, and one of an older version lacks; nothing where the files do not belong together."""
        package = self.restricted
        with package.transaction():
            self._refuse(why_not_written(package, self.summary))
            if not has_table(package, "settings"):
                package.create_table(_SETTINGS, {"name": "str", "value": "str"})
                self.set("timezone", timezone)
            if self.setting(FINGERPRINT) is None:
                self.set(FINGERPRINT, key.fingerprint)
            if not has_table(package, "dirty_days"):
                self._make_days_due()
            lay_out_restricted(package)
        with package.transaction():
            lay_out_summary(package, self.summary)

    def _make_days_due(self) -> None:
        """The table of days that are due; all with fixes are, where it is lost and nobody knows which."""
        self.restricted.execute("DELETE FROM gpkg_contents WHERE table_name = 'dirty_days'")
        self.restricted.execute("DELETE FROM gpkg_ogr_contents WHERE table_name = 'dirty_days'")
        self.restricted.create_table(_DIRTY, {"day": "str"})
        self.restricted.execute("CREATE UNIQUE INDEX idx_dirty_days_day ON dirty_days (day)")
        self.all_days_due()

    def all_days_due(self) -> None:
        """Every day with fixes is to be computed."""
        if "fixes" in self.restricted.tables() and self.restricted.count("fixes"):
            first, last = (
                pd.Timestamp(t) for t in self.restricted.execute("SELECT min(time), max(time) FROM fixes")[0]
            )
            days = pd.date_range(first.normalize() - pd.Timedelta("1D"), last + pd.Timedelta("1D"), freq="D")
            rows = [(day,) for day in days.strftime("%Y-%m-%d")]
            self.restricted.executemany("INSERT OR IGNORE INTO dirty_days (day) VALUES (?)", rows)

    def _finish(self) -> None:
        """Do what interrupted operations left to do."""
        left = unfinished(self.restricted)
        if not left:
            return
        self._intents.settle()
        try:
            self._intents.overwrite()
        except StoreError as error:  # a reader holds the file: no reason to take nothing in
            self.warnings.append(str(error))
        else:
            self.warnings.append(f"An interrupted operation was finished: {', '.join(left)}.")

    def _state(self) -> list[str]:
        """What a reader must know of a store that is not as it should be."""
        left, fault = unfinished(self.restricted), why_not_written(self.restricted, self.summary)
        warnings = []
        if left:
            warnings.append(
                f"The store is being brought up to date ({', '.join(left)}): until that is finished {SUMMARY} shows what was "
                "before, and the restricted tables what is new. Daily refresh finishes it where it was interrupted."
            )
        if fault is not None and not stands_alone(self.summary):
            warnings.append(f"The store can be read, and not be written: {fault}")
        return warnings

    def _refuse(self, fault: Optional[StoreError]) -> None:
        if fault is not None:
            raise StoreError(f"{str(self.folder)!r} cannot be written into: {fault.message}", fault.remedy)
