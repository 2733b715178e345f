"""A trial as tables: areas, officers who follow the draw, crimes that answer; April to June 2024, or over a change of clocks."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from ia_plugin.core.evaluation.trial import trial_panel
from ia_plugin.core.evaluation.trial_schedule import draw_schedule
from ia_plugin.core.material.summary_tables import Material
from ia_plugin.core.params import ScheduleParams, TrialParams
from ia_plugin.core.times.instants import nanoseconds
from tests.support.month_panels import crimes, squares

HOUR = pd.Timedelta(hours=1)


def schedule_of(areas=8, first="2024-04-08", last="2024-06-02", at="2024-03-28T10:00Z", seed=5, **more):
    """A schedule over areas A0, A1, … drawn before its first day."""
    table = pd.DataFrame({"area_id": [f"A{i}" for i in range(areas)], "name": [f"Area {i}" for i in range(areas)]})
    asked = ScheduleParams(first_day=first, last_day=last, **{"outcomes": "burglary", **more})
    return draw_schedule(table, asked, seed=seed, at=pd.Timestamp(at))


def presence_of(schedule, *, usual=1800.0, drained=0.0, visit=1200.0, before=28):
    """Officer seconds of each area in each hour: `usual` always, less of undrawn areas, and a visit at noon of a drawn day."""
    begins, rows = schedule.begins, []
    start = begins[0] - before * 24 * HOUR
    hours = pd.date_range(start.floor("h"), begins[-1] + 25 * HOUR, freq="h", inclusive="left")
    day = np.searchsorted(*(nanoseconds(pd.Series(m)) for m in (begins, hours)), side="right") - 1
    noon = (hours - begins[np.clip(day, 0, None)]) == 6 * HOUR
    for k, area in enumerate(schedule.areas):
        drawn = (day >= 0) & schedule.drawn[np.clip(day, 0, None), k]
        seconds = np.where((day >= 0) & ~drawn, usual * (1 - drained), usual) + visit * (drawn & noon)
        rows.append(_time(area, hours, seconds + 30.0 * np.sin(np.arange(len(hours)) + k)))
    rows.append(_time("(impact)", hours, np.full(len(hours), usual * len(schedule.areas))))
    return pd.concat(rows, ignore_index=True)


def _time(area, hours, seconds):
    base = {
        "unit": "(all)",
        "department": "(all)",
        "officer_role": "(all)",
        "resource_type": "car",
        "activity": "in_vehicle",
    }
    rest = {f"{m}_seconds": 0.0 for m in ("foot", "stationary", "unknown", "bicycle")}
    return pd.DataFrame(
        {"area_id": area, "period": hours, **base, "officer_seconds": seconds, "variance": 100.0, "systematic": 6.0,
         "vehicle_seconds": seconds, **rest}
    )  # fmt: skip


def crimes_of(schedule, *, level=3.0, ratio=0.5, seed=1, by="public", precision="minute"):
    """Burglaries: `level` an area and day, times `ratio` where it was drawn; each at some hour of the operational day."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(np.where(schedule.drawn, level * ratio, level))
    rows, begins = [], schedule.begins
    for t, k in zip(*np.nonzero(counts)):
        for _ in range(counts[t, k]):
            moment = begins[t] + timedelta(minutes=int(rng.integers(0, 23 * 60)))
            rows.append((500.0 + 2000.0 * k, moment.isoformat(), moment.isoformat(), "burglary", by))
    return crimes(*rows, precision=precision)


def material_of(schedule, events, names=None, **presence):
    areas = squares(**{a: {"role": "impact"} for a in schedule.areas})
    areas["name"] = names or list(schedule.names)
    return Material.of(areas, presence_of(schedule, **presence), events=events, timezone=schedule.timezone)


def panel_of_trial(schedule, events, params=TrialParams(), **more):
    return trial_panel(material_of(schedule, events, **more), schedule, params)
