"""Invented forces by the minute, of known truth: visits, and events whose rate after a visit comes back with a known half-life.

Nothing in them is a real place. Visits follow the hours of the week and the luck of the day; events have their own hours, areas and days.
In a world that chases, an event makes others likelier for some hours and brings officers within the half hour.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

START = pd.Timestamp("2024-04-01 05:00", tz="UTC")  # a Monday, six o'clock in London: its days are operational days
MINUTES_A_WEEK = 10_080


@dataclass(frozen=True)
class VisitWorld:
    """How a force is drawn.

    Attributes
    ----------
    change : log rate ratio of events at the end of a visit
    half_life_min : minutes after which half of it is gone
    hot_days : whether days with more visits have more events, as a power of the day's luck
    chase : share of events that bring officers within half an hour
    spree : events that an event brings within three hours, on average
    areas, weeks, visits_a_day, events_a_day : sizes, of an area
    """

    change: float = 0.0
    half_life_min: float = 60.0
    hot_days: float = 0.0
    chase: float = 0.0
    spree: float = 0.0
    areas: int = 39
    weeks: int = 12
    visits_a_day: float = 4.0
    events_a_day: float = 4.0


VISIT_WORLDS = {
    "no change": VisitWorld(),
    "half as many, half-life one hour": VisitWorld(change=math.log(0.4)),
    "hot days visited more": VisitWorld(hot_days=1.0),
    "officers come within the half hour, sprees": VisitWorld(chase=0.3, spree=0.4),
    "half as many, hot days visited more": VisitWorld(change=math.log(0.4), hot_days=1.0),
}


def drawn(world: VisitWorld, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Visits, events and areas of this world."""
    rng = np.random.default_rng(seed)
    n, days = world.areas, 7 * world.weeks
    luck = rng.gamma(3.0, 1 / 3.0, (n, days))
    area, enter = _points(
        rng, world.visits_a_day * luck * rng.gamma(8.0, 1 / 8.0, (n, 1)), rng.gamma(3.0, 1 / 3.0, 168)
    )
    length = 10.0 + rng.exponential(15.0, len(enter))
    level = rng.gamma(4.0, 0.25, (n, 1)) * luck**world.hot_days
    at, when = _points(rng, world.events_a_day * level, rng.gamma(3.0, 1 / 3.0, 168))
    if world.spree:
        at, when = _sprees(rng, world, at, when)
    if world.chase:
        come = rng.random(len(at)) < world.chase
        area, enter = np.r_[area, at[come]], np.r_[enter, when[come] + rng.uniform(3.0, 30.0, come.sum())]
        length = np.r_[length, 10.0 + rng.exponential(15.0, int(come.sum()))]
    since = _since(at, when, area, enter, enter + length)
    kept = rng.random(len(at)) < np.exp(world.change * np.exp2(-since / world.half_life_min) - max(world.change, 0.0))
    ids = np.array([f"a{k:02}" for k in range(n)], dtype=object)
    visits = pd.DataFrame({"area_id": ids[area], "enter": _time(enter), "leave": _time(enter + length)})
    events = pd.DataFrame({"area_id": ids[at[kept]], "start": _time(np.floor(when[kept])), "kind": "crime"})
    return visits, events, pd.DataFrame({"area_id": ids, "name": ids, "role": "impact"})


def visit_worlds(world: str, worlds: int, first: int = 1_000, **sizes: int) -> dict[str, float]:
    """How often the design holds the first band's truth and the half-life, rejects, and its caveat fires; and the rival's figure."""
    from ia_plugin.core.evaluation.since_visit import since_last_visit
    from ia_plugin.core.params import SinceVisitParams

    known = replace(VISIT_WORLDS[world], **sizes)
    rows: list[dict[str, Any]] = []
    for seed in range(first, first + worlds):
        visits, events, areas = drawn(known, seed)
        found = since_last_visit(visits, events, areas, SinceVisitParams(outcomes="crime"))
        first_band = found.results[0]
        life = found.half_life.minutes
        truth = _truth(known)
        rows.append(
            {
                "bias": math.log(first_band.estimate) - math.log(truth),
                "held": first_band.low <= truth <= first_band.high,
                "rejected": not first_band.low <= 1 <= first_band.high,
                "caveat": "placebo" in found.results[0].caveats,
                "mirror": math.log(found.mirror["ratio"].iloc[0]),
                "life": life is not None,
                "life_held": math.nan if life is None else life[1] <= known.half_life_min <= life[2],
                "life_bias": math.nan if life is None else math.log(life[0] / known.half_life_min),
                "rival": math.log(own_hours(visits, events)),
            }
        )
    return {k: round(float(v), 4) for k, v in pd.DataFrame(rows).astype(float).mean().items()}


def own_hours(visits: pd.DataFrame, events: pd.DataFrame, least_min: float = 10.0) -> float:
    """The rival: events in the first half hour after a visit over what a place's own hours of the week would bring, against 4 to 8 h."""
    origin = int(START.value)
    ids = pd.Index(sorted(set(visits["area_id"]) | set(events["area_id"])))
    enter, leave = (
        (visits[c].astype("datetime64[ns, UTC]").astype("int64").to_numpy() - origin) / 6e10 for c in ("enter", "leave")
    )
    when = (events["start"].astype("datetime64[ns, UTC]").astype("int64").to_numpy() - origin) / 6e10
    of_visit, of_event = ids.get_indexer(visits["area_id"]), ids.get_indexer(events["area_id"])
    minutes = np.arange(2.5, leave.max(), 5.0)  # every fifth minute stands for five
    cells, moments = np.repeat(np.arange(len(ids)), len(minutes)), np.tile(minutes, len(ids))
    long = leave - enter >= least_min
    time, seen = (
        _since(at, t, of_visit[long], enter[long], leave[long]) for at, t in ((cells, moments), (of_event, when))
    )
    hours = [at * 168 + (t // 60).astype(int) % 168 for at, t in ((cells, moments), (of_event, when))]
    rate = np.bincount(hours[1][seen > 0], minlength=len(ids) * 168) / np.maximum(
        np.bincount(hours[0][time > 0], minlength=len(ids) * 168), 1
    )
    ratio = [
        ((seen > a) & (seen <= b)).sum() / rate[hours[0]][(time > a) & (time <= b)].sum()
        for a, b in ((0, 30), (240, 480))
    ]
    return float(ratio[0] / ratio[1])


def since_visit_year() -> dict[str, float]:
    """Seconds for a force's year: 39 areas, some 56,000 visits and 43,000 events."""
    from ia_plugin.core.evaluation.since_visit import since_last_visit

    year = replace(VISIT_WORLDS["half as many, half-life one hour"], weeks=52, visits_a_day=4.2, events_a_day=3.7)
    tables = drawn(year, 1)
    begin = time.perf_counter()
    since_last_visit(*tables)
    return {"seconds": time.perf_counter() - begin, "visits": float(len(tables[0])), "events": float(len(tables[1]))}


def visit_rows(
    measure: Callable[..., dict[str, Any]], worlds: int = 500
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows of the bench, and what was measured by name."""
    from .evaluation_rows import NOTHING, compared

    rows, figures = [], {}
    for name, world in VISIT_WORLDS.items():
        ours = figures[name] = measure("visit_worlds", world=name, worlds=worlds)
        case = f"{worlds:,} worlds of {world.areas} areas, {world.weeks} weeks, {name}"
        memory = ours["memory_mb"]
        asked = "caveat in ≥ 0.95" if world.chase else "caveat in ≤ 0.10"
        text = f"caveat in {ours['caveat']:.3f}; mirror {math.exp(ours['mirror']):.2f}"
        rows.append(compared(f"{case}: time until the next visit", text, "", NOTHING, asked, memory))
        if world.chase:
            continue
        text = f"{ours['held']:.3f} (bias {math.expm1(ours['bias']):+.1%}); rejected {ours['rejected']:.3f}"
        rival = f"own hours of the week: bias {math.expm1(ours['rival'] - math.log(_truth(world))):+.1%}"
        rows.append(compared(f"{case}: first band, coverage", text, rival, NOTHING, "0.90–0.97", memory))
        if world.change:
            text = f"{ours['life_held']:.3f} (bias {math.expm1(ours['life_bias']):+.1%}) of {ours['life']:.3f} told"
            rows.append(compared(f"{case}: half-life, coverage", text, "", NOTHING, "0.90–0.97", memory))
    year = figures["a force's year"] = measure("since_visit_year")
    case = f"a force's year, {year['visits']:,.0f} visits, {year['events']:,.0f} events"
    rows.append(compared(case, f"{year['seconds']:.1f} s", "", 20 / year["seconds"], "20 s", year["memory_mb"]))
    return rows, figures


# --- parts ------------------------------------------------------------------------------------------------------------


def _points(rng: np.random.Generator, a_day: np.ndarray, hours: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(area, minute) of points whose number follows the day (areas, days) and the hour of the week (168,)."""
    days = a_day.shape[1]
    rate = np.repeat(a_day, 24, axis=1) * hours[np.arange(24 * days) % 168] / (24 * hours.mean())
    area, hour = np.nonzero(found := rng.poisson(rate))
    many = found[area, hour]
    area, hour = np.repeat(area, many), np.repeat(hour, many)
    return area, 60.0 * hour + rng.uniform(0, 60, len(hour))


def _sprees(
    rng: np.random.Generator, world: VisitWorld, at: np.ndarray, when: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """With the events that events bring, and those that these bring."""
    parts, end = [(at, when)], world.weeks * MINUTES_A_WEEK
    while len(at):
        many = rng.poisson(world.spree, len(at))
        at, when = np.repeat(at, many), np.repeat(when, many) + rng.uniform(0, 180, many.sum())
        at, when = at[when < end], when[when < end]
        parts.append((at, when))
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def _since(at: np.ndarray, when: np.ndarray, area: np.ndarray, enter: np.ndarray, leave: np.ndarray) -> np.ndarray:
    """Minutes since the last visit of the area ended; 0 during one, without end where there was none."""
    span = max(float(leave.max()), float(when.max()) if len(when) else 0.0) + 1e6
    order = np.argsort(area * span + enter)
    begin, reach = (area * span + enter)[order], np.maximum.accumulate((area * span + leave)[order])
    place = at * span + when
    k = np.searchsorted(begin, place, side="right") - 1
    since = place - reach[np.maximum(k, 0)]
    return np.where((k < 0) | (area[order][np.maximum(k, 0)] != at), np.inf, np.maximum(since, 0.0))


def _truth(world: VisitWorld) -> float:
    """The ratio of the first band's rate to the reference band's, as time is spread in them: nearly that of their means."""
    shape = [
        np.exp(world.change * np.exp2(-np.linspace(a, b, 200) / world.half_life_min)).mean()
        for a, b in ((0, 30), (240, 480))
    ]
    return float(shape[0] / shape[1])


def _time(minutes: np.ndarray) -> pd.DatetimeIndex:
    return START + pd.to_timedelta(np.round(minutes * 60), unit="s")


__all__ = ["VISIT_WORLDS", "VisitWorld", "drawn", "own_hours", "since_visit_year", "visit_rows", "visit_worlds"]
