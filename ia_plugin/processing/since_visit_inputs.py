"""What the third design of presence and crime asks of layers: visits of INPUT to AREAS, events with their minutes, and the time observed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from ..core.params import PresenceParams, SinceVisitParams, VisitParams
from .answer_inputs import events_of, given
from .base import ImpactAreaAlgorithm
from .inputs import read_all_areas, read_legs_or_fixes, working_system
from .run import Run
from .small_ground import areas_for

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..core.evaluation.panel import Panel
    from ..core.evaluation.since_visit import SinceVisit

FIELDS = (("LEAST_VISIT", "least_visit_min"), ("BAND_EDGES", "band_edges_min"), ("REFERENCE_BAND", "reference_min"))


def declare_since_visit(algorithm: ImpactAreaAlgorithm) -> None:
    """LEAST_VISIT, BAND_EDGES and REFERENCE_BAND."""
    for name, field in FIELDS:
        algorithm.add_declared(name, SinceVisitParams.declaration(field))


def since_visit_asked(run: Run, panel: Panel, most_primary: int) -> SinceVisit:
    """Events by the time since the last visit, of the layers and the days asked for, as the audience may see it.

    Raises
    ------
    ParameterError
        of a store, whose summary tells of no visit, and without EVENTS.
    """
    from ..core.errors import ParameterError
    from ..core.evaluation.since_visit import since_last_visit, since_visit_for_public
    from ..core.evaluation.visit_bands import observed_hours
    from ..core.presence import stays, time_in_areas, visits

    if run.text("STORE") or not given(run, "EVENTS"):
        what = "A store's summary tells of no single visit" if run.text("STORE") else "EVENTS was not given"
        raise ParameterError(
            f"{what}, so time since the last one is not known.", "Give INPUT, AREAS and EVENTS as layers."
        )
    params = SinceVisitParams(
        outcomes=run.text("OUTCOMES"), least_visit_min=run.choice("LEAST_VISIT"), band_edges_min=run.text("BAND_EDGES"),
        reference_min=run.number("REFERENCE_BAND"), timezone=run.text("TIMEZONE"),
    )  # fmt: skip
    crs = working_system(run, areas=True)
    areas, legs = areas_for(run, read_all_areas(run, crs, most=1)), read_legs_or_fixes(run, crs)
    shared = time_in_areas(legs, areas, PresenceParams(max_speed_ms=run.number("MAX_SPEED"), bounds="none"))
    found = visits(legs, areas, shared, stays(legs, areas), VisitParams())
    first, last = panel.cells["period"].min(), panel.cells["period_end"].max()
    observed = observed_hours(legs)
    observed = observed[(observed["end"] > first) & (observed["start"] < last)].assign(
        start=lambda t: t["start"].clip(lower=first), end=lambda t: t["end"].clip(upper=last)
    )
    events = events_of(run, crs)
    assert events is not None
    made = since_last_visit(found, events, areas, params, observed=observed, most_primary=most_primary)
    return since_visit_for_public(made) if run.choice("AUDIENCE") == "public" else made


def since_visit_chart(found: Optional[SinceVisit]) -> list[tuple[Figure, str]]:
    """The curve with its caption, where there is one to be shown."""
    from ..core.charts.since_curve import since_curve

    if found is None or not (found.curve["ratio"].notna().any() or found.mirror["ratio"].notna().any()):
        return []
    caption = (
        f"{found.results[0].outcome} by the time since the last visit, and until the next one in grey: where that differs before a visit, "
        "officers come because of events. The hollow mark is the band that the others are held against."
    )
    return [(since_curve(found.curve, found.mirror), caption[0].upper() + caption[1:])]
