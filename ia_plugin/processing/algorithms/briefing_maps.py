"""Briefing maps: one A4 sheet an area, with the map, the figures and their ranges, as PDF or pictures."""

from __future__ import annotations

from qgis.core import QgsProcessingAlgorithm, QgsProcessingOutputNumber, QgsProcessingOutputString

from ...compat import no_threading
from ..base import ImpactAreaAlgorithm
from ..briefing_inputs import declare_briefing, declare_output
from ..run import Results, Run


class BriefingMaps(ImpactAreaAlgorithm):
    """A store to sheets for people who do not open QGIS."""

    ID = "briefingmaps"
    NAME = "Briefing maps"
    GROUP = "briefing"
    SUMMARY = "One A4 sheet for each area: a map of the period and hours asked for, the dashboard's figures with their ranges, the hours of the week, and the earlier period."
    NOTES = (
        "Every figure is the dashboard's own for the same filter, and has its number, by which the dashboard opens it again.",
        "Events are drawn by squares of the smallest area, never as single points, and sexual and domestic offences are counted but not drawn. The public sees shaded areas alone, and numbers rounded to 5.",
        "A description of the past: nothing here shows that presence had an effect, and no officer can be identified.",
    )
    TAGS = ("print", "pdf", "layout", "atlas", "board")
    FIRST = (
        "STORE",
        "WHICH_AREAS",
        "FIRST_DAY",
        "LAST_DAY",
        "MAP_FIGURE",
        "LAYOUT",
        "FORMAT",
        "FILE_PER_AREA",
        "BASEMAP",
        "AUDIENCE",
        "PURPOSE",
        "MARKING",
    )

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        return super().flags() | no_threading()

    def declare(self) -> None:
        declare_briefing(self)
        declare_output(self)
        self.addOutput(QgsProcessingOutputNumber("SHEETS", self.tr("Sheets")))
        self.addOutput(QgsProcessingOutputNumber("FILES", self.tr("Files")))
        self.addOutput(QgsProcessingOutputString("FIRST_FIGURE", self.tr("Number of the first sheet's figure")))

    def execute(self, run: Run) -> Results:
        from ..briefing_run import briefing_pages

        return briefing_pages(run)
