"""The tables of some days, computed from fixes and what they are laid beside; nothing is read or written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ..core.columns import ALL
from ..core.coverage import coverage
from ..core.fixes import clean_fixes
from ..core.geometry.wkb import track_lines
from ..core.movement import classify_movement
from ..core.params import PresenceParams, SummaryParams, TrackParams
from ..core.presence import presence, stays, time_in_areas, visits
from ..core.summaries.cover import cover
from ..core.summaries.time_use import laid_out
from ..core.summaries.visit_lengths import visit_lengths
from ..core.summaries.zones import headline_ground, within_validity
from ..core.tracks import legs_and_gaps, tracks


@dataclass(frozen=True)
class Told:
    """What a day's legs are laid beside."""

    areas: pd.DataFrame
    events: pd.DataFrame
    event_officers: pd.DataFrame
    postings: pd.DataFrame
    timezone: str


@dataclass(frozen=True)
class Day:
    """The rows of some days, by table; those of the summary, and those that tell of single officers."""

    summary: dict[str, pd.DataFrame]
    restricted: dict[str, pd.DataFrame]
    dropped: dict[str, int]

    @property
    def legs(self) -> pd.DataFrame:
        return self.restricted["legs"]

    @property
    def presence(self) -> pd.DataFrame:
        return self.summary["presence"]


# Table -> column of the moment by which its rows belong to a day.
SUMMARY = dict.fromkeys(("presence", "cover", "coverage", "time_use", "officers_seen", "visit_lengths"), "period")
RESTRICTED = {"legs": "start", "tracks": "start", "gaps": "start", "visits": "enter"}


def computed(
    fixes: pd.DataFrame,
    told: Told,
    first: pd.Timestamp,
    last: pd.Timestamp,
    track_params: TrackParams,
    presence_params: PresenceParams,
    model: Any,
) -> Day:
    found = {name: pd.DataFrame() for name in (*SUMMARY, *RESTRICTED)}
    dropped: dict[str, int] = {}
    if len(fixes):
        clean, report = clean_fixes(fixes)
        inside = fixes["time"].ge(first) & fixes["time"].lt(last)
        rejects = report.rejects
        rows = rejects[inside.reindex(rejects["row"]).to_numpy()] if len(rejects) else rejects
        dropped = {str(k): int(v) for k, v in rows["reason"].value_counts().items()}
        legs, gaps = legs_and_gaps(clean, track_params)
        found["gaps"] = _within(gaps, "start", first, last)
        if len(legs):
            found.update(_of_legs(classify_movement(legs, model), gaps, told, first, last, presence_params))
    return Day({n: found[n] for n in SUMMARY}, {n: found[n] for n in RESTRICTED}, dropped)


def _of_legs(
    legs: pd.DataFrame, gaps: pd.DataFrame, told: Told, first: pd.Timestamp, last: pd.Timestamp, params: PresenceParams
) -> dict[str, pd.DataFrame]:
    """The tables of a span, made by the legs before and after too: a leg's ways hang on its neighbours."""
    found = {"legs": _within(legs, "start", first, last), "tracks": _tracks(legs, first, last)}
    # With the leg that ends at the very edge: whether the next one enters or stays hangs on it.
    over = legs[(legs["end"] >= first) & (legs["start"] < last)].reset_index(drop=True)
    if len(over):
        found["coverage"] = _within(coverage(over, gaps, _by_hour(told.timezone)), "period", first, last)
    if not len(told.areas):
        return found
    ground = headline_ground(told.areas)
    shared, stayed = time_in_areas(legs, ground, params), stays(legs, ground)
    been = within_validity(visits(legs, ground, shared, stayed), told.areas, told.timezone, "enter")
    found["visits"] = _within(been, "enter", first, last)
    found["visit_lengths"] = visit_lengths(found["visits"], legs, told.timezone)
    if len(over):
        those = [t[t["leg_id"].isin(over["leg_id"])] for t in (shared, stayed)]
        those[0].attrs.update(shared.attrs)
        by_hour = _by_hour(told.timezone)
        found["presence"] = _counting(_presence(over, ground, *those, by_hour), told, first, last)
        found["cover"] = _counting(cover(over, ground, *those, by_hour), told, first, last)
    used, seen = laid_out(
        legs,
        told.areas,
        told.events,
        postings=told.postings,
        event_officers=told.event_officers,
        method=params,
        summary=_by_hour(told.timezone),
    )
    found["time_use"] = _within(used, "period", first, last)
    found["officers_seen"] = _within(seen, "period", first, last)
    return found


def _counting(table: pd.DataFrame, told: Told, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    return within_validity(_within(table, "period", first, last), told.areas, told.timezone)


def _presence(
    legs: pd.DataFrame, areas: pd.DataFrame, shared: Any, stayed: Any, by_hour: SummaryParams
) -> pd.DataFrame:
    """Presence by hour for each group, and over units, resources and modes, computed anew."""
    whole = presence(legs, areas, shared, stayed, by_hour)
    total = presence(legs, areas, shared, stayed, replace(by_hour, groups=("area_id", "period")))
    same = (whole[["unit", "resource_type", "mode"]] == ALL).all(axis=1)
    return pd.concat([whole[~same], total], ignore_index=True)


def _by_hour(timezone: str) -> SummaryParams:
    return SummaryParams(period="hour", timezone=timezone)


def _within(table: pd.DataFrame, column: str, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Rows whose moment falls in the span."""
    return table[(table[column] >= first) & (table[column] < last)]


def _tracks(legs: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Tracks that began in the span, whole."""
    walked = _within(tracks(legs), "start", first, last).reset_index(drop=True)
    return walked.assign(geometry=track_lines(legs).reindex(walked["track_id"]).to_numpy())
