"""The officers of a store in groups of about as many, so that several processes compute the same days."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Callable, Optional, TypeVar

import pandas as pd

from ..core.presence.processes import is_own_process, may_fork, tasks_shared
from ..core.summaries.compute import ForceFacts, Span
from .condition import ALL, Condition, between, compared
from .interface import StoreHome

WORTH = 60_000  # rows from which a process of its own pays: it opens the store, and sends its tables back
_SAMPLE = 400  # officers whose ids tell how those of all are spread: pseudonyms are as good as drawn by lot

Done = TypeVar("Done")


@dataclass(frozen=True)
class Shares:
    """Groups of officers, each for a process of its own that reads the store itself.

    Attributes
    ----------
    groups : two or more, together all of the officers asked for
    again : opens the store
    """

    groups: list[Condition]
    again: Callable[[], AbstractContextManager[StoreHome]]

    def each(self, work: Callable[[StoreHome, Condition], Done]) -> list[Done]:
        """`work` of the store and each group, in their order."""
        return tasks_shared(self.groups, len(self.groups), partial(_elsewhere, self.again, work))


def officers_shared(store: StoreHome, span: Span, rows: int, workers: int, some: Condition = ALL) -> Optional[Shares]:
    """Officers shared among processes; None where one is enough, or another may not read.

    Parameters
    ----------
    span : the days
    rows : of the days and officers, which have to be read
    workers : how many processes at most
    some : the officers, all by default
    """
    n = min(workers, rows // WORTH) if may_fork() and not is_own_process() else 1
    again = store.opened_again() if n > 1 else None
    groups = _ranges(store, span, n) if again is not None else []
    return Shares([g & some for g in groups], again) if again is not None and len(groups) > 1 else None


def alone(facts: ForceFacts) -> ForceFacts:
    """The same force for processes that start no others, with what they all need worked out before they part."""
    found = replace(facts, method=replace(facts.method, workers=1))
    assert found.headline is not None
    return found


def _ranges(store: StoreHome, span: Span, n: int) -> list[Condition]:
    """Ranges of officer ids, about as many in each; none where there are few officers."""
    middle, half = span[0] + (span[1] - span[0]) / 2, pd.Timedelta("12h")
    # Of a day alone: where there are fewer officers than are asked for, all fixes of the time are read.
    ids = _ids(store, (middle - half, middle + half))
    ids = ids if len(ids) >= _SAMPLE // 4 else _ids(store, span)
    edges = [ids[len(ids) * k // n] for k in range(1, n)] if len(ids) >= 2 * n else []
    below = [*(compared("officer_id", "<", e) for e in edges), Condition()]
    above = [Condition(), *(compared("officer_id", ">=", e) for e in edges)]
    return [a & b for a, b in zip(above, below)] if edges else []


def _ids(store: StoreHome, span: Span) -> list[str]:
    seen = store.distinct("fixes", ["officer_id"], between("time", span), most=_SAMPLE)
    return sorted(str(o) for (o,) in seen)


def _elsewhere(
    again: Callable[[], AbstractContextManager[StoreHome]],
    work: Callable[[StoreHome, Condition], Done],
    officers: Condition,
) -> Done:
    with again() as store:
        return work(store, officers)


__all__ = ["Shares", "alone", "officers_shared"]
