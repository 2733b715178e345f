"""Hours on foot, in a vehicle, stopped, and of unknown mode."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..columns import UNIT_NOT_KNOWN, require
from ..times.civil import pandas_zone
from ..times.periods import civil_periods
from ..words import MODE_WORDS, amount, share_of

HOURS = ("foot_hours", "vehicle_hours", "stationary_hours", "unknown_hours")
CYCLING = "bicycle_hours"  # only where the model was calibrated with bicycles


def time_by_mode(legs: pd.DataFrame, timezone: str = "Europe/London") -> pd.DataFrame:
    """Observed officer hours by unit, hour of the day and mode.

    Parameters
    ----------
    legs : DataFrame from :func:`~ia_plugin.core.movement.classify_movement`; ``unit`` is used where present
    timezone : civil time of the hours; a leg that crosses an hour is cut there

    Returns
    -------
    DataFrame: ``unit``, ``hour`` (0…23), the four of HOURS and ``observed_hours``, their sum. The time of a leg whose
    mode is known is shared by its probabilities; that of the others is ``unknown_hours``. Units alphabetical.
    """
    require(legs, ("start", "end", "p_foot", "p_vehicle", "p_stationary", "mode"), "legs")
    hours_of = (*HOURS, *((CYCLING,) if "p_bicycle" in legs.columns else ()))
    names = ["unit", "hour", *hours_of, "observed_hours"]
    zone = pandas_zone(timezone)
    if not len(legs):
        kinds = {n: "float64" for n in names} | {"unit": "object", "hour": "int64"}
        return pd.DataFrame({n: pd.Series(dtype=k) for n, k in kinds.items()})
    start, end = (
        pd.to_datetime(legs[c], utc=True).dt.tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
        for c in ("start", "end")
    )
    periods = civil_periods(int(start.min()), int(end.max()), "hour", timezone)
    first, last = periods.index(start), periods.index(np.maximum(end - 1, start))
    parts = last - first + 1
    row = np.repeat(np.arange(len(legs)), parts)
    period = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    inside = np.minimum(end[row], periods.edges[period + 1]) - np.maximum(start[row], periods.edges[period])
    hours = np.maximum(inside, 0) / 3.6e12
    known = legs["mode"].to_numpy()[row] != "unknown"
    shares = [f"p_{name[: -len('_hours')]}" for name in hours_of if name != "unknown_hours"]
    share = legs[shares].to_numpy()[row] * known[:, None]
    unit = (
        legs["unit"].astype(object).fillna(UNIT_NOT_KNOWN)
        if "unit" in legs.columns
        else pd.Series(UNIT_NOT_KNOWN, index=legs.index)
    )
    known_hours = [name for name in hours_of if name != "unknown_hours"]
    table = pd.DataFrame(share * hours[:, None], columns=known_hours).assign(
        unknown_hours=hours * ~known,
        observed_hours=hours,
        unit=unit.to_numpy()[row],
        hour=pd.to_datetime(periods.edges[period], utc=True).tz_convert(zone).hour,
    )
    found = table.groupby(["unit", "hour"], as_index=False)[[*hours_of, "observed_hours"]].sum()
    return found[names]


def time_in_words(table: pd.DataFrame) -> str:
    """One sentence of :func:`time_by_mode`: the share of observed time by mode, "cannot tell" among them."""
    total = float(table["observed_hours"].sum())
    if not total:
        return "No movement was observed."
    shown = [h for h in (*HOURS[:3], CYCLING, HOURS[3]) if h in table.columns]
    parts = [f"{share_of(table[h].sum(), total)} {MODE_WORDS[h[: -len('_hours')]]}" for h in shown]
    return f"Of {amount(total, 'observed officer hours')}: {', '.join(parts)}."
