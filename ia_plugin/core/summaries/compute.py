"""Material computed from legs in one go: what a store's refresh lays up day by day."""

from __future__ import annotations

from typing import Optional

import pandas as pd

from ..material.summary_tables import Material
from ..params import PresenceParams, SummaryParams
from ..presence import stays, time_in_areas, visits
from ..progress import Progress, part, silent
from .cover import cover
from .time_use import laid_out
from .visit_lengths import visit_lengths
from .zones import headline_ground, with_roles, within_validity


def computed_material(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    events: Optional[pd.DataFrame] = None,
    *,
    postings: Optional[pd.DataFrame] = None,
    event_officers: Optional[pd.DataFrame] = None,
    rules: Optional[pd.DataFrame] = None,
    notes: Optional[pd.DataFrame] = None,
    method: PresenceParams = PresenceParams(bounds="none"),
    timezone: str = "Europe/London",
    progress: Progress = silent,
) -> Material:
    """The material of every figure, from the tables of the method.

    Parameters
    ----------
    legs : the legs table, classified where modes are to be told
    areas : the areas table
    events, postings, notes : the tables, where there are any; ``officer_ids`` of events name officers,
        or `event_officers` does
    rules : see :func:`~ia_plugin.core.activity.default_rules`
    """
    summary = SummaryParams(period="hour", timezone=timezone)
    cells, seen = laid_out(
        legs,
        areas,
        events,
        postings=postings,
        event_officers=event_officers,
        rules=rules,
        method=method,
        summary=summary,
        progress=part(progress, 0.0, 0.6),
    )
    ready, _ = with_roles(areas)
    ground = headline_ground(ready)
    shared, stayed = time_in_areas(legs, ground, method, progress=part(progress, 0.6, 0.8)), stays(legs, ground)
    there = within_validity(cover(legs, ground, shared, stayed, summary), ready, timezone)
    been = within_validity(visits(legs, ground, shared, stayed), ready, timezone, "enter") if len(legs) else None
    progress(1.0)
    return Material.of(
        areas,
        cells,
        cover=there,
        visit_lengths=visit_lengths(been, legs, timezone) if been is not None else None,
        officers_seen=seen,
        events=events,
        notes=notes,
        timezone=timezone,
    )
