"""Coverage: how much of officers' time was observed at all, by civil period, unit and resource type."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from .arrays import Bools
from .columns import RESOURCE_NOT_KNOWN, UNIT_NOT_KNOWN, require
from .params import SummaryParams
from .times.instants import nanoseconds
from .times.periods import Periods, civil_periods

_LABELS = {"unit": UNIT_NOT_KNOWN, "resource_type": RESOURCE_NOT_KNOWN}
_KEYS = ["period", "unit", "resource_type"]


def coverage(
    legs: pd.DataFrame,
    gaps: pd.DataFrame,
    params: SummaryParams = SummaryParams(),
    duties: Optional[pd.DataFrame] = None,
) -> pd.DataFrame:
    """Observed and unobserved officer time by period × unit × resource type.

    Parameters
    ----------
    legs, gaps : tables of :mod:`ia_plugin.core.tracks`, from the same fixes
    params : SummaryParams; ``period`` and ``timezone`` are used
    duties : optional duties table; adds ``officers_on_duty``, whether seen or not

    Returns
    -------
    DataFrame ``period, unit, resource_type, observed_s, unobserved_s, silent_same_place_s, officers_seen`` and, with
    `duties`, ``officers_on_duty`` (of the period, in all units). Silence between two turns of duty is left out.
    ``silent_same_place_s`` is part of ``unobserved_s``.
    """
    require(legs, ("officer_id", "start", "end"), "legs")
    require(gaps, ("officer_id", "start", "end", "reason"), "gaps")
    silent = gaps[gaps["reason"] != "between_duties"]
    if not len(legs) and not len(silent):
        names = [*_KEYS, "observed_s", "unobserved_s", "silent_same_place_s", "officers_seen"]
        return pd.DataFrame({n: pd.Series(dtype=object if n in _KEYS[1:] else np.float64) for n in names})
    spans = [nanoseconds(t[c]) for t in (legs, silent) for c in ("start", "end") if len(t)]
    edges = civil_periods(
        int(min(s.min() for s in spans)), int(max(s.max() for s in spans)), params.period, params.timezone
    )
    seen, quiet = _parts(legs, edges), _parts(silent, edges, same=silent["reason"].eq("silent_same_place").to_numpy())
    table = pd.DataFrame(
        {
            "observed_s": seen.groupby(_KEYS)["seconds"].sum(),
            "unobserved_s": quiet.groupby(_KEYS)["seconds"].sum(),
            "silent_same_place_s": quiet[quiet["same"]].groupby(_KEYS)["seconds"].sum(),
            "officers_seen": seen.groupby(_KEYS)["officer_id"].nunique(),
        }
    ).fillna(0.0)
    table["officers_seen"] = table["officers_seen"].astype(np.int64)
    table = table.reset_index()
    table["period"] = edges.starts()[table["period"]]
    if duties is not None:
        table["officers_on_duty"] = (
            _on_duty(duties, edges).reindex(table["period"]).fillna(0).astype(np.int64).to_numpy()
        )
    return table


def _parts(table: pd.DataFrame, edges: Periods, same: Optional[Bools] = None) -> pd.DataFrame:
    start, end = (nanoseconds(table[c]) for c in ("start", "end"))
    which, period, begin, stop = edges.cut(start, end)
    parts = pd.DataFrame(
        {
            "period": period,
            "seconds": (stop - begin) / 1e9,
            "officer_id": table["officer_id"].astype(object).to_numpy()[which],
        }
    )
    for name, missing in _LABELS.items():
        column = (
            table[name].astype(object).fillna(missing).to_numpy()
            if name in table.columns
            else np.full(len(table), missing, dtype=object)
        )
        parts[name] = column[which]
    parts["same"] = (np.zeros(len(table), dtype=bool) if same is None else same)[which]
    return parts


def _on_duty(duties: pd.DataFrame, edges: Periods) -> pd.Series:
    """Distinct officers on duty by start of the period."""
    require(duties, ("officer_id", "start", "end"), "duties")
    low, high = edges.edges[0], edges.edges[-1]
    start, end = (np.clip(nanoseconds(duties[c]), low, high) for c in ("start", "end"))
    inside = np.flatnonzero(end > start)
    which, period, _, _ = edges.cut(start[inside], end[inside])
    officers = pd.Series(duties["officer_id"].to_numpy()[inside][which])
    counted = officers.groupby(period).nunique()
    counted.index = edges.starts()[counted.index]
    return counted
