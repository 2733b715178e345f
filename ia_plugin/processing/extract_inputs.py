"""What the imports share: files by name or pattern, layers, mappings, rejects, and the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.errors import FileError, ParameterError
from ..core.params import ClockParams, ImportParams
from ..core.write_file import write_file
from .base import ImpactAreaAlgorithm
from .layer_words import declare_released, released_words
from .run import Run

SOURCE = QgsProcessing.SourceType
LAYER_FILES = (".gpkg", ".shp", ".geojson", ".fgb", ".tab", ".xls", ".dbf", ".sqlite", ".kml")
SPEED_UNITS = ("km/h", "mph", "m/s")


def declare_import(algorithm: ImpactAreaAlgorithm, what: str, *, positions: bool = True) -> None:
    """INPUT, LAYER, MAPPING and what goes with them."""
    _declare_source(algorithm, what)
    _declare_mapping(algorithm)
    _declare_reading(algorithm, positions)
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFile(
            "STORE", tr("Store"), behavior=QgsProcessingParameterFile.Behavior.Folder, optional=True
        ),
        tr(
            "Folder of the force's store (summary.gpkg and restricted.gpkg). The same file is never stored twice. Needs the key."
        ),
    )


def _declare_source(algorithm: ImpactAreaAlgorithm, what: str) -> None:
    """The extract itself: files, or a layer."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFile(
            "INPUT",
            tr("File"),
            optional=True,
            fileFilter="Extracts (*.csv *.txt *.tsv *.gz *.json *.parquet *.gpkg *.xlsx *.ods);;All files (*.*)",
        ),
        f"{what} "
        + tr(
            "CSV with any delimiter and encoding (gzip too), Parquet, a spreadsheet or another file QGIS reads; several by a "
            "pattern such as folder/*.csv, or separated by semicolons. A sheet is named behind its file: "
            "book.xlsx|layername=June."
        ),
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource("LAYER", tr("or a layer"), [SOURCE.TypeVector], optional=True),
        tr("A layer or table of the project (PostGIS, GeoPackage, delimited text), in place of a file."),
    )


def _declare_mapping(algorithm: ImpactAreaAlgorithm) -> None:
    """What each column of the extract is, and which are kept."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFile("MAPPING", tr("Mapping"), optional=True, extension="json"),
        tr("A saved mapping, which says what each column is. Left empty, columns are found by name and content."),
    )
    algorithm.add(
        QgsProcessingParameterString("COLUMNS", tr("Corrections"), "", optional=True),
        tr(
            "Columns that were not found or wrongly found, as role=column; role=column. The run's log shows how each was read."
        ),
    )
    algorithm.add(
        QgsProcessingParameterFileDestination(
            "SAVE_MAPPING", tr("Save the mapping"), "Mapping (*.json)", optional=True, createByDefault=False
        ),
        tr("Where to keep the mapping for the next extract."),
    )
    algorithm.add(
        QgsProcessingParameterBoolean("CHECK_ONLY", tr("Only show the mapping"), False),
        tr("Show how each column would be read, and import nothing."),
    )
    algorithm.add(
        QgsProcessingParameterString("KEEP", tr("Further columns to keep"), "", optional=True),
        tr(
            "Names separated by semicolons. Names, phone numbers, addresses, dates of birth and free text are never kept."
        ),
        advanced=True,
    )


def _declare_reading(algorithm: ImpactAreaAlgorithm, positions: bool) -> None:
    """How times, positions and text of the extract are read, and what is done with rows that cannot be."""
    tr = algorithm.tr
    algorithm.add_declared("TIMEZONE", ClockParams.declaration("timezone"))
    algorithm.add_declared("DATE_ORDER", ClockParams.declaration("date_order"))
    if positions:
        algorithm.add(
            QgsProcessingParameterCrs(
                "POSITIONS_CRS", tr("Reference system of eastings and northings"), "EPSG:27700", optional=True
            ),
            tr("For positions that are not latitudes and longitudes."),
            advanced=True,
        )
    for name, label, help_text in (
        ("ENCODING", tr("Encoding"), tr("Of text files, such as utf-8 or cp1252; found from the file where empty.")),
        ("DELIMITER", tr("Delimiter"), tr("Of text files; found from the file where empty.")),
    ):
        algorithm.add(QgsProcessingParameterString(name, label, "", optional=True), help_text, advanced=True)
    algorithm.add_declared("INVALID_ROWS", ImportParams.declaration("invalid_rows"))
    declare_released(algorithm)


def declare_rejects(algorithm: ImpactAreaAlgorithm) -> None:
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFeatureSink(
            "REJECTS", tr("Rejects"), SOURCE.TypeVector, optional=True, createByDefault=False
        ),
        tr("The rows that could not be used: file, row, reason, remedy."),
    )
    for name, text in (("ROWS_READ", "Rows read"), ("ROWS_KEPT", "Rows kept"), ("ROWS_REJECTED", "Rows not used")):
        algorithm.addOutput(QgsProcessingOutputNumber(name, tr(text)))


def import_params(run: Run) -> ImportParams:
    """How rows that cannot be used are treated; nothing is later than now, but for time zones and clocks that differ."""
    from ..core.imports.to_come import AHEAD

    return ImportParams(invalid_rows=run.choice("INVALID_ROWS"), latest=now() + AHEAD)


def inputs_of(run: Run) -> list[Any]:
    """Paths of INPUT, or the layer.

    Raises
    ------
    FileError
        where neither was given, or a pattern names no file.
    """
    from ..core.imports.source import files_of

    if run.parameters.get("LAYER") not in (None, ""):
        return [run.source("LAYER")]
    named = run.text("INPUT")
    if not named:
        raise FileError("No file and no layer was named.", "Give INPUT or LAYER.")
    if "|layername=" in named or "|layerid=" in named:
        return [named]
    return files_of(named)


def given_columns(run: Run, **fields: str) -> dict[str, str]:
    """role -> column of COLUMNS and of the parameters that name one column."""
    given = {role: run.text(name) for role, name in fields.items() if run.text(name)}
    for part in run.text("COLUMNS").split(";"):
        role, sign, column = part.partition("=")
        if part.strip() and not (sign and role.strip() and column.strip()):
            raise ParameterError(f"COLUMNS has {part.strip()!r}.", "Write role=column; role=column.")
        if part.strip():
            given[role.strip()] = column.strip()
    return given


def mapping_facts(run: Run, *, positions: bool = True) -> dict[str, Any]:
    """Attributes of a mapping from the run's parameters."""
    facts: dict[str, Any] = {"timezone": run.text("TIMEZONE"), "date_order": run.choice("DATE_ORDER")}
    facts["keep"] = tuple(k.strip() for k in run.text("KEEP").split(";") if k.strip())
    facts["encoding"], facts["delimiter"] = run.text("ENCODING") or None, _delimiter(run.text("DELIMITER"))
    if positions:
        crs = run.algorithm.parameterAsCrs(run.parameters, "POSITIONS_CRS", run.context)
        facts["epsg"] = epsg_of(crs) if crs.isValid() else 27700
    return facts


def epsg_of(crs: QgsCoordinateReferenceSystem) -> int:
    from ..layers import epsg_code

    code = epsg_code(crs)
    if code is None:
        raise ParameterError(f"{crs.authid() or 'The reference system'!r} has no EPSG code.", "Choose one that has.")
    return code


def saved_mapping(run: Run) -> Optional[Any]:
    from ..core.imports.mapping import read_mapping

    return read_mapping(run.text("MAPPING")) if run.text("MAPPING") else None


def sources_of(
    run: Run, kind: str, given: dict[str, str], epsg: int, *, positions: bool = True, only: Any = None
) -> list[tuple[Any, Any, str]]:
    """(source, mapping, content hash) of each input, or of one; the mapping is reported."""
    from ..core.imports.open_extract import prepared

    mapping, facts = saved_mapping(run), mapping_facts(run, positions=positions)
    found = []
    for item in inputs_of(run) if only is None else [only]:
        if isinstance(item, str) and not is_layer_file(item):
            source, used = prepared(item, kind, mapping, given=given, **facts)
            found.append((source, used, source.content()))
        else:
            found.append(_layer_source(run, item, kind, mapping, given, facts, epsg))
    released = released_words(run)
    if released:
        found = [(s, replace(m, released=(*m.released, *released)), mark) for s, m, mark in found]
    last: Any = None
    for source, used, _ in found:
        run.warn(*getattr(source, "remarks", ()))
        if used.columns != last:
            run.say(f"{source.name}:", *used.sentences())
        last = used.columns
    if found and run.text("SAVE_MAPPING"):
        path = write_file(run.text("SAVE_MAPPING"), found[0][1].to_json())
        run.say(f"The mapping was saved in {path.name}.")
    return found


def say_account(run: Run, account: Any, *before: str) -> None:
    """Say what an import read, kept and dropped; what asks for a look as warnings."""
    run.say(*before, *account.sentences())
    run.warn(*account.warnings())


def check_only(run: Run) -> bool:
    return run.yes("CHECK_ONLY")


def open_store(run: Run, key: Any, timezone: str, epsg: int) -> Any:
    """The run's store, in whichever home; a database keeps its own time zone and reference system."""
    return store_at(run, run.text("STORE"), key, timezone, epsg)


def store_at(run: Run, place: str, key: Any, timezone: str, epsg: int) -> Any:
    """As :func:`open_store`, at another place than the run's STORE."""
    from ..core.connection_text import names_a_database
    from ..store.postgis.home import PostgisStore
    from ..store.store import Store

    if names_a_database(place):
        return PostgisStore(place, key)
    store = Store(place, key, timezone=timezone, epsg=epsg, waiting=run.waits)
    run.warn(*store.warnings)
    return store


def words_beside(run: Run, by: str) -> Optional[Any]:
    """What the run's store knows of words before anything is stored, for OUTPUT beside it; None without a store.

    Parameters
    ----------
    by : what words recur among, ``officers`` or ``days``
    """
    from ..core.connection_text import names_a_database
    from ..store.folder import RESTRICTED
    from ..store.words_before import WordsBeside
    from .keys import needed_key

    place = run.text("STORE")
    if not wants_store(run) or not (names_a_database(place) or (Path(place) / RESTRICTED).is_file()):
        return None
    with open_store(run, needed_key(run), run.text("TIMEZONE"), 27700) as store:
        return WordsBeside(store, by, released_words(run))


def brought(run: Run, store: Any, found: list[Any], **more: Any) -> Iterator[Any]:
    """Bring the sources of :func:`sources_of` into a store; the account of each that was not there, once it was said.

    `more` is handed to :func:`~ia_plugin.store.imports.bring`.
    """
    from ..store.imports import bring

    params = import_params(run)
    for source, mapping, mark in found:
        stored = store.has_source(mark)
        account = None if stored else bring(store, source, mapping, mark, params, at=now(), **more)
        if account is None:
            run.warn(f"{source.name} is in the store already: nothing was stored of it.")
            continue
        say_account(run, account)
        yield account


def wants_store(run: Run) -> bool:
    return bool(run.text("STORE"))


class Rejects:
    """The REJECTS output, opened at the first chunk."""

    def __init__(self, run: Run) -> None:
        from ..core.columns import REJECTS
        from ..layers import fields_for

        self._run, self._fields, self.rows = run, fields_for(REJECTS), 0
        self._open = run.wants("REJECTS")
        if self._open:
            run.open("REJECTS", self._fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())

    def add(self, table: Any) -> None:
        self.rows += len(table)
        if self._open and len(table):
            self._run.append("REJECTS", table, self._fields)


def tell_rows(run: Run) -> Any:
    """A progress callback that counts rows and stops when the user asks."""
    from ..core.errors import Cancelled

    def tell(rows: int) -> None:
        if run.feedback.isCanceled():
            raise Cancelled
        run.feedback.setProgressText(f"{rows:,} rows")

    return tell


def now() -> Any:
    import pandas as pd

    return pd.Timestamp.now(tz="UTC").floor("s")


def _delimiter(text: str) -> Optional[str]:
    return {"tab": "\t", "\\t": "\t"}.get(text.lower(), text[:1] or None)


def is_layer_file(path: str) -> bool:
    """Whether QGIS reads a file as a layer; spreadsheets are read here, for a layer of one has lost title rows and times."""
    from ..core.imports.spreadsheet import is_spreadsheet

    return not is_spreadsheet(path) and ("|layer" in path or Path(path).suffix.lower() in LAYER_FILES)


def _layer_source(
    run: Run, item: Any, kind: str, mapping: Any, given: dict[str, str], facts: dict[str, Any], epsg: int
) -> tuple[Any, Any, str]:
    """A layer as a source: its fields as columns, and its points as positions in metres."""
    from ..core.imports.open_extract import mapped
    from ..core.imports.roles import is_private
    from ..core.imports.source import TableSource, plain
    from ..layers import read_points, read_table

    layer, origin = (
        (item, run.origin("LAYER"))
        if not isinstance(item, str)
        else (QgsVectorLayer(item, Path(item).name, "ogr"), None)
    )
    if isinstance(layer, QgsVectorLayer) and not layer.isValid():
        raise FileError(f"{item!r} cannot be read as a layer.", "Check the path and the layer's name.")
    name = layer.sourceName() if hasattr(layer, "sourceName") else layer.name()
    wanted = set(mapping.wanted if mapping else []) | set(given.values()) | set(facts["keep"])
    fields = [
        f
        for f in layer.fields().names()
        if f in wanted or not is_private(plain(f)) or plain(f) in ("position", "location")
    ]
    columns = {f"{f} " if f in ("x", "y") else f: f for f in fields}
    point = QgsWkbTypes.geometryType(layer.wkbType()) == QgsWkbTypes.GeometryType.PointGeometry
    options: dict[str, Any] = dict(timezone=facts["timezone"], feedback=run.feedback, layer=origin, written=True)
    if point:
        crs = QgsCoordinateReferenceSystem(f"EPSG:{epsg}")
        table = read_points(layer, columns, crs=crs, transform_context=run.context.transformContext(), **options)
        places = {"easting": "x", "northing": "y"}
        if mapping is None:
            facts = {**facts, "epsg": epsg, "likely": places}
    else:
        table = read_table(layer, columns, **options)
    source = TableSource(table, name or "layer")
    return source, mapped(source, kind, mapping, given=given, **facts), source.content()
