"""How finely a time is told: a moment, a day, a month; and the marks for what was not written."""

from __future__ import annotations

import numpy as np

NO_TIME, MONTH, DAY, MOMENT = 0, 1, 2, 3
"""What a written time tells, uint8: nothing, its month, its day, or the moment itself."""

NAIVE = np.int16(-32768)
"""Stands for "no offset was written" in an array of offsets (minutes east of UTC)."""

NAT = np.iinfo(np.int64).min
"""The missing value of ``datetime64``, as a whole number."""
