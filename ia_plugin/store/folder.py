"""Which folders may hold a store: not those that leave the building by themselves; and which files are a store's."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from ..core.errors import StoreError
from ..gpkg.sqlite_uri import read_only_uri

_CLOUDS = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "icloud drive", "box sync", "box", "nextcloud", "owncloud", "sharepoint", "creative cloud files")  # fmt: skip
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_REMOVABLE = ("/media/", "/run/media/", "/Volumes/")
RESTRICTED, SUMMARY = "restricted.gpkg", "summary.gpkg"
STATUS_WORDS = "status_words.csv"  # the force's own
NOTE = "writing.json"  # of who is writing
DROPS = "flags"  # a folder of the store in which readers leave flags
MARKS = "store_marks"  # a table of both files
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file that is written
# Files of earlier versions have no marks.
_TABLES_OF_STORES = ({MARKS}, {"settings", "dirty_days"}, {"about", "time_use", "officers_seen"})


def check_folder(folder: Path, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Refuse removable and cloud-synced folders; a warning for each thing that must be known of the folder.

    Raises
    ------
    StoreError
        for a folder that is synchronised to a cloud or on a removable drive.
    """
    whole = folder.absolute()
    # What a link points to counts too.
    for path in {whole, whole.resolve()}:
        cloud = cloud_of(path, environ)
        if cloud:
            raise StoreError(
                f"{str(folder)!r} is synchronised to a cloud ({cloud}).",
                "Choose a folder of the force's own storage.",
            )
        if any(f"{path}/".startswith(mount) for mount in _REMOVABLE) or _windows_drive(path) == 2:
            raise StoreError(f"{str(folder)!r} is on a removable drive.", "Choose a folder of the force's own storage.")
    if str(whole).startswith(("\\\\", "//")) or _windows_drive(whole) == 4:
        return [f"The store {str(folder)!r} is on a network share: everybody with access to it can copy it."]
    return []


def cloud_of(path: Path, environ: Mapping[str, str] = os.environ) -> str:
    """What tells that a path is synchronised to a cloud: a folder on its way, or a variable; empty where nothing does."""
    for part in path.parts:
        name = part.lower()
        if name in _CLOUDS or name.startswith(("onedrive -", "dropbox (")):
            return part
    for variable in _CLOUD_VARIABLES:
        root = environ.get(variable, "")
        if root and Path(root) in (path, *path.parents):
            return variable
    return ""


def _windows_drive(path: Path) -> int:
    """Kind of the drive on Windows (2 removable, 4 network); 0 elsewhere."""
    if sys.platform != "win32" or not path.drive:
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\"))


def is_of_store(path: Path) -> bool:
    """Whether a file is one of a store's, by whichever name: a link to it and a copy of it are too.

    Names alone count beside the other half, so that a half that was lost is not replaced by something else. What no file can be
    named, too long or with a null byte, is no file of a store.
    """
    try:
        return any(_is_named_so(p) or _holds_a_store(_main(p)) for p in {path.absolute(), path.resolve()})
    except (OSError, ValueError):  # no name that a file can have, or one in a folder that may not be looked into
        return False


def _main(path: Path) -> Path:
    """The database of a file that SQLite keeps beside one."""
    end = next((e for e in _BESIDE if path.name.lower().endswith(e)), "")
    return path.with_name(path.name[: len(path.name) - len(end)]) if end else path


def _is_named_so(path: Path) -> bool:
    from ..core.imports.word_recurrence import (
        RELEASED_WORDS,
    )  # late: it brings pandas, which is loaded when an algorithm runs

    name = _main(path).name.lower()
    if name not in (RESTRICTED, SUMMARY, STATUS_WORDS, RELEASED_WORDS, NOTE):
        return False
    return any(other != name and _holds_a_store(path.with_name(other)) for other in (RESTRICTED, SUMMARY))


def _holds_a_store(path: Path) -> bool:
    """Whether a file has the tables that only a store has; nothing of it is touched, nor of what is beside it."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{read_only_uri(path)}&immutable=1", uri=True)) as file:
            names = {str(name) for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    return any(tables <= names for tables in _TABLES_OF_STORES)
