"""Who was where, for how long: legs to time in areas, to stays, to presence by period and group."""

from ..params import PresenceParams, SummaryParams, VisitParams
from .area_visits import dwell_bands, visits
from .by_period import presence
from .leg_areas import time_in_areas
from .likely import likely_range
from .straight_stays import stays
from .visit_rhythm import rhythm

__all__ = [
    "PresenceParams",
    "SummaryParams",
    "VisitParams",
    "dwell_bands",
    "likely_range",
    "presence",
    "rhythm",
    "stays",
    "time_in_areas",
    "visits",
]
