"""Fit and score the likely ranges of shares of time by mode, whole people left out.

    python tools/fit_movement.py GEOLIFE.parquet --date 2026-11-24 --output MODEL.json --predictions PREDICTIONS
    python tools/fit_shares.py GEOLIFE.parquet PREDICTIONS [--write --date 2026-11-26] [--plot docs/images/movement_people.png]

PREDICTIONS are the out-of-fold probabilities that ``fit_movement.py`` kept: nobody's legs are told by a model that saw them. The
spread is fitted on half of the people and scored on groups of the other half, in so many random halvings; rivals in the same run.
`--write` puts the spread fitted on everybody, with the declared floor, into resources/share_spread.json. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.movement import ShareSpread, default_model, share_range
from ia_plugin.core.movement.classify import calibrated
from ia_plugin.core.movement.evidence import read_moves
from ia_plugin.core.movement.likely_shares import MEASURED
from ia_plugin.core.movement.stillness import DEFAULTS, stillness, stood_share
from ia_plugin.core.params import MovementParams
from ia_plugin.core.presence.likely import Z90
from tools.fit_movement import last_step, samples
from tools.geolife import read_geolife
from tools.movement_scores import macro_f1
from tools.share_truth import away_from_edges, leg_truth, people_picture

Group = dict[str, np.ndarray]
INTERVALS = ("60", "120", "300")
HALVINGS, GROUPS, SIZES, SEED = 10, 500, (1, 5, 10), 17
LEAST_HOURS = 1.0  # a day of less tells nothing of a share
# Declared: the least that another force's officers are taken to have in common. See the model card.
FLOOR = {"foot": 0.09, "vehicle": 0.09, "stationary": 0.16}
LEAST_FLAT = 0.1  # declared: a share that is told as nothing, or as all, is not known to the second


def prepared(legs: pd.DataFrame, predictions: pd.DataFrame, dense: pd.DataFrame) -> pd.DataFrame:
    """Legs with what the hours are made of: hours, logit, p_vehicle, still, stood, and the shares that were true."""
    moves = read_moves(legs)
    rows = legs.iloc[moves.order].reset_index(drop=True)
    if not (predictions["start"].to_numpy() == rows["start"].to_numpy()).all():
        raise SystemExit("PREDICTIONS are of other legs: make them anew with tools/fit_movement.py.")
    table = leg_truth(dense, rows).add_prefix("true_")
    table[["who", "truth", "duration_s"]] = rows[["officer_id", "truth", "duration_s"]].to_numpy()
    table["day"], table["hours"] = rows["start"].dt.floor("D"), rows["duration_s"] / 3600
    table["still"] = stillness(moves, DEFAULTS)
    table["stood"] = stood_share(moves, table["still"].to_numpy(), DEFAULTS)
    table["away"] = away_from_edges(dense, rows)
    for name in ("logit", "interval", "p_vehicle", "name"):
        table[name] = predictions[name].to_numpy()
    return table[(table["truth"] < 2) & (table["duration_s"] <= 900.0)].reset_index(drop=True)


def hours_of(legs: pd.DataFrame) -> pd.DataFrame:
    """Hours by person and day: observed, known, and by mode as the model tells them (``told_``) and as they were (``true_``)."""
    still, stood, vehicle, hours = (legs[c].to_numpy() for c in ("still", "stood", "p_vehicle", "hours"))
    p = {"foot": (1 - vehicle) * (1 - stood), "vehicle": vehicle * (1 - stood), "stationary": stood}
    known = np.maximum(np.maximum(vehicle, 1 - vehicle) * (1 - still), still) >= MovementParams().min_confidence
    table = legs[["who", "day", "hours"]].assign(known=hours * known)
    for mode in MEASURED:
        table[f"told_{mode}"] = hours * known * p[mode]
        table[f"true_{mode}"] = hours * legs[f"true_{mode}"].to_numpy()  # of all time, what cannot be told counted in
        table[f"untold_{mode}"] = hours * ~known * legs[f"true_{mode}"].to_numpy()
        table[f"legs_{mode}"] = hours**2 * p[mode] * (1 - p[mode])
    # The label alone, of every leg: what the shares of vehicle against foot are off by where nothing is left out.
    table["told_label"], table["true_label"] = hours * vehicle, hours * legs["true_label"].to_numpy()
    return table.groupby(["who", "day"]).sum()


def together(table: pd.DataFrame, groups: Sequence[np.ndarray]) -> Group:
    """Sums over groups of rows, each row one officer's time, and Σw²/(Σw)² of each."""
    values = table.to_numpy()
    sums = np.array([values[rows].sum(axis=0) for rows in groups])
    found = dict(zip(table.columns, sums.T))
    squares = np.array([(table["hours"].to_numpy()[rows] ** 2).sum() for rows in groups])
    return {**found, "concentration": squares / found["hours"] ** 2}


def drawn(people: pd.DataFrame, size: int, count: int, rng: np.random.Generator) -> Group:
    return together(people, [rng.choice(len(people), size, replace=False) for _ in range(count)])


def one_day(days: pd.DataFrame, count: int, rng: np.random.Generator) -> Group:
    some = days[days["hours"] >= LEAST_HOURS]
    return together(some, [np.array([k]) for k in rng.choice(len(some), min(count, len(some)), replace=False)])


def spread(mode: str, values: Sequence[float]) -> ShareSpread:
    parts = {part: {mode: abs(float(v))} for part, v in zip(FITTED, values)}
    return ShareSpread(**parts, least=parts["transfer"])


def ends(group: Group, mode: str, values: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    whole = group["hours"]
    return share_range(
        group[f"told_{mode}"] / whole, group["known"] / whole, whole, group["concentration"], mode, spread(mode, values)
    )


def judged(group: Group, mode: str, low: np.ndarray, high: np.ndarray) -> tuple[float, float, float]:
    """(share of groups whose truth lies within, mean width, mean interval score at 90 %: Gneiting & Raftery 2007)."""
    truth = group[f"true_{mode}"] / group["hours"]
    score = (high - low) + 20.0 * (np.maximum(low - truth, 0) + np.maximum(truth - high, 0))
    return (
        float(((truth >= low - 1e-9) & (truth <= high + 1e-9)).mean()),
        float((high - low).mean()),
        float(score.mean()),
    )


Ends = Callable[[Group, str, np.ndarray], tuple[np.ndarray, np.ndarray]]
FITTED = ("transfer", "officer", "own_hours", "flat", "untold")
START = {
    "foot": (0.04, 0.15, 0.2, 0.1, 0.5),
    "vehicle": (0.04, 0.15, 0.2, 0.1, 0.4),
    "stationary": (0.04, 0.1, 0.2, 0.1, 0.1),
}


def fitted(groups: Sequence[Group], mode: str, of: Ends = ends, start: Sequence[float] = ()) -> np.ndarray:
    """The parts of a spread with the least interval score over sets of groups: of the mean score of a set the logarithm, so that
    single days, whose ranges are wide, do not outweigh ten people."""

    def loss(values: np.ndarray) -> float:
        return float(np.mean([np.log(judged(g, mode, *of(g, mode, np.abs(values)))[2]) for g in groups]))

    found = minimize(
        loss, start or START[mode], method="Nelder-Mead", options={"maxiter": 500, "xatol": 1e-3, "fatol": 1e-5}
    )
    return np.asarray(np.abs(found.x))


def with_floors(mode: str, values: np.ndarray) -> np.ndarray:
    """The fitted parts with what is declared."""
    return np.r_[max(FLOOR[mode], values[0]), values[1:3], max(LEAST_FLAT, values[3]), values[4]]


def learnt_from(days: dict[str, pd.DataFrame], people: Sequence[int], rng: np.random.Generator) -> list[Group]:
    """Sets of groups to fit on: single days, one, five and ten people, at each interval."""
    sets = []
    for table in days.values():
        own = table[table.index.get_level_values("who").isin(people)]
        alone = own.groupby("who").sum()
        sets += [drawn(alone, min(size, len(alone)), 150, rng) for size in SIZES]
        sets.append(one_day(own, 150, rng))
    return sets


def whatever_share(group: Group, mode: str, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rival: a spread that does not hang on the share, so that `flat` drowns p(1 − p)."""
    return ends(group, mode, [*(np.asarray(values[:3]) / 10.0), 10.0, values[3]])


def about(group: Group, mode: str, untold: float, half: Any) -> tuple[np.ndarray, np.ndarray]:
    """So much either way of the same middle as this range has."""
    share = group[f"told_{mode}"] / group["hours"]
    middle = share + untold * (1.0 - group["known"] / group["hours"])
    return np.clip(np.minimum(middle - half, share), 0.0, None), np.maximum(np.minimum(middle + half, 1.0), share)


def own_by_legs(group: Group, mode: str, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rival: the legs' own part by Σ p(1 − p), with a factor for legs that follow each other, and not by hours."""
    transfer, officer, factor, flat, untold = np.abs(values)
    middle = np.clip(
        group[f"told_{mode}"] / group["hours"] + untold * (1.0 - group["known"] / group["hours"]), 0.0, 1.0
    )
    variance = (middle * (1 - middle) + flat**2) * (transfer**2 + officer**2 * group["concentration"])
    half = Z90 * np.sqrt(variance + 100 * factor * group[f"legs_{mode}"] / group["hours"] ** 2)
    return about(group, mode, untold, half)


def legs_only(group: Group, mode: str, untold: float) -> tuple[np.ndarray, np.ndarray]:
    """The rival: legs as independent draws, Σ p(1 − p)."""
    return about(group, mode, untold, Z90 * np.sqrt(group[f"legs_{mode}"]) / group["hours"])


def best_constant(groups: Sequence[Group], mode: str, untold: float) -> float:
    tried = np.arange(0.01, 0.4, 0.005)
    return float(min(tried, key=lambda h: np.mean([judged(g, mode, *about(g, mode, untold, h))[2] for g in groups])))


def halvings(days: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Scores of each way on groups of people it was not fitted on, by mode, interval and size of group."""
    people = sorted(set.intersection(*(set(t.index.get_level_values("who")) for t in days.values())))
    rows = []
    for k in range(HALVINGS):
        rng = np.random.default_rng([SEED, k])
        mixed = rng.permutation(people)
        learn, left = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
        sets = learnt_from(days, learn, rng)
        for mode in MEASURED:
            values = fitted(sets, mode)
            floored = with_floors(mode, values)
            untold = float(values[4])
            steady = fitted(sets, mode, whatever_share, (0.02, 0.07, 0.03, untold))
            by_legs = fitted(sets, mode, own_by_legs)
            half = best_constant(sets, mode, untold)
            ways: dict[str, Callable[[Group], tuple[np.ndarray, np.ndarray]]] = {
                "this range": lambda g, m=mode, v=floored: ends(g, m, v),  # type: ignore[misc]
                "without a floor": lambda g, m=mode, v=values: ends(g, m, v),  # type: ignore[misc]
                "whatever the share": lambda g, m=mode, v=steady: whatever_share(g, m, v),  # type: ignore[misc]
                "own part by legs": lambda g, m=mode, v=by_legs: own_by_legs(g, m, v),  # type: ignore[misc]
                "legs alone": lambda g, m=mode, u=untold: legs_only(g, m, u),  # type: ignore[misc]
                "a constant": lambda g, m=mode, u=untold, h=half: about(g, m, u, h),  # type: ignore[misc]
            }
            for name, table in days.items():
                own = table[table.index.get_level_values("who").isin(left)]
                alone = own.groupby("who").sum()
                tests = {str(s): drawn(alone, s, GROUPS // HALVINGS, rng) for s in SIZES}
                tests["a day"] = one_day(own, GROUPS // HALVINGS, rng)
                for size, group in tests.items():
                    rows += [(mode, name, size, way, *judged(group, mode, *of(group))) for way, of in ways.items()]
        print(f"halving {k + 1} of {HALVINGS} done", flush=True)
    return pd.DataFrame(rows, columns=["mode", "interval", "people", "way", "covers", "width", "score"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--date", default="", help="written into the provenance: the clock is not read")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plot", type=Path)
    a = parser.parse_args()
    dense, told = read_geolife(a.data), pd.read_pickle(a.predictions)
    told = told[told["by"] == "session"]
    legs_of, legs = samples(dense), {}
    for name in INTERVALS:
        own = told[told["name"] == name].sort_values(["officer_id", "start"], kind="stable").reset_index(drop=True)
        legs[name] = prepared(legs_of[name], own, dense)
    days = {name: hours_of(table) for name, table in legs.items()}
    say_edges(legs)
    say_people(days)
    say_transfer(legs, by_bus(a.data))
    scores = halvings(days)
    say(scores)
    rng = np.random.default_rng([SEED, HALVINGS])
    everybody = sorted(set().union(*(set(t.index.get_level_values("who")) for t in days.values())))
    sets = learnt_from(days, everybody, rng)
    values = {mode: fitted(sets, mode) for mode in MEASURED}
    print("\nfitted on everybody, before the floor:", {m: np.round(v, 3).tolist() for m, v in values.items()})
    if a.write:
        write(values, scores, len(everybody), a.date)
    if a.plot:
        people_picture(legs["120"], days["120"].groupby("who").sum(), a.plot)


def say_edges(legs: dict[str, pd.DataFrame]) -> None:
    """What loose edges of hand labels cost: macro-F1 of foot against vehicle of all legs, and away from two minutes of an edge."""
    for name, table in legs.items():
        guess, truth, away = (
            table["p_vehicle"].to_numpy() > 0.5,
            table["truth"].to_numpy() == 1,
            table["away"].to_numpy(),
        )
        scores = macro_f1(guess, truth), macro_f1(guess[away], truth[away])
        print(f"{name} s: macro-F1 {scores[0]:.3f}, away from label edges {scores[1]:.3f} ({away.mean():.0%} of legs)")


def say_people(days: dict[str, pd.DataFrame]) -> None:
    """How far the share of one person is off, over people: mean and standard deviation, of 5 hours and more too."""
    rows = []
    for name, table in days.items():
        own = table.groupby("who").sum()
        for mode in (*MEASURED, "label"):
            off = (own[f"told_{mode}"] - own[f"true_{mode}"]) / own["hours"]
            long = own["hours"] >= 5.0
            rows.append(
                (
                    name,
                    mode,
                    len(own),
                    off.mean(),
                    off.std(),
                    off[long].mean(),
                    off[long].std(),
                    *off.quantile([0.05, 0.95]),
                )
            )
    names = ["interval", "mode", "people", "mean", "sd", "mean, 5 h", "sd, 5 h", "5 %", "95 %"]
    print(pd.DataFrame(rows, columns=names).round(3).to_string(index=False), "\n", flush=True)


def by_bus(path: Path) -> pd.Series:
    """Whether most of a person's time in vehicles was in buses, by user: two kinds of people, as two forces would be."""
    import pyarrow.parquet

    kinds = pyarrow.parquet.read_table(path, columns=["user", "mode"]).to_pandas()
    kinds = kinds[kinds["mode"].isin(["bus", "car", "taxi"])]
    return (kinds["mode"] == "bus").groupby(kinds["user"]).mean() > 0.5


def say_transfer(legs: dict[str, pd.DataFrame], bus: pd.Series) -> None:
    """Mean error over people where the last step learnt from people of another kind, and from few people of any."""
    rows = []
    for name, table in legs.items():
        kind = table["who"].map(bus).fillna(False).to_numpy(dtype=bool)
        for words, learn, left in (("people in cars", ~kind, kind), ("people in buses", kind, ~kind)):
            rows.append((name, f"learnt from {words}, told of the others", *mean_error(table, learn, left)))
        rng, people = np.random.default_rng([SEED, 99]), table["who"].unique()
        for few in (5, 10, 20):
            tried = []
            for _ in range(20):
                chosen = table["who"].isin(rng.choice(people, few, replace=False)).to_numpy()
                tried.append(mean_error(table, chosen, ~chosen))
            rows.append(
                (name, f"learnt from {few} people, 20 draws, root mean square", *np.sqrt(np.square(tried).mean(axis=0)))
            )
    print(
        pd.DataFrame(rows, columns=["interval", "last step", *MEASURED]).round(3).to_string(index=False),
        "\n",
        flush=True,
    )


def mean_error(table: pd.DataFrame, learn: np.ndarray, left: np.ndarray) -> list[float]:
    """Mean over people of told less true share, by mode, of `left`, the last step learnt from `learn`."""
    model = replace(default_model(), calibration=last_step(table[learn]))
    own = table[left]
    told = own.assign(p_vehicle=calibrated(model, own["logit"].to_numpy(), own["interval"].to_numpy()))
    each = hours_of(told).groupby("who").sum()
    return [
        float(((each[f"told_{m}"] - each[f"true_{m}"]) / each["hours"])[each["hours"] >= LEAST_HOURS].mean())
        for m in MEASURED
    ]


def say(scores: pd.DataFrame) -> None:
    for what in ("covers", "width", "score"):
        mean = scores.groupby(["way", "mode", "interval", "people"])[what].mean().unstack(["people", "interval"])
        order = [(size, name) for size in (*map(str, SIZES), "a day") for name in INTERVALS]
        print(f"\n{what}, by people in the group and seconds between fixes")
        print(mean[order].round(3).to_string(), flush=True)


def write(values: dict[str, np.ndarray], scores: pd.DataFrame, people: int, date: str) -> None:
    """The file of the spread, with where it comes from."""
    body: dict[str, Any] = {"about": "Spread of shares of time by mode: see ia_plugin/core/movement/likely_shares.py."}
    body["least"] = {m: float(f"{v[0]:.3g}") for m, v in values.items()}
    for k, part in enumerate(FITTED):
        body[part] = {m: float(f"{with_floors(m, v)[k]:.3g}") for m, v in values.items()}
    own = scores[scores["way"] == "this range"]
    body["provenance"] = {
        "data": "GeoLife GPS trajectories 1.3, labelled part (Microsoft Research; non-commercial; its points are no part of this project)",
        "people": people,
        "date": date,
        "made_by": "tools/fit_shares.py",
        "declared": {"least transfer": FLOOR, "least flat": LEAST_FLAT},
        "covers": {
            m: {size: round(float(v), 3) for size, v in t.groupby("people")["covers"].mean().items()}
            for m, t in own.groupby("mode")
        },
    }
    (ROOT / "resources" / "share_spread.json").write_text(
        json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
