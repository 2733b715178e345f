"""The stage by area and day: what all officers add to some days, to the cells of those days, what of them may go out, and each table's file of each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from ..core.summaries.compute import by_area_day
from ..core.summaries.publish import published
from ..store.day_passes import BY_GROUP, PUBLISHED
from .chunks import PARTS, REPORT, Chunk, packed, parts_of
from .day_rows import DayFile, chunks_by_day
from .spans import day_text

__all__ = ["BY_GROUP", "PUBLISHED", "Piece", "pieces_of_days", "tables_of_days"]

RESTRICTED, SUMMARY, WORK = "restricted", "summary", "work"
"""Rooms of a run: what tells of single officers or few, what may go out, and what the driver asks for before the run counts."""


@dataclass(frozen=True)
class Piece:
    """A file of a run: a day of a table, as Parquet; in the room :data:`WORK` whatever the driver knows to read."""

    room: str
    table: str
    day: str
    content: bytes


def pieces_of_days(chunks: Iterable[Chunk], keep: tuple[str, ...], timezone: str) -> Iterator[Piece]:
    """All files of the days of some slabs.

    Parameters
    ----------
    chunks : all there are of these slabs, in any order; officers in any groups
    keep : tables of single officers, or by group, that are kept
    """
    files: dict[tuple[str, int], DayFile] = {}
    parts: dict[int, list[bytes]] = {}
    reports: list[bytes] = []
    for chunk in chunks:
        if chunk.kind == PARTS:
            parts.setdefault(chunk.slab, []).append(bytes(chunk.payload))  # and let go of what came with it
        elif chunk.kind == REPORT:
            reports.append(bytes(chunk.payload))
        else:
            files.setdefault((chunk.kind, chunk.day), DayFile()).add(chunk.payload)
    if reports:
        yield Piece(WORK, REPORT, "all", b"\n".join(reports))
    for name, day in sorted(files):
        yield Piece(RESTRICTED, name, day_text(day), files.pop((name, day)).content())
    for slab in sorted(parts):
        for name, table in tables_of_days(parts.pop(slab)).items():
            if name in PUBLISHED:
                yield Piece(WORK, name, str(slab), packed(table))
            elif name not in keep:
                continue
            room = SUMMARY if name in PUBLISHED else RESTRICTED
            for chunk in chunks_by_day(name, table, timezone):
                file = DayFile()
                file.add(chunk.payload)
                yield Piece(room, name, day_text(chunk.day), file.content())


def tables_of_days(payloads: Iterable[bytes]) -> dict[str, pd.DataFrame]:
    """The tables of the days of one slab that have rows: those that are published (:data:`PUBLISHED`), and those by group (:data:`BY_GROUP`).

    Parameters
    ----------
    payloads : of all their chunks of parts, in any order; officers in any groups
    """
    cells = by_area_day(parts_of(payloads))
    shown = published(cells.time_use, cells.cover, cells.officers_seen, cells.visit_lengths)
    tables = {n: shown[n] for n in PUBLISHED} | {n: getattr(cells, of) for n, of in BY_GROUP.items()}
    return {name: table for name, table in tables.items() if len(table)}
