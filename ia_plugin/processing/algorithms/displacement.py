"""Displacement: whether crime in impact areas changed otherwise than in comparison areas, and whether it moved nearby."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsWkbTypes,
)

from ..answer_inputs import declare_audience
from ..base import ImpactAreaAlgorithm
from ..displacement_inputs import declare_displacement, notes_asked, page_of, read_counts
from ..evaluation_inputs import write_results
from ..marking import declare_marking, marking_of
from ..run import Results, Run
from ..small_ground import least_area

SOURCE = QgsProcessing.SourceType


class Displacement(ImpactAreaAlgorithm):
    """Events, areas and two windows to results, a page and a map of rings."""

    ID = "displacement"
    NAME = "Displacement"
    GROUP = "evaluation"
    SUMMARY = "Whether crime changed otherwise in impact areas than in comparison areas, and whether it rose or fell around them, with likely ranges."
    NOTES = (
        "Counts after are held against counts before, and against the change in comparison areas; rings around the areas likewise, against "
        "rings around the comparison areas. The likely range comes from how areas differ. Published figures (WDD, WDQ) stand beside it as "
        "published; their intervals are too short.",
        "An association, not an effect: areas were not chosen at random. Areas chosen for a high count fall back of themselves, so the time "
        "before must not be the time that scored them.",
        "Crime may also move to other hours, days or types: name them, or the page says that it looked at space only.",
    )
    TAGS = ("diffusion", "WDD", "WDQ", "buffer", "ring", "crime", "before and after")
    FIRST = (
        "INPUT",
        "AREAS",
        "ROLE_FIELD",
        "COMPARISON_AREAS",
        "BEFORE_FROM",
        "BEFORE_TO",
        "AFTER_FROM",
        "AFTER_TO",
        "OUTCOME",
        "AUDIENCE",
        "PURPOSE",
        "MARKING",
    )

    def declare(self) -> None:
        tr = self.tr
        declare_displacement(self)
        declare_audience(self)
        declare_marking(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Results of displacement"), SOURCE.TypeVector),
            tr("One row an estimate: in the areas, around them, both together, and what else was asked."),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "RINGS", tr("Areas and rings"), SOURCE.TypeVectorPolygon, optional=True, createByDefault=False
            ),
            tr(
                "Areas and their rings with counts before and after, what was expected, and whether the difference is more than areas vary by themselves."
            ),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Page"), "HTML (*.html)", optional=True),
            tr("One file with the sentences, charts and method, to be read without QGIS or a network."),
        )
        self.addOutput(
            QgsProcessingOutputNumber("CHANGE", tr("Events more (+) or fewer (−) than expected in impact areas"))
        )
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def execute(self, run: Run) -> Results:
        from ...core.evaluation.displacement_map import rings_table
        from ...core.evaluation.displacement_results import displacement
        from ...core.evaluation.results import results_table
        from ...layers import fields_for

        marking, audience = marking_of(run), run.choice("AUDIENCE")
        counts, plan, crs = read_counts(run)
        found = displacement(counts, plan, audience=audience, cut_by=notes_asked(run, plan))
        table = results_table(found.results)
        run.say(*table["sentence"], *found.notes)
        run.account.update(audience=audience)
        run.step(0.9, 1.0, self.tr("Writing"))
        write_results(run, table)
        if run.wants("RINGS"):
            rings = rings_table(counts, audience=audience, least_ha=least_area(run))
            kinds = {c: "str" if rings[c].dtype == object else "float" for c in rings.columns if c != "geometry"}
            shapes = rings["geometry"].to_numpy(dtype=object) if crs else None
            kind = QgsWkbTypes.Type.MultiPolygon if crs else QgsWkbTypes.Type.NoGeometry
            run.write("RINGS", rings, fields_for([], kinds), kind, crs or QgsCoordinateReferenceSystem(), shapes)
        page = {}
        if run.wants("OUTPUT_HTML"):
            page = {"OUTPUT_HTML": run.leave("OUTPUT_HTML", page_of(found, run, plan, marking))}
        change = table["estimate"].dropna().iloc[:1]  # none where the first figure is withheld
        figure = {"CHANGE": float(change.iloc[0])} if len(change) and change.index[0] == 0 else {}
        return {**page, **figure, "SUMMARY": str(table["sentence"].iloc[0])}
