"""Questions 5 and 6: crimes and incidents by category, stops and searches with what they found, at each place."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..columns import ALL
from ..filter_state import FilterState
from ..material.earlier import why_not_compared
from ..material.kept import kept_events
from ..material.measure_list import MEASURE_OF
from ..material.measures import Measured, ratio, why_no_events
from ..material.places import FORCE, NAN, Place, places
from ..material.summary_tables import Material
from ..material.sums import by_word
from ..suppression import LEAST_OF_PERCENT
from .public_event_tables import COLUMNS, EVENT_KINDS, NOWHERE, public_events, public_searches
from .spans import Spans, measured_in_each

SUFFIXES = ("", "_before", "_year_before")


def events_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Crimes and incidents of each place by category with rates, shares and the earlier periods.

    Returns
    -------
    DataFrame of `COLUMNS`: a row a place, kind and group, "(all)" the first group, then ``by`` category and ``by`` key type.
    Counts outside the records' own time are not known. To the public as :func:`~.public_event_tables.public_events`.
    """
    if not len(material.events.table):
        return pd.DataFrame(columns=COLUMNS)
    if audience == "public":
        return public_events(material, state)
    where = [*places(material), NOWHERE]
    totals = measured_in_each(material, state, where)
    found, key = (_counted(material, state, where, totals, by) for by in ("category", "key_type"))
    with_types = key.loc[~key["group"].isin(["", ALL]), "kind"].unique()
    key = key[(key["group"] != "") & key["kind"].isin(with_types)]
    return pd.concat([found, key], ignore_index=True)


def _counted(
    material: Material, state: FilterState, where: list[Place], totals: dict[str, Measured], by: str
) -> pd.DataFrame:
    """Counts by place, kind and the words of a column; those of all groups are the measures' own."""
    spans = Spans.of(state).known()
    tables = [_of_kind(material, spans, where, kind, by) for kind in EVENT_KINDS]
    for kind, table in zip(EVENT_KINDS, tables):
        for suffix in SUFFIXES:
            there = totals[suffix][MEASURE_OF[kind]] if suffix in totals else np.full(len(where), NAN)
            table.loc[table["group"] == ALL, f"events{suffix}"] = there
    counted = pd.concat(tables, ignore_index=True)
    some = (counted[[f"events{x}" for x in SUFFIXES]].fillna(0.0) != 0).any(axis=1) | (counted["group"] == ALL)
    counted = counted[some].assign(by=by)
    force = counted[counted["place"] == FORCE].set_index(["kind", "group"])["events"]
    of_force = force.reindex(pd.MultiIndex.from_frame(counted[["kind", "group"]])).to_numpy(np.float64)
    size = {p.label: (km2, p.residents / 1000) for p, km2 in zip(where, totals[""].km2)}
    km2, thousands = np.array([size[label] for label in counted["place"]], dtype=np.float64).reshape(-1, 2).T
    events = counted["events"].to_numpy(np.float64)
    of_force = np.where(of_force >= LEAST_OF_PERCENT, of_force, NAN)
    rates = {"share_percent": 100 * ratio(events, of_force), "per_km2": ratio(events, km2), "per_1000_residents": ratio(events, thousands)}  # fmt: skip
    order = {label: i for i, label in enumerate(size)}
    counted = counted.assign(**rates, order=counted["place"].map(order), kinds=counted["kind"].map(EVENT_KINDS.index))
    return counted.sort_values(["order", "kinds"], kind="stable")[COLUMNS].reset_index(drop=True)


def _of_kind(material: Material, spans: dict[str, FilterState], where: list[Place], kind: str, by: str) -> pd.DataFrame:
    """Counts of one kind by place and group, ``ALL`` first and empty; groups in alphabetical order."""
    hours = material.events
    of_kind, expected = hours.among("kind", (kind,)), hours.table["expected"].to_numpy(np.float64)
    columns = {}
    for suffix in SUFFIXES:
        state = spans.get(suffix)
        if state is not None and not _why_no_count(material, state, kind, spans[""] if suffix else None):
            grid = by_word(hours, kept_events(material, state) & of_kind, where, by, expected)
            columns[f"events{suffix}"] = grid.loc[:, (grid != 0).any()].assign(**{ALL: 0.0})
    groups = [ALL, *sorted({g for grid in columns.values() for g in grid.columns} - {ALL})]
    names = pd.DataFrame(
        {"place": [p.label for p in where], "name": [p.name for p in where], "role": [p.role for p in where]}
    )
    table = pd.concat([names.assign(kind=kind, group=g) for g in groups], ignore_index=True)
    for suffix in SUFFIXES:
        grid = columns.get(f"events{suffix}")
        filled = grid.reindex(columns=groups, fill_value=0.0).to_numpy().T.ravel() if grid is not None else NAN
        table[f"events{suffix}"] = filled
    return table


def _why_no_count(material: Material, state: FilterState, kind: str, later: Optional[FilterState]) -> str:
    """Why the counts of a kind are not shown of a period, or of the earlier one of `later`; blank where they are."""
    why = why_no_events(material, state, kind)
    if why or later is None:
        return why
    return why_not_compared(material, later, state, MEASURE_OF[kind])


def searches_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Stops and searches of each place, always with the share where the object was found.

    Returns
    -------
    DataFrame, one row a place: ``place, name``, ``searches`` and ``found_percent`` with ``_before`` and ``_year_before``,
    ``per_km2, per_1000_residents``; for the public ``hidden`` and ``why``, whether and why a count is not told.
    """
    if audience == "public":
        return public_searches(material, state)
    where = places(material)
    found = measured_in_each(material, state, where)
    table = pd.DataFrame({"place": [p.label for p in where], "name": [p.name for p in where]})
    for suffix in SUFFIXES:
        there = found.get(suffix)
        table[f"searches{suffix}"] = np.full(len(where), NAN) if there is None else there["searches"]
        table[f"found_percent{suffix}"] = np.full(len(where), NAN) if there is None else there["found"]
    searches = found[""]["searches"]
    table["per_km2"] = ratio(searches, found[""].km2)
    table["per_1000_residents"] = ratio(searches, np.array([p.residents / 1000 for p in where], dtype=np.float64))
    return table
