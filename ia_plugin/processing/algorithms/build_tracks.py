"""Build tracks: fixes joined into tracks, and legs when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ..base import ImpactAreaAlgorithm
from ..inputs import (
    declare_fixes,
    declare_purpose,
    read_fixes,
    say_purpose,
    track_params,
    with_officer_days,
    working_system,
)
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

LINE = QgsProcessing.SourceType.TypeVectorLine


class BuildTracks(ImpactAreaAlgorithm):
    """Fixes to tracks."""

    ID = "buildtracks"
    NAME = "Build tracks"
    GROUP = "tracks"
    SUMMARY = "Joins the position reports of each officer into tracks, split where nobody observed the officer."
    NOTES = (
        "A leg joins two consecutive fixes; a track is a row of legs without a gap. The line between two fixes is not the "
        "route taken. Officers appear under an id that lasts one day, so that nobody can be followed across days.",
    )
    TAGS = ("trajectory", "path", "points to path", "fixes", "legs")
    FIRST = ("INPUT", "OFFICER_FIELD", "TIME_FIELD", "PURPOSE")

    def declare(self) -> None:
        declare_fixes(self)
        declare_purpose(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Tracks"), LINE),
            self.tr("One line a track, with its time as M (seconds since 1970, UTC)."),
        )
        self.add(
            QgsProcessingParameterFeatureSink("LEGS", self.tr("Legs"), LINE, optional=True, createByDefault=False),
            self.tr("One line for each move between two fixes, made only when asked for."),
        )
        for name, text in (
            ("TRACKS", "Tracks"),
            ("LEG_COUNT", "Legs"),
            ("OBSERVED_HOURS", "Officer hours observed"),
            ("UNOBSERVED_HOURS", "Officer hours unobserved"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, self.tr(text)))

    def execute(self, run: Run) -> Results:
        from ...core.tracks import legs_and_gaps, lone_fixes, tracks
        from ...core.words import amount

        crs = working_system(run)
        run.step(0.0, 0.4, self.tr("Reading fixes"))
        fixes = read_fixes(run, crs)
        run.step(0.4, 0.7, self.tr("Building tracks"))
        legs, silent = legs_and_gaps(fixes, track_params(run))
        found = tracks(legs)
        lone = lone_fixes(fixes, legs)
        observed, unobserved = (
            legs["duration_s"].sum() / 3600,
            silent.loc[silent["reason"] != "between_duties", "duration_s"].sum() / 3600,
        )
        run.say(
            f"{len(legs):,} legs in {len(found):,} tracks; longest gap {amount(legs.attrs['max_gap_s'], 's')}.",
            f"{amount(observed, 'officer hours')} observed, {amount(unobserved)} unobserved.",
        )
        if lone:
            run.warn(f"{lone} officers have no two fixes close enough in time, so no track.")
        say_purpose(run)
        run.step(0.7, 1.0, self.tr("Writing"))
        _write_tracks(run, found, legs, crs)
        if run.wants("LEGS"):
            _write_legs(run, legs, crs)
        return {
            "TRACKS": len(found),
            "LEG_COUNT": len(legs),
            "OBSERVED_HOURS": float(observed),
            "UNOBSERVED_HOURS": float(unobserved),
        }


def _write_tracks(run: Run, found: pd.DataFrame, legs: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> None:
    from ...core.geometry.wkb import track_lines
    from ...layers import fields_for

    table = with_officer_days(run, found)
    fields = fields_for(list(table.columns), {"officer_day": "str"})
    lines = track_lines(legs).reindex(found.loc[table.index, "track_id"]).to_numpy()
    run.write("OUTPUT", table, fields, QgsWkbTypes.Type.LineStringM, crs, lines)


def _write_legs(run: Run, legs: pd.DataFrame, crs: QgsCoordinateReferenceSystem) -> None:
    from ...core.geometry.wkb import leg_lines
    from ...layers import fields_for

    table = with_officer_days(run, legs, 2)
    extra = {
        "officer_day": "str",
        "unit": "str",
        "resource_type": "str",
        "reason": "str",
        "heading_deg": "float",
        "reported_speed_kmh": "float",
        "radio_kind": "str",
    }
    fields = fields_for(list(table.columns), {k: v for k, v in extra.items() if k in table.columns})
    run.write("LEGS", table, fields, QgsWkbTypes.Type.LineStringM, crs, leg_lines)
