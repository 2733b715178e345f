"""The stage by area and day: what all officers add to some days, to the cells of those days and what of them may go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..core.summaries.compute import by_area_day
from ..core.summaries.publish import published
from ..store.refresh import BY_GROUP, PUBLISHED
from .chunks import Chunk, packed, parts_of

__all__ = ["BY_GROUP", "PUBLISHED", "chunks_of_days"]


def chunks_of_days(slab: int, payloads: Iterable[bytes]) -> Iterator[Chunk]:
    """The tables of the days of one slab.

    Parameters
    ----------
    slab : which days
    payloads : of all their chunks, in any order; officers in any groups

    Yields
    ------
    Chunks of the tables that are published (:data:`PUBLISHED`), and of those by group, which stay on the cluster
    (:data:`BY_GROUP`).
    """
    cells = by_area_day(parts_of(payloads))
    shown = published(cells.time_use, cells.cover, cells.officers_seen, cells.visit_lengths)
    tables = {n: shown[n] for n in PUBLISHED} | {n: getattr(cells, of) for n, of in BY_GROUP.items()}
    for name, table in tables.items():
        if len(table):
            yield Chunk(name, slab, packed(table))
