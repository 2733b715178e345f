"""Rows of a shared store, by conditions that know no dialect: the verbs of :class:`~ia_plugin.store.interface.RowsHome`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Optional, Union

import pandas as pd

from ...core.columns import PERSONAL, TABLES, Table
from ...core.empty import empty_table
from ...core.sql import Sql, composed, literal
from ...pgcopy.decode import columns_of
from ...pgcopy.driver import Connection
from ...pgcopy.encode import field, rows_of
from ..condition import ALL, Condition, Listed, Span, Value, among, written
from ..pair import COMPUTED
from ..tables import SUMMARY_TABLES
from .columns import EXTRA, GEOMETRY, frame_of, positions_of

_SHORT = {"timestamp with time zone": "timestamptz", "double precision": "float8", "bigint": "int8", "boolean": "bool", "smallint": "int2", "integer": "int4"}  # fmt: skip
_KINDS = {"timestamp with time zone": "time", "double precision": "float", "bigint": "int", "text": "str"}


class PostgisRows:
    """A connection to a shared store, for rows of its tables."""

    db: Connection

    def __init__(self) -> None:
        self._types: dict[str, dict[str, str]] = {}

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

    def is_written(self, table: str) -> bool:
        """Whether a table is laid out: all are, by the migrations."""
        return bool(self.types_of(table))

    def columns(self, table: str) -> Collection[str]:
        """Columns of a table without its geometry."""
        return [n for n in self.types_of(table) if n not in ("fid", GEOMETRY, EXTRA)]

    def read(
        self,
        table: str,
        where: Condition = ALL,
        *,
        columns: Optional[Sequence[str]] = None,
        order: Sequence[str] = ("fid",),
    ) -> pd.DataFrame:
        """Rows of a table, by default in the order in which they came.

        Raises
        ------
        StoreError
            where the login has no right to it.
        """
        known, types = TABLES.get(table) or Table(table, "", ()), self.types_of(table)
        names = [n for n in types if n != "fid"]
        if columns is not None:
            axes = positions_of(known)
            names = [n for n in columns if n not in axes] + [GEOMETRY] * bool(set(axes) & set(columns))
        by = [_ordered(name, types) for name in order]
        rows = self.db.copy_out(self._filled("COPY (SELECT {names} FROM {t} WHERE {where} ORDER BY {by}) TO STDOUT (FORMAT binary)", table, where, names=names, by=by))  # fmt: skip
        found = frame_of(names, columns_of(rows, [_SHORT.get(types[n], types[n]) for n in names]), known) if len(rows) > 1 else empty_table(known)  # fmt: skip
        return found if columns is None else found.reindex(columns=[*columns])

    def count(self, table: str, where: Condition = ALL) -> int:
        """How many such rows a table has."""
        return int(self._ask("SELECT count(*) FROM {t} WHERE {where}", table, where)[0][0])

    def has(self, table: str, where: Condition = ALL) -> bool:
        """Whether there is such a row."""
        return bool(self._ask("SELECT 1 FROM {t} WHERE {where} LIMIT 1", table, where))

    def distinct(
        self, table: str, columns: Sequence[str], where: Condition = ALL, most: Optional[int] = None
    ) -> list[tuple[Any, ...]]:
        """What some columns hold, each once, in no order; `most` of them."""
        some = Sql("ALL") if most is None else most
        return self._ask(
            "SELECT DISTINCT {columns} FROM {t} WHERE {where} LIMIT {some}", table, where, columns=columns, some=some
        )

    def counts(self, table: str, column: str, where: Condition = ALL) -> list[tuple[str, int]]:
        """(value of a column, how many rows have it), by value."""
        sql = "SELECT {c}, count(*) FROM {t} WHERE {where} GROUP BY {c} ORDER BY {by}"
        by = _ordered(column, self.types_of(table))
        return [(str(value), int(n)) for value, n in self._ask(sql, table, where, c=column, by=by)]

    def nth(self, table: str, places: Sequence[int], where: Condition = ALL) -> pd.DataFrame:
        """Such rows by their place in the order they were written in, from 0."""
        sql = "SELECT n.fid FROM (SELECT t.fid, row_number() OVER (ORDER BY t.fid) - 1 AS place FROM {t} WHERE {where}) n WHERE n.place IN ({places})"
        found = self._ask(sql, table, where, places=list(places)) if places else []
        return self.read(table, among("fid", [int(fid) for (fid,) in found]))

    def source_rows(self, table: str) -> dict[str, tuple[int, int]]:
        """The first and the last row of each file that a table's ``source_ref`` names, by the mark of the file."""
        line = "split_part(source_ref, ':', 2)::bigint"
        sql = "SELECT split_part(source_ref, ':', 1), min({line}), max({line}) FROM {t} WHERE source_ref ~ ':[0-9]+$' GROUP BY 1"
        return {str(mark): (int(low), int(high)) for mark, low, high in self._ask(sql, table, ALL, line=Sql(line))}

    def edges(self, table: str, column: str, where: Condition = ALL) -> Optional[Span]:
        """The first and the last moment of a column; None where there is none."""
        first, last = self._ask("SELECT min({c}), max({c}) FROM {t} WHERE {where}", table, where, c=column)[0]
        return None if first is None else (_moment(first), _moment(last))

    def latest(self, table: str, column: str, after: int) -> Optional[pd.Timestamp]:
        """The latest moment of a column but for so many that are later; None where there are not as many."""
        sql = "SELECT {c} FROM {t} WHERE {where} ORDER BY {c} DESC LIMIT 1 OFFSET {after}"
        rows = self._ask(sql, table, ALL, c=column, after=after)
        return _moment(rows[0][0]) if rows else None

    def last_row(self, table: str) -> int:
        """The number of the row written last, 0 where there is none."""
        return int(self._ask("SELECT max(fid) FROM {t} WHERE {where}", table, ALL)[0][0] or 0)

    def next_times(self, ends: pd.DataFrame, size: int, *, later: bool) -> pd.DataFrame:
        """The moments of the next fixes of officers, see :class:`~ia_plugin.store.interface.RowsHome`."""
        self._lay_down(ends, "ends", {"officer_id": "text", "edge": "timestamp with time zone"})
        side, order = (">", "ASC") if later else ("<", "DESC")
        found = self.db.execute(composed(_NEXT, side=Sql(side), order=Sql(order), n=size))
        rows = pd.DataFrame(found, columns=["officer_id", "first", "last"], dtype=object)
        return rows.assign(first=pd.to_datetime(rows["first"], utc=True), last=pd.to_datetime(rows["last"], utc=True))

    def update(self, table: str, values: Mapping[str, Value], where: Condition) -> None:
        """Give columns of rows values."""
        setters = [composed("{c} = %s", c=c) for c in values]
        sql, bound = self._where(table, where)
        text = composed("UPDATE {t} AS t SET {setters} WHERE {where}", t=place_of(table), setters=setters, where=sql)
        self.db.execute(text, [*values.values(), *bound])

    def remove(self, table: str, where: Condition) -> int:
        """Remove rows; how many there were."""
        sql = "WITH gone AS (DELETE FROM {t} WHERE {where} RETURNING 1) SELECT count(*) FROM gone"
        return int(self._ask(sql, table, where)[0][0])

    def types_of(self, table: str) -> dict[str, str]:
        """Column -> type, of a table."""
        if table not in self._types:
            found = self.db.execute(
                "SELECT attname, CASE WHEN format_type(atttypid, NULL) LIKE '%%geometry' THEN 'geometry' ELSE format_type(atttypid, NULL) END "
                "FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                (place_of(table),),
            )
            self._types[table] = {str(name): str(kind) for name, kind in found}
        return self._types[table]

    # --- SQL ----------------------------------------------------------------------------------------------------------

    def _ask(self, template: str, table: str, where: Condition, **parts: Any) -> list[tuple[Any, ...]]:
        sql, values = self._where(table, where)
        place = composed("{t} AS t", t=place_of(table))
        return self.db.execute(composed(template, t=place, where=sql, **parts), values)

    def _filled(self, template: str, table: str, where: Condition, **parts: Any) -> Sql:
        sql, values = self._where(table, where)
        place = composed("{t} AS t", t=place_of(table))
        return self.db.filled(composed(template, t=place, where=sql, **parts), values)

    def _where(self, table: str, where: Condition) -> tuple[Sql, list[object]]:
        made = 0

        def set_down(wanted: Listed) -> Sql:
            nonlocal made
            made += 1
            known = {**self.types_of(table), "first": "timestamp with time zone", "last": "timestamp with time zone"}
            name = f"wanted_{made}"
            self._lay_down(wanted.rows, name, {str(c): known[str(c)] for c in wanted.rows.columns})
            alike = [composed("w.{c} = t.{c}", c=c) for c in wanted.names]
            if wanted.moment:
                alike.append(composed("t.{c} >= w.first AND t.{c} <= w.last", c=wanted.moment))
            return composed(
                "EXISTS (SELECT FROM pg_temp.{name} w WHERE {alike})", name=name, alike=Sql(" AND ".join(alike))
            )

        sql, values = written(_unnamed(where), "%s", set_down)
        return sql, [v.isoformat() if isinstance(v, pd.Timestamp) else v for v in values]

    def _lay_down(self, rows: pd.DataFrame, name: str, types: Mapping[str, str]) -> None:
        """A list as a table of the session's own. It goes by COPY: a statement with pseudonyms in it would stand in the server's log."""
        columns = [composed("{c} {kind}", c=c, kind=Sql(kind)) for c, kind in types.items()]
        self.db.execute(composed("DROP TABLE IF EXISTS pg_temp.{name}", name=name))
        self.db.execute(composed("CREATE TEMP TABLE {name} ({columns})", name=name, columns=columns))
        if len(rows):
            fields = [field(rows[c], _KINDS.get(kind, "int"), kind) for c, kind in types.items()]
            copy = composed("COPY pg_temp.{name} FROM STDIN (FORMAT binary)", name=name)
            self.db.copy_in(copy, rows_of(fields))
        self.db.execute(composed("ANALYZE pg_temp.{name}", name=name))


def _unnamed(where: Condition) -> Condition:
    """A condition in whose statement nothing of a person stands: who is asked for goes as a list, and so by COPY."""
    named = [t for t in where.terms if t.column in PERSONAL and t.sign in ("=", "IN")]
    lists = [Listed(pd.DataFrame({t.column: list(t.values)})) for t in named]
    terms = tuple(t for t in where.terms if t not in named)
    return Condition(terms, (*where.lists, *lists), where.never)


_NEXT = (
    "SELECT w.officer_id, n.first, n.last FROM pg_temp.ends w CROSS JOIN LATERAL (SELECT min(s.time) AS first, max(s.time) AS last FROM "
    "(SELECT f.time FROM ia_restricted.fixes f WHERE f.officer_id = w.officer_id AND f.time {side} w.edge ORDER BY f.time {order} LIMIT {n}) s) n "
    "WHERE n.first IS NOT NULL"
)


def place_of(table: Union[str, Table]) -> Sql:
    """A table with its schema, as SQL writes it."""
    name = table if isinstance(table, str) else table.name
    return composed("{s}.{t}", s="ia_summary" if name in SUMMARY_TABLES else "ia_restricted", t=name)


def _ordered(name: str, types: Mapping[str, str]) -> Sql:
    """A column to sort by: text by its letters' numbers, as Python and SQLite do, whatever language the database has."""
    return composed('{c} COLLATE "C"' if types.get(name) == "text" else "{c}", c=name)


def _moment(value: Any) -> pd.Timestamp:
    return pd.Timestamp(value).tz_convert("UTC")


__all__ = ["PostgisRows", "place_of"]
