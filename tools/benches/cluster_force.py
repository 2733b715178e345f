"""A force's years as Parquet, a folder a day, made fast: one simulated week, set behind itself as often as is asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .project_force import disc_areas, street_grid

WEEK = pd.Timedelta(days=7)
MONDAY = "2019-01-07"
COLUMNS = ["officer_id", "time", "x", "y", "accuracy_m", "reason", "radio_kind", "unit", "resource_type"]
SIMULATED = 40
"""Officers who are simulated; those beyond are the same again, on streets a little aside."""
ASIDE_M = 25.0


@lru_cache(maxsize=1)
def simulated_week() -> Any:
    """(areas, the force) of one week, cut at its end so that the night before a Monday and that Monday are two turns of duty."""
    from ia_plugin.core.params import SimulateParams
    from ia_plugin.core.simulate import simulate_shifts

    areas = disc_areas(np.random.default_rng(1))
    params = SimulateParams(officers=SIMULATED, days=7, seed=1, first_day=MONDAY, timezone="UTC", crimes_per_day=100)
    return areas, simulate_shifts(street_grid(), areas, None, params)


def week_of_force(officers: int) -> pd.DataFrame:
    """The fixes of a week, with officers' pseudonyms; `officers` in tens."""
    _, world = simulated_week()
    first = pd.Timestamp(MONDAY, tz="UTC")
    fixes = world.fixes.loc[world.fixes["time"] < first + WEEK, COLUMNS]
    number, _ = pd.factorize(fixes["officer_id"], sort=True)
    rng = np.random.default_rng(2)
    parts = []
    for copy in range(-(-officers // SIMULATED)):
        who = number + copy * SIMULATED
        aside = rng.normal(0, ASIDE_M, 2) if copy else np.zeros(2)
        mine = who < officers
        ids = np.array([f"p{k:024x}" for k in range(copy * SIMULATED, (copy + 1) * SIMULATED)], dtype=object)
        rows = fixes.assign(officer_id=ids[number], x=fixes["x"] + aside[0], y=fixes["y"] + aside[1])
        parts.append(rows[mine])
    return pd.concat(parts, ignore_index=True)


def write_force(folder: Path, fixes: int, officers: int) -> dict[str, int]:
    """About so many fixes of so many officers below ``folder/fixes``, events and areas beside them.

    Returns
    -------
    ``fixes, officers, weeks``, as written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ia_plugin.gpkg.geopackage import GeoPackage

    areas, world = simulated_week()
    week = week_of_force(officers).sort_values("time", ignore_index=True)
    weeks = max(1, round(fixes / len(week)))
    day = (week["time"] - pd.Timestamp(MONDAY, tz="UTC")) // pd.Timedelta(days=1)
    days = [week[day == d] for d in range(7)]
    tables = [pa.Table.from_pandas(d.drop(columns="time"), preserve_index=False) for d in days]
    moments = [d["time"].to_numpy(dtype="datetime64[us]") for d in days]
    for k in range(weeks):
        for d in range(7):
            at = moments[d] + np.timedelta64(7 * k, "D")
            name = f"day={np.datetime64(MONDAY) + 7 * k + d!s}"
            path = folder / "fixes" / name / "fixes.parquet"
            path.parent.mkdir(parents=True)
            time = pa.array(at, type=pa.timestamp("us", tz="UTC"))
            pq.write_table(tables[d].append_column("time", time), path)
    (folder / "events").mkdir()
    _tiled_events(world.events, weeks).to_parquet(
        folder / "events" / "events.parquet", index=False, coerce_timestamps="us"
    )
    with GeoPackage(folder / "areas.gpkg") as file:
        file.append("areas", areas)
    return {"fixes": weeks * len(week), "officers": officers, "weeks": weeks}


def _tiled_events(events: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """The week's events, week after week; no officer is named, since those of the fixes have other ids."""
    moments = [c for c in events.columns if events[c].dtype.kind == "M"]
    kept = events[events["start"] < events["start"].min() + WEEK].drop(columns="officer_ids").assign(version=1)
    parts = []
    for k in range(weeks):
        ids = kept["event_id"].astype(str) + f"-{k}"
        parts.append(kept.assign(event_id=ids, **{c: (kept[c] + k * WEEK).dt.round("s") for c in moments}))
    return pd.concat(parts, ignore_index=True)


def write_plan(folder: Path, restricted: Sequence[str]) -> Path:
    """The plan of a run over :func:`write_force`."""
    names = {"INPUT": "fixes", "OUTPUT": "runs", "AREAS": "areas.gpkg", "EVENTS": "events", "SUMMARY": "out/summary.gpkg"}  # fmt: skip
    lines = [f'{name} = "{folder / value}"' for name, value in names.items()]
    listed = ", ".join(f'"{n}"' for n in restricted)
    path = folder / "plan.toml"
    path.write_text("\n".join([*lines, f"RESTRICTED = [{listed}]", ""]), encoding="utf-8")
    return path
