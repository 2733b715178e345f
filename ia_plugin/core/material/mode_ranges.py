"""How far the shares of time by mode may be off, where it is only known how many officers stand behind the time; of too few none is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..activity.rules import OF_MODE
from ..columns import MODES_AND_BICYCLE
from ..filter_state import FilterState
from ..movement.likely_shares import ShareSpread, concentration_of, share_range
from ..suppression import FEW_OFFICERS, LEAST, SOME_OF_FEW
from .kept import kept_cover, kept_time
from .officers import ROUNDED, officers_behind
from .places import Place
from .summary_tables import Material
from .sums import Floats, by_place, outside_sites, rows_of_places

Ends = tuple[Floats, Floats, Floats]  # best estimates and both ends of their likely ranges


def mode_shares(sums: Mapping[str, Floats], officers: Floats, spread: Optional[ShareSpread] = None) -> dict[str, Ends]:
    """Share of time by mode and its likely range, in per cent, for each place.

    Parameters
    ----------
    sums : seconds of each place by mode, and of ``all``
    officers : how many officers at the least stand behind them
    spread : of the model that told the modes; None for the one that comes with the plugin

    Returns
    -------
    By mode (value, low, high); "unknown" is counted and no estimate, so that it has no range.
    """
    whole = sums["all"]
    per = np.divide(100.0, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    nothing = np.full(len(whole), np.nan)
    found = {"unknown": (sums["unknown"] * per, nothing, nothing)}
    for mode in (m for m in MODES_AND_BICYCLE if m != "unknown"):
        share = sums[mode] * per / 100
        known, alike = 1 - sums["unknown"] * per / 100, concentration_of(officers)
        ends = share_range(share, known, whole / 3600, alike, mode, spread)
        found[mode] = (100 * share, 100 * ends[0], 100 * ends[1])
    return found


def hours_of_modes(
    hours: Ends,
    sums: Mapping[str, Floats],
    officers: Floats,
    modes: Sequence[str],
    spread: Optional[ShareSpread] = None,
) -> Ends:
    """The likely range of the hours of some modes: what the gaps between fixes leave open, and beside it what the modes do.

    The range of several modes is the sum of theirs, the widest it can be; of all modes there are, the gaps' alone. Where no mode is
    told of any of the time, an estimated mode's hours have none: they may be all of it.

    Parameters
    ----------
    hours : (value, low, high) of each place, officer-hours, by the gaps alone
    sums, officers, spread : as of :func:`mode_shares`
    modes : those whose hours they are
    """
    value, low, high = hours
    by_mode, whole = mode_shares(sums, officers, spread), sums["all"] / 3600
    ends = [np.where(np.isfinite(by_mode[m][1:]), by_mode[m][1:], by_mode[m][0]) for m in modes]  # a count has no range
    least, most = np.clip(np.sum(ends, axis=0), 0.0, 100.0) * whole / 100
    some = value < whole * (1.0 - 1e-9)
    blind = some & (sums["unknown"] >= sums["all"] * (1.0 - 1e-9)) & any(m != "unknown" for m in modes)
    least, most = np.where(some, np.minimum(least, value), value), np.where(some, np.maximum(most, value), value)
    down, up = np.hypot(value - low, value - least), np.hypot(high - value, most - value)
    down, up = (np.where(blind, np.nan, part) for part in (down, up))
    return value, np.clip(value - down, 0.0, None), value + up


def activity_ranges(
    table: pd.DataFrame, of: str, officers: Floats, spread: Optional[ShareSpread] = None
) -> tuple[Floats, Floats]:
    """The ends of the range of each row's hours, or of its share, of the time that nothing else claims.

    Parameters
    ----------
    table : ``place, activity, officer_hours`` and `of`, the column whose ends are asked for, hours or per cent
    officers : how many officers at the least stand behind each row's place
    spread : as of :func:`mode_shares`

    Returns
    -------
    (low, high), NaN where a row's class hangs on no mode: it is counted.
    """
    values, modes = table[of].to_numpy(dtype=np.float64), {a: m for m, a in OF_MODE.items()}
    by_mode = table["activity"].isin(modes).to_numpy(dtype=bool)
    unknown = (table["activity"] == "not_known").to_numpy(dtype=bool)

    def together(column: str, which: NDArray[np.bool_]) -> Floats:
        return np.asarray(table[column].where(which, 0.0).groupby(table["place"]).transform("sum"), dtype=np.float64)

    whole, hours = together(of, by_mode | unknown), together("officer_hours", by_mode | unknown)
    share, known = (
        np.divide(part, whole, out=np.zeros(len(table)), where=whole > 0) for part in (values, together(of, by_mode))
    )
    low, high = np.full(len(table), np.nan), np.full(len(table), np.nan)
    for activity, mode in modes.items():
        rows = np.flatnonzero((table["activity"] == activity).to_numpy())
        ends = share_range(share[rows], known[rows], hours[rows], concentration_of(officers[rows]), mode, spread)
        low[rows], high[rows] = (
            np.minimum(ends[0] * whole[rows], values[rows]),
            np.maximum(ends[1] * whole[rows], values[rows]),
        )
    return low, high


def officers_at_least(material: Material, state: FilterState, places: Sequence[Place]) -> Floats:
    """How many officers at the least stand behind the time of each place that a filter keeps.

    The most of any one hour: nobody can spend more than an hour in one, so that 4.2 officer-hours are those of five; and of
    areas the count of the cover table, where it is kept. Five of a day count as five however many they were: no more of a day is
    published, and a figure has one range through every door.
    """
    key = (
        "officers_at_least",
        replace(state, modes=()),
        bool(state.modes),
        tuple((p.rows, p.areas, p.with_sites) for p in places),
    )
    return material.memo.once(key, lambda: _officers_at_least(material, state, places))


def _officers_at_least(material: Material, state: FilterState, places: Sequence[Place]) -> Floats:
    least = np.zeros(len(places))
    hours, keep = material.time_use, kept_time(material, state)
    seconds = hours.table["officer_seconds"].to_numpy(np.float64)
    with_sites = np.array([p.with_sites for p in places], dtype=bool)
    for some in np.unique(with_sites):
        rows = np.flatnonzero(keep if some else keep & outside_sites(hours))
        at, area = pd.factorize(hours.at[rows])[0], hours.table["area_id"].cat
        shape = (len(area.categories), int(at.max(initial=-1)) + 1)
        cell = area.codes.to_numpy()[rows].astype(np.int64) * shape[1] + at
        spent = np.bincount(cell, weights=seconds[rows], minlength=shape[0] * shape[1]).reshape(shape)
        for i, of_place in enumerate(rows_of_places(hours, [p.rows for p in places])):
            if with_sites[i] == some:
                least[i] = np.ceil(spent[of_place].sum(axis=0) / 3600 - ROUNDED).max(initial=0.0)
    behind = np.minimum(officers_behind(material, state), LEAST)
    by_day = [max((float(behind.get(r, 0.0)) for r in (*p.rows, *p.areas)), default=0.0) for p in places]
    return np.asarray(
        np.maximum.reduce([least, np.array(by_day), _in_cover(material, state, places)]), dtype=np.float64
    )


def _in_cover(material: Material, state: FilterState, places: Sequence[Place]) -> Floats:
    """The most officers in any hour of any area of each place, by the cover table; 0 where it tells none."""
    kept: NDArray[np.bool_] | None = kept_cover(material, state)
    if kept is None or not len(material.cover.table):
        return np.zeros(len(places))
    area = material.cover.table["area_id"].cat
    most = np.zeros(len(area.categories))
    rows = np.flatnonzero(kept)
    np.maximum.at(most, area.codes.to_numpy()[rows], material.cover.table["officers"].to_numpy(np.float64)[rows])
    members = rows_of_places(material.cover, [p.areas for p in places])
    return np.array([most[m].max(initial=0.0) for m in members], dtype=np.float64)


def whys_untold(material: Material, state: FilterState, places: Sequence[Place]) -> list[str]:
    """Why it is not told how officers moved at each of some places; blank where it is.

    Fewer than five are known to have been there (on any one day, in any one hour), or the counts of all the hours that a filter
    keeps come to fewer than five together: their split by mode would tell what one of them did. Of areas chosen together each is
    looked at, or what is told of all but one would tell of that one. Their time as a whole stands. Nothing is withheld of restricted
    cells, nor for a restricted audience, nor of the whole force, which is told however small it is.

    Examples
    --------
    Of an area where two officers were "fewer than five officers"; of it and another together "fewer than five officers in one of
    these areas".
    """
    if material.purpose or material.in_full:
        return [""] * len(places)
    every = replace(state, modes=())
    key = ("untold", every, tuple((p.label, p.rows) for p in places))
    return list(material.memo.once(key, lambda: _whys_untold(material, every, places)))


def _whys_untold(material: Material, state: FilterState, places: Sequence[Place]) -> list[str]:
    apart = {area: Place(area, "", "", (area,), (area,)) for p in places if _chosen_together(p) for area in p.areas}
    own, of_area = _few_at(material, state, places), dict(zip(apart, _few_at(material, state, [*apart.values()])))
    some = [_chosen_together(p) and any(of_area[a] for a in p.areas) for p in places]
    return [SOME_OF_FEW if s else FEW_OFFICERS if f and p.role != "all" else "" for p, s, f in zip(places, some, own)]


def _few_at(material: Material, state: FilterState, places: Sequence[Place]) -> NDArray[np.bool_]:
    """At which places there was any time, and not surely that of five officers."""
    if not places:
        return np.zeros(0, dtype=bool)
    few = (_officers_at_most(material, state, places) < LEAST) | (officers_at_least(material, state, places) < LEAST)
    return np.asarray(few & _any_time_at(material, state, places))


def _chosen_together(place: Place) -> bool:
    return len(place.areas) > 1 and place.rows == place.areas


def _any_time_at(material: Material, state: FilterState, places: Sequence[Place]) -> NDArray[np.bool_]:
    hours, keep = material.time_use, kept_time(material, state)
    amounts = {"s": hours.table["officer_seconds"].to_numpy(np.float64)}
    whole = by_place(hours, keep, [p.rows for p in places], amounts)["s"]
    outside = by_place(hours, keep & outside_sites(hours), [p.rows for p in places], amounts)["s"]
    return np.asarray(np.where([p.with_sites for p in places], whole, outside) > 0)


def _officers_at_most(material: Material, state: FilterState, places: Sequence[Place]) -> Floats:
    """The counts of all hours of the areas of each place, added: no more officers than that were there; no end where none is kept."""
    kept = kept_cover(material, state)
    if kept is None or "cover" in material.without or not len(material.cover.table):
        return np.full(len(places), np.inf)
    amounts = {"n": material.cover.table["officers"].to_numpy(np.float64)}
    counted = by_place(material.cover, kept, [p.areas for p in places], amounts)["n"]
    return np.where([bool(p.areas) for p in places], counted, np.inf)
