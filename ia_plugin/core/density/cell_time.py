"""Whose time lies in which cell, by day and shift of a week: restricted, and what officer density is made of.

The cells are the blocks that areas of one's own are made of (:mod:`~ia_plugin.core.disclosure.blocks`), and their time is that of
:func:`~ia_plugin.core.presence.leg_areas.time_in_areas` with ``method="linear"`` and the cells as areas: a leg is a straight move at
constant speed. Each leg's time is cut wherever it enters another cell, a shift, a police site or the time of a sensitive incident.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

import numpy as np
import pandas as pd

from ..activity.links import linked_time
from ..activity.rules import check_rules, default_rules
from ..areas import sites_of, with_roles, within_validity
from ..arrays import Ints, Objects, Rows
from ..columns import require
from ..distinct import distinct
from ..events.mappable import may_be_mapped
from ..geometry.grid_lines import line_crossings, square_of
from ..group_time.month import LEAST_CHANGE_S
from ..params import ActivityParams
from ..presence.leg_arrays import leg_ends
from ..presence.straight_stays import stays_in_prepared
from ..suppression import LEAST
from ..times.instants import nanoseconds
from .home_rests import home_rests
from .shift_weeks import SHIFT_NAMES, ShiftWeek

Spans = tuple[Rows, Ints, Ints]
"""(row of the leg, start, end), ns."""

PARTS = ("shift", "cell", "day", "officer_id", "seconds")
SQUARES = ("officer_id", "period", "column", "row", "rest", "seconds")
_KEYS = ["officer", "period", "column", "row", "rest"]


@dataclass(frozen=True)
class DensityFacts:
    """What time is left out of density, the same for every officer of the force.

    Parameters
    ----------
    side_m : side of a cell, :func:`~ia_plugin.core.disclosure.blocks.side_of` the force's minimum
    areas : the areas table; time in those of role ``site`` is left out while they count
    events, event_officers : the tables, where there are any; time that is linked to an event that may be no point on a map
        (:func:`~ia_plugin.core.events.mappable.may_be_mapped`: sexual, domestic, others like them, codes) is left out
    activity : how events are linked
    """

    side_m: float
    areas: pd.DataFrame
    events: Optional[pd.DataFrame] = None
    event_officers: Optional[pd.DataFrame] = None
    activity: ActivityParams = field(default_factory=ActivityParams)


def cell_time(legs: pd.DataFrame, week: ShiftWeek, facts: DensityFacts) -> pd.DataFrame:
    """Seconds of some officers by shift, day and cell of a week: :func:`square_time` in words, see :func:`named`."""
    return named(square_time(legs, week, facts))


def square_time(legs: pd.DataFrame, week: ShiftWeek, facts: DensityFacts) -> pd.DataFrame:
    """Seconds of some officers by shift and cell of a week, in numbers.

    Parameters
    ----------
    legs : all legs of these officers from :data:`~ia_plugin.core.density.shift_weeks.AROUND` before the week to as long after it
    week : of shifts
    facts : of the force

    Returns
    -------
    DataFrame of ``officer_id``, ``period`` (of :attr:`~ia_plugin.core.density.shift_weeks.ShiftWeek.periods`), ``column`` and
    ``row`` of the cell, ``rest`` (whether in a rest that may be at home, see :func:`without_homes`) and ``seconds``, by officer and
    the others in turn. What is up to a second has no row: nobody was there.
    """
    require(legs, ("officer_id", "start", "end", "x0", "y0", "x1", "y1"), "legs")
    legs = legs.sort_values(["officer_id", "start"], kind="stable", ignore_index=True)
    rest = home_rests(legs)
    start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
    first, last = week.edges
    inside = (start < last) & (end > first) & (end > start)
    some, rest = legs[inside].reset_index(drop=True), rest[inside]
    some = some.assign(leg_id=np.arange(len(some)), duration_s=(end - start)[inside] / 1e9)
    if not len(some):
        return pd.DataFrame(columns=[*SQUARES])
    leg, start, end = _pieces(some, week, facts)
    period = week.periods.index(start)
    column, row = _squares(some, leg, start, end, facts.side_m)
    officer, names = pd.factorize(some["officer_id"])
    table = pd.DataFrame(
        {"officer": officer[leg], "period": period, "column": column, "row": row, "rest": rest[leg], "seconds": (end - start) / 1e9}
    )  # fmt: skip
    found = table.groupby(_KEYS, as_index=False, sort=True)["seconds"].sum()
    found = found[found["seconds"] > LEAST_CHANGE_S].reset_index(drop=True)
    found["officer_id"] = np.asarray(names, dtype=object)[found["officer"].to_numpy()]
    return found[[*SQUARES]]


def named(squares: pd.DataFrame) -> pd.DataFrame:
    """A table of :func:`square_time` in words.

    Returns
    -------
    DataFrame of ``shift``, ``cell`` ("row:column", as :attr:`~ia_plugin.core.disclosure.blocks.Blocks.text` writes one block),
    ``day`` (0 Monday to 6 Sunday, on which the shift began), ``officer_id``, ``seconds`` and ``rest``.
    """
    period, column, row = (squares[n].to_numpy(dtype=np.int64) for n in ("period", "column", "row"))
    shifts = len(SHIFT_NAMES)
    return pd.DataFrame(
        {
            "shift": np.array(SHIFT_NAMES, dtype=object)[period % shifts],
            "cell": cell_names(column, row),
            "day": period // shifts,
            "officer_id": squares["officer_id"].to_numpy(dtype=object),
            "seconds": squares["seconds"].to_numpy(dtype=np.float64),
            "rest": squares["rest"].to_numpy(dtype=bool),
        }
    )


def without_homes(parts: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """The parts of all officers without their rests, but for cells in which `least` officers rested in that week.

    Where five rest, at a post, a scene or a station that was given as no site, it is no home.
    """
    if not len(parts):
        return parts[[*PARTS]]
    cell, _ = pd.factorize(parts["cell"])
    officer, _ = pd.factorize(parts["officer_id"])
    rest = parts["rest"].to_numpy(dtype=bool)
    many = distinct(cell[rest], officer[rest], int(cell.max()) + 1) >= least
    kept = parts[~rest | many[cell]]
    return kept.groupby([n for n in PARTS if n != "seconds"], as_index=False, sort=True)["seconds"].sum()[[*PARTS]]


def cell_names(column: Ints, row: Ints) -> Objects:
    """Ids of cells, "row:column".

    >>> cell_names(np.array([3, 3]), np.array([7, -1])).tolist()
    ['7:3', '-1:3']
    """
    if not len(row):
        return np.empty(0, dtype=object)
    west, wide = int(column.min()), int(column.max() - column.min()) + 1
    codes, packed = pd.factorize(row * wide + (column - west))
    names = [f"{c // wide}:{c % wide + west}" for c in packed.tolist()]
    return np.asarray(np.array(names, dtype=object)[codes])


def _pieces(legs: pd.DataFrame, week: ShiftWeek, facts: DensityFacts) -> tuple[Rows, Ints, Ints]:
    """(leg, start, end) of the parts of legs, each in one cell and one shift of the week, that are not left out."""
    start, end = nanoseconds(legs["start"]), nanoseconds(legs["end"])
    n = len(legs)
    moves, moments = _crossings(legs, start, end, facts.side_m)
    at_edge, edge = _shift_edges(start, end, week)
    spans = [_of_sites(legs, facts, week), _of_sensitive(legs, facts)]
    leg, first, last = (np.concatenate([s[i] for s in spans]) for i in range(3))
    first, last = np.clip(first, start[leg], end[leg]), np.clip(last, start[leg], end[leg])
    every = np.arange(n)
    who = np.concatenate([every, every, moves, at_edge, leg, leg])
    when = np.concatenate([start, end, moments, edge, first, last])
    # What is left out opens at a span's start and closes at its end, so that spans may overlap.
    step = np.zeros(len(who), dtype=np.int64)
    opened = len(who) - 2 * len(leg)
    step[opened : opened + len(leg)], step[opened + len(leg) :] = 1, -1
    order = np.lexsort((when, who))
    who, when, left_out = who[order], when[order], np.cumsum(step[order])
    real = np.flatnonzero((who[1:] == who[:-1]) & (when[1:] > when[:-1]) & (left_out[:-1] == 0))
    first_ns, last_ns = week.edges
    real = real[(when[real] >= first_ns) & (when[real] < last_ns)]
    return who[real], when[real], when[real + 1]


def _crossings(legs: pd.DataFrame, start: Ints, end: Ints, side_m: float) -> tuple[Rows, Ints]:
    """(leg, moment) of each move from one cell into the next."""
    x0, y0, x1, y1 = leg_ends(legs)
    found = [line_crossings(x0, x1, side_m), line_crossings(y0, y1, side_m)]
    move, share = (np.concatenate([f[i] for f in found]) for i in range(2))
    return move, start[move] + np.rint(share * (end - start)[move]).astype(np.int64)


def _shift_edges(start: Ints, end: Ints, week: ShiftWeek) -> tuple[Rows, Ints]:
    """(leg, moment) of each shift that ends while a leg goes on."""
    edges = week.periods.edges
    low, high = np.searchsorted(edges, start, side="right"), np.searchsorted(edges, end, side="left")
    count = np.maximum(high - low, 0)
    leg = np.repeat(np.arange(len(start)), count)
    nth = np.arange(len(leg)) - np.repeat(np.cumsum(count) - count, count)
    return leg, edges[low[leg] + nth]


def _squares(legs: pd.DataFrame, leg: Rows, start: Ints, end: Ints, side_m: float) -> tuple[Ints, Ints]:
    """(column, row) of pieces of legs: of the middle of each, for its ends lie on lines."""
    x0, y0, x1, y1 = leg_ends(legs)
    begin, stop = (nanoseconds(legs[c])[leg] for c in ("start", "end"))
    share = ((start - begin) + (end - begin)) / 2.0 / (stop - begin)
    x, y = x0[leg] + share * (x1 - x0)[leg], y0[leg] + share * (y1 - y0)[leg]
    return square_of(x, side_m), square_of(y, side_m)


def _of_sites(legs: pd.DataFrame, facts: DensityFacts, week: ShiftWeek) -> Spans:
    """The time of legs at police sites."""
    if not len(facts.areas):
        return _none()
    ready = with_roles(facts.areas)[0]
    sites = sites_of(ready).reset_index(drop=True)
    if not len(sites):
        return _none()
    there = within_validity(stays_in_prepared(legs, sites), sites, week.timezone, "enter")
    return there["leg_id"].to_numpy(dtype=np.intp), nanoseconds(there["enter"]), nanoseconds(there["leave"])


def _of_sensitive(legs: pd.DataFrame, facts: DensityFacts) -> Spans:
    """The time of legs that is linked to events whose place leads to a person in need."""
    if facts.events is None or not len(facts.events):
        return _none()
    sensitive = facts.events[~may_be_mapped(facts.events)].reset_index(drop=True)
    found = linked_time(legs, sensitive, check_rules(default_rules()), facts.activity, facts.event_officers)
    return found.leg, found.start, found.end


def _none() -> Spans:
    none = np.empty(0, dtype=np.int64)
    return none, none, none


__all__ = ["PARTS", "SQUARES", "DensityFacts", "cell_names", "cell_time", "named", "square_time", "without_homes"]
