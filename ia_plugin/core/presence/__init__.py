"""Who was where, for how long: legs to time in areas, to stays, to presence by period and group."""

from ..params import PresenceParams, SummaryParams, VisitParams
from .entering import stays
from .grouping import presence
from .sharing import time_in_areas
from .visiting import dwell_bands, visits

__all__ = [
    "PresenceParams",
    "SummaryParams",
    "VisitParams",
    "dwell_bands",
    "presence",
    "stays",
    "time_in_areas",
    "visits",
]
