"""The sheet of one area for the public: rounded to 5, events by whole months, nothing where fewer than five officers were.

Every number is one of the tables that the public is given of the same filter (`core/answers`), so no sheet tells more than they.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..answers.event_tables import events_table, searches_table
from ..answers.public import places_hidden
from ..answers.public_counts import counts_rounded_to
from ..answers.splits import modes_table
from ..answers.time_table import time_table
from ..answers.week_table import week_table
from ..columns import ALL
from ..dashboard.map_classes import NOT_KNOWN, SCALES, MapClasses, frame_hours
from ..dashboard.tiles import COMPARED, NOT_CHECKED, TICK, Gauge, Part, Tile, found_in_words
from ..errors import ParameterError
from ..filter_state import DAYS, FilterState, period_in_words
from ..material.days import as_of_in_words
from ..material.figures import earlier_of, figure_number
from ..material.measure_list import BY_KEY, OF_EVENTS
from ..material.measures import measured
from ..material.notes import notes_of
from ..material.places import COMPARISON, PLACE_NAMES, area_places
from ..material.summary_tables import Material
from ..movement.likely_shares import checked_on_force
from ..summaries.zones import role_label
from ..suppression import BASE, FEW_OFFICERS
from ..words import DASH, FAIRNESS, MODE_WORDS, NOT_CHOSEN, about, amount, known, mode_share, number
from .sheet import BY_HOUR, Earlier, Ground, Hours, Sheet, when_in_words

MAPPED = ("officer_hours", "crimes", "incidents")
ROUNDED = "Numbers are rounded to 5; “under” is less than that, and may be none."
NOT_BY_HOUR = "the public is told of events by whole months alone"
HIDDEN = "too little to be told"
_KIND = {"crimes": "crime", "incidents": "incident"}
Row = Mapping[Hashable, Any]


def public_ground(material: Material, state: FilterState, key: str = "officer_hours") -> Ground:
    """The measures of every area, and the classes of what the public is told of them.

    Raises
    ------
    ParameterError
        for a figure that the public is not told of areas.
    """
    if key not in MAPPED:
        raise ParameterError(
            f"There is no map of {key!r} for the public.", f"Maps for the public are of {', '.join(MAPPED)}."
        )
    areas = measured(material, state, area_places(material))
    scale, hours = SCALES[key], frame_hours(material, state, of_events=key in OF_EVENTS)
    rates = _rates(material, state, key)
    ids = tuple(p.label for p in areas.places)
    values = np.array([rates.get(a, math.nan) for a in ids]) * (scale.per / hours if hours else math.nan)
    classes = np.where(np.isfinite(values), np.digitize(values, scale.breaks), NOT_KNOWN).astype(np.int64)
    title = f"{scale.unit[:1].upper()}{scale.unit[1:]}, rounded"
    return Ground(areas, MapClasses(key, ids, values, classes, tuple("" for _ in ids), title, scale.labels()))


def _rates(material: Material, state: FilterState, key: str) -> dict[str, float]:
    """Per km² of each area as the public is told."""
    if key == "officer_hours":
        table = _once(material, state, "time")
        return dict(zip(table["place"], table["hours_per_km2"].astype(float)))
    table = _once(material, state, "events")
    if not len(table):
        return {}
    own = table[(table["kind"] == _KIND[key]) & (table["group"] == ALL)]
    return dict(zip(own["place"], own["per_km2"].astype(float)))


def _once(material: Material, state: FilterState, name: str) -> pd.DataFrame:
    """A table for the public of all areas, which every sheet of a run reads."""
    make = {
        "time": time_table,
        "events": events_table,
        "searches": searches_table,
        "modes": modes_table,
        "week": week_table,
    }[name]
    return material.memo.once(("public sheet", name, state), lambda: make(material, state, "public"))


def public_sheet(material: Material, state: FilterState, area: str, comparison: str = "before") -> Sheet:
    """The sheet of one area for the public; see :func:`~.sheet.sheet_of`.

    There is no verdict and no code: both rest on numbers that are not rounded.
    """
    own = replace(state, areas=(area,))
    row = material.areas.set_index("area_id").loc[area]
    time = _of(_once(material, state, "time"), area)
    title, earlier = _earlier(own, time, comparison)
    notes = notes_of(material, own).all()
    return Sheet(
        area,
        str(row["name"]),
        when_in_words(own, str(row["role"])),
        "",
        "",
        (_hours(material, state, time), _moved(material, state, area), _events(material, state, area), _searches(material, state, area)),
        title,
        earlier,
        (_week(material, state, str(row["role"])), Hours(f"Incidents {BY_HOUR}", np.empty((0, 0)), (), (), NOT_BY_HOUR)),
        (ROUNDED, *notes, *([NOT_CHOSEN] if material.of_role("comparison") else [])),
        figure_number(material, own, comparison),
        "",
        as_of_in_words(material),
    )  # fmt: skip


def _of(table: pd.DataFrame, place: str) -> Optional[Row]:
    """The row of a place; None where it has none."""
    rows = table[table["place"] == place].to_dict("records") if len(table) else []
    return rows[0] if rows else None


def _hours(material: Material, state: FilterState, row: Optional[Row]) -> Tile:
    title = "Officer hours"
    if row is None or not known(row["officer_hours"]):
        return Tile("hours", "officer_hours", title, why=str(row["why"] if row else "") or HIDDEN)
    others = _of(_once(material, state, "time"), COMPARISON)
    beside = float(others["hours_per_km2"]) if others else math.nan
    rate = float(row["hours_per_km2"]) if row["officer_hours"] > 0 else math.nan
    gauge = Gauge(rate, comparison=beside) if known(rate) else None
    return Tile("hours", "officer_hours", title, about(row["officer_hours"], "h", BASE), "rounded to 5", (_rate(rate, beside, "h"),), gauge=gauge)  # fmt: skip


def _rate(rate: float, beside: float, what: str) -> str:
    unit = f"{what} per km²"
    text = amount(rate, unit) if known(rate) else f"{DASH} {unit}"
    return text + (f" {TICK} {COMPARED} {number(beside, unit)}" if known(beside) else "")


def _moved(material: Material, state: FilterState, area: str) -> Tile:
    title, row = "How they moved", _of(_once(material, state, "modes"), area)
    if row is None:
        few = area in places_hidden(material, state)
        return Tile("moved", "foot", title, why=FEW_OFFICERS if few else HIDDEN)
    shown = [m for m in MODE_WORDS if f"{m}_percent" in row and known(row[f"{m}_percent"])]
    parts = tuple(Part(m, MODE_WORDS[m], float(row[f"{m}_percent"]), math.nan) for m in shown)
    ends = {m: (row.get(f"{m}_percent_low"), row.get(f"{m}_percent_high")) for m in shown}
    others = " · ".join(f"{p.words} {mode_share(p.percent, *ends[p.mode], base=BASE, in_table=True)}" for p in parts[1:])  # fmt: skip
    checked = () if checked_on_force(material.share_spread) else (NOT_CHECKED,)
    return Tile("moved", "foot", title, f"{mode_share(parts[0].percent, base=BASE)} {parts[0].words}", "", (*checked, others), parts=parts)  # fmt: skip


def _events(material: Material, state: FilterState, area: str) -> Tile:
    title, table, base = "Crimes · incidents", _once(material, state, "events"), counts_rounded_to(state)
    rows = {
        k: _of(table[(table["kind"] == kind) & (table["group"] == ALL)], area) if len(table) else None
        for k, kind in _KIND.items()
    }
    shown = {k: r for k, r in rows.items() if r is not None and known(r["events"])}
    if not shown:
        whys = [str(r["why"]) for r in rows.values() if r is not None and r["why"]]
        return Tile("events", "crimes", title, why=whys[0] if whys else HIDDEN)
    value = " · ".join(number(rows[k]["events"], "", base) if k in shown else DASH for k in _KIND)  # type: ignore[index]
    others = {k: _of(table[(table["kind"] == kind) & (table["group"] == ALL)], COMPARISON) for k, kind in _KIND.items()}
    lines = tuple(_rate(float(r["per_km2"]), float((others[k] or {}).get("per_km2", math.nan)), k) for k, r in shown.items())  # fmt: skip
    return Tile("events", "crimes", title, value, "recorded, rounded to 5", lines)


def _searches(material: Material, state: FilterState, area: str) -> Tile:
    title, row = BY_KEY["searches"].label, _of(_once(material, state, "searches"), area)
    if row is None or not known(row["searches"]):
        return Tile("searches", "searches", title, why=str(row["why"] if row else "") or HIDDEN)
    found = row["found_percent"]
    beside = found_in_words(mode_share(found, base=BASE)) if known(found) else ""
    return Tile("searches", "searches", title, number(row["searches"], "", counts_rounded_to(state)), beside, (FAIRNESS,))  # fmt: skip


def _week(material: Material, state: FilterState, role: str) -> Hours:
    """Officer hours of all areas of a role by hour of the week: of one area they would tell of few officers."""
    table = _once(material, state, "week")
    own = table[table["place"] == role_label(role)]
    title = f"Officer hours, {PLACE_NAMES.get(role_label(role), role)} together"
    values = own["officer_hours"].to_numpy(np.float64)
    if len(own) != 7 * len(range(24)) or not np.isfinite(values).any():
        return Hours(title, np.empty((0, 0)), (), (), HIDDEN)
    grid = values.reshape(7, 24)[np.ix_(state.weekdays, state.hours)]
    return Hours(title, grid, tuple(DAYS[d] for d in state.weekdays), state.hours, gap="not shown")


def _earlier(state: FilterState, row: Optional[Row], comparison: str) -> tuple[str, tuple[Earlier, ...]]:
    """Officer hours of both periods; counts of events have no earlier period for the public."""
    before = earlier_of(state, comparison)
    if before is None:
        return "", ()
    title = f"This period and {period_in_words(before.first, before.last)}"
    suffix = "_before" if comparison == "before" else "_year_before"
    if row is None or not (known(row["officer_hours"]) and known(row[f"officer_hours{suffix}"])):
        return title, ()
    now, then = (float(row[c]) for c in ("officer_hours", f"officer_hours{suffix}"))
    ends = (math.nan, math.nan)
    shown = Earlier(BY_KEY["officer_hours"].label, (now, *ends), (then, *ends), about(now, "h", BASE), about(then, "h", BASE), "")  # fmt: skip
    return title, (shown,)


__all__ = ["public_ground", "public_sheet"]
