"""Patrol-like legs with known truth, thinned from the labelled GPS tracks of GeoLife. For tools and benches only."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Union

import numpy as np
import pandas as pd

CLASSES = {"walk": 0, "run": 0, "car": 1, "taxi": 1, "bus": 1, "bike": 2}
NAMES = ("foot", "vehicle", "bicycle")
UNLABELLED = 3
LONGEST_S = 900.0
EARTH_M = 6_371_008.8


def read_geolife(path: Path) -> pd.DataFrame:
    """Dense fixes by user and time: user, label_id, class (0 foot, 1 vehicle, 2 bicycle), seconds, session, x, y, doubtful.

    A session ends with a silence over 900 s, and is projected about its own latitude.
    """
    import pyarrow.parquet

    raw = pyarrow.parquet.read_table(path).to_pandas().sort_values(["user", "t_utc"], kind="stable", ignore_index=True)
    seconds = raw["t_utc"].to_numpy().astype("datetime64[ns]").astype(np.int64) / 1e9
    user = raw["user"].to_numpy()
    session = np.cumsum(np.r_[True, (user[1:] != user[:-1]) | (np.diff(seconds) > LONGEST_S)])
    latitude, longitude = np.radians(raw["lat_e6"] / 1e6), np.radians(raw["lon_e6"] / 1e6)
    own = np.cos(latitude.groupby(session).transform("mean"))
    dense = pd.DataFrame(
        {
            "user": user,
            "label_id": raw["label_id"].to_numpy(),
            "class": raw["mode"].map(CLASSES).to_numpy().astype(np.int64),
            "seconds": seconds,
            "session": session,
            "x": EARTH_M * (longitude - np.radians(116.0)) * own,
            "y": EARTH_M * latitude,
        }
    )
    return dense.assign(doubtful=doubtful(dense))


def thinned_legs(dense: pd.DataFrame, interval: Union[float, Callable[[], float]], by: str = "session") -> pd.DataFrame:
    """Legs between fixes at least `interval` seconds apart, with ``truth`` 0, 1, 2: the majority of dense fixes in [start, end).

    ``fit_on`` is the same, but UNLABELLED where most of those fixes have a doubtful label.

    Parameters
    ----------
    dense : from :func:`read_geolife`
    interval : seconds, or a function that draws the next one
    by : "session", tracks are unbroken recordings; or "label", tracks are single labelled journeys
    """
    draw = interval if callable(interval) else (lambda: interval)  # type: ignore[misc]
    t, part = dense["seconds"].to_numpy(), dense["session"].to_numpy()
    if by == "label":
        label = dense["label_id"].to_numpy()
        part = np.cumsum(np.r_[True, (part[1:] != part[:-1]) | (label[1:] != label[:-1])])
    kept = _thin(t, part, draw)
    first, last = kept[:-1], kept[1:]
    joined = (part[first] == part[last]) & (t[last] - t[first] <= LONGEST_S)
    first, last = first[joined], last[joined]
    kind = dense["class"].to_numpy()
    sums = np.concatenate([np.zeros((1, 3)), np.cumsum(np.eye(3)[kind], axis=0)])
    counts = sums[last] - sums[first]
    user, x, y = (dense[c].to_numpy() for c in ("user", "x", "y"))
    doubts = np.concatenate([[0.0], np.cumsum(dense["doubtful"])])
    told = np.where(2.0 * (doubts[last] - doubts[first]) > last - first, UNLABELLED, counts.argmax(1))
    return pd.DataFrame(
        {
            "track_id": np.cumsum(np.r_[True, first[1:] != last[:-1]]),
            "officer_id": user[first],
            "start": pd.to_datetime(np.round(t[first] * 1e9).astype(np.int64), utc=True),
            "end": pd.to_datetime(np.round(t[last] * 1e9).astype(np.int64), utc=True),
            "x0": x[first],
            "y0": y[first],
            "x1": x[last],
            "y1": y[last],
            "duration_s": t[last] - t[first],
            "truth": counts.argmax(1),
            "fit_on": told,
            "purity": counts.max(1) / counts.sum(1),
        }
    )


def doubtful(dense: pd.DataFrame) -> np.ndarray:
    """Which dense fixes carry a label that their own movement denies (a judgement): fit on them as if unlabelled.

    On foot, but half of the minute about it above 12 km/h; or in a vehicle, but for eight minutes next to never above
    10 km/h and two fifths of the time at a walker's 2.5 to 8 km/h: a label that went on after the passenger got off.
    """
    t, x, y = (dense[c].to_numpy() for c in ("seconds", "x", "y"))
    kind, session = dense["class"].to_numpy(), dense["session"].to_numpy()
    # Rises within and across sessions, and no window reaches into another.
    clock = (t - t.min()) + session * (np.ptp(t) + 1e4)
    later = np.minimum(np.searchsorted(clock, clock + 15.0), len(t) - 1)
    seconds = t[later] - t
    measured = (session[later] == session) & (seconds < 60.0) & (seconds > 0)
    speed = np.where(measured, 3.6 * np.hypot(x[later] - x, y[later] - y) / np.maximum(seconds, 1.0), np.nan)
    lasts = np.where(measured, np.minimum(np.diff(t, append=t[-1]).clip(0.0), 60.0), 0.0)

    def share(what: np.ndarray, side_s: float) -> np.ndarray:
        first, last = np.searchsorted(clock, clock - side_s), np.searchsorted(clock, clock + side_s, side="right")
        part, whole = (np.concatenate([[0.0], np.cumsum(a)]) for a in (np.where(what, lasts, 0.0), lasts))
        return (part[last] - part[first]) / np.maximum(whole[last] - whole[first], 1e-9)

    rode = (kind == 0) & (share(speed > 12.0, 30.0) > 0.5)
    walked = (kind == 1) & (share(speed > 10.0, 240.0) < 0.03) & (share((speed > 2.5) & (speed < 8.0), 240.0) > 0.4)
    return np.asarray(rode | walked)


def _thin(t: np.ndarray, part: np.ndarray, draw: Callable[[], float]) -> np.ndarray:
    """Rows kept: the first of each part, then always the first at least the drawn time later."""
    kept: list[int] = []
    edges = np.r_[0, np.flatnonzero(np.diff(part)) + 1, len(t)]
    for start, stop in zip(edges[:-1], edges[1:]):
        i, times = int(start), t[start:stop]
        while i < stop:
            kept.append(i)
            i = max(i + 1, int(start) + int(np.searchsorted(times, t[i] + draw())))
    return np.array(kept)
