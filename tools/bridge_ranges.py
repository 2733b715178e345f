"""How often ranges of the bridge hold the truth, by pass, area × day, area and person, and the parameters by which they do. For tools only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ia_plugin.core.presence.bridge_model import BridgeModel
from ia_plugin.core.presence.likely import likely_range

LEVELS = {
    "pass": ["user", "recording", "area_id"],
    "area × day": ["area_id", "day"],
    "area": ["area_id"],
    "person": ["draw", "user"],
}
FITTED = ("sd_factor", "uneven", "sd_power", "tau", "steady_ms", "steady_power")
SUMS = ("truth", "bridge", "linear", "last_fix", "variance", "systematic")
LOW, HIGH = 0.89, 0.94  # what ranges should hold at each level and interval
LOW_THIRD, HIGH_THIRD = 0.88, 0.945
STEPS = 80


@dataclass(frozen=True)
class Totals:
    """What legs add up to at one level, by interval or by interval and third of speed."""

    of: np.ndarray  # total of each pass
    group: np.ndarray  # interval, or interval and third, of each total
    sums: pd.DataFrame

    @classmethod
    def at(cls, passes: pd.DataFrame, keys: list[str]) -> Totals:
        of = passes.groupby(keys, sort=False).ngroup().to_numpy()
        sums = passes[["truth", "bridge", "linear", "last_fix"]].groupby(of).sum()
        return cls(of, sums.index.to_numpy() * 0, sums)

    def scores(self, variance: np.ndarray, systematic: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each total: whether its range holds the truth, and its interval score (Gneiting & Raftery 2007, equation 43)."""
        n = len(self.sums)
        sd = np.sqrt(
            np.bincount(self.of, weights=variance, minlength=n)
            + np.bincount(self.of, weights=systematic, minlength=n) ** 2
        )
        low, high = likely_range(self.sums["bridge"].to_numpy(), sd)
        truth = self.sums["truth"].to_numpy()
        return (truth >= low - 1e-9) & (truth <= high + 1e-9), interval_score(truth, low, high)


def interval_score(truth: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.asarray((high - low) + 20.0 * (np.maximum(0.0, low - truth) + np.maximum(0.0, truth - high)))


class Ranges:
    """Legs in areas, summed at every level.

    Parameters
    ----------
    rows : leg tables with their ``interval``; passes with neither truth nor a second of time do not count
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        key = ["interval", *LEVELS["pass"]]
        of = rows.groupby(key, sort=False).ngroup().to_numpy()
        sums = rows[["truth", "bridge"]].groupby(of).sum()
        counts = ((sums["truth"] > 0) | (sums["bridge"] > 1)).to_numpy()
        rows = rows[counts[of]].reset_index(drop=True)
        self.rows, self.of = rows, rows.groupby(key, sort=False).ngroup().to_numpy()
        first = {c: "first" for c in ("interval", "user", "recording", "area_id", "draw", "day")}
        added = {c: "sum" for c in ("truth", "bridge", "linear", "last_fix")}
        self.passes = rows.assign(metres=rows["speed"] * rows["lasts"]).groupby(self.of).agg(
            {**first, **added, "metres": "sum", "lasts": "sum"}
        )  # fmt: skip
        speed = self.passes["metres"] / self.passes["lasts"]
        thirds = speed.groupby(self.passes["interval"]).rank(pct=True)
        self.passes["third"] = np.minimum((thirds * 3).astype(int), 2)
        self.totals, self.thirds = self._totals(["interval"]), self._totals(["interval", "third"])
        self.rivals = {(k, i): self._rival(t, t.group == i) for k, t in self.totals.items() for i in np.unique(t.group)}

    def _totals(self, by: list[str]) -> dict[str, Totals]:
        found = {}
        code = self.passes["interval"].to_numpy() * 10 + (self.passes["third"].to_numpy() if "third" in by else 0)
        for level, keys in LEVELS.items():
            total = Totals.at(self.passes, [*by, *keys])
            group = np.zeros(len(total.sums), dtype=np.int64)
            group[total.of] = code if "third" in by else code // 10
            found[level] = replace(total, group=group)
        return found

    def _rival(self, total: Totals, here: np.ndarray) -> float:
        """The least mean interval score of the straight line ± a constant, whichever constant suits best."""
        truth, line = (total.sums[c].to_numpy()[here] for c in ("truth", "linear"))
        most = max(20.0, 4.0 * float(np.quantile(np.abs(line - truth), 0.99)))
        return min(
            float(interval_score(truth, np.maximum(0.0, line - c), line + c).mean())
            for c in np.geomspace(2.0, most, 40)
        )

    def spread(self, model: BridgeModel) -> tuple[np.ndarray, np.ndarray]:
        """Variance and systematic part of each pass."""
        share = np.clip(self.rows["bridge"] / self.rows["lasts"], 0.0, 1.0).to_numpy()
        over, lasts, fastest = (self.rows[c].to_numpy() for c in ("over_paths", "lasts", "fastest"))
        sd = lasts * model.share_sd(over, share, lasts, fastest)
        n = len(self.passes)
        systematic = model.systematic(self.rows["bridge"].to_numpy(), sd)
        return np.bincount(self.of, weights=sd**2, minlength=n), np.bincount(self.of, weights=systematic, minlength=n)

    def table(
        self, variance: np.ndarray, systematic: np.ndarray, thirds: bool = False
    ) -> dict[Any, tuple[float, float]]:
        """(coverage, mean interval score) by (level, interval), or by (level, 10 × interval + third)."""
        found = {}
        for level, total in (self.thirds if thirds else self.totals).items():
            held, score = total.scores(variance, systematic)
            for group in np.unique(total.group):
                here = total.group == group
                found[level, int(group)] = (float(held[here].mean()), float(score[here].mean()))
        return found

    def misfit(self, model: BridgeModel) -> float:
        """Interval scores against the rival's, and what coverages stray outside LOW to HIGH."""
        spread = self.spread(model)
        wrong = 0.0
        for (level, interval), (held, score) in self.table(*spread).items():
            weight = 0.5 if interval > 300 else 1.0
            stray = max(0.0, LOW - held) ** 2 + max(0.0, held - HIGH) ** 2
            wrong += weight * (score / self.rivals[level, interval] + 300.0 * stray)
        for held, _ in self.table(*spread, thirds=True).values():
            wrong += 33.0 * (max(0.0, LOW_THIRD - held) ** 2 + max(0.0, held - HIGH_THIRD) ** 2)
        return wrong

    def fitted(self, start: BridgeModel) -> BridgeModel:
        """The parameters of the spread that serve these legs best; those of the paths stay."""
        from scipy.optimize import minimize

        def model(values: Any) -> BridgeModel:
            given = {n: float(min(abs(v), 90.0 if n == "steady_ms" else 9.0)) for n, v in zip(FITTED, values)}
            return replace(start, **given)

        begin = [getattr(start, n) for n in FITTED]
        found = minimize(
            lambda values: self.misfit(model(values)),
            begin,
            method="Nelder-Mead",
            options={"maxfev": STEPS, "xatol": 0.003},
        )
        return model(found.x)
