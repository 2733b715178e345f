"""Calls and crime: whether calls for service and recorded crime go together, across areas and over time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsProcessingOutputNumber,
)

from ...core.params import CallsCrimeParams
from ..answer_inputs import given
from ..base import ImpactAreaAlgorithm
from ..evaluation_inputs import (
    declare_page,
    declare_panel,
    declare_results,
    events_in_areas_asked,
    panel_asked,
    panel_of_events,
    write_results,
)
from ..inputs import SHARED_GROUND
from ..marking import declare_marking, marking_of
from ..run import Results, Run
from ..run_record import evaluations_before

if TYPE_CHECKING:
    from ...core.evaluation.demand import Linked
    from ...core.evaluation.panel import Panel


class CallsCrime(ImpactAreaAlgorithm):
    """A store, or events and areas, to correlations of calls and crime."""

    ID = "callscrime"
    NAME = "Calls and crime"
    GROUP = "evaluation"
    SUMMARY = "Whether calls for service and recorded crime go together: across areas, and within areas over time, with the doubt of each."
    NOTES = (
        "A call and the crime that it became are one event told twice. Where EVENTS are given, calls and crimes of one reference are found, "
        "and each correlation stands without them too; a store's summary has no references.",
        "Series are cut where a note of the whole force says that something changed. Records that officers made themselves are left out.",
        SHARED_GROUND,
    )
    TAGS = ("correlation", "demand", "incidents", "question 8")
    FIRST = ("STORE", "CALLS", "CRIMES", "PERIOD", "FIRST_DAY", "LAST_DAY", "AUDIENCE", "PURPOSE", "MARKING")

    def declare(self) -> None:
        tr = self.tr
        declare_panel(self, also=("population",))
        for name, field in (("CALLS", "calls"), ("CRIMES", "crimes"), ("LAGS", "lags"), ("RESAMPLES", "resamples")):
            self.add_declared(name, CallsCrimeParams.declaration(field))
        declare_marking(self)
        declare_results(self)
        declare_page(self)
        self.addOutput(QgsProcessingOutputNumber("CORRELATION", tr("Correlation across areas")))

    def execute(self, run: Run) -> Results:
        from ...core.evaluation.demand import calls_crime_of
        from ...core.evaluation.demand_page import demand_page
        from ...core.evaluation.for_public import for_public
        from ...core.evaluation.results import results_table

        marking, audience = marking_of(run), run.choice("AUDIENCE")
        material, panel = panel_asked(run, events_alone=True)
        unlinked, linked = _unlinked(run, panel)
        run.step(0.8, 0.9, self.tr("Comparing"))
        params = CallsCrimeParams(
            calls=run.text("CALLS"),
            crimes=run.text("CRIMES"),
            lags=int(run.number("LAGS")),
            resamples=int(run.number("RESAMPLES")),
        )
        found = calls_crime_of(panel, params, unlinked=unlinked)
        if audience == "public":
            found = replace(found, results=tuple(for_public(r) for r in found.results))
        results = results_table(found.results)
        notes = linked.sentences() if linked and audience != "public" else []
        run.say(*results.loc[results["primary"], "sentence"], *notes, *found.notes)
        run.account.update(audience=audience)
        run.step(0.9, 1.0, self.tr("Writing"))
        write_results(run, results)
        page = {}
        if run.wants("OUTPUT_HTML"):
            text = demand_page(
                found, period=panel.params.period, about=panel.days_in_words(), audience=audience, marking=marking,
                runs_before=evaluations_before(run), notes=notes, checked=material.checked,
            )  # fmt: skip
            page = {"OUTPUT_HTML": run.leave("OUTPUT_HTML", text)}
        first = results.iloc[0]
        return {**page, "CORRELATION": float(first["estimate"]), "SUMMARY": str(first["sentence"])}


def _unlinked(run: Run, panel: Panel) -> tuple[Optional[Panel], Optional[Linked]]:
    """The panel without calls and crimes of one reference, and how many there are; None where references are not known, or there are none."""
    from ...core.evaluation.demand import without_linked

    if run.text("STORE") or not given(run, "EVENTS"):
        return None, None
    areas, events = events_in_areas_asked(run)
    left, linked = without_linked(events, run.text("TIMEZONE"))
    return (panel_of_events(run, panel, areas, left) if linked.became else None), linked
