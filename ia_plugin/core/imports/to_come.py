"""Moments that are still to come when a file is read: no officer was anywhere then, and nothing can have happened."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from ..arrays import Bools
from ..params import ImportParams

AHEAD = timedelta(days=1)  # time zones, and clocks that differ: a moment so far ahead may be now
FUTURE = "a time that is still to come"
FUTURE_REMEDY = "Check whether days and months were exchanged, and the clocks of the system the file comes from and of this machine."
END_TO_COME = "ends are still to come: no end is known"
CHANGE_TO_COME = "times of recording or change are still to come and do not count"


def still_to_come(times: pd.Series, params: ImportParams) -> Bools:
    """Where moments (UTC, n) are later than any can be (bool, n); nowhere where the moment of the import is not known.

    >>> times = pd.Series(pd.to_datetime(["2024-06-03T06:00Z", "2031-06-03T06:00Z", None], utc=True))
    >>> still_to_come(times, ImportParams(latest=pd.Timestamp("2024-06-04T06:00Z"))).tolist()
    [False, True, False]
    """
    if params.latest is None:
        return np.zeros(len(times), dtype=bool)
    return np.asarray(times > params.latest, dtype=bool)
