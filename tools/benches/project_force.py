"""The project's own simulated force, its presence as the tools measure it from reports, and crime linked to true presence by a known amount."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from .hour_worlds import FOLLOWS
from .naive import naive_row

LINK = -6 * float(np.log(0.9))  # each hour of presence: ten minutes more are ten per cent fewer in the hour after
STEP_M, BLOCKS = 200.0, 40
AREAS = 24


@lru_cache(maxsize=1)
def street_grid() -> Any:
    """Streets 200 m apart, eight kilometres square."""
    from ia_plugin.core.simulate import StreetNetwork

    line, at = shapely.LineString, STEP_M * np.arange(BLOCKS + 1)
    rows = [line([(a, y), (b, y)]) for y in at for a, b in zip(at, at[1:])]
    return StreetNetwork.from_lines(rows + [line([(x, a), (x, b)]) for x in at for a, b in zip(at, at[1:])])


def disc_areas(rng: np.random.Generator) -> pd.DataFrame:
    """Areas of 350 m about places of :func:`street_grid`, Impact Areas and comparison areas by turns."""
    discs = [shapely.Point(*rng.uniform(900, 7_100, 2)).buffer(350) for _ in range(AREAS)]
    ids = [f"a{i:02}" for i in range(AREAS)]
    return pd.DataFrame(
        {"area_id": ids, "name": ids, "role": ["impact", "comparison"] * (AREAS // 2), "geometry": discs}
    )


def force(seed: int, officers: int = 60, days: int = 42) -> tuple[Any, pd.DataFrame, pd.DataFrame, Any]:
    """(params, areas, presence by area and hour as measured, the force) of one simulated force."""
    from ia_plugin.core.params import PresenceParams, SimulateParams, SummaryParams
    from ia_plugin.core.presence import presence, stays, time_in_areas
    from ia_plugin.core.simulate import simulate_shifts
    from ia_plugin.core.tracks import build_legs

    rng = np.random.default_rng(seed)
    areas = disc_areas(rng)
    params = SimulateParams(
        officers=officers,
        days=days,
        seed=seed,
        crimes_per_day=400,
        locker_share=0.0,
        home_share=0.0,
        stale_share=0.0,
        silent_share=0.0,
    )
    world = simulate_shifts(street_grid(), areas, None, params)
    legs = build_legs(world.fixes)
    shared = time_in_areas(legs, areas, PresenceParams(bounds="none"))
    hours = presence(legs, areas, shared, stays(legs, areas), SummaryParams(groups=("area_id", "period")))
    return params, areas, hours, world


def project_force_worlds(worlds: int, forces: int = 5, link: float = LINK) -> dict[str, Any]:
    """How often the case-crossover on measured presence holds a link to true presence, on draws of crime over some forces."""
    from ia_plugin.core.evaluation.case_crossover import case_crossover_of
    from ia_plugin.core.evaluation.hourly import hourly
    from ia_plugin.core.params import CaseCrossoverParams
    from ia_plugin.core.simulate.events import simulate_events

    rows = []
    for seed in range(1, forces + 1):
        params, areas, presence, world = force(seed)
        names = np.array([], dtype=object)
        for draw in range(worlds // forces):
            rng = np.random.default_rng([seed, draw])
            events = simulate_events(
                [], areas, street_grid(), world.truth, names, replace(params, presence_link=link), rng
            )
            table = hourly(presence, events, areas, params.timezone)
            found = case_crossover_of(table, CaseCrossoverParams(outcomes="crime", hours_before=1)).results[0]
            truth = -link / 6
            rival = naive_row(table.counts("crime").events[:, 1:], table.minutes()[:, :-1] / 10.0, truth)
            rows.append((found.low <= np.exp(truth) <= found.high, found.p < 0.05, np.log(found.estimate) - truth,
                         *(c in found.caveats for c in FOLLOWS), any(c in found.caveats for c in FOLLOWS), found.withheld,
                         found.events, found.reliability, *rival.values()))  # fmt: skip
    names = ["held", "rejected", "bias", *FOLLOWS, "warned", "withheld", "events", "reliability", *rival]
    return pd.DataFrame(rows, columns=names).astype(float).mean().round(4).to_dict()
