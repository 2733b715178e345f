"""The tasks of a run: which officers' fixes go together to compute which days."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .spans import WIDTHS, SpanOfDays, spans_of, width_for

MOST_FIXES = 1_000_000
"""Fixes that one officer may bring to a task; one with more is computed in shorter spans."""


@dataclass(frozen=True)
class Tasks:
    """The tasks of a run, numbered.

    Attributes
    ----------
    spans : of each task
    days : rows (width, day, first task, how many): where fixes of a day go, of officers of a width
    widths : officer -> width, of those with more fixes than fit; of all others the widest
    """

    spans: tuple[SpanOfDays, ...]
    days: list[tuple[int, int, int, int]]
    widths: dict[str, int]

    @property
    def count(self) -> int:
        return len(self.spans)


def tasks_of(due: set[int], fixes_on: Mapping[int, int], many: Mapping[str, float], task_fixes: int) -> Tasks:
    """Tasks of about as many fixes each.

    Parameters
    ----------
    due : days to compute
    fixes_on : day -> fixes of the whole force
    many : officer -> fixes a day, of officers that may bring more than fit into one task
    task_fixes : how many a task is given, about

    Examples
    --------
    >>> tasks = tasks_of({10, 11}, {10: 500, 11: 500}, {}, 400)
    >>> tasks.count, tasks.spans[0].first, tasks.spans[0].after
    (3, 10, 12)
    """
    widths = {officer: width_for(n, MOST_FIXES) for officer, n in many.items()}
    widths = {officer: w for officer, w in widths.items() if w != WIDTHS[0]}
    spans: list[SpanOfDays] = []
    days: list[tuple[int, int, int, int]] = []
    for width in sorted({WIDTHS[0], *widths.values()}):
        alone = sum(w == width for w in widths.values())
        for span in spans_of(due, width):
            fixes = sum(fixes_on.get(d, 0) for d in span.read)
            n = max(1, math.ceil(fixes / task_fixes)) if width == WIDTHS[0] else alone
            days += [(width, day, len(spans), n) for day in span.read]
            spans += [span] * n
    return Tasks(tuple(spans), days, widths)
