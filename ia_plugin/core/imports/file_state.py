"""Whether there is a file that can be opened, before anything is read of it: each fault in a sentence of its own."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Union

from ..errors import FileError

EMPTY = "Export it again."


def shown_name(path: Union[str, Path]) -> str:
    r"""A file's name as it can stand in a log or a table: control characters and broken bytes are written out.

    >>> shown_name("folder/June fixes.csv"), shown_name("a\nb.csv")
    ('June fixes.csv', 'a\\nb.csv')
    """
    name = Path(path).name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def file_facts(path: Union[str, Path]) -> tuple[int, int]:
    """Size and time of change of a file.

    Raises
    ------
    FileError
        for a folder, a link to nothing, what is no file of bytes (a pipe), and an empty file.
    """
    path, name = Path(path), shown_name(path)
    try:
        facts = os.stat(path)
    except OSError as error:
        if path.is_symlink():
            raise FileError(f"{name!r} is a link to a file that is not there.", "Put the file itself there.") from None
        raise FileError(f"There is no file {str(path)!r} ({error.strerror}).", "Check the path.") from None
    except ValueError:
        raise FileError(f"{str(path)!r} is no name of a file.", "Check the path.") from None
    if stat.S_ISDIR(facts.st_mode):
        raise FileError(f"{name!r} is a folder.", "Give a file, or a pattern such as folder/*.csv.")
    if not stat.S_ISREG(facts.st_mode):
        raise FileError(f"{name!r} is no file that rests on a disk.", "Give a file.")
    if not facts.st_size:
        raise FileError(f"{name!r} is empty.", EMPTY)
    return facts.st_size, facts.st_mtime_ns


def first_bytes(path: Union[str, Path], size: int = 8) -> bytes:
    """The first bytes of a file.

    Raises
    ------
    FileError
        as :func:`file_facts`, and for a file that may not be opened or is locked.
    """
    file_facts(path)
    try:
        with open(path, "rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise unopened(path, error) from None


def unopened(path: Union[str, Path], error: OSError) -> FileError:
    """Why a file cannot be opened or read."""
    name = shown_name(path)
    if isinstance(error, PermissionError):
        return FileError(
            f"{name!r} cannot be opened: it is open in another program, or you may not read it.",
            "Close it there, or ask for permission to read it.",
        )
    return FileError(f"{name!r} cannot be opened ({error.strerror or 'the disk does not answer'}).", "Copy it again.")
