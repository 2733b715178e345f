"""Baseline: officer time, crime and incidents of impact areas beside comparison areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
)

from ...core.params import BaselineParams
from ..answer_inputs import write_plain
from ..base import ImpactAreaAlgorithm
from ..evaluation_inputs import (
    declare_page,
    declare_panel,
    declare_results,
    panel_asked,
    weights_asked,
    write_results,
)
from ..inputs import SHARED_GROUND
from ..marking import declare_marking, marking_of
from ..run import Results, Run
from ..run_record import evaluations_before

if TYPE_CHECKING:
    import pandas as pd

    from ...core.evaluation.panel import Panel
    from ...core.material.summary_tables import Material

TABLE = QgsProcessing.SourceType.TypeVector


class Baseline(ImpactAreaAlgorithm):
    """A store, or layers, to ratios of impact and comparison areas."""

    ID = "baseline"
    NAME = "Baseline"
    GROUP = "evaluation"
    SUMMARY = "How much officer time, crime and incidents Impact Areas have beside comparison areas, each as a ratio with its likely range."
    NOTES = (
        "Give a store, or layers; EVENTS and AREAS alone tell of crime and incidents, and not of officers' time. "
        "Rates are pooled: sums over areas by km², by 1,000 residents, by crime or by incident. The range is of how areas differ. A "
        "description, not an effect: comparison areas were scored but not adopted.",
        "Give what Match areas wrote to see each ratio with its weights too, and what part of a difference goes with how the groups are "
        "made up. A change since adoption is never measured from the time that scored the areas: places chosen for a high count fall "
        "back of themselves.",
        SHARED_GROUND,
    )
    TAGS = ("rate ratio", "comparison", "hours", "question 1", "before and after")
    FIRST = ("STORE", "PERIOD", "FIRST_DAY", "LAST_DAY", "WEIGHTS", "AUDIENCE", "PURPOSE", "MARKING")

    def declare(self) -> None:
        tr = self.tr
        declare_panel(self)
        declare_marking(self)
        declare_results(self)
        self.add(
            QgsProcessingParameterFeatureSink("RATES", tr("Rates"), TABLE, optional=True, createByDefault=False),
            tr(
                "Amounts and rates of roles and areas, by period, hours, unit, resource type and mode; groups of few officers are one, 'other'."
            ),
        )
        declare_page(self)
        self.addOutput(
            QgsProcessingOutputNumber("HOURS_RATIO", tr("Officer hours per km², impact to comparison areas"))
        )

    def execute(self, run: Run) -> Results:
        from ...core.evaluation.baseline import baseline_of
        from ...core.evaluation.baseline_page import baseline_page
        from ...core.evaluation.rates import first_line, rates_table
        from ...core.evaluation.results import results_table

        marking, audience = marking_of(run), run.choice("AUDIENCE")
        material, panel = panel_asked(run, events_alone=True)
        run.step(0.8, 0.9, self.tr("Comparing"))
        params = BaselineParams(scored_from=run.text("SCORED_FROM"), scored_to=run.text("SCORED_TO"))
        found = baseline_of(panel, weights_asked(run), params, audience=audience)
        results, line = results_table(found.results), first_line(panel)
        run.say(*filter(None, [line, *results.loc[results["primary"], "sentence"], *found.notes]))
        run.account.update(audience=audience)
        run.step(0.9, 1.0, self.tr("Writing"))
        write_results(run, results)
        page = {}
        if run.wants("RATES") or run.wants("OUTPUT_HTML"):
            rates = rates_table(panel, audience, _officers(material, panel))
        if run.wants("RATES"):
            write_plain(run, "RATES", rates)
        if run.wants("OUTPUT_HTML"):
            text = baseline_page(
                found,
                panel,
                rates,
                about=panel.days_in_words(),
                audience=audience,
                marking=marking,
                runs_before=evaluations_before(run),
                checked=material.checked,
            )
            page = {"OUTPUT_HTML": run.leave("OUTPUT_HTML", text)}
        ratios = results.loc[results["outcome"] == "officer hours per km²", "estimate"]
        return {**page, "HOURS_RATIO": float(ratios.iloc[0]) if len(ratios) else float("nan"), "SUMMARY": line}


def _officers(material: Material, panel: Panel) -> dict[str, pd.DataFrame]:
    """At the least so many officers of each unit and resource type, by place, in the panel's time."""
    from ...core.material.officers import most_officers

    state = panel.as_filter()
    return {d: most_officers(material, state, d) for d in ("unit", "resource_type")}
