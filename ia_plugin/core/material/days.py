"""The civil days of a filter: which it asks, which have data of officers' time, and for how long each area counts in them."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..areas import validity
from ..filter_state import FilterState, day_in_words
from ..sentence import joined, phrase
from ..summaries.ground_size import mean_km2
from ..times.civil import from_civil, pandas_zone
from ..times.instants import instants, nanoseconds
from .summary_tables import Material, closed, kept_moments

Days = NDArray[np.datetime64]
WHOLE_DAYS: Any = {"hour_from": 0, "hour_to": 24}
DAY = np.timedelta64(1, "D")


def civil_days(moments: NDArray[np.int64], state: FilterState) -> NDArray[np.datetime64]:
    """Civil day that moments (ns) belong to: after midnight, of hours that wrap it, the evening's."""
    local = instants(moments).tz_convert(pandas_zone(state.timezone))
    days = local.tz_localize(None).to_numpy().astype("datetime64[D]")
    early = state.wraps & (np.asarray(local.hour) < state.hour_to)
    return np.asarray(days - early * DAY)


def hours_of_week(moments: NDArray[np.int64], timezone: str) -> NDArray[np.intp]:
    """Hour of the civil week of moments (ns), 0 for Monday 00:00."""
    local = instants(moments).tz_convert(pandas_zone(timezone))
    return np.asarray(local.day_of_week * 24 + local.hour, dtype=np.intp)


def weekdays_of(days: Days) -> NDArray[np.int64]:
    """Weekday of civil days, Monday 0.

    >>> weekdays_of(np.array(["2024-06-03", "2024-06-09"], dtype="datetime64[D]")).tolist()
    [0, 6]
    """
    return np.asarray((days.astype(np.int64) + 3) % 7)  # 1 Jan 1970 was a Thursday


def days_asked(state: FilterState) -> NDArray[np.datetime64]:
    """The civil days that a filter keeps, of a period with both ends."""
    days = np.arange(np.datetime64(state.first, "D"), np.datetime64(state.last, "D") + 1)
    return days[np.isin(weekdays_of(days), state.weekdays)]


def as_of_in_words(material: Material) -> str:
    """The last moment of the data in civil time: "5 Jul 2024, 07:00"."""
    if material.as_of is None:
        return phrase("not known")
    at = pd.Timestamp(material.as_of).tz_convert(pandas_zone(material.timezone))
    return joined(", ", (day_in_words(at.date()), f"{at:%H:%M}"))


def days_of_data(material: Material, state: FilterState) -> int:
    """Number of civil days of a period with any time of officers; hours past midnight belong to the evening's day."""
    moments = material.time_use.moments
    kept = moments[kept_moments(moments, state)] if len(moments) else moments
    return len(np.unique(civil_days(kept, state)))


def day_spans(state: FilterState) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First moment and end (ns) of what a filter keeps of each day that it asks; a night belongs to its evening."""
    days = pd.DatetimeIndex(days_asked(state).astype("datetime64[ns]"))
    begin, end = (
        nanoseconds(pd.Series(from_civil(days + pd.Timedelta(hours=hour), state.timezone)))
        for hour in (state.hour_from, state.hour_to + (24 if state.wraps else 0))
    )
    return begin, end


def days_counted(material: Material, state: FilterState) -> Optional[pd.Series]:
    """On how many of the days asked each area counts, by its validity, for a part of their hours at least; None for an open period.

    Returns
    -------
    Series of days by ``area_id``.
    """
    if state.first is None or state.last is None:
        return None
    return material.memo.once(("days_counted", state.when), lambda: _days_counted(material, state))


def _spans_of(material: Material, state: FilterState) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """As :func:`day_spans`, once for a filter."""
    return material.memo.once(("spans", state.when), lambda: day_spans(state))


def _days_counted(material: Material, state: FilterState) -> pd.Series:
    begin, end = _spans_of(material, state)
    first, last = material.memo.once(("validity", state.timezone), lambda: validity(material.areas, state.timezone))
    days = ((end[None, :] > first[:, None]) & (begin[None, :] < last[:, None])).sum(axis=1)
    return pd.Series(days.astype(int), index=material.areas["area_id"].to_numpy())


def ground_of(material: Material, state: FilterState) -> dict[str, float]:
    """Mean ground, km², that each area and each role had in the time that a filter keeps: an area counts while it is valid.

    Roles are cut out of each other anew whenever an area comes or goes.
    """
    whole = closed(state, material.time_use.moments)
    spans = material.ground
    if not spans:
        return {}
    if whole.first is None or whole.last is None or len(spans) == 1:
        return dict(spans[-1].km2)
    return dict(material.memo.once(("ground", whole.when), lambda: mean_km2(spans, *_spans_of(material, whole))))
