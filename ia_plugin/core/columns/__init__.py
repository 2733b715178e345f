"""The data dictionary: which columns each table has, of what kind, in what unit (standard library only).

Stages check their input against it, layers get typed fields from it, and imports keep what it names and nothing else.
"""

from .areas import (
    AREAS,
    COVER,
    COVER_BY_GROUP,
    COVERAGE,
    DENSITY,
    DENSITY_PARTS,
    ENOUGH_OFFICERS,
    GROUP_PARTS,
    GROUP_TIME,
    OFFICER_TIME,
    OFFICERS_SEEN,
    PRESENCE,
    TIME_USE,
    TIME_USE_BY_GROUP,
    VISIT_BANDS,
    VISIT_LENGTHS,
    VISIT_LENGTHS_BY_GROUP,
)
from .declaration import Column, Table
from .dictionary import PERSONAL, TABLES, refuse_personal, require
from .evaluation import BALANCE, RATES, RESULTS, TRIAL_DAYS
from .events import EVENT_CELLS, EVENT_OFFICERS, EVENT_POINTS, EVENTS
from .labels import ALL, AREA_ROLES, KNOWN_MODES, MODES, MODES_AND_BICYCLE, RESOURCE_NOT_KNOWN, UNIT_NOT_KNOWN
from .movement import DUTIES, FIXES, GAPS, LEG_AREAS, LEGS, POSTINGS, RADIOS, STAYS, TRACKS, VISITS
from .records import ABOUT, NOTES, REJECTS, RUNS, SOURCES

__all__ = [
    "ABOUT",
    "ALL",
    "AREAS",
    "AREA_ROLES",
    "BALANCE",
    "COVER",
    "COVERAGE",
    "COVER_BY_GROUP",
    "DENSITY",
    "DENSITY_PARTS",
    "DUTIES",
    "ENOUGH_OFFICERS",
    "EVENTS",
    "EVENT_CELLS",
    "EVENT_OFFICERS",
    "EVENT_POINTS",
    "FIXES",
    "GAPS",
    "GROUP_PARTS",
    "GROUP_TIME",
    "KNOWN_MODES",
    "LEGS",
    "LEG_AREAS",
    "MODES",
    "MODES_AND_BICYCLE",
    "NOTES",
    "OFFICERS_SEEN",
    "OFFICER_TIME",
    "PERSONAL",
    "POSTINGS",
    "PRESENCE",
    "RADIOS",
    "RATES",
    "REJECTS",
    "RESOURCE_NOT_KNOWN",
    "RESULTS",
    "RUNS",
    "SOURCES",
    "STAYS",
    "TABLES",
    "TIME_USE",
    "TIME_USE_BY_GROUP",
    "TRACKS",
    "TRIAL_DAYS",
    "UNIT_NOT_KNOWN",
    "VISITS",
    "VISIT_BANDS",
    "VISIT_LENGTHS",
    "VISIT_LENGTHS_BY_GROUP",
    "Column",
    "Table",
    "refuse_personal",
    "require",
]
