"""Technical report: questions 1 to 8 with their doubt, and all that the answers rest on, as a page and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsProcessingOutputNumber, QgsProcessingOutputString, QgsProcessingParameterFileDestination

from ...core.params import PresenceCrimeParams
from ..answer_inputs import material_of, period_of, write_plain
from ..base import ImpactAreaAlgorithm
from ..evaluation_inputs import declare_panel, declare_results, places_asked, weights_asked
from ..inputs import SHARED_GROUND
from ..marking import declare_marking, marking_of
from ..report_inputs import about_asked, made_of, panel_beside
from ..run import Results, Run

if TYPE_CHECKING:
    from ...core.material.summary_tables import Material
    from ...core.report.technical import Report


class TechnicalReport(ImpactAreaAlgorithm):
    """A store, or layers, to the technical report."""

    ID = "technicalreport"
    NAME = "Technical report"
    GROUP = "briefing"
    FIGURES = True
    SUMMARY = "Questions 1 to 8 in order, each in words, charts and tables with its doubt; then matching, sensitivity, data, model, parameters and hashes."
    NOTES = (
        "Give the folder of a store. Questions 1 to 6 are answered for the days asked, the evaluation looks at all days of the data. "
        "The page is the accessible form; the PDF is for print, with the marking on every sheet.",
        "Name up to three key types in what is counted before you look: they are the declared comparisons of page 1.",
        SHARED_GROUND,
    )
    TAGS = ("report", "method", "limits", "board", "PDF")
    FIRST = ("STORE", "FIRST_DAY", "LAST_DAY", "OUTCOMES", "PERIOD", "AUDIENCE", "PURPOSE", "MARKING")

    def declare(self) -> None:
        tr = self.tr
        declare_panel(self)
        self.add_declared("OUTCOMES", PresenceCrimeParams.declaration("outcomes"))
        declare_marking(self)
        for name, label, kind, text in (
            (
                "OUTPUT_HTML",
                tr("Page"),
                "HTML (*.html)",
                tr("One file to be read without QGIS or a network, by screen readers too."),
            ),
            ("OUTPUT_PDF", tr("Paper"), "PDF (*.pdf)", tr("The same on sheets of A4.")),
        ):
            self.add(QgsProcessingParameterFileDestination(name, label, kind, optional=True), text)
        declare_results(self, optional=True)
        self.addOutput(QgsProcessingOutputNumber("COMPARISONS", tr("Comparisons")))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def execute(self, run: Run) -> Results:
        from ...core.params import BaselineParams
        from ...core.report.evaluated import evaluated
        from ...core.report.technical import technical_report

        marking, audience = marking_of(run), run.choice("AUDIENCE")
        material = material_of(run)
        state, panel, weights = period_of(run, material), panel_beside(run, material), weights_asked(run)
        run.step(0.5, 0.7, self.tr("Comparing"))
        scored = BaselineParams(scored_from=run.text("SCORED_FROM"), scored_to=run.text("SCORED_TO"))
        found = evaluated(
            material, panel, audience=audience, outcomes=run.text("OUTCOMES"), weights=weights, scored=scored, places=places_asked(run)
        )  # fmt: skip
        run.step(0.7, 0.8, self.tr("Answering"))
        report = technical_report(
            material, state, found, made_of(run, material), about=about_asked(run), matched=weights, audience=audience, marking=marking
        )  # fmt: skip
        run.say(*report.first, *report.declared)
        run.account.update(audience=audience)
        results = found.results()
        if run.wants("OUTPUT"):
            write_plain(run, "OUTPUT", results)
        return {**_written(run, report, material, marking), "COMPARISONS": len(results), "SUMMARY": report.first[0]}


def _written(run: Run, report: Report, material: Material, marking: str) -> dict[str, str]:
    """The page and the paper that were asked for."""
    from ...briefing.report_paper import PICTURE_WIDTH, paper_of
    from ...core.report.technical import report_html

    written = {}
    run.step(0.8, 0.9, run.algorithm.tr("Writing"))
    if run.wants("OUTPUT_HTML"):
        written["OUTPUT_HTML"] = run.leave("OUTPUT_HTML", report_html(report, material, marking=marking))
    if run.wants("OUTPUT_PDF"):
        page = report_html(report, material, marking=marking, on_paper=PICTURE_WIDTH)
        content = paper_of(page, marking=marking, foot=report.foot, title=report.title, progress=run.step(0.9, 1.0))
        written["OUTPUT_PDF"] = run.leave("OUTPUT_PDF", content)
    return written
