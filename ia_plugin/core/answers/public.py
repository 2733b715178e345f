"""What a board and the public may see of officers' time: places where enough were, and others hidden beside those where few were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats, Objects
from ..filter_state import FilterState
from ..material.officers import officers_behind
from ..material.places import FORCE, PLACE_NAMES, places
from ..material.summary_tables import Material
from ..suppression import FEW_OFFICERS, LEAST, rounded
from .spans import Spans, measured_once

NAN = float("nan")


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
            of_span = [c for c in numbers if c.endswith(suffix) and not c.endswith(f"_year{suffix}")]
            table.loc[then, of_span] = NAN
    table.loc[few, [c for c in numbers if not c.endswith("_before")]] = NAN
    for name in [c for c in numbers if c.startswith(("officer_hours", "cover", "visits"))]:
        table[name] = rounded(table[name])
    # Rates and shares are those of the rounded hours, for exact ones would undo the rounding; so would a range.
    table[["officer_hours_low", "officer_hours_high", "hours_per_1000_residents", "visit_minutes"]] = NAN
    table["hours_per_km2"] = table["officer_hours"] / table["km2"].where(table["km2"] > 0)
    for suffix in ("", "_before", "_year_before"):
        whole = table.loc[table["place"] == FORCE, f"officer_hours{suffix}"].sum()
        table[f"share_percent{suffix}"] = 100 * table[f"officer_hours{suffix}"] / whole if whole > 0 else NAN
    table["why"] = np.where(few, FEW_OFFICERS, "")
    return table


def places_hidden(material: Material, state: FilterState) -> list[str]:
    """Labels of the places that the public sees in no table of officer time, and a board in no split of it: one set for all of them.

    Few officers of those that the filter keeps were seen there, or nobody was, so that a dash does not tell which; or the
    totals would tell such a place. Modes are not asked, for some tables show all of them.
    """
    return list(material.memo.once(("places hidden", state), lambda: _places_hidden(material, state)))


def _places_hidden(material: Material, state: FilterState) -> list[str]:
    where = places(material)
    labels, roles = np.array([p.label for p in where], dtype=object), np.array([p.role for p in where], dtype=object)
    known = measured_once(material, replace(state, modes=()), where)["officer_hours"]
    hours = np.nan_to_num(known)
    seen = officers_behind(material, state)
    few, force = (pd.Series(labels).map(seen).fillna(0) < LEAST).to_numpy(bool), roles == "all"
    small = few & (hours > 0) & ~force
    # The officers of the whole force are at least those of one of its parts.
    small |= force & (hours > 0) & ~(~few & ~force & (hours > 0)).any()
    hidden, more = np.zeros(len(where), dtype=bool), small
    while (more != hidden).any():
        hidden, more = more, _hidden_beside(more, hours, labels, roles)
    return list(labels[hidden | ((known == 0) & ~force)])


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
    """Splits of time only where five officers were seen, and at no one place that the totals would tell of another: they would
    tell what one of them did. The whole force is told however small it is.
    """
    hidden = set(places_hidden(material, state)) - {FORCE}
    return table[~table["place"].isin(hidden)].reset_index(drop=True)
