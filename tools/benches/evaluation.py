"""How often the evaluation is right: many invented panels of known truth, fitted one by one, and how long it takes."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from .worlds import AROUND, WORLDS, World, counts_around, panel

COVERAGE = (0.92, 0.97)
COVERAGE_OF_DISPLACEMENT = (0.92, 0.98)
MOST_FALSE = 0.07


def panel_fits(world: str, panels: int, first: int = 1_000) -> dict[str, Any]:
    """Two-way Poisson fits of a world's panels: how often the 95 % interval holds the truth, and p is under 0.05."""
    from ia_plugin.core.evaluation.poisson import fit_poisson

    known: World = WORLDS[world]
    held, low = np.zeros(2), np.zeros(2)
    begin = time.perf_counter()
    for seed in range(first, first + panels):
        rows = panel(known, seed)
        fit = fit_poisson(rows["events"], rows["x"], area=rows["area"], period=rows["period"])
        intervals = ((fit.low, fit.high), fit.interval_cr1())
        held += [lower <= known.beta <= upper for lower, upper in intervals]
        low += [fit.p < 0.05, fit.p_cr1 < 0.05]
    coverage, rejected = (held / panels).round(4).tolist(), (low / panels).round(4).tolist()
    return {"coverage": coverage[0], "rejected": rejected[0], "coverage_cr1": coverage[1], "rejected_cr1": rejected[1],
            "seconds": time.perf_counter() - begin}  # fmt: skip


def permutations(n: int = 999) -> dict[str, Any]:
    """Seconds for the permutation p of one panel of 39 areas and 24 months, each a full fit."""
    from ia_plugin.core.evaluation.poisson import fit_poisson

    rows = panel(WORLDS["−10 %"], 1)
    fit = fit_poisson(rows["events"], rows["x"], area=rows["area"], period=rows["period"])
    begin = time.perf_counter()
    p = fit.permutation(n=n)
    return {"seconds": time.perf_counter() - begin, "p": p}


def displacement_worlds(world: str, worlds: int, first: int = 1_000) -> dict[str, Any]:
    """Counts before and after in areas and around them: how often the 95 % interval holds the truth, and p is under 0.05."""
    from ia_plugin.core.evaluation.displacement import weighted_displacement_difference
    from ia_plugin.core.evaluation.displacement_ratio import change_against_comparison

    name, around = AROUND[world]
    places = {"in_areas": [0], "around": [1], "together": [0, 1]}
    held, low, published = dict.fromkeys(places, 0), dict.fromkeys(places, 0), 0
    begin = time.perf_counter()
    for seed in range(first, first + worlds):
        drawn = counts_around(WORLDS[name], around, seed)
        truths = (drawn.in_areas, drawn.around, drawn.in_areas + drawn.around)
        for (place, parts), truth in zip(places.items(), truths):
            found = change_against_comparison(
                drawn.before[:, parts], drawn.after[:, parts], drawn.treated, by_area=False
            )
            held[place] += found.low <= truth <= found.high
            low[place] += found.p < 0.05
        pairs = [
            (drawn.before[role][:, k].sum(), drawn.after[role][:, k].sum())
            for k in (0, 1)
            for role in (drawn.treated, ~drawn.treated)
        ]
        wdd = weighted_displacement_difference(*pairs)
        published += wdd.low <= truths[2] <= wdd.high
    out = {f"coverage_{p}": round(n / worlds, 4) for p, n in held.items()}
    out.update({f"rejected_{p}": round(n / worlds, 4) for p, n in low.items()})
    return {**out, "coverage_published": round(published / worlds, 4), "seconds": time.perf_counter() - begin}
