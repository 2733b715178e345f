"""Areas, and the tables of officer time added up in them."""

from dataclasses import replace

from .declaration import table

AREAS = table(
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

PRESENCE = table(
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

COVERAGE = table(
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

COVER = table(
    "cover",
    "area x hour, of all, by unit or by resource type",
    "area_id:str the area",
    "period:time start of the hour, UTC",
    "unit:str unit, 'unit not known', or (all)",
    "resource_type:str kind of resource, 'not known', or (all)",
    "patrol_seconds:float time with at least one officer there, seconds",
    "officers:int distinct officers",
)

TIME_USE = table(
    "time_use",
    "area or role of area x hour x unit x department x role x resource type x activity",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest): these cover the whole force once",
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
    "unknown_seconds:float seconds of unknown mode",
    "bicycle_seconds:float expected seconds on a bicycle, only with a model calibrated on bicycles",
)

OFFICERS_SEEN = table(
    "officers_seen",
    "area or role of area x civil day x group",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest)",
    "period:time start of the civil day, UTC",
    "dimension:str unit, department, officer_role, resource_type, or (all)",
    "value:str the unit, department, role or resource type",
    "officers:int distinct officers seen there that day",
)

VISIT_LENGTHS = table(
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

OFFICER_TIME = table(
    "officer_time",
    "area or role of area x hour x unit x department x role x resource type x officer",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest): these cover the whole force once",
    "period:time start of the hour, UTC",
    "unit:str unit, or 'unit not known'",
    "department:str department, or 'not known'",
    "officer_role:str role of the officer, or 'not known'",
    "resource_type:str kind of resource, or 'not known'",
    "officer_id:str! keyed pseudonym",
    "seconds:float time there, police sites of the area left out, seconds",
    "variance:float part of the variance of seconds that adds, seconds squared",
    "systematic:float part of the standard deviation that adds, seconds",
)

GROUP_TIME = table(
    "group_time",
    "civil month x area or role of area x unit, department, role or resource type x block of hours",
    "month:time start of the civil month, UTC",
    "dimension:str unit, department, officer_role or resource_type",
    "value:str the unit, department, role or resource type, or 'other'",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest)",
    "weekday:int 0 Monday to 6 Sunday, -1 all of them",
    "first_hour:int first civil hour of the block, 0 to 23",
    "hours:int how many hours of the day the block has",
    "officer_seconds:float summed time of at least five officers, to the quarter hour, seconds",
    "variance:float part of the variance of officer_seconds that adds, seconds squared",
    "systematic:float part of the standard deviation that adds, seconds",
)

# By group these are restricted: their rows often tell one officer's time. The tables of the same name without "_by_group" add all
# groups up, and anyone may read them.
TIME_USE_BY_GROUP = replace(TIME_USE, name="time_use_by_group")
COVER_BY_GROUP = replace(COVER, name="cover_by_group")
VISIT_LENGTHS_BY_GROUP = replace(VISIT_LENGTHS, name="visit_lengths_by_group")

GROUP_PARTS = table(
    "group_parts",
    "row of officer_time as it was when its month was told last",
    "month:time start of the civil month, UTC",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest)",
    "period:time start of the hour, UTC",
    "unit:str unit, or 'unit not known'",
    "department:str department, or 'not known'",
    "officer_role:str role of the officer, or 'not known'",
    "resource_type:str kind of resource, or 'not known'",
    "officer_id:str! keyed pseudonym",
    "seconds:float time there, seconds",
)

ENOUGH_OFFICERS = table(
    "enough_officers",
    "area or role of area x civil day",
    "area_id:str the area, or (impact), (comparison), (buffer), (other), (site), (rest)",
    "period:time start of the civil day, UTC",
    "five_or_more:bool whether five or more officers were seen there that day",
)

VISIT_BANDS = table(
    "visit_bands",
    "closed civil month x area x length of visit, of at least five officers",
    "month:time start of the civil month, UTC",
    "area_id:str the area",
    "band:str length of the visits, minutes",
    "visits:int visits of that length",
)

DENSITY = table(
    "density",
    "closed week x shift x cell of 200 m, of at least five officers on three days",
    "week:time start of the Monday on which the week begins, UTC",
    "shift:str early, late or night: from 07:00, 15:00 and 23:00 civil time",
    "cell:str the cell, as row:column of the grid of areas of one's own",
    "side_m:float side of the cell, metres",
    "officer_seconds:float summed time of officers in the shifts of the week, to the quarter hour, seconds",
)

DENSITY_PARTS = table(
    "density_parts",
    "officer's time behind a row of density as it was told, by day",
    "week:time start of the Monday on which the week begins, UTC",
    "shift:str early, late or night",
    "cell:str the cell, as row:column of the grid",
    "day:int day on which the shift began, 0 Monday to 6 Sunday",
    "officer_id:str! keyed pseudonym",
    "seconds:float time there, seconds",
    "telling:int 0 the first time that the week was told, then 1, …",
)

DENSITY_TIME = table(
    "density_time",
    "officer's time in a closed week by square, so that late data of others is not all computed anew",
    "week:time start of the Monday on which the week begins, UTC",
    "officer_id:str! keyed pseudonym",
    "due:bool whether the officer's legs changed since",
    "parts:str time by shift, square and rest: packed numbers",
)
