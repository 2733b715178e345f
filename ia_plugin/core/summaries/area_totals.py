"""Tables that answer questions, put together from the stages of the method."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from ..areas import prepare_areas, without_sites
from ..columns import MODES
from ..params import PresenceParams, SummaryParams
from ..presence import presence, stays, time_in_areas
from ..presence.likely import likely_range, total_sd
from ..presence.unobserved import silent_steps
from ..presence.visit_rhythm import time_by_mode_in_areas
from ..progress import Progress, part, silent

SITES_OUT = "Time at police sites is taken out of the figures of areas and stands beside them."
SITES_IN = "Figures include any police stations in the areas."


@dataclass(frozen=True)
class AreaTotals:
    """Time in areas over the whole period.

    Attributes
    ----------
    areas : one row an area, areas without any time included: the areas table with ``area_km2, officer_seconds,
        officer_seconds_sd, patrol_seconds, officers, visits, unobserved_seconds, site_seconds`` (time at police sites
        inside it, left out of all the others), ``officer_hours`` with its likely range ``officer_hours_low, officer_hours_high``, ``patrol_hours, site_hours,
        officer_hours_per_km2``
    role_seconds, role_sd : officer time by role of area and its standard deviation; ground that two areas of a role share
        counts once
    observed_s, unobserved_s : officer time anywhere
    leg_areas, stays, ground : the tables behind it; `ground` are the areas without their police sites, and the sites
    caveat : what must be said beside the figures
    """

    areas: pd.DataFrame
    role_seconds: pd.Series
    role_sd: pd.Series
    observed_s: float
    unobserved_s: float
    leg_areas: pd.DataFrame
    stays: pd.DataFrame
    ground: pd.DataFrame
    caveat: str

    def presence(self, legs: pd.DataFrame, params: SummaryParams) -> pd.DataFrame:
        """The presence table for another period or grouping."""
        return presence(legs, self.ground, self.leg_areas, self.stays, params)


def area_totals(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    method: PresenceParams = PresenceParams(),
    summary: SummaryParams = SummaryParams(),
    *,
    progress: Progress = silent,
) -> AreaTotals:
    """Officer time, cover, visits and unobserved time of each area, police sites taken out and told beside.

    Parameters
    ----------
    legs : DataFrame, the legs table, metres
    areas : DataFrame, the areas table; rows of role ``site`` are police sites
    method, summary : how time is shared, and the speed limit and duties behind unobserved time
    """
    ready, report = prepare_areas(areas, method.invalid_areas)
    report.warn()
    if "role" not in ready.columns:
        ready["role"] = "other"
    headline, at_sites = without_sites(ready)
    sites = ready[ready["role"] == "site"]
    ground = pd.concat([headline, sites], ignore_index=True)
    shared = time_in_areas(legs, ground, method, progress=part(progress, 0.0, 0.4))
    entered = stays(legs, ground, progress=part(progress, 0.4, 0.7))
    whole = replace(summary, period="all", groups=("area_id",))
    found = presence(legs, ground, shared, entered, whole).set_index("area_id").reindex(ready["area_id"])
    table = ready.reset_index(drop=True)
    for name in ("officer_seconds", "patrol_seconds", "officers", "visits", "unobserved_seconds"):
        table[name] = found[name].fillna(0).to_numpy()
    table["officer_seconds_sd"] = found["officer_seconds_sd"].to_numpy()
    plain = replace(method, bounds="none")
    site_time = time_in_areas(legs, at_sites, plain).groupby("area_id")["seconds"].sum()
    table["site_seconds"] = site_time.reindex(table["area_id"]).fillna(0).to_numpy()
    # Rates are per km² of the ground they are about: an area that is all site has none.
    km2 = shapely.area(ground["geometry"].to_numpy(dtype=object)) / 1e6
    table["area_km2"] = pd.Series(km2, index=ground["area_id"]).reindex(table["area_id"]).fillna(0).to_numpy()
    for name in ("officer", "patrol", "site"):
        table[f"{name}_hours"] = table[f"{name}_seconds"] / 3600
    if {"p_foot", "p_vehicle", "p_stationary", "mode"} <= set(legs.columns):
        split = time_by_mode_in_areas(legs, shared).set_index("area_id").reindex(table["area_id"]).fillna(0)
        for mode in MODES:
            table[f"{mode}_hours"] = split[f"seconds_{mode}"].to_numpy() / 3600
    low, high = likely_range(table["officer_hours"], table["officer_seconds_sd"] / 3600)
    table["officer_hours_low"], table["officer_hours_high"] = low, high
    per_km2 = table["officer_hours"] / table["area_km2"].where(table["area_km2"] > 0, np.nan)
    table["officer_hours_per_km2"] = per_km2
    roles = time_in_areas(legs, _ground_by_role(ground), plain, progress=part(progress, 0.7, 1.0))
    steps = silent_steps(legs, summary.between_duties_s)
    return AreaTotals(
        areas=table,
        role_seconds=roles.groupby("area_id")["seconds"].sum(),
        role_sd=total_sd(roles, legs),
        observed_s=float((legs["end"] - legs["start"]).dt.total_seconds().sum()),
        unobserved_s=float((steps.end - steps.start).sum() / 1e9),
        leg_areas=shared,
        stays=entered,
        ground=ground,
        caveat=SITES_OUT if len(sites) else SITES_IN,
    )


def _ground_by_role(areas: pd.DataFrame) -> pd.DataFrame:
    """One area a role, so that ground two areas share is not counted twice."""
    roles = areas["role"].fillna("other")
    shapes = areas["geometry"].groupby(roles).agg(lambda s: shapely.union_all(s.to_numpy(dtype=object)))
    return pd.DataFrame({"area_id": shapes.index.astype(str), "geometry": shapes.to_numpy(dtype=object)})
