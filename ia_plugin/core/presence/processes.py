"""Legs shared among cores: a range of whole tracks a process, the same answer in the same order.

Threads gain nothing here (tried): the kernels are many short array operations, and each holds the interpreter's lock.
Processes are forked, so that the legs are not copied; where the system cannot fork, as on Windows, Python programs read them from
shared memory (:mod:`.spawned`).
"""

from __future__ import annotations

import multiprocessing
import sys
from typing import TYPE_CHECKING, Any, Callable, TypeVar

import numpy as np
import pandas as pd

from ..progress import Progress, part, silent
from . import spawned
from .bridge_model import time_order

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Work = Callable[[pd.DataFrame, Progress], pd.DataFrame]
Task = TypeVar("Task")
Done = TypeVar("Done")

WORTH = 200_000  # legs from which a process of its own pays
PARTS = 8  # of the legs for each program that takes part after part
LEAST = 100_000  # legs of such a part: fewer do not pay for themselves
AT_ONCE = 4_000_000  # legs whose arrays are held at once


def cores(asked: int, legs: int) -> int:
    """How many processes are worth starting."""
    if asked < 2 or is_own_process() or not (may_fork() or spawned.is_possible()):
        return 1
    return max(1, min(asked, legs // (WORTH if may_fork() else spawned.WORTH)))


def may_fork() -> bool:
    """Whether a process may be forked: macOS has it, but its own libraries do not survive it."""
    return sys.platform not in ("win32", "darwin") and "fork" in multiprocessing.get_all_start_methods()


def in_ranges(legs: pd.DataFrame, areas: pd.DataFrame, workers: int, work: Work, progress: Progress) -> pd.DataFrame:
    """`work` of all legs: at once where they are few, else range by range of whole tracks, on several cores where asked.

    A few million legs at a time, so that memory does not grow with their number. The ranges are put together in the order
    one would give.
    """
    n = cores(workers, len(legs))
    ranges = max(n, -(-len(legs) // AT_ONCE) if len(legs) > 1.5 * AT_ONCE else 1)
    if n > 1 and not may_fork():
        ranges = max(ranges, min(PARTS * n, len(legs) // LEAST))
    if ranges == 1:
        return work(legs, progress)
    legs = _tracks_together(legs)
    edges = _edges(legs, ranges)
    parts = [legs.iloc[a:b] for a, b in zip(edges, edges[1:])]
    return _in_order(_side_by_side(parts, n, work, progress) if n > 1 else _in_turn(parts, work, progress), areas)


def tasks_shared(tasks: list[Task], workers: int, work: Callable[[Task], Done]) -> list[Done]:
    """`work` of each task, in their order: a run of them a process, where several cores are asked and the system can fork.

    Examples
    --------
    >>> tasks_shared([1, 2, 3], 2, str)
    ['1', '2', '3']
    """
    n = min(workers, len(tasks)) if may_fork() else 1
    if n < 2:
        return [work(task) for task in tasks]
    runs = [tasks[i * len(tasks) // n : (i + 1) * len(tasks) // n] for i in range(n)]
    return _forked(runs, lambda task, _: work(task), silent)


def is_own_process() -> bool:
    """Whether this is a process that shares in the work of another: it has a core, and may start none of its own."""
    return bool(multiprocessing.current_process().daemon)


def _in_turn(parts: list[Task], work: Callable[[Task, Progress], Done], progress: Progress) -> list[Done]:
    return [work(legs, part(progress, i / len(parts), (i + 1) / len(parts))) for i, legs in enumerate(parts)]


def _side_by_side(parts: list[pd.DataFrame], n: int, work: Work, progress: Progress) -> list[pd.DataFrame]:
    """Tables of the parts: a run of them a process, the first done here; or whichever a program takes."""
    if not may_fork():
        return spawned.spawned(parts, n - 1, work, progress)
    runs = [parts[i * len(parts) // n : (i + 1) * len(parts) // n] for i in range(n)]
    return _forked(runs, work, progress)


def _forked(runs: list[list[Task]], work: Callable[[Task, Progress], Done], progress: Progress) -> list[Done]:
    context = multiprocessing.get_context("fork")
    children = []
    for run in runs[1:]:
        receive, send = context.Pipe(duplex=False)
        child = context.Process(target=_send, args=(send, run, work), daemon=True)
        child.start()
        send.close()
        children.append((child, receive))
    try:
        tables = _in_turn(runs[0], work, progress)
        for child, receive in children:
            done = receive.recv()
            child.join()
            if isinstance(done, BaseException):
                raise done
            tables += done
    finally:
        for child, _ in children:
            if child.is_alive():
                child.terminate()
    return tables


def _send(send: Connection, parts: list[Any], work: Callable[[Any, Progress], Any]) -> None:
    try:
        send.send(_in_turn(parts, work, silent))
    except BaseException as error:  # reported to the parent
        send.send(error)
    finally:
        send.close()


def _tracks_together(legs: pd.DataFrame) -> pd.DataFrame:
    """Legs track after track, so that a range of them holds whole tracks."""
    order = time_order(legs)
    return legs if order is None else legs.iloc[order]


def _in_order(tables: list[pd.DataFrame], areas: pd.DataFrame) -> pd.DataFrame:
    """Tables of ranges of legs as one, area after area."""
    table = pd.concat(tables, ignore_index=True)
    order = np.argsort(pd.Index(areas["area_id"]).get_indexer(table["area_id"]), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _edges(legs: pd.DataFrame, n: int) -> list[int]:
    """Edges of about `n` ranges of rows, none within a track, so that no leg loses its neighbours."""
    wanted = [i * len(legs) // n for i in range(1, n)]
    name = next((c for c in ("track_id", "officer_id") if c in legs.columns), None)
    if name is not None:
        values = legs[name].to_numpy()
        starts = np.r_[0, np.flatnonzero(values[1:] != values[:-1]) + 1]
        wanted = [int(starts[np.searchsorted(starts, row, side="right") - 1]) for row in wanted]
    return sorted({0, *wanted, len(legs)})
