"""Rows on their way into a shared store: by COPY, those of months into the month's own table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

import numpy as np
import pandas as pd

from ...core.columns import TABLES, Table, refuse_personal
from ...core.columns.declaration import table as declared
from ...core.errors import ColumnError
from ...core.journey import civil_day
from ...core.privacy import officer_day
from ...core.sql import Sql, composed
from ...core.times.civil import pandas_zone
from ...core.times.instants import nanoseconds
from ...pgcopy.encode import rows_of
from ..days_near import days_near
from ..same_key import needed_key
from ..tables import MONTHS, SUMMARY_TABLES
from .columns import fields_of
from .rows import place_of

if TYPE_CHECKING:
    from ...core.privacy import Key
    from .changes import PostgisChanges

OFFICER_DAYS = declared(
    "officer_days",
    "one officer on one civil day",
    "officer_day:str the label that is asked for",
    "officer_id:str! keyed pseudonym",
    "starts:time first moment of the day",
    "ends:time first moment of the day after",
    "check_label:str? the label by which a check asks, which stands beside no figure",
)


def check_label(officer_day: str, key: Key) -> str:
    """The label by which a check of one officer-day asks: of a collar number and a day, and not of a list of visits, which has the other one."""
    return "c" + key.digest(f"check of {officer_day}", 16)


class SharedImport:
    """Rows of one file on their way into a shared store."""

    def __init__(self, store: PostgisChanges) -> None:
        self._store = store
        self._months: set[tuple[str, str]] = set()
        self._days: set[str] = set()

    def add_fixes(self, fixes: pd.DataFrame) -> None:
        local = fixes["time"].dt.tz_convert(pandas_zone(self._store.timezone))
        civil = {"local_hour": local.dt.hour.to_numpy(), "local_weekday": local.dt.day_of_week.to_numpy()}
        self._days |= days_near(fixes["time"], self._store.timezone)
        self.add("fixes", fixes.assign(**civil))

    def add_rejects(self, rejects: pd.DataFrame) -> None:
        if len(rejects):
            self.add("rejects", rejects)

    def add(self, table: Union[str, Table], rows: pd.DataFrame) -> None:
        """Rows of any table; those of months into the month's own table. What the table has no column for is left out.

        Raises
        ------
        PrivacyError
            for a personal column on its way into the summary.
        """
        known = TABLES[table] if isinstance(table, str) else table
        name = known.name
        if name in SUMMARY_TABLES:
            refuse_personal(map(str, rows.columns), name)
        if name == "fixes" and len(rows):
            self._add_officer_days(rows["officer_id"], rows["time"])
        if name not in MONTHS:
            self._copy(place_of(name), known, rows)
            return
        for month, part in _by_month(rows, MONTHS[name]):
            made = self._store.db.execute("SELECT ia_restricted.open_month(%s, %s::timestamptz)", (name, month))
            self._copy(composed("ia_restricted.{t}", t=str(made[0][0])), known, part)
            self._months.add((name, month))

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
        key = needed_key(store.key)
        found["officer_day"] = officer_day(found["officer_id"], found["time"], store.timezone, key)
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
        rows["check_label"] = pd.Series(
            [check_label(d, key) for d in new["officer_day"]], index=new.index, dtype=object
        )
        # By COPY: a statement with pseudonyms in it would stand in the server's log, where it keeps one.
        self._copy(place_of(OFFICER_DAYS.name), OFFICER_DAYS, pd.DataFrame(rows))


def _by_month(rows: pd.DataFrame, column: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """(first moment of a month in UTC, its rows) in order."""
    moments = nanoseconds(rows[column]).view("datetime64[ns]")
    months = moments.astype("datetime64[M]")
    for month in np.unique(months):
        of_it = months == month
        yield f"{month}-01T00:00:00Z", rows if of_it.all() else rows[of_it]


__all__ = ["SharedImport", "check_label"]
