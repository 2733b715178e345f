"""How often the evaluation is right: many invented panels of known truth, fitted one by one, and how long it takes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from .clock import clocked
from .worlds import AROUND, FALLING_BACK, WORLDS, World, counts_around, panel

if TYPE_CHECKING:
    from ia_plugin.core.evaluation.panel import Panel

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
    """Core-seconds for the permutation p of one panel of 39 areas and 24 months, each a full fit."""
    from ia_plugin.core.evaluation.poisson import fit_poisson

    rows = panel(WORLDS["−10 %"], 1)
    fit = fit_poisson(rows["events"], rows["x"], area=rows["area"], period=rows["period"])
    found: list[float] = []
    took = clocked(lambda: found.append(fit.permutation(n=n)))
    return {**took, "p": found[0]}


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


def panel_of_world(rows: pd.DataFrame, adopted: int) -> Panel:
    """A world's rows as the evaluation sees them: areas of 1 km² and crimes known to the month, from January 2022."""
    from ia_plugin.core.evaluation.panel import build_panel

    first = rows.drop_duplicates("area")
    months = pd.date_range("2022-01-01", periods=int(rows["period"].max()) + 1, freq="MS")
    areas = pd.DataFrame(
        {"area_id": first["area"], "name": first["area"], "role": np.where(first["treated"], "impact", "comparison"),
         "adopted_on": np.where(first["treated"], months[adopted].date(), None),
         "geometry": [shapely.box(2_000 * i, 0, 2_000 * i + 1_000, 1_000) for i in range(len(first))]}
    ).reset_index(drop=True)  # fmt: skip
    starts = months.tz_localize("Europe/London").tz_convert("UTC")[rows["period"].to_numpy()]
    cells = pd.DataFrame(
        {"area_id": rows["area"], "period": starts, "precision": "month", "kind": "crime", "category": "any", "key_type": "",
         "generated_by": "public", "events": rows["events"], "expected": rows["events"].astype(float), "outcome_known": 0, "found": 0,
         "sensitive": False}
    )  # fmt: skip
    inside = cells.assign(area_id=np.where(rows["treated"], "(impact)", "(comparison)"))
    return build_panel(areas, None, pd.concat([cells, inside], ignore_index=True))


def baseline_ratios(world: str, panels: int, first: int = 1_000) -> dict[str, Any]:
    """Ratios of pooled rates in the months after adoption: how often the interval holds the truth, and p is under 0.05."""
    from ia_plugin.core.evaluation.pooled import pooled_ratio

    known: World = WORLDS[world]
    held = low = 0
    begin = time.perf_counter()
    for seed in range(first, first + panels):
        rows = panel(known, seed)
        events, treated = (rows[c].to_numpy().reshape(known.areas, known.periods) for c in ("events", "treated"))
        counts = events[:, known.adopted :].sum(axis=1).astype(np.float64)
        found = pooled_ratio(counts, np.ones(known.areas), treated[:, 0])
        held += found.low <= 1 + known.effect <= found.high
        low += found.p < 0.05
    return {"coverage": held / panels, "rejected": low / panels, "seconds": time.perf_counter() - begin}


def falling_back(chosen: str, panels: int, first: int = 1_000, scored: bool = False) -> dict[str, Any]:
    """Worlds without effect: how often the plain comparison since adoption sees one, and how often the page forbids it.

    Parameters
    ----------
    chosen : what chose the impact areas, see :class:`~.worlds.World`
    scored : whether the page is given the time that scored the areas
    """
    from ia_plugin.core.evaluation.baseline import baseline_of
    from ia_plugin.core.params import BaselineParams

    known = replace(FALLING_BACK, chosen=chosen)
    year = ("2022-01-01", "2022-12-31") if chosen == "last" else ("2021-01-01", "2021-12-31")
    params = BaselineParams(*year) if scored else BaselineParams()
    seen = withheld = stated = 0
    for seed in range(first, first + panels):
        rows = panel(known, seed)
        made = panel_of_world(rows, known.adopted)
        adopted = rows["x"].to_numpy()
        seen += made.fit(made.counts("crime"), adopted).p < 0.05
        result = next(r for r in baseline_of(made, params=params).results if r.outcome == "crimes")
        withheld += result.withheld
        stated += not result.withheld and result.p < 0.05
    return {"naive": seen / panels, "withheld": withheld / panels, "stated": stated / panels}


def matched_on_earlier_crime(panels: int, first: int = 1_000) -> dict[str, Any]:
    """Four years without effect: areas matched on the first, chosen by the third, compared in the fourth with the second, or with the first.

    The year that was matched on is no *before* either: comparison areas that are given weight for a high count of it fall back too.
    """
    from ia_plugin.core.errors import EstimateError
    from ia_plugin.core.evaluation.matching import matching_of
    from ia_plugin.core.params import MatchParams

    known = replace(FALLING_BACK, periods=48, adopted=36)
    refused, seen = 0, np.zeros(2)
    params = MatchParams(
        scored_from="2024-01-01", scored_to="2024-12-31", prior_from="2022-01-01", prior_to="2022-12-31", tolerance=0.1
    )
    for seed in range(first, first + panels):
        rows = _chosen_by_the_third_year(known, seed)
        made = panel_of_world(rows, known.adopted)
        events = rows["events"].to_numpy().reshape(known.areas, known.periods)
        areas = made.cells.drop_duplicates("area_id")[["area_id", "name", "role"]]
        areas = areas.assign(crime_before=events[:, :12].sum(axis=1))
        try:
            found = matching_of(areas, ["crime_before"], params)
        except EstimateError:
            refused += 1
            continue
        place, month = pd.Index(found.areas).get_indexer(made.cells["area_id"]), rows["period"].to_numpy()
        for i, before in enumerate(((month >= 12) & (month < 24), month < 12)):
            fit = made.fit(
                made.counts("crime"), rows["x"].to_numpy(), before | (month >= 36), weights=found.weights[place],
                weights_without=lambda area, found=found, place=place: np.nan_to_num(found.without(area))[place],
            )  # fmt: skip
            seen[i] += fit.p < 0.05
    used = max(panels - refused, 1)
    return {
        "refused": refused / panels,
        "rejected": seen[0] / used,
        "rejected_matched_year": seen[1] / used,
        "used": used,
    }


def _chosen_by_the_third_year(known: World, seed: int) -> pd.DataFrame:
    rows = panel(replace(known, chosen=""), seed)
    events = rows["events"].to_numpy().reshape(known.areas, known.periods)
    treated = np.zeros(known.areas, dtype=bool)
    treated[np.argsort(-events[:, 24:36].sum(axis=1), kind="stable")[: known.treated]] = True
    after = np.tile(np.arange(known.periods) >= known.adopted, known.areas)
    at = np.repeat(treated, known.periods)
    return rows.assign(treated=at, x=(at & after).astype(np.float64))
