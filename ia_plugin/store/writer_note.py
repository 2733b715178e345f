"""Who is writing to a store: a note beside its files while it is written, and what those who wait for it are told.

The lock is SQLite's; the note only says whose it is. One that a killed program left is taken away by the next run that opens the
store for writing, and is believed by nobody meanwhile where that program ran on the same computer.
"""

from __future__ import annotations

import json
import os
import platform
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable, Optional

from ..core.errors import StoreError
from ..core.words import amount
from ..gpkg.connection import in_silence
from ..gpkg.geopackage import GeoPackage
from .folder import NOTE

REPORT_AFTER_S = 1.0  # two small writes that meet are nobody's concern
Tell = Callable[[str], None]
"""Called every now and then while a run waits: with a sentence to say, or "" where it was said; may raise to stop."""


def untold(_sentence: str) -> None:
    """Nobody is told of waiting."""


@dataclass(frozen=True)
class Writer:
    """A program that writes to a store: what it does, since when (ISO, UTC), which process of which computer it is."""

    what: str
    since: str
    process: int
    computer: str
    run: str

    def in_words(self) -> str:
        """What a person needs to find it.

        >>> Writer("purge", "2024-06-04T20:31:05+00:00", 1234, "DESK-7", "0").in_words()[:42]
        'purge by process 1234 on DESK-7, since 202'
        """
        since = datetime.fromisoformat(self.since).astimezone()
        return f"{self.what} by process {self.process} on {self.computer}, since {since:%Y-%m-%d %H:%M:%S}"

    def is_gone(self) -> bool:
        """Whether it is known to run no more: it ran on this computer, and there is no such process."""
        if os.name == "nt" or self.computer != platform.node():  # on Windows asking a process would end it
            return False
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False


@contextmanager
def noted(folder: Path, what: str) -> Iterator[None]:
    """Say in the store's folder, for the time of a block, that this program writes; where it may not, nothing is said."""
    since = datetime.now(timezone.utc).isoformat(timespec="seconds")
    writer = Writer(what, since, os.getpid(), platform.node(), uuid.uuid4().hex)
    with suppress(OSError):
        # In one write and nothing beside it: a kill leaves no other file here than the note itself.
        note = os.open(folder / NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            os.write(note, json.dumps(asdict(writer)).encode())
        finally:
            os.close(note)
    try:
        yield
    finally:
        found = writer_of(folder)
        if found is None or found == writer:  # another program may have begun to write since
            _remove(folder)


def writer_of(folder: Path) -> Optional[Writer]:
    """Who says that it writes to a store; None where nobody does, or no note can be read."""
    try:
        with open(folder / NOTE, encoding="utf-8") as file:
            writer = Writer(**json.load(file))
        writer.in_words()
    except (OSError, ValueError, TypeError):
        return None
    return writer


def take_away_old_note(folder: Path, restricted: GeoPackage) -> None:
    """Remove the note of a program that was killed: one is there, and nobody writes."""
    if not (folder / NOTE).exists():
        return
    connection = restricted.connection
    kept, connection.busy_s, connection.waiting = (connection.busy_s, connection.waiting), 0.0, in_silence
    try:
        with restricted.transaction():
            _remove(folder)
    except StoreError:  # somebody writes: the note is theirs
        pass
    finally:
        connection.busy_s, connection.waiting = kept


def _remove(folder: Path) -> None:
    with suppress(OSError):  # on Windows another program may read it just now: the next run takes it away
        (folder / NOTE).unlink()


class Wait:
    """What is said while one file of a store is held by another program, once each time it is waited for.

    Parameters
    ----------
    path : the file
    busy_s : how long is waited at most
    tell : who is told
    """

    def __init__(self, path: Path, busy_s: float, tell: Tell) -> None:
        self._path, self._busy_s, self._tell = path, busy_s, tell
        self._last_s, self._reported = 0.0, False

    def __call__(self, waited_s: float, statement: str) -> None:
        if waited_s < self._last_s:
            self._reported = False
        self._last_s = waited_s
        now = waited_s >= REPORT_AFTER_S and not self._reported
        self._reported = self._reported or now
        self._tell(self.sentence(statement) if now else "")

    def sentence(self, statement: str) -> str:
        """What is waited for: the one who writes, or a reader whom a finished write waits for."""
        name = self._path.name
        at_most = f"This run waits for it, {amount(self._busy_s, 's')} at most, and can be cancelled."
        if statement in ("COMMIT", "VACUUM"):
            return f"Another program reads {name}, so that it cannot be written just now. {at_most}"
        writer = writer_of(self._path.parent)
        if writer is None or writer.is_gone():
            return (
                f"Another program is writing to this store ({name}; perhaps a layer of it is being edited). {at_most}"
            )
        return f"Another program is writing to this store: {writer.in_words()}. {at_most}"
