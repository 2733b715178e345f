"""The tasks of a run: which officers' fixes go together to compute which days."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from .spans import WIDTHS, SpanOfDays, spans_of, width_for

MOST_FIXES = 400_000
"""Fixes that one officer may bring to a task, about what a GB serves; one with more is computed in shorter spans."""


@dataclass(frozen=True)
class Tasks:
    """The tasks of a run, numbered.

    Attributes
    ----------
    spans : of each task
    days : rows (width, day, first task, how many): where fixes of a day go, of officers of a width
    officers : rows (officer, turn, width): an officer's fixes go to the first task of a day and width, and `turn` tasks on, round and
        round. Officers with most fixes have the first turns: so no task has many more than another, as it has by chance.
    """

    spans: tuple[SpanOfDays, ...]
    days: list[tuple[int, int, int, int]]
    officers: list[tuple[str, int, int]]

    @property
    def count(self) -> int:
        return len(self.spans)


def fixes_by_officer(census: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Officer -> (fixes, days from the first to the last), of rows ``officer_id, day, n``."""
    counted = census.groupby("officer_id").agg(n=("n", "sum"), first=("day", "min"), last=("day", "max"))
    days = counted["last"] - counted["first"] + 1
    return {str(o): (int(n), int(d)) for o, n, d in zip(counted.index, counted["n"], days)}


def tasks_of(
    due: set[int], fixes_on: Mapping[int, int], by_officer: Mapping[str, tuple[int, int]], task_fixes: int
) -> Tasks:
    """Tasks of about as many fixes each.

    Parameters
    ----------
    due : days to compute
    fixes_on : day -> fixes of the whole force
    by_officer : officer -> (fixes, days from the first to the last)
    task_fixes : how many a task is given, about

    Examples
    --------
    >>> tasks = tasks_of({10, 11}, {10: 500, 11: 500}, {}, 400)
    >>> tasks.count, tasks.spans[0].first, tasks.spans[0].after
    (3, 10, 12)
    """
    widths = {
        o: width_for(n / days, MOST_FIXES) if n > MOST_FIXES else WIDTHS[0] for o, (n, days) in by_officer.items()
    }
    turns: Counter[int] = Counter()
    officers = []
    for officer in sorted(by_officer, key=lambda o: (-by_officer[o][0], o)):
        width = widths[officer]
        officers.append((officer, turns[width], width))
        turns[width] += 1
    spans: list[SpanOfDays] = []
    days: list[tuple[int, int, int, int]] = []
    for width in sorted({WIDTHS[0], *widths.values()}):
        for span in spans_of(due, width):
            fixes = sum(fixes_on.get(d, 0) for d in span.read)
            n = max(1, math.ceil(fixes / task_fixes)) if width == WIDTHS[0] else turns[width]
            days += [(width, day, len(spans), n) for day in span.read]
            spans += [span] * n
    return Tasks(tuple(spans), days, officers)
