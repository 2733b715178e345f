"""What the legs say about how an officer moved: speeds, straightness and neighbours, as numbers a model can weigh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns import require
from ..errors import DataRangeError
from ..fixes import sorted_order
from ..stretches import stretch_heads
from ..times.instants import nanoseconds

Array = NDArray[np.float64]
Index = NDArray[np.intp]

NEEDED = ("officer_id", "start", "end", "x0", "y0", "x1", "y1")
SLOWEST_KMH = 0.3  # added before the logarithm, so that a leg of no length has one
USUAL_INTERVAL_S = 120.0
INTERVAL_RANGE = (-2.5, 2.0)  # ln(interval / usual) of 10 s … 15 min
DECIDING_MS = 2.0  # a walker's fastest pace: position error blurs a leg as far as it compares with this pace
FITTED_ACCURACY_M = 8.0  # position error, per axis, that is part of the data the model was fitted on

# Name -> (knots, whether the weights change with the interval). Speeds in km/h, straightness as net : path.
_WINDOW_KMH = (0.5, 2.0, 4.0, 6.5, 10.0, 18.0, 35.0)
_STRAIGHT = (0.0, 0.3, 0.6, 0.85, 1.0)
KINDS: dict[str, tuple[tuple[float, ...], bool]] = {
    "speed_kmh": ((0.3, 0.7, 1.2, 2.0, 3.0, 4.0, 5.0, 6.5, 8.5, 12.0, 18.0, 30.0, 60.0), True),
    "net_speed_3_kmh": (_WINDOW_KMH, True),
    "straightness_3": (_STRAIGHT, False),
    "fastest_3_kmh": (_WINDOW_KMH, True),
    "net_speed_7_kmh": (_WINDOW_KMH, True),
    "straightness_7": (_STRAIGHT, False),
    "fastest_7_kmh": (_WINDOW_KMH, True),
}


@dataclass(frozen=True)
class Moves:
    """Legs as arrays of length N, in order of officer and time; `order` leads back to the rows of the table."""

    order: Index
    track: NDArray[np.int64]
    fresh: NDArray[np.bool_]  # first leg of a stretch (see stretches.py)
    gap_s: Array  # between the middles of this leg and the one before
    duration_s: Array
    x0: Array
    y0: Array
    x1: Array
    y1: Array
    accuracy0_m: Optional[Array]  # None where the table has no accuracy; NaN where a fix has none
    accuracy1_m: Optional[Array]

    def __len__(self) -> int:
        return len(self.order)

    @property
    def interval(self) -> Array:
        """ln(duration / 120 s), kept within the range the model was fitted on (10 s … 15 min)."""
        return np.asarray(np.clip(np.log(self.duration_s / USUAL_INTERVAL_S), *INTERVAL_RANGE))

    def parts(self, legs: int) -> list[slice]:
        """Slices of whole stretches, of about `legs` legs each."""
        heads = np.flatnonzero(self.fresh)
        cuts = np.unique(heads[np.searchsorted(heads, np.arange(0, len(self), legs), side="right") - 1])
        return [slice(int(a), int(b)) for a, b in zip(cuts, [*cuts[1:], len(self)])]

    def part(self, part: slice) -> Moves:
        """The legs of one slice."""
        return replace(self, **{name: a[part] for name, a in vars(self).items() if a is not None})

    def window(self, legs: Any) -> tuple[Index, Index]:
        """First and last leg of the window of `legs` (a number, or one a leg) to either side, within track and stretch."""
        i = np.arange(len(self))
        edge = self.fresh.copy()
        edge[1:] |= self.track[1:] != self.track[:-1]
        heads = np.flatnonzero(edge)
        of = np.cumsum(edge) - 1
        tails = np.r_[heads[1:], len(self)] - 1
        return np.maximum(i - legs, heads[of]), np.minimum(i + legs, tails[of])


@dataclass(frozen=True)
class RunningSums:
    """Running sums along the legs of each stretch, from which any window's totals are two look-ups.

    They begin anew with each stretch: the last digits of one do not hang on what stands before it in the table.
    """

    before: Array  # (M, N)
    upto: Array

    @classmethod
    def of(cls, moves: Moves, *values: Array) -> RunningSums:
        """Of M quantities of each leg."""
        upto, n = np.stack(values), len(moves)
        heads = np.flatnonzero(moves.fresh)
        for a, b in zip(heads.tolist(), [*heads[1:].tolist(), n]):
            part = upto[:, a:b]
            np.cumsum(part, axis=1, out=part)
        before = np.empty_like(upto)
        before[:, 1:] = upto[:, :-1]
        before[:, heads] = 0.0
        return cls(before, upto)

    def over(self, k: int, first: Index, last: Index) -> Array:
        """Total of the quantity `k` over the legs `first` to `last`, all of one track."""
        return np.asarray(self.upto[k][last] - self.before[k][first])


def read_moves(legs: pd.DataFrame, stretch: Optional[Index] = None) -> Moves:
    """The legs table as arrays in order of officer and time; `stretch` as of :func:`~.classify.classify_movement`.

    Raises
    ------
    ColumnError
        when a needed column is missing.
    DataRangeError
        when a position is not finite or a leg ends before it starts.
    """
    require(legs, NEEDED, "legs")
    track, officer = _tracks(legs)
    start, end = (_nanoseconds(legs[c]) for c in ("start", "end"))
    x0, y0, x1, y1 = (_numbers(legs[c]) for c in ("x0", "y0", "x1", "y1"))
    seconds = (end - start) / 1e9
    bad = ~np.isfinite(x0 + y0 + x1 + y1) | (seconds < 0)
    if bad.any():
        raise DataRangeError(
            f"{int(bad.sum())} legs have no position or end before they start (first: row {int(np.argmax(bad))}).",
            "Build the legs from cleaned fixes (clean_fixes, build_legs).",
        )
    order = sorted_order(officer, start)
    if order is not None:
        track, officer, start, end = (a[order] for a in (track, officer, start, end))
        x0, y0, x1, y1, seconds = (a[order] for a in (x0, y0, x1, y1, seconds))
    rows = np.arange(len(legs)) if order is None else order
    if stretch is None:
        fresh = stretch_heads(officer, start, end)
    else:
        piece = stretch[rows]
        fresh = np.r_[True, (piece[1:] != piece[:-1]) | (officer[1:] != officer[:-1])][: len(piece)]
    middle = start / 2e9 + end / 2e9
    gap = np.maximum(np.diff(middle, prepend=middle[:1]), 0.0)
    accuracy: list[Optional[Array]] = [
        _numbers(legs[c])[rows] if c in legs.columns else None for c in ("accuracy0_m", "accuracy1_m")
    ]
    return Moves(rows, track, fresh, gap, np.maximum(seconds, 0.1), x0, y0, x1, y1, accuracy[0], accuracy[1])


@dataclass(frozen=True)
class Evidence:
    """One kind of evidence: its value for each leg (logarithm for speeds) and how far position error blurs it (0…1)."""

    name: str
    value: Array
    weight: Optional[Array]


def read_evidence(moves: Moves) -> list[Evidence]:
    """The values of KINDS, in its order.

    A distance d between two fixes with position errors σ₀, σ₁ a axis has E d² = D² + 2(σ₀² + σ₁²), D the true one: the
    excess is taken off, and what is left counts by m²/(m² + 2(σ₀² + σ₁²)), m the way a fast walker makes in that time.
    """
    error = _excess_variance(moves)
    metres, weight = _legs_without_error(moves, error)
    speed = np.log(3.6 * metres / moves.duration_s + SLOWEST_KMH)
    found = [Evidence("speed_kmh", speed, weight)]
    sums = RunningSums.of(moves, metres, moves.duration_s)
    for side in (1, 3):
        first, last = moves.window(side)
        way, seconds = sums.over(0, first, last), sums.over(1, first, last)
        net = np.hypot(moves.x1[last] - moves.x0[first], moves.y1[last] - moves.y0[first])
        net, weight = _without_error(net, seconds, None if error is None else error[0][first] + error[1][last])
        fastest = speed.copy()
        for k in range(1, side + 1):
            np.maximum(fastest, speed[np.maximum(np.arange(len(moves)) - k, first)], out=fastest)
            np.maximum(fastest, speed[np.minimum(np.arange(len(moves)) + k, last)], out=fastest)
        legs = 2 * side + 1
        found += [
            Evidence(f"net_speed_{legs}_kmh", np.log(3.6 * net / seconds + SLOWEST_KMH), weight),
            Evidence(f"straightness_{legs}", net / (way + 20.0), weight),
            Evidence(f"fastest_{legs}_kmh", fastest, found[0].weight),
        ]
    return found


def knots_of(name: str) -> Array:
    """The knots of a kind of evidence on the scale of its values (logarithm for speeds)."""
    knots = np.array(KINDS[name][0])
    return np.log(knots + SLOWEST_KMH) if name.endswith("kmh") else knots


def hats(value: Array, knots: Array) -> Array:
    """(N, knots) weights of linear interpolation between knots; constant beyond the first and the last."""
    value = np.clip(value, knots[0], knots[-1])
    j = np.clip(np.searchsorted(knots, value, side="right") - 1, 0, len(knots) - 2)
    part = (value - knots[j]) / (knots[j + 1] - knots[j])
    out = np.zeros((len(value), len(knots)))
    rows = np.arange(len(value))
    out[rows, j] = 1.0 - part
    out[rows, j + 1] = part
    return out


def _without_error(metres: Array, seconds: Array, error: Optional[Array]) -> tuple[Array, Optional[Array]]:
    if error is None:
        return metres, None
    deciding = (DECIDING_MS * seconds) ** 2
    kept = np.sqrt(np.maximum(metres**2 - 2.0 * error, (0.2 * metres) ** 2))
    return np.where(error > 0, kept, metres), deciding / (deciding + 2.0 * error)


def _legs_without_error(moves: Moves, error: Optional[tuple[Array, Array]]) -> tuple[Array, Optional[Array]]:
    """As :func:`_without_error`, judged on seven legs: their excess of speed goes, and that part of its scatter which the
    position error explains (James & Stein 1961)."""
    raw = np.hypot(moves.x1 - moves.x0, moves.y1 - moves.y0)
    if error is None:
        return raw, None
    first, last = moves.window(3)
    speed = raw / moves.duration_s
    blur = (error[0] + error[1]) / moves.duration_s**2
    sums = RunningSums.of(moves, speed**2, speed, blur)
    square, middle, excess = (sums.over(k, first, last) / (last + 1 - first) for k in range(3))
    scatter = np.maximum(square - middle**2, 1e-9)
    own = np.sqrt(np.clip(1.0 - excess / scatter, 0.0, 1.0))
    kept = np.sqrt(np.clip(1.0 - 2.0 * excess / np.maximum(square, 1e-9), 0.04, 1.0))
    deciding = (DECIDING_MS * moves.duration_s) ** 2
    metres = np.where(blur > 0, (middle + own * (speed - middle)) * kept * moves.duration_s, raw)
    return metres, deciding / (deciding + 2.0 * (error[0] + error[1]))


def _excess_variance(moves: Moves) -> Optional[tuple[Array, Array]]:
    """Variance a axis of each end beyond what the fitted data had; 0 where the accuracy is not known."""
    if moves.accuracy0_m is None or moves.accuracy1_m is None:
        return None
    usual = FITTED_ACCURACY_M**2
    first, second = (np.maximum(np.nan_to_num(a) ** 2 - usual, 0.0) for a in (moves.accuracy0_m, moves.accuracy1_m))
    return first, second


def _tracks(legs: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of track and officer; one track an officer where the table tells none."""
    if "track_id" not in legs.columns:
        codes = pd.factorize(legs["officer_id"])[0].astype(np.int64)
        return codes, codes
    track = legs["track_id"].to_numpy()
    if track.dtype.kind not in "iu":
        track = pd.factorize(legs["track_id"])[0]
    # Officers are read once a run of legs of one track: comparing texts a million times is slow.
    edge = np.r_[True, track[1:] != track[:-1]] if len(track) else np.zeros(0, dtype=bool)
    codes = pd.factorize(legs["officer_id"].iloc[np.flatnonzero(edge)])[0].astype(np.int64)
    return track.astype(np.int64, copy=False), codes[np.cumsum(edge) - 1]


def _nanoseconds(times: pd.Series) -> NDArray[np.int64]:
    if isinstance(times.dtype, pd.DatetimeTZDtype):  # as legs are made; to_datetime would look at each value first
        return nanoseconds(times.dt.tz_convert("UTC"))
    stamps = pd.to_datetime(times, utc=True).dt.tz_localize(None)
    return np.asarray(stamps.to_numpy(dtype="datetime64[ns]").astype(np.int64))


def _numbers(column: pd.Series) -> Array:
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan))
