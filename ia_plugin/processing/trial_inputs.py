"""What the algorithm of a trial reads: areas and days to draw from, or a schedule and what happened since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
)

from ..core.params import PanelParams, ScheduleParams, TrialParams
from .answer_inputs import declare_audience, declare_material, given
from .base import ImpactAreaAlgorithm
from .inputs import read_all_areas
from .run import Run
from .small_ground import areas_for

if TYPE_CHECKING:
    import pandas as pd

    from ..core.evaluation.trial_schedule import Schedule

DRAW, COMPARE = "draw", "compare"
DRAWN_BY = {
    "FIRST_DAY": "first_day", "LAST_DAY": "last_day", "AREAS_PER_DAY": "areas_per_day", "OUTCOMES": "outcomes", "VISIT_MINUTES": "visit_minutes",
    "MOST_DRAINED": "most_drained", "SEED": "seed",
}  # fmt: skip
COMPARED_BY = {"OTHER_OUTCOMES": "others", "BEFORE_DAYS": "before_days", "REDRAWS": "redraws"}
_WHOLE = ("AREAS_PER_DAY", "SEED", "BEFORE_DAYS", "REDRAWS")
_NUMBERS = (*_WHOLE, "VISIT_MINUTES", "MOST_DRAINED")
ROLE = "impact"


def declare_trial(algorithm: ImpactAreaAlgorithm) -> None:
    """OPERATION, what a schedule is drawn by, SCHEDULE, what it is compared by, and the data."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterEnum(
            "OPERATION", tr("What to do"), [DRAW, COMPARE], defaultValue=DRAW, usesStaticStrings=True
        ),
        tr(
            "draw: lots decide which areas are to be visited on which days, before the first of them. compare: hold what happened against the "
            "draw, once the days are over."
        ),
    )
    for name, key in DRAWN_BY.items():
        algorithm.add_declared(name, ScheduleParams.declaration(key))
    algorithm.add(
        QgsProcessingParameterFeatureSource(
            "SCHEDULE", tr("Schedule, to compare"), [QgsProcessing.SourceType.TypeVector], optional=True
        ),
        tr("The table that the draw wrote. Left empty, the one that the store keeps."),
    )
    algorithm.add(
        QgsProcessingParameterString("SCHEDULE_NAME", tr("Name of the schedule"), optional=True),
        tr("First letters of its hash, where a store keeps several."),
    )
    for name, key in COMPARED_BY.items():
        algorithm.add_declared(name, TrialParams.declaration(key))
    algorithm.add_declared("LEAST_COVERED", PanelParams.declaration("least_covered"))
    declare_material(algorithm)
    declare_audience(algorithm)


def schedule_params(run: Run) -> ScheduleParams:
    return ScheduleParams(timezone=run.text("TIMEZONE"), **_asked(run, DRAWN_BY))


def trial_params(run: Run) -> TrialParams:
    return TrialParams(**_asked(run, COMPARED_BY))


def _asked(run: Run, names: dict[str, str]) -> dict[str, object]:
    values = {key: run.number(n) if n in _NUMBERS else run.text(n) for n, key in names.items()}
    whole = {key for n, key in names.items() if n in _WHOLE}
    return {k: int(v) if k in whole else v for k, v in values.items() if v is not None}


def areas_of_trial(run: Run) -> pd.DataFrame:
    """Impact areas of the layer or of the store, with ``area_id`` and ``name``.

    Raises
    ------
    ParameterError
        without a layer and a store.
    AreaError
        where no area has the role impact.
    """
    from ..core.errors import AreaError, ParameterError
    from ..layers import metric_system_of
    from ..store.summary import read_summary

    if given(run, "AREAS"):
        source = run.source("AREAS")
        crs = metric_system_of(source, context=run.context.transformContext(), layer=run.origin("AREAS")).crs
        areas = areas_for(run, read_all_areas(run, crs, most=1))
    elif run.text("STORE"):
        areas = read_summary(run.text("STORE"), timezone=run.text("TIMEZONE")).areas
    else:
        raise ParameterError("Neither STORE nor AREAS was given.", "Give the areas to draw from.")
    own = areas[areas["role"] == ROLE]
    if not len(own):
        raise AreaError(f"No area has the role {ROLE}.", "A trial is drawn among impact areas: give their role.")
    return own.reset_index(drop=True)


def schedule_asked(run: Run) -> tuple[Schedule, bool]:
    """The schedule to compare, and whether a store vouches for it.

    Raises
    ------
    ParameterError
        where there is none.
    DataRangeError
        where the layer's is not the store's.
    """
    from ..core.errors import DataRangeError, ParameterError
    from ..store.trials import kept_schedule

    layer = _schedule_of_layer(run)
    kept: Optional[Schedule] = None
    if run.text("STORE"):
        name = run.text("SCHEDULE_NAME")
        kept = kept_schedule(run.text("STORE"), name or (layer.mark[:12] if layer else ""), needed=layer is None)
    if layer is not None and kept is not None and layer.own_mark() != kept.own_mark():
        raise DataRangeError(
            "The schedule of the layer is not the one that the store keeps.",
            "Leave SCHEDULE empty: the store's counts.",
        )
    found = kept or layer
    if found is None:
        raise ParameterError(
            "There is no schedule to compare with: neither SCHEDULE nor a store that keeps one was given.",
            "Draw one first, with OPERATION=draw, before the first day.",
        )
    return found, kept is not None


def warn_of_ignored(run: Run) -> None:
    """Say which parameters of the draw were given to a comparison: the schedule's own count."""
    default = {n: run.algorithm.parameterDefinition(n).defaultValue() for n in DRAWN_BY}
    ignored = [n for n in DRAWN_BY if run.parameters.get(n) not in (None, "", default[n])]
    if ignored:
        run.warn(f"{', '.join(ignored)}: what was declared with the schedule counts, not what is given now.")


def check_public(run: Run, stored: bool) -> None:
    """Refuse to the public what could be had of any days by a schedule made up for them, and what was not declared before.

    Raises
    ------
    PrivacyError
        without a store that keeps the schedule, or with further outcomes.
    """
    from ..core.errors import PrivacyError

    if run.choice("AUDIENCE") != "public":
        return
    if not stored:
        raise PrivacyError(
            "The public is told of a trial whose schedule a store keeps: one made up afterwards would tell events of any days.",
            "Give STORE, or choose another AUDIENCE.",
        )
    if run.text("OTHER_OUTCOMES"):
        raise PrivacyError(
            "The public is told what was declared before the trial alone.",
            "Leave OTHER_OUTCOMES empty, or choose another AUDIENCE.",
        )


def _schedule_of_layer(run: Run) -> Optional[Schedule]:
    from ..core.columns import TRIAL_DAYS
    from ..core.evaluation.trial_schedule import schedule_of_table
    from ..layers import read_table

    if not given(run, "SCHEDULE"):
        return None
    source = run.source("SCHEDULE")
    run.require_fields(source, **{n: n for n in TRIAL_DAYS.names})
    wanted = {n: n for n in TRIAL_DAYS.names}
    return schedule_of_table(
        read_table(source, wanted, timezone="UTC", feedback=run.feedback, layer=run.origin("SCHEDULE"), written=True)
    )
