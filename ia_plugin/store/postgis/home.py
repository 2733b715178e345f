"""An open shared store: what is taken in, a file a transaction, what is computed from it, and what is read of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Callable, Optional, Union

import numpy as np
import pandas as pd

from ...core.columns import RUNS, Table
from ...core.errors import AlreadyStored
from ...core.imports.accounts import Account
from ...core.privacy import Key
from ...core.sql import Sql, composed
from ..condition import NONE, Condition
from ..local_time import with_local_time
from ..source_row import source_row
from .add_rows import SharedImport, check_label
from .changes import PostgisChanges
from .postings import drop_off_duty, post_fixes

_SOON_S = 10  # how long a person waits for another


class PostgisStore(PostgisChanges):
    """An open shared store. Use it in a ``with`` block, from one thread. What a login may do its roles say.

    Parameters
    ----------
    target : see :class:`~ia_plugin.pgcopy.driver.Connection`
    key : of the pseudonyms; without it nothing of officers is taken in
    secret : further settings of libpq, kept nowhere

    Raises
    ------
    StoreError
        where the database cannot be reached, or holds no store.
    PrivacyError
        when the store was written with another key.
    """

    folder = None  # files that a force keeps beside its store have no place here

    def __enter__(self) -> PostgisStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.db.close()

    def opened_again(self) -> None:
        """No forked process reads a database: a connection belongs to the process that opened it, and a password is kept nowhere."""
        return None

    def add_run(self, row: pd.DataFrame) -> None:
        """Add to the record of runs; the server says who, and when."""
        names = [c.name for c in RUNS.columns if c.name not in ("at", "who")]
        values = [None if pd.isna(v) else v.item() if isinstance(v, np.generic) else v for v in row.iloc[0][names]]
        marks = Sql(", ".join(["%s"] * len(names)))
        self.db.execute(composed("SELECT ia_records.add_run({marks})", marks=marks), values)

    def times_done(self, kinds: Sequence[str]) -> int:
        """How many runs of evaluations the record has as done, whoever's."""
        return int(self.db.execute("SELECT ia_records.times_done(%s::text[])", (list(kinds),))[0][0])

    @contextmanager
    def adding_to(self, table: str) -> Iterator[None]:
        """One who adds to a table of people's own words at a time: what was read of it in the block stands."""
        with self.db.transaction():
            self.db.execute(f"SET LOCAL lock_timeout = '{_SOON_S}s'")
            self.db.execute("SELECT ia_records.take_turn(%s)", (table,))
            yield

    def add_to(self, table: str, rows: pd.DataFrame, run: Optional[pd.DataFrame]) -> None:
        """Add rows to a table of people's own words, with a line of the record of runs; the server says when."""
        what, version, parameters = (
            ("addition", "", "{}") if run is None else run.iloc[0][["what", "version", "parameters"]]
        )
        for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
            entry = json.dumps(row, default=lambda v: v.isoformat() if isinstance(v, pd.Timestamp) else v.item())
            self.db.execute(
                "SELECT ia_records.add_to(%s, %s::jsonb, %s, %s, %s)", (table, entry, what, version, parameters)
            )

    @property
    def mark(self) -> str:
        """The id of the store, which figures bear."""
        return str(self.setting("store") or "")

    # --- changes ------------------------------------------------------------------------------------------------------

    def put(self, table: str, rows: pd.DataFrame, where: Condition = NONE) -> None:
        """Rows in the place of those meant, within :meth:`together`."""
        if not self._writes:
            raise RuntimeError("PostgisStore.put belongs into a block of PostgisStore.together")
        if not where.never:
            self.remove(table, where)
        self.append(table, rows)

    def append(self, table: Union[str, Table], rows: pd.DataFrame) -> None:
        """Add rows to a table."""
        if not len(rows):
            return
        with self._locked():
            part = SharedImport(self)
            part.add(table, rows)
            part.finish()

    def drop_tables(self, names: Sequence[str]) -> None:
        """Nothing: a shared store never had them."""

    def forget_expired(self, at: pd.Timestamp) -> None:
        """Whose movement a look was at, an hour after it; that it was looked at stays on the record of runs."""
        self.db.execute("SELECT ia_restricted.forget_looks()")
        if self.key is not None:
            self._label_checks(self.key)

    def _label_checks(self, key: Key) -> None:
        """Officer-days taken in before migration 12 get the label by which a check asks."""
        bare = self.db.execute("SELECT officer_day FROM ia_restricted.officer_days WHERE check_label IS NULL")
        if not bare:
            return
        labels = pd.DataFrame({"officer_day": [str(d) for (d,) in bare]}, dtype=object)
        labels["check_label"] = [check_label(d, key) for d in labels["officer_day"]]
        with self._locked():
            self._lay_down(labels, "labels", {"officer_day": "text", "check_label": "text"})
            self.db.execute(
                "UPDATE ia_restricted.officer_days d SET check_label = l.check_label FROM pg_temp.labels l WHERE l.officer_day = d.officer_day"
            )

    # --- purge --------------------------------------------------------------------------------------------------------

    @contextmanager
    def purging(self) -> Iterator[Callable[[], None]]:
        """As :meth:`together`; the server overwrites the room of removed rows in its own time, and gives that of dropped months back."""
        with self.together("purge"):
            yield lambda: None

    def remove_movement(self, tables: Mapping[str, str], before: pd.Timestamp) -> None:
        """Drop whole months of movement before a moment, and remove the rows of the month it stands in; officer-days go with them."""
        self.db.execute("SELECT * FROM ia_restricted.remove_before(%s::timestamptz)", (before.isoformat(),))
        self.db.execute("SELECT ia_restricted.forget_looks()")

    def looks_before(self, before: pd.Timestamp) -> int:
        """None: the record of runs itself tells repeated looks, and stays."""
        return 0

    def forget_looks(self, before: pd.Timestamp) -> None:
        """Nothing, as above."""

    def local(self, table: pd.DataFrame, column: str) -> pd.DataFrame:
        """The table with ``local_hour`` and ``local_weekday`` (0 Monday) of a column's civil time."""
        return with_local_time(table, column, self.timezone)

    # --- imports ------------------------------------------------------------------------------------------------------

    def has_source(self, mark: str) -> bool:
        """Whether a file of this content was imported already."""
        return bool(self.db.execute("SELECT 1 FROM ia_restricted.sources WHERE hash = %s", (mark,)))

    @contextmanager
    def importing(self, account: Account, mark: str, at: pd.Timestamp) -> Iterator[SharedImport]:
        """One file's import: all of the block, its source, its rejects and the days it touches, or nothing; one writer at a time.

        Raises
        ------
        AlreadyStored
            where its content is there.
        """
        with self.writing():
            if self.has_source(mark):
                raise AlreadyStored(f"{account.name!r} is in the store already.", "Nothing was done.")
            part = SharedImport(self)
            yield part
            part.add("sources", source_row(account, mark, at))
            part.finish()

    def drop_off_duty(self) -> int:
        """Remove stored fixes of officers with duties that fall outside them, within the civil days the duties cover."""
        with self._locked():
            return drop_off_duty(self)

    def post_fixes(self) -> int:
        """Give stored fixes the unit and resource type of their posting; how many are of no known unit."""
        with self._locked():
            return post_fixes(self)


__all__ = ["PostgisStore", "SharedImport"]
