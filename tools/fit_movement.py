"""Fit the movement model on GeoLife and write resources/movement_model.json with its provenance and scores.

    python tools/fit_movement.py GEOLIFE.parquet --date 2026-11-24

Deterministic: the same data gives the same file. Fixes are thinned at six intervals and two irregular mixtures, and a set
with more position error; users, not legs, are left out in the cross-validation that gives the scores and the last calibration step.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

os.environ["OMP_NUM_THREADS"] = "1"  # sums in one order: the same data gives the same file
import numpy as np
import pandas as pd
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.movement import MovementModel, write_model
from ia_plugin.core.movement.calibration import fit_calibration
from ia_plugin.core.movement.classify import calibrated, vehicle_logit
from ia_plugin.core.movement.evidence import knots_of, read_moves
from ia_plugin.core.movement.stillness import DEFAULTS
from tools.geolife import read_geolife, thinned_legs
from tools.movement_likelihood import Sample, design, loss, split, unpack
from tools.movement_scores import score

INTERVALS = (60, 90, 120, 180, 300, 600)
FOOT, STATES = 2, 5
NAMES = ("standing or strolling", "walking", "stopped or queueing", "slow traffic", "fast traffic")
TYPICAL_KMH = (1.0, 4.0, 2.0, 12.0, 35.0)
FOLDS = 5
RIDGE = 2e-4
STEPS = 95
# ln(vehicle : foot) of a speed measured over two dense fixes (GeoLife), counted three quarters: the leg tells part of it.
REPORTED_KMH = (0.0, 5.0, 8.0, 12.0, 20.0, 40.0)
REPORTED = (-0.45, -1.1, -0.5, 0.5, 1.6, 2.4)
# A judgement, to be replaced by a force's own: how much more often each text is seen from a vehicle than on foot.
REASONS = {
    "radio_kind=vehicle": 5.0,
    "car kit on": 3.0,
    "carkit on": 3.0,
    "ignition on": 3.0,
    "car kit off": -1.0,
    "carkit off": -1.0,
    "ignition off": -1.0,
}


def samples(dense: pd.DataFrame, by: str = "session") -> dict[str, pd.DataFrame]:
    """Name -> legs: six intervals, and two irregular mixtures (log-normal; radios that differ)."""
    found = {str(n): thinned_legs(dense, n, by) for n in INTERVALS}
    rng = np.random.default_rng(5)
    found["irregular"] = thinned_legs(dense, lambda: float(np.exp(rng.normal(np.log(150.0), 0.8))), by)
    found["mixed"] = thinned_legs(
        dense,
        lambda: float(rng.choice([20, 60, 120, 300, 600], p=[0.2, 0.3, 0.25, 0.15, 0.1]) * rng.uniform(0.7, 1.3)),
        by,
    )
    found["noisy"] = noisy(thinned_legs(dense, lambda: float(rng.choice([60, 120, 180])), by))
    return found


def noisy(legs: pd.DataFrame) -> pd.DataFrame:
    """The legs as worse radios would report them: each track with 10, 20 or 30 m of position error a axis, untold."""
    rng = np.random.default_rng(6)
    track = pd.factorize(legs["track_id"])[0]
    sigma = rng.choice([10.0, 20.0, 30.0], track.max() + 1)[track]
    follows = np.r_[False, track[1:] == track[:-1]]
    for first, second in (("x0", "x1"), ("y0", "y1")):
        moved = legs[second] + rng.normal(0.0, 1.0, len(legs)) * sigma
        alone = legs[first] + rng.normal(0.0, 1.0, len(legs)) * sigma
        legs[second], legs[first] = moved, np.where(follows, moved.shift(), alone)
    return legs


def folds_of(dense: pd.DataFrame) -> dict[int, int]:
    """User -> fold, of about equal numbers of legs: the largest users first, each to the emptiest fold."""
    sizes = dense.groupby("user").size().sort_values(ascending=False, kind="stable")
    load, fold = np.zeros(FOLDS), {}
    for user, size in sizes.items():
        fold[user] = int(np.argmin(load))
        load[fold[user]] += size
    return fold


def as_sample(legs: dict[str, pd.DataFrame]) -> tuple[Sample, np.ndarray, np.ndarray]:
    """All legs as one sample, with their users and intervals; every set and, within it, the root of a user's legs weighs alike."""
    parts = []
    for table in legs.values():
        moves = read_moves(table)
        user = table["officer_id"].to_numpy()[moves.order]
        weight = pd.Series(user).groupby(user).transform("size").to_numpy() ** -0.5
        parts.append(
            (
                design(moves),
                moves.gap_s,
                moves.fresh,
                table["fit_on"].to_numpy()[moves.order],
                weight / weight.sum(),
                user,
                moves.interval,
            )
        )
    joined = [np.concatenate(p) for p in zip(*parts)]
    return Sample(*joined[:5]), joined[5], joined[6]


def start(features: int) -> np.ndarray:
    """Bell curves about typical speeds, and changes of mode every half hour."""
    weights = np.zeros((STATES, features))
    knots = knots_of("speed_kmh")
    for k, typical in enumerate(np.log(np.array(TYPICAL_KMH) + 0.3)):
        weights[k, : len(knots)] = -0.5 * ((knots - typical) / 0.7) ** 2
    return np.concatenate([weights.ravel(), np.log([1 / 1500.0, 1 / 300.0, 1 / 200.0]), np.zeros(STATES), [0.0]])


def fit(sample: Sample, first: Optional[np.ndarray] = None, steps: int = STEPS) -> np.ndarray:
    centre = start(sample.design.shape[1])
    found = minimize(
        loss,
        centre if first is None else first,
        args=(sample, FOOT, STATES, RIDGE, centre),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": steps, "maxcor": 20},
    )
    return np.asarray(found.x)


def as_model(theta: np.ndarray, **more: Any) -> MovementModel:
    weights, chain = unpack(theta, FOOT, STATES)
    base, slope, constant = split(weights)
    kept = dict(
        calibration=(0.0, 0.0, 1.0, 0.0),
        reported=(np.array(REPORTED_KMH), np.array(REPORTED)),
        reasons=REASONS,
        stillness=DEFAULTS,
    )
    return MovementModel(chain, NAMES, base, slope, constant, **{**kept, **more})


def chosen(sample: Sample, rows: np.ndarray) -> Sample:
    return Sample(*(getattr(sample, f)[rows] for f in ("design", "gap_s", "fresh", "truth", "weight")))


def cross_validate(
    legs: dict[str, pd.DataFrame],
    others: dict[str, pd.DataFrame],
    fold: dict[int, int],
    sample: Sample,
    user: np.ndarray,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Out-of-fold logits of the training sets and of `others`: name, user, start, truth, duration, interval, logit, fold."""
    of = np.array([fold[u] for u in user])
    found: dict[str, list[pd.DataFrame]] = {"legs": [], "others": []}
    for k in range(FOLDS):
        model = as_model(fit(chosen(sample, of != k)))
        for kind, tables in (("legs", legs), ("others", others)):
            for name, table in tables.items():
                part = table[[fold[u] == k for u in table["officer_id"]]].reset_index(drop=True)
                moves = read_moves(part)
                out = part.iloc[moves.order][["officer_id", "start", "truth", "purity", "duration_s"]].copy()
                out["name"], out["fold"], out["interval"] = name, k, moves.interval
                out["logit"] = vehicle_logit(moves, model, part)
                found[kind].append(out)
        print(f"fold {k + 1} of {FOLDS} done", flush=True)
    return pd.concat(found["legs"], ignore_index=True), pd.concat(found["others"], ignore_index=True)


def last_step(table: pd.DataFrame) -> tuple[float, float, float, float]:
    """The calibration on out-of-fold logits; each set weighs alike."""
    t = table[table["truth"] < 2]
    weight = 1.0 / t.groupby("name")["logit"].transform("size").to_numpy()
    return fit_calibration(
        t["logit"].to_numpy(), t["interval"].to_numpy(), t["truth"].to_numpy() == 1, weight * len(t) / weight.sum()
    )


def calibrate_by_fold(table: pd.DataFrame, other: pd.DataFrame, model: MovementModel) -> np.ndarray:
    """Probability of a vehicle in `other`, each fold calibrated on the out-of-fold logits of the other folds of `table`."""
    p = np.empty(len(other))
    for k in range(FOLDS):
        m = (other["fold"] == k).to_numpy()
        own = replace(model, calibration=last_step(table[table["fold"] != k]))
        p[m] = calibrated(own, other["logit"].to_numpy()[m], other["interval"].to_numpy()[m])
    return p


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--date", required=True, help="written into the provenance: the clock is not read")
    parser.add_argument("--output", type=Path, default=ROOT / "resources" / "movement_model.json")
    parser.add_argument("--predictions", type=Path, help="out-of-fold predictions, for the bench and the model card")
    a = parser.parse_args()
    dense = read_geolife(a.data)
    legs, by_label = samples(dense), samples(dense, "label")
    fold = folds_of(dense)
    sample, user, _ = as_sample(legs)
    trained, journeys = cross_validate(legs, by_label, fold, sample, user)
    model = as_model(fit(sample), calibration=last_step(trained))
    trained["p_vehicle"] = calibrate_by_fold(trained, trained, model)
    journeys["p_vehicle"] = calibrate_by_fold(trained, journeys, model)
    if a.predictions:
        pd.concat([trained.assign(by="session"), journeys.assign(by="label")]).to_pickle(a.predictions)
    scores = {n: score(g) for n, g in trained.groupby("name", sort=False)}
    provenance = {
        "data": "GeoLife GPS trajectories 1.3, labelled part (Microsoft Research; non-commercial; its points are no part of this project)",
        "users": int(dense["user"].nunique()),
        "legs": len(trained),
        "date": a.date,
        "made_by": "tools/fit_movement.py",
        "scores_are": f"{FOLDS}-fold cross-validation by user; foot against vehicle for every leg up to 900 s",
        "scores": scores,
    }
    a.output.write_text(write_model(replace(model, provenance=provenance)), encoding="utf-8")
    print(json.dumps(scores, indent=1))
    print(json.dumps({n: score(g) for n, g in journeys.groupby("name", sort=False)}, indent=1))


if __name__ == "__main__":
    main()
