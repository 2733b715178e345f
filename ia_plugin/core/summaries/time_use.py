"""Time use: every observed second of officers by place, hour, unit, department, role, resource type and activity.

The cells that questions are answered from. They add up: over areas of one role, hours, units and activities, and all of
them to the time observed. What does not add (distinct officers, cover) is in the presence table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from ..activity.links import Links, linked_time
from ..activity.rules import check_rules, default_rules
from ..arrays import Bools, Ints
from ..columns import OFFICER_TIME, require
from ..empty import empty_table
from ..postings import completed_by_postings
from ..progress import Progress, part, silent
from ..times.instants import nanoseconds
from .cells import SharedLegs, Who
from .force_facts import ForceFacts
from .ground_time import GroundTime, legs_about
from .time_cells import OF_POSTING, TimeCells, begins_within
from .zones import epochs, prepared_grounds


def time_use(legs: pd.DataFrame, facts: ForceFacts, *, progress: Progress = silent) -> pd.DataFrame:
    """Observed officer time by area or role of area, civil hour, unit, department, role, resource type and activity.

    Parameters
    ----------
    legs : the legs table, metres; with modes where they were classified
    facts : of the force

    Returns
    -------
    DataFrame, the time_use table. Rows of areas (``area_id``) leave time at police sites out of every activity but
    "police_site"; rows "(impact)", "(comparison)", "(buffer)", "(other)", "(site)" and "(rest)" cover the whole force
    with nothing twice and add up to the time observed. ``attrs``: ``events`` counts those linked and not, ``overlapping``
    the pairs of areas that share ground.
    """
    found = time_parts(completed_by_postings(legs, facts.postings, OF_POSTING), facts, progress=progress)
    table = found.time.table()
    table.attrs.update(events=found.links, overlapping=found.overlapping)
    return table


@dataclass(frozen=True)
class TimeParts:
    """What some officers add to time use.

    Attributes
    ----------
    time : their time by cell and activity
    officer_time : who was where in which hour and for how long, the officer_time table; restricted
    links : events counted, linked and not
    overlapping : pairs of areas that share ground
    """

    time: TimeCells
    officer_time: pd.DataFrame
    links: dict[str, int]
    overlapping: int


def time_parts(
    legs: pd.DataFrame,
    facts: ForceFacts,
    *,
    around: Optional[pd.DataFrame] = None,
    ground: Optional[GroundTime] = None,
    span: Optional[tuple[pd.Timestamp, pd.Timestamp]] = None,
    progress: Progress = silent,
) -> TimeParts:
    """As :func:`time_use`, before the time of other officers is added to it.

    Parameters
    ----------
    legs : the legs table, with what postings say of them already joined
    around : the legs and, in the same order, others of the same officers: an event claims of all of them or of none
    ground : the legs' time in shapes that are worked through already
    span : whole civil days that are asked for; legs outside them only say what events claim of the others
    """
    require(legs, ("leg_id", "officer_id", "start", "end", "x0", "y0", "x1", "y1", "duration_s"), "legs")
    rules = check_rules(default_rules() if facts.rules is None else facts.rules)
    if not len(legs):
        return TimeParts(TimeCells.none(), empty_table(OFFICER_TIME), {"events": 0}, 0)
    areas = facts.prepared
    ground = ground or GroundTime(legs, facts.method)
    links = linked_time(legs if around is None else around, facts.events, rules, facts.activity, facts.event_officers)
    if around is not None and len(around) > len(legs):
        links = _of_legs(links, around["leg_id"].isin(legs["leg_id"]).to_numpy())
    progress(0.2)
    start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
    cells: list[TimeCells] = []
    people: list[pd.DataFrame] = []
    overlapping = 0
    spans = _spans(areas, start, end, span, facts.timezone)
    for i, (first, last, valid) in enumerate(spans):
        near = legs_about(start, end, first, last)
        if not near.any():
            continue
        some = legs if near.all() else legs[near].reset_index(drop=True)
        pieced = prepared_grounds(valid)
        overlapping = max(overlapping, pieced.overlapping)
        claimed = links if near.all() else _of_legs(links, near)
        who = Who.of(some)
        tell = part(progress, 0.2 + 0.8 * i / len(spans), 0.2 + 0.8 * (i + 1) / len(spans))
        shared, stays_of = ground.in_pieces(pieced.pieces, near, tell)
        found = SharedLegs(some, pieced.pieces, claimed, shared, stays_of, facts.by_hour)
        time, seen = found.cells(who), found.officer_time(who)
        # The data begins within an hour, so the first span takes what stands before it.
        opens = span is None and i == 0
        cells.append(time.where(begins_within(time.cells["period"], first, last, opens)))
        people.append(seen[begins_within(seen["period"], first, last, opens)])
    progress(1.0)
    seen = pd.concat(people, ignore_index=True) if people else empty_table(OFFICER_TIME)
    return TimeParts(TimeCells.beside(cells), seen, links.counts, overlapping)


def _spans(
    areas: pd.DataFrame, start: Ints, end: Ints, span: Optional[tuple[pd.Timestamp, pd.Timestamp]], timezone: str
) -> list[tuple[int, int, pd.DataFrame]]:
    """Spans of time (ns) in which the same areas count, over the legs or over the days asked for."""
    if span is None:
        return list(epochs(areas, int(start.min()), int(end.max()), timezone))
    return list(epochs(areas, span[0].value, span[1].value, timezone))


def _of_legs(links: Links, near: Bools) -> Links:
    """The links of some legs, renumbered."""
    keep = near[links.leg]
    place = np.cumsum(near) - 1
    return Links(place[links.leg[keep]], links.start[keep], links.end[keep], links.activity[keep], links.counts)
