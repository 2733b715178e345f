"""Tables that answer questions, put together from the stages of the method."""

from .area_totals import SITES_IN, SITES_OUT, AreaTotals, area_totals
from .event_cells import event_cells
from .time_use import time_use

__all__ = ["SITES_IN", "SITES_OUT", "AreaTotals", "area_totals", "event_cells", "time_use"]
