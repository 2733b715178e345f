"""Fit and score the bridge on dense tracks of people, whole users left out.

    python tools/fit_bridge.py TRACKS.parquet [--write]

Prints, for fixes 60, 120, 180 and 300 s apart, the error, bias and coverage on people that the parameters were not fitted on,
beside the straight line and holding the last fix; `--write` puts the parameters fitted on all into resources/bridge_model.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.presence.bridge_model import BridgeModel
from tools.bridge_passes import INTERVALS, Passes, areas_of, recordings

FOLDS = 5
SPREADS, BENDS, STANDS = (0.05, 0.07, 0.09), (1.0,), (0.1, 0.2)
NEARLY = 1.01  # an error this close to the least is as good: then the smaller bias counts
FACTORS, POWERS, TAUS = np.arange(0.7, 1.6, 0.05), (0.15, 0.25, 0.35, 0.45), (0.01, 0.02, 0.03, 0.04, 0.05, 0.06)
Z90 = 1.6448536
LEVELS = {
    "pass": ["user", "recording", "area_id"],
    "area × day": ["area_id", "day"],
    "area": ["area_id"],
    "user": ["user"],
}


def counted(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["truth"] > 0) | (table["seconds"] > 1)]


def intervals_of(table: pd.DataFrame, level: str) -> pd.DataFrame:
    """Truth, estimate and the ends of its 90 % interval at a level."""
    total = counted(table).groupby(LEVELS[level])[["truth", "seconds", "variance", "systematic"]].sum()
    sd = np.sqrt(total["variance"] + total["systematic"] ** 2)
    return total.assign(low=np.maximum(0.0, total["seconds"] - Z90 * sd), high=total["seconds"] + Z90 * sd)


def coverage(table: pd.DataFrame, level: str) -> float:
    t = intervals_of(table, level)
    return float(((t["truth"] >= t["low"] - 1e-9) & (t["truth"] <= t["high"] + 1e-9)).mean())


def interval_score(t: pd.DataFrame) -> float:
    """Gneiting & Raftery (2007), equation 43, at 90 %."""
    miss = np.maximum(0, t["low"] - t["truth"]) + np.maximum(0, t["truth"] - t["high"])
    return float((t["high"] - t["low"] + 20 * miss).mean())


def rmse(table: pd.DataFrame) -> float:
    t = counted(table)
    return float(np.sqrt(((t["seconds"] - t["truth"]) ** 2).mean()))


def bias(table: pd.DataFrame, seed: int = 1) -> tuple[float, float]:
    """Relative bias of the total, and its bootstrap standard error over users."""
    by = table.groupby("user")[["truth", "seconds"]].sum().to_numpy()
    rng = np.random.default_rng(seed)
    draws = by[rng.integers(0, len(by), (2000, len(by)))].sum(axis=1)
    return float(by[:, 1].sum() / by[:, 0].sum() - 1), float((draws[:, 1] / draws[:, 0] - 1).std())


def rescaled(table: pd.DataFrame, interval: int, made_with: BridgeModel, model: BridgeModel) -> pd.DataFrame:
    """What the passes would say with other parameters of the spread: legs of one interval last about as long."""
    factor = float((model.sd_scale(np.array([interval])) / made_with.sd_scale(np.array([interval])))[0])
    tau = model.tau / made_with.tau
    return table.assign(variance=table["variance"] * factor**2, systematic=table["systematic"] * tau)


def choose(tables: dict[Any, dict[int, pd.DataFrame]], lines: dict[int, pd.DataFrame], users: Any) -> BridgeModel:
    """The parameters that serve these users best: error first, then bias, then coverage."""

    def mine(table: pd.DataFrame) -> pd.DataFrame:
        return table[table["user"].isin(users)]

    base = {i: rmse(mine(lines[i])) for i in INTERVALS}
    error = {m: sum(rmse(mine(t[i])) / base[i] for i in INTERVALS) for m, t in tables.items()}
    good = [m for m in tables if error[m] <= NEARLY * min(error.values())]
    model = min(good, key=lambda m: sum(abs(bias(mine(tables[m][i]))[0]) for i in INTERVALS))
    part = {i: mine(tables[model][i]) for i in INTERVALS}

    def misfit(candidate: BridgeModel, level: str) -> float:
        return sum(abs(coverage(rescaled(part[i], i, model, candidate), level) - 0.9) for i in INTERVALS)

    best = model
    for _ in range(2):  # the spread of single legs by passes, the systematic part by whole areas, and again
        options = [replace(best, sd_factor=float(round(f, 3)), sd_power=p) for f in FACTORS for p in POWERS]
        best = min(options, key=lambda m: misfit(m, "pass"))
        best = min((replace(best, tau=t) for t in TAUS), key=lambda m: misfit(m, "area") + misfit(m, "user"))
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tracks", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    dense = recordings(options.tracks)
    areas = areas_of(dense)
    passes = {i: Passes.of(dense, areas, i) for i in INTERVALS}
    lines = {i: p.estimate("linear") for i, p in passes.items()}
    lasts = {i: p.estimate("last_fix") for i, p in passes.items()}
    tables: dict[BridgeModel, dict[int, pd.DataFrame]] = {}
    for spread, bend, stand in itertools.product(SPREADS, BENDS, STANDS):
        model = BridgeModel(spread, bend, stand, 1.0, 0.25, 0.04)
        tables[model] = {i: p.estimate("bridge", model) for i, p in passes.items()}
    users = np.random.default_rng(3).permutation(sorted(areas))
    held: dict[int, list[pd.DataFrame]] = {i: [] for i in INTERVALS}
    for fold in range(FOLDS):
        out = users[fold::FOLDS]
        model = choose(tables, lines, np.setdiff1d(users, out))
        print(f"fold {fold + 1}: {asdict(model)}", flush=True)
        key = next(m for m in tables if (m.spread, m.bend, m.stand) == (model.spread, model.bend, model.stand))
        for i in INTERVALS:
            t = tables[key][i]
            held[i].append(rescaled(t[t["user"].isin(out)], i, key, model))
    scores = {i: score(pd.concat(held[i]), lines[i], lasts[i]) for i in INTERVALS}
    print(pd.DataFrame(scores).to_string())
    final = choose(tables, lines, users)
    print("all:", asdict(final))
    if options.write:
        write(final, scores, len(users), {i: len(counted(lines[i])) for i in INTERVALS})
    return 0


def score(bridge: pd.DataFrame, line: pd.DataFrame, last: pd.DataFrame) -> dict[str, float]:
    """The figures of one interval, of people left out."""
    found: dict[str, float] = {
        "rmse_linear_s": rmse(line), "rmse_last_fix_s": rmse(last), "rmse_bridge_s": rmse(bridge), "rmse_ratio": rmse(bridge) / rmse(line),
    }  # fmt: skip
    for name, table in (("linear", line), ("bridge", bridge)):
        found[f"bias_{name}"], found[f"bias_se_{name}"] = bias(table)
    for level in LEVELS:
        found[f"coverage {level}"] = coverage(bridge, level)
    ours = intervals_of(bridge, "pass")
    fixed = intervals_of(line.assign(variance=0.0, systematic=0.0), "pass")
    widths = [
        fixed.assign(low=np.maximum(0, fixed["seconds"] - c), high=fixed["seconds"] + c)
        for c in np.geomspace(5, 500, 25)
    ]
    found["interval_score_bridge"], found["interval_score_linear"] = (
        interval_score(ours),
        min(map(interval_score, widths)),
    )
    for name, table in (("linear", line), ("bridge", bridge), ("last_fix", last)):
        found[f"missed_{name}"] = int(((table["truth"] > 0) & (table["seconds"] < 0.5)).sum())
        found[f"false_{name}"] = int(((table["truth"] == 0) & (table["seconds"] > 1)).sum())
    near = counted(line)
    # A row is dropped under half a second: allow as much.
    found["outside_bounds"] = int(((near["truth"] > near["seconds_high"] + 30) & (near["seconds"] > 0)).sum())
    return {k: round(v, 4) for k, v in found.items()}


def write(model: BridgeModel, scores: dict[int, Any], users: int, passes: dict[int, int]) -> None:
    facts = {
        "name": "bridge between two fixes",
        "parameters": asdict(model),
        "meaning": "see ia_plugin/core/presence/bridge_model.py",
        "provenance": {
            "data": "GeoLife GPS trajectories (Microsoft Research), labelled part; the points are not in this project",
            "date": f"{date.today():%Y-%m-%d}",
            "thinned_to_s": list(INTERVALS),
            "users": users,
            "passes": {str(k): v for k, v in passes.items()},
            "tool": "tools/fit_bridge.py",
            "scores": "of users left out, five folds",
        },
        "scores": {str(k): v for k, v in scores.items()},
    }
    (ROOT / "resources" / "bridge_model.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
