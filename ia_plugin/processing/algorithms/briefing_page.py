"""Inspector's page: the dashboard as one file for a browser, without QGIS, a server or a network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ...core.params import AudienceParams
from ..base import ImpactAreaAlgorithm
from ..marking import declare_marking, marking_of
from ..run import Results, Run

if TYPE_CHECKING:
    from ...core.params.declaration import Declaration


class BriefingPage(ImpactAreaAlgorithm):
    """A store to the page that inspectors open."""

    ID = "briefingpage"
    NAME = "Inspector's page"
    GROUP = "briefing"
    SUMMARY = "The dashboard as one HTML file: opened from a shared folder in any browser it filters by areas, dates, hours and groups, offline, with the figures of the dock."
    NOTES = (
        "It is made for a board and holds no individual: the last seven days are totals of whole days, sexual and domestic offences are told "
        "by whole weeks alone, and units, departments, roles and resource types by whole closed months.",
        "Every figure has the dashboard's number, by which the dashboard opens it again. Views of the page are not recorded.",
        "Daily refresh writes it each night where it is asked to.",
    )
    TAGS = ("html", "browser", "dashboard", "offline", "board", "web")
    FIRST = ("STORE", "AUDIENCE", "MARKING", "INDEX")

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFile("STORE", tr("Store"), behavior=QgsProcessingParameterFile.Behavior.Folder),
            tr("Folder of a store that Daily refresh keeps. Its summary alone is read."),
        )
        self.add_declared("AUDIENCE", _audience())
        declare_marking(self)
        self.add(
            QgsProcessingParameterBoolean("INDEX", tr("Page of the folder too"), False),
            tr(
                "index.html beside it: the page and its areas, data quality, technical reports of the folder, and how old the data are."
            ),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Inspector's page"), "HTML (*.html)"),
            tr("One file, to be read without QGIS or a network."),
        )
        self.addOutput(QgsProcessingOutputNumber("SIZE", tr("Size of the page, MB")))

    def execute(self, run: Run) -> Results:
        from pathlib import Path

        from ...store.inspector_page import pages_of

        marking = marking_of(run)
        path = Path(self.parameterAsFileOutput(run.parameters, "OUTPUT_HTML", run.context))
        run.step(0.0, 0.9, self.tr("Reading the summary"))
        audience = run.choice("AUDIENCE")
        run.account.update(audience=audience)
        pages = pages_of(run.text("STORE"), path, marking=marking, audience=audience, with_folder=run.yes("INDEX"))
        for file, text in pages.items():
            if file != path:
                run.leave_file(file, text.encode("utf-8"))
        size = len(pages[path].encode("utf-8")) / 1e6
        return {"OUTPUT_HTML": run.leave("OUTPUT_HTML", pages[path]), "SIZE": round(size, 2)}


def _audience() -> Declaration:
    """Whom the page is for; public and restricted are refused with what there is for them."""
    return replace(
        AudienceParams.declaration("audience"),
        help="Who will see the page. board: the last seven days are totals, groups and how officers moved are told of five officers and "
        "more. The page answers any filter, of which rounded numbers could be worked out: for the public run Answers, and for small groups "
        "open the dashboard for a purpose; with either choice no page is written. The record of runs keeps the choice.",
    )
