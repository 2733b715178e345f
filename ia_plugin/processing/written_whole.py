"""Whether an output rests on the disk as it was written: a full disk is often told by nobody until the file is read again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional
from zipfile import BadZipFile, ZipFile

from osgeo import gdal

from ..core.errors import FileError
from ..core.imports.file_state import shown_name
from ..core.sql import composed
from .file_formats import REMEDY, is_of_format

_COUNTED = (".gpkg", ".sqlite", ".db", ".shp", ".csv", ".geojson", ".json", ".fgb", ".tab")
_ZIPPED = (".xlsx", ".ods")
_LAST = {
    ".csv": b"\n",
    ".geojson": b"}",
    ".json": b"}",
    ".kml": b"</kml>",
    ".gml": b"FeatureCollection>",
}  # what ends such a file
# What QGIS makes GDAL say when it closes a table without places that it put into a GeoPackage: it asks for the index of its places.
_NO_FAULTS = ("No geometry column",)
_BY_END_ALONE = (".kml", ".gml")  # GDAL would make an index beside one that it opens


@contextmanager
def noted_errors() -> Iterator[list[str]]:
    """The errors that GDAL tells while a block closes files, which it passes on to no caller."""
    found: list[str] = []

    def note(kind: int, _number: int, text: str) -> None:
        if kind >= gdal.CE_Failure and text not in _NO_FAULTS:
            found.append(text)

    gdal.PushErrorHandler(note)
    try:
        yield found
    finally:
        gdal.PopErrorHandler()


def check_whole(path: Path, table: str, rows: int) -> None:
    """Read of a finished file what shows that all of it is there.

    Parameters
    ----------
    table : the layer in it; "" for the only one
    rows : that were written to it

    Raises
    ------
    FileError
        where rows or the end of the file are missing.
    """
    ending = path.suffix.lower()
    if ending in _ZIPPED:
        whole = _is_whole_zip(path)
    elif ending in _BY_END_ALONE:
        whole = _has_end(path, ending)
    else:
        found = _rows(path, table)
        whole = found is not None and (ending not in _COUNTED or found == rows) and _has_end(path, ending)
    if not whole:
        raise not_whole(path)


def not_whole(path: Path, messages: Iterable[str] = ()) -> FileError:
    """What is said of a file that does not hold all that was written to it.

    Parameters
    ----------
    messages : of GDAL, which tells a format that cannot hold it from a disk that has no room
    """
    if is_of_format(path, messages):
        return FileError(
            f"{shown_name(path)!r} could not be written whole: a file of the kind {path.suffix.lower()} cannot hold all of it.", REMEDY
        )  # fmt: skip
    return FileError(
        f"{shown_name(path)!r} could not be written whole: the disk is full, or it stopped answering.",
        "Make room or choose another folder, then run it again.",
    )


def _rows(path: Path, table: str) -> Optional[int]:
    """Rows of a file, counted in it; None where it cannot be opened."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer = None if dataset is None else dataset.GetLayerByName(table) if table else dataset.GetLayer(0)
        if layer is None:
            return None
        if path.suffix.lower() in (".gpkg", ".sqlite", ".db"):
            counted = dataset.ExecuteSQL(composed("SELECT count(*) FROM {table}", table=layer.GetName()))
            number = None if counted is None else int(counted.GetNextFeature().GetField(0))
            dataset.ReleaseResultSet(counted)
            return number
        count = int(layer.GetFeatureCount(1))
        if count and layer.SetNextByIndex(count - 1) == 0 and layer.GetNextFeature() is None:
            return None
        return count
    except RuntimeError:  # where GDAL's errors are exceptions
        return None
    finally:
        gdal.PopErrorHandler()


def _is_whole_zip(path: Path) -> bool:
    try:
        with ZipFile(path) as parts:
            return parts.testzip() is None
    except (BadZipFile, OSError, EOFError):
        return False


def _has_end(path: Path, ending: str) -> bool:
    try:
        if ending in _LAST:
            with open(path, "rb") as stream:
                stream.seek(-min(64, os.path.getsize(path)), os.SEEK_END)
                return stream.read().rstrip(b" \r\t" if ending == ".csv" else b" \r\n\t").endswith(_LAST[ending])
        if ending == ".shp":
            return _has_all_records(path.with_suffix(".dbf"))
    except OSError:
        return False
    return True


def _has_all_records(path: Path) -> bool:
    """Whether a dBASE file is as long as its header says."""
    with open(path, "rb") as stream:
        head = stream.read(32)
    count, start, length = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    return len(head) == 32 and os.path.getsize(path) >= start + count * length
