"""Which rows of each summary table a filter keeps, areas aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..columns import ALL
from ..filter_state import FilterState
from .summary_tables import Hours, Material, kept_moments


def kept_time(material: Material, state: FilterState) -> Any:
    """Rows of time_use that a filter keeps, areas aside (bool, n)."""
    return _of_groups(material.time_use, state)


def seconds_of(table: pd.DataFrame, modes: Sequence[str] = ()) -> Any:
    """Officer seconds of rows, of some modes where they are named."""
    if not modes:
        return table["officer_seconds"].to_numpy(dtype=np.float64)
    return table[[f"{m}_seconds" for m in modes]].to_numpy(dtype=np.float64).sum(axis=1)


def margin(state: FilterState) -> Optional[dict[str, str]]:
    """Which stored grouping of the cover table tells it under a filter; None where none does."""
    chosen = state.groups
    if state.modes or len(chosen) > 1 or any(len(values) > 1 for values in chosen.values()):
        return None
    if not set(chosen) <= {"unit", "resource_type"}:
        return None
    return {
        "unit": state.units[0] if state.units else ALL,
        "resource_type": state.resources[0] if state.resources else ALL,
    }


def kept_cover(material: Material, state: FilterState) -> Any:
    """Rows of the cover table that tell it under a filter, areas aside; None where no stored grouping does."""
    grouping = margin(state)
    if grouping is None:
        return None
    hours = material.cover
    keep: Any = hours.when(state)
    for name, value in grouping.items():
        keep = keep & hours.among(name, (value,))
    return keep


def kept_visits(material: Material, state: FilterState) -> Any:
    """Rows of visit_lengths that a filter keeps, areas aside: by the hour of entry; a visit has no one mode.

    None where they are of a department or a role, which are not told of visits.
    """
    if not set(state.groups) <= set(material.visits.table.columns):
        return None
    return _of_groups(material.visits, state)


def _of_groups(hours: Hours, state: FilterState) -> Any:
    keep = hours.when(state)
    for dimension, values in state.groups.items():
        keep = keep & hours.among(dimension, values)
    return keep


def kept_events(material: Material, state: FilterState) -> Any:
    """Rows of the event cells that a filter keeps, areas aside; records too coarse in time for it take no part."""
    hours = material.events
    keep = hours.when(state) & hours.among("kind", state.kinds) & hours.among("category", state.categories)
    return keep & hours.among("key_type", state.key_types) & hours.among("precision", state.precisions)


def any_time(material: Material, state: FilterState) -> bool:
    """Whether officers' time is known under a filter, modes aside; published tables tell no units apart (see `by_group`)."""
    if material.groups is not None and state.groups:
        return False
    return bool(len(material.time_use.moments)) and bool(kept_moments(material.time_use.moments, state).any())
