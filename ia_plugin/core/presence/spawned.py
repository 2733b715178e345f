"""Legs shared among Python programs, where the system cannot fork: their columns lie in shared memory, none is sent.

Each program is told where they lie and what to do with them, then one range of rows after the other, and answers each with its table.
One that dies, or cannot be started (a locked-down desktop may forbid it), has its rows done here: the answer is the same, only later.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import shared_memory
from threading import Thread
from typing import Any, Callable, Optional

import numpy as np
import pandas as pd

from ..progress import Progress, part, silent
from ..python_program import python_program
from ..times.instants import instants, nanoseconds

WORTH = 500_000  # legs from which a program of its own pays: it takes a second to begin
_READ = ("leg_id", "track_id", "x0", "y0", "x1", "y1", "duration_s", "accuracy0_m", "accuracy1_m", "start", "end")
_MOMENT = "moment"
_BEGIN = (
    "import pickle, sys\n"
    "sys.path[:] = pickle.load(sys.stdin.buffer)\n"
    "from ia_plugin.core.presence.spawned import answer\n"
    "answer()\n"
)

Work = Callable[[pd.DataFrame, Progress], pd.DataFrame]
Layout = list[tuple[str, str, int]]
"""Of each column: its name, numpy's word for its kind (or `_MOMENT`), and where it begins, bytes."""


def is_possible() -> bool:
    """Whether there is a Python to start."""
    return python_program() is not None


def spawned(parts: list[pd.DataFrame], programs: int, work: Work, progress: Progress = silent) -> list[pd.DataFrame]:
    """Tables of parts of the legs, in their order. Each program has one, then takes the last that nobody has taken, as this one the first.

    So nobody waits for long: a program that takes a second to begin, or has a slower core, does fewer of them.

    Parameters
    ----------
    programs : how many to start beside this one
    work : something that pickle can name, such as an instance of a class of a module

    Raises
    ------
    Exception
        what `work` raises there.
    """
    # They begin while the legs are copied.
    started = [program for program in (_started() for _ in range(programs)) if program is not None]
    with _shared(parts) as (name, layout, rows):
        edges = np.cumsum([0, *map(len, parts)]).tolist()
        left, done = deque(range(max(0, len(parts) - len(started)))), dict[int, Any]()
        task = pickle.dumps((name, layout, rows, work), protocol=5)
        threads = [
            Thread(target=_served, args=(program, task, own, edges, left, done), daemon=True)
            for program, own in zip(started, range(len(left), len(parts)))
        ]
        try:
            for thread in threads:
                thread.start()
            _done_here(parts, left, done, work, progress)
            for thread in threads:
                thread.join()
        finally:
            for program in started:
                _ended(program)
            for thread in threads:
                thread.join()
    _done_here(parts, left, done, work, progress)  # what a program that died had taken
    for answer in done.values():
        if isinstance(answer, BaseException):
            raise answer
    return [done[i] for i in range(len(parts))]


def _done_here(
    parts: list[pd.DataFrame], left: deque[int], done: dict[int, Any], work: Work, progress: Progress
) -> None:
    """Work of the parts that nobody has taken, the first of them first."""
    while (i := _taken(left.popleft)) is not None:
        begun = len(done) / len(parts)
        done[i] = work(parts[i], part(progress, begun, min(1.0, begun + 1.0 / len(parts))))


def _served(
    program: subprocess.Popen[bytes],
    task: bytes,
    own: int,
    edges: list[int],
    left: deque[int],
    done: dict[int, Any],
) -> None:
    """Give a program its task and its `own` part, then the last that is left, until it dies or something goes wrong there."""
    assert program.stdin is not None and program.stdout is not None
    i: Optional[int] = own
    try:
        program.stdin.write(task)
        while i is not None:
            program.stdin.write(pickle.dumps((edges[i], edges[i + 1])))
            program.stdin.flush()
            done[i] = pickle.load(program.stdout)
            if isinstance(done[i], BaseException):
                left.clear()
            i = _taken(left.pop)
    except Exception:  # it is gone, or says what is no answer
        left.extend([] if i is None else [i])


def _taken(take: Callable[[], int]) -> Optional[int]:
    """The part taken from one end of those left; None where none is."""
    with suppress(IndexError):
        return take()
    return None


def _started() -> Optional[subprocess.Popen[bytes]]:
    """A program that waits for its task; None where none may be started."""
    command = [str(python_program()), "-c", _BEGIN]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows no black window before the user
    pipes: dict[str, Any] = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        program = subprocess.Popen(command, creationflags=hidden, **pipes)
    except OSError:
        return None
    try:
        assert program.stdin is not None
        program.stdin.write(pickle.dumps(sys.path))
        program.stdin.flush()
    except OSError:  # it is gone already
        _ended(program)
        return None
    return program


def _ended(program: subprocess.Popen[bytes]) -> None:
    """Nothing of a program is left: not itself, not its pipes."""
    program.terminate()
    for pipe in (program.stdin, program.stdout):
        if pipe is not None:
            with suppress(OSError):  # what it was to be sent goes nowhere
                pipe.close()
    program.wait()


def answer() -> None:
    """What a program does: read its task, then work and answer until no part comes. What libraries print must not stand in the answers."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(EOFError):
        name, layout, rows, work = pickle.load(sys.stdin.buffer)
        memory = _attached(name)
        while True:
            first, last = pickle.load(sys.stdin.buffer)
            try:
                done: object = work(_rows_of(memory, layout, rows, first, last), silent)
            except BaseException as error:  # told where it was asked
                done = error
            pickle.dump(done, out, protocol=5)
            out.flush()
    os._exit(0)  # arrays still lie in the shared memory, which Python would not close before them


@contextmanager
def _shared(parts: list[pd.DataFrame]) -> Iterator[tuple[str, Layout, int]]:
    """(name of the memory, its layout, number of rows) with the columns of all parts that the work reads."""
    columns = [c for c in _READ if c in parts[0].columns]
    if "track_id" not in columns and "officer_id" in parts[0].columns:
        columns.append("officer_id")
    rows = sum(map(len, parts))
    layout, place = [], 0
    for column in columns:
        word = _word_of(parts[0][column])
        layout.append((column, word, place))
        place += rows * 8
    memory = shared_memory.SharedMemory(create=True, size=max(place, 1))
    try:
        for column, word, start in layout:
            into: np.ndarray[Any, Any] = np.ndarray(rows, "i8" if word == _MOMENT else word, memory.buf, start)
            into[:] = _numbers(pd.concat([part[column] for part in parts], ignore_index=True), word)
            del into  # or the memory could not be closed
        yield memory.name, layout, rows
    finally:
        memory.close()
        memory.unlink()


def _word_of(column: pd.Series) -> str:
    """How a column lies in the memory, eight bytes a value; of officers it counts alone which rows are of one."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return _MOMENT
    return "f8" if pd.api.types.is_float_dtype(column.dtype) else "i8"


def _numbers(column: pd.Series, word: str) -> Any:
    if word == _MOMENT:
        return nanoseconds(column)
    if word == "f8":
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    if pd.api.types.is_integer_dtype(column.dtype) and not column.isna().any():
        return column.to_numpy(dtype=np.int64)
    return pd.factorize(column)[0]


def _attached(name: str) -> shared_memory.SharedMemory:
    """Memory that another process made and takes away."""
    if sys.version_info >= (3, 13):
        return shared_memory.SharedMemory(name=name, track=False)
    memory = shared_memory.SharedMemory(name=name)
    if os.name != "nt":  # or the memory would go with this process (python/cpython issue 82300)
        from multiprocessing import resource_tracker

        resource_tracker.unregister(memory._name, "shared_memory")  # type: ignore[attr-defined]
    return memory


def _rows_of(memory: shared_memory.SharedMemory, layout: Layout, rows: int, first: int, last: int) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for name, word, start in layout:
        values: np.ndarray[Any, Any] = np.ndarray(rows, "i8" if word == _MOMENT else word, memory.buf, start)[
            first:last
        ]
        columns[name] = instants(values) if word == _MOMENT else values
    return pd.DataFrame(columns, copy=False)
