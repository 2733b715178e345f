"""What the algorithms of the evaluation share: the panel of a store or of layers, and the weights of a matching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    NULL,
    QgsProcessing,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..core.params import BaselineParams, PanelParams
from .answer_inputs import (
    day_of,
    declare_audience,
    declare_material,
    declare_population,
    events_of,
    given,
    material_of,
    write_plain,
)
from .base import ImpactAreaAlgorithm
from .inputs import read_all_areas, working_system
from .run import Run
from .small_ground import areas_for

if TYPE_CHECKING:
    import pandas as pd

    from ..core.evaluation.panel import Panel
    from ..core.material.summary_tables import Material

PUBLIC_PERIOD = "month"
ALSO = ("population", "weights", "scored")


def declare_panel(algorithm: ImpactAreaAlgorithm, also: Sequence[str] = ALSO) -> None:
    """STORE or layers, PERIOD, the days and the audience; also POPULATION, the weights of a matching, and what scored the areas, where named."""
    tr = algorithm.tr
    declare_material(algorithm)
    if "population" in also:
        declare_population(algorithm)
    algorithm.add_declared("PERIOD", PanelParams.declaration("period"))
    algorithm.add_declared("LEAST_COVERED", PanelParams.declaration("least_covered"))
    for name, label, text in (
        ("FIRST_DAY", tr("First day"), tr("As YYYY-MM-DD; left empty, the first of the data.")),
        ("LAST_DAY", tr("Last day"), tr("As YYYY-MM-DD; left empty, the last of the data.")),
    ):
        algorithm.add(QgsProcessingParameterString(name, label, optional=True), text)
    if "weights" in also:
        algorithm.add(
            QgsProcessingParameterFeatureSource(
                "WEIGHTS", tr("Matched areas"), [QgsProcessing.SourceType.TypeVector], optional=True
            ),
            tr(
                "What Match areas wrote: fields area_id and weight. Each ratio then stands once without and once with the weights."
            ),
        )
    for name, field in (("SCORED_FROM", "scored_from"), ("SCORED_TO", "scored_to")) if "scored" in also else ():
        algorithm.add_declared(name, BaselineParams.declaration(field))
    declare_audience(algorithm)


def declare_results(algorithm: ImpactAreaAlgorithm, *, optional: bool = False) -> None:
    """OUTPUT, the table of results; not made by default where it is optional."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFeatureSink(
            "OUTPUT",
            tr("Results"),
            QgsProcessing.SourceType.TypeVector,
            optional=optional,
            createByDefault=not optional,
        ),
        tr("One row a comparison, with its sentence and caveats."),
    )


def write_results(run: Run, table: pd.DataFrame) -> None:
    """OUTPUT, the table of results: each sentence is read by itself, so each says whether its figures were checked."""
    from ..core.checked import with_beta

    write_plain(run, "OUTPUT", table.assign(sentence=[with_beta(s, run.checked) for s in table["sentence"]]))


def declare_page(algorithm: ImpactAreaAlgorithm) -> None:
    """OUTPUT_HTML, and the sentence that stands first as SUMMARY."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Page"), "HTML (*.html)", optional=True),
        tr("One file with all of it, to be read without QGIS or a network."),
    )
    algorithm.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))


def panel_asked(run: Run, *, events_alone: bool = False) -> tuple[Material, Panel]:
    """The material, and the panel of the period and days asked for; where it may be, of EVENTS and AREAS alone.

    Raises
    ------
    ParameterError
        for the public, by anything but whole months.
    """
    from ..core.evaluation.panel import panel_of

    period = period_for(run)
    first, last = (day_of(run.text(n), n) for n in ("FIRST_DAY", "LAST_DAY"))
    params = PanelParams(period=period, timezone=run.text("TIMEZONE"), least_covered=run.number("LEAST_COVERED"))
    material = material_of(run, events_alone=events_alone)
    panel = panel_of(material, params, first=first, last=last)
    run.warn(*panel.warnings)
    return material, panel


def period_for(run: Run) -> str:
    """PERIOD; a :class:`ParameterError` for the public, by anything but whole months."""
    from ..core.errors import ParameterError

    period = run.choice("PERIOD")
    if run.choice("AUDIENCE") == "public" and period != PUBLIC_PERIOD:
        raise ParameterError(f"The public is told whole calendar months, not a {period}.", "Ask for PERIOD=month.")
    return period


def events_in_areas_asked(run: Run) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AREAS and EVENTS as tables in one system, as the audience may have figures of them."""
    crs = working_system(run, areas=True, of="EVENTS")
    events = events_of(run, crs)
    assert events is not None
    return areas_for(run, read_all_areas(run, crs, most=1)), events


def panel_of_events(run: Run, like: Panel, areas: pd.DataFrame, events: pd.DataFrame) -> Panel:
    """A panel of events alone, of the same periods as another."""
    from ..core.columns import TIME_USE
    from ..core.empty import empty_table
    from ..core.evaluation.panel import panel_of
    from ..core.material.summary_tables import Material

    days = like.as_filter()
    material = Material.of(areas, empty_table(TIME_USE), events=events, notes=like.notes, timezone=like.params.timezone)
    return panel_of(material, like.params, first=days.first, last=days.last)


def weights_asked(run: Run) -> Optional[pd.DataFrame]:
    """WEIGHTS as a table of ``area_id, weight``, with what fits them anew; None where none was given."""
    from ..core.evaluation.matched_on import COLUMN, recorded_covariates
    from ..layers import read_table

    if not given(run, "WEIGHTS"):
        return None
    source = run.source("WEIGHTS")
    run.require_fields(source, area_id="area_id", weight="weight")
    have = source.fields().names()
    first = {n: n for n in ("area_id", "weight", "role", COLUMN) if n in have}
    table = read_table(source, first, feedback=run.feedback, layer=run.origin("WEIGHTS"))
    names = recorded_covariates(table[COLUMN].iloc[0]) if COLUMN in first and len(table) else []
    more = {n: n for n in names if n in have and n not in first}
    if more:
        values = read_table(source, more, feedback=run.feedback, layer=run.origin("WEIGHTS"), written=True)
        table = table.assign(**{n: values[n].to_numpy() for n in more})
    return table


def declare_results_given(algorithm: ImpactAreaAlgorithm) -> None:
    """RESULTS: what other evaluations found, for the closing section of the page."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterMultipleLayers(
            "RESULTS", tr("Results of other evaluations"), QgsProcessing.SourceType.TypeVector, optional=True
        ),
        tr(
            "Tables that Baseline, Displacement and others wrote: the closing section of the page is composed of all of them."
        ),
    )


def results_given(run: Run) -> list[pd.DataFrame]:
    """The tables of RESULTS.

    Raises
    ------
    ParameterError
        for a layer that is no table of results.
    """
    import pandas as pd

    from ..core.checked import without_beta
    from ..core.columns import RESULTS
    from ..core.errors import ParameterError
    from ..core.evaluation.results import typed_results

    found = []
    for layer in run.algorithm.parameterAsLayerList(run.parameters, "RESULTS", run.context) or []:
        have = layer.fields().names()
        lacking = [n for n in RESULTS.required if n not in have]
        if lacking:
            raise ParameterError(
                f"A layer of RESULTS has no field {lacking[0]!r}.",
                "Give tables that the algorithms of the evaluation wrote.",
            )
        names = [n for n in RESULTS.names if n in have]
        rows = [[None if v == NULL else v for v in (feature[n] for n in names)] for feature in layer.getFeatures()]
        table = typed_results(pd.DataFrame(rows, columns=names))
        found.append(table.assign(sentence=[without_beta(str(s)) for s in table["sentence"]]))
    return found


def places_asked(run: Run) -> dict[str, tuple[float, float]]:
    """A point in each area, metres, by its id."""
    from ..store.summary import read_store_areas

    if run.text("STORE"):
        areas = read_store_areas(run.text("STORE"))
    else:
        areas = read_all_areas(run, working_system(run, areas=True), most=1)
    points = [g.representative_point() for g in areas["geometry"]]
    return {str(a): (p.x, p.y) for a, p in zip(areas["area_id"], points) if not p.is_empty}
