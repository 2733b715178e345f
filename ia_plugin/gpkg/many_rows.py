"""Rows into a table, several with each statement.

A statement costs the same whatever it brings: SQLite sets out and ends it, and of a table as GDAL lays it out (its key is
AUTOINCREMENT) notes the last key in a register. Shared by some dozens of rows that is a third of the whole less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Callable

from ..core.sql import Sql, composed

_VARIABLES = 999  # of one statement, in any SQLite (https://www.sqlite.org/limits.html)
INSERT, REPLACE = Sql("INSERT"), Sql("REPLACE")


def bring_rows(
    executemany: Callable[[Sql, Iterable[Sequence[object]]], object],
    table: str,
    columns: Sequence[str],
    values: Sequence[Sequence[object]],
    verb: Sql = INSERT,
) -> None:
    """Rows, given as a list of values a column, into the `columns` of a table, in their order.

    Parameters
    ----------
    executemany : of a connection, in a transaction: an error leaves some rows there
    verb : :data:`INSERT` or :data:`REPLACE`

    Examples
    --------
    >>> import sqlite3
    >>> db = sqlite3.connect(":memory:")
    >>> _ = db.execute("CREATE TABLE t (a, b)")
    >>> bring_rows(db.executemany, "t", ["a", "b"], [[1, 2, 3], ["x", "y", None]])
    >>> db.execute("SELECT * FROM t").fetchall()
    [(1, 'x'), (2, 'y'), (3, None)]
    """
    number, width = len(values[0]), len(columns)
    most = max(1, _VARIABLES // width)
    whole = number - number % most
    row = composed("({marks})", marks=[Sql("?")] * width)
    for rows, begin, end in ((most, 0, whole), (1, whole, number)):
        if begin < end:
            into = {"verb": verb, "table": table, "columns": columns, "rows": [row] * rows}
            sql = composed("{verb} INTO {table} ({columns}) VALUES {rows}", **into)
            executemany(sql, (_flat(values, start, rows) for start in range(begin, end, rows)))


def _flat(values: Sequence[Sequence[object]], start: int, rows: int) -> list[object]:
    """Some rows, one behind the other: a column at once, while they lie in the processor's cache."""
    width = len(values)
    flat: list[object] = [None] * (rows * width)
    for k, column in enumerate(values):
        flat[k::width] = column[start : start + rows]
    return flat
