"""On how many days the words of events recur: what :mod:`~ia_plugin.core.imports.word_recurrence` counts them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Optional

import pandas as pd

from ..imports.mapping import Mapping
from ..imports.source import Source
from ..imports.word_recurrence import DAYS, Part, RecurringWords
from ..references import known_rows
from ..times.instants import nanoseconds
from .key_types import key_types

WORDS = ("category", "outcome")
LONGEST = 120  # categories are longer than names of units
_DAY = 86_400_000_000_000


def words_of_events(listed: Iterable[str] = (), before: Any = None) -> RecurringWords:
    """The words of an extract of events; `listed` are the categories that the force's own table names."""
    return RecurringWords(DAYS, listed=listed, before=before, longest=LONGEST)


def words_of_source(
    source: Source, mapping: Mapping, table: Optional[pd.DataFrame], given: Optional[RecurringWords]
) -> RecurringWords:
    """The words of a source: what the force lists (in its `table` of key types) or has released, the rest by its days."""
    words = words_of_events() if given is None else given
    words.release([*mapping.released, *(key_types() if table is None else table)["category"].dropna()])
    words.ahead = None if source.in_one_part else partial(words_ahead, source, mapping, WORDS)
    return words


def days_of(start: Any, index: Any = None) -> pd.Series:
    """The day of each moment, as a number of its own; missing where there is none.

    >>> days_of(pd.to_datetime(["1970-01-03T23:00Z", None])).tolist()
    [2, None]
    """
    moments = pd.Series(pd.to_datetime(pd.Series(start), utc=True))
    days = pd.Series(nanoseconds(moments) // _DAY, index=moments.index, dtype=object).where(moments.notna(), None)
    return days if index is None else days.set_axis(index)


def words_ahead(source: Source, mapping: Mapping, names: Iterable[str]) -> Iterator[Part]:
    """The words of a source and the days they are of, part by part."""
    columns = {n: mapping.columns[n] for n in names if n in mapping.columns}
    when = [mapping.columns[r] for r in ("start", "start_time") if r in mapping.columns]
    times = mapping.times(source)
    for chunk in source.chunks([*dict.fromkeys([*when, *columns.values()])]):
        rows = chunk.rows if chunk.searched else known_rows(chunk.rows)
        days = days_of(times.read(rows, "start").time.to_numpy(), rows.index)
        yield {n: rows[c] for n, c in columns.items()}, days, ()


__all__ = ["LONGEST", "WORDS", "days_of", "words_ahead", "words_of_events", "words_of_source"]
