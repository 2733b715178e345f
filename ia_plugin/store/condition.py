"""Which rows of a table are meant, in no dialect of SQL: each home of a store writes it in its own.

Conditions are joined by ``&``:

>>> june = between("start", (pd.Timestamp("2024-06-01T00:00Z"), pd.Timestamp("2024-07-01T00:00Z")))
>>> sql, values = written(june & equals(mode="foot"), "?", lambda listed: Sql(""))
>>> sql, len(values)
('"start" >= ? AND "start" < ? AND "mode" = ?', 3)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Callable, Union

import pandas as pd

from ..core.sql import Sql, composed

Value = Union[str, int, float, bool, pd.Timestamp]
_SIGNS = ("=", "<>", "<", "<=", ">", ">=", "LIKE")


@dataclass(frozen=True)
class Term:
    """One column against one value, or against several of which it must be one."""

    column: str
    sign: str
    values: tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class Listed:
    """Rows that are like one of a list: a home sets the list down beside the table, for it may be long, or name officers.

    Parameters
    ----------
    rows : the columns that are equal; with `moment` also ``first`` and ``last``
    moment : a column that lies between them, ends included
    """

    rows: pd.DataFrame
    moment: str = ""

    @property
    def names(self) -> list[str]:
        """The columns that are equal."""
        return [str(n) for n in self.rows.columns if not (self.moment and n in ("first", "last"))]


@dataclass(frozen=True)
class Condition:
    """All of its terms hold, and the row is like one of each list."""

    terms: tuple[Term, ...] = ()
    lists: tuple[Listed, ...] = ()
    never: bool = False

    def __and__(self, other: Condition) -> Condition:
        return Condition((*self.terms, *other.terms), (*self.lists, *other.lists), self.never or other.never)


ALL, NONE = Condition(), Condition(never=True)
Span = tuple[pd.Timestamp, pd.Timestamp]


def equals(**values: Value) -> Condition:
    """Columns that have a value."""
    return Condition(tuple(Term(name, "=", (value,)) for name, value in values.items()))


def equals_or_missing(column: str, value: Value) -> Condition:
    """A column that has a value, or none."""
    return Condition((Term(column, "IS MISSING OR", (value,)),))


def compared(column: str, sign: str, value: Value) -> Condition:
    """A column before, at or after a value: ``<``, ``<=``, ``>``, ``>=`` or ``<>``."""
    if sign not in _SIGNS:
        raise ValueError(sign)
    return Condition((Term(column, sign, (value,)),))


def between(column: str, span: Span) -> Condition:
    """A moment from the first of two on, and before the second: a day, or an officer-day with ``equals(officer_id=…)``."""
    return compared(column, ">=", span[0]) & compared(column, "<", span[1])


def among(column: str, values: Iterable[Value]) -> Condition:
    """A column that has one of a few values; for many, or for officers, :func:`listed`."""
    return Condition((Term(column, "IN", tuple(values)),))


def begins(column: str, text: str) -> Condition:
    """A text that begins so; no sign of a pattern may stand in it."""
    return compared(column, "LIKE", f"{text}%")


def listed(rows: pd.DataFrame, moment: str = "") -> Condition:
    """Rows that are like one of `rows`, see :class:`Listed`."""
    return Condition(lists=(Listed(rows, moment),))


def written(condition: Condition, mark: str, set_down: Callable[[Listed], Sql]) -> tuple[Sql, list[Value]]:
    """(SQL after WHERE, the values that its marks stand for).

    Parameters
    ----------
    mark : of a value, as the driver writes it
    set_down : sets a list down where SQL can ask it, and says how it is asked
    """
    if condition.never:
        return Sql("1 = 0"), []
    parts: list[str] = []
    values: list[Value] = []
    for term in condition.terms:
        if term.sign == "IN":
            marks = Sql(", ".join([mark] * len(term.values)) or "NULL")
            parts.append(composed("{c} IN ({marks})", c=term.column, marks=marks))
        elif term.sign == "IS MISSING OR":
            parts.append(composed("({c} IS NULL OR {c} = {mark})", c=term.column, mark=Sql(mark)))
        else:
            parts.append(composed("{c} {sign} {mark}", c=term.column, sign=Sql(term.sign), mark=Sql(mark)))
        values += term.values
    parts += [set_down(one) for one in condition.lists]
    return Sql(" AND ".join(parts) or "1 = 1"), values


__all__ = [
    "ALL",
    "NONE",
    "Condition",
    "Listed",
    "Span",
    "Term",
    "Value",
    "among",
    "begins",
    "between",
    "compared",
    "equals",
    "equals_or_missing",
    "listed",
    "written",
]
