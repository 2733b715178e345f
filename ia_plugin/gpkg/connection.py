"""How a GeoPackage is opened: for writing where that may be, else for reading; what a killed program left beside it is taken in."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any, Callable

import numpy as np

from ..core.errors import StoreError
from . import blobs
from .sqlite_uri import read_only_uri

MEMORY = ":memory:"
TURN_S = 0.2  # SQLite itself waits so long, in silence and without being stopped; then it is asked again
Waiting = Callable[[float, str], None]
"""Called between two turns with the seconds waited so far and the statement that waits; may raise to stop."""
_LOG = b"\2\2"  # bytes 18 and 19 of a file with a write-ahead log (https://www.sqlite.org/fileformat2.html)


def in_silence(_waited_s: float, _statement: str) -> None:
    """Nobody is told of waiting."""


class PatientConnection(sqlite3.Connection):
    """A connection whose :meth:`execute` asks again, turn by turn, while another program holds the file.

    Attributes
    ----------
    busy_s : how long it goes on asking; then SQLite's own error is raised
    waiting : told of each turn
    """

    busy_s = TURN_S
    waiting: Waiting = staticmethod(in_silence)

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        began = time.monotonic()
        while True:
            try:
                return super().execute(sql, *values)
            except sqlite3.OperationalError as error:
                waited_s = time.monotonic() - began
                if "database is locked" not in str(error) or waited_s >= self.busy_s:
                    raise
                self.waiting(waited_s, sql)


def is_missing(path: Path) -> bool:
    """Whether there is no file, or an empty one."""
    return not path.exists() or path.stat().st_size == 0


def connected(path: Path, busy_s: float, waiting: Waiting = in_silence) -> tuple[PatientConnection, bool]:
    """(a connection, whether it may write). A file that is not there is made where its folder allows it.

    Parameters
    ----------
    busy_s, waiting : how long to wait while another program holds the file, and who is told of it

    Raises
    ------
    StoreError
        for a file to be read alone that another program left in the middle of a write.
    """
    if is_missing(path) or (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        connection, may_write = _patient(str(path), busy_s, waiting), True
    else:
        connection, may_write = _to_read(path, busy_s, waiting), False
    try:
        connection.execute("PRAGMA cache_size = -65536")
        # Sorts of an index spill, so that memory does not grow with rows; no name is given to such a file (Windows: it goes when closed).
        connection.execute("PRAGMA temp_store = FILE")
        _teach(connection)
        if may_write:
            leave_log(connection)
    except UnicodeDecodeError as error:  # of SQLite's own words on what is wrong, which quote the damaged bytes
        connection.close()
        raise sqlite3.DatabaseError("database disk image is malformed") from error
    except BaseException:
        connection.close()
        raise
    return connection, may_write


def _patient(database: str, busy_s: float, waiting: Waiting, uri: bool = False) -> PatientConnection:
    turn_s = min(TURN_S, busy_s)
    connection = sqlite3.connect(database, timeout=turn_s, isolation_level=None, uri=uri, factory=PatientConnection)
    connection.busy_s, connection.waiting = busy_s, waiting
    return connection


def leave_log(connection: PatientConnection) -> None:
    """Back to the rollback journal from a write-ahead log, such as QGIS leaves when it is killed; what stands in it is kept.

    Where another program has the file open too, it stays: reading and writing work in either way.
    """
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        return
    patience_s, connection.busy_s = connection.busy_s, 0.0
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError:
        return
    finally:
        connection.busy_s = patience_s


def _to_read(path: Path, busy_s: float, waiting: Waiting) -> PatientConnection:
    uri = read_only_uri(path.absolute())
    connection = _patient(uri, busy_s, waiting, uri=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        return connection
    except sqlite3.OperationalError as error:
        connection.close()
        if not _is_half_written(path) and _has_log(path):
            # Nothing waits in the log, and the folder does not let SQLite lay one out: the file as it is says all.
            return _patient(f"{uri}&immutable=1", busy_s, waiting, uri=True)
        if _is_half_written(path):
            raise StoreError(
                f"{path.name!r} was left in the middle of a write, and here it may only be read ({error}).",
                "Open it once where it may be written, such as by Daily refresh: that completes or undoes the write.",
            ) from error
        raise


def _is_half_written(path: Path) -> bool:
    """Whether a journal or a log with something in it lies beside the file."""
    return any(not is_missing(path.with_name(path.name + end)) for end in ("-wal", "-journal"))


def _has_log(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(20)[18:] == _LOG


def _teach(connection: sqlite3.Connection) -> None:
    """The functions that the spatial index's triggers call; SQLite itself does not have them."""
    connection.create_function("ST_IsEmpty", 1, lambda b: b is None or not np.isfinite(blobs.bounds_of([b])).all())
    for axis, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, lambda b, axis=axis: float(blobs.bounds_of([b])[0][axis]))
