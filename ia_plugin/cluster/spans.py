"""Days that a run computes, cut into spans, and what each span must read beside its own days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ..core.stretches import REACH_S

REACH_DAYS = int(REACH_S // 86_400)
"""A fix says something of no day further from its own: no stretch of an officer's time is longer."""
MARGIN_DAYS = REACH_DAYS + 1
"""Days that are read on each side of a span: its stretches whole, and the fix before and after them."""
WIDTHS = (168, 28, 7, 3)
"""Days of a span: the more fixes an officer has, the fewer at once, so that no task outgrows its memory."""


@dataclass(frozen=True)
class SpanOfDays:
    """Civil days that one task computes for its officers, from `first` to before `after` (days since 1970)."""

    first: int
    after: int

    @property
    def read(self) -> range:
        """Days (UTC) whose fixes it must have at hand."""
        return range(self.first - MARGIN_DAYS, self.after + MARGIN_DAYS)


def day_number(day: str) -> int:
    """The number of a day, 0 for 1970-01-01.

    >>> day_number("1970-01-03"), day_text(2)
    (2, '1970-01-03')
    """
    return int(pd.Timestamp(day).value // (86_400 * 10**9))


def day_text(number: int) -> str:
    """The day of a number, see :func:`day_number`."""
    return str(pd.Timestamp(number * 86_400 * 10**9).date())


def about(days: Iterable[int], reach: int = REACH_DAYS) -> set[int]:
    """Some days and all that are no further from one of them than `reach`."""
    return {day + k for day in days for k in range(-reach, reach + 1)}


def spans_of(days: Iterable[int], width: int) -> list[SpanOfDays]:
    """Days that follow each other, at most `width` of them in a span.

    >>> [(s.first, s.after) for s in spans_of([1, 2, 3, 7], 2)]
    [(1, 3), (3, 4), (7, 8)]
    """
    found: list[SpanOfDays] = []
    for day in sorted(days):
        last = found[-1] if found else None
        if last is not None and last.after == day and day - last.first < width:
            found[-1] = SpanOfDays(last.first, day + 1)
        else:
            found.append(SpanOfDays(day, day + 1))
    return found


def width_for(fixes_a_day: float, most: int) -> int:
    """The widest of :data:`WIDTHS` that one officer's fixes, with what is read beside it, stay under `most`; else the narrowest."""
    fitting = [w for w in WIDTHS if fixes_a_day * (w + 2 * MARGIN_DAYS) <= most]
    return fitting[0] if fitting else WIDTHS[-1]
