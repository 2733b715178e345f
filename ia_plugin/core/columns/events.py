"""Tables of crimes, incidents and stops and searches."""

from .declaration import table

EVENTS = table(
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
    "updated_at:time? when the source last changed it",
    "status:str? current or withdrawn",
    "version:int number of the version of this record, 1 first",
    "outcome:str? outcome in the source's words",
    "object_found:bool? for a search, whether its object was found; empty where not recorded",
    "officer_ids:str?! pseudonyms of the officers, blank between",
    "x:float easting, metres",
    "y:float northing, metres",
    "location_precision:str point, snapped, area (a square, see square_m) or none",
    "square_m:float? side of the square that the place is, metres; empty where it is a point",
    "source_ref:str file hash and row: the way back to the source system",
    "sensitive:bool? whether the force's table of key types says that the category is; empty where its words decide",
    geometry="Point",
)

EVENT_CELLS = table(
    "event_cells",
    "area or role of area x hour x kind x category",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest), (no place): these count every event once",
    "period:time start of the hour, UTC; of a coarser event the first hour of its window",
    "precision:str hour, day or month: how finely the time of the events is known",
    "kind:str crime, incident or stop_search",
    "category:str category in the source's words",
    "key_type:str? key crime type",
    "generated_by:str public, police or unknown: who caused the record",
    "events:int events by the start of their window",
    "expected:float events shared over their windows",
    "outcome_known:int searches whose result is recorded",
    "found:int searches whose object was found",
    "sensitive:bool? whether the force's table says that the category is; empty where its words decide",
)

EVENT_OFFICERS = table(
    "event_officers",
    "one officer's part in one event",
    "kind:str crime, incident or stop_search",
    "event_id:str identifier of the event in the source",
    "officer_id:str! keyed pseudonym of the officer",
)

EVENT_POINTS = table(
    "event_points",
    "one crime, incident or stop and search that may be shown as a point",
    "kind:str crime, incident or stop_search",
    "category:str category in the source's words",
    "key_type:str? key crime type",
    "start:time earliest moment it may have happened",
    "end:time latest moment",
    "time_precision:str minute, hour, day or month",
    "status:str current",
    "location_precision:str point, snapped, area (a square) or none",
    geometry="Point",
)
