"""Legs shared among cores: a range of whole tracks a process, the same answer in the same order.

Threads gain nothing here (tried): the kernels are many short array operations, and each holds the interpreter's lock.
Processes are forked, so that the legs are not copied; where the system cannot fork, one core does it all.
"""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import replace
from typing import Any, Callable

import numpy as np
import pandas as pd

from ..params import PresenceParams
from .bridge_model import time_order

WORTH = 200_000  # legs from which a process of its own pays
AT_ONCE = 4_000_000  # legs whose arrays are held at once


def cores(asked: int, legs: int) -> int:
    """How many processes are worth starting."""
    if asked < 2 or sys.platform in ("win32", "darwin") or "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return max(1, min(asked, legs // WORTH))


def on_cores(
    legs: pd.DataFrame, areas: pd.DataFrame, params: PresenceParams, model: Any, work: Callable[..., pd.DataFrame]
) -> pd.DataFrame:
    """`work` (time in areas) of ranges of legs, one a process, put together in the order one process would give."""
    n = cores(params.workers, len(legs))
    legs = _tracks_together(legs)
    edges = [0, *(_track_start(legs, i * len(legs) // n) for i in range(1, n)), len(legs)]
    alone = replace(params, workers=1)
    context = multiprocessing.get_context("fork")
    children = []
    for a, b in zip(edges[1:-1], edges[2:]):
        receive, send = context.Pipe(duplex=False)
        child = context.Process(target=_run, args=(send, work, legs, areas, alone, model, a, b), daemon=True)
        child.start()
        send.close()
        children.append((child, receive))
    try:
        tables = [work(legs.iloc[: edges[1]], areas, alone, model=model)]
        for child, receive in children:
            done = receive.recv()
            child.join()
            if isinstance(done, BaseException):
                raise done
            tables.append(done)
    finally:
        for child, _ in children:
            if child.is_alive():
                child.terminate()
    return _in_order(tables, areas)


def in_parts(
    legs: pd.DataFrame, areas: pd.DataFrame, params: PresenceParams, model: Any, work: Callable[..., pd.DataFrame]
) -> pd.DataFrame:
    """`work` of a few million legs after the other, so that memory does not grow with their number."""
    n = -(-len(legs) // AT_ONCE)
    legs = _tracks_together(legs)
    edges = sorted({0, *(_track_start(legs, i * len(legs) // n) for i in range(1, n)), len(legs)})
    return _in_order([work(legs.iloc[a:b], areas, params, model=model) for a, b in zip(edges, edges[1:])], areas)


def _tracks_together(legs: pd.DataFrame) -> pd.DataFrame:
    """Legs track after track, so that a range of them holds whole tracks."""
    order = time_order(legs)
    return legs if order is None else legs.iloc[order]


def _in_order(tables: list[pd.DataFrame], areas: pd.DataFrame) -> pd.DataFrame:
    """Tables of ranges of legs as one, area after area."""
    for table in tables:
        table.attrs.clear()
    table = pd.concat(tables, ignore_index=True)
    order = np.argsort(pd.Index(areas["area_id"]).get_indexer(table["area_id"]), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _run(send: Any, work: Any, legs: Any, areas: Any, params: Any, model: Any, first: int, last: int) -> None:
    try:
        table = work(legs.iloc[first:last], areas, params, model=model)
        table.attrs.clear()
        send.send(table)
    except BaseException as error:  # told to the parent
        send.send(error)
    finally:
        send.close()


def _track_start(legs: pd.DataFrame, row: int) -> int:
    """The first row of the track that `row` is in, so that no leg loses its neighbours."""
    name = next((c for c in ("track_id", "officer_id") if c in legs.columns), None)
    if name is None:
        return row
    column = legs[name]
    while row > 0 and column.iloc[row] == column.iloc[row - 1]:
        row -= 1
    return row
