"""Which days are complete, and which are still filling: a day half arrived, or half recorded, would read as a quiet one.

Officers' time arrives in parts of extracts: a day is complete once its usual hours have come in. Events are recorded late: their
days are complete by the force's own recording delay (:mod:`~ia_plugin.core.events.record_delays`), where it is known.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ..arrays import Bools, Floats
from ..events.kinds import NAMES_OF_KINDS
from ..events.record_delays import within_days
from ..filter_state import FilterState, day_in_words, last_month, last_weeks
from ..sentence import joined, phrase, sentence
from ..words import capitalised
from .days import Days, civil_days
from .measure_list import KIND_OF
from .records import last_whole_day, starts_of
from .summary_tables import Material

COMPLETE = 0.95  # of a day's usual time lies in hours that have come in
ARRIVED = 0.5  # of an hour's usual time: with less it has not come in whole
USUAL_WEEKS = 8
LEAST_WEEKS = 3  # that the usual time is taken of; with fewer a day counts by whether it has ended
LOOKED_AT = 14  # days at the end of the data
STALE = 35  # days: a kind whose records end so long before officers' time has no say in when a default period ends
KINDS = {**{what: (kind,) for what, kind in KIND_OF.items()}, "demand": ("crime", "incident")}
STILL_FILLING = phrase("still filling")
HOUR_NS = 3_600 * 10**9
WEEK = 24 * 7


def last_complete_day(material: Material) -> Optional[date]:
    """The last civil day on which all is complete, officers' time and every kind of event: a default period ends there.

    A kind whose recording delay is not known has no say, nor has one whose records end five weeks and more before the time of
    officers: of the days since it has none, which is said as such. None without officers' time.
    """
    first, last = material.days
    time = last_filled_day(material)
    if first is None or last is None or time is None:
        return time
    ends = [time]
    for kind, delay in material.delays.items():
        filled = delay.filled_to
        if filled is not None and delay.to is not None and delay.to >= last - timedelta(days=STALE):
            ends += [filled] if material.events.has("kind", kind) else []
    return max(first, min(ends))


def default_period(material: Material, audience: str = "board") -> Optional[tuple[date, date]]:
    """First and last day that the dock, the answers, the briefing maps and the inspector's page open with; None without a whole day.

    The last four whole calendar weeks of which all is complete, see :func:`~ia_plugin.core.filter_state.last_weeks`; for the public
    the last whole month, where the data go back so far, for it is told of events by whole months.
    """
    end = last_complete_day(material) or last_whole_day(material)
    if end is None:
        return None
    first, month = material.days[0] or end, last_month(end)
    return month if audience == "public" and first <= month[0] else last_weeks(end, first)


def filled_to(material: Material, what: str = "presence") -> Optional[date]:
    """The last civil day that is 95 % complete; None where that is not known, and no day is marked then.

    Parameters
    ----------
    what : presence, crimes, incidents, searches, or demand, which needs crimes and incidents
    """
    if what == "presence":
        return last_filled_day(material)
    delays = [material.delays[kind] for kind in KINDS[what] if kind in material.delays]
    return min((d.filled_to for d in delays if d.filled_to is not None), default=None)


def still_filling(material: Material, days: Days, what: str = "presence") -> Bools:
    """Which of some civil days are still filling (bool, n)."""
    filled = filled_to(material, what)
    if filled is None:
        return np.zeros(len(days), dtype=bool)
    return np.asarray(days > np.datetime64(filled, "D"))


def filling_in_words(material: Material, state: FilterState, what: str) -> str:
    """Why the last days of a period are no figures to compare yet; "" where none is still filling.

    "days after 24 Jun 2024 are still filling (95 % are recorded within 9 days)".
    """
    filled = filled_to(material, what)
    if filled is None or (state.last is not None and state.last <= filled):
        return ""
    if what == "presence":
        return sentence("days after {day} are still filling", day=day_in_words(filled))
    days = max(
        material.delays[kind].days for kind in KINDS[what] if kind in material.delays and material.delays[kind].known
    )
    return sentence(
        "days after {day} are still filling (95 % are recorded {within})",
        day=day_in_words(filled),
        within=within_days(days),
    )


def why_filling(material: Material, state: FilterState, what: str) -> str:
    """As :func:`filling_in_words`, where the data reach into the days that are still filling; of days without data other things are said."""
    filled, end = filled_to(material, what), _data_end(material, what)
    if filled is None or end is None or min(state.last or end, end) <= filled:
        return ""
    return filling_in_words(material, state, what)


def filling_notes(material: Material, state: FilterState) -> tuple[list[str], list[str]]:
    """Sentences, of officers' time and of events, where the data reach into days of a period that are still filling."""
    found = {}
    for what in ("presence", *KIND_OF):
        chosen = not state.kinds or what == "presence" or KIND_OF[what] in state.kinds
        if chosen and (why := why_filling(material, state, what)):
            found[what] = why
    names = {
        "presence": phrase("Officers' time"),
        **{what: capitalised(NAMES_OF_KINDS[kind]) for what, kind in KIND_OF.items()},
    }
    time, events = (
        [joined("", (names[w], ": ", s, ".")) for w, s in found.items() if (w == "presence") == own]
        for own in (True, False)
    )
    return time, events


def _data_end(material: Material, what: str) -> Optional[date]:
    """The last whole civil day of officers' time, or the last day with a record."""
    if what == "presence":
        return material.days[1]
    return material.memo.once(("last_record", what), lambda: _last_record(material, KIND_OF[what]))


def _last_record(material: Material, kind: str) -> Optional[date]:
    moments = starts_of(material, kind)
    if not len(moments):
        return None
    last: date = civil_days(np.array([moments.max()]), FilterState(timezone=material.timezone))[0].astype(date)
    return last


def last_filled_day(material: Material) -> Optional[date]:
    """The last civil day of officers' time of which 95 % of the usual time lies in hours that have come in; None without data.

    The usual time of an hour is the median of the same hour of the week in the eight weeks before it. An hour with less than half
    of it has not come in whole. Later days are still filling: they are in no default period and in no comparison.
    """
    return material.memo.once("last filled day", lambda: _last_filled(material))


def _last_filled(material: Material) -> Optional[date]:
    first, last = material.days
    hours = material.time_use
    if first is None or last is None:
        return last
    spent = np.bincount(hours.at, hours.table["officer_seconds"].to_numpy(np.float64), len(hours.moments))
    at = hours.moments // HOUR_NS
    begin, end = int(at.min()), int(at.max())
    if end - begin < LEAST_WEEKS * WEEK:
        return last
    every: Floats = np.zeros(end - begin + 1)
    every[at - begin] = spent
    days = civil_days(np.arange(begin, end + 1) * HOUR_NS, FilterState(timezone=material.timezone))
    for back in range(LOOKED_AT):
        day = last - timedelta(days=back)
        if day <= first or _filled(every, np.flatnonzero(days == np.datetime64(day, "D"))):
            return max(day, first)
    return last  # this is no extract that is still arriving: something else changed


def _filled(every: Floats, own: NDArray[np.intp]) -> bool:
    """Whether a day's hours have come in, by what is usual in them."""
    usual = np.zeros(len(own))
    for i, hour in enumerate(own):
        before = every[hour % WEEK : hour : WEEK][-USUAL_WEEKS:]
        usual[i] = np.median(before) if len(before) >= LEAST_WEEKS else np.nan
    if not np.isfinite(usual).any() or not np.nansum(usual) > 0:
        return True
    arrived = np.isfinite(usual) & (every[own] >= ARRIVED * np.nan_to_num(usual))
    return bool(np.nansum(usual[arrived]) >= COMPLETE * np.nansum(usual))


__all__ = [
    "STILL_FILLING",
    "default_period",
    "filled_to",
    "filling_in_words",
    "filling_notes",
    "last_complete_day",
    "last_filled_day",
    "still_filling",
    "why_filling",
]
