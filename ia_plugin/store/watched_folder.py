"""The files of a watched folder: which are to be taken in, in which order, and what stands there that is none."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePath
from typing import Optional, Union

from ..core.errors import FileError, ImpactAreaError
from ..core.imports.file_state import file_facts, shown_name
from .folder import DROPS, SUMMARY

KINDS = ("affiliations", "postings", "duties", "radios", "events")
PATTERN = "*.csv;*.csv.gz;*.txt;*.tsv;*.parquet;*.pq;*.geoparquet;*.json;*.xlsx;*.ods"
_ORDER = {"radios": 0, "postings": 1, "duties": 2, "affiliations": 3, "events": 4}


def kind_by_folder(path: Path, folder: Path) -> Optional[str]:
    """What the name of a file's folder says of its kind; None where it says nothing.

    >>> kind_by_folder(Path("in/Postings/june.csv"), Path("in")), kind_by_folder(Path("in/june.csv"), Path("in"))
    ('postings', None)
    """
    parts = [p.lower() for p in path.relative_to(folder).parts[:-1]]
    return next((k for k in KINDS if k in parts), "events" if events_by_folder(path, folder) else None)


def events_by_folder(path: Path, folder: Path) -> Optional[str]:
    """Which kind of event the name of a file's folder tells of, the nearest first; None where it tells none."""
    from ..core.events.kinds import kind_by_name  # late: it brings shapely, which is loaded when an algorithm runs

    kinds = (kind_by_name(p) for p in reversed(path.relative_to(folder).parts[:-1]))
    return next((kind for kind in kinds if kind), None)


def watched_files(folder: Union[str, Path], pattern: str = PATTERN) -> tuple[list[Path], list[ImpactAreaError]]:
    """Files of a folder and of those in it, people before positions, then by name; and what cannot be one.

    Parameters
    ----------
    folder : links to other folders in it are not followed, nor is the folder of flags of a store
    pattern : names separated by semicolons, in letters of either case

    Returns
    -------
    (files, complaints): names that begin with a point or a tilde are passed over; a folder named as a file, a link to
    nothing, a pipe and a folder that may not be read are complained of.

    Raises
    ------
    FileError
        where there is no such folder, or it may not be read.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileError(f"There is no folder {str(folder)!r}.", "Check the path.")
    patterns = [p.strip().lower() for p in pattern.split(";") if p.strip()]
    files: list[Path] = []
    complaints: list[ImpactAreaError] = []

    def unreadable(error: OSError) -> None:
        refused = FileError(
            f"The folder {shown_name(error.filename or folder)!r} cannot be read ({error.strerror}).",
            "Ask for permission to read it.",
        )
        if error.filename in (None, str(folder)):
            raise refused
        complaints.append(refused)

    for where, folders, names in os.walk(folder, onerror=unreadable):
        if SUMMARY in names and DROPS in folders:
            folders.remove(DROPS)  # flags that readers left in the store are no extracts
        for name in (*folders, *names):
            path = Path(where) / name
            if name.startswith((".", "~")) or not _matches(path.relative_to(folder), patterns):
                continue
            fault = _no_file(path)
            if fault is None:
                files.append(path)
            elif name in names or _is_named_as_file(path, patterns):
                complaints.append(fault)
    order = sorted(files, key=lambda p: (_ORDER.get(kind_by_folder(p, folder) or "", 5), str(p)))
    return order, sorted(complaints, key=str)


def _matches(path: PurePath, patterns: list[str]) -> bool:
    lower = PurePath(*(part.lower() for part in path.parts))
    return any(lower.match(pattern.replace("**/", "")) for pattern in patterns)


def _no_file(path: Path) -> Optional[ImpactAreaError]:
    """Why what has a file's name cannot be one, or None; an empty file is one."""
    try:
        if stat.S_ISREG(os.stat(path).st_mode):
            return None
    except (OSError, ValueError):
        pass
    try:
        file_facts(path)
    except FileError as error:
        return error
    return None


def _is_named_as_file(path: Path, patterns: list[str]) -> bool:
    """Whether a folder's name ends as a pattern asks for: a pattern of all names (``*``) means no folder."""
    return any(path.name.lower().endswith(p.rpartition("*")[2]) for p in patterns if p.rpartition("*")[2])
