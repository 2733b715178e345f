"""Answers: where officers were, who, doing what, how, and what happened meanwhile, in tables and plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)

from ..answer_inputs import declare_material, declare_period, declare_population, material_of, period_of, write_plain
from ..base import ImpactAreaAlgorithm
from ..inputs import SHARED_GROUND
from ..marking import declare_marking, marking_of
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

    from ...core.filter_state import FilterState
    from ...core.material.summary_tables import Material

TABLE = QgsProcessing.SourceType.TypeVector
# Output -> (table, label, what it holds).
TABLES = {
    "TIME": ("time", "Officer time", "Hours of each area and role of area with their likely range, shares, rates, cover and visits."),
    "RESOURCES": ("resources", "Resources", "Hours by unit, department, role and resource type."),
    "ACTIVITIES": ("activities", "Activities", "Hours by what they are linked to."),
    "MODES": ("modes", "On foot or by car", "Shares on foot, in a vehicle, stopped, and not known."),
    "CRIMES": ("events", "Crimes and incidents", "Counts and rates by category and key type, and in the earlier periods."),
    "SEARCHES": ("searches", "Stops and searches", "Counts with the share in which the object was found."),
    "WEEK": ("week", "Hours of the week", "Hours, incidents, crimes and searches by weekday and hour."),
}  # fmt: skip


class Answers(ImpactAreaAlgorithm):
    """A store, or layers, to the answers of questions 1 to 6."""

    ID = "answers"
    NAME = "Answers"
    GROUP = "presence"
    SUMMARY = "Questions 1 to 6 in one run: where officers were, who, doing what, on foot or by car, and which crimes, incidents and searches happened meanwhile; as sentences, tables and a page."
    NOTES = (
        "Give the folder of a store, or the layers themselves. The period is compared with the one before and with the same weeks a "
        "year before, where there is data for them.",
        "Every figure is a best estimate between radio reports, with its likely range. Time at police sites is shown separately where areas of role site are given. Nothing here shows that presence had an effect, and no officer can be identified.",
        SHARED_GROUND,
    )
    TAGS = ("summary", "baseline", "questions", "board")
    FIRST = ("STORE", "FIRST_DAY", "LAST_DAY", "AUDIENCE", "PURPOSE", "MARKING")

    def declare(self) -> None:
        tr = self.tr
        declare_material(self)
        declare_population(self)
        declare_period(self)
        declare_marking(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Answers"), TABLE),
            tr("One row a sentence, by question, with its caveat."),
        )
        for name, (_, label, text) in TABLES.items():
            self.add(
                QgsProcessingParameterFeatureSink(name, tr(label), TABLE, optional=True, createByDefault=False),
                tr(text),
            )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Page"), "HTML (*.html)", optional=True),
            tr("One file with all of it, to be read without QGIS or a network."),
        )
        for name, text in (
            ("OBSERVED_HOURS", "Officer hours observed"),
            ("IMPACT_HOURS", "Officer hours in Impact Areas"),
            ("IMPACT_SHARE", "Share of observed officer time in Impact Areas, %"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def execute(self, run: Run) -> Results:
        from ...core.answers.questions import tables
        from ...core.answers.sentences import sentences

        marking = marking_of(run)
        audience = run.choice("AUDIENCE")
        material = material_of(run)
        state = period_of(run, material)
        run.step(0.8, 0.9, self.tr("Answering"))
        found = tables(material, state, audience)
        answer = sentences(material, state, found, audience)
        run.say(f"{state.in_words(material.names())}.", *answer["sentence"])
        run.account.update(audience=audience)
        run.step(0.9, 1.0, self.tr("Writing"))
        write_plain(run, "OUTPUT", answer)
        for name, (table, _, _) in TABLES.items():
            if run.wants(name):
                write_plain(run, name, found[table])
        page = _page(run, material, state, found, answer, audience, marking)
        time = found["time"].set_index("place")
        figures = {
            "OBSERVED_HOURS": time["officer_hours"].get("(all)", 0.0),
            "IMPACT_HOURS": time["officer_hours"].get("(impact)", 0.0),
            "IMPACT_SHARE": time["share_percent"].get("(impact)", 0.0),
        }
        return {**page, **{k: float(v) for k, v in figures.items()}, "SUMMARY": str(answer["sentence"].iloc[0])}


def _page(
    run: Run,
    material: Material,
    state: FilterState,
    found: dict[str, pd.DataFrame],
    answer: pd.DataFrame,
    audience: str,
    marking: str,
) -> dict[str, str]:
    from ...core.report.answers_page import answers_page
    from ..report_inputs import about_asked

    if not run.wants("OUTPUT_HTML"):
        return {}
    about = about_asked(run)
    text = answers_page(
        material,
        state,
        found,
        answer,
        audience=audience,
        marking=marking,
        observed=about.observed.sentence if about else "",
    )
    return {"OUTPUT_HTML": run.leave("OUTPUT_HTML", text)}
