"""How often an officer was near when and where something happened, against random times and random places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import require
from ..errors import ParameterError, TimeError
from ..events.area_events import current_events
from ..params import NearEventsParams
from ..presence.likely import Z90
from ..privacy import is_officer_day
from ..progress import Progress, silent
from ..times.civil import from_civil, pandas_zone
from ..times.instants import instants, nanoseconds
from ..words import amount, share_of
from .nearness import Nearness, windows
from .ring_ground import ring_ground

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DAY_NS = 86_400 * 10**9
LONGEST_NS = 3_600 * 10**9  # an event whose window is longer has no moment for which presence could be measured
# Events share legs, streets and crews, so their errors do not cancel as those of strangers would. Set by hand on three simulated
# forces at 30 to 600 s, so that ranges of kinds of 100, 400 and all events hold the truth about nine times in ten.
SHARED = 1.5  # times the variance of independent events
SYSTEMATIC = 0.10  # relative error of a count at 300 s between fixes and 250 m
REDRAWS = 30  # how often another time is drawn for an event whose time fell where there is no movement
SPARSE_S, COARSE_M = 90.0, 250.0  # between fixes so far apart nobody can tell who came nearer than this, and when
SNAPPED_M = 100.0  # a snapped point says nothing at or below this distance
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

    How likely an officer was near at some moment of a band follows from the ways the bridge allows between two fixes, several
    officers as independent. The ways know nothing of the events: where an officer drove up to one between two fixes, the
    count before it comes out low, most at the shortest distance. An officer whose radio was silent counts as not near.
    Nothing here says who was near what.

    Parameters
    ----------
    legs : the legs table, metres
    events : the events table, metres; the latest versions, without withdrawn ones. Those without an exact place or time, and
        those whose longest band reaches beyond the time of the movement, are left out and counted in ``attrs["left_out"]``
    params : NearEventsParams

    Returns
    -------
    DataFrame by ``kind``, ``when`` (before, at, after), ``minutes`` (0 at the event) and ``distance_m``: ``events`` counted,
    ``near`` of them with an officer near (best estimate; ``near_low`` to ``near_high`` is its 90 % range, from the gaps
    between fixes only), ``share`` = near / events, and the same best estimate with the events at other times
    (``random_time``) and at each other's places (``random_place``; NaN for a single event): the mean of the draws, and the
    range that holds 95 % of them in ``_low`` and ``_high``. ``attrs["caveats"]`` are sentences that belong to the figures,
    ``attrs["officers"]`` how many officers at least stand behind them, ``attrs["ring_ground_ha"]`` how much ground lies within
    each distance of the events of each kind.

    Raises
    ------
    TimeError
        for events that tell the day or the month only: they have no moment at which anybody could be near.
    ParameterError
        for distances or minutes that are none, or not above 0.
    """
    require(legs, ("officer_id", "start", "end", "x0", "y0", "x1", "y1", "duration_s"), "legs")
    require(events, ("event_id", "kind", "start", "end", "time_precision", "x", "y"), "events")
    _check_bands(params)
    current = current_events(events)
    _refuse_coarse(current)
    moves = legs[
        (nanoseconds(legs["end"]) > nanoseconds(legs["start"]))
        & np.isfinite(legs[["x0", "y0", "x1", "y1"]]).all(axis=1)
    ]
    spans = _Spans.of(moves, np.int64(max(params.minutes) * 60e9))
    placed, left_out = _usable(current, spans)
    placed = placed.sort_values("kind", kind="stable").reset_index(drop=True)
    interval_s = float(moves["duration_s"].median())
    rows = _rows(placed, Nearness(moves, params), spans, params, interval_s, progress) if len(placed) else []
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs.update(
        left_out=left_out,
        caveats=_caveats(placed, spans, params, interval_s),
        officers=_officers(moves),
        ring_ground_ha=ring_ground(placed, params.distances_m),
    )
    return table


def _officers(legs: pd.DataFrame) -> int:
    """Distinct officers; where ids last one day, those of the day with most of them."""
    ids = legs["officer_id"]
    if not len(ids) or not is_officer_day(pd.Series(ids.unique())).all():
        return int(ids.nunique())
    return int(ids.astype(str).groupby(nanoseconds(legs["start"]) // DAY_NS).nunique().max())


def _check_bands(params: NearEventsParams) -> None:
    for name, values in (("distances_m", params.distances_m), ("minutes", params.minutes)):
        if not values or not all(0 < v < np.inf for v in values) or len(set(values)) < len(values):
            raise ParameterError(f"{name} = {values!r} are no bands.", "Give different numbers above 0.")


def _refuse_coarse(events: pd.DataFrame) -> None:
    coarse = events["time_precision"].isin(["day", "month"])
    if coarse.any():
        worst = "month" if (events["time_precision"] == "month").any() else "day"
        raise TimeError(
            f"{int(coarse.sum()):,} of {len(events):,} events tell the {worst} only: nobody can say who was near at the time.",
            "Leave them out (filter the layer), or use events with a time to the hour or finer.",
        )


@dataclass(frozen=True)
class _Spans:
    """The time of the movement: unbroken but for gaps of less than a day, each span less the longest band at either end."""

    low: Ints
    high: Ints

    @classmethod
    def of(cls, legs: pd.DataFrame, margin: np.int64) -> _Spans:
        start, end = (nanoseconds(legs[c]) for c in ("start", "end"))
        order = np.argsort(start, kind="stable")
        start, reach = start[order], np.maximum.accumulate(end[order])
        # A day without anybody is a day without data, not one without officers.
        cut = np.flatnonzero(start[1:] - reach[:-1] >= DAY_NS)
        low, high = (
            start[np.r_[0, cut + 1][: len(start)]] + margin,
            reach[np.r_[cut, len(start) - 1][: len(start)]] - margin,
        )
        return cls(low[high >= low], high[high >= low])

    def hold(self, first: Ints, last: Ints) -> NDArray[np.bool_]:
        """Whether a span holds the whole of each time."""
        if not len(self.low):
            return np.zeros(len(first), dtype=bool)
        at = np.searchsorted(self.low, first, side="right") - 1
        return np.asarray((at >= 0) & (last <= self.high[np.maximum(at, 0)]))

    def any_time(self, lasts: Ints, rng: np.random.Generator) -> Ints:
        """A moment of the spans for each length of time."""
        total = np.cumsum(self.high - self.low)
        at = (rng.random(len(lasts)) * total[-1]).astype(np.int64)
        which = np.minimum(np.searchsorted(total, at, side="right"), len(total) - 1)
        found = self.high[which] - (total[which] - at)
        return np.asarray(np.maximum(self.low[which], np.minimum(found, self.high[which] - lasts)))

    @property
    def days(self) -> int:
        return int((self.high - self.low).sum() // DAY_NS)


def _usable(events: pd.DataFrame, spans: _Spans) -> tuple[pd.DataFrame, dict[str, int]]:
    """The events that can be asked, and how many cannot, by reason."""
    start, end = nanoseconds(events["start"]), nanoseconds(events["end"])
    vague = events["location_precision"].isin(["area", "none"]) if "location_precision" in events.columns else False
    reasons = {
        "without a time": (events["start"].isna() | events["end"].isna()).to_numpy() | (end < start),
        "without an exact place": (~np.isfinite(events[["x", "y"]].astype(float)).all(axis=1) | vague).to_numpy(),
        "with a window of over an hour": end - start > LONGEST_NS,
        "outside the time of the movement, or too near its ends": ~spans.hold(start, end),
    }
    keep = np.ones(len(events), dtype=bool)
    left_out = {}
    for reason, out in reasons.items():
        left_out[reason] = int((out & keep).sum())
        keep &= ~out
    return events[keep], left_out


def _rows(
    events: pd.DataFrame, near: Nearness, spans: _Spans, params: NearEventsParams, interval_s: float, progress: Progress
) -> list[dict[str, Any]]:
    """Rows of all kinds: the events (sorted by kind) as they were, then moved to other times and other places."""
    x, y = (events[c].to_numpy(dtype=np.float64) for c in ("x", "y"))
    first, last = nanoseconds(events["start"]), nanoseconds(events["end"])
    code, kinds = pd.factorize(events["kind"])
    heads = np.flatnonzero(np.r_[True, code[1:] != code[:-1]])
    sizes = np.diff(np.r_[heads, len(events)])
    p = near.chance(x, y, first, last)
    total, variance = np.add.reduceat(p, heads), np.add.reduceat(p * (1 - p), heads)
    steps = 2 * params.draws + 1
    progress(1 / steps)
    times, places = [], []
    for k in range(params.draws):
        # Each draw has a generator of its own, so that more draws leave the first ones as they were.
        rng = np.random.default_rng([params.seed, k])
        at = _other_times(first, last - first, spans, params, rng)
        times.append(np.add.reduceat(near.chance(x, y, at, at + (last - first)), heads))
        progress((2 * k + 2) / steps)
        other = np.concatenate([h + _other_of(n, rng) for h, n in zip(heads, sizes)])
        places.append(np.add.reduceat(near.chance(x[other], y[other], first, last), heads))
        progress((2 * k + 3) / steps)
    distances = sorted(params.distances_m)
    # What was missed or seen too much is in proportion to what was seen, and to what was left to be seen.
    left = 1.0 - total / sizes[:, None, None]
    systematic = SYSTEMATIC * np.sqrt(interval_s / 300.0 * 250.0 / np.asarray(distances)) * total * left
    half = Z90 * np.sqrt(SHARED * variance + systematic**2)
    rows = []
    for g, (kind, size) in enumerate(zip(kinds, sizes)):
        for b, (when, minutes) in enumerate(windows(params.minutes)):
            for d, distance in enumerate(distances):
                best, by = total[g, b, d], half[g, b, d]
                row = dict(kind=str(kind), when=when, minutes=minutes, distance_m=distance, events=int(size), near=best)
                row.update(near_low=max(0.0, best - by), near_high=min(float(size), best + by), share=best / size)
                row.update(_drawn("random_time", [t[g, b, d] for t in times]))
                row.update(_drawn("random_place", [t[g, b, d] for t in places] if size > 1 else [np.nan]))
                rows.append(row)
    return rows


def _drawn(name: str, found: list[float]) -> dict[str, float]:
    low, high = np.quantile(found, (0.025, 0.975))
    return {name: float(np.mean(found)), f"{name}_low": float(low), f"{name}_high": float(high)}


def _other_of(size: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """For each of `size` events another one, each once: a random round in which nobody stays at home."""
    order = rng.permutation(size)
    other = np.empty(size, dtype=np.intp)
    other[order] = np.roll(order, 1)
    return other


def _other_times(first: Ints, lasts: Ints, spans: _Spans, params: NearEventsParams, rng: np.random.Generator) -> Ints:
    """Another moment for each event: the same civil time of another day of the movement, or any moment of it."""
    found = spans.any_time(lasts, rng)
    if params.baseline_time == "any time" or spans.days < 2:
        return found
    clock = instants(first).tz_convert(pandas_zone(params.timezone)).tz_localize(None)
    before = (first - spans.low[0]) // DAY_NS + 1
    after = (spans.high[-1] - first) // DAY_NS + 1
    left = np.arange(len(first))
    for _ in range(REDRAWS):
        if not len(left):
            break
        # From `before` days earlier to `after` days later, the event's own day left out.
        shift = (rng.random(len(left)) * (before + after)[left]).astype(np.int64) - before[left]
        shift += shift >= 0
        moved = clock[left] + pd.to_timedelta(shift, unit="D")
        at = from_civil(moved, params.timezone).tz_localize(None).to_numpy(dtype="datetime64[ns]").astype(np.int64)
        good = spans.hold(at, at + lasts[left])
        found[left[good]] = at[good]
        left = left[~good]
    return found


def _caveats(events: pd.DataFrame, spans: _Spans, params: NearEventsParams, interval_s: float) -> list[str]:
    lines: list[str] = []
    if not len(events):
        return lines
    if interval_s > SPARSE_S and min(params.distances_m) < COARSE_M:
        lines.append(
            f"Reports are {amount(interval_s, 's')} apart on the median: below {amount(COARSE_M, 'm')} counts before and after come out low where "
            f"officers came to the event or left it; {amount(COARSE_M, 'm')} and more are surer."
        )
    if "location_precision" in events.columns:
        snapped = int((events["location_precision"] == "snapped").sum())
        if snapped:
            lines.append(
                f"{share_of(snapped, len(events))} of the events lie on snapped points (the middle of a street or the like), which can be "
                f"{amount(SNAPPED_M, 'm')} and more from the place itself: leave distances up to {amount(SNAPPED_M, 'm')} aside for them."
            )
    if params.baseline_time != "any time" and spans.days < 2:
        lines.append("The movement covers less than two days: random times are any moments of it, not the same hour.")
    return lines
