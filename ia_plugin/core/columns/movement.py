"""Tables of officers, their radios and their movement: what rests in the restricted file, or goes into it."""

from .declaration import table

FIXES = table(
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
    "record_id:str? the source's own id of the report, where it has one",
    "source_ref:str? file hash and row: the way back to the source system",
    geometry="Point",
)

POSTINGS = table(
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

DUTIES = table(
    "duties",
    "one turn of duty",
    "officer_id:str! keyed pseudonym of the officer",
    "start:time start of the turn",
    "end:time end of the turn",
)

RADIOS = table(
    "radios",
    "one radio",
    "radio_id:str! keyed pseudonym of the radio",
    "radio_kind:str personal, vehicle or other",
)

LEGS = table(
    "legs",
    "the move between two consecutive fixes of one officer",
    "leg_id:int! stable hash of officer and start; in outputs a hash of it under the key",
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
    "p_foot:float? probability of being on foot, as a share of the time",
    "p_vehicle:float? probability of being in a vehicle",
    "p_stationary:float? probability of being stopped (five minutes and more about one point); a leg beside a stop has a part of it",
    "p_bicycle:float? probability of a bicycle, only with a model calibrated on bicycles",
    "mode:str? foot, vehicle, stationary or unknown (or bicycle)",
    "confidence:float? how sure the mode is: the largest probability, before a stop beside the leg has its part",
    geometry="LineStringM",
)

TRACKS = table(
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

LEG_AREAS = table(
    "leg_areas",
    "the time one leg spent in one area",
    "leg_id:int! the leg",
    "area_id:str the area",
    "seconds:float best estimate, seconds",
    "seconds_low:float hard lower bound by the speed limit, seconds",
    "seconds_high:float hard upper bound by the speed limit, seconds",
    "seconds_sd:float standard deviation of the best estimate, seconds; empty for linear and last_fix",
)

STAYS = table(
    "stays",
    "one entry of one straight leg into one area",
    "leg_id:int! the leg",
    "area_id:str the area",
    "enter:time moment the straight line enters",
    "leave:time moment it leaves",
)

GAPS = table(
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

VISITS = table(
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
    "seconds_foot:float? expected seconds on foot, where legs are classified; of legs whose mode is told",
    "seconds_vehicle:float? expected seconds in a vehicle",
    "seconds_stationary:float? expected seconds stopped: five minutes and more about one point",
)
