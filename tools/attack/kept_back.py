"""What readers of the summary lose because it tells no few officers' time: how much of a simulated force's months it tells by unit.

    python -m tools.attack.kept_back --officers 120 --days 61

Officers of the simulator, in eight units of unequal size, walk and drive about the demo's areas; their time is published month by
month. Told is the share of officer time that stands under its own unit: of single areas by month, of the roles of areas by month and
by how fine the hours are. "Other" is the share that stands under "other"; the rest is told with all units together only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"

from ia_plugin.core.areas import prepare_areas
from ia_plugin.core.group_time.month import group_month
from ia_plugin.core.params import PresenceParams, SimulateParams
from ia_plugin.core.simulate import StreetNetwork, simulate_shifts
from ia_plugin.core.summaries.compute import ForceFacts, by_officers
from ia_plugin.core.suppression import OTHER
from ia_plugin.store.months import roles_of

SIZES = {
    "North": 0.22,
    "South": 0.2,
    "East": 0.16,
    "West": 0.14,
    "Response": 0.12,
    "Roads": 0.08,
    "Events": 0.05,
    "Dogs": 0.03,
}
FIRST_DAY, ZONE = "2024-06-01", "Europe/London"
WEEK_HOUR, DAY_HOUR, BAND = "hours of the week", "hours of the day", "six hours of the day"


def officer_time(officers: int, days: int, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(officer_time of a simulated force, its areas)."""
    from tools.demo import read_layer

    areas = read_layer(SAMPLE / "demo_areas.gpkg", "areas")
    sites = read_layer(SAMPLE / "demo_areas.gpkg", "sites")
    network = StreetNetwork.from_lines(read_layer(SAMPLE / "demo_network.gpkg")["geometry"])
    params = SimulateParams(officers=officers, days=days, first_day=FIRST_DAY, interval_s=300.0, seed=seed)
    world = simulate_shifts(network, areas, sites, params)
    prepared, _ = prepare_areas(pd.concat([areas, sites], ignore_index=True))
    legs = world.truth.assign(
        unit=units_of(world.truth["officer_id"], officers), resource_type="-", accuracy0_m=np.nan, accuracy1_m=np.nan
    )
    legs["officer_id"] = legs["officer_id"].astype(object)
    legs["distance_m"] = np.hypot(legs["x1"] - legs["x0"], legs["y1"] - legs["y0"])
    legs["speed_kmh"] = 3.6 * legs["distance_m"] / legs["duration_s"]
    facts = ForceFacts(prepared, None, method=PresenceParams(method="linear", bounds="none"), timezone=ZONE)
    return by_officers(legs.drop(columns="activity"), facts).officer_time, prepared


def units_of(officer: pd.Series, officers: int) -> np.ndarray:
    """The unit of each officer, by the number in the id, in the sizes of :data:`SIZES`."""
    number = officer.astype(str).str[1:].astype(int).to_numpy()
    place = np.random.default_rng(0).permutation(officers)[number] / officers
    return np.array(list(SIZES), dtype=object)[np.searchsorted(np.cumsum(list(SIZES.values()))[:-1], place, "right")]


def shares(
    there: pd.DataFrame, role_of: dict[str, str], shared: Sequence[str] = (), timezone: str = ZONE
) -> dict[str, float]:
    """How much of one month's officer time is told by unit, in percent.

    Parameters
    ----------
    there : the officer_time table of a month
    role_of, shared : as of :func:`~ia_plugin.core.group_time.month.group_month`

    Returns
    -------
    ``area told, area other, area cells told`` of single areas by month (the last counts the pairs of area and unit); ``role told,
    role other`` of roles by month; ``role hours of the week``, ``… of the day``, ``… six hours of the day`` of them at least so fine.
    """
    table = group_month(there, role_of, shared, timezone=timezone).table
    table = table[table["dimension"] == "unit"]
    time = there[there["seconds"] > 0]
    in_role = table["area_id"].str.startswith("(")
    alone = table["value"] != OTHER
    width = np.where(table["weekday"] >= 0, 0, table["hours"])
    whole = {
        "area": time[~time["area_id"].astype(str).str.startswith("(")],
        "role": time[time["area_id"].astype(str).str.startswith("(")],
    }
    rows = {"area": table[~in_role], "role": table[in_role]}
    total = {n: float(t["seconds"].sum()) for n, t in whole.items()}

    def percent(place: str, kept: pd.Series) -> float:
        return 100 * float(rows[place].loc[kept.loc[rows[place].index], "officer_seconds"].sum()) / total[place]

    fine = {WEEK_HOUR: 0, DAY_HOUR: 1, BAND: 6}
    pairs = whole["area"][["area_id", "unit"]].drop_duplicates()
    return {
        "area told": percent("area", alone),
        "area other": percent("area", ~alone),
        "area cells told": 100
        * len(rows["area"][alone[~in_role]][["area_id", "value"]].drop_duplicates())
        / len(pairs),
        "role told": percent("role", alone),
        "role other": percent("role", ~alone),
        **{f"role {name}": percent("role", alone & (width <= most)) for name, most in fine.items()},
    }


def of_force(officers: int, days: int, seed: int = 1) -> dict[str, float]:
    """The mean :func:`shares` of the whole months of a simulated force."""
    there, areas = officer_time(officers, days, seed)
    month = there["period"].dt.tz_convert(ZONE).dt.strftime("%Y-%m")
    end = (pd.Timestamp(FIRST_DAY) + pd.Timedelta(days=days)).strftime("%Y-%m-%d")
    months = [m for m in sorted(month.unique()) if f"{m}-01" >= FIRST_DAY and str(pd.Period(m).end_time.date()) < end]
    role_of, shared = roles_of(areas)
    found = [shares(there[month == m], role_of, shared) for m in months]
    return {name: float(np.mean([f[name] for f in found])) for name in found[0]}


def in_words(found: dict[str, float]) -> str:
    """The shares, one a line."""
    return "\n".join(f"  {name:28} {value:5.1f} %" for name, value in found.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--officers", type=int, default=120)
    parser.add_argument("--days", type=int, default=61)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = of_force(options.officers, options.days, options.seed)
    print(
        f"{options.officers} officers, {len(SIZES)} units, {options.days} days: officer time told by unit\n{in_words(found)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
