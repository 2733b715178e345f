"""Calibrate movement: bring the movement model in line with a force's own labelled shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
)

from ...core.errors import ColumnError
from ...core.write_file import write_file
from ..base import ImpactAreaAlgorithm
from ..inputs import declare_fixes, pseudonyms, read_legs_or_fixes, working_system
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

SHEET_LINES = 24


class CalibrateMovement(ImpactAreaAlgorithm):
    """Fixes and labelled periods to a model file."""

    ID = "calibratemovement"
    NAME = "Calibrate movement"
    GROUP = "tracks"
    SUMMARY = "Brings the movement model's probabilities in line with shifts whose officers wrote down when they walked and drove."
    NOTES = (
        "It needs at least 20 shifts, and 300 legs each on foot and in a vehicle, and refuses less. Volunteers note the time "
        "each time they get into or out of a vehicle: the test sheet is a page to print for that. The result is a file for "
        "Classify movement. It is a check of the model, never of an officer.",
    )
    TAGS = ("mode", "foot", "vehicle", "model", "labels", "test sheet")
    FIRST = ("INPUT", "LABELS", "OFFICER_FIELD", "TIME_FIELD")

    def declare(self) -> None:
        declare_fixes(self, legs_too=True)
        self.add(
            QgsProcessingParameterFeatureSource(
                "LABELS", self.tr("Labelled periods"), [QgsProcessing.SourceType.TypeVector]
            ),
            self.tr(
                "A table with a row for each period of a volunteer's shift: officer, start, end, and on foot or vehicle."
            ),
        )
        for name, text, default in (
            ("LABEL_OFFICER_FIELD", "Officer of the period", "officer_id"),
            ("LABEL_START_FIELD", "Start of the period", "start"),
            ("LABEL_END_FIELD", "End of the period", "end"),
            ("LABEL_MODE_FIELD", "On foot or in a vehicle", "mode"),
        ):
            control = QgsProcessingParameterField(name, self.tr(text), default, "LABELS", optional=True)
            self.add(control, self.tr("A field of the labelled periods."))
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT", self.tr("Calibrated model"), "JSON (*.json)"),
            self.tr("The model file, for Classify movement."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "SHEET", self.tr("Test sheet for volunteers"), "HTML (*.html)", optional=True, createByDefault=False
            ),
            self.tr("A page to print and hand to the volunteers; written even where there is too little data yet."),
        )
        self.addOutput(QgsProcessingOutputNumber("LABELLED_LEGS", self.tr("Labelled legs used")))

    def execute(self, run: Run) -> Results:
        from ...core.movement import calibrate, describe_model, label_legs, volunteer_sheet, write_model

        if run.wants("SHEET"):
            write_file(run.text("SHEET"), volunteer_sheet(SHEET_LINES))
        crs = working_system(run)
        run.step(0.0, 0.6, self.tr("Reading"))
        legs = read_legs_or_fixes(run, crs)
        labelled = label_legs(legs, _labels(run))
        run.step(0.6, 1.0, self.tr("Calibrating"))
        model = calibrate(labelled)
        path = self.parameterAsFileOutput(run.parameters, "OUTPUT", run.context)
        write_file(path, write_model(model))
        run.say(describe_model(model))
        return {"OUTPUT": path, "LABELLED_LEGS": int(labelled["truth"].notna().sum())}


def _labels(run: Run) -> pd.DataFrame:
    from ...layers import read_table

    source = run.source("LABELS")
    names = {c: run.field(f"LABEL_{c.upper()}_FIELD") for c in ("officer", "start", "end", "mode")}
    for role, field in names.items():
        if not field:
            raise ColumnError(f"LABEL_{role.upper()}_FIELD is empty.", "Choose a field of the labelled periods.")
    run.require_fields(source, **names)
    columns = {"officer_id": names["officer"], "start": names["start"], "end": names["end"], "mode": names["mode"]}
    table = read_table(
        source, columns, timezone=run.text("TIMEZONE"), feedback=run.feedback, layer=run.origin("LABELS")
    )
    table["officer_id"] = pseudonyms(run, table["officer_id"], "LABELS")
    return table
