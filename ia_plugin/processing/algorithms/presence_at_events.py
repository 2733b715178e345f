"""Presence at events: how many events had an officer near, by how near and how long before, at or after."""

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

from ...core.params import NearEventsParams
from ...core.words import so_many
from ..answer_inputs import declare_audience
from ..base import ImpactAreaAlgorithm
from ..inputs import declare_fixes, read_events, read_legs_or_fixes, working_system
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

SOURCE = QgsProcessing.SourceType


class PresenceAtEvents(ImpactAreaAlgorithm):
    """Fixes or legs, and events, to counts of events with an officer near."""

    ID = "presenceatevents"
    NAME = "Presence at events"
    GROUP = "presence"
    SUMMARY = (
        "Counts of crimes, incidents and searches that had an officer within 100, 250 or 500 m in the 5, 15 or 30 minutes before, "
        "at the time, or after, compared with what to expect at random times and at random places."
    )
    NOTES = (
        "Counts of events only: nothing shows which officer was near which event. 'near' is a best estimate over the paths possible between two reports; near_low to near_high holds the true count about nine times in ten, as far as the gaps "
        "between reports go. Where officers came to an event or left it between two reports, counts before and after come out low, most at "
        "100 m. An officer whose radio was silent counts as not near.",
        "random_time moves each event to another day at the same civil time, random_place to the place of another event of its "
        "kind; _low and _high hold 95 % of the draws. Officers are sent to incidents, and patrol where much happens: a count "
        "above the random one is an association, not an effect.",
        "Events known only to the day or the month are refused. Those with a window of over an hour, without an exact place, or "
        "within the longest band of either end of the movement are left out and counted.",
    )
    TAGS = ("crime", "incident", "near", "response", "baseline", "random")
    FIRST = ("INPUT", "EVENTS", "OFFICER_FIELD", "TIME_FIELD", "AUDIENCE", "PURPOSE")

    def declare(self) -> None:
        tr = self.tr
        declare_fixes(self, legs_too=True)
        self.add(
            QgsProcessingParameterFeatureSource("EVENTS", tr("Events"), [SOURCE.TypeVectorPoint]),
            tr("Points made by Import events, or with the same fields."),
        )
        for name, key in (("DRAWS", "draws"), ("BASELINE_TIME", "baseline_time"), ("SEED", "seed")):
            self.add_declared(name, NearEventsParams.declaration(key))
        declare_audience(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Presence at events"), SOURCE.TypeVector),
            tr("One row for each kind of event, time and distance."),
        )
        self.addOutput(QgsProcessingOutputNumber("EVENTS", tr("Events counted, in the kinds that are shown")))
        self.addOutput(QgsProcessingOutputNumber("LEFT_OUT", tr("Events left out")))

    def execute(self, run: Run) -> Results:
        from ...core.activity.at_events import presence_at_events
        from ...core.activity.at_events_words import counted, in_words, shown_to

        audience = run.choice("AUDIENCE")
        run.account["audience"] = audience
        params = NearEventsParams(
            draws=int(run.number("DRAWS") or 0),
            baseline_time=run.choice("BASELINE_TIME"),
            seed=int(run.number("SEED") or 0),
            timezone=run.text("TIMEZONE"),
            max_speed_ms=run.number("MAX_SPEED"),
        )
        crs = working_system(run)
        run.step(0.0, 0.3, self.tr("Reading"))
        events = read_events(run, crs, "EVENTS")
        legs = read_legs_or_fixes(run, crs)
        found = presence_at_events(legs, events, params, progress=run.step(0.3, 0.95, self.tr("Officers near events")))
        shown = shown_to(found, audience, run.number("LEAST_AREA"))
        left_out = _say_left_out(run, found.attrs["left_out"], audience)
        run.warn(*found.attrs["caveats"])
        run.say(*in_words(shown))
        run.step(0.95, 1.0, self.tr("Writing"))
        _write(run, shown)
        return {"EVENTS": counted(shown), "LEFT_OUT": left_out}


def _say_left_out(run: Run, left_out: dict[str, int], audience: str) -> int:
    """Say how many events were left out and why, in numbers that the audience may see; the total."""
    from ...core.suppression import rounded

    if audience == "public":
        left_out = {reason: int(rounded(n)) for reason, n in left_out.items()}
    run.say(*(f"{so_many(n, f'events {reason} were left out')}." for reason, n in left_out.items() if n))
    return sum(left_out.values())


def _write(run: Run, shown: pd.DataFrame) -> None:
    from ...layers import fields_for

    texts = ("kind", "when", "note")
    kinds = {n: "str" if n in texts else "int" if n == "events" else "float" for n in shown.columns}
    fields = fields_for(list(shown.columns), kinds)
    run.write("OUTPUT", shown, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())
