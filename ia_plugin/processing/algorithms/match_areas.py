"""Match areas: comparison areas weighted or paired so that they are like the impact areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsWkbTypes,
)

from ...core.params import MatchParams
from ..answer_inputs import write_plain
from ..area_shapes import multi
from ..base import ImpactAreaAlgorithm
from ..covariates import areas_with_covariates, covariate_names, declare_covariates
from ..inputs import declare_areas
from ..marking import declare_marking, marking_of
from ..run import Results, Run
from ..run_record import evaluations_before
from ..small_ground import mark_restricted, say_small

if TYPE_CHECKING:
    from ...core.evaluation.matching import Matching

SOURCE = QgsProcessing.SourceType
DECLARED = {"METHOD": "method", "TOLERANCE": "tolerance", "CALIPER": "caliper", "SCORED_FROM": "scored_from",
            "SCORED_TO": "scored_to", "PRIOR_FROM": "prior_from", "PRIOR_TO": "prior_to"}  # fmt: skip


class MatchAreas(ImpactAreaAlgorithm):
    """Areas to areas with weights or pairs, and how alike they are."""

    ID = "matchareas"
    NAME = "Match areas"
    GROUP = "evaluation"
    SUMMARY = (
        "Comparison areas weighted or paired so that they are like the impact areas, with the balance before and after."
    )
    NOTES = (
        "Comparison areas were not chosen at random. This makes them alike in what is measured, and in nothing else. The fields weight "
        "and pair of the output go into the other tools of this group.",
        "It refuses weights that do not exist, or that hang on a few areas, and names the covariate that breaks them and what holds "
        "instead. Earlier crime of the time that scored the areas is refused: places chosen for a high count fall back of themselves.",
    )
    TAGS = ("matching", "entropy balancing", "propensity", "control", "comparison", "balance")
    FIRST = ("AREAS", "COVARIATES", "METHOD", "ROLE_FIELD", "COMPARISON_AREAS", "AREA_ID_FIELD", "MARKING")

    def declare(self) -> None:
        tr = self.tr
        declare_areas(self)
        declare_covariates(self)
        for name, field in DECLARED.items():
            self.add_declared(name, MatchParams.declaration(field))
        declare_marking(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Matched areas"), SOURCE.TypeVectorPolygon),
            tr(
                "The areas with weight, 0 for one that takes no part, pair, the id of the impact area, and matched_on, by which other tools "
                "fit the weights anew."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "BALANCE", tr("Balance"), SOURCE.TypeVector, optional=True, createByDefault=False
            ),
            tr("One row a covariate: means, standardised differences and variance ratios before and after."),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Page"), "HTML (*.html)", optional=True),
            tr("One file with the balance in words, as a Love plot and as a table."),
        )
        self.addOutput(
            QgsProcessingOutputNumber("EFFECTIVE_AREAS", tr("Comparison areas of equal weight that tell as much"))
        )
        self.addOutput(QgsProcessingOutputNumber("LARGEST_DIFFERENCE", tr("Largest standardised difference left")))

    def execute(self, run: Run) -> Results:
        from ...core.evaluation.match_page import matching_in_words
        from ...core.evaluation.matched_on import COLUMN, with_record
        from ...core.evaluation.matching import matching_of, with_weights
        from ...layers import fields_for, metric_system_of

        marking, names = marking_of(run), covariate_names(run)
        crs = metric_system_of(
            run.source("AREAS"), context=run.context.transformContext(), layer=run.origin("AREAS")
        ).crs
        run.step(0.0, 0.5, self.tr("Reading"))
        areas = areas_with_covariates(run, crs, names)
        small = say_small(run, areas)
        params = MatchParams(
            **{f: run.number(n) if MatchParams.declaration(f).is_number else run.choice(n) if n == "METHOD" else run.text(n)
               for n, f in DECLARED.items()}
        )  # fmt: skip
        run.step(0.5, 0.9, self.tr("Matching"))
        found = matching_of(areas, names, params)
        run.say(*matching_in_words(found))
        run.warn(*found.warnings)
        run.step(0.9, 1.0, self.tr("Writing"))
        table = with_record(with_weights(areas, found), found)
        dates = [n for n in ("adopted_on", "valid_from", "valid_to") if n in areas.columns]
        columns = ["area_id", "name", "role", *dates, "weight", "pair", COLUMN, *names]
        extra = {"weight": "float", "pair": "str", COLUMN: "str", **{n: "float" for n in names}}
        run.write(
            "OUTPUT", table, fields_for(columns, extra), QgsWkbTypes.Type.MultiPolygon, crs, multi(areas["geometry"])
        )
        if run.wants("BALANCE"):
            write_plain(run, "BALANCE", found.balance)
        mark_restricted(run, small)
        largest = float(found.balance["difference_after"].abs().max())
        return {**_page(run, found, marking), "EFFECTIVE_AREAS": found.effective, "LARGEST_DIFFERENCE": largest}


def _page(run: Run, found: Matching, marking: str) -> dict[str, str]:
    from ...core.evaluation.match_page import matching_page

    if not run.wants("OUTPUT_HTML"):
        return {}
    return {
        "OUTPUT_HTML": run.leave(
            "OUTPUT_HTML", matching_page(found, marking=marking, runs_before=evaluations_before(run))
        )
    }
