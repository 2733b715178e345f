"""Columns of a table from the rows that SQLite gives: a few thousand rows at a time, while they are still at hand.

A million rows of tuples turned about at once go through memory again and again; turned about in small parts they take a third
of the time, and what numbers hold needs no Python object a value.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .positions import LEG_AXES, POINT_AXES, from_blobs
from .values import from_sql

_PART = 8_000  # rows that are turned about at once
_KNOWN = 20_000  # different words of a column up to which equal ones are made one object
_SHAPE = "geometry"


def columns_read(
    cursor: sqlite3.Cursor, kinds: Mapping[str, str], axes: tuple[str, ...], size: int
) -> tuple[dict[str, Any], int]:
    """(columns by name, how many rows).

    Parameters
    ----------
    cursor : of a SELECT of the columns of `kinds`, in their order, and then of the geometry where there are `axes`
    kinds : kind of each column
    axes : columns that the geometry holds
    size : rows to read; 0 for all there are

    Examples
    --------
    >>> cursor = sqlite3.connect(":memory:").execute("SELECT 'a', 1.5 UNION SELECT 'a', 2.5")
    >>> columns_read(cursor, {"name": "str", "x": "float"}, (), 0)
    ({'name': array(['a', 'a'], dtype=object), 'x': array([1.5, 2.5])}, 2)
    """
    gathered = [_Column(kind) for kind in kinds.values()]
    if axes:
        gathered.append(_Column(_SHAPE, axes))
    n = 0
    while rows := cursor.fetchmany(min(_PART, size - n) if size else _PART):
        n += len(rows)
        for column, values in zip(gathered, zip(*rows)):
            column.add(values)
        if n == size:
            break
    found: dict[str, Any] = {name: column.whole() for name, column in zip(kinds, gathered)}
    if axes:
        found.update(gathered[-1].axes_whole())
    return found, n


class _Column:
    """The values of one column as they come: numbers, moments and positions in arrays, else as Python has them."""

    def __init__(self, kind: str, axes: tuple[str, ...] = ()) -> None:
        self._kind, self._axes = kind, axes
        self._parts: list[Any] = []
        self._words: list[Any] = []
        self._known: dict[object, object] = {}

    def add(self, values: Sequence[Any]) -> None:
        if self._axes in (POINT_AXES, LEG_AXES):
            self._parts.append(from_blobs(self._axes, list(values)))
        elif self._kind in ("float", "time"):
            self._parts.append(from_sql(list(values), self._kind))
        elif self._kind == "str" and isinstance(values[0], str) and len(self._known) < _KNOWN:
            # Equal words as one object: a million of them are compared and counted in a fraction of the time.
            self._words += map(self._known.setdefault, values, values)
        else:
            self._words += values

    def whole(self) -> Any:
        """The column as :func:`~.values.from_sql` gives it."""
        parts = self._parts
        if not parts:
            return from_sql(self._words, self._kind)
        return parts[0].append(parts[1:]) if isinstance(parts[0], pd.DatetimeIndex) else np.concatenate(parts)

    def axes_whole(self) -> dict[str, Any]:
        """The columns that the geometry holds, as :func:`~.positions.from_blobs` gives them."""
        if not self._parts:
            return dict(from_blobs(self._axes, self._words))
        return {axis: np.concatenate([part[axis] for part in self._parts]) for axis in self._axes}


__all__ = ["columns_read"]
