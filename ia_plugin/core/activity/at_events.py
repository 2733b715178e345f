"""How often an officer was near when and where something happened, against random times and random places."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import require
from ..errors import TimeError
from ..events.counting import current_events
from ..geometry.nearby import LegsInTime
from ..instants import nanoseconds
from ..params import NearEventsParams
from ..periods import time_zone
from ..presence.bridge_model import BridgedLegs, default_bridge
from ..presence.leg_arrays import leg_accuracy, leg_ends, leg_limits
from ..presence.likely import Z90
from ..progress import Progress, silent

Floats = NDArray[np.float64]
DAY_NS = 86_400 * 10**9
LONGEST_NS = 3_600 * 10**9  # an event whose window is longer has no moment that presence could be told for
SLACK_M = 1_000.0  # a way may leave the straight line by its spread; no more of it is looked at
COLUMNS = (
    "kind", "when", "minutes", "distance_m", "events", "near", "near_low", "near_high", "share",
    "random_time", "random_time_low", "random_time_high", "random_place", "random_place_low", "random_place_high",
)  # fmt: skip


def presence_at_events(
    legs: pd.DataFrame,
    events: pd.DataFrame,
    params: NearEventsParams = NearEventsParams(),
    *,
    progress: Progress = silent,
) -> pd.DataFrame:
    """Counts of events that had an officer near, by how near and how long before, at or after.

    How likely an officer was near is told at the moment the straight way comes nearest, with the bridge's spread about it;
    several officers count as independent, an officer's own legs by their likeliest. Nothing here says who was near what.

    Parameters
    ----------
    legs : the legs table, metres
    events : the events table, metres; those outside the time of the legs, without a place, or with a window of over an hour
        are left out and counted in ``attrs["left_out"]``
    params : NearEventsParams

    Returns
    -------
    DataFrame by ``kind``, ``when`` (before, at, after), ``minutes`` (0 at the event) and ``distance_m``: ``events`` counted,
    ``near`` of them with an officer near (best estimate, 90 % range in ``near_low`` and ``near_high``), ``share``, and what to
    expect were the events at random times (``random_time``: mean and 95 % of the draws) or at each other's places
    (``random_place``).

    Raises
    ------
    TimeError
        for events that tell the day or the month only: they have no moment at which anybody could be near.
    """
    require(legs, ("officer_id", "start", "end", "x0", "y0", "x1", "y1", "duration_s"), "legs")
    require(events, ("event_id", "kind", "start", "end", "time_precision", "x", "y"), "events")
    current = current_events(events)
    coarse = current["time_precision"].isin(["day", "month"])
    if coarse.any():
        worst = "month" if (current["time_precision"] == "month").any() else "day"
        raise TimeError(
            f"{int(coarse.sum()):,} of {len(current):,} events tell the {worst} only: nobody can say who was near at the time.",
            "Leave them out (filter the layer), or use events with a time to the hour or finer.",
        )
    placed, left_out = _usable(legs, current)
    rows: list[dict[str, Any]] = []
    if len(placed) and len(legs):
        near = _Near(legs, params)
        for number, (kind, part) in enumerate(placed.groupby("kind", sort=True)):
            rows += _of_kind(str(kind), part, near, params, legs, number)
            progress((number + 1) / placed["kind"].nunique())
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs["left_out"] = left_out
    return table


def _usable(legs: pd.DataFrame, events: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    start, end = nanoseconds(events["start"]), nanoseconds(events["end"])
    if not len(legs) or not len(events):
        return events.iloc[:0], {"outside the time of the movement": len(events)}
    low, high = int(nanoseconds(legs["start"]).min()), int(nanoseconds(legs["end"]).max())
    reasons = {
        "without a place": (events["x"].isna() | events["y"].isna()).to_numpy(),
        "with a window of over an hour": end - start > LONGEST_NS,
        "outside the time of the movement": (start < low) | (end > high),
    }
    keep = np.ones(len(events), dtype=bool)
    left_out = {}
    for reason, out in reasons.items():
        left_out[reason] = int((out & keep).sum())
        keep &= ~out
    return events[keep].reset_index(drop=True), left_out


def _of_kind(
    kind: str, events: pd.DataFrame, near: _Near, params: NearEventsParams, legs: pd.DataFrame, number: int
) -> list[dict[str, Any]]:
    """Rows of one kind: the events as they were, then laid to other times and other places."""
    x, y = (events[c].to_numpy(dtype=np.float64) for c in ("x", "y"))
    first, last = nanoseconds(events["start"]), nanoseconds(events["end"])
    rng = np.random.default_rng([params.seed, number])
    p = near.chance(x, y, first, last)
    total, sd = p.sum(axis=0), np.sqrt((p * (1 - p)).sum(axis=0))
    span = (int(nanoseconds(legs["start"]).min()), int(nanoseconds(legs["end"]).max()))
    draws: dict[str, list[Floats]] = {"random_time": [], "random_place": []}
    for _ in range(params.draws):
        at = _other_times(first, span, params, rng)
        draws["random_time"].append(near.chance(x, y, at, at + (last - first)).sum(axis=0))
        other = rng.permutation(len(x))
        draws["random_place"].append(near.chance(x[other], y[other], first, last).sum(axis=0))
    rows = []
    for b, (when, minutes) in enumerate(near.windows):
        for d, distance in enumerate(params.distances_m):
            row = dict(kind=kind, when=when, minutes=minutes, distance_m=distance, events=len(x), near=total[b, d])
            row["near_low"] = max(0.0, total[b, d] - Z90 * sd[b, d])
            row["near_high"] = min(float(len(x)), total[b, d] + Z90 * sd[b, d])
            row["share"] = total[b, d] / len(x)
            for name, found in draws.items():
                these = np.array([f[b, d] for f in found])
                row[name] = these.mean()
                row[f"{name}_low"], row[f"{name}_high"] = np.quantile(these, (0.025, 0.975))
            rows.append(row)
    return rows


def _other_times(first: Any, span: tuple[int, int], params: NearEventsParams, rng: np.random.Generator) -> Any:
    """Another moment for each event: the same civil hour of another day of the data, or any moment."""
    low, high = span
    days = (high - low) // DAY_NS
    if params.baseline_time == "any time" or days < 2:
        return low + (rng.random(len(first)) * (high - low)).astype(np.int64)
    local = pd.DatetimeIndex(first.view("M8[ns]")).tz_localize("UTC").tz_convert(time_zone(params.timezone))
    clock = local.tz_localize(None)
    # Days of the data in which this clock time lies, the event's own left out.
    before = (first - low) // DAY_NS
    after = (high - first) // DAY_NS
    choice = (rng.random(len(first)) * np.maximum(1, before + after)).astype(np.int64) - before
    shift = np.where(choice >= 0, choice + 1, choice)
    moved = clock + pd.to_timedelta(shift, unit="D")
    civil = moved.tz_localize(params.timezone, ambiguous=np.ones(len(moved), dtype=bool), nonexistent="shift_forward")
    return civil.tz_convert("UTC").tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)


class _Near:
    """How likely an officer was near, for many events at once."""

    def __init__(self, legs: pd.DataFrame, params: NearEventsParams) -> None:
        self._params = params
        self._start, self._end = (nanoseconds(legs[c]) for c in ("start", "end"))
        self._ends = leg_ends(legs)
        self._officer = np.asarray(pd.factorize(legs["officer_id"])[0], dtype=np.int64)
        bridged = BridgedLegs(legs, leg_limits(legs, params.max_speed_ms), default_bridge())
        self._spread = bridged.spread
        first, last = leg_accuracy(legs)
        self._error = (first / 1.5, last / 1.5)
        self._reach = max(params.distances_m) + SLACK_M
        self._index = LegsInTime(self._start, self._end, *self._ends, self._reach)
        self.windows = [("before", m) for m in sorted(params.minutes, reverse=True)] + [("at", 0.0)]
        self.windows += [("after", m) for m in sorted(params.minutes)]

    def chance(self, x: Floats, y: Floats, first: Any, last: Any) -> Floats:
        """Probability that an officer was near, (events, windows, distances)."""
        widest = np.int64(max(self._params.minutes) * 60e9)
        away = np.zeros((len(x), len(self.windows), len(self._params.distances_m)))
        reach = np.full(len(x), self._reach)
        for leg, event in self._index.pairs(x, y, first - widest, last + widest, reach):
            if len(leg):
                self._add(away, leg, event, x, y, first, last)
        return np.asarray(-np.expm1(away))

    def _add(self, away: Floats, leg: Any, event: Any, x: Floats, y: Floats, first: Any, last: Any) -> None:
        """Add to the logarithm of the probability that nobody was near."""
        order = np.lexsort((self._officer[leg], event))
        leg, event = leg[order], event[order]
        pair = np.flatnonzero(
            np.r_[True, (event[1:] != event[:-1]) | (self._officer[leg][1:] != self._officer[leg][:-1])]
        )
        x0, y0, x1, y1 = (e[leg] for e in self._ends)
        dx, dy, fx, fy = x1 - x0, y1 - y0, x[event] - x0, y[event] - y0
        length = dx * dx + dy * dy
        nearest = np.where(length > 0, (fx * dx + fy * dy) / np.where(length > 0, length, 1.0), 0.0)
        span = (self._end - self._start)[leg]
        for b, (when, minutes) in enumerate(self.windows):
            low, high = first[event], last[event]
            wide = np.int64(minutes * 60e9)
            if when == "before":
                low, high = low - wide, low
            elif when == "after":
                low, high = high, high + wide
            a = np.clip((low - self._start[leg]) / span, 0.0, 1.0)
            z = np.clip((high - self._start[leg]) / span, 0.0, 1.0)
            meets = (low <= self._end[leg]) & (high >= self._start[leg])
            at = np.clip(nearest, a, z)
            off = np.hypot(fx - at * dx, fy - at * dy)
            variance = (2.0 * self._spread[leg]) ** 2 * at * (1 - at)
            variance += ((1 - at) * self._error[0][leg]) ** 2 + (at * self._error[1][leg]) ** 2
            sd = np.sqrt(variance)
            for d, distance in enumerate(self._params.distances_m):
                p = np.where(meets, in_disc(off, sd, distance), 0.0)
                most = np.maximum.reduceat(p, pair)
                some = most > 0
                away[:, b, d] += np.bincount(
                    event[pair[some]], weights=np.log1p(-np.minimum(most[some], 1 - 1e-12)), minlength=len(away)
                )


def in_disc(off: Floats, sd: Floats, radius: float) -> Floats:
    """Probability that a point spread by `sd` about a place `off` metres away lies within `radius` (Rice's law)."""
    from scipy.special import chndtr

    p = (off <= radius).astype(np.float64)
    unsure = np.flatnonzero(np.abs(off - radius) < 4.0 * sd)
    s = sd[unsure]
    p[unsure] = chndtr((radius / s) ** 2, 2.0, (off[unsure] / s) ** 2)
    return np.nan_to_num(p)
