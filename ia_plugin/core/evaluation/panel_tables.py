"""The tables that a panel is made of: time and events by place and period, from the tables by hour of a summary."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..activity.rules import LINKED
from ..arrays import Bools, Floats, Ints, Rows
from ..columns import ALL, COVER, MODES_AND_BICYCLE, PRESENCE, TIME_USE, require
from ..empty import empty_table
from ..errors import DataRangeError, TimeError
from ..material.records import PARTS
from ..material.summary_tables import Material
from ..params import PanelParams
from ..times.instants import nanoseconds
from ..times.periods import Periods
from ..words import so_many
from .panel_periods import FINE_ENOUGH

HOUR_S = 3600.0
LINKED_ACTIVITIES = tuple(name for name, _ in LINKED)
AT_SITES = ("police_site",)
"""Time at police sites inside an area: no part of its hours, as in all other outputs; it stands beside, as an activity."""
EVENT_KEYS = ("kind", "category", "key_type", "generated_by")


def as_time_use(table: Optional[pd.DataFrame]) -> tuple[pd.DataFrame, Optional[pd.DataFrame]]:
    """A time_use table, and cover where a presence table tells it."""
    if table is None or not len(table):
        return empty_table(TIME_USE), None
    if "activity" in table.columns:
        require(table, ("area_id", "period", "activity", "officer_seconds"), "time_use")
        defaults = {"variance": 0.0, "systematic": 0.0, "unit": ALL, "resource_type": ALL}
        return table.assign(**{k: v for k, v in defaults.items() if k not in table.columns}), None
    require(table, PRESENCE.required, "presence")
    table = _once(table)
    seconds = table["officer_seconds"].to_numpy(dtype=np.float64)
    mode = table["mode"].astype(str).to_numpy()
    spread = np.nan_to_num(table["officer_seconds_sd"].to_numpy(dtype=np.float64))
    time = table[["area_id", "period", "unit", "resource_type"]].assign(
        department=ALL, officer_role=ALL, activity="not_known", officer_seconds=seconds, variance=spread**2, systematic=0.0,
        **{f"{m}_seconds": np.where(mode == m, seconds, 0.0) for m in MODES_AND_BICYCLE},
    )  # fmt: skip
    areas_only = time[time["area_id"].astype(str) != ALL].reset_index(drop=True)
    if not (mode == ALL).all() or not (table["unit"] == ALL).all() or not (table["resource_type"] == ALL).all():
        return areas_only, None
    return areas_only, table[[c for c in COVER.names if c in table.columns]].reset_index(drop=True)


def _once(table: pd.DataFrame) -> pd.DataFrame:
    """A presence table in which each second stands once: margins "(all)" go where their parts are there too.

    Raises
    ------
    DataRangeError
        for two rows of one area, period, unit, resource type and mode, or time of less than none.
    """
    keys = ["area_id", "period", "unit", "resource_type", "mode"]
    out = table.assign(period=pd.to_datetime(table["period"], utc=True))
    for name in keys[2:]:
        whole = (out[name] == ALL).to_numpy()
        if whole.any() and not whole.all():
            out = out[~whole]
    if out.duplicated(keys).any():
        raise DataRangeError(
            f"{int(out.duplicated(keys).sum()):,} rows of presence repeat the area, period, unit, resource type and mode of another.",
            "Give each once: two tables were joined, or one was read twice.",
        )
    if (out["officer_seconds"] < 0).any():
        raise DataRangeError("Some officer seconds are below 0.", "Give numbers of 0 or more.")
    return out


def time_table(material: Material, periods: Periods, ids: pd.Index) -> pd.DataFrame:
    """Time use by place, period, unit, resource type and activity."""
    hours = material.time_use
    inside, period, cell = _cell(hours.table, hours.moments[hours.at], periods, ids)
    amounts = ["officer_seconds", "variance", "systematic", *(c for c in _mode_columns(hours.table))]
    keys = ["area_id", "unit", "resource_type", "activity"]
    part = hours.table.loc[inside, [*keys, *amounts]].assign(at=period, cell=cell)
    found = part.groupby([*keys, "at", "cell"], sort=True, observed=True)[amounts].sum().reset_index()
    found.insert(1, "period", periods.starts()[found.pop("at").to_numpy(dtype=np.intp)])
    out = found[["area_id", "period", *keys[1:], "cell"]].astype({k: object for k in keys})
    for name in amounts:
        values = found[name].to_numpy(dtype=np.float64)
        if name == "variance":
            out["officer_hours_variance"] = values / HOUR_S**2
        elif name == "systematic":
            out["officer_hours_systematic"] = values / HOUR_S
        else:
            out[name.replace("seconds", "hours")] = values / HOUR_S
    return out


def group_table(material: Material, periods: Periods, ids: pd.Index) -> Optional[pd.DataFrame]:
    """Hours of whole closed months by one dimension at a time, where the tables by hour are published and tell no groups apart."""
    if material.groups is None:
        return None
    table = material.groups
    inside, period, cell = _cell(table, nanoseconds(table["month"]), periods, ids)
    keys = ["area_id", "dimension", "value"]
    part = table.loc[inside, [*keys, "officer_seconds"]].assign(at=period, cell=cell)
    found = part.groupby([*keys, "at", "cell"], sort=True)["officer_seconds"].sum().reset_index()
    found.insert(1, "period", periods.starts()[found.pop("at").to_numpy(dtype=np.intp)])
    return found.assign(officer_hours=found.pop("officer_seconds") / HOUR_S)


def event_table(
    material: Material, periods: Periods, ids: pd.Index, params: PanelParams
) -> tuple[pd.DataFrame, list[str]]:
    hours, fine = material.events, FINE_ENOUGH[params.period]
    inside, period, cell = _cell(hours.table, hours.moments[hours.at], periods, ids)
    keys = ["area_id", *EVENT_KEYS]
    part = hours.table.loc[inside, [*keys, "precision", "events", "expected"]].assign(at=period, cell=cell)
    coarse = ~part["precision"].isin(fine).to_numpy()
    warnings: list[str] = []
    if coarse.any():
        once = part["area_id"].isin(PARTS).to_numpy()
        left = int(part.loc[coarse & once, "events"].sum())
        if coarse.all():
            raise TimeError(
                f"All {left:,} events tell the {part['precision'].astype(str).iloc[0]} only, so they have no {params.period}.",
                "Ask for the period 'month'." if params.period != "month" else "Give events with times.",
            )
        warnings.append(so_many(left, f"events tell their time too coarsely for a {params.period}: they take no part."))
        part = part[~coarse]
    found = part.groupby([*keys, "at", "cell"], sort=True, observed=True)[["events", "expected"]].sum().reset_index()
    found.insert(1, "period", periods.starts()[found.pop("at").to_numpy(dtype=np.intp)])
    return found.astype({k: object for k in keys}), warnings


def hours_of_cells(
    material: Material, time: pd.DataFrame, periods: Periods, ids: pd.Index, shape: tuple[int, int]
) -> dict[str, Floats]:
    """Sums of hours by cell: of all, linked, by mode, and of patrol."""
    size = shape[0] * shape[1]
    own = time[(time["cell"] >= 0) & ~time["activity"].isin(AT_SITES)]
    names = [c for c in own.columns if c.endswith(("hours", "_variance", "_systematic"))]
    out = {n: sums_at(own["cell"], own[n], size) for n in names}
    linked = own[own["activity"].isin(LINKED_ACTIVITIES)]
    out["linked_hours"] = sums_at(linked["cell"], linked["officer_hours"], size)
    cover = material.cover
    if "cover" in material.without or not len(cover.table):
        out["patrol_hours"] = np.full(size, np.nan)
        return out
    whole = cover.among("unit", (ALL,)) & cover.among("resource_type", (ALL,))
    inside, _, cell = _cell(cover.table, cover.moments[cover.at], periods, ids)
    some = np.asarray(whole)[inside] & (cell >= 0)
    seconds = cover.table["patrol_seconds"].to_numpy(dtype=np.float64)[inside]
    out["patrol_hours"] = sums_at(cell[some], seconds[some], size) / HOUR_S
    return out


def observed_share(coverage: Optional[pd.DataFrame], periods: Periods) -> Floats:
    """Observed officer time of the force ÷ observed and unobserved, by period; NaN where nothing is given."""
    n = len(periods.edges) - 1
    if coverage is None or not len(coverage):
        return np.full(n, np.nan)
    require(coverage, ("period", "observed_s", "unobserved_s"), "coverage")
    moments = nanoseconds(coverage["period"])
    inside = (moments >= periods.edges[0]) & (moments < periods.edges[-1])
    at = periods.index(moments[inside])
    seen, unseen = (np.bincount(at, coverage.loc[inside, c], n) for c in ("observed_s", "unobserved_s"))
    return np.where(seen + unseen > 0, seen / np.where(seen + unseen > 0, seen + unseen, 1.0), np.nan)


def _cell(table: pd.DataFrame, moments: Ints, periods: Periods, ids: pd.Index) -> tuple[Bools, Rows, Rows]:
    """Which rows lie in the panel's time, and their period and cell; −1 for places that are no area."""
    n = len(periods.edges) - 1
    inside = (moments >= periods.edges[0]) & (moments < periods.edges[-1])
    period = periods.index(moments[inside])
    labels = table["area_id"].astype("category").cat
    area = ids.get_indexer(labels.categories.astype(str))[labels.codes.to_numpy()[inside]]
    return inside, period, np.where(area >= 0, area * n + period, -1)


def sums_at(at: Rows | pd.Series, values: Floats | pd.Series, size: int) -> Floats:
    """Sums of values by position (size,)."""
    weights = np.asarray(values, dtype=np.float64)
    return np.bincount(np.asarray(at, dtype=np.intp), weights, minlength=size).astype(np.float64)


def _mode_columns(table: pd.DataFrame) -> list[str]:
    return [f"{m}_seconds" for m in MODES_AND_BICYCLE if f"{m}_seconds" in table.columns]
