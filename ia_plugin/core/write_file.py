"""Files that a run or the dock leaves behind, and in words why one could not be written."""

from __future__ import annotations

import errno
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Union

from .errors import FileError
from .sentence import sentence

_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))  # no room, for this file, for this user


def write_file(path: Union[str, Path], content: Union[str, bytes]) -> Path:
    """Write a file, text as UTF-8 with the line ends it has; its path. What was there stays until all of the new is written.

    Raises
    ------
    FileError
        with the file, why it could not be written, and what to do: on Windows one that another program shows is locked.
    """
    path = Path(path)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a folder, which says so, or a device
        else:
            _replace(path.resolve() if path.is_symlink() else path, data)
    except OSError as error:
        raise unwritable(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise FileError(sentence("{path!r} is no name of a file.", path=str(path)), "Choose another name.") from error
    return path


def append_line(path: Union[str, Path], line: str) -> Path:
    """Add a line to a text file, which is made where there is none; its path. In one write, so that two programs' lines do not mix.

    A line that another program left half written ends there: the new one stands by itself.

    Raises
    ------
    FileError
        with the file, why it could not be written, and what to do.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a+b", buffering=0) as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else f"\n{line}"
            file.write(f"{line}\n".encode())
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _replace(path: Path, data: bytes) -> None:
    """Write beside a file, then put it in its place: a full disk leaves the old one."""
    if path.exists():
        with open(path, "r+b"):  # one that is protected is not replaced
            pass
    fresh = path.with_name(f".{uuid.uuid4().hex[:12]}.tmp")
    try:
        fresh.write_bytes(data)
        os.replace(fresh, path)
    finally:
        with suppress(OSError):
            fresh.unlink()


def check_writable(path: Union[str, Path]) -> None:
    """Refuse a file that could not be written at the end; one that is there stays as it is.

    Raises
    ------
    FileError
    """
    path = Path(path)
    if "\0" in path.name:  # which the program that writes may take for the end of the name
        raise FileError(sentence("{path!r} is no name of a file.", path=str(path)), "Choose another name.")
    try:
        os.path.realpath(path)  # of a name with a null byte ``exists`` says only that there is none
        if path.exists():
            with open(path, "r+b"):
                pass
        if not path.exists() or path.is_file():
            probe = path.with_name(f".{uuid.uuid4().hex[:12]}.tmp")
            with open(probe, "xb"):
                pass
            os.remove(probe)
    except OSError as error:
        raise unwritable(path, error) from None
    except ValueError:
        raise FileError(sentence("{path!r} is no name of a file.", path=str(path)), "Choose another name.") from None


def unwritable(path: Union[str, Path], error: OSError) -> FileError:
    """Why a file or a folder could not be written, made or removed."""
    path = Path(path)
    if error.errno == errno.ENAMETOOLONG:
        return FileError(
            sentence("The name {name!r} is too long for this folder.", name=path.name[:40] + "…"),
            "Choose a shorter one.",
        )
    if path.is_dir() and not isinstance(error, FileNotFoundError):
        return FileError(sentence("{path!r} is a folder.", path=str(path)), "Give the name of a file in it.")
    if isinstance(error, PermissionError):
        return FileError(
            sentence("{path!r} cannot be written: it is open in another program, or protected.", path=str(path)),
            "Close it there and run it again, or choose another file.",
        )
    if isinstance(error, (FileNotFoundError, NotADirectoryError)) and not path.parent.is_dir():
        return FileError(
            sentence("There is no folder {parent!r} to write {name!r} in.", parent=str(path.parent), name=path.name),
            "Make it, or choose another.",
        )
    if error.errno in _FULL:
        return FileError(
            sentence("{path!r} cannot be written: the disk is full.", path=str(path)), "Make room, then run it again."
        )
    return FileError(
        sentence("{path!r} cannot be written ({why}).", path=str(path), why=error.strerror or error),
        "Choose another file.",
    )
