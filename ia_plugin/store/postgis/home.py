"""An open shared store: what is taken in, a file a transaction, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Optional

import numpy as np
import pandas as pd

from ...core.columns import RUNS, TABLES, Table, refuse_personal
from ...core.columns.declaration import table as declared
from ...core.empty import empty_table
from ...core.errors import AlreadyStored, ColumnError, StoreError
from ...core.imports.accounts import Account
from ...core.journey import civil_day
from ...core.privacy import Key, officer_day
from ...core.sql import Sql, composed, literal
from ...core.times.civil import pandas_zone
from ...core.times.instants import nanoseconds
from ...pgcopy.decode import columns_of
from ...pgcopy.driver import Connection
from ...pgcopy.encode import rows_of
from ..days_near import days_near
from ..pair import COMPUTED, FINGERPRINT
from ..same_key import needed_key, refuse_other_key
from ..source_row import source_row
from ..tables import SUMMARY_TABLES
from .columns import fields_of, frame_of
from .migrations import is_prepared, to_do

MONTHS = {"fixes": "time", "legs": "start", "tracks": "start", "gaps": "start", "visits": "enter"}
"""Tables that are divided by months, and the time that divides them."""

OFFICER_DAYS = declared(
    "officer_days",
    "one officer on one civil day",
    "officer_day:str the label that is asked for",
    "officer_id:str! keyed pseudonym",
    "starts:time first moment of the day",
    "ends:time first moment of the day after",
)

_SHORT = {"timestamp with time zone": "timestamptz", "double precision": "float8", "bigint": "int8", "boolean": "bool", "smallint": "int2", "integer": "int4"}  # fmt: skip
_BUSY_S = 60


class PostgisStore:
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

    def __init__(self, target: str, key: Optional[Key] = None, **secret: str) -> None:
        self.key = key
        self.db = Connection(target, **secret)
        try:
            if not is_prepared(self.db):
                raise StoreError(
                    "There is no shared store in this database.",
                    "Let its administrator run Prepare a shared store (preparestore).",
                )
            if to_do(self.db):
                raise StoreError(
                    "The shared store is of an earlier version of the plugin.",
                    "Let its administrator run Prepare a shared store (preparestore).",
                )
            refuse_other_key(self.setting(FINGERPRINT), key)
            self.timezone, self.epsg = str(self.setting("timezone")), int(str(self.setting("srid")))
        except BaseException:
            self.db.close()
            raise
        self._types: dict[str, dict[str, str]] = {}

    def __enter__(self) -> PostgisStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.db.close()

    def setting(self, name: str) -> Optional[str]:
        rows = self.db.execute("SELECT value FROM ia_records.settings WHERE name = %s", (name,))
        return str(rows[0][0]) if rows else None

    def tables(self) -> list[str]:
        """Tables that hold rows which this login may see. What a refresh computes is there as a whole: an empty part of it too."""
        found = self.db.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition "
            "AND n.nspname IN ('ia_summary', 'ia_restricted') AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') ORDER BY 2"
        )
        one = "SELECT {word} WHERE EXISTS (SELECT 1 FROM {schema}.{table})"
        asked = [composed(one, word=literal(t), schema=str(s), table=str(t)) for s, t in found]
        there = {str(name) for (name,) in self.db.execute(Sql(" UNION ALL ".join(asked)))} if asked else set()
        if "time_use" in there:
            there |= {str(name) for _, name in found} & set(COMPUTED)
        return sorted(there)

    def count(self, table: str) -> int:
        return int(self.db.execute(composed("SELECT count(*) FROM {t}", t=_place(table)))[0][0])

    def read(self, table: str) -> pd.DataFrame:
        """All rows of a table, in the order in which they came.

        Raises
        ------
        StoreError
            where the login has no right to it.
        """
        known, types = TABLES[table], self.types_of(table)
        names = [n for n in types if n != "fid"]
        query = composed("SELECT {names} FROM {t} ORDER BY fid", names=names, t=_place(table))
        rows = self.db.copy_out(composed("COPY ({q}) TO STDOUT (FORMAT binary)", q=query))
        found = columns_of(rows, [_SHORT.get(types[n], types[n]) for n in names])
        return frame_of(names, found, known) if len(rows) > 1 else empty_table(known)

    def add_run(self, row: pd.DataFrame) -> None:
        """Add to the record of runs; the server says who, and when."""
        names = [c.name for c in RUNS.columns if c.name not in ("at", "who")]
        values = [None if pd.isna(v) else v.item() if isinstance(v, np.generic) else v for v in row.iloc[0][names]]
        marks = Sql(", ".join(["%s"] * len(names)))
        self.db.execute(composed("SELECT ia_records.add_run({marks})", marks=marks), values)

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

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction of the one that writes; others wait, a minute at most."""
        key = needed_key(self.key)
        with self.db.transaction():
            self.db.execute(f"SET LOCAL statement_timeout = '1h'; SET LOCAL lock_timeout = '{_BUSY_S}s'")
            self.db.execute("SELECT pg_advisory_xact_lock(hashtext('impact area: writer'))")
            refuse_other_key(self.setting(FINGERPRINT), key)
            self.db.execute(
                "INSERT INTO ia_records.settings VALUES (%s, %s) ON CONFLICT DO NOTHING", (FINGERPRINT, key.fingerprint)
            )
            yield

    # --- days ---------------------------------------------------------------------------------------------------------

    def mark_days(self, days: Iterable[str]) -> None:
        self.db.execute(
            "INSERT INTO ia_restricted.dirty_days SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (sorted(days),)
        )

    def dirty_days(self) -> list[str]:
        return [str(d) for (d,) in self.db.execute("SELECT day FROM ia_restricted.dirty_days ORDER BY day")]

    def clear_days(self, days: Iterable[str]) -> None:
        self.db.execute("DELETE FROM ia_restricted.dirty_days WHERE day = ANY(%s::text[])", (list(days),))

    def types_of(self, table: str) -> dict[str, str]:
        """Column -> type, of a table."""
        if table not in self._types:
            found = self.db.execute(
                "SELECT attname, CASE WHEN format_type(atttypid, NULL) LIKE '%%geometry' THEN 'geometry' ELSE format_type(atttypid, NULL) END "
                "FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                (_place(table),),
            )
            self._types[table] = {str(name): str(kind) for name, kind in found}
        return self._types[table]


class SharedImport:
    """Rows of one file on their way into a shared store."""

    def __init__(self, store: PostgisStore) -> None:
        self._store = store
        self._months: set[tuple[str, str]] = set()
        self._days: set[str] = set()

    def add_fixes(self, fixes: pd.DataFrame) -> None:
        local = fixes["time"].dt.tz_convert(pandas_zone(self._store.timezone))
        civil = {"local_hour": local.dt.hour.to_numpy(), "local_weekday": local.dt.day_of_week.to_numpy()}
        self._days |= days_near(fixes["time"], self._store.timezone)
        if len(fixes):
            self._add_officer_days(fixes["officer_id"], fixes["time"])
        self.add("fixes", fixes.assign(**civil))

    def add_rejects(self, rejects: pd.DataFrame) -> None:
        if len(rejects):
            self.add("rejects", rejects)

    def add(self, table: str, rows: pd.DataFrame) -> None:
        """Rows of any table; those of months into the month's own table. What the table has no column for is left out.

        Raises
        ------
        PrivacyError
            for a personal column on its way into the summary.
        """
        if table in SUMMARY_TABLES:
            refuse_personal(map(str, rows.columns), table)
        if table not in MONTHS:
            self._copy(_place(table), TABLES[table], rows)
            return
        for month, part in _by_month(rows, MONTHS[table]):
            made = self._store.db.execute("SELECT ia_restricted.open_month(%s, %s::timestamptz)", (table, month))
            self._copy(composed("ia_restricted.{t}", t=str(made[0][0])), TABLES[table], part)
            self._months.add((table, month))

    def finish(self) -> None:
        """New months get their indexes, and the days touched are due."""
        for table, month in sorted(self._months):
            self._store.db.execute("SELECT ia_restricted.close_month(%s, %s::timestamptz)", (table, month))
        self._months.clear()
        if self._days:
            self._store.mark_days(self._days)

    def _copy(self, place: Sql, table: Table, rows: pd.DataFrame) -> None:
        store = self._store
        types = store.types_of(table.name)
        lost = [c for c in table.required if c not in rows.columns]
        if lost:
            raise ColumnError(f"The table {table.name!r} needs a column {lost[0]!r}.", "")
        names, fields = fields_of(rows, table, types, store.epsg)
        if len(rows):
            store.db.copy_in(
                composed("COPY {t} ({names}) FROM STDIN (FORMAT binary)", t=place, names=names), rows_of(fields)
            )

    def _add_officer_days(self, officers: pd.Series, times: pd.Series) -> None:
        store = self._store
        civil = times.dt.tz_convert(pandas_zone(store.timezone)).dt.tz_localize(None).dt.normalize()
        found = pd.DataFrame({"officer_id": officers.astype(object), "time": times, "day": civil})
        found = found.drop_duplicates(["officer_id", "day"])  # a few for thousands of fixes
        found["officer_day"] = officer_day(found["officer_id"], found["time"], store.timezone, needed_key(store.key))
        found["day"] = found["day"].dt.strftime("%Y-%m-%d")
        edges = {day: civil_day(day, store.timezone) for day in found["day"].unique()}
        begun = [edge[0] for edge in edges.values()]
        known = store.db.execute(
            "SELECT officer_day FROM ia_restricted.officer_days WHERE starts >= %s::timestamptz AND starts <= %s::timestamptz",
            (min(begun).isoformat(), max(begun).isoformat()),
        )
        new = found[~found["officer_day"].isin([label for (label,) in known])]
        days = new["day"].to_list()
        rows = {"officer_day": new["officer_day"], "officer_id": new["officer_id"]}
        for i, name in enumerate(("starts", "ends")):
            rows[name] = pd.Series([edges[day][i] for day in days], index=new.index, dtype="datetime64[ns, UTC]")
        # By COPY: a statement with pseudonyms in it would stand in the server's log, where it keeps one.
        self._copy(_place(OFFICER_DAYS.name), OFFICER_DAYS, pd.DataFrame(rows))


def _place(table: str) -> Sql:
    """A table with its schema, as SQL writes it."""
    return composed("{s}.{t}", s="ia_summary" if table in SUMMARY_TABLES else "ia_restricted", t=table)


def _by_month(rows: pd.DataFrame, column: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """(first moment of a month in UTC, its rows) in order."""
    moments = nanoseconds(rows[column]).view("datetime64[ns]")
    months = moments.astype("datetime64[M]")
    for month in np.unique(months):
        of_it = months == month
        yield f"{month}-01T00:00:00Z", rows if of_it.all() else rows[of_it]


__all__ = ["MONTHS", "PostgisStore", "SharedImport"]
