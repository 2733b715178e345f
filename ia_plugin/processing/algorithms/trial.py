"""Trial: areas drawn by lot for each day, and what happened compared as drawn."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)

from ..answer_inputs import material_of, write_plain
from ..base import ImpactAreaAlgorithm
from ..evaluation_inputs import write_results
from ..extract_inputs import now, open_store
from ..inputs import SHARED_GROUND
from ..marking import declare_marking, marking_of
from ..run import Results, Run
from ..trial_inputs import (
    DRAW,
    areas_of_trial,
    check_public,
    declare_trial,
    schedule_asked,
    schedule_params,
    trial_params,
    warn_of_ignored,
)

TABLE = QgsProcessing.SourceType.TypeVector


class Trial(ImpactAreaAlgorithm):
    """Areas to a schedule; a schedule and a store, or layers, to results and a page."""

    ID = "trial"
    NAME = "Trial by day"
    GROUP = "evaluation"
    SUMMARY = (
        "Lots decide before the first day which areas are visited on which days; afterwards what happened is compared as drawn. The one "
        "design that may speak of an effect."
    )
    NOTES = (
        "draw: each operational day, from 06:00 to 05:59, a fixed number of areas is drawn afresh from a seed, never by turns nor in blocks. "
        "With STORE the schedule is kept there with its hash, and nobody can draw again for the same areas and days. It tells of areas, never "
        "of officers.",
        "compare: give the store, or the schedule and the layers, once the days are over. First is said whether undrawn areas had less officer "
        "time than before: where they were drained by more than the limit, no effect is stated. Areas count as drawn, whether or not they "
        "were visited; what was delivered stands beside it.",
        "Events must have times, and officers' time of at least 7 days before the trial must be known.",
        SHARED_GROUND,
    )
    TAGS = ("experiment", "randomised", "crossover", "lots", "effect", "visits", "question 7")
    FIRST = (
        "OPERATION",
        "STORE",
        "FIRST_DAY",
        "LAST_DAY",
        "AREAS_PER_DAY",
        "OUTCOMES",
        "SCHEDULE",
        "AUDIENCE",
        "PURPOSE",
        "MARKING",
    )

    def declare(self) -> None:
        tr = self.tr
        declare_trial(self)
        declare_marking(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Schedule, or results"), TABLE),
            tr("Of a draw one row a day and area; of a comparison one row an estimate, with its sentence and caveats."),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Page"), "HTML (*.html)", optional=True),
            tr("Of a comparison: one file with all of it, to be read without QGIS or a network."),
        )
        self.addOutput(QgsProcessingOutputNumber("RATIO", tr("Events of drawn days, times those of undrawn ones")))
        self.addOutput(QgsProcessingOutputString("HASH", tr("Hash of the schedule")))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def execute(self, run: Run) -> Results:
        return self._draw(run) if run.choice("OPERATION") == DRAW else self._compare(run)

    def _draw(self, run: Run) -> Results:
        import secrets

        from ...core.evaluation.trial_schedule import draw_schedule
        from ...core.words import count_of
        from ...store.trials import keep_schedule
        from ..keys import needed_key

        if run.wants("OUTPUT_HTML"):
            run.warn("A draw has no page: OUTPUT_HTML is of the comparison.")
        params = schedule_params(run)
        seed = params.seed or 1 + secrets.randbelow(2**31 - 2)
        drawn = draw_schedule(areas_of_trial(run), params, seed=seed, at=now())
        run.account.update(inputs={"schedule": drawn.mark})
        write_plain(run, "OUTPUT", drawn.table())  # first: it goes again where the store refuses
        if run.text("STORE"):
            with open_store(run, needed_key(run), params.timezone, 27700) as store:
                number = keep_schedule(store, drawn)
            run.say(f"The store keeps it as its schedule number {number}.")
        else:
            run.warn(
                "No store keeps this schedule: give STORE, so that anyone can see later that it was drawn once, before the first day."
            )
        days = f"{drawn.days[0]} to {drawn.days[-1]}"
        summary = f"{days}: {count_of(drawn.per_day, 'areas')} of {len(drawn.areas)} drawn each day from the seed {seed}; hash {drawn.mark[:12]}."
        run.say(summary)
        return {"HASH": drawn.mark, "SUMMARY": summary}

    def _compare(self, run: Run) -> Results:
        from ...core.evaluation.results import results_table
        from ...core.evaluation.trial import trial_of, trial_panel
        from ...core.evaluation.trial_page import trial_page

        marking, audience = marking_of(run), run.choice("AUDIENCE")
        schedule, stored = schedule_asked(run)
        warn_of_ignored(run)
        check_public(run, stored)
        params, material = trial_params(run), material_of(run)
        run.step(0.8, 0.9, self.tr("Comparing"))
        found = trial_of(
            trial_panel(material, schedule, params, run.number("LEAST_COVERED")),
            schedule,
            params,
            audience=audience,
            stored=stored,
        )
        results = results_table(found.results)
        run.say(*results["sentence"], *found.notes)
        run.account.update(audience=audience, inputs={"schedule": schedule.mark})
        run.step(0.9, 1.0, self.tr("Writing"))
        write_results(run, results)
        page = {}
        if run.wants("OUTPUT_HTML"):
            page = {
                "OUTPUT_HTML": run.leave(
                    "OUTPUT_HTML",
                    trial_page(found, schedule, audience=audience, marking=marking, checked=material.checked),
                )
            }
        first = results.iloc[0]
        return {**page, "RATIO": float(first["estimate"]), "HASH": schedule.mark, "SUMMARY": str(first["sentence"])}
