"""Where each table of a store rests, and by which columns it is searched."""

from __future__ import annotations

from .folder import RESTRICTED as RESTRICTED
from .folder import SUMMARY as SUMMARY

EVENT_COUNTS = "event_counts"  # setting: "due" while events or areas are not those that the summary counts by
ROOM = "summary_room"  # setting: "due" while something moved out of the summary may stand in its free room
PURGED = "purged_before"  # setting: what is older is gone in part, so months with some of it stay as they are told
# Which file a table rests in; what tells of single officers never enters the summary.
SUMMARY_TABLES = (
    "areas", "cover", "time_use", "visit_lengths", "enough_officers", "group_time", "visit_bands", "density", "event_cells", "event_points",
    "notes", "figures", "flags", "quality", "about", "governance", "trial_days",
)  # fmt: skip
MONTHS = {
    "fixes": "time",
    "legs": "start",
    "tracks": "start",
    "gaps": "start",
    "visits": "enter",
}  # tables so large that they are handled by months, and the time that divides them
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "fixes": (("time",), ("officer_id", "time"), ("local_weekday", "local_hour")),
    "legs": (("start",), ("officer_id", "start"), ("local_weekday", "local_hour")),
    "tracks": (("start",), ("officer_id",)),
    "gaps": (("start",), ("end",), ("officer_id",)),
    "visits": (("enter",), ("area_id", "enter"), ("local_weekday", "local_hour")),
    "events": (("start",), ("kind", "event_id"), ("local_weekday", "local_hour")),
    "cover": (("period",),),
    "time_use": (("period",), ("area_id", "period")),
    "visit_lengths": (("period",), ("area_id", "period")),
    "enough_officers": (("period",),),
    "time_use_by_group": (("period",),),
    "cover_by_group": (("period",),),
    "visit_lengths_by_group": (("period",),),
    "officers_seen": (("period",),),
    "officer_time": (("period",),),
    "density": (("week",),),
    "density_parts": (("week",),),
    "density_time": (("week",),),
    "event_cells": (("period",),),
    "event_points": (("start",), ("local_weekday", "local_hour")),
    "postings": (("officer_id", "valid_from"),),
    "duties": (("officer_id", "start"),),
    "event_officers": (("event_id",), ("officer_id",)),
    "sources": (("hash",),),
    "trial_days": (("schedule",),),
    "pending_words": (("mark",),),
    "recurring_words": (("mark",),),
    "waiting_rows": (("mark",),),
    "figures": (("number",),),
    "flags": (("figure",),),
}
