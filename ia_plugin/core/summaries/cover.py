"""Cover and distinct officers by hour: they do not add over units or resource types, so each grouping is computed anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import numpy as np
import pandas as pd

from ..areas import prepare_areas
from ..arrays import Bools, Floats
from ..columns import ALL, COVER
from ..distinct import distinct
from ..empty import empty_table
from ..params import SummaryParams
from ..presence.parts import CutLegs, Facts, Parts, Stays
from ..times.instants import instants
from ..times.intervals import cover_seconds
from .grains import fine
from .time_cells import rows_alike

# What a grouping leaves out reads "(all)".
GROUPINGS = ((), ("unit",), ("resource_type",))
SPANS = ("area_id", "period", "unit", "resource_type", "officer_id", "start", "end", "p", "seen")


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
    return cover_of(cover_spans(legs, prepare_areas(areas)[0], leg_areas, stays, params))


def cover_spans(
    legs: pd.DataFrame, ready: pd.DataFrame, leg_areas: pd.DataFrame, stays: pd.DataFrame, params: SummaryParams
) -> pd.DataFrame:
    """When each officer was in each prepared area, and how likely: what cover is made of, whoever else was there.

    Returns
    -------
    DataFrame ``area_id, period, unit, resource_type, officer_id, start, end, p, seen``: `period`, `start` and `end` in ns
    (UTC), `p` the probability of being there throughout, `seen` whether the row counts its officer. Tells of single officers.
    """
    if not len(legs):
        return pd.DataFrame(columns=list(SPANS))
    cut = CutLegs.of(Facts.of(legs, ready, params), legs, leg_areas, stays, params)
    parts, stay = cut.parts, cut.stay
    lasts = np.maximum((parts.end - parts.start) / 1e9, 1e-9)
    there = parts.seconds > 0
    likely = np.clip(parts.seconds / lasts, 0.0, 1.0)
    if cut.bridge is not None:
        return _listed(cut, legs, parts, there, p=likely[there], seen=True)
    # A straight line enters and leaves at moments that are known; what is shared of it says who was seen.
    spans = _listed(cut, legs, stay, np.ones(len(stay.leg), dtype=bool), p=1.0, seen=False)
    return pd.concat([spans, _listed(cut, legs, parts, there, p=0.0, seen=True)], ignore_index=True)


def _listed(
    cut: CutLegs, legs: pd.DataFrame, rows: Union[Parts, Stays], keep: Bools, **more: Union[Floats, float, bool]
) -> pd.DataFrame:
    leg, facts = rows.leg[keep], cut.facts
    words = {n: np.asarray(facts.dimensions[n][1], dtype=object)[facts.dimensions[n][0][leg]] for n in SPANS[2:4]}
    table = {
        "area_id": np.asarray(facts.area_index, dtype=object)[rows.area[keep]],
        "period": facts.periods.edges[rows.period[keep]],
        **words,
        "officer_id": legs["officer_id"].to_numpy(dtype=object)[leg],
        "start": rows.start[keep],
        "end": rows.end[keep],
    }
    return pd.DataFrame({**table, **more}, columns=list(SPANS))


def cover_of(spans: pd.DataFrame, groupings: Sequence[tuple[str, ...]] = GROUPINGS) -> pd.DataFrame:
    """The cover table of the spans of all officers together: ∫(1 − Π(1 − p))dt, and who was seen, each once."""
    if not len(spans):
        return empty_table(COVER)
    start, end = (spans[c].to_numpy(dtype=np.int64) for c in ("start", "end"))
    p, seen = spans["p"].to_numpy(dtype=np.float64), spans["seen"].to_numpy(dtype=bool)
    officer = np.asarray(pd.factorize(spans["officer_id"])[0], dtype=np.int64)
    tables = []
    for group in groupings:
        first, row = rows_alike(spans, ("area_id", "period", *group))
        table = spans.iloc[first][["area_id", "period", "unit", "resource_type"]].reset_index(drop=True)
        table = table.assign(**{n: ALL for n in ("unit", "resource_type") if n not in group})
        table["period"] = instants(table["period"].to_numpy(dtype=np.int64))
        table["patrol_seconds"] = fine(cover_seconds(row, start, end, p, len(first)))
        table["officers"] = distinct(row[seen], officer[seen], len(first))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)[list(COVER.names)]
