"""How good could any classifier be? Two answers for the model card.

    python tools/movement_ceiling.py GEOLIFE.parquet

1. Gradient boosting that sees the *dense* recording (a fix every 1–5 s) inside and round each leg, scored on the same
   legs, labels and left-out users: what is left is mostly the labels' own error.
2. The learning curve of this model at 120 s: more users would help if it still rose.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.movement.classify import calibrated, vehicle_logit
from ia_plugin.core.movement.evidence import read_moves
from tools.bench_movement import neighbours
from tools.fit_movement import FOLDS, as_model, as_sample, chosen, fit, folds_of
from tools.geolife import read_geolife, thinned_legs
from tools.movement_scores import score


def dense_features(dense: pd.DataFrame, legs: pd.DataFrame) -> np.ndarray:
    """Quantiles and shares of the 10-second speeds inside each leg, and those of its neighbours up to ten legs away."""
    t, x, y, user = (dense[c].to_numpy() for c in ("seconds", "x", "y", "user"))
    clock = user * 1e10 + t
    later = np.minimum(np.searchsorted(clock, clock + 10.0), len(t) - 1)
    ok = (user[later] == user) & (t[later] - t < 30.0)
    speed = np.where(ok, 3.6 * np.hypot(x[later] - x, y[later] - y) / np.maximum(t[later] - t, 1.0), np.nan)
    who = legs["officer_id"].to_numpy() * 1e10
    seconds = (
        pd.to_datetime(legs[c], utc=True).dt.tz_localize(None).to_numpy().astype(np.int64) / 1e9
        for c in ("start", "end")
    )
    first, last = (np.searchsorted(clock, who + s - 1e-3) for s in seconds)
    leg = np.repeat(np.arange(len(legs)), last - first)
    fix = first[leg] + np.arange(len(leg)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    inside = pd.Series(np.minimum(speed[fix], 150.0)).groupby(leg)
    found = pd.DataFrame({q: inside.quantile(q) for q in (0.1, 0.25, 0.5, 0.75, 0.9)}).reindex(range(len(legs)))
    found["mean"], found["sd"] = inside.mean(), inside.std()
    for low, high in ((0.0, 1.5), (2.5, 7.0), (8.0, 200.0), (15.0, 200.0)):
        found[f"{low}"] = pd.Series(((speed[fix] > low) & (speed[fix] < high)).astype(float)).groupby(leg).mean()
    own = found.to_numpy()
    track = legs["track_id"].to_numpy()
    columns = [own]
    for k in [*range(-10, 0), *range(1, 11)]:
        j = np.clip(np.arange(len(legs)) + k, 0, len(legs) - 1)
        wanted = (2, 4, 5, 8, 9) if abs(k) <= 4 else (4, 9)
        columns.append(np.where((track[j] == track)[:, None], own[j][:, wanted], np.nan))
    return np.hstack([*columns, neighbours(legs)])


def ceiling(dense: pd.DataFrame, interval: float) -> dict[str, float]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    legs = thinned_legs(dense, interval)
    x, truth, p = dense_features(dense, legs), legs["truth"].to_numpy(), np.zeros(len(legs))
    fold = legs["officer_id"].map(folds_of(dense)).to_numpy()
    for k in range(FOLDS):
        m = (fold != k) & (truth < 2)
        fitted = HistGradientBoostingClassifier(
            max_iter=250,
            learning_rate=0.05,
            max_leaf_nodes=15,
            min_samples_leaf=100,
            l2_regularization=1.0,
            random_state=0,
        ).fit(x[m], truth[m])
        p[fold == k] = fitted.predict_proba(x[fold == k])[:, 1]
    return score(legs.assign(p_vehicle=p))


def learning_curve(dense: pd.DataFrame, users: tuple[int, ...] = (4, 8, 16, 35)) -> dict[int, dict[str, float]]:
    """Scores at 120 s of models fitted on so many users, drawn at random from the other folds."""
    legs, fold = thinned_legs(dense, 120), folds_of(dense)
    sample, user, _ = as_sample({"120": legs})
    rng, found = np.random.default_rng(0), {}
    for n in users:
        rows = []
        for k in range(FOLDS):
            others = [u for u in fold if fold[u] != k]
            drawn = rng.choice(others, min(n, len(others)), replace=False)
            model = as_model(fit(chosen(sample, np.isin(user, drawn)), steps=60))
            part = legs[legs["officer_id"].map(fold) == k].reset_index(drop=True)
            moves = read_moves(part)
            p = calibrated(model, vehicle_logit(moves, model, part), moves.interval)
            rows.append(part.iloc[moves.order].assign(p_vehicle=p))
        found[n] = score(pd.concat(rows))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    dense = read_geolife(parser.parse_args().data)
    for n, scores in learning_curve(dense).items():
        print(f"{n} users", scores, flush=True)
    for interval in (60, 180, 300):
        print(f"dense recording, {interval} s", ceiling(dense, interval), flush=True)


if __name__ == "__main__":
    main()
