"""The material of figures, computed from legs in one go: where there is no store to read it from."""

from __future__ import annotations

from typing import Optional

import pandas as pd

from ..movement.likely_shares import spread_of
from ..progress import Progress, silent
from ..summaries.compute import ForceFacts, by_area_day, by_officers, publish
from .summary_tables import Material


def computed_material(
    legs: pd.DataFrame, facts: ForceFacts, *, notes: Optional[pd.DataFrame] = None, progress: Progress = silent
) -> Material:
    """The material of every figure, of legs computed in one go.

    Parameters
    ----------
    legs : the legs table, classified where time is wanted by mode
    facts : of the force
    notes : the notes table
    """
    tables = publish(by_area_day([by_officers(legs, facts, progress=progress)]))
    progress(1.0)
    time_use = tables.pop("time_use")
    spread = spread_of(facts.model) if facts.model is not None else None
    return Material.of(
        facts.prepared,
        time_use,
        **tables,
        events=facts.events,
        notes=notes,
        timezone=facts.timezone,
        share_spread=spread,
    )
