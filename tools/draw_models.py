"""Draws the models of the toolbox, ``resources/models/*.model3``: chains of the plugin's own algorithms, from one dialog or one command.

Run it where QGIS is, after a parameter of an algorithm that they use was added or renamed::

    .venv/bin/python tools/qgis_env.py .venv/bin/python tools/draw_models.py
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
GROUP = "Briefing"
COLUMN, LINE = 260.0, 110.0  # of the designer's canvas


@dataclass(frozen=True)
class Input:
    """One input of a model, as Processing's own text of a parameter: ``kind`` of parameter, label, default, help."""

    kind: str
    label: str
    help: str
    default: Any = None
    optional: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One algorithm of a model.

    Attributes
    ----------
    algorithm : its id without the provider
    says : what it is called in the designer
    takes : parameter -> the model's input of that name
    fixed : parameter -> value
    after : the steps that must have ended
    gives : output of the algorithm -> what it is called as the model's own output
    """

    algorithm: str
    says: str
    takes: Mapping[str, str]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    after: Sequence[str] = ()
    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """A model: its file, its title, what it is for, its inputs by name, and its steps by name."""

    file: str
    title: str
    summary: str
    inputs: Mapping[str, Input]
    steps: Mapping[str, Step]


STORE = Input("folder", "Store", "Folder of a store that Daily refresh keeps.")
FIRST = Input(
    "text",
    "First day",
    "As YYYY-MM-DD. Both days left empty, the last four whole weeks; this one alone, 28 days to the last.",
    optional=True,
)
LAST = Input("text", "Last day", "As YYYY-MM-DD; left empty, the last complete day of the data.", optional=True)
MARKING = Input("text", "Protective marking", "On every sheet and page; it cannot be blank.", "OFFICIAL-SENSITIVE")
AUDIENCE = Input(
    "choice",
    "Audience",
    "Who it is for: board, public or restricted.",
    "board",
    more={"options": ["restricted", "board", "public"]},
)
OUTCOMES = Input("text", "Key types declared", "Up to three, with commas, named before anybody looks.", optional=True)
PERIOD = Input(
    "choice",
    "Period of the evaluation",
    "By what the evaluation goes through time.",
    "month",
    more={"options": ["shift", "day", "week", "month"]},
)
DAYS = {
    "STORE": "STORE",
    "FIRST_DAY": "FIRST_DAY",
    "LAST_DAY": "LAST_DAY",
    "AUDIENCE": "AUDIENCE",
    "MARKING": "MARKING",
}
REPORT = {**DAYS, "OUTCOMES": "OUTCOMES", "PERIOD": "PERIOD"}

BOARD_PACK = Model(
    "monthly_board_pack",
    "Monthly board pack",
    "Briefing maps, the answers, the technical report and the ethics sheet of one store and one period, in one run.",
    {
        "STORE": STORE,
        "FIRST_DAY": FIRST,
        "LAST_DAY": LAST,
        "OUTCOMES": OUTCOMES,
        "PERIOD": PERIOD,
        "AUDIENCE": AUDIENCE,
        "MARKING": MARKING,
    },
    {
        "maps": Step("briefingmaps", "A sheet for each Impact Area", DAYS, gives={"OUTPUT": "Briefing maps"}),
        "answers": Step("answers", "Questions 1 to 6", DAYS, gives={"OUTPUT_HTML": "Answers"}),
        "report": Step(
            "technicalreport",
            "The technical report",
            REPORT,
            gives={"OUTPUT_HTML": "Technical report", "OUTPUT_PDF": "Technical report on paper"},
        ),
        "ethics": Step(
            "ethics",
            "The ethics sheet",
            {"STORE": "STORE", "MARKING": "MARKING"},
            after=("maps", "answers", "report"),
            gives={"OUTPUT_HTML": "Ethics sheet"},
        ),
    },
)
OPERATION = Model(
    "before_and_after_an_operation",
    "Before and after an operation",
    "Whether crime changed otherwise in Impact Areas than in comparison areas, and around them; then officer time, crime and searches of the days of the operation.",
    {
        "EVENTS": Input("points", "Events", "Crimes as Import events writes them."),
        "AREAS": Input("polygons", "Areas", "Polygons with their role, impact or comparison."),
        "ROLE_FIELD": Input("field", "Area role", "The field that says impact or comparison; left empty, the field called role.", optional=True, more={"parentLayerParameterName": "AREAS"}),
        "BEFORE_FROM": Input("text", "Before, first day", "As YYYY-MM-DD."),
        "BEFORE_TO": Input("text", "Before, last day", "As YYYY-MM-DD."),
        "FIRST_DAY": Input("text", "Operation, first day", "As YYYY-MM-DD."),
        "LAST_DAY": Input("text", "Operation, last day", "As YYYY-MM-DD."),
        "OUTCOME": Input("text", "What is counted", "A key type, category or kind; left empty, all crimes.", optional=True),
        "STORE": STORE, "AUDIENCE": AUDIENCE, "MARKING": MARKING,
    },
    {
        "moved": Step(
            "displacement", "Did crime move?",
            {"INPUT": "EVENTS", "AREAS": "AREAS", "ROLE_FIELD": "ROLE_FIELD", "BEFORE_FROM": "BEFORE_FROM", "BEFORE_TO": "BEFORE_TO", "AFTER_FROM": "FIRST_DAY",
             "AFTER_TO": "LAST_DAY", "OUTCOME": "OUTCOME", "STORE": "STORE", "AUDIENCE": "AUDIENCE", "MARKING": "MARKING"},
            gives={"OUTPUT": "Results of displacement", "OUTPUT_HTML": "Displacement", "RINGS": "Areas and rings"},
        ),
        "answers": Step("answers", "Questions 1 to 6 of the operation's days", DAYS, gives={"OUTPUT_HTML": "Answers"}),
        "maps": Step("briefingmaps", "A sheet for each Impact Area", DAYS, gives={"OUTPUT": "Briefing maps"}),
    },
)  # fmt: skip
NIGHTLY = Model(
    "nightly_refresh_and_briefing",
    "Nightly refresh and briefing",
    "New extracts of a watched folder into the store, then briefing maps, answers and the technical report of the last four whole weeks, and the inspector's page.",
    {
        "WATCHED": Input("folder", "Watched folder", "Where extracts are left."),
        "STORE": Input("folder", "Store", "The folder of the store; it is made at the first run."),
        "AREAS": Input("polygons", "Areas", "For the first run, and when areas change; else left empty.", optional=True),
        "AREA_ID_FIELD": Input("field", "Area id", "Left empty, the field called area_id.", optional=True, more={"parentLayerParameterName": "AREAS"}),
        "ROLE_FIELD": Input("field", "Area role", "Left empty, the field called role.", optional=True, more={"parentLayerParameterName": "AREAS"}),
        "FIRST_DAY": FIRST, "LAST_DAY": LAST, "OUTCOMES": OUTCOMES, "PERIOD": PERIOD, "AUDIENCE": AUDIENCE, "MARKING": MARKING,
    },
    {
        "refresh": Step("dailyrefresh", "Bring the store up to date", {"INPUT": "WATCHED", **{n: n for n in ("STORE", "AREAS", "AREA_ID_FIELD", "ROLE_FIELD", "MARKING")}}, fixed={"INDEX": True}, gives={"PAGE": "Inspector's page"}),
        "maps": Step("briefingmaps", "A sheet for each Impact Area", DAYS, after=("refresh",), gives={"OUTPUT": "Briefing maps"}),
        "answers": Step("answers", "Questions 1 to 6", DAYS, after=("refresh",), gives={"OUTPUT_HTML": "Answers"}),
        "report": Step("technicalreport", "The technical report", REPORT, after=("refresh",), gives={"OUTPUT_HTML": "Technical report", "OUTPUT_PDF": "Technical report on paper"}),
    },
)  # fmt: skip
MODELS = (BOARD_PACK, OPERATION, NIGHTLY)


def drawn(model: Model) -> Any:
    """The model as QGIS keeps it."""
    from qgis.core import (
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildDependency,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
    )
    from qgis.PyQt.QtCore import QPointF

    made = QgsProcessingModelAlgorithm(model.title, GROUP)
    for line, (name, given) in enumerate(model.inputs.items()):
        component = QgsProcessingModelParameter(name)
        component.setPosition(QPointF(COLUMN * (0.6 + line % 4), LINE * (0.5 + line // 4)))
        made.addModelParameter(_parameter(name, given), component)
    down = LINE * (1.5 + (len(model.inputs) - 1) // 4)
    for line, (name, step) in enumerate(model.steps.items()):
        child = QgsProcessingModelChildAlgorithm(f"impactareas:{step.algorithm}")
        if child.algorithm() is None:
            raise SystemExit(f"impactareas:{step.algorithm} is not known here: enable the plugin.")
        child.setChildId(name)
        child.setDescription(step.says)
        child.setPosition(QPointF(COLUMN * (0.8 + line), down + LINE * (line % 2)))
        known = {p.name() for p in child.algorithm().parameterDefinitions()}
        if unknown := (set(step.takes) | set(step.fixed) | set(step.gives)) - known:
            raise SystemExit(f"{step.algorithm} has no {', '.join(sorted(unknown))}.")
        for parameter, source in step.takes.items():
            child.addParameterSources(parameter, [QgsProcessingModelChildParameterSource.fromModelParameter(source)])
        for parameter, value in {**_defaults(child.algorithm(), step), **step.fixed}.items():
            child.addParameterSources(parameter, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
        child.setDependencies([QgsProcessingModelChildDependency(other) for other in step.after])
        outputs = {}
        for output, title in step.gives.items():
            kept = QgsProcessingModelOutput(output, title)
            kept.setChildId(name)
            kept.setChildOutputName(output)
            kept.setPosition(
                QPointF(COLUMN * (0.8 + line) + 40 * len(outputs), down + LINE * (line % 2 + 1.6 + 0.5 * len(outputs)))
            )
            outputs[output] = kept
        child.setModelOutputs(outputs)
        made.addChildAlgorithm(child)
    made.setHelpContent({"ALG_DESC": model.summary, **{n: i.help for n, i in model.inputs.items()}})
    made.setParameterOrder(list(model.inputs))
    made.updateDestinationParameters()
    return made


def _defaults(algorithm: Any, step: Step) -> dict[str, Any]:
    """The defaults of what an algorithm must have and a step does not say, as the designer writes them."""
    from qgis.core import QgsProcessingParameterDefinition

    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    return {
        p.name(): p.defaultValue()
        for p in algorithm.parameterDefinitions()
        if p.name() not in step.takes and not p.isDestination() and not p.flags() & optional
    }


def _parameter(name: str, given: Input) -> Any:
    from qgis.core import (
        QgsProcessing,
        QgsProcessingParameterEnum,
        QgsProcessingParameterFeatureSource,
        QgsProcessingParameterField,
        QgsProcessingParameterFile,
        QgsProcessingParameterString,
    )

    kinds = {"points": QgsProcessing.SourceType.TypeVectorPoint, "polygons": QgsProcessing.SourceType.TypeVectorPolygon}
    if given.kind in kinds:
        return QgsProcessingParameterFeatureSource(name, given.label, [kinds[given.kind]], optional=given.optional)
    if given.kind == "folder":
        return QgsProcessingParameterFile(
            name, given.label, behavior=QgsProcessingParameterFile.Behavior.Folder, optional=given.optional
        )
    if given.kind == "field":
        return QgsProcessingParameterField(name, given.label, optional=given.optional, **given.more)
    if given.kind == "choice":
        return QgsProcessingParameterEnum(
            name, given.label, defaultValue=given.default, usesStaticStrings=True, **given.more
        )
    return QgsProcessingParameterString(name, given.label, given.default, optional=given.optional)


def main() -> int:
    from qgis.core import QgsApplication

    from ia_plugin.core.resources import resource_path
    from ia_plugin.processing.provider import ImpactAreaProvider

    app = QgsApplication([], False)
    app.initQgis()
    provider = ImpactAreaProvider()
    app.processingRegistry().addProvider(provider)
    resource_path("models").mkdir(exist_ok=True)
    for model in MODELS:
        file = resource_path("models", f"{model.file}.model3")
        if not drawn(model).toFile(str(file)):
            raise SystemExit(f"{file} cannot be written.")
        print(f"{file.relative_to(ROOT)}: {len(model.inputs)} inputs, {len(model.steps)} steps")
    return 0


if __name__ == "__main__":
    sys.exit(main())
