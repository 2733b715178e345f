"""Who was where, for how long: legs to time in areas, to stays, to presence by period and group."""

from ..params import PresenceParams, SummaryParams
from .entering import stays
from .grouping import presence
from .sharing import time_in_areas

__all__ = ["PresenceParams", "SummaryParams", "presence", "stays", "time_in_areas"]
