"""How much ground rates are about: of areas that come or go the mean over the time in question, at every door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from ..arrays import Floats, Ints
from ..times.civil import pandas_zone
from .zones import Grounds, epochs, grounds, headline_ground


@dataclass(frozen=True)
class GroundSpan:
    """A span of time (ns, UTC) in which the same areas count, and the ground of each of them and of each role, km², by label."""

    begin: int
    end: int
    km2: dict[str, float]


def km2_of(ground: Grounds) -> dict[str, float]:
    """Ground of each area without police sites, and of each role, km², by label."""
    pieces = ground.pieces
    km2 = pd.Series(shapely.area(pieces["geometry"].to_numpy(dtype=object)) / 1e6, index=pieces.index)
    own = pieces["label"].notna() & ~pieces["site"].astype(bool)
    of_areas = km2[own].groupby(pieces.loc[own, "label"].astype(str)).sum()
    of_roles = km2.groupby(pieces["part"]).sum()
    return {str(label): float(v) for label, v in (*of_areas.items(), *of_roles.items())}


def ground_spans(ready: pd.DataFrame, ground: Grounds, timezone: str) -> tuple[GroundSpan, ...]:
    """The spans of all time in which the same areas count.

    Parameters
    ----------
    ready : areas that :func:`~ia_plugin.core.areas.with_roles` has been through
    ground : theirs, for areas that always count
    """
    always = np.iinfo(np.int64)
    spans = list(epochs(ready, always.min, always.max, timezone))
    if len(spans) == 1:
        return (GroundSpan(*spans[0][:2], km2_of(ground)),)
    return tuple(GroundSpan(a, b, km2_of(grounds(some)) if len(some) else {}) for a, b, some in spans)


def mean_km2(spans: Sequence[GroundSpan], begin: Ints, end: Ints) -> dict[str, float]:
    """Mean ground by label over some time, given as stretches from `begin` to `end` (ns, UTC); an area that does not count has none.

    Examples
    --------
    One square kilometre that counts for the second half of a time is half a one.

    >>> spans = [GroundSpan(0, 50, {}), GroundSpan(50, 100, {"a": 1.0})]
    >>> mean_km2(spans, np.array([0]), np.array([100]))
    {'a': 0.5}
    """
    shares = _shares(spans, begin, end)
    labels = {label: None for span in spans for label in span.km2}
    return {label: float(sum(w * s.km2.get(label, 0.0) for w, s in zip(shares, spans))) for label in labels}


def _shares(spans: Sequence[GroundSpan], begin: Ints, end: Ints) -> Floats:
    """Which share of a time lies in each span."""
    first, last = (np.array([getattr(s, n) for s in spans], dtype=np.int64) for n in ("begin", "end"))
    inside = np.minimum(end[None, :], last[:, None]) - np.maximum(begin[None, :], first[:, None])
    whole = float((end - begin).sum())
    return np.maximum(inside, 0).sum(axis=1) / whole if whole > 0 else np.zeros(len(spans))


def km2_in_days_of(legs: pd.DataFrame, ready: pd.DataFrame, timezone: str) -> dict[str, float]:
    """Mean ground of each area, police sites too, over the civil days from the first leg to the last; over all time without legs."""
    begin, end = _days_of(legs, timezone)
    spans = [GroundSpan(a, b, km2_of_areas(some)) for a, b, some in epochs(ready, int(begin[0]), int(end[0]), timezone)]
    return mean_km2(spans, begin, end) if len(legs) else km2_of_areas(ready)


def _days_of(legs: pd.DataFrame, timezone: str) -> tuple[Ints, Ints]:
    if not len(legs):
        return np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
    first = legs["start"].min().tz_convert(pandas_zone(timezone)).normalize()
    last = (legs["end"].max() - pd.Timedelta(1, "ns")).tz_convert(pandas_zone(timezone)).normalize()
    edges = (first, last + pd.DateOffset(days=1))
    begin, end = (np.array([e.tz_convert("UTC").value], dtype=np.int64) for e in edges)
    return begin, end


def km2_of_areas(areas: pd.DataFrame) -> dict[str, float]:
    """Ground of each area without police sites, and of each site, km², by id."""
    if not len(areas):
        return {}
    ground = headline_ground(areas)
    km2 = shapely.area(ground["geometry"].to_numpy(dtype=object)) / 1e6
    return {str(area): float(size) for area, size in zip(ground["area_id"], km2)}


__all__ = ["GroundSpan", "ground_spans", "km2_in_days_of", "km2_of", "km2_of_areas", "mean_km2"]
