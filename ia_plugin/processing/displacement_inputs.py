"""What the algorithm of displacement reads: events with areas and a boundary, or a table of counts; and what it shows to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsWkbTypes,
)

from ..core.params import DisplacementParams
from .answer_inputs import given
from .base import ImpactAreaAlgorithm
from .inputs import POLYGON, declare_areas, read_all_areas, read_events, working_system
from .layer_words import declare_released
from .run import Run
from .run_record import evaluations_before
from .small_ground import areas_for

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from ..core.evaluation.displacement_counts import Counts
    from ..core.evaluation.displacement_plan import Plan
    from ..core.evaluation.displacement_results import Displacement

STEP_M = 50.0  # between the distances of what a board or the public sees: the difference of two runs is no home

DECLARED = {
    "BEFORE_FROM": "before_from", "BEFORE_TO": "before_to", "AFTER_FROM": "after_from", "AFTER_TO": "after_to",
    "OUTCOME": "outcome", "DISTANCES": "distances", "SCORED_FROM": "scored_from", "SCORED_TO": "scored_to",
    "NEIGHBOUR_TYPES": "neighbour_types", "HOURS": "hours", "DAYS": "days", "ADJACENT_HOURS": "adjacent_hours",
    "HARM_WEIGHTS": "harm_weights", "TIMEZONE": "timezone",
}  # fmt: skip
_NUMBERS = ("ADJACENT_HOURS",)


def declare_displacement(algorithm: ImpactAreaAlgorithm) -> None:
    """INPUT, the areas, BOUNDARY and the choices."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFeatureSource("INPUT", tr("Events, or counts"), [QgsProcessing.SourceType.TypeVector]),
        tr(
            "Points made by Import events, or with the same fields; then the areas and both windows are needed. Or a table of counts without "
            "geometry: area_id, role (impact or comparison), before, after, and for rings band_m, the outer distance."
        ),
    )
    declare_areas(
        algorithm,
        tr(
            "Impact areas, and comparison areas where one layer has both. Areas must not share ground; for events they are needed."
        ),
        optional=True,
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource("BOUNDARY", tr("Boundary"), [POLYGON], optional=True),
        tr(
            "The ground that counts, such as the force's: rings end there, so that neither sea nor another force counts as empty."
        ),
    )
    algorithm.add(
        QgsProcessingParameterFile(
            "STORE", tr("Store of notes"), behavior=QgsProcessingParameterFile.Behavior.Folder, optional=True
        ),
        tr(
            "Folder of a store: its notes (system changes, outages, operations) that fall between both times are named first."
        ),
    )
    declare_released(algorithm)
    for name, key in DECLARED.items():
        algorithm.add_declared(name, DisplacementParams.declaration(key))


def notes_asked(run: Run, plan: Optional[Plan]) -> list[str]:
    """Texts of the notes of STORE between the first day before and the last day after."""
    import pandas as pd

    from ..core.evaluation.panel import notes_between
    from ..core.times.civil import from_civil
    from ..store.summary import read_summary

    if plan is None or not run.text("STORE"):
        return []
    days = pd.DatetimeIndex([pd.Timestamp(plan.before[0]), pd.Timestamp(plan.after[1]) + pd.Timedelta(days=1)])
    first, last = from_civil(days, run.text("TIMEZONE"))
    return notes_between(read_summary(run.text("STORE")).notes, first, last)


def asked(run: Run) -> DisplacementParams:
    """The declared parameters as given."""
    known = {key: run.number(name) if name in _NUMBERS else run.text(name) for name, key in DECLARED.items()}
    return DisplacementParams(**{k: v for k, v in known.items() if v is not None})  # type: ignore[arg-type]


def read_counts(run: Run) -> tuple[Counts, Optional[Plan], Optional[QgsCoordinateReferenceSystem]]:
    """Counts in areas and rings, what was asked, and the system of the rings; both None for a table of counts."""
    from ..core.errors import ParameterError
    from ..core.evaluation.displacement_counts import count_around, counts_of_table
    from ..core.evaluation.displacement_ground import displacement_ground
    from ..core.evaluation.displacement_plan import plan_of
    from ..core.words import count_of, number

    kind = QgsWkbTypes.geometryType(run.source("INPUT").wkbType())
    if kind == QgsWkbTypes.GeometryType.NullGeometry:
        run.say("INPUT has no geometry: it is read as a table of counts.")
        return counts_of_table(_table(run), run.text("OUTCOME")), None, None
    if kind != QgsWkbTypes.GeometryType.PointGeometry:
        raise ParameterError("INPUT holds no points.", "Give events as points, or a table of counts without geometry.")
    if not given(run, "AREAS"):
        raise ParameterError(
            "AREAS was not given.", "Give impact and comparison areas; only a table of counts needs none."
        )
    plan = plan_of(asked(run))
    _check_audience(run, plan)
    crs = working_system(run, areas=True)
    run.step(0.0, 0.4, run.algorithm.tr("Reading"))
    areas = areas_for(run, read_all_areas(run, crs, most=0))
    events = read_events(run, crs)
    run.step(0.4, 0.7, run.algorithm.tr("Rings around areas"))
    ground = displacement_ground(areas, plan.distances, _boundary(run, crs))
    run.step(0.7, 0.8, run.algorithm.tr("Counting"))
    counts = count_around(events, ground, plan)
    ring = (ground.table["band_m"] > 0).to_numpy()
    km2 = ground.table["km2"].to_numpy()
    run.say(
        f"{count_of(len(events), 'events')} read; areas have {number(km2[~ring].sum())} km², rings {number(km2[ring].sum())} km²."
    )
    return counts, plan, crs


def page_of(found: Displacement, run: Run, plan: Optional[Plan], marking: str) -> str:
    """HTML text of the page."""
    from ..core.charts.by_distance import Band, distance_chart
    from ..core.evaluation.page import results_page, results_section
    from ..core.filter_state import day_in_words

    charts = []
    inside = found.areas_change
    if found.bands and run.choice("AUDIENCE") != "public":
        bands = [Band(lo, hi, *c.percents) for lo, hi, c in found.bands]
        caption = (
            "Change against what the comparison areas let expect, in the areas (square) and by distance around them (dots), with likely ranges (95 %). "
            "Fewer in the areas and more just beside them would look like crime that moved."
        )
        charts.append((distance_chart(bands, Band(0.0, 0.0, *inside.percents)), caption))
    before, after = (" to ".join(map(day_in_words, w)) for w in (plan.before, plan.after)) if plan else ("", "")
    about = f"{before} before, {after} after" if plan else "a table of counts"
    section = results_section(
        found.results, title="Did crime move?", notes=found.notes, method=found.method, charts=charts
    )
    return results_page(
        section, about=about, audience=run.choice("AUDIENCE"), marking=marking, runs_before=evaluations_before(run)
    )


def _check_audience(run: Run, plan: Plan) -> None:
    """Refuse what would tell a board or the public of little ground, or the public of few days, by subtraction of two runs."""
    from ..core.errors import PrivacyError

    audience = run.choice("AUDIENCE")
    if audience != "restricted" and any(d % STEP_M for d in plan.distances):
        raise PrivacyError(
            f"DISTANCES = {run.text('DISTANCES')!r}: the difference of two runs could be the ground of one home.",
            "For a board or the public give multiples of 50 m; or choose AUDIENCE=restricted.",
        )
    if audience == "public" and not plan.whole_months:
        raise PrivacyError(
            "The public is told of events by whole calendar months.",
            "Let both windows begin on the first and end on the last day of a month; or choose another AUDIENCE.",
        )


def _table(run: Run) -> pd.DataFrame:
    from ..core.disclosure.shown_texts import odd_names_in_words
    from ..core.evaluation.displacement_counts import TABLE_COLUMNS
    from ..layers import read_table

    source = run.source("INPUT")
    run.require_fields(source, **{c: c for c in TABLE_COLUMNS})
    have = source.fields().names()
    wanted = {c: c for c in (*TABLE_COLUMNS, "band_m", "km2", "name") if c in have}
    table = read_table(source, wanted, feedback=run.feedback, layer=run.origin("INPUT"))
    run.warn(*filter(None, [odd_names_in_words(table)]))
    return table


def _boundary(run: Run, crs: QgsCoordinateReferenceSystem) -> Optional[BaseGeometry]:
    import shapely

    from ..core.areas import prepare_areas
    from ..layers import read_areas

    if not given(run, "BOUNDARY"):
        return None
    options = dict(
        crs=crs, transform_context=run.context.transformContext(), feedback=run.feedback, context=run.context
    )
    found, _ = prepare_areas(read_areas(run.source("BOUNDARY"), None, None, None, role="other", **options))
    return shapely.union_all(found["geometry"].to_numpy(dtype=object))
