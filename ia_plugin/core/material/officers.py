"""How many officers stand behind figures: which groups may be shown separately hangs on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..filter_state import DAYS, FilterState
from ..times.civil import pandas_zone
from .summary_tables import Material


def most_officers(material: Material, state: FilterState, dimension: str) -> pd.DataFrame:
    """How many officers at the least were seen at each place by group: the most of any day of the period.

    Days that the filter leaves out say nothing of those it keeps; hours of the day are not asked.
    """
    table = material.officers
    first, last = replace(state, hour_from=0, hour_to=24).edges()
    keep = (table["dimension"] == dimension).to_numpy(dtype=bool, copy=True)
    if first is not None:
        keep &= (table["period"] >= pd.Timestamp(first)).to_numpy()
    if last is not None:
        keep &= (table["period"] < pd.Timestamp(last)).to_numpy()
    if len(state.weekdays) < len(DAYS) and len(table):
        days = pd.DatetimeIndex(table["period"]).tz_convert(pandas_zone(state.timezone)).day_of_week
        keep &= np.isin(days, state.weekdays)
    return table[keep].groupby(["area_id", "value"], as_index=False)["officers"].max()
