"""The movement model beside today's choices, on the same legs and the same left-out users.

    python tools/bench_movement.py GEOLIFE.parquet PREDICTIONS [--plot docs/images/movement_calibration.png]

PREDICTIONS are the out-of-fold probabilities that ``tools/fit_movement.py --predictions`` kept.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.movement import classify_movement
from ia_plugin.core.movement.evidence import read_evidence, read_moves
from tools.fit_movement import FOLDS, folds_of, samples
from tools.geolife import read_geolife
from tools.movement_scores import macro_f1, score

SHOWN = ("60", "120", "180", "300")
RULE_KMH = 15.0


def speeds(legs: pd.DataFrame) -> np.ndarray:
    return 3.6 * np.hypot(legs["x1"] - legs["x0"], legs["y1"] - legs["y0"]).to_numpy() / legs["duration_s"].to_numpy()


def by_cut(legs: pd.DataFrame, fold: np.ndarray) -> np.ndarray:
    """Vehicle above the single speed that was best on the other users."""
    v, truth, p = speeds(legs), legs["truth"].to_numpy(), np.zeros(len(legs))
    cuts = np.arange(3.0, 20.0, 0.5)
    for k in range(FOLDS):
        m = (fold != k) & (truth < 2)
        best = max(cuts, key=lambda cut: macro_f1(v[m] > cut, truth[m] == 1))
        p[fold == k] = v[fold == k] > best
    return p


def by_trackintel(legs: pd.DataFrame) -> np.ndarray:
    """trackintel's own transport mode prediction (Henry et al. 2021), a leg as a tripleg."""
    import geopandas
    import shapely
    import trackintel

    # trackintel 1.4 asks GeoDataFrame for a function that geopandas 1.0 keeps in its module.
    if not hasattr(geopandas.GeoDataFrame, "_geodataframe_constructor_with_fallback"):
        kept = geopandas.geodataframe._geodataframe_constructor_with_fallback
        geopandas.GeoDataFrame._geodataframe_constructor_with_fallback = staticmethod(kept)
    ends = legs[["x0", "y0", "x1", "y1"]].to_numpy().reshape(-1, 2, 2).copy()
    still = (ends[:, 0] == ends[:, 1]).all(axis=1)
    ends[still, 1, 0] += 0.01  # it takes no lines without length
    triplegs = geopandas.GeoDataFrame(
        {"user_id": legs["officer_id"], "started_at": legs["start"], "finished_at": legs["end"]},
        geometry=shapely.linestrings(ends),
        crs="EPSG:27700",
    )
    found = trackintel.analysis.predict_transport_mode(trackintel.Triplegs(triplegs), method="simple-coarse")
    return (found["mode"] != "slow_mobility").to_numpy().astype(float)


def neighbours(legs: pd.DataFrame, reach: int = 10) -> np.ndarray:
    """Features of gradient boosting: the speeds and intervals of 21 legs, turns, and our kinds of evidence."""
    moves = read_moves(legs)
    first, last = moves.window(reach)
    i = np.arange(len(moves))
    speed = read_evidence(moves)[0].value
    heading = np.arctan2(moves.y1 - moves.y0, moves.x1 - moves.x0)
    columns = [e.value for e in read_evidence(moves)]
    for k in range(-reach, reach + 1):
        inside = (i + k >= first) & (i + k <= last)
        j = np.clip(i + k, 0, len(moves) - 1)
        columns.append(np.where(inside, speed[j], np.nan))
        if abs(k) <= 3:
            columns += [
                np.where(inside, moves.interval[j], np.nan),
                np.where(inside, np.cos(heading[j] - heading), np.nan),
            ]
    out = np.empty((len(moves), len(columns)))
    out[moves.order] = np.column_stack(columns)
    return out


def by_boosting(legs: pd.DataFrame, fold: np.ndarray) -> np.ndarray:
    """Gradient boosting fitted at this interval alone, on the other users (scikit-learn)."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    x, truth, p = neighbours(legs), legs["truth"].to_numpy(), np.zeros(len(legs))
    for k in range(FOLDS):
        m = (fold != k) & (truth < 2)
        fitted = HistGradientBoostingClassifier(
            max_iter=200,
            learning_rate=0.05,
            max_leaf_nodes=15,
            min_samples_leaf=100,
            l2_regularization=1.0,
            random_state=0,
        ).fit(x[m], truth[m])
        p[fold == k] = fitted.predict_proba(x[fold == k])[:, 1]
    return p


def table(dense: pd.DataFrame, predictions: pd.DataFrame) -> pd.DataFrame:
    """Rows (way, interval) with the scores of each."""
    of, rows = folds_of(dense), []
    for name, legs in samples(dense).items():
        if name not in SHOWN:
            continue
        fold = legs["officer_id"].map(of).to_numpy()
        ways = {
            f"one cut at {RULE_KMH:g} km/h": speeds(legs) > RULE_KMH,
            "trackintel": by_trackintel(legs),
            "best single cut": by_cut(legs, fold),
            "gradient boosting": by_boosting(legs, fold),
        }
        for way, p in ways.items():
            rows.append({"way": way, "interval_s": name, **score(legs.assign(p_vehicle=np.asarray(p, dtype=float)))})
        ours = predictions[(predictions["name"] == name) & (predictions["by"] == "session")]
        rows.append({"way": "this model", "interval_s": name, **score(ours)})
    return pd.DataFrame(rows)


def legs_a_second(legs: int = 1_000_000, officers: int = 1_000) -> float:
    """Speed of classify_movement, the best of three."""
    rng = np.random.default_rng(0)
    each = legs // officers
    start = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(np.tile(np.arange(each) * 120, officers), unit="s")
    x, y = (np.cumsum(rng.normal(0.0, 300.0, legs)) + 4e5 for _ in "xy")
    made = pd.DataFrame(
        {
            "track_id": np.repeat(np.arange(officers), each),
            "officer_id": np.repeat([f"o{i:08x}" for i in range(officers)], each),
            "start": start,
            "end": start + pd.Timedelta(seconds=120),
            **{"x0": x, "y0": y, "x1": x + rng.normal(0.0, 300.0, legs), "y1": y},
        }
    )
    took = []
    for _ in range(3):
        began = time.perf_counter()
        classify_movement(made)
        took.append(time.perf_counter() - began)
    return len(made) / min(took)


def draw(predictions: pd.DataFrame, path: Path) -> None:
    """Reliability of the out-of-fold probabilities by interval."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(4.6, 4.2), dpi=90)
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, label="what it says is what happens")
    for name in SHOWN:
        t = predictions[(predictions["name"] == name) & (predictions["by"] == "session") & (predictions["truth"] < 2)]
        groups = t.groupby(np.minimum((t["p_vehicle"] * 10).astype(int), 9))
        axes.plot(
            groups["p_vehicle"].mean(), groups["truth"].mean(), marker="o", markersize=3, linewidth=1, label=f"{name} s"
        )
    axes.set(
        xlabel="probability of a vehicle the model gives",
        ylabel="share that was in a vehicle",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    axes.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Software": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--plot", type=Path)
    a = parser.parse_args()
    dense, predictions = read_geolife(a.data), pd.read_pickle(a.predictions)
    print(table(dense, predictions).to_string(index=False))
    print(f"\n{legs_a_second():,.0f} legs a second")
    if a.plot:
        draw(predictions, a.plot)


if __name__ == "__main__":
    main()
