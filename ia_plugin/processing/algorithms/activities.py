"""Activities: officer time of each area by what it is linked to."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingOutputNumber, QgsProcessingParameterFeatureSink

from ..answer_inputs import computed, declare_audience, declare_material, write_plain
from ..base import ImpactAreaAlgorithm
from ..run import Results, Run


class Activities(ImpactAreaAlgorithm):
    """Fixes or legs, areas and events to hours by activity."""

    ID = "activities"
    NAME = "Activities"
    GROUP = "presence"
    SUMMARY = "Officer time of each area by what the records link it to: incidents, searches, police sites, on foot, in a vehicle, stopped, not known."
    NOTES = (
        "Each observed second is in exactly one class. Time is linked to an event first by the officer the event names, then by "
        "place and time within the tolerances of the rules; the two are listed separately. The rest is shared by how likely the officer was "
        "on foot, in a vehicle or standing; stopped means five minutes and more about one point, reason not recorded. What the mode alone tells has a likely range.",
        "Events known only to the day or the month are not linked. Nothing is called patrol: radios do not show why officers are somewhere.",
    )
    TAGS = ("incident", "link", "patrol", "time use")
    FIRST = (
        "INPUT",
        "AREAS",
        "EVENTS",
        "ROLE_FIELD",
        "COMPARISON_AREAS",
        "OFFICER_FIELD",
        "TIME_FIELD",
        "AUDIENCE",
        "PURPOSE",
    )

    def declare(self) -> None:
        declare_material(self, store=False)
        declare_audience(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Activities"), QgsProcessing.SourceType.TypeVector),
            self.tr(
                "Hours and share by area, role of area and the whole force, and activity; what is not known first."
            ),
        )
        for name, text in (
            ("OBSERVED_HOURS", "Officer hours observed"),
            ("LINKED_HOURS", "Officer hours linked to events"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, self.tr(text)))

    def execute(self, run: Run) -> Results:
        from ...core.answers.splits import activities_table, activity_share
        from ...core.filter_state import FilterState
        from ...core.material.places import FORCE
        from ...core.suppression import BASE
        from ...core.words import RANGES_OF_MODES, amount

        material = computed(run)
        audience = run.choice("AUDIENCE")
        table = activities_table(material, FilterState(timezone=material.timezone), audience)
        whole = table[table["place"] == FORCE]
        linked = whole.loc[whole["activity"].str.contains("incident|search"), "officer_hours"].sum()
        run.account.update(audience=audience)
        base = BASE if audience == "public" else 0
        said = (
            f"{r['said']}: {amount(r['officer_hours'], 'h', base)}, {activity_share(r, base)}."
            for r in whole.to_dict("records")
        )
        run.say(*said, RANGES_OF_MODES)
        if material.overlapping:
            run.warn("Some areas overlap: shared ground counts in each of them and once in the totals.")
        run.step(0.9, 1.0, self.tr("Writing"))
        write_plain(run, "OUTPUT", table)
        return {"OBSERVED_HOURS": float(whole["officer_hours"].sum()), "LINKED_HOURS": float(linked)}
