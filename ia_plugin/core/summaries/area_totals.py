"""Tables that answer questions, put together from the stages of the method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
import pandas as pd

from ..activity.links import Links
from ..areas import REST, ROLE_LABELS, epochs, headline_ground, with_roles, within_validity
from ..arrays import Array, Floats
from ..columns import MODES, MODES_AND_BICYCLE, TIME_USE
from ..empty import empty_table
from ..movement.likely_shares import ShareSpread, concentration_of, hours_range
from ..params import PresenceParams, SummaryParams
from ..presence.area_visits import visits_in_prepared
from ..presence.by_period import presence_in_prepared
from ..presence.likely import likely_range
from ..presence.unobserved import silent_steps
from ..progress import Progress, part, silent
from ..sentence import phrase
from ..times.instants import nanoseconds
from .cells import SharedLegs, Who
from .cover import cover_of, cover_spans
from .ground_size import km2_in_days_of, km2_of_areas
from .ground_time import GroundTime, legs_about
from .time_cells import MODE_SECONDS, SPREAD, TimeCells, begins_within
from .visit_lengths import added_lengths, visit_lengths
from .zones import prepared_grounds

SITES_OUT = phrase("Time at police sites is taken out of the figures of areas and stands beside them.")
SITES_IN = phrase("Figures include any police stations in the areas.")


@dataclass(frozen=True)
class AreaTotals:
    """Time in areas over the whole period.

    Attributes
    ----------
    areas : one row an area, areas without any time included: the areas table with ``area_km2, officer_seconds,
        officer_seconds_sd, patrol_seconds, officers, visits, unobserved_seconds, site_seconds`` (time at police sites
        inside it, left out of all the others), ``officer_hours`` with its likely range ``officer_hours_low, officer_hours_high``, ``patrol_hours, site_hours,
        officer_hours_per_km2`` (of areas that come or go by their mean ground over the days of the legs); ``visits`` are those of the visits table, and ``visit_minutes`` their mean length;
        with classified legs ``foot_hours, vehicle_hours, stationary_hours, unknown_hours``, which add up to the hours, and
        ``bicycle_hours`` where there are any; each but the unknown with its likely range, ``foot_hours_low, foot_hours_high``, …
    role_seconds, role_sd : officer time by role of area and its standard deviation: ground that several areas share counts
        once, for the first of their roles (:data:`~ia_plugin.core.areas.ROLE_ORDER`); with "rest" they add up to `observed_s`
    observed_s, unobserved_s : officer time anywhere
    leg_areas, stays, ground : the tables behind it; `ground` are the areas without their police sites, and the sites
    caveat : what must be stated with the figures
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
        return presence_in_prepared(legs, self.ground, self.leg_areas, self.stays, params)


def area_totals(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    method: PresenceParams = PresenceParams(),
    summary: SummaryParams = SummaryParams(),
    *,
    modes: Optional[ShareSpread] = None,
    progress: Progress = silent,
) -> AreaTotals:
    """Officer time, cover, visits and unobserved time of each area, police sites left out and given separately.

    Parameters
    ----------
    legs : DataFrame, the legs table, metres
    areas : DataFrame, the areas table; rows of role ``site`` are police sites, one of role ``rest`` has what no other area
        has; without roles all are impact areas
    method, summary : how time is shared, and the speed limit and duties behind unobserved time
    modes : how far shares of modes may lie from the truth; None for a model that the force has not checked
    """
    ready, report = with_roles(areas, method.invalid_areas)
    report.warn()
    ground = headline_ground(ready)
    ground_time = GroundTime(legs, method, ground, part(progress, 0.0, 0.7))
    zones = _zones(legs, ready, ground_time, summary, progress=part(progress, 0.7, 1.0))
    spread = method.method == "bridge"
    table = _times(legs, ready, ground, ground_time, zones, summary, spread)
    table = _with_rates(table, km2_of_areas(ready), km2_in_days_of(legs, ready, summary.timezone), modes)
    steps = silent_steps(legs, summary.between_duties_s)
    role_seconds, role_sd = (
        s.rename(index=lambda label: str(label).strip("()"))
        for s in _summed(zones[zones["area_id"].isin(ROLE_LABELS)], spread)
    )
    return AreaTotals(
        areas=table,
        role_seconds=role_seconds,
        role_sd=role_sd.drop(REST.strip("()"), errors="ignore"),
        observed_s=float(role_seconds.sum()),
        unobserved_s=float((steps.end - steps.start).sum() / 1e9),
        leg_areas=ground_time.leg_areas,
        stays=ground_time.stays,
        ground=ground,
        caveat=SITES_OUT if (ready["role"] == "site").any() else SITES_IN,
    )


def _times(
    legs: pd.DataFrame,
    ready: pd.DataFrame,
    ground: pd.DataFrame,
    ground_time: GroundTime,
    zones: pd.DataFrame,
    summary: SummaryParams,
    spread: bool,
) -> pd.DataFrame:
    """Seconds and hours of each area, their standard deviation, officers and visits."""
    shared, entered = ground_time.counted, ground_time.stays
    whole = replace(summary, period="all", groups=("area_id",))
    found = presence_in_prepared(legs, ground, shared, entered, whole).set_index("area_id").reindex(ready["area_id"])
    table = ready.reset_index(drop=True)
    for name in ("officers", "unobserved_seconds"):
        table[name] = found[name].fillna(0).to_numpy()
    table["patrol_seconds"] = _covered(legs, ready, ground, ground_time, summary)
    table = table.assign(**_visited(legs, ready, ground, ground_time, summary.timezone))
    at_site = zones["activity"] == "police_site"
    outside = zones[~at_site]
    own, own_sd = _summed(outside, spread)
    table["officer_seconds"] = own.reindex(table["area_id"]).fillna(0).to_numpy()
    table["officer_seconds_sd"] = own_sd.reindex(table["area_id"]).to_numpy()
    at_sites = zones[at_site].groupby("area_id")["officer_seconds"].sum()
    table["site_seconds"] = at_sites.reindex(table["area_id"]).fillna(0).to_numpy()
    for name in ("officer", "patrol", "site"):
        table[f"{name}_hours"] = table[f"{name}_seconds"] / 3600
    if {"p_foot", "p_vehicle", "p_stationary", "mode"} <= set(legs.columns):
        by_mode = outside.groupby("area_id")[list(MODE_SECONDS)].sum().reindex(table["area_id"]).fillna(0) / 3600
        modes = MODES_AND_BICYCLE if by_mode["bicycle_seconds"].any() else MODES
        table = table.assign(**{f"{m}_hours": by_mode[f"{m}_seconds"].to_numpy() for m in modes})
    return table


def _covered(
    legs: pd.DataFrame, ready: pd.DataFrame, ground: pd.DataFrame, ground_time: GroundTime, summary: SummaryParams
) -> Floats:
    """Cover of each area: the hours of the cover table, added up."""
    by_hour = replace(summary, period="hour")
    spans = cover_spans(legs, ground, ground_time.counted, ground_time.stays, by_hour)
    hours = cover_of(within_validity(spans, ready, summary.timezone), groupings=((),))
    seconds = hours.groupby("area_id")["patrol_seconds"].sum().reindex(ready["area_id"]).fillna(0)
    return np.asarray(seconds.to_numpy(dtype=np.float64))


def _visited(
    legs: pd.DataFrame, ready: pd.DataFrame, ground: pd.DataFrame, ground_time: GroundTime, timezone: str
) -> dict[str, Array]:
    """Visits of each area by the visits table, and their mean length: the same visits that a store counts."""
    made = visits_in_prepared(legs, ground, ground_time.counted, ground_time.stays)
    made = within_validity(made, ready, timezone, "enter")
    sums = added_lengths([visit_lengths(made, legs, timezone)]).groupby("area_id")[["visits", "seconds"]].sum()
    sums = sums.reindex(ready["area_id"]).fillna(0)
    visits = sums["visits"].to_numpy(dtype=np.int64)
    minutes = sums["seconds"].to_numpy() / np.where(visits > 0, visits, np.nan) / 60
    return {"visits": visits, "visit_minutes": minutes}


def _with_rates(
    table: pd.DataFrame, whole: dict[str, float], mean: dict[str, float], modes: Optional[ShareSpread]
) -> pd.DataFrame:
    """The likely range of hours, and hours by km² of the ground they are about: an area that is all site, or never counted, has none."""
    km2 = table["area_id"].map(mean).fillna(0.0).to_numpy(dtype=np.float64)
    low, high = likely_range(table["officer_hours"], table["officer_seconds_sd"] / 3600)
    rates = table["officer_hours"] / np.where(km2 > 0, km2, np.nan)
    table = table.assign(**_ranges_of_modes(table, low, high, modes))
    table = table.assign(area_km2=table["area_id"].map(whole).fillna(0.0).to_numpy(dtype=np.float64))
    return table.assign(officer_hours_low=low, officer_hours_high=high, officer_hours_per_km2=rates)


def _ranges_of_modes(table: pd.DataFrame, low: Floats, high: Floats, modes: Optional[ShareSpread]) -> dict[str, Floats]:
    """The ends of the likely range of each mode's hours, of areas in which so many officers were; of what is unknown there is none."""
    if "unknown_hours" not in table.columns:
        return {}
    hours = table["officer_hours"].to_numpy(dtype=np.float64)
    unknown = np.divide(table["unknown_hours"].to_numpy(), hours, out=np.ones(len(hours)), where=hours > 0)
    alike = concentration_of(table["officers"].to_numpy())
    found: dict[str, Floats] = {}
    for mode in (m for m in MODES_AND_BICYCLE if m != "unknown" and f"{m}_hours" in table.columns):
        ends = hours_range(table[f"{mode}_hours"].to_numpy(), (hours, low, high), 1.0 - unknown, alike, mode, modes)
        found |= {f"{mode}_hours_{end}": values for end, values in zip(("low", "high"), ends)}
    return found


def _zones(
    legs: pd.DataFrame, ready: pd.DataFrame, ground_time: GroundTime, summary: SummaryParams, progress: Progress
) -> pd.DataFrame:
    """The time_use table of legs of which no more is asked than where and how: neither groups nor events change its totals."""
    if not len(legs):
        return empty_table(TIME_USE)
    start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
    spans = list(epochs(ready, int(start.min()), int(end.max()), summary.timezone))
    by_hour, found = replace(summary, period="hour"), []
    for i, (first, last, valid) in enumerate(spans):
        near = legs_about(start, end, first, last)
        if near.any():
            tell = part(progress, i / len(spans), (i + 1) / len(spans))
            some = legs[near].reset_index(drop=True)
            pieces = _with_whole_sites(prepared_grounds(valid).pieces, valid)
            shared = SharedLegs(some, pieces, Links.none(), *ground_time.in_pieces(pieces, near, tell), by_hour)
            time = shared.cells(Who.of(some[["leg_id"]]))
            # The data begins within an hour, so the first span takes what stands before it.
            found.append(time.where(begins_within(time.cells["period"], first, last, i == 0)))
    return TimeCells.beside(found).table()


def _with_whole_sites(pieces: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The pieces of the zones, and each police site as one that counts in its own row."""
    sites = areas.loc[areas["role"] == "site", ["area_id", "geometry"]].rename(columns={"area_id": "label"})
    table = pd.concat([pieces, sites.assign(part=None, site=False)], ignore_index=True)
    return table.assign(area_id=[str(i) for i in range(len(table))])


def _summed(zones: pd.DataFrame, spread: bool) -> tuple[pd.Series, pd.Series]:
    """Seconds of rows of time_use by place, and their standard deviation; NaN where the method tells no `spread`."""
    sums = zones.groupby("area_id")[list(SPREAD)].sum()
    sd = np.sqrt(sums["variance"] + sums["systematic"] ** 2)
    return sums["officer_seconds"].copy(), sd if spread else sd * np.nan
