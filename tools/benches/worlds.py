"""Invented panels of areas and months with known truth: what the evaluation is measured on, in the tests and in the bench.

Nothing in them is a real place. A world is random roles with an effect on crime from a month on, with what spoils such figures:
noise that lasts, one area that dominates, effects that differ by area, crime that chose the areas.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class World:
    """How a panel is drawn.

    Attributes
    ----------
    effect : change of crime in treated areas after adoption, −0.10 is ten per cent fewer; the mean where it varies
    areas, treated, periods, adopted : sizes; `adopted` is the first period after
    lasting : autocorrelation of an area's noise from month to month, 0 to below 1
    noise : standard deviation of that noise, in logs
    dominant : one area with so many times the crime of the others
    varying : standard deviation of the log effect between areas
    chosen : "", roles by chance; "last", the areas with most crime in the months before adoption; "earlier", in as many months that
        lie before the panel
    levels : standard deviation of areas' lasting levels, in logs
    """

    effect: float = 0.0
    areas: int = 39
    treated: int = 19
    periods: int = 24
    adopted: int = 12
    lasting: float = 0.0
    noise: float = 0.22
    dominant: float = 1.0
    varying: float = 0.0
    chosen: str = ""
    levels: float = 0.6

    @property
    def beta(self) -> float:
        """The log rate ratio that a fit should find."""
        return float(np.log1p(self.effect))


WORLDS = {
    "no effect": World(),
    "−10 %": World(effect=-0.10),
    "−25 %": World(effect=-0.25),
    "noise that lasts (AR 0.8)": World(lasting=0.8),
    "a dominant area": World(dominant=10.0),
    "effects vary by area, mean −10 %": World(effect=-0.10, varying=0.15),
}
FALLING_BACK = World(chosen="last", levels=0.3, lasting=0.8, noise=0.3)
"""Regression to the mean: the areas with most crime in the year before adoption are adopted, and nothing has an effect."""


def panel(world: World, seed: int) -> pd.DataFrame:
    """One panel: ``area, period, events, treated, x`` (treated and after), a row for each area and period."""
    rng = np.random.default_rng(seed)
    n, m = world.areas, world.periods
    level = rng.normal(3.0, world.levels, n)
    level[0] += np.log(world.dominant)
    season = 0.15 * np.sin(np.arange(m) / 12 * 2 * np.pi) + np.cumsum(rng.normal(0, 0.03, m))
    treated = np.zeros(n, dtype=bool)
    if world.chosen:
        return _chosen(rng, world, level, season)
    treated[rng.permutation(n)[: world.treated]] = True
    x = treated[:, None] & (np.arange(m) >= world.adopted)[None]
    # The mean of exp(effect) over areas is kept, so that a varying effect has the ratio that is asked for.
    effect = world.beta + rng.normal(0, world.varying, n) - world.varying**2 / 2
    rate = np.exp(level[:, None] + season[None] + effect[:, None] * x + lasting_noise(rng, n, m, world))
    return _rows(rng.poisson(rate), treated, x)


def _chosen(rng: np.random.Generator, world: World, level: np.ndarray, season: np.ndarray) -> pd.DataFrame:
    """A panel whose treated areas had the most crime, before adoption or before the panel begins; no effect."""
    n, m, before = world.areas, world.periods, world.adopted
    noise = lasting_noise(rng, n, m + before, world)
    earlier = rng.poisson(np.exp(level[:, None] + noise[:, :before]))
    counts = rng.poisson(np.exp(level[:, None] + season[None] + noise[:, before:]))
    scored = counts[:, :before] if world.chosen == "last" else earlier
    treated = np.zeros(n, dtype=bool)
    treated[np.argsort(-scored.sum(axis=1), kind="stable")[: world.treated]] = True
    return _rows(counts, treated, treated[:, None] & (np.arange(m) >= before)[None])


def _rows(counts: np.ndarray, treated: np.ndarray, x: np.ndarray) -> pd.DataFrame:
    n, m = counts.shape
    return pd.DataFrame(
        {
            "area": np.repeat([f"A{i:02}" for i in range(n)], m),
            "period": np.tile(np.arange(m), n),
            "events": counts.ravel(),
            "treated": np.repeat(treated, m),
            "x": x.ravel().astype(np.float64),
        }
    )


def lasting_noise(rng: np.random.Generator, n: int, m: int, world: World) -> np.ndarray:
    """Noise of areas (n, m), in logs: stationary AR(1) with the world's spread."""
    shocks = rng.normal(0, world.noise, (n, m))
    out = np.empty((n, m))
    out[:, 0] = shocks[:, 0]
    for t in range(1, m):
        out[:, t] = world.lasting * out[:, t - 1] + np.sqrt(1 - world.lasting**2) * shocks[:, t]
    return out


@dataclass(frozen=True)
class Around:
    """What lies around the areas of a world, and how much of what falls away in them moves there.

    Attributes
    ----------
    moved : share of what treated areas lose that is found around them; 0 for none
    level : mean log events of a ring in a month
    together : how far a ring's noise is its area's, 0 to 1
    """

    moved: float = 0.0
    level: float = 2.7
    together: float = 0.3


@dataclass(frozen=True)
class Counts:
    """Counts before and after of areas and of what lies around them, (n, 2) each: the area, its ring; and the truth.

    Attributes
    ----------
    before, after : (n, 2) counts
    treated : (n,)
    in_areas, around : the change in treated areas and around them, as a number of events
    """

    before: np.ndarray
    after: np.ndarray
    treated: np.ndarray
    in_areas: float
    around: float


def counts_around(world: World, around: Around, seed: int) -> Counts:
    """One world of areas with their rings, counted before and after."""
    rng = np.random.default_rng(seed)
    n, m = world.areas, world.periods
    level = np.column_stack([rng.normal(3.0, 0.6, n), rng.normal(around.level, 0.6, n)])
    level[0] += np.log(world.dominant)
    season = 0.15 * np.sin(np.arange(m) / 12 * 2 * np.pi) + np.cumsum(rng.normal(0, 0.03, m))
    treated = np.zeros(n, dtype=bool)
    treated[rng.permutation(n)[: world.treated]] = True
    later = np.arange(m) >= world.adopted
    own, other = lasting_noise(rng, n, m, world), lasting_noise(rng, n, m, world)
    noise = (own, around.together * own + np.sqrt(1 - around.together**2) * other)
    area, ring = (np.exp(level[:, k, None] + season + noise[k]) for k in (0, 1))
    effect = np.exp(world.beta + rng.normal(0, world.varying, n) - world.varying**2 / 2) - 1
    x = treated[:, None] & later
    gone = -effect[:, None] * area * x  # what treated areas lose, by month
    seen = [rng.poisson(area - gone), rng.poisson(np.maximum(ring + around.moved * gone, 0.0))]
    before, after = (np.column_stack([s[:, part].sum(axis=1) for s in seen]).astype(float) for part in (~later, later))
    in_areas = world.effect * float((area * x).sum())
    return Counts(before, after, treated, in_areas, -around.moved * in_areas)


AROUND = {
    "no effect": ("no effect", Around()),
    "−10 %": ("−10 %", Around()),
    "−10 %, half of it moves": ("−10 %", Around(moved=0.5)),
    "−25 %": ("−25 %", Around()),
    "−25 %, half of it moves": ("−25 %", Around(moved=0.5)),
    "noise that lasts (AR 0.8)": ("noise that lasts (AR 0.8)", Around()),
    "a dominant area": ("a dominant area", Around()),
    "effects vary by area, mean −10 %": ("effects vary by area, mean −10 %", Around()),
    "effects vary by area, mean −10 %, half of it moves": ("effects vary by area, mean −10 %", Around(moved=0.5)),
}
"""World and its surroundings, by name: what displacement is measured on."""
