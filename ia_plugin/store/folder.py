"""Which folders may hold a store: not those that leave the building by themselves."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ..core.errors import StoreError

_CLOUDS = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "icloud drive", "box sync", "box", "nextcloud", "owncloud", "sharepoint", "creative cloud files")  # fmt: skip
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_REMOVABLE = ("/media/", "/run/media/", "/Volumes/")


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
        for part in path.parts:
            name = part.lower()
            if name in _CLOUDS or name.startswith(("onedrive -", "dropbox (")):
                raise StoreError(
                    f"{str(folder)!r} is synchronised to a cloud ({part}).",
                    "Choose a folder of the force's own storage.",
                )
        for variable in _CLOUD_VARIABLES:
            root = environ.get(variable, "")
            if root and Path(root) in (path, *path.parents):
                raise StoreError(
                    f"{str(folder)!r} is synchronised to a cloud ({variable}).",
                    "Choose a folder of the force's own storage.",
                )
        if any(f"{path}/".startswith(mount) for mount in _REMOVABLE) or _windows_drive(path) == 2:
            raise StoreError(f"{str(folder)!r} is on a removable drive.", "Choose a folder of the force's own storage.")
    if str(whole).startswith(("\\\\", "//")) or _windows_drive(whole) == 4:
        return [f"The store {str(folder)!r} is on a network share: everybody with access to it can copy it."]
    return []


def _windows_drive(path: Path) -> int:
    """Kind of the drive on Windows (2 removable, 4 network); 0 elsewhere."""
    if sys.platform != "win32" or not path.drive:
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\"))
