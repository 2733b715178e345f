"""SQLite files opened and closed again: a connection that is left to the collector is a warning of Python 3.13."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Union


@contextmanager
def sqlite_file(path: Union[str, Path]) -> Iterator[sqlite3.Connection]:
    """A file for some statements; what they wrote is kept unless one of them failed."""
    db = sqlite3.connect(path)
    try:
        with db:
            yield db
    finally:
        db.close()
