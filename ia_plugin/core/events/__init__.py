"""Crimes, incidents and searches: public files read as they come, and counts by area and period."""

from .area_events import events_in_areas
from .extracts import read_extract, read_records
from .police_uk import EventReport, is_police_uk, read_police_uk

__all__ = ["EventReport", "events_in_areas", "is_police_uk", "read_extract", "read_police_uk", "read_records"]
