"""What a radio reports of a turn of duty: on time, on distance, on events, with error, and not always (METHODS, section 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Array, Floats, Objects
from ..params import SimulateParams
from .shifts import STATIONARY, Truth

ACCURACY_M, ACCURACY_SHARE = np.array([2.0, 20.0, 200.0]), (0.62, 0.34, 0.04)
TALK_EVERY_S = 1_500.0
SOONEST_S = 3.0  # reports closer together than this are one
HOME_S = 7_200.0


@dataclass(frozen=True)
class Radio:
    """How one radio behaves in one turn of duty."""

    silent_when_still: bool = False
    in_locker: bool = False
    taken_home: bool = False


def reports(truth: Truth, radio: Radio, params: SimulateParams, rng: np.random.Generator) -> dict[str, Array]:
    """Reports of one radio.

    Returns
    -------
    dict of arrays ``t`` (seconds since the turn began), ``x, y, accuracy_m, speed_kmh, heading_deg, reason``.
    """
    end = truth.t[-1] + (HOME_S if radio.taken_home else 0.0)
    t, reason = _moments(truth, radio, params, rng, end)
    x, y = np.interp(t, truth.t, truth.x), np.interp(t, truth.t, truth.y)
    move = np.clip(np.searchsorted(truth.t, t, side="right") - 1, 0, len(truth.mode) - 1)
    dx, dy, dt = np.diff(truth.x)[move], np.diff(truth.y)[move], np.diff(truth.t)[move]
    speed = np.where(t < truth.t[-1], 3.6 * np.hypot(dx, dy) / dt, 0.0)
    if radio.in_locker:
        x, y, speed = np.full(len(t), truth.x[0]), np.full(len(t), truth.y[0]), np.zeros(len(t))
    if radio.taken_home:
        away = t > truth.t[-1]
        angle = rng.uniform(0, 2 * np.pi)
        x[away] += 4_000 * np.cos(angle)
        y[away] += 4_000 * np.sin(angle)
    accuracy = rng.choice(ACCURACY_M, len(t), p=ACCURACY_SHARE)
    # The accuracy is the radius that holds two reports in three.
    error = rng.normal(0.0, 1.0, (2, len(t))) * accuracy / 1.5
    still = speed == 0
    x, y = np.round(x + error[0], 1), np.round(y + error[1], 1)
    fresh = rng.random(len(t)) >= params.stale_share
    last_known = np.maximum.accumulate(np.where(fresh, np.arange(len(t)), 0))
    x, y, accuracy = x[last_known], y[last_known], accuracy[last_known]
    heading = np.where(still, np.nan, np.round(np.degrees(np.arctan2(dx, dy)) % 360 / 22.5) * 22.5 % 360)
    noise = np.abs(speed + np.where(still, 0.0, rng.normal(0.0, 1.5, len(t))))
    return {
        "t": t,
        "x": x,
        "y": y,
        "accuracy_m": accuracy,
        "speed_kmh": np.round(noise, 0),
        "heading_deg": heading,
        "reason": reason,
    }


def _moments(
    truth: Truth, radio: Radio, params: SimulateParams, rng: np.random.Generator, end: float
) -> tuple[Floats, Objects]:
    """When the radio reports, and why."""
    jitter = rng.normal(0.0, 1.0, int(end / params.interval_s) + 2)
    timed = np.arange(len(jitter)) * params.interval_s + rng.uniform(0, params.interval_s) + np.clip(jitter, -3, 3)
    along = np.r_[0.0, np.cumsum(np.hypot(np.diff(truth.x), np.diff(truth.y)))]
    # np.interp wants a rising axis: standing still adds a hair.
    rising = along + np.arange(len(along)) * 1e-9
    marks = np.arange(1, int(along[-1] / params.distance_limit_m) + 1) * params.distance_limit_m
    moved = np.interp(marks, rising, truth.t)
    talked = np.cumsum(rng.exponential(TALK_EVERY_S, int(end / TALK_EVERY_S * 2) + 5))
    if radio.in_locker:
        moved, talked = moved[:0], talked[:0]
    if radio.silent_when_still:
        move = np.clip(np.searchsorted(truth.t, timed, side="right") - 1, 0, len(truth.mode) - 1)
        timed = timed[(truth.mode[move] != STATIONARY) & (np.diff(truth.x)[move] != 0)]
    t = np.concatenate([[0.0], timed, moved, talked])
    reason = np.repeat(
        np.array(["registration", "time", "distance", "push to talk"], dtype=object),
        [1, len(timed), len(moved), len(talked)],
    )
    order = np.argsort(t, kind="stable")
    t, reason = np.round(t[order]), reason[order]
    keep = (t >= 0) & (t <= end) & np.r_[True, np.diff(t) >= SOONEST_S]
    return t[keep], reason[keep]
