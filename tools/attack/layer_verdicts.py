"""What became of a run of an algorithm: what was said, what was raised, what was written; for `fuzz_layers`, inside QGIS."""

from __future__ import annotations

import gc
import hashlib
import math
import re
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsApplication,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)

from ia_plugin.core.errors import ImpactAreaError
from tools.attack.fuzz_files import CLASS_NAME, PLANTED, fault_of

Parameters = dict[str, object]

OF_QGIS = ("Could not load source layer", "Incorrect parameter value", "Could not create destination layer", "has invalid geometry", "Could not evaluate", "Unable to execute algorithm")  # fmt: skip
# What is whole by itself and serves one whose run is refused: the sheet to fill in before there is anything to calibrate with,
# and the mapping to correct.
WHOLE_ALONE = ("SHEET", "SAVE_MAPPING")


class Said(QgsProcessingFeedback):
    """Everything a run says."""

    def __init__(self) -> None:
        super().__init__(False)
        self.lines: list[str] = []

    def reportError(self, text: str, fatal: bool = False) -> None:
        self.lines.append(text)

    pushWarning = pushInfo = pushDebugInfo = pushCommandInfo = pushConsoleInfo = setProgressText = reportError


class Judge:
    """Runs cases, with our errors kept as they were raised: what QGIS passes on is their text alone."""

    def __init__(self) -> None:
        import processing

        import ia_plugin.processing.base as base

        self.run_algorithm: Callable[..., dict[str, object]] = processing.run
        self.raised: list[ImpactAreaError] = []
        refused = base.refused

        def kept(error: ImpactAreaError) -> QgsProcessingException:
            self.raised.append(error)
            return refused(error)

        base.refused = kept
        self.logged: list[str] = []
        self.why = ""  # what a refusal said
        QgsApplication.messageLog().messageReceived.connect(lambda text, tag, level: self.logged.append(text))

    def of(self, algorithm: str, parameters: Parameters, folder: Path) -> tuple[str, list[str]]:
        """(outcome, findings) of a run whose files are in a folder."""
        self.raised, self.logged, self.why = [], [], ""
        said, context = Said(), QgsProcessingContext()
        context.setProject(QgsProject.instance())
        context.setFeedback(said)
        before, layers = files_of(folder), dict(layers_of(parameters))
        try:
            results = self.run_algorithm(f"impactareas:{algorithm}", parameters, context=context, feedback=said)
            outcome, findings = "done", list(faults_of_results(results, context))
        except QgsProcessingException as error:
            self.why = str(error)
            outcome, findings = "refused", list(self._faults_of_refusal(str(error), said))
        except Exception as error:
            outcome, findings = "error", [f"{type(error).__name__}: {traceback.format_exc()[-900:]}"]
        findings += faults_of_words(
            "\n".join(line for line in [*said.lines, *self.logged] if not line.startswith("Detail: "))
        )
        results = {}
        del context
        gc.collect()
        after = files_of(folder)
        findings += [f"changed: {name}" for name, mark in before.items() if after.get(name) != mark]
        findings += [f"changed: {n}" for n, mark in layers_of(parameters) if layers.get(n) != mark]
        if outcome != "done":
            whole = [str(folder / str(parameters.get(name))) for name in WHOLE_ALONE]
            findings += [
                f"left behind: {name}" for name in after if name not in before and str(folder / name) not in whole
            ]
        return outcome, findings

    def _faults_of_refusal(self, text: str, said: Said) -> Iterator[str]:
        if self.raised:
            fault = fault_of(self.raised[-1])
            if fault:
                yield f"{fault} {[line for line in said.lines if line.startswith('Detail')]}"
        elif not any(words in text for words in OF_QGIS):
            yield f"not ours and not QGIS's: {text[:400]}"
        elif text.startswith("Unable to execute algorithm"):
            reason = text.partition("\n")[2].strip() or "\n".join(said.lines[-1:])
            if not re.search(r"[.!?…)'\"] +[A-Z]", reason) and not any(words in reason for words in OF_QGIS):
                yield f"no remedy: {reason[:300]}"
        yield from faults_of_words(text)


def faults_of_words(said: str) -> Iterator[str]:
    """Faults of what a person reads of a run."""
    if CLASS_NAME.search(said) or '.py", line' in said:
        at = CLASS_NAME.search(said)
        yield f"no sentence: …{said[max(0, at.start() - 200) if at else 0 :][:900]}"
    for planted in PLANTED:
        if planted in said:
            yield f"a planted value is quoted: …{said[max(0, said.index(planted) - 200) :][:400]}"


def faults_of_results(results: dict[str, object], context: QgsProcessingContext) -> Iterator[str]:
    """Numbers that are none, and layers that cannot be loaded or hold such."""
    for name, value in results.items():
        if isinstance(value, (int, float)) and not (math.isfinite(value) and value >= 0):
            yield f"{name} is {value}"
        layer = value if isinstance(value, QgsMapLayer) else _layer(value, context)
        if layer is None:
            continue
        if not layer.isValid():
            yield f"{name} cannot be loaded: {value}"
        elif isinstance(layer, QgsVectorLayer):
            reals = {v for f in layer.getFeatures() for v in f.attributes() if isinstance(v, float)}
            odd = [v for v in reals if not math.isfinite(v)]
            if odd:
                yield f"{name} holds {odd[:3]}"


def _layer(value: object, context: QgsProcessingContext) -> Optional[QgsMapLayer]:
    if not isinstance(value, str) or not value.partition("|")[0].endswith((".gpkg", ".shp", ".geojson")):
        return None
    return QgsProcessingUtils.mapLayerFromString(value, context)


def files_of(folder: Path) -> dict[str, str]:
    """Digest of each file of a case but those of its store, which runs are there to change."""
    return {
        str(path.relative_to(folder)): hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"store", "new"} & set(path.relative_to(folder).parts) and not path.name.endswith(("-wal", "-shm", "-journal", ".qmd"))
    }  # fmt: skip


def layers_of(parameters: Parameters) -> Iterator[tuple[str, str]]:
    for name, value in parameters.items():
        if isinstance(value, QgsVectorLayer):
            rows = [str(f.attributes()) for f in value.getFeatures()][:5]
            yield name, f"{value.featureCount()} {value.fields().names()} {rows}"
