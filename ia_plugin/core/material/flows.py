"""Amounts at the hours of a filter, in its places, and the hours that have data: what charts of time are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..activity.rules import LINKED
from ..filter_state import FilterState
from ..sentence import phrase, sentence
from ..suppression import FEW_RESULTS, LEAST_SEARCHES
from ..times.civil import pandas_zone
from ..words import count_of, mode_share
from .days import DAY, civil_days
from .kept import kept_events, kept_time, seconds_of
from .measures import FILTERED_OUT, NO_DATA, NO_RECORDS, whys_no_place
from .mode_ranges import whys_untold
from .notes import coarse_notes
from .places import chosen_place
from .records import any_such, covered_days
from .summary_tables import Hours, Material, closed, kept_moments

KINDS = {
    "searches": ("stop_search",),
    "crimes": ("crime",),
    "incidents": ("incident",),
    "demand": ("crime", "incident"),
}
_HOUR = 3_600_000_000_000  # ns
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Flow:
    """Amounts at the hours of a table, and the hours with data of the whole force (ns).

    Amounts are whole where they are counted whole, officers' time in seconds, so that their sums are the same in any order; divided
    by `per` a sum is in the unit of the chart.
    """

    moments: NDArray[np.int64]
    amounts: Floats
    known: NDArray[np.int64]
    why: str = ""
    notes: tuple[str, ...] = ()
    per: float = 1.0


def time_kept(material: Material, state: FilterState, apart: bool = False) -> Any:
    """Rows of time_use in the filter and its places; time at police sites is left out (bool, n)."""
    hours = material.time_use
    out = ("police_site", *(a for a, _ in LINKED)) if apart else ("police_site",)
    return (
        kept_time(material, state)
        & hours.among("area_id", chosen_place(material, state).rows)
        & ~hours.among("activity", out)
    )


def flow_of(material: Material, state: FilterState, what: str, fine: tuple[str, ...], apart: bool) -> Flow:
    """Amounts of presence or of events in the filter's places, by hour.

    Parameters
    ----------
    what : presence, or a key of `KINDS`
    fine : how coarse records may be in time
    apart : leave out of presence the time linked to incidents and searches
    """
    why = whys_no_place(material, state, [chosen_place(material, state)])[0]
    if why:
        return _nothing(why)
    if what != "presence":
        return _events_flow(material, state, what, fine)
    if state.modes and (why := whys_untold(material, state, [chosen_place(material, state)])[0]):
        return _nothing(why)
    hours = material.time_use
    keep = time_kept(material, state, apart)
    amounts = seconds_of(hours.table[keep], state.modes)
    known = _known_hours(material, state, what, fine)
    return Flow(hours.moments, _at_moments(hours, keep, amounts), known, "" if len(known) else NO_DATA, per=3600.0)


def _events_flow(material: Material, state: FilterState, what: str, fine: tuple[str, ...]) -> Flow:
    hours, kinds = material.events, KINDS[what]
    if state.kinds and not set(kinds) <= set(state.kinds):
        return _nothing(FILTERED_OUT)
    there = all(hours.has("kind", k) for k in kinds)
    if not (there and any(any_such(material, state, k) for k in kinds)):
        return _nothing(NO_RECORDS)
    here = hours.among("kind", kinds) & hours.among("area_id", chosen_place(material, state).rows)
    keep = kept_events(material, state) & here & hours.among("precision", fine)
    own = hours.table[keep]
    notes = _event_notes(material, state, kinds, fine, own if what == "searches" else None)
    if not all((hours.among("kind", (k,)) & hours.among("precision", fine)).any() for k in kinds):
        return _nothing(phrase("these records tell only the day or month of the event"), notes)
    known = _known_hours(material, state, what, fine)
    amounts = _at_moments(hours, keep, own["expected"].to_numpy(np.float64))
    return Flow(hours.moments, amounts, known, "" if len(known) else NO_DATA, notes)


def _known_hours(material: Material, state: FilterState, what: str, fine: tuple[str, ...]) -> NDArray[np.int64]:
    """The hours of a filter with data in the whole force (ns), of all kinds that are asked."""
    if what == "presence":
        moments = material.time_use.moments
        return np.asarray(moments[kept_moments(moments, state)])
    known, *others = [_hours_with_records(material, state, kind, fine) for kind in KINDS[what]]
    for other in others:
        known = np.intersect1d(known, other)
    return known


def _hours_with_records(material: Material, state: FilterState, kind: str, fine: tuple[str, ...]) -> NDArray[np.int64]:
    """Hours of the filter in the days of which records of a kind tell, from the first record's hour on."""
    hours = material.events
    rows = hours.among("kind", (kind,)) & hours.among("precision", fine)
    moments = hours.moments[np.unique(hours.at[rows])]
    if not len(moments):
        return np.empty(0, np.int64)
    days = covered_days(material, closed(state, moments), kind, fine)
    kept = hours_kept(state, days)
    return np.asarray(kept[np.isin(civil_days(kept, state), days) & (kept >= moments.min())])


def _event_notes(
    material: Material, state: FilterState, kinds: tuple[str, ...], fine: tuple[str, ...], searches: Any
) -> tuple[str, ...]:
    """What took no part; and of searches, always, how many found their object (METHODS §4)."""
    notes = coarse_notes(material, state, chosen_place(material, state).rows, kinds, fine)
    if searches is not None:
        known = float(searches["outcome_known"].sum())
        if known < LEAST_SEARCHES:
            notes.append(sentence("Searches where the object was found: {share}.", share=FEW_RESULTS))
        else:  # how many: those of a chart of hours are fewer than those of the figure beside it
            found = mode_share(100 * float(searches["found"].sum()) / known)
            notes.append(
                sentence(
                    "Of the {searches} with a result that are counted here the object was found in {share}.",
                    searches=count_of(known, "searches"),
                    share=found,
                )
            )
    return tuple(notes)


def _nothing(why: str, notes: tuple[str, ...] = ()) -> Flow:
    return Flow(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64), why, notes)


def _at_moments(hours: Hours, keep: Any, amounts: Any) -> Floats:
    return np.bincount(hours.at[keep], weights=amounts, minlength=len(hours.moments)).astype(np.float64)


def hours_kept(state: FilterState, days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Start of every hour that the filter keeps (ns); an open period goes from the first day with data to the last."""
    if not len(days):
        return np.empty(0, np.int64)
    first = state.first or min(days.min().item(), state.last or date.max)
    last = state.last or max(days.max().item(), first)
    spans = replace(state, first=first, last=last).spans()
    # No hour is longer than an hour: a span begins at a civil hour, and clocks change by whole ones.
    hours = [np.arange(pd.Timestamp(a).value, pd.Timestamp(b).value, _HOUR) for a, b in spans]
    return np.concatenate(hours) if hours else np.empty(0, np.int64)


def by_day(
    material: Material, state: FilterState, what: str, *, apart: bool = False
) -> tuple[Flow, NDArray[np.datetime64], Floats]:
    """Amounts of each civil day that a filter asks: (what they are drawn from, days, values), NaN for days without data."""
    flow = flow_of(material, state, what, _by_day_at_least(state), apart)
    if flow.why:
        return flow, np.empty(0, "datetime64[D]"), np.empty(0)
    with_data = _with_data(material, state, what, flow.known)
    days = np.unique(civil_days(hours_kept(state, with_data), state))
    at = pd.Index(days).get_indexer(pd.Index(civil_days(flow.moments, state)))
    sums = np.bincount(at[at >= 0], weights=flow.amounts[at >= 0], minlength=len(days))
    return flow, days, np.where(np.isin(days, with_data), sums / flow.per, np.nan)


def days_with_data(material: Material, state: FilterState, what: str) -> int:
    """How many of the civil days that a filter asks have data in the whole force, as the amounts of :func:`by_day` count them."""
    with_data = _with_data(material, state, what, _known_hours(material, state, what, _by_day_at_least(state)))
    return len(np.intersect1d(civil_days(hours_kept(state, with_data), state), with_data))


def _by_day_at_least(state: FilterState) -> tuple[str, ...]:
    """How coarse records may be for an amount of each day."""
    return tuple(p for p in state.precisions if p != "month")


def _with_data(material: Material, state: FilterState, what: str, known: NDArray[np.int64]) -> NDArray[np.datetime64]:
    days = np.unique(civil_days(known, state))
    return _whole_days(material, days) if what == "presence" else days


def _whole_days(material: Material, days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Days without the ones that the data begin and end in, which are not whole: they would read as a rise and a fall."""
    first, last = material.days
    if first is None or last is None:
        return days
    begin = pd.Timestamp(int(material.time_use.moments.min()), tz="UTC").tz_convert(pandas_zone(material.timezone))
    low = np.datetime64(first, "D") + (DAY if begin.hour else 0 * DAY)
    whole = days[(days >= low) & (days <= np.datetime64(last, "D"))]
    return whole if len(whole) else days
