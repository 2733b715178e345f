"""Time of areas between visits, cut into pieces by how long ago the last visit ended, and events among them.

Visits are merged by area: who came, and in how many, is gone before anything is counted. Time is known where officers' time was
observed; after a gap nobody knows when the last visit was, so that until the next one has ended there is no "since", and before a gap
there is no "until".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Ints, Rows
from ..errors import DataRangeError
from ..times.civil import pandas_zone
from ..times.instants import instants, nanoseconds
from ..times.periods import civil_periods
from ..words import number
from .trial_schedule import DAY_BEGINS

MINUTE_NS = 60 * 10**9
HOUR_S = 3_600.0
_NONE = -1


class Stretches(NamedTuple):
    """Disjoint stretches of one area in order of time, ns: those of visits, and those of which officers' time is known."""

    enter: Ints
    leave: Ints
    begin: Ints
    end: Ints


class Place(NamedTuple):
    """Where moments stand among visits: known and outside one; inside one; ns since the last ended and until the next (−1: not known)."""

    outside: Bools
    inside: Bools
    since: Ints
    until: Ints


@dataclass(frozen=True, eq=False)
class Pieces:
    """Time or events outside visits, a row each.

    Attributes
    ----------
    area, day, hour_of_week : position of the area, number of the operational day, 0 to 167
    since, until : band since the last visit ended and until the next begins; −1 where not known
    amount : hours, or events
    """

    area: Rows
    day: Rows
    hour_of_week: Rows
    since: Rows
    until: Rows
    amount: Floats

    def where(self, rows: Bools) -> Pieces:
        """Some of the rows."""
        return Pieces(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Clock:
    """Hours lived, with the hour of the week and the operational day of each."""

    edges: Ints
    hour_of_week: Rows
    day: Rows

    def at(self, moments: Ints) -> Rows:
        """The hour of each moment."""
        return np.asarray(np.searchsorted(self.edges, moments, side="right") - 1)


def clock_of(first: int, last: int, timezone: str) -> Clock:
    """Hours from one moment to another (ns, UTC); operational days begin at 06:00 by the clock.

    >>> clock = clock_of(*(pd.Timestamp(t, tz="UTC").value for t in ("2024-03-30 05:00", "2024-04-01 07:00")), "Europe/London")
    >>> np.bincount(clock.day)[:3].tolist()  # the night in which March loses an hour
    [1, 23, 24]
    """
    periods = civil_periods(first, last, "hour", timezone)
    wall = instants(periods.edges[:-1]).tz_convert(pandas_zone(timezone)).tz_localize(None)
    day = (wall - pd.Timedelta(hours=DAY_BEGINS)).to_numpy(dtype="datetime64[D]").astype(np.int64)
    week = np.asarray(wall.day_of_week * 24 + wall.hour, dtype=np.intp)
    return Clock(periods.edges, week, np.asarray(day - day.min(), dtype=np.intp))


def merged(begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The union of intervals as disjoint ones in order of time; those that touch are one.

    >>> [part.tolist() for part in merged(np.array([5, 1, 2]), np.array([6, 3, 5]))]
    [[1], [6]]
    """
    order = np.argsort(begin, kind="stable")
    begin, reach = begin[order], np.maximum.accumulate(end[order])
    head = np.flatnonzero(np.r_[True, begin[1:] > reach[:-1]][: len(begin)])
    return begin[head], reach[np.r_[head[1:], len(begin)][: len(head)] - 1]


def observed_hours(legs: pd.DataFrame) -> pd.DataFrame:
    """The hours in which anyone's time is known, joined, as ``start, end``.

    Parameters
    ----------
    legs : ``start, end`` of pieces of officers' time

    >>> legs = pd.DataFrame({"start": ["2024-06-03T10:20Z"], "end": ["2024-06-03T11:05Z"]}).apply(pd.to_datetime)
    >>> [f"{t:%H:%M}" for t in observed_hours(legs).iloc[0]]
    ['10:00', '12:00']
    """
    hour = 60 * MINUTE_NS
    begin, end = merged(nanoseconds(legs["start"]), nanoseconds(legs["end"]))
    begin, end = merged(begin // hour * hour, -(-end // hour) * hour)
    return pd.DataFrame({"start": instants(begin), "end": instants(end)})


def stretches_of(
    visits: pd.DataFrame, known: tuple[Ints, Ints], ids: Sequence[str], counted: tuple[Ints, Ints], least_s: float
) -> list[Stretches]:
    """Of each area its visits of at least `least_s` seconds, merged, and the known time in which the area counts.

    Raises
    ------
    DataRangeError
        for visits that end before they begin.
    """
    enter, leave = nanoseconds(visits["enter"]), nanoseconds(visits["leave"])
    if (leave < enter).any():
        raise DataRangeError(f"{int((leave < enter).sum()):,} visits end before they begin.", "Compute visits anew.")
    area = pd.Index(ids).get_indexer(visits["area_id"].astype(str))
    long = (area >= 0) & (leave - enter >= least_s * 1e9)
    order = np.flatnonzero(long)[np.argsort(area[long], kind="stable")]
    parts = np.searchsorted(area[order], np.arange(len(ids) + 1))
    found = []
    for k in range(len(ids)):
        own = order[parts[k] : parts[k + 1]]
        begin, end = np.maximum(known[0], counted[0][k]), np.minimum(known[1], counted[1][k])
        some = end > begin
        found.append(Stretches(*merged(enter[own], leave[own]), begin[some], end[some]))
    return found


def place_of(moments: Ints, among: Stretches) -> Place:
    """Where moments (n,) stand among an area's visits; a visit holds the moment of its beginning and not that of its end.

    >>> one = Stretches(*(np.array(v) for v in ([10, 40], [20, 50], [0], [100])))
    >>> found = place_of(np.array([5, 10, 20, 39, 60]), one)
    >>> found.outside.tolist(), found.since.tolist(), found.until.tolist()
    ([True, False, True, True, True], [-1, -1, 0, 19, 10], [5, -1, 20, 1, -1])
    """
    window = np.searchsorted(among.begin, moments, side="right") - 1
    within = (window >= 0) & (moments < np.r_[among.end, 0][window])
    last = np.searchsorted(among.leave, moments, side="right") - 1
    low, high = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    left = np.r_[among.leave, low][last]
    coming = np.r_[among.enter, high][last + 1]
    inside = within & (coming <= moments)
    outside = within & ~inside
    since_known = outside & (last >= 0) & (left >= np.r_[among.begin, high][window])
    until_known = outside & (last + 1 < len(among.enter)) & (coming <= np.r_[among.end, low][window])
    since = np.where(since_known, moments - np.where(since_known, left, 0), _NONE)
    until = np.where(until_known, np.where(until_known, coming, 0) - moments, _NONE)
    return Place(outside, inside, since, until)


def pieces_of_time(
    areas: Sequence[Stretches], clock: Clock, since: Floats, until: Floats
) -> tuple[Pieces, tuple[float, float]]:
    """Known time outside visits in pieces that cross no edge, and (hours inside visits, hours of which no last visit is known).

    Parameters
    ----------
    areas : stretches of each
    clock : hours and operational days
    since, until : minutes at which bands begin, 0 first
    """
    steps, back = ((np.asarray(edges[1:]) * MINUTE_NS).astype(np.int64) for edges in (since, until))
    rows, inside, unknown = [], 0.0, 0.0
    for k, among in enumerate(areas):  # an area at a time: its year is a few ten thousand pieces
        after, before = _within_breaks(among, steps, back)
        edges = np.unique(np.concatenate([clock.edges, *among, after, before]))
        begin, hours = edges[:-1], np.diff(edges) / 1e9 / HOUR_S
        found = place_of(begin, among)
        inside += float(hours[found.inside].sum())
        unknown += float(hours[found.outside & (found.since < 0)].sum())
        some = found.outside & ((found.since >= 0) | (found.until >= 0))
        rows.append(_pieces(k, begin[some], _some(found, some), hours[some], clock, (since, until)))
    return _joined(rows), (inside, unknown)


def pieces_of_events(
    moments: Ints, area: Rows, areas: Sequence[Stretches], clock: Clock, since: Floats, until: Floats
) -> tuple[Pieces, dict[str, int]]:
    """Events (n,) outside visits as pieces of amount 1, and how many had no place there, by why."""
    order = np.argsort(area, kind="stable")
    parts = np.searchsorted(area[order], np.arange(len(areas) + 1))
    rows, left = [], {"inside": 0, "no last visit": 0, "not observed": 0}
    for k, among in enumerate(areas):
        own = order[parts[k] : parts[k + 1]]
        found = place_of(moments[own], among)
        some = found.outside & ((found.since >= 0) | (found.until >= 0))
        left["inside"] += int(found.inside.sum())
        left["no last visit"] += int((found.outside & (found.since < 0)).sum())
        left["not observed"] += int((~found.outside & ~found.inside).sum())
        rows.append(_pieces(k, moments[own[some]], _some(found, some), np.ones(int(some.sum())), clock, (since, until)))
    return _joined(rows), left


def band_names(edges_min: Floats) -> list[str]:
    """Bands in words.

    >>> band_names(np.array([0, 30, 60, 240, 1440]))
    ['first 30 min', '30–60 min', '1–4 h', '4–24 h', '24 h or more']
    """
    names = []
    for begin, end in zip(edges_min, [*edges_min[1:], np.inf]):
        unit, size = ("h", 60) if begin >= 60 else ("min", 1)
        if end == np.inf:
            names.append(f"{number(begin / size)} {unit} or more")
        elif begin == 0:
            unit, size = ("h", 60) if end > 60 else ("min", 1)
            names.append(f"first {number(end / size)} {unit}")
        else:
            names.append(f"{number(begin / size)}–{number(end / size)} {unit}")
    return names


# --- parts ------------------------------------------------------------------------------------------------------------


def _within_breaks(among: Stretches, steps: Ints, back: Ints) -> tuple[Ints, Ints]:
    """Moments at which bands since a visit, and until the next, change; none beyond the break between the two."""
    high, low = np.iinfo(np.int64).max, np.iinfo(np.int64).min
    after = among.leave[:, None] + steps[None]
    before = among.enter[:, None] - back[None]
    following, earlier = (
        np.r_[among.enter[1:], high][: len(among.leave)],
        np.r_[low, among.leave[:-1]][: len(among.enter)],
    )
    return after[after < following[:, None]], before[before > earlier[:, None]]


def _some(found: Place, rows: Bools) -> Place:
    return Place(found.outside[rows], found.inside[rows], found.since[rows], found.until[rows])


def _pieces(k: int, begin: Ints, found: Place, amount: Floats, clock: Clock, edges: tuple[Floats, Floats]) -> Pieces:
    hour = clock.at(begin)
    since, until = ((np.asarray(e) * MINUTE_NS).astype(np.int64) for e in edges)
    # A piece that begins a band's length before the next visit runs within that band: its end is the nearer one.
    return Pieces(
        np.full(len(begin), k, dtype=np.intp), clock.day[hour], clock.hour_of_week[hour],
        np.where(found.since >= 0, np.searchsorted(since, found.since, side="right") - 1, _NONE),
        np.where(found.until >= 0, np.searchsorted(until, found.until, side="left") - 1, _NONE),
        amount,
    )  # fmt: skip


def _joined(rows: Sequence[Pieces]) -> Pieces:
    return Pieces(*(np.concatenate([getattr(r, name) for r in rows]) for name in Pieces.__dataclass_fields__))


__all__ = [
    "Clock",
    "Pieces",
    "Place",
    "Stretches",
    "band_names",
    "clock_of",
    "merged",
    "observed_hours",
    "pieces_of_events",
    "pieces_of_time",
    "place_of",
    "stretches_of",
]
