"""What all algorithms share: names, help and icon from one place, errors sorted, parameters made from declarations."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Optional

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from .. import compat
from ..core.checked import with_beta
from ..core.connection_text import refuse_password
from ..core.errors import Cancelled, ImpactAreaError, ImpactAreaWarning, UnforeseenError
from ..core.params import Declaration
from ..core.resources import resource_path
from ..core.unforeseen import foreseen, place_of
from .config import merged_with_config
from .parameter_values import Parameters, plain_value
from .run import Results, Run, refused, sentences_of
from .styles import dress

GROUPS = {
    "data": "Data",
    "tracks": "Tracks",
    "presence": "Presence",
    "events": "Events",
    "evaluation": "Evaluation",
    "store": "Store",
    "briefing": "Briefing",
}
ADVANCED = QgsProcessingParameterDefinition.Flag.FlagAdvanced
OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional
STORES = ("STORE", "TO")  # parameters that may name a database
FIGURE_GROUPS = ("tracks", "presence", "events", "evaluation")
LOOK = "Look at the log: its last detail says where in the program; have that looked at, or try other input."


def outcome_of(error: BaseException) -> str:
    """How a run that stopped stands in the record: a sentence, which tells no person and holds no value of the data."""
    if isinstance(error, (ImpactAreaError, QgsProcessingException)):
        return str(error)
    return f"The run stopped at an error that nobody foresaw ({place_of(error)})."


class ImpactAreaAlgorithm(QgsProcessingAlgorithm):
    """One algorithm: a subclass gives names, parameters and :meth:`execute`, which does the work in a few lines.

    Attributes
    ----------
    ID, NAME, GROUP : id, name in words, key of :data:`GROUPS`
    SUMMARY : one sentence that says what the user gets
    NOTES : what to know before trusting it, as paragraphs
    TAGS : further words to search by
    FIRST : the parameters that matter to everybody, in the order of the dialog; the others stand below Advanced Parameters
    FIGURES : whether it gives figures though its group does not; every output of such a one says whether they were checked
    """

    ID = ""
    NAME = ""
    GROUP = "data"
    SUMMARY = ""
    NOTES: tuple[str, ...] = ()
    TAGS: tuple[str, ...] = ()
    FIRST: tuple[str, ...] = ()
    FIGURES = False
    LONG = True  # long work takes a CONFIG file of parameters

    def declare(self) -> None:
        """Add the parameters and outputs."""
        raise NotImplementedError

    def execute(self, run: Run) -> Results:
        """Do the work; results beside the outputs written."""
        raise NotImplementedError

    # --- the rest is the same for all ---------------------------------------------------------------------------------

    def initAlgorithm(self, configuration: Optional[dict[str, object]] = None) -> None:
        self._controls: list[QgsProcessingParameterDefinition] = []
        self._labels = "{}"
        self.declare()
        if self.LONG:
            config = QgsProcessingParameterFile(
                "CONFIG", self.tr("Parameters from a file"), optional=True, extension="json"
            )
            self.add(
                config,
                self.tr("A JSON file of parameters, for runs by script; those given directly count first."),
                advanced=True,
            )
        self._lay_out()

    def _lay_out(self) -> None:
        """Hand the parameters to QGIS: what matters first, then what few need, then the outputs."""
        by_name = {c.name(): c for c in self._controls}
        first = [by_name[name] for name in self.FIRST]
        others = [c for c in self._controls if c not in first and not c.isDestination()]
        for control in others:
            control.setFlags(control.flags() | ADVANCED)
        for control in (*first, *others, *(c for c in self._controls if c.isDestination())):
            self.addParameter(control)

    @contextmanager
    def labelled(self, pattern: str) -> Iterator[None]:
        """Put the labels of the parameters added meanwhile into a pattern, such as "Without a store: {}"."""
        self._labels = pattern
        try:
            yield
        finally:
            self._labels = "{}"

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Note, on the layers' own thread, where each input comes from; QGIS makes a new instance for each run."""
        compat.load_shapely()
        from ..layers import Origin

        merged = merged_with_config(parameters, self)
        sources = [p.name() for p in self.parameterDefinitions() if isinstance(p, QgsProcessingParameterFeatureSource)]
        self._origins = {n: Origin.of(self.parameterAsVectorLayer(merged, n, context)) for n in sources}
        self._refusal = self._refused_outputs(merged, context)
        return True

    def _refused_outputs(self, merged: Parameters, context: QgsProcessingContext) -> Optional[ImpactAreaError]:
        """Why the outputs asked for may not be written; None where they may."""
        from .output_files import check_outputs

        try:
            check_outputs(self, merged, context)
        except ImpactAreaError as error:
            return error
        return None

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Results:
        run: Optional[Run] = None
        began = time.time()
        try:
            run = Run(self, merged_with_config(parameters, self), context, feedback, self._origins)
            if self._refusal is not None:
                raise self._refusal
            with warnings.catch_warnings(record=True) as caught, foreseen(f"{self.NAME} cannot use its input", LOOK):
                warnings.simplefilter("ignore")
                warnings.simplefilter("always", ImpactAreaWarning)
                results = self.execute(run)
            run.warn(*sentences_of(caught))
            beta = self._beta(run, results)
            written = run.finish(beta)
        except BaseException as error:
            if run is not None:
                if isinstance(error, UnforeseenError):
                    feedback.pushDebugInfo(f"Detail: {error.place}")
                run.discard(error)
                self._record(run, began, outcome_of(error))
            if isinstance(error, Cancelled):
                feedback.reportError("The run was cancelled; nothing of it was kept.", False)
                raise QgsProcessingException(str(error)) from None
            if isinstance(error, ImpactAreaError):
                raise refused(error) from None
            raise
        self._record(run, began, "done")
        for name, dest in written.items():
            dress(name, dest, self.ID, context, beta)
        # Qt takes a sentence of the core for an object: results are the plain texts.
        return {**written, **{name: str(r) if isinstance(r, str) else r for name, r in results.items()}}

    def _beta(self, run: Run, results: Results) -> str:
        """Whether the figures of a run were checked, said in the log and in its summary; "" for a run that gives none."""
        if not (self.FIGURES or self.GROUP in FIGURE_GROUPS):
            return ""
        words = with_beta("", run.checked)
        run.say(words)
        if isinstance(results.get("SUMMARY"), str):
            results["SUMMARY"] = with_beta(str(results["SUMMARY"]), run.checked)
        return words

    def _record(self, run: Run, began: float, outcome: str) -> None:
        from .run_record import record

        problem = record(run, began, outcome)
        if problem:
            run.warn(problem)

    def checkParameterValues(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[bool, str]:
        """Whether a run may begin. A password in STORE is refused here, before QGIS writes the parameters into its history."""
        missing = compat.missing_requirements()  # qgis_process 3.22 never asks canExecute()
        if missing:
            return False, missing
        try:
            self._refuse_passwords(parameters, context)
            merged = merged_with_config(parameters, self)
            self._refuse_passwords(merged, context)
        except ImpactAreaError as error:
            return False, error.sentence
        good, text = super().checkParameterValues(merged, context)
        refusal = self._refused_outputs(merged, context) if good else None
        return (good, text) if refusal is None else (False, str(refusal))

    def _refuse_passwords(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        for name in STORES:
            refuse_password(str(plain_value(parameters.get(name), context) or ""))

    def canExecute(self) -> tuple[bool, str]:
        missing = compat.missing_requirements()
        return not missing, missing

    def createInstance(self) -> QgsProcessingAlgorithm:
        return type(self)()

    def name(self) -> str:
        return self.ID

    def displayName(self) -> str:
        return self.tr(self.NAME)

    def group(self) -> str:
        return self.tr(GROUPS[self.GROUP])

    def groupId(self) -> str:
        return self.GROUP

    def icon(self) -> QIcon:
        return QIcon(str(resource_path("icons", f"{self.GROUP}.svg")))

    def shortDescription(self) -> str:
        return self.tr(self.SUMMARY)

    def tags(self) -> list[str]:
        return ["police", "impact area", *self.TAGS]

    def shortHelpString(self) -> str:
        """The help page, from the summary, the notes and each parameter's own help."""
        parts = [f"<p>{self.tr(self.SUMMARY)}</p>", *(f"<p>{self.tr(n)}</p>" for n in self.NOTES)]
        described = [(p.description(), p.help()) for p in self.parameterDefinitions() if p.help()]
        return "".join(parts) + "".join(f"<p><b>{name}</b><br>{text}</p>" for name, text in described)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("ImpactArea", text)

    def add(self, parameter: QgsProcessingParameterDefinition, help: str, *, advanced: bool = False) -> None:
        """Add a parameter with its help; `advanced` says that it is not for everybody, wherever it stands."""
        parameter.setHelp(help)
        parameter.setDescription(self._labels.format(parameter.description()))
        if advanced:
            parameter.setFlags(parameter.flags() | ADVANCED)
        self._controls.append(parameter)

    def add_declared(self, name: str, declaration: Declaration, more: str = "", *, optional: bool = False) -> None:
        """Add the control of a declared parameter under Processing's name `name`; `more`, translated, is added to its help.

        `optional`: where it is new to an algorithm that people's models hold already: a model without a mandatory one does not run.
        """
        control = control_of(name, replace(declaration, label=self.tr(declaration.label)))
        if optional:
            control.setFlags(control.flags() | OPTIONAL)
        self.add(control, f"{self.tr(declaration.help)} {more}".strip(), advanced=declaration.advanced)


def control_of(name: str, declaration: Declaration) -> QgsProcessingParameterDefinition:
    """The Processing parameter of a declaration: a number, a choice, yes or no, or text."""
    label, default = declaration.label, declaration.default
    if declaration.choices:
        return QgsProcessingParameterEnum(
            name, label, options=list(declaration.choices), defaultValue=default, usesStaticStrings=True
        )
    if declaration.is_number:
        whole = isinstance(default, int) and not isinstance(default, bool)
        kind = QgsProcessingParameterNumber.Type.Integer if whole else QgsProcessingParameterNumber.Type.Double
        unit = f" ({declaration.unit})" if declaration.unit else ""
        control = QgsProcessingParameterNumber(name, label + unit, kind, default, optional=default is None)
        if declaration.minimum is not None:
            control.setMinimum(declaration.minimum)
        if declaration.maximum is not None:
            control.setMaximum(declaration.maximum)
        return control
    if isinstance(default, bool):
        return QgsProcessingParameterBoolean(name, label, default)
    return QgsProcessingParameterString(name, label, default, optional=default == "")
