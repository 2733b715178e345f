"""Visits: each unbroken stay of one officer in one area, and how long they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ...core.params import PresenceParams, VisitParams
from ..base import ImpactAreaAlgorithm
from ..inputs import (
    declare_areas,
    declare_fixes,
    declare_purpose,
    read_all_areas,
    read_legs_or_fixes,
    say_purpose,
    with_officer_days,
    working_system,
)
from ..run import Results, Run
from ..small_ground import mark_restricted, say_small

if TYPE_CHECKING:
    import pandas as pd

TABLE = QgsProcessing.SourceType.TypeVector


class Visits(ImpactAreaAlgorithm):
    """Fixes or legs, and areas, to visits and their lengths."""

    ID = "visits"
    NAME = "Visits"
    GROUP = "presence"
    SUMMARY = "Each unbroken stay of an officer in an area, with its length, and the number of visits by length for each area."
    NOTES = (
        "Short absences and fixes within their own accuracy of the boundary do not end a visit, and merging changes no "
        "seconds inside. Passing through in less than the shortest visit is counted, but is no visit.",
        "The hard bounds say what the speed limit alone allows; they belong to one visit and do not add up to a range for a "
        "total. Entry and exit follow the straight line; the time inside is the best estimate.",
    )
    TAGS = ("dwell", "stay", "length of visit", "frequency")
    FIRST = ("INPUT", "AREAS", "ROLE_FIELD", "COMPARISON_AREAS", "OFFICER_FIELD", "TIME_FIELD", "MIN_VISIT", "PURPOSE")

    def declare(self) -> None:
        declare_fixes(self, legs_too=True)
        declare_areas(self)
        declare_purpose(self)
        for name, key in (("MERGE_GAP", "merge_gap_s"), ("MIN_VISIT", "min_visit_s")):
            self.add_declared(name, VisitParams.declaration(key))
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Visits"), TABLE),
            self.tr("One row a visit, the officer under an id that lasts one day."),
        )
        self.add(
            QgsProcessingParameterFeatureSink("BANDS", self.tr("Visits by length"), TABLE, optional=True),
            self.tr("Number of visits of 0–5, 5–10, 10–15, 15–20 and 20 or more minutes for each area."),
        )
        self.addOutput(QgsProcessingOutputNumber("VISITS", self.tr("Visits")))
        self.addOutput(QgsProcessingOutputNumber("PASSES", self.tr("Passed through, no visit")))

    def execute(self, run: Run) -> Results:
        from ...core.presence import stays, time_in_areas, visits
        from ...core.words import amount, count_of

        crs = working_system(run, areas=True)
        areas = read_all_areas(run, crs)
        small = say_small(run, areas)
        run.step(0.0, 0.4, self.tr("Reading"))
        legs = read_legs_or_fixes(run, crs)
        method = PresenceParams(max_speed_ms=run.number("MAX_SPEED"))
        shared = time_in_areas(legs, areas, method, progress=run.step(0.4, 0.6, self.tr("Time in areas")))
        entered = stays(legs, areas, progress=run.step(0.6, 0.8))
        params = VisitParams(merge_gap_s=run.number("MERGE_GAP"), min_visit_s=run.number("MIN_VISIT"))
        found = visits(legs, areas, shared, entered, params)
        passes = found.attrs["short_visits"]
        run.say(
            f"{count_of(len(found), 'visits')}, {amount(found['seconds'].sum() / 3600, 'h')} inside; {passes:,} passes of less than "
            f"{amount(params.min_visit_s, 's')} are no visits ({amount(found.attrs['short_seconds'] / 3600, 'h')})."
        )
        say_purpose(run)
        run.step(0.8, 1.0, self.tr("Writing"))
        _write_visits(run, found)
        if run.wants("BANDS"):
            _write_bands(run, areas, found)
        mark_restricted(run, small)
        return {"VISITS": len(found), "PASSES": passes}


def _write_visits(run: Run, found: pd.DataFrame) -> None:
    from ...layers import fields_for

    table = with_officer_days(run, found.rename(columns={"enter": "start"})).rename(columns={"start": "enter"})
    extra = {"officer_day": "str", **{n: "float" for n in table.columns if n.startswith("seconds_")}}
    fields = fields_for(list(table.columns), extra)
    run.write("OUTPUT", table, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())


def _write_bands(run: Run, areas: pd.DataFrame, found: pd.DataFrame) -> None:
    import pandas as pd

    from ...core.presence import dwell_bands
    from ...layers import fields_for

    def bands(area: str) -> pd.DataFrame:
        counted = dwell_bands(found.loc[found["area_id"] == area.area_id, "seconds"])
        return counted.assign(area_id=area.area_id, name=area.name_, role=area.role)

    named = areas[["area_id", "name", "role"]].rename(columns={"name": "name_"})
    empty = pd.DataFrame(columns=["area_id", "name", "role", "band", "visits", "share"])
    table = pd.concat([bands(a) for a in named.itertuples()], ignore_index=True) if len(named) else empty
    fields = fields_for(list(empty.columns), {"band": "str", "visits": "int", "share": "float"})
    run.write("BANDS", table, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())
