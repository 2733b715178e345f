"""Presence by hour with the margins that do not follow from its rows: cover and distinct officers do not add."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ..params import SummaryParams
from .grouping import presence

# Each is computed anew; what a grouping leaves out reads "(all)".
MARGINS = (("unit",), ("resource_type",), ())
_KEYS = ("area_id", "period", "unit", "resource_type", "mode")


def presence_with_margins(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    leg_areas: pd.DataFrame,
    stays: pd.DataFrame,
    params: SummaryParams = SummaryParams(),
) -> pd.DataFrame:
    """The presence table with further rows by unit, by resource type and over all; see :func:`.presence`."""
    tables = [presence(legs, areas, leg_areas, stays, params)]
    for margin in MARGINS:
        tables.append(presence(legs, areas, leg_areas, stays, replace(params, groups=("area_id", "period", *margin))))
    # Where nothing is known of units, resources and modes two groupings say the same.
    return pd.concat(tables, ignore_index=True).drop_duplicates(list(_KEYS), keep="last", ignore_index=True)
