"""In which class each area is drawn on the map: classes that keep their meaning on any filter, so that two maps can be held side by side.

What grows with the length of the period is divided by the hours of the frame: officer hours ÷ hours is officers on average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..errors import ParameterError
from ..filter_state import FilterState
from ..material.measure_list import BY_KEY, OF_EVENTS
from ..material.measures import Measured
from ..material.summary_tables import Material, closed, kept_moments
from ..nouns import UNITS
from ..sentence import joined, phrase, sentence
from ..words import capitalised, number
from .area_rows import side_by_side

NOT_KNOWN = -1
HUNDRED = 100.0


@dataclass(frozen=True)
class Scale:
    """Four breaks between five classes, in `unit`; `per` the hours of the frame that a value is for (0: the value as it is)."""

    unit: str
    breaks: tuple[float, float, float, float]
    per: float = 0.0

    def labels(self) -> tuple[str, ...]:
        """ "under 0.02", "0.02–0.05", …, "0.2 and more"."""
        ends = [_plain(b) for b in self.breaks]
        return (
            sentence("under {n}", n=ends[0]),
            *(f"{a}–{b}" for a, b in zip(ends, ends[1:])),
            sentence("{n} and more", n=ends[-1]),
        )


_SHARES = Scale("%", (10.0, 25.0, 50.0, 75.0))
SCALES = {
    "officer_hours": Scale(phrase("officers per km², on average"), (0.02, 0.05, 0.1, 0.2), 1.0),
    "cover_hours": Scale(phrase("hours with any officer per km², of 100"), (1.0, 5.0, 10.0, 25.0), HUNDRED),
    "visits": Scale(phrase("visits per km² in 100 hours"), (5.0, 10.0, 20.0, 50.0), HUNDRED),
    "visit_minutes": Scale("min", (5.0, 10.0, 20.0, 40.0)),
    "officers": Scale(phrase("officers there at once, on average"), (1.2, 1.5, 2.0, 3.0)),
    "foot": _SHARES,
    "vehicle": _SHARES,
    "bicycle": _SHARES,
    "stationary": _SHARES,
    "unknown": _SHARES,
    "incidents": Scale(phrase("incidents per km² in 100 hours"), (2.0, 5.0, 10.0, 20.0), HUNDRED),
    "crimes": Scale(phrase("crimes per km² in 100 hours"), (2.0, 5.0, 10.0, 20.0), HUNDRED),
    "searches": Scale(phrase("stops and searches per km² in 100 hours"), (0.2, 0.5, 1.0, 2.0), HUNDRED),
    "found": Scale("%", (10.0, 20.0, 30.0, 50.0)),
}


@dataclass(frozen=True, eq=False)
class MapClasses:
    """The class of each area: 0 to 4, or `NOT_KNOWN`.

    Attributes
    ----------
    key : of the measure
    area_ids, values, classes, whys : of each area; values in the unit of the scale
    title, labels : of the legend
    """

    key: str
    area_ids: tuple[str, ...]
    values: Floats
    classes: NDArray[np.int64]
    whys: tuple[str, ...]
    title: str
    labels: tuple[str, ...]


def map_classes(material: Material, state: FilterState, key: str, areas: Measured) -> MapClasses:
    """The classes of every area under a filter.

    Parameters
    ----------
    key : of a measure that is told of single areas
    areas : measures of every area under the filter
    """
    if key not in SCALES:
        raise ParameterError(
            sentence("There is no map of {key!r}.", key=key),
            sentence("Maps are of {scales}.", scales=", ".join(SCALES)),
        )
    scale, measure = SCALES[key], BY_KEY[key]
    values, _, _, whys = side_by_side(areas, measure)
    if scale.per:
        hours = frame_hours(material, state, of_events=key in OF_EVENTS)
        values = values * scale.per / hours if hours else np.full(len(values), np.nan)
    classes = np.where(np.isfinite(values), np.digitize(values, scale.breaks), NOT_KNOWN).astype(np.int64)
    ids = tuple(p.label for p in areas.places)
    title = measure.label if scale.unit in ("%", "min") else capitalised(scale.unit)
    title = joined(", ", (title, UNITS.get(scale.unit, scale.unit))) if scale.unit in ("%", "min") else title
    return MapClasses(key, ids, values, classes, tuple(whys), title, scale.labels())


def frame_hours(material: Material, state: FilterState, *, of_events: bool = False) -> float:
    """Hours that a filter keeps: of officers' time those with data, of events those of its days."""
    if not of_events:
        return float(kept_moments(material.time_use.moments, state).sum())
    whole = closed(state, material.events.moments)
    if whole.first is None or whole.last is None:
        return 0.0
    return sum((end - begin).total_seconds() for begin, end in whole.spans()) / 3600


def _plain(value: float) -> str:
    return number(value, "") if value >= 1 else str(value)


__all__ = ["NOT_KNOWN", "SCALES", "MapClasses", "Scale", "frame_hours", "map_classes"]
