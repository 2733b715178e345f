"""Cover and distinct officers by hour: they do not add over units or resource types, so each grouping is computed anew."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ..columns import COVER
from ..params import SummaryParams
from ..presence.by_period import presence

# What a grouping leaves out reads "(all)".
GROUPINGS = ((), ("unit",), ("resource_type",))


def cover(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    leg_areas: pd.DataFrame,
    stays: pd.DataFrame,
    params: SummaryParams = SummaryParams(),
) -> pd.DataFrame:
    """Time with at least one officer there, and distinct officers, by area × period: of all, by unit, by resource type.

    Parameters
    ----------
    legs, areas, leg_areas, stays, params : as of :func:`~ia_plugin.core.presence.presence`

    Returns
    -------
    DataFrame, the cover table.
    """
    groups = [("area_id", "period", *g) for g in GROUPINGS]
    found = [presence(legs, areas, leg_areas, stays, replace(params, groups=g)) for g in groups]
    return pd.concat(found, ignore_index=True)[list(COVER.names)]
