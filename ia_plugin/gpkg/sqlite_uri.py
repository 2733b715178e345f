"""The name of a file as SQLite wants it in a URI (https://www.sqlite.org/uri.html)."""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath
from urllib.parse import quote

_VERBATIM, _VERBATIM_SHARE = "//?/", "//?/UNC/"


def read_only_uri(path: PurePath) -> str:
    """What opens a whole (absolute) path for reading only, with ``sqlite3.connect(..., uri=True)``.

    ``Path.as_uri`` puts the server of a network share where SQLite allows none: the file a.gpkg of a share has to be
    ``file:////server/share/a.gpkg``, four slashes in front.
    """
    name = path.as_posix()
    if isinstance(path, PureWindowsPath):
        if name.startswith(_VERBATIM_SHARE):
            name = "//" + name[len(_VERBATIM_SHARE) :]
        elif name.startswith(_VERBATIM):
            name = name[len(_VERBATIM) :]
        if not name.startswith("/"):
            name = f"/{name}"  # before the letter of a drive
    # A name on Linux may be no text; its bytes are kept.
    return f"file://{quote(name, safe='/:', errors='surrogateescape')}?mode=ro"
