"""The tables of questions 1 to 6: where officers were, who, doing what, how, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..activity.rules import PRINTED, SAID
from ..columns import ALL, MODES
from ..filter_state import DAYS, FilterState
from ..material.figures import presence_values, total, visit_values
from ..material.kept import any_events, any_time, kept_events, kept_time, reaches_back, seconds_of
from ..material.summary_tables import Material
from ..summaries.event_cells import NO_PLACE
from ..summaries.time_cells import DIMENSIONS
from ..summaries.zones import REST, ROLE_LABELS, role_label
from ..suppression import (
    LEAST,
    OTHER,
    check_audience,
    hidden_cells,
    hidden_parts,
    merged_everywhere,
    merged_labels,
    rounded,
)
from ..times.civil import pandas_zone

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
    """Whether time at police sites is part of a place: of the sites, the rest and the whole force, of no area (not of one of role rest)."""
    return place.label in (role_label("site"), FORCE, REST)


# --- 1 officer time ---------------------------------------------------------------------------------------------------


def time_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place with its likely range, share, rates, cover and visits; and in the earlier periods."""
    spans = Spans.of(state)
    rows = []
    kept = {suffix: kept_time(material, s) for suffix, s in spans.each() if s}
    whole = {x: _hours(material, s, FORCE_PLACE, kept[x]).value if s else NAN for x, s in spans.each()}
    for place in places(material):
        row: dict[str, Any] = {"place": place.label, "name": place.name, "role": place.role, "km2": place.km2}
        for suffix, span in spans.each():
            # A period without any data tells nothing, not nothing at all; nor does one in which an area did not count.
            told = span is not None and whole[suffix] > 0 and days_counted(material, place.label, span) != 0
            spent = _hours(material, span, place, kept[suffix]) if told and span is not None else None
            row[f"officer_hours{suffix}"] = spent.value if spent else NAN
            if not suffix:
                row["officer_hours_low"], row["officer_hours_high"] = (spent.low, spent.high) if spent else (NAN, NAN)
            row[f"share_percent{suffix}"] = 100 * spent.value / whole[suffix] if spent else NAN
        row["hours_per_km2"] = _rate(row["officer_hours"], place.km2)
        row["hours_per_1000_residents"] = _rate(row["officer_hours"], place.residents / 1000)
        chosen = _areas_of(material, place) if whole[""] > 0 else ()
        row["cover_hours"] = presence_values(material, state, chosen)["cover_hours"].value if len(chosen) == 1 else NAN
        visits = visit_values(material, state, chosen) if chosen else None
        row["visits"] = visits["visits"].value if visits else NAN
        row["visit_minutes"] = visits["visit_minutes"].value if visits else NAN
        rows.append(row)
    table = pd.DataFrame(rows)
    return _few_officers_hidden(table, material, state) if audience == "public" else table


def days_counted(material: Material, area_id: str, state: FilterState) -> Optional[int]:
    """On how many days of a period an area counts, by its validity; None for what is no area or an open period."""
    if state.first is None or state.last is None or state.days is None:
        return None
    mine = material.areas[material.areas["area_id"] == area_id]
    if not len(mine):
        return None
    first, last = (pd.to_datetime(mine[c].iloc[0], errors="coerce") for c in ("valid_from", "valid_to"))
    low = state.first if first is None or pd.isna(first) else max(state.first, first.date())
    high = state.last if last is None or pd.isna(last) else min(state.last, last.date())
    return max(0, (high - low).days + 1)


FORCE_PLACE = Place(FORCE, SAID_OF[FORCE], "all", NAN, NAN)


def _hours(material: Material, state: FilterState, place: Place, kept: Any) -> Any:
    hours = material.time_use
    keep = kept & hours.among("area_id", labels_of(place))
    mine = hours.table[keep]
    return total(mine if at_sites_too(place) else mine[(mine["activity"] != "police_site").to_numpy()], state.modes)


def _areas_of(material: Material, place: Place) -> tuple[str, ...]:
    if place.label in material.roles.index:
        return tuple(material.of_role(place.role))
    return () if place.label in (REST, FORCE) else (place.label,)


def _rate(value: float, size: float) -> float:
    return value / size if np.isfinite(size) and size > 0 else NAN


def _few_officers_hidden(table: pd.DataFrame, material: Material, state: FilterState) -> pd.DataFrame:
    """Places where fewer than five officers were seen, and one more where totals would tell them; the rest rounded."""
    table = table.copy()
    numbers = [c for c in table.columns if table[c].dtype.kind == "f" and c != "km2"]
    spans = dict(Spans.of(state).each())
    few = _hidden_places(table, material, state, "officer_hours")
    for suffix in ("_before", "_year_before"):
        span = spans[suffix]
        if span is not None:
            then = _hidden_places(table, material, span, f"officer_hours{suffix}")
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


def _hidden_places(table: pd.DataFrame, material: Material, state: FilterState, column: str) -> Any:
    """Rows of places that the public may not see: few officers, or enough to tell such a place from the totals."""
    seen = officers_seen(material, state, ALL).groupby("area_id")["officers"].max()
    hours = table[column].fillna(0.0)
    open_ = ((hours > 0) & (table["role"] != "all")).to_numpy()
    few = (table["place"].map(seen).fillna(0) < LEAST).to_numpy() & open_
    whole = table["place"].isin(SAID_OF).to_numpy()
    # The roles add up to the whole force. The rest has no areas that would tell it, so it is the first to go with another.
    if (few & whole).sum() == 1:
        beside = open_ & whole & ~few
        cost = hours + 1e12 * ~table["role"].isin(["rest", "site"])
        if beside.any():
            few[np.flatnonzero(beside)[cost[beside].argmin()]] = True
    for role in table["role"].unique():
        mine = (table["role"] == role).to_numpy()
        if (few & mine & whole).any():
            few |= mine & open_  # a role's areas add up to it
        elif (few & mine & ~whole).sum() == 1 and (beside := mine & ~whole & open_ & ~few).any():
            few[np.flatnonzero(beside)[hours[beside].argmin()]] = True
        elif (few & mine & ~whole).sum() == 1:
            # The one area with time is the role itself.
            few |= mine & open_
    return few


# --- 2 resources ------------------------------------------------------------------------------------------------------


def officers_seen(material: Material, state: FilterState, dimension: str) -> pd.DataFrame:
    """How many officers at the least were seen at each place by group: the most of any day of the period.

    Days that the filter leaves out say nothing of those it keeps; hours of the day are not asked.
    """
    table = material.officers
    first, last = replace(state, hour_from=0, hour_to=24).edges()
    keep = (table["dimension"] == dimension).to_numpy(dtype=bool, copy=True)
    if first is not None:
        keep &= (table["period"] >= pd.Timestamp(first)).to_numpy()
    if last is not None:
        keep &= (table["period"] < pd.Timestamp(last)).to_numpy()
    if len(state.weekdays) < len(DAYS) and len(table):
        days = pd.DatetimeIndex(table["period"]).tz_convert(pandas_zone(state.timezone)).dayofweek
        keep &= np.isin(days, state.weekdays)
    return table[keep].groupby(["area_id", "value"], as_index=False)["officers"].max()


def resources_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place by unit, department, role and resource type; groups of few officers are one, "other"."""
    keep = kept_time(material, state)
    tables = []
    chosen = {n for n, v in (("unit", state.units), ("resource_type", state.resources)) if v}
    for dimension in DIMENSIONS:
        seen = officers_seen(material, state, dimension)
        # How many officers of a chosen unit are of one role is not known, so it counts as few.
        if chosen - {dimension}:
            seen = seen.assign(officers=0)
        spent: dict[str, tuple[Place, pd.Series]] = {}
        bound: dict[str, pd.Series] = {}
        by_word = _spent(material, state, keep, dimension)
        for place in places(material):
            # Areas have few officers of most groups: the public is told of roles.
            if audience == "public" and place.label not in SAID_OF:
                continue
            sums = _of_place(by_word, place)
            if len(sums):
                spent[place.label] = place, sums
                there = seen[seen["area_id"].isin(labels_of(place))].groupby("value")["officers"].max()
                bound[place.label] = there.reindex(sums.index).fillna(0)
        everywhere = merged_everywhere(pd.DataFrame(bound).T) if audience == "public" and bound else {}
        for label, (place, sums) in spent.items():
            if audience != "restricted":
                sums = sums.groupby(sums.index.map(everywhere or merged_labels(bound[label]))).sum()
            sums = sums.reindex(sorted(sums.index, key=lambda v: (v == OTHER, v)))  # "other" stands last
            tables.append(
                pd.DataFrame(
                    {
                        "place": label,
                        "name": place.name,
                        "dimension": dimension,
                        "value": sums.index,
                        "officer_hours": sums.to_numpy(),
                        "share_percent": 100 * sums.to_numpy() / max(float(sums.sum()), 1e-12),
                    }
                )
            )
    columns = ["place", "name", "dimension", "value", "officer_hours", "share_percent"]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)
    if audience == "public" and len(table):
        table["officer_hours"] = rounded(table["officer_hours"])
    return table.sort_values("dimension", kind="stable").reset_index(drop=True)


def _spent(material: Material, state: FilterState, keep: Any, column: str) -> dict[str, pd.DataFrame]:
    """Hours of kept rows by place (rows) and by the words of a column, police sites of areas left out and not."""
    hours = material.time_use
    area, word = hours.table["area_id"].cat, hours.table[column].cat
    found = {}
    for name, rows in (("all", keep), ("headline", keep & ~hours.among("activity", ("police_site",)))):
        at = area.codes.to_numpy()[rows].astype(np.int64) * len(word.categories) + word.codes.to_numpy()[rows]
        seconds = seconds_of(hours.table, state.modes)[rows]
        sums = np.bincount(at, weights=seconds, minlength=len(area.categories) * len(word.categories))
        grid = sums.reshape(len(area.categories), len(word.categories)) / 3600
        found[name] = pd.DataFrame(grid, index=area.categories.astype(str), columns=word.categories.astype(str))
    return found


def _of_place(spent: dict[str, pd.DataFrame], place: Place) -> pd.Series:
    """Hours of a place by the words of :func:`_spent`, those above nothing."""
    table = spent["all" if at_sites_too(place) else "headline"]
    sums = table.loc[table.index.isin(labels_of(place))].sum()
    return sums[sums > 0]


# --- 3 activities, 4 modes --------------------------------------------------------------------------------------------


def activities_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer time of each place by what it is linked to; what is not known first."""
    by_word = _spent(material, state, kept_time(material, state), "activity")
    rows = []
    for place in places(material):
        spent = _of_place(by_word, place)
        whole = float(spent.sum())
        if whole <= 0:
            continue
        for activity in PRINTED:
            if activity in spent.index:
                rows.append(
                    (place.label, place.name, activity, SAID[activity], spent[activity], 100 * spent[activity] / whole)
                )
    table = pd.DataFrame(rows, columns=["place", "name", "activity", "said", "officer_hours", "share_percent"])
    if audience == "board":
        return _split_where_enough(table, material, state)
    return _told_publicly(table, material, state) if audience == "public" else table


def _told_publicly(table: pd.DataFrame, material: Material, state: FilterState) -> pd.DataFrame:
    """Rows of the places that the public may see at all, hours rounded."""
    whole = time_table(material, state, "public")
    left = table[~table["place"].isin(whole.loc[whole["why"] != "", "place"])].reset_index(drop=True)
    shares = {c: rounded(left[c]) for c in left.columns if c.endswith("_percent")}
    return left.assign(officer_hours=rounded(left["officer_hours"]), **shares)


def _split_where_enough(table: pd.DataFrame, material: Material, state: FilterState) -> pd.DataFrame:
    """Splits of time only where five officers were seen: elsewhere they would tell what one of them did."""
    seen = officers_seen(material, state, ALL).groupby("area_id")["officers"].max()
    enough = set(seen[seen >= LEAST].index) | {FORCE}
    return table[table["place"].isin(enough)].reset_index(drop=True)


def modes_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Share of each place's officer time on foot, in a vehicle, stopped and of which nobody can tell."""
    hours = material.time_use
    keep = kept_time(material, state)
    rows = []
    modes = [*MODES]
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
    table = pd.DataFrame(rows, columns=["place", "name", "officer_hours", *(f"{m}_percent" for m in modes)])
    if audience == "board":
        return _split_where_enough(table, material, state)
    return _told_publicly(table, material, state) if audience == "public" else table


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
    sums: dict[str, dict[tuple[str, str, str], float]] = {}
    told: set[tuple[str, str]] = set()  # outside the records' own time nothing is known
    for suffix, span in spans.each():
        if span is None:
            continue
        keep = kept_events(material, span) & hours.among("kind", kinds)
        part = hours.table[keep]
        keys = [part[c].astype(str) for c in ("area_id", "kind", by)]
        sums[suffix] = _with_all(part.groupby(keys)["expected"].sum())
        told |= {(suffix, k) for k in kinds if _tells_of(material, span, k, bool(suffix))}
    rows = []
    now = sums[""]
    groups = sorted({(k, g) for s in sums.values() for _, k, g in s} - {(k, ALL) for k in kinds})
    both = [(k, g) for k in kinds for g in [ALL, *(x for kk, x in groups if kk == k)]]
    nowhere = Place(NO_PLACE, SAID_OF[NO_PLACE], "none", NAN, NAN)
    for place in [*places(material), nowhere]:
        for kind, group in both:
            values = {x: _sum(s, labels_of(place), kind, group) for x, s in sums.items() if (x, kind) in told}
            count = values.get("", NAN)
            if not any(values.values()) and group != ALL:
                continue
            whole = _sum(now, (*ROLE_LABELS, NO_PLACE), kind, group)
            rows.append((place.label, place.name, place.role, kind, by, group, count, values.get("_before", NAN),
                         values.get("_year_before", NAN), 100 * count / whole if whole else NAN,
                         _rate(count, place.km2), _rate(count, place.residents / 1000)))  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _tells_of(material: Material, span: FilterState, kind: str, earlier: bool) -> bool:
    """Whether records of a kind tell of the period asked, or of an earlier one so that it can be compared."""
    return reaches_back(material, span, kind) if earlier else any_events(material, span, kind)


def _sum(sums: dict[tuple[str, str, str], float], labels: tuple[str, ...], kind: str, group: str) -> float:
    return sum(sums.get((label, kind, group), 0.0) for label in labels)


def _with_all(sums: pd.Series) -> dict[tuple[str, str, str], float]:
    """Sums by place, kind and group, and over all groups."""
    found = {(str(a), str(k), str(g)): float(v) for (a, k, g), v in sums.items()}
    whole = sums.groupby(level=[0, 1]).sum()
    return {**found, **{(str(a), str(k), ALL): float(v) for (a, k), v in whole.items()}}


def _public_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Small counts hidden, further ones so that they cannot be worked out, the rest rounded; rates and shares left out.

    Key types are left out: with categories of the same records they would tell each other's hidden counts.
    """
    table = table[table["by"] == "category"].reset_index(drop=True)
    table["hidden"] = False
    for _, own in table.groupby("kind"):
        table.loc[own.index, "hidden"] = _hidden_counts(own)
    table["events"] = np.where(table["hidden"], NAN, rounded(table["events"]))
    for name in ("events_before", "events_year_before", "share_percent", "per_km2", "per_1000_residents"):
        table[name] = NAN
    return table


def _hidden_counts(own: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows of one kind must be hidden: roles add up to the whole force, areas to their role, groups to all."""
    whole = own["place"].isin(SAID_OF)
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

    `gone` are groups whose total is hidden itself, so that no cell of them may tell it; with `all_gone` none may be told.
    """
    grid = own[own["group"] != ALL].pivot_table(index="place", columns="group", values="events", aggfunc="sum")
    if not grid.size:
        return set(), set()
    counts = np.round(grid.fillna(0.0).to_numpy())
    # The rest of the force is missed less than the areas that all this is about.
    least_missed = grid.index.isin([REST, NO_PLACE, role_label("site"), role_label("other")])
    cost = counts + 1e9 * ~least_missed[:, None]
    dark = hidden_parts(counts.sum(axis=1), cost=counts.sum(axis=1) + 1e9 * ~least_missed) | all_gone
    # Of one place only the sum over its groups is told besides.
    hidden = hidden_cells(counts, untold=dark, cost=cost) if len(counts) > 1 else hidden_parts(counts[0])[None, :]
    # A group without records at a place has no row, which tells the nought: where only noughts could hide a cell, all goes.
    if (hidden & (counts == 0)).any():
        dark[:] = True
    hidden |= (counts > 0) & (dark[:, None] | grid.columns.isin(list(gone))[None, :])
    return {(str(grid.index[i]), str(grid.columns[j])) for i, j in np.argwhere(hidden)}, set(
        grid.index[dark].astype(str)
    )


def searches_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Stops and searches of each place, always with the share where the object was found."""
    hours, spans = material.events, Spans.of(state)
    rows = []
    rare: list[bool] = []  # where a share would tell a small number
    for place in places(material):
        row: dict[str, Any] = {"place": place.label, "name": place.name}
        rare.append(False)
        for suffix, span in spans.each():
            row[f"searches{suffix}"] = row[f"found_percent{suffix}"] = NAN
            if span is None or not len(hours.table):
                continue
            keep = kept_events(material, span) & hours.among("kind", ("stop_search",))
            mine = hours.table[keep & hours.among("area_id", labels_of(place))]
            if not _tells_of(material, span, "stop_search", bool(suffix)):
                continue
            known = float(mine["outcome_known"].sum())
            row[f"searches{suffix}"] = float(mine["expected"].sum())
            found = float(mine["found"].sum())
            row[f"found_percent{suffix}"] = 100 * found / known if known else NAN
            if not suffix:
                rare[-1] = 0 < found < LEAST or 0 < known - found < LEAST
        row["per_km2"], row["per_1000_residents"] = (
            _rate(row["searches"], place.km2),
            _rate(row["searches"], place.residents / 1000),
        )
        rows.append(row)
    table = pd.DataFrame(rows)
    if audience == "public" and len(table):
        few = _hidden_counts(
            table.assign(
                events=table["searches"].fillna(0.0), group="searches", role=[p.role for p in places(material)]
            )
        )
        earlier = [c for c in table.columns if c.endswith("_before")]
        table[[*earlier, "per_km2", "per_1000_residents"]] = NAN
        table.loc[few | np.array(rare), "found_percent"] = NAN
        table["found_percent"] = rounded(table["found_percent"])  # an exact share of a few would give the counts back
        table["searches"] = np.where(few, NAN, rounded(table["searches"]))
    return table


# --- hours of the week ------------------------------------------------------------------------------------------------


def week_table(material: Material, state: FilterState, audience: str = "board") -> pd.DataFrame:
    """Officer hours, incidents, crimes and searches of each role by weekday and hour of the day, in civil time.

    The public is told hours only: events of one hour of the week are few.
    """
    hours = material.time_use
    rows = []
    parts = [p for p in places(material) if p.label in (*ROLE_LABELS, FORCE) and p.role != "site"]
    time_keep, event_keep = kept_time(material, state), kept_events(material, state)
    for place in parts:
        mine = hours.table[time_keep & hours.among("area_id", labels_of(place))]
        if not at_sites_too(place):
            mine = mine[(mine["activity"] != "police_site").to_numpy()]
        there = _week(mine["period"], seconds_of(mine, state.modes) / 3600, material.timezone)
        grid = {"officer_hours": there if any_time(material, state) else np.full((7, 24), NAN)}
        fine = event_keep & material.events.among("precision", ("hour",))
        for name, kind in (("incidents", "incident"), ("crimes", "crime"), ("searches", "stop_search")):
            keep = fine & material.events.among("kind", (kind,)) & material.events.among("area_id", labels_of(place))
            some = material.events.table[keep]
            told = audience != "public" and bool(np.any(fine & material.events.among("kind", (kind,))))
            # Without any record that tells its hour, nothing is known of the hours.
            grid[name] = _week(some["period"], some["expected"], material.timezone) if told else np.full((7, 24), NAN)
        day, hour = np.indices((7, 24)).reshape(2, -1)
        rows.append(pd.DataFrame({"place": place.label, "name": place.name, "weekday": np.array(DAYS)[day], "hour": hour,
                                  **{n: g.ravel() for n, g in grid.items()}}))  # fmt: skip
    table = pd.concat(rows, ignore_index=True)
    if audience == "board":
        return _split_where_enough(table, material, state)
    return _told_publicly(table, material, state) if audience == "public" else table


def _week(period: pd.Series, weights: Any, timezone: str) -> Any:
    """Sums by weekday and hour, (7, 24)."""
    local = pd.DatetimeIndex(period).tz_convert(pandas_zone(timezone)) if len(period) else pd.DatetimeIndex([])
    at = local.dayofweek.to_numpy() * 24 + local.hour.to_numpy() if len(period) else np.empty(0, dtype=np.intp)
    return np.bincount(at, weights=np.asarray(weights, dtype=np.float64), minlength=168).reshape(7, 24)


def tables(material: Material, state: FilterState, audience: str = "board") -> dict[str, pd.DataFrame]:
    """All tables of questions 1 to 6, as the audience may see them."""
    check_audience(audience)
    return {
        "time": time_table(material, state, audience),
        "resources": resources_table(material, state, audience),
        "activities": activities_table(material, state, audience),
        "modes": modes_table(material, state, audience),
        "events": events_table(material, state, audience),
        "searches": searches_table(material, state, audience),
        "week": week_table(material, state, audience),
    }
