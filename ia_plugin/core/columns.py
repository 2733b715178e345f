"""The data dictionary: which columns each table has, of what kind, in what unit (standard library only).

Stages check their input against it, layers get typed fields from it, and imports keep what it names and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable

from .errors import ColumnError, PrivacyError

# Kinds: str, int, float, bool, time (datetime64[ns, UTC]), date, geometry.


@dataclass(frozen=True)
class Column:
    """One column: its kind, and what it says. `personal` marks what never enters the summary store."""

    name: str
    kind: str
    help: str
    optional: bool = False
    personal: bool = False


@dataclass(frozen=True)
class Table:
    """One table of the contract; `row` says what one row is."""

    name: str
    row: str
    columns: tuple[Column, ...]
    geometry: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if not c.optional)

    def kind(self, name: str) -> str:
        return {c.name: c.kind for c in self.columns}[name]


def _column(text: str) -> Column:
    """Read ``name:kind[?][!] help``; ``?`` optional, ``!`` personal."""
    head, _, help_text = text.partition(" ")
    name, _, kind = head.partition(":")
    return Column(name, kind.rstrip("?!"), help_text, optional="?" in kind, personal="!" in kind)


def _table(name: str, row: str, *columns: str, geometry: str = "") -> Table:
    return Table(name, row, tuple(_column(c) for c in columns), geometry)


FIXES = _table(
    "fixes",
    "one position report of one radio",
    "officer_id:str! keyed pseudonym of the officer",
    "time:time moment of the report, UTC",
    "x:float easting, metres in a projected reference system",
    "y:float northing, metres",
    "accuracy_m:float? radius of the position error, metres",
    "speed_kmh:float? speed reported by the radio, km/h",
    "heading_deg:float? heading reported by the radio, degrees from north",
    "source:str? system the report came from, where an extract joins several",
    "reason:str? why the radio reported (time, distance, push to talk, car kit, ...)",
    "radio_id:str?! keyed pseudonym of the radio",
    "radio_kind:str? personal, vehicle or other",
    "unit:str? unit the officer belonged to",
    "resource_type:str? kind of resource (response, neighbourhood, ...)",
    "source_ref:str? file hash and row: the way back to the source system",
    geometry="Point",
)

POSTINGS = _table(
    "postings",
    "who belonged where, when",
    "officer_id:str! keyed pseudonym of the officer",
    "unit:str unit",
    "department:str? department",
    "role:str? role of the officer",
    "resource_type:str? kind of resource",
    "valid_from:time first moment of the posting",
    "valid_to:time? end of the posting; empty while it lasts",
)

DUTIES = _table(
    "duties",
    "one turn of duty",
    "officer_id:str! keyed pseudonym of the officer",
    "start:time start of the turn",
    "end:time end of the turn",
)

LEGS = _table(
    "legs",
    "the move between two consecutive fixes of one officer",
    "leg_id:int! stable hash of officer and start",
    "track_id:int! stable hash of officer and start of the track",
    "officer_id:str! keyed pseudonym of the officer",
    "start:time time of the first fix",
    "end:time time of the second fix",
    "x0:float easting of the first fix, metres",
    "y0:float northing of the first fix, metres",
    "x1:float easting of the second fix, metres",
    "y1:float northing of the second fix, metres",
    "duration_s:float seconds between the fixes",
    "distance_m:float straight-line distance, metres",
    "speed_kmh:float straight-line speed, km/h: a lower limit of the true one",
    "over_speed:bool? faster than the speed limit of the hard bounds",
    "accuracy0_m:float? accuracy of the first fix, metres",
    "accuracy1_m:float? accuracy of the second fix, metres",
    "p_foot:float? probability of being on foot",
    "p_vehicle:float? probability of being in a vehicle",
    "p_stationary:float? probability of standing still",
    "p_bicycle:float? probability of a bicycle, only with a model calibrated on bicycles",
    "mode:str? foot, vehicle, stationary or unknown (or bicycle)",
    "confidence:float? the largest of the three probabilities",
    geometry="LineStringM",
)

TRACKS = _table(
    "tracks",
    "consecutive legs of one officer without a gap",
    "track_id:int! stable hash of officer and start",
    "officer_id:str! keyed pseudonym of the officer",
    "start:time first fix",
    "end:time last fix",
    "fixes:int number of fixes",
    "distance_m:float length of the straight legs, metres",
    geometry="LineStringM",
)

AREAS = _table(
    "areas",
    "one polygon",
    "area_id:str identifier",
    "name:str? name in words",
    "role:str? impact, comparison, buffer, site, rest or other",
    "adopted_on:date? day the area was adopted",
    "valid_from:date? first day it counts",
    "valid_to:date? last day it counts",
    "geometry:geometry polygon or multipolygon, metres",
    geometry="MultiPolygon",
)

LEG_AREAS = _table(
    "leg_areas",
    "the time one leg spent in one area",
    "leg_id:int! the leg",
    "area_id:str the area",
    "seconds:float best estimate, seconds",
    "seconds_low:float hard lower bound by the speed limit, seconds",
    "seconds_high:float hard upper bound by the speed limit, seconds",
    "seconds_sd:float standard deviation of the best estimate, seconds; empty for linear and last_fix",
)

STAYS = _table(
    "stays",
    "one entry of one straight leg into one area",
    "leg_id:int! the leg",
    "area_id:str the area",
    "enter:time moment the straight line enters",
    "leave:time moment it leaves",
)

GAPS = _table(
    "gaps",
    "time of an officer that nobody observed",
    "officer_id:str! keyed pseudonym of the officer",
    "start:time last fix before the silence",
    "end:time first fix after it",
    "x0:float easting of the last fix before, metres",
    "y0:float northing of the last fix before, metres",
    "x1:float easting of the first fix after, metres",
    "y1:float northing of the first fix after, metres",
    "duration_s:float seconds of silence",
    "reason:str silent, silent_same_place or between_duties",
    "same_place:bool both ends lie in the same place, within position error",
)

VISITS = _table(
    "visits",
    "one officer's unbroken stay in one area",
    "visit_id:int! stable hash of officer, area and entry",
    "area_id:str the area",
    "officer_id:str! keyed pseudonym of the officer",
    "track_id:int! the track",
    "enter:time entry",
    "leave:time exit",
    "seconds:float best estimate of the time inside, seconds",
    "seconds_low:float hard lower bound, seconds",
    "seconds_high:float hard upper bound, seconds",
    "seconds_sd:float standard deviation, seconds",
    "seconds_foot:float? expected seconds on foot, where legs are classified",
    "seconds_vehicle:float? expected seconds in a vehicle",
    "seconds_stationary:float? expected seconds standing still",
)

COVERAGE = _table(
    "coverage",
    "period x unit x resource type",
    "period:time start of the period, UTC",
    "unit:str unit, or 'unit not known'",
    "resource_type:str kind of resource, or 'not known'",
    "observed_s:float officer time between fixes, seconds",
    "unobserved_s:float silent officer time, seconds",
    "silent_same_place_s:float the part of it whose two ends are the same place, seconds",
    "officers_seen:int distinct officers seen",
    "officers_on_duty:int? distinct officers on duty in the period, all units",
)

PRESENCE = _table(
    "presence",
    "area x period x unit x resource type x mode",
    "area_id:str the area; (all) for the union of the areas",
    "period:time start of the period, UTC",
    "unit:str unit, 'unit not known', or (all)",
    "resource_type:str kind of resource, 'not known', or (all)",
    "mode:str foot, vehicle, stationary, unknown, or (all) where legs carry no mode",
    "officer_seconds:float summed time of officers, seconds",
    "officer_seconds_sd:float standard deviation of officer_seconds, seconds",
    "patrol_seconds:float time with at least one officer there, seconds",
    "officers:int distinct officers",
    "visits:int entries into the area",
    "unobserved_seconds:float silent time of officers who could have been there, seconds",
)

COVER = _table(
    "cover",
    "area x hour, of all, by unit or by resource type",
    "area_id:str the area",
    "period:time start of the hour, UTC",
    "unit:str unit, 'unit not known', or (all)",
    "resource_type:str kind of resource, 'not known', or (all)",
    "patrol_seconds:float time with at least one officer there, seconds",
    "officers:int distinct officers",
)

TIME_USE = _table(
    "time_use",
    "area or role of area x hour x unit x department x role x resource type x activity",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest): these lay the force out, nothing twice",
    "period:time start of the hour, UTC",
    "unit:str unit, or 'unit not known'",
    "department:str department, or 'not known'",
    "officer_role:str role of the officers, or 'not known'",
    "resource_type:str kind of resource, or 'not known'",
    "activity:str what the time is linked to, or how officers moved",
    "officer_seconds:float summed time of officers, seconds",
    "variance:float part of the variance of officer_seconds that adds, seconds squared",
    "systematic:float part of the standard deviation that adds, seconds",
    "foot_seconds:float expected seconds on foot",
    "vehicle_seconds:float expected seconds in a vehicle",
    "stationary_seconds:float expected seconds standing still",
    "unknown_seconds:float seconds of which nobody can tell",
    "bicycle_seconds:float expected seconds on a bicycle, only with a model calibrated on bicycles",
)

OFFICERS_SEEN = _table(
    "officers_seen",
    "area or role of area x civil day x group",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest)",
    "period:time start of the civil day, UTC",
    "dimension:str unit, department, officer_role, resource_type, or (all)",
    "value:str the unit, department, role or resource type",
    "officers:int distinct officers seen there that day",
)

VISIT_LENGTHS = _table(
    "visit_lengths",
    "area x hour of entry x unit x resource type x length of visit",
    "area_id:str the area",
    "period:time start of the hour of entry, UTC",
    "unit:str unit, or 'unit not known'",
    "resource_type:str kind of resource, or 'not known'",
    "band:str length of the visits, minutes",
    "visits:int visits of that length",
    "seconds:float time inside of all of them, seconds",
)

EVENTS = _table(
    "events",
    "one crime, incident or stop and search",
    "event_id:str identifier in the source",
    "kind:str crime, incident or stop_search",
    "category:str category in the source's words",
    "key_type:str? key crime type",
    "generated_by:str public, police or unknown: who caused the record",
    "start:time earliest moment it may have happened",
    "end:time latest moment",
    "time_precision:str minute, hour, day or month",
    "recorded_at:time? when it was recorded",
    "status:str? current or withdrawn",
    "version:int number of the version of this record, 1 first",
    "outcome:str? outcome in the source's words",
    "object_found:bool? for a search, whether its object was found; empty where not said",
    "officer_ids:str?! pseudonyms of the officers, blank between",
    "x:float easting, metres",
    "y:float northing, metres",
    "location_precision:str point, snapped, area or none",
    "source_ref:str file hash and row: the way back to the source system",
    geometry="Point",
)

EVENT_CELLS = _table(
    "event_cells",
    "area or role of area x hour x kind x category",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest), (no place): these lay all events out once",
    "period:time start of the hour, UTC; of a coarser event the first hour of its window",
    "precision:str hour, day or month: how finely the events tell their time",
    "kind:str crime, incident or stop_search",
    "category:str category in the source's words",
    "key_type:str? key crime type",
    "generated_by:str public, police or unknown: who caused the record",
    "events:int events by the start of their window",
    "expected:float events shared over their windows",
    "outcome_known:int searches whose result is said",
    "found:int searches whose object was found",
)

EVENT_OFFICERS = _table(
    "event_officers",
    "one officer's part in one event",
    "kind:str crime, incident or stop_search",
    "event_id:str identifier of the event in the source",
    "officer_id:str! keyed pseudonym of the officer",
)

RADIOS = _table(
    "radios",
    "one radio",
    "radio_id:str! keyed pseudonym of the radio",
    "radio_kind:str personal, vehicle or other",
)

NOTES = _table(
    "notes",
    "what people know of the data",
    "from:time first moment it concerns",
    "to:time? last moment it concerns",
    "area_id:str? area it concerns",
    "unit:str? unit it concerns",
    "source:str? source system it concerns",
    "text:str what is known: a system change, an outage, an operation",
    "author:str who wrote it",
)

SOURCES = _table(
    "sources",
    "one file imported",
    "hash:str SHA-256 of its content",
    "name:str name of the file",
    "kind:str affiliations, postings, duties, radios or events",
    "imported_at:time when it was imported",
    "rows_read:int rows of the file",
    "rows_kept:int rows kept",
    "dropped:str rows dropped by reason, JSON",
)

REJECTS = _table(
    "rejects",
    "one row of an extract that could not be used",
    "file:str name of the file",
    "row:int line of the row in it",
    "reason:str why it was not used",
    "remedy:str what to do about it",
)

ABOUT = _table("about", "one fact of a summary", "name:str name of the fact", "value:str what it is")

RUNS = _table(
    "runs",
    "one run, look-up or export",
    "at:time when it began",
    "who:str user name of the person or the scheduler",
    "what:str the algorithm, look-up or export",
    "version:str version of the plugin",
    "parameters:str parameters, JSON; never the key",
    "inputs:str hash of each input, JSON",
    "rows_read:int? rows read",
    "rows_used:int? rows used",
    "dropped:str? rows dropped by reason, JSON",
    "purpose:str? purpose, where movement of single officers was shown",
    "audience:str? restricted, board or public",
    "outcome:str done, or what stopped it",
    "seconds:float how long it took",
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        FIXES, POSTINGS, DUTIES, LEGS, TRACKS, AREAS, LEG_AREAS, STAYS, GAPS, VISITS, COVERAGE, PRESENCE, COVER, TIME_USE,
        OFFICERS_SEEN, VISIT_LENGTHS, EVENTS, EVENT_CELLS, EVENT_OFFICERS, RADIOS, NOTES, SOURCES, REJECTS, ABOUT, RUNS,
    )
}  # fmt: skip

ALL = "(all)"
UNIT_NOT_KNOWN = "unit not known"
RESOURCE_NOT_KNOWN = "not known"
KNOWN_MODES = ("foot", "vehicle", "stationary")
MODES = (*KNOWN_MODES, "unknown")
"""Modes of a leg, which a filter can choose; a model calibrated on bicycles knows one more."""
MODES_AND_BICYCLE = (*MODES, "bicycle")
AREA_ROLES = ("impact", "comparison", "buffer", "site", "rest", "other")


PERSONAL = frozenset(c.name for t in TABLES.values() for c in t.columns if c.personal)
"""Columns that tell who an officer is, by their marks."""


def refuse_personal(names: Iterable[str], what: str) -> None:
    """Raise :class:`PrivacyError` where one of the columns `names` is marked personal.

    Example: ``refuse_personal(["area_id", "officer_id"], "cover")`` raises.
    """
    found = sorted(PERSONAL & set(names))
    if found:
        raise PrivacyError(
            f"The table {what} has {', '.join(found)}, which tell of single officers.",
            "Nothing was written. Such columns rest in the restricted file only.",
        )


def require(table: Any, names: Iterable[str], what: str) -> None:
    """Raise :class:`ColumnError` unless `table` (a DataFrame) has all of `names`.

    Parameters
    ----------
    table : DataFrame
    names : column names that the stage needs
    what : the table's name, for the message
    """
    missing = [n for n in names if n not in table.columns]
    if missing:
        found = ", ".join(map(str, table.columns)) or "no columns"
        raise ColumnError(
            f"The {what} table lacks {', '.join(missing)}; it has {found}.",
            "Name the columns as in the data dictionary.",
        )
