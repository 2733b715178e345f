"""One officer-day as it may be looked at: reports in order, what joins each to the next, rests that may be at home left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from .arrays import Bools
from .density.home_rests import REST_M, home_rests
from .geometry.possible_ground import possible_ground
from .params import TrackParams
from .times.civil import moment_of
from .times.instants import nanoseconds

NEAR_HOME_M = 500.0  # the way to a doorstep tells of it too
REPORTED, GAP, LEFT_OUT, LAST = "reported", "gap", "left out", ""
"""What joins a report to the next shown: observed time, a silence, reports that are not shown, nothing."""
COLUMNS = ("time", "x", "y", "accuracy_m", "link", "seconds", "source")
CAVEAT = (
    "Dots are radio reports; the link is not the route. Not evidence of where an officer was or what they could see."
)


@dataclass(frozen=True)
class Journey:
    """An officer-day.

    Attributes
    ----------
    officer_day : its label, which joins it to no other day
    day : civil day, ISO
    timezone : IANA name
    fixes : `COLUMNS`, by time: UTC, metres, what joins a report to the next and the seconds to it (missing of the last), where it stands in the source
    left_out : reports of rests that may be at home, and of the way to them
    any_sites : whether police sites are known; without them a rest at one is left out too
    before, after : whether the turn came from the day before, and goes on after midnight
    """

    officer_day: str
    day: str
    timezone: str
    fixes: pd.DataFrame
    left_out: int = 0
    any_sites: bool = True
    before: bool = False
    after: bool = False

    def ground(self, step: int, max_speed_ms: float = TrackParams().max_speed_ms) -> shapely.Polygon:
        """Where the officer may have been between a report and the next; empty for the last one and where reports are left out."""
        if not 0 <= step < len(self.fixes) - 1 or self.fixes["link"].iat[step] not in (REPORTED, GAP):
            return shapely.Polygon()
        pair = self.fixes.iloc[step : step + 2]
        (x0, x1), (y0, y1) = pair["x"].astype(float), pair["y"].astype(float)
        accuracy = tuple(pair["accuracy_m"].astype(float))
        seconds = float(pair["seconds"].iat[0])
        return possible_ground((x0, y0), (x1, y1), seconds, max_speed_ms, (accuracy[0], accuracy[1]))


def civil_day(day: str, timezone: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first moment of a civil day and of the day after it, UTC: 23 or 25 hours apart where clocks change.

    >>> [str(t) for t in civil_day("2024-03-31", "Europe/London")]
    ['2024-03-31 00:00:00+00:00', '2024-03-31 23:00:00+00:00']
    """
    first = pd.Timestamp(day)
    begin, end = (moment_of(first + pd.Timedelta(n, "D"), timezone) for n in (0, 1))
    return begin, end


def with_links(fixes: pd.DataFrame, leg_starts: pd.Series) -> pd.DataFrame:
    """Reports that have a position, with ``link``: what joins each to the next; ``time, x, y`` by time, and when legs begin."""
    placed = np.isfinite(fixes[["x", "y"]].to_numpy(dtype=np.float64, na_value=np.nan)).all(axis=1)
    joined = np.isin(nanoseconds(fixes["time"]), nanoseconds(leg_starts))
    link = np.where(joined, REPORTED, GAP).astype(object)
    if len(link):
        link[-1] = LAST
    return fixes.assign(link=link)[placed].reset_index(drop=True)


def journey_of(fixes: pd.DataFrame, leg_starts: pd.Series, sites: list[shapely.Geometry], journey: Journey) -> Journey:
    """A journey with the reports of its day.

    Parameters
    ----------
    fixes : of one officer by time, with those of a day and more on either side: ``time, x, y``, ``accuracy_m`` and ``source`` where known
    leg_starts : when the legs of that officer begin; a report from which none begins is followed by a silence
    sites : polygons of police sites, where no rest is at home
    journey : whose label, day and time zone are known

    Returns
    -------
    Journey
    """
    fixes = with_links(fixes, leg_starts)
    stamp, joined = nanoseconds(fixes["time"]), (fixes["link"] == REPORTED).to_numpy()[:-1]
    begin, end = civil_day(journey.day, journey.timezone)
    of_day = (stamp >= begin.value) & (stamp < end.value)
    home = at_home(fixes, joined, sites)
    shown = without(reports_shown(fixes), of_day & ~home)
    edges = np.flatnonzero(of_day)
    ends = (int(edges[0]), int(edges[-1])) if len(edges) else (0, 0)
    return replace(
        journey,
        fixes=shown[[*COLUMNS]],
        left_out=int((of_day & home).sum()),
        any_sites=bool(sites),
        before=bool(len(edges) and ends[0] > 0 and joined[ends[0] - 1]),
        after=bool(len(edges) and ends[1] < len(joined) and joined[ends[1]]),
    )


def reports_shown(fixes: pd.DataFrame) -> pd.DataFrame:
    """What is shown of reports with ``time, x, y, link``: `COLUMNS` but for the seconds."""
    table = pd.DataFrame({"time": fixes["time"], "x": fixes["x"].astype(float), "y": fixes["y"].astype(float)})
    table["accuracy_m"] = fixes["accuracy_m"].astype(float) if "accuracy_m" in fixes.columns else np.nan
    table["source"] = fixes["source"] if "source" in fixes.columns else ""
    return table.assign(link=fixes["link"])


def without(fixes: pd.DataFrame, kept: Bools) -> pd.DataFrame:
    """The reports that are kept, with ``link`` and the ``seconds`` to the next of them: `LEFT_OUT` over those between them.

    >>> times = pd.date_range("2024-06-03T10:00Z", periods=3, freq="60s")
    >>> fixes = pd.DataFrame({"time": times, "link": [REPORTED, REPORTED, LAST]})
    >>> without(fixes, np.array([True, False, True]))[["link", "seconds"]].fillna(0).values.tolist()
    [['left out', 120.0], ['', 0.0]]
    """
    shown = np.flatnonzero(kept)
    skipped = np.diff(shown, append=shown[-1:] + 1) > 1
    return linked(fixes.iloc[shown].reset_index(drop=True), skipped)


def linked(shown: pd.DataFrame, skipped: Bools) -> pd.DataFrame:
    """Reports that are shown, with ``link`` and the ``seconds`` to the next of them.

    Parameters
    ----------
    shown : by time; ``link`` is what joins each to the next report there is
    skipped : (n,), whether others are left out between each and the next

    >>> times = pd.date_range("2024-06-03T10:00Z", periods=3, freq="60s")
    >>> fixes = pd.DataFrame({"time": times, "link": [REPORTED, REPORTED, GAP]})
    >>> linked(fixes, np.array([True, False, False]))[["link", "seconds"]].fillna(0).values.tolist()
    [['left out', 60.0], ['reported', 60.0], ['', 0.0]]
    """
    link = np.where(skipped, LEFT_OUT, shown["link"].to_numpy(dtype=object)).astype(object)
    seconds = np.full(len(shown), np.nan)
    if len(shown):
        link[-1] = LAST
        seconds[:-1] = np.diff(nanoseconds(shown["time"])) / 1e9
    return shown.assign(link=link, seconds=seconds)


def of_stay(
    fixes: pd.DataFrame,
    legs: pd.DataFrame,
    span: tuple[pd.Timestamp, pd.Timestamp],
    leg_starts: pd.Series,
    sites: list[shapely.Geometry],
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """What may be looked at of a stay in an area: by the rule of :func:`journey_of`, whose reports these are too.

    Parameters
    ----------
    fixes, leg_starts, sites : as for :func:`journey_of`, of the days about the stay
    legs : of the stay, ``start, end``
    span : first and last moment of the stay

    Returns
    -------
    (reports, legs, how many reports are left out): reports with ``link`` and ``seconds``; of those without a position, which no line
    joins, the ones between two that are shown.
    """
    placed = with_links(fixes, leg_starts)
    home = at_home(placed, (placed["link"] == REPORTED).to_numpy()[:-1], sites)
    first, last = (moment.value for moment in span)
    at = nanoseconds(placed["time"])
    hidden = at[home]
    within = (at >= first) & (at <= last)
    shown = without(placed, within & ~home)
    bare = fixes[~np.isfinite(fixes[["x", "y"]].to_numpy(dtype=np.float64, na_value=np.nan)).all(axis=1)]
    when = nanoseconds(bare["time"])
    low, high = np.searchsorted(at, when) - 1, np.searchsorted(at, when)
    beside = np.zeros(len(when), dtype=bool)
    for i, there in ((low, low >= 0), (high, high < len(at))):
        beside[there] |= home[i[there]]
    nowhere = (when >= first) & (when <= last)
    rows = pd.concat([shown, bare[nowhere & ~beside].assign(link=LAST, seconds=np.nan)], ignore_index=True)
    edges = [np.isin(nanoseconds(legs[end]), hidden) for end in ("start", "end")]
    left_out = int((within & home).sum() + (nowhere & beside).sum())
    return rows.sort_values("time", kind="stable").reset_index(drop=True), legs[~(edges[0] | edges[1])], left_out


def at_home(fixes: pd.DataFrame, joined: Bools, sites: list[shapely.Geometry]) -> Bools:
    """Which reports of one officer belong to a rest that may be at home, or to the last stretch of the way to it or from it.

    A rest is told by :func:`~ia_plugin.core.density.home_rests.home_rests`; a silence whose ends lie at one place is a rest
    as well, for a radio may be switched off there. One at a police site is none.

    Parameters
    ----------
    fixes : ``time, x, y`` by time
    joined : (n − 1,), whether a leg joins a report to the next
    sites : polygons

    Returns
    -------
    bool (n,)
    """
    n = len(fixes)
    found = np.zeros(n, dtype=bool)
    if n < 2:
        return found
    x, y = (fixes[c].to_numpy(dtype=np.float64) for c in ("x", "y"))
    same = np.hypot(np.diff(x), np.diff(y)) <= REST_M
    pairs = np.flatnonzero(joined | same)
    time = fixes["time"].reset_index(drop=True)
    legs = pd.DataFrame(
        {
            "officer_id": "one",
            "start": time.iloc[pairs].reset_index(drop=True),
            "end": time.iloc[pairs + 1].reset_index(drop=True),
            **{f"{c}{k}": v[pairs + k] for c, v in (("x", x), ("y", y)) for k in (0, 1)},
        }
    )
    legs["duration_s"] = (nanoseconds(legs["end"]) - nanoseconds(legs["start"])) / 1e9
    resting = np.zeros(n - 1, dtype=bool)
    resting[pairs] = home_rests(legs)
    resting &= same | joined
    at_site = np.zeros(n, dtype=bool)
    if sites:
        at_site = shapely.distance(shapely.points(x, y), shapely.union_all(sites)) <= REST_M
    edges = np.flatnonzero(np.diff(np.r_[False, resting, False].astype(np.int8)))
    for first, last in zip(edges[::2], edges[1::2]):  # a handful a day; reports first … last, both at rest
        middle = np.median(x[first : last + 1]), np.median(y[first : last + 1])
        if np.median(at_site[first : last + 1]) > 0.5:
            continue
        far = np.flatnonzero((np.hypot(x - middle[0], y - middle[1]) > NEAR_HOME_M) | at_site)
        low = far[far < first].max(initial=-1) + 1
        high = far[far > last].min(initial=n)
        found[low:high] = True
    return found


__all__ = [
    "CAVEAT",
    "COLUMNS",
    "GAP",
    "LAST",
    "LEFT_OUT",
    "REPORTED",
    "Journey",
    "at_home",
    "civil_day",
    "journey_of",
    "linked",
    "of_stay",
    "reports_shown",
    "with_links",
    "without",
]
