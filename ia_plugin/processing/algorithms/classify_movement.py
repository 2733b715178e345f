"""Classify movement: each leg on foot, in a vehicle, standing still, or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ...core.columns import MODES
from ...core.params import MovementParams
from ..base import ImpactAreaAlgorithm
from ..inputs import declare_fixes, declare_purpose, read_legs_or_fixes, say_purpose, with_officer_days, working_system
from ..movement_model import declare_model, model_of
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

SOURCE = QgsProcessing.SourceType


class ClassifyMovement(ImpactAreaAlgorithm):
    """Fixes or legs to legs with a mode."""

    ID = "classifymovement"
    NAME = "Classify movement"
    GROUP = "tracks"
    SUMMARY = "Were officers on foot, in a vehicle or standing still? A probability of each for every leg, and hours by unit and hour."
    NOTES = (
        "One model serves any interval between fixes. It weighs speed, straightness, the neighbouring legs, the accuracy of "
        "the positions and, where the layer has them, reported speed and car-kit reasons. A leg less sure than the "
        "confidence asked for is unknown; hours add up probabilities, so that doubt is shared and not hidden. The likely range "
        "of a mode's hours counts in its part of the unknown ones; it is wide where few officers stand behind them.",
        "It was fitted on volunteers of a research study, not on police officers: until Calibrate movement has run on the "
        "force's own labelled shifts, its answers are not yet checked on this force's officers. Bicycles, running and "
        "crawling traffic are where it fails most. It describes movement, not what an officer did.",
    )
    TAGS = ("mode", "foot", "vehicle", "stationary", "speed", "patrol")
    FIRST = ("INPUT", "OFFICER_FIELD", "TIME_FIELD", "MODEL", "PURPOSE")

    def declare(self) -> None:
        declare_fixes(self, legs_too=True)
        declare_purpose(self)
        self.add_declared("MIN_CONFIDENCE", MovementParams.declaration("min_confidence"))
        declare_model(
            self, self.tr("A file that Calibrate movement wrote; left empty, the model that comes with the plugin.")
        )
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Legs by mode"), SOURCE.TypeVectorLine),
            self.tr("One line a leg with its mode and probabilities, the officer under an id that lasts one day."),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "HOURS", self.tr("Hours by mode"), SOURCE.TypeVector, optional=True, createByDefault=False
            ),
            self.tr(
                "A table of observed hours by unit, hour of the day and mode with their likely ranges, made only when asked for."
            ),
        )
        for name, text in (
            ("FOOT_HOURS", "Officer hours on foot"),
            ("VEHICLE_HOURS", "Officer hours in a vehicle"),
            ("STATIONARY_HOURS", "Officer hours stopped, five minutes and more about one point"),
            ("UNKNOWN_HOURS", "Officer hours of unknown mode"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, self.tr(text)))

    def execute(self, run: Run) -> Results:
        from ...core.movement import (
            classify_movement,
            default_model,
            describe_model,
            far_apart_in_words,
            spread_of,
            time_by_mode,
            time_in_words,
        )

        model = model_of(run) or default_model()
        crs = working_system(run)
        run.step(0.0, 0.5, self.tr("Reading"))
        legs = read_legs_or_fixes(run, crs)
        run.step(0.5, 0.7, self.tr("Classifying movement"))
        legs = classify_movement(legs, model, MovementParams(min_confidence=run.number("MIN_CONFIDENCE")))
        hours = time_by_mode(legs, run.text("TIMEZONE"), spread_of(model))
        run.say(time_in_words(hours))
        run.say(describe_model(model)) if model.checked else run.warn(describe_model(model))
        run.warn(*filter(None, [far_apart_in_words(legs)]))
        say_purpose(run)
        run.step(0.7, 1.0, self.tr("Writing"))
        _write_legs(run, legs, crs)
        if run.wants("HOURS"):
            _write_hours(run, hours, model.checked)
        return {f"{n.upper()}_HOURS": float(hours[f"{n}_hours"].sum()) for n in MODES}


def _write_legs(run: Run, legs: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> None:
    from ...core.geometry.wkb import leg_lines
    from ...layers import fields_for

    table = with_officer_days(run, legs, 2)
    texts = ("officer_day", "unit", "resource_type", "reason", "radio_kind")
    extra = {**dict.fromkeys(texts, "str"), "heading_deg": "float", "reported_speed_kmh": "float"}
    fields = fields_for(list(table.columns), {k: v for k, v in extra.items() if k in table.columns})
    run.write("OUTPUT", table, fields, QgsWkbTypes.Type.LineStringM, crs, leg_lines)


def _write_hours(run: Run, hours: pd.DataFrame, checked: bool) -> None:
    from ...core.movement import NOT_YET_CHECKED
    from ...layers import fields_for

    table = hours.assign(note="" if checked else NOT_YET_CHECKED)
    extra = {**dict.fromkeys(table.columns, "float"), "unit": "str", "hour": "int", "note": "str"}
    fields = fields_for(list(table.columns), extra)
    run.write("HOURS", table, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())
