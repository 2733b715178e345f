"""What one run of an algorithm needs of Processing: its parameters, read and checked, and its outputs, all or nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsFeatureSink,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..compat import FieldType
from ..core.errors import Cancelled, ColumnError, ImpactAreaError, ParameterError


class Run:
    """One run: no state is kept on the algorithm, which QGIS may share between threads."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        origins: dict[str, Any],
    ) -> None:
        self.origins = origins
        self.key: Any = None  # of pseudonyms, once the run has needed one
        self.account: dict[str, Any] = {}  # for the record of runs: rows read and used, reasons, inputs, purpose
        self.algorithm, self.parameters, self.context, self.feedback = algorithm, parameters, context, feedback
        self._sinks: dict[str, tuple[QgsFeatureSink, str]] = {}
        self._times: dict[str, list[str]] = {}

    # --- parameters ---------------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        return str(self.algorithm.parameterAsString(self.parameters, name, self.context)).strip()

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

    def source(self, name: str) -> Any:
        """The feature source of a parameter; None where an optional one was left empty."""
        source = self.algorithm.parameterAsSource(self.parameters, name, self.context)
        if source is None and not self._optional(name):
            raise QgsProcessingException(self.algorithm.invalidSourceError(self.parameters, name))
        return source

    def origin(self, name: str) -> Any:
        """Where the features of a source come from, noted on the layer's own thread (see ``prepareAlgorithm``)."""
        return self.origins.get(name)

    def require_fields(self, source: Any, **roles: Optional[str]) -> None:
        """Raise :class:`ColumnError` for a field that the layer lacks, naming those it has."""
        names = source.fields().names()
        for role, field in roles.items():
            if field and field not in names:
                what = role.replace("_", " ")
                raise ColumnError(
                    f"The layer has no field {field!r} for the {what}.",
                    f"Choose one of: {', '.join(names) or 'it has none'}.",
                )

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

    def step(self, start: float, end: float, text: str = "") -> Any:
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
        self, name: str, table: Any, fields: QgsFields, kind: QgsWkbTypes.Type, crs: Any, geometry: Any = None
    ) -> str:
        """Write a table to the sink of output `name`; returns its id. Called once all is computed."""
        dest = self.open(name, fields, kind, crs)
        self.append(name, table, fields, geometry)
        return dest

    def open(self, name: str, fields: QgsFields, kind: QgsWkbTypes.Type, crs: Any) -> str:
        """Open the sink of output `name`, for rows that come in parts; returns its id."""
        sink, dest = self.algorithm.parameterAsSink(self.parameters, name, self.context, fields, kind, crs)
        if sink is None:
            raise QgsProcessingException(self.algorithm.invalidSinkError(self.parameters, name))
        self._sinks[name] = (sink, dest)
        self._times[name] = [f.name() for f in fields.toList() if f.type() == FieldType.DATE_TIME]
        return str(dest)

    def append(self, name: str, table: Any, fields: QgsFields, geometry: Any = None) -> None:
        """Rows into an open sink."""
        from ..layers import write_table

        write_table(table, self._sinks[name][0], fields, geometry=geometry, feedback=self.feedback)
        if self.feedback.isCanceled():
            raise Cancelled

    def finish(self) -> dict[str, str]:
        """Close the sinks and note in files that their times are UTC; names and ids of the outputs."""
        from ..layers import mark_utc

        ids = {name: dest for name, (_, dest) in self._sinks.items()}
        self._sinks = {}  # deleting a sink writes its last rows and closes the file
        for name, dest in ids.items():
            if self._times[name]:
                mark_utc(dest, self._times[name])
        return ids

    def discard(self) -> None:
        """Remove what a stopped run has written, so that nothing half-written looks finished."""
        written, self._sinks = self._sinks, {}
        ids = [dest for _, dest in written.values()]
        del written
        for dest in ids:
            self.context.takeResultLayer(dest) if self.context.temporaryLayerStore().mapLayer(dest) else None
            _remove(dest)


def _remove(dest: str) -> None:
    """Delete the file or the table that a sink wrote to; memory layers went with their sink."""
    from osgeo import ogr

    path, _, rest = dest.partition("|")
    if rest.startswith("layername="):
        source = ogr.Open(path, 1)
        if source is not None and source.GetLayerCount() > 1:
            names = [source.GetLayer(i).GetName() for i in range(source.GetLayerCount())]
            if rest[len("layername=") :] in names:
                source.DeleteLayer(names.index(rest[len("layername=") :]))
            return
    for end in ("", ".shp", ".shx", ".dbf", ".prj", ".cpg", ".qpj"):
        file = Path(path) if not end else Path(path).with_suffix(end)
        if (not end or path.endswith(".shp")) and file.is_file():
            os.remove(file)


def merged_with_config(parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters, with those of the JSON file named by CONFIG where they were not given.

    Raises
    ------
    ParameterError
        for a file that cannot be read or is no JSON object.
    """
    name = parameters.get("CONFIG")
    if not name:
        return parameters
    try:
        given = json.loads(Path(str(name)).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ParameterError(
            f"CONFIG {str(name)!r} cannot be read ({error.strerror}).", "Give the path of a JSON file."
        ) from error
    except ValueError as error:
        raise ParameterError(
            f"CONFIG {str(name)!r} is no JSON ({error}).", 'Write it as {"PARAMETER": value}.'
        ) from error
    if not isinstance(given, dict):
        raise ParameterError(f"CONFIG {str(name)!r} holds no parameters.", 'Write it as {"PARAMETER": value}.')
    return {**given, **parameters}


def refused(error: ImpactAreaError) -> QgsProcessingException:
    """One of our errors as Processing shows it."""
    return QgsProcessingException(str(error))


def sentences_of(warnings: Iterable[Any]) -> list[str]:
    """Texts of recorded warnings of the method, each once."""
    from ..core.errors import ImpactAreaWarning

    return list(dict.fromkeys(str(w.message) for w in warnings if issubclass(w.category, ImpactAreaWarning)))


def load_layer(dest: str, context: QgsProcessingContext) -> Optional[QgsVectorLayer]:
    """The output layer of an id."""
    return QgsProcessingUtils.mapLayerFromString(dest, context)
