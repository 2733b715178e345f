"""Fit the ranges of the bridge on dense tracks of people, and score it: whole people, whole areas and whole kinds of areas left out.

    python tools/fit_bridge.py TRACKS.parquet --cache DIR [--write]

Six fits, each without a third of the people and half of the kinds of areas, on one draw of areas; judged on just those people and
kinds, on another draw. Prints error, bias, coverage and interval scores of the bridge beside the straight line, holding the last fix, and
the straight line ± the constant that suits it best; then the same of simulated forces. `--write` puts what is fitted on all people and
kinds into resources/bridge_model.json. The parameters of the paths (spread, bend, stand) are taken from that file.
"""

from __future__ import annotations

import argparse
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

from ia_plugin.core.presence.bridge_model import BridgeModel, default_bridge
from tools.bridge_passes import areas_of, bounds_broken, real_legs, recordings, simulated_legs
from tools.bridge_ranges import LEVELS, Ranges

INTERVALS = (60, 120, 180, 300, 600)
FIT_SEED, JUDGE_SEED, FOLDS = 1, 2, 3
KINDS = (("discs", "blocks", "round"), ("blobs", "tracts"))
FORCES: dict[str, dict[str, Any]] = {
    "time limit": {},
    "distance too (300 m)": {"distance_limit_m": 300.0},
    "October's long night": {"first_day": "2024-10-26"},
    "March's short night": {"first_day": "2024-03-30"},
}
# Where every fit starts, so that a second run gives the same.
START = {"sd_factor": 0.8, "uneven": 0.16, "sd_power": 0.22, "tau": 0.095, "steady_ms": 13.0, "steady_power": 0.32}
OLD = {"sd_factor": 1.25, "sd_power": 0.3, "tau": 0.04}  # of the ranges before: τ a share of the time at 300 s


def rmse(passes: pd.DataFrame, method: str) -> float:
    return float(np.sqrt(((passes[method] - passes["truth"]) ** 2).mean()))


def bias(passes: pd.DataFrame, method: str, seed: int = 1) -> tuple[float, float]:
    """Relative bias of the total, and its bootstrap standard error over people."""
    by = passes.groupby("user")[["truth", method]].sum().to_numpy()
    rng = np.random.default_rng(seed)
    draws = by[rng.integers(0, len(by), (2000, len(by)))].sum(axis=1)
    return float(by[:, 1].sum() / by[:, 0].sum() - 1), float((draws[:, 1] / draws[:, 0] - 1).std())


def kind_of(rows: pd.DataFrame) -> pd.Series:
    return rows["draw"].astype(str).str.split(" ").str[0]


def left_out(fit_on: pd.DataFrame, judged: pd.DataFrame, start: BridgeModel) -> tuple[Ranges, np.ndarray, np.ndarray]:
    """Ranges of all people and kinds of `judged`, each by a fit on `fit_on` without that person and kind."""
    users = np.random.default_rng(3).permutation(np.unique(judged["user"]))
    whole = Ranges(judged)
    kind = kind_of(whole.passes)
    variance, systematic = np.full(len(kind), np.nan), np.full(len(kind), np.nan)
    for fold in range(FOLDS):
        out = users[fold::FOLDS]
        for kinds in KINDS:
            kept = fit_on[~fit_on["user"].isin(out) & ~kind_of(fit_on).isin(kinds)]
            model = Ranges(kept).fitted(start)
            print(f"without people {sorted(map(int, out))} and {', '.join(kinds)}:", spread_of(model), flush=True)
            here = (whole.passes["user"].isin(out) & kind.isin(kinds)).to_numpy()
            found = whole.spread(model)
            variance[here], systematic[here] = found[0][here], found[1][here]
    return whole, variance, systematic


def spread_of(model: BridgeModel) -> dict[str, float]:
    return {k: round(v, 3) for k, v in asdict(model).items() if k not in ("spread", "bend", "stand")}


def before(ranges: Ranges) -> tuple[np.ndarray, np.ndarray]:
    """Spread of each pass as it was told before: no unevenness, and a systematic part of the time."""
    rows, n = ranges.rows, len(ranges.passes)
    lasts = rows["lasts"].to_numpy()
    sd = OLD["sd_factor"] * (lasts / 120) ** OLD["sd_power"] * lasts * rows["over_paths"].to_numpy()
    shared = OLD["tau"] * np.minimum(lasts, 900) / 300 * rows["bridge"].to_numpy()
    return np.bincount(ranges.of, weights=sd**2, minlength=n), np.bincount(ranges.of, weights=shared, minlength=n)


def scores(ranges: Ranges, variance: np.ndarray, systematic: np.ndarray) -> dict[int, dict[str, float]]:
    """The figures by interval."""
    found: dict[int, dict[str, float]] = {}
    held, thirds = ranges.table(variance, systematic), ranges.table(variance, systematic, thirds=True)
    for interval, passes in ranges.passes.groupby("interval"):
        i, row = int(interval), {}
        for method in ("last_fix", "linear", "bridge"):
            row[f"rmse_{method}_s"] = rmse(passes, method)
            row[f"bias_{method}"], row[f"bias_se_{method}"] = bias(passes, method)
            row[f"missed_{method}"] = int(((passes["truth"] > 0) & (passes[method] < 0.5)).sum())
        row["rmse_ratio"] = row["rmse_bridge_s"] / row["rmse_linear_s"]
        for level in LEVELS:
            row[f"coverage {level}"] = held[level, i][0]
            for third, name in enumerate(("slow", "middle", "fast")):
                row[f"coverage {level}, {name} third"] = thirds[level, 10 * i + third][0]
            row[f"interval score {level}"], row[f"linear ± constant {level}"] = (
                held[level, i][1],
                ranges.rivals[level, i],
            )
        row["passes"] = len(passes)
        found[i] = {k: round(v, 4) for k, v in row.items()}
    return found


def by_kind(ranges: Ranges, variance: np.ndarray, systematic: np.ndarray) -> pd.DataFrame:
    """Coverage of passes and of areas by draw and interval."""
    found = {}
    for level in ("pass", "area"):
        total = ranges.totals[level]
        draw = np.empty(len(total.sums), dtype=object)
        draw[total.of] = ranges.passes["draw"].to_numpy()
        table = pd.DataFrame({"draw": draw, "interval": total.group, "held": total.scores(variance, systematic)[0]})
        found[level] = table.pivot_table(index="draw", columns="interval", values="held")
    return pd.concat(found, axis=1).round(3)


def simulated(model: BridgeModel, seed: int = 1) -> pd.DataFrame:
    """Coverage on simulated forces, by radios' reporting and interval, and interval scores as shares of the rival's."""
    rows = {}
    for name, given in FORCES.items():
        for interval in (30, *INTERVALS):
            ranges = Ranges(simulated_legs(interval, seed, model, **given))
            held = ranges.table(*ranges.spread(model))
            rows[name, interval] = {
                "error / linear's": rmse(ranges.passes, "bridge") / rmse(ranges.passes, "linear"),
                **{level: held[level, interval][0] for level in LEVELS},
                **{f"score {k}": held[k, interval][1] / ranges.rivals[k, interval] for k in LEVELS},
            }
    return pd.DataFrame(rows).T.round(3)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tracks", type=Path)
    parser.add_argument(
        "--cache", type=Path, required=True, help="a folder for tables of the tracks, outside the project"
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    start = replace(default_bridge(), **START)
    fit_on, judged = (real_legs(options.tracks, s, start, options.cache, INTERVALS) for s in (FIT_SEED, JUDGE_SEED))
    print(f"areas of fits: seed {FIT_SEED}; areas judged on: seed {JUDGE_SEED}; folds of people: seed 3", flush=True)
    ranges, variance, systematic = left_out(fit_on, judged, start)
    with pd.option_context("display.width", 250, "display.max_rows", 500, "display.max_columns", 50):
        found = scores(ranges, variance, systematic)
        print("people, areas and kinds left out:\n", pd.DataFrame(found).to_string())
        print("coverage by kind:\n", by_kind(ranges, variance, systematic).to_string())
        was = pd.DataFrame(scores(ranges, *before(ranges)))
        print("the same with the ranges of before:\n", was[was.index.str.contains("coverage|score")].to_string())
        model = Ranges(fit_on).fitted(start)
        print("all:", spread_of(model), flush=True)
        print("simulated forces, seed 1 (scores are shares of the rival's):\n", simulated(model).to_string())
    dense = recordings(options.tracks)
    for interval in (120,):
        print(
            f"{interval} s: looked at, outside the hard bounds, left out:",
            bounds_broken(dense, areas_of(dense), interval),
        )
    if options.write:
        write(model, found, judged["user"].nunique())
    return 0


def write(model: BridgeModel, found: dict[int, Any], users: int) -> None:
    facts = {
        "name": "bridge between two fixes",
        "parameters": {k: round(v, 4) for k, v in asdict(model).items()},
        "meaning": "see ia_plugin/core/presence/bridge_model.py",
        "provenance": {
            "data": "GeoLife GPS trajectories (Microsoft Research), labelled part; the points are not in this project",
            "date": f"{date.today():%Y-%m-%d}",
            "thinned_to_s": list(INTERVALS),
            "users": users,
            "passes": {str(k): int(v["passes"]) for k, v in found.items()},
            "tool": "tools/fit_bridge.py",
            "scores": "of people, areas and kinds of areas left out",
        },
        "scores": {str(k): v for k, v in found.items()},
    }
    (ROOT / "resources" / "bridge_model.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
