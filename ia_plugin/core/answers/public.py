"""What the public may see: places and counts from which nobody can be singled out, small numbers hidden and others beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..arrays import Bools, Floats, Objects
from ..columns import ALL
from ..filter_state import FilterState
from ..material.measures import measured
from ..material.officers import most_officers
from ..material.places import FORCE, PLACE_NAMES, places
from ..material.summary_tables import Material
from ..summaries.event_cells import NO_PLACE
from ..summaries.zones import REST, role_label
from ..suppression import LEAST, hidden_cells, hidden_parts, rounded
from .spans import Spans

NAN = float("nan")
HOURS_HIDDEN = "fewer than five officers"


def few_officers_hidden(table: pd.DataFrame, material: Material, state: FilterState) -> pd.DataFrame:
    """Places where fewer than five officers were seen, and one more where totals would tell them; the rest rounded."""
    table = table.copy()
    numbers = [c for c in table.columns if table[c].dtype.kind == "f" and c != "km2"]
    spans = dict(Spans.of(state).each())
    few = table["place"].isin(places_hidden(material, state)).to_numpy()
    for suffix in ("_before", "_year_before"):
        span = spans[suffix]
        if span is not None:
            then = table["place"].isin(places_hidden(material, span)).to_numpy()
            table.loc[then, [c for c in numbers if c.endswith(suffix)]] = NAN
    table.loc[few, [c for c in numbers if not c.endswith("_before")]] = NAN
    for name in [c for c in numbers if c.startswith(("officer_hours", "cover", "visits"))]:
        table[name] = rounded(table[name])
    # Rates and shares are those of the rounded hours, for exact ones would undo the rounding; so would a range.
    table[["officer_hours_low", "officer_hours_high", "hours_per_1000_residents", "visit_minutes"]] = NAN
    table["hours_per_km2"] = table["officer_hours"] / table["km2"].where(table["km2"] > 0)
    for suffix in ("", "_before", "_year_before"):
        whole = table.loc[table["place"] == FORCE, f"officer_hours{suffix}"].sum()
        table[f"share_percent{suffix}"] = 100 * table[f"officer_hours{suffix}"] / whole if whole > 0 else NAN
    table["why"] = np.where(few, HOURS_HIDDEN, "")
    return table


def places_hidden(material: Material, state: FilterState) -> list[str]:
    """Labels of the places that the public sees in no table of officer time: one set for all of them.

    Few officers were seen there, or the totals would tell such a place. Modes are not asked, for some tables show all of them.
    """
    where = places(material)
    labels, roles = np.array([p.label for p in where], dtype=object), np.array([p.role for p in where], dtype=object)
    hours = np.nan_to_num(measured(material, replace(state, modes=()), where)["officer_hours"])
    seen = most_officers(material, state, ALL).groupby("area_id")["officers"].max()
    few, force = (pd.Series(labels).map(seen).fillna(0) < LEAST).to_numpy(bool), roles == "all"
    small = few & (hours > 0) & ~force
    # The officers of the whole force are at least those of one of its parts.
    small |= force & (hours > 0) & ~(~few & ~force & (hours > 0)).any()
    hidden, more = np.zeros(len(where), dtype=bool), small
    while (more != hidden).any():
        hidden, more = more, _hidden_beside(more, hours, labels, roles)
    return list(labels[hidden])


def _hidden_beside(few: Bools, hours: Floats, labels: Objects, roles: Objects) -> Bools:
    """Hidden places and those from which one of them would follow: roles add up to the force, areas to their role."""
    few, force = few.copy(), roles == "all"
    open_, whole = (hours > 0) & ~force, np.isin(labels, [*PLACE_NAMES]) & ~force
    if (few & whole).sum() == 1:
        beside = open_ & whole & ~few
        # The rest has no areas that would tell it, so it is the first to go with another; the one part with time is the force.
        cost = hours + 1e12 * ~np.isin(roles, ["rest", "site"])
        few[np.flatnonzero(beside)[cost[beside].argmin()] if beside.any() else force] = True
    for role in np.unique(roles[~force].astype(str)):
        rows = roles == role
        if (few & rows & whole).any():
            few |= rows & open_  # a role's areas add up to it
        elif (few & rows & ~whole).sum() == 1 and (beside := rows & ~whole & open_ & ~few).any():
            few[np.flatnonzero(beside)[hours[beside].argmin()]] = True
        elif (few & rows & ~whole).sum() == 1:
            # The one area with time is the role itself.
            few |= rows & open_
    return few


# --- splits of time ---------------------------------------------------------------------------------------------------


def shown_to_public(table: pd.DataFrame, hidden: list[str]) -> pd.DataFrame:
    """Rows of the places that the public may see at all, hours and shares rounded."""
    left = table[~table["place"].isin(hidden)].reset_index(drop=True)
    shares = {c: rounded(left[c]) for c in left.columns if c.endswith("_percent")}
    return left.assign(officer_hours=rounded(left["officer_hours"]), **shares)


def where_enough(table: pd.DataFrame, material: Material, state: FilterState) -> pd.DataFrame:
    """Splits of time only where five officers were seen: elsewhere they would tell what one of them did."""
    seen = most_officers(material, state, ALL).groupby("area_id")["officers"].max()
    enough = set(seen[seen >= LEAST].index) | {FORCE}
    return table[table["place"].isin(enough)].reset_index(drop=True)


# --- counts -----------------------------------------------------------------------------------------------------------


def public_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Small counts hidden, further ones so that they cannot be worked out, the rest rounded; rates and shares left out.

    Key types are left out: with categories of the same records they would tell each other's hidden counts.
    """
    table = table[table["by"] == "category"].reset_index(drop=True)
    table["hidden"] = False
    for _, own in table.groupby("kind"):
        table.loc[own.index, "hidden"] = hidden_counts(own)
    table["events"] = np.where(table["hidden"], NAN, rounded(table["events"]))
    for name in ("events_before", "events_year_before", "share_percent", "per_km2", "per_1000_residents"):
        table[name] = NAN
    return table


def hidden_counts(own: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows of one kind must be hidden: roles add up to the whole force, areas to their role, groups to all."""
    whole = own["place"].isin(PLACE_NAMES)
    hidden, dark = _hidden_among(own[own["place"] == FORCE])
    cells, totals = _hidden_among(own[whole & (own["place"] != FORCE)], {g for _, g in hidden}, FORCE in dark)
    hidden, dark = hidden | cells, dark | totals
    for role in own.loc[~whole, "role"].unique():
        label = role_label(role)
        gone = {g for p, g in hidden if p == label}
        cells, totals = _hidden_among(own[~whole & (own["role"] == role)], gone, label in dark)
        hidden, dark = hidden | cells, dark | totals
    small = ((own["events"].round() > 0) & (own["events"].round() < LEAST)).to_numpy()
    both = list(zip(own["place"], own["group"]))
    return np.asarray(small | np.array([k in hidden or (k[1] == ALL and k[0] in dark) for k in both], dtype=bool))


def _hidden_among(
    own: pd.DataFrame, gone: Iterable[str] = (), all_gone: bool = False
) -> tuple[set[tuple[str, str]], set[str]]:
    """Hidden (place, group) cells, and places whose total is hidden, of places that add up to a total.

    `gone` are groups whose total is hidden itself, so that no cell may give it away; with `all_gone` none may be shown.
    """
    grid = own[own["group"] != ALL].pivot_table(index="place", columns="group", values="events", aggfunc="sum")
    if not grid.size:
        return set(), set()
    counts = np.round(grid.fillna(0.0).to_numpy())
    # The rest of the force is missed less than the areas that all this is about.
    least_missed = grid.index.isin([REST, NO_PLACE, role_label("site"), role_label("other")])
    cost = counts + 1e9 * ~least_missed[:, None]
    dark = hidden_parts(counts.sum(axis=1), cost=counts.sum(axis=1) + 1e9 * ~least_missed) | all_gone
    # Of one place only the sum over its groups is shown besides.
    hidden = hidden_cells(counts, untold=dark, cost=cost) if len(counts) > 1 else hidden_parts(counts[0])[None, :]
    # A group without records at a place has no row, which tells the nought: where only noughts could hide a cell, all goes.
    if (hidden & (counts == 0)).any():
        dark[:] = True
    hidden |= (counts > 0) & (dark[:, None] | grid.columns.isin(list(gone))[None, :])
    return {(str(grid.index[i]), str(grid.columns[j])) for i, j in np.argwhere(hidden)}, set(
        grid.index[dark].astype(str)
    )
