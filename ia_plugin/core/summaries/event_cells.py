"""Events by place, hour, kind and category: the cells that questions on crime, incidents and searches are answered from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..areas import EVENT_ROLE_ORDER, REST, epochs, points_in_areas, role_label, with_roles
from ..arrays import Bools, Floats, Ints, Objects, Rows
from ..columns import EVENT_CELLS, require
from ..empty import empty_table
from ..events.area_events import NEEDED, current_events
from ..events.row_facts import row_answers
from ..events.sensitive import answers_as_kept
from ..events.squares import pairs_with_small, sides_of, too_small_for
from ..times.instants import nanoseconds
from ..times.periods import civil_periods

NO_PLACE = "(no place)"
SHARE = 2.0**-30
"""What the shares of an event over the hours of its window are whole numbers of: sums are exact, and a page holds them."""
_PRECISION = {"minute": "hour", "hour": "hour", "day": "day", "month": "month"}
_KEYS = ["area_id", "period", "precision", "kind", "category", "key_type", "generated_by", "sensitive"]


def event_cells(events: pd.DataFrame, areas: pd.DataFrame, timezone: str = "Europe/London") -> pd.DataFrame:
    """Counts of events by area or role of area, civil hour, kind, category, key type and who caused the record.

    An event whose time is a window is shared over its hours (aoristic analysis, Ratcliffe & McCullagh 1998). One that tells
    the day or the month only stands at the first hour of it, with that ``precision``, and has no hour.

    Parameters
    ----------
    events : the events table; superseded and withdrawn records take no part
    areas : the areas table; an event counts in an area while the area does, by the start of its window; one whose place is
        a square (``square_m``) counts in no area smaller than it, and as without a place where it touches one

    Returns
    -------
    DataFrame, the event_cells table: ``events`` by the start of the window, ``expected`` shared over it, ``outcome_known``
    and ``found`` (searches whose result is recorded, and those whose object was found). Rows "(impact)" … "(rest)" and
    "(no place)" cover all events with none twice.
    """
    require(events, NEEDED, "events")
    current = current_events(events, timezone=timezone).reset_index(drop=True)
    if not len(current):
        return empty_table(EVENT_CELLS)
    which, label = _placed(current, areas, timezone)
    parts = _shared(current, timezone)
    # Each event's few hours, in each of its few rows of places.
    order = np.argsort(parts["event"].to_numpy(), kind="stable")
    sorted_ = parts["event"].to_numpy()[order]
    low, high = np.searchsorted(sorted_, which, side="left"), np.searchsorted(sorted_, which, side="right")
    size = high - low
    place = np.repeat(np.arange(len(which)), size)
    row = order[np.repeat(low, size) + np.arange(len(place)) - np.repeat(np.cumsum(size) - size, size)]
    table = parts.iloc[row].reset_index(drop=True)
    table["area_id"] = label[place]
    summed = ["events", "expected", "outcome_known", "found"]
    found = table.groupby(_KEYS, sort=True, dropna=False)[summed].sum().reset_index()
    found["key_type"] = found["key_type"].replace("", None)
    found["sensitive"] = found["sensitive"].map({"yes": True, "no": False}).astype(object)
    found["sensitive"] = found["sensitive"].where(found["sensitive"].notna(), None)
    return found[list(EVENT_CELLS.names)]


def _placed(events: pd.DataFrame, areas: pd.DataFrame, timezone: str) -> tuple[Rows, Objects]:
    """(event, row of place) pairs: each area the event lies in, and the one role of its ground.

    An event at a police station inside an area is the area's all the same: only the time of officers is kept apart there.
    """
    start = nanoseconds(events["start"])
    x, y = (events[c].to_numpy(dtype=np.float64, na_value=np.nan) for c in ("x", "y"))
    has_place, square_m = np.isfinite(x) & np.isfinite(y), sides_of(events)
    rank = np.where(has_place, len(EVENT_ROLE_ORDER), len(EVENT_ROLE_ORDER) + 1)
    found: list[tuple[Rows, Objects]] = []
    every, _ = with_roles(areas)
    for first, last, valid in epochs(every, int(start.min()), int(start.max()) + 1, timezone):
        some = np.flatnonzero(has_place & (start >= first) & (start < last))
        if not len(some) or not len(valid):
            continue
        at, area = points_in_areas(x[some], y[some], valid)
        fits = ~too_small_for(square_m[some[at]], valid.iloc[area])
        at, area = at[fits], area[fits]
        known = pd.Index(EVENT_ROLE_ORDER).get_indexer(valid["role"])
        np.minimum.at(rank, some[at], np.where(known < 0, len(EVENT_ROLE_ORDER), known)[area])
        found.append((some[at], valid["area_id"].to_numpy(dtype=object)[area]))
        # On which side of a smaller area's edge such an event was, nobody can tell.
        rank[some[pairs_with_small(x[some], y[some], square_m[some], valid)[0]]] = len(EVENT_ROLE_ORDER) + 1
    part = np.array([*(role_label(r) for r in EVENT_ROLE_ORDER), REST, NO_PLACE], dtype=object)[rank]
    which = np.concatenate([np.arange(len(events)), *(f[0] for f in found)])
    return which, np.concatenate([part, *(f[1] for f in found)])


def _answers(events: pd.DataFrame) -> Objects:
    """What the force says of each event's category: yes, no or nothing."""
    answers = answers_as_kept(events["sensitive"]) if "sensitive" in events.columns else [None] * len(events)
    return np.array([{True: "yes", False: "no", None: ""}[t] for t in answers], dtype=object)


def _shared(events: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """Each event's hours with its share of them; a coarse event has one row."""
    precision = events["time_precision"].map(_PRECISION).fillna("hour").to_numpy(dtype=object)
    start = nanoseconds(events["start"])
    end = np.where(precision == "hour", np.maximum(nanoseconds(events["end"]), start), start)
    periods = civil_periods(int(start.min()), int(end.max()) + 1, "hour", timezone)
    which, period, _, stop = periods.cut(start, end)
    first = np.r_[True, which[1:] != which[:-1]][: len(which)]
    share = _shares(stop - start[which], (end - start)[which], first)
    outcome = _found(events)[which]
    return pd.DataFrame(
        {
            "event": which,
            "period": periods.starts()[period],
            "precision": precision[which],
            "kind": events["kind"].to_numpy(dtype=object)[which],
            "category": _words(events, "category")[which],
            "key_type": _words(events, "key_type")[which],
            "generated_by": _words(events, "generated_by", "unknown")[which],
            "sensitive": _answers(events)[which],
            "events": first.astype(np.int64),
            "expected": share,
            "outcome_known": (first & ~np.isnan(outcome)).astype(np.int64),
            "found": (first & (outcome == 1.0)).astype(np.int64),
        }
    )


def _shares(until: Ints, span: Ints, first: Bools) -> Floats:
    """Each hour's share of its event, in whole :data:`SHARE`: what has passed of the window by the hour's end, rounded, less what had
    passed before. An event's shares add up to one, and sums of shares are the same in any order.

    Parameters
    ----------
    until : ns from the event's begin to the end of its part of the hour
    span : ns that its window lasts
    first : whether the hour is the event's first
    """
    passed = np.where(span > 0, np.rint(until / np.maximum(span, 1) / SHARE), 1 / SHARE)
    return np.asarray(np.where(first, passed, passed - np.r_[0.0, passed[:-1]][: len(passed)]) * SHARE)


def _words(events: pd.DataFrame, name: str, missing: str = "") -> Objects:
    if name not in events.columns:
        return np.full(len(events), missing, dtype=object)
    column = events[name].astype(object)
    return np.asarray(column.where(column.notna(), missing), dtype=object)


def _found(events: pd.DataFrame) -> Floats:
    """1 where a search found its object, 0 where it did not, NaN where nothing is recorded."""
    if "object_found" not in events.columns:
        return np.full(len(events), np.nan)
    return np.asarray(pd.to_numeric(row_answers(events["object_found"])).to_numpy(dtype=np.float64, na_value=np.nan))
