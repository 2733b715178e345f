"""Crimes, incidents and searches: public files read as they come, and counts by area and period."""

from .counting import events_in_areas
from .police_uk import EventReport, read_police_uk

__all__ = ["EventReport", "events_in_areas", "read_police_uk"]
