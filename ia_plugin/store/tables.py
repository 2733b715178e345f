"""Where each table of a store rests, and by which columns it is searched."""

from __future__ import annotations

from .folder import RESTRICTED as RESTRICTED
from .folder import SUMMARY as SUMMARY

# Which file a table rests in; what tells of single officers never enters the summary.
SUMMARY_TABLES = (
    "areas", "cover", "time_use", "officers_seen", "visit_lengths", "events", "area_events", "notes", "quality", "about",
)  # fmt: skip
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "fixes": (("time",), ("officer_id", "time"), ("local_weekday", "local_hour")),
    "legs": (("start",), ("officer_id", "start"), ("local_weekday", "local_hour"), ("leg_id",)),
    "tracks": (("start",), ("officer_id",)),
    "gaps": (("start",), ("end",), ("officer_id",)),
    "visits": (("enter",), ("area_id", "enter"), ("local_weekday", "local_hour")),
    "events": (("start",), ("kind", "event_id"), ("local_weekday", "local_hour")),
    "cover": (("period",),),
    "time_use": (("period",), ("area_id", "period")),
    "officers_seen": (("period",),),
    "visit_lengths": (("period",), ("area_id", "period")),
    "postings": (("officer_id", "valid_from"),),
    "duties": (("officer_id", "start"),),
    "event_officers": (("event_id",), ("officer_id",)),
    "sources": (("hash",),),
}
