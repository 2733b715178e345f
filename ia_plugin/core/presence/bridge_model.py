"""The parameters of the bridge, in a file that can be read, and the paths that legs could have taken by them."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import ParameterError
from ..geometry.bridge import Ways
from ..resources import resource_text
from ..times.instants import nanoseconds
from .leg_arrays import Ends, leg_accuracy

Floats = NDArray[np.float64]


# What the bridge reads of legs.
READ = ("track_id", "officer_id", "start", "end", "x0", "y0", "x1", "y1", "duration_s", "accuracy0_m", "accuracy1_m")
ERROR_KEPT = 0.3  # of the error blurs a path; more made the estimate worse on simulated radios (42.8 s a pass at 0.75, 40.2 s at 0.3)
PARTLY = 0.02  # share × (1 − share) from which a leg counts as partly inside: half of the unevenness at a share of 0.02
SHARED_BY_TWO = np.sqrt(2.0)
EASY_MS = 2.0  # differences of speed smaller than this say little of where somebody stood
LONGER = 2.0  # times its own duration is what a leg may tell of its neighbour
LEAST_SHARED = 0.001  # of the time is in doubt where no leg comes near an edge either: nothing is known to the second
MOST, MOST_MS = 10.0, 100.0  # no parameter is larger, and no speed


@dataclass(frozen=True)
class BridgeModel:
    """How far and how a move may leave the straight line.

    Attributes
    ----------
    spread : standard deviation of each axis at mid-leg, as a share of (the fastest speed of the leg and its two neighbours) × its duration
    bend : 1 lets the mean path leave and reach each fix with the mean velocity of the two legs that meet there (Catmull & Rom
        1974, in time); 0 keeps the straight line
    stand : share of the time in which a leg slower than its neighbours is taken as standing at its two ends; it grows with the
        shortfall of speed
    sd_factor, uneven : a leg's standard deviation is made of the spread over its paths times `sd_factor`, and of the share
        `uneven` of its duration where it is partly inside: nobody goes at an even pace
    sd_power, steady_ms, steady_power : it grows as (duration / 120 s)^sd_power; above the speed
        ``steady_ms · (duration / 120 s)^steady_power`` it falls as one over the speed, for a fast vehicle keeps its pace
    tau : share of the standard deviations of legs that is common to them, and so adds up in a total
    """

    spread: float
    bend: float
    stand: float
    sd_factor: float
    sd_power: float
    tau: float
    uneven: float = 0.0
    steady_ms: float = MOST_MS
    steady_power: float = 0.0

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            most = MOST_MS if f.name == "steady_ms" else MOST
            if not isinstance(value, (int, float)) or not 0 <= value <= most:
                raise ParameterError(
                    f"The bridge's {f.name} = {value!r} is out of range.", f"Give a value from 0 to {most}."
                )

    def share_sd(self, over_paths: Floats, share: Floats, seconds: Floats, fastest: Floats) -> Floats:
        """Standard deviation of the share of legs inside an area.

        Parameters
        ----------
        over_paths : of the share over the paths of the bridge
        share : best estimate, 0 to 1
        seconds : durations
        fastest : the fastest speed of each leg and its two neighbours, m/s
        """
        lasts = np.maximum(seconds, 1.0) / 120.0
        partly = share * (1.0 - share)
        pace = self.uneven**2 * partly / (partly + PARTLY)
        steady = np.minimum(1.0, self.steady_ms * lasts**self.steady_power / np.maximum(fastest, 1e-9))
        return np.asarray(lasts**self.sd_power * steady * np.sqrt((self.sd_factor * over_paths) ** 2 + pace))

    def systematic(self, seconds: Floats, sd: Floats) -> Floats:
        """What adds up of the standard deviations `sd` of times of `seconds`: errors of legs have a part in common, for the
        streets near an edge are the same whoever passes."""
        return np.asarray(self.tau * sd + LEAST_SHARED * seconds)


@lru_cache(maxsize=1)
def default_bridge() -> BridgeModel:
    """The model that comes with the plugin (resources/bridge_model.json, which tells where it comes from)."""
    return read_bridge(resource_text("bridge_model.json"))


def read_bridge(text: str) -> BridgeModel:
    """A model from its JSON text; what the file says beside the parameters is for people.

    Raises
    ------
    ParameterError
        for text that is no model, and for values out of range.
    """
    try:
        given: dict[str, Any] = json.loads(text)["parameters"]
        return BridgeModel(**{f.name: float(given[f.name]) for f in fields(BridgeModel)})
    except (ValueError, KeyError, TypeError) as error:
        raise ParameterError(
            f"This is no model of the bridge ({error!r}).", "Use resources/bridge_model.json."
        ) from None


class BridgedLegs:
    """Legs with all that the bridge needs; the paths of some of them are made when asked for.

    Parameters
    ----------
    legs : the legs table; legs that meet at a fix on the same track are neighbours. Without ``track_id`` those of one
        officer that meet in time and place are
    limit : float64 (n,), speed limit of each leg, m/s
    model : BridgeModel

    Attributes
    ----------
    stand : float64 (n,), share of the time that a leg is taken as standing at its ends
    at_start : float64 (n,), how much of that is at its start, the rest at its end
    fastest : float64 (n,), the fastest speed of each leg and its two neighbours, m/s
    blurred : float64 (n,), how many times wider than the paths are they would be if all of the fixes' error blurred them
    wide : float64 (n,), metres that no path leaves the straight line by
    """

    def __init__(self, legs: pd.DataFrame, limit: Floats, model: BridgeModel) -> None:
        order = time_order(legs)
        self._place: Optional[NDArray[np.intp]] = None
        if order is not None:
            # Neighbours are found by time, whatever the order of the rows.
            self._place = np.empty(len(order), dtype=np.intp)
            self._place[order] = np.arange(len(order))
            legs, limit = legs.iloc[order], limit[order]
        self._x0, self._y0, self._x1, self._y1 = (legs[c].to_numpy(dtype=np.float64) for c in ("x0", "y0", "x1", "y1"))
        self._seconds = seconds = legs["duration_s"].to_numpy(dtype=np.float64)
        lasts = np.where(
            seconds > 0, seconds, 1.0
        )  # a leg of no time has no speed, and tells nothing of its neighbours
        vx, vy = (self._x1 - self._x0) / lasts, (self._y1 - self._y0) / lasts
        speed = np.hypot(vx, vy)
        meets = _meets(legs, self._x0, self._y0, self._x1, self._y1) & (seconds[1:] > 0) & (seconds[:-1] > 0)
        # Change of velocity at the fix that ends each leg, and its share for each of the two legs: at a fix the velocity is
        # the mean of the two, the shorter in time counting more.
        self._turn = np.zeros((2, len(legs) + 1))
        self._turn[0, 1:-1], self._turn[1, 1:-1] = np.diff(vx) * meets, np.diff(vy) * meets
        # Standard deviation of each axis: the accuracy is the radius that holds two reports in three.
        errors = [a / 1.5 for a in leg_accuracy(legs)]
        if errors[0].any() or errors[1].any():
            self._turn[:, 1:-1] *= _signal(self._turn[:, 1:-1], errors, lasts)
            speed = _without_noise(speed, errors, lasts)
        together = np.ones(len(legs) + 1)
        together[1:-1] = lasts[1:] + lasts[:-1]
        # A radio that reports by distance is silent while its officer stands: a neighbour that was much shorter tells of a
        # part of this leg's time only.
        next_to = [LONGER * np.r_[seconds[:1], seconds[:-1]], LONGER * np.r_[seconds[1:], seconds[-1:]]]
        self._before = -model.bend * np.minimum(seconds, next_to[0]) * (seconds / together[:-1])
        self._after = model.bend * np.minimum(seconds, next_to[1]) * (seconds / together[1:])
        fastest = speed.copy()
        np.maximum(fastest[1:], speed[:-1] * meets, out=fastest[1:])
        np.maximum(fastest[:-1], speed[1:] * meets, out=fastest[:-1])
        self.fastest = fastest
        far = speed * seconds
        self._spread = model.spread * np.maximum(far, _farthest_beside(speed, meets, seconds, next_to))
        # No path starts beyond the accuracy itself, by which the hard bounds are loosened: the paths reach two of these.
        self._errors = [ERROR_KEPT * e for e in errors]
        self.blurred = _blurred(self._spread, errors)
        self._reach = limit * seconds
        # Standing at an end and then going must keep the limit too: only slow legs are taken so.
        self.stand = np.where(speed <= 0.5 * limit, model.stand * (1.0 - speed / np.maximum(fastest, 1e-9)), 0.0)
        self.at_start = _stood_at_start(speed, meets)
        turn = np.hypot(*self._turn)
        bow = (4.0 / 27.0) * (turn[1:] * self._after - turn[:-1] * self._before)
        error = np.maximum(*self._errors)
        self.wide = bow + 2.0 * (np.hypot(self._spread, error) if error.any() else self._spread)
        if self._place is not None:
            for name in ("stand", "at_start", "wide", "fastest", "blurred"):
                setattr(self, name, getattr(self, name)[self._place])

    @property
    def spread(self) -> Floats:
        """Standard deviation of each axis at mid-leg, metres, (n,)."""
        spread: Floats = self._spread
        return spread if self._place is None else spread[self._place]

    def ways(self, which: NDArray[np.intp]) -> Ways:
        """The paths of some legs."""
        which = which if self._place is None else self._place[which]
        x0, y0, x1, y1 = (v[which] for v in (self._x0, self._y0, self._x1, self._y1))
        dx, dy = x1 - x0, y1 - y0
        before, after = self._before[which], self._after[which]
        # Seen from the leg before, the turn at its start is the other way round.
        start = self._turn[:, which] * before
        end = self._turn[:, which + 1] * after
        bend = np.column_stack([dx + start[0], dy + start[1], dx + end[0], dy + end[1]])
        return Ways(x0, y0, x1, y1, self._reach[which], self._spread[which], bend, *(e[which] for e in self._errors))


def at_most_wide(ends: Ends, accuracy: Floats, model: BridgeModel) -> Floats:
    """No more than this is what :attr:`BridgedLegs.wide` is of legs in the order of time, (n,), from lengths alone.

    A neighbour's speed counts for at most `LONGER` times its own duration, so for `LONGER` times its own length.
    """
    x0, y0, x1, y1 = ends
    length = np.hypot(x1 - x0, y1 - y0)
    beside, spread, wide = LONGER * length, length.copy(), 2.0 * length
    np.maximum(spread[1:], beside[:-1], out=spread[1:])
    np.maximum(spread[:-1], beside[1:], out=spread[:-1])
    wide[1:] += beside[:-1]
    wide[:-1] += beside[1:]
    # Of all legs: in place, since most of the time would go for new arrays.
    wide *= (4.0 / 27.0) * model.bend
    spread *= model.spread
    spread += ERROR_KEPT / 1.5 * accuracy
    spread *= 2.0
    wide += spread
    wide += 1e-6
    return np.asarray(wide)


def time_order(legs: pd.DataFrame) -> Optional[NDArray[np.intp]]:
    """The order of legs by track and start; None where they stand in it, track after track, or nothing tells it."""
    name = "track_id" if "track_id" in legs.columns else "officer_id" if "officer_id" in legs.columns else None
    if name is None or "start" not in legs.columns or len(legs) < 2:
        return None
    column = legs[name]
    codes = column.to_numpy() if column.dtype == np.int64 else pd.factorize(column)[0]
    start = nanoseconds(legs["start"])
    same = codes[1:] == codes[:-1]
    if (start[1:][same] >= start[:-1][same]).all() and int((~same).sum()) + 1 == len(pd.unique(codes)):
        return None
    return np.asarray(np.lexsort((start, codes)), dtype=np.intp)


def _meets(legs: pd.DataFrame, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> NDArray[np.bool_]:
    """Whether each leg ends where the next row's leg of the same track starts (bool, n − 1)."""
    name = "track_id" if "track_id" in legs.columns else "officer_id" if "officer_id" in legs.columns else None
    same = (x1[:-1] == x0[1:]) & (y1[:-1] == y0[1:])
    if name is not None:
        column = legs[name]
        codes = column.to_numpy() if column.dtype == np.int64 else pd.factorize(column)[0]
        same &= codes[1:] == codes[:-1]
    if "start" in legs.columns and "end" in legs.columns:
        same &= nanoseconds(legs["start"])[1:] == nanoseconds(legs["end"])[:-1]
    return np.asarray(same)


def _blurred(spread: Floats, errors: list[Floats]) -> Floats:
    """What the whole error of the fixes makes of the paths' spread, against the part of it that is kept for the estimate, (n,)."""
    error = np.maximum(*errors)
    if not error.any():
        return np.ones(len(spread))
    kept = np.hypot(spread, ERROR_KEPT * error)
    # The error of a fix is in both legs that meet there, alike: it counts twice where their variances are added.
    return np.asarray(np.hypot(spread, SHARED_BY_TWO * error) / np.where(kept > 0, kept, 1.0)).clip(1.0)


def _farthest_beside(speed: Floats, meets: NDArray[np.bool_], seconds: Floats, next_to: list[Floats]) -> Floats:
    """Metres that a leg would have made at the speed of either neighbour, in the time that each may speak for, (n,)."""
    found = np.zeros(len(speed))
    found[1:] = speed[:-1] * meets * np.minimum(seconds, next_to[0])[1:]
    found[:-1] = np.maximum(found[:-1], speed[1:] * meets * np.minimum(seconds, next_to[1])[:-1])
    return found


def _stood_at_start(speed: Floats, meets: NDArray[np.bool_]) -> Floats:
    """Who stood on a leg did so rather where the slower of its two neighbours is: how much of it at the start, (n,)."""
    before, after = speed.copy(), speed.copy()
    before[1:] = np.where(meets, speed[:-1], speed[1:])
    after[:-1] = np.where(meets, speed[1:], speed[:-1])
    return np.asarray((after + EASY_MS) / (before + after + 2.0 * EASY_MS))


def _signal(turn: Floats, errors: list[Floats], seconds: Floats) -> Floats:
    """How much of each change of velocity is likely real: 1 − its variance from the errors of its three fixes / its square.

    The positive part of James & Stein's (1961) shrinkage.
    """
    first, last = 1.0 / seconds[:-1], 1.0 / seconds[1:]
    noise = 2.0 * ((errors[0][:-1] * first) ** 2 + (errors[1][:-1] * (first + last)) ** 2 + (errors[1][1:] * last) ** 2)
    square = (turn**2).sum(axis=0)
    return np.asarray(np.maximum(0.0, 1.0 - noise / np.maximum(square, 1e-12)))


def _without_noise(speed: Floats, errors: list[Floats], seconds: Floats) -> Floats:
    """Speeds less what the errors of the two fixes add to them on average."""
    return np.asarray(np.sqrt(np.maximum(0.0, speed**2 - 2.0 * (errors[0] ** 2 + errors[1] ** 2) / seconds**2)))
