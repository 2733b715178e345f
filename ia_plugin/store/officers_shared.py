"""The officers of a store in groups of about as many, so that several processes compute the same days."""

from __future__ import annotations

from dataclasses import replace

from ..core.presence.processes import is_own_process, may_fork
from ..core.summaries.compute import ForceFacts, Span
from .condition import Condition, between, compared
from .interface import StoreHome

WORTH = 60_000  # fixes from which a process of its own pays: it opens the store, and sends its tables back
_SAMPLE = 400  # officers whose ids tell how those of all are spread: pseudonyms are as good as drawn by lot


def officers_shared(store: StoreHome, span: Span, fixes: int, workers: int) -> list[Condition]:
    """Ranges of officer ids that together are all of them; none where one process is enough.

    Parameters
    ----------
    span : the days
    fixes : of the days
    workers : how many processes at most
    """
    n = min(workers, fixes // WORTH) if may_fork() and not is_own_process() else 1
    if n < 2:
        return []
    seen = store.distinct("fixes", ["officer_id"], between("time", span), most=_SAMPLE)
    ids = sorted(str(o) for (o,) in seen)
    edges = [ids[len(ids) * k // n] for k in range(1, n)] if len(ids) >= 2 * n else []
    below = [*(compared("officer_id", "<", e) for e in edges), Condition()]
    above = [Condition(), *(compared("officer_id", ">=", e) for e in edges)]
    return [a & b for a, b in zip(above, below)] if edges else []


def alone(facts: ForceFacts) -> ForceFacts:
    """The same force for processes that start no others, with what they all need worked out before they part."""
    found = replace(facts, method=replace(facts.method, workers=1))
    assert found.headline is not None
    return found


__all__ = ["alone", "officers_shared"]
