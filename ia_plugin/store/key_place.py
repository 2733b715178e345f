"""Where a key file may lie: apart from what it protects, in no cloud, and readable by its owner alone."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Optional

from ..core.errors import PrivacyError
from .folder import cloud_of

_ELSEWHERE = "Move it to a folder of its own, outside project and data, that only those who run imports can read."


def check_key_place(
    file: Path,
    *,
    store: Optional[Path] = None,
    project: Optional[Path] = None,
    environ: Mapping[str, str] = os.environ,
    home: Optional[Path] = None,
) -> list[str]:
    """Refuse a key file that whoever copies the data would copy too; a warning for one that everybody can read.

    Parameters
    ----------
    file : the key file; what a link points to counts. What is no regular file (a pipe) is not looked at
    store, project : folders of the run; one that is the user's home or the root holds everything, so that a key in a
        folder below is not meant
    environ, home : the user's variables and home folder

    Raises
    ------
    PrivacyError
        for a key file in the folder of the store or of the project, or in one that is synchronised to a cloud.
    """
    try:
        real = file.resolve()
        mode = real.stat().st_mode
    except OSError:
        return []  # whoever reads it says why it cannot be read
    if not stat.S_ISREG(mode):
        return []
    for folder, what in ((store, "store"), (project, "project")):
        if folder is not None and _holds(folder, real, home or Path.home()):
            raise PrivacyError(f"The key file {str(file)!r} lies in the folder of the {what}.", _ELSEWHERE)
    cloud = cloud_of(file.absolute(), environ) or cloud_of(real, environ)
    if cloud:
        raise PrivacyError(f"The key file {str(file)!r} is synchronised to a cloud ({cloud}).", _ELSEWHERE)
    can = [word for bit, word in ((stat.S_IROTH, "read"), (stat.S_IWOTH, "changed")) if mode & bit]
    if os.name == "nt" or not can:
        return []
    return [
        f"The key file can be {' and '.join(can)} by everybody who uses this computer, and with the key any officer is found: "
        f"run chmod 600 {shlex.quote(str(real))}"
    ]


def _holds(folder: Path, file: Path, home: Path) -> bool:
    """Whether a file lies in a folder or below it; directly in it where the folder is a home or a root."""
    wide = any(_same(folder, whole) for whole in (home, Path(file.anchor)))
    return any(_same(folder, parent) for parent in ([file.parent] if wide else file.parents))


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, however written: capitals, links."""
    try:
        return one.samefile(other)
    except OSError:  # the folder is still to be made, so that nothing lies in it
        return False
