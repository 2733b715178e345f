"""Who was where, for how long: legs to time in areas, to stays, to presence by period and group."""

from ..params import PresenceParams, SummaryParams, VisitParams
from .entering import stays
from .grouping import presence
from .likely import in_words, likely_range, total_sd
from .rhythm import rhythm, time_by_mode_in_areas
from .sharing import time_in_areas
from .visiting import dwell_bands, visits

__all__ = [
    "PresenceParams",
    "SummaryParams",
    "VisitParams",
    "dwell_bands",
    "in_words",
    "likely_range",
    "presence",
    "rhythm",
    "stays",
    "time_by_mode_in_areas",
    "time_in_areas",
    "total_sd",
    "visits",
]
