"""The tables of questions 1 to 6: where officers were, who, doing what, how, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..activity.rules import PRINTED, SAID
from ..columns import ALL
from ..filter_state import DAYS, FilterState
from ..suppression import LEAST, OTHER, check_audience, hidden_cells, merged_labels, rounded
from .cells import DIMENSIONS
from .event_cells import NO_PLACE
from .figures import kept_events, kept_time, presence_values, total, visit_values
from .grounds import REST, ROLE_LABELS, role_label
from .material import Material

FORCE = "(all)"
SAID_OF = {
    role_label("impact"): "Impact Areas", role_label("comparison"): "Comparison areas", role_label("buffer"): "Buffers",
    role_label("other"): "Other areas", role_label("site"): "Police sites", REST: "Rest of the force", FORCE: "Whole force",
    NO_PLACE: "No place known",
}  # fmt: skip
NAN = float("nan")
HOURS_HIDDEN = "fewer than five officers"


@dataclass(frozen=True)
class Place:
    """A row of the tables: an area, a role of areas, the rest, or the whole force."""

    label: str
    name: str
    role: str
    km2: float
    residents: float


@dataclass(frozen=True)
class Spans:
    """The period asked, the one before and the same weeks last year; None where the period is open."""

    now: FilterState
    before: Optional[FilterState]
    year: Optional[FilterState]

    @classmethod
    def of(cls, state: FilterState) -> Spans:
        if state.first is None or state.last is None:
            return cls(state, None, None)
        return cls(state, state.before(), state.year_before())

    def each(self) -> Iterator[tuple[str, Optional[FilterState]]]:
        yield from (("", self.now), ("_before", self.before), ("_year_before", self.year))


def places(material: Material) -> list[Place]:
    """Roles of areas, the rest of the force, then areas by name."""
    found = [
        Place(label, SAID_OF[label], label.strip("()"), float(row["km2"]), float(row["residents"]))
        for label, row in material.roles.iterrows()
        if label != role_label("site")
    ]
    found.append(Place(REST, SAID_OF[REST], "rest", NAN, NAN))
    if role_label("site") in material.roles.index:
        found.append(Place(role_label("site"), SAID_OF[role_label("site")], "site", NAN, NAN))
    found.append(Place(FORCE, SAID_OF[FORCE], "all", NAN, NAN))
    for row in material.areas.itertuples():
        if row.role != "site":
            found.append(Place(row.area_id, str(row.name), row.role, float(row.km2), float(row.residents)))
    return found


def labels_of(place: Place) -> tuple[str, ...]:
    """The rows of the summary tables that make up a place."""
    return (*ROLE_LABELS, NO_PLACE) if place.label == FORCE else (place.label,)


def at_sites_too(place: Place) -> bool:
    """Whether time at police sites is part of a place: only of the sites and of the whole force."""
    return place.role in ("site", "all", "rest")


# --- 1 officer time ---------------------------------------------------------------------------------------------------


def time_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place with its likely range, share, rates, cover and visits; and in the earlier periods."""
    spans = Spans.of(state)
    rows = []
    whole = {suffix: _hours(material, s, FORCE_PLACE).value if s else NAN for suffix, s in spans.each()}
    for place in places(material):
        row: dict[str, Any] = {"place": place.label, "name": place.name, "role": place.role, "km2": place.km2}
        for suffix, span in spans.each():
            # A period without any data tells nothing, not nothing at all.
            spent = _hours(material, span, place) if span is not None and whole[suffix] > 0 else None
            row[f"officer_hours{suffix}"] = spent.value if spent else NAN
            if spent and not suffix:
                row["officer_hours_low"], row["officer_hours_high"] = spent.low, spent.high
            row[f"share_percent{suffix}"] = 100 * spent.value / whole[suffix] if spent else NAN
        row["hours_per_km2"] = _rate(row["officer_hours"], place.km2)
        row["hours_per_1000_residents"] = _rate(row["officer_hours"], place.residents / 1000)
        chosen = _areas_of(material, place)
        row["cover_hours"] = presence_values(material, state, chosen)["cover_hours"].value if len(chosen) == 1 else NAN
        visits = visit_values(material, state, chosen) if chosen else None
        row["visits"] = visits["visits"].value if visits else NAN
        row["visit_minutes"] = visits["visit_minutes"].value if visits else NAN
        rows.append(row)
    table = pd.DataFrame(rows)
    return _few_officers_hidden(table, material, state) if audience == "public" else table


FORCE_PLACE = Place(FORCE, SAID_OF[FORCE], "all", NAN, NAN)


def _hours(material: Material, state: FilterState, place: Place) -> Any:
    hours = material.time_use
    keep = kept_time(material, state) & hours.among("area_id", labels_of(place))
    mine = hours.table[keep]
    return total(mine if at_sites_too(place) else mine[(mine["activity"] != "police_site").to_numpy()], state.modes)


def _areas_of(material: Material, place: Place) -> tuple[str, ...]:
    if place.label in material.roles.index:
        return tuple(material.of_role(place.role))
    return () if place.label in (REST, FORCE) else (place.label,)


def _rate(value: float, size: float) -> float:
    return value / size if np.isfinite(size) and size > 0 else NAN


def _few_officers_hidden(table: pd.DataFrame, material: Material, state: FilterState) -> pd.DataFrame:
    """Areas where fewer than five officers were seen, and one more where that would tell them; the rest rounded."""
    table = table.copy()
    seen = officers_seen(material, state, ALL).groupby("area_id")["officers"].max()
    few = (
        (table["place"].map(seen).fillna(0) < LEAST)
        & ~table["role"].isin(["all", "rest"])
        & (table["officer_hours"] > 0)
    )
    for role in table.loc[few, "role"].unique():
        mine = (table["role"] == role) & ~table["place"].isin(SAID_OF)
        if (few & mine).sum() == 1 and mine.sum() > 1:
            few[table.index[mine & ~few][table.loc[mine & ~few, "officer_hours"].argmin()]] = True
    numbers = [c for c in table.columns if table[c].dtype.kind == "f" and c != "km2"]
    table.loc[few, numbers] = NAN
    for name in [c for c in numbers if c.startswith(("officer_hours", "cover", "visits"))]:
        table[name] = rounded(table[name])
    table["why"] = np.where(few, HOURS_HIDDEN, "")
    return table


# --- 2 resources ------------------------------------------------------------------------------------------------------


def officers_seen(material: Material, state: FilterState, dimension: str) -> pd.DataFrame:
    """How many officers at the least were seen at each place by group: the most of any day of the period."""
    table = material.officers
    first, last = state.edges()
    keep = (table["dimension"] == dimension).to_numpy(dtype=bool)
    if first is not None:
        keep &= (table["period"] >= pd.Timestamp(first).tz_convert("UTC") - pd.Timedelta("1D")).to_numpy()
    if last is not None:
        keep &= (table["period"] < pd.Timestamp(last)).to_numpy()
    return table[keep].groupby(["area_id", "value"], as_index=False)["officers"].max()


def resources_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place by unit, department, role and resource type; groups of few officers are one, "other"."""
    hours = material.time_use
    keep = kept_time(material, state)
    tables = []
    for dimension in DIMENSIONS:
        seen = officers_seen(material, state, dimension)
        for place in places(material):
            mine = hours.table[keep & hours.among("area_id", labels_of(place))]
            if not at_sites_too(place):
                mine = mine[(mine["activity"] != "police_site").to_numpy()]
            if not len(mine):
                continue
            spent = mine.groupby(mine[dimension].astype(str))["officer_seconds"].sum() / 3600
            if audience != "restricted":
                bound = seen[seen["area_id"].isin(labels_of(place))].groupby("value")["officers"].max()
                labels = merged_labels(bound.reindex(spent.index).fillna(0))
                spent = spent.groupby(spent.index.map(labels)).sum()
            spent = spent.sort_index()
            tables.append(
                pd.DataFrame(
                    {
                        "place": place.label,
                        "name": place.name,
                        "dimension": dimension,
                        "value": spent.index,
                        "officer_hours": spent.to_numpy(),
                        "share_percent": 100 * spent.to_numpy() / max(float(spent.sum()), 1e-12),
                    }
                )
            )
    columns = ["place", "name", "dimension", "value", "officer_hours", "share_percent"]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)
    if audience == "public" and len(table):
        table["officer_hours"] = rounded(table["officer_hours"])
    # "other" stands last, the rest by name.
    order = table.assign(_last=(table["value"] == OTHER))
    return order.sort_values(["dimension"], kind="stable")[columns].reset_index(drop=True)


# --- 3 activities, 4 modes --------------------------------------------------------------------------------------------


def activities_table(material: Material, state: FilterState) -> pd.DataFrame:
    """Officer time of each place by what it is linked to; what is not known first."""
    hours = material.time_use
    keep = kept_time(material, state)
    rows = []
    for place in places(material):
        mine = hours.table[keep & hours.among("area_id", labels_of(place))]
        if not at_sites_too(place):
            mine = mine[(mine["activity"] != "police_site").to_numpy()]
        spent = mine.groupby(mine["activity"].astype(str))["officer_seconds"].sum() / 3600
        whole = float(spent.sum())
        if whole <= 0:
            continue
        for activity in PRINTED:
            if activity in spent.index:
                rows.append(
                    (place.label, place.name, activity, SAID[activity], spent[activity], 100 * spent[activity] / whole)
                )
    return pd.DataFrame(rows, columns=["place", "name", "activity", "said", "officer_hours", "share_percent"])


def modes_table(material: Material, state: FilterState) -> pd.DataFrame:
    """Share of each place's officer time on foot, in a vehicle, stopped and of which nobody can tell."""
    hours = material.time_use
    keep = kept_time(material, state)
    rows = []
    modes = ["foot", "vehicle", "stationary", "unknown"]
    if float(hours.table["bicycle_seconds"].sum()) > 0:
        modes.insert(2, "bicycle")
    for place in places(material):
        mine = hours.table[keep & hours.among("area_id", labels_of(place))]
        if not at_sites_too(place):
            mine = mine[(mine["activity"] != "police_site").to_numpy()]
        whole = float(mine["officer_seconds"].sum())
        if whole > 0:
            shares = [100 * float(mine[f"{m}_seconds"].sum()) / whole for m in modes]
            rows.append((place.label, place.name, whole / 3600, *shares))
    return pd.DataFrame(rows, columns=["place", "name", "officer_hours", *(f"{m}_percent" for m in modes)])


# --- 5 crimes and incidents, 6 searches -------------------------------------------------------------------------------

EVENT_KINDS = ("crime", "incident")


def events_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Crimes and incidents of each place by category with rates, shares and the earlier periods."""
    found = _counted(material, state, EVENT_KINDS, "category")
    key = _counted(material, state, ("crime",), "key_type")
    table = pd.concat([found, key[key["group"] != ""].assign(by="key_type")], ignore_index=True)
    return _public_counts(table) if audience == "public" else table


def _counted(material: Material, state: FilterState, kinds: tuple[str, ...], by: str) -> pd.DataFrame:
    hours, spans = material.events, Spans.of(state)
    columns = ["place", "name", "role", "kind", "by", "group", "events", "events_before", "events_year_before", "share_percent",
               "per_km2", "per_1000_residents"]  # fmt: skip
    if not len(hours.table):
        return pd.DataFrame(columns=columns)
    sums = {}
    for suffix, span in spans.each():
        if span is None:
            continue
        keep = kept_events(material, span) & hours.among("kind", kinds)
        part = hours.table[keep]
        keys = [part[c].astype(str) for c in ("area_id", "kind", by)]
        sums[suffix] = part.groupby(keys)["expected"].sum()
        if suffix and not len(part):
            sums.pop(suffix)
    rows = []
    now = sums.get("", pd.Series(dtype=float))
    groups = sorted({(k, g) for s in sums.values() for _, k, g in s.index})
    both = [(k, g) for k in kinds for g in [ALL, *(x for kk, x in groups if kk == k)]]
    for place in places(material):
        for kind, group in both:
            values = {suffix: _sum(s, labels_of(place), kind, group) for suffix, s in sums.items()}
            count = values.get("", 0.0)
            if not any(values.values()) and group != ALL:
                continue
            whole = _sum(now, (*ROLE_LABELS, NO_PLACE), kind, group)
            rows.append((place.label, place.name, place.role, kind, by, group, count, values.get("_before", NAN),
                         values.get("_year_before", NAN), 100 * count / whole if whole else NAN,
                         _rate(count, place.km2), _rate(count, place.residents / 1000)))  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _sum(sums: pd.Series, labels: tuple[str, ...], kind: str, group: str) -> float:
    if not len(sums):
        return 0.0
    area, kinds, groups = (sums.index.get_level_values(i) for i in range(3))
    keep = area.isin(labels) & (kinds == kind)
    if group != ALL:
        keep &= groups == group
    return float(sums.to_numpy()[keep].sum())


def _public_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Small counts hidden, further ones so that they cannot be worked out, the rest rounded; rates and shares left out."""
    table = table.copy()
    table["hidden"] = False
    areas = table[(table["group"] != ALL) & ~table["place"].isin(SAID_OF)]
    # Totals are published by role, so what is hidden must stay hidden from each role's totals.
    for _, own in areas.groupby(["kind", "by", "role"]):
        grid = own.pivot_table(index="place", columns="group", values="events", aggfunc="sum").fillna(0.0)
        hidden = pd.DataFrame(hidden_cells(np.round(grid.to_numpy())), index=grid.index, columns=grid.columns)
        table.loc[own.index, "hidden"] = [bool(hidden.loc[p, g]) for p, g in zip(own["place"], own["group"])]
    small = (table["events"].round() > 0) & (table["events"].round() < LEAST)
    table["hidden"] |= small
    table["events"] = np.where(table["hidden"], NAN, rounded(table["events"]))
    for name in ("events_before", "events_year_before", "share_percent", "per_km2", "per_1000_residents"):
        table[name] = NAN
    return table


def searches_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Stops and searches of each place, always with the share where the object was found."""
    hours, spans = material.events, Spans.of(state)
    rows = []
    for place in places(material):
        row: dict[str, Any] = {"place": place.label, "name": place.name}
        for suffix, span in spans.each():
            row[f"searches{suffix}"] = row[f"found_percent{suffix}"] = NAN
            if span is None or not len(hours.table):
                continue
            keep = kept_events(material, span) & hours.among("kind", ("stop_search",))
            mine = hours.table[keep & hours.among("area_id", labels_of(place))]
            if suffix and not keep.any():
                continue
            known = float(mine["outcome_known"].sum())
            row[f"searches{suffix}"] = float(mine["expected"].sum())
            row[f"found_percent{suffix}"] = 100 * float(mine["found"].sum()) / known if known else NAN
        row["per_km2"], row["per_1000_residents"] = (
            _rate(row["searches"], place.km2),
            _rate(row["searches"], place.residents / 1000),
        )
        rows.append(row)
    table = pd.DataFrame(rows)
    if audience == "public" and len(table):
        few = table["searches"].round() < LEAST
        numbers = [c for c in table.columns if table[c].dtype.kind == "f"]
        table.loc[few, numbers] = NAN
        table["searches"] = rounded(table["searches"])
        table[["per_km2", "per_1000_residents"]] = NAN
    return table


# --- hours of the week ------------------------------------------------------------------------------------------------


def week_table(material: Material, state: FilterState) -> pd.DataFrame:
    """Officer hours, incidents, crimes and searches of each role by weekday and hour of the day, in civil time."""
    hours = material.time_use
    rows = []
    parts = [p for p in places(material) if p.label in (*ROLE_LABELS, FORCE) and p.role != "site"]
    time_keep, event_keep = kept_time(material, state), kept_events(material, state)
    for place in parts:
        mine = hours.table[time_keep & hours.among("area_id", labels_of(place))]
        grid = {"officer_hours": _week(mine["period"], mine["officer_seconds"] / 3600, material.timezone)}
        fine = event_keep & material.events.among("precision", ("hour",))
        for name, kind in (("incidents", "incident"), ("crimes", "crime"), ("searches", "stop_search")):
            keep = fine & material.events.among("kind", (kind,)) & material.events.among("area_id", labels_of(place))
            some = material.events.table[keep]
            grid[name] = _week(some["period"], some["expected"], material.timezone)
        day, hour = np.indices((7, 24)).reshape(2, -1)
        rows.append(pd.DataFrame({"place": place.label, "name": place.name, "weekday": np.array(DAYS)[day], "hour": hour,
                                  **{n: g.ravel() for n, g in grid.items()}}))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def _week(period: pd.Series, weights: pd.Series, timezone: str) -> Any:
    """Sums by weekday and hour, (7, 24)."""
    local = pd.DatetimeIndex(period).tz_convert(timezone) if len(period) else pd.DatetimeIndex([])
    at = local.dayofweek.to_numpy() * 24 + local.hour.to_numpy() if len(period) else np.empty(0, dtype=np.intp)
    return np.bincount(at, weights=weights.to_numpy(dtype=np.float64), minlength=168).reshape(7, 24)


def tables(material: Material, state: FilterState, audience: str = "board") -> dict[str, pd.DataFrame]:
    """All tables of questions 1 to 6, as the audience may see them."""
    check_audience(audience)
    return {
        "time": time_table(material, state, audience),
        "resources": resources_table(material, state, audience),
        "activities": activities_table(material, state),
        "modes": modes_table(material, state),
        "events": events_table(material, state, audience),
        "searches": searches_table(material, state, audience),
        "week": week_table(material, state),
    }
