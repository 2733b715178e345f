"""The value of every figure for each of many areas, in one pass over the summary tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..columns import MODES
from ..filter_state import FilterState
from ..summaries.zones import ROLE_LABELS
from .kept import any_events, any_time, kept_events, kept_presence, kept_time, kept_visits, seconds_of
from .summary_tables import Hours, Material

NAN = float("nan")
KIND_OF = {"incidents": "incident", "crimes": "crime", "searches": "stop_search"}


def values_by_area(
    material: Material, state: FilterState, areas: Sequence[str]
) -> list[tuple[dict[str, float], float]]:
    """The value of every figure for each area by itself, and its km²: as ``values_of`` of :mod:`.figures`, in one pass for all."""
    chosen = pd.Index(areas)
    found = _time_by_area(material, state, chosen)
    for more in (_presence_by_area, _visits_by_area, _events_by_area):
        found.update(more(material, state, chosen))
    km2 = dict(zip(material.areas["area_id"], material.areas["km2"]))
    return [({k: float(v[i]) for k, v in found.items()}, float(km2.get(a, 0.0))) for i, a in enumerate(chosen)]


def _sums(hours: Hours, keep: Any, areas: pd.Index, values: dict[str, Any]) -> dict[str, Any]:
    """Sums over kept rows by area; `values` are of all rows."""
    rows = np.flatnonzero(keep & hours.among("area_id", tuple(areas))) if len(areas) else np.empty(0, dtype=np.intp)
    column = hours.table["area_id"]
    at = areas.get_indexer(column.cat.categories)[column.cat.codes.to_numpy()[rows]]
    return {
        n: np.bincount(at, weights=np.asarray(v, dtype=np.float64)[rows], minlength=len(areas))
        for n, v in values.items()
    }


def _per(part: Any, whole: Any) -> Any:
    """A share of something; NaN of nothing."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), NAN)


def _time_by_area(material: Material, state: FilterState, areas: pd.Index) -> dict[str, Any]:
    hours, keep = material.time_use, kept_time(material, state)
    everything = float(seconds_of(hours.table[keep & hours.among("area_id", ROLE_LABELS)], state.modes).sum())
    own = keep & ~hours.among("activity", ("police_site",))
    values = {"chosen": seconds_of(hours.table, state.modes), "whole": hours.table["officer_seconds"]}
    sums = _sums(hours, own, areas, {**values, **{m: hours.table[f"{m}_seconds"] for m in MODES}})
    there = everything > 0
    return {
        "share": 100 * sums["chosen"] / everything if there else np.full(len(areas), NAN),
        "officer_hours": sums["chosen"] / 3600 if there else np.full(len(areas), NAN),
        **{m: np.full(len(areas), NAN) if state.modes else 100 * _per(sums[m], sums["whole"]) for m in MODES},
    }


def _presence_by_area(material: Material, state: FilterState, areas: pd.Index) -> dict[str, Any]:
    hours, keep = material.cover, kept_presence(material, state)
    if keep is None or not len(hours.table) or not any_time(material, state):
        return dict.fromkeys(("cover_hours", "officers"), np.full(len(areas), NAN))
    officers = hours.table["officers"].to_numpy()
    sums = _sums(
        hours, keep, areas, {"cover": hours.table["patrol_seconds"], "officers": officers, "hours": officers > 0}
    )
    return {"cover_hours": sums["cover"] / 3600, "officers": _per(sums["officers"], sums["hours"])}


def _visits_by_area(material: Material, state: FilterState, areas: pd.Index) -> dict[str, Any]:
    hours = material.visits
    if state.modes or not len(hours.table) or not any_time(material, state):
        return dict.fromkeys(("visits", "visit_minutes"), np.full(len(areas), NAN))
    keep = kept_visits(hours, state, tuple(areas))
    sums = _sums(hours, keep, areas, {n: hours.table[n] for n in ("visits", "seconds")})
    return {"visits": sums["visits"], "visit_minutes": _per(sums["seconds"], sums["visits"]) / 60}


def _events_by_area(material: Material, state: FilterState, areas: pd.Index) -> dict[str, Any]:
    hours, nothing = material.events, np.full(len(areas), NAN)
    if not len(hours.table):
        return dict.fromkeys((*KIND_OF, "found"), nothing)
    keep, found = kept_events(material, state), {}
    for key, kind in KIND_OF.items():
        mine = hours.among("kind", (kind,))
        told = (not state.kinds or kind in state.kinds) and any_events(material, state, kind)
        found[key] = _sums(hours, keep & mine, areas, {"n": hours.table["expected"]})["n"] if told else nothing
    searched = keep & hours.among("kind", ("stop_search",))
    sums = _sums(hours, searched, areas, {n: hours.table[n] for n in ("found", "outcome_known")})
    return {**found, "found": 100 * _per(sums["found"], sums["outcome_known"])}
