"""Legs of real and of simulated people in made-up areas, with the truth. For tools only.

The real ones are dense GPS tracks of GeoLife, thinned. A pass is one person's unbroken dense recording and one area.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import time_in_areas
from ia_plugin.core.presence.bridge_model import BridgedLegs, BridgeModel
from ia_plugin.core.presence.leg_arrays import leg_limits
from tools.bridge_areas import DRAWS, draw_areas
from tools.geolife import _thin, read_geolife

DENSE_S, SHORTEST_S, FASTEST_MS = 30.0, 900.0, 60.0
AREAS_A_USER, RADIUS_M = 32, 780.0
MOST, TRUTH_S = 100, 2.0
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


def truth_of_legs(mine: pd.DataFrame, legs: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """``leg_id, area_id, truth``: seconds of the dense fixes of one person in areas, by the thinned leg they fall in."""
    dense = legs_of(mine, 0.0)
    dense = dense[dense["duration_s"] > 0].reset_index(drop=True)
    dense["leg_id"] = np.arange(len(dense))
    # Recordings lie one after the other, each with its legs in order.
    clock = dense["track_id"].to_numpy() * 1e10 + dense["start"].astype("int64").to_numpy() / 1e9
    starts = legs["track_id"].to_numpy() * 1e10 + legs["start"].astype("int64").to_numpy() / 1e9
    leg = np.clip(np.searchsorted(starts, clock + 1e-6, side="right") - 1, 0, len(legs) - 1)
    within = (dense["track_id"].to_numpy() == legs["track_id"].to_numpy()[leg]) & (
        dense["end"].to_numpy() <= legs["end"].to_numpy()[leg]
    )
    # Time is stretched, so that no share falls under the half second below which a row is dropped.
    stretched = dense[within].assign(duration_s=dense["duration_s"][within] * 1e6)
    found = time_in_areas(stretched, areas, PresenceParams(method="linear", bounds="none"))
    table = pd.DataFrame(
        {"leg_id": leg[found["leg_id"].to_numpy()], "area_id": found["area_id"], "truth": found["seconds"] / 1e6}
    )
    return table.groupby(["leg_id", "area_id"])["truth"].sum().reset_index()


def leg_table(legs: pd.DataFrame, areas: pd.DataFrame, truth: pd.DataFrame, model: BridgeModel) -> pd.DataFrame:
    """A row for each leg and area with time by the truth or by a method.

    Parameters
    ----------
    legs : of any people, ``leg_id`` their positions
    areas : ``area_id, draw, geometry``
    truth : ``leg_id, area_id, truth``
    model : whose paths are taken; its spread is left for later

    Returns
    -------
    DataFrame ``truth, bridge, linear, last_fix`` (seconds), ``over_paths`` (standard deviation of the share), ``lasts`` (seconds),
    ``fastest, speed`` (m/s), ``user, recording, draw, area_id, day``
    """
    bare = replace(model, sd_factor=1.0, sd_power=0.0, uneven=0.0, steady_ms=100.0)
    found = [truth.set_index(["leg_id", "area_id"])["truth"]]
    for method in ("bridge", "linear", "last_fix"):
        table = time_in_areas(legs, areas, PresenceParams(method=method, bounds="none"), model=bare)
        table = table.set_index(["leg_id", "area_id"])
        found.append(table["seconds"].rename(method))
        if method == "bridge":
            found.append(table["seconds_sd"].rename("over_paths"))
    rows = pd.concat(found, axis=1).fillna(0.0).reset_index()
    leg = rows["leg_id"].to_numpy()
    lasts = legs["duration_s"].to_numpy()
    speed = np.hypot(legs["x1"] - legs["x0"], legs["y1"] - legs["y0"]).to_numpy() / lasts
    rows["over_paths"] /= lasts[leg]
    facts = {
        "lasts": lasts,
        "speed": speed,
        "fastest": BridgedLegs(legs, leg_limits(legs, 40.0), model).fastest,
        "user": legs["officer_id"].to_numpy(),
        "recording": legs["track_id"].to_numpy(),
        "day": legs["start"].astype("int64").to_numpy() // 86_400_000_000_000,
    }
    rows = rows.assign(**{name: values[leg] for name, values in facts.items()})
    return rows.assign(draw=rows["area_id"].map(areas.set_index("area_id")["draw"]))


def real_legs(tracks: Path, seed: int, model: BridgeModel, cache: Path, intervals: tuple[int, ...]) -> pd.DataFrame:
    """The leg tables of all people over every draw of areas; kept a file a person in `cache`, for it takes long.

    At most MOST recordings of one person, at random, so that nobody outweighs all others.
    """
    cache.mkdir(parents=True, exist_ok=True)
    dense = recordings(tracks)
    rng = np.random.default_rng(seed)
    kept = [rng.permutation(mine["recording"].unique())[:MOST] for _, mine in dense.groupby("user")]
    dense = dense[dense["recording"].isin(np.concatenate(kept))].reset_index(drop=True)
    draws = {f"{kind} {size}": draw_areas(dense, kind, size, seed) for kind, size in DRAWS}
    draws["round 780 m"] = areas_of(dense, 5 + seed)
    stamp = hashlib.sha256(f"{model.spread} {model.bend} {model.stand} {intervals}".encode())
    tables = []
    for user, mine in sorted(dense.groupby("user"), key=lambda pair: len(pair[1])):
        file = cache / f"{stamp.hexdigest()[:8]}-{seed}-{user}.parquet"
        if not file.exists():
            areas = pd.concat([of[user].assign(draw=draw) for draw, of in draws.items()], ignore_index=True)
            some = []
            for interval in intervals:
                legs = legs_of(mine, interval)
                if len(legs):
                    table = leg_table(legs, areas, truth_of_legs(mine, legs, areas), model)
                    some.append(table.assign(interval=interval))
            pd.concat(some, ignore_index=True).to_parquet(file)
            print(f"person {user}: {len(mine):,} dense fixes", flush=True)
        tables.append(pd.read_parquet(file))
    return pd.concat(tables, ignore_index=True)


def simulated_legs(interval: float, seed: int, model: BridgeModel, **given: Any) -> pd.DataFrame:
    """The leg table of officers of the simulated force on a grid of streets; positions carry the radios' error.

    A radio reports at least every `interval` seconds; `given` are other parameters of the force, as SimulateParams has them.
    The truth is looked at every two seconds.
    """
    from ia_plugin.core.params import SimulateParams, TrackParams
    from ia_plugin.core.simulate import StreetNetwork, dense_truth, simulate_shifts
    from ia_plugin.core.tracks import build_legs, gap_limit

    step, n = 200.0, 40
    line = shapely.LineString
    streets = [line([(i * step, j * step), ((i + 1) * step, j * step)]) for i in range(n) for j in range(n + 1)]
    streets += [line([(i * step, j * step), (i * step, (j + 1) * step)]) for i in range(n + 1) for j in range(n)]
    rng = np.random.default_rng(seed)
    radius = np.sqrt(np.exp(rng.uniform(np.log(4.0), np.log(600.0), 24)) * 1e4 / np.pi)
    shapes = [shapely.Point(*rng.uniform(1000, 7000, 2)).buffer(r) for r in radius]
    areas = pd.DataFrame({"area_id": [f"a{i}" for i in range(24)], "draw": "force", "geometry": shapes})
    plain = {
        "distance_limit_m": 20_000.0,
        "locker_share": 0.0,
        "home_share": 0.0,
        "stale_share": 0.0,
        "silent_share": 0.0,
    }
    params = SimulateParams(officers=40, days=2, seed=seed, interval_s=interval, **{**plain, **given})
    roles = areas.assign(role=["impact", "comparison"] * 12)
    world = simulate_shifts(StreetNetwork.from_lines(streets), roles, None, params)
    legs = build_legs(world.fixes, TrackParams(max_gap_s=float(gap_limit(interval))))
    legs = legs.sort_values(["officer_id", "start"], ignore_index=True)
    legs["leg_id"] = np.arange(len(legs))
    seen = dense_truth(world, TRUTH_S)
    officers = pd.Index(legs["officer_id"].unique())
    key = [officers.get_indexer(t["officer_id"]) * 1e10 + t[c].astype("int64").to_numpy() / 1e9 for t, c in
           ((legs, "start"), (legs, "end"), (seen, "time"))]  # fmt: skip
    leg = np.clip(np.searchsorted(key[0], key[2], side="right") - 1, 0, len(legs) - 1)
    within = (key[2] >= key[0][leg]) & (key[2] < key[1][leg])
    points = shapely.points(seen["x"].to_numpy()[within], seen["y"].to_numpy()[within])
    at, area = shapely.STRtree(points).query(shapes, predicate="contains")[::-1]
    truth = pd.DataFrame({"leg_id": leg[within][at], "area_id": areas["area_id"].to_numpy()[area], "truth": TRUTH_S})
    truth = truth.groupby(["leg_id", "area_id"])["truth"].sum().reset_index()
    return leg_table(legs, areas, truth, model).assign(interval=int(interval))


def bounds_broken(
    dense: pd.DataFrame, areas: dict[Any, pd.DataFrame], interval: int, max_speed_ms: float = 40.0
) -> tuple[int, int, int]:
    """(legs and areas looked at, whose truth lies outside the hard bounds, recordings left out for a step over the limit)."""
    looked = broken = left = 0
    params = PresenceParams(method="linear", bounds="all", max_speed_ms=max_speed_ms)
    for user, mine in dense.groupby("user"):
        t, x, y = (mine[c].to_numpy() for c in ("seconds", "x", "y"))
        same = np.diff(mine["recording"].to_numpy()) == 0
        fast = same & (np.hypot(np.diff(x), np.diff(y)) > max_speed_ms * np.maximum(np.diff(t), 1e-9))
        bad = np.unique(mine["recording"].to_numpy()[:-1][fast])
        left += len(bad)
        kept = mine[~mine["recording"].isin(bad)].reset_index(drop=True)
        if not len(kept):
            continue
        legs = legs_of(kept, interval)
        truth = truth_of_legs(kept, legs, areas[user])
        bounds = time_in_areas(legs, areas[user], params)
        both = truth.merge(bounds, on=["leg_id", "area_id"], how="outer").fillna(0)
        looked += len(both)
        # Pairs of under half a second have no row.
        broken += int(
            ((both["truth"] > both["seconds_high"] + 0.5) | (both["truth"] < both["seconds_low"] - 0.5)).sum()
        )
    return looked, broken, left
