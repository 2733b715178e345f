"""Statements of SQL out of text we wrote and names we did not: a name is quoted by what it is, never taken for SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Union


class Sql(str):
    """Text that is SQL, as against a name: what we wrote as a constant, or :func:`composed`."""


Part = Union[str, int]


def quoted(name: str) -> Sql:
    """A name of a table or column, as SQL writes it.

    >>> quoted('my "unit" ')
    '"my ""unit"" "'
    """
    return Sql('"' + name.replace('"', '""') + '"')


def literal(text: str) -> Sql:
    """A text, as SQL writes it; where a value can be bound to a ``?`` instead, bind it.

    >>> literal("O'Neill")
    "'O''Neill'"
    """
    return Sql("'" + text.replace("'", "''") + "'")


def composed(template: str, **parts: Union[Part, Iterable[Part]]) -> Sql:
    """A statement from a template with ``{word}`` for each of `parts`.

    A string is a name and is quoted, `Sql` stands as it is, a whole number as its digits; of several, one follows the
    other after a comma.

    >>> composed("SELECT {columns} FROM {table} LIMIT {n}", columns=["a", Sql("max(b)")], table="my legs", n=3)
    'SELECT "a", max(b) FROM "my legs" LIMIT 3'
    """
    written = {
        word: _written(part) if isinstance(part, (str, int)) else ", ".join(map(_written, part))
        for word, part in parts.items()
    }
    return Sql(template.format_map(written))


def _written(part: Part) -> str:
    if isinstance(part, Sql):
        return part
    return quoted(part) if isinstance(part, str) else str(int(part))
