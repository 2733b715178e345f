"""Events by area, civil period, kind and category; time windows shared over the periods they span."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..areas import epochs, points_in_areas, with_roles
from ..columns import require
from ..errors import TimeError
from ..params import EventCountParams
from ..times.instants import nanoseconds
from ..times.periods import civil_periods

_PRECISION = {"minute": 0, "hour": 1, "day": 2, "month": 3}
_PERIOD = {"hour": 1, "day": 2, "week": 2, "month": 3, "all": 9}


def events_in_areas(
    events: pd.DataFrame, areas: pd.DataFrame, params: EventCountParams = EventCountParams()
) -> pd.DataFrame:
    """Count events by area × civil period × kind × category.

    An event whose time is a window is shared over the periods it spans (aoristic analysis, Ratcliffe & McCullagh 1998):
    22:00–04:00 gives each of six hours a sixth.

    Parameters
    ----------
    events : DataFrame, the events table; withdrawn versions and rows without a place take no part
    areas : DataFrame, the areas table; an event counts in each area that holds it while the area counts, by the start of its
        window; in one of role ``rest`` only where no other area holds it (:mod:`~ia_plugin.core.areas`)
    params : EventCountParams

    Returns
    -------
    DataFrame ``area_id, period, kind, category, key_type, events, expected``: `events` counts by the start of the window,
    `expected` shares it. ``attrs["counted"]`` counts the events that lie in areas, each once, ``attrs["not_counted"]`` those
    without a place and in no area.

    Raises
    ------
    TimeError
        where the times are coarser than the period asked for (month-only data has no hours).
    """
    require(events, ("event_id", "kind", "category", "start", "end", "time_precision", "x", "y"), "events")
    current = current_events(events)
    coarse = current["time_precision"].map(_PRECISION).fillna(0) > _PERIOD[params.period]
    if coarse.any():
        worst = current.loc[coarse, "time_precision"].iloc[0]
        raise TimeError(
            f"{int(coarse.sum()):,} of {len(current):,} events tell the {worst} only, so they have no {params.period}.",
            f"Ask for the period {worst!r}, or leave these events out.",
        )
    placed = current[current["x"].notna() & current["y"].notna()]
    which, area = _placed(placed, areas, params.timezone)
    columns = ["area_id", "period", "kind", "category", "key_type", "events", "expected"]
    if not len(which):
        table = pd.DataFrame({c: pd.Series(dtype=object) for c in columns})
    else:
        table = _counted(placed.iloc[which], area, params)[columns]
    once = len(np.unique(which))
    table.attrs.update(
        counted=once, not_counted={"no place": len(current) - len(placed), "in no area": len(placed) - once}
    )
    return table


def _placed(events: pd.DataFrame, areas: pd.DataFrame, timezone: str) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """(row of event, id of area) pairs."""
    ready, _ = with_roles(areas)
    x, y = (events[c].to_numpy(dtype=np.float64) for c in ("x", "y"))
    start = nanoseconds(events["start"])
    rows, ids = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=object)]
    for first, last, valid in epochs(ready, int(start.min()), int(start.max()) + 1, timezone) if len(events) else ():
        some = np.flatnonzero((start >= first) & (start < last))
        at, area = points_in_areas(x[some], y[some], valid)
        rows.append(some[at])
        ids.append(valid["area_id"].to_numpy(dtype=object)[area])
    return np.concatenate(rows), np.concatenate(ids)


def current_events(events: pd.DataFrame) -> pd.DataFrame:
    """The latest version of each event, withdrawn ones left out."""
    latest = events
    if "version" in events.columns:
        latest = events.sort_values("version", kind="stable").drop_duplicates(["kind", "event_id"], keep="last")
    if "status" in latest.columns:
        latest = latest[latest["status"] != "withdrawn"]
    return latest


def _counted(events: pd.DataFrame, area: np.ndarray, params: EventCountParams) -> pd.DataFrame:  # type: ignore[type-arg]
    start, end = (nanoseconds(events[c]) for c in ("start", "end"))
    end = np.maximum(end, start)
    periods = civil_periods(int(start.min()), int(end.max()) + 1, params.period, params.timezone)
    which, period, begin, stop = periods.cut(start, end)
    span = (end - start)[which]
    share = np.where(span > 0, (stop - begin) / np.maximum(span, 1), 1.0)
    key = events["key_type"] if "key_type" in events.columns else pd.Series(None, index=events.index, dtype=object)
    parts = pd.DataFrame(
        {
            "area_id": area[which],
            "period": period,
            "kind": events["kind"].to_numpy()[which],
            "category": events["category"].to_numpy()[which],
            "key_type": key.fillna("").to_numpy()[which],
            "events": np.r_[True, which[1:] != which[:-1]].astype(np.int64),
            "expected": share,
        }
    )
    table = (
        parts.groupby(["area_id", "period", "kind", "category", "key_type"], sort=True)[["events", "expected"]]
        .sum()
        .reset_index()
    )
    table["period"] = periods.starts()[table["period"]]
    table["key_type"] = table["key_type"].replace("", None)
    return table
