"""Presence: the time of legs in areas, by area, civil period, unit, resource type and mode."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ..areas import prepare_areas
from ..arrays import Array, Floats, Ints, Rows
from ..columns import ALL, PRESENCE, require
from ..distinct import distinct, numbered
from ..empty import empty_table
from ..errors import ColumnError
from ..params import SummaryParams
from ..times.intervals import cover_seconds, union_seconds
from .parts import CutLegs, Facts, Made, Parts, rows_at
from .unobserved import SilentNear, SilentSteps, silent_near, silent_steps

DIMENSIONS = ("area_id", "period", "unit", "resource_type", "mode")
SLAB_ROWS = 1_000_000
"""Rows of leg_areas that are laid out at a time, about; no figure hangs on it."""


def presence(
    legs: pd.DataFrame,
    areas: pd.DataFrame,
    leg_areas: pd.DataFrame,
    stays: pd.DataFrame,
    params: SummaryParams = SummaryParams(),
) -> pd.DataFrame:
    """Officer time, patrol time, officers and visits by area × civil period × unit × resource type × mode.

    Legs are cut where a period ends, in proportion to their straight-line time on each side (``last_fix``: to time).
    Patrol time, officers and visits do not add over rows: ask again with fewer ``groups``.

    Parameters
    ----------
    legs, areas, leg_areas, stays : the tables, `leg_areas` and `stays` made from these `legs` and `areas`; an area counts
        while its ``valid_from`` and ``valid_to`` say so
    params : SummaryParams

    Returns
    -------
    DataFrame, the presence table; a dimension that is not grouped by reads "(all)". ``unobserved_seconds`` is silent
    time of officers who could have been in the area meanwhile: it is the same silence for each area in reach, and is
    neither presence nor absence. A visit counts in the period of its entry.
    """
    return presence_in_prepared(legs, prepare_areas(areas)[0], leg_areas, stays, params)


def presence_in_prepared(
    legs: pd.DataFrame, ready: pd.DataFrame, leg_areas: pd.DataFrame, stays: pd.DataFrame, params: SummaryParams
) -> pd.DataFrame:
    """As :func:`presence`, in areas that :func:`~ia_plugin.core.areas.prepare_areas` has been through."""
    require(legs, ("leg_id", "officer_id", "start", "end", "x0", "y0", "x1", "y1"), "legs")
    require(leg_areas, ("leg_id", "area_id", "seconds"), "leg_areas")
    require(stays, ("leg_id", "area_id", "enter", "leave"), "stays")
    if not len(legs):
        return empty_table(PRESENCE)
    whole = Facts.of(legs, ready, params)
    facts, of_period = whole.cut_by_validity()
    made, keys = Made.of(legs, leg_areas, params), _Groups(whole, params.groups)
    silent = silent_steps(legs, params.between_duties_s)
    near = silent_near(silent, facts.shapes, facts.periods, params.max_speed_ms)
    found = [
        _rows(CutLegs.of_some(facts, made, some, entered), keys, of_period, silent, reach)
        for some, entered, reach in _slabs(facts, leg_areas, stays, near, apart=keys.by_area)
    ]
    return pd.concat(found, ignore_index=True) if len(found) > 1 else found[0]


def _slabs(
    facts: Facts, leg_areas: pd.DataFrame, stays: pd.DataFrame, near: SilentNear, *, apart: bool
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, SilentNear]]:
    """The tables by some areas after others, where no row of presence is of two areas: memory is that of the largest slab."""
    if not apart or len(leg_areas) <= SLAB_ROWS:
        yield leg_areas, stays, near
        return
    place, entered = facts.area_position(leg_areas["area_id"]), facts.area_position(stays["area_id"])
    rows = np.cumsum(np.bincount(place, minlength=len(facts.area_index)))
    last = np.flatnonzero(np.diff(rows // SLAB_ROWS, append=rows[-1] // SLAB_ROWS + 1))
    for first, end in zip(np.r_[0, last[:-1] + 1], last + 1):
        a, b, c = ((of >= first) & (of < end) for of in (place, entered, near.area))
        yield leg_areas[a], stays[b], rows_at(near, c)


def _rows(cut: CutLegs, keys: _Groups, of_period: Rows, silent: SilentSteps, near: SilentNear) -> pd.DataFrame:
    """The presence table of some areas' parts, stays and silences in reach."""
    facts = cut.facts
    parts = rows_at(cut.parts, facts.counts(cut.parts.area, cut.parts.period))
    stay = rows_at(cut.stay, facts.counts(cut.stay.area, cut.stay.period))
    quiet = rows_at(near, facts.counts(near.area, near.period))
    rows_part = keys.code(parts.area, of_period[parts.period], parts.leg)
    rows_stay = keys.code(stay.area, of_period[stay.period], stay.leg)
    rows_quiet = keys.code(quiet.area, of_period[quiet.period], silent.leg[quiet.step], no_mode=True)
    codes, (of_part, of_stay, of_quiet) = numbered(rows_part, rows_stay, rows_quiet)
    n = len(codes)
    table = keys.labels(codes)
    table["officer_seconds"] = np.bincount(of_part, weights=parts.seconds, minlength=n)
    if cut.bridge is None:
        table["officer_seconds_sd"] = np.nan
        table["patrol_seconds"] = union_seconds(of_stay, stay.start, stay.end, n)
    else:
        table["officer_seconds_sd"] = _sd(of_part, parts, n)
        table["patrol_seconds"] = _cover(of_part, parts, n, merged=not keys.by_area)
    there = parts.seconds > 0  # in an area that only the hard bounds reach, or in the hour before, nobody was seen
    table["officers"] = distinct(of_part[there], facts.officer[parts.leg[there]], n)
    table["visits"] = np.bincount(of_stay, weights=stay.entry, minlength=n).astype(np.int64)
    table["unobserved_seconds"] = np.bincount(of_quiet, weights=quiet.seconds, minlength=n)
    return table[list(PRESENCE.names)]


def _sd(row: Rows, parts: Parts, n: int) -> Floats:
    """Standard deviation of each row's time: errors of legs are not independent, what is systematic adds before it is squared."""
    variance = np.bincount(row, weights=parts.variance, minlength=n)
    systematic = np.bincount(row, weights=parts.systematic, minlength=n)
    return np.asarray(np.sqrt(variance + systematic**2))


def _cover(row: Rows, parts: Parts, n: int, *, merged: bool) -> Floats:
    """Time with at least one officer there: each is there with the probability that the share of a leg's part gives.

    `merged`: areas share rows, so that a part of a leg may be in a row more than once.
    """
    if not merged:
        p = _likely(parts.seconds, parts.start, parts.end)
        return cover_seconds(row, parts.start, parts.end, p, n)
    order = np.lexsort((parts.period, parts.leg, row))
    fresh = np.arange(len(order)) == 0
    for key in (row, parts.leg, parts.period):
        fresh[1:] |= np.diff(key.take(order)) != 0
    first = np.flatnonzero(fresh)
    # One officer in two areas of a row is in the one or in the other.
    seconds = np.add.reduceat(parts.seconds[order], first) if len(first) else np.empty(0)
    at = order[first]
    p = _likely(seconds, parts.start[at], parts.end[at])
    return cover_seconds(row[at], parts.start[at], parts.end[at], p, n)


def _likely(seconds: Floats, start: Ints, end: Ints) -> Floats:
    """How likely an officer was there at a moment of each part."""
    return np.asarray(np.clip(seconds / np.maximum((end - start) / 1e9, 1e-9), 0.0, 1.0))


class _Groups:
    """Group codes of rows, and their labels back again."""

    def __init__(self, facts: Facts, groups: tuple[str, ...]) -> None:
        unknown = [g for g in groups if g not in DIMENSIONS]
        if unknown:
            raise ColumnError(f"Cannot group by {unknown[0]!r}.", f"Group by some of {', '.join(DIMENSIONS)}.")
        self._facts, self._groups = facts, groups
        sizes = {"area_id": len(facts.area_index), "period": len(facts.periods.edges) - 1}
        sizes.update({name: len(labels) + 1 for name, (_, labels) in facts.dimensions.items()})
        self._shape = tuple(sizes[g] if g in groups else 1 for g in DIMENSIONS)

    @property
    def by_area(self) -> bool:
        return "area_id" in self._groups

    def code(self, area: Rows, period: Rows, leg: Rows, *, no_mode: bool = False) -> Ints:
        """Code of each row; with `no_mode` in the row of no particular mode."""
        values = {"area_id": area, "period": period}
        values.update({name: codes[leg] for name, (codes, _) in self._facts.dimensions.items()})
        labels = self._facts.dimensions["mode"][1]
        if no_mode:
            values["mode"] = np.full(len(leg), 0 if labels == [ALL] else len(labels), dtype=np.intp)
        zero = np.zeros(len(leg), dtype=np.intp)
        return np.ravel_multi_index(tuple(values[g] if g in self._groups else zero for g in DIMENSIONS), self._shape)

    def labels(self, codes: Ints) -> pd.DataFrame:
        values = dict(zip(DIMENSIONS, np.unravel_index(codes, self._shape)))
        table: dict[str, Array] = {}
        for name in DIMENSIONS:
            if name == "period":
                index = values[name] if name in self._groups else np.zeros(len(codes), dtype=np.intp)
                table[name] = self._facts.periods.starts()[index]
            elif name not in self._groups:
                table[name] = np.full(len(codes), ALL, dtype=object)
            else:
                known = self._facts.area_index if name == "area_id" else [*self._facts.dimensions[name][1], ALL]
                table[name] = np.asarray(known, dtype=object)[values[name]]
        return pd.DataFrame(table)
