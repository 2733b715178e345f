"""Question 1: officer time of each place with its likely range, share, rates, cover and visits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..filter_state import FilterState
from ..material.measures import ratio
from ..material.places import places
from ..material.summary_tables import Material
from .public import few_officers_hidden
from .spans import measured_in_each


def time_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place with its likely range, share, rates, cover and visits; and in the earlier periods.

    Returns
    -------
    DataFrame, one row a place: ``place, name, role, km2`` (of areas that come or go the mean over the period), ``officer_hours``
    and ``share_percent`` with ``_before`` and ``_year_before``, ``officer_hours_low, officer_hours_high``, ``hours_per_km2,
    hours_per_1000_residents``, and ``cover_hours, visits, visit_minutes`` of what is made of areas.
    """
    where = places(material)
    found = measured_in_each(material, state, where)
    nothing = np.full(len(where), np.nan)
    table = pd.DataFrame({n: [getattr(p, a) for p in where] for n, a in (("place", "label"), ("name", "name"), ("role", "role"))})  # fmt: skip
    table["km2"] = found[""].km2
    for suffix in ("", "_before", "_year_before"):
        there = found.get(suffix)
        table[f"officer_hours{suffix}"] = nothing if there is None else there["officer_hours"]
        if not suffix:
            hours = found[""].columns["officer_hours"]
            table["officer_hours_low"], table["officer_hours_high"] = hours.low, hours.high
        table[f"share_percent{suffix}"] = nothing if there is None else there["share"]
    residents = np.array([p.residents for p in where], dtype=np.float64)
    table["hours_per_km2"] = ratio(found[""]["officer_hours"], found[""].km2)
    table["hours_per_1000_residents"] = ratio(found[""]["officer_hours"], residents / 1000)
    for name in ("cover_hours", "visits", "visit_minutes"):
        table[name] = found[""][name]
    return few_officers_hidden(table, material, state) if audience == "public" else table
