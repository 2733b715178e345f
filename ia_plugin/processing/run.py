"""What one run of an algorithm needs of Processing: its parameters, read and checked, and its outputs, all or nothing."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Union

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ..compat import FieldType
from ..core.errors import Cancelled, ColumnError, FileError, ImpactAreaError, ParameterError
from ..core.imports.file_state import shown_name
from ..core.words import count_of
from ..core.write_file import unwritable, write_file
from .file_formats import REMEDY, check_rows, names_cut, texts_cut
from .parameter_values import Parameters, asked_file
from .remove_output import remove_output

if TYPE_CHECKING:
    from warnings import WarningMessage

    import pandas as pd

    from ..core.checked import Checked
    from ..core.privacy import Key
    from ..core.progress import Progress
    from ..layers import BulkOutput, Origin
    from ..layers.write_layers import Geometries

OTHER_OUTPUT = (
    "Choose another output: a file with the ending of its format, such as .gpkg, in a folder you may write to."
)

Results = dict[str, object]
"""What an algorithm gives back, by the name of the output."""


class Run:
    """One run: no state is kept on the algorithm, which QGIS may share between threads."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        origins: dict[str, Optional[Origin]],
    ) -> None:
        self.origins = origins
        self.checked: Optional[Checked] = None  # of the store that figures come from
        self.key: Optional[Key] = None  # of pseudonyms, once the run has needed one
        self.account: dict[str, Any] = {}  # for the record of runs: rows read and used, reasons, inputs, purpose
        self.algorithm, self.parameters, self.context, self.feedback = algorithm, parameters, context, feedback
        self._sinks: dict[str, QgsFeatureSink] = {}  # those still open
        self._bulk: dict[str, BulkOutput] = {}  # outputs whose rows go in as columns
        self._written: dict[str, str] = {}  # output -> id of all
        self._times: dict[str, list[str]] = {}
        self._rows: dict[str, int] = {}
        self._files: dict[str, Union[str, bytes]] = {}  # those that are written last
        self._formats: dict[str, tuple[Path, int]] = {}  # of files: where, and the kind of their places
        self._cut: dict[str, int] = {}  # texts that a file does not keep whole

    # --- parameters ---------------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """A text without the blanks around it; one with a NUL is no name of a file, a field or anything else."""
        text = str(self.algorithm.parameterAsString(self.parameters, name, self.context)).strip()
        if "\0" in text:
            raise ParameterError(f"{name} holds a NUL, a sign that no text has.", "Type it anew.")
        return text

    def field(self, name: str) -> Optional[str]:
        """Name of a field, or None where it was left empty."""
        return self.text(name) or None

    def number(self, name: str) -> Optional[float]:
        """A number, or None where an optional one was left empty."""
        if self.parameters.get(name, self.algorithm.parameterDefinition(name).defaultValue()) in (None, ""):
            return None
        return float(self.algorithm.parameterAsDouble(self.parameters, name, self.context))

    def yes(self, name: str) -> bool:
        return bool(self.algorithm.parameterAsBool(self.parameters, name, self.context))

    def choice(self, name: str) -> str:
        return str(self.algorithm.parameterAsEnumString(self.parameters, name, self.context))

    def source(self, name: str) -> Optional[QgsProcessingFeatureSource]:
        """The feature source of a parameter; None where an optional one was left empty."""
        source = self.algorithm.parameterAsSource(self.parameters, name, self.context)
        if source is None and not self._optional(name):
            raise ParameterError(self.algorithm.invalidSourceError(self.parameters, name))
        return source

    def origin(self, name: str) -> Optional[Origin]:
        """Where the features of a source come from, noted on the layer's own thread (see ``prepareAlgorithm``)."""
        return self.origins.get(name)

    def require_fields(self, source: QgsProcessingFeatureSource, **roles: Optional[str]) -> None:
        """Raise :class:`ColumnError` for all fields that the layer lacks, naming those it has."""
        from ..core.imports.shown_names import shown_names

        names = source.fields().names()
        lacking = [(role, field) for role, field in roles.items() if field and field not in names]
        if lacking:
            missing = ", nor ".join(f"{field!r} for the {role.replace('_', ' ')}" for role, field in lacking)
            raise ColumnError(f"The layer has no field {missing}.", f"Choose one of: {shown_names(names)}.")

    def _optional(self, name: str) -> bool:
        flags = self.algorithm.parameterDefinition(name).flags()
        return bool(flags & QgsProcessingParameterDefinition.Flag.FlagOptional)

    # --- saying and stopping ------------------------------------------------------------------------------------------

    def say(self, *sentences: str) -> None:
        for sentence in sentences:
            self.feedback.pushInfo(sentence)

    def warn(self, *sentences: str) -> None:
        for sentence in sentences:
            self.feedback.pushWarning(sentence)

    def waits(self, sentence: str) -> None:
        """Say, once, what the run waits for; called again and again meanwhile, so that it can be cancelled."""
        if self.feedback.isCanceled():
            raise Cancelled
        if sentence:
            self.say(sentence)

    def step(self, start: float, end: float, text: str = "") -> Progress:
        """A core progress callback for the part of the run from `start` to `end` (0 to 1)."""
        if text:
            self.feedback.setProgressText(text)

        def tell(share: float) -> None:
            if self.feedback.isCanceled():
                raise Cancelled
            self.feedback.setProgress(100 * (start + (end - start) * min(max(share, 0.0), 1.0)))

        tell(0.0)
        return tell

    # --- outputs ------------------------------------------------------------------------------------------------------

    def wants(self, name: str) -> bool:
        """Whether an optional output was asked for."""
        return self.parameters.get(name) not in (None, "")

    def write(
        self,
        name: str,
        table: pd.DataFrame,
        fields: QgsFields,
        kind: QgsWkbTypes.Type,
        crs: QgsCoordinateReferenceSystem,
        geometry: Optional[Geometries] = None,
    ) -> str:
        """Write a table to the sink of output `name`; returns its id. Called once all is computed."""
        dest = self.open(name, fields, kind, crs)
        self.append(name, table, fields, geometry)
        return dest

    def open(self, name: str, fields: QgsFields, kind: QgsWkbTypes.Type, crs: QgsCoordinateReferenceSystem) -> str:
        """Open the sink of output `name`, for rows that come in parts; returns its id."""
        file = asked_file(self.parameters.get(name), self.context)
        before = _state_of(file)
        try:
            sink, dest = self.algorithm.parameterAsSink(self.parameters, name, self.context, fields, kind, crs)
            problem = "" if sink is not None else self.algorithm.invalidSinkError(self.parameters, name)
        except QgsProcessingException as error:
            sink, problem = None, str(error)
        if sink is None:
            if _state_of(file) != before:  # begun, and there is no sink to finish it
                from .written_whole import not_whole

                fault = not_whole(file, [problem])
                with suppress(OSError):
                    remove_output(str(file))
                raise fault
            path = Path(self.algorithm.parameterAsOutputLayer(self.parameters, name, self.context).split("|")[0])
            locked = f"If {path.name} is open in another program, close it there, or choose another file."
            raise FileError(problem, locked if os.path.isfile(path) else OTHER_OUTPUT)
        self._sinks[name], self._written[name] = sink, str(dest)
        del sink
        self._times[name] = [f.name() for f in fields.toList() if f.type() == FieldType.DATE_TIME]
        self._in_bulk(name, fields, kind, crs)
        if (place := self._file(str(dest))) is not None:
            self._formats[name] = (place[0], int(QgsWkbTypes.geometryType(kind)))
            cut = names_cut(place[0], fields.names(), self._formats[name][1])
            self.warn(*([cut] if cut else []))
        return str(dest)

    def _in_bulk(self, name: str, fields: QgsFields, kind: QgsWkbTypes.Type, crs: QgsCoordinateReferenceSystem) -> None:
        """Let whole columns go into an output that QGIS has laid out as an empty table of a GeoPackage."""
        from ..layers import BulkOutput

        place = self._file(self._written[name])
        if place is None or place[0].suffix.lower() != ".gpkg":
            return
        self._sinks.pop(name)  # closes the file
        found = BulkOutput.of(*place, fields)
        if found is not None:
            self._bulk[name], self._times[name] = found, []  # which are written in UTC
            return
        self._sinks[name], _ = self.algorithm.parameterAsSink(self.parameters, name, self.context, fields, kind, crs)

    def append(self, name: str, table: pd.DataFrame, fields: QgsFields, geometry: Optional[Geometries] = None) -> None:
        """Rows into an open sink.

        Raises
        ------
        FileError
            for more rows than a sheet of a spreadsheet has.
        """
        from ..layers import write_table

        if name in self._formats:
            path, kind = self._formats[name]
            check_rows(path, self._rows.get(name, 0) + len(table))
            self._cut[name] = self._cut.get(name, 0) + texts_cut(path, table, kind)
        if name in self._bulk:
            self._bulk[name].append(table, geometry, self.feedback)
        else:
            dest = self._written[name]
            write_table(table, self._sinks[name], fields, geometry=geometry, feedback=self.feedback, destination=dest)
        self._rows[name] = self._rows.get(name, 0) + len(table)
        if self.feedback.isCanceled():
            raise Cancelled

    def leave(self, name: str, content: Union[str, bytes]) -> str:
        """Have a text or the bytes of a file written to the file of output `name` once all layers and tables are whole; its path."""
        path = str(self.algorithm.parameterAsFileOutput(self.parameters, name, self.context))
        self._files[path] = content
        return path

    def leave_file(self, path: Path, content: bytes) -> None:
        """Have a file written, once all is whole; what stood there stays until then."""
        self._files[str(path)] = content

    def written(self) -> dict[str, str]:
        """Names and ids of the outputs opened so far."""
        return dict(self._written)

    def finish(self, words: str = "") -> dict[str, str]:
        """Close the sinks, note in files that their times are UTC, write the texts that were left; names and ids of the outputs.

        Parameters
        ----------
        words : that describe every table of a GeoPackage

        Raises
        ------
        FileError
            where a file does not hold all that was written to it: the disk is full. No text is written then.
        """
        from ..layers import describe, mark_utc
        from .written_whole import check_whole, not_whole, noted_errors

        files = {name: place for name, dest in self._written.items() if (place := self._file(dest)) is not None}
        with noted_errors() as problems:
            self._sinks.clear()  # deleting a sink writes its last rows and closes the file
            for name, dest in self._written.items():
                if self._times[name]:
                    mark_utc(dest, self._times[name])
                if words:
                    describe(dest, words)
        for name, (path, table) in files.items():
            check_whole(path, table, self._rows.get(name, 0))
        if problems and files:
            raise not_whole(next(iter(files.values()))[0], problems)
        for name, count in self._cut.items():
            if count:
                self.warn(
                    f"{shown_name(self._formats[name][0])!r} does not keep {count_of(count, 'texts')} whole. {REMEDY}"
                )
        for file, content in self._files.items():
            write_file(file, content)
        return dict(self._written)

    def _file(self, dest: str) -> Optional[tuple[Path, str]]:
        """The file and the table in it that the id of an output means; None for a layer in memory or on a server."""
        if self.context.temporaryLayerStore().mapLayer(dest):
            return None
        parts = QgsProviderRegistry.instance().decodeUri("ogr", dest)
        path = Path(str(parts.get("path") or ""))
        # Some formats make their file only when they are closed.
        known = path.suffix[1:].lower() in QgsVectorFileWriter.supportedFormatExtensions()
        return (path, str(parts.get("layerName") or "")) if known else None

    def discard(self, why: BaseException) -> None:
        """Remove what a run has written that stopped because of `why`, so that nothing half-written looks finished.

        What cannot be removed is named in a warning; the reason itself is for the caller to tell.
        """
        _let_go(why)
        self._sinks.clear()
        for dest in self._written.values():
            try:
                if self.context.temporaryLayerStore().mapLayer(dest):
                    self.context.takeResultLayer(dest)
                remove_output(dest)
            except Exception as error:  # whatever it is, it must not stand in the place of the reason
                problem = str(unwritable(dest.partition("|")[0], error) if isinstance(error, OSError) else error)
                self.warn(f"What the run had written could not be removed, and is not finished: {problem}")


def _state_of(path: Path) -> Optional[tuple[int, int]]:
    """What changes when a file is written; None where there is none."""
    try:
        if not path.is_file():
            return None
        state = path.stat()
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size


def _let_go(error: Optional[BaseException]) -> None:
    """Let the frames of an error, and of those it came from, forget the sinks they held: each keeps its file open."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def refused(error: ImpactAreaError) -> QgsProcessingException:
    """One of our errors as Processing shows it."""
    return QgsProcessingException(str(error))


def sentences_of(warnings: Iterable[WarningMessage]) -> list[str]:
    """Texts of recorded warnings of the method, each once."""
    from ..core.errors import ImpactAreaWarning

    return list(dict.fromkeys(str(w.message) for w in warnings if issubclass(w.category, ImpactAreaWarning)))
