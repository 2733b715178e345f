"""Windows' rule that an open file can be neither removed nor replaced, imitated on Linux for this process' own files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable

_OPEN_FILES = "/proc/self/fd"
POSSIBLE = os.path.isdir(_OPEN_FILES)


def is_open(path: Any) -> bool:
    """Whether this process has a file open, under this name or another."""
    try:
        wanted = os.stat(path)
    except OSError:
        return False
    for number in os.listdir(_OPEN_FILES):
        try:
            found = os.stat(f"{_OPEN_FILES}/{number}")
        except OSError:  # closed meanwhile
            continue
        if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino) and os.path.isfile(path):
            return True
    return False


@contextmanager
def locked() -> Iterator[None]:
    """Within the block, an open file that is removed, renamed or replaced raises as it does on Windows."""
    # Until Python 3.10 a Path keeps the functions of `os` that it was made with.
    kept: list[tuple[Any, str, Any]] = [(os, n, getattr(os, n)) for n in ("remove", "unlink", "rename", "replace")]
    kept += [(Path, n, getattr(Path, n)) for n in ("unlink", "rename", "replace")]
    try:
        for of, name, real in kept:
            setattr(of, name, _guarded(real, 2 if name in ("rename", "replace") else 1))
        yield
    finally:
        for of, name, real in kept:
            setattr(of, name, real)


def _guarded(real: Callable[..., Any], paths: int) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        for path in args[:paths]:
            # A name beside an open folder (dir_fd) is shutil.rmtree's way on Linux only.
            if not {"dir_fd", "src_dir_fd"} & kwargs.keys() and is_open(path):
                raise PermissionError(13, "[WinError 32] this process has the file open", os.fspath(path))
        return real(*args, **kwargs)

    return call
