"""The figures of a filter counted the slow way: piece by piece of officers' time, event by event.

Nothing here is of the plugin but what made the legs and the visits: whoever doubts a figure can follow it here. Each
function asks of one piece, one visit or one event whether it counts, and adds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pandas as pd
import shapely

from ia_plugin.core.times.time_zones import time_zone

from .forces import MODES, atoms

ALL_MODES = (*MODES, "unknown", "bicycle")  # nobody here rides one
NO_LINKS = SimpleNamespace(leg=(), start=(), end=(), activity=())
HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Piece:
    """A part of one officer's straight way: within one hour, and on the same ground all along.

    `areas` lie under it, police sites apart; `role` is the one role it counts in; `by_mode` has its seconds, each by how
    likely the mode is; `begin` and `end` are seconds since 1970, `hour` the hour they lie in.
    """

    officer: str
    unit: str
    resource: str
    hour: pd.Timestamp
    begin: float
    end: float
    areas: tuple[str, ...]
    role: str
    at_site: bool
    by_mode: dict[str, float]


def pieces_of(legs, areas):
    """All time of some legs, cut where an hour ends or a border is crossed."""
    found = []
    for atom in atoms(legs, areas, NO_LINKS).itertuples():
        leg = legs.iloc[atom.leg]
        if leg["mode"] == "unknown":
            by_mode = {**dict.fromkeys(ALL_MODES, 0.0), "unknown": atom.seconds}
        else:
            whole = sum(leg[f"p_{mode}"] for mode in MODES)
            by_mode = dict.fromkeys(ALL_MODES, 0.0)
            by_mode.update({mode: atom.seconds * leg[f"p_{mode}"] / whole for mode in MODES})
        found.append(
            Piece(
                officer=leg["officer_id"],
                unit=leg["unit"],
                resource=leg["resource_type"],
                hour=pd.Timestamp(atom.hour, tz="UTC"),
                begin=atom.begin / 1e9,
                end=atom.stop / 1e9,
                areas=atom.areas,
                role=atom.role,
                at_site=atom.site,
                by_mode=by_mode,
            )
        )
    return found


def is_kept(hour, state):
    """Whether a filter's days, hours and weekdays keep an hour; the small hours of a night shift are of the day before."""
    local = hour.tz_convert(time_zone(state.timezone))
    day = local.date()
    if state.hour_from < state.hour_to:
        in_hours = state.hour_from <= local.hour < state.hour_to
    else:
        in_hours = local.hour >= state.hour_from or local.hour < state.hour_to
        if local.hour < state.hour_to:
            day -= timedelta(days=1)
    return in_hours and state.first <= day <= state.last and day.weekday() in state.weekdays


def kept_pieces(pieces, state):
    """Pieces that the filter keeps, wherever they are."""
    kept_hours = {hour for hour in {p.hour for p in pieces} if is_kept(hour, state)}
    return [
        p
        for p in pieces
        if p.hour in kept_hours
        and (not state.units or p.unit in state.units)
        and (not state.resources or p.resource in state.resources)
    ]


def times_counted(areas, role, state):
    """How often ground counts: once for each chosen area that has it; with none chosen, once if its role is impact."""
    if state.areas:
        return sum(area in areas for area in state.areas)
    return 1 if role == "impact" else 0


# --- officers' time ---------------------------------------------------------------------------------------------------


def time_figures(pieces, state):
    """Officer-hours of the pieces kept, their share of everybody's, and the shares of modes in them."""
    modes = state.modes or ALL_MODES
    here = dict.fromkeys(ALL_MODES, 0.0)
    everywhere = 0.0
    for piece in pieces:
        everywhere += sum(piece.by_mode[mode] for mode in modes)
        if not piece.at_site:
            for mode in ALL_MODES:
                here[mode] += piece.by_mode[mode] * times_counted(piece.areas, piece.role, state)
    chosen, whole = sum(here[mode] for mode in modes), sum(here.values())
    found = {"officer_hours": chosen / 3600, "share": percent(chosen, everywhere)}
    for mode in ALL_MODES:
        found[mode] = percent(here[mode], whole)
    return found


def cover_figures(pieces, areas):
    """Of the pieces kept: hours with at least one officer in an area, over the areas; and how many officers an hour with any has, in the mean."""
    covered, officers = 0.0, []
    for area in areas:
        there = [p for p in pieces if area in p.areas and not p.at_site]
        seen_until = 0.0
        for piece in sorted(there, key=lambda p: p.begin):
            covered += max(0.0, piece.end - max(piece.begin, seen_until))
            seen_until = max(seen_until, piece.end)
        for hour in {p.hour for p in there}:
            officers.append(len({p.officer for p in there if p.hour == hour}))
    return {"cover_hours": covered / 3600, "officers": sum(officers) / len(officers) if officers else np.nan}


def with_units(visits, legs):
    """The visits with the unit and the resource type that their track begins with."""
    first_leg = legs.drop_duplicates("track_id").set_index("track_id").loc[visits["track_id"]]
    return visits.assign(unit=first_leg["unit"].to_numpy(), resource=first_leg["resource_type"].to_numpy())


def visit_figures(visits, state, areas):
    """Visits by the hour of their entry, and their mean length."""
    minutes = []
    for visit in visits.itertuples():
        if visit.area_id not in areas or not is_kept(visit.enter.floor("h"), state):
            continue
        if state.units and visit.unit not in state.units:
            continue
        if state.resources and visit.resource not in state.resources:
            continue
        minutes.append(visit.seconds / 60)
    return {"visits": len(minutes), "visit_minutes": sum(minutes) / len(minutes) if minutes else np.nan}


# --- events -----------------------------------------------------------------------------------------------------------


def with_ground(events, areas):
    """The events that have a place, with the `areas` under it and the `role` of the ground, so far as it is asked for here."""
    rows = []
    for event in events[events["x"].notna()].to_dict("records"):
        point = shapely.Point(event["x"], event["y"])
        under = [a for a in areas.itertuples() if a.geometry.covers(point)]
        role = "impact" if any(a.role == "impact" for a in under) else "another"
        rows.append({**event, "areas": [a.area_id for a in under], "role": role})
    return pd.DataFrame(rows)


def hours_of(event):
    """The hours an event may have happened in, each with its part of the event; a day's record is of its first hour."""
    begin = event.start
    end = begin if event.time_precision == "day" else event.end
    if begin == end:
        return {begin.floor("h"): 1.0}
    parts, hour = {}, begin.floor("h")
    while hour < end:
        parts[hour] = (min(end, hour + HOUR) - max(begin, hour)) / (end - begin)
        hour += HOUR
    return parts


def event_figures(events, state):
    """Counts of incidents, crimes and searches, shared over their hours, and how many of ten searches and more found their object."""
    counts = {"incident": 0.0, "crime": 0.0, "stop_search": 0.0}
    searches = successes = 0
    for event in events.itertuples():
        if state.categories and event.category not in state.categories:
            continue
        if event.time_precision == "day" and (state.hour_from, state.hour_to) != (0, 24):
            continue
        times = times_counted(event.areas, event.role, state)
        parts = hours_of(event)
        for hour, part in parts.items():
            if is_kept(hour, state):
                counts[event.kind] += part * times
        if event.kind == "stop_search" and is_kept(min(parts), state):
            searches += times
            successes += times if event.object_found is True else 0
    return {
        "incidents": counts["incident"],
        "crimes": counts["crime"],
        "searches": counts["stop_search"],
        "found": percent(successes, searches) if searches >= 10 else float("nan"),
    }


def percent(part, whole):
    return 100 * part / whole if whole else np.nan
