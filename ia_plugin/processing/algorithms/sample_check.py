"""Sample check: a sheet of rows to hold against the source systems by hand, and what was found, typed back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
)

from ...core.checked import NOT_CHECKED, beta_words
from ...core.params import PurposeParams, SampleCheckParams
from ..answer_inputs import given, write_plain
from ..base import ImpactAreaAlgorithm
from ..extract_inputs import now
from ..inputs import say_purpose
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

TABLE = QgsProcessing.SourceType.TypeVector


class SampleCheck(ImpactAreaAlgorithm):
    """A store to a sheet; a sheet with results to how much of it agrees."""

    ID = "samplecheck"
    NAME = "Sample check"
    GROUP = "briefing"
    SUMMARY = "Draws rows of the store and of its extracts to look up in the source systems, and takes the results back: how much of what is told agrees."
    NOTES = (
        "Half of the sheet is what the store says (visits, crimes, incidents and searches), half is rows of the extracts, rejected ones among "
        "them: the first half finds what is wrong, the second what is missing. Each row names the file and the row it comes from.",
        "Look each row up in the source system, and write agree, differs or cannot tell into its result. Then run this again with the sheet as "
        "RESULTS. A sheet counts once each of its rows has a result. Until then every page, answer and copied figure says "
        f"“{NOT_CHECKED}”, from then on “{beta_words((43, 50))}”.",
        "The sheet tells of single movements: it is restricted, and its purpose is recorded. It names no officer, and of sensitive records neither "
        "category nor place. The store keeps the number, the part and the result of each row, and no text of it.",
    )
    TAGS = ("validation", "beta", "source systems", "omissions", "audit")
    FIRST = ("STORE", "RESULTS", "COUNT", "PURPOSE")
    LONG = False

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFile("STORE", tr("Store"), behavior=QgsProcessingParameterFile.Behavior.Folder),
            tr(
                "Folder of the force's store, or the connection to a shared one, as its loader. You must be allowed to write there; no key is needed."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSource("RESULTS", tr("Sheet with results"), [TABLE], optional=True),
            tr(
                "A sheet of this store with its results filled in: fields check_id and result. With it no new sheet is drawn."
            ),
        )
        self.add_declared("COUNT", SampleCheckParams.declaration("count"))
        self.add_declared("SEED", SampleCheckParams.declaration("seed"))
        purpose = PurposeParams.declaration("purpose")
        self.add_declared("PURPOSE", replace(purpose, default="checking a figure against the source system"))
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Sheet"), TABLE, optional=True),
            tr(
                "One row a check: check_id, part, source_file, source_row (to source_row_to), what the store says, and an empty result."
            ),
        )
        for name, text in (
            ("CHECKS", "Rows drawn, or results that are new"),
            ("AGREE", "Checks that agree"),
            ("CHECKED", "Checks of whole sheets"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def execute(self, run: Run) -> Results:
        return self._type_back(run) if given(run, "RESULTS") else self._draw(run)

    def _draw(self, run: Run) -> Results:
        from ...core.errors import ParameterError
        from ...store.checks import draw_sheet

        if not run.wants("OUTPUT"):
            raise ParameterError(
                "Neither OUTPUT nor RESULTS was given.", "Say where the sheet goes, or give one with results."
            )
        params = SampleCheckParams(count=int(run.number("COUNT")), seed=int(run.number("SEED")))
        sheet = draw_sheet(run.text("STORE"), params.count, params.seed, at=now())
        write_plain(run, "OUTPUT", sheet)
        say_purpose(run)
        parts = ", ".join(f"{n} {part}" for part, n in sheet["part"].value_counts(sort=False).sort_index().items())
        summary = f"Sheet {sheet['check_id'].iloc[0].partition('-')[0]}: {parts}. Write agree, differs or cannot tell into result, and give it back as RESULTS."
        run.say(summary)
        run.account.update(rows_read=len(sheet), rows_used=len(sheet), audience="restricted")
        return {"CHECKS": len(sheet), "AGREE": 0, "CHECKED": 0, "SUMMARY": summary}

    def _type_back(self, run: Run) -> Results:
        from ...store.checks import keep_results

        if run.wants("OUTPUT"):
            run.warn("With RESULTS no sheet is drawn: OUTPUT stays as it is.")
        table = _results(run)
        found, new = keep_results(run.text("STORE"), table, at=now())
        run.say(*found.sentences())
        agree, checked = found.checked or (0, 0)
        summary = f"{beta_words(found.checked)}."
        run.say(summary)
        run.account.update(rows_read=len(table), rows_used=new, audience="restricted")
        return {"CHECKS": new, "AGREE": agree, "CHECKED": checked, "SUMMARY": summary}


def _results(run: Run) -> pd.DataFrame:
    from ...layers import read_table

    source = run.source("RESULTS")
    run.require_fields(source, check_id="check_id", result="result")
    wanted = {n: n for n in ("check_id", "result")}
    return read_table(source, wanted, feedback=run.feedback, layer=run.origin("RESULTS"))
