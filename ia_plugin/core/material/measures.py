"""The measures: every figure of officer time, presence, visits and events, for any places at once. The one definition of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np
from numpy.typing import NDArray

from ..columns import MODES_AND_BICYCLE
from ..filter_state import FilterState
from ..presence.likely import likely_range
from ..sentence import phrase
from ..share_interval import share_interval
from ..suppression import FEW_OFFICERS, FEW_RESULTS, LEAST_SEARCHES, SOME_OF_FEW
from .by_group import HIDDEN, NOT_BY_MODE, Asked, asked_by_group, group_seconds
from .days import days_asked, days_counted, ground_of
from .kept import any_time, kept_cover, kept_events, kept_time, kept_visits, seconds_of
from .measure_list import KIND_OF, MEASURES, OF_EVENTS, Measure
from .mode_ranges import hours_of_modes, mode_shares, officers_at_least, whys_untold
from .places import NAN, Place, whole_force
from .records import any_events, any_such, coarse_rows
from .summary_tables import Material
from .sums import Floats, by_place, outside_sites

OF_TIME = ("share", "officer_hours", *MODES_AND_BICYCLE)
OF_COVER = ("cover_hours", "officers")
OF_VISITS = ("visits", "visit_minutes")

NO_DATA = phrase("no data in this period")
NO_RECORDS = phrase("no such records")
FILTERED_OUT = phrase("filtered out")
TOO_COARSE = phrase("the records tell only the day or month, and this filter asks for more")
NOT_THERE = phrase("the area is not in the data")
NOT_VALID = phrase("the area did not count in this period")
NO_DAY = phrase("the filter keeps no day of the period")
NO_TIME = phrase("no officer time under this filter")
SOME_MODES = phrase("the filter keeps some modes only")
ONE_GROUP = phrase("not known for this choice: choose at most one unit or one resource type, and no mode")
NO_GROUP = phrase("visits are not told by department or role")
OF_AREAS = phrase("known of areas only")


WHYS = {
    str(why): why
    for why in (
        NO_DATA,
        NO_RECORDS,
        FILTERED_OUT,
        TOO_COARSE,
        NOT_THERE,
        NOT_VALID,
        NO_TIME,
        SOME_MODES,
        FEW_OFFICERS,
        FEW_RESULTS,
        SOME_OF_FEW,
        ONE_GROUP,
        NO_GROUP,
        OF_AREAS,
        *HIDDEN,
    )
}
"""Reasons by their text, for one that was kept as text."""


@dataclass(frozen=True)
class Value:
    """A figure with its likely range (NaN where it has none); NaN itself where it is not known, and why."""

    value: float
    low: float = NAN
    high: float = NAN
    why: str = ""


def _whys(places: NDArray[np.bool_], why: str, others: object = "") -> NDArray[np.object_]:
    """A reason at some places, as the object it is: a sentence remembers how it was made."""
    return np.where(places, np.array(why, dtype=object), np.array(others, dtype=object))


class Column(NamedTuple):
    """A measure of each place: arrays (places) of value, likely range and why it is not known."""

    value: Floats
    low: Floats
    high: Floats
    why: NDArray[np.object_]

    @classmethod
    def of(cls, value: Floats, why: str = "", low: Optional[Floats] = None, high: Optional[Floats] = None) -> Column:
        """`why` stands where the value is not known."""
        nothing = np.full(len(value), NAN)
        reasons = _whys(~np.isfinite(value), why)
        return cls(value, nothing if low is None else low, nothing if high is None else high, reasons)

    def with_why_of(self, other: Column) -> Column:
        """The column with the reasons of the one it is reckoned from, where that is not known."""
        return self._replace(why=np.where(np.isfinite(other.value), self.why, other.why))

    def without(self, places: NDArray[np.bool_], why: str) -> Column:
        """The column with nothing known of some places."""
        value, low, high = (np.where(places, NAN, v) for v in self[:3])
        return Column(value, low, high, _whys(places, why, self.why))

    def withheld(self, whys: Sequence[str]) -> Column:
        """The column without the places that there is a reason to withhold."""
        column = self
        for why in dict.fromkeys(w for w in whys if w):
            column = column.without(np.array([w == why for w in whys], dtype=bool), why)
        return column


@dataclass(frozen=True, eq=False)
class Measured:
    """Every measure of some places under a filter: ``columns[key]``, in the order of `places`.

    `km2` is the ground of each in the time that the filter keeps, `km2_of_areas` that of its areas added, shared ground in each.
    """

    places: tuple[Place, ...]
    columns: dict[str, Column]
    km2: Floats
    km2_of_areas: Floats

    def __getitem__(self, key: str) -> Floats:
        """Values of a measure, one a place."""
        return self.columns[key].value

    def of(self, place: int, key: str) -> Value:
        """A measure of one place."""
        value, low, high, why = (v[place] for v in self.columns[key])
        return Value(float(value), float(low), float(high), why)

    def compared(self, measure: Measure) -> Floats:
        """A measure as places are compared by it: per km² where it grows with size."""
        if not measure.scales:
            return self[measure.key]
        return ratio(self[measure.key], self.km2_of_areas if measure.added else self.km2)


def measured(
    material: Material,
    state: FilterState,
    places: Sequence[Place],
    *,
    keys: Sequence[str] = (),
) -> Measured:
    """Every measure of `MEASURES` for each of some places, in one pass over the summary tables; ``results``, searches whose
    outcome is known, stands beside them.

    A place made of areas that did not count on any day of the period, by their validity, has no values.

    Parameters
    ----------
    material : the summary tables
    state : the filter; its areas are not asked, `places` are
    keys : the measures wanted, where not all are; what is computed with them may stand there too

    Examples
    --------
    ``measured(material, state, places(material))["officer_hours"]`` has the hours of every row of the answers.
    """
    asked, wanted = asked_by_group(material, state), set(keys) or {m.key for m in MEASURES}
    columns: dict[str, Column] = {}
    if asked is not None and wanted - set(OF_EVENTS):
        columns.update(_by_group(material, state, asked, places))
    for made, of in ((_time, OF_TIME), (_cover, OF_COVER), (_visits, OF_VISITS), (_events, OF_EVENTS)):
        if wanted & set(of) and (asked is None or made is _events):
            columns.update(made(material, state, places))
    reasons = whys_no_place(material, state, places)
    for why in (NOT_THERE, NOT_VALID, NO_DAY):
        out = np.array([r == why for r in reasons], dtype=bool)
        columns = {key: column.without(out, why) for key, column in columns.items()}
    return Measured(tuple(places), columns, *_sizes(material, state, places))


def ratio(part: Floats, whole: Floats) -> Floats:
    """A part for each of a whole; NaN of nothing.

    >>> ratio(np.array([6.0, 1.0]), np.array([3.0, 0.0])).tolist()
    [2.0, nan]
    """
    some = whole > 0
    return np.where(some, part / np.where(some, whole, 1.0), NAN)


def _sizes(material: Material, state: FilterState, places: Sequence[Place]) -> tuple[Floats, Floats]:
    """Mean ground of places under a filter, and of their areas added, km²; NaN where a place has none."""
    ground = ground_of(material, state)
    sums = [[sum(ground.get(r, 0.0) for r in some) for some in (p.rows, p.areas)] for p in places]
    sizes = np.array(sums, dtype=np.float64).reshape(-1, 2)
    sizes[[not p.areas for p in places]] = NAN
    return sizes[:, 0], sizes[:, 1]


def whys_no_place(material: Material, state: FilterState, places: Sequence[Place]) -> list[str]:
    """Why nothing is known of places under a filter: they are not there, or count on no day of the period; blank where they do."""
    days = days_counted(material, state)
    valid = set(material.areas["area_id"]) if days is None else set(days.index[days > 0])
    none = NO_DAY if state.first and state.last and not len(days_asked(state)) else NOT_VALID
    absent = [bool(p.areas) and valid.isdisjoint(p.areas) for p in places]
    return [NOT_THERE if not p.rows else none if out else "" for p, out in zip(places, absent)]


# --- time -------------------------------------------------------------------------------------------------------------


def _time(material: Material, state: FilterState, places: Sequence[Place]) -> dict[str, Column]:
    """Officer time, its share of the whole force's under the same filter, and its modes."""
    table, keep = material.time_use.table, kept_time(material, state)
    amounts = {
        "chosen": seconds_of(table, state.modes),
        "all": table["officer_seconds"],
        "variance": table["variance"],
        "systematic": table["systematic"],
        **{m: table[f"{m}_seconds"] for m in MODES_AND_BICYCLE},
    }
    keys = OF_TIME
    force = by_place(material.time_use, keep, [whole_force().rows], {"chosen": amounts["chosen"]})["chosen"][0]
    if why := _no_time(material, state):
        return dict.fromkeys(keys, Column.of(np.full(len(places), NAN), why))
    sums = _with_and_without_sites(material, keep, places, amounts)
    hours = _with_range(sums)
    percent = 100 * 3600 / force if force > 0 else NAN
    found = {
        "officer_hours": hours,
        "share": Column.of(hours.value * percent, NO_TIME, hours.low * percent, hours.high * percent),
    }
    officers, untold = officers_at_least(material, state, places), whys_untold(material, state, places)
    if state.modes:
        value, *ends = hours_of_modes(
            (hours.value, hours.low, hours.high), sums, officers, state.modes, material.share_spread
        )
        found["officer_hours"] = Column.of(value, "", *ends)
        found = {key: column.withheld(untold) for key, column in found.items()}
        return {**found, **dict.fromkeys(MODES_AND_BICYCLE, Column.of(np.full(len(places), NAN), SOME_MODES))}
    by_mode = mode_shares(sums, officers, material.share_spread)
    of_modes = {m: Column.of(value, phrase("no time there"), *ends) for m, (value, *ends) in by_mode.items()}
    return {**found, **{m: column.withheld(untold) for m, column in of_modes.items()}}


def _no_time(material: Material, state: FilterState) -> str:
    """Why officers' time is not known under a filter; blank where it is."""
    return "" if any_time(material, state) else NO_DATA


def _with_and_without_sites(
    material: Material, keep: NDArray[np.bool_], places: Sequence[Place], amounts: dict[str, Floats]
) -> dict[str, Floats]:
    hours, rows = material.time_use, [p.rows for p in places]
    without = by_place(hours, keep & outside_sites(hours), rows, amounts)
    with_sites = np.array([p.with_sites for p in places], dtype=bool)
    if not with_sites.any():
        return without
    whole = by_place(hours, keep, rows, amounts)
    return {n: np.where(with_sites, whole[n], without[n]) for n in amounts}


def _with_range(sums: dict[str, Floats]) -> Column:
    """Officer hours with their likely range: of independent errors the variances add, of a shared one the deviations."""
    seconds, whole = sums["chosen"], sums["all"]
    variance = sums["variance"] + sums["systematic"] ** 2
    # The spread of a mode's part of the time is its part of the spread.
    with np.errstate(invalid="ignore"):
        sd = np.sqrt(variance) * np.where(whole > 0, seconds / np.where(whole > 0, whole, 1.0), 0.0)
    low, high = likely_range(seconds / 3600, sd / 3600)
    unknown = ~np.isfinite(variance) | ((variance == 0) & (seconds > 0))
    return Column.of(seconds / 3600, "", np.where(unknown, NAN, low), np.where(unknown, NAN, high))


def _by_group(material: Material, state: FilterState, asked: Asked, places: Sequence[Place]) -> dict[str, Column]:
    """Officer time of the groups a filter chooses, and its share of the force's, from published months; of nothing else is it known."""
    keys, nothing = [m.key for m in MEASURES if m.key not in OF_EVENTS], np.full(len(places), NAN)
    if asked.why:
        return dict.fromkeys(keys, Column.of(nothing, asked.why))
    seconds, variance, systematic, whys = group_seconds(material, state, asked, [*places, whole_force()])
    sums = {"chosen": seconds, "all": seconds, "variance": variance, "systematic": systematic}
    hours = _with_range(sums)
    force = float(hours.value[-1])
    hours = Column(hours.value[:-1], hours.low[:-1], hours.high[:-1], np.array(whys[:-1], dtype=object))
    percent = 100 / force if force > 0 else NAN
    shares = Column.of(hours.value * percent, whys[-1] or NO_TIME, hours.low * percent, hours.high * percent)
    shares = shares.with_why_of(hours)
    return {**dict.fromkeys(keys, Column.of(nothing, NOT_BY_MODE)), "officer_hours": hours, "share": shares}


# --- cover, officers, visits ------------------------------------------------------------------------------------------


def _cover(material: Material, state: FilterState, places: Sequence[Place]) -> dict[str, Column]:
    """Cover and officers: they do not add over units or modes, so only what was computed as such is known."""
    keys, nothing = OF_COVER, np.full(len(places), NAN)
    hours, keep = material.cover, kept_cover(material, state)
    if why := NO_DATA if "cover" in material.without else _no_time(material, state):
        return dict.fromkeys(keys, Column.of(nothing, why))
    if keep is None:
        return dict.fromkeys(keys, Column.of(nothing, ONE_GROUP))
    officers = hours.table["officers"].to_numpy(np.float64)
    amounts = {"cover": hours.table["patrol_seconds"], "officers": officers, "hours": officers > 0}
    sums = by_place(hours, keep, [p.areas for p in places], amounts)
    found = {
        "cover_hours": Column.of(sums["cover"] / 3600),
        "officers": Column.of(ratio(sums["officers"], sums["hours"]), phrase("nobody there")),
    }
    return {k: c.without(_without_areas(places), OF_AREAS) for k, c in found.items()}


def _visits(material: Material, state: FilterState, places: Sequence[Place]) -> dict[str, Column]:
    """Visits by the hour of their entry, and their mean length."""
    keys, nothing = OF_VISITS, np.full(len(places), NAN)
    hours = material.visits
    if state.modes:
        return dict.fromkeys(keys, Column.of(nothing, phrase("a visit has no one mode")))
    if why := NO_DATA if "visits" in material.without else _no_time(material, state):
        return dict.fromkeys(keys, Column.of(nothing, why))
    keep = kept_visits(material, state)
    if keep is None:
        return dict.fromkeys(keys, Column.of(nothing, NO_GROUP))
    amounts = {n: hours.table[n] for n in ("visits", "seconds")}
    sums = by_place(hours, keep, [p.areas for p in places], amounts)
    found = {
        "visits": Column.of(sums["visits"]),
        "visit_minutes": Column.of(ratio(sums["seconds"], sums["visits"]) / 60, phrase("no visits")),
    }
    return {k: c.without(_without_areas(places), OF_AREAS) for k, c in found.items()}


def _without_areas(places: Sequence[Place]) -> NDArray[np.bool_]:
    return np.array([not p.areas for p in places], dtype=bool)


# --- events -----------------------------------------------------------------------------------------------------------


def _events(material: Material, state: FilterState, places: Sequence[Place]) -> dict[str, Column]:
    """Counts of incidents, crimes and searches, shared over their windows, and the share of searches that found something."""
    hours, nothing = material.events, np.full(len(places), NAN)
    rows, found = [p.rows for p in places], {}
    keep = kept_events(material, state) if len(hours.table) else np.zeros(0, dtype=bool)
    for key, kind in KIND_OF.items():
        why = why_no_events(material, state, kind)
        of_kind = hours.among("kind", (kind,)) if len(hours.table) else keep
        counts = nothing if why else by_place(hours, keep & of_kind, rows, {"n": hours.table["expected"]})["n"]
        found[key] = Column.of(counts, why)
        if kind == "stop_search":
            results = {n: hours.table[n] for n in ("found", "outcome_known")}
            sums = {n: nothing for n in results} if why else by_place(hours, keep & of_kind, rows, results)
            share = 100 * ratio(sums["found"], sums["outcome_known"])
            ends = (
                np.array([share_interval(*pair) for pair in zip(sums["found"], sums["outcome_known"])]).reshape(-1, 2)
                * 100
            )
            column = Column.of(share, why or phrase("no searches with a result"), *ends.T)
            few = (sums["outcome_known"] > 0) & (sums["outcome_known"] < LEAST_SEARCHES)
            found["found"] = column.without(few, FEW_RESULTS)
            found["results"] = Column.of(sums["outcome_known"], why)
    return found


def why_no_events(material: Material, state: FilterState, kind: str) -> str:
    """Why nothing is known of the records of a kind under a filter; blank where something is."""
    if not any_such(material, state, kind):
        return NO_RECORDS
    if state.kinds and kind not in state.kinds:
        return FILTERED_OUT
    if any_events(material, state, kind):
        return ""
    return TOO_COARSE if np.any(coarse_rows(material, state, (kind,))) else NO_DATA


__all__ = [
    "KIND_OF",
    "MEASURES",
    "NO_DATA",
    "NO_DAY",
    "OF_EVENTS",
    "Measure",
    "Measured",
    "Value",
    "measured",
    "ratio",
    "why_no_events",
    "whys_no_place",
]
