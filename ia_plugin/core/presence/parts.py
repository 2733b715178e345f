"""Legs, stays and their time in areas, cut where a civil period ends: what every table by period is summed from."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Optional, TypeVar

import numpy as np
import pandas as pd

from ..areas import validity
from ..arrays import Bools, Floats, Ints, Objects, Rows
from ..columns import ALL, RESOURCE_NOT_KNOWN, UNIT_NOT_KNOWN
from ..errors import ColumnError
from ..geometry.overlay import places_of_all
from ..params import SummaryParams
from ..times.instants import nanoseconds
from ..times.periods import Periods, civil_periods
from .bridge import BridgeOfSome
from .bridge_model import default_bridge

CONTIGUOUS_NS = 1_000_000  # an entry within a millisecond of the last leave goes on with the same visit


@dataclass(frozen=True)
class Facts:
    """The legs and areas as arrays and codes; `valid` are the first moment of each area and the one after its last, ns."""

    leg_index: pd.Index
    area_index: pd.Index
    shapes: Objects
    start: Ints
    end: Ints
    officer: Rows
    dimensions: dict[str, tuple[Rows, list[str]]]
    periods: Periods
    valid: tuple[Ints, Ints]

    @classmethod
    def of(cls, legs: pd.DataFrame, ready: pd.DataFrame, params: SummaryParams) -> Facts:
        """Of legs and of areas that :func:`~ia_plugin.core.areas.prepare_areas` has been through."""
        start, end = (nanoseconds(legs[c]) for c in ("start", "end"))
        dimensions = {
            "unit": _labelled(legs, "unit", UNIT_NOT_KNOWN),
            "resource_type": _labelled(legs, "resource_type", RESOURCE_NOT_KNOWN),
            "mode": _labelled(legs, "mode", "unknown")
            if "mode" in legs.columns
            else (np.zeros(len(legs), dtype=np.intp), [ALL]),
        }
        index = pd.Index(legs["leg_id"])
        if not index.is_unique:
            raise ColumnError(
                f"leg_id {index[index.duplicated()][0]} occurs more than once.", "Build the legs again from the fixes."
            )
        periods = civil_periods(int(start.min()), int(end.max()), params.period, params.timezone)
        officer = np.asarray(pd.factorize(legs["officer_id"])[0], dtype=np.intp)
        shapes, valid = ready["geometry"].to_numpy(), validity(ready, params.timezone)
        return cls(index, pd.Index(ready["area_id"]), shapes, start, end, officer, dimensions, periods, valid)

    def cut_by_validity(self) -> tuple[Facts, Rows]:
        """These facts with their periods cut where areas begin or end to count too, and the period that each such one is of."""
        edges = self.periods.edges
        inner = [e[(e > edges[0]) & (e < edges[-1])] for e in self.valid]
        fine = Periods(np.unique(np.concatenate([edges, *inner])))
        return replace(self, periods=fine), self.periods.index(fine.edges[:-1])

    def counts(self, area: Rows, period: Rows) -> Bools:
        """Whether areas count in periods, both as positions."""
        at = self.periods.edges[period]
        return np.asarray((self.valid[0][area] <= at) & (at < self.valid[1][area]))

    def leg_position(self, leg_id: pd.Series) -> Rows:
        """Row of each leg id in the legs table; :class:`ColumnError` for one that is not there."""
        return _positions(self.leg_index, leg_id, "leg")

    def area_position(self, area_id: pd.Series) -> Rows:
        """Row of each area id in the areas table; :class:`ColumnError` for one that is not there."""
        codes, uniques = pd.factorize(area_id)
        return np.asarray(_positions(self.area_index, pd.Series(uniques).astype(str), "area")[codes])


@dataclass(frozen=True)
class Stays:
    """Stays cut at the edges of periods."""

    leg: Rows
    area: Rows
    period: Rows
    start: Ints
    end: Ints
    entry: Bools  # the first part of a visit

    @classmethod
    def of(cls, facts: Facts, stays: pd.DataFrame) -> Stays:
        """Of the straight lines' stays."""
        leg, area = facts.leg_position(stays["leg_id"]), facts.area_position(stays["area_id"])
        return cls._cut(facts, leg, area, nanoseconds(stays["enter"]), nanoseconds(stays["leave"]))

    @classmethod
    def of_last_fix(cls, facts: Facts, leg: Rows, area: Rows) -> Stays:
        """Of legs in areas where the fix holds until the next: the whole leg is the stay."""
        return cls._cut(facts, leg, area, facts.start[leg], facts.end[leg])

    @classmethod
    def _cut(cls, facts: Facts, leg: Rows, area: Rows, enter: Ints, leave: Ints) -> Stays:
        order = np.lexsort((enter, facts.officer[leg], area))
        leg, area, enter, leave = leg[order], area[order], enter[order], leave[order]
        who = facts.officer[leg]
        goes_on = np.r_[
            False, (area[1:] == area[:-1]) & (who[1:] == who[:-1]) & (enter[1:] <= leave[:-1] + CONTIGUOUS_NS)
        ][: len(leg)]
        which, period, start, end = facts.periods.cut(enter, leave)
        first = np.r_[True, which[1:] != which[:-1]][: len(which)]
        return cls(leg[which], area[which], period, start, end, first & ~goes_on[which])


@dataclass(frozen=True)
class Parts:
    leg: Rows
    area: Rows
    period: Rows
    start: Ints
    end: Ints
    seconds: Floats
    variance: Floats  # what adds up of the variance
    systematic: Floats  # what adds up of the standard deviation


Cut = TypeVar("Cut")


def rows_at(table: Cut, keep: Bools) -> Cut:
    """Some rows of a dataclass of arrays."""
    return replace(table, **{f.name: getattr(table, f.name)[keep] for f in fields(table)})  # type: ignore[type-var,arg-type]


@dataclass(frozen=True)
class Made:
    """How a leg_areas table was made."""

    method: str
    bridge: Optional[BridgeOfSome]

    @classmethod
    def of(cls, legs: pd.DataFrame, leg_areas: pd.DataFrame, params: SummaryParams) -> Made:
        method = method_of(leg_areas)
        return cls(method, bridge_of(legs, leg_areas, params) if method == "bridge" else None)


@dataclass(frozen=True)
class CutLegs:
    """Legs in areas, cut where a period ends."""

    facts: Facts
    bridge: Optional[BridgeOfSome]
    stay: Stays
    parts: Parts

    @classmethod
    def of(
        cls, facts: Facts, legs: pd.DataFrame, leg_areas: pd.DataFrame, stays: pd.DataFrame, params: SummaryParams
    ) -> CutLegs:
        return cls.of_some(facts, Made.of(legs, leg_areas, params), leg_areas, stays)

    @classmethod
    def of_some(cls, facts: Facts, made: Made, leg_areas: pd.DataFrame, stays: pd.DataFrame) -> CutLegs:
        """Of some areas' rows of both tables: what a row is cut to hangs on no other area."""
        last_fix = made.method == "last_fix"
        leg, area = facts.leg_position(leg_areas["leg_id"]), facts.area_position(leg_areas["area_id"])
        held = leg_areas["seconds"].to_numpy(dtype=np.float64) > 0
        stay = Stays.of_last_fix(facts, leg[held], area[held]) if last_fix else Stays.of(facts, stays)
        return cls(facts, made.bridge, stay, leg_parts(facts, leg, area, leg_areas, stay, last_fix, made.bridge))


def method_of(leg_areas: pd.DataFrame) -> str:
    """How a leg_areas table was made: as its attributes say, else by whether it has a spread."""
    method = leg_areas.attrs.get("method")
    if method is None:
        return "bridge" if "seconds_sd" in leg_areas.columns and leg_areas["seconds_sd"].notna().any() else "linear"
    return str(method)


def bridge_of(legs: pd.DataFrame, leg_areas: pd.DataFrame, params: SummaryParams) -> BridgeOfSome:
    """The bridge that a leg_areas table was made with, else the default one."""
    limit = leg_areas.attrs.get("max_speed_ms", params.max_speed_ms)
    return BridgeOfSome(legs, limit, leg_areas.attrs.get("bridge") or default_bridge())


def leg_parts(
    facts: Facts,
    leg: Rows,
    area: Rows,
    leg_areas: pd.DataFrame,
    stay: Stays,
    last_fix: bool,
    bridge: Optional[BridgeOfSome],
) -> Parts:
    """The seconds of each leg and area, shared over the periods the leg runs through."""
    seconds = leg_areas["seconds"].to_numpy(dtype=np.float64)
    sd = (
        leg_areas["seconds_sd"].to_numpy(dtype=np.float64)
        if "seconds_sd" in leg_areas.columns
        else np.full(len(leg), np.nan)
    )
    which, period, start, end = facts.periods.cut(facts.start[leg], facts.end[leg])
    share = (end - start) / np.maximum(1, facts.end[leg] - facts.start[leg])[which]
    crossing = np.bincount(which, minlength=len(leg))[which] > 1
    if bridge is not None and crossing.any():
        share = _by_bridge(facts, leg, area, which, start, end, share, crossing, bridge)
    elif not last_fix and crossing.any():
        share = _by_stays(facts, leg, area, which, period, share, crossing, stay)
    inside, spread = seconds[which] * share, np.nan_to_num(sd[which])
    systematic = np.zeros(len(which)) if bridge is None else bridge.model.systematic(inside, spread * share)
    return Parts(leg[which], area[which], period, start, end, inside, spread**2 * share, systematic)


def _by_bridge(
    facts: Facts,
    leg: Rows,
    area: Rows,
    which: Rows,
    start: Ints,
    end: Ints,
    share: Floats,
    crossing: Bools,
    bridge: BridgeOfSome,
) -> Floats:
    """Shares of legs that cross an edge of periods: by their time in the area in each period, over the ways taken."""
    wanted = np.flatnonzero(crossing)
    crossing_leg = leg[which[wanted]]
    span = np.maximum(1, facts.end[crossing_leg] - facts.start[crossing_leg])
    first, last = (start[wanted] - facts.start[crossing_leg]) / span, (end[wanted] - facts.start[crossing_leg]) / span
    spent = np.zeros(len(wanted))
    made, at = bridge.of(crossing_leg)
    areas = places_of_all(facts.shapes)
    for k in np.unique(area[which[wanted]]):
        here, seen = np.flatnonzero(area[which[wanted]] == k), areas[k]
        if seen is not None:
            spent[here] = made.parts(at[here], seen, first[here], last[here])
    total = np.bincount(which[wanted], weights=spent, minlength=len(leg))[which[wanted]]
    shared = share.copy()
    shared[wanted] = np.where(total > 0, spent / np.where(total > 0, total, 1.0), share[wanted])
    return shared


def _by_stays(
    facts: Facts, leg: Rows, area: Rows, which: Rows, period: Rows, share: Floats, crossing: Bools, stay: Stays
) -> Floats:
    """Shares of legs that cross an edge of periods: by their straight-line time in the area in each period."""
    shape = (len(facts.leg_index), len(facts.area_index), len(facts.periods.edges))
    wanted = np.flatnonzero(crossing)
    part_key = np.ravel_multi_index((leg[which[wanted]], area[which[wanted]], period[wanted]), shape)
    stay_key = np.ravel_multi_index((stay.leg, stay.area, stay.period), shape)
    among = np.isin(stay_key, part_key)
    keys, inverse = np.unique(np.r_[part_key, stay_key[among]], return_inverse=True)
    straight = np.bincount(inverse[len(part_key) :], weights=(stay.end - stay.start)[among], minlength=len(keys))
    inside = straight[inverse[: len(part_key)]]
    total = np.bincount(which[wanted], weights=inside, minlength=len(leg))[which[wanted]]
    shared = share.copy()
    # Time that belongs to no straight-line stay keeps its share of the clock.
    shared[wanted] = np.where(total > 0, inside / np.maximum(total, 1), share[wanted])
    return shared


def _labelled(legs: pd.DataFrame, name: str, missing: str) -> tuple[Rows, list[str]]:
    if name not in legs.columns:
        return np.zeros(len(legs), dtype=np.intp), [missing]
    codes, uniques = pd.factorize(legs[name])
    labels = [str(u) for u in uniques]
    if (codes < 0).any():
        if missing not in labels:
            labels.append(missing)
        codes = np.where(codes < 0, labels.index(missing), codes)
    return np.asarray(codes, dtype=np.intp), labels


def _positions(index: pd.Index, values: pd.Series, what: str) -> Rows:
    found = index.get_indexer(values)
    if (found < 0).any():
        first = values.iloc[np.flatnonzero(found < 0)[:1]].tolist()[0]
        raise ColumnError(
            f"{what}_id {first!r} is not in the {what}s table.", f"Give the {what}s that the table was made from."
        )
    return np.asarray(found, dtype=np.intp)
