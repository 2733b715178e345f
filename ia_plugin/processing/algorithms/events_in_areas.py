"""Events in areas: counts by area, civil period, kind and category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsWkbTypes,
)

from ...core.params import EventCountParams
from ..base import ImpactAreaAlgorithm
from ..inputs import declare_areas, read_all_areas, read_events, working_system
from ..layer_words import declare_released
from ..run import Results, Run
from ..small_ground import mark_restricted, say_small

if TYPE_CHECKING:
    import pandas as pd

SOURCE = QgsProcessing.SourceType


class EventsInAreas(ImpactAreaAlgorithm):
    """Events and areas to counts."""

    ID = "eventsinareas"
    NAME = "Events in areas"
    GROUP = "events"
    SUMMARY = "Counts of crimes, incidents and searches by area, civil period, kind, category and key crime type."
    NOTES = (
        "An event whose time is a window is shared over the periods it spans: 'expected' gives each its part, 'events' counts the "
        "start. Events known only to the month are refused where a shorter period is chosen. Withdrawn records are left out.",
        "An event in several areas counts in the row of each, and once in EVENTS; on an edge where areas meet it belongs to one; in an "
        "area of role rest it counts only where no other area has it. An event known to a square of 1 km or more takes no part in areas "
        "smaller than it.",
    )
    TAGS = ("crime", "count", "aoristic")
    FIRST = ("INPUT", "AREAS", "PERIOD", "ROLE_FIELD", "COMPARISON_AREAS")

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFeatureSource("INPUT", tr("Events"), [SOURCE.TypeVectorPoint]),
            tr("Points made by Import events, or with the same fields."),
        )
        declare_areas(self)
        declare_released(self)
        self.add_declared("TIMEZONE", EventCountParams.declaration("timezone"))
        self.add_declared("PERIOD", EventCountParams.declaration("period"))
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Events in areas"), SOURCE.TypeVector),
            tr("One row for each area, period, kind and category that has events."),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                "AREA_COUNTS",
                tr("Areas with their counts"),
                SOURCE.TypeVectorPolygon,
                optional=True,
                createByDefault=False,
            ),
            tr(
                "One polygon for each area, with its events of the whole time and how many that is per km²: a map of the table."
            ),
        )
        self.addOutput(QgsProcessingOutputNumber("EVENTS", tr("Events in the areas, each once")))
        self.addOutput(QgsProcessingOutputNumber("OUTSIDE", tr("Events in no area")))

    def execute(self, run: Run) -> Results:
        from ...core.events import events_in_areas
        from ...core.events.area_counts import area_counts
        from ...core.events.area_events import SQUARE
        from ...core.words import count_of
        from ...layers import fields_for

        crs = working_system(run, areas=True)
        run.step(0.0, 0.6, self.tr("Reading"))
        areas, events = read_all_areas(run, crs), read_events(run, crs)
        small = say_small(run, areas)
        params = EventCountParams(period=run.choice("PERIOD"), timezone=run.text("TIMEZONE"))
        table = events_in_areas(events, areas, params)
        outside = table.attrs["not_counted"]["in no area"]
        counted = int(table.attrs["counted"])
        run.say(f"{count_of(counted, 'events')} in the areas, {outside:,} in none.")
        vague, nowhere = (table.attrs["not_counted"].get(why, 0) for why in (SQUARE, "no place"))
        run.say(
            *(f"{count_of(n, 'events')} {what}." for n, what in ((vague, SQUARE), (nowhere, "without a place")) if n)
        )
        run.say(*(f"{n:,} {what}." for what, n in table.attrs["records"].items() if n))
        run.step(0.6, 1.0, self.tr("Writing"))
        named = table.merge(areas[["area_id", "name", "role"]], on="area_id", how="left")
        names = ["area_id", "name", "role", "period", "kind", "category", "key_type", "events", "expected"]
        fields = fields_for(names, {"events": "int", "expected": "float"})
        run.write("OUTPUT", named, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())
        if run.wants("AREA_COUNTS"):
            _write_areas(run, area_counts(table, areas), crs)
        mark_restricted(run, small)
        return {"EVENTS": counted, "OUTSIDE": outside}


def _write_areas(run: Run, counts: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> None:
    """One polygon an area."""
    from ...core.events.area_counts import KINDS
    from ...layers import fields_for
    from ..area_shapes import multi

    numbers = {"events": "int", **dict.fromkeys(KINDS.values(), "int"), "area_km2": "float", "events_per_km2": "float"}
    fields = fields_for(["area_id", "name", "role"], numbers)
    run.write("AREA_COUNTS", counts, fields, QgsWkbTypes.Type.MultiPolygon, crs, multi(counts["geometry"]))
