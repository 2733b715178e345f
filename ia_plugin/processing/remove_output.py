"""Take an output of a run away again, whatever kind of file it is in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from ..core.errors import FileError

if TYPE_CHECKING:
    from osgeo import ogr

_BESIDE = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg", ".qpj"),
    ".gpkg": (".gpkg-wal", ".gpkg-shm", ".gpkg-journal"),
    ".tab": (".dat", ".map", ".id", ".ind"),
    ".mif": (".mid",),
    ".gml": (".xsd",),
}


def remove_output(dest: str) -> None:
    """Delete the file or the table that a sink wrote to, given its id; memory layers went with their sink.

    Nothing of ours may still have the file open: Windows removes no open file.

    Raises
    ------
    OSError
        for a file that cannot be removed.
    FileError
        for a table that cannot.
    """
    path, _, rest = dest.partition("|")
    table = rest[len("layername=") :] if rest.startswith("layername=") else ""
    if table and _drop_of_many(path, table):
        return
    for end in ("", *_BESIDE.get(Path(path).suffix.lower(), ())):
        file = Path(path).with_suffix(end) if end else Path(path)
        if file.is_file():
            os.remove(file)


def _drop_of_many(path: str, table: str) -> bool:
    """Delete a table, if it is there, from a file of several; False for a file that has no other. The file is closed."""
    source = _opened(path)
    names = [source.GetLayer(i).GetName() for i in range(source.GetLayerCount())] if source is not None else []
    if len(names) < 2:
        return False
    if table in names and source.DeleteLayer(names.index(table)) != 0:
        raise FileError(f"The table {table!r} of {path!r} cannot be removed.", "Close the file in other programs.")
    return True


def _opened(path: str) -> Optional[ogr.DataSource]:
    from osgeo import ogr

    try:
        return ogr.Open(path, 1)
    except RuntimeError:  # where GDAL's errors are exceptions
        return None
