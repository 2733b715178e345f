"""Import events: public crime and search files to points, with what must be known of them."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsWkbTypes,
)

from .base import ImpactAreaAlgorithm
from .run import Run

SOURCE = QgsProcessing.SourceType


class ImportEvents(ImpactAreaAlgorithm):
    """A file of data.police.uk to events."""

    ID = "importevents"
    NAME = "Import events"
    GROUP = "data"
    SUMMARY = "Crimes, anti-social behaviour or stops and searches of data.police.uk as points, each row counted."
    NOTES = (
        "The kind of file is found from its header: street files of today and of 2011, stop-and-search files, R's column names, "
        "extra columns, gzip, and the API's JSON. Street files tell the month only and places snapped to streets: they take part "
        "in monthly totals, not in questions of the hour or of a hundred metres.",
        "Gender, age, ethnicity and other fields about members of the public are not kept. Searches cannot show whether they "
        "were fair between ethnic groups; see the force's disproportionality figures.",
    )
    TAGS = ("police.uk", "crime", "stop and search", "csv")

    def declare(self) -> None:
        tr = self.tr
        file = QgsProcessingParameterFile(
            "INPUT", tr("File"), fileFilter="police.uk (*.csv *.csv.gz *.gz *.json);;All files (*.*)"
        )
        self.add(file, tr("A CSV file (gzip too) or the API's JSON."))
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Events"), SOURCE.TypeVectorPoint),
            tr("One point for each row that has a place, EPSG:27700."),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "NO_PLACE", tr("Events without a place"), SOURCE.TypeVector, optional=True, createByDefault=False
            ),
            tr("The rows without coordinates, as a table."),
        )
        for name, text in (("EVENTS", "Events"), ("WITHOUT_PLACE", "Events without a place")):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))

    def execute(self, run: Run) -> dict[str, Any]:
        from ..core.columns import EVENTS
        from ..core.events import read_police_uk
        from ..layers import fields_for

        tell = run.step(0.0, 0.5, self.tr("Reading"))
        events, report = read_police_uk(run.text("INPUT"))
        tell(1.0)
        run.say(*report.sentences())
        located = events["x"].notna()
        names = [c for c in EVENTS.names if c in events.columns and c not in ("x", "y")]
        fields, grid = fields_for(names), QgsCoordinateReferenceSystem("EPSG:27700")
        run.step(0.5, 1.0, self.tr("Writing"))
        run.write("OUTPUT", events[located].reset_index(drop=True), fields, QgsWkbTypes.Type.Point, grid, ("x", "y"))
        if run.wants("NO_PLACE"):
            nowhere = QgsCoordinateReferenceSystem()
            run.write("NO_PLACE", events[~located].reset_index(drop=True), fields, QgsWkbTypes.Type.NoGeometry, nowhere)
        elif not located.all():
            run.warn(
                f"{int((~located).sum()):,} events have no place and are in no layer: ask for NO_PLACE to keep them."
            )
        return {"EVENTS": int(located.sum()), "WITHOUT_PLACE": int((~located).sum())}
