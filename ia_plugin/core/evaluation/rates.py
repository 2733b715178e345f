"""Rates by area, period, hours of the day, unit, resource type and mode: the table `rates`, and the first line of the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

import numpy as np
import pandas as pd

from ..arrays import Bools, Floats
from ..columns import ALL, MODES_AND_BICYCLE, RATES
from ..empty import empty_table
from ..material.places import COMPARISON, IMPACT, PLACE_NAMES
from ..material.records import PARTS
from ..suppression import BASE, OTHER, check_audience, merged_labels
from ..times.civil import pandas_zone
from ..words import share
from .outcomes import KINDS, exposure, kinds_of
from .panel import Panel
from .panel_tables import AT_SITES

ROLES = {IMPACT: "impact", COMPARISON: "comparison"}
Officers = Mapping[str, pd.DataFrame]
"""Dimension (unit, resource_type) -> ``area_id, value, officers``: at the least so many distinct officers of a group, by place."""


def rates_table(panel: Panel, audience: str = "board", officers: Optional[Officers] = None) -> pd.DataFrame:
    """Amounts and rates of the impact and comparison areas, as an audience may see them.

    Parameters
    ----------
    panel : Panel
    audience : a board sees groups of few officers as "other", and no split by them where nobody knows how many officers they have; the
        public sees both roles over the whole time only, amounts rounded to five
    officers : how many officers groups have

    Returns
    -------
    DataFrame, the table `rates`: roles first, then areas by name; what is not covered by data is left out.
    """
    check_audience(audience)
    tables = [_by(panel, name, keep, values, audience) for name, keep, values in _amounts(panel)]
    if audience != "public":
        tables += [
            _by_mode(panel),
            *(_by_group(panel, d, audience, (officers or {}).get(d)) for d in ("unit", "resource_type")),
        ]
    rows = [t for t in tables if len(t)]
    if not rows:
        return empty_table(RATES)
    table = pd.concat(rows, ignore_index=True)
    if audience == "public":
        known = table["amount"].to_numpy(dtype=np.float64)
        rounded = np.round(known / BASE) * BASE
        factor = np.divide(rounded, known, out=np.zeros_like(known), where=known > 0)
        for column in RATES.names[6:]:
            table[column] = table[column] * factor
    return table[list(RATES.names)]


def first_line(panel: Panel) -> str:
    """ "Impact Areas: x % of observed officer time, y % of crime, z % of incidents, 4 % of land": blank where none of it is known."""
    parts = []
    some = panel.cells.loc[panel.kept_for("time"), "period"].unique()
    time = panel.time[panel.time["area_id"].isin(PARTS) & panel.time["period"].isin(some)]
    parts += _share(time["officer_hours"], time["area_id"] == IMPACT, "observed officer time")
    for kind, words in (("crime", "crime"), ("incident", "incidents")):
        if kind in kinds_of(panel):
            some = panel.cells.loc[panel.kept_for(kind), "period"].unique()
            rows = panel.events[
                panel.events["area_id"].isin(PARTS) & panel.events["period"].isin(some) & (panel.events["kind"] == kind)
            ]
            parts += _share(rows["expected"], rows["area_id"] == IMPACT, words)
    areas = panel.cells.drop_duplicates("area_id")
    if (areas["role"] == "rest").any():
        parts += _share(areas["km2"], areas["role"] == "impact", "land")
    return f"Impact Areas: {', '.join(parts)}." if parts else ""


def why_no_land(panel: Panel) -> str:
    """Why the first line has no share of land; blank where it has."""
    if not first_line(panel) or (panel.cells["role"] == "rest").any():
        return ""
    return "What share of the force's land these areas are is not told: it needs an area of role rest, the force less all others."


def _share(amounts: pd.Series, own: pd.Series, words: str) -> list[str]:
    whole = float(amounts.sum())
    return [f"{share(100 * float(amounts[own].sum()) / whole)} of {words}"] if whole > 0 else []


def _amounts(panel: Panel) -> list[tuple[str, Bools, Floats]]:
    """What is counted: its name, the cells in which it is known, and how much there is."""
    out = []
    hours = panel.cells["officer_hours"].to_numpy(dtype=np.float64)
    known = panel.kept_for("time") & np.isfinite(hours)
    if known.any():
        out.append(("officer hours", known, hours))
        patrol = panel.cells["patrol_hours"].to_numpy(dtype=np.float64)
        if np.isfinite(patrol[known]).any():
            out.append(("hours of cover", known & np.isfinite(patrol), patrol))
    return out + [(KINDS[k], panel.kept_for(k), panel.counts(k)) for k in kinds_of(panel)]


def _by(panel: Panel, outcome: str, keep: Bools, values: Floats, audience: str) -> pd.DataFrame:
    """Of roles and areas, in all, by period and (of shifts) by the hours of the day."""
    cells = _cells(panel, keep, values)
    splits = {"all": pd.Series("", index=cells.index)}
    if audience != "public":
        civil = pd.DatetimeIndex(cells["period"]).tz_convert(pandas_zone(panel.params.timezone))
        splits["period"] = pd.Series(civil.strftime("%Y-%m-%d"), index=cells.index)
        if panel.params.period == "shift":
            ends = pd.DatetimeIndex(cells["period_end"]).tz_convert(pandas_zone(panel.params.timezone))
            splits["hours"] = pd.Series(civil.strftime("%H:00") + "–" + ends.strftime("%H:00"), index=cells.index)
    tables = []
    for name, part in splits.items():
        rows = cells.assign(part=part)
        if name == "hours":  # what a day has in these hours, not what it would have were all its hours like them
            rows[["ground", "people", "days"]] = rows[["ground", "people", "days"]].div(
                rows["days"].where(rows["days"] > 0), axis=0
            )
        tables.append(_rated(rows, "role").assign(split=name))
    if audience != "public":
        tables.append(_rated(cells.assign(part=""), "area_id").assign(split="all"))
    return pd.concat(tables, ignore_index=True).assign(outcome=outcome)


def _by_mode(panel: Panel) -> pd.DataFrame:
    cells = panel.cells
    known = panel.kept_for("time") & cells["officer_hours"].notna().to_numpy()
    modes = [
        m for m in MODES_AND_BICYCLE if f"{m}_hours" in cells.columns and np.nansum(cells.loc[known, f"{m}_hours"]) > 0
    ]
    tables = [
        _rated(_cells(panel, known, cells[f"{m}_hours"].to_numpy(dtype=np.float64)).assign(part=m), "role")
        for m in modes
    ]
    return (
        pd.concat(tables, ignore_index=True).assign(split="mode", outcome="officer hours") if tables else pd.DataFrame()
    )


def _by_group(panel: Panel, dimension: str, audience: str, officers: Optional[pd.DataFrame]) -> pd.DataFrame:
    """Of roles only: an area has few officers of most groups."""
    known = panel.kept_for("time")
    some = panel.cells.loc[known, "period"].unique()
    if panel.groups is not None:
        rows = panel.groups[(panel.groups["dimension"] == dimension)].rename(columns={"value": "part"})
        published = True
    else:
        out_of_sites = panel.time[~panel.time["activity"].isin(AT_SITES)]
        rows, published = out_of_sites.rename(columns={dimension: "part"}), False
        if rows["part"].isin((ALL,)).all():
            return pd.DataFrame()
    rows = rows[rows["area_id"].isin(list(ROLES)) & rows["period"].isin(some)]
    if not len(rows) or (not published and audience != "restricted" and officers is None):
        return pd.DataFrame()
    sums = rows.groupby(["area_id", "part"], as_index=False)["officer_hours"].sum()
    if not published and audience != "restricted" and officers is not None:
        for place in ROLES:
            own = sums["area_id"] == place
            least = officers[officers["area_id"] == place].set_index("value")["officers"]
            labels = merged_labels(least.reindex(sums.loc[own, "part"].astype(str)).fillna(0))
            sums.loc[own, "part"] = sums.loc[own, "part"].astype(str).map(labels)
        sums = sums.groupby(["area_id", "part"], as_index=False)["officer_hours"].sum()
    below = _rated(_cells(panel, known, np.zeros(len(panel.cells))).assign(part=""), "role").set_index("place")
    sums = sums[sums["area_id"].isin(below.index)].sort_values(
        "part", key=lambda s: s.where(s != OTHER, "\uffff"), kind="stable"
    )
    table = below.loc[sums["area_id"]].reset_index()
    table["part"], table["amount"] = sums["part"].to_numpy(), sums["officer_hours"].to_numpy()
    return _with_rates(table).assign(split=dimension, outcome="officer hours")


def _cells(panel: Panel, keep: Bools, values: Floats) -> pd.DataFrame:
    """The cells that are known of impact and comparison areas, with what is counted and what it is held against."""
    days, ground, people = exposure(panel)
    cells = panel.cells[["area_id", "name", "role", "period", "period_end"]].assign(
        amount=values, ground=ground, people=people, days=days
    )
    return cells[keep & cells["role"].isin(tuple(ROLES.values())).to_numpy()]


def _rated(cells: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sums and rates by role or by area, and by part; areas are in alphabetical order of their names."""
    sums = cells.groupby([by, "part"], sort=True)
    table = sums[["amount", "ground"]].sum()
    table["people"] = sums["people"].sum(min_count=1).where(sums["people"].count() == sums["people"].size())
    table["days"] = sums["days"].sum() / sums["area_id"].nunique()
    for name in {"name", "role"} - {by}:
        table[name] = sums[name].first()
    table = table.reset_index()
    if by == "role":
        label = {role: place for place, role in ROLES.items()}
        table["place"] = table["role"].map(label)
        table["name"] = table["place"].map(PLACE_NAMES)
        order = table["place"].map({p: i for i, p in enumerate(ROLES)})
        table = table.iloc[np.lexsort((np.arange(len(table)), order))]
    else:
        table = table.assign(place=table["area_id"]).sort_values("name", kind="stable")
    return _with_rates(table.reset_index(drop=True))


def _with_rates(table: pd.DataFrame) -> pd.DataFrame:
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = {"per_day": table["amount"] / table["days"], "per_km2_day": table["amount"] / table["ground"],
                 "per_1000_residents_day": table["amount"] / table["people"]}  # fmt: skip
    return table.assign(**{k: v.replace([np.inf, -np.inf], np.nan) for k, v in rates.items()})
