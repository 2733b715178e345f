"""Simulate shifts: a force whose truth is known, to try the tools and to train with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsWkbTypes,
)

from ...core.params import SimulateParams
from ..area_fields import id_field, role_field
from ..base import ImpactAreaAlgorithm
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

SOURCE = QgsProcessing.SourceType
# Processing's name -> the declared parameter.
DECLARED = {
    "OFFICERS": "officers",
    "DAYS": "days",
    "FIRST_DAY": "first_day",
    "TIMEZONE": "timezone",
    "SEED": "seed",
    "FOOT_SHARE": "foot_share",
    "DOUBLE_SHARE": "double_share",
    "IMPACT_PULL": "impact_pull",
    "PRESENCE_LINK": "presence_link",
    "CRIMES_PER_DAY": "crimes_per_day",
    "INTERVAL": "interval_s",
    "DISTANCE_LIMIT": "distance_limit_m",
    "SILENT_SHARE": "silent_share",
    "LOCKER_SHARE": "locker_share",
    "HOME_SHARE": "home_share",
    "STALE_SHARE": "stale_share",
}
TABLES = (
    ("POSTINGS", "Postings", "Unit, department, role and resource type of each simulated officer."),
    ("DUTIES", "Duties", "Start and end of each turn of duty."),
    ("FAULT_LIST", "Planted faults", "Which rows were spoilt, and how; only with planted faults."),
)
NOTICE = "Simulated officers: nothing here was observed."


class SimulateShifts(ImpactAreaAlgorithm):
    """Streets to fixes whose truth is known."""

    ID = "simulateshifts"
    NAME = "Simulate shifts"
    GROUP = "data"
    SUMMARY = "Fixes of a simulated force on a street network, with the truth behind them, to try the tools and to train with."
    NOTES = (
        "Officers patrol on foot and in cars, answer calls, stop and search, eat and write at a station, alone or in pairs. Their "
        "radios report on time, on distance and on push to talk, with position error; some are silent when still, left in a "
        "locker or taken home. The same parameters give the same data.",
        NOTICE,
    )
    TAGS = ("synthetic", "training", "truth")
    FIRST = ("INPUT", "AREAS", "OFFICERS", "DAYS", "FIRST_DAY", "SEED")

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFeatureSource("INPUT", tr("Streets"), [SOURCE.TypeVectorLine]),
            tr("Lines that meet at their ends. Only the largest connected part is used."),
        )
        self.add(
            QgsProcessingParameterFeatureSource("AREAS", tr("Areas"), [SOURCE.TypeVectorPolygon], optional=True),
            tr("Areas that draw officers and crime; those of role site are police stations."),
        )
        for name, text in (("AREA_ID_FIELD", tr("Area id")), ("ROLE_FIELD", tr("Area role"))):
            field = QgsProcessingParameterField(name, text, None, "AREAS", optional=True)
            self.add(
                field,
                tr("A field of the areas; left empty, one called area_id or role, else the features' own numbers."),
            )
        for name, key in DECLARED.items():
            self.add_declared(name, SimulateParams.declaration(key))
        self.add(
            QgsProcessingParameterBoolean("FAULTS", tr("Plant faults"), False),
            tr("Spoil some rows in each known way, and list them."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Simulated fixes"), SOURCE.TypeVectorPoint),
            tr("What the radios reported."),
        )
        optional = {"optional": True, "createByDefault": False}
        self.add(
            QgsProcessingParameterFeatureSink("TRUTH", tr("Truth"), SOURCE.TypeVectorLine, **optional),
            tr("What happened: straight moves at constant speed with mode and activity. Serves as legs."),
        )
        self.add(
            QgsProcessingParameterFeatureSink("EVENTS", tr("Simulated events"), SOURCE.TypeVectorPoint, **optional),
            tr("Crimes, incidents and searches."),
        )
        for name, text, help_text in TABLES:
            self.add(QgsProcessingParameterFeatureSink(name, tr(text), SOURCE.TypeVector, **optional), tr(help_text))
        self.addOutput(QgsProcessingOutputNumber("FIXES", tr("Fixes")))
        self.addOutput(QgsProcessingOutputNumber("OFFICER_HOURS", tr("Officer hours on duty")))

    def execute(self, run: Run) -> Results:
        from ...core.simulate import plant_faults, simulate_shifts
        from ...core.words import amount

        crs, network = _streets(run)
        areas, sites = _areas(run, crs)
        params = _params(run)
        run.say(NOTICE)
        world = simulate_shifts(network, areas, sites, params, progress=run.step(0.1, 0.6, self.tr("Simulating")))
        fixes, faults = plant_faults(world.fixes, seed=params.seed) if run.yes("FAULTS") else (world.fixes, None)
        hours = float(world.truth["duration_s"].sum() / 3600)
        run.say(f"{len(fixes):,} fixes of {params.officers:,} simulated officers, {amount(hours, 'officer hours')}.")
        run.step(0.6, 1.0, self.tr("Writing"))
        _write(run, world, fixes, faults, crs)
        return {"FIXES": len(fixes), "OFFICER_HOURS": hours}


def _params(run: Run) -> SimulateParams:
    declared = SimulateParams.declarations()
    values: dict[str, Any] = {}
    for name, key in DECLARED.items():
        default = declared[key].default
        value = run.text(name) if isinstance(default, str) else run.number(name)
        values[key] = int(value) if isinstance(default, int) and value is not None else value
    return SimulateParams(**values)


def _streets(run: Run) -> tuple[Any, Any]:
    from ...core.simulate import StreetNetwork
    from ...layers import metric_system_of, read_lines

    source = run.source("INPUT")
    crs = metric_system_of(source, context=run.context.transformContext()).crs
    lines = read_lines(source, crs=crs, transform_context=run.context.transformContext(), feedback=run.feedback)
    return crs, StreetNetwork.from_lines(lines)


def _areas(run: Run, crs: QgsCoordinateReferenceSystem) -> tuple[Any, Any]:
    """Areas and police sites; None where there are none."""
    from ...layers import read_areas

    source = run.source("AREAS")
    if source is None:
        return None, None
    found = read_areas(
        source,
        id_field(run, source),
        None,
        role_field(run, source),
        crs=crs,
        transform_context=run.context.transformContext(),
        feedback=run.feedback,
        context=run.context,
        role="impact",
    )
    sites = found["role"] == "site"
    return found[~sites].reset_index(drop=True), found[sites].reset_index(drop=True)


def _write(run: Run, world: Any, fixes: pd.DataFrame, faults: Any, crs: QgsCoordinateReferenceSystem) -> None:
    from ...core.columns import EVENTS, FIXES
    from ...core.geometry.wkb import leg_lines
    from ...layers import fields_for

    point, nowhere = QgsWkbTypes.Type.Point, QgsCoordinateReferenceSystem()
    spoilt = fixes.drop(columns=["x", "y"])
    run.write("OUTPUT", fixes, fields_for([c for c in FIXES.names if c in spoilt]), point, crs, ("x", "y"))
    if run.wants("TRUTH"):
        extra = {"activity": "str"}
        names = ["leg_id", "track_id", "officer_id", "start", "end", "duration_s", "mode", "activity"]
        run.write("TRUTH", world.truth, fields_for(names, extra), QgsWkbTypes.Type.LineStringM, crs, leg_lines)
    if run.wants("EVENTS"):
        names = [c for c in EVENTS.names if c in world.events and c not in ("x", "y")]
        run.write("EVENTS", world.events, fields_for(names), point, crs, ("x", "y"))
    if run.wants("POSTINGS"):
        run.write("POSTINGS", world.postings, fields_for("postings"), QgsWkbTypes.Type.NoGeometry, nowhere)
    if run.wants("DUTIES"):
        run.write("DUTIES", world.duties, fields_for("duties"), QgsWkbTypes.Type.NoGeometry, nowhere)
    if run.wants("FAULT_LIST") and faults is not None:
        fields = fields_for(["kind", "source_ref"], {"kind": "str"})
        run.write("FAULT_LIST", faults, fields, QgsWkbTypes.Type.NoGeometry, nowhere)
