"""Fixes on their way to the tasks: packed by task as soon as they are read, so that Spark moves few large rows instead of many small ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..core.arrays import Ints
from .chunks import arrow_bytes, arrow_table
from .spans import WIDTHS, SpanOfDays
from .tasks import Tasks

DAY_US = 86_400_000_000


def packed_by_task(batches: Iterable[Any], tasks: Tasks, most: int = 1_000_000) -> Iterator[tuple[int, bytes]]:
    """(task, Arrow bytes of fixes that it is given); a fix goes to each task that reads its day.

    Parameters
    ----------
    batches : Arrow record batches with ``officer_id, us`` and whatever else a fix says; ``us`` is known
    most : rows that are packed together
    """
    import pyarrow as pa

    places = _Places(tasks)
    waiting: list[Any] = []
    rows = 0
    for batch in batches:
        waiting.append(_coded(batch))
        rows += batch.num_rows
        if rows >= most:
            yield from _packed(pa.concat_tables(waiting).unify_dictionaries(), places)
            waiting, rows = [], 0
    if rows:
        yield from _packed(pa.concat_tables(waiting).unify_dictionaries(), places)


def unpacked_fixes(payloads: Sequence[Any]) -> pd.DataFrame:
    """The fixes of some of :func:`packed_by_task`'s bytes; equal words are one object, which is most of what they would weigh."""
    import pyarrow as pa

    table = pa.concat_tables([arrow_table(p) for p in payloads]).unify_dictionaries().combine_chunks()
    found: dict[str, Any] = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            chunk = column.chunk(0) if column.num_chunks else pa.array([], column.type)
            words = np.array([*chunk.dictionary.to_pylist(), None], dtype=object)
            codes = chunk.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)
            found[name] = words[codes]
        else:
            found[name] = column.to_numpy()
    return pd.DataFrame(found)


class _Places:
    """Where fixes go: of an officer's width and turn, and of the spans that read a day."""

    def __init__(self, tasks: Tasks) -> None:
        self._of = {officer: (WIDTHS.index(width), turn) for officer, turn, width in tasks.officers}
        spans: dict[tuple[int, int], tuple[SpanOfDays, int]] = {}
        for width, _, first, n in tasks.days:
            spans[width, first] = (tasks.spans[first], n)
        self.spans = [(WIDTHS.index(width), first, n, span) for (width, first), (span, n) in spans.items()]

    def of_officers(self, names: Sequence[Any]) -> tuple[Ints, Ints]:
        """(width, turn) of each name, and last of a fix that names nobody."""
        found = np.array([self._of.get(name, (0, 0)) for name in (*names, None)], dtype=np.int64)
        return found[:, 0], found[:, 1]


def _coded(batch: Any) -> Any:
    """A batch whose words are written once each."""
    import pyarrow as pa

    columns = {
        name: batch.column(name).dictionary_encode() if pa.types.is_string(batch.column(name).type) else batch.column(name)
        for name in batch.schema.names
    }  # fmt: skip
    return pa.table(columns)


def _packed(table: Any, places: _Places) -> Iterator[tuple[int, bytes]]:
    import pyarrow as pa

    table = table.combine_chunks()
    officer = table.column("officer_id").chunk(0)
    names = officer.dictionary.to_pylist()
    width_of, turn_of = places.of_officers(names)
    who = officer.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
    width, turn, day = width_of[who], turn_of[who], table.column("us").to_numpy() // DAY_US
    first_day, last_day = int(day.min()), int(day.max())
    for of_width, first, n, span in places.spans:
        read = span.read
        if read.start > last_day or read.stop <= first_day:
            continue
        rows = np.flatnonzero((width == of_width) & (day >= read.start) & (day < read.stop))
        task = turn[rows] % n
        order = np.argsort(task, kind="stable")
        counted = np.bincount(task, minlength=n)
        ends = np.cumsum(counted)
        sorted_rows = rows[order]
        for k in np.flatnonzero(counted):
            some = pa.array(sorted_rows[ends[k] - counted[k] : ends[k]])
            yield first + int(k), arrow_bytes(table.take(some))
