"""Time use: every observed second of officers by place, hour, unit, department, role, resource type and activity.

The cells that questions are answered from. They add up: over areas of one role, hours, units and activities, and all of
them to the time observed. What does not add (distinct officers, cover) is in the presence table.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..activity.links import Links, linked_time
from ..activity.rules import check_rules, default_rules
from ..columns import OFFICERS_SEEN, TIME_USE, require
from ..empty import empty_table
from ..params import ActivityParams, PresenceParams, SummaryParams
from ..postings import posting_of
from ..progress import Progress, part, silent
from ..times.instants import nanoseconds
from .cells import SharedLegs, Who
from .zones import epochs, grounds


def time_use(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    events: Optional[pd.DataFrame] = None,
    *,
    postings: Optional[pd.DataFrame] = None,
    event_officers: Optional[pd.DataFrame] = None,
    rules: Optional[pd.DataFrame] = None,
    activity: ActivityParams = ActivityParams(),
    method: PresenceParams = PresenceParams(bounds="none"),
    summary: SummaryParams = SummaryParams(),
    progress: Progress = silent,
) -> pd.DataFrame:
    """Observed officer time by area or role of area, civil hour, unit, department, role, resource type and activity.

    Parameters
    ----------
    legs : the legs table, metres; with modes where they were classified
    areas : the areas table; they may overlap, and count while ``valid_from`` and ``valid_to`` say so
    events, event_officers, rules, activity : see :func:`~ia_plugin.core.activity.activities`
    postings : the postings table, for department and role
    method : how time is shared with areas
    summary : the period of the cells and its time zone

    Returns
    -------
    DataFrame, the time_use table. Rows of areas (``area_id``) leave time at police sites out of every activity but
    "police_site"; rows "(impact)", "(comparison)", "(buffer)", "(other)", "(site)" and "(rest)" lay the whole force out
    with nothing twice and add up to the time observed. ``attrs``: ``events`` counts those linked and not, ``overlapping``
    the pairs of areas that share ground.
    """
    return laid_out(
        legs, areas, events, postings=postings, event_officers=event_officers, rules=rules, activity=activity, method=method,
        summary=summary, progress=progress,
    )[0]  # fmt: skip


def laid_out(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    events: Optional[pd.DataFrame] = None,
    *,
    postings: Optional[pd.DataFrame] = None,
    event_officers: Optional[pd.DataFrame] = None,
    rules: Optional[pd.DataFrame] = None,
    activity: ActivityParams = ActivityParams(),
    method: PresenceParams = PresenceParams(bounds="none"),
    summary: SummaryParams = SummaryParams(),
    progress: Progress = silent,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """:func:`time_use`, and the officers_seen table: distinct officers by place, civil day and group, for suppression."""
    require(legs, ("leg_id", "officer_id", "start", "end", "x0", "y0", "x1", "y1", "duration_s"), "legs")
    require(areas, ("area_id", "geometry"), "areas")
    ready = check_rules(default_rules() if rules is None else rules)
    if not len(legs):
        return empty_table(TIME_USE), empty_table(OFFICERS_SEEN)
    links = linked_time(legs, events, ready, activity, event_officers)
    progress(0.2)
    start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
    spans = list(epochs(areas, int(start.min()), int(end.max()), summary.timezone))
    posted = posting_of(legs, postings, time="start") if postings is not None and len(postings) else None
    cells: list[pd.DataFrame] = []
    seen: list[pd.DataFrame] = []
    overlapping = 0
    for i, (first, last, valid) in enumerate(spans):
        near = (start < last) & (end > first)
        some = legs if near.all() else legs[near].reset_index(drop=True)
        if not len(some):
            continue
        ground = grounds(valid)
        overlapping = max(overlapping, ground.overlapping)
        mine = links if near.all() else _of_legs(links, near)
        who = Who.of(some, postings, None if posted is None else posted[near])
        tell = part(progress, 0.2 + 0.8 * i / len(spans), 0.2 + 0.8 * (i + 1) / len(spans))
        shared = SharedLegs(some, ground.pieces, mine, method, summary, tell)
        for tables, table in ((cells, shared.cells(who)), (seen, shared.officers(who))):
            moment = nanoseconds(table["period"])
            # The data begins within an hour and within a day, so the first span takes what stands before it.
            tables.append(table[((moment >= first) | (i == 0)) & (moment < last)] if len(spans) > 1 else table)
    found = pd.concat(cells, ignore_index=True) if cells else empty_table(TIME_USE)
    found.attrs.update(events=links.counts, overlapping=overlapping)
    progress(1.0)
    return found, pd.concat(seen, ignore_index=True) if seen else empty_table(OFFICERS_SEEN)


def _of_legs(links: Links, near: NDArray[np.bool_]) -> Links:
    """The links of some legs, renumbered."""
    keep = near[links.leg]
    place = np.cumsum(near) - 1
    return Links(place[links.leg[keep]], links.start[keep], links.end[keep], links.activity[keep], links.counts)
