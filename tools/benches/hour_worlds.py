"""Invented forces by the hour, of known truth: where officers were, crime that presence before it changes, officers that crime brings.

Nothing in them is a real place. Presence is of visits that follow the hours of the week and luck; crime has its own hours, areas and
weeks. In a world that chases, an event brings officers within its hour, and one event makes another likelier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from .naive import naive_row

if TYPE_CHECKING:
    from ia_plugin.core.material.summary_tables import Material

HOURS_BEFORE = 2
FOLLOWS = ("placebo", "order_unknown", "follows_events")
"""Caveats that say who follows whom cannot be told."""
START = pd.Timestamp("2024-01-29", tz="UTC")  # a Monday; the change of clocks falls into it


@dataclass(frozen=True)
class HourWorld:
    """How a force is drawn.

    Attributes
    ----------
    effect : log rate ratio of crime for 10 more officer minutes in the two hours before
    effect_of_day : log rate ratio for 10 more officer hours in an area on its day
    chase : share of events that bring officers into their area within the hour
    spree : how much likelier, as a factor less 1, an event makes another in the three hours after it
    areas, weeks, a_week : sizes; events an area and week
    """

    effect: float = 0.0
    effect_of_day: float = 0.0
    chase: float = 0.0
    spree: float = 0.0
    areas: int = 39
    weeks: int = 16
    a_week: float = 3.0


HOUR_WORLDS = {
    "no effect": HourWorld(),
    "−10 % for 10 minutes before": HourWorld(effect=float(np.log(0.9))),
    "−15 % for 10 hours of the day": HourWorld(effect_of_day=float(np.log(0.85))),
    "officers come within the hour": HourWorld(chase=0.5),
    "officers come within the hour, sprees": HourWorld(chase=0.5, spree=1.5),
}


def force(world: HourWorld, seed: int) -> Material:
    """A force of this world, as the material that the evaluation reads."""
    from ia_plugin.core.material.summary_tables import Material

    minutes, crimes = drawn(world, seed)
    n, m = minutes.shape
    ids = np.array([f"a{i:02}" for i in range(n)], dtype=object)
    area, hour = (a.ravel() for a in np.indices((n, m)))
    period = START + pd.to_timedelta(np.arange(m), unit="h")
    blank: dict[str, Any] = dict.fromkeys(("unit", "department", "officer_role", "resource_type"), "(all)")
    time = pd.DataFrame({"area_id": ids[area], "period": period[hour], "activity": "on_foot", **blank})
    time["officer_seconds"] = time["foot_seconds"] = 60.0 * minutes.ravel()
    time["vehicle_seconds"], time["variance"], time["systematic"] = 0.0, 0.0, 0.0
    at, when = np.nonzero(crimes)
    row = {
        "precision": "hour",
        "kind": "crime",
        "category": "Burglary",
        "key_type": "burglary",
        "generated_by": "public",
    }
    cells = pd.DataFrame({"period": period[when], **row, "sensitive": None})
    cells["events"] = crimes[at, when].astype(np.int64)
    cells["expected"] = crimes[at, when].astype(np.float64)
    cells["outcome_known"] = cells["found"] = 0
    places = [
        shapely.box(2_000 * (i % 7), 2_000 * (i // 7), 2_000 * (i % 7) + 1_400, 2_000 * (i // 7) + 1_400)
        for i in range(n)
    ]
    role = np.where(np.arange(n) < n // 2, "impact", "comparison")
    areas = pd.DataFrame({"area_id": ids, "name": ids, "role": role, "geometry": places})
    both = pd.concat(
        [cells.assign(area_id=ids[at]), cells.assign(area_id=np.where(at < n // 2, "(impact)", "(comparison)"))]
    )
    return Material.of(areas, time, event_cells=both.reset_index(drop=True), timezone="Europe/London")


def drawn(world: HourWorld, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Officer minutes and crimes (areas, hours)."""
    rng = np.random.default_rng(seed)
    n, m = world.areas, world.weeks * 168
    week = np.arange(m) % 168
    minutes = _visits(rng, n, m, week)
    rate = _rate(rng, world, n, m, week)
    if world.effect_of_day:
        by_day = minutes.reshape(n, -1, 24).sum(axis=2) / 600.0
        rate = rate * np.exp(world.effect_of_day * (by_day - by_day.mean()))[:, :, None].repeat(24, axis=2).reshape(
            n, m
        )
    crimes = np.zeros((n, m))
    spree = np.zeros((n, m + 4))
    extra = np.zeros((n, m + 2))
    for t in range(m):  # what one hour brings changes the next
        before = (minutes[:, max(0, t - HOURS_BEFORE) : t] + extra[:, max(0, t - HOURS_BEFORE) : t]).sum(axis=1)
        lam = rate[:, t] * np.exp(world.effect * (before / 10.0 - 2.0)) * (1 + spree[:, t])
        crimes[:, t] = rng.poisson(lam)
        if world.spree:
            spree[:, t + 1 : t + 4] += world.spree * (crimes[:, t, None] > 0)
        if world.chase:
            come = rng.binomial(crimes[:, t].astype(int), world.chase)
            extra[:, t] += 30.0 * come
            extra[:, t + 1] += 30.0 * come
    return minutes + extra[:, :m], crimes


def _visits(rng: np.random.Generator, n: int, m: int, week: np.ndarray) -> np.ndarray:
    """Visits by the hours of the week and by luck of the day, each over an hour or two."""
    usual = rng.gamma(2.0, 0.5, 168)[week] * rng.gamma(4.0, 0.1, n)[:, None]
    luck = rng.gamma(2.0, 0.5, (n, m // 24)).repeat(24, axis=1)
    visits = rng.poisson(usual * luck)
    length = 25.0 * visits
    out = 0.6 * length
    out[:, 1:] += 0.4 * length[:, :-1]
    return out


def _rate(rng: np.random.Generator, world: HourWorld, n: int, m: int, week: np.ndarray) -> np.ndarray:
    """Crime by areas, hours of the week, and weeks that are alike."""
    hours = rng.gamma(3.0, 1 / 3.0, 168)
    level = rng.gamma(4.0, 0.25, n)
    weeks = np.exp(np.cumsum(rng.normal(0, 0.05, (n, world.weeks)), axis=1)).repeat(168, axis=1)
    return world.a_week / 168 * level[:, None] * hours[week] * weeks


def association_worlds(world: str, worlds: int, first: int = 1_000) -> dict[str, Any]:
    """How often the panel by day and the case-crossover hold the truth, reject no change, and which caveats stand beside them.

    Beside each a Poisson fit of the same counts on the same presence, in which all cells are alike and independent.
    """
    from ia_plugin.core.evaluation.association import presence_crime_of
    from ia_plugin.core.evaluation.case_crossover import case_crossover_of
    from ia_plugin.core.evaluation.hourly import hourly_of
    from ia_plugin.core.evaluation.panel import panel_of
    from ia_plugin.core.params import CaseCrossoverParams, PanelParams, PresenceCrimeParams

    known = HOUR_WORLDS[world]
    rows = []
    for seed in range(first, first + worlds):
        material = force(known, seed)
        crossed = case_crossover_of(hourly_of(material), CaseCrossoverParams(outcomes="crime"))
        followed = presence_crime_of(
            panel_of(material, PanelParams(period="day")),
            PresenceCrimeParams(outcomes="crime", permutations=0, lags=0, per_hours=10),
            follows=crossed.follows,
        )
        of_hours, of_days = _rivals(known, seed)
        for design, result, truth, rival in (
            ("case_crossover", crossed.results[0], known.effect, of_hours),
            ("panel", followed.results[0], known.effect_of_day, of_days),
        ):
            rows.append(
                {
                    "design": design,
                    "held": result.low <= np.exp(truth) <= result.high,
                    "rejected": result.p < 0.05,
                    "bias": np.log(result.estimate) - truth,
                    **{c: c in result.caveats for c in FOLLOWS},
                    "warned": any(c in result.caveats for c in FOLLOWS),
                    "withheld": result.withheld,
                    **naive_row(*rival, truth),
                }
            )
    table = pd.DataFrame(rows).groupby("design").mean()
    return {design: row.round(4).to_dict() for design, row in table.iterrows()}


def _rivals(world: HourWorld, seed: int) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Crimes and presence as a quick look has them: by hour, tens of minutes in the hours before; by day, tens of hours."""
    minutes, crimes = drawn(world, seed)
    before = sum(minutes[:, HOURS_BEFORE - k : -k] for k in range(1, HOURS_BEFORE + 1)) / 10.0
    by_day = [v.reshape(len(v), -1, 24).sum(axis=2) for v in (crimes, minutes / 600.0)]
    return (crimes[:, HOURS_BEFORE:], np.asarray(before)), (by_day[0], by_day[1])
