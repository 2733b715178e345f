"""Rows of the two GeoPackages of a store, by conditions that know no dialect: the verbs of :class:`~.interface.RowsHome`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Callable, Union

import pandas as pd

from ..core.columns import Table
from ..core.sql import Sql, composed
from .condition import NONE, Value, compared
from .file_rows import FileRows, Where
from .files import StoreFiles
from .marks import has_table
from .pair import FINGERPRINT
from .repeated_looks import forget_expired_looks, forget_looks, looks_before
from .tables import INDEXES, ROOM


class StoreRows(StoreFiles, FileRows):
    """An open store, for rows of its tables."""

    def tables(self) -> list[str]:
        """Names of the tables that somebody has written."""
        return [*self.restricted.tables(), *self.summary.tables()]

    def writing(self) -> AbstractContextManager[None]:
        """One change of restricted tables: all of the block, or nothing."""
        return self.restricted.transaction()

    def settings(self) -> dict[str, str]:
        """All facts of the store that are the same in another home."""
        if not has_table(self.restricted, "settings"):
            return {}
        own = ("timezone", FINGERPRINT, ROOM)
        rows = self.restricted.execute("SELECT name, value FROM settings")
        return {str(name): str(value) for name, value in rows if name not in own}

    def forget_expired(self, at: pd.Timestamp) -> None:
        """What the store keeps for a while alone, and that is over by now."""
        forget_expired_looks(self.restricted, at)

    @contextmanager
    def purging(self) -> Iterator[Callable[[], None]]:
        """As :meth:`together`, for a purge: what it hands out has the room of removed rows overwritten after the block."""
        self.restricted.forget_what_is_removed()
        with self.together("purge") as change:
            yield change.vacuum

    def remove_movement(self, tables: Mapping[str, str], before: pd.Timestamp) -> None:
        """Remove the rows of tables, each with the column of its moment, that lie before a moment."""
        for table, column in tables.items():
            self.remove(table, compared(column, "<", before))

    def looks_before(self, before: pd.Timestamp) -> int:
        """How many marks of looks at officers are older than a moment."""
        return looks_before(self.restricted, before)

    def forget_looks(self, before: pd.Timestamp) -> None:
        """Remove such marks."""
        forget_looks(self.restricted, before)

    def remove(self, table: str, where: Where) -> int:
        """Remove rows of a restricted table; how many there were."""
        sql, values = self._sql(table, where)
        return self.restricted.delete(table, sql, values)

    def append(self, table: Union[str, Table], rows: pd.DataFrame) -> None:
        """Add rows to a restricted table."""
        name = table if isinstance(table, str) else table.name
        self.restricted.append(table, rows, INDEXES.get(name, ()))

    def update(self, table: str, values: Mapping[str, Value], where: Where) -> None:
        """Give columns of a restricted table's rows values."""
        setters = [composed("{c} = ?", c=c) for c in values]
        where, bound = self._sql(table, where)
        sql = composed("UPDATE {table} SET {setters} WHERE {where}", table=table, setters=setters, where=Sql(where))
        self.restricted.execute(sql, [*values.values(), *bound])

    def put(self, table: str, rows: pd.DataFrame, where: Where = NONE, values: Any = ()) -> None:
        """As :meth:`~ia_plugin.store.files.StoreFiles.put`, by a condition."""
        sql, bound = self._sql(table, where, values)
        super().put(table, rows, sql, bound)

    def drop_tables(self, names: Sequence[str]) -> None:
        """Tables of the summary that versions before have written, and nobody reads."""
        for name in names:
            self.summary.drop(name)


__all__ = ["StoreRows"]
