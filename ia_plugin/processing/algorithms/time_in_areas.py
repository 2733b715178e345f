"""Time in areas: how long officers were in each area, beside the time nobody observed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ...core.params import PresenceParams, SummaryParams
from ..area_shapes import multi
from ..base import ImpactAreaAlgorithm
from ..inputs import (
    SHARED_GROUND,
    declare_areas,
    declare_fixes,
    declare_purpose,
    read_all_areas,
    read_legs_or_fixes,
    say_purpose,
    with_officer_days,
    working_system,
)
from ..movement_model import declare_model, model_of
from ..run import Results, Run
from ..small_ground import mark_restricted, say_small

if TYPE_CHECKING:
    import pandas as pd

    from ...core.summaries.area_totals import AreaTotals

SOURCE = QgsProcessing.SourceType

NUMBERS = (
    ("OBSERVED_HOURS", "Officer hours observed, anywhere"),
    ("UNOBSERVED_HOURS", "Officer hours unobserved between legs"),
    ("IMPACT_HOURS", "Officer hours in impact areas"),
    ("COMPARISON_HOURS", "Officer hours in comparison areas"),
)


class TimeInAreas(ImpactAreaAlgorithm):
    """Fixes or legs, and areas, to officer time by area."""

    ID = "timeinareas"
    NAME = "Time in areas"
    GROUP = "presence"
    SUMMARY = "How long officers were in each area, as officer time, cover and visits, and the time not observed."
    NOTES = (
        "Officer time adds up the time of all officers; cover is the time with at least one officer there. Time between "
        "fixes further apart than the longest gap is unobserved: it is neither presence nor absence. For each area it is the "
        "silent time of officers who could have been there, so it does not add up over areas. UNOBSERVED_HOURS is the silence between legs: "
        "Build tracks also counts it before the first and after the last leg, beside fixes that make no leg.",
        "Where the areas hold police sites (role site), time there is left out of the areas' figures and given separately as site_hours; without sites every figure includes any police stations in the area. Figures describe where radios were, "
        "not what officers did.",
        "Visits are those of the tool Visits, as the panel and the answers count them: short absences are bridged, and less than a "
        "minute inside is passing through. The table by period counts every entry instead.",
        "Hours per km² of an area that comes or goes (valid_from, valid_to) are by its mean ground over the days of the data, as in "
        "the answers and the panel; area_km2 is its whole ground.",
        SHARED_GROUND,
    )
    TAGS = ("dwell", "presence", "dosage", "patrol", "overlay", "polygon")
    FIRST = ("INPUT", "AREAS", "ROLE_FIELD", "COMPARISON_AREAS", "OFFICER_FIELD", "TIME_FIELD", "PERIOD", "PURPOSE")

    def declare(self) -> None:
        declare_fixes(self, legs_too=True)
        declare_areas(self)
        declare_purpose(self)
        self.add_declared("METHOD", PresenceParams.declaration("method"))
        self.add_declared("CORES", PresenceParams.declaration("workers"))
        declare_model(
            self,
            self.tr(
                "What Calibrate movement wrote, where legs were classified by it: the ranges of modes are narrower."
            ),
            advanced=True,
        )
        self.add_declared("PERIOD", SummaryParams.declaration("period"))
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Time in areas"), SOURCE.TypeVectorPolygon),
            self.tr(
                "One polygon for each area with its totals over the whole period, areas without any time included."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "PRESENCE", self.tr("Presence by period"), SOURCE.TypeVector, optional=True, createByDefault=False
            ),
            self.tr(
                "A table of area, period, unit and resource type, made only when asked for. Cover and officers do not add."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "LEGS", self.tr("Legs in areas"), SOURCE.TypeVectorLine, optional=True, createByDefault=False
            ),
            self.tr("A line for each leg and area with its seconds and hard bounds, made only when asked for."),
        )
        for name, text in NUMBERS:
            self.addOutput(QgsProcessingOutputNumber(name, self.tr(text)))

    def execute(self, run: Run) -> Results:
        from ...core.movement import far_apart_in_words, spread_of
        from ...core.summaries.area_totals import area_totals

        crs = working_system(run, areas=True)
        areas = read_all_areas(run, crs, most=1)
        small = say_small(run, areas)
        run.step(0.0, 0.4, self.tr("Reading"))
        legs = read_legs_or_fixes(run, crs)
        method = PresenceParams(
            method=run.choice("METHOD"), max_speed_ms=run.number("MAX_SPEED"), workers=int(run.number("CORES") or 1)
        )
        summary = SummaryParams(
            period=run.choice("PERIOD"), timezone=run.text("TIMEZONE"), max_speed_ms=method.max_speed_ms
        )
        model = model_of(run)
        modes = spread_of(model) if model is not None else None
        run.warn(*[t for t in (far_apart_in_words(legs),) if t and "mode" in legs.columns])
        totals = area_totals(
            legs, areas, method, summary, modes=modes, progress=run.step(0.4, 0.85, self.tr("Time in areas"))
        )
        figures = _headline(run, totals)
        run.step(0.85, 1.0, self.tr("Writing"))
        _write_areas(run, totals.areas, crs)
        if run.wants("PRESENCE"):
            _write_presence(run, totals.areas, totals.presence(legs, summary))
        if run.wants("LEGS"):
            say_purpose(run)
            _write_legs(run, legs, totals.leg_areas, crs)
        mark_restricted(run, small)
        return figures


def _headline(run: Run, totals: AreaTotals) -> dict[str, float]:
    """Say the headline; the same figures as numbers for a model."""
    from ...core.presence.likely import likely_range
    from ...core.words import RANGES_FROM_GAPS, amount, best_estimate

    figures = {
        "OBSERVED_HOURS": totals.observed_s / 3600,
        "UNOBSERVED_HOURS": totals.unobserved_s / 3600,
        "IMPACT_HOURS": float(totals.role_seconds.get("impact", 0.0)) / 3600,
        "COMPARISON_HOURS": float(totals.role_seconds.get("comparison", 0.0)) / 3600,
    }
    in_words = {
        role: best_estimate(
            figures[name], *likely_range(figures[name], float(totals.role_sd.get(role, float("nan"))) / 3600)
        )
        for role, name in (("impact", "IMPACT_HOURS"), ("comparison", "COMPARISON_HOURS"))
    }
    run.say(
        f"{amount(figures['OBSERVED_HOURS'], 'officer hours')} observed, {amount(figures['UNOBSERVED_HOURS'])} unobserved.",
        f"Impact areas: {in_words['impact']}. Comparison areas: {in_words['comparison']}.",
        RANGES_FROM_GAPS if run.choice("METHOD") == "bridge" else "This method gives no range.",
        totals.caveat,
    )
    if len(totals.areas) and not totals.areas["officer_seconds"].any():
        run.warn("No observed time falls in any area: check that fixes and areas cover the same place and period.")
    return figures


def _write_areas(run: Run, totals: AreaTotals, crs: QgsCoordinateReferenceSystem) -> None:
    from ...core.columns import MODES_AND_BICYCLE
    from ...layers import fields_for

    names = [
        "area_id",
        "name",
        "role",
        "area_km2",
        "officer_seconds",
        "officer_seconds_sd",
        "patrol_seconds",
        "officers",
        "visits",
        "unobserved_seconds",
        "officer_hours",
        "officer_hours_low",
        "officer_hours_high",
        "patrol_hours",
        "site_hours",
        "officer_hours_per_km2",
    ]
    by_mode = [f"{mode}_hours{end}" for end in ("", "_low", "_high") for mode in MODES_AND_BICYCLE]
    names += [n for n in by_mode if n in totals.columns]
    extra = {n: "float" for n in names if n.endswith(("_hours", "_low", "_high", "_km2"))}
    run.write("OUTPUT", totals, fields_for(names, extra), QgsWkbTypes.Type.MultiPolygon, crs, multi(totals["geometry"]))


def _write_presence(run: Run, areas: pd.DataFrame, table: pd.DataFrame) -> None:
    from ...core.columns import PRESENCE
    from ...layers import fields_for

    named = table.merge(areas[["area_id", "name", "role"]], on="area_id", how="left")
    fields = fields_for(["area_id", "name", "role", *PRESENCE.names[1:]])
    run.write("PRESENCE", named, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())


def _write_legs(run: Run, legs: pd.DataFrame, shared: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> None:
    from ...core.geometry.wkb import leg_lines
    from ...layers import fields_for

    carried = ["leg_id", "track_id", "start", "end", "duration_s", "x0", "y0", "x1", "y1"]
    table = shared.merge(legs[[c for c in (*carried, "officer_id") if c in legs]], on="leg_id", how="left")
    table = with_officer_days(run, table)
    names = [
        "leg_id",
        "area_id",
        "officer_day",
        "start",
        "end",
        "duration_s",
        "seconds",
        "seconds_low",
        "seconds_high",
        "seconds_sd",
    ]
    run.write("LEGS", table, fields_for(names, {"officer_day": "str"}), QgsWkbTypes.Type.LineStringM, crs, leg_lines)
