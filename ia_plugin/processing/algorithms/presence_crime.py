"""Presence and crime: whether areas that have more officers than they usually have see fewer or more events than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)

from ...core.params import CaseCrossoverParams, PresenceCrimeParams
from ..base import ImpactAreaAlgorithm
from ..evaluation_inputs import (
    declare_page,
    declare_panel,
    declare_results,
    declare_results_given,
    panel_asked,
    places_asked,
    results_given,
    weights_asked,
    write_results,
)
from ..inputs import SHARED_GROUND
from ..marking import declare_marking, marking_of
from ..run import Results, Run
from ..run_record import evaluations_before
from ..since_visit_inputs import declare_since_visit, since_visit_asked, since_visit_chart

if TYPE_CHECKING:
    from ...core.evaluation.association import Association
    from ...core.evaluation.case_crossover import CaseCrossover
    from ...core.evaluation.panel import Panel
    from ...core.evaluation.since_visit import SinceVisit
    from ...core.material.summary_tables import Material

DESIGNS = ("all", "panel", "case_crossover", "since_visit")


class PresenceCrime(ImpactAreaAlgorithm):
    """A store, or layers, to associations of presence and crime."""

    ID = "presencecrime"
    NAME = "Presence and crime"
    GROUP = "evaluation"
    SUMMARY = "Whether more officer time in an area went with fewer or more crimes there, by three designs, with the doubt each leaves."
    NOTES = (
        "Panel: areas through months, weeks or days, each held against itself. Case-crossover: the hours before each event against the "
        "same hours of the weeks before; needs events with their hour. Since the last visit: how long events stay fewer, or more, after a visit "
        "has ended; needs layers, and events with their minute.",
        "Always an association: officers are sent where crime is expected. Where presence follows events, or presence afterwards goes "
        "with crime before it, the answer is that nobody can tell.",
        "Name up to three key types in what is counted before you look: they are the declared comparisons.",
        SHARED_GROUND,
    )
    TAGS = ("association", "panel", "case-crossover", "key crimes", "since the last visit", "question 7")
    FIRST = ("STORE", "OUTCOMES", "DESIGN", "PERIOD", "FIRST_DAY", "LAST_DAY", "AUDIENCE", "PURPOSE", "MARKING")

    def declare(self) -> None:
        tr = self.tr
        declare_panel(self, also=("weights",))
        self.add(
            QgsProcessingParameterEnum(
                "DESIGN", tr("Design"), list(DESIGNS), defaultValue=DESIGNS[0], usesStaticStrings=True
            ),
            tr("Which design; all: those that the data bear."),
        )
        for name, field in (
            ("OUTCOMES", "outcomes"),
            ("PER_HOURS", "per_hours"),
            ("LAGS", "lags"),
            ("PERMUTATIONS", "permutations"),
        ):
            self.add_declared(name, PresenceCrimeParams.declaration(field))
        for name, field in (("HOURS_BEFORE", "hours_before"), ("PER_MINUTES", "per_minutes")):
            self.add_declared(name, CaseCrossoverParams.declaration(field))
        declare_since_visit(self)
        declare_results_given(self)
        self.add(
            QgsProcessingParameterNumber(
                "PLANNED_HOURS", tr("Planned officer hours"), QgsProcessingParameterNumber.Type.Double, optional=True, minValue=0.0,
                maxValue=1e8,
            ),
            tr("In the Impact Areas and days asked, as planned: held against the hours observed in the closing section."),
        )  # fmt: skip
        declare_marking(self)
        declare_results(self)
        declare_page(self)
        self.addOutput(QgsProcessingOutputNumber("COMPARISONS", tr("Comparisons")))

    def execute(self, run: Run) -> Results:
        import pandas as pd

        from ...core.evaluation.association import observed_in_areas
        from ...core.evaluation.association_page import association_page
        from ...core.evaluation.emmie import Hours, emmie
        from ...core.evaluation.for_public import seen_by_public
        from ...core.evaluation.results import results_table

        marking, audience = marking_of(run), run.choice("AUDIENCE")
        material, panel = panel_asked(run)
        run.step(0.8, 0.9, self.tr("Comparing"))
        crossed, why = _crossed(run, material)
        followed = None if run.choice("DESIGN") in DESIGNS[2:] else _followed(run, material, panel, crossed)
        since, why_not = _since(run, panel)
        why += why_not
        if audience == "public":
            followed, crossed = followed and seen_by_public(followed), crossed and seen_by_public(crossed)
        more = since.results if since else ()
        found = [*(followed.results if followed else ()), *(crossed.results if crossed else ()), *more]
        results = results_table(found)
        why += since.notes if since else ()
        notes = [*why, *(followed.notes if followed else ()), *(crossed.notes if crossed else ())]
        run.say(*results.loc[results["primary"], "sentence"], *notes)
        run.account.update(audience=audience)
        run.step(0.9, 1.0, self.tr("Writing"))
        write_results(run, results)
        page = {}
        if run.wants("OUTPUT_HTML"):
            hours = Hours(observed_in_areas(panel), run.number("PLANNED_HOURS"))
            text = association_page(
                followed, crossed, about=panel.days_in_words(), audience=audience, marking=marking, runs_before=evaluations_before(run), notes=why,
                checked=material.checked, more=more, charts=since_visit_chart(since), parts=emmie(pd.concat([results, *results_given(run)], ignore_index=True), hours),
            )  # fmt: skip
            page = {"OUTPUT_HTML": run.leave("OUTPUT_HTML", text)}
        first = results.loc[results["primary"], "sentence"]
        return {**page, "COMPARISONS": len(results), "SUMMARY": str(first.iloc[0]) if len(first) else ""}


def _crossed(run: Run, material: Material) -> tuple[Optional[CaseCrossover], list[str]]:
    """The case-crossover, or why there is none; an error where it alone is asked for."""
    from ...core.errors import ImpactAreaError
    from ...core.evaluation.case_crossover import case_crossover_of
    from ...core.evaluation.hourly import hourly_of

    design = run.choice("DESIGN")
    if design not in ("all", "case_crossover"):
        return None, []
    params = CaseCrossoverParams(
        outcomes=run.text("OUTCOMES"), hours_before=int(run.number("HOURS_BEFORE")), per_minutes=run.number("PER_MINUTES"),
        timezone=run.text("TIMEZONE"),
    )  # fmt: skip
    try:
        return case_crossover_of(hourly_of(material), params, most_primary=_primary(run)), []
    except ImpactAreaError as error:
        if design != "all":
            raise
        return None, [f"Hours before events were not looked at: {error.args[0]}"]


def _since(run: Run, panel: Panel) -> tuple[Optional[SinceVisit], list[str]]:
    """Events by the time since the last visit, or why there are none; an error where it alone is asked for."""
    from ...core.errors import ImpactAreaError

    design = run.choice("DESIGN")
    if design not in ("all", "since_visit"):
        return None, []
    try:
        return since_visit_asked(run, panel, _primary(run)), []
    except ImpactAreaError as error:
        if design != "all":
            raise
        return None, [f"Time since the last visit was not looked at: {error.args[0]}"]


def _followed(run: Run, material: Material, panel: Panel, crossed: Optional[CaseCrossover]) -> Association:
    """The panel, told whether presence follows events within the hour where that is known."""
    from ...core.evaluation.association import presence_crime_of

    params = PresenceCrimeParams(
        outcomes=run.text("OUTCOMES"), per_hours=run.number("PER_HOURS"), lags=int(run.number("LAGS")),
        permutations=int(run.number("PERMUTATIONS")),
    )  # fmt: skip
    return presence_crime_of(
        panel,
        params,
        weights_asked(run),
        follows=crossed.follows if crossed else None,
        places=places_asked(run),
        most_primary=_primary(run),
    )


def _primary(run: Run) -> int:
    """How many declared comparisons each design has: three in all."""
    from ...core.evaluation.results import MOST_PRIMARY

    return MOST_PRIMARY // (len(DESIGNS) - 1) if run.choice("DESIGN") == DESIGNS[0] else MOST_PRIMARY
