"""Files that a run or the dock leaves behind, and in words why one could not be written."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Union

from .errors import FileError


def write_file(path: Union[str, Path], content: Union[str, bytes]) -> Path:
    """Write a file, text as UTF-8 with the line ends it has; its path.

    Raises
    ------
    FileError
        with the file, why it could not be written, and what to do: on Windows one that another program shows is locked.
    """
    path = Path(path)
    try:
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise unwritable(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise FileError(f"{str(path)!r} is no name of a file.", "Choose another name.") from error
    return path


def unwritable(path: Union[str, Path], error: OSError) -> FileError:
    """Why a file or a folder could not be written, made or removed."""
    path = Path(path)
    if error.errno == errno.ENAMETOOLONG:
        return FileError(f"The name {path.name[:40] + '…'!r} is too long for this folder.", "Choose a shorter one.")
    if path.is_dir() and not isinstance(error, FileNotFoundError):
        return FileError(f"{str(path)!r} is a folder.", "Give the name of a file in it.")
    if isinstance(error, PermissionError):
        return FileError(
            f"{str(path)!r} cannot be written: it is open in another program, or protected.",
            "Close it there and run it again, or choose another file.",
        )
    if isinstance(error, (FileNotFoundError, NotADirectoryError)) and not path.parent.is_dir():
        return FileError(
            f"There is no folder {str(path.parent)!r} to write {path.name!r} in.", "Make it, or choose another."
        )
    if error.errno == errno.ENOSPC:
        return FileError(f"{str(path)!r} cannot be written: the disk is full.", "Make room, then run it again.")
    return FileError(f"{str(path)!r} cannot be written ({error.strerror or error}).", "Choose another file.")
