"""Hours of the week: officer time, incidents, crimes and searches of each role by weekday and hour of the day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..arrays import Bools
from ..disclosure.audiences import by_the_hour
from ..filter_state import DAYS, FilterState
from ..material.days import hours_of_week
from ..material.kept import any_time, kept_events, kept_time, seconds_of
from ..material.measures import KIND_OF
from ..material.officers import officers_in_hours
from ..material.places import FORCE, Place, places
from ..material.summary_tables import Hours, Material
from ..material.sums import outside_sites
from ..summaries.zones import ROLE_LABELS
from ..suppression import LEAST
from .public import places_hidden
from .splits import as_seen_by

Grid = NDArray[np.float64]


def week_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer hours, incidents, crimes and searches of each role by weekday and hour of the day, in civil time.

    To all but the restricted it ends with the last day that they are told by the hour (:mod:`~ia_plugin.core.disclosure.audiences`).
    The public sees officer hours only, for events of one hour of the week are few; and these only at hours in which five
    officers or more were seen for sure.

    Returns
    -------
    DataFrame ``place, name, weekday, hour, officer_hours, incidents, crimes, searches``; for the public ``hidden`` too, whether
    an hour is not told, which may be none.
    """
    told, _ = by_the_hour(material, state, audience)
    roles = [p for p in places(material) if p.label in (*ROLE_LABELS, FORCE) and p.role != "site"]
    day, hour = np.indices((7, 24)).reshape(2, -1)
    rows = []
    for place in roles:
        grids = {key: np.full((7, 24), np.nan) for key in ("officer_hours", *KIND_OF)}
        if told is not None:
            grids = {"officer_hours": _hours(material, told, place), **_counts(material, told, place, audience)}
        frame = {"place": place.label, "name": place.name, "weekday": np.array(DAYS)[day], "hour": hour}
        rows.append(pd.DataFrame({**frame, **{n: g.ravel() for n, g in grids.items()}}))
    table = pd.concat(rows, ignore_index=True)
    if audience == "public":
        hours = table["officer_hours"].to_numpy().reshape(-1, 168)
        hidden = _hidden(material, told or state, roles, hours).ravel() | (told is None)
        table = table.assign(hidden=hidden)
        table["officer_hours"] = table["officer_hours"].where(~table["hidden"])
        if told not in (None, state):  # places hidden in the days that it tells are hidden too
            table = as_seen_by(audience, table, material, told)
    return as_seen_by(audience, table, material, state)


def _hidden(material: Material, state: FilterState, roles: list[Place], hours: Grid) -> Bools:
    """Which hours of the week of which places the public does not see, (places, 168).

    Those with fewer than five officers, or none, in each of its hours; and where one part alone were hidden, so that it followed
    from the whole, the one of the others that is missed least.
    """
    week = hours_of_week(material.time_use.moments, material.timezone)
    officers = np.zeros((len(roles), 168))
    for i, place in enumerate(roles):
        np.maximum.at(officers[i], week, officers_in_hours(material, state, place))
    force = np.array([p.label == FORCE for p in roles], dtype=bool)
    officers[force] = np.maximum(officers[force], officers.max(axis=0))
    hidden = (officers < LEAST) & np.isfinite(hours)
    away = np.isin([p.label for p in roles], places_hidden(material, state))
    hidden |= away[:, None] & np.isfinite(hours)
    alone = ((hidden & ~force[:, None]).sum(axis=0) == 1) & ~hidden[force].any(axis=0)
    others = np.where(hidden | force[:, None], np.inf, hours)
    least = others.argmin(axis=0)
    beside = np.where(np.isfinite(others.min(axis=0)), least, np.flatnonzero(force)[0])
    hidden[beside[alone], np.flatnonzero(alone)] = True
    return np.asarray(hidden, dtype=bool)


def _hours(material: Material, state: FilterState, place: Place) -> Grid:
    if not any_time(material, state):
        return np.full((7, 24), np.nan)
    hours = material.time_use
    keep = kept_time(material, state) & hours.among("area_id", place.rows)
    keep = keep if place.with_sites else keep & outside_sites(hours)
    return _week(hours, keep, seconds_of(hours.table, state.modes) / 3600, material.timezone)


def _counts(material: Material, state: FilterState, place: Place, audience: str) -> dict[str, Grid]:
    hours = material.events
    grids = {key: np.full((7, 24), np.nan) for key in KIND_OF}
    if not len(hours.table) or audience == "public":
        return grids
    fine = kept_events(material, state) & hours.among("precision", ("hour",))
    for key, kind in KIND_OF.items():
        of_kind = fine & hours.among("kind", (kind,))
        if of_kind.any():  # without any record that tells its hour, nothing is known of the hours
            expected = hours.table["expected"].to_numpy(np.float64)
            grids[key] = _week(hours, of_kind & hours.among("area_id", place.rows), expected, material.timezone)
    return grids


def _week(hours: Hours, keep: Any, amounts: Grid, timezone: str) -> Grid:
    """Sums by weekday and hour, (7, 24)."""
    at = hours_of_week(hours.moments, timezone)[hours.at[keep]]
    return np.bincount(at, weights=amounts[keep], minlength=168).astype(np.float64).reshape(7, 24)
