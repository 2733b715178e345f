"""Passes of real people through made-up areas, with the truth: dense GPS tracks of GeoLife, thinned. For tools only.

A pass is one person's unbroken dense recording and one area. Areas are discs of 780 m and ragged blobs of that size, set at
random near places each person went.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import time_in_areas
from ia_plugin.core.presence.bridge_model import BridgeModel
from tools.geolife import _thin, read_geolife

DENSE_S, SHORTEST_S, FASTEST_MS = 30.0, 900.0, 60.0
AREAS_A_USER, RADIUS_M = 32, 780.0
INTERVALS = (60, 120, 180, 300)
ANGLE = np.linspace(0, 2 * np.pi, 48, endpoint=False)


def recordings(path: Path) -> pd.DataFrame:
    """Dense fixes of unbroken recordings of at least a quarter of an hour: user, recording, seconds, x, y."""
    dense = read_geolife(path)
    t, x, y, session = (dense[c].to_numpy() for c in ("seconds", "x", "y", "session"))
    steps = np.diff(t)
    broken = (
        (session[1:] != session[:-1])
        | (steps > DENSE_S)
        | (np.hypot(np.diff(x), np.diff(y)) > FASTEST_MS * np.maximum(steps, 1.0))
    )
    dense["recording"] = np.cumsum(np.r_[True, broken])
    lasts = dense.groupby("recording")["seconds"].agg(lambda s: s.iloc[-1] - s.iloc[0])
    kept = dense[dense["recording"].isin(lasts.index[lasts >= SHORTEST_S])]
    return kept[["user", "recording", "seconds", "x", "y"]].reset_index(drop=True)


def areas_of(dense: pd.DataFrame, seed: int = 5) -> dict[Any, pd.DataFrame]:
    """Areas of each user, half discs and half blobs, near places of recordings drawn at random."""
    rng = np.random.default_rng(seed)
    found = {}
    for user, mine in dense.groupby("user"):
        shapes = []
        groups = dict(list(mine.groupby("recording")))
        for i in range(AREAS_A_USER):
            recording = groups[rng.choice(list(groups))]
            centre = recording[["x", "y"]].to_numpy()[rng.integers(len(recording))] + rng.normal(0, 500, 2)
            waves = np.arange(2, 6)
            ragged = 1 + (0.3 / waves * rng.normal(size=4)) @ np.cos(
                np.outer(waves, ANGLE) + rng.uniform(0, 6.3, (4, 1))
            )
            r = RADIUS_M * (np.clip(ragged, 0.3, 2.0) if i % 2 else np.ones(len(ANGLE)))
            shapes.append(shapely.Polygon(centre + np.c_[r * np.cos(ANGLE), r * np.sin(ANGLE)]))
        found[user] = pd.DataFrame({"area_id": [f"{user}-{i}" for i in range(len(shapes))], "geometry": shapes})
    return found


def legs_of(dense: pd.DataFrame, interval: float) -> pd.DataFrame:
    """Legs between fixes at least `interval` seconds apart; each recording is a track."""
    t, part = dense["seconds"].to_numpy(), dense["recording"].to_numpy()
    kept = _thin(t, part, lambda: interval)
    a, b = kept[:-1], kept[1:]
    joined = part[a] == part[b]
    a, b = a[joined], b[joined]
    x, y = dense["x"].to_numpy(), dense["y"].to_numpy()
    stamp = pd.to_datetime(np.round(t * 1e9).astype(np.int64), utc=True)
    return pd.DataFrame(
        {
            "leg_id": np.arange(len(a)), "track_id": part[a], "officer_id": dense["user"].to_numpy()[a], "start": stamp[a], "end": stamp[b],
            "x0": x[a], "y0": y[a], "x1": x[b], "y1": y[b], "duration_s": t[b] - t[a],
        }
    )  # fmt: skip


@dataclass(frozen=True)
class Passes:
    """All passes at one interval, with truth and the legs behind them.

    Attributes
    ----------
    truth : DataFrame ``user, recording, area_id, day, truth`` of every pass with any time in it
    """

    interval: int
    dense: pd.DataFrame
    legs: dict[Any, pd.DataFrame]
    areas: dict[Any, pd.DataFrame]
    truth: pd.DataFrame

    @classmethod
    def of(cls, dense: pd.DataFrame, areas: dict[Any, pd.DataFrame], interval: int) -> Passes:
        legs, truths = {}, []
        plain = PresenceParams(method="linear", bounds="none")
        for user, mine in dense.groupby("user"):
            legs[user] = legs_of(mine, interval)
            ends = legs[user].groupby("track_id")["end"].max()
            whole = legs_of(mine, 0.0)
            # The truth of what the thinned legs span, and no more.
            whole = whole[(whole["end"] <= whole["track_id"].map(ends)).to_numpy()].reset_index(drop=True)
            whole = whole[whole["duration_s"] > 0].reset_index(drop=True)
            whole["leg_id"] = np.arange(len(whole))
            found = _unfiltered(whole, areas[user], plain)
            truths.append(found.assign(user=user).rename(columns={"seconds": "truth"}))
        return cls(interval, dense, legs, areas, pd.concat(truths, ignore_index=True))

    def estimate(self, method: str, model: BridgeModel | None = None) -> pd.DataFrame:
        """``user, recording, area_id, truth, seconds, variance, systematic, low, high`` of passes; `systematic` is Στ·seconds."""
        tables = []
        for user, legs in self.legs.items():
            found = time_in_areas(legs, self.areas[user], PresenceParams(method=method), model=model)
            at = found["leg_id"].to_numpy()
            lasts = legs["duration_s"].to_numpy()[at]
            tau = found.attrs["bridge"].relative_error(lasts) if method == "bridge" else 0.0
            found = found.assign(
                user=user,
                recording=legs["track_id"].to_numpy()[at],
                variance=found["seconds_sd"].fillna(0) ** 2,
                systematic=tau * found["seconds"],
            )
            keys = ["user", "recording", "area_id"]
            columns = ["seconds", "variance", "systematic", "seconds_low", "seconds_high"]
            tables.append(found.groupby(keys)[columns].sum().reset_index())
        both = self.truth.merge(pd.concat(tables), on=["user", "recording", "area_id"], how="outer")
        day = self.dense.groupby("recording")["seconds"].first() // 86_400
        return both.fillna(0).assign(day=both["recording"].map(day).to_numpy())


def _unfiltered(legs: pd.DataFrame, areas: pd.DataFrame, params: PresenceParams) -> pd.DataFrame:
    """Seconds of each recording in each area, from dense legs, whose shares of under half a second count too."""
    # Time is stretched, so that no share falls under the half second below which a row is dropped.
    stretched = legs.assign(duration_s=legs["duration_s"] * 1e6)
    found = time_in_areas(stretched, areas, params)
    found["recording"] = legs["track_id"].to_numpy()[found["leg_id"].to_numpy()]
    return (found.groupby(["recording", "area_id"])["seconds"].sum() / 1e6).reset_index()


def simulated_passes(interval: float, seed: int = 1) -> pd.DataFrame:
    """Officers of the simulated force (streets of the sample) by area: truth, and seconds by each method.

    Positions carry the radios' error; a radio reports at least every `interval` seconds.
    """
    from ia_plugin.core.params import SimulateParams, TrackParams
    from ia_plugin.core.simulate import StreetNetwork, simulate_shifts, true_seconds_in_areas
    from ia_plugin.core.tracks import build_legs, gap_limit

    step, n = 200.0, 40
    line = shapely.LineString
    streets = [line([(i * step, j * step), ((i + 1) * step, j * step)]) for i in range(n) for j in range(n + 1)]
    streets += [line([(i * step, j * step), (i * step, (j + 1) * step)]) for i in range(n + 1) for j in range(n)]
    rng = np.random.default_rng(seed)
    shapes = [shapely.Point(*rng.uniform(1000, 7000, 2)).buffer(600) for _ in range(12)]
    areas = pd.DataFrame(
        {"area_id": [f"a{i}" for i in range(12)], "role": ["impact", "comparison"] * 6, "geometry": shapes}
    )
    params = SimulateParams(
        officers=60,
        days=2,
        seed=seed,
        interval_s=interval,
        distance_limit_m=20_000.0,
        locker_share=0.0,
        home_share=0.0,
        stale_share=0.0,
        silent_share=0.0,
    )
    world = simulate_shifts(StreetNetwork.from_lines(streets), areas, None, params)
    legs = build_legs(world.fixes, TrackParams(max_gap_s=float(gap_limit(interval))))
    truth = true_seconds_in_areas(world, areas)
    found = {}
    for method in ("bridge", "linear", "last_fix"):
        table = time_in_areas(legs, areas, PresenceParams(method=method))
        officer = legs.set_index("leg_id")["officer_id"].reindex(table["leg_id"]).to_numpy()
        found[method] = table.assign(officer_id=officer).groupby(["officer_id", "area_id"])["seconds"].sum()
    return (
        pd.concat(found, axis=1)
        .join(truth.set_index(["officer_id", "area_id"])["seconds"].rename("truth"), how="outer")
        .fillna(0)
    )


def bounds_broken(passes: Passes, max_speed_ms: float = 40.0) -> tuple[int, int, int]:
    """(legs and areas looked at, whose truth lies outside the hard bounds, recordings left out for a step over the limit)."""
    looked = broken = left = 0
    params = PresenceParams(method="linear", bounds="all", max_speed_ms=max_speed_ms)
    for user, mine in passes.dense.groupby("user"):
        t, x, y = (mine[c].to_numpy() for c in ("seconds", "x", "y"))
        same = np.diff(mine["recording"].to_numpy()) == 0
        fast = same & (np.hypot(np.diff(x), np.diff(y)) > max_speed_ms * np.maximum(np.diff(t), 1e-9))
        bad = np.unique(mine["recording"].to_numpy()[:-1][fast])
        left += len(bad)
        kept = mine[~mine["recording"].isin(bad)].reset_index(drop=True)
        if not len(kept):
            continue
        legs, dense = legs_of(kept, passes.interval), legs_of(kept, 0.0)
        dense = dense[dense["duration_s"] > 0].reset_index(drop=True)
        dense["leg_id"] = np.arange(len(dense))
        # Which leg each dense step belongs to: recordings lie one after the other.
        clock = dense["track_id"].to_numpy() * 1e10 + dense["start"].astype("int64").to_numpy() / 1e9
        starts = legs["track_id"].to_numpy() * 1e10 + legs["start"].astype("int64").to_numpy() / 1e9
        order = np.argsort(starts)
        leg = order[np.clip(np.searchsorted(starts[order], clock + 1e-6, side="right") - 1, 0, len(legs) - 1)]
        stretched = dense.assign(duration_s=dense["duration_s"] * 1e6)
        found = time_in_areas(stretched, passes.areas[user], PresenceParams(method="linear", bounds="none"))
        at = found["leg_id"].to_numpy()
        inside = dense["end"].to_numpy()[at] <= legs["end"].to_numpy()[leg[at]]
        truth = pd.DataFrame({"leg_id": leg[at], "area_id": found["area_id"], "truth": found["seconds"] / 1e6})[inside]
        truth = truth.groupby(["leg_id", "area_id"])["truth"].sum().reset_index()
        both = truth.merge(
            time_in_areas(legs, passes.areas[user], params), on=["leg_id", "area_id"], how="outer"
        ).fillna(0)
        looked += len(both)
        # Pairs of under half a second have no row.
        broken += int(
            ((both["truth"] > both["seconds_high"] + 0.5) | (both["truth"] < both["seconds_low"] - 0.5)).sum()
        )
    return looked, broken, left
