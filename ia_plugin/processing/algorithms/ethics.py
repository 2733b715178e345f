"""Ethics sheet: the eight headings of ALGO-CARE, filled from the store as far as a program can."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..base import ImpactAreaAlgorithm
from ..marking import declare_marking, marking_of
from ..run import Results, Run


class Ethics(ImpactAreaAlgorithm):
    """A store to the sheet that goes back to the ethics committee."""

    ID = "ethics"
    NAME = "Ethics sheet"
    GROUP = "briefing"
    SUMMARY = "The eight headings of ALGO-CARE for a store: what it tells on each, and what people must write themselves, marked to complete."
    NOTES = (
        "Data, refresh, quality, who is declared to have access, runs and look-ups on record, open flags and the manual check are filled in. "
        "Nothing names an officer or a user. The page opens in a browser and in word processors.",
        "The record of runs is in the restricted half of the store; where you may not read it, the sheet says so.",
    )
    TAGS = ("ALGO-CARE", "governance", "committee", "audit")
    FIRST = ("STORE", "MARKING")

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFile("STORE", tr("Store"), behavior=QgsProcessingParameterFile.Behavior.Folder),
            tr("Folder of a store that Daily refresh keeps."),
        )
        declare_marking(self)
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Sheet"), "HTML (*.html)"),
            tr("One file, to be read without QGIS or a network and filled in in a word processor."),
        )
        self.addOutput(QgsProcessingOutputNumber("TO_COMPLETE", tr("Questions to complete")))

    def execute(self, run: Run) -> Results:
        from datetime import datetime

        from ...core.report.ethics import ethics_html, ethics_sheet
        from ...core.times.civil import pandas_zone
        from ...store.about_facts import about_of
        from ...store.flags import read_flags
        from ...store.uses import uses_of

        marking, folder = marking_of(run), run.text("STORE")
        about = about_of(folder)
        today = datetime.now(pandas_zone(about.timezone)).date()
        sheet = ethics_sheet(about, today, uses=uses_of(folder), flags=read_flags(folder))
        waiting = sum(len(h.to_complete) for h in sheet)
        run.account.update(audience="board")
        page = run.leave("OUTPUT_HTML", ethics_html(sheet, about, today, marking=marking))
        return {"OUTPUT_HTML": page, "TO_COMPLETE": waiting}
