"""Whether SQLite can read a filter: OGR takes any text without a word, and its counts fail for other reasons too."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from qgis.core import QgsProviderRegistry, QgsVectorLayer

from ...core.sql import Sql, composed
from ...gpkg.sqlite_uri import read_only_uri


def accepts(layer: QgsVectorLayer, where: str) -> bool:
    """Whether a layer of a GeoPackage can be filtered so; True where that cannot be known."""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path, table = Path(str(parts.get("path") or "")), str(parts.get("layerName") or "")
    if not table or not path.is_file():
        return True
    try:
        db = sqlite3.connect(read_only_uri(path.absolute()), uri=True, timeout=0.2)
    except sqlite3.Error:
        return True
    try:
        db.execute(composed("EXPLAIN SELECT 1 FROM {table} WHERE {where}", table=table, where=Sql(where)))
    except sqlite3.Error as error:
        words = str(error)
        # Functions of GDAL's own are not known here; a file that cannot be opened now says nothing of the filter.
        return not (
            "syntax error" in words
            or "no such column" in words
            or "incomplete input" in words
            or "unrecognized" in words
        )
    finally:
        db.close()
    return True
