"""What a kind of file keeps of a table, found out by writing a row of it: no list of formats is right for all versions of GDAL.

A format that cannot take a row is refused before a run computes anything; one that cuts names or texts is warned of.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ..compat import FieldType
from ..core.errors import FileError
from ..core.imports.file_state import shown_name
from ..core.words import count_of, number

if TYPE_CHECKING:
    import pandas as pd

REMEDY = "Choose a GeoPackage (.gpkg), which keeps all of it, or for a spreadsheet .csv or .xlsx."
SHEET_ROWS = 1_048_575
"""Rows of a sheet, one of headings apart: what lies below no spreadsheet program shows."""
_PLAIN = ".csv"  # every GDAL writes it
_SHEETS = (".xlsx", ".ods")
_TWO_GB = 2_000_000_000
_OF_TWO_GB = (".shp", ".tab")
_OF_FORMAT = ("not support", "unsupported", "2gb", "4gb", "mandatory")  # in what GDAL tells of a format
_NAME, _TEXT = "kept" + "x" * 36, "y" * 400  # longer than any name or sentence of ours
_WKT = {
    QgsWkbTypes.GeometryType.PointGeometry: "Point (0 0)",
    QgsWkbTypes.GeometryType.LineGeometry: "LineString (0 0, 1 1)",
    QgsWkbTypes.GeometryType.PolygonGeometry: "Polygon ((0 0, 1 0, 1 1, 0 0))",
}


@dataclass(frozen=True)
class Kept:
    """How much of names and of texts a format keeps, in letters; None for all of them."""

    name: Optional[int] = None
    text: Optional[int] = None


@lru_cache(maxsize=64)
def kept_by(ending: str, geometry: int) -> Optional[Kept]:
    """What a format keeps of a row; None where it cannot take one, or gives it back otherwise.

    Parameters
    ----------
    ending : of the file, with its dot
    geometry : a `QgsWkbTypes.GeometryType`, as a number

    Examples
    --------
    ``kept_by(".shp", QgsWkbTypes.GeometryType.PointGeometry)`` is ``Kept(name=10, text=254)``, and of a table without places None.
    """
    found = _tried(ending, geometry)
    if found is None and ending != _PLAIN and _tried(_PLAIN, QgsWkbTypes.GeometryType.NullGeometry) is None:
        return Kept()  # the machine's own room is full or closed: nothing is known of formats
    return found


def check_format(parameter: str, path: Path, geometry: int) -> None:
    """Refuse a file that cannot hold what would be written to it, before hours are spent on computing that.

    Raises
    ------
    FileError
        naming the kind of file, and one that can.
    """
    ending = path.suffix.lower()
    if not is_known(ending) or kept_by(ending, geometry) is not None:
        return
    what = "a table without places" if geometry == QgsWkbTypes.GeometryType.NullGeometry else "places with columns"
    raise FileError(
        f"{parameter}: a file of the kind {ending}, as {shown_name(path)!r} is, cannot hold {what}.", REMEDY
    )


def is_known(ending: str) -> bool:
    """Whether QGIS writes files of this ending."""
    return ending[1:] in QgsVectorFileWriter.supportedFormatExtensions()


def names_cut(path: Path, names: Iterable[str], geometry: int) -> str:
    """A sentence where a file does not keep the names of columns whole; "" where it does."""
    kept = kept_by(path.suffix.lower(), geometry)
    if kept is None or kept.name is None:
        return ""
    cut = [n for n in names if len(n) > kept.name]
    if not cut:
        return ""
    return (
        f"{shown_name(path)!r} keeps {number(kept.name)} letters of the name of a column: {count_of(len(cut), 'names')} "
        f"cut, the first {cut[0]!r}. {REMEDY}"
    )


def texts_cut(path: Path, table: pd.DataFrame, geometry: int) -> int:
    """How many texts of a table a file does not keep whole."""
    kept = kept_by(path.suffix.lower(), geometry)
    if kept is None or kept.text is None:
        return 0
    words = table[[c for c in table.columns if table[c].dtype == object]]
    return int(sum(words[c].map(lambda v: isinstance(v, str) and len(v) > kept.text).sum() for c in words.columns))


def check_rows(path: Path, rows: int) -> None:
    """Refuse more rows than a sheet has.

    Raises
    ------
    FileError
        with how many there are.
    """
    if path.suffix.lower() in _SHEETS and rows > SHEET_ROWS:
        raise FileError(
            f"{shown_name(path)!r}: a sheet has {number(SHEET_ROWS)} rows below its headings, and there are {number(rows)}.",
            "Choose a GeoPackage (.gpkg), or .csv.",
        )


def is_of_format(path: Path, messages: Iterable[str] = ()) -> bool:
    """Whether it was the format that could not hold what was written, by what GDAL told or by how large the file had become."""
    if any(words in text.lower() for text in messages for words in _OF_FORMAT):
        return True
    parts = path.parent.glob(f"{path.stem}.*") if path.suffix.lower() in _OF_TWO_GB else ()
    return any(part.stat().st_size >= _TWO_GB for part in parts)


def _tried(ending: str, geometry: int) -> Optional[Kept]:
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        with tempfile.TemporaryDirectory(prefix="impactareas_") as folder:
            path = Path(folder) / f"row{ending}"
            return _read(path) if _wrote(path, geometry) else None
    except (OSError, RuntimeError):  # where GDAL's errors are exceptions
        return None
    finally:
        gdal.PopErrorHandler()


def _wrote(path: Path, geometry: int) -> bool:
    fields = QgsFields()
    fields.append(QgsField(_NAME, FieldType.TEXT))
    fields.append(QgsField("number", FieldType.REAL))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = QgsVectorFileWriter.driverForExtension(path.suffix[1:])
    kind, wkt = _kind_of(geometry)
    places = QgsCoordinateReferenceSystem("EPSG:4326") if wkt else QgsCoordinateReferenceSystem()
    writer = QgsVectorFileWriter.create(str(path), fields, kind, places, QgsCoordinateTransformContext(), options)
    row = QgsFeature(fields)
    row.setAttributes([_TEXT, 1.5])
    if wkt:
        row.setGeometry(QgsGeometry.fromWkt(wkt))
    good = writer.hasError() == QgsVectorFileWriter.WriterError.NoError and writer.addFeature(row)
    del writer  # writes the row, and closes the file
    return bool(good)


def _kind_of(geometry: int) -> tuple[QgsWkbTypes.Type, str]:
    for kind, wkt in _WKT.items():
        if int(kind) == geometry:
            return QgsGeometry.fromWkt(wkt).wkbType(), wkt
    return QgsWkbTypes.Type.NoGeometry, ""


def _read(path: Path) -> Optional[Kept]:
    """What is found of the row again."""
    # QGIS puts its own ending behind some: row.json.geojson. A shapefile without places is none, only a row.dbf.
    written = path if path.is_file() else next(iter(sorted(path.parent.glob(f"{path.name}.*"))), path)
    dataset = gdal.OpenEx(str(written), gdal.OF_VECTOR)
    layer = dataset.GetLayer(0) if dataset is not None and dataset.GetLayerCount() else None
    row = None if layer is None else layer.GetNextFeature()
    if row is None:
        return None
    definition = layer.GetLayerDefn()
    for i in range(definition.GetFieldCount()):
        name = definition.GetFieldDefn(i).GetName()
        if name.lower().startswith("kept"):
            text = row.GetFieldAsString(i)
            return Kept(*(len(found) if len(found) < len(whole) else None for found, whole in ((name, _NAME), (text, _TEXT))))  # fmt: skip
    return None


__all__ = [
    "REMEDY",
    "SHEET_ROWS",
    "check_format",
    "check_rows",
    "is_known",
    "is_of_format",
    "kept_by",
    "names_cut",
    "texts_cut",
]
