"""Questions 5 and 6 as the public sees them: a number for each category of each place, or for none of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..arrays import Floats, Objects
from ..columns import ALL
from ..filter_state import FilterState
from ..material.measures import ratio
from ..material.places import FORCE, NAN, PLACE_NAMES, Place, places
from ..material.summary_tables import Material
from ..summaries.event_cells import NO_PLACE
from ..summaries.zones import ROLE_LABELS
from ..suppression import OTHER, rounded
from .public_counts import (
    WITHHELD,
    published_counts,
    published_searches,
    why_area_not_published,
    why_kind_not_published,
)
from .spans import measured_once

EVENT_KINDS = ("crime", "incident")
COLUMNS = ["place", "name", "role", "kind", "by", "group", "events", "events_before", "events_year_before", "share_percent",
           "per_km2", "per_1000_residents"]  # fmt: skip
NOWHERE = Place(NO_PLACE, PLACE_NAMES[NO_PLACE], "none", (NO_PLACE,))
LEAST_RESULTS = 50  # of fewer a share would be one of what was rounded away


def public_events(material: Material, state: FilterState) -> pd.DataFrame:
    """Crimes and incidents of each place by category as the public sees them.

    Returns
    -------
    DataFrame of `COLUMNS`, ``hidden`` (a count that is known and not told) and ``why``: each category of each place has a row,
    or none has any but "(all)". ``events`` are multiples of 5 and add up; rates and shares are those of them. Earlier periods
    and key types are not told: the one are no calendar months, the others would tell of categories.
    """
    tables = [_of_kind(material, state, kind) for kind in EVENT_KINDS]
    table = pd.concat(tables, ignore_index=True)
    order = {p.label: i for i, p in enumerate([*places(material), NOWHERE])}
    at = table.assign(at=table["place"].map(order), kinds=table["kind"].map(EVENT_KINDS.index))
    table = table.loc[at.sort_values(["at", "kinds"], kind="stable").index].reset_index(drop=True)
    return table[[*COLUMNS, "hidden", "why"]]


def public_searches(material: Material, state: FilterState) -> pd.DataFrame:
    """Stops and searches of each place as the public sees them: columns as of the other audiences, ``hidden`` and ``why``.

    The share where the object was found is told of 50 results and more, rounded to 5 %.
    """
    where = places(material)
    why, counts = why_kind_not_published(material, state, "stop_search"), pd.DataFrame()
    whys = np.full(len(where), why, dtype=object)
    if not why:
        counts = published_searches(material, state).astype(np.float64)
        whys = _whys(material, state, where)
    columns = {n: _looked_up(counts, where, n, whys) for n in (ALL, "found", "not found")}
    results = columns["found"] + columns["not found"]
    share = 100 * ratio(columns["found"], np.where(results >= LEAST_RESULTS, results, 0.0))
    table = pd.DataFrame({"place": [p.label for p in where], "name": [p.name for p in where]})
    for suffix in ("", "_before", "_year_before"):
        table[f"searches{suffix}"] = NAN if suffix else columns[ALL]
        table[f"found_percent{suffix}"] = NAN if suffix else rounded(share)
    table = table.assign(**_rates(material, state, where, columns[ALL]), why=whys)
    return table.assign(hidden=table["why"].isin(WITHHELD))


def _of_kind(material: Material, state: FilterState, kind: str) -> pd.DataFrame:
    where = [*places(material), NOWHERE]
    why, counts = why_kind_not_published(material, state, kind), pd.DataFrame({ALL: []})
    whys = np.full(len(where), why, dtype=object)
    if not why:
        counts = published_counts(material, state, kind).astype(np.float64)
        whys = _whys(material, state, where)
    names = pd.DataFrame(
        {
            "place": [p.label for p in where],
            "name": [p.name for p in where],
            "role": [p.role for p in where],
            "why": whys,
        }
    )
    tables = []
    for group in sorted(counts.columns, key=lambda g: (g != ALL, g == OTHER, g)):
        events = _looked_up(counts, where, group, whys)
        # Of areas sensitive categories have no row; else each place has one of each.
        rows = np.ones(len(where), dtype=bool) if why else _has_row(counts, where, group)
        of_force = events[[p.label for p in where].index(FORCE)]
        # A nought may be one to four: of these there is neither share nor rate.
        share = 100 * ratio(np.where(events > 0, events, NAN), np.full(len(where), of_force))
        shown = names.assign(kind=kind, by="category", group=group, events=events, share_percent=share)
        shown = shown.assign(**_rates(material, state, where, events), events_before=NAN, events_year_before=NAN)
        tables.append(shown[rows])
    table = pd.concat(tables, ignore_index=True)
    return table.assign(hidden=table["why"].isin(WITHHELD))


def _whys(material: Material, state: FilterState, where: list[Place]) -> Objects:
    of_areas = why_area_not_published(material, state)
    return np.array([of_areas.get(p.label, "") for p in where], dtype=object)


def _looked_up(counts: pd.DataFrame, where: list[Place], group: str, whys: Objects) -> Floats:
    if group not in counts.columns or not len(counts):
        return np.full(len(where), NAN)
    found = counts[group].reindex([p.label for p in where]).to_numpy(np.float64)
    return np.where(whys == "", found, NAN)


def _has_row(counts: pd.DataFrame, where: list[Place], group: str) -> list[bool]:
    apart = bool(counts[group].isna().any())
    return [not apart or p.label in (*ROLE_LABELS, *PLACE_NAMES) for p in where]


def _rates(material: Material, state: FilterState, where: list[Place], events: Floats) -> dict[str, Floats]:
    """Rates of the rounded counts, per km² and per 1,000 residents."""
    known = measured_once(material, state, places(material))
    ground = {p.label: km2 for p, km2 in zip(known.places, known.km2)}
    some, km2 = np.where(events > 0, events, NAN), np.array([ground.get(p.label, NAN) for p in where])
    thousands = np.array([p.residents / 1000 for p in where], dtype=np.float64)
    return {"per_km2": ratio(some, km2), "per_1000_residents": ratio(some, thousands)}
