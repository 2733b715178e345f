"""The one pipeline: from officers' fixes to the tables that figures are drawn from.

:func:`by_officers` takes any group of officers to parts, :func:`by_area_day` adds the parts of all groups up to cells,
:func:`publish` says which of the cells may go out. A store's refresh, the answers and any other machine call these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np
import pandas as pd

from ..areas import within_validity
from ..columns import COVER, OFFICER_TIME, OFFICERS_SEEN, TIME_USE, VISIT_LENGTHS, refuse_personal
from ..empty import empty_table
from ..geometry.wkb import track_lines
from ..movement import classify_movement
from ..postings import completed_by_postings
from ..presence.area_visits import visits_in_prepared
from ..progress import Progress, part, silent
from ..tracks import tracks
from .cover import SPANS, cover_of, cover_spans
from .force_facts import ForceFacts
from .ground_time import GroundTime
from .observed import Observed, Span
from .time_cells import KEYS, OF_POSTING, TimeCells, days_of_officers, officers_seen
from .time_use import time_parts
from .visit_lengths import added_lengths, visit_lengths

# Table of single officers -> the first and last moment of a row. It belongs to each day that has one of them, or lies between.
OF_OFFICERS = {
    "legs": ("start", "start"),
    "tracks": ("start", "end"),
    "gaps": ("start", "end"),
    "visits": ("enter", "enter"),
}


@dataclass(frozen=True)
class OfficerParts:
    """What some officers add to the tables; tells of single officers, and never leaves the restricted side.

    Attributes
    ----------
    time : their time by cell and activity, its spread not yet split by activity
    spans : when each was in which area, and how likely: cover is ∫(1 − Π(1 − p)) over all officers, so it is integrated
        when all are there (:func:`~ia_plugin.core.summaries.cover.cover_spans`)
    officer_time : who was where in which hour and for how long
    officer_days : who was where on which civil day, so that nobody is counted twice
    visit_lengths : the visit_lengths table, which adds
    tables : legs, tracks, gaps (where fixes were given) and visits, by name
    dropped : fixes that could not be used, by reason
    """

    time: TimeCells = field(default_factory=TimeCells.none)
    spans: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(SPANS)))
    officer_time: pd.DataFrame = field(default_factory=lambda: empty_table(OFFICER_TIME))
    officer_days: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEYS, "officer_id"]))
    visit_lengths: pd.DataFrame = field(default_factory=lambda: empty_table(VISIT_LENGTHS))
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Cells:
    """The tables by area and hour or day, of all officers."""

    time_use: pd.DataFrame
    cover: pd.DataFrame
    officers_seen: pd.DataFrame
    visit_lengths: pd.DataFrame


def by_officers(
    movement: pd.DataFrame, facts: ForceFacts, span: Optional[Span] = None, *, progress: Progress = silent
) -> OfficerParts:
    """What some officers add to the tables.

    Parameters
    ----------
    movement : all fixes, or all legs (classified where modes are asked), of some officers; of no other group the same
    facts : of the force
    span : whole civil days that are asked for; `movement` should reach beyond them, see :func:`of_days`

    Returns
    -------
    OfficerParts, to be added up by :func:`by_area_day`.

    Raises
    ------
    ColumnError, AreaError, CrsError
        for missing columns, unusable areas, and degrees.
    """
    if "leg_id" in movement.columns:
        return _of_legs(movement, movement, facts, span, {}, progress) if len(movement) else OfficerParts()
    if not len(movement):
        return OfficerParts(tables={n: pd.DataFrame() for n in OF_OFFICERS})
    return of_days(Observed.of(movement, facts.tracks), facts, span, progress=progress)


def of_days(
    seen: Observed, facts: ForceFacts, span: Optional[Span] = None, *, progress: Progress = silent
) -> OfficerParts:
    """As :func:`by_officers`, of officers whose fixes are cleaned and joined.

    A day hangs on the stretches that touch it (:mod:`~ia_plugin.core.stretches`), on the fix before and after, and on legs
    that the same events claim. Where `seen` has these, whatever else it has makes no difference to the last digit.
    """
    dropped = seen.dropped(span)
    tables = {n: pd.DataFrame() for n in OF_OFFICERS}
    tables["gaps"] = _within(seen.gaps, OF_OFFICERS["gaps"], span)
    legs, about, stretch = seen.legs, np.ones(len(seen.legs), dtype=bool), seen.stretches.of_leg
    if span is not None:
        first, last = (np.int64(t.value) for t in span)
        about = seen.tracks.touch(first, last)[seen.tracks.of_leg]
        whole = seen.stretches.touch(first, last)[seen.stretches.of_leg]
        legs, about, stretch = legs[whole].reset_index(drop=True), about[whole], stretch[whole]
    if not about.any():
        return OfficerParts(tables=tables, dropped=dropped)
    legs = classify_movement(legs, facts.model, stretch=stretch)
    legs = legs if about.all() else legs[about].reset_index(drop=True)
    tables["legs"] = _within(legs, OF_OFFICERS["legs"], span)
    lines = tracks(legs)
    tables["tracks"] = lines.assign(geometry=track_lines(legs).reindex(lines["track_id"]).to_numpy())
    return _of_legs(legs, _claimed_with(seen.legs, legs, facts, span), facts, span, tables, progress, dropped)


def _claimed_with(legs: pd.DataFrame, some: pd.DataFrame, facts: ForceFacts, span: Optional[Span]) -> pd.DataFrame:
    """`some` of the legs, and what else of the same officers an event can claim together with them."""
    if span is None or facts.events is None or not len(facts.events):
        return some
    near = (legs["start"] < span[1] + beside(facts)) & (legs["end"] > span[0] - beside(facts))
    near &= legs["officer_id"].isin(some["officer_id"].unique())
    return legs[near | legs["leg_id"].isin(some["leg_id"])].reset_index(drop=True)


def beside(facts: ForceFacts) -> pd.Timedelta:
    """How far from a day legs are looked at: an officer near an event for long enough may have come on the day before."""
    return pd.Timedelta(hours=facts.activity.longest_window_h)


def _of_legs(
    legs: pd.DataFrame,
    around: pd.DataFrame,
    facts: ForceFacts,
    span: Optional[Span],
    tables: dict[str, pd.DataFrame],
    progress: Progress,
    dropped: Optional[dict[str, int]] = None,
) -> OfficerParts:
    areas, known = facts.prepared, facts.headline
    # Hours, cover and visits must agree on whose they are.
    legs = completed_by_postings(legs, facts.postings, OF_POSTING)
    ground = GroundTime(legs, facts.method, known, part(progress, 0.0, 0.5))
    found: dict[str, Any] = {"tables": tables, "dropped": dropped or {}}
    if len(known):
        there = visits_in_prepared(legs, known, ground.counted, ground.stays)
        there = _within(within_validity(there, areas, facts.timezone, "enter"), OF_OFFICERS["visits"], span)
        found["tables"] = {**tables, "visits": there}
        found["visit_lengths"] = visit_lengths(there, legs, facts.timezone)
        spans = cover_spans(legs, known, ground.counted, ground.stays, facts.by_hour)
        spans = within_validity(spans, areas, facts.timezone)
        if span is not None:
            spans = spans[(spans["period"] >= span[0].value) & (spans["period"] < span[1].value)]
        found["spans"] = spans
    time = time_parts(legs, facts, around=around, ground=ground, span=span, progress=part(progress, 0.5, 1.0))
    days = days_of_officers(time.officer_time, facts.timezone)
    return OfficerParts(time.time, officer_time=time.officer_time, officer_days=days, **found)


def by_area_day(parts: Sequence[OfficerParts]) -> Cells:
    """The cells of all officers, the same, bit for bit, in whichever groups and order they came.

    Parameters
    ----------
    parts : of :func:`by_officers`, one a group; no officer in two of them

    Returns
    -------
    Cells, the tables by area and hour or day.

    Example: ``by_area_day([by_officers(a, facts), by_officers(b, facts)])`` says what
    ``by_area_day([by_officers(pd.concat([a, b]), facts)])`` says.
    """
    spans = together([p.spans for p in parts])
    return Cells(
        time_use=TimeCells.beside([p.time for p in parts]).table(),
        cover=cover_of(spans),
        officers_seen=officers_seen(together([p.officer_days for p in parts])),
        visit_lengths=added_lengths([p.visit_lengths for p in parts]),
    )


def publish(cells: Cells) -> dict[str, pd.DataFrame]:
    """What of the cells may go out, by table.

    Raises
    ------
    PrivacyError
        for a column that tells of single officers.
    """
    out = {t.name: getattr(cells, t.name) for t in (TIME_USE, COVER, OFFICERS_SEEN, VISIT_LENGTHS)}
    for name, table in out.items():
        refuse_personal(table.columns, name)
    return out


def _within(table: pd.DataFrame, columns: tuple[str, str], span: Optional[Span]) -> pd.DataFrame:
    """Rows that have a moment in the span."""
    first, last = columns
    return table if span is None else table[(table[last] >= span[0]) & (table[first] < span[1])]


def together(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several tables as one; the first of them where all are empty."""
    some = [t for t in tables if len(t)]
    return tables[0] if not some else some[0] if len(some) == 1 else pd.concat(some, ignore_index=True)


__all__ = [
    "OF_OFFICERS",
    "Cells",
    "ForceFacts",
    "Observed",
    "OfficerParts",
    "Span",
    "beside",
    "by_area_day",
    "by_officers",
    "of_days",
    "publish",
    "together",
]
