"""Presence: the time of legs in areas, by area, civil period, unit, resource type and mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..areas import prepare_areas
from ..columns import ALL, PRESENCE, RESOURCE_NOT_KNOWN, UNIT_NOT_KNOWN, require
from ..errors import ColumnError
from ..instants import nanoseconds
from ..intervals import cover_seconds, union_seconds
from ..params import SummaryParams
from ..periods import Periods, civil_periods
from .bridge_model import default_bridge
from .bridging import Bridge
from .leg_arrays import leg_limits
from .unobserved import silent_near, silent_steps

DIMENSIONS = ("area_id", "period", "unit", "resource_type", "mode")
CONTIGUOUS_NS = 1_000_000  # an entry within a millisecond of the last leave goes on with the same visit


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
    legs, areas, leg_areas, stays : the tables, `leg_areas` and `stays` made from these `legs` and `areas`
    params : SummaryParams

    Returns
    -------
    DataFrame, the presence table; a dimension that is not grouped by reads "(all)". ``unobserved_seconds`` is silent
    time of officers who could have been in the area meanwhile: it is the same silence for each area in reach, and is
    neither presence nor absence. A visit counts in the period of its entry.
    """
    require(legs, ("leg_id", "officer_id", "start", "end", "x0", "y0", "x1", "y1"), "legs")
    require(leg_areas, ("leg_id", "area_id", "seconds"), "leg_areas")
    require(stays, ("leg_id", "area_id", "enter", "leave"), "stays")
    if not len(legs):
        return _empty()
    facts = _Facts.of(legs, areas, params)
    method = method_of(leg_areas)
    last_fix = method == "last_fix"
    pair_leg, pair_area = facts.leg_position(leg_areas["leg_id"]), facts.area_position(leg_areas["area_id"])
    held = leg_areas["seconds"].to_numpy(dtype=np.float64) > 0
    stay = _Stays.of(facts, pair_leg[held], pair_area[held], stays, last_fix)
    bridge = _bridge(legs, leg_areas, params) if method == "bridge" else None
    parts = _leg_parts(facts, pair_leg, pair_area, leg_areas, stay, last_fix, bridge)
    silent = silent_steps(legs, params.between_duties_s)
    keys = _Groups(facts, params.groups)
    rows_part = keys.code(parts.area, parts.period, parts.leg)
    rows_stay = keys.code(stay.area, stay.period, stay.leg)
    quiet = silent_near(silent, facts.shapes, facts.periods, params.max_speed_ms)
    rows_quiet = keys.code(quiet.area, quiet.period, silent.leg[quiet.step], no_mode=True)
    codes, inverse = np.unique(np.concatenate([rows_part, rows_stay, rows_quiet]), return_inverse=True)
    n, a, b = len(codes), len(rows_part), len(rows_part) + len(rows_stay)
    of_part, of_stay, of_quiet = inverse[:a], inverse[a:b], inverse[b:]
    table = keys.labels(codes)
    table["officer_seconds"] = np.bincount(of_part, weights=parts.seconds, minlength=n)
    variance = np.bincount(of_part, weights=parts.variance, minlength=n)
    if bridge is None:
        table["patrol_seconds"] = union_seconds(of_stay, stay.start, stay.end, n)
    else:
        lasts = legs["duration_s"].to_numpy(dtype=np.float64)[parts.leg]
        # Errors of legs are not independent: what is systematic adds before it is squared.
        together = np.bincount(of_part, weights=parts.seconds * bridge.model.relative_error(lasts), minlength=n)
        variance += together**2
        table["patrol_seconds"] = _cover(of_part, parts, n)
    table["officer_seconds_sd"] = np.sqrt(variance)
    table["officers"] = _distinct(of_part, facts.officer[parts.leg], n)
    table["visits"] = np.bincount(of_stay, weights=stay.entry, minlength=n).astype(np.int64)
    table["unobserved_seconds"] = np.bincount(of_quiet, weights=quiet.seconds, minlength=n)
    if method != "bridge":
        table["officer_seconds_sd"] = np.nan
    return table[list(PRESENCE.names)]


@dataclass(frozen=True)
class _Facts:
    """The legs and areas as arrays and codes."""

    leg_index: pd.Index
    area_index: pd.Index
    shapes: Any
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    officer: NDArray[np.intp]
    dimensions: dict[str, tuple[NDArray[np.intp], list[str]]]
    periods: Periods

    @classmethod
    def of(cls, legs: pd.DataFrame, areas: pd.DataFrame, params: SummaryParams) -> _Facts:
        ready, _ = prepare_areas(areas)
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
        return cls(
            index, pd.Index(ready["area_id"]), ready["geometry"].to_numpy(), start, end, officer, dimensions, periods
        )

    def leg_position(self, leg_id: pd.Series) -> NDArray[np.intp]:
        return _positions(self.leg_index, leg_id, "leg")

    def area_position(self, area_id: pd.Series) -> NDArray[np.intp]:
        codes, uniques = pd.factorize(area_id)
        return np.asarray(_positions(self.area_index, pd.Series(uniques).astype(str), "area")[codes])


@dataclass(frozen=True)
class _Stays:
    """Stays cut at the edges of periods."""

    leg: NDArray[np.intp]
    area: NDArray[np.intp]
    period: NDArray[np.intp]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    entry: NDArray[np.bool_]  # the first part of a visit

    @classmethod
    def of(cls, facts: _Facts, pair_leg: Any, pair_area: Any, stays: pd.DataFrame, last_fix: bool) -> _Stays:
        if last_fix:
            # The fix holds until the next: the whole leg is the stay.
            leg, area = pair_leg, pair_area
            enter, leave = facts.start[leg], facts.end[leg]
        else:
            leg, area = facts.leg_position(stays["leg_id"]), facts.area_position(stays["area_id"])
            enter, leave = (nanoseconds(stays[c]) for c in ("enter", "leave"))
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
class _Parts:
    leg: NDArray[np.intp]
    area: NDArray[np.intp]
    period: NDArray[np.intp]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    seconds: NDArray[np.float64]
    variance: NDArray[np.float64]


def method_of(leg_areas: pd.DataFrame) -> str:
    """How a leg_areas table was made: as its attributes say, else by whether it tells a spread."""
    said = leg_areas.attrs.get("method")
    if said is None:
        return "bridge" if "seconds_sd" in leg_areas.columns and leg_areas["seconds_sd"].notna().any() else "linear"
    return str(said)


def _bridge(legs: pd.DataFrame, leg_areas: pd.DataFrame, params: SummaryParams) -> Bridge:
    limits = leg_limits(legs, leg_areas.attrs.get("max_speed_ms", params.max_speed_ms))
    return Bridge(legs, limits, leg_areas.attrs.get("bridge") or default_bridge())


def _leg_parts(
    facts: _Facts, leg: Any, area: Any, leg_areas: pd.DataFrame, stay: _Stays, last_fix: bool, bridge: Optional[Bridge]
) -> _Parts:
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
    variance = np.nan_to_num(sd[which]) ** 2 * share
    return _Parts(leg[which], area[which], period, start, end, seconds[which] * share, variance)


def _by_bridge(
    facts: _Facts, leg: Any, area: Any, which: Any, start: Any, end: Any, share: Any, crossing: Any, bridge: Bridge
) -> Any:
    """Shares of legs that cross an edge of periods: by their time in the area in each period, over the ways taken."""
    wanted = np.flatnonzero(crossing)
    mine = leg[which[wanted]]
    span = np.maximum(1, facts.end[mine] - facts.start[mine])
    first, last = (start[wanted] - facts.start[mine]) / span, (end[wanted] - facts.start[mine]) / span
    spent = np.zeros(len(wanted))
    for k in np.unique(area[which[wanted]]):
        here = np.flatnonzero(area[which[wanted]] == k)
        spent[here] = bridge.parts(mine[here], facts.shapes[k], first[here], last[here])
    total = np.bincount(which[wanted], weights=spent, minlength=len(leg))[which[wanted]]
    shared = share.copy()
    shared[wanted] = np.where(total > 0, spent / np.where(total > 0, total, 1.0), share[wanted])
    return shared


def _cover(row: Any, parts: _Parts, n: int) -> Any:
    """Time with at least one officer there: each is there with the probability that the share of a leg's part gives."""
    key = np.column_stack([row, parts.leg, parts.period])
    order = np.lexsort((parts.period, parts.leg, row))
    key = key[order]
    first = np.flatnonzero(np.r_[True, (key[1:] != key[:-1]).any(axis=1)]) if len(key) else np.empty(0, dtype=np.intp)
    # One officer in two areas of a row is in the one or in the other.
    seconds = np.add.reduceat(parts.seconds[order], first) if len(first) else np.empty(0)
    at = order[first]
    lasts = (parts.end[at] - parts.start[at]) / 1e9
    p = np.clip(seconds / np.maximum(lasts, 1e-9), 0.0, 1.0)
    return cover_seconds(row[at], parts.start[at], parts.end[at], p, n)


def _by_stays(
    facts: _Facts, leg: Any, area: Any, which: Any, period: Any, share: Any, crossing: Any, stay: _Stays
) -> Any:
    """Shares of legs that cross an edge of periods: by their straight-line time in the area in each period."""
    shape = (len(facts.leg_index), len(facts.area_index), len(facts.periods.edges))
    wanted = np.flatnonzero(crossing)
    part_key = np.ravel_multi_index((leg[which[wanted]], area[which[wanted]], period[wanted]), shape)
    stay_key = np.ravel_multi_index((stay.leg, stay.area, stay.period), shape)
    among = np.isin(stay_key, part_key)
    keys, inverse = np.unique(np.r_[part_key, stay_key[among]], return_inverse=True)
    straight = np.bincount(inverse[len(part_key) :], weights=(stay.end - stay.start)[among], minlength=len(keys))
    mine = straight[inverse[: len(part_key)]]
    total = np.bincount(which[wanted], weights=mine, minlength=len(leg))[which[wanted]]
    shared = share.copy()
    # Time that belongs to no straight-line stay keeps its share of the clock.
    shared[wanted] = np.where(total > 0, mine / np.maximum(total, 1), share[wanted])
    return shared


class _Groups:
    """Group codes of rows, and their labels back again."""

    def __init__(self, facts: _Facts, groups: tuple[str, ...]) -> None:
        unknown = [g for g in groups if g not in DIMENSIONS]
        if unknown:
            raise ColumnError(f"Cannot group by {unknown[0]!r}.", f"Group by some of {', '.join(DIMENSIONS)}.")
        self._facts, self._groups = facts, groups
        sizes = {"area_id": len(facts.area_index), "period": len(facts.periods.edges) - 1}
        sizes.update({name: len(labels) + 1 for name, (_, labels) in facts.dimensions.items()})
        self._shape = tuple(sizes[g] if g in groups else 1 for g in DIMENSIONS)

    def code(self, area: Any, period: Any, leg: Any, *, no_mode: bool = False) -> Any:
        """Code of each row; with `no_mode` in the row of no particular mode."""
        values = {"area_id": area, "period": period}
        values.update({name: codes[leg] for name, (codes, _) in self._facts.dimensions.items()})
        labels = self._facts.dimensions["mode"][1]
        if no_mode:
            values["mode"] = np.full(len(leg), 0 if labels == [ALL] else len(labels), dtype=np.intp)
        zero = np.zeros(len(leg), dtype=np.intp)
        return np.ravel_multi_index(tuple(values[g] if g in self._groups else zero for g in DIMENSIONS), self._shape)

    def labels(self, codes: Any) -> pd.DataFrame:
        values = dict(zip(DIMENSIONS, np.unravel_index(codes, self._shape)))
        table: dict[str, Any] = {}
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


def _labelled(legs: pd.DataFrame, name: str, missing: str) -> tuple[NDArray[np.intp], list[str]]:
    if name not in legs.columns:
        return np.zeros(len(legs), dtype=np.intp), [missing]
    codes, uniques = pd.factorize(legs[name])
    labels = [str(u) for u in uniques]
    if (codes < 0).any():
        if missing not in labels:
            labels.append(missing)
        codes = np.where(codes < 0, labels.index(missing), codes)
    return np.asarray(codes, dtype=np.intp), labels


def _positions(index: pd.Index, values: pd.Series, what: str) -> NDArray[np.intp]:
    found = index.get_indexer(values)
    if (found < 0).any():
        first = values.iloc[int(np.flatnonzero(found < 0)[0])]
        raise ColumnError(
            f"{what}_id {first!r} is not in the {what}s table.", f"Give the {what}s that the table was made from."
        )
    return np.asarray(found, dtype=np.intp)


def _distinct(row: Any, officer: Any, n: int) -> Any:
    pairs = np.unique(row.astype(np.int64) * (int(officer.max(initial=0)) + 1) + officer)
    return np.bincount(pairs // (int(officer.max(initial=0)) + 1), minlength=n)


def _empty() -> pd.DataFrame:
    kinds = {"str": object, "float": np.float64, "int": np.int64, "time": "datetime64[ns, UTC]"}
    return pd.DataFrame({c.name: pd.Series(dtype=kinds[c.kind]) for c in PRESENCE.columns})
