"""SQLite's errors in words that say what to do about them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.errors import StoreError


@contextmanager
def readable_errors(path: Path) -> Iterator[None]:
    """Raise :class:`~ia_plugin.core.errors.StoreError` with file and remedy where SQLite raises its own."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path) from error


def in_words(error: sqlite3.Error, path: Path) -> StoreError:
    """An error of SQLite in words, with what to do about it."""
    text = str(error)
    kept = "Nothing that was stored before is lost."
    for part, message, remedy in (
        ("is full", "The disk is full", "Make room, then run it again."),
        ("readonly", "The file or its folder is protected against writing", "Ask for permission to write there."),
        (
            "unable to open",
            "The file cannot be opened",
            "Check that the folder exists and may be written to, and that no other program holds the file.",
        ),
        (
            "locked",
            "Another program is writing to it",
            "Wait until it has finished, or close the layer's edit session.",
        ),
        ("not a database", "The file is not a GeoPackage", "Choose another file or folder."),
        ("malformed", "The file is damaged", "Restore it from a backup, or import the extracts into a new folder."),
        ("disk I/O", "The disk or the network share does not answer", "Check the connection, then run it again."),
    ):
        if part in text:
            return StoreError(f"{path}: {message} ({text}).", f"{remedy} {kept}")
    return StoreError(f"{path}: {text}.", kept)


def newer(name: str, version: int, known: int) -> StoreError:
    """What is said of a file of a version that is not known yet."""
    return StoreError(
        f"{name!r} was written by a newer version of the plugin (it says {version}, this one knows {known}).",
        "Update the plugin on this computer; nothing was changed.",
    )
