"""Time that nobody observed, and the areas an officer could have been in meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from ..arrays import Bools, Floats, Ints, Objects, Rows
from ..fixes import sorted_order
from ..times.instants import nanoseconds
from ..times.periods import Periods

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class SilentSteps:
    """Silences between one leg of an officer and the next."""

    leg: Rows  # the leg before
    start: Ints
    end: Ints
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats


@dataclass(frozen=True)
class SilentNear:
    """Parts of silences, each in one period, for each area in reach."""

    step: Rows
    area: Rows
    period: Rows
    seconds: Floats


def silent_steps(legs: pd.DataFrame, between_duties_s: float) -> SilentSteps:
    """Silences between consecutive legs of one officer, those between two turns of duty left out."""
    officer = np.asarray(pd.factorize(legs["officer_id"])[0])
    start, end = (nanoseconds(legs[c]) for c in ("start", "end"))
    order = sorted_order(officer, start)
    if order is not None:
        officer, start, end = officer[order], start[order], end[order]
    quiet = (officer[1:] == officer[:-1]) & (start[1:] > end[:-1])
    quiet &= (start[1:] - end[:-1]) < between_duties_s * 1e9
    i = np.flatnonzero(quiet)
    before, after = (i, i + 1) if order is None else (order[i], order[i + 1])
    x0, y0 = (legs[c].to_numpy(dtype=np.float64)[before] for c in ("x1", "y1"))
    x1, y1 = (legs[c].to_numpy(dtype=np.float64)[after] for c in ("x0", "y0"))
    return SilentSteps(before, end[i], start[i + 1], x0, y0, x1, y1)


def silent_near(steps: SilentSteps, shapes: Objects, periods: Periods, max_speed_ms: float) -> SilentNear:
    """For each area the silences during which the officer could have been in it, cut at the edges of periods."""
    which, period, start, end = periods.cut(steps.start, steps.end)
    seconds = (end - start) / 1e9
    found = []
    for k, shape in enumerate(shapes):
        part = np.flatnonzero(_in_reach(steps, shape, max_speed_ms)[which])
        found.append((which[part], np.full(len(part), k), period[part], seconds[part]))
    if not found:
        none = np.empty(0, dtype=np.intp)
        return SilentNear(none, none, none, np.empty(0))
    step, area, part_period, part_seconds = (np.concatenate([f[i] for f in found]) for i in range(4))
    return SilentNear(step, area, part_period, part_seconds)


def _in_reach(steps: SilentSteps, shape: BaseGeometry, max_speed_ms: float) -> Bools:
    """Whether the officer could have gone from the one end to the area and on to the other end in time."""
    budget = max_speed_ms * (steps.end - steps.start) / 1e9
    west, south, east, north = shapely.bounds(shape)

    def to_box(x: Floats, y: Floats) -> Floats:
        return np.asarray(
            np.hypot(np.maximum(0, np.maximum(west - x, x - east)), np.maximum(0, np.maximum(south - y, y - north)))
        )

    near = to_box(steps.x0, steps.y0) + to_box(steps.x1, steps.y1) <= budget
    inner = shapely.point_on_surface(shape)
    sure = np.hypot(steps.x0 - inner.x, steps.y0 - inner.y) + np.hypot(steps.x1 - inner.x, steps.y1 - inner.y) <= budget
    open_question = np.flatnonzero(near & ~sure)
    if len(open_question):
        ends = (
            shapely.points(x[open_question], y[open_question]) for x, y in ((steps.x0, steps.y0), (steps.x1, steps.y1))
        )
        near[open_question] = sum(shapely.distance(shape, e) for e in ends) <= budget[open_question]
    return np.asarray(near)
