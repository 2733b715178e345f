"""Rows of GeoPackages, read by conditions that know no dialect: of a store's two files, or of a summary alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any, Optional, Union

import pandas as pd

from ..core.columns import TABLES
from ..core.sql import Sql, composed
from ..core.times.instants import nanoseconds
from ..gpkg.geopackage import GeoPackage
from ..gpkg.values import texts_of
from .condition import ALL, NONE, Condition, Listed, Span, written
from .source_places import MARK

Where = Union[str, Condition]  # SQL's own words are for what only this home has
Order = Union[str, Sequence[str]]


class FileRows(ABC):
    """Tables that rest in files."""

    @abstractmethod
    def package_of(self, table: str) -> GeoPackage:
        """The file that a table rests in."""

    @abstractmethod
    def tables(self) -> list[str]:
        """Names of the tables that somebody has written."""

    def is_written(self, table: str) -> bool:
        """Whether anybody has written a table, rows or none."""
        return table in self.package_of(table).tables()

    def columns(self, table: str) -> Collection[str]:
        """Columns of a table without its geometry; () of one that nobody has written."""
        return self.package_of(table).kinds(table) if self.is_written(table) else ()

    def read(
        self,
        table: str,
        where: Where = ALL,
        values: Any = (),
        columns: Optional[Sequence[str]] = None,
        order: Order = "fid",
    ) -> pd.DataFrame:
        """Rows of a table; a table nobody has written yet is empty."""
        package = self.package_of(table)
        if table not in package.tables():
            declared = TABLES.get(table)
            return pd.DataFrame(columns=list(columns or (declared.names if declared else ())))
        where, values = self._sql(table, where, values)
        order = order if isinstance(order, str) else composed("{order}", order=order)
        return package.read(table, where, values, columns, order)

    def nth(self, table: str, places: Sequence[int], where: Where = ALL) -> pd.DataFrame:
        """Such rows by their place in the order they were written in, from 0."""
        found = [self.read(table, where, order=f"fid LIMIT 1 OFFSET {int(k)}") for k in places]
        return pd.concat(found, ignore_index=True) if found else self.read(table, NONE)

    def source_rows(self, table: str) -> dict[str, tuple[int, int]]:
        """The first and the last row of each file that a table's ``source_ref`` names, by the mark of the file."""
        sql = (
            "SELECT substr(source_ref, 1, {n}), min(CAST(substr(source_ref, {line}) AS INTEGER)), max(CAST(substr(source_ref, {line}) AS INTEGER)) "
            "FROM {table} WHERE source_ref IS NOT NULL GROUP BY 1"
        )
        found = self.package_of(table).execute(composed(sql, n=MARK, line=MARK + 2, table=table))
        return {str(mark): (int(low), int(high)) for mark, low, high in found}

    def count(self, table: str, where: Where = ALL) -> int:
        """How many rows there are, 0 of a table that nobody has written."""
        return int(self._ask("SELECT count(*) FROM {table} WHERE {where}", table, where, [(0,)])[0][0])

    def has(self, table: str, where: Where = ALL) -> bool:
        """Whether there is such a row."""
        return bool(self._ask("SELECT 1 FROM {table} WHERE {where} LIMIT 1", table, where))

    def distinct(
        self, table: str, columns: Sequence[str], where: Where = ALL, most: Optional[int] = None
    ) -> list[tuple[Any, ...]]:
        """What some columns hold, each once, in no order; `most` of them."""
        sql = "SELECT DISTINCT {columns} FROM {table} WHERE {where} LIMIT {most}"
        return self._ask(sql, table, where, columns=columns, most=-1 if most is None else most)

    def counts(self, table: str, column: str, where: Where = ALL) -> list[tuple[str, int]]:
        """(value of a column, how many rows have it), by value."""
        sql = "SELECT {c}, count(*) FROM {table} WHERE {where} GROUP BY {c} ORDER BY {c}"
        return [(str(value), int(n)) for value, n in self._ask(sql, table, where, c=column)]

    def edges(self, table: str, column: str, where: Where = ALL) -> Optional[Span]:
        """The first and the last moment of a column; None where there is none."""
        rows = self._ask("SELECT min({c}), max({c}) FROM {table} WHERE {where}", table, where, c=column)
        return (pd.Timestamp(rows[0][0]), pd.Timestamp(rows[0][1])) if rows and rows[0][0] is not None else None

    def latest(self, table: str, column: str, after: int) -> Optional[pd.Timestamp]:
        """The latest moment of a column but for so many that are later; None where there are not as many."""
        sql = "SELECT {c} FROM {table} WHERE {where} ORDER BY {c} DESC LIMIT 1 OFFSET {after}"
        rows = self._ask(sql, table, ALL, c=column, after=after)
        return pd.Timestamp(rows[0][0]) if rows else None

    def last_row(self, table: str) -> int:
        """The number of the row written last, 0 where there is none."""
        return int(self._ask("SELECT max(fid) FROM {table} WHERE {where}", table, ALL, [(0,)])[0][0] or 0)

    def next_times(self, ends: pd.DataFrame, size: int, *, later: bool) -> pd.DataFrame:
        """The moments of the next fixes of officers, see :class:`~.interface.RowsHome`."""
        side, order = (">", "ASC") if later else ("<", "DESC")
        beyond = composed(_NEXT, side=Sql(side), order=Sql(order), n=size)
        found = []
        for officer, edge in zip(ends["officer_id"], ends["edge"]):
            first, last = self.package_of("fixes").execute(beyond, (officer, edge))[0]
            found += [(officer, first, last)] if first is not None else []
        rows = pd.DataFrame(found, columns=["officer_id", "first", "last"], dtype=object)
        return rows.assign(first=pd.to_datetime(rows["first"], utc=True), last=pd.to_datetime(rows["last"], utc=True))

    # --- SQL ----------------------------------------------------------------------------------------------------------

    def _ask(self, template: str, table: str, where: Where, absent: Any = (), **parts: Any) -> list[tuple[Any, ...]]:
        package = self.package_of(table)
        if table not in package.tables():
            return list(absent)
        sql, values = self._sql(table, where)
        return package.execute(composed(template, table=table, where=Sql(sql), **parts), values)

    def _sql(self, table: str, where: Where, values: Any = ()) -> tuple[str, Sequence[object]]:
        if isinstance(where, str):
            return where, values
        if where == ALL:
            return "1", ()
        if where == NONE:
            return "0", ()
        package, made = self.package_of(table), 0

        def set_down(rows: Listed) -> Sql:
            nonlocal made
            made += 1
            return _set_down(package, table, rows, f"wanted_{made}")

        return written(where, "?", set_down)


_NEXT = (
    "SELECT min(time), max(time) FROM (SELECT time FROM fixes WHERE officer_id = ? AND time {side} ? "
    "ORDER BY time {order} LIMIT {n})"
)


def _set_down(package: GeoPackage, table: str, wanted: Listed, name: str) -> Sql:
    """A list as a table of the connection's own, and how its rows are asked for."""
    columns = [str(c) for c in wanted.rows.columns]
    package.execute(composed("DROP TABLE IF EXISTS temp.{name}", name=name))
    package.execute(composed("CREATE TEMP TABLE {name} ({columns})", name=name, columns=columns))
    rows = [_texts(wanted.rows[c]) for c in columns]
    marks = Sql(", ".join("?" * len(columns)))
    package.executemany(composed("INSERT INTO temp.{name} VALUES ({marks})", name=name, marks=marks), list(zip(*rows)))
    if len(columns) == 1:
        return composed("{c} IN (SELECT {c} FROM temp.{name})", c=columns[0], name=name)
    alike = [composed("t.{c} = w.{c}", c=c) for c in wanted.names]
    if wanted.moment:
        alike.append(composed("t.{c} >= w.first AND t.{c} <= w.last", c=wanted.moment))
    # CROSS JOIN: row by row of the list, by the table's index.
    return composed(
        "fid IN (SELECT t.fid FROM temp.{name} w CROSS JOIN {table} t WHERE {alike})",
        name=name,
        table=table,
        alike=Sql(" AND ".join(alike)),
    )


def _texts(column: pd.Series) -> list[object]:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return list(texts_of(nanoseconds(column)))
    return list(column.astype(object))


__all__ = ["FileRows", "Order", "Where"]
