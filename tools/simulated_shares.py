"""How well the ranges of shares by mode hold on simulated forces, whose truth is known to the second; each force is one draw of what
its officers have in common.

    python -m tools.simulated_shares [--seeds 1 2 3] [--seconds 60 120 300] [--officers 40]
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.columns import KNOWN_MODES
from ia_plugin.core.movement import classify_movement, time_by_mode
from ia_plugin.core.movement.summary import OF_ALL
from ia_plugin.core.params import SimulateParams, TrackParams
from ia_plugin.core.simulate import StreetNetwork, simulate_shifts
from ia_plugin.core.times.instants import nanoseconds
from ia_plugin.core.tracks import build_legs, gap_limit
from tools.share_truth import STOOD_S

STEP_M, BLOCKS = 200.0, 40
PLAIN = SimulateParams(
    officers=40, days=2, distance_limit_m=20_000.0, locker_share=0.0, home_share=0.0, stale_share=0.0, silent_share=0.0
)
FORCES: dict[str, dict[str, Any]] = {
    "by time": {},
    "by distance too (300 m)": {"distance_limit_m": 300.0},
    "October's night of 25 hours": {"first_day": "2024-10-26"},
    "March's night of 23 hours": {"first_day": "2024-03-30"},
}


def grid() -> StreetNetwork:
    """Streets of 200 m blocks, 8 km square."""
    line, at = shapely.LineString, STEP_M * np.arange(BLOCKS + 1)
    rows = [line([(a, y), (b, y)]) for y in at for a, b in zip(at, at[1:])]
    return StreetNetwork.from_lines(rows + [line([(x, a), (x, b)]) for x in at for a, b in zip(at, at[1:])])


def force(
    interval: float, seed: int, kind: str = "by time", officers: int = PLAIN.officers
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(classified legs, hours that each officer truly spent by mode in the time of these legs)."""
    rng = np.random.default_rng(seed)
    discs = [shapely.Point(*rng.uniform(1000, 7000, 2)).buffer(400) for _ in range(24)]
    areas = pd.DataFrame(
        {"area_id": [f"a{i}" for i in range(24)], "role": ["impact", "comparison"] * 12, "geometry": discs}
    )
    world = simulate_shifts(
        grid(), areas, None, replace(PLAIN, seed=seed, officers=officers, interval_s=interval, **FORCES[kind])
    )
    legs = classify_movement(build_legs(world.fixes, TrackParams(max_gap_s=float(gap_limit(interval)))))
    legs["officer_id"], truth = (
        legs["officer_id"].astype(str),
        world.truth.assign(officer_id=world.truth["officer_id"].astype(str)),
    )
    return legs, pd.DataFrame(
        {o: true_hours(truth[truth["officer_id"] == o], own) for o, own in legs.groupby("officer_id")}
    ).T


def true_hours(truth: pd.DataFrame, legs: pd.DataFrame) -> dict[str, float]:
    """Hours by mode of one officer's truth while their legs last, a short stand told with the way that it interrupts."""
    truth = truth.sort_values("start")
    edges = np.r_[nanoseconds(truth["start"]), nanoseconds(truth["end"])[-1:]]
    lasts, mode = np.diff(edges) / 3.6e12, said_modes(truth)
    found = {}
    for m in KNOWN_MODES:
        spent = np.r_[0.0, np.cumsum(np.where(mode == m, lasts, 0.0))]
        begin, end = (np.interp(nanoseconds(legs[c]), edges, spent) for c in ("start", "end"))
        found[m] = float((end - begin).sum())
    return found


def said_modes(truth: pd.DataFrame) -> np.ndarray:
    """The mode of each move of one officer's truth in the model's meaning: a stand of less than five minutes is part of the way
    before it (at the start of a turn, of the way after it).

    >>> moves = pd.DataFrame({"mode": ["vehicle", "stationary", "foot", "stationary", "stationary"]})
    >>> ends = pd.to_datetime([600, 840, 900, 1000, 1300], unit="s", utc=True)
    >>> said_modes(moves.assign(start=ends[[0]].append(ends[:-1]), end=ends)).tolist()
    ['vehicle', 'vehicle', 'foot', 'stationary', 'stationary']
    """
    mode = truth["mode"].astype(str)
    lasts = (truth["end"] - truth["start"]).dt.total_seconds()
    run = (mode != mode.shift()).cumsum()
    short = (mode == "stationary") & (lasts.groupby(run).transform("sum") < STOOD_S)
    return np.asarray(mode.mask(short).astype("string").ffill().bfill().fillna("stationary"))


def scored(
    interval: float, seed: int, size: int, kind: str = "by time", groups: int = 60, officers: int = PLAIN.officers
) -> list[dict[str, object]]:
    """Of groups of officers of one force: whether the range holds the true share, and the mean of share and truth."""
    legs, true = force(interval, seed, kind, officers)
    own, rng = dict(tuple(legs.groupby("officer_id"))), np.random.default_rng(seed)
    rows = []
    for _ in range(groups):
        chosen = rng.choice(true.index.to_numpy(), size, replace=False)
        table = time_by_mode(pd.concat([own[o] for o in chosen], ignore_index=True))
        ends, whole = table.attrs[OF_ALL], float(table["observed_hours"].sum())
        for m in KNOWN_MODES:
            truth = float(true.loc[chosen, m].sum())
            rows.append({"radios report": kind, "seconds": interval, "officers": size, "mode": m, "covered": ends[f"{m}_hours_low"] <= truth <= ends[f"{m}_hours_high"],
                         "share": float(table[f"{m}_hours"].sum()) / whole, "low": ends[f"{m}_hours_low"] / whole,
                         "high": ends[f"{m}_hours_high"] / whole, "truth": truth / whole})  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--seconds", type=float, nargs="+", default=[60.0, 120.0, 300.0], help="between fixes")
    parser.add_argument("--officers", type=int, default=PLAIN.officers, help="of each force, ten or more")
    asked = parser.parse_args()
    rows = [
        r
        for seed in asked.seeds
        for kind in FORCES
        for t in asked.seconds
        for n in (1, 10)
        for r in scored(t, seed, n, kind, officers=asked.officers)
    ]
    print(pd.DataFrame(rows).groupby(["radios report", "seconds", "officers", "mode"]).mean().round(2).to_string())


if __name__ == "__main__":
    main()
