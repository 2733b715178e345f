"""Where the outputs of a run go, looked at before anything is touched: onto nothing that is read, no store, no other output."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Optional
from urllib.parse import unquote

from qgis.core import (
    QgsDataSourceUri,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ..core.errors import ParameterError
from ..core.imports.file_state import shown_name
from ..core.write_file import check_writable
from .file_formats import check_format
from .parameter_values import Parameters, plain_value

_OF_SEVERAL_TABLES = (".gpkg", ".sqlite", ".db", ".xlsx", ".ods")
_PARTS = {  # ending of a part -> ending of the file it is a part of
    **dict.fromkeys((".shx", ".dbf", ".prj", ".cpg", ".qpj", ".qix", ".sbn"), ".shp"),
    **dict.fromkeys((".dat", ".map", ".id", ".ind"), ".tab"),
    **dict.fromkeys((".gpkg-wal", ".gpkg-shm", ".gpkg-journal"), ".gpkg"),
    ".mid": ".mif",
}
_GEOMETRY = {  # what a sink is declared to hold -> the kind of its places; a plain "vector" of ours is a table
    QgsProcessing.SourceType.TypeVectorPoint: QgsWkbTypes.GeometryType.PointGeometry,
    QgsProcessing.SourceType.TypeVectorLine: QgsWkbTypes.GeometryType.LineGeometry,
    QgsProcessing.SourceType.TypeVectorPolygon: QgsWkbTypes.GeometryType.PolygonGeometry,
    QgsProcessing.SourceType.TypeVector: QgsWkbTypes.GeometryType.NullGeometry,
}


@dataclass(frozen=True)
class Place:
    """A file that a parameter names, or one table of it where others beside it stay as they are."""

    parameter: str
    path: Path
    table: Optional[str] = None

    def is_also(self, other: Place) -> bool:
        """Whether writing one would change the other."""
        if not same_file(self.path, other.path):
            return False
        return self.table is None or other.table is None or self.table.lower() == other.table.lower()


def same_file(one: Path, other: Path) -> bool:
    """Whether two names are of one file, or of parts of one: by links, by case where the system has none, by ``..``."""
    for a in {one, _whole(one)}:
        for b in {other, _whole(other)}:
            try:
                if os.path.samefile(a, b):
                    return True
            except (OSError, ValueError):
                pass
            if _key(a) == _key(b):
                return True
    return False


def _whole(path: Path) -> Path:
    """The file that a part belongs to: a.shp of a.dbf."""
    return path.with_suffix(_PARTS[path.suffix.lower()]) if path.suffix.lower() in _PARTS else path


def _key(path: Path, caseless: bool = sys.platform in ("win32", "darwin")) -> str:
    try:
        name = os.path.realpath(path)
    except (OSError, ValueError):
        name = os.path.abspath(str(path).replace("\0", ""))
    return os.path.normcase(name).lower() if caseless else name


def check_outputs(algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext) -> None:
    """Refuse a run whose outputs would destroy what is there, or cannot be written.

    Raises
    ------
    ParameterError
        for an output onto what the run reads, onto a file of a store, or onto another output.
    FileError
        for one that cannot be written: no such folder, a folder, a file that is protected or locked, a format that cannot hold it.
    """
    written = list(_outputs(algorithm, parameters, context))
    if not written:
        return
    _check_clashes(written, list(_read(algorithm, parameters, context)))
    for place in written:
        geometry = _GEOMETRY.get(_data_type(algorithm, place.parameter))
        if geometry is not None and place.path.suffix.lower() != ".gpkg":
            check_format(place.parameter, place.path, int(geometry))
    for place in written:
        if place.table is None or not os.path.exists(place.path):
            check_writable(place.path)


def _data_type(algorithm: QgsProcessingAlgorithm, name: str) -> Optional[QgsProcessing.SourceType]:
    """What a sink is declared to hold; None for another output."""
    definition = algorithm.parameterDefinition(name)
    return definition.dataType() if isinstance(definition, QgsProcessingParameterFeatureSink) else None


def _check_clashes(written: list[Place], read: list[Place]) -> None:
    from ..store.folder import is_of_store

    for place in written:
        for source in read:
            if place.is_also(source):
                raise ParameterError(
                    f"{place.parameter} would be written over {shown_name(source.path)!r}, which the run needs ({source.parameter}).",
                    "Choose another file; nothing was touched.",
                )
        if is_of_store(place.path):
            raise ParameterError(
                f"{place.parameter} would be written over {shown_name(place.path)!r}, a file of a store.",
                "A store is changed by imports, the daily refresh and purge alone: choose another file; nothing was touched.",
            )
    for i, place in enumerate(written):
        for other in written[:i]:
            if other.parameter != place.parameter and place.is_also(other):
                raise ParameterError(
                    f"{place.parameter} and {other.parameter} would be written to one file, {shown_name(place.path)!r}.",
                    "Give each a file of its own, or tables of a GeoPackage.",
                )


# --- what the parameters name -----------------------------------------------------------------------------------------


def _outputs(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> Iterator[Place]:
    """Files that the outputs which were asked for would be written to; several where it hangs on QGIS's version."""
    for definition in algorithm.destinationParameterDefinitions():
        value = parameters.get(definition.name())
        text = plain_value(value, context)
        if not isinstance(text, str) or not text or text == QgsProcessing.TEMPORARY_OUTPUT:
            continue
        if not text.strip():  # QGIS would make a file of no name, wherever the program was started
            raise ParameterError(f"{definition.name()} is blank.", "Name a file, or leave it out.")
        if isinstance(definition, QgsProcessingParameterFileDestination):
            yield Place(definition.name(), Path(text))
        elif not isinstance(definition, QgsProcessingParameterFolderDestination):
            yield from _layer_places(definition.name(), text)


def _layer_places(name: str, text: str) -> Iterator[Place]:
    prefix = re.match(r"(\w{3,}):(.*)", text, re.DOTALL)  # as QGIS tells it from the letter of a drive
    table = None
    if prefix:
        provider, text = prefix.group(1).lower(), prefix.group(2)
        if provider not in ("ogr", "spatialite"):
            return  # memory:, or a database on a server
        uri = QgsDataSourceUri(text)
        if uri.database():
            text, table = uri.database(), uri.table() or None
    before, _, _ = text.partition("|")
    for path in dict.fromkeys((Path(text), Path(before))):
        several = path.suffix.lower() in _OF_SEVERAL_TABLES
        yield Place(name, path, table if several else None)
        if path.suffix[1:].lower() not in QgsVectorFileWriter.supportedFormatExtensions():
            yield from (Place(name, path.with_name(f"{path.name}{end}")) for end in (".gpkg", ".shp"))


def _read(algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext) -> Iterator[Place]:
    """Files that the run needs: those its parameters name, its store's, the key of the pseudonyms, the record of runs."""
    from ..core.connection_text import names_a_database
    from ..core.privacy import KEY_FILE_VARIABLE
    from ..store.folder import RESTRICTED, SUMMARY
    from .run_record import own_record

    for definition in algorithm.parameterDefinitions():
        if not definition.isDestination() and parameters.get(definition.name()) is not None:
            yield from _places(definition, parameters[definition.name()], context)
    store = plain_value(parameters.get("STORE"), context)
    if isinstance(store, str) and store.strip() and not names_a_database(store):
        yield from (Place("STORE", Path(store.strip()) / name) for name in (RESTRICTED, SUMMARY))
    if os.environ.get(KEY_FILE_VARIABLE, "").strip():
        yield Place("the key of the pseudonyms", Path(os.environ[KEY_FILE_VARIABLE].strip()))
    yield Place("the record of runs", own_record())


def _places(
    definition: QgsProcessingParameterDefinition, value: object, context: QgsProcessingContext
) -> Iterator[Place]:
    value = plain_value(value, context)
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _places(definition, item, context)
    elif isinstance(value, QgsMapLayer):
        yield from _of_layer(definition.name(), value)
    elif isinstance(value, str) and value.strip():
        files = list(_named_files(value))
        layer = None if files else QgsProcessingUtils.mapLayerFromString(value, context, False)
        yield from (Place(definition.name(), path, _table_read(path, rest)) for path, rest in files)
        if layer is not None:
            yield from _of_layer(definition.name(), layer)


def _named_files(text: str) -> Iterator[tuple[Path, str]]:
    """Files that are there of a text: a path, patterns, a path with a layer behind it; and what stands behind it."""
    for part in dict.fromkeys((text, *text.split(";"))):
        before, _, rest = part.strip().partition("|")
        name = _plain_path(before)
        try:
            found = [name] if Path(name).is_file() else glob.glob(name, recursive=True) if glob.has_magic(name) else []
            yield from ((Path(f), rest) for f in found if Path(f).is_file())
        except (OSError, ValueError):
            continue


def _plain_path(text: str) -> str:
    """A path of one, or of a file's URL."""
    if not text.startswith("file:"):
        return text
    return re.sub(r"^file:/{2}(?:/(?=[A-Za-z]:))?", "", unquote(text.partition("?")[0]))


def _of_layer(name: str, layer: QgsMapLayer) -> Iterator[Place]:
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    if parts.get("path"):
        path = Path(_plain_path(str(parts["path"])))
        table = str(parts.get("layerName") or "")
        yield Place(name, path, _table_read(path, f"layername={table}" if table else ""))


def _table_read(path: Path, rest: str) -> Optional[str]:
    """The table of a file that is read; None where it has but one or cannot be told."""
    if path.suffix.lower() not in _OF_SEVERAL_TABLES:
        return None
    named = re.search(r"layername=([^|]*)", rest)
    if named:
        return named.group(1)
    from osgeo import ogr

    try:
        source = ogr.Open(str(path))
    except RuntimeError:  # where GDAL's errors are exceptions
        return None
    return source.GetLayer(0).GetName() if source is not None and source.GetLayerCount() else None
